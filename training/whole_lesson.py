"""Teaches a trained run statements, whole: all its layers learn, and forget nothing else.

    python -m training.whole_lesson --run training/runs/v2 --out training/runs/v3

In `training.statements` the lower layers stay as the first lesson left them, which holds statements back; here they
learn what statements want of them too (`docs/decisions/0041`). What else is read from them stays as near as can be to
what the run made of the same sentences before: each step has a batch with statements, and one of any sentences of which
only that counts (`training.likeness`). What is kept is the running average of the weights. Every KEPT steps it is
written to `OUT/last.pt`, from which a lesson that was broken off goes on.
"""

from __future__ import annotations

import argparse
import copy
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import Encoded, Encoder
from training.earlier import begin_run
from training.first_export import load_labels, load_network
from training.likeness import Metrics, Model, metrics_of
from training.network import Batch
from training.rectified import apart, sentences_of
from training.statement_examples import StatementExample, collated, cues_of, encoded, frames_of
from training.statement_export import load_statements
from training.statement_lesson import FURTHER as PLAN
from training.statement_lesson import StatementPlan, joined, losses, passes
from training.statements import statement_examples
from training.train import SEED, Average, base_model, descend, has_bfloat16, schedule
from training.words import split_paragraph

PIECES = 800
"""Padded word pieces of a batch of any sentences."""
RATE, DEEPER, HEADS = 1e-4, 0.85, 2e-4
"""The highest rate of the last layer of the encoder; the share of a layer's rate that the one below it has; the highest
rate of what is read from the encoder."""
DECAY = 0.998
KEPT = 400
UNLIKE = {
    "tags": 4.0, "arcs": 4.0, "relations": 4.0, "gate": 8.0, "event": 60.0, "marks": 4.0, "roles": 20.0,
}  # fmt: skip
"""What of the difference from before counts how much: chances, not vectors, and nothing of statements."""
Marked = tuple[Example, Encoded]


@dataclass
class Learner:
    """What learns, what it was before, and how far it is."""

    model: Model
    before: Model
    metrics: Metrics
    optimizer: torch.optim.Optimizer
    average: Average
    step: int = 0

    @property
    def whole(self) -> nn.Module:
        """Both networks that learn."""
        return nn.ModuleList([self.model.network, self.model.statements])


def learner_of(model: Model, plan: StatementPlan = PLAN) -> Learner:
    """A learner at its beginning."""
    before = copy.deepcopy(model)
    for own in (before.network, before.statements):
        own.eval()
    model.network.encoder.words.weight.requires_grad_(False)
    optimizer = torch.optim.AdamW(_rates(model, plan), weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    average = Average(nn.ModuleList([model.network, model.statements]), DECAY)
    return Learner(model, before, metrics_of(before), optimizer, average)


def lesson(
    learner: Learner,
    encoder: Encoder,
    marked: Mapping[str, Sequence[Marked]],
    any_sentences: Iterable[Batch],
    plan: StatementPlan = PLAN,
    keep: Path | None = None,
) -> int:
    """Goes on with a learner until `marked`, the sentences with statements by where they come from, have come as often
    as planned; in how many steps in all. Its weights become their running average."""
    groups = [group for own in passes(marked, plan, lambda pair: len(pair[1].pieces)) for group in own]
    for group, batch in zip(groups[learner.step :], islice(any_sentences, learner.step, None), strict=False):
        learner.whole.train()
        found = _statement_losses(learner.model, encoder, group, plan.smoothing)
        learner.whole.eval()  # nothing is dropped where it is to be like what it was
        unlike = apart(learner.model, learner.before, batch, learner.metrics)
        loss = joined(found) + sum((weight * unlike[name] for name, weight in UNLIKE.items()), torch.zeros(()))
        descend(learner.optimizer, loss, schedule(learner.step, len(groups)))
        learner.step += 1
        learner.average.update(learner.whole, learner.step)
        if learner.step % 100 == 0:
            shown = found | {name: unlike[name] for name in UNLIKE}
            told = " ".join(f"{name} {value.item():.4f}" for name, value in shown.items())
            print(f"step {learner.step}/{len(groups)} {told}", flush=True)
        if keep is not None and learner.step % KEPT == 0:
            _keep(learner, keep)
    learner.whole.load_state_dict(learner.average.weights)
    return len(groups)


def _statement_losses(model: Model, encoder: Encoder, group: Sequence[Marked], smoothing: float) -> dict[str, Tensor]:
    batch, _ = encoder.collated([item for _, item in group])
    nothing = torch.zeros(batch.pieces.shape[1], 1)
    marked = [
        StatementExample(nothing[: len(item.pieces)], item.first, item.last, cues_of(example), list(frames_of(example)))
        for example, item in group
    ]
    with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
        hidden = model.network.lower(batch)
        return losses(model.statements, replace(collated(marked), hidden=hidden), smoothing)


def _rates(model: Model, plan: StatementPlan) -> list[dict[str, Any]]:
    """The weights that learn, with the highest rate of each group."""
    encoder, statements = model.network.encoder, model.statements
    layers = list(encoder.layers)
    depths = range(len(layers) - 1, -1, -1)
    groups = [(layer.parameters(), RATE * DEEPER**depth) for layer, depth in zip(layers, depths, strict=True)]
    groups.append((_without(encoder, layers), RATE * DEEPER ** len(layers)))
    groups.append((_without(model.network, [encoder]), HEADS))
    groups += [(layer.parameters(), plan.rate) for layer in statements.layers]
    groups.append((_without(statements, list(statements.layers)), plan.rate * 4))
    return [{"params": [w for w in weights if w.requires_grad], "lr": rate} for weights, rate in groups]


def _without(whole: nn.Module, parts: Iterable[nn.Module]) -> Iterator[nn.Parameter]:
    """The weights of a module that are of none of its parts."""
    known = {id(weight) for part in parts for weight in part.parameters()}
    return (weight for weight in whole.parameters() if id(weight) not in known)


def _keep(learner: Learner, path: Path) -> None:
    state = {"whole": learner.whole.state_dict(), "optimizer": learner.optimizer.state_dict()}
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save({**state, "average": learner.average.weights, "step": learner.step}, path)


def resume(learner: Learner, path: Path) -> None:
    """Brings a learner to where one was broken off, if there is such a file."""
    if not path.exists():
        return
    state = torch.load(path)
    learner.whole.load_state_dict(state["whole"])
    learner.optimizer.load_state_dict(state["optimizer"])
    learner.average.weights, learner.step = state["average"], state["step"]


def main() -> None:
    """Reads a run, teaches it and writes the new one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    labels = load_labels(options.run)
    encoder = Encoder(base_model() / "tokenizer.json", labels)
    examples, lists = taught_examples(annotated_examples(split_paragraph))
    sentences = sentences_of(encoder, [*examples, *(e for own in lists for e in own)], SEED, PIECES)
    marked = {name: encoded(own, encoder) for name, own in statement_examples().items()}
    learner = learner_of(Model(load_network(options.run), load_statements(options.run, labels)))
    last = options.out / "last.pt"
    resume(learner, last)
    steps = lesson(learner, encoder, marked, sentences, keep=last)
    begin_run(options.run, options.out, ("labels.json",), f"whole step {steps}/{steps}\n")
    torch.save(learner.model.network.state_dict(), options.out / "model.pt")
    torch.save(learner.model.statements.state_dict(), options.out / "statements.pt")


if __name__ == "__main__":
    main()
