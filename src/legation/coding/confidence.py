"""How sure an event is: the chance that its type, its actor and its recipient are all right.

The model's own probabilities are too bold, and most so where roles are unsure. A logistic curve over three of its
features, fitted on sentences it had not learned from (`training.calibrate`), gives a chance that can be taken at its
word; `data/model/calibration.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from legation.errors import ModelError
from legation.records import EventMark


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
        score = self.bias + sum(weight * value for weight, value in zip(self.weights, features(mark), strict=True))
        return 1.0 / (1.0 + math.exp(-score))

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
    return _log_odds(mark.score), math.log((mark.score + 1e-4) / (rival + 1e-4)), math.log(mark.role_score + 1e-4)


def _log_odds(chance: float) -> float:
    bounded = min(max(chance, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))


@cache
def load_calibration() -> Calibration:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    path = files("legation") / "data" / "model" / "calibration.json"
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return Calibration(*(float(table[name]) for name in ("bias", "type", "margin", "roles", "report")))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The table calibration.json is damaged ({error}). Install the package again.") from error
