"""A confidence is a chance, and grows with what speaks for an event."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.coding.confidence import LEAST_SHARE, RARE, Curve, features, load_calibration
from legation.coding.curves import log_odds
from legation.records import EventMark

MARK = EventMark(0, "AID", 0.9, None, 0.9, "actual", 0.9, (), ((0, 1),), (), 0.9, (("", 0.05),))
CHANCES = st.floats(0.0, 1.0)


@given(CHANCES, CHANCES, CHANCES)
def test_any_mark_has_a_chance_between_nothing_and_certainty(score: float, roles: float, rival: float) -> None:
    mark = replace(MARK, score=score, role_score=roles, rivals=(("", rival),))
    assert 0.0 < load_calibration().right.chance(mark, "sent") < 1.0


@given(CHANCES, CHANCES)
def test_surer_roles_never_make_an_event_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    curve = load_calibration().right
    assert curve.chance(replace(MARK, role_score=low), "sent") <= curve.chance(replace(MARK, role_score=high), "sent")


def test_a_mark_without_rivals_has_a_chance_too() -> None:
    assert 0.0 < load_calibration().right.chance(replace(MARK, rivals=()), "sent") < 1.0


def test_the_words_show_the_sum_and_its_result() -> None:
    curve = Curve(bias=0.0, type=1.0, margin=0.0, roles=0.0, word=0.0)
    assert curve.chance(MARK, "sent") - 0.9 < 1e-6
    words = curve.words(MARK, "sent")
    assert words.startswith("logistic(0.00 +1.00 x 2.20 (type)") and words.endswith("= 0.90")


def test_the_shipped_threshold_is_a_chance() -> None:
    assert 0.1 <= load_calibration().report <= 0.9


def test_a_word_that_often_tells_an_act_is_believed_sooner() -> None:
    unsure = replace(MARK, score=0.5, rivals=(("", 0.45),))
    told = load_calibration().told
    assert told.chance(unsure, "donated") > told.chance(unsure, "umbrella")


def test_a_word_tells_the_same_in_capitals_and_without_being_known_little() -> None:
    assert features(MARK, "Donated") == features(MARK, "donated")
    assert features(MARK, "umbrella")[3] == features(MARK, "zzyzx")[3] == pytest.approx(log_odds(RARE, LEAST_SHARE))
