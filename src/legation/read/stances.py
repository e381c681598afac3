"""From the scores of stances to stance marks: what a speaker does, the words that show his side, whom he praises or
blames."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from legation.read.model import Floats, Ints, Labels, Said, Scores
from legation.read.spans import chances, decode_rows, spans_of
from legation.records import NamedSpan, StanceMark

SHOWN = 0.7
"""Words show a side where one of them does so with at least this chance."""


class StanceMarker:
    """Reads the marks of sentences off their scores."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels

    def read(self, scores: Sequence[Scores]) -> list[tuple[StanceMark, ...]]:
        """The marks of each sentence, in order of their words."""
        every = [said for found in scores for said in found.said]
        sides, attitudes = decode_rows([s.sides for s in every]), decode_rows([s.attitudes for s in every])
        marks = iter([self._mark(*row) for row in zip(every, sides, attitudes, strict=True)])
        return [tuple(sorted((next(marks) for _ in found.said), key=_word)) for found in scores]

    def _mark(self, said: Said, sides: Ints, attitudes: Ints) -> StanceMark:
        act = int(said.acts.argmax())
        return StanceMark(
            said.word,
            self._labels.acts[act],
            float(said.acts[act]),
            _sides(said.sides, sides, self._labels.sides),
            _spans(said.attitudes, attitudes, self._labels.attitudes),
        )


def _word(mark: StanceMark) -> int:
    return mark.word


def _sides(scores: Floats, tags: Ints, labels: tuple[str, ...]) -> tuple[NamedSpan, ...]:
    """The words that show a side, each with how sure it is that it is this side and no other, if it is one.

    Where they begin and end is a matter of taste, and says nothing of that.
    """
    if not tags.any():
        return ()
    chances = np.exp(scores - scores.max(1, keepdims=True))
    chances /= chances.sum(1, keepdims=True)
    found = []
    for start, end, label in spans_of(tags, labels):
        own = 1 + 2 * labels.index(label)
        any_side = 1.0 - chances[start:end, 0]
        if any_side.max() >= SHOWN:
            found.append(NamedSpan(start, end, label, float(chances[start:end, own : own + 2].sum() / any_side.sum())))
    return tuple(found)


def _spans(scores: Floats, tags: Ints, labels: tuple[str, ...]) -> tuple[NamedSpan, ...]:
    if not tags.any():
        return ()
    (sure,) = chances([scores], [tags])
    return tuple(NamedSpan(start, end, label, min(sure[start:end])) for start, end, label in spans_of(tags, labels))
