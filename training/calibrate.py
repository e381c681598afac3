"""Fits the confidence of events on the corpus' dev part, which the model has not learned from.

    python -m training.calibrate [--model FOLDER]

writes calibration.json beside the model: two logistic regressions, of a type that is told (on all marks of some chance)
and of all that is right (on what is reported). The threshold, of the first, is the lowest of nearly the best F1 of
events (trigger and type) among those that raise few enough false alarms.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.counts import Counts
from evals.events import alike, places, touches
from legation.coding.confidence import TOLD, Curve, features
from legation.coding.events import with_parties
from legation.coding.phrases import Phrases
from legation.read.model import LEAST_CHANCE, LanguageModel
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter
from legation.records import EventMark, Reading, Text
from training.event_corpus import Sentence, part_of

FOLDER = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "model"
ALARMS = 0.05
"""The most events that may be told in a sentence without any, on average; we promise .06 on texts not fitted on."""
FLAT = 0.002
"""By how much F1 may lie under the best and still be as good."""
RIDGE = 0.05
POSSIBLE = 0.15
"""The least probability of a type from which the curve learns what is told."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A mark with a stated actor, and its word: whether its type, and whether its roles too are right; whether its
    sentence tells no event at all."""

    mark: EventMark
    word: str
    typed: bool
    right: bool
    alarm: bool = False


def judge(sentences: Sequence[Sentence], readings: Sequence[Reading]) -> list[Judged]:
    """Judges every mark of the readings against its sentence; marks on agentless gold events are left out."""
    found = []
    for sentence, reading in zip(sentences, readings, strict=True):
        for part in reading.sentences:
            phrases = Phrases(part, reading.text.body)
            for mark in (mark for mark in (with_parties(mark, phrases) for mark in part.events) if mark is not None):
                trigger = places(part, [(mark.word, mark.word + 1)])
                gold = [event for event in sentence.events if touches(trigger, [event.trigger])]
                if any(not event.actor for event in gold):
                    continue
                same = [event for event in gold if event.type == mark.type]
                right = any(
                    alike(places(part, mark.actor), [p.span for p in event.actor])
                    and alike(places(part, mark.recipient), [p.span for p in event.recipient])
                    for event in same
                )
                found.append(Judged(mark, part.tokens[mark.word].text, bool(same), right, not sentence.events))
    return found


def judged_by(model: LanguageModel, sentences: Sequence[Sentence]) -> list[Judged]:
    """What the model marks in the sentences, each read alone, judged."""
    reader = TextReader(model, SentenceSplitter.load())
    return judge(sentences, [reader.read(Text(s.text)) for s in sentences])


def stated_events(sentences: Sequence[Sentence]) -> int:
    """How many events the sentences tell of a stated actor."""
    return sum(bool(event.actor) for sentence in sentences for event in sentence.events)


def best_threshold(judged: Sequence[Judged], sentences: Sequence[Sentence], told: Curve) -> float:
    """The lowest chance of a type, by the curve `told`, of nearly the best F1, when what has less is not reported, of
    those that raise at most ALARMS in a sentence without events.

    The top of the curve is flat, and where on it the best lies is chance; what is told more has a low confidence.
    """
    gold, quiet = stated_events(sentences), sum(not sentence.events for sentence in sentences)
    scores = {}
    for threshold in (round(float(t), 2) for t in np.arange(0.2, 0.9, 0.02)):
        kept = reported(judged, told, threshold)
        if sum(j.alarm for j in kept) <= ALARMS * quiet:
            scores[threshold] = counted(kept, gold).f1
    least = max(scores.values()) - FLAT
    return min(threshold for threshold, f1 in scores.items() if f1 >= least)


def reported(judged: Sequence[Judged], told: Curve, threshold: float) -> list[Judged]:
    """The marks that are told: those of at least that chance of a type, by the curve `told`."""
    return [j for j in judged if told.chance(j.mark, j.word) >= threshold]


def told_of(judged: Sequence[Judged], sentences: Sequence[Sentence]) -> tuple[Curve, float]:
    """The curve of a type that is told, fitted on the marks of some chance, and the threshold by it."""
    possible = [j for j in judged if j.mark.score >= POSSIBLE]
    told = curve_of(possible, [j.typed for j in possible])
    return told, best_threshold(judged, sentences, told)


def curve_of(judged: Sequence[Judged], right: Sequence[bool]) -> Curve:
    """The curve of what is `right`, fitted on marks."""
    values = np.array([features(j.mark, j.word) for j in judged])
    return Curve(*(round(float(w), 4) for w in fit(values, np.array(right, dtype=np.float64))))


def counted(kept: Sequence[Judged], gold: int, *, roles: bool = False) -> Counts:
    """Counts of the marks that are kept, right in type, or with `roles` in everything, of `gold` events."""
    return Counts(sum(j.right if roles else j.typed for j in kept), gold, len(kept))


def fit(values: npt.NDArray[np.float64], right: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Logistic regression by Newton's method with a small ridge: coefficients [1 + F], the bias first.

    values [N, F], right [N] of 0 and 1.
    """
    design = np.concatenate([np.ones((len(values), 1)), values], 1)
    weights = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ weights))
        slope = design.T @ (right - chance) - RIDGE * weights
        curve = (design * (chance * (1 - chance))[:, None]).T @ design + RIDGE * np.eye(len(weights))
        weights = weights + np.linalg.solve(curve, slope)
    return weights


def asked_folder(description: str | None) -> Path:
    """The folder of the model that the command line names, else the shipped one."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, default=FOLDER)
    folder: Path = parser.parse_args().model
    return folder


def write_coefficients(path: Path, table: Mapping[str, float | str]) -> None:
    """Writes a table of coefficients beside a model, and prints it."""
    text = json.dumps(table, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    print(text)


def main() -> None:
    """Fits and writes; says how many right events the gate of quiet sentences costs."""
    folder = asked_folder(__doc__)
    sentences = part_of("dev")
    judged, thorough = (judged_by(LanguageModel(folder, least_chance=c), sentences) for c in (LEAST_CHANCE, 0.0))
    told, threshold = told_of(judged, sentences)
    kept = reported(judged, told, threshold)
    sure = curve_of(kept, [j.right for j in kept])
    table = asdict(sure) | {TOLD.format(name): weight for name, weight in asdict(told).items()}
    note = f"Fitted by training.calibrate on {len(kept)} events of {len(sentences)} sentences, corpus/events dev."
    all_right, right = (sum(j.typed for j in reported(own, told, threshold)) for own in (thorough, judged))
    print(f"Read to the end, all sentences give {all_right} right events; as shipped, {right}.", file=sys.stderr)
    write_coefficients(folder / "calibration.json", {**table, "report": threshold, "note": note})


if __name__ == "__main__":
    main()
