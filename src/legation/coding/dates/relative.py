"""Dates counted from publication, or from the date told last: weekdays, "last month", "two years ago", "next day"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from legation.coding.dates.grammar import (
    OTHER_DAY,
    PART,
    SEASON,
    SEASON_NAMES,
    UNDATED,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    Anchors,
    Meaning,
    Resolver,
    Rule,
    behind,
    dated,
    part_of_day,
    plain,
    rule,
)
from legation.coding.dates.numbers import NUMBER, VAGUE, number_of
from legation.coding.dates.values import Unit, granularity_of, length, shifted, value_at

RELATIVE_DAYS = {
    "the day before yesterday": -2, "yesterday": -1, "last night": -1, "today": 0, "tonight": 0,
    "tomorrow": 1, "the day after tomorrow": 2,
}  # fmt: skip
SATURDAY = 5
BACK, AHEAD = ("last", "previous", "past", "preceding"), ("next", "coming", "following", "subsequent")
TELLING = ("previous", "preceding", "following", "subsequent", "same", "that", "next")
"""Words that count from the date told last where the words "the" or "that" stand with them."""


def unit_of(text: str) -> Unit:
    """The unit that a word of UNIT names."""
    word = text.lower()
    return "century" if word == "centurie" else word  # type: ignore[return-value]


def _weekday(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    name, published = match["weekday"], anchors.published
    number = WEEKDAYS.index(name.lower())
    if match["plural"]:
        return Meaning("SET", f"XXXX-WXX-{number + 1}{part_of_day(match)}", None, "again and again")
    if published is None:
        return UNDATED
    word, future = plain(match["which"] or ""), anchors.future
    back = (published.weekday() - number) % 7
    if word in ("this", "this coming") and number > published.weekday():
        future = True
    if word in ("next", "coming", "this coming") or (future and word not in ("last", "past", "this past")):
        day = published + timedelta(days=(number - published.weekday()) % 7 or 7)
        return dated(day.isoformat() + part_of_day(match), f"{name} after publication")
    if word == "last" and back == 0:
        back = 7
    basis = f"{name} before publication" if back else f"{name}, the day of publication"
    return dated((published - timedelta(days=back)).isoformat() + part_of_day(match), basis)


def _relative_day(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    words = plain(match.group())
    if anchors.published is None:
        return UNDATED
    base = next((name for name in RELATIVE_DAYS if words.startswith(name)), "today")
    part = "TNI" if words in ("tonight", "last night") else part_of_day(match)
    day = anchors.published + timedelta(days=RELATIVE_DAYS[base])
    return dated(day.isoformat() + part, f"{words}, counted from publication")


def _relative_unit(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "Last week", "the following year": from publication, or from the date told last."""
    which, unit = plain(match["which"]), unit_of(match["unit"])
    telling = which.startswith(("the ", "that")) and which.split()[-1] in TELLING
    day = anchors.day if telling or anchors.narrative else anchors.published
    if day is None:
        return UNDATED
    step = -1 if which.split()[-1] in BACK else 1 if which.split()[-1] in AHEAD else 0
    where = "the date told last" if telling and anchors.told else "publication"
    return dated(value_at(shifted(day, step, unit), unit), f"{plain(match.group())}, counted from {where}")


def _past_unit(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "The past year": a length of time that ends with publication."""
    unit = unit_of(match["unit"])
    # A past weekend is told as its week.
    return Meaning("DURATION", length(1, "week" if unit == "weekend" else unit), None, "a length of time")


def _of_the_told(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "The year", "that month": the one told last, else that of publication."""
    unit, day = unit_of(match["unit"]), anchors.day
    if unit == "quarter" and anchors.quarter:
        return dated(anchors.quarter, "the quarter told last")
    if unit == "weekend" and anchors.published is not None and not anchors.narrative:
        return _weekend(anchors.published, anchors.future, plain(match.group()))
    if day is None:
        return UNDATED
    if anchors.reference and unit == "day" and granularity_of(anchors.reference) != "day":
        return OTHER_DAY
    return dated(value_at(day, unit), f"{plain(match.group())}, the one told last")


def _weekend(published: date, future: bool, words: str) -> Meaning:
    """The one that is, else the one past, or the coming one where the clause looks ahead."""
    during = published.weekday() >= SATURDAY
    day = published if during or future else published - timedelta(days=7)
    return dated(value_at(day, "weekend"), f"{words}, counted from publication")


def _told_season(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    told = anchors.told
    return (
        dated(f"{told.year:04d}-{SEASON_NAMES[match['season'].lower()]}", "in the year told last")
        if told
        else OTHER_DAY
    )


def _told_part(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "That night", "the next morning": of the day told last."""
    reference = (anchors.reference or "").partition("T")[0]
    day = anchors.told if granularity_of(reference) == "day" else None
    if day is None:
        return OTHER_DAY
    which = plain(match["which"])
    step = 1 if which.endswith(("next", "following")) else -1 if which.endswith("previous") else 0
    return dated(
        (day + timedelta(days=step)).isoformat() + part_of_day(match), f"{plain(match.group())}, of the day told last"
    )


def _counted(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "Two years ago" counts from publication; "later" and "earlier" from the date told last."""
    direction, unit = plain(match["direction"]), unit_of(match["unit"])
    words = plain(match.group())
    if match.groupdict().get("vague"):
        return Meaning("DATE", "PAST_REF" if direction in ("ago", "earlier", "before") else "FUTURE_REF", None, words)
    ago = direction in ("ago", "from now", "hence")
    count = number_of(match["number"])
    if direction in ("before", "after") and _OF_SOMETHING.match(match.string, match.end()):
        return Meaning("DURATION", length(count, unit), None, "counted from what is told behind it")
    if unit == "year" and count == 1 and anchors.quarter and direction in ("ago", "earlier", "before"):
        return _quarter_a_year_before(anchors.quarter)
    day = anchors.published if ago else anchors.told
    if day is None:
        return UNDATED if ago else OTHER_DAY
    if direction in ("ago", "earlier", "before", "previously"):
        count = -count
    if unit in ("century", "decade") and abs(count) * (100 if unit == "century" else 10) > day.year:
        return OTHER_DAY
    told = anchors.reference if not ago else None
    return dated(
        _counted_value(day, count, unit, told),
        f"{words}, counted from {'publication' if ago else 'the date told last'}",
    )


_OF_SOMETHING = re.compile(r" (?!that\b|and\b|or\b|but\b)[A-Za-z“\"]")
"""What follows "two days before" where it counts from something told behind it, "the vote"."""


def _counted_value(day: date, count: float, unit: Unit, told: str | None) -> str:
    """The value as fine as the unit; a year before a quarter, month or day is a quarter, month or day."""
    if count != int(count):
        return value_at(shifted(day, round(count * 12), "month"), "month") if unit == "year" else day.isoformat()
    target = shifted(day, int(count), unit)
    kept = granularity_of(told) if told else None
    if unit == "year" and kept in ("quarter", "month"):
        return value_at(target, kept)
    coarse: dict[Unit, Unit] = {"decade": "year", "century": "year", "fortnight": "week", "weekend": "week"}
    if unit in ("hour", "minute", "second"):
        return target.isoformat()
    return value_at(target, coarse.get(unit, unit))


def _next_day(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "The next day", "the day before": beside the day told last."""
    reference = (anchors.reference or "").partition("T")[0]
    if granularity_of(reference) != "day" or anchors.told is None:
        return OTHER_DAY
    words = plain(match.group())
    step = -1 if re.search("previous|before|earlier|preceding|eve", words) else 1
    return dated((anchors.told + timedelta(days=step)).isoformat(), f"{words}, counted from the day told last")


def _same_day(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    reference = (anchors.reference or "").partition("T")[0]
    if granularity_of(reference) != "day":
        return OTHER_DAY
    return dated(reference, f"{plain(match.group())}, the one told last")


def _year_before(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "The year-earlier quarter", "year-ago": the quarter or time told last, a year back."""
    told = anchors.told
    if anchors.quarter:
        return _quarter_a_year_before(anchors.quarter)
    if told is None or anchors.reference is None:
        if anchors.published is None:
            return UNDATED
        return Meaning("DATE", f"{anchors.published.year - 1:04d}", "year", "a year before publication")
    return dated(_counted_value(told, -1, "year", anchors.reference), "a year before the time told last")


def _quarter_a_year_before(quarter: str) -> Meaning:
    value = f"{int(quarter[:4]) - 1}{quarter[4:]}"
    return replace(dated(value, "a year before the quarter told last"), compared=True)


def _year_of_publication(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    day = anchors.published
    return dated(f"{day.year:04d}", "the year of publication") if day else UNDATED


def _reference(value: str) -> Resolver:
    def resolve(match: re.Match[str], anchors: Anchors) -> Meaning | None:
        return Meaning("DATE", value, None, "no day of its own")

    return resolve


_WHICH = (
    r"(?P<which>(?:the |this |that )?(?:last|next|previous|past|preceding|coming|following|subsequent|same|current)"
    r"|this|that|this past|this coming)"
)
_ABOUT = r"(?:(?:about|nearly|almost|over|some|more than|less than|just|only|around|roughly|at least|barely) )?"
_DIRECTION = r"(?P<direction>ago|earlier|later|before|after|previously|from now|hence|afterwards?)"
_WEEKDAYS_TOLD = r"[Ll]ast|[Nn]ext|[Tt]his (?:past|coming)|[Tt]his|[Pp]ast|[Cc]oming"
_SAME = r"same (?:period|quarter) (?:a year (?:ago|earlier)|last year|(?:of )?the year before)"
_IN_THE = behind("in|for|during|of|throughout|over|within|by|until|into|from|at")
_THE_TOLD = r"the (?:(?:latest|current|whole|same) )?(?P<unit>year|month|week|quarter|decade|weekend)"
RELATIVE: tuple[Rule, ...] = (
    rule(rf"(?:the )?{PART} of {WEEKDAY}(?P<which>)?(?P<plural>)?", _weekday, "ai", mark="part"),
    rule(
        rf"(?:(?P<which>{_WEEKDAYS_TOLD}) )?(?:(?:early|late) )?{WEEKDAY}(?: {PART})?(?P<plural>s)?",
        _weekday,
        mark="weekday",
    ),
    rule(
        r"the day before yesterday|the day after tomorrow|last night|today|tonight", _relative_day, "ai", mark="today"
    ),
    rule(rf"(?:yesterday|tomorrow)(?: {PART})?", _relative_day, "ai", mark="today"),
    rule(rf"this {PART}", _relative_day, "ai", mark="part"),
    rule(r"(?:the )?year[- ](?:earlier|ago)(?: (?:period|quarter|level))?", _year_before, "ai", mark="year"),
    rule(rf"(?:the )?{_SAME}", _year_before, "ai", mark="same"),
    rule(r"(?:the )?(?:next|following|previous|preceding|very next) day", _next_day, "ai", mark="day"),
    rule(r"(?:the|a|one) day (?:before|after|later|earlier)(?! (?:yesterday|tomorrow))", _next_day, "ai", mark="day"),
    rule(r"(?:the|that)(?: very)? same day|that(?: very)? day", _same_day, "ai", mark="day"),
    rule(
        rf"(?P<which>that(?: same)?|the(?: very)? (?:next|following|previous|same)) {PART}",
        _told_part,
        "ai",
        mark="part",
    ),
    rule(rf"the past {UNIT}(?! of)", _past_unit, "ai", mark="past"),
    rule(rf"(?:(?:earlier|later|early|late) )?{_WHICH} {UNIT}", _relative_unit, "ai", mark="unit"),
    rule(rf"(?:that|the (?:same|following|next)) {SEASON}", _told_season, "ai", mark="season"),
    rule(
        rf"{_IN_THE}{_THE_TOLD}(?!['’-])(?! (?:of|to|before|after|ahead|that|since))", _of_the_told, "ai", mark="unit"
    ),
    rule(rf"(?:the )?(?:end|start|beginning|middle|close|turn) of {_THE_TOLD}", _of_the_told, "ai", mark="unit"),
    rule(r"year[- ]end|mid-?year", _year_of_publication, "ai", mark="year"),
    rule(rf"{_ABOUT}{NUMBER} {UNIT}s? {_DIRECTION}", _counted, "ai", mark="unit"),
    rule(rf"{VAGUE} {UNIT}s {_DIRECTION}", _counted, "ai", mark="unit"),
)
_NOW = r"(?:right )?now|currently|nowadays|presently|at (?:the )?present|at th(?:e|is) moment|at this time|to date"
_THEN = (
    r"recently|lately|(?:in )?the (?:recent |distant |not[- ]too[- ]distant )?past(?! [a-z])|long ago|not long ago"
    r"|in recent times"
)
_ONE_DAY = r"(?:in )?the (?:near |immediate |foreseeable |not[- ]too[- ]distant |distant )?future(?! [a-z]+s\b)"
REFERENCES: tuple[Rule, ...] = (
    rule(_NOW, _reference("PRESENT_REF"), "ai", mark="word"),
    rule(_THEN, _reference("PAST_REF"), "ai", mark="word"),
    rule(_ONE_DAY, _reference("FUTURE_REF"), "ai", mark="word"),
)
