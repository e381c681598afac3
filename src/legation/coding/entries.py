"""Entries of the registry of names as rows, what is wrong with them, and what they add to the tables.

A user's entries stand in a table of their own, with these columns: `kind` person or body; `name`; `aliases`; `family`,
the name used alone; `code`, PLOVER's actor; `office`, a row of offices.csv or any other that comes with `sectors`;
`sectors`; `from` and `to`, YYYY-MM-DD, YYYY-MM or YYYY; `note`. Lists inside a cell are parted by "|".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from legation.coding.leaders import (
    INTERNATIONAL,
    Leader,
    Leaders,
    first_day,
    last_day,
    letters,
    load_offices,
    office_sectors,
)
from legation.coding.names import STATELESS
from legation.coding.registry import Names
from legation.coding.tables import Gazetteer, Organization, Row, spelling_of, spellings_of, split, state_codes

COLUMNS = ("kind", "name", "aliases", "family", "code", "office", "sectors", "from", "to", "note")
SECTORS = frozenset(
    """
    COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK
    AGR BUS CRM CVL EDU ELI JRN LAB MED OPP PRE REF REL SOC
    """.split()
)
# Of an office that no table knows, only how it stands beside others is open.
_OTHER_OFFICE = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a line, as a sentence that says what to do."""

    line: int
    message: str


@dataclass(frozen=True, slots=True)
class OwnEntry:
    """A checked entry of the user's own, and the file and line it stands in."""

    row: Mapping[str, str]
    source: str


# ---------------------------------------------------------------- what is wrong


def faults_of_entries(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Fault]:
    """Everything that is wrong with a user's entries, by line."""
    found: list[Fault] = []
    seen: dict[tuple[str, ...], int] = {}
    for line, row in rows:
        found += [Fault(line, message) for message in _faults_of_entry(row)]
        key = (row["kind"], letters(row["name"]), row["code"], row["office"], row["from"])
        if key in seen:
            found.append(Fault(line, f"The entry stands in line {seen[key]} already: take one of the two out."))
        seen.setdefault(key, line)
    return found


def _faults_of_entry(row: Mapping[str, str]) -> Iterable[str]:
    if row["kind"] not in ("person", "body"):
        yield f"The kind is {row['kind'] or 'missing'}: write person or body."
    yield from _faults_of_name(row["name"], row["aliases"])
    yield from _faults_of_code(row["code"])
    yield from _faults_of_sectors(row["sectors"])
    yield from _faults_of_dates(row["from"], row["to"])
    if row["kind"] != "person":
        if row["code"] not in STATELESS and not row["sectors"]:
            yield "A body of a state needs sectors, for example GOV or PTY|OPP."
    elif row["office"] not in load_offices() and not row["sectors"]:
        office = f"The office {row['office']!r} is unknown" if row["office"] else "There is no office"
        yield f"{office}: give sectors as well, for example GOV, or an office of offices.csv, such as prime minister."


def faults_of_leaders(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Fault]:
    """Everything that is wrong with rows of leaders.csv, by line."""
    found: list[Fault] = []
    terms: dict[tuple[str, str, str], list[tuple[date, date, int]]] = {}
    for line, row in rows:
        wrong = [*_faults_of_name(row["name"], row["aliases"]), *_faults_of_dates(row["from"], row["to"])]
        if not row["family"].strip():
            wrong.append("The name used alone is missing: fill in family.")
        if not row["from"]:
            wrong.append("The first day in office is missing: fill in from, if only with a year.")
        if row["country"] not in state_codes() | INTERNATIONAL:
            wrong.append(_unknown_code(row["country"]))
        if row["office"] not in load_offices():
            wrong.append(f"The office {row['office']!r} is unknown: add it to offices.csv.")
        found += [Fault(line, message) for message in wrong]
        if not wrong:
            own = terms.setdefault((letters(row["name"]), row["country"], row["office"]), [])
            start, end = first_day(row["from"]), last_day(row["to"]) or date.max
            found += [
                Fault(line, f"The same person holds the same office in line {other}: make the two one.")
                for first, last, other in own
                if start < last and first < end
            ]
            own.append((start, end, line))
    return found


def faults_of_organizations(rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Fault]:
    """Everything that is wrong with rows of organizations.csv, by line."""
    found: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in rows:
        wrong = [*_faults_of_name(row["name"], row["aliases"]), *_faults_of_code(row["code"])]
        wrong += [*_faults_of_sectors(row["sectors"]), *_faults_of_years(row["from"], row["to"])]
        if row["code"] not in STATELESS and not row["sectors"]:
            wrong.append("A body of a state needs sectors.")
        if row["country"] and row["country"] not in state_codes():
            wrong.append(_unknown_code(row["country"]))
        key = (row["code"], letters(row["name"]))
        if key in seen:
            wrong.append(f"The body stands in line {seen[key]} already: make the two one.")
        seen.setdefault(key, line)
        found += [Fault(line, message) for message in wrong]
    return found


def _faults_of_name(name: str, aliases: str) -> Iterable[str]:
    if not name.strip() or not letters(name):
        yield "The name is missing: fill it in."
    for text in (name, *split(aliases)):
        if text != text.strip() or (aliases and not text):
            yield f"A blank stands at the edge of the name {text!r}, or a name is empty: take it away."


def _faults_of_code(code: str) -> Iterable[str]:
    if code not in state_codes() | STATELESS:
        yield _unknown_code(code)


def _unknown_code(code: str) -> str:
    return (
        f"The code {code or '(none)'} is unknown: write a state's ISO 3166 code of three letters, such as FRA, "
        f"or one of {', '.join(sorted(STATELESS))}."
    )


def _faults_of_sectors(cell: str) -> Iterable[str]:
    for sector in split(cell):
        if sector not in SECTORS:
            yield f"The sector {sector or '(none)'} is unknown: PLOVER has {', '.join(sorted(SECTORS))}."


def _faults_of_dates(start: str, end: str) -> Iterable[str]:
    days: list[date | None] = []
    for text in (start, end):
        try:
            days.append((first_day(text) if text is start else last_day(text)) if text else None)
        except ValueError:
            days.append(None)
            yield f"{text} is no date: write YYYY-MM-DD, YYYY-MM or YYYY."
    if days[0] and days[1] and days[1] < days[0]:
        yield f"It ends on {end}, before it starts on {start}: one of the two is wrong."


def _faults_of_years(start: str, end: str) -> Iterable[str]:
    for text in (start, end):
        if text and not (len(text) == 4 and text.isascii() and text.isdecimal()):
            yield f"{text} is no year: write YYYY."
            return
    if start and end and end < start:
        yield f"It ends in {end}, before it starts in {start}: one of the two is wrong."


# ---------------------------------------------------------------- what they add


def with_own(names: Names, entries: Sequence[OwnEntry]) -> Names:
    """The tables with a user's entries, which win over the shipped rows of the same names."""
    if not entries:
        return names
    terms = [_term(entry) for entry in entries if entry.row["kind"] == "person"]
    bodies = [Row(_body(entry.row), entry.source) for entry in entries if entry.row["kind"] == "body"]
    gazetteer: Gazetteer = names.gazetteer.with_own(bodies) if bodies else names.gazetteer
    leaders: Leaders = names.leaders.with_own(terms) if terms else names.leaders
    return Names(gazetteer, leaders)


def _term(entry: OwnEntry) -> Leader:
    row = entry.row
    known = row["office"] in load_offices()
    return Leader(
        row["name"],
        split(row["aliases"]),
        split(row["family"]),
        row["code"],
        row["office"],
        first_day(row["from"]) if row["from"] else date.min,
        last_day(row["to"]),
        split(row["sectors"]) or office_sectors(row["office"], row["code"]),
        load_offices()[row["office"]].rank if known else _OTHER_OFFICE,
        entry.source,
    )


def _body(row: Mapping[str, str]) -> Organization:
    name = spelling_of(row["name"])
    return Organization(
        row["code"],
        name.text,
        (name, *spellings_of(row["aliases"])),
        split(row["sectors"]),
        None if row["code"] in STATELESS else row["code"],
        row["note"] or None,
        first_day(row["from"]).year if row["from"] else None,
        (last_day(row["to"]) or date.max).year if row["to"] else None,
    )
