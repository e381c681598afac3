"""The states of the places named in an article: as mentions that lead to them, and as where it is dated from."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from legation.coding.geography import Geography
from legation.coding.names import Mention
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer, find_title, load_countries
from legation.records import Place, Span


@cache
def _codes() -> frozenset[str]:
    return frozenset(country.code for country in load_countries())


@cache
def state_of(country: str | None) -> str | None:
    """The code of the state that an ISO 3166 code belongs to, its dependencies under their state; None without one."""
    if country is None or country in _codes():
        return country
    site = Geography.load().state(country)
    named = Gazetteer.load().named(site.name.split()) if site else ()
    return named[0].match.code if named else None


def state_dated_from(places: Sequence[Place], start: int, end: int) -> str | None:
    """The state of the last place named between two offsets, those of a dateline."""
    inside = [state_of(place.country) for place in places if start <= place.start and place.end <= end]
    return next((code for code in reversed(inside) if code), None)


def with_places(
    sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]], places: Sequence[Place]
) -> list[list[Mention]]:
    """The mentions of each sentence, the places among them with the state in which they lie.

    What is named where a place would stand ("in Jordan") is a place and neither body nor person, unless it is the
    part of a full name by which somebody is called. Places that were no mention yet become one.
    """
    found = [list(mentions) for mentions in names]
    at = 0
    for number, phrases in enumerate(sentences):
        while at < len(places) and places[at].start < phrases.sentence.end:
            place, at = places[at], at + 1
            code = state_of(place.country)
            if code is not None and place.start >= phrases.sentence.start:
                found[number] = _with_place(number, phrases, found[number], place, code)
    return found


def _with_place(number: int, phrases: Phrases, mentions: list[Mention], place: Place, code: str) -> list[Mention]:
    words = [i for i, token in enumerate(phrases.tokens) if place.start < token.end and token.start < place.end]
    if not words:
        return mentions
    start, end = words[0], words[-1] + 1
    over = [m for m in mentions if m.start < end and start < m.end]
    if not all(_is_open(m, start, end, code) for m in over):
        return mentions
    low, high = min([start, *(m.start for m in over)]), max([end, *(m.end for m in over)])
    head, span = phrases.head_of(low, high), phrases.span(low, high)
    made = Mention(number, low, high, head, "place", f"place:{place.name.lower()}", place.name, code, (), span)
    if len(over) == 1 and over[0].kind == "place":
        made = replace(over[0], code=code, capital=over[0].capital and over[0].code == code)
    return sorted([m for m in mentions if m not in over] + [made], key=lambda m: m.start)


def _is_open(mention: Mention, start: int, end: int, code: str) -> bool:
    """Whether a mention gives way to a place that stands in its words."""
    if mention.kind in ("place", "state"):
        return mention.code != code
    whole = start <= mention.start and mention.end <= end
    return whole and mention.code is None and mention.name == mention.span.text and find_title(mention.name) is None


class Scene:
    """Where an article plays: which states its sentences name, and which state the whole of it is about."""

    def __init__(self, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]], home: str | None) -> None:
        """`home` is the state that the article is dated from, else the one it is about if there is one."""
        self.home = home
        self._ends = [phrases.sentence.end for phrases in sentences]
        self._starts = [phrases.sentence.start for phrases in sentences]
        named = [m for mentions in names for m in mentions if m.code and m.kind in ("state", "place", "people")]
        self._named = sorted((m.span.start, m.code) for m in named if m.code)

    def state_at(self, span: Span) -> str | None:
        """The home state where nothing else was spoken of last: not in the sentence of a span, nor before it."""
        at = bisect_right(self._starts, span.start) - 1
        start, end = self._starts[at], self._ends[at]
        inside = {code for place, code in self._named if start <= place < end}
        before = [code for place, code in self._named if place < start]
        if self.home is None or not inside <= {self.home} or (not inside and before[-1:] not in ([], [self.home])):
            return None
        return self.home
