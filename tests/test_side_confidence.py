"""How sure a side is, and what the words that show it say of it."""

from __future__ import annotations

from itertools import pairwise

import pytest

from legation.coding.side_confidence import load_side_curve, terms_of, words_for
from legation.sureness import LEAST_CONFIDENCE


def test_the_shipped_curve_rises_with_the_share_and_with_the_words() -> None:
    curve = load_side_curve()
    for chances in (
        [curve.chance(share / 100, 0.5) for share in range(0, 101, 5)],
        [curve.chance(0.8, words / 10) for words in range(-40, 41, 5)],
    ):
        assert all(one < other for one, other in pairwise(chances))
        assert chances[0] > 0.0 and chances[-1] < 1.0


def test_what_is_told_begins_below_what_is_shown_and_above_a_toss() -> None:
    curve = load_side_curve()
    assert 0.5 < curve.report < LEAST_CONFIDENCE < curve.chance(1.0, 0.0)


def test_an_evidence_is_known_by_words_pairs_and_act() -> None:
    assert terms_of(["Not", "to", "go"], "reject") == {"not", "to", "go", "not to", "to go", "act:reject"}
    assert terms_of([], "state") == {"act:state"}


@pytest.mark.parametrize(
    ("words", "act", "stance"),
    [
        ("no place for the ceasefire", "reject", "against"),
        ("must not be lifted", "state", "against"),
        ("welcomed the ceasefire", "praise", "for"),
        ("must be lifted", "demand", "for"),
    ],
)
def test_words_speak_for_one_side_as_much_as_against_the_other(words: str, act: str, stance: str) -> None:
    other = "for" if stance == "against" else "against"
    assert words_for(stance, words.split(), act) > 0.5
    assert words_for(other, words.split(), act) == -words_for(stance, words.split(), act)


def test_words_in_capitals_say_the_same() -> None:
    assert words_for("for", ["LIFT", "them"], "demand") == words_for("for", ["lift", "them"], "demand")
