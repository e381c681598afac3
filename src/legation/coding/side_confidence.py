"""How sure a side is: the chance that a speaker who takes one takes this one and not the other.

There are two witnesses. The model's own certainty is the share of a side among the sides. The words that show it, one
and two at a time, and the act of the statement have weights, learned from annotated statements (`training.side_words`).
A logistic curve over both, fitted on statements that neither had learned from (`training.calibrate_sides`), gives a
chance that can be taken at its word; `data/model/sides.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from legation.coding import curves
from legation.shipped import read_table


@dataclass(frozen=True, slots=True)
class SideCurve:
    """Coefficients of the curve; `report` is the least chance at which a side is told at all."""

    bias: float
    share: float
    words: float
    report: float

    def chance(self, share: float, words: float) -> float:
        """The chance that a side is the right one, from 0 to 1: its share among the sides, and what the words say for
        it in log-odds."""
        return curves.logistic(self.bias + self.share * log_odds(share) + self.words * words)


def log_odds(share: float) -> float:
    """The log-odds of a share, bounded where it is none or all."""
    return curves.log_odds(share, 1e-3)


def words_for(stance: str, words: Sequence[str], act: str) -> float:
    """What the words of an evidence and the act of its statement say for a stance, "for" or "against", in log-odds."""
    weights = _weights()
    found = sum(weights.get(term, 0.0) for term in sorted(terms_of(words, act)))
    return found if stance == "for" else -found


def terms_of(words: Sequence[str], act: str) -> frozenset[str]:
    """The terms of an evidence: its words in small letters, each two that follow one another, and the act."""
    small = [word.lower() for word in words]
    return frozenset((*small, *map(" ".join, pairwise(small)), f"act:{act}"))


@cache
def load_side_curve() -> SideCurve:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    return SideCurve(*curves.load_coefficients("sides.json", "bias", "share", "words", "report"))


@cache
def _weights() -> dict[str, float]:
    return {row["term"]: float(row["weight"]) for row in read_table("side_words.csv")}
