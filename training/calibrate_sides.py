"""Fits how sure a side is on the dev part of `corpus/positions`, which the model has not learned from.

    python -m training.calibrate_sides [--model FOLDER]

writes sides.json beside the model. The curve is a logistic regression on the sides that are marked where the annotators
take one too: how often these are the same, by the model's share and by what the words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from evals.events import places
from legation.coding.side_confidence import log_odds
from legation.coding.stances import SIDES, said_for
from legation.read.model import LanguageModel
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter
from legation.records import NamedSpan, Reading, Sentence, StanceMark, Text
from training.calibrate import asked_folder, fit, write_coefficients
from training.position_corpus import Position, Record, Span
from training.position_corpus import read as read_positions

REPORT = 0.72
"""The chance from which a side is told: below, it is hardly chosen."""


@dataclass(frozen=True, slots=True)
class JudgedSide:
    """A side that the model marks where the annotators take one: its share among the sides, what its words say for it,
    and whether it is theirs."""

    share: float
    words: float
    right: bool


def judge(records: Sequence[Record], readings: Sequence[Reading]) -> list[JudgedSide]:
    """Judges the sides for and against of readings, one a record, by the side whose evidence they share most with."""
    found = []
    for record, reading in zip(records, readings, strict=True):
        gold = [p for said in record.statements for p in said.positions if p.stance != "mixed"]
        for sentence, mark, side, (start, end) in marked_sides(reading):
            best = max(gold, key=lambda own: _common(own, start, end), default=None)
            if side.label != "MIXED" and best is not None and _common(best, start, end) > 0:
                right = SIDES[side.label] == best.stance
                found.append(JudgedSide(side.score, said_for(side, mark, sentence), right))
    return found


def marked_sides(reading: Reading) -> Iterator[tuple[Sentence, StanceMark, NamedSpan, Span]]:
    """Each side that is marked, with its sentence, its mark and its place in the text."""
    for sentence in reading.sentences:
        for mark in sentence.stances:
            for side in mark.sides:
                (place,) = places(sentence, [(side.start, side.end)])
                yield sentence, mark, side, place


def _common(gold: Position, start: int, end: int) -> int:
    """Characters that the evidence shares with a stretch; none or less where they do not meet."""
    return min(gold.evidence[1], end) - max(gold.evidence[0], start)


def read_dev(folder: Path) -> tuple[list[Record], list[Reading]]:
    """The texts of dev, and what the model of a folder reads in them."""
    records = [record for record in read_positions() if record.split == "dev"]
    reader = TextReader(LanguageModel(folder), SentenceSplitter.load())
    return records, reader.read_together([Text(record.text) for record in records])


def main() -> None:
    """Fits and writes."""
    folder = asked_folder(__doc__)
    records, readings = read_dev(folder)
    judged = judge(records, readings)
    values = np.array([[log_odds(one.share), one.words] for one in judged])
    fitted = fit(values, np.array([float(one.right) for one in judged]))
    weights = {name: round(float(w), 4) for name, w in zip(("bias", "share", "words"), fitted, strict=True)}
    note = f"Fitted by training.calibrate_sides on {len(judged)} sides of {len(records)} texts, corpus/positions dev."
    write_coefficients(folder / "sides.json", {**weights, "report": REPORT, "note": note})


if __name__ == "__main__":
    main()
