"""Draws the learning curve of events: what a quarter, a half and all of the event corpus give.

    python -m training.curve [--shares 0.25 0.5 1.0] [--without real|invented|short|codebook] --out training/runs/curve

trains the event heads alone, which takes minutes, and prints the F1 of events on the dev part for each share.
`--without` leaves a set out, to see what it adds. The figures are lower than the whole model's, which learns syntax as
well. Labels are those of the shipped model.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch

from legation.read.model import LanguageModel
from training.build import event_examples
from training.calibrate import counted, judged_by, reported, stated_events, told_of
from training.corpora import Example
from training.event_corpus import part_of
from training.export import PACKAGE, export_model
from training.first_export import load_labels
from training.train import SEED, Plan, train

SETS = {"real": "events-real", "invented": "events-invented", "short": "events-short", "codebook": "codebook"}
"""Each set of event examples, by the prefix of its ids."""


def chosen(examples: Sequence[Example], share: float, without: str | None) -> list[Example]:
    """A share of the examples, drawn with the fixed seed, but for those of a set that is left out."""
    kept = [e for e in examples if without is None or not e.id.startswith(SETS[without])]
    return random.Random(SEED).sample(kept, round(share * len(kept)))


def measure(model: Path) -> dict[str, float]:
    """F1 of events with and without roles on the dev part, times 100, by the curve and threshold that are best there.

    Every model has that advantage: the figures compare models with each other, and with nothing else.
    """
    reading, dev = LanguageModel(model), part_of("dev")
    parts = {"invented": [s for s in dev if not s.set], "real": [s for s in dev if s.set]}
    judged = {name: judged_by(reading, own) for name, own in parts.items()}
    stated = {name: stated_events(own) for name, own in parts.items()}
    told, threshold = told_of([j for own in judged.values() for j in own], dev)
    found: dict[str, float] = {}
    for name, own in judged.items():
        kept = reported(own, told, threshold)
        found[name] = 100 * counted(kept, stated[name]).f1
        found[f"{name}, with roles"] = 100 * counted(kept, stated[name], roles=True).f1
    return found


def main() -> None:
    """Trains and prints a line for each share."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.25, 0.5, 1.0])
    parser.add_argument("--without", choices=sorted(SETS))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    for share in options.shares:
        torch.manual_seed(SEED)
        examples = chosen(event_examples(), share, options.without)
        run = options.out / f"{share:g}"
        train(examples, load_labels(PACKAGE), run, Plan(options.epochs))
        with tempfile.TemporaryDirectory() as folder:
            export_model(run, Path(folder))
            figures = " ".join(f"{name} {value:.1f}" for name, value in measure(Path(folder)).items())
        print(f"share {share:g}, {len(examples)} sentences: {figures}", flush=True)


if __name__ == "__main__":
    main()
