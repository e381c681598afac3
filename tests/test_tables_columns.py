"""The data dictionary, and the document made of it."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from legation.formats.columns import (
    DESCRIPTIONS,
    LAYOUT_NAMES,
    TABLES,
    Column,
    descriptions_csv,
    read_descriptions,
    with_tables,
)

DOCUMENT = Path(__file__).parent.parent / "docs" / "data.md"
TYPES = {"string", "int64", "double", "date32", "list<string>", "list<int64>", "list<double>"}


def test_tables_and_layouts_stand_in_their_order() -> None:
    assert list(TABLES) == ["articles", "events", "statements", "entities", "places", "dates"]
    assert list(DESCRIPTIONS) == [*TABLES, *LAYOUT_NAMES]


@pytest.mark.parametrize("table", DESCRIPTIONS)
def test_no_column_of_a_table_is_described_twice(table: str) -> None:
    names = [column.column for column in DESCRIPTIONS[table]]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("table", TABLES)
def test_every_column_of_a_table_has_a_type_and_a_meaning(table: str) -> None:
    for column in TABLES[table]:
        assert column.type in TYPES, column
        assert column.meaning, column
        assert column.null_when.startswith("never") == column.type.startswith("list"), column
        assert re.fullmatch("[a-z][a-z0-9_]*", column.column), column


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_a_layout_says_what_stands_there_or_that_nothing_does(layout: str) -> None:
    for column in DESCRIPTIONS[layout]:
        assert column.type == "string"
        assert bool(column.meaning) != column.null_when.startswith("always"), column


@pytest.mark.parametrize("table", TABLES)
def test_every_table_begins_with_the_article(table: str) -> None:
    first = TABLES[table][0]
    assert (first.column, first.type, first.nullable) == ("article_id", "string", False)


@pytest.mark.parametrize(
    ("null_when", "nullable"), [("", False), ("not told", True), ("never; empty where there is none", False)]
)
def test_a_column_is_nullable_where_it_says_when_it_is_null(null_when: str, nullable: bool) -> None:
    assert Column("t", "c", "string", "", "", null_when).nullable is nullable


def test_the_dictionary_goes_through_csv_and_back() -> None:
    rows = list(csv.DictReader(io.StringIO(descriptions_csv())))
    assert [Column(**row) for row in rows] == list(read_descriptions())  # type: ignore[arg-type]
    assert list(rows[0]) == ["table", "column", "type", "unit", "meaning", "null_when"]


def test_the_dictionary_of_some_tables_can_be_had_alone() -> None:
    rows = list(csv.DictReader(io.StringIO(descriptions_csv(("places", "petrarch")))))
    assert [row["table"] for row in rows] == ["places"] * len(TABLES["places"]) + ["petrarch"] * 7
    with pytest.raises(KeyError):
        descriptions_csv(("weather",))


def test_the_document_has_every_table_and_layout_as_the_dictionary_has_it() -> None:
    page = DOCUMENT.read_text(encoding="utf-8")
    assert re.findall(r"<!-- columns: (\w+) -->", page) == list(DESCRIPTIONS)
    assert page == with_tables(page), "Make it anew: page.write_text(with_tables(page.read_text()))"


def test_a_page_keeps_everything_but_its_tables() -> None:
    page = "one\n<!-- columns: places -->\n<!-- end -->\ntwo\n<!-- columns: dates -->\nold\n<!-- end -->\nthree\n"
    made = with_tables(page)
    assert [line for line in made.splitlines() if line[:1] not in "|"] == [
        "one", "<!-- columns: places -->", "<!-- end -->", "two", "<!-- columns: dates -->", "<!-- end -->", "three",
    ]  # fmt: skip
    assert made.count("\n| ") == 2 + len(TABLES["places"]) + len(TABLES["dates"])
    assert with_tables(made) == made
    with pytest.raises(KeyError):
        with_tables("<!-- columns: weather -->\n<!-- end -->")


@pytest.mark.parametrize("table", DESCRIPTIONS)
def test_no_cell_breaks_the_tables_of_the_document(table: str) -> None:
    assert not any(
        "|" in cell or "\n" in cell for c in DESCRIPTIONS[table] for cell in (c.meaning, c.null_when, c.unit)
    )
