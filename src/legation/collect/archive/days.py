"""The day an archive gives for an article."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

_EARLIEST_YEAR = 1600
_LATEST_YEAR = 2200

_DAY = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
    r"(?:[Tt ][0-2][0-9](?::?[0-5][0-9](?::?[0-6][0-9](?:[.,][0-9]+)?)?)?"
    r"(?: ?(?:[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?)?"
)
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?[0-9]{6}Z?)?")
_NUMBER = re.compile(r"-?[0-9]{1,16}(?:\.[0-9]{1,9})?")

_SHORTEST_TIME = 10_000_000
_FIRST_SECOND = -2_208_988_800
_LAST_SECOND = 4_102_444_799
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def day_of(value: object) -> date | None:
    """The day that `value` names, or None where it names none.

    A day is YYYY-MM-DD, YYYYMMDD, an ISO 8601 date and time (the day as it is written, in whatever zone), a date, or a
    number, also as text: seconds since 1970 in UTC, or milliseconds where seconds would lie outside of 1900 to 2099.
    Numbers of fewer than eight digits are more often a year or a month than a second of early 1970, and are none. No
    order of day and month is guessed, and years before 1600 or after 2200, which only stand for a missing date, are
    none.

    >>> day_of("2024-04-03T23:30:00-05:00"), day_of("20240403"), day_of(1712102400)
    (datetime.date(2024, 4, 3), datetime.date(2024, 4, 3), datetime.date(2024, 4, 3))
    >>> day_of("2024-02-31"), day_of("03/04/2024"), day_of(2024)
    (None, None, None)
    """
    if isinstance(value, date):
        return _sane(value.year, value.month, value.day)
    if isinstance(value, str):
        return _written(value.strip())
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _counted(value)
    return None


def _written(value: str) -> date | None:
    if found := _DAY.fullmatch(value) or _COMPACT.fullmatch(value):
        return _sane(*map(int, found.groups()))
    return _counted(float(value)) if _NUMBER.fullmatch(value) else None


def _counted(number: float) -> date | None:
    if 10_000_000 <= number <= 99_999_999 and number == int(number) and (found := _COMPACT.fullmatch(str(int(number)))):
        day = _sane(*map(int, found.groups()))
        # 20240431 is a day that is none, not a second of August 1970.
        if day is not None or 1900 <= number // 10_000 < 2100:
            return day
    if not abs(number) >= _SHORTEST_TIME:
        return None
    for seconds in (number, number // 1000):
        if _FIRST_SECOND <= seconds <= _LAST_SECOND:
            return (_EPOCH + timedelta(seconds=seconds)).date()
    return None


def _sane(year: int, month: int, day: int) -> date | None:
    if not _EARLIEST_YEAR <= year <= _LATEST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
