"""Trains the layer that statements have to themselves, on what the lower layers of a trained run give.

python -m training.statements --run training/runs/v2
python -m training.statements --run training/runs/v2 --out training/runs/v3

The run must hold `model.pt`; its graph is written to `RUN/first.onnx`, and the weights of these layers to
`RUN/statements.pt`. Lower layers stay as they are: that is what makes it quick, and what leaves events alone. With
`--out` those that the run has learn on, when there are new texts (`docs/decisions/0040`): acts and sides from all of
them, cues and parts from real text and our paragraphs alone; in invented statements and treebanks these are held to
what they were (`docs/decisions/0042`).
"""

from __future__ import annotations

import argparse
import copy
import dataclasses
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

from training.attribution import own_examples
from training.build import layered_examples
from training.corpora import Example
from training.dataset import Encoder
from training.earlier import begin_run
from training.first_export import load_labels, load_network, write_first
from training.position_corpus import read as read_positions
from training.positions import real_examples, stance_examples
from training.real_statements import read_real
from training.statement_examples import Lower, read
from training.statement_export import load_statements
from training.statement_lesson import FURTHER, StatementPlan, learn
from training.statement_network import above
from training.train import SEED, base_model, between
from training.words import split_paragraph

PLAN = StatementPlan()
SHARE = 0.8
"""How far the weights that are kept lie from those of before to those that a further lesson ends with."""
OWN = 2
"""How often our own paragraphs come in a pass: they read as articles do, and are few beside our statements."""


def statement_examples() -> dict[str, list[Example]]:
    """The sentences with attributions, by where they come from: invented and real ones, which every pass takes, and
    those of treebanks that nobody read for statements."""
    positions = [r for r in read_positions() if r.split == "train"]
    read = read_real()
    real = [sentence for sentence in read if sentence.split == "train"]
    trees = [e for e in layered_examples() if e.attributions is not None]
    return {
        "marked": list(stance_examples(positions, split_paragraph)),
        "real": [*OWN * list(own_examples(split_paragraph)), *real_examples(real, split_paragraph)],
        "trees": list(unread(trees, (sentence.text for sentence in read))),
    }


def unread(examples: Iterable[Example], texts: Iterable[str]) -> Iterator[Example]:
    """The examples that are none of these sentences, however they are spaced."""
    known = {"".join(text.split()) for text in texts}
    return (e for e in examples if "".join("".join(e.forms).split()) not in known)


def main() -> None:
    """Trains the layers of statements of a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("training/runs/v2"))
    parser.add_argument("--out", type=Path)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--rate", type=float)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    labels = load_labels(options.run)
    first = options.run / "first.onnx"
    if not first.exists():
        write_first(options.run, first)
    plan = FURTHER if options.out else PLAN
    plan = dataclasses.replace(plan, epochs=options.epochs or plan.epochs, rate=options.rate or plan.rate)
    begun = load_statements(options.run, labels) if options.out else above(load_network(options.run), labels.roles)
    encoder, lower = Encoder(base_model() / "tokenizer.json", labels), Lower(first)
    found = {name: list(read(own, encoder, lower)) for name, own in statement_examples().items()}
    found["real"] = [dataclasses.replace(example, held=False) for example in found["real"]]
    before = copy.deepcopy(begun).eval() if options.out else None
    steps = learn(begun, found, plan, before)
    state = begun.state_dict() if before is None else between(before.state_dict(), begun.state_dict(), SHARE)
    out = options.out or options.run
    if options.out:
        begin_run(options.run, out, ("labels.json", "model.pt"), f"said step {steps}/{steps}\n")
    torch.save(state, out / "statements.pt")


if __name__ == "__main__":
    main()
