"""How sure the side of a position must be to be shown, where the reader does not say.

A report keeps sides from a low certainty on, each with its confidence. Whoever counts or lists positions takes those
from `LEAST_CONFIDENCE` on unless asked for more or fewer.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol, TypeVar

from legation.records import Report

LEAST_CONFIDENCE = 0.91
"""The confidence from which sides are shown by default."""
LEAST_WHOLE = 0.35
"""The chance that all is right that a position tells, from which it is counted by default."""


class Held(Protocol):
    """A position with its confidence, None where it has none."""

    @property
    def confidence(self) -> float | None:
        """The chance that its side is the right one."""


OfPosition = TypeVar("OfPosition", bound=Held)


def is_sure(position: Held, least: float = LEAST_CONFIDENCE) -> bool:
    """Whether a position is at least so sure; one without a confidence always is: "mixed" is on no side, and what told
    none told sure sides alone."""
    return position.confidence is None or position.confidence >= least


def sure(positions: Iterable[OfPosition], least: float = LEAST_CONFIDENCE) -> tuple[OfPosition, ...]:
    """Those of some positions that are at least so sure."""
    return tuple(position for position in positions if is_sure(position, least))


def sure_report(report: Report, least: float = LEAST_CONFIDENCE) -> Report:
    """A report with those positions alone that are at least so sure."""
    return replace(
        report, statements=tuple(replace(said, positions=sure(said.positions, least)) for said in report.statements)
    )
