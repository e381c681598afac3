"""How sure an event is: the chance that its type, its actor and its recipient are all right.

The model's own probabilities are too bold, and most so where roles are unsure, and where a word seldom tells what it is
taken to tell. Two logistic curves over the same features, fitted on sentences that the model had not learned from
(`training.calibrate`), give chances that can be taken at their word: that a type is right, by which marks are reported,
and that the roles are right besides. `data/model/calibration.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from functools import cache

from legation.coding.curves import load_coefficients, log_odds, logistic
from legation.records import EventMark
from legation.shipped import read_table

LEAST = 1e-4
"""What a probability counts at least, so that it has a logarithm."""
LEAST_SHARE = 0.01
"""The same of a word's share."""
RARE = 0.02
"""The share of a word that is not known to tell a type."""
FEATURES = ("type", "lead", "roles", "word")


@dataclass(frozen=True, slots=True)
class Curve:
    """Coefficients of a logistic curve over `features`."""

    bias: float
    type: float
    margin: float
    roles: float
    word: float

    def chance(self, mark: EventMark, word: str) -> float:
        """The chance that a mark on a word is right, from 0 to 1."""
        pairs = zip(self.weights, features(mark, word), strict=True)
        return logistic(self.bias + sum(weight * value for weight, value in pairs))

    def words(self, mark: EventMark, word: str) -> str:
        """How the chance comes about, in words."""
        parts = zip(FEATURES, self.weights, features(mark, word), strict=True)
        sum_ = " ".join(f"{weight:+.2f} x {value:.2f} ({name})" for name, weight, value in parts)
        return f"logistic({self.bias:.2f} {sum_}) = {self.chance(mark, word):.2f}"

    @property
    def weights(self) -> tuple[float, float, float, float]:
        """The coefficients of `features`, in order."""
        return self.type, self.margin, self.roles, self.word


NAMES = tuple(field.name for field in fields(Curve))
TOLD = "told_{}"
"""The coefficients of a curve by name, and what those of the curve of what is told are called in the file."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """The curve of a type that is `told`, and the one of all that is `right`; `report` is the least chance of a type at
    which an event is reported."""

    right: Curve
    told: Curve
    report: float

    def reports(self, mark: EventMark, word: str) -> bool:
        """Whether a mark on a word is sure enough to be told."""
        return self.told.chance(mark, word) >= self.report


def features(mark: EventMark, word: str) -> tuple[float, float, float, float]:
    """Log-odds of the type, the lead over the next possibility in log-odds, the log of the roles' probability, and the
    log-odds that the word tells such an event."""
    rival = max((score for _, score in mark.rivals), default=0.0)
    lead = math.log((mark.score + LEAST) / (rival + LEAST))
    share = _shares().get((word.lower(), mark.type), RARE)
    return log_odds(mark.score, LEAST), lead, math.log(mark.role_score + LEAST), log_odds(share, LEAST_SHARE)


@cache
def load_calibration() -> Calibration:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    *found, report = load_coefficients("calibration.json", *NAMES, *map(TOLD.format, NAMES), "report")
    return Calibration(Curve(*found[: len(NAMES)]), Curve(*found[len(NAMES) :]), report)


@cache
def _shares() -> dict[tuple[str, str], float]:
    """How often a word, in small letters, tells an event of a type, where it is known to."""
    return {(row["word"], row["type"]): float(row["share"]) for row in read_table("telling_words.csv")}
