"""What networks that have not learned the issue of a statement make of it: taught beside the annotation.

A network that has learned a statement only repeats its marks, and grows surer of them than it can be on issues that are
new to it. Each of FOLDS networks leaves out the issues of a part of the corpus, and says what it makes of that part
(as `training.teacher` does for events).
"""

from __future__ import annotations

import copy
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import torch
from torch import Tensor

from training.position_corpus import Record
from training.statement_examples import StatementExample, StatementFrame, collated
from training.statement_lesson import StatementPlan, learn
from training.statement_network import TAGS, StatementNetwork

FOLDS = 4
PLAN = StatementPlan(epochs=4)
"""Fewer passes than the network that is shipped takes: it is stopped before it grows too sure."""
TOGETHER = 32


def folds_of(records: Sequence[Record]) -> dict[str, int]:
    """The fold of each sentence of a record, by the part of its id that tells the record; whole issues together."""
    return {
        f"positions-{record.id}": int(hashlib.sha256(f"fold {record.issue}".encode()).hexdigest()[:8], 16) % FOLDS
        for record in records
    }


def taught(
    network: StatementNetwork, marked: Sequence[StatementExample], folds: Mapping[str, int], plan: StatementPlan = PLAN
) -> list[StatementExample]:
    """The examples, those with a fold with what a network says of them that began as `network` and left it out."""
    own = [folds.get(example.id.rpartition("-")[0]) for example in marked]
    found = list(marked)
    for fold in range(FOLDS):
        pupil = copy.deepcopy(network)
        learn(
            pupil, {"marked": [e for e, number in zip(marked, own, strict=True) if number != fold], "trees": []}, plan
        )
        left = [place for place, number in enumerate(own) if number == fold]
        for place, example in zip(left, said(pupil, [marked[place] for place in left]), strict=True):
            found[place] = example
    return found


def said(network: StatementNetwork, examples: Sequence[StatementExample]) -> Iterator[StatementExample]:
    """The examples with what a network says of the sides, attitudes and acts of their frames."""
    for start in range(0, len(examples), TOGETHER):
        group = examples[start : start + TOGETHER]
        batch = collated(group)
        with torch.inference_mode():
            words = network.read(batch.hidden, batch.mask, batch.first, batch.last)
            *tags, acts = network.frames(words, batch.words, batch.frame_rows, batch.frame_words, batch.frame_kinds)
        chances = {name: scores.softmax(-1) for name, scores in zip((*TAGS, "act"), (*tags, acts), strict=True)}
        rows = iter(range(len(batch.frame_rows)))
        for example in group:
            frames = [_with(frame, chances, next(rows), len(example.first)) for frame in example.frames]
            yield replace(example, frames=frames)


def _with(frame: StatementFrame, chances: Mapping[str, Tensor], row: int, words: int) -> StatementFrame:
    """The frame with the chances of its row; of its parts the annotation alone is learned."""
    own = {name: found[row, :words] if found.dim() == 3 else found[row] for name, found in chances.items()}
    return replace(frame, taught={name: found.clone() for name, found in own.items() if name != "parts"})
