"""Sentences as the layers of statements learn them: what the lower layers give, and what is marked in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime
import torch
from torch import Tensor

from training.corpora import Example, GoldStance
from training.dataset import IGNORED, Encoded, Encoder, cue_targets, tag_row
from training.ranges import Feeds
from training.statement_network import CUE, GOING_ON, LABELS, TAGS

LONGEST = 160
"""Word pieces of the longest sentence that is learned from."""
PIECES = 1500
"""Padded pieces that the lower layers read at once."""
Floats = npt.NDArray[np.float32]


class Lower:
    """The lower layers of the graph of the first lesson at `path`, as they are run."""

    def __init__(self, path: Path, threads: int = 2) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def run(self, feeds: Feeds) -> tuple[Floats, Floats]:
        """What it makes of the sentences: vectors of pieces [B, T, H], chances of cues [B, W]."""
        # No sentence has a chance of 2, so that the upper layers rest.
        given = dict(feeds) | {"least_chance": np.array(2, dtype=np.float32)}
        hidden, likely = self._session.run(["hidden", "likely"], given)
        return hidden, likely


@dataclass(frozen=True, slots=True)
class StatementFrame:
    """A frame as ids: its word, its kind, tags of every word by head (IGNORED where not known), the act, and
    the stand: 0 for none, else 1 and the number of the side; both IGNORED where not known."""

    word: int
    kind: int
    tags: dict[str, list[int]]
    act: int
    stand: int


@dataclass(frozen=True, slots=True)
class StatementExample:
    """A sentence: vectors of its pieces [T, H] in half precision, its words' first and last pieces, whether each is a
    cue, and its frames; `held` where cues and parts need not be learned from it by who has learned them already."""

    hidden: Tensor
    first: list[int]
    last: list[int]
    cues: list[int]
    frames: list[StatementFrame]
    held: bool = True


@dataclass(frozen=True, slots=True)
class StatementBatch:
    """Padded: hidden [B, T, H], mask [B, T], first, last, words, cues [B, W], held [B]; frames flattened to [P], their
    tags [P, W] by head, acts and stands [P]."""

    hidden: Tensor
    mask: Tensor
    first: Tensor
    last: Tensor
    words: Tensor
    cues: Tensor
    frame_rows: Tensor
    frame_words: Tensor
    frame_kinds: Tensor
    tags: dict[str, Tensor]
    acts: Tensor
    stands: Tensor
    held: Tensor


def feeds_of(encoder: Encoder, items: Sequence[Encoded]) -> Feeds:
    """Encoded sentences as inputs of the graph of the first lesson."""
    batch, _ = encoder.collated(list(items))
    names = ("pieces", "shapes", "quotes", "first", "last", "words")
    feeds = {name: getattr(batch, name).numpy() for name in names}
    return feeds | {"predicate_bias": np.zeros_like(feeds["words"]), "least_chance": np.array(0, dtype=np.float32)}


def encoded(examples: Sequence[Example], encoder: Encoder) -> list[tuple[Example, Encoded]]:
    """The sentences that are not too long, shortest first, without what the first lesson alone learns."""
    plain = [replace(e, events=None, chances=None, predicates=None, attributions=None) for e in examples]
    pairs = [(e, encoder.encode(bare)) for e, bare in zip(examples, plain, strict=True)]
    return sorted((pair for pair in pairs if len(pair[1].pieces) <= LONGEST), key=lambda pair: len(pair[1].pieces))


def read(examples: Sequence[Example], encoder: Encoder, lower: Lower) -> Iterator[StatementExample]:
    """The sentences with what the lower layers make of them, shortest first."""
    for group in grouped(encoded(examples, encoder)):
        hidden, _ = lower.run(feeds_of(encoder, [item for _, item in group]))
        for row, (example, item) in zip(hidden, group, strict=True):
            yield marked_in(example, item, torch.tensor(row[: len(item.pieces)]).half())


def marked_in(example: Example, item: Encoded, vectors: Tensor) -> StatementExample:
    """What is marked in a sentence, with the vectors of its pieces."""
    return StatementExample(vectors, item.first, item.last, cues_of(example), list(frames_of(example)))


def grouped(pairs: Sequence[tuple[Example, Encoded]]) -> Iterator[Sequence[tuple[Example, Encoded]]]:
    """Neighbours of about PIECES padded pieces together."""
    start = 0
    while start < len(pairs):
        stop = start + 1
        while stop < len(pairs) and len(pairs[stop][1].pieces) * (stop + 1 - start) <= PIECES:
            stop += 1
        yield pairs[start:stop]
        start = stop


def cues_of(example: Example) -> list[int]:
    """1 for each word that is a cue, 0 for one that surely is none, else IGNORED."""
    return [IGNORED] * len(example.forms) if example.attributions is None else cue_targets(example)


def frames_of(example: Example) -> Iterator[StatementFrame]:
    """The frames of a sentence, one a cue and one where a quotation goes on."""
    size = len(example.forms)
    parts = {frame.word: frame.roles for frame in example.attributions or ()}
    stances = {stance.word: stance for stance in example.stances or ()}
    for word in sorted(parts.keys() | stances.keys()):
        stance = stances.get(word)
        spans = {"parts": parts.get(word)}
        spans |= {"sides": stance.sides, "attitudes": stance.toward} if stance else {"sides": None, "attitudes": None}
        tags = {
            name: [IGNORED] * size if own is None else tag_row(own, size, _NUMBERS[name]) for name, own in spans.items()
        }
        act = IGNORED if stance is None or stance.act is None else LABELS["acts"].index(stance.act)
        yield StatementFrame(word, CUE if word in parts else GOING_ON, tags, act, _stand(stance))


def _stand(stance: GoldStance | None) -> int:
    """The one side that is taken; who takes several in one sentence says nothing of which."""
    sides = {side for side, _, _ in stance.sides} if stance else set()
    if stance is None or len(sides) > 1:
        return IGNORED
    return next((1 + LABELS["sides"].index(side) for side in sides), 0)


_NUMBERS = {name: {tag: number for number, tag in enumerate(tags)} for name, tags in TAGS.items()}


def collated(examples: Sequence[StatementExample]) -> StatementBatch:
    """Sentences padded into one batch."""
    length = max(len(e.hidden) for e in examples)
    width = max(len(e.first) for e in examples)

    def padded(rows: Sequence[list[int]], fill: int = 0) -> Tensor:
        return torch.tensor([[*row, *([fill] * (width - len(row)))] for row in rows], dtype=torch.long).view(-1, width)

    hidden = torch.zeros(len(examples), length, examples[0].hidden.shape[-1])
    mask = torch.zeros(len(examples), length)
    for row, example in enumerate(examples):
        hidden[row, : len(example.hidden)] = example.hidden.float()
        mask[row, : len(example.hidden)] = 1.0
    frames = [(row, frame) for row, example in enumerate(examples) for frame in example.frames]
    return StatementBatch(
        hidden, mask,
        padded([e.first for e in examples]), padded([e.last for e in examples]),
        padded([[1] * len(e.first) for e in examples]).float(), padded([e.cues for e in examples], IGNORED),
        torch.tensor([row for row, _ in frames], dtype=torch.long),
        torch.tensor([frame.word for _, frame in frames], dtype=torch.long),
        torch.tensor([frame.kind for _, frame in frames], dtype=torch.long),
        {name: padded([frame.tags[name] for _, frame in frames], IGNORED) for name in TAGS},
        torch.tensor([frame.act for _, frame in frames], dtype=torch.long),
        torch.tensor([frame.stand for _, frame in frames], dtype=torch.long),
        torch.tensor([float(e.held) for e in examples]),
    )  # fmt: skip
