"""What the rules share: what a match can rest on, what it means, and the words of the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from legation.coding.dates.values import first_day, granularity_of
from legation.records import DateKind, Granularity

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november", "december",
)  # fmt: skip
SEASON_NAMES = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
PARTS = {
    "morning": "MO", "dawn": "MO", "daybreak": "MO", "afternoon": "AF", "evening": "EV", "night": "NI",
    "nightfall": "NI",
}  # fmt: skip
"""Parts of the day, as TIMEX3 writes them."""
OFTEN = {
    "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "fortnightly": "P2W", "monthly": "P1M", "quarterly": "P3M",
    "yearly": "P1Y", "annually": "P1Y", "annual": "P1Y", "hourly": "PT1H", "biweekly": "P2W",
}  # fmt: skip
"""What comes again and again, and how long after it was there."""
DECADES = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")

WEEKDAY = r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTH = (
    r"(?P<month>Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
FULL_MONTH = r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
PLAIN_MONTH = (
    r"(?P<month>January|February|July|September|October|November|December|Jan\.|Feb\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
"""Months whose names are nobody's and nothing else's."""
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[0-9]\d\d|20\d\d)"
SEASON = rf"(?P<season>{'|'.join(SEASON_NAMES)})"
PART = rf"(?P<part>{'|'.join(PARTS)})"
UNIT = r"(?P<unit>minute|hour|day|weekend|week|fortnight|month|quarter|year|decade|century|centurie)"
LENGTH = r"(?P<unit>second|minute|hour|day|weekend|week|fortnight|month|year|decade|century|centurie)"
"""Units of a length of time: "three quarters" are mostly none."""
_GAP = r"[\x20\t\n\xa0\u202f]"


@dataclass(frozen=True, slots=True)
class Anchors:
    """What an expression is counted from: the day of publication, whether its clause is to come, the date told last.

    `narrative` tells that the text is about years long before its publication, so that a bare month belongs to the year
    told last; `quarter` is the quarter of a year told last.
    """

    published: date | None
    future: bool = False
    reference: str | None = None
    narrative: bool = False
    quarter: str | None = None

    @property
    def day(self) -> date | None:
        """The first day of the date told last, else the day of publication."""
        return (first_day(self.reference) if self.reference else None) or self.published

    @property
    def told(self) -> date | None:
        """The first day of the date told last."""
        return first_day(self.reference) if self.reference else None

    @property
    def story_year(self) -> int | None:
        """The year told last, where the text is about years long before its publication."""
        return self.told.year if self.narrative and self.told else None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a match means; `granularity` is None where an event cannot take it as its date.

    `compared` tells that a quarter is named only to compare the one told last with it, which stays the one told last.
    """

    kind: DateKind
    value: str | None
    granularity: Granularity | None
    basis: str
    compared: bool = False


Resolver = Callable[[re.Match[str], Anchors], Meaning | None]
MARKS = {
    "unit": (
        "second", "minute", "hour", "day", "week", "fortnight", "month", "quarter", "year", "decade", "centur",
    ),
    "part": tuple(PARTS),
    "today": ("today", "tonight", "night", "yesterday", "tomorrow"),
    "day": ("day",),
    "weekday": WEEKDAYS,
    "year": ("year", "midyear"),
    "fiscal": ("fiscal",),
    "past": ("past",),
    "same": ("same",),
    "every": ("each", "every"),
    "often": tuple(OFTEN),
    "whole": ("entire", "whole", "full"),
    "hours": ("hours", "hrs", "gmt", "utc"),
    "colon": (":",),
    "era": ("bc", "b.c."),
    "tens": ("0s", "0's", "0’s"),
    "season": tuple(SEASON_NAMES),
    "decade": DECADES,
    "century": ("century", "half", "quarter"),
    "word": (
        "now", "current", "present", "moment", "time", "date", "recent", "late", "past", "ago", "future", "noon",
        "midday", "midnight",
    ),
}  # fmt: skip
"""What stands, in small letters or capitals and behind no letter, in every expression of a rule, by which most of a
text is passed over."""
MARK_PATTERNS = {
    "digit": re.compile(r"[0-9]"),
    "month": re.compile(r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"),
    "feast": re.compile(r"Day|Eve|Christmas|Halloween"),
    "ordinal": re.compile(r"(?i:[0-9](?:st|nd|rd|th)|first|second|third|(?:four|f|six|en|eigh|nin|ie)th)(?!\w)"),
}
"""The same for marks that are more than words."""


class Rule(NamedTuple):
    """A pattern, what its matches mean, and the key in MARKS or MARK_PATTERNS of what each of them holds."""

    pattern: re.Pattern[str]
    resolve: Resolver
    mark: str


NO_SUCH_DAY = Meaning("DATE", None, None, "not on the calendar")
UNDATED = Meaning("DATE", None, None, "no publication date")
OTHER_DAY = Meaning("DATE", None, None, "counted from another day")
OTHER_CALENDAR = Meaning("DATE", None, None, "a calendar that is not known")


def rule(pattern: str, resolver: Resolver, flags: str = "a", *, mark: str) -> Rule:
    """A pattern whose blanks stand for one blank or line end and "[- ]" for those or a hyphen, between word boundaries
    and outside numbers.

    It is ASCII inside, so that no "ı" passes for an "i"; the boundaries know every letter.
    """
    spaced = pattern.replace("[- ]", "(?:-| )").replace(" ", rf"(?:\r\n|{_GAP})")
    return Rule(re.compile(rf"(?<![\w-])(?<![0-9][.,])(?{flags}:{spaced})(?!\w)"), resolver, mark)


def behind(words: str) -> str:
    """A look-behind for one of the words, separated by "|", and a blank; the first letter may be a capital."""
    spelled = [rf"(?<=[{w[0].upper()}{w[0]}]{w[1:].replace(' ', _GAP)}{_GAP})" for w in words.split("|")]
    return f"(?:{'|'.join(spelled)})"


def dated(value: str, basis: str) -> Meaning:
    """A date of the calendar with its granularity."""
    return Meaning("DATE", value, granularity_of(value), basis)


def plain(text: str) -> str:
    """Small letters, single blanks."""
    return " ".join(text.lower().split())


def month_number(text: str) -> int:
    """The number of a month's name or abbreviation."""
    return next(i for i, name in enumerate(MONTHS, 1) if name.startswith(text.lower().rstrip(".")[:3]))


def part_of_day(match: re.Match[str]) -> str:
    """ "TMO" for a morning and so on; "" where the match names no part."""
    part = match.groupdict().get("part")
    return f"T{PARTS[part.lower()]}" if part else ""
