"""Precision, recall and F1 from counts, for whatever is right only when it is found exactly."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)
Labelled = tuple[int, int, str]
"""Start, end (exclusive) and label of a span."""
Placed = AbstractSet[tuple[Hashable, str]]
"""The units of one sentence: where each stands, in whatever terms, and its label."""
BINS = 10
"""Into which confidences fall, of equal width."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many units the gold standard has, how many were predicted, and how many of these are right.

    The shares go from 0 to 1. Where there was nothing to find and nothing was found, they are 1.
    """

    right: int = 0
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.gold + other.gold, self.predicted + other.predicted)

    @property
    def precision(self) -> float:
        """The share of what was predicted that is right."""
        return self._share(self.right, self.predicted)

    @property
    def recall(self) -> float:
        """The share of the gold standard that was found."""
        return self._share(self.right, self.gold)

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return self._share(2 * self.right, self.gold + self.predicted)

    def _share(self, part: int, whole: int) -> float:
        return part / whole if whole else float(not self.gold and not self.predicted)


def count_matches(gold: Sequence[AbstractSet[Item]], predicted: Sequence[AbstractSet[Item]]) -> Counts:
    """Counts over sentences (or articles) in the same order. Raises ValueError where their numbers differ."""
    right = sum(len(one & other) for one, other in zip(gold, predicted, strict=True))
    return Counts(right, sum(map(len, gold)), sum(map(len, predicted)))


def count_by_label(gold: Sequence[Placed], predicted: Sequence[Placed]) -> dict[str, Counts]:
    """Counts of each label that either side has, the one with most in the gold standard first."""
    labels = {label for units in (*gold, *predicted) for _, label in units}
    found = {label: count_matches(_only(label, gold), _only(label, predicted)) for label in labels}
    return dict(sorted(found.items(), key=lambda item: (-item[1].gold, item[0])))


def _only(label: str, sentences: Sequence[Placed]) -> list[set[Hashable]]:
    return [{place for place, own in units if own == label} for units in sentences]


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error of confidences, each with whether it was right (Guo et al., 2017); 0 of none."""
    total = 0.0
    for low in range(BINS):
        own = [(c, right) for c, right in sure if low <= min(c * BINS, BINS - 1e-9) < low + 1]
        if own:
            total += abs(sum(c for c, _ in own) - sum(right for _, right in own))
    return total / len(sure) if sure else 0.0
