"""Scores PropBank predicates, and their arguments given the gold predicates.

An argument is right when its predicate, its words and its label are, as in CoNLL 2005 (Carreras and Màrquez,
https://aclanthology.org/W05-0620), save that continuations (C-) count as spans of their own, as references
(R-) do. The arguments of the gold auxiliaries, for which the model keeps no roles, count as not found.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.counts import Counts, Labelled, count_by_label, count_matches
from evals.gold import read_jsonl
from legation.records import Frame

AUXILIARIES = frozenset({"be.03", "have.01", "do.01", "get.03"})


@dataclass(frozen=True, slots=True)
class Predicate:
    """A gold predicate: the index of its word, whether it is an auxiliary, and its arguments."""

    word: int
    auxiliary: bool
    arguments: frozenset[Labelled]


@dataclass(frozen=True, slots=True)
class PredicateSentence:
    """The words of a sentence and its gold predicates."""

    words: tuple[str, ...]
    predicates: tuple[Predicate, ...]

    @property
    def given(self) -> tuple[int, ...]:
        """The words that are given to the model as predicates: all but the auxiliaries, in order."""
        return tuple(sorted(p.word for p in self.predicates if not p.auxiliary))


@dataclass(frozen=True, slots=True)
class PredicatesScore:
    """Counts of the predicates, of all arguments together, and of the arguments of each label."""

    predicates: Counts
    arguments: Counts
    labels: dict[str, Counts]


def load_predicates(path: Path) -> list[PredicateSentence]:
    """The sentences of a gzipped JSON Lines file with `words` and `frames`; argument ends are inclusive."""
    return [
        PredicateSentence(tuple(record["words"]), tuple(_predicate(frame) for frame in record["frames"]))
        for record in read_jsonl(path)
    ]


def _predicate(frame: dict[str, Any]) -> Predicate:
    arguments = frozenset((start, last + 1, label) for label, start, last in frame["args"])
    return Predicate(frame["pred"], frame["roleset"] in AUXILIARIES, arguments)


def score_predicates(
    gold: Sequence[Sequence[Predicate]],
    predicted: Sequence[AbstractSet[int]],
    frames: Sequence[Sequence[Frame]],
) -> PredicatesScore:
    """Compares sentences in the same order.

    `predicted` are the words the model takes for predicates of either kind, by itself; `frames` what it makes
    of the given ones. Attributions among the frames are left out.
    """
    words = [{predicate.word for predicate in sentence} for sentence in gold]
    wanted = [
        {((p.word, start, end), label) for p in sentence for start, end, label in p.arguments} for sentence in gold
    ]
    found = [
        {((f.word, r.start, r.end), r.label) for f in sentence if f.kind == "predicate" for r in f.roles}
        for sentence in frames
    ]
    return PredicatesScore(count_matches(words, predicted), count_matches(wanted, found), count_by_label(wanted, found))
