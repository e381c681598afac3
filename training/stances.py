"""The second lesson: what speakers do and where they stand, from the corpus of positions.

    python -m training.stances --after training/runs/v8/first --out training/runs/v8

A model that has learned all else goes on. Every pass takes the corpus whole, and as many sentences again of the first
lesson, others each time, so that nothing is forgotten.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Sequence
from pathlib import Path

import torch

from legation.read.spans import tag_names
from training.build import annotated_examples, position_examples, taught_examples
from training.corpora import Example
from training.dataset import KINDS, Labels, collect_labels
from training.network import Network
from training.train import SEED, Plan, train
from training.words import split_paragraph

PLAN = Plan(epochs=10, rate=1.5e-4)
OTHERS = 0.8
"""Sentences of the first lesson for each of the corpus."""


def begun(run: Path, labels: Labels, network: Network) -> None:
    """Gives a network the weights of a run that knew fewer roles and kinds of frames, or no stances at all."""
    known = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    weights = torch.load(run / "model.pt", map_location="cpu")
    state = network.state_dict()
    old, new = tag_names(tuple(known["roles"])), tag_names(labels.roles)
    for name, value in weights.items():
        if name.startswith("frame_roles."):
            for number, tag in enumerate(old):
                state[name][new.index(tag)] = value[number]
        elif name == "frame_kind.weight":
            state[name][: len(value)] = value
            state[name][KINDS["stance"]] = value[KINDS["attribution"]]
        else:
            state[name] = value
    network.load_state_dict(state)


def labels_after(run: Path, found: Labels) -> Labels:
    """The classes of a run, and the roles, acts and attitudes of stances. Raises ValueError where others differ."""
    known = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    same = [name for name in known if name not in ("roles", "acts", "attitudes")]
    if any(tuple(known[name]) != getattr(found, name) for name in same):
        raise ValueError(f"{run} has learned other classes than the corpora have now.")
    return found


def passes(new: Sequence[Example], old: Sequence[Example], epochs: int) -> list[list[Example]]:
    """For each pass the new sentences and a share of the old ones, no old one twice while others are left."""
    rng = random.Random(SEED)
    order = list(old)
    rng.shuffle(order)
    each = min(len(order), round(OTHERS * len(new)))
    return [[*new, *(order[(number * each + i) % len(order)] for i in range(each))] for number in range(epochs)]


def main() -> None:
    """Goes on from a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--after", type=Path, required=True, help="the run of the first lesson")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    every, lists = taught_examples(annotated_examples(split_paragraph))
    old = [*every, *(example for own in lists for example in own)]
    new = position_examples(split_paragraph)
    labels = labels_after(options.after, collect_labels([*every, *new]))
    taken = passes(new, old, PLAN.epochs)
    train([], labels, options.out, PLAN, taken, begin=lambda network: begun(options.after, labels, network))


if __name__ == "__main__":
    main()
