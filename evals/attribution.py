"""Scores attribution on whole articles: which tokens lie in a source, in a cue, in a content.

The parts of all attributions of an article are put together before they are compared, so that a content
inside another counts once and nobody need decide which attribution answers to which. PolNeAR (Newell et al.
2018, https://aclanthology.org/L18-1524) only measures here: it has no licence to learn from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.counts import Counts, count_matches
from evals.gold import read_jsonl
from legation.records import Frame, Reading, Report, Sentence

Span = tuple[int, int]
"""Start and end (exclusive) in code points of the article's text."""


@dataclass(frozen=True, slots=True)
class AttributionSpans:
    """The parts of one attribution, or of all of an article, by kind, in any order; spans of a kind may overlap."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributedArticle:
    """An article's text, its gold tokens and the gold parts of its attributions: all together, and of each."""

    text: str
    tokens: tuple[Span, ...]
    spans: AttributionSpans
    each: tuple[AttributionSpans, ...] = ()


@dataclass(frozen=True, slots=True)
class AttributionScore:
    """Counts of the tokens of each part."""

    source: Counts
    cue: Counts
    content: Counts


def load_attributions(path: Path) -> list[AttributedArticle]:
    """The articles of a gzipped JSON Lines file with `text`, `tokens` and `attributions`."""
    found = []
    for record in read_jsonl(path):
        each = tuple(_parts(attribution) for attribution in record["attributions"])
        found.append(AttributedArticle(record["text"], _spans(record["tokens"]), together(each), each))
    return found


def together(attributions: Iterable[AttributionSpans]) -> AttributionSpans:
    """The parts of several attributions, kind by kind."""
    kept = tuple(attributions)
    return AttributionSpans(
        tuple(span for one in kept for span in one.source),
        tuple(span for one in kept for span in one.cue),
        tuple(span for one in kept for span in one.content),
    )


def _parts(attribution: Mapping[str, Any]) -> AttributionSpans:
    return AttributionSpans(*(_spans(attribution[kind]) for kind in ("source", "cue", "content")))


def _spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)


# ---------------------------------------------------------------- predictions


def frame_spans(reading: Reading) -> tuple[AttributionSpans, ...]:
    """What the model marks, sentence by sentence, an attribution a frame."""
    return tuple(
        AttributionSpans(*(_roles(sentence, frame, label) for label in ("SOURCE", "CUE", "CONTENT")))
        for sentence in reading.sentences
        for frame in sentence.frames
        if frame.kind == "attribution"
    )


def _roles(sentence: Sentence, frame: Frame, label: str) -> tuple[Span, ...]:
    return tuple(
        (sentence.tokens[role.start].start, sentence.tokens[role.end - 1].end)
        for role in frame.roles
        if role.label == label
    )


def statement_spans(report: Report) -> tuple[AttributionSpans, ...]:
    """What the report says: the statements it kept, with quotations followed over the ends of sentences."""
    return tuple(
        AttributionSpans(
            ((one.speaker.start, one.speaker.end),) if one.speaker is not None else (),
            ((one.cue.start, one.cue.end),),
            tuple((span.start, span.end) for span in one.content),
        )
        for one in report.statements
    )


# ---------------------------------------------------------------- scoring


def score_attribution(gold: Sequence[AttributedArticle], predicted: Sequence[AttributionSpans]) -> AttributionScore:
    """Compares articles in the same order; a span holds every token that it shares a character with."""

    def part(kind: str) -> Counts:
        return count_matches(
            [_tokens_in(article, getattr(article.spans, kind)) for article in gold],
            [_tokens_in(article, getattr(spans, kind)) for article, spans in zip(gold, predicted, strict=True)],
        )

    return AttributionScore(part("source"), part("cue"), part("content"))


def _tokens_in(article: AttributedArticle, spans: Sequence[Span]) -> set[int]:
    """Indices of the tokens that share a character with any span."""
    covered = bytearray(len(article.text))
    for start, end in spans:
        covered[start:end] = b"\1" * len(covered[start:end])
    return {i for i, (start, end) in enumerate(article.tokens) if covered.find(b"\1", start, end) >= 0}
