"""How sure a position is as a whole."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.coding.position_confidence import Matter, features, load_position_curve

KNOWN = Matter("sanctions", "relieve", 0.8, 2.0)
OPEN = Matter("sanctions", None, 0.8)


def test_the_shipped_curve_rises_with_all_that_speaks_for_a_position() -> None:
    curve = load_position_curve()
    for chances in (
        [curve.chance(side / 100, KNOWN, 3, 0.8) for side in range(70, 101, 5)],
        [curve.chance(0.9, Matter("sanctions", "relieve", sure / 100, 2.0), 3, 0.8) for sure in range(40, 101, 10)],
        [curve.chance(0.9, Matter("sanctions", "relieve", 0.8, lead), 3, 0.8) for lead in (0.1, 0.5, 1.0, 4.0, 20.0)],
        [curve.chance(0.9, KNOWN, words, 0.8) for words in (1, 2, 4, 8, 16)],
        [curve.chance(0.9, KNOWN, 3, taken / 100) for taken in range(50, 101, 10)],
    ):
        assert all(one < other for one, other in pairwise(chances))
        assert chances[0] > 0.0 and chances[-1] < 1.0


def test_an_option_left_open_cannot_be_wrong() -> None:
    curve = load_position_curve()
    hardly = Matter("sanctions", "relieve", 0.8, 0.1)
    assert curve.chance(0.9, OPEN, 3, 0.8) > curve.chance(0.9, hardly, 3, 0.8)


@pytest.mark.parametrize(
    ("side", "matter", "words", "taken", "expected"),
    [
        (0.5, Matter("sanctions", "relieve", 0.5, 0.0), 1, 0.5, (0, 0, 0, 0, 0, 0, 0, 0)),
        (None, Matter("sanctions", None, 0.5), 1, 0.5, (0, 1, 0, 0, 1, 0, 0, 0)),
        (0.5, Matter(), 0, math.e / (1 + math.e), (0, 0, 1, 0, 0, 0, 0, 1)),
    ],
)
def test_a_curve_is_over_what_is_known(
    side: float | None, matter: Matter, words: int, taken: float, expected: tuple[float, ...]
) -> None:
    assert features(side, matter, words, taken) == pytest.approx(expected)


@given(
    st.none() | st.floats(0, 1), st.floats(0, 1), st.floats(0, 1e6), st.integers(0, 10_000), st.floats(0, 1),
    st.booleans(),
)  # fmt: skip
def test_whatever_is_known_it_is_a_chance(
    side: float | None, sure: float, lead: float, words: int, taken: float, option: bool
) -> None:
    matter = Matter("sanctions", "relieve", sure, lead) if option else Matter("sanctions", None, sure)
    assert 0.0 < load_position_curve().chance(side, matter, words, taken) < 1.0
