"""The table of actors and options, moves, and the figure of polarisation."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from positions import voice

from legation.positions.standing import divisions, moves, polarisation, standings


def test_the_table_counts_what_each_said_of_each_option() -> None:
    table = standings(
        [
            voice("Bo", "cut", "against", "2031-05-01"),
            voice("Ada", "cut", "for", "2031-04-01"),
            voice("Ada", "cut", "mixed", None),
            voice("Ada", "cut", "for", "2031-02-01"),
            voice("Ada", "raise", "against"),
        ]
    )
    assert [(s.actor, s.option, s.count("for"), s.count("against"), s.count("mixed"), s.side) for s in table] == [
        ("Ada", "cut", 2, 0, 1, "for"),
        ("Bo", "cut", 0, 1, 0, "against"),
        ("Ada", "raise", 0, 1, 0, "against"),
    ]
    assert table[0].days == (date(2031, 2, 1), date(2031, 4, 1))
    assert [v.day for v in table[0].voices] == [date(2031, 2, 1), date(2031, 4, 1), None]


def test_who_says_as_much_for_as_against_is_on_neither_side() -> None:
    (both,) = standings([voice("Ada", "cut", "for", None), voice("Ada", "cut", "against", None)])
    assert (both.side, both.days) == ("mixed", (None, None))


def test_a_move_is_the_last_word_before_and_the_first_after() -> None:
    said = [
        voice("Ada", "cut", "for", "2031-01-01"),
        voice("Ada", "cut", "for", "2031-02-01"),
        voice("Ada", "cut", "mixed", "2031-02-15"),
        voice("Ada", "cut", "against", "2031-03-01"),
        voice("Ada", "cut", "against", "2031-04-01"),
        voice("Bo", "cut", "for", "2031-01-01"),
    ]
    (move,) = moves(reversed(said))
    assert (move.before, move.after) == (said[1], said[3])


@pytest.mark.parametrize(
    "days",
    [
        [("for", "2031-01-01"), ("against", "2031-01-01")],
        [("for", "2031-01-01"), ("against", None)],
        [("for", "2031-01-01"), ("mixed", "2031-02-01")],
    ],
)
def test_one_day_an_unknown_day_and_both_sides_at_once_are_no_move(days: list[tuple[str, str | None]]) -> None:
    assert moves([voice("Ada", "cut", stance, day) for stance, day in days]) == []  # type: ignore[arg-type]


def test_the_index_of_polarisation() -> None:
    assert polarisation([5, 5]) == 1.0
    assert polarisation([7, 0, 0]) == 0.0 == polarisation([])
    assert polarisation([4, 4, 4]) == pytest.approx(8 / 9)
    assert polarisation([9, 1]) == pytest.approx(4 * (0.81 * 0.1 + 0.01 * 0.9))


@given(st.lists(st.integers(0, 50), max_size=3))
def test_the_index_lies_between_nought_and_one_and_size_does_not_matter(camps: list[int]) -> None:
    assert 0.0 <= polarisation(camps) <= 1.0 + 1e-12
    assert polarisation([3 * size for size in camps]) == pytest.approx(polarisation(camps))


def test_each_actor_is_one_voice_in_the_division() -> None:
    said = [*(voice("Ada", "cut", "for") for _ in range(9)), voice("Bo", "cut", "against"), voice("Cy", "cut", "mixed")]
    (division,) = divisions(standings(said))
    assert (division.for_it, division.against, division.neither) == (1, 1, 1)
    assert division.polarisation == pytest.approx(8 / 9)
