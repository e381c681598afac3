"""Makes of legation-en 2.6.0 the same model with rectified inner units and relations of fewer terms: it reads faster.

    python -m training.rectified --graph OLD.onnx --run training/runs/rectified

OLD.onnx is the graph of 2.6.0 (`git show 1d08fb1:src/legation/data/model/model.onnx`). The weights behind the units of
each layer are fitted anew (`training.inner`), and the layer learns to give what it gave. Then the network learns from
what it was: what that makes of the training sentences, and of new ones made of them, without a label.
`docs/decisions/0037` says why, and what it gave.
"""

from __future__ import annotations

import argparse
import copy
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import Encoder, collect_labels
from training.earlier import LEARNED, IntegerGraph, earlier_network, earlier_statements, write_run
from training.inner import fit_layer
from training.likeness import Asked, Metrics, Model, asked_of, differences, metrics_of, said_of, vectors_of
from training.network import AttentionLayer, Batch, Pairs
from training.train import SEED, Average, base_model, descend, grouped, has_bfloat16, loaded, schedule, weighted
from training.words import split_paragraph

PIECES = 1500
"""Padded word pieces a batch."""
DECAY = 0.995
"""How slowly the average of the weights moves, which is kept."""
JUDGES, ROWS = 40, 50_000
"""Batches to whose sentences the layers are fitted, and at most so many pieces or words of them."""
LAYER_STEPS, LAYER_ROWS, LAYER_RATE = 300, 3000, 3e-4
"""Steps in which a layer learns by itself, pieces of each, and the highest rate."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """So many batches, at most such a rate, how many times that for relations, and what counts how much."""

    steps: int
    rate: float
    faster: float
    weights: Mapping[str, float]


BY_VECTORS = Lesson(2500, 4e-5, 30, {
    "lower": 3.0, "upper": 3.0, "own": 2.0, "tags": 1.0, "arcs": 1.0, "relations": 1.0, "gate": 2.0, "event": 5.0,
    "marks": 1.0, "roles": 2.0, "cue": 2.0, "parts": 2.5, "sides": 2.5, "act": 1.0, "stand": 1.0,
})  # fmt: skip
"""First the vectors above all, from which everything is read; relations begin with random numbers."""
BY_CHANCES = Lesson(650, 3e-5, 5, {
    "lower": 0.5, "upper": 0.5, "own": 0.5, "tags": 2.0, "arcs": 2.0, "relations": 2.0, "gate": 4.0, "event": 30.0,
    "marks": 2.0, "roles": 10.0, "cue": 8.0, "parts": 3.0, "sides": 3.0, "act": 1.0, "stand": 1.0,
})  # fmt: skip
"""Then what is read from them. Both lessons take some hour and a half on two cores, half of that with bfloat16."""
FIXED = ("encoder.words.", "encoder.positions.", "encoder.shapes.", "encoder.quotes.", "encoder.norm.", "root")
"""What stays as it was: what the first layer reads."""
RELATIONS = ("arc.", "rel_score.")


def rectified(model: Model, sentences: Sequence[Batch]) -> Model:
    """A copy whose layers are rectified, each fitted on top of those that are, and whose relations have fewer terms and
    are still to be learned."""
    made, shown = copy.deepcopy(model), [(batch, _looked_at(model, batch)) for batch in sentences]
    whole = _seen(model, [layer.norm2 for layer in _layers(model)], shown)
    for layer, wanted in zip(_layers(made), whole, strict=True):
        (given,) = _seen(made, [layer.norm1], shown)
        fit_layer(layer, layer.up(given).detach(), layer.up.out_features)
        learn_layer(layer, given, wanted)
    net = made.network
    arcs = net.arc
    net.arc_sizes = [*net.arc_sizes[:2], net.frame_word.out_features, net.frame_word.out_features]
    net.arc = nn.Linear(arcs.in_features, sum(net.arc_sizes))
    net.rel_score = Pairs(net.arc_sizes[-1], model.network.rel_score.own.out_features)
    kept = sum(net.arc_sizes[:2])
    with torch.no_grad():
        net.arc.weight[:kept], net.arc.bias[:kept] = arcs.weight[:kept], arcs.bias[:kept]
    return made


def _layers(model: Model) -> list[AttentionLayer]:
    """All layers of attention, those that others read first."""
    net, own = model.network, model.statements
    found = [*net.encoder.layers, *net.event_layers, net.frame_layer, *own.layers, own.frame_layer]
    return [layer for layer in found if isinstance(layer, AttentionLayer)]


@torch.no_grad()
def _looked_at(model: Model, batch: Batch) -> Asked:
    return asked_of(model, batch, vectors_of(model, batch))


@torch.no_grad()
def _seen(model: Model, parts: Sequence[nn.Module], shown: Sequence[tuple[Batch, Asked]]) -> list[Tensor]:
    """What parts of a model give of what is shown, each [P, S], P at most ROWS, evenly chosen."""
    found: list[list[Tensor]] = [[] for _ in parts]
    hooks = [
        part.register_forward_hook(lambda _, __, given, own=own: own.append(given.flatten(0, -2)))
        for part, own in zip(parts, found, strict=True)
    ]
    for batch, asked in shown:
        said_of(model, batch, vectors_of(model, batch), asked)
    for hook in hooks:
        hook.remove()
    rows = [torch.cat(own) for own in found]
    return [own[torch.linspace(0, len(own) - 1, min(ROWS, len(own))).long()] for own in rows]


def learn_layer(layer: AttentionLayer, given: Tensor, wanted: Tensor) -> None:
    """Teaches the second half of a layer to make of `given` [P, S], what its first half gives, what is `wanted`."""
    weights = [*layer.up.parameters(), *layer.down.parameters()]
    optimizer = torch.optim.Adam(weights, lr=LAYER_RATE, betas=(0.9, 0.98))
    for step in range(LAYER_STEPS):
        chosen = torch.randint(len(given), (LAYER_ROWS,))
        x = given[chosen]
        found = layer.norm2(x + layer.down(layer.up(x).relu()))
        loss = (found - wanted[chosen]).square().mean()
        descend(optimizer, loss, schedule(step, LAYER_STEPS))


# ---------------------------------------------------------------- learning


def teach(student: Model, teacher: Model, sentences: Iterable[Batch], lesson: Lesson) -> None:
    """The student learns to make of batches what the teacher makes of them; its weights become their mean."""
    metrics = metrics_of(teacher)
    groups = _learned(student, lesson)
    whole = student.whole
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    average = Average(whole, DECAY)
    for step, batch in enumerate(islice(sentences, lesson.steps)):
        found = apart(student, teacher, batch, metrics)
        descend(optimizer, weighted(found, lesson.weights), schedule(step, lesson.steps))
        average.update(whole, step)
        if step % 100 == 99:
            shown = " ".join(f"{name} {value.item():.4f}" for name, value in found.items())
            print(f"step {step + 1}/{lesson.steps} {shown}", flush=True)
    whole.load_state_dict(average.weights)


def _learned(student: Model, lesson: Lesson) -> list[dict[str, Any]]:
    """Groups of weights for the optimizer; the others learn no more."""
    slow: list[nn.Parameter] = list(student.statements.parameters())
    fast: list[nn.Parameter] = []
    for name, weight in student.network.named_parameters():
        weight.requires_grad_(not name.startswith(FIXED))
        if not name.startswith(FIXED):
            (fast if name.startswith(RELATIONS) else slow).append(weight)
    return [{"params": slow, "lr": lesson.rate}, {"params": fast, "lr": lesson.faster * lesson.rate}]


def apart(student: Model, teacher: Model, batch: Batch, metrics: Metrics) -> dict[str, Tensor]:
    """How far the student is from the teacher on a batch."""
    with torch.autocast("cpu", torch.bfloat16, enabled=has_bfloat16()):
        with torch.no_grad():
            vectors = vectors_of(teacher, batch)
            asked = asked_of(teacher, batch, vectors)
            wanted = said_of(teacher, batch, vectors, asked)
        found = said_of(student, batch, vectors_of(student, batch), asked)
    return differences(found, wanted, batch, asked, metrics)


# ---------------------------------------------------------------- sentences


def sentences_of(encoder: Encoder, examples: Sequence[Example], seed: int, pieces: int = PIECES) -> Iterator[Batch]:
    """Batches of all examples, of so many padded word pieces, again and again, without anything that is known of them;
    some in other capitals."""
    known = {(e.forms, e.quoted): Example(e.id, e.forms, e.spaces, quoted=e.quoted) for e in examples}
    bare = list(known.values())
    for number in count(seed):
        for batch, _ in loaded(encoder, bare, grouped(bare, encoder, pieces, number), number, "cpu"):
            yield batch


# ---------------------------------------------------------------- the command


def main() -> None:
    """Makes the run, which `training.export` writes into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, required=True, help="the graph of 2.6.0")
    parser.add_argument("--run", type=Path, default=Path("training/runs/rectified"))
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    examples, new = taught_examples(annotated_examples(split_paragraph))
    labels = collect_labels(examples)
    encoder = Encoder(base_model() / "tokenizer.json", labels)
    sentences = sentences_of(encoder, [*examples, *(e for own in new for e in own)], SEED)
    graph = IntegerGraph(options.graph)
    network = earlier_network(graph, labels)
    teacher = Model(network, earlier_statements(graph, network, labels))
    student = rectified(teacher, list(islice(sentences, JUDGES)))
    for lesson in (BY_VECTORS, BY_CHANCES):
        teach(student, teacher, sentences, lesson)
    steps = BY_VECTORS.steps + BY_CHANCES.steps
    log = f"{LEARNED}again step {steps}/{steps}\n"
    write_run(options.run, labels, log, student.network, student.statements)


if __name__ == "__main__":
    main()
