"""How sure a side is: the chance that a speaker who takes one takes this one and not the other.

The model's own certainty is the share of a side among the sides. A logistic curve over its log-odds, fitted on
statements it had not learned from (`training.calibrate_sides`), gives a chance that can be taken at its word;
`data/model/sides.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from legation.coding import curves


@dataclass(frozen=True, slots=True)
class SideCurve:
    """Coefficients of the curve; `report` is the least share at which a side is told at all."""

    bias: float
    share: float
    report: float

    def chance(self, share: float) -> float:
        """The chance that a side with that share among the sides is the right one, from 0 to 1."""
        return curves.logistic(self.bias + self.share * log_odds(share))


def log_odds(share: float) -> float:
    """The log-odds of a share, bounded where it is none or all."""
    return curves.log_odds(share, 1e-3)


@cache
def load_side_curve() -> SideCurve:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    return SideCurve(*curves.load_coefficients("sides.json", "bias", "share", "report"))
