"""The user's own entries on disk, and their import from Wikidata. Everything told here is invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from legation import cli
from legation.coding.entries import faults_of_entries, with_own
from legation.coding.registry import Names, lookup
from legation.errors import RegistryError, SourceNotFoundError
from legation.registry import store
from legation.registry.store import add_file, config_folder, csv_of, entries_in, own_entries
from legation.registry.wikidata import entries_of, office_named

CSV = "kind,name,code,office,sectors,from\nperson,Ada Roe,NOR,prime minister,,2001\nbody,Blue Guard,NOR,,MIL,1990\n"
TOML = """
# my own
[[entry]]
kind = "person"
name = "Ada Roe"
aliases = ["A. Roe", "Ada B. Roe"]
family = "Roe"
code = "NOR"
office = "prime minister"
from = 2001-05-17

[[entry]]
kind = "body"
name = "Blue Guard"
code = "NOR"
sectors = ["MIL"]
"""


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


# ---------------------------------------------------------------- files


def test_csv_and_toml_tell_the_same() -> None:
    (ada, guard), (other, body) = entries_in(CSV, "a.csv"), entries_in(TOML, "a.toml")
    assert (ada[0], guard[0], other[0], body[0]) == (2, 3, 3, 12)
    assert other[1]["aliases"] == "A. Roe|Ada B. Roe"
    assert other[1]["from"] == "2001-05-17"
    assert (ada[1]["name"], guard[1]["sectors"]) == (other[1]["name"], body[1]["sectors"])


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("a.csv", "kind,name,colour\n", "a.csv, line 1: 'colour' is no column. The columns are kind, name"),
        ("a.csv", "kind,name\n", "a.csv, line 1: the column code is missing."),
        ("a.csv", "kind,name,code\nperson,Roe, Ada,NOR\n", "a.csv, line 2: it has 4 cells, not 3. Put cells"),
        ("a.toml", "[[entry]\n", "a.toml is not TOML:"),
        ("a.toml", "entry = 3\n", "a.toml needs a table [[entry]] for each entry."),
        ("a.toml", "[[entry]]\ncolour = 1\n", "a.toml, line 1: 'colour' is no key. The keys are kind, name"),
    ],
)
def test_a_file_of_another_form_is_refused_with_a_remedy(name: str, text: str, sentence: str) -> None:
    with pytest.raises(RegistryError) as raised:
        entries_in(text, name)
    assert str(raised.value).startswith(sentence)


@given(st.text(max_size=200), st.sampled_from(["a.csv", "a.toml"]))
def test_any_text_is_read_or_refused(text: str, name: str) -> None:
    try:
        faults_of_entries(entries_in(text, name))
    except RegistryError as error:
        assert str(error)


def test_added_entries_are_kept_and_found_again(tmp_path: Path) -> None:
    target, count = add_file(write(tmp_path, "mine.toml", TOML), tmp_path / "kept")
    assert (target, count) == (tmp_path / "kept" / "mine.csv", 2)
    own = own_entries(tmp_path / "kept")
    (person,) = lookup("Roe", date(2020, 1, 1), with_own(Names.load(), own))
    assert (person.name, person.role, person.source) == ("Ada Roe", "prime minister", f"{target}:2")


def test_a_file_added_again_replaces_what_it_gave(tmp_path: Path) -> None:
    for text in (CSV, CSV.replace("Ada", "Ida")):
        add_file(write(tmp_path, "mine.csv", text), tmp_path / "kept")
    assert [one.row["name"] for one in own_entries(tmp_path / "kept")] == ["Ida Roe", "Blue Guard"]


def test_one_wrong_line_keeps_all_out_and_every_fault_is_told(tmp_path: Path) -> None:
    text = CSV.replace("NOR,prime", "NO,prime").replace(",MIL,", ",,")
    with pytest.raises(RegistryError) as raised:
        add_file(write(tmp_path, "mine.csv", text), tmp_path / "kept")
    lines = str(raised.value).splitlines()
    assert [line.split(": ")[0].split(", ")[-1] for line in lines[:2]] == ["line 2", "line 3"]
    assert lines[-1] == "Nothing was added."
    assert own_entries(tmp_path / "kept") == []


def test_a_missing_file_an_empty_one_and_one_of_bytes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="There is no file"):
        add_file(tmp_path / "none.csv", tmp_path)
    with pytest.raises(RegistryError, match="holds no entries"):
        add_file(write(tmp_path, "empty.csv", "# nothing\n"), tmp_path)
    (tmp_path / "bytes.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RegistryError, match="not UTF-8"):
        add_file(tmp_path / "bytes.csv", tmp_path)


def test_the_folder_follows_xdg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    assert config_folder() == tmp_path / "legation" / "registry"
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    assert config_folder() == Path.home() / ".config" / "legation" / "registry"


# ---------------------------------------------------------------- Wikidata


def snak(value: Any, kind: str = "wikibase-entityid") -> dict[str, Any]:
    return {"snaktype": "value", "property": "P0", "datavalue": {"value": value, "type": kind}}


def item_of(number: int) -> dict[str, Any]:
    return snak({"entity-type": "item", "numeric-id": number, "id": f"Q{number}"})


def time(text: str, precision: int) -> dict[str, Any]:
    return snak(
        {"time": text, "precision": precision, "calendarmodel": "http://www.wikidata.org/entity/Q1985727"}, "time"
    )


def statement(main: dict[str, Any], rank: str = "normal", **qualifiers: Any) -> dict[str, Any]:
    return {
        "mainsnak": main,
        "type": "statement",
        "rank": rank,
        "qualifiers": {name: [value] for name, value in qualifiers.items()},
    }


def entity(number: int, label: str, aliases: tuple[str, ...] = (), **claims: Any) -> dict[str, Any]:
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {"en": {"language": "en", "value": label}} if label else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]},
        "claims": claims,
    }


NORWAY = entity(901, "Norway", P298=[statement(snak("NOR", "string"))])
PREMIER = entity(902, "Prime Minister of Norway")
FOREIGN = entity(903, "Minister of Foreign Affairs")
PARTY = entity(904, "political party")
ADA = entity(
    905,
    "Ada Roe",
    ("A. Roe",),
    P31=[statement(item_of(5))],
    P27=[statement(item_of(901))],
    P102=[statement(item_of(906))],
    P39=[
        statement(item_of(902), P580=time("+2001-05-17T00:00:00Z", 11), P582=time("+2005-03-00T00:00:00Z", 10)),
        statement(item_of(903), "preferred", P580=time("+2008-00-00T00:00:00Z", 9)),
        statement(item_of(902), "deprecated", P580=time("+1950-00-00T00:00:00Z", 9)),
        statement(item_of(999)),
        statement({"snaktype": "somevalue", "property": "P39"}),
    ],
)
GREENS = entity(
    906,
    "Fjord Greens",
    P31=[statement(item_of(904))],
    P17=[statement(item_of(901))],
    P571=[statement(time("+1987-00-00T00:00:00Z", 9))],
    P576=[statement(time("+1999-06-01T00:00:00Z", 11))],
)


def dump(*entities: dict[str, Any]) -> str:
    return "[\n" + ",\n".join(json.dumps(one) for one in entities) + "\n]\n"


def test_a_dump_gives_persons_with_their_offices_and_bodies_with_their_years() -> None:
    got = entries_of(dump(NORWAY, PREMIER, FOREIGN, PARTY, ADA, GREENS), "dump.json")
    cells = ("kind", "name", "aliases", "family", "code", "office", "sectors", "from", "to", "note")
    assert [tuple(row[c] for c in cells) for row in got.rows] == [
        (
            "person",
            "Ada Roe",
            "A. Roe",
            "Roe",
            "NOR",
            "prime minister",
            "",
            "2001-05-17",
            "2005-03",
            "party: Fjord Greens",
        ),
        ("person", "Ada Roe", "A. Roe", "Roe", "NOR", "foreign minister", "", "2008", "", "party: Fjord Greens"),
        ("body", "Fjord Greens", "", "", "NOR", "", "PTY", "1987", "1999-06-01", ""),
    ]
    assert faults_of_entries(enumerate(got.rows, 2)) == []


def test_what_cannot_be_mapped_is_counted_and_said() -> None:
    nameless = entity(910, "", P31=[statement(item_of(5))])
    idle = entity(911, "Ida Berg", P31=[statement(item_of(5))])
    stateless = entity(912, "Ola Dahl", P31=[statement(item_of(5))], P39=[statement(item_of(903))])
    got = entries_of(dump(NORWAY, PREMIER, FOREIGN, PARTY, ADA, nameless, idle, stateless), "dump.json")
    assert got.left_out == {
        "neither a person nor a body": 4,
        "position that is no office of offices.csv: unnamed": 1,
        "without an English name": 1,
        "person without a position": 1,
        "person whose state the file does not name": 1,
    }


def literal(value: str, **more: str) -> dict[str, str]:
    return {"type": "literal", "value": value} | more


def test_a_sparql_answer_gives_the_same() -> None:
    day = {"datatype": "http://www.w3.org/2001/XMLSchema#dateTime"}
    bindings = [
        {
            "person": {"type": "uri", "value": "http://www.wikidata.org/entity/Q905"},
            "personLabel": literal("Ada Roe", **{"xml:lang": "en"}),
            "positionLabel": literal("Prime Minister of Norway", **{"xml:lang": "en"}),
            "start": literal("2001-05-17T00:00:00Z", **day),
        },
        {
            "organizationLabel": literal("Fjord Greens"),
            "countryLabel": literal("Norway"),
            "classLabel": literal("political party"),
            "inception": literal("1987-01-01T00:00:00Z", **day),
        },
        {"personLabel": literal("Q77"), "positionLabel": literal("mayor"), "iso": literal("NOR")},
        {"personLabel": literal("Ola Dahl"), "positionLabel": literal("court poet"), "iso": literal("NOR")},
    ]
    answer = {"head": {"vars": ["person", "personLabel"]}, "results": {"bindings": bindings}}
    got = entries_of(json.dumps(answer), "answer.json")
    assert [(row["name"], row["code"], row["office"], row["sectors"], row["from"]) for row in got.rows] == [
        ("Ada Roe", "NOR", "prime minister", "", "2001-05-17"),
        ("Fjord Greens", "NOR", "", "PTY", "1987-01-01"),
    ]
    assert sum(got.left_out.values()) == 2


@pytest.mark.parametrize("text", ["no json", '{"bindings": ', "[\n{},\nnonsense\n]"])
def test_another_file_is_refused(text: str) -> None:
    with pytest.raises(RegistryError):
        entries_of(text, "other.json")


@pytest.mark.parametrize(
    ("position", "office"),
    [
        ("Prime Minister of Norway", "prime minister"),
        ("President of the Republic", "president"),
        ("Federal Minister of the Interior", "interior minister"),
        ("Minister for Foreign Affairs", "foreign minister"),
        ("Minister of Defense", "defence minister"),
        ("King of Norway", "king"),
        ("court poet", ""),
        ("", ""),
    ],
)
def test_a_position_is_an_office_of_the_table_or_none(position: str, office: str) -> None:
    assert office_named(position) == office


# ---------------------------------------------------------------- the command


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    store.names.cache_clear()
    return tmp_path


def invoke(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `legation registry`."""
    store.names.cache_clear()
    result = CliRunner().invoke(cli.app, ["registry", *map(str, arguments)])
    store.names.cache_clear()
    return result.exit_code, result.stdout, result.stderr


def test_lookup_prints_a_line_for_each_entry(home: Path) -> None:
    code, out, err = invoke("lookup", "Boris Johnson", "--on", "2020-01-01")
    assert (code, err) == (0, "")
    assert out.splitlines()[0].startswith(
        "GBR GOV      Boris Johnson, prime minister, 2019-07-24 to 2022-09-06 (leaders.csv:"
    )


def test_lookup_prints_json(home: Path) -> None:
    code, out, _ = invoke("lookup", "the White House", "--on", "2024-04-03", "--json")
    (found,) = json.loads(out)
    assert (code, found["code"], found["sectors"], found["kind"], found["status"]) == (0, "USA", ["GOV"], "seat", None)


def test_lookup_of_an_unknown_name_fails_with_a_sentence(home: Path) -> None:
    assert invoke("lookup", "Ada Example") == (1, "", "No table knows Ada Example.\n")


def test_lookup_on_no_day_is_wrong_usage(home: Path) -> None:
    code, out, err = invoke("lookup", "NATO", "--on", "tomorrow")
    assert (code, out) == (2, "")
    assert "is not a date" in err


def test_added_entries_are_told_by_lookup(home: Path) -> None:
    code, out, err = invoke("add", write(home, "mine.csv", CSV))
    assert (code, out) == (0, "")
    assert err.startswith("Added 2 entries: ")
    assert "Ada Roe, prime minister, 2001-01-01 to ..." in invoke("lookup", "Ada Roe", "--on", "2020-01-01")[1]


def test_wrong_entries_fail_with_their_lines(home: Path) -> None:
    code, out, err = invoke("add", write(home, "mine.csv", CSV.replace("NOR,prime", "NO,prime")))
    assert (code, out) == (1, "")
    assert ", line 2: The code NO is unknown" in err


def test_an_import_prints_entries_that_can_be_added(home: Path) -> None:
    code, out, err = invoke("import", write(home, "dump.json", dump(NORWAY, PREMIER, FOREIGN, PARTY, ADA, GREENS)))
    assert code == 0
    assert "3 entries from" in err
    assert "Left out 1: position that is no office of offices.csv: unnamed." in err
    assert csv_of(row for _, row in entries_in(out, "a.csv")) == out
    assert invoke("add", write(home, "imported.csv", out))[0] == 0
