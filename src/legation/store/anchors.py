"""Where in an article a judgement is anchored, and what in another reading of it is the same: pure functions.

A judgement is about words: the trigger of an event, the cue of a statement, and the sentence around. In another reading
of the same text it is what overlaps those words; in an edited text it is what stands in the sentence that is most like
it. What cannot be told for sure is not matched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from legation.store.words import tokens_of

LEAST_ALIKE = 0.6
"""How alike two sentences must be, in words, so that one may be the other, edited."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words in a text: which, where, in what sentence, of what kind they were (an event's type, a statement's act), and
    what else tells them from others at the same place: who takes part, or what was said.

    `text_id` tells texts apart; offsets count in that text.
    """

    text_id: int
    start: int
    end: int
    words: str
    sentence: str
    kind: str
    about: str

    @property
    def plain(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @staticmethod
    def of(plain: Mapping[str, Any]) -> Anchor:
        """As it was kept."""
        return Anchor(**plain)


@dataclass(frozen=True, slots=True)
class Candidate:
    """What an anchor may be at in a reading: its number, the same facts, and where else it is told."""

    id: int
    start: int
    end: int
    words: str
    sentence: str
    kind: str
    about: str = ""
    others: tuple[tuple[int, int], ...] = ()


def match(anchor: Anchor, text_id: int, candidates: Sequence[Candidate]) -> int | None:
    """The candidate of a reading of a text that is what was judged; None where none is, or two may be."""
    if anchor.text_id == text_id:
        return _in_same_text(anchor, candidates)
    return _in_edited_text(anchor, candidates)


def _in_same_text(anchor: Anchor, candidates: Sequence[Candidate]) -> int | None:
    over = [one for one in candidates if _overlap(anchor, one.start, one.end)]
    over = over or [one for one in candidates if any(_overlap(anchor, *place) for place in one.others)]
    if over:
        return max(over, key=lambda one: (*_alike(anchor, one), -abs(one.start - anchor.start), -one.id)).id
    # The words may have been read another way ("held" talks, held "talks"), the deed being the same.
    near = [one for one in candidates if one.sentence == anchor.sentence and one.kind == anchor.kind]
    return near[0].id if len(near) == 1 else None


def _alike(anchor: Anchor, one: Candidate) -> tuple[bool, bool]:
    return one.kind == anchor.kind, one.about == anchor.about


def _overlap(anchor: Anchor, start: int, end: int) -> bool:
    return start < anchor.end and anchor.start < end


def _in_edited_text(anchor: Anchor, candidates: Sequence[Candidate]) -> int | None:
    sentence = tokens_of(anchor.sentence)
    alike: dict[str, float] = {}
    scored = []
    for one in candidates:
        if one.words.casefold() != anchor.words.casefold() and one.kind != anchor.kind:
            continue
        if one.sentence not in alike:
            alike[one.sentence] = SequenceMatcher(None, sentence, tokens_of(one.sentence), autojunk=False).ratio()
        if alike[one.sentence] >= LEAST_ALIKE:
            same_words = one.words.casefold() == anchor.words.casefold()
            scored.append(((alike[one.sentence], same_words, *_alike(anchor, one)), one))
    if not scored:
        return None
    best = max(score for score, _ in scored)
    first = [one for score, one in scored if score == best]
    # Two that are equally like it, at two places: nobody can tell which was meant.
    return first[0].id if len(first) == 1 else None
