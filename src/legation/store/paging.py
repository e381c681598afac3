"""Pages of rows, the newest day first, and the place where the next page begins.

Numbers of candidates are read from an index in their order, as many at a time as a page may need, and only those rows
are then looked at whole. So a page takes no longer where a state has a hundred thousand events.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import ColumnElement, Connection, Select, literal, select, tuple_, union

from legation.errors import UsageError

FIRST_CHUNK, LARGEST_CHUNK = 200, 5_000
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the commit as of which it was asked, and the last row's day and number."""

    commit: int
    day: int
    id: int

    def __str__(self) -> str:
        return f"{self.commit}.{self.day}.{self.id}"

    @staticmethod
    def parsed(given: str) -> Place:
        """The place that a page told. Raises UsageError for anything else.

        >>> str(Place.parsed("12.738000.55"))
        '12.738000.55'
        """
        parts = given.split(".")
        if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):
            raise UsageError(f"{given!r} is no page: give what the page before told.", subject=given)
        return Place(*map(int, parts))


@dataclass(frozen=True, slots=True)
class Scan:
    """An index that gives candidates: the columns of day and number, and what must hold of its rows."""

    day: ColumnElement[int]
    id: ColumnElement[int]
    where: tuple[ColumnElement[bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days, both ends inclusive; rows of unknown day lie in none that has an end."""

    since: date | None = None
    until: date | None = None

    def hold(self, day: ColumnElement[int]) -> list[ColumnElement[bool]]:
        """That a day lies in it."""
        found = []
        if self.since or self.until:
            found.append(day >= (self.since.toordinal() if self.since else 1))
        if self.until:
            found.append(day <= self.until.toordinal())
        return found


def rows_by_day(
    connection: Connection,
    scans: Sequence[Scan],
    days: Days,
    after: Place | None,
    most: int,
    look: Callable[[Sequence[int]], Mapping[int, Row]],
) -> tuple[list[Row], tuple[int, int] | None]:
    """At most so many rows, and day and number of the last one, None where no more follow.

    `look` gives, of some numbers, the rows that fit.
    """
    found: list[tuple[int, int, Row]] = []
    place = (after.day, after.id) if after else None
    chunk = max(FIRST_CHUNK, most + 1)
    while len(found) <= most:
        numbers = [(day, id) for day, id in connection.execute(_candidates(scans, days, place, chunk))]
        rows = look([id for _, id in numbers]) if numbers else {}
        found += [(day, id, rows[id]) for day, id in numbers if id in rows]
        if len(numbers) < chunk:
            break
        place = numbers[-1]
        chunk = min(2 * chunk, LARGEST_CHUNK)
    more = len(found) > most
    kept = found[:most]
    return [row for _, _, row in kept], (kept[-1][0], kept[-1][1]) if more else None


def _candidates(scans: Sequence[Scan], days: Days, after: tuple[int, int] | None, most: int) -> Select[int, int]:
    parts = [_scanned(scan, days, after, most) for scan in scans]
    if len(parts) == 1:
        return parts[0]
    joined = union(*(select(part.subquery()) for part in parts)).subquery()
    day, id = joined.c.day, joined.c.id
    return select(day, id).order_by(day.desc(), id.desc()).limit(most)


def _scanned(scan: Scan, days: Days, after: tuple[int, int] | None, most: int) -> Select[int, int]:
    found = select(scan.day.label("day"), scan.id.label("id")).where(*scan.where, *days.hold(scan.day)).distinct()
    if after is not None:
        found = found.where(tuple_(scan.day, scan.id) < tuple_(literal(after[0]), literal(after[1])))
    return found.order_by(scan.day.desc(), scan.id.desc()).limit(most)


def next_numbered(commit: int, shown: int, found: int) -> str | None:
    """What the page behind the first `shown` of `found` rows is asked with, None where they are all.

    >>> next_numbered(12, 50, 51), next_numbered(12, 50, 50)
    ('12+50', None)
    """
    return f"{commit}+{shown}" if found > shown else None


def skipped_of(page: str) -> tuple[int, int]:
    """The commit and the number of rows before a page. Raises UsageError for what is no page.

    >>> skipped_of("12+50")
    (12, 50)
    """
    commit, _, skipped = page.partition("+")
    if not (commit.isdigit() and skipped.isdigit() and len(page) < 30 and page.isascii()):
        raise UsageError(f"{page!r} is no page: give what the page before told.", subject=page)
    return int(commit), int(skipped)
