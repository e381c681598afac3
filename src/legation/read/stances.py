"""From the scores of stances to stance marks: what a speaker does, the words that show his side, whom he praises or
blames."""

from __future__ import annotations

from collections.abc import Sequence

from legation.read.model import Floats, Ints, Labels, Said, Scores
from legation.read.spans import certainty, decode_rows, spans_of
from legation.records import NamedSpan, StanceMark


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
            _spans(said.sides, sides, self._labels.sides),
            _spans(said.attitudes, attitudes, self._labels.attitudes),
        )


def _word(mark: StanceMark) -> int:
    return mark.word


def _spans(scores: Floats, tags: Ints, labels: tuple[str, ...]) -> tuple[NamedSpan, ...]:
    return tuple(
        NamedSpan(start, end, label, certainty(scores[start:end], tags[start:end]))
        for start, end, label in spans_of(tags, labels)
    )
