"""From the scores of stances to stance marks: what a speaker does, the words that show his side, whom he praises or
blames.

Whether a side is taken, and which, is told of the statement as a whole. Its evidence are the words that show a side
most surely: where these begin and end is a matter of taste, and says nothing of the side.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from legation.read.model import Floats, Ints, Labels, Said, Scores
from legation.read.spans import chances, decode_rows, spans_of
from legation.records import NamedSpan, StanceMark

TAKEN = 0.5
"""A side is told where one is taken with at least this chance."""
AROUND = 0.3
"""The words around the surest show the side too where they do so with at least this share of its chance."""


class StanceMarker:
    """Reads the marks of sentences off their scores."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def read(self, scores: Sequence[Scores]) -> list[tuple[StanceMark, ...]]:
        """The marks of each sentence, in order of their words."""
        every = [said for found in scores for said in found.said]
        attitudes = decode_rows([s.attitudes for s in every])
        marks = iter([self._mark(*row) for row in zip(every, attitudes, strict=True)])
        return [tuple(sorted((next(marks) for _ in found.said), key=_word)) for found in scores]

    def _mark(self, said: Said, attitudes: Ints) -> StanceMark:
        act = int(said.acts.argmax())
        taken = 1.0 - float(said.stands[0])
        return StanceMark(
            said.word,
            self._labels.acts[act],
            float(said.acts[act]),
            (_side(said, self._labels.sides),) if taken >= TAKEN else (),
            _spans(said.attitudes, attitudes, self._labels.attitudes),
            taken,
        )


def _word(mark: StanceMark) -> int:
    return mark.word


def _side(said: Said, labels: tuple[str, ...]) -> NamedSpan:
    """The words that show the likeliest side, with its share among the sides."""
    own = said.stands[1:]
    best = int(own.argmax())
    start, end = _evidence(said.sides)
    return NamedSpan(start, end, labels[best], float(own[best] / own.sum()))


def _evidence(scores: Floats) -> tuple[int, int]:
    """The word that shows a side with the highest chance, and those around it that do so with at least AROUND of that:
    the first, and the one behind the last."""
    (none,) = chances([scores], [np.zeros(len(scores), dtype=np.int64)])
    chance = 1.0 - np.array(none)
    at = int(chance.argmax())
    start, end = at, at + 1
    while start > 0 and chance[start - 1] >= AROUND * chance[at]:
        start -= 1
    while end < len(chance) and chance[end] >= AROUND * chance[at]:
        end += 1
    return start, end


def _spans(scores: Floats, tags: Ints, labels: tuple[str, ...]) -> tuple[NamedSpan, ...]:
    if not tags.any():
        return ()
    (sure,) = chances([scores], [tags])
    return tuple(NamedSpan(start, end, label, min(sure[start:end])) for start, end, label in spans_of(tags, labels))
