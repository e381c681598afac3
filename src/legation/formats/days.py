"""The days that a date value of a report spans."""

from __future__ import annotations

import re
from datetime import date, timedelta

_VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T.+)?)?))?|(?P<decade>\d{3})|(?P<century>\d{2})",
    re.A,
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def days_of(value: str | None) -> tuple[date, date] | None:
    """The first and the last day of a TIMEX3 value; None where it is no stretch of the calendar from year 1 to 9999.

    Seasons begin in March, June, September and December, as the north counts; a winter ends in the next year.

    >>> days_of("2024-02")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    >>> days_of("P2Y") is None
    True
    """
    found = _VALUE.fullmatch(value or "")
    if found is None:
        return None
    try:
        return _days(found)
    except (ValueError, OverflowError):
        return None


def _days(found: re.Match[str]) -> tuple[date, date]:
    if found["decade"] or found["century"]:
        first, count = (int(found["decade"]) * 10, 10) if found["decade"] else (int(found["century"]) * 100, 100)
        return date(first, 1, 1), date(first + count - 1, 12, 31)
    year = int(found["year"])
    if found["week"]:
        begin, end = (6, 7) if found["weekend"] else (1, 7)
        return date.fromisocalendar(year, int(found["week"]), begin), date.fromisocalendar(
            year, int(found["week"]), end
        )
    if found["day"]:
        day = date(year, int(found["month"]), int(found["day"]))
        return day, day
    return _months(year, *_first_month(found))


def _first_month(found: re.Match[str]) -> tuple[int, int]:
    """The first month of a month, quarter, half, season or year, and how many months it has."""
    if found["month"]:
        return int(found["month"]), 1
    if found["quarter"]:
        return int(found["quarter"]) * 3 - 2, 3
    if found["half"]:
        return int(found["half"]) * 6 - 5, 6
    return (_SEASONS[found["season"]], 3) if found["season"] else (1, 12)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    """The days of some months. The end is counted from the last month's own days, for December 9999 has no next."""
    last_year, last = divmod(year * 12 + first - 1 + count - 1, 12)
    return date(year, first, 1), _last_day(last_year, last + 1)


def _last_day(year: int, month: int) -> date:
    return date(year, 12, 31) if month == 12 else date(year, month + 1, 1) - timedelta(days=1)
