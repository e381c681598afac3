"""Teaches a trained run on, whole: all its layers learn, and the layer of statements above them at the same time.

    python -m training.whole_lesson --run training/runs/v2 --out training/runs/v3

In `training.statements` the lower layers stay as the first lesson left them, which holds statements back; here they
learn what statements want of them too (`docs/decisions/0041`). The sentences of the first lesson come once, those with
statements as often as PLAN says, a step of the ones and a step of the others in turn.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import Encoded, Encoder
from training.earlier import begin_run
from training.first_export import load_labels, load_network
from training.network import Network
from training.statement_examples import StatementExample, collated, cues_of, encoded, frames_of
from training.statement_export import load_statements
from training.statement_lesson import FURTHER as PLAN
from training.statement_lesson import StatementPlan, joined, passes
from training.statement_lesson import losses as losses_of_statements
from training.statement_network import StatementNetwork
from training.statements import statement_examples
from training.train import (
    SEED,
    Average,
    base_model,
    descend,
    grouped,
    has_bfloat16,
    loaded,
    losses,
    schedule,
    weighted,
)
from training.words import split_paragraph

PIECES = 800
"""Padded word pieces of a batch of the first lesson."""
RATE, DEEPER, FASTER = 1e-4, 0.85, 5
"""The highest rate of the last layer of the encoder; the share of a layer's rate that the one below it has; how many
times that of the last layer what is read from the encoder has."""
DECAY = 0.998
Marked = tuple[Example, Encoded]


def lesson(
    network: Network,
    statements: StatementNetwork,
    encoder: Encoder,
    examples: Sequence[Example],
    marked: Mapping[str, Sequence[Marked]],
    plan: StatementPlan = PLAN,
) -> int:
    """Changes the weights of both networks to the running average of what they learn; in how many steps.

    `examples` are those of the first lesson, `marked` those with statements, by where they come from.
    """
    network.encoder.words.weight.requires_grad_(False)
    rates = _rates(network, statements, plan)
    optimizer = torch.optim.AdamW(rates, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    averages = Average(network, DECAY), Average(statements, DECAY)
    grouping = grouped(examples, encoder, PIECES, SEED + 300)
    said = [group for own in passes(marked, plan, lambda pair: len(pair[1].pieces)) for group in own]
    ones, others = iter(loaded(encoder, examples, grouping, SEED * 13, "cpu")), iter(said)
    total = len(grouping) + len(said)
    network.train()
    statements.train()
    for step, speaks in enumerate(turns(len(grouping), len(said)), 1):
        with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
            if speaks:
                found = _statement_losses(network, statements, encoder, next(others), plan.smoothing)
            else:
                found = losses(network, *next(ones))
        descend(optimizer, joined(found) if speaks else weighted(found), schedule(step - 1, total))
        averages[0].update(network, step)
        if speaks:
            averages[1].update(statements, step)
        if step % 100 < 2:
            print(f"step {step}/{total}", *(f"{name} {value.item():.3f}" for name, value in found.items()), flush=True)
    for own, average in zip((network, statements), averages, strict=True):
        own.load_state_dict(average.weights)
        own.eval()
    return total


def turns(ones: int, others: int) -> Iterator[bool]:
    """The steps of two kinds, mixed as evenly as may be: whether each is of the others."""
    done = [0, 0]
    while done != [ones, others]:
        other = done[0] == ones or (done[0] * others > done[1] * ones and done[1] < others)
        done[other] += 1
        yield other


def _statement_losses(
    network: Network, statements: StatementNetwork, encoder: Encoder, group: Sequence[Marked], smoothing: float
) -> dict[str, Tensor]:
    batch, _ = encoder.collated([item for _, item in group])
    nothing = torch.zeros(batch.pieces.shape[1], 1)
    marked = [
        StatementExample(nothing[: len(item.pieces)], item.first, item.last, cues_of(example), list(frames_of(example)))
        for example, item in group
    ]
    return losses_of_statements(statements, replace(collated(marked), hidden=network.lower(batch)), smoothing)


def _rates(network: Network, statements: StatementNetwork, plan: StatementPlan) -> list[dict[str, Any]]:
    """The weights that learn, with the highest rate of each group."""
    layers = list(network.encoder.layers)
    depths = range(len(layers) - 1, -1, -1)
    groups = [(layer.parameters(), RATE * DEEPER**depth) for layer, depth in zip(layers, depths, strict=True)]
    groups.append((_without(network.encoder, layers), RATE * DEEPER ** len(layers)))
    groups.append((_without(network, [network.encoder]), RATE * FASTER))
    groups += [(layer.parameters(), plan.rate) for layer in statements.layers]
    groups.append((_without(statements, list(statements.layers)), plan.rate * 4))
    return [{"params": [w for w in weights if w.requires_grad], "lr": rate} for weights, rate in groups]


def _without(whole: nn.Module, parts: Iterable[nn.Module]) -> Iterator[nn.Parameter]:
    """The weights of a module that are of none of its parts."""
    known = {id(weight) for part in parts for weight in part.parameters()}
    return (weight for weight in whole.parameters() if id(weight) not in known)


def main() -> None:
    """Reads a run, teaches it and writes the new one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED + 7)
    labels = load_labels(options.run)
    network, statements = load_network(options.run), load_statements(options.run, labels)
    encoder = Encoder(base_model() / "tokenizer.json", labels)
    examples, lists = taught_examples(annotated_examples(split_paragraph))
    marked = {name: encoded(own, encoder) for name, own in statement_examples().items()}
    steps = lesson(network, statements, encoder, [*examples, *lists[1]], marked)
    begin_run(options.run, options.out, ("labels.json",), f"whole step {steps}/{steps}\n")
    torch.save(network.state_dict(), options.out / "model.pt")
    torch.save(statements.state_dict(), options.out / "statements.pt")


if __name__ == "__main__":
    main()
