"""Fits how sure a position is as a whole on the dev part of `corpus/positions`, which the model has not learned from.

    python -m training.calibrate_positions [--model FOLDER]

writes positions.json beside the model. The curve is a logistic regression on the positions of reports: whether all that
is told of one is right, by `evals.stances` (`training.calibrate_sides` goes first: which are told rests on it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from evals.stances import same_positions, same_statements, with_right
from legation.coding.coder import code
from legation.coding.position_confidence import Matter, PositionCurve, features
from legation.coding.stances import IssueOf
from legation.positions.library import shipped_library
from legation.positions.matching import Matcher
from legation.positions.telling import telling
from legation.records import Reading
from training.calibrate import asked_folder, fit, write_coefficients
from training.calibrate_sides import marked_sides, read_dev
from training.position_corpus import Record, Span


@dataclass(frozen=True, slots=True)
class JudgedPosition:
    """What the curve is over, of a position that a report has, and whether all that is told of it is right."""

    features: tuple[float, ...]
    right: bool


def judge(records: Sequence[Record], readings: Sequence[Reading]) -> list[JudgedPosition]:
    """Judges the positions that are told of readings, one a record."""
    issue_of = telling(Matcher(shipped_library()))
    return [one for pair in zip(records, readings, strict=True) for one in _judged(*pair, issue_of)]


def _judged(record: Record, reading: Reading, issue_of: IssueOf) -> Iterator[JudgedPosition]:
    matters: dict[str, Matter] = {}

    def told(evidence: str, content: str, context: str) -> Matter:
        matters[evidence] = issue_of(evidence, content, context)
        return matters[evidence]

    report, taken = code(reading, issue_of=told), _taken(reading)
    pairs = same_positions(record, report, set(same_statements(record, report)))
    for position, right in with_right(report, pairs):
        words = len(position.evidence.text.split())
        evidence, matter = position.evidence, matters[position.evidence.text]
        yield JudgedPosition(features(position.confidence, matter, words, taken[evidence.start, evidence.end]), right)


def _taken(reading: Reading) -> dict[Span, float]:
    """The chance that a side is taken at all, by the place of the words that show it; of several the highest."""
    found: dict[Span, float] = {}
    for _, mark, _, place in marked_sides(reading):
        found[place] = max(mark.taken, found.get(place, 0.0))
    return found


def main() -> None:
    """Fits and writes."""
    folder = asked_folder(__doc__)
    records, readings = read_dev(folder)
    judged = judge(records, readings)
    fitted = fit(np.array([one.features for one in judged]), np.array([float(one.right) for one in judged]))
    weights = {field.name: round(float(w), 4) for field, w in zip(fields(PositionCurve), fitted, strict=True)}
    known = f"{len(judged)} positions of {len(records)} texts, corpus/positions dev"
    note = f"Fitted by training.calibrate_positions on {known}."
    write_coefficients(folder / "positions.json", {**weights, "note": note})


if __name__ == "__main__":
    main()
