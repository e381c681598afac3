"""Dates that the calendar fixes, and bare days, months and seasons, whose year is that of the story."""

from __future__ import annotations

import re
from datetime import date

from legation.coding.dates.grammar import (
    DAY,
    DECADES,
    FULL_MONTH,
    MONTH,
    NO_SUCH_DAY,
    OTHER_CALENDAR,
    PART,
    PLAIN_MONTH,
    SEASON,
    SEASON_NAMES,
    UNDATED,
    WEEKDAY,
    YEAR,
    Anchors,
    Meaning,
    Rule,
    behind,
    dated,
    month_number,
    part_of_day,
    plain,
    rule,
)
from legation.coding.dates.numbers import ORDINAL, ordinal_of
from legation.coding.dates.values import day_value

LEAP_YEAR = 2000
MONTHS_AHEAD = 2
"""A bare month and day at most so many months ahead is taken for the coming one."""
FEASTS = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
    "new year's day": (1, 1), "new year's eve": (12, 31), "valentine's day": (2, 14), "halloween": (10, 31),
    "may day": (5, 1), "all saints' day": (11, 1),
}  # fmt: skip
FROM_PUBLICATION = ("last", "next", "this")
"""What stands before a month or season that is counted from publication even in a story of other years."""


def _full_date(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    value = day_value(int(match["year"]), month_number(match["month"]), int(match["day"]))
    return Meaning("DATE", value + part_of_day(match), "day", "date in full") if value else NO_SUCH_DAY


def _iso_date(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    value = day_value(int(match["year"]), int(match["m"]), int(match["day"]))
    return dated(value, "date in full") if value else None


def _figures(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """A date in figures: with two figures for the year American, else only where one number can be no month."""
    first, second, year = int(match["one"]), int(match["two"]), match["year"]
    if len(year) == 2:
        century = 1900 if int(year) > ((anchors.published.year if anchors.published else 2000) + 10) % 100 else 2000
        value = day_value(century + int(year), first, second)
        return dated(value, "date in figures, month first") if value else None
    if first <= 12 and second <= 12 and first != second:
        return Meaning("DATE", None, None, "day or month first, nobody can tell")
    month, day = (first, second) if first <= 12 else (second, first)
    value = day_value(int(year), month, day)
    return dated(value, "date in figures") if value else None


# ---------------------------------------------------------------- without a year


def _month_day(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    month, day = month_number(match["month"]), int(match["day"])
    if day_value(LEAP_YEAR, month, day) is None:
        return NO_SUCH_DAY
    return _bare_day(month, day, part_of_day(match), match, anchors)


def _bare_day(month: int, day: int, part: str, match: re.Match[str], anchors: Anchors) -> Meaning:
    words = " ".join(match.group().split())
    if anchors.story_year is not None:
        value = day_value(anchors.story_year, month, day)
        return dated(value + part, f"{words}, in the year told last") if value else NO_SUCH_DAY
    if anchors.published is None:
        return Meaning("DATE", f"XXXX-{month:02d}-{day:02d}{part}", None, "no publication date")
    value = day_value(_nearest_year(anchors.published, month, day, anchors.future), month, day)
    return dated(value + part, f"{words}, the nearest to publication") if value else NO_SUCH_DAY


def _nearest_year(published: date, month: int, day: int, future: bool) -> int:
    """The year of a bare month and day: that of the last one past, or of the next if near or to come."""
    past = (month, day) <= (published.month, published.day)
    today = (month, day) == (published.month, published.day)
    coming = published.year + (past and not today)
    near = (month - published.month) % 12 <= MONTHS_AHEAD and not (past and month == published.month)
    return coming if future or near else published.year - (not past)


def _feast(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    month, day = FEASTS[plain(match["feast"].replace("’", "'"))]
    year = match["year"]
    if year:
        return dated(f"{year}-{month:02d}-{day:02d}", "date in full")
    return _bare_day(month, day, part_of_day(match), match, anchors)


def _day_of_month(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "The 5th" in a story that has named its month."""
    told = anchors.reference or ""
    if not anchors.narrative or not re.match(r"\d{4}-\d\d", told):
        return None
    value = day_value(int(told[:4]), int(told[5:7]), ordinal_of(match["ordinal"]))
    return dated(value, f"{match.group()}, in the month told last") if value else None


def _month_year(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return dated(f"{match['year']}-{month_number(match['month']):02d}", "month and year")


def _day_of_that_year(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "July 25 of that year", "August of the same year"."""
    told = anchors.told
    return _in_year(match, told.year, "in the year told last") if told else None


def _of_year_beside(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "January last year", "3 May of this year"."""
    if anchors.published is None:
        return UNDATED
    year = anchors.published.year + {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return _in_year(match, year, f"{plain(match.group())}, counted from publication")


def _in_year(match: re.Match[str], year: int, basis: str) -> Meaning:
    """The month, or the day of it, that is matched, in a year."""
    month = month_number(match["month"])
    if not match["day"]:
        return dated(f"{year:04d}-{month:02d}", basis)
    value = day_value(year, month, int(match["day"]))
    return dated(value, basis) if value else NO_SUCH_DAY


def _month_alone(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    month, published = month_number(match["month"]), anchors.published
    words = " ".join(match.group().split())
    which = plain(match.groupdict().get("which") or "")
    if anchors.story_year is not None and which not in FROM_PUBLICATION:
        return dated(f"{anchors.story_year:04d}-{month:02d}", f"{words}, in the year told last")
    if published is None:
        return Meaning("DATE", f"XXXX-{month:02d}", None, "no publication date")
    year = published.year + _year_shift(which, month - published.month, anchors.future)
    return dated(f"{year:04d}-{month:02d}", f"{words}, counted from publication")


def _year_shift(word: str, ahead: int, future: bool) -> int:
    """Years from publication's to that of a bare month `ahead` months after its month (negative: before)."""
    if word == "this":
        return 0
    if word == "next":
        return int(ahead <= 0)
    if word == "last":
        return -int(ahead >= 0)
    return int(ahead < 0) if future else -int(ahead > 0)


# ---------------------------------------------------------------- seasons, quarters, years and longer


def _season_year(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return dated(f"{match['year']}-{SEASON_NAMES[match['season'].lower()]}", "season and year")


def _season_alone(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    name, published = SEASON_NAMES[match["season"].lower()], anchors.published
    words, which = plain(match.group()), plain(match.groupdict().get("which") or "")
    if anchors.story_year is not None and which not in FROM_PUBLICATION:
        return dated(f"{anchors.story_year:04d}-{name}", f"{words}, in the year told last")
    if published is None:
        return UNDATED
    order = {"SP": 4, "SU": 7, "FA": 10, "WI": 1}
    year = published.year + _year_shift(which, order[name] - published.month, anchors.future)
    return dated(f"{year - (name == 'WI')}-{name}", f"{words}, counted from publication")


def _quarter(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """A quarter or half of a year that is named, or the last one, or one to come."""
    if match["fiscal"]:
        return OTHER_CALENDAR
    number, letter = ordinal_of(match["ordinal"]), match["piece"][0].upper()
    letter = "H" if letter == "H" else "Q"
    year = match["year"]
    if not year:
        day = anchors.told if anchors.narrative else anchors.published
        if day is None:
            return UNDATED
        begun = (number - 1) * (6 if letter == "H" else 3) < day.month
        shift = {"last": -1, "next": 1}.get((match["which"] or "").lower(), 0 if begun or anchors.future else -1)
        year = f"{day.year + shift:04d}"
    return dated(f"{year}-{letter}{number}", " ".join(match.group().split()))


def _year_alone(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return dated(match["year"], "year")


def _second_year(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """The second year of "1914-18"; the first has been read before it."""
    told = anchors.reference or ""
    if not re.fullmatch(r"\d{4}", told) or int(match["short"]) <= int(told[2:]):
        return None
    return dated(told[:2] + match["short"], "year")


def _fiscal(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return OTHER_CALENDAR


def _decade(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    tens = match["tens"]
    if tens.isalpha():
        return dated(f"19{DECADES.index(tens.lower()) + 2}", "decade")
    return dated((tens if len(tens) == 4 else f"19{tens}")[:3], "decade")


def _century(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    era = "BC" if match["era"] else ""
    return dated(f"{era}{ordinal_of(match['ordinal']) - 1:02d}", "century")


def _before_christ(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    found = match.groupdict()
    if found.get("tens"):
        return dated(f"BC{int(match['tens']) // 10:03d}", "decade before Christ")
    year = f"BC{int(match['number']):04d}"
    if found.get("month"):
        return dated(f"{year}-{month_number(match['month']):02d}", "month and year before Christ")
    if found.get("season"):
        return dated(f"{year}-{SEASON_NAMES[match['season'].lower()]}", "season and year before Christ")
    return dated(year, "year before Christ")


def _anno_domini(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return dated(f"{int(match['one'] or match['two']):04d}", "year")


_PART = rf"(?: {PART})?"
_ERA = r"(?: ?(?P<era>BCE?|B\.C\.(?:E\.)?))"
_FIGURES = r"(?P<one>0?[1-9]|[12]\d|3[01])(?P<mark>[/.-])(?P<two>0?[1-9]|[12]\d|3[01])(?P=mark)(?P<year>\d{4}|\d\d)"
_FEAST = "|".join(name.title().replace("'S", "'s").replace("'", "['’]") for name in sorted(FEASTS, key=len)[::-1])
_BEFORE_YEAR = behind(
    "in|since|until|till|by|of|from|to|during|before|after|between|and|through|throughout|around|about|circa|early|late"
    "|mid|for|or|the year|than|that|year|late in|summer|winter|spring|autumn|fall|election|elections|uprising|campaign"
    "|season"
)
_AFTER_YEAR = "in|the|when|and|after|by|as|he|she|it|they|was|were|had|has|with|to|at|on|a|until|while|but|saw"
_WHOSE = r"(?:the )?(?:(?P<which>last|next|this) (?:year's )?)?(?P<fiscal>fiscal )?"
_YEAR_BESIDE = r"(?:of )?(?P<which>last|this|next) year"
FULL_DATES: tuple[Rule, ...] = (
    rule(rf"(?:the )?{PART} of (?:{WEEKDAY},? )?{MONTH} {DAY},? {YEAR}", _full_date, mark="part"),
    rule(rf"(?:the )?{PART} of (?:{WEEKDAY},? )?(?:the )?{DAY} (?:of )?{MONTH},? {YEAR}", _full_date, mark="part"),
    rule(rf"(?:{WEEKDAY},? )?{MONTH} {DAY},? {YEAR}", _full_date, mark="month"),
    rule(rf"(?:{WEEKDAY},? )?(?:the )?{DAY} (?:of )?{MONTH},? {YEAR}", _full_date, mark="month"),
    rule(r"(?P<year>\d{4})-(?P<m>\d\d)-(?P<day>\d\d)", _iso_date, mark="digit"),
    rule(_FIGURES, _figures, mark="digit"),
    rule(rf"{MONTH} (?P<number>\d{{1,4}}){_ERA}", _before_christ, mark="era"),
    rule(rf"(?:the )?{SEASON} (?:of )?(?P<number>\d{{1,4}}){_ERA}", _before_christ, "ai", mark="era"),
    rule(rf"(?:the )?(?P<tens>\d{{1,3}}0)s{_ERA}", _before_christ, mark="era"),
    rule(rf"(?:the )?{ORDINAL}[- ]century{_ERA}?", _century, "ai", mark="century"),
    rule(rf"(?P<number>\d{{1,4}}){_ERA}", _before_christ, mark="era"),
    rule(r"(?:A\.?D\.? ?(?P<one>\d{1,4})|(?P<two>\d{1,4}) ?(?:A\.?D\.?|C\.?E\.?))", _anno_domini, mark="digit"),
)
MONTHS_AND_YEARS: tuple[Rule, ...] = (
    rule(
        rf"(?:the )?{DAY} (?:of )?{MONTH},? (?:of )?(?:that|the same)(?: same)? year", _day_of_that_year, mark="month"
    ),
    rule(rf"{MONTH}(?: {DAY})?,? (?:of )?(?:that|the same)(?: same)? year", _day_of_that_year, mark="month"),
    rule(rf"(?:the )?{DAY} (?:of )?{MONTH},? {_YEAR_BESIDE}", _of_year_beside, mark="month"),
    rule(rf"{MONTH}(?: {DAY})?,? {_YEAR_BESIDE}", _of_year_beside, mark="month"),
    rule(rf"(?:the )?{PART} of (?:{WEEKDAY},? )?{MONTH} {DAY}(?![\d,.]*\d)", _month_day, mark="part"),
    rule(rf"(?:the )?{PART} of (?:{WEEKDAY},? )?(?:the )?{DAY} (?:of )?{MONTH}", _month_day, mark="part"),
    rule(rf"(?:{WEEKDAY},? )?{MONTH} {DAY}(?![\d,.]*\d){_PART}", _month_day, mark="month"),
    rule(rf"(?:{WEEKDAY},? )?(?:the )?{DAY} (?:of )?{MONTH}{_PART}", _month_day, mark="month"),
    rule(rf"(?P<feast>{_FEAST}){_PART}(?:,? {YEAR})?", _feast, mark="feast"),
    rule(rf"{MONTH}(?: of)?,? {YEAR}", _month_year, mark="month"),
    rule(rf"(?:the )?{SEASON}(?: of|,)? {YEAR}", _season_year, "ai", mark="season"),
    rule(
        rf"{_WHOSE}{ORDINAL}[- ](?P<piece>quarter|half)(?: of|,)?(?: fiscal)? {YEAR}(?!-)",
        _quarter,
        "ai",
        mark="century",
    ),
    rule(
        rf"{_WHOSE}(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th)[- ](?P<piece>quarter)(?P<year>)?(?! of)",
        _quarter,
        "ai",
        mark="century",
    ),
    rule(rf"fiscal(?: year)? (?:{YEAR}|['’]?\d\d)", _fiscal, "ai", mark="fiscal"),
    rule(r"(?:this|last|next|the (?:current|coming|past)) fiscal year", _fiscal, "ai", mark="fiscal"),
    rule(
        r"(?:the )?(?:(?:early|late|mid|middle)[- ])?['’]?(?P<tens>1[0-9]\d0|20\d0|(?<=['’])[2-9]0)['’]?s",
        _decade,
        mark="tens",
    ),
    rule(rf"the (?:(?:early|late|mid|roaring|swinging) )?(?P<tens>{'|'.join(DECADES)})", _decade, "ai", mark="decade"),
)
_ALONE = r"(?! [0-9])"
BARE: tuple[Rule, ...] = (
    rule(
        rf"{behind('in')}(?:(?P<which>last|next|early|late|mid)[- ])?{FULL_MONTH}{_ALONE}", _month_alone, mark="month"
    ),
    rule(
        rf"(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Ss]ince|[Uu]ntil|[Ee]arly|[Ll]ate|[Mm]id)[- ]{FULL_MONTH}{_ALONE}",
        _month_alone,
        mark="month",
    ),
    rule(
        rf"{behind('by|from|to|through|of|during|between|for|and|until|before|after')}{FULL_MONTH}(?!['’] ){_ALONE}",
        _month_alone,
        mark="month",
    ),
    rule(rf"{PLAIN_MONTH}{_ALONE}", _month_alone, mark="month"),
    rule(rf"(?:the )?(?P<which>last|next|this|early|late|mid)[- ]{SEASON}(?! of)", _season_alone, "ai", mark="season"),
    rule(
        rf"{behind('in|by|of|during|until|since|over|through')}(?:the )?(?:(?:early|late|mid)[- ])?{SEASON}(?! of)",
        _season_alone,
        "ai",
        mark="season",
    ),
    rule(
        rf"{_BEFORE_YEAR}(?:(?:early|late|mid)[- ])?{YEAR}(?![-–]\d{{2}}\b|[-–]\d{{4}}|%|,\d)",
        _year_alone,
        mark="digit",
    ),
    rule(rf"(?<=\(){YEAR}(?=\)|[,;:–-])", _year_alone, mark="digit"),
    rule(rf"{YEAR}(?=[-–](?:\d{{2}}|\d{{4}})\b)", _year_alone, mark="digit"),
    rule(rf"{YEAR}(?=\))", _year_alone, mark="digit"),
    rule(rf"{behind('the|its|his|her|their')}{YEAR}(?= [a-z])", _year_alone, mark="digit"),
    rule(rf"{YEAR}(?=,? (?:{_AFTER_YEAR})\b|[,.;:]\s|[,.;:]?$|['’]s\b)", _year_alone, mark="digit"),
    rule(rf"(?:the )?{ORDINAL}(?= (?:of that month|of the month|and|to)\b|[,.;])", _day_of_month, mark="ordinal"),
)
SECOND_YEARS: tuple[Rule, ...] = (
    Rule(re.compile(r"(?<=[0-9]{4}[-–])(?P<short>[0-9]{2})(?![\w-])"), _second_year, "digit"),
    Rule(re.compile(rf"(?<=[0-9]{{4}}[-–]){YEAR}(?![\w-])"), _year_alone, "digit"),
)
