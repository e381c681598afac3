"""How sure a position is as a whole: the chance that all that is told of it is right.

That is that the words show a position at all, and that its side, its issue and its option are those a reader would
name; an issue or option that is left open is not told, and cannot be wrong. Another question than which side it is
(`side_confidence`). What tells it: how sure it is that a side is taken, and which, how sure the issue is, how far the
option leads the next one, and how many words show it. A logistic curve over these, fitted on reports of annotated texts
that the model had not learned from (`training.calibrate_positions`), gives a chance that can be taken at its word;
`data/model/positions.json` holds the coefficients and what they were fitted on.
"""

from __future__ import annotations

import math
from dataclasses import astuple, dataclass
from functools import cache

from legation.coding import curves

LEAST = 1e-3
"""The least log-odds are those of this chance."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What words are about: an issue and an option of it, each None where not known; `confidence` is the chance that
    the issue is the right one, `lead` how much more weighs for the option than for the next, from 0."""

    issue: str | None = None
    option: str | None = None
    confidence: float = 0.0
    lead: float = 0.0


@dataclass(frozen=True, slots=True)
class PositionCurve:
    """Coefficients of the curve: a constant, then those of `features` in their order."""

    bias: float
    side: float
    mixed: float
    no_issue: float
    issue: float
    no_option: float
    lead: float
    words: float
    taken: float

    def chance(self, side: float | None, matter: Matter, words: int, taken: float) -> float:
        """The chance that all of a position is right, from 0 to 1, whose side is as sure as `side` (None for both sides
        at once), which so many words show, where one is taken at all with the chance `taken`."""
        found = (1.0, *features(side, matter, words, taken))
        return curves.logistic(sum(a * b for a, b in zip(astuple(self), found, strict=True)))


def features(side: float | None, matter: Matter, words: int, taken: float) -> tuple[float, ...]:
    """What the curve is over: log-odds of the side, whether it is mixed; whether no issue is known, else the log-odds
    of the issue; whether of a known one the option is open, else the log of its lead; the log of the words; log-odds of
    a side's being taken at all."""
    issue, option = matter.issue is not None, matter.option is not None
    return (
        curves.log_odds(side, LEAST) if side is not None else 0.0,
        float(side is None),
        float(not issue),
        curves.log_odds(matter.confidence, LEAST) if issue else 0.0,
        float(issue and not option),
        math.log1p(matter.lead) if option else 0.0,
        math.log(max(words, 1)),
        curves.log_odds(taken, LEAST),
    )


@cache
def load_position_curve() -> PositionCurve:
    """The shipped coefficients. Raises ModelError where they are missing or damaged."""
    names = PositionCurve.__slots__
    return PositionCurve(*curves.load_coefficients("positions.json", *names))
