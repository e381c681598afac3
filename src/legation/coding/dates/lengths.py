"""Lengths of time, what comes again and again, and times of the day."""

from __future__ import annotations

import re

from legation.coding.dates.grammar import (
    LENGTH,
    OFTEN,
    PART,
    UNIT,
    WEEKDAYS,
    Anchors,
    Meaning,
    Rule,
    behind,
    part_of_day,
    plain,
    rule,
)
from legation.coding.dates.numbers import NUMBER, VAGUE, number_of
from legation.coding.dates.relative import unit_of
from legation.coding.dates.values import length

OVER = 12
"""Hours after noon."""


def _duration(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    count = number_of(match["number"])
    return Meaning("DURATION", length(count, unit_of(match["unit"])), None, "a length of time")


def _one(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return Meaning("DURATION", length(1, unit_of(match["unit"])), None, "a length of time")


def _some(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return Meaning("DURATION", length(None, unit_of(match["unit"])), None, "a length of time that is not stated")


def _every(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    word = match["period"].lower().removesuffix("s")
    if word in WEEKDAYS:
        return Meaning("SET", f"XXXX-WXX-{WEEKDAYS.index(word) + 1}", None, "again and again")
    if word in ("weekday", "morning", "afternoon", "evening", "night"):
        return Meaning("SET", "P1D", None, "again and again")
    count = number_of(match["number"]) if match["number"] else 2 if match["other"] else 1
    return Meaning("SET", length(count, unit_of(word)), None, "again and again")


def _often(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return Meaning("SET", OFTEN[match.group().lower()], None, "again and again")


def _a_unit(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    """ "Per month", "three times a week"."""
    return Meaning("SET", length(1, unit_of(match["unit"])), None, "again and again")


def _clock(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    half = (match.groupdict().get("half") or "").lower()
    if half:
        hour = hour % OVER + (OVER if half == "p" else 0)
    return Meaning("TIME", f"T{hour:02d}:{minute}", None, "a time of the day")


def _noon(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return Meaning(
        "TIME", "T12:00" if plain(match.group()) in ("noon", "midday") else "T24:00", None, "a time of the day"
    )


def _at_night(match: re.Match[str], anchors: Anchors) -> Meaning | None:
    return Meaning("TIME", part_of_day(match), None, "a part of the day")


_ABOUT = (
    r"(?:(?:about|nearly|almost|over|some|more than|less than|under|fewer than|just|only|around|roughly|at least|up to"
    r"|barely|another|approximately|just over|just under) )?"
)
_FRAME = (
    r"(?:(?:the )?(?:past|last|next|coming|recent|first|final|previous|following|preceding|remaining|additional|full"
    r"|entire|whole) )?"
)
_ADJECTIVE = r"(?: (?:full|straight|consecutive|long|whole|more|short|bloody|calendar|working|business))?"
_NEAR = r"(?:recent|coming|past|following|intervening|subsequent|ensuing|earlier|later|previous|final|closing|early)"
_PERIODS = "day|weekday|weekend|week|month|quarter|year|hour|minute|decade|morning|afternoon|evening|night"
_LASTING = behind("for|of|in|within|after|take|took|lasted|last|takes|over|through")
SETS: tuple[Rule, ...] = (
    rule(
        rf"(?:each|every) (?:(?P<other>other|second) |{NUMBER} )?(?P<period>{_PERIODS}|{'|'.join(WEEKDAYS)})s?",
        _every,
        "ai",
        mark="every",
    ),
    rule("|".join(OFTEN), _often, "ai", mark="often"),
    rule(rf"(?:per|{behind('once|twice|times')}an?) {UNIT}", _a_unit, "ai", mark="unit"),
)
LENGTHS: tuple[Rule, ...] = (
    rule(
        rf"{_FRAME}{_ABOUT}{_FRAME}(?!an? second\b){NUMBER}{_ADJECTIVE}[- ]{LENGTH}s?(?![- ]olds?\b)",
        _duration,
        "ai",
        mark="unit",
    ),
    rule(rf"(?:the )?(?:past|last|next|coming) {LENGTH}s", _some, "ai", mark="unit"),
    rule(rf"{_FRAME}{VAGUE}{_ADJECTIVE} {LENGTH}s", _some, "ai", mark="unit"),
    rule(rf"{_NEAR} {UNIT}s", _some, "ai", mark="unit"),
    rule(rf"{_LASTING}{LENGTH}s(?! old)", _some, "ai", mark="unit"),
    rule(rf"{LENGTH}s(?= of\b)", _some, "ai", mark="unit"),
    rule(rf"(?:the |an? )?(?:entire|whole|full) {UNIT}", _one, "ai", mark="whole"),
)
CLOCK: tuple[Rule, ...] = (
    rule(r"(?P<hour>1[0-2]|0?[1-9])(?:[:.](?P<minute>[0-5]\d))? ?(?P<half>[ap])\.?m\b\.?", _clock, "ai", mark="digit"),
    rule(
        r"(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d)?(?: ?(?:hours|hrs|h|GMT|UTC))?", _clock, mark="colon"
    ),
    rule(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d) (?:hours|hrs|GMT|UTC)", _clock, mark="hours"),
    rule(r"noon|midday|midnight", _noon, "ai", mark="word"),
)
NIGHTS: tuple[Rule, ...] = (rule(rf"(?:(?:in|during) the|at|by) {PART}", _at_night, "ai", mark="part"),)
