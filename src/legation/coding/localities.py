"""The states of the places named in an article: as mentions that lead to them, and as where it is dated from."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

from legation.coding.geography import Geography
from legation.coding.names import STATELESS, Mention
from legation.coding.phrases import Phrases
from legation.coding.standing import is_abroad, is_foreign, is_local, is_organ, is_travelling
from legation.coding.tables import Gazetteer, find_title, state_codes
from legation.coding.toponyms import LARGE
from legation.records import EntityKind, Place, Span

TENFOLD = 1.0
"""How much larger a town must be than its namesakes to be meant without its state, in powers of ten of people."""
IN_FRONT = frozenset({"across", "around", "at", "in", "near", "outside"})
# Verbs of the lines that tell who made an article: "Oda Lind contributed to this report".
CREDITS = frozenset({"compile", "contribute", "edit", "reach", "report"})
FAR = 0.4
"""The share of all that names states which a state needs to be what an article is about."""
OFTEN = 3
"""How often it must be named for that."""
FRONT = 3
"""Words within which a place stands in front of a sentence where no comma ends it."""


@cache
def state_of(country: str | None) -> str | None:
    """The code of the state that an ISO 3166 code belongs to, its dependencies under their state; None without one."""
    if country is None or country in state_codes():
        return country
    site = Geography.load().state(country)
    named = Gazetteer.load().named(site.name.split()) if site else ()
    return named[0].match.code if named else None


def without_dateline(names: Sequence[Sequence[Mention]], dated_at: tuple[int, int] | None) -> list[list[Mention]]:
    """The mentions of each sentence but for whoever stands in a dateline: nobody is MORONI, and the AFP only tells."""
    start, end = dated_at or (0, 0)
    return [[m for m in own if m.kind in ("place", "state") or not start <= m.span.start < end] for own in names]


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
    if not all(_is_open(m, start, end, code) for m in over) or (not over and find_title(place.text)):
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


def with_towns_of_bodies(sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """The mentions of each sentence, a body that no table knows with the state of the town it is named after.

    Only bodies whose name tells what they are ("Szeged University") count, and towns that begin the name or stand
    behind its "of".
    """
    near = {m.code for mentions in names for m in mentions if m.code and m.kind in ("state", "place", "people")}
    return [
        [
            replace(m, code=_state_of_town(phrases.forms[m.start : m.end], near))
            if m.kind == "organization" and m.code is None and m.sectors and not m.others
            else m
            for m in mentions
        ]
        for mentions, phrases in zip(names, sentences, strict=True)
    ]


def _place_in_front(phrases: Phrases, names: Sequence[Mention]) -> tuple[int, str] | None:
    """Where the place ends that a sentence begins with, and its state: "In Lima", "At the port of Callao"."""
    if not phrases.forms or phrases.forms[0].lower() not in IN_FRONT:
        return None
    for mention in names:
        if mention.kind in ("place", "state") and mention.code and phrases.case(mention.head) in IN_FRONT:
            comma = next((at for at, form in enumerate(phrases.forms) if form == ","), mention.end)
            return (mention.span.end, mention.code) if mention.start <= max(comma, FRONT) else None
    return None


def _state_of_town(words: Sequence[str], near: Collection[str | None]) -> str | None:
    """The state of the largest town that a body's name holds, if it is named in the article or no other is near."""
    of = words.index("of") + 1 if "of" in words[:-1] else 0
    for start in {0, of}:
        for end in range(min(start + 3, len(words)), start, -1):
            towns = [s for s in Geography.load().named(" ".join(words[start:end])) if s.kind in ("city", "capital")]
            large = sorted((s for s in towns if s.people > LARGE), key=lambda site: -site.people)
            known = next((state_of(s.country) for s in towns if state_of(s.country) in near), None)
            alone = large and (len(large) == 1 or large[0].people - large[1].people > TENFOLD)
            if (large and known) or alone:
                return known or state_of(large[0].country)
    return None


class Scene:
    """Where an article plays: the state it is dated from, those it names most, and what its sentences speak of."""

    def __init__(
        self,
        sentences: Sequence[Phrases],
        names: Sequence[Sequence[Mention]],
        dateline: str | None,
        officers: Sequence[tuple[int, str]] = (),
        *,
        dated: bool,
    ) -> None:
        """`dateline` is the state of the place that the article is dated from, if that is known; `dated` if it is.

        `officers` are the offsets at which holders of offices are named, and their states: who names a president
        speaks of his state.
        """
        named = [m for mentions in names for m in mentions if m.code and m.code not in STATELESS and not m.others]
        counted = Counter([*(m.code for m in named if m.code), *(code for _, code in officers)]).most_common()
        self.states = [code for code, _ in counted]
        if dateline and dateline not in self.states:
            self.states.append(dateline)
        leads = len(counted) == 1 or (len(counted) > 1 and counted[0][1] > counted[1][1])
        self._main = counted[0][0] if leads else None
        total = sum(number for _, number in counted)
        self._leads_far = leads and counted[0][1] >= max(FAR * total, OFTEN)
        self._only = self.states[0] if len(counted) == 1 else None
        # The place of a dateline that no table knows lies most likely in the state that is named most.
        self.dated_from = dateline or (self.states[0] if dated and self.states else None)
        most = {code for code, number in counted if number == counted[0][1]}
        self._is_about_it = dateline is not None and dateline in most
        self._sentences, self._starts = sentences, [phrases.sentence.start for phrases in sentences]
        self._put_at = [_place_in_front(phrases, own) for phrases, own in zip(sentences, names, strict=True)]
        spoken = [m for mentions in names for m in mentions if m.code and m.kind in ("state", "place", "people")]
        self._spoken = sorted([*((m.span.start, m.code) for m in spoken if m.code), *officers])

    def home_of(self, kind: EntityKind, name: str, role: str | None, sectors: Sequence[str], first: Span) -> str | None:
        """The state of somebody who by no word of the text belongs to one; `first` is the first mention.

        It is the state that the article is dated from or, without a dateline, the only one it names, where nothing
        else was spoken of last. Who lives where he is met by what he does stays of it even then, and where several
        states are named he is of the one named most. Who works abroad stays open, and a body of which nothing is known
        without a dateline, and who has no role where the article is about another state than it is dated from.
        """
        unknown = not sectors and kind == "unnamed"
        if kind == "state" or unknown or is_abroad(role):
            return None
        put_at = self._put_at[bisect_right(self._starts, first.start) - 1]
        placed = kind != "organization" or is_organ(kind, name, role)
        if put_at is not None and put_at[0] < first.start and placed:
            return put_at[1]
        local = is_local(kind, name, role, sectors)
        home = self.dated_from or self._only or (self._main if local else None)
        if kind == "person":
            known = role is not None or bool(sectors) or self._is_about_it
        else:
            known = kind != "organization" or bool(sectors) or self.dated_from is not None
        if known and self._is_spoken_of_last(home, first.start):
            return home
        if is_organ(kind, name, role):
            return self.dated_from or self._only or self._main
        if local:
            return self.dated_from or (None if is_travelling(role) and role is not None else self._main)
        if role is not None and is_travelling(role) and (kind != "person" or is_foreign(role)):
            return None
        main = self._main if self.dated_from in (None, self._main) else None
        # Ministers, soldiers and students whom no word places are mostly those of the state that it is all about.
        placed = kind == "unnamed" or (kind == "person" and self.dated_from is None and not is_travelling(role))
        return main if placed or self._speaks_of_main_alone(first.start) else None

    def home_here(self, kind: EntityKind, role: str | None, first: Span) -> str | None:
        """The state that the article is dated from, for a person who by a word beside the name is "here"."""
        if kind != "person" or self.dated_from is None or is_abroad(role):
            return None
        phrases = self._sentences[bisect_right(self._starts, first.start) - 1]
        end = next((at for at, token in enumerate(phrases.tokens) if token.start >= first.end), len(phrases.tokens))
        if phrases.forms[end : end + 1] != (",",):
            return None
        stop = next((at for at in range(end + 1, len(phrases.tokens)) if phrases.forms[at] == ","), end)
        return self.dated_from if "here" in map(str.lower, phrases.forms[end + 1 : stop]) else None

    def _speaks_of_main_alone(self, offset: int) -> bool:
        """Whether the article names one state far more than others, and the sentence of an offset none besides it.

        A sentence without a verb, or that tells who wrote the article, speaks of no state.
        """
        if not self._leads_far or not self._inside(offset) <= {self._main}:
            return False
        tokens = self._sentences[bisect_right(self._starts, offset) - 1].tokens
        verbs = {token.lemma.lower() for token in tokens if token.upos == "VERB"}
        return bool(verbs) and verbs.isdisjoint(CREDITS) and not any("@" in token.text for token in tokens)

    def _is_spoken_of_last(self, home: str | None, offset: int) -> bool:
        """Whether the sentence of an offset names no other state, and neither does the last name before."""
        at = bisect_right(self._starts, offset) - 1
        inside = self._inside(offset)
        before = [code for place, code in self._spoken if place < self._starts[at]]
        return inside <= {home} and (bool(inside) or before[-1:] in ([], [home]))

    def _inside(self, offset: int) -> set[str]:
        """The states that the sentence of an offset names."""
        at = bisect_right(self._starts, offset) - 1
        end = self._starts[at + 1] if at + 1 < len(self._starts) else None
        return {code for place, code in self._spoken if self._starts[at] <= place and (end is None or place < end)}
