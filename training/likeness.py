"""What two models make of the same sentences, and how far that is apart: so one learns from another without a label.

Vectors are compared as their readers see them, chances by their divergence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from training.dataset import KINDS
from training.network import AttentionLayer, Batch, Network
from training.statement_network import CUE, StatementNetwork

HEADS, PREDICATES = 4, 16
"""Heads of each word whose relations count; predicates of a batch whose roles count."""
LEAST_EVENT, LEAST_CUE = 0.1, 0.15
"""Words that tell an event, or are a cue, with at least this chance have a frame."""


@dataclass(frozen=True)
class Model:
    """The network of the first lesson, and the layer of statements above its lower layers."""

    network: Network
    statements: StatementNetwork

    @property
    def whole(self) -> nn.Module:
        """Both as one module."""
        return nn.ModuleList([self.network, self.statements])


@dataclass(frozen=True)
class Asked:
    """Of a batch: the likely heads of each word [B, W, HEADS]; sentence, word and kind of every frame; sentence and
    word of every cue."""

    heads: Tensor
    frames: tuple[Tensor, Tensor, Tensor]
    cues: tuple[Tensor, Tensor]


@dataclass(frozen=True)
class Vectors:
    """What the layers give: of pieces `lower` and `upper` [B, T, H], and of words [B, W, H] for each kind of heads."""

    lower: Tensor
    upper: Tensor
    tagged: Tensor
    told: Tensor
    own: Tensor


@dataclass(frozen=True)
class Said:
    """What all heads make of a batch: log-odds, or vectors."""

    vectors: Vectors
    tags: tuple[Tensor, ...]
    arcs: Tensor
    relations: Tensor
    gate: Tensor
    events: tuple[Tensor, ...]
    roles: Tensor
    cues: Tensor
    parts: tuple[Tensor, ...]


# ---------------------------------------------------------------- what a model says


def vectors_of(model: Model, batch: Batch) -> Vectors:
    """A batch through all layers of the encoder and that of statements."""
    net = model.network
    lower = net.lower(batch)
    upper = net.upper(lower, batch.mask)
    tagged, told = (net.gather(hidden, batch.first, batch.last) for hidden in (lower, upper))
    return Vectors(lower, upper, tagged, told, model.statements.read(lower, batch.mask, batch.first, batch.last))


def asked_of(model: Model, batch: Batch, vectors: Vectors) -> Asked:
    """What a model would look at in a batch."""
    net = model.network
    arcs, *_ = net.parse(vectors.tagged, batch.words)
    heads = nn.functional.pad(arcs, (0, HEADS - 1), value=-1e9).topk(HEADS).indices
    there = batch.words > 0
    event = 1.0 - net.events(vectors.told, batch.words)[0].float().softmax(-1)[..., 0]
    events = torch.nonzero((event >= LEAST_EVENT) & there)
    predicates = torch.nonzero((net.tag(vectors.tagged)[4].argmax(-1) == 1) & there)
    predicates = predicates[torch.randperm(len(predicates))[:PREDICATES]]
    cues = torch.nonzero((model.statements.cues(vectors.own).float().sigmoid() >= LEAST_CUE) & there)
    first = torch.zeros(1, 2, dtype=torch.long)  # a word that is always asked for, so that none is never all there is
    rows, words = torch.cat([first, events, predicates]).T
    kinds = torch.full_like(rows, KINDS["predicate"])
    kinds[1 : 1 + len(events)] = KINDS["event"]
    return Asked(heads, (rows, words, kinds), tuple(torch.cat([first, cues]).T))


def said_of(model: Model, batch: Batch, vectors: Vectors, asked: Asked) -> Said:
    """What all heads of a model make of a batch."""
    net, own = model.network, model.statements
    arcs, dependents, heads = net.parse(vectors.tagged, batch.words)
    rows, words = asked.cues
    return Said(
        vectors, net.tag(vectors.tagged), arcs, net.relate(dependents, heads, asked.heads), net.gate(vectors.tagged),
        net.events(vectors.told, batch.words), net.frames(vectors.told, batch.words, *asked.frames),
        own.cues(vectors.own), own.frames(vectors.own, batch.words, rows, words, torch.full_like(rows, CUE)),
    )  # fmt: skip


# ---------------------------------------------------------------- how far two models are apart


@dataclass(frozen=True)
class Metrics:
    """Roots of what counts of a difference of vectors, [H, H]: what the matrices that read them make of it."""

    lower: Tensor
    upper: Tensor
    own: Tensor


def metrics_of(model: Model) -> Metrics:
    """How the readers of a model see its vectors."""
    net, own = model.network, model.statements
    above = (*own.layers, net.encoder.attention[int(net.tree_layers)])
    inner = [m for layer in above if isinstance(layer, AttentionLayer) for m in (layer.qkv.weight, layer.up.weight)]
    tags, arcs = torch.split(net.tags.weight, net.split), torch.split(net.arc.weight, net.arc_sizes)
    return Metrics(
        _root([*tags[:-1], *arcs, *inner]),
        _root([net.event_hidden.weight, net.event_hidden.weight, net.frame_word.weight, net.frame_head.weight]),
        _root([own.cue.weight, own.frame_word.weight, own.frame_head.weight]),
    )


def _root(matrices: Sequence[Tensor]) -> Tensor:
    """The Cholesky factor of the sum of M'M over matrices [., H], each as much as the others, and of a little more."""
    width = matrices[0].shape[1]
    scaled = [matrix.detach() / matrix.detach().norm() for matrix in matrices]
    root: Tensor = torch.linalg.cholesky(sum((m.T @ m for m in scaled), torch.eye(width) / width))
    return root


def differences(found: Said, wanted: Said, batch: Batch, asked: Asked, metrics: Metrics) -> dict[str, Tensor]:
    """How far what is found is from what is wanted: shares of variance of vectors, divergences of chances."""
    words = batch.words
    events = words * (1.0 - wanted.events[0].float().softmax(-1)[..., 0])
    likely = nn.functional.pad(wanted.arcs.float().softmax(-1), (0, HEADS - 1)).gather(-1, asked.heads)
    v, w, rows, cues = found.vectors, wanted.vectors, asked.frames[0], asked.cues[0]
    return {
        "lower": _apart(v.lower, w.lower, metrics.lower, batch.mask),
        "upper": _apart(v.upper, w.upper, metrics.upper, batch.mask),
        "own": _apart(v.own, w.own, metrics.own, words),
        "tags": _sum(divergence(a, b, words) for a, b in zip(found.tags[:-1], wanted.tags[:-1], strict=True))
        + doubt(found.tags[-1], wanted.tags[-1], words),
        "arcs": divergence(found.arcs, wanted.arcs, words),
        "relations": divergence(found.relations, wanted.relations, likely * words.unsqueeze(-1)),
        "gate": doubt(found.gate, wanted.gate, words),
        "event": divergence(found.events[0], wanted.events[0], words),
        "marks": _sum(divergence(found.events[n], wanted.events[n], events) for n in (1, 2))
        + doubt(found.events[3], wanted.events[3], events),
        "roles": divergence(found.roles, wanted.roles, words[rows]),
        "cue": doubt(found.cues.unsqueeze(-1), wanted.cues.unsqueeze(-1), words),
        "parts": divergence(found.parts[0], wanted.parts[0], words[cues]),
        "sides": _sum(
            divergence(a, b, words[cues]) for a, b in zip(found.parts[1:-2], wanted.parts[1:-2], strict=True)
        ),
        "act": divergence(found.parts[-2], wanted.parts[-2], torch.ones(len(cues))),
        "stand": divergence(found.parts[-1], wanted.parts[-1], torch.ones(len(cues))),
    }  # fmt: skip


def _sum(parts: Iterable[Tensor]) -> Tensor:
    return sum(parts, torch.zeros(()))


def _apart(found: Tensor, wanted: Tensor, root: Tensor, weight: Tensor) -> Tensor:
    """The share of the variance of vectors [B, N, H] that is lost, as their readers see it; `weight` [B, N]."""
    lost = ((found.float() - wanted.float()) @ root).square().sum(-1)
    spread = ((wanted.float() - wanted.float().mean((0, 1))) @ root).square().sum(-1)
    return (lost * weight).sum() / (spread * weight).sum()


def divergence(found: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """The mean divergence (Kullback and Leibler, 1951) of chances of one of C, log-odds [..., C], `weight` [...]."""
    sure = wanted.float().log_softmax(-1)
    rows = (sure.exp() * (sure - found.float().log_softmax(-1))).sum(-1)
    return (rows * weight).sum() / weight.sum().clamp(min=1)


def doubt(found: Tensor, wanted: Tensor, weight: Tensor) -> Tensor:
    """The same of C chances that are apart from each other."""
    chances = wanted.float().sigmoid()
    loss = nn.functional.binary_cross_entropy_with_logits
    rows = loss(found.float(), chances, reduction="none") - loss(wanted.float(), chances, reduction="none")
    return (rows.sum(-1) * weight).sum() / weight.sum().clamp(min=1)
