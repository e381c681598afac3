"""Everything the tables know of a name on a day: states and their seats, bodies that existed, persons and offices.

Codes, sectors and their order are PLOVER's: a person has the sectors of the office held on the day, and who has left
office is ELI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from legation.coding.body_sectors import sectors_on
from legation.coding.leaders import INTERNATIONAL, Leader, Leaders, TermStatus
from legation.coding.tables import Gazetteer, MatchKind, Named

EntryKind = Literal["person"] | MatchKind


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a name means on a day.

    `role` is an office, "former" or "future" before it where it is not held on the day; `status` tells the same, None
    for what is no person. `start` and `end` are the first and last day in office, or of the first and last year of a
    body, None where open or unknown. `source` names file and line of the row; `alone` tells that the name is only the
    part by which news calls the person.
    """

    name: str
    kind: EntryKind
    code: str
    sectors: tuple[str, ...]
    role: str | None
    status: TermStatus | None
    start: date | None
    end: date | None
    source: str
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """The tables that are looked into."""

    gazetteer: Gazetteer
    leaders: Leaders

    @staticmethod
    def load() -> Names:
        """The shipped tables."""
        return Names(Gazetteer.load(), Leaders.load())


def lookup(name: str, on: date, names: Names | None = None) -> tuple[Entry, ...]:
    """What a name means on a day, the likeliest first; a leading "the" and titles are not part of a name.

    States, seats and bodies come first in the order of their likelihood, then persons: those in office, the head of
    state or government before the minister before the leader of a party, then those who left office, then those
    still to come to it. Of one person every office held on the day is told; with none, the highest held before;
    with none, the first to come. Where a full name is known, nobody is told who is called so by a family name alone.
    """
    tables = names or Names.load()
    things = [_thing(named, on) for named in tables.gazetteer.named(name.split(), on.year) if named.match.code]
    full = tables.leaders.named(name)
    alone = () if full or things else tables.leaders.named_alone(name)
    people = [_person(leader, on, bool(alone)) for leader in _seen_from(on, full or alone)]
    return (*things, *people)


def _thing(named: Named, on: date) -> Entry:
    match = named.match
    sectors = sectors_on(match.code, match.name, match.sectors, on)
    start = date(named.start, 1, 1) if named.start else None
    end = date(named.end, 12, 31) if named.end else None
    return Entry(match.name, match.kind, match.code, sectors, None, None, start, end, named.source)


def _seen_from(on: date, terms: Iterable[Leader]) -> list[Leader]:
    """Of each person the terms that count on a day, in the order in which they are told."""
    told = [term for own in _people(terms) for term in _counting(on, own)]
    order = {"current": 0, "former": 1, "future": 2}
    return sorted(told, key=lambda t: (order[t.status(on)], t.rank, -t.start.toordinal()))


def _people(terms: Iterable[Leader]) -> Iterator[list[Leader]]:
    """The terms of each person; two of one name in two states are two, and who serves a body is of a state."""
    by_name: dict[str, dict[str, list[Leader]]] = {}
    for term in terms:
        by_name.setdefault(term.name, {}).setdefault(term.country, []).append(term)
    for countries in by_name.values():
        states = [own for country, own in countries.items() if country not in INTERNATIONAL]
        served = [term for country, own in countries.items() if country in INTERNATIONAL for term in own]
        if len(states) == 1:
            yield [*states[0], *served]
        else:
            yield from [*states, served] if served else states


def _counting(on: date, terms: list[Leader]) -> list[Leader]:
    held = [term for term in terms if term.holds(on)]
    past = [term for term in terms if term.status(on) == "former"]
    if held or past:
        return held or [min(past, key=lambda t: (t.rank, -(t.end or date.max).toordinal()))]
    return [min(terms, key=lambda t: t.start)]


def _person(leader: Leader, on: date, alone: bool) -> Entry:
    status = leader.status(on)
    role = leader.office if status == "current" else f"{status} {leader.office}"
    return Entry(
        leader.name,
        "person",
        leader.country,
        leader.sectors_as(status),
        role,
        status,
        leader.start,
        leader.end,
        leader.source,
        alone,
    )
