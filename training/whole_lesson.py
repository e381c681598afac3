"""Teaches a trained run statements, whole: all its layers learn, and forget nothing else.

    python -m training.whole_lesson --run training/runs/v2 --out training/runs/v3

In `training.statements` the lower layers stay as the first lesson left them, which holds statements back; here they
learn what statements want of them too (`docs/decisions/0041`). What else is read from them stays as near as can be to
what the run made of the same sentences before: each step has a batch with statements, and one of any sentences of which
only that counts (`training.likeness`). Cues and parts are learned from real text and our paragraphs alone, and stay so
too (`docs/decisions/0043`). What is kept lies SHARE of the way to the running average of the weights. Every KEPT steps
all is written to `OUT/last.pt`, from which a lesson that was broken off goes on.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import Encoded, Encoder
from training.earlier import asked_runs, begin_run
from training.first_export import load_labels, load_network
from training.likeness import Model, metrics_of
from training.network import Batch
from training.rectified import apart, sentences_of
from training.statement_examples import collated, encoded, marked_in
from training.statement_export import load_statements
from training.statement_lesson import FURTHER, WHERE_HELD, StatementPlan, losses, passes, rates_of, unheld
from training.statements import statement_examples
from training.train import SEED, Average, base_model, between, descend, has_bfloat16, schedule, weighted, without
from training.words import split_paragraph

PIECES = 800
"""Padded word pieces of a batch of any sentences."""
RATE, DEEPER, HEADS = 1e-4, 0.85, 2e-4
"""The highest rate of the last layer of the encoder; the share of a layer's rate that the one below it has; the highest
rate of what is read from the encoder."""
DECAY = 0.998
SHARE = 0.8
KEPT = 400
PLAN = replace(FURTHER, epochs=2)
UNLIKE = {
    "tags": 4.0, "arcs": 4.0, "relations": 4.0, "gate": 8.0, "event": 80.0, "marks": 4.0, "roles": 40.0, "cue": 8.0,
    "parts": 4.0,
}  # fmt: skip
"""What of the difference from before counts how much: chances, not vectors; of statements, cues and parts."""
Marked = tuple[Example, Encoded, bool]
"""A sentence, and whether its cues and parts are not to be learned from it."""


@dataclass
class Learner:
    """What learns, what it was before, and how far it has come."""

    model: Model
    before: Model
    optimizer: torch.optim.Optimizer
    average: Average
    step: int = 0


def learner_of(model: Model, plan: StatementPlan = PLAN) -> Learner:
    """A learner at its beginning."""
    before = copy.deepcopy(model)
    before.whole.eval()
    model.network.encoder.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(_rates(model, plan), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    return Learner(model, before, optimizer, Average(model.whole, DECAY))


def lesson(
    learner: Learner,
    encoder: Encoder,
    marked: Mapping[str, Sequence[Marked]],
    any_sentences: Iterable[Batch],
    plan: StatementPlan = PLAN,
    keep: Path | None = None,
) -> int:
    """Goes on with a learner until `marked`, the sentences with statements by where they come from, have come as often
    as planned; in how many steps in all. Its weights become those SHARE of the way to their running average."""
    groups = [group for own in passes(marked, plan, lambda own: len(own[1].pieces)) for group in own]
    model, whole, metrics = learner.model, learner.model.whole, metrics_of(learner.before)
    for group, batch in zip(groups[learner.step :], islice(any_sentences, learner.step, None), strict=False):
        whole.train()
        found = _statement_losses(model, encoder, group, plan.smoothing)
        whole.eval()  # nothing is dropped where it is to be like what it was
        differences = apart(model, learner.before, batch, metrics)
        unlike = {name: differences[name] for name in UNLIKE}
        loss = weighted(found, WHERE_HELD) + weighted(unlike, UNLIKE)
        descend(learner.optimizer, loss, schedule(learner.step, len(groups)))
        learner.step += 1
        learner.average.update(whole, learner.step)
        if learner.step % 100 == 0:
            shown = found | {f"{name} as before": value for name, value in unlike.items()}
            told = " ".join(f"{name} {value.item():.4f}" for name, value in shown.items())
            print(f"step {learner.step}/{len(groups)} {told}", flush=True)
        if keep is not None and learner.step % KEPT == 0:
            _keep(learner, keep)
    whole.load_state_dict(between(learner.before.whole.state_dict(), learner.average.weights, SHARE))
    return len(groups)


def _statement_losses(model: Model, encoder: Encoder, group: Sequence[Marked], smoothing: float) -> dict[str, Tensor]:
    batch, _ = encoder.collated([item for _, item, _ in group])
    nothing = torch.zeros(batch.pieces.shape[1], 1)
    marked = [
        replace(marked_in(example, item, nothing[: len(item.pieces)]), held=held) for example, item, held in group
    ]
    with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
        hidden = model.network.lower(batch)
        return losses(model.statements, unheld(replace(collated(marked), hidden=hidden)), smoothing)


def _rates(model: Model, plan: StatementPlan) -> list[dict[str, Any]]:
    """The weights that learn, with the highest rate of each group."""
    encoder = model.network.encoder
    layers = list(encoder.layers)
    depths = range(len(layers) - 1, -1, -1)
    below = [weight for weight in without(encoder, layers) if weight.requires_grad]
    return [
        *(
            {"params": layer.parameters(), "lr": RATE * DEEPER**depth}
            for layer, depth in zip(layers, depths, strict=True)
        ),
        {"params": below, "lr": RATE * DEEPER ** len(layers)},
        {"params": without(model.network, [encoder]), "lr": HEADS},
        *rates_of(model.statements, plan.rate),
    ]


def _keep(learner: Learner, path: Path) -> None:
    state = {"whole": learner.model.whole.state_dict(), "optimizer": learner.optimizer.state_dict()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({**state, "average": learner.average.weights, "step": learner.step}, path)


def resume(learner: Learner, path: Path) -> None:
    """Brings a learner to where one was broken off, if there is such a file."""
    if not path.exists():
        return
    state = torch.load(path)
    learner.model.whole.load_state_dict(state["whole"])
    learner.optimizer.load_state_dict(state["optimizer"])
    learner.average.weights, learner.step = state["average"], state["step"]


def main() -> None:
    """Reads a run, teaches it and writes the new one."""
    run, out = asked_runs(__doc__)
    labels = load_labels(run)
    encoder = Encoder(base_model() / "tokenizer.json", labels)
    examples, lists = taught_examples(annotated_examples(split_paragraph))
    sentences = sentences_of(encoder, [*examples, *(e for own in lists for e in own)], SEED, PIECES)
    marked = {
        name: [(example, item, name != "real") for example, item in encoded(own, encoder)]
        for name, own in statement_examples().items()
    }
    learner = learner_of(Model(load_network(run), load_statements(run, labels)))
    last = out / "last.pt"
    resume(learner, last)
    steps = lesson(learner, encoder, marked, sentences, keep=last)
    begin_run(run, out, ("labels.json",), f"whole step {steps}/{steps}\n")
    torch.save(learner.model.network.state_dict(), out / "model.pt")
    torch.save(learner.model.statements.state_dict(), out / "statements.pt")


if __name__ == "__main__":
    main()
