"""How the layers of statements learn: losses, passes, and the loop over them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import torch
from torch import Tensor

from training.dataset import IGNORED, batches
from training.likeness import divergence, doubt
from training.statement_examples import StatementBatch, StatementExample, collated
from training.statement_network import TAGS, StatementNetwork
from training.train import SEED, Average, binary, cross_entropy, descend, has_bfloat16, schedule, weighted, without

WEIGHTS = {"cue": 0.5, "parts": 1.0, "sides": 1.0, "attitudes": 0.5, "act": 0.5, "stand": 0.5}
HELD = {"cue as before": 4.0, "parts as before": 4.0}
"""What counts how much of the difference from before, where cues and parts are held to it (`docs/decisions/0043`)."""
WHERE_HELD = WEIGHTS | HELD | {"cue": 1.0}
"""What counts how much then: cues of real text alone are few."""
Sized = TypeVar("Sized")
EVERY = 2
"""Sentences of treebanks, most of whose attributions are read off roles, come in every so manieth pass."""


@dataclass(frozen=True)
class StatementPlan:
    """How long and how fast to learn: passes, padded word pieces a batch, the highest rate of the layers; what share of
    a label is spread over all."""

    epochs: int = 7
    pieces: int = 1200
    rate: float = 3e-4
    smoothing: float = 0.0


FURTHER = StatementPlan(epochs=4, rate=2e-4, smoothing=0.1)
"""For layers that have learned, when there are new texts: these learn them by heart too soon otherwise."""


def losses(
    network: StatementNetwork, batch: StatementBatch, smoothing: float = 0.0, before: StatementNetwork | None = None
) -> dict[str, Tensor]:
    """One loss a head, each a mean over what is marked. Where a network `before` is given, cues and parts of sentences
    that are `held` are held to what it makes of them, in place of what is marked."""
    cues, frames = _said(network, batch)
    free = batch if before is None else unheld(batch)
    found = {"cue": binary(cues.float(), free.cues)}
    if frames:
        *tags, acts, stands = frames
        for name, scores in zip(TAGS, tags, strict=True):
            found[name] = cross_entropy(scores.float(), free.tags[name], smoothing)
        for name, scores, labels in (("act", acts, batch.acts), ("stand", stands, batch.stands)):
            found[name] = cross_entropy(scores.unsqueeze(1).float(), labels, smoothing)
    if before is not None:
        held = batch.words * batch.held.unsqueeze(1)
        with torch.no_grad():
            wanted, theirs = _said(before, batch)
        found["cue as before"] = doubt(cues.unsqueeze(-1), wanted.unsqueeze(-1), held)
        if frames:
            found["parts as before"] = divergence(frames[0], theirs[0], held[batch.frame_rows])
    return found


def unheld(batch: StatementBatch) -> StatementBatch:
    """The same batch, nothing known of the cues and parts of sentences that are held."""
    held = batch.held.unsqueeze(1) > 0
    parts = batch.tags["parts"].masked_fill(held[batch.frame_rows], IGNORED)
    return replace(batch, cues=batch.cues.masked_fill(held, IGNORED), tags=batch.tags | {"parts": parts})


def _said(network: StatementNetwork, batch: StatementBatch) -> tuple[Tensor, tuple[Tensor, ...]]:
    """Log-odds of cues, and what is told of the frames, nothing where there are none."""
    words = network.read(batch.hidden, batch.mask, batch.first, batch.last)
    if not len(batch.frame_rows):
        return network.cues(words), ()
    frames = network.frames(words, batch.words, batch.frame_rows, batch.frame_words, batch.frame_kinds)
    return network.cues(words), frames


def passes(
    examples: Mapping[str, Sequence[Sized]], plan: StatementPlan, size: Callable[[Sized], int]
) -> Iterator[list[list[Sized]]]:
    """The batches of each pass; `size` counts the word pieces of an example."""
    for epoch in range(plan.epochs):
        taken = [*examples["marked"], *examples["real"], *examples["trees"][epoch % EVERY :: EVERY]]
        groups = batches([size(e) for e in taken], plan.pieces, random.Random(SEED + epoch))
        yield [[taken[i] for i in group] for group in groups]


def rates_of(network: StatementNetwork, rate: float) -> list[dict[str, Any]]:
    """The weights of the layers, with their highest rate, and those of what is read from them, which learn faster."""
    layers = [weight for layer in network.layers for weight in layer.parameters()]
    return [{"params": layers, "lr": rate}, {"params": without(network, network.layers), "lr": rate * 4}]


def learn(
    network: StatementNetwork,
    examples: Mapping[str, Sequence[StatementExample]],
    plan: StatementPlan,
    before: StatementNetwork | None = None,
) -> int:
    """Trains a network in place, in how many steps; it is left with the running average of its weights. `before`: as in
    `losses`."""
    weights = WEIGHTS if before is None else WHERE_HELD
    optimizer = torch.optim.AdamW(rates_of(network, plan.rate), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(network, 0.998)
    epochs = list(passes(examples, plan, lambda example: len(example.hidden)))
    total, step, begun = sum(map(len, epochs)), 0, time.time()
    network.train()
    for number, epoch in enumerate(epochs, 1):
        sums = dict.fromkeys(weights, 0.0)
        for group in epoch:
            with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
                found = losses(network, collated(group), plan.smoothing, before)
            descend(optimizer, weighted(found, weights), schedule(step, total))
            step += 1
            average.update(network, step)
            for name, value in found.items():
                sums[name] += value.item() / len(epoch)
        shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
        print(f"{time.time() - begun:6.0f}s pass {number} step {step}/{total} {shown}", flush=True)
    network.load_state_dict(average.weights)
    network.eval()
    return total
