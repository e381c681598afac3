"""Which positions are shown where nobody says how sure they must be."""

from __future__ import annotations

from dataclasses import replace

from factories import strait_report

from legation.records import Position, Span
from legation.sureness import LEAST_CONFIDENCE, is_sure, sure, sure_report


def held(confidence: float | None) -> Position:
    return Position("sanctions", "relieve", "for", Span(0, 4, "lift"), confidence)


def test_a_side_is_shown_from_the_confidence_that_is_asked_for() -> None:
    at, below = held(LEAST_CONFIDENCE), held(LEAST_CONFIDENCE - 0.01)
    assert sure([below, at]) == (at,)
    assert sure([below, at], 0.5) == (below, at)
    assert sure([at], LEAST_CONFIDENCE + 0.01) == ()


def test_what_has_no_confidence_is_always_shown() -> None:
    assert is_sure(held(None), 1.0)


def test_a_report_keeps_all_but_the_sides_that_are_not_sure() -> None:
    report = strait_report()
    said = replace(report.statements[0], positions=(held(0.7), held(0.95)))
    other = replace(report, statements=(said, *report.statements[1:]))
    assert sure_report(other).statements == (replace(said, positions=(held(0.95),)), *report.statements[1:])
    assert sure_report(report) == report
