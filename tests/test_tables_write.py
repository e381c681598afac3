"""Parts of a data set, as DuckDB, polars, pandas and a reader of CSV find them."""

from __future__ import annotations

import csv
import datetime
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest
from factories import empty_report, small_report, strait_report
from hypothesis import example, given, settings
from hypothesis import strategies as st

from legation import system
from legation.formats.columns import TABLES
from legation.formats.tables import rows_of
from legation.formats.write_tables import without_formula, writable_text, write_layout_part, write_part
from legation.read.reader import TextReader
from legation.records import ArticleInfo, Magnitude, Rejection, Report

METADATA = {"model": "legation-en 1.0.0", "settings": "{}"}
REJECTED = replace(empty_report(id="danish"), rejected=Rejection("not_english", "The text is in Danish."))
DOCUMENT = Path(__file__).parent.parent / "docs" / "data.md"


def written(folder: Path, *reports: Report, number: int = 0) -> Path:
    """A folder with one part of each table in Parquet."""
    write_part(reports, folder, number, "parquet", METADATA)
    return folder


def csv_rows(folder: Path, table: str, number: int = 0) -> list[dict[str, str]]:
    with (folder / table / f"part-{number:05d}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def asked(query: str) -> list[tuple[Any, ...]]:
    """What DuckDB answers."""
    return duckdb.connect().execute(query).fetchall()


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def named(name: str, **known: Any) -> Report:
    """A small report whose only actor bears a name."""
    report = small_report(**known)
    return replace(report, entities=(replace(report.entities[0], name=name),))


# ---------------------------------------------------------------- Parquet


def test_every_table_has_its_part_and_its_count(tmp_path: Path) -> None:
    counts = write_part([strait_report(), small_report(), REJECTED], tmp_path, 12, "parquet", METADATA)
    assert counts == {"articles": 3, "events": 10, "statements": 9, "entities": 14, "places": 4, "dates": 8}
    assert sorted(digests(tmp_path)) == sorted(f"{table}/part-00012.parquet" for table in TABLES)
    assert {table: pq.read_metadata(tmp_path / table / "part-00012.parquet").num_rows for table in TABLES} == counts


def test_duckdb_joins_events_with_articles_over_all_parts(tmp_path: Path) -> None:
    written(tmp_path, strait_report(), number=0)
    written(tmp_path, small_report(), REJECTED, number=1)
    written(tmp_path, number=2)
    found = asked(f"""
        SELECT a.source, a.published, e.event_id, e.actors, e.first_day, e.confidence, len(e.recipients_code)
        FROM '{tmp_path}/events/*.parquet' AS e JOIN '{tmp_path}/articles/*.parquet' AS a USING (article_id)
        WHERE e.type = 'CONSULT'
    """)
    assert found == [
        (
            "The Marrin Courier",
            datetime.date(2025, 4, 2),
            "e1",
            ["Ilse Harrow", "Tomas Verrin"],
            datetime.date(2025, 4, 1),
            0.97,
            0,
        )
    ]
    counted = asked(f"SELECT count(*), count(published), count(rejected) FROM '{tmp_path}/articles/*.parquet'")
    assert counted == [(3, 1, 1)]


def test_duckdb_follows_ids_inside_an_article(tmp_path: Path) -> None:
    written(tmp_path, strait_report(), small_report())
    found = asked(f"""
        SELECT e.event_id, s.speaker, n.name
        FROM '{tmp_path}/events/*.parquet' e
        JOIN '{tmp_path}/statements/*.parquet' s ON s.article_id = e.article_id AND s.statement_id = e.according_to
        LEFT JOIN '{tmp_path}/entities/*.parquet' n ON n.article_id = e.article_id AND n.entity_id = e.actor_entity
        ORDER BY 1
    """)
    assert found == [
        ("e1", "Ilse Harrow", "Ilse Harrow"),
        ("e4", "Dario Senn", "Kestria"),
        ("e9", "Kestrian official", None),
    ]


def test_polars_reads_the_types_of_the_dictionary(tmp_path: Path) -> None:
    events = pl.read_parquet(written(tmp_path, strait_report()) / "events/*.parquet")
    types = {
        "string": pl.String(),
        "int64": pl.Int64(),
        "double": pl.Float64(),
        "date32": pl.Date(),
        "list<string>": pl.List(pl.String()),
        "list<int64>": pl.List(pl.Int64()),
    }
    assert events.schema == {column.column: types[column.type] for column in TABLES["events"]}
    assert events.filter(pl.col("event_id") == "e6")["recipients_code"].to_list() == [[None]]
    assert events["recipient_sectors"].null_count() == 0
    assert events["place_geonameid"].null_count() == 9


def test_pandas_reads_the_folder_of_a_table(tmp_path: Path) -> None:
    written(tmp_path, strait_report(), number=0)
    written(tmp_path, number=1)
    statements = pd.read_parquet(tmp_path / "statements")
    assert len(statements) == 9
    assert list(statements.columns) == [column.column for column in TABLES["statements"]]
    said = statements.set_index("statement_id").loc["s2"]
    assert (said["speaker"], said["first_day"]) == ("Tomas Verrin", datetime.date(2025, 3, 31))
    assert list(said["positions_issue"]) == ["arms-control"]
    assert statements["addressee"].isna().sum() == 7


def test_an_empty_part_has_the_schema_of_a_full_one(tmp_path: Path) -> None:
    written(tmp_path, strait_report(), number=0)
    assert write_part([], tmp_path, 1, "parquet", METADATA) == dict.fromkeys(TABLES, 0)
    for table in TABLES:
        full, empty = (pq.read_schema(tmp_path / table / f"part-0000{number}.parquet") for number in (0, 1))
        assert full.equals(empty, check_metadata=True)
        assert pq.read_metadata(tmp_path / table / "part-00001.parquet").num_rows == 0


def test_a_file_tells_what_made_it_and_what_its_columns_mean(tmp_path: Path) -> None:
    schema = pq.read_schema(written(tmp_path, small_report()) / "events/part-00000.parquet")
    assert schema.metadata == {b"model": b"legation-en 1.0.0", b"settings": b"{}"}
    for field, column in zip(schema, TABLES["events"], strict=True):
        assert field.metadata[b"description"].decode() == column.meaning
        assert field.metadata.get(b"unit", b"").decode() == column.unit
        assert field.metadata.get(b"null_when", b"").decode() == column.null_when
        assert field.nullable is column.nullable
    kept = pq.read_metadata(tmp_path / "events/part-00000.parquet")
    assert {kept.row_group(0).column(number).compression for number in range(kept.num_columns)} == {"ZSTD"}


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_the_same_reports_give_the_same_bytes(tmp_path: Path, format: Any) -> None:
    reports = [strait_report(), small_report(), REJECTED]
    write_part(reports, tmp_path / "a", 7, format, METADATA)
    write_part(iter(reports), tmp_path / "b", 7, format, dict(reversed(METADATA.items())))
    assert digests(tmp_path / "a") == digests(tmp_path / "b")
    assert len(digests(tmp_path / "a")) == len(TABLES)


def test_writing_a_part_again_replaces_it(tmp_path: Path) -> None:
    written(tmp_path, strait_report())
    before = digests(written(tmp_path, small_report()))
    assert pq.read_metadata(tmp_path / "events/part-00000.parquet").num_rows == 1
    assert digests(written(tmp_path, small_report())) == before


def test_letters_of_every_script_come_back(tmp_path: Path) -> None:
    name = "Þóra “Fjörður” 海峡 العربية 🕊 e\u0301\u200f"
    rows = pl.read_parquet(written(tmp_path, named(name)) / "entities/*.parquet")
    assert rows["name"].to_list() == [name]


def test_what_no_file_can_hold_becomes_a_replacement_character(tmp_path: Path) -> None:
    report = replace(named("torn \ud83d pair\0", title="\udfff"), notes=("\ud800",))
    for format in ("parquet", "csv"):
        write_part([report], tmp_path, 0, format, {"model": "\ud800"})
    assert pl.read_parquet(tmp_path / "entities/*.parquet")["name"].to_list() == ["torn \ufffd pair\ufffd"]
    assert csv_rows(tmp_path, "entities")[0]["name"] == "torn \ufffd pair\ufffd"
    assert csv_rows(tmp_path, "articles")[0]["title"] == "\ufffd"
    assert write_layout_part([report], tmp_path, 0, "polecat") == 1


def test_a_number_too_large_for_a_file_is_not_known(tmp_path: Path) -> None:
    report = small_report()
    event = replace(report.events[0], magnitude=Magnitude(dead=10**30, arrested=2**63 - 1))
    events = pl.read_parquet(written(tmp_path, replace(report, events=(event,))) / "events/*.parquet")
    assert events.select("dead", "arrested").rows() == [(None, 2**63 - 1)]


def test_an_article_with_very_many_events_is_written(tmp_path: Path) -> None:
    report = small_report()
    events = tuple(replace(report.events[0], id=f"e{number}") for number in range(20_000))
    counts = write_part([replace(report, events=events)], tmp_path, 0, "parquet", METADATA)
    assert counts["events"] == 20_000
    found = asked(f"SELECT count(DISTINCT event_id), min(actor) FROM '{tmp_path}/events/*.parquet'")
    assert found == [(20_000, "Valdoria")]


def test_parquet_holds_what_the_rows_hold(tmp_path: Path) -> None:
    reports = [strait_report(), small_report(), REJECTED]
    written(tmp_path, *reports)
    for table in TABLES:
        rows = [row for report in reports for row in rows_of(report)[table]]
        assert pq.read_table(tmp_path / table / "part-00000.parquet").to_pylist() == rows


# ---------------------------------------------------------------- whole or not at all


def failing() -> Iterator[Report]:
    """A report, and then no more."""
    yield strait_report()
    raise RuntimeError("the reader died")


def test_a_run_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="the reader died"):
        write_part(failing(), tmp_path, 0, "parquet", METADATA)
    with pytest.raises(RuntimeError, match="the reader died"):
        write_layout_part(failing(), tmp_path, 0, "icews")
    assert digests(tmp_path) == {}


@pytest.mark.parametrize("format", ["parquet", "csv"])
def test_a_full_disk_leaves_the_old_part_and_no_draft(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: Any
) -> None:
    write_part([small_report()], tmp_path, 0, format, METADATA)
    before = digests(tmp_path)

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_part([strait_report()], tmp_path, 0, format, METADATA)
    assert digests(tmp_path) == before


def test_every_draft_is_whole_before_the_first_has_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    sync, rename = system._sync, Path.replace

    def noted_sync(path: Path) -> None:
        steps.append(f"sync {path.suffix}")
        sync(path)

    def noted_rename(path: Path, to: Path) -> Path:
        steps.append("rename")
        return rename(path, to)

    monkeypatch.setattr(system, "_sync", noted_sync)
    monkeypatch.setattr(Path, "replace", noted_rename)
    written(tmp_path, small_report())
    assert steps[: 2 * len(TABLES)] == ["sync .draft"] * len(TABLES) + ["rename"] * len(TABLES)
    assert steps[2 * len(TABLES) :] == ["sync "] * (len(TABLES) + 1)


def test_a_draft_is_hidden_from_readers(tmp_path: Path) -> None:
    with system.drafts() as drafts:
        draft = drafts.beside(tmp_path / "events" / "part-00000.parquet")
        draft.write_bytes(b"half")
        assert draft.name.startswith(".") and not list((tmp_path / "events").glob("*.parquet"))
    assert [path.name for path in (tmp_path / "events").iterdir()] == ["part-00000.parquet"]


# ---------------------------------------------------------------- CSV


def test_csv_has_a_header_line_feeds_and_a_row_each(tmp_path: Path) -> None:
    counts = write_part([strait_report(), REJECTED], tmp_path, 3, "csv", METADATA)
    assert counts["events"] == 9
    for table, columns in TABLES.items():
        content = (tmp_path / table / "part-00003.csv").read_bytes()
        assert b"\r" not in content and content.endswith(b"\n")
        assert content.decode().split("\n")[0] == ",".join(column.column for column in columns)
        assert len(csv_rows(tmp_path, table, 3)) == counts[table]


def test_an_empty_csv_part_has_its_header(tmp_path: Path) -> None:
    write_part([], tmp_path, 0, "csv", METADATA)
    for table, columns in TABLES.items():
        assert (tmp_path / table / "part-00000.csv").read_text() == ",".join(c.column for c in columns) + "\n"
    assert asked(f"SELECT count(*) FROM read_csv('{tmp_path}/events/*.csv', header = true)") == [(0,)]


def test_lists_are_joined_by_bars_and_nulls_are_empty(tmp_path: Path) -> None:
    write_part([strait_report()], tmp_path, 0, "csv", METADATA)
    events = {row["event_id"]: row for row in csv_rows(tmp_path, "events")}
    assert (events["e1"]["actors"], events["e1"]["actors_start"]) == ("Ilse Harrow|Tomas Verrin", "19|113")
    assert (events["e1"]["recipient"], events["e1"]["recipients"]) == ("", "")
    assert (events["e1"]["confidence"], events["e1"]["first_day"]) == ("0.97", "2025-04-01")
    assert (events["e2"]["recipients_code"], events["e2"]["arrested"], events["e8"]["arrested"]) == ("", "", "14")


def test_a_bar_inside_an_item_does_not_part_it(tmp_path: Path) -> None:
    write_part([named("Radio|Tele")], tmp_path, 0, "csv", METADATA)
    row = csv_rows(tmp_path, "events")[0]
    assert (row["actor"], row["actors"]) == ("Radio|Tele", "Radio¦Tele")


def test_duckdb_reads_csv_with_nulls_lists_and_leading_zeros(tmp_path: Path) -> None:
    report = small_report(id="007")
    event = replace(report.events[0], cameo="041", contexts=("diplomatic", "military"))
    write_part([replace(report, events=(event,)), strait_report()], tmp_path, 0, "csv", METADATA)
    found = asked(f"""
        SELECT article_id, cameo, string_split(contexts, '|'), recipient, first_day, confidence
        FROM read_csv('{tmp_path}/events/*.csv', types = {{'article_id': 'VARCHAR', 'cameo': 'VARCHAR'}})
        LIMIT 2
    """)
    assert found[0] == ("007", "041", ["diplomatic", "military"], None, None, 0.9)
    assert found[1][4] == datetime.date(2025, 4, 1)


def test_null_and_empty_text_differ(tmp_path: Path) -> None:
    write_part([small_report(title="", source=None)], tmp_path, 0, "csv", METADATA)
    found = asked(f"""
        SELECT title, source
        FROM read_csv('{tmp_path}/articles/*.csv', all_varchar = true, allow_quoted_nulls = false)
    """)
    assert found == [("", None)]


CELLS = st.text(st.characters() | st.sampled_from("=+-@\t\r\n\"',|\0\u2028"), max_size=12)


@settings(max_examples=150, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4))
@example(["=1+1", "\ud83d", "\r", "a\r\nb"])
@example(["", ",", '"', "\n"])
def test_any_text_comes_back_from_both_formats(names: list[str]) -> None:
    def info(title: str) -> ArticleInfo:
        return replace(small_report().article, title=title)

    reports = [replace(named(name), article=info(name)) for name in names]
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        patch.setattr(os, "fsync", lambda _: None)
        write_part(reports, folder, 0, "parquet", METADATA)
        write_part(reports, folder, 0, "csv", METADATA)
        plain = [writable_text(name) for name in names]
        assert pq.read_table(folder / "articles/part-00000.parquet")["title"].to_pylist() == plain
        for table, column in (("articles", "title"), ("entities", "name")):
            cells = [row[column] for row in csv_rows(folder, table)]
            assert [cell.removeprefix("'") for cell in cells] == [text.removeprefix("'") for text in plain]
            assert not any(cell[:1] in tuple("=@\t\r") for cell in cells)


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "--1", "---usa", "-"]
)
def test_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "Valdoria", "-12", "+12.5", "-77.04", "-1e-05", "---USA", "---", "'=1", " =1", "1-2"]
)
def test_numbers_and_plain_text_stay_as_they_are(text: str) -> None:
    assert without_formula(text) == text


def test_no_number_of_a_table_is_escaped(tmp_path: Path) -> None:
    write_part([strait_report()], tmp_path, 0, "csv", METADATA)
    assert {row["lon"] for row in csv_rows(tmp_path, "places")} == {"-12.25"}


# ---------------------------------------------------------------- the document


def examples(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.S)


@pytest.mark.parametrize("example", examples("python"), ids=lambda code: re.findall(r"import (\w+)", code)[0])
def test_every_example_of_the_document_runs(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for format in ("parquet", "csv"):
        write_part([strait_report(), small_report()], tmp_path / "OUT", 0, format, METADATA)
    if ".csv" not in example:
        for path in (tmp_path / "OUT").rglob("*.csv"):
            path.unlink()
    monkeypatch.chdir(tmp_path)
    exec(compile(example, str(DOCUMENT), "exec"), {})
    assert capsys.readouterr().out.strip()


def test_the_columns_named_in_the_example_for_r_exist() -> None:
    (example,) = examples("r")
    columns = {column.column for table in ("events", "articles") for column in TABLES[table]}
    for name in ("status", "confidence", "article_id", "published", "actor_country", "recipient_country", "type"):
        assert name in example and name in columns


# ---------------------------------------------------------------- what the model finds


def test_a_read_article_goes_through_every_table(tmp_path: Path, reader: TextReader) -> None:
    from legation.coding import code
    from legation.records import Text

    body = "WASHINGTON — The United Nations accused Hamas of firing rockets. Antony Blinken met Palestinian leaders in Ramallah on Tuesday."
    report = code(reader.read(Text(body, published=datetime.date(2024, 4, 3))))
    counts = write_part([report], tmp_path, 0, "parquet", METADATA)
    assert counts["events"] and counts["entities"] and counts["places"] == len(report.places)
    events = pl.read_parquet(tmp_path / "events/*.parquet")
    assert events["cameo"].str.len_chars().is_between(2, 4).all()
    for layout in ("polecat", "icews", "petrarch"):
        assert write_layout_part([report], tmp_path, 0, layout) >= 1
