"""Trains the layers that statements have to themselves, on what the lower layers of a trained run give.

python -m training.statements --run training/runs/v2

The run must hold `model.pt`; its graph is written to `RUN/first.onnx`, and the weights of these layers to
`RUN/statements.pt`. Lower layers stay as they are: that is what makes it quick, and what leaves events alone.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution import own_examples
from training.build import layered_examples
from training.corpora import Example
from training.dataset import Encoder, batches
from training.first_export import load_labels, load_network, write_first
from training.position_corpus import read as read_positions
from training.positions import stance_examples
from training.statement_examples import Lower, StatementBatch, StatementExample, collated, read
from training.statement_network import TAGS, StatementNetwork, above
from training.train import SEED, Average, base_model, binary, cross_entropy, has_bfloat16, schedule
from training.words import split_paragraph

WEIGHTS = {"cue": 0.5, "parts": 1.0, "sides": 1.0, "attitudes": 0.5, "act": 0.5}
EVERY = 3
"""Sentences of treebanks, whose attributions are read off roles, come in every so manieth pass."""


@dataclass(frozen=True)
class StatementPlan:
    """How long and how fast to learn: passes, padded word pieces a batch, the highest rate of the layers."""

    epochs: int = 6
    pieces: int = 1200
    rate: float = 3e-4


PLAN = StatementPlan()


def losses(network: StatementNetwork, batch: StatementBatch) -> dict[str, Tensor]:
    """One loss a head, each a mean over what is marked."""
    words = network.read(batch.hidden, batch.mask, batch.first, batch.last)
    found = {"cue": binary(network.cues(words).float(), batch.cues)}
    if not len(batch.frame_rows):
        return found
    *tags, acts = network.frames(words, batch.words, batch.frame_rows, batch.frame_words, batch.frame_kinds)
    for name, scores in zip(TAGS, tags, strict=True):
        found[name] = cross_entropy(scores.float(), batch.tags[name])
    return found | {"act": cross_entropy(acts.unsqueeze(1).float(), batch.acts)}


def statement_examples() -> dict[str, list[Example]]:
    """The sentences with attributions, by where they come from: those that every pass takes, and the others."""
    positions = [record for record in read_positions() if record.split == "train"]
    marked = [*own_examples(split_paragraph), *stance_examples(positions, split_paragraph)]
    return {"marked": marked, "trees": [e for e in layered_examples() if e.attributions is not None]}


def passes(
    examples: Mapping[str, Sequence[StatementExample]], plan: StatementPlan
) -> Iterator[list[list[StatementExample]]]:
    """The batches of each pass."""
    for epoch in range(plan.epochs):
        taken = [*examples["marked"], *examples["trees"][epoch % EVERY :: EVERY]]
        groups = batches([len(e.hidden) for e in taken], plan.pieces, random.Random(SEED + epoch))
        yield [[taken[i] for i in group] for group in groups]


def learn(network: StatementNetwork, examples: Mapping[str, Sequence[StatementExample]], plan: StatementPlan) -> None:
    """Trains a network in place; it is left with the running average of its weights."""
    encoder = [p for layer in network.layers for p in layer.parameters()]
    known = {id(p) for p in encoder}
    heads = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": encoder, "lr": plan.rate}, {"params": heads, "lr": plan.rate * 4}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(network, 0.998)
    epochs = list(passes(examples, plan))
    total, step, begun = sum(map(len, epochs)), 0, time.time()
    network.train()
    for number, epoch in enumerate(epochs, 1):
        sums = dict.fromkeys(WEIGHTS, 0.0)
        for group in epoch:
            for part in optimizer.param_groups:
                part.setdefault("peak", part["lr"])
                part["lr"] = part["peak"] * schedule(step, total)
            with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
                found = losses(network, collated(group))
            loss = sum((WEIGHTS[name] * value for name, value in found.items()), torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            average.update(network, step)
            for name, value in found.items():
                sums[name] += value.item() / len(epoch)
        shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        print(f"{time.time() - begun:6.0f}s pass {number} step {step}/{total} {shown}", flush=True)
    network.load_state_dict(average.weights)
    network.eval()


def main() -> None:
    """Trains the layers of statements of a run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, default=Path("training/runs/v2"))
    parser.add_argument("--epochs", type=int, default=PLAN.epochs)
    parser.add_argument("--rate", type=float, default=PLAN.rate)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    labels = load_labels(options.run)
    first = options.run / "first.onnx"
    if not first.exists():
        write_first(options.run, first)
    network = above(load_network(options.run), labels.roles)
    encoder, lower = Encoder(base_model() / "tokenizer.json", labels), Lower(first)
    found = {name: list(read(own, encoder, lower)) for name, own in statement_examples().items()}
    learn(network, found, dataclasses.replace(PLAN, epochs=options.epochs, rate=options.rate))
    torch.save(network.state_dict(), options.run / "statements.pt")


if __name__ == "__main__":
    main()
