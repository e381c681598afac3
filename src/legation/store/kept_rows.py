"""Events and statements as rows again, read back from their tables, to be corrected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table, exists, select

from legation.store.rows import EventRow, Name, PartyRow, StatementRow
from legation.store.schema import event_ends, events, names, parties, positions, statement_ends, statements

_OWN = frozenset({"id", "reading", "known_from", "speaker", "raw"})
_OF_NAME = (names.c.name.label("called"), names.c.kind, names.c.country, names.c.code, names.c.sectors)


def events_of(
    connection: Connection, readings: Iterable[int], *, judged: bool = False
) -> dict[int, tuple[int, EventRow]]:
    """The events of readings by number, each with its reading: as they were read, or as they are `judged` now, their
    rows then having `raw` too."""
    rows = _rows(connection, events, event_ends, event_ends.c.event, list(readings), judged)
    of_event: dict[int, list[PartyRow]] = {}
    chosen = (
        select(parties, *_OF_NAME)
        .join(names, names.c.id == parties.c.name)
        .where(parties.c.event.in_([row.id for row in rows]))
        .order_by(parties.c.event, parties.c.number)
    )
    for row in connection.execute(chosen):
        party = PartyRow(row.role, _name(row), row.words_start, row.words_end, row.words_text)
        of_event.setdefault(row.event, []).append(party)
    return {row.id: (row.reading, EventRow(_plain(row, judged), tuple(of_event.get(row.id, ())))) for row in rows}


def statements_of(
    connection: Connection, readings: Iterable[int], *, judged: bool = False
) -> dict[int, tuple[int, StatementRow]]:
    """The same of statements, with their speakers and positions."""
    rows = _rows(connection, statements, statement_ends, statement_ends.c.statement, list(readings), judged)
    wanted = {row.speaker for row in rows if row.speaker is not None}
    known = connection.execute(select(names.c.id, *_OF_NAME).where(names.c.id.in_(wanted)))
    speakers = {row.id: _name(row) for row in known}
    of_statement: dict[int, list[dict[str, Any]]] = {}
    chosen = select(positions).where(positions.c.statement.in_([row.id for row in rows]))
    for row in connection.execute(chosen.order_by(positions.c.statement, positions.c.number)):
        plain = dict(row._mapping)
        of_statement.setdefault(plain.pop("statement"), []).append(plain)
    return {
        row.id: (
            row.reading,
            StatementRow(_plain(row, judged), speakers.get(row.speaker), tuple(of_statement.get(row.id, ()))),
        )
        for row in rows
    }


def _rows(
    connection: Connection, table: Table, ends: Table, of: Any, readings: Sequence[int], judged: bool
) -> Sequence[Any]:
    counts = ~exists(select(1).where(of == table.c.id)) if judged else table.c.raw.is_(None)
    return connection.execute(select(table).where(table.c.reading.in_(readings), counts).order_by(table.c.id)).all()


def _plain(row: Any, judged: bool) -> dict[str, Any]:
    plain = {key: value for key, value in row._mapping.items() if key not in _OWN}
    return {**plain, "raw": row.raw} if judged else plain


def _name(row: Any) -> Name:
    return Name(row.called, row.kind, row.country, row.code, row.sectors)
