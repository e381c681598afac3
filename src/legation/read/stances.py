"""From the scores of stances to stance marks: what a speaker does, the words that show his side, whom he praises or
blames."""

from __future__ import annotations

from collections.abc import Sequence

from legation.read.model import Floats, Ints, Labels, Scores
from legation.read.spans import certainty, decode_rows, spans_of
from legation.records import NamedSpan, StanceMark

SIDES = ("FOR", "AGAINST", "MIXED")


class StanceMarker:
    """Reads the marks of sentences off their scores."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        known = [side for side in SIDES if side in labels.roles]
        self._columns = [0, *(1 + 2 * labels.roles.index(side) + inside for side in known for inside in (0, 1))]

    def read(self, scores: Sequence[Scores]) -> list[tuple[StanceMark, ...]]:
        """The marks of each sentence, in order of their words; none of a model that learned no stances."""
        sides = [row[:, self._columns] for found in scores for _, row, _, _ in found.stances]
        toward = [row for found in scores for _, _, row, _ in found.stances]
        decoded = zip(sides, decode_rows(sides), toward, decode_rows(toward), strict=True)
        return [
            tuple(sorted((self._mark(word, acts, *next(decoded)) for word, _, _, acts in found.stances), key=_word))
            for found in scores
        ]

    def _mark(
        self, word: int, acts: Floats, sides: Floats, side_tags: Ints, toward: Floats, toward_tags: Ints
    ) -> StanceMark:
        act = int(acts.argmax())
        return StanceMark(
            word,
            self._labels.acts[act],
            float(acts[act]),
            _spans(sides, side_tags, SIDES),
            _spans(toward, toward_tags, self._labels.attitudes),
        )


def _word(mark: StanceMark) -> int:
    return mark.word


def _spans(scores: Floats, tags: Ints, labels: tuple[str, ...]) -> tuple[NamedSpan, ...]:
    return tuple(
        NamedSpan(start, end, label, certainty(scores[start:end], tags[start:end]))
        for start, end, label in spans_of(tags, labels)
    )
