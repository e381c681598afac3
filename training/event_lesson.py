"""Teaches a trained run more events: its upper layers and what is read from them learn on, all below stays as it is.

    python -m training.event_lesson --run training/runs/v2 --out training/runs/v3

For sentences that the corpus got after a run was trained: they come twice a pass, all others in one of the passes. The
weights that are kept lie SHARE of the way from those of before to those learned. Tags, names, trees and statements read
the lower layers and are the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import torch

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import Encoder
from training.earlier import asked_runs, begin_run
from training.event_corpus import is_newest, read_invented
from training.first_export import load_labels, load_network
from training.network import Network
from training.train import (
    SEED,
    Average,
    base_model,
    between,
    descend,
    event_losses,
    grouped,
    has_bfloat16,
    loaded,
    schedule,
    weighted,
)
from training.words import split_paragraph

PASSES, PIECES = 3, 1200
RATE, FASTER = 1.5e-4, 4
"""The highest rate of the layers of the encoder, and how many times that what is read from them has."""
DECAY = 0.998
SHARE = 0.8
LEARNING = ("event_", "frame_", "gate.")
"""What learns beside the upper layers of the encoder."""


def lesson(network: Network, encoder: Encoder, passes: Sequence[Sequence[Example]], share: float = SHARE) -> int:
    """Changes the weights of the upper part of a network by what the passes tell of events and roles; in how many
    steps."""
    learned = _learning(network)
    before = {name: weight.detach().clone() for name, weight in learned.items()}
    upper = [weight for name, weight in learned.items() if name.startswith("encoder.")]
    heads = [weight for name, weight in learned.items() if not name.startswith("encoder.")]
    groups = [{"params": upper, "lr": RATE}, {"params": heads, "lr": FASTER * RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(network, DECAY)
    # Statements are read by layers of their own, so that their parts need not be learned here.
    passes = [[replace(e, attributions=None) for e in own] for own in passes]
    groupings = [grouped(own, encoder, PIECES, SEED + 100 + n) for n, own in enumerate(passes)]
    total, step = sum(map(len, groupings)), 0
    for number, (own, grouping) in enumerate(zip(passes, groupings, strict=True)):
        for batch, gold in loaded(encoder, own, grouping, SEED * 11 + number, "cpu"):
            with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
                found = event_losses(network, *network.encode(batch), batch, gold)
            descend(optimizer, weighted(found), schedule(step, total))
            step += 1
            average.update(network, step)
            if step % 100 == 0:
                shown = " ".join(f"{name} {value.item():.3f}" for name, value in found.items())
                print(f"step {step}/{total} {shown}", flush=True)
    mixed = between(before, {name: average.weights[name] for name in learned}, share)
    network.load_state_dict({**network.state_dict(), **mixed})
    return total


def _learning(network: Network) -> dict[str, torch.nn.Parameter]:
    """The weights that learn, by name; the others no longer do, and nothing of theirs is dropped."""
    above = tuple(f"encoder.layers.{n}." for n in range(int(network.tree_layers), len(network.encoder.layers)))
    for name, weight in network.named_parameters():
        weight.requires_grad_(name.startswith((*above, *LEARNING)))
    network.train()
    for layer in network.encoder.layers[: int(network.tree_layers)]:
        layer.eval()
    return {name: weight for name, weight in network.named_parameters() if weight.requires_grad}


def passes_of(examples: Sequence[Example], newest: frozenset[str]) -> Iterator[list[Example]]:
    """Of each pass the sentences: the `newest`, by id, twice, and in turn a part of the others."""
    new = [e for e in examples if e.id in newest]
    old = [e for e in examples if e.id not in newest]
    for at in range(PASSES):
        yield [*new, *new, *old[at::PASSES]]


def main() -> None:
    """Reads a run, teaches it and writes the new one; its statements are those of the run."""
    run, out = asked_runs(__doc__)
    network, encoder = load_network(run), Encoder(base_model() / "tokenizer.json", load_labels(run))
    newest = frozenset(f"events-{s.id}" for s in read_invented() if is_newest(s.group))
    examples, lists = taught_examples(annotated_examples(split_paragraph))
    quiet = [e for e in lists[0] if not e.id.startswith("new-")]
    steps = lesson(network, encoder, list(passes_of([*examples, *quiet], newest)))
    begin_run(run, out, ("labels.json", "statements.pt"), f"on step {steps}/{steps}\n")
    torch.save(network.state_dict(), out / "model.pt")


if __name__ == "__main__":
    main()
