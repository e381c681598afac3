"""Voices made by hand; every name is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from legation.positions.voices import Stance, Voice
from legation.records import Position, Report


def unsure(report: Report, confidence: float, whole: float | None = None) -> Report:
    """A report all of whose positions have that confidence in their side, and that one as a whole."""
    return replace(
        report,
        statements=tuple(
            replace(said, positions=tuple(_told(one, confidence, whole) for one in said.positions))
            for said in report.statements
        ),
    )


def _told(one: Position, confidence: float, whole: float | None) -> Position:
    return replace(one, confidence=confidence, whole_confidence=whole)


def voice(
    actor: str,
    option: str,
    stance: Stance,
    day: str | None = "2031-03-01",
    *,
    issue: str = "tariffs",
    article: str = "a",
) -> Voice:
    """A voice of an official without anything else known."""
    return Voice(
        actor=actor, kind="person", country="VAL", role="minister", affiliation=None, issue=issue, option=option,
        stance=stance, day=date.fromisoformat(day) if day else None, article=article, title=None, source=None, url=None,
        statement="s1", act="state", evidence=f"{stance} {option}", start=0, end=4, words="...", confidence=0.9,
    )  # fmt: skip
