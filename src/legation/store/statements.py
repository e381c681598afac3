"""Questions about statements: who said what, and where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, false, or_, select

from legation.store.events import article_of, counting_rows, of_source
from legation.store.paging import Days, Place, Scan, rows_by_day
from legation.store.people import People, people_of
from legation.store.records import DeskPosition, DeskStatement, Page
from legation.store.schema import names, positions, statements
from legation.store.view import View
from legation.store.whom import Whom
from legation.sureness import LEAST_CONFIDENCE


@dataclass(frozen=True, slots=True)
class StatementQuery:
    """Which statements. `by` is a speaker's name or a part of it, or a state's code or name; `country` the speaker's.

    `about` is the id of an issue on which a position is taken; with `positions` any issue. `since` and `until` are
    days, both inclusive. Positions are of at least the given `confidence`.
    """

    by: str | None = None
    about: str | None = None
    country: str | None = None
    act: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    positions: bool = False
    confidence: float = LEAST_CONFIDENCE

    @property
    def days(self) -> Days:
        """The stretch of days."""
        return Days(self.since, self.until)


def statements_page(view: View, query: StatementQuery, most: int, after: Place | None) -> Page:
    """The statements that fit, those of the newest day first."""
    people = people_of(view)
    by = people.whom(query.by) if query.by else None
    found, last = rows_by_day(
        view.connection,
        [_scan(query, by)],
        query.days,
        after,
        most,
        lambda ids: counting_rows(view, statements, view.statement_counts(), ids, _conditions(query, by)),
    )
    rows = _statements(view, found, people, query.confidence)
    return Page(tuple(rows), str(Place(view.commit, *last)) if last else None)


def statements_by_id(view: View, ids: Sequence[int], people: People) -> dict[int, DeskStatement]:
    """Statements by the number of their row, those that count."""
    found = counting_rows(view, statements, view.statement_counts(), ids)
    return dict(zip(found, _statements(view, list(found.values()), people), strict=True))


def statement_of(view: View, id: int) -> DeskStatement | None:
    """A statement by the number that is shown, as it is judged now."""
    own = or_(statements.c.id == id, statements.c.raw == id)
    rows = view.connection.execute(select(statements.c.id).where(own)).scalars()
    return next(iter(statements_by_id(view, list(rows), people_of(view)).values()), None)


def speaks(who: Whom) -> ColumnElement[bool]:
    """That a statement is somebody's, or of a state's speakers."""
    if who.country is None:
        return statements.c.speaker.in_(who.names)
    return exists(select(1).where(names.c.id == statements.c.speaker, names.c.country == who.country))


def _scan(query: StatementQuery, by: Whom | None) -> Scan:
    if query.about is not None:
        on_issue = (positions.c.issue == query.about, _is_sure(query.confidence))
        return Scan(positions.c.day_order, positions.c.statement, on_issue)
    if by is not None and by.country is None:
        where = statements.c.speaker.in_(by.names) if by.names else false()
        return Scan(statements.c.day_order, statements.c.id, (where,))
    if query.positions:
        return Scan(positions.c.day_order, positions.c.statement, (_is_sure(query.confidence),))
    return Scan(statements.c.day_order, statements.c.id)


def _conditions(query: StatementQuery, by: Whom | None) -> list[ColumnElement[bool]]:
    found = []
    if by is not None:
        found.append(speaks(by))
    if query.country:
        found.append(speaks(Whom(country=query.country.upper())))
    if query.act:
        found.append(statements.c.act == query.act)
    if query.source:
        found.append(of_source(query.source))
    return found


def _is_sure(confidence: float) -> ColumnElement[bool]:
    """That a position is of at least that confidence, or of none."""
    return or_(positions.c.confidence.is_(None), positions.c.confidence >= confidence)


def _statements(
    view: View, rows: Sequence[Any], people: People, confidence: float = LEAST_CONFIDENCE
) -> list[DeskStatement]:
    of_statement = _positions(view, [row.id for row in rows], confidence)
    speakers = _speakers(view, {row.speaker for row in rows if row.speaker is not None})
    judged = people.judged({row.raw for row in rows if row.raw is not None}, "statement")
    found = []
    for row in rows:
        raw = row.raw if row.raw is not None else row.id
        speaker = speakers.get(row.speaker)
        found.append(
            DeskStatement(
                id=raw,
                speaker=people.party(speaker, row.speaker_text) if speaker is not None else None,
                role=row.speaker_role,
                affiliation=row.speaker_affiliation,
                cue=(row.cue_start, row.cue_end, row.cue_text),
                act=row.act,
                mode=row.mode,
                content=row.content,
                sentence=row.sentence,
                addressee=row.addressee,
                venue=row.venue,
                day=date.fromordinal(row.day_order) if row.day_order else None,
                positions=tuple(of_statement.get(row.id, ())),
                confidence=row.confidence,
                article=article_of(row, people),
                model=row.model_version,
                known_from=row.at,
                judged=judged.get(raw, ()),
            )
        )
    return found


def _speakers(view: View, wanted: Iterable[int]) -> dict[int, Any]:
    chosen = select(names).where(names.c.id.in_(list(wanted)))
    return {row.id: row for row in view.connection.execute(chosen)}


def _positions(view: View, ids: Sequence[int], confidence: float) -> dict[int, list[DeskPosition]]:
    chosen = select(positions).where(positions.c.statement.in_(ids), _is_sure(confidence))
    found: dict[int, list[DeskPosition]] = {}
    for row in view.connection.execute(chosen.order_by(positions.c.statement, positions.c.number)):
        place = (row.evidence_start, row.evidence_end, row.evidence_text)
        told = DeskPosition(row.issue, row.option, row.stance, *place, row.confidence, row.whole_confidence)
        found.setdefault(row.statement, []).append(told)
    return found
