"""Fits the weights by which he, she, him, her and his are resolved.

    python -m training.pronouns [--corpora FOLDER] [--out FILE]

writes `src/legation/data/pronouns.csv`. Learned from are the training part of GAP (Webster et al., 2018), the
documents of GUM whose text may be used commercially, and our own articles of speakers with odd numbers up to LAST.
The measure is the likelihood of the right persons (Lee et al., 2017), by L-BFGS (Nocedal, 1980), with a ridge. Takes
some minutes.

What a pronoun before means counts as a feature, so the weights are fitted in rounds, each on what the last resolved.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evals.gold import corpora_folder, read_jsonl
from evals.speakers import load_speakers
from legation.coding.names import Mention, name_key
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.pronouns import LEAST, LEAST_OF_SOURCE, NOBODY, PRONOUNS, Candidate, Story, Weights
from legation.coding.references import UNNAMED
from legation.coding.registry import Names
from legation.read.reader import TextReader
from legation.records import Reading, Text
from training import tables
from training.fitting import Floats, minimum

ROOT = Path(__file__).resolve().parent.parent
LAST = 40
"""The last of our articles that is learned from."""
OUT = ROOT / "src" / "legation" / "data" / "pronouns.csv"
ROUNDS, RIDGE, RAREST = 3, 2.0, 10
"""Rounds of fitting, the ridge, how often a feature must occur."""
SURE_ENOUGH, SOURCE_ENOUGH = 0.77, 0.55
"""How likely an answer must be to be given: so that half of the pronouns of GAP train are answered by weights that were
fitted without them. A pronoun that says something means who is likeliest oftener than the chance tells: in our
articles, by weights fitted on the other half of them, 88 of 100 that are answered from .55 are right, 90 from .76."""
HEAD = """\
# The weight of each feature by which he, she, him, her and his are resolved (coding/references.py, coding/pronouns.py).
# Fitted by training/pronouns.py on GAP train (Google, Apache 2.0; text Wikipedia), GUM train (its texts of CC BY, CC
# BY-SA and the public domain) and our articles of speakers (corpus/positions/speakers, odd numbers, CC BY 4.0).
# Compiled by the Legation authors, 2026-11-26. Licence: CC BY 4.0.
#
# feature  its name; "nobody" is that no person is meant, "least" how likely an answer must be to be given, and
#          "least:source" that of a pronoun that says something
# weight   how much it adds to the logarithm of a person's odds
"""


@dataclass(frozen=True, slots=True)
class Truth:
    """The keys that a pronoun means, None where only is known whom it does not mean."""

    right: frozenset[str] | None
    wrong: frozenset[str] = frozenset()

    def allows(self, key: str) -> bool:
        """Whether a pronoun may mean somebody."""
        return key in self.right if self.right is not None else key not in self.wrong


@dataclass(frozen=True, slots=True)
class Document:
    """A read text, with whom its pronouns mean by their offsets."""

    people: Participants
    truths: Mapping[tuple[int, int], Truth]


Row = tuple[Sequence[Candidate], Truth]


# ---------------------------------------------------------------- documents


def people_of(reading: Reading) -> Participants:
    """The persons of a text."""
    sentences = [Phrases(sentence, reading.text.body) for sentence in reading.sentences]
    tables = Names.load()
    return Participants(sentences, tables.gazetteer, reading.text.published, tables.leaders)


def _mentions(people: Participants) -> list[Mention]:
    return [m for mentions in people.names for m in mentions if m.kind == "person"]


def keys_at(people: Participants, start: int, end: int) -> frozenset[str]:
    """The persons whose name shares a character with a stretch of text."""
    return frozenset(m.key for m in _mentions(people) if m.span.start < end and start < m.span.end)


def from_gap(record: Mapping[str, Any], reading: Reading) -> Document:
    """A record of GAP: of two named persons the pronoun means one, or neither."""
    people = people_of(reading)
    sides = [(keys_at(people, *record[side]), record[f"{side}_coref"]) for side in ("a", "b")]
    right = frozenset().union(*(keys for keys, same in sides if same))
    wrong = frozenset().union(*(keys for keys, _ in sides)) - right
    known = any(same for _, same in sides)
    return Document(people, {tuple(record["pronoun"]): Truth(right if known else None, wrong)})


def from_gum(record: Mapping[str, Any], reading: Reading) -> Document:
    """A document of GUM: a pronoun means the names and nouns of its chain."""
    people = people_of(reading)
    words = {
        (token.start, token.end): f"{UNNAMED}{number}:{word}"
        for number, phrases in enumerate(people.sentences)
        for word, token in enumerate(phrases.tokens)
    }
    chains: dict[str, set[str]] = defaultdict(set)
    for mention in record["mentions"]:
        start, end = mention["head"]
        if mention["kind"] == "name":
            chains[mention["cluster"]] |= keys_at(people, start, end)
        elif (start, end) in words:
            chains[mention["cluster"]].add(words[start, end])
    return Document(
        people,
        {
            (m["start"], m["end"]): Truth(frozenset(chains[m["cluster"]]))
            for m in record["mentions"]
            if m["kind"] == "pronoun" and record["text"][m["start"] : m["end"]].lower() in PRONOUNS
        },
    )


def from_speakers(marks: Iterable[tuple[int, int, str]], reading: Reading) -> Document:
    """An article of ours: pronouns that speak are marked with the full name of whom they mean."""
    people = people_of(reading)
    named = {m.key: set(name_key(m.name).split()) for m in _mentions(people)}
    truths = {}
    for start, end, name in marks:
        if reading.text.body[start:end].lower() in PRONOUNS:
            words = set(name_key(name).split())
            fitting = frozenset(key for key, own in named.items() if own <= words)
            truths[start, end] = Truth(fitting or frozenset(key for key, own in named.items() if words <= own))
    return Document(people, truths)


def documents(corpora: Path, reader: TextReader) -> list[Document]:
    """Everything that is learned from, read."""
    found = [from_gap(r, reader.read(Text(r["text"]))) for r in read_jsonl(corpora / "gap" / "train.jsonl.gz")]
    found += [
        from_gum(r, reader.read(Text(r["text"]))) for r in read_jsonl(corpora / "gum_doc" / "train.commercial.jsonl.gz")
    ]
    for article in load_speakers():
        if article.number % 2 and article.number <= LAST:
            marks = [(mark.start, mark.end, mark.who) for mark in article.marks]
            found.append(from_speakers(marks, reader.read(Text(article.text))))
    return found


# ---------------------------------------------------------------- fitting


def rows_of(found: Iterable[Document], weights: Weights) -> list[Row]:
    """The candidates of each pronoun whose meaning is known, earlier pronouns taken as the weights resolve them."""
    rows: list[Row] = []
    for document in found:
        people = document.people
        for (number, word), candidates, _ in Story(people.sentences, people.names, people.described).walk(weights):
            token = people.sentences[number].tokens[word]
            truth = document.truths.get((token.start, token.end))
            if truth is not None:
                rows.append((candidates, truth))
    return rows


class Table:
    """Rows as arrays: one entry for each feature of a candidate, one line for each candidate and for nobody."""

    def __init__(self, rows: Sequence[Row]) -> None:
        counts = Counter(f for candidates, _ in rows for c in candidates for f, x in c.features.items() if x)
        self.features = [NOBODY, *sorted(f for f, n in counts.items() if n >= RAREST)]
        columns = {feature: at for at, feature in enumerate(self.features)}
        entries: list[tuple[int, int, float]] = []
        owner: list[int] = []
        allowed: list[float] = []
        for row, (candidates, truth) in enumerate(rows):
            known = [truth.allows(c.key) for c in candidates]
            for candidate, fits in zip(candidates, known, strict=True):
                entries += [(len(owner), columns[f], x) for f, x in candidate.features.items() if x and f in columns]
                owner.append(row)
                allowed.append(float(fits))
            entries.append((len(owner), 0, 1.0))
            owner.append(row)
            allowed.append(float(truth.right is None or not any(known)))
        self.line, self.column = (np.array([e[at] for e in entries]) for at in (0, 1))
        self.value = np.array([e[2] for e in entries])
        self.owner, self.allowed, self.rows = np.array(owner), np.array(allowed), len(rows)

    def loss(self, weights: Floats) -> tuple[float, Floats]:
        """What the weights cost, and the slope [features]."""
        scores = np.bincount(self.line, self.value * weights[self.column], len(self.owner))
        top = np.full(self.rows, -np.inf)
        np.maximum.at(top, self.owner, scores)
        odds = np.exp(scores - top[self.owner])
        every = np.bincount(self.owner, odds, self.rows)
        right = np.bincount(self.owner, odds * self.allowed, self.rows)
        pull = odds / every[self.owner] - odds * self.allowed / right[self.owner]
        slope = np.bincount(self.column, self.value * pull[self.line], len(weights)) + RIDGE * weights
        return float(np.log(every / right).sum() + RIDGE / 2 * weights @ weights), slope


def fitted(found: Sequence[Document]) -> Weights:
    """The weights that fit what is known of the documents."""
    weights = Weights({})
    for _ in range(ROUNDS):
        weights = Weights(values_of(rows_of(found, weights)) | {LEAST: SURE_ENOUGH, LEAST_OF_SOURCE: SOURCE_ENOUGH})
    return weights


def values_of(rows: Sequence[Row]) -> dict[str, float]:
    """The weights that fit rows, by their features, as they are shipped."""
    table = Table(rows)
    weights = minimum(table.loss, len(table.features))
    return dict(zip(table.features, (round(float(w), 3) for w in weights), strict=True))


def rendered(weights: Weights, head: str = HEAD) -> str:
    """The table as it is shipped, under what `head` says of it."""
    return tables.rendered(head, (("feature", "weight"), *sorted(weights.values.items())))


def main() -> None:
    """Reads, fits and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, default=corpora_folder())
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    weights = fitted(documents(options.corpora, TextReader.load(1)))
    options.out.write_text(rendered(weights), encoding="utf-8")
    print(f"{len(weights.values)} weights are in {options.out}.")


if __name__ == "__main__":
    main()
