"""What the tables know of a name on a day, the shipped rows proven, and the user's own entries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.coding.entries import (
    COLUMNS,
    OwnEntry,
    faults_of_entries,
    faults_of_leaders,
    faults_of_organizations,
    with_own,
)
from legation.coding.leaders import load_leaders
from legation.coding.registry import Entry, Names, lookup
from legation.coding.tables import load_organizations
from legation.shipped import numbered_rows, table_lines

Cells = dict[str, str]


def told(name: str, *day: int) -> list[tuple[str, tuple[str, ...], str | None]]:
    """Code, sectors and role of everything that a name means."""
    return [(entry.code, entry.sectors, entry.role) for entry in lookup(name, date(*day))]


# ---------------------------------------------------------------- look-up


def test_an_office_changes_with_the_day() -> None:
    assert told("Boris Johnson", 2015, 1, 1) == [("GBR", ("GOV",), "mayor")]
    assert told("Boris Johnson", 2020, 1, 1)[0] == ("GBR", ("GOV",), "prime minister")
    assert told("Boris Johnson", 2024, 1, 1) == [("GBR", ("ELI",), "former prime minister")]
    assert told("Boris Johnson", 1990, 1, 1) == [("GBR", (), "future member of parliament")]


def test_of_offices_held_at_once_all_are_told_the_highest_first() -> None:
    assert told("Benjamin Netanyahu", 2016, 1, 1) == [
        ("ISR", ("GOV",), "prime minister"),
        ("ISR", ("GOV",), "foreign minister"),
    ]


def test_a_house_stands_for_who_sits_in_it() -> None:
    (house,) = lookup("the White House", date(2024, 4, 3))
    assert (house.kind, house.code, house.sectors) == ("seat", "USA", ("GOV",))
    assert house.source.startswith("countries.csv:")


def test_an_entry_names_its_row() -> None:
    entry = lookup("Barack Obama", date(2010, 1, 1))[0]
    file, _, line = entry.source.partition(":")
    assert table_lines(file)[int(line) - 1].startswith("Barack Obama,")
    assert (entry.start, entry.end) == (date(2009, 1, 20), date(2017, 1, 20))


def test_a_body_is_told_only_while_it_existed() -> None:
    assert told("UNTAC", 1992, 6, 1) == [("UNO", (), None)]
    assert told("UNTAC", 1999, 6, 1) == []


def test_who_serves_a_body_between_states_has_its_code_and_no_sector() -> None:
    assert told("Mark Rutte", 2025, 1, 1) == [("IGO", (), "secretary-general")]
    assert told("Mark Rutte", 2023, 1, 1) == [("NLD", ("GOV",), "prime minister")]


def test_a_family_name_means_everyone_of_that_name_those_in_office_first() -> None:
    entries = lookup("Kim", date(2024, 4, 3))
    assert entries[0].name == "Kim Jong-un"
    order = {"current": 0, "former": 1, "future": 2}
    standing = [order[entry.status or "current"] for entry in entries]
    assert standing == sorted(standing)
    assert all(entry.alone for entry in entries)


def test_a_shared_name_means_all_who_bear_it() -> None:
    assert {"GBR", "NOR", "NZL"} <= {code for code, _, _ in told("Labour Party", 2020, 1, 1)}


@pytest.mark.parametrize("name", ["", " ", "the", "Ada Example", "?"])
def test_an_unknown_name_means_nothing(name: str) -> None:
    assert lookup(name, date(2020, 1, 1)) == ()


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(load_leaders()), st.dates(date(1940, 1, 1), date(2030, 1, 1)))
def test_every_person_is_told_with_a_true_status(leader: object, on: date) -> None:
    for entry in lookup(leader.name, on):  # type: ignore[attr-defined]
        if entry.status is not None:
            assert entry.start is not None
            held = entry.start <= on and (entry.end is None or on <= entry.end)
            assert (entry.status == "current") == held
            assert (entry.status == "future") == (entry.start > on)
            assert entry.status != "future" or entry.sectors == ()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=20), st.dates(date(1940, 1, 1), date(2030, 1, 1)))
def test_any_text_is_answered(text: str, on: date) -> None:
    assert all(isinstance(entry, Entry) for entry in lookup(text, on))


# ---------------------------------------------------------------- the shipped rows


def test_no_row_of_the_shipped_leaders_is_at_fault() -> None:
    assert faults_of_leaders(numbered_rows(table_lines("leaders.csv"), "leaders.csv")) == []


def test_no_row_of_the_shipped_bodies_is_at_fault() -> None:
    assert faults_of_organizations(numbered_rows(table_lines("organizations.csv"), "organizations.csv")) == []


def test_the_drafts_have_reached_the_shipped_tables() -> None:
    assert len(load_leaders()) > 10_000
    assert len(load_organizations()) > 6_500


LEADER = {
    "name": "Ada Roe", "aliases": "", "family": "Roe", "country": "NOR", "office": "prime minister",
    "from": "2001", "to": "2005-03",
}  # fmt: skip
BODY = {
    "code": "NOR", "name": "Blue Guard", "aliases": "", "sectors": "MIL", "country": "NOR", "note": "",
    "from": "1990", "to": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "The name is missing"),
        ({"name": " Ada Roe"}, "A blank stands at the edge"),
        ({"family": ""}, "The name used alone is missing"),
        ({"country": "XXX"}, "The code XXX is unknown"),
        ({"office": "wizard"}, "The office 'wizard' is unknown"),
        ({"to": "2000"}, "It ends on 2000, before it starts on 2001"),
        ({"from": "2001-13"}, "2001-13 is no date"),
        ({"from": ""}, "The first day in office is missing"),
    ],
)
def test_each_fault_of_a_term_has_its_sentence(change: Cells, sentence: str) -> None:
    (fault,) = faults_of_leaders([(7, LEADER | change)])
    assert fault.line == 7
    assert fault.message.startswith(sentence)


def test_a_term_that_overlaps_another_of_the_same_office_is_a_fault() -> None:
    other = LEADER | {"from": "2004", "to": "2008"}
    assert [fault.line for fault in faults_of_leaders([(7, LEADER), (8, other)])] == [8]
    assert faults_of_leaders([(7, LEADER), (8, LEADER | {"from": "2006", "to": "2008"})]) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"name": ""}, "The name is missing"),
        ({"code": "ZZZ"}, "The code ZZZ is unknown"),
        ({"country": "ZZZ"}, "The code ZZZ is unknown"),
        ({"sectors": "ABC"}, "The sector ABC is unknown"),
        ({"sectors": ""}, "A body of a state needs sectors"),
        ({"from": "1990-05"}, "1990-05 is no year"),
        ({"to": "1980"}, "It ends in 1980, before it starts in 1990"),
    ],
)
def test_each_fault_of_a_body_has_its_sentence(change: Cells, sentence: str) -> None:
    (fault,) = faults_of_organizations([(7, BODY | change)])
    assert fault.message.startswith(sentence)


def test_a_body_that_stands_twice_is_a_fault() -> None:
    assert [fault.line for fault in faults_of_organizations([(7, BODY), (8, BODY | {"name": "BLUE GUARD"})])] == [8]


# ---------------------------------------------------------------- the user's entries


def entry(**cells: str) -> Cells:
    """An entry with the cells given."""
    return dict.fromkeys(COLUMNS, "") | {"kind": "person", "name": "Ada Roe", "family": "Roe", "code": "NOR"} | cells


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ({"kind": "thing", "sectors": "GOV"}, "The kind is thing: write person or body."),
        ({}, "There is no office: give sectors as well"),
        ({"office": "wizard"}, "The office 'wizard' is unknown: give sectors as well"),
        ({"kind": "body"}, "A body of a state needs sectors"),
        ({"sectors": "GOV", "code": "NO"}, "The code NO is unknown"),
        ({"sectors": "GOV", "from": "May 2001"}, "May 2001 is no date"),
    ],
)
def test_each_fault_of_an_entry_has_its_sentence(cells: Cells, sentence: str) -> None:
    (fault,) = faults_of_entries([(3, entry(**cells))])
    assert (fault.line, fault.message[: len(sentence)]) == (3, sentence)


def test_an_entry_with_an_office_or_sectors_is_taken() -> None:
    rows = [entry(office="mayor"), entry(office="harbour master", sectors="GOV"), entry(kind="body", sectors="BUS")]
    assert faults_of_entries(enumerate(rows, 2)) == []


def test_own_entries_win_over_the_shipped_rows() -> None:
    own = with_own(
        Names.load(),
        [
            OwnEntry(
                entry(name="Joe Biden", family="Biden", code="USA", office="mayor", **{"from": "2000"}), "mine.csv:2"
            ),
            OwnEntry(entry(kind="body", name="NATO", code="NOR", sectors="BUS"), "mine.csv:3"),
        ],
    )
    (person,) = lookup("Joe Biden", date(2022, 1, 1), own)
    assert (person.role, person.source) == ("mayor", "mine.csv:2")
    (body,) = lookup("NATO", date(2022, 1, 1), own)
    assert (body.code, body.sectors, body.source) == ("NOR", ("BUS",), "mine.csv:3")
    assert lookup("NATO", date(2022, 1, 1))[0].code == "IGO"


def test_no_own_entries_leave_the_tables_as_they_are() -> None:
    names = Names.load()
    assert with_own(names, []) is names


def test_an_own_body_has_years() -> None:
    body = entry(kind="body", name="Blue Guard", sectors="MIL", **{"from": "1990-05-01", "to": "1999"})
    own = with_own(Names.load(), [OwnEntry(body, "mine.csv:2")])
    assert [len(lookup("Blue Guard", date(year, 6, 1), own)) for year in (1989, 1990, 1999, 2000)] == [0, 1, 1, 0]
