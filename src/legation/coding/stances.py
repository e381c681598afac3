"""Where speakers stand: what the model marks at a cue, and where a quotation goes on, given to its statement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from legation.coding.phrases import Phrases
from legation.coding.setting import Setting
from legation.records import NamedSpan, Position, Span, StanceMark

SURE = 0.5
"""Certainty from which a side is told: better nothing than the wrong one."""
CONTEXT = 600
"""Characters before the sentence of a statement in which its matter may be named."""
SIDES = {"FOR": "for", "AGAINST": "against", "MIXED": "mixed"}
ATTITUDES = {"PRAISED": "praises", "BLAMED": "blames"}

Matcher = Callable[[str, str, str], tuple[str, str] | None]
"""The issue and the option that the words of an evidence are about, given the statement's content and what stands
before it; None where it is none that is known."""
Spoken = tuple[int, int, Sequence[Span]]
"""Of a statement: the sentence and the word of its cue, and its content."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a speaker does in a statement, where he stands, and whom he praises or blames.

    `act` is None where the model saw none.
    """

    act: str | None = None
    positions: tuple[Position, ...] = ()
    toward: tuple[tuple[Span, Literal["praises", "blames"]], ...] = ()


def stance_of(statement: Spoken, setting: Setting, issue_of: Matcher) -> Stance:
    """The stance of a statement; positions are told where their side is sure and their issue is known."""
    number, word, content = statement
    own = next((mark for mark in setting.sentences[number].sentence.stances if mark.word == word), None)
    marks = [(number, own)] if own else []
    marks += _going_on(number, content, setting)
    first = setting.sentences[number].sentence.start
    said, before = (
        " ".join(span.text for span in content),
        setting.sentences[number].body[max(0, first - CONTEXT) : first],
    )
    positions, toward = [], []
    for at, mark in marks:
        phrases = setting.sentences[at]
        for side in _sure(mark.sides):
            evidence = phrases.span(side.start, side.end)
            matter = issue_of(evidence.text, said, before)
            if matter is not None:
                stance = cast(Literal["for", "against", "mixed"], SIDES[side.label])
                positions.append(Position(*matter, stance, evidence))
        toward += [
            (phrases.span(who.start, who.end), cast(Literal["praises", "blames"], ATTITUDES[who.label]))
            for who in _sure(mark.toward)
        ]
    return Stance(own.act if own else None, _once(positions), tuple(toward))


def _going_on(number: int, content: Sequence[Span], setting: Setting) -> Iterator[tuple[int, StanceMark]]:
    """The marks of other sentences in which the content goes on and no cue stands."""
    for at, phrases in enumerate(setting.sentences):
        if at != number and _touches(phrases, content) and not _has_cue(phrases):
            yield from ((at, mark) for mark in phrases.sentence.stances if mark.word == 0)


def _touches(phrases: Phrases, content: Sequence[Span]) -> bool:
    sentence = phrases.sentence
    return any(span.start < sentence.end and sentence.start < span.end for span in content)


def _has_cue(phrases: Phrases) -> bool:
    return any(frame.kind == "attribution" for frame in phrases.sentence.frames)


def _sure(spans: Sequence[NamedSpan]) -> Iterator[NamedSpan]:
    return (span for span in spans if span.score >= SURE)


def _once(positions: Sequence[Position]) -> tuple[Position, ...]:
    """One position an option: where two sides are told on one, it is mixed, shown by the first words."""
    found: dict[tuple[str, str], Position] = {}
    for position in positions:
        key = position.issue, position.option
        known = found.get(key)
        if known is None:
            found[key] = position
        elif known.stance != position.stance:
            found[key] = Position(*key, "mixed", known.evidence)
    return tuple(found.values())
