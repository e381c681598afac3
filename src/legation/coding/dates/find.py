"""Finds the date expressions of a text, and resolves them in its order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from string import ascii_lowercase, ascii_uppercase

from legation.coding.dates.calendar import BARE, FULL_DATES, MONTHS_AND_YEARS, SECOND_YEARS
from legation.coding.dates.grammar import MARK_PATTERNS, MARKS, NO_SUCH_DAY, Anchors, Meaning, Resolver, Rule
from legation.coding.dates.lengths import CLOCK, LENGTHS, NIGHTS, SETS
from legation.coding.dates.relative import REFERENCES, RELATIVE
from legation.coding.dates.values import first_day, granularity_of
from legation.records import DateExpression, EventDate, Granularity

RULES: tuple[Rule, ...] = (
    *FULL_DATES,
    *MONTHS_AND_YEARS,
    *CLOCK,
    *SETS,
    *RELATIVE,
    *LENGTHS,
    *BARE,
    *SECOND_YEARS,
    *REFERENCES,
    *NIGHTS,
)
"""In this order: what an earlier rule took, a later one leaves."""
FAR, ENOUGH, SHARE = 2, 5, 4
"""A text is history where it names at least so many years so far from publication, and so many times as many of them as
near years, weekdays and words like "yesterday"."""
YEARS = re.compile(r"(?<![\w.,$-])(1[0-9]{3}|20[0-4][0-9])(?![\w%]|[.,][0-9])")
BEFORE_CHRIST = re.compile(r"\d ?BC")
NEWS = re.compile(
    r"\b(?:[A-Z][a-z]+day|[Yy]esterday|[Tt]oday|[Tt]omorrow|[Ll]ast (?:week|month|night)|[Tt]his (?:week|month))\b"
)
AROUND = 48
"""Characters of an expression on either side of its mark, at most."""
BESIDE = 14
"""Characters between a time of the day and the day it belongs to."""


@dataclass(frozen=True, slots=True)
class DatedSpan:
    """An expression with what an event that hangs on it may take: its value, how fine it is, and why."""

    expression: DateExpression
    granularity: Granularity | None
    basis: str


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: re.Match[str]
    resolve: Resolver


def find_dates(
    body: str, published: date | None, is_future: Callable[[int], bool] = lambda at: False
) -> list[DatedSpan]:
    """All date expressions of a text in order; none overlaps another.

    `is_future(offset)` tells whether the clause at an offset speaks of what is to come, which decides
    which Tuesday.
    """
    candidates = _candidates(body)
    anchors = Anchors(published, narrative=_is_history(body, published))
    found: list[DatedSpan] = []
    for candidate in candidates:
        start, end = candidate.match.span()
        meaning = _meaning(candidate, replace(anchors, future=is_future(start)))
        if meaning is None:
            continue
        expression = DateExpression(start, end, candidate.match.group(), meaning.kind, meaning.value)
        found.append(DatedSpan(expression, meaning.granularity, meaning.basis))
        if meaning.granularity is not None and meaning.value is not None and granularity_of(meaning.value) is not None:
            anchors = _told(anchors, meaning, body[max(0, start - 8) : start])
    return _timed(found, body, anchors)


def _told(anchors: Anchors, meaning: Meaning, before: str) -> Anchors:
    """The anchors after a date was told; a year behind "since" is not where the story is."""
    value = meaning.value or ""
    if meaning.granularity == "quarter" and not meaning.compared:
        anchors = replace(anchors, quarter=value)
    aside = meaning.granularity == "year" and anchors.narrative and before.rstrip().lower().endswith("since")
    return anchors if aside else replace(anchors, reference=value)


def _candidates(body: str) -> list[_Candidate]:
    taken = bytearray(len(body))
    windows = {mark: _windows(body, places) for mark, places in _marks(body)}
    found = []
    for rule in RULES:
        for first, last in windows[rule.mark]:
            for match in rule.pattern.finditer(body, first, last):
                start, end = match.span()
                if end > start and not any(taken[start:end]):
                    taken[start:end] = b"\x01" * (end - start)
                    found.append(_Candidate(match, rule.resolve))
    return sorted(found, key=lambda candidate: candidate.match.start())


def _marks(body: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Where each mark stands in a text, in order."""
    small = body.lower()
    if len(small) != len(body):
        small = body.translate(_SMALL)
    for mark, words in MARKS.items():
        yield mark, sorted((at, at + len(word)) for word in words for at in _places(small, word))
    for mark, pattern in MARK_PATTERNS.items():
        yield mark, [match.span() for match in pattern.finditer(body)]


_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def _places(body: str, word: str) -> Iterator[int]:
    """Where a word stands in a text, or begins one."""
    at = body.find(word)
    while at >= 0:
        if not (at and body[at - 1].isalpha()):
            yield at
        at = body.find(word, at + 1)


def _windows(body: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of a text around some places, from blank to blank; none touches another."""
    found: list[tuple[int, int]] = []
    for start, end in places:
        if found and end + AROUND <= found[-1][1]:
            continue
        first = _blank(body, max(0, start - AROUND), -1)
        last = _blank(body, min(len(body), end + 2 * AROUND), 1)
        if found and first <= found[-1][1]:
            found[-1] = found[-1][0], last
        else:
            found.append((first, last))
    return found


def _blank(body: str, at: int, step: int) -> int:
    """The nearest offset from `at` on that stands beside a blank or an end of the text."""
    while 0 < at < len(body) and not body[at if step > 0 else at - 1].isspace():
        at += step
    return at


def _meaning(candidate: _Candidate, anchors: Anchors) -> Meaning | None:
    """What a match means, without a value where that would be no day from year 1 to 9999."""
    try:
        meaning = candidate.resolve(candidate.match, anchors)
    except (OverflowError, ValueError):
        return NO_SUCH_DAY
    if meaning is None or meaning.granularity is None or meaning.value is None or meaning.value.startswith("BC"):
        return meaning
    return meaning if first_day(meaning.value) is not None else NO_SUCH_DAY


def _is_history(body: str, published: date | None) -> bool:
    """Whether most years that a text names lie far from its publication."""
    if published is None:
        return False
    named = [int(year) for year in YEARS.findall(body)]
    distant = sum(abs(year - published.year) >= FAR for year in named)
    far = distant + len(BEFORE_CHRIST.findall(body))
    near = len(named) - distant + len(NEWS.findall(body))
    return far >= ENOUGH and far >= SHARE * near


def _timed(found: list[DatedSpan], body: str, anchors: Anchors) -> list[DatedSpan]:
    """Times of the day with their day: the one right behind or before them, else that of publication."""
    joined = []
    for number, span in enumerate(found):
        value = span.expression.value or ""
        if value.startswith("T"):
            day = _day_beside(found, number, body)
            value = (
                day
                or ("XXXX-XX-XX" if anchors.published is None or anchors.narrative else anchors.published.isoformat())
            ) + value
            span = replace(span, expression=replace(span.expression, value=value))
        joined.append(span)
    return joined


def _day_beside(found: list[DatedSpan], number: int, body: str) -> str | None:
    own = found[number].expression
    for other in found[number + 1 : number + 2] + found[number - 1 : number][::-1]:
        expression = other.expression
        gap = body[own.end : expression.start] if expression.start >= own.end else body[expression.end : own.start]
        if (
            other.granularity == "day"
            and expression.value
            and len(gap) <= BESIDE
            and not re.search(r"[.;!?]\s|\n\n", gap)
        ):
            return expression.value.partition("T")[0]
    return None


def event_date(span: DatedSpan) -> EventDate | None:
    """The date that an event takes from an expression; None for durations, sets and what has no value."""
    if span.granularity is None or span.expression.value is None:
        return None
    return EventDate(span.expression.value.partition("T")[0], span.granularity, span.basis)
