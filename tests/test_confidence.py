"""A confidence is a chance, and grows with what speaks for an event."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from legation.coding.confidence import Calibration, load_calibration
from legation.records import EventMark

MARK = EventMark(0, "AID", 0.9, None, 0.9, "actual", 0.9, (), ((0, 1),), (), 0.9, (("", 0.05),))
CHANCES = st.floats(0.0, 1.0)


@given(CHANCES, CHANCES, CHANCES)
def test_any_mark_has_a_chance_between_nothing_and_certainty(score: float, roles: float, rival: float) -> None:
    mark = replace(MARK, score=score, role_score=roles, rivals=(("", rival),))
    assert 0.0 < load_calibration().chance(mark) < 1.0


@given(CHANCES, CHANCES)
def test_surer_roles_never_make_an_event_less_sure(one: float, other: float) -> None:
    low, high = sorted((one, other))
    curve = load_calibration()
    assert curve.chance(replace(MARK, role_score=low)) <= curve.chance(replace(MARK, role_score=high))


def test_a_mark_without_rivals_has_a_chance_too() -> None:
    assert 0.0 < load_calibration().chance(replace(MARK, rivals=())) < 1.0


def test_the_words_show_the_sum_and_its_result() -> None:
    curve = Calibration(bias=0.0, type=1.0, margin=0.0, roles=0.0, report=0.5)
    assert curve.chance(MARK) - 0.9 < 1e-6
    assert curve.words(MARK).startswith("logistic(0.00 +1.00 x 2.20 (type)") and curve.words(MARK).endswith("= 0.90")


def test_the_shipped_threshold_is_a_chance() -> None:
    assert 0.1 <= load_calibration().report <= 0.9
