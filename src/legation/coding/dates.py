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
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "couple of": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5,
    "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
}  # fmt: skip
LEAP_YEAR = 2000
MONTHS_AHEAD = 2
"""A bare month and day at most so many months ahead is taken for the coming one."""
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "Y", "hour": "TH", "minute": "TM"}

RELATIVE_DAYS = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1,
    "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip

_weekday = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_month = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_day = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_month_in_full = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
_gap = r"[\x20\t\n\xa0\u202f]"
_year = r"(?P<year>1[5-9]\d\d|20\d\d)"
_number = (
    r"(?P<number>\d{1,3}|couple of|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve)"
)
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


NO_SUCH_DAY = _Meaning("DATE", None, None, "not on the calendar")
UNDATED = _Meaning("DATE", None, None, "no publication date")
Anchor = date | None
Resolver = Callable[[re.Match[str], Anchor, bool], _Meaning | None]


def find_dates(body: str, published: Anchor, is_future: Callable[[int], bool] = lambda at: False) -> list[DatedSpan]:
    """All date expressions of a text in order; none overlaps another.

    `is_future(offset)` tells whether the clause at an offset speaks of what is to come, which decides
    which Tuesday.
    """
    found: list[DatedSpan] = []
    taken = bytearray(len(body))
    for pattern, resolver in _RULES:
        for match in pattern.finditer(body):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            meaning = _on_the_calendar(resolver, match, published, is_future(start))
            if meaning is not None:
                taken[start:end] = b"\x01" * (end - start)
                expression = DateExpression(start, end, match.group(), meaning.kind, meaning.value)
                found.append(DatedSpan(expression, meaning.granularity, meaning.basis))
    return sorted(found, key=lambda span: span.expression.start)


def _on_the_calendar(resolver: Resolver, match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    """What a match means, without a value where that would be no day from year 1 to 9999."""
    try:
        meaning = resolver(match, published, future)
    except (OverflowError, ValueError):
        return NO_SUCH_DAY
    if meaning is None or meaning.granularity is None or meaning.value is None:
        return meaning
    return meaning if first_day(meaning.value) is not None else NO_SUCH_DAY


def event_date(span: DatedSpan) -> EventDate | None:
    """The date that an event takes from an expression; None for durations, sets and what has no value."""
    if span.granularity is None or span.expression.value is None:
        return None
    return EventDate(span.expression.value, span.granularity, span.basis)


def first_day(value: str) -> date | None:
    """The first day of a date value, for comparing; None where it is no calendar value."""
    try:
        return _first_day(value)
    except ValueError:
        return None


def _first_day(value: str) -> date | None:
    if match := re.fullmatch(r"(\d{4})-W(\d\d)", value, re.A):
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value, re.A):
        return date(int(match[1]), int(match[2]) * 3 - 2, 1)
    if match := re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value, re.A):
        return date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    if match := re.fullmatch(r"\d{3}", value, re.A):
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
    return f"{year:04d}-W{week:02d}"


def _shift_months(day: date, months: int) -> tuple[int, int]:
    total = day.year * 12 + day.month - 1 + months
    return total // 12, total % 12 + 1


def _count(text: str) -> int:
    return int(text) if text.isdigit() else NUMBERS[_plain(text)]


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


# ---------------------------------------------------------------- what each pattern means


def _full_date(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = _day_value(int(match["year"]), _month_number(match["month"]), int(match["day"]))
    return _Meaning("DATE", value, "day", "date in full") if value else NO_SUCH_DAY


def _iso_date(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = _day_value(int(match["year"]), int(match["m"]), int(match["day"]))
    return _Meaning("DATE", value, "day", "date in full") if value else None


def _month_day(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    month, day = _month_number(match["month"]), int(match["day"])
    if _day_value(LEAP_YEAR, month, day) is None:
        return NO_SUCH_DAY
    if published is None:
        return _Meaning("DATE", f"XXXX-{month:02d}-{day:02d}", None, "no publication date")
    value = _day_value(_nearest_year(published, month, day, future), month, day)
    basis = f"{' '.join(match.group().split())}, the nearest to publication"
    return _Meaning("DATE", value, "day", basis) if value else NO_SUCH_DAY


def _nearest_year(published: date, month: int, day: int, future: bool) -> int:
    """The year of a bare month and day: that of the last one past, or of the next if near or to come."""
    past = (month, day) <= (published.month, published.day)
    today = (month, day) == (published.month, published.day)
    coming = published.year + (past and not today)
    near = (month - published.month) % 12 <= MONTHS_AHEAD and not (past and month == published.month)
    return coming if future or near else published.year - (not past)


def _month_year(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    value = f"{match['year']}-{_month_number(match['month']):02d}"
    return _Meaning("DATE", value, "month", "month and year")


def _month_alone(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    month = _month_number(match["month"])
    if published is None:
        return _Meaning("DATE", f"XXXX-{month:02d}", None, "no publication date")
    year = published.year + _year_shift((match["which"] or "").lower(), month - published.month, future)
    basis = f"{' '.join(match.group().split())}, counted from publication"
    return _Meaning("DATE", f"{year:04d}-{month:02d}", "month", basis)


def _year_shift(word: str, ahead: int, future: bool) -> int:
    """Years from publication's to that of a bare month `ahead` months after its month (negative: before)."""
    if word == "this":
        return 0
    if word == "next":
        return int(ahead <= 0)
    if word == "last":
        return -int(ahead >= 0)
    return int(ahead < 0) if future else -int(ahead > 0)


def _weekday_rule(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    if match["plural"]:
        return _Meaning("SET", "P1W", None, "again and again")
    if published is None:
        return UNDATED
    word = (match["which"] or "").lower()
    number = WEEKDAYS.index(match["weekday"].lower())
    back = (published.weekday() - number) % 7
    name = match["weekday"]
    if word == "this" and number > published.weekday():
        future = True
    if word in ("next", "coming") or (future and word not in ("last", "past")):
        ahead = (number - published.weekday()) % 7 or 7
        day = published + timedelta(days=ahead)
        return _Meaning("DATE", day.isoformat(), "day", f"{name} after publication")
    if word == "last" and back == 0:
        back = 7
    basis = f"{name} before publication" if back else f"{name}, the day of publication"
    return _Meaning("DATE", (published - timedelta(days=back)).isoformat(), "day", basis)


def _relative_day(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    word = _plain(match.group())
    if published is None:
        return UNDATED
    shift = RELATIVE_DAYS.get(word, 0)
    day = published + timedelta(days=shift)
    return _Meaning("DATE", day.isoformat(), "day", f"{word}, counted from publication")


def _relative_unit(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    unit = match["period"].lower()
    if published is None:
        return UNDATED
    words = match["which"].lower().split()
    step = -1 if words[-1] in ("last", "previous") else 1 if words[-1] in ("next", "coming") else 0
    basis = f"{_plain(match.group())}, counted from publication"
    if unit in ("week", "weekend"):
        return _Meaning("DATE", _week(published + timedelta(days=7 * step)), "week", basis)
    if unit == "month":
        year, month = _shift_months(published, step)
        return _Meaning("DATE", f"{year:04d}-{month:02d}", "month", basis)
    if unit == "quarter":
        year, month = _shift_months(published, 3 * step)
        return _Meaning("DATE", f"{year:04d}-Q{(month + 2) // 3}", "quarter", basis)
    if unit == "year":
        return _Meaning("DATE", f"{published.year + step:04d}", "year", basis)
    return _Meaning("DATE", f"{published.year // 10 + step:03d}", "decade", basis)


def _ago(match: re.Match[str], published: Anchor, future: bool) -> _Meaning | None:
    """ "Earlier" counts from a day that the story tells, not from publication: it has no value."""
    if match["from"].lower() == "earlier":
        return _Meaning("DATE", None, None, "counted from another day")
    if published is None:
        return UNDATED
    basis = f"{_plain(match.group())}, counted from publication"
    return _counted_back(published, _count(match["number"]), match["unit"].lower(), basis)


def _counted_back(published: date, count: int, unit: str, basis: str) -> _Meaning:
    if unit == "week":
        return _Meaning("DATE", _week(published - timedelta(weeks=count)), "week", basis)
    if unit == "month":
        year, month = _shift_months(published, -count)
        return _Meaning("DATE", f"{year:04d}-{month:02d}", "month", basis)
    if unit in ("year", "decade"):
        years = count * (10 if unit == "decade" else 1)
        return _Meaning("DATE", f"{published.year - years:04d}", "year", basis)
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


def _rule(pattern: str, resolver: Resolver, flags: str = "a") -> tuple[re.Pattern[str], Resolver]:
    """A pattern whose blanks stand for one blank or line end, between word boundaries and outside numbers.

    It is ASCII inside, so that no "ı" passes for an "i"; the boundaries know every letter.
    """
    spaced = pattern.replace(" ", rf"(?:\r\n|{_gap})")
    return re.compile(rf"(?<![\w-])(?<![0-9][.,])(?{flags}:{spaced})(?!\w)"), resolver


# In this order: what an earlier rule took, a later one leaves.
_RULES: tuple[tuple[re.Pattern[str], Resolver], ...] = (
    _rule(rf"(?:{_weekday},? )?{_month} {_day},? {_year}", _full_date),
    _rule(rf"(?:{_weekday},? )?{_day} (?:of )?{_month},? {_year}", _full_date),
    _rule(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)", _iso_date),
    _rule(rf"(?:{_weekday},? )?{_month} {_day}(?![\d,.]*\d)", _month_day),
    _rule(rf"(?:{_weekday},? )?(?:the )?{_day} (?:of )?{_month}", _month_day),
    _rule(rf"{_month}(?: of)?,? {_year}", _month_year),
    _rule(rf"(?:each|every) (?P<period>day|weekday|week|month|year|{'|'.join(WEEKDAYS)})", _every, "ai"),
    _rule(
        rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming) )?{_weekday}(?P<plural>s)?",
        _weekday_rule,
    ),
    _rule(
        r"the day before yesterday|yesterday|last night|today|tonight|this (?:morning|afternoon|evening)"
        r"|the day after tomorrow|tomorrow",
        _relative_day,
        "ai",
    ),
    _rule(
        r"(?:earlier |later )?(?P<which>last|next|this|the (?:previous|coming)|previous|coming) "
        r"(?P<period>weekend|week|month|quarter|year|decade)",
        _relative_unit,
        "ai",
    ),
    _rule(rf"(?:(?:about|nearly|almost|over|some) )?{_number} {_unit}s? (?P<from>ago|earlier)", _ago, "ai"),
    _rule(rf"(?:(?:past|last|next|coming|recent) )?{_number} {_unit}s?", _duration, "ai"),
    _rule(r"(?:the )?(?P<year>1[5-9]\d0|20\d0)s", _decade),
    _rule(rf"(?<=[Ii]n{_gap})(?:(?P<which>last|next|early|late|mid)(?: |-))?{_month_in_full}", _month_alone),
    _rule(rf"(?:(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ss]ince|[Uu]ntil) ){_month_in_full}", _month_alone),
    _rule(
        rf"(?:(?<=[Ii]n{_gap})|(?<=[Ss]ince{_gap})|(?<=[Uu]ntil{_gap})|(?<=[Bb]y{_gap}))"
        rf"(?:(?:early|late|mid)(?: |-))?{_year}",
        _year_alone,
    ),
)
