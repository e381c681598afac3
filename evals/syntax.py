"""Scores parts of speech, lemmas and trees on gold words.

Attachment scores are those of the CoNLL 2018 shared task (Zeman et al. 2018, https://aclanthology.org/K18-2001)
on gold words, so that precision and recall are one: punctuation counts, and LAS compares relations without
their subtypes. `las_full` compares them with their subtypes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from evals.gold import read_words
from legation.records import Token

Tree = tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class SyntaxScore:
    """Shares of the words, from 0 to 1, that have the right tag, lemma, head, or head and relation."""

    words: int
    upos: float
    xpos: float
    lemma: float
    uas: float
    las: float
    las_full: float


def load_trees(path: Path) -> list[Tree]:
    """The sentences of a gzipped CoNLL-U file; offsets count in the words joined by blanks."""
    return [_tree(rows) for rows in read_words(path)]


def _tree(rows: list[list[str]]) -> Tree:
    tokens: list[Token] = []
    start = 0
    for row in rows:
        end = start + len(row[1])
        tokens.append(Token(start, end, row[1], row[2], row[3], row[4], int(row[6]) - 1, row[7]))
        start = end + 1
    return tuple(tokens)


def score_syntax(gold: Sequence[Tree], predicted: Sequence[Tree]) -> SyntaxScore:
    """Compares trees of the same words, sentence by sentence. Raises ValueError where the words differ."""
    if [[t.text for t in tree] for tree in gold] != [[t.text for t in tree] for tree in predicted]:
        raise ValueError("the gold and the predicted trees have different words")
    pairs = list(zip(chain.from_iterable(gold), chain.from_iterable(predicted), strict=True))

    def share(right: Callable[[Token, Token], bool]) -> float:
        return sum(right(one, other) for one, other in pairs) / len(pairs) if pairs else 1.0

    return SyntaxScore(
        len(pairs),
        upos=share(lambda one, other: one.upos == other.upos),
        xpos=share(lambda one, other: one.xpos == other.xpos),
        lemma=share(_same_lemma),
        uas=share(lambda one, other: one.head == other.head),
        las=share(lambda one, other: (one.head, _main(one)) == (other.head, _main(other))),
        las_full=share(lambda one, other: (one.head, one.deprel) == (other.head, other.deprel)),
    )


def _same_lemma(gold: Token, predicted: Token) -> bool:
    """As in CoNLL 2018 a word whose gold lemma is "_", the tail of one torn apart, may have any."""
    return gold.lemma in ("_", predicted.lemma)


def _main(token: Token) -> str:
    return token.deprel.partition(":")[0]
