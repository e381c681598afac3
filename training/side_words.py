"""Learns which words of an evidence speak for something and which against it: a second witness of a side.

    python -m training.side_words

writes `side_words.csv` into the package, from the training part of `corpus/positions`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from legation.coding.side_confidence import terms_of
from legation.read.words import split_words
from training.fitting import Floats, minimum
from training.position_corpus import Record, read
from training.real_statements import RealSentence, Said, read_real, said_of
from training.registry import DATA
from training.tables import rendered

RAREST = 5
"""In how many evidences a term is met at least, to have a weight."""
RIDGE = 10.0
COMMENT = """\
# What the words of an evidence, one and two at a time, and the act of its statement say of the side: a second witness
# beside the model (coding/side_confidence.py). Weights of a logistic regression, fitted by training/side_words.py on
# the training part of corpus/positions (CC BY 4.0). Compiled by the Legation authors, 2026-11-28. Licence: CC BY 4.0.
#
# term    in small letters, or "act:" and an act
# weight  how much it adds to the log-odds of "for"; below 0 it speaks for "against"
term,weight
"""

Seen = tuple[frozenset[str], bool]
"""The terms of an evidence, and whether it is for what it is about."""


def seen_in(records: Iterable[Record]) -> list[Seen]:
    """The evidences of one side of the annotated texts."""
    return [one for r in records for statement in r.statements for one in _seen(r.text, said_of(statement))]


def seen_in_real(sentences: Iterable[RealSentence]) -> list[Seen]:
    """The same of annotated real sentences."""
    return [one for sentence in sentences for said in sentence.said for one in _seen(sentence.text, said)]


def _seen(text: str, said: Said) -> Iterator[Seen]:
    for side in said.sides:
        if side.kind != "mixed":
            yield terms_of(words_of(text, *side.span), said.act), side.kind == "for"


def words_of(text: str, start: int, end: int) -> list[str]:
    """The words of a stretch of text, as a reader has them."""
    return [text[a:b] for a, b in split_words(text, start, end)]


def weights_of(seen: Sequence[Seen]) -> Mapping[str, float]:
    """The weight of each term that is met often enough."""
    counts = Counter(term for terms, _ in seen for term in terms)
    kept = sorted(term for term, count in counts.items() if count >= RAREST)
    columns = {term: at for at, term in enumerate(kept)}
    pairs = [(row, columns[t]) for row, (terms, _) in enumerate(seen) for t in sorted(terms) if t in columns]
    row, column = (np.array([pair[at] for pair in pairs]) for at in (0, 1))
    sides = np.array([1.0 if is_for else -1.0 for _, is_for in seen])

    def loss(weights: Floats) -> tuple[float, Floats]:
        margins = sides * np.bincount(row, weights[column], len(seen))
        pull = -sides / (1 + np.exp(margins))
        slope = np.bincount(column, pull[row], len(kept)) + RIDGE * weights
        return float(np.logaddexp(0.0, -margins).sum() + RIDGE / 2 * weights @ weights), slope

    found = zip(kept, minimum(loss, len(kept)), strict=True)
    return {term: round(float(weight), 3) for term, weight in found}


def table(weights: Mapping[str, float]) -> str:
    """The table as its file holds it; what says nothing is left out."""
    return rendered(COMMENT, ((term, f"{weight:.3f}") for term, weight in sorted(weights.items()) if weight))


def write() -> None:
    """Writes the table into the package."""
    invented = seen_in(record for record in read() if record.split == "train")
    real = seen_in_real(sentence for sentence in read_real() if sentence.split == "train")
    weights = weights_of([*invented, *real])
    (DATA / "side_words.csv").write_text(table(weights), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
