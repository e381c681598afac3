"""TIMEX3 values: how fine they are, their first day, and counting from them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Literal

from legation.records import Granularity

Unit = Literal["hour", "minute", "second", "day", "weekend", "week", "fortnight", "month", "quarter", "season", "year",
               "decade", "century"]  # fmt: skip
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The month in which each season begins, as the north counts."""
MONTHS_OF = {"month": 1, "quarter": 3, "season": 3, "year": 12, "decade": 120, "century": 1200}
LETTERS: dict[Unit, tuple[str, int]] = {
    "second": ("TS", 1), "minute": ("TM", 1), "hour": ("TH", 1), "day": ("D", 1), "weekend": ("WE", 1),
    "week": ("W", 1),
    "fortnight": ("W", 2), "month": ("M", 1), "quarter": ("M", 3), "year": ("Y", 1), "decade": ("Y", 10),
    "century": ("Y", 100),
}  # fmt: skip
"""How TIMEX3 writes each unit, and how many of that it is."""
_PATTERNS: tuple[tuple[str, Granularity], ...] = (
    (r"\d{4}-\d\d-\d\d(?:T.+)?", "day"),
    (r"\d{4}-W\d\d(?:-WE)?", "week"),
    (r"(?:BC)?\d{4}-\d\d", "month"),
    (r"\d{4}-Q[1-4]", "quarter"),
    (r"\d{4}-H[12]", "half"),
    (r"(?:BC)?\d{4}-(?:SP|SU|FA|WI)", "season"),
    (r"(?:BC)?\d{4}", "year"),
    (r"(?:BC)?\d{3}", "decade"),
    (r"(?:BC)?\d{2}", "century"),
)
_SHAPES = tuple((re.compile(pattern, re.A), granularity) for pattern, granularity in _PATTERNS)


def granularity_of(value: str) -> Granularity | None:
    """How fine a value of the calendar is; None for durations, sets and what is open."""
    return next((granularity for shape, granularity in _SHAPES if shape.fullmatch(value)), None)


def first_day(value: str) -> date | None:
    """The first day of a date value, for comparing; None where it is no value of the calendar from year 1 on."""
    try:
        return _first_day(value)
    except ValueError:
        return None


def _first_day(value: str) -> date | None:
    value = value.partition("T")[0]
    granularity = granularity_of(value)
    if granularity is None or value.startswith("BC"):
        return None
    year, rest = value[:4], value[5:]
    if granularity == "day":
        return date.fromisoformat(value)
    if granularity == "week":
        return date.fromisocalendar(int(year), int(rest[1:3]), 1)
    if granularity == "month":
        return date(int(year), int(rest), 1)
    if granularity == "quarter":
        return date(int(year), int(rest[1]) * 3 - 2, 1)
    if granularity == "half":
        return date(int(year), int(rest[1]) * 6 - 5, 1)
    if granularity == "season":
        return date(int(year), SEASONS[rest], 1)
    return date(int(value) * 10 ** (4 - len(value)), 1, 1)


def day_value(year: int, month: int, day: int) -> str | None:
    """The value of a day; None where the calendar has none."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def week_value(day: date) -> str:
    """The week of a day."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def length(count: float | None, unit: Unit) -> str:
    """The value of a duration; without a count X, "some"."""
    letter, factor = LETTERS[unit]
    number = "X" if count is None else f"{count * factor:g}"
    return f"PT{number}{letter[1]}" if letter.startswith("T") else f"P{number}{letter}"


def value_at(day: date, unit: Unit) -> str:
    """The value of the unit that a day lies in: its week, month, quarter, year ..."""
    if unit in ("week", "weekend", "fortnight"):
        return week_value(day) + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04d}-{day.month:02d}"
    if unit == "quarter":
        return f"{day.year:04d}-Q{(day.month + 2) // 3}"
    if unit == "season":
        begun = [name for name, month in SEASONS.items() if day.month >= month]
        return f"{day.year:04d}-{begun[-1]}" if begun else f"{day.year - 1:04d}-WI"
    if unit == "year":
        return f"{day.year:04d}"
    if unit == "decade":
        return f"{day.year // 10:03d}"
    return f"{day.year // 100:02d}" if unit == "century" else day.isoformat()


def shifted(day: date, count: int, unit: Unit) -> date:
    """The day so many units later, or earlier where the count is negative. Raises OverflowError or ValueError."""
    if unit in MONTHS_OF:
        total = day.year * 12 + day.month - 1 + count * MONTHS_OF[unit]
        last = (date(total // 12, total % 12 + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        return last.replace(day=min(day.day, last.day))
    days = {"week": 7, "weekend": 7, "fortnight": 14, "day": 1}.get(unit, 0)
    return day + timedelta(days=days * count)
