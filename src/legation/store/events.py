"""Questions about events: who did what to whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Table, exists, or_, select

from legation.store.paging import Days, Place, Scan, rows_by_day
from legation.store.people import People, people_of
from legation.store.records import DeskArticle, DeskEvent, Page, Party
from legation.store.schema import commits, events, names, pairs, parties, readings, source_versions, sources, versions
from legation.store.view import View
from legation.store.whom import Whom


@dataclass(frozen=True, slots=True)
class EventQuery:
    """Which events. `actor`, `recipient`, `country` and `between` take a state's code or name, or a part of a name.

    `country` is anybody's on either side, or where it happened. `between` asks for events from one to the other, or of
    both together. `since` and `until` are days, both inclusive.
    """

    actor: str | None = None
    recipient: str | None = None
    between: tuple[str, str] | None = None
    country: str | None = None
    type: str | None = None
    status: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    confidence: float = 0.0

    @property
    def days(self) -> Days:
        """The stretch of days."""
        return Days(self.since, self.until)


def events_page(view: View, query: EventQuery, most: int, after: Place | None) -> Page:
    """The events that fit, those of the newest day first."""
    people = people_of(view)
    asked = _Asked(query, people)
    found, last = rows_by_day(
        view.connection,
        asked.scans(),
        query.days,
        after,
        most,
        lambda ids: counting_rows(view, events, view.event_counts(), ids, asked.conditions()),
    )
    next = str(Place(view.commit, *last)) if last else None
    return Page(tuple(_events(view, found, people)), next)


def events_by_id(view: View, ids: Sequence[int], people: People) -> dict[int, DeskEvent]:
    """Events by the number of their row, those that count."""
    found = counting_rows(view, events, view.event_counts(), ids)
    return dict(zip(found, _events(view, list(found.values()), people), strict=True))


def event_of(view: View, id: int) -> DeskEvent | None:
    """An event by the number that is shown, as it is judged now."""
    rows = view.connection.execute(select(events.c.id).where(or_(events.c.id == id, events.c.raw == id))).scalars()
    return next(iter(events_by_id(view, list(rows), people_of(view)).values()), None)


class _Asked:
    """A query, with whom it means."""

    def __init__(self, query: EventQuery, people: People) -> None:
        self.query = query
        self.actor = people.whom(query.actor) if query.actor else None
        self.recipient = people.whom(query.recipient) if query.recipient else None
        self.country = people.whom(query.country) if query.country else None
        self.between = tuple(map(people.whom, query.between)) if query.between else None

    def scans(self) -> list[Scan]:
        """The index that leaves the fewest candidates."""
        pair = self._pair()
        if pair is not None:
            one, other = sorted(pair)
            return [Scan(pairs.c.day_order, pairs.c.event, (pairs.c.one == one, pairs.c.other == other))]
        if self.between is not None:
            return [_party_scan(self.between[0], role) for role in ("actor", "recipient")]
        if self.actor is not None:
            return [_party_scan(self.actor, "actor")]
        if self.recipient is not None:
            return [_party_scan(self.recipient, "recipient")]
        if self.country is not None:
            placed = Scan(events.c.day_order, events.c.id, (events.c.place_country == self.country.country,))
            return [*(_party_scan(self.country, role) for role in ("actor", "recipient")), placed]
        if self.query.type is not None:
            return [Scan(events.c.day_order, events.c.id, (events.c.type == self.query.type.upper(),))]
        return [Scan(events.c.day_order, events.c.id)]

    def _pair(self) -> tuple[str, str] | None:
        """The two states that every event must be between, if they are two states."""
        sides = self.between or ((self.actor, self.recipient) if self.actor and self.recipient else None)
        if sides is None or sides[0] is None or sides[1] is None:
            return None
        one, other = sides[0].country, sides[1].country
        return (one, other) if one and other else None

    def conditions(self) -> list[ColumnElement[bool]]:
        """What must hold of an event."""
        query = self.query
        found = [
            has_party(who, role)
            for who, role in ((self.actor, "actor"), (self.recipient, "recipient"))
            if who is not None
        ]
        if self.between is not None and self._pair() is None:
            found += [has_party(who) for who in self.between]
        if self.country is not None:
            found.append(or_(has_party(self.country), events.c.place_country == self.country.country))
        if query.type:
            found.append(events.c.type == query.type.upper())
        if query.status:
            found.append(events.c.status == query.status)
        if query.confidence:
            found.append(events.c.confidence >= query.confidence)
        if query.source:
            found.append(of_source(query.source))
        return found


def of_source(given: str) -> ColumnElement[bool]:
    """That a version is of a source, by its name or address, or says that it is published by it."""
    called = select(source_versions.c.source).join(sources, sources.c.id == source_versions.c.source)
    called = called.where(or_(source_versions.c.name == given, sources.c.key == given))
    return or_(versions.c.publisher == given, versions.c.source.in_(called))


def _party_scan(who: Whom, role: str) -> Scan:
    where = (who.among(parties.c.country, parties.c.name), parties.c.role == role)
    return Scan(parties.c.day_order, parties.c.event, where)


def has_party(who: Whom, role: str | None = None) -> ColumnElement[bool]:
    """That somebody, or anybody of a state, is a participant of an event."""
    found = select(1).where(parties.c.event == events.c.id, who.among(parties.c.country, parties.c.name))
    return exists(found.where(parties.c.role == role) if role else found)


# ---------------------------------------------------------------- whole rows


def counting_rows(
    view: View,
    table: Table,
    counts: ColumnElement[bool],
    ids: Sequence[int],
    conditions: Iterable[ColumnElement[bool]] = (),
) -> dict[int, Any]:
    """The rows of events or statements that count and fit, by number, in the order they were asked for.

    Each has what `article_of` needs, and when it was known (`at`). `counts` is what the view says of the table.
    """
    chosen = (
        select(table, *article_columns(), commits.c.at)
        .join(readings, readings.c.id == table.c.reading)
        .join(versions, versions.c.id == readings.c.version)
        .join(commits, commits.c.id == table.c.known_from)
        .where(table.c.id.in_(ids), view.reading_counts(), counts, *conditions)
    )
    found = {row.id: row for row in view.connection.execute(chosen)}
    return {id: found[id] for id in ids if id in found}


def _events(view: View, rows: Sequence[Any], people: People) -> list[DeskEvent]:
    ids = [row.id for row in rows]
    of_event = _parties(view, ids, people)
    judged = people.judged({row.raw for row in rows if row.raw is not None}, "event")
    return [_event(row, of_event.get(row.id, []), judged, people) for row in rows]


def _parties(view: View, ids: Sequence[int], people: People) -> dict[int, list[tuple[str, Party]]]:
    chosen = (
        select(parties.c.event, parties.c.role, parties.c.words_text, names)
        .join(names, names.c.id == parties.c.name)
        .where(parties.c.event.in_(ids))
        .order_by(parties.c.event, parties.c.role, parties.c.number)
    )
    found: dict[int, list[tuple[str, Party]]] = {}
    for row in view.connection.execute(chosen):
        found.setdefault(row.event, []).append((row.role, people.party(row, row.words_text)))
    return found


def article_columns(*, read: bool = True) -> list[ColumnElement[Any]]:
    """The columns of a version that `article_of` needs; with `read` also those of its reading."""
    of_version = [versions.c.number, versions.c.title, versions.c.url, versions.c.publisher, versions.c.source]
    of_reading = [readings.c.model_version, readings.c.item] if read else []
    return [*of_reading, versions.c.id.label("version"), *of_version, versions.c.published]


def article_of(row: Any, people: People) -> DeskArticle:
    """The article of a row that has its version's columns."""
    source = row.publisher or people.source(row.source)
    return DeskArticle(row.item, row.version, row.number, row.title, row.url, source, row.published)


def _event(
    row: Any, of_event: Sequence[tuple[str, Party]], judged: Mapping[int, tuple[int, ...]], people: People
) -> DeskEvent:
    raw = row.raw if row.raw is not None else row.id
    return DeskEvent(
        id=raw,
        type=row.type,
        mode=row.mode,
        contexts=tuple(row.contexts.split()),
        status=row.status,
        cameo=row.cameo,
        quad=row.quad,
        score=row.score,
        confidence=row.confidence,
        actor=tuple(party for role, party in of_event if role == "actor"),
        recipient=tuple(party for role, party in of_event if role == "recipient"),
        day=date.fromordinal(row.day_order) if row.day_order else None,
        dated=row.first_day is not None,
        date=row.date,
        granularity=row.date_granularity,
        place=row.place,
        place_country=row.place_country,
        trigger=(row.trigger_start, row.trigger_end, row.trigger_text),
        sentence=row.sentence_text,
        start=row.sentence_start,
        magnitude=(row.dead, row.injured, row.arrested),
        mentions=1 + len(row.mentions),
        article=article_of(row, people),
        model=row.model_version,
        known_from=row.at,
        judged=judged.get(raw, ()),
        also=tuple(row.also),
    )
