"""Scores names: a name is right when its words and its label are, as the model marks it or as it is coded.

Universal NER (Mayhew et al. 2024, https://aclanthology.org/2024.naacl-long.243) marks people, organisations
and places only; what the model calls NORP or MISC is left out of the count.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path

from evals.counts import Counts, Labelled, count_by_label, count_matches
from evals.gold import read_jsonl
from legation.coding.names import Kind, find_names
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer
from legation.records import NamedSpan, Sentence

LABELS = ("PER", "ORG", "LOC")
CODED: dict[Kind, str] = {"person": "PER", "organization": "ORG", "state": "LOC", "place": "LOC", "people": "NORP"}
"""What a coded name counts as: states are places here, and a nation by its people is none of the three."""


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """The words of a sentence and its gold names."""

    words: tuple[str, ...]
    names: frozenset[Labelled]


@dataclass(frozen=True, slots=True)
class NamesScore:
    """Counts of all names together, and of each label."""

    names: Counts
    labels: dict[str, Counts]


def load_names(path: Path) -> list[NamedSentence]:
    """The sentences of a gzipped JSON Lines file with `words` and `spans` (start, end exclusive, label)."""
    return [
        NamedSentence(
            tuple(record["words"]),
            frozenset((start, end, label) for start, end, label in record["spans"] if label in LABELS),
        )
        for record in read_jsonl(path)
    ]


WORLDWIDE = {"Person": "PER", "Organization": "ORG", "Location": "LOC"}


def load_worldwide(path: Path) -> list[NamedSentence]:
    """The sentences of en-worldwide-newswire, whose records are articles with `sents` as ranges of their `words`."""
    found = []
    for record in read_jsonl(path):
        names = [(start, end, WORLDWIDE[label]) for start, end, label in record["spans"] if label in WORLDWIDE]
        for first, last in record["sents"]:
            inside = frozenset((s - first, e - first, label) for s, e, label in names if first <= s and e <= last)
            found.append(NamedSentence(tuple(record["words"][first:last]), inside))
    return found


def coded_names(words: Sequence[str], sentence: Sentence) -> list[NamedSpan]:
    """The names that coding finds in a sentence by itself, of no known date; its words are joined by blanks."""
    mentions = find_names(0, Phrases(sentence, " ".join(words)), Gazetteer.load())
    return [NamedSpan(m.start, m.end, CODED[m.kind], 1.0) for m in mentions]


def score_names(gold: Sequence[AbstractSet[Labelled]], predicted: Sequence[Sequence[NamedSpan]]) -> NamesScore:
    """Compares the names of sentences in the same order."""
    found = [{(n.start, n.end, n.label) for n in names if n.label in LABELS} for names in predicted]
    return NamesScore(count_matches(gold, found), count_by_label(_placed(gold), _placed(found)))


def _placed(sentences: Sequence[AbstractSet[Labelled]]) -> list[set[tuple[tuple[int, int], str]]]:
    return [{((start, end), label) for start, end, label in names} for names in sentences]
