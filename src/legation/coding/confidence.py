"""How sure an event is: the chance that its type, its actor and its recipient are all right.

The model's own probabilities are too bold, and most so where roles are unsure. A logistic curve over three of its
features, fitted on sentences it had not learned from (`training.calibrate`), gives a chance that can be taken at its
word; `data/model/calibration.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from legation.coding.curves import load_coefficients, log_odds, logistic
from legation.records import EventMark

LEAST = 1e-4
"""What a probability counts at least, so that it has a logarithm."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients of the curve; `report` is the least chance of a type at which an event is reported."""

    bias: float
    type: float
    margin: float
    roles: float
    report: float

    def chance(self, mark: EventMark) -> float:
        """The chance that a mark is right, from 0 to 1."""
        return logistic(
            self.bias + sum(weight * value for weight, value in zip(self.weights, features(mark), strict=True))
        )

    def words(self, mark: EventMark) -> str:
        """How the chance comes about, in words."""
        parts = zip(("type", "lead", "roles"), self.weights, features(mark), strict=True)
        sum_ = " ".join(f"{weight:+.2f} x {value:.2f} ({name})" for name, weight, value in parts)
        return f"logistic({self.bias:.2f} {sum_}) = {self.chance(mark):.2f}"

    @property
    def weights(self) -> tuple[float, float, float]:
        """The coefficients of `features`, in order."""
        return self.type, self.margin, self.roles


def features(mark: EventMark) -> tuple[float, float, float]:
    """Log-odds of the type, the lead over the next possibility in log-odds, and the log of the roles' probability."""
    rival = max((score for _, score in mark.rivals), default=0.0)
    lead = math.log((mark.score + LEAST) / (rival + LEAST))
    return log_odds(mark.score, LEAST), lead, math.log(mark.role_score + LEAST)


@cache
def load_calibration() -> Calibration:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    return Calibration(*load_coefficients("calibration.json", "bias", "type", "margin", "roles", "report"))
