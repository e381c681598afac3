"""Scores blocks, words and sentences against Universal Dependencies treebanks, from raw text.

The raw text is rebuilt as the Universal Dependencies tools do it, and spans are compared as in the CoNLL
2018 shared task (Zeman et al. 2018, https://aclanthology.org/K18-2001): by exact offsets among the
characters that are not white space, so that only where a unit begins and ends counts.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from legation.read.blocks import find_blocks
from legation.read.sentences import SentenceSplitter
from legation.read.words import split_words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Segmentation:
    """A text and its word and sentence spans: code points, end exclusive."""

    text: str
    words: tuple[Span, ...]
    sentences: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1, each from 0 to 1, and how many units the gold standard has."""

    precision: float
    recall: float
    f1: float
    gold: int


@dataclass(frozen=True, slots=True)
class SegmentationScore:
    """The scores of the words and of the sentences of one or more texts."""

    words: Score
    sentences: Score


# ---------------------------------------------------------------- scoring


def score_segmentation(
    gold: Segmentation | Sequence[Segmentation], predicted: Segmentation | Sequence[Segmentation]
) -> SegmentationScore:
    """Compare like with like: one text, or texts in the same order, pooled.

    Raises ValueError where the texts differ in more than white space.
    """
    golds = [gold] if isinstance(gold, Segmentation) else list(gold)
    others = [predicted] if isinstance(predicted, Segmentation) else list(predicted)
    if [_bare(one.text) for one in golds] != [_bare(one.text) for one in others]:
        raise ValueError("the gold and the predicted texts differ")
    return SegmentationScore(
        words=_score_spans(
            [_bare_spans(one.text, one.words) for one in golds],
            [_bare_spans(one.text, one.words) for one in others],
        ),
        sentences=_score_spans(
            [_bare_spans(one.text, one.sentences) for one in golds],
            [_bare_spans(one.text, one.sentences) for one in others],
        ),
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def _bare_spans(text: str, spans: Iterable[Span]) -> set[Span]:
    """The spans counted in characters that are not white space; what is empty then is left out."""
    before = [0]
    for character in text:
        before.append(before[-1] + (not character.isspace()))
    return {(before[start], before[end]) for start, end in spans if before[start] < before[end]}


def _score_spans(gold: list[set[Span]], predicted: list[set[Span]]) -> Score:
    right = sum(len(one & other) for one, other in zip(gold, predicted, strict=True))
    gold_count = sum(map(len, gold))
    predicted_count = sum(map(len, predicted))
    both = gold_count + predicted_count
    return Score(
        precision=right / predicted_count if predicted_count else 0.0,
        recall=right / gold_count if gold_count else 0.0,
        f1=2 * right / both if both else 0.0,
        gold=gold_count,
    )


# ---------------------------------------------------------------- reading CoNLL-U


@dataclass(frozen=True, slots=True)
class _Token:
    """A surface token: its form, the forms of its words, and whether white space follows."""

    form: str
    words: tuple[str, ...]
    space_after: bool


@dataclass(slots=True)
class _Sentence:
    document: str | None
    opens_paragraph: bool
    tokens: list[_Token]


def load_conllu(path: Path) -> dict[str, Segmentation]:
    """Each document's raw text with its gold spans, by document id, in the order of the file.

    Paragraphs stand apart by a blank line, sentences by a space unless SpaceAfter=No. Words of a
    multiword token split its surface where their forms spell it; otherwise its surface is one word.
    """
    builders: dict[str, _Builder] = {}
    name = ""
    for sentence in _read_sentences(path):
        name = sentence.document or name
        builders.setdefault(name, _Builder()).add(sentence)
    return {name: builder.build() for name, builder in builders.items()}


def _read_sentences(path: Path) -> Iterator[_Sentence]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        stanza: list[str] = []
        for line in lines:
            if line.strip():
                stanza.append(line.rstrip("\n"))
            elif stanza:
                yield _parse_sentence(stanza)
                stanza = []
        if stanza:
            yield _parse_sentence(stanza)


def _parse_sentence(stanza: list[str]) -> _Sentence:
    comments = [line for line in stanza if line.startswith("#")]
    document = next((line.partition("=")[2].strip() for line in comments if line.startswith("# newdoc")), None)
    opens = document is not None or any(line.startswith("# newpar") for line in comments)
    rows = [line.split("\t") for line in stanza if not line.startswith("#")]
    return _Sentence(document, opens, list(_parse_tokens(rows)))


def _parse_tokens(rows: list[list[str]]) -> Iterator[_Token]:
    words = {row[0]: row for row in rows if row[0].isdigit()}
    inside = 0
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside = last
            forms = tuple(words[str(number)][1] for number in range(first, last + 1))
            yield _Token(row[1], forms, "SpaceAfter=No" not in row[9])
        elif row[0].isdigit() and int(row[0]) > inside:
            yield _Token(row[1], (row[1],), "SpaceAfter=No" not in row[9])


class _Builder:
    """Grows one document's text, sentence by sentence."""

    def __init__(self) -> None:
        self._text = ""
        self._words: list[Span] = []
        self._sentences: list[Span] = []

    def add(self, sentence: _Sentence) -> None:
        if sentence.opens_paragraph and self._text:
            self._text = self._text.rstrip() + "\n\n"
        start = len(self._text)
        for token in sentence.tokens:
            self._words.extend(_word_spans(token, len(self._text)))
            self._text += token.form + (" " if token.space_after else "")
        self._sentences.append((start, len(self._text.rstrip())))

    def build(self) -> Segmentation:
        return Segmentation(self._text.rstrip(), tuple(self._words), tuple(self._sentences))


def _word_spans(token: _Token, start: int) -> list[Span]:
    if "".join(token.words) != token.form:
        return [(start, start + len(token.form))]
    ends = [start]
    for word in token.words:
        ends.append(ends[-1] + len(word))
    return list(pairwise(ends))


# ---------------------------------------------------------------- running


def segment(text: str, splitter: SentenceSplitter) -> Segmentation:
    """What the library makes of a text."""
    words: list[Span] = []
    sentences: list[Span] = []
    for block in find_blocks(text):
        own = split_words(text, block.start, block.end)
        words.extend(own)
        sentences.extend((own[first][0], own[last - 1][1]) for first, last in splitter.split(text, block, own))
    return Segmentation(text, tuple(words), tuple(sentences))


def main() -> None:
    """Score a treebank: prints the figures as JSON."""
    parser = argparse.ArgumentParser(description="Score a treebank.")
    parser.add_argument("treebank", type=Path, help="a CoNLL-U file, .gz or not")
    parser.add_argument("--documents", default="", help="only documents whose id matches this regular expression")
    arguments = parser.parse_args()
    documents = [
        document for name, document in load_conllu(arguments.treebank).items() if re.search(arguments.documents, name)
    ]
    splitter = SentenceSplitter.load()
    started = time.perf_counter()
    predicted = [segment(document.text, splitter) for document in documents]
    seconds = time.perf_counter() - started
    score = score_segmentation(documents, predicted)
    count = sum(len(one.words) for one in predicted)
    print(json.dumps({
        "documents": len(documents),
        "word_f1": round(100 * score.words.f1, 2), "words": score.words.gold,
        "sentence_f1": round(100 * score.sentences.f1, 2), "sentences": score.sentences.gold,
        "words_per_second": round(count / seconds) if seconds else None,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
