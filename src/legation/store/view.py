"""A store at one moment: which rows count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, select

from legation.errors import UsageError
from legation.store.schema import (
    commits,
    event_ends,
    events,
    reading_ends,
    readings,
    statement_ends,
    statements,
    versions,
)

AsOf = date | datetime | int | None
"""A day (its end in UTC), a moment, the number of a commit, or None for now."""


@dataclass(frozen=True, slots=True)
class View:
    """A connection that sees one state of the store, and the last commit that counts.

    With `raw` events and statements are as they were read, without what analysts judged.
    """

    connection: Connection
    commit: int
    raw: bool = False

    def version_counts(self) -> ColumnElement[bool]:
        """Whether a version was known, and was its item's newest."""
        later = versions.alias()
        edited = select(1).where(
            later.c.item == versions.c.item, later.c.number > versions.c.number, later.c.known_from <= self.commit
        )
        return and_(versions.c.known_from <= self.commit, ~exists(edited))

    def reading_counts(self) -> ColumnElement[bool]:
        """Whether a reading was known, and had not been followed by a newer one."""
        return and_(readings.c.known_from <= self.commit, self._open(reading_ends, reading_ends.c.reading, readings))

    def reading_number_counts(self, reading: ColumnElement[int]) -> ColumnElement[bool]:
        """The same of the reading that a column leads to, without a look at its row: numbers rise as commits do."""
        known = select(readings.c.id).where(readings.c.known_from <= self.commit)
        last = known.order_by(readings.c.known_from.desc(), readings.c.id.desc()).limit(1).scalar_subquery()
        # One list of them all: where a million rows are counted, a look at each one's end takes a third of the time.
        ended = select(reading_ends.c.reading).where(reading_ends.c.known_until <= self.commit)
        return and_(reading <= last, reading.not_in(ended))

    def event_counts(self) -> ColumnElement[bool]:
        """Whether an event was known as it is, its reading apart."""
        return self._counts(events, event_ends, event_ends.c.event)

    def statement_counts(self) -> ColumnElement[bool]:
        """Whether a statement was known as it is, its reading apart."""
        return self._counts(statements, statement_ends, statement_ends.c.statement)

    def _counts(self, rows: Table, ends: Table, of: ColumnElement[int]) -> ColumnElement[bool]:
        if self.raw:
            return rows.c.raw.is_(None)
        return and_(rows.c.known_from <= self.commit, self._open(ends, of, rows))

    def _open(self, ends: Table, of: ColumnElement[int], rows: Table) -> ColumnElement[bool]:
        return ~exists(select(1).where(of == rows.c.id, ends.c.known_until <= self.commit))


def commit_at(connection: Connection, as_of: AsOf) -> int:
    """The last commit that was known at a day's end, a moment or a commit; 0 where there was none yet.

    Raises UsageError for the number of a commit that there is not.
    """
    newest = connection.execute(select(func.max(commits.c.id))).scalar() or 0
    if as_of is None:
        return newest
    if isinstance(as_of, int):
        if not 0 <= as_of <= newest:
            raise UsageError(f"There is no commit {as_of}: the newest is {newest}.", subject=str(as_of))
        return as_of
    moment = as_of if isinstance(as_of, datetime) else datetime.combine(as_of, time.max, UTC)
    return connection.execute(select(func.max(commits.c.id)).where(commits.c.at <= moment)).scalar() or 0
