"""How sure a side is."""

from __future__ import annotations

from itertools import pairwise

from legation.coding.side_confidence import load_side_curve
from legation.sureness import LEAST_CONFIDENCE


def test_the_shipped_curve_rises_and_gives_chances() -> None:
    curve = load_side_curve()
    chances = [curve.chance(share / 100) for share in range(0, 101, 5)]
    assert all(one < other for one, other in pairwise(chances))
    assert chances[0] > 0.0 and chances[-1] < 1.0


def test_what_is_told_begins_below_what_is_shown_and_above_a_toss() -> None:
    curve = load_side_curve()
    assert 0.5 < curve.chance(curve.report) < LEAST_CONFIDENCE < curve.chance(1.0)
