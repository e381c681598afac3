"""Events as POLECAT, ICEWS and PETRARCH2 lay them out."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import duckdb
import pandas as pd
import polars as pl
import pytest
from factories import Words, empty_report, small_report, strait_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_report_json import ANY_REPORT

from legation.coding.entries import SECTORS as ALL_SECTORS
from legation.coding.plover import load_plover
from legation.formats.columns import LAYOUT_NAMES
from legation.formats.layouts import LAYOUTS, NOBODY, SECTORS, intensity_of
from legation.formats.write_tables import writable_text, write_layout_part
from legation.records import Entity, EntitySpan, EventDate, Mention, Place, Rejection, Report, Span, Status

SAMPLES = Path("/work/shared/formats")
POLECAT = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|Actor Country|Actor COW|"
    "Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|Wikipedia Actor ID|Recipient Name|Recipient Country|"
    "Recipient COW|Primary Recipient Sector|Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|"
    "Placename|City|District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
).split("|")
ICEWS = (
    "Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|"
    "Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude"
).split("|")

WORDS = Words("France and Japan held talks with Hamas and the U.N. in Paris. They met again.")
FRANCE = Entity("n1", "France", "state", "FRA", "FRA", (), None, None, "registry", (WORDS.span("France"),))
JAPAN = Entity("n2", "Japan", "state", "JPN", "JPN", ("GOV", "MIL"), None, None, "registry", (WORDS.span("Japan"),))
HAMAS = Entity("n3", "Hamas", "organization", "PSE", "PSE", ("REB",), None, None, "registry", (WORDS.span("Hamas"),))
UN = Entity("n4", "United Nations", "organization", None, "UNO", ("UNO",), "envoy", None, "registry", ())
PARIS = Place("p1", 54, 59, "Paris", "Paris", "FRA", 2988507, 48.85, 2.35)
SPANS = {"n1": "France", "n2": "Japan", "n3": "Hamas", "n4": "the U.N."}


def talks(actors: str = "n1", recipients: str = "", **changed: Any) -> Report:
    """A report of one event between participants given by id; "?" is one that no entity is known for."""

    def spans(ids: str) -> tuple[EntitySpan, ...]:
        return tuple(
            WORDS.who(id, SPANS[id]) if id in SPANS else WORDS.who(None, "They" if id == "?" else id)
            for id in ids.split()
        )

    event = replace(
        small_report().events[0],
        **{
            "type": "CONSULT",
            "mode": None,
            "contexts": ("diplomatic", "military"),
            "cameo": "040",
            "score": 2.5,
            "quad": "verbal cooperation",
            "actor": spans(actors),
            "recipient": spans(recipients),
            "place": "p1",
        }
        | changed,
    )
    article = replace(empty_report().article, id="a1", published="2024-04-03", source="Le Jour")
    return replace(
        empty_report(),
        article=article,
        text=WORDS.text,
        sentences=((0, 60), (61, 76)),
        entities=(FRANCE, JAPAN, HAMAS, UN),
        events=(event,),
        places=(PARIS,),
    )


def rows(layout: str, report: Report) -> list[dict[str, str]]:
    """The rows of a layout by column."""
    shape = LAYOUTS[layout]
    return [dict(zip(shape.columns, row, strict=True)) for row in shape.rows(report)]


def pairs(report: Report) -> list[tuple[str, str]]:
    return [(row["Source Name"], row["Target Name"]) for row in rows("icews", report)]


# ---------------------------------------------------------------- columns


def test_the_layouts_are_named() -> None:
    assert tuple(LAYOUTS) == LAYOUT_NAMES


def test_columns_are_those_of_the_data_sets() -> None:
    assert list(LAYOUTS["polecat"].columns) == POLECAT
    assert list(LAYOUTS["icews"].columns) == ICEWS
    assert LAYOUTS["petrarch"].columns == ("date", "source", "target", "code", "issues", "ids", "story source")


@pytest.mark.skipif(not SAMPLES.exists(), reason="samples of the data sets are not here")
def test_columns_are_those_of_the_samples() -> None:
    header = (SAMPLES / "polecat_header_only.tsv").read_text().rstrip("\n").split("\t")
    assert list(LAYOUTS["polecat"].columns) == header
    sample = pd.read_csv(SAMPLES / "icews_raw_2018_sample.tab.gz", sep="\t", nrows=1)
    assert list(LAYOUTS["icews"].columns) == list(sample.columns)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_REPORT, st.sampled_from(LAYOUT_NAMES))
def test_any_report_has_rows_as_wide_as_the_header(report: Report, layout: str) -> None:
    shape = LAYOUTS[layout]
    for row in shape.rows(report):
        assert len(row) == len(shape.columns)
        assert all(type(cell) is str for cell in row)


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_a_rejected_report_has_no_rows(layout: str) -> None:
    report = replace(strait_report(), rejected=Rejection("not_english", "The text is in Danish."))
    assert rows(layout, report) == []


# ---------------------------------------------------------------- which events


@pytest.mark.parametrize(
    ("type", "status", "cameo", "polecat", "cameos"),
    [
        ("CONSULT", "actual", "040", 1, 1),
        ("CONSULT", "historical", "040", 0, 0),
        ("CONSULT", "hypothetical", "036", 0, 0),
        ("CONSULT", "negated", "125", 0, 0),
        ("AGREE", "future", "036", 1, 1),
        ("AGREE", "negated", "120", 0, 0),
        ("SANCTION", "future", "1312", 0, 1),
        ("RETREAT", "future", "0356", 0, 1),
        ("ACCUSE", "future", "112", 0, 0),
        ("ACCUSE", "actual", None, 1, 1),
        ("ACCUSE", "future", None, 0, 0),
    ],
)
def test_only_what_happened_or_is_coded_as_intent_has_a_row(
    type: str, status: Status, cameo: str | None, polecat: int, cameos: int
) -> None:
    assert status in get_args(Status)
    report = talks("n1", "n3", type=type, status=status, cameo=cameo)
    assert [len(rows(layout, report)) for layout in LAYOUT_NAMES] == [polecat, cameos, cameos]


# ---------------------------------------------------------------- pairs


def test_every_actor_makes_a_row_with_every_recipient() -> None:
    assert pairs(talks("n1 n2", "n3 n4")) == [
        ("France", "Hamas"), ("France", "United Nations"), ("Japan", "Hamas"), ("Japan", "United Nations"),
    ]  # fmt: skip


@pytest.mark.parametrize("type", ["CONSULT", "AGREE", "COOPERATE", "ASSAULT"])
def test_two_sides_without_a_recipient_make_a_row_each_way(type: str) -> None:
    assert pairs(talks("n1 n2", type=type)) == [("France", "Japan"), ("Japan", "France")]


@pytest.mark.parametrize(("type", "mode"), [("CONSULT", "visit"), ("ACCUSE", None), ("SANCTION", None)])
def test_several_actors_of_a_one_sided_event_do_not_act_on_each_other(type: str, mode: str | None) -> None:
    assert pairs(talks("n1 n2", type=type, mode=mode)) == [("France", ""), ("Japan", "")]


def test_who_acts_on_nobody_has_a_row_with_an_empty_side() -> None:
    assert pairs(talks("n1")) == [("France", "")]
    assert pairs(talks("", "n3")) == [("", "Hamas")]
    assert pairs(talks("", "")) == [("", "")]


def test_nobody_is_paired_with_itself_unless_there_is_no_other() -> None:
    assert pairs(talks("n1 n2", "n1 n2")) == [("France", "Japan"), ("Japan", "France")]
    assert pairs(talks("?", "?")) == [("They", "They")]
    assert pairs(talks("n1", "n1")) == [("France", "France")]


def test_a_participant_named_twice_is_one() -> None:
    assert pairs(talks("n1 n1", "n3")) == [("France", "Hamas")]
    assert pairs(talks("n1 n2 n1")) == [("France", "Japan"), ("Japan", "France")]


def test_each_row_has_an_id_of_its_own_that_leads_back_to_the_event() -> None:
    report = talks("n1 n2", "n3 n4")
    report = replace(report, events=(*report.events, replace(report.events[0], id="e2")))
    ids = [row["Event ID"] for row in rows("polecat", report)]
    assert len(set(ids)) == 8
    assert ids[:2] == ["a1/e1/1", "a1/e1/2"]
    assert {tuple(id.rsplit("/", 2)[:2]) for id in ids} == {("a1", "e1"), ("a1", "e2")}


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("when", "status", "published", "day"),
    [
        (EventDate("2024-04-01", "day", "stated"), "actual", "2024-04-03", "2024-04-01"),
        (EventDate("2024-04-01T08:00", "day", "stated"), "actual", "2024-04-03", "2024-04-01"),
        (EventDate("2024-03", "month", "stated"), "actual", "2024-04-03", "2024-03-01"),
        (None, "actual", "2024-04-03", "2024-04-03"),
        (None, "actual", None, ""),
        (EventDate("BC0490", "year", "stated"), "actual", "2024-04-03", ""),
        (EventDate("2024-05-09", "day", "stated"), "future", "2024-04-03", "2024-04-03"),
        (EventDate("2024-05-09", "day", "stated"), "future", None, ""),
    ],
)
def test_the_day_is_the_events_or_that_of_publication(
    when: EventDate | None, status: Status, published: str | None, day: str
) -> None:
    report = talks("n1", "n3", type="AGREE", date=when, status=status, cameo="036")
    report = replace(report, article=replace(report.article, published=published))
    assert rows("polecat", report)[0]["Event Date"] == rows("icews", report)[0]["Event Date"] == day
    assert rows("petrarch", report)[0]["date"] == day.replace("-", "")


# ---------------------------------------------------------------- what stands in each column


def test_a_row_as_polecat_has_it() -> None:
    row = rows("polecat", talks("n2", "n4", mode="phone"))[0]
    assert {name: cell for name, cell in row.items() if cell} == {
        "Event ID": "a1/e1/1",
        "Event Date": "2024-04-03",
        "Event Type": "CONSULT",
        "Event Mode": "phone",
        "Intensity": "2.5",
        "Quad Code": "verbal cooperation",
        "Contexts": "diplomatic;military",
        "Actor Name": "Japan",
        "Actor Country": "JPN",
        "Primary Actor Sector": "GOV",
        "Actor Sectors": "GOV;MIL",
        "Actor Name Raw": "Japan",
        "Recipient Name": "United Nations",
        "Primary Recipient Sector": "UNO",
        "Recipient Sectors": "UNO",
        "Recipient Title": "envoy",
        "Recipient Name Raw": "the U.N.",
        "Placename": "Paris",
        "Country": "FRA",
        "Latitude": "48.85",
        "Longitude": "2.35",
        "GeoNames ID": "2988507",
        "Raw Placename": "Paris",
        "Source": "Le Jour",
        "Publication Date": "2024-04-03",
        "Story Organizations": "Hamas;United Nations",
        "Story Locations": "Paris",
        "Language": "en",
        "Version": "legation-en 1.0.0",
    }


def test_a_row_as_icews_has_it() -> None:
    row = rows("icews", talks("n2", "n3", mode="phone", cameo="041", score=1.5))[0]
    assert {name: cell for name, cell in row.items() if cell} == {
        "Event ID": "a1/e1/1",
        "Event Date": "2024-04-03",
        "Source Name": "Japan",
        "Source Sectors": "Government,Military",
        "Source Country": "Japan",
        "Event Text": "Consult (phone)",
        "CAMEO Code": "041",
        "Intensity": "1.5",
        "Target Name": "Hamas",
        "Target Sectors": "Rebels",
        "Target Country": "Palestine",
        "Story ID": "a1",
        "Sentence Number": "1",
        "Publisher": "Le Jour",
        "Country": "France",
        "Latitude": "48.85",
        "Longitude": "2.35",
    }


def test_a_row_as_petrarch_has_it() -> None:
    report = talks("n2", "n4")
    assert [list(row.values()) for row in rows("petrarch", report)] == [
        ["20240403", "JPNGOVMIL", "UNO", "040", "", "a1_1", "Le Jour"]
    ]


def test_petrarch_lists_each_sentence_that_tells_the_event() -> None:
    again = (Mention(1, Span(66, 69, "met")), Mention(0, Span(17, 21, "held")))
    assert rows("petrarch", talks("n1", "n3", mentions=again))[0]["ids"] == "a1_1;a1_2"


def test_petrarch_writes_dashes_for_a_code_that_is_not_known() -> None:
    report = talks("n1", "?")
    assert rows("petrarch", report)[0]["target"] == NOBODY
    report = replace(report, entities=(replace(FRANCE, code=None, sectors=("MIL",)),))
    assert rows("petrarch", report)[0]["source"] == "---MIL"
    assert rows("petrarch", talks("", "n3"))[0]["source"] == NOBODY


def test_one_without_a_state_has_the_sector_that_its_code_says() -> None:
    row = rows("icews", talks("n4", "n3"))[0]
    assert (row["Source Sectors"], row["Source Country"]) == ("United Nations", "")
    bank = replace(talks("n1"), entities=(replace(FRANCE, country=None, code="IGO", sectors=("BUS",)),))
    assert rows("icews", bank)[0]["Source Sectors"] == "International Government Organization,Business"


def test_a_state_that_our_table_does_not_name_keeps_its_code() -> None:
    report = replace(talks("n1"), places=(replace(PARIS, country="HKG"),), entities=(replace(FRANCE, country="XVA"),))
    row = rows("icews", report)[0]
    assert (row["Country"], row["Source Country"]) == ("HKG", "XVA")


def test_an_event_without_a_place_code_or_score_has_empty_cells() -> None:
    report = talks("n1", "n3", place=None, cameo=None, score=None)
    row = rows("icews", report)[0]
    assert [row[name] for name in ("CAMEO Code", "Intensity", "Country", "Latitude", "Longitude")] == [""] * 5
    row = rows("polecat", report)[0]
    assert [row[name] for name in ("Intensity", "Placename", "GeoNames ID", "Raw Placename")] == [""] * 4
    assert rows("petrarch", report)[0]["code"] == ""


def test_every_sector_has_a_word() -> None:
    assert set(ALL_SECTORS) <= set(SECTORS)


@pytest.mark.parametrize(
    ("code", "score"),
    [
        ("040", 2.5),  # CONSULT alone, not its multilateral mode
        ("041", 1.5),
        ("0871", 7.5),
        ("0861", 6.5),  # of 086
        ("057", 5.0),  # of 050
        ("1621", -6.0),  # of 160
        ("192", -9.0),  # of 190
        ("132", -3.5),
        (None, None),
        ("", None),
        ("01", None),
        ("010", None),
        ("99", None),
    ],
)
def test_intensity_goes_by_the_code(code: str | None, score: float | None) -> None:
    assert intensity_of(code) == score


def test_every_code_of_our_tables_has_an_intensity() -> None:
    plover = load_plover()
    codes = {mode.cameo for mode in plover.modes.values()}
    codes |= {*plover.finer.values(), *plover.told.values(), *plover.undone.values()}
    assert len(codes) > 100
    assert all(intensity_of(code) is not None for code in codes)


def test_a_type_alone_has_its_own_score_as_intensity() -> None:
    for (_, mode), facts in load_plover().modes.items():
        assert mode or intensity_of(facts.cameo) == facts.score


# ---------------------------------------------------------------- files


def test_polars_duckdb_and_pandas_load_an_icews_part(tmp_path: Path) -> None:
    assert write_layout_part([talks("n1 n2", "n3"), empty_report(), strait_report()], tmp_path, 4, "icews") == 11
    path = tmp_path / "icews" / "part-00004.tsv"
    frame = pl.read_csv(path, separator="\t", schema_overrides={"CAMEO Code": pl.String}, try_parse_dates=True)
    assert frame.columns == ICEWS
    assert frame["CAMEO Code"].to_list()[:2] == ["040", "040"]
    assert frame["Event Date"].to_list()[0] == datetime.date(2024, 4, 3)
    loaded = pd.read_csv(path, sep="\t", dtype={"CAMEO Code": "string"})
    assert (loaded.shape, loaded["Source Name"][1]) == ((11, 20), "Japan")
    counted = duckdb.connect().execute(
        f"SELECT \"Source Country\", count(*) FROM read_csv('{path}') GROUP BY 1 ORDER BY 1 LIMIT 2"
    )
    assert counted.fetchall() == [("France", 1), ("Japan", 1)]


def test_a_petrarch_part_has_no_header(tmp_path: Path) -> None:
    assert write_layout_part([talks("n1", "?")], tmp_path, 0, "petrarch") == 1
    assert (tmp_path / "petrarch/part-00000.tsv").read_text() == "20240403\tFRA\t---\t040\t\ta1_1\tLe Jour\n"


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_an_empty_part_has_its_header_where_there_is_one(tmp_path: Path, layout: str) -> None:
    assert write_layout_part([], tmp_path, 0, layout) == 0
    header = "\t".join(LAYOUTS[layout].columns) + "\n" if LAYOUTS[layout].header else ""
    assert (tmp_path / layout / "part-00000.tsv").read_text() == header


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        write_layout_part([strait_report(), talks("n1 n2")], tmp_path / folder, 0, "polecat")
    files = [(tmp_path / folder / "polecat/part-00000.tsv").read_bytes() for folder in ("a", "b")]
    assert files[0] == files[1]


def test_an_unknown_layout_is_a_key_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_layout_part([], tmp_path, 0, "gdelt")
    assert not list(tmp_path.iterdir())


@settings(max_examples=80, deadline=None)
@given(name=st.text(st.characters() | st.sampled_from("\t\n\r\x0b\x0c\x85\u2028=\0'\""), max_size=10))
def test_a_name_never_breaks_a_row(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("layout")
    report = replace(talks("n1", "n3"), entities=(replace(FRANCE, name=name), HAMAS))
    write_layout_part([report], folder, 0, "icews")
    text = (folder / "icews/part-00000.tsv").read_bytes().decode("utf-8")
    header, row, rest = text.split("\n")
    assert rest == "" and len(text.splitlines()) == 2
    cells = row.split("\t")
    assert len(cells) == len(header.split("\t"))
    assert cells[2].lstrip("'").split() == writable_text(name).lstrip("'").split()
    assert cells[2][:1] not in ("=", "@")
