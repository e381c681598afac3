"""Date expressions and what they mean on the day an article was published.

Values are TIMEX3-like: 2024-04-02, 2024-W13, 2024-02, 2024-Q1, 2024, 202; durations P2Y; sets P1M. Without a
publication date an expression that needs one has no value; today's date is never assumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from legation.records import DateExpression, DateKind, EventDate, Granularity

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
NUMBERS = {
    word: value
    for value, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "couple of": 2, "a couple of": 2}
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "Y", "hour": "TH", "minute": "TM"}

_weekday = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)s?"
_month = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_day = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_year = r"(?P<year>1[5-9]\d\d|20\d\d)"
_number = r"(?P<number>\d{1,3}|couple of|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_unit = r"(?P<unit>day|week|month|year|decade|hour|minute)"


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """An expression with what an event that hangs on it may take: its value, how fine it is, and why."""

    expression: DateExpression
    granularity: Granularity | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Meaning:
    kind: DateKind
    value: str | None
    granularity: Granularity | None
    basis: str


Anchor = date | None
Resolver = Callable[[re.Match[str], Anchor, bool], _Meaning | None]


def find_dates(body: str, published: Anchor, is_future: Callable[[int], bool] = lambda at: False) -> list[DatedSpan]:
    """All date expressions of a text in order; none overlaps another.

    `is_future(offset)` tells whether the clause at an offset speaks of what is to come, which decides which Tuesday.
    """
    found: list[DatedSpan] = []
    taken: list[tuple[int, int]] = []
    for pattern, resolver in _RULES:
        for match in pattern.finditer(body):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            meaning = resolver(match, published, is_future(start))
            if meaning is not None:
                taken.append((start, end))
                expression = DateExpression(start, end, match.group(), meaning.kind, meaning.value)
                found.append(DatedSpan(expression, meaning.granularity, meaning.basis))
    return sorted(found, key=lambda span: span.expression.start)


def event_date(span: DatedSpan) -> EventDate | None:
    """The date that an event takes from an expression; None for durations, sets and what has no value."""
    if span.granularity is None or span.expression.value is None:
        return None
    return EventDate(span.expression.value, span.granularity, span.basis)


def first_day(value: str) -> date | None:
    """The first day of a date value, for comparing; None where it is no calendar value."""
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return date(int(match[1]), int(match[2]) * 3 - 2, 1)
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value):
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    if match := re.fullmatch(r"\d{3}", value):
        return date(int(value) * 10, 1, 1)
    return None


# ---------------------------------------------------------------- calendar


def _month_number(text: str) -> int:
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def _day_value(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def _shift_months(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _count(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[text.lower()]


# ---------------------------------------------------------------- what each pattern means


def _full_date(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = _day_value(int(match["year"]), _month_number(match["month"]), int(match["day"]))
    return _Meaning("DATE", value, "day", "date in full") if value else None


def _iso_date(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = _day_value(int(match["year"]), int(match["m"]), int(match["day"]))
    return _Meaning("DATE", value, "day", "date in full") if value else None


def _month_day(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    month, day = _month_number(match["month"]), int(match["day"])
    if published is None:
        return _Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", None, "no publication date")
    year = _nearest_year(published, month, day, future)
    value = _day_value(year, month, day)
    return _Meaning("DATE", value, "day", f"{match.group()}, the nearest to publication") if value else None


def _nearest_year(published: date, month: int, day: int, future: bool) -> int:
    """The year in which a bare month and day fall: the last one past, or the next one for what is to come."""
    past = (month, day) <= (published.month, published.day)
    if future:
        return published.year if (month, day) >= (published.month, published.day) else published.year + 1
    soon = (month - published.month) % 12 <= 2
    return published.year if past or (soon and month >= published.month) else published.year - 1


def _month_year(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = f"{match['year']}-{_month_number(match['month']):02d}"
    return _Meaning("DATE", value, "month", "month and year")


def _month_alone(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    month = _month_number(match["month"])
    if published is None:
        return _Meaning("DATE", f"XXXX-{month:02d}", None, "no publication date")
    word = (match["which"] or "").lower()
    ahead = future or word == "next"
    year = published.year
    if ahead:
        year += month < published.month
    else:
        year -= month > published.month
    if word == "last" and month == published.month:
        year -= 1
    return _Meaning("DATE", f"{year}-{month:02d}", "month", f"{match.group()}, counted from publication")


def _weekday_rule(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    if published is None:
        return _Meaning("DATE", None, None, "no publication date")
    word = (match["which"] or "").lower()
    number = WEEKDAYS.index(match["weekday"].lower())
    back = (published.weekday() - number) % 7
    name = match["weekday"]
    if word in ("next", "coming") or (future and word not in ("last", "past")):
        ahead = (number - published.weekday()) % 7 or 7
        day = published + timedelta(days=ahead)
        return _Meaning("DATE", day.isoformat(), "day", f"{name} after publication")
    if word == "last" and back == 0:
        back = 7
    basis = f"{name} before publication" if back else f"{name}, the day of publication"
    return _Meaning("DATE", (published - timedelta(days=back)).isoformat(), "day", basis)


def _relative_day(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    word = match.group().lower()
    shift = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if published is None:
        return _Meaning("DATE", None, None, "no publication date")
    return _Meaning("DATE", (published + timedelta(days=shift)).isoformat(), "day", f"{word}, counted from publication")


def _relative_unit(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    unit = match["period"].lower()
    if published is None:
        return _Meaning("DATE", None, None, "no publication date")
    words = match["which"].lower().split()
    step = -1 if words[-1] in ("last", "previous") else 1 if words[-1] in ("next", "coming") else 0
    basis = f"{match.group().lower()}, counted from publication"
    if unit in ("week", "weekend"):
        return _Meaning("DATE", _week(published + timedelta(days=7 * step)), "week", basis)
    if unit == "month":
        year, month = _shift_months(published, step)
        return _Meaning("DATE", f"{year}-{month:02d}", "month", basis)
    if unit == "quarter":
        year, month = _shift_months(published, 3 * step)
        return _Meaning("DATE", f"{year}-Q{(month + 2) // 3}", "quarter", basis)
    if unit == "year":
        return _Meaning("DATE", str(published.year + step), "year", basis)
    return _Meaning("DATE", f"{(published.year + 10 * step) // 10}", "decade", basis)


def _ago(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    if published is None:
        return _Meaning("DATE", None, None, "no publication date")
    count, unit = _count(match["number"]), match["unit"].lower()
    basis = f"{match.group().lower()}, counted from publication"
    try:
        return _counted_back(published, count, unit, basis)
    except (ValueError, OverflowError):
        return None


def _counted_back(published: date, count: int, unit: str, basis: str) -> _Meaning:
    if unit == "week":
        return _Meaning("DATE", _week(published - timedelta(weeks=count)), "week", basis)
    if unit == "month":
        year, month = _shift_months(published, -count)
        return _Meaning("DATE", f"{year:04d}-{month:02d}", "month", basis)
    if unit in ("year", "decade"):
        return _Meaning("DATE", f"{published.year - count * (10 if unit == 'decade' else 1):04d}", "year", basis)
    days = count if unit == "day" else 0
    return _Meaning("DATE", (published - timedelta(days=days)).isoformat(), "day", basis)


def _duration(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    unit = UNITS[match["unit"].lower()]
    count = _count(match["number"]) * (10 if match["unit"].lower() == "decade" else 1)
    value = f"PT{count}{unit[1]}" if unit.startswith("T") else f"P{count}{unit}"
    return _Meaning("DURATION", value, None, "a length of time")


def _year_alone(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    return _Meaning("DATE", match["year"], "year", "year")


def _decade(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    return _Meaning("DATE", match["year"][:3], "decade", "decade")


def _every(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    unit = {"day": "P1D", "week": "P1W", "month": "P1M", "year": "P1Y"}
    word = match["period"].lower()
    return _Meaning("SET", unit.get(word, "P1W" if word in WEEKDAYS else "P1D"), None, "again and again")


def _rule(pattern: str, resolver: Resolver, flags: int = 0) -> tuple[re.Pattern[str], Resolver]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?!\w)", flags), resolver


# In this order: what an earlier rule took, a later one leaves.
_RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    _rule(rf"(?:{_weekday},? )?{_month} {_day},? {_year}", _full_date),
    _rule(rf"(?:{_weekday},? )?{_day} (?:of )?{_month},? {_year}", _full_date),
    _rule(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)", _iso_date),
    _rule(rf"(?:{_weekday},? )?{_month} {_day}(?![\d,.]*\d)", _month_day),
    _rule(rf"(?:{_weekday},? )?(?:the )?{_day} (?:of )?{_month}", _month_day),
    _rule(rf"{_month}(?: of)?,? {_year}", _month_year),
    _rule(rf"(?:each|every) (?P<period>day|week|weekday|month|year|{'|'.join(WEEKDAYS)})", _every, re.I),
    _rule(rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming) )?{_weekday}", _weekday_rule),
    _rule(r"yesterday|today|tonight|tomorrow", _relative_day, re.I),
    _rule(
        r"(?:earlier |later )?(?P<which>last|next|this|the (?:previous|coming)|previous|coming) "
        r"(?P<period>weekend|week|month|quarter|year|decade)",
        _relative_unit,
        re.I,
    ),
    _rule(rf"(?:(?:about|nearly|almost|over|some) )?{_number} {_unit}s? (?:ago|earlier)", _ago, re.I),
    _rule(rf"(?:(?:past|last|next|coming|recent) )?{_number} {_unit}s?", _duration, re.I),
    _rule(r"(?:the )?(?P<year>1[5-9]\d0|20\d0)s", _decade),
    _rule(
        r"(?<=[Ii]n )(?:(?P<which>last|next|early|late|mid) )?"
        r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)",
        _month_alone,
    ),
    _rule(
        r"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ss]ince|[Uu]ntil) )"
        r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)",
        _month_alone,
    ),
    _rule(rf"(?:(?<=[Ii]n )|(?<=[Ss]ince )|(?<=[Uu]ntil )|(?<=[Bb]y )){_year}", _year_alone),
)


