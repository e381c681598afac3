"""Scores whole attributions: who says what, each against one gold attribution.

A found attribution is right when its content shares at least half of the letters and digits of the longer of both
contents with a gold one's, and their sources share a character; two without a source agree as well. Each counts once:
the pairs that share most go first. Cues are not asked for.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, TypeVar

from evals.attribution import AttributedArticle, AttributionSpans, Span, together
from evals.counts import Counts
from evals.events import touches
from evals.gold import read_jsonl
from legation.records import Reading

LEAST = 0.5
FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})
One = TypeVar("One", bound=Hashable)
Other = TypeVar("Other", bound=Hashable)


def load_gum(path: Path) -> list[AttributedArticle]:
    """The commercial documents of GUM's attributions, without tokens.

    GUM marks the words that hold source and cue together, and splits them by machine; where that found no source
    ("according to the Herald", "to make sure"), all these words stand for it.
    """
    found = []
    for record in read_jsonl(path):
        if record["commercial"] == "yes":
            each = tuple(map(_gum_parts, record["attributions"]))
            found.append(AttributedArticle(record["text"], (), together(each), each))
    return found


def _gum_parts(record: Mapping[str, Any]) -> AttributionSpans:
    def spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
        return tuple((start, end) for start, end in pairs)

    cue = [record["auto_cue"]] if record["auto_cue"] else []
    return AttributionSpans(
        spans(record["auto_source"] or record["attributing_unit"]), spans(cue), spans(record["content"])
    )


def score_whole(gold: Sequence[AttributedArticle], predicted: Sequence[Sequence[AttributionSpans]]) -> Counts:
    """Compares the attributions of articles in the same order."""
    total = Counts()
    for article, found in zip(gold, predicted, strict=True):
        right = len(matched(article.text, article.each, found))
        total += Counts(right, len(article.each), len(found))
    return total


def matched(text: str, gold: Sequence[AttributionSpans], found: Sequence[AttributionSpans]) -> list[tuple[int, int]]:
    """The numbers of a gold attribution and of the found one that is right by it."""
    wanted = [letters(text, one.content) for one in gold]
    given = [letters(text, one.content) for one in found]
    return best_pairs(
        (share, at, to)
        for at, own in enumerate(wanted)
        for to, other in enumerate(given)
        if (share := shared(own, other)) >= LEAST and _same_source(gold[at], found[to])
    )


def with_clauses(reading: Reading, found: Iterable[AttributionSpans]) -> list[AttributionSpans]:
    """Those whose content holds a finite verb, as the reading has it: GUM marks no others ("refused to go", "opposes
    the deal"), so they say nothing against a reader."""
    verbs = [(t.start, t.end) for s in reading.sentences for t in s.tokens if t.xpos in FINITE]
    return [one for one in found if touches(one.content, verbs)]


def best_pairs(ranked: Iterable[tuple[Any, One, Other]]) -> list[tuple[One, Other]]:
    """Of pairs with their ranks those that are taken, each side once: the highest first, of equals the first given."""
    left: set[One] = set()
    right: set[Other] = set()
    pairs = []
    for _, one, other in sorted(ranked, key=lambda item: item[0], reverse=True):
        if one not in left and other not in right:
            left.add(one)
            right.add(other)
            pairs.append((one, other))
    return pairs


def letters(text: str, spans: Iterable[Span]) -> frozenset[int]:
    """Places of the letters and digits in spans, so that marks and blanks at their edges do not count."""
    return frozenset(place for start, end in spans for place in range(start, end) if text[place].isalnum())


def shared(one: AbstractSet[int], other: AbstractSet[int]) -> float:
    """What two sets share, as a share of the larger; 0 where one is empty."""
    return len(one & other) / max(len(one), len(other)) if one and other else 0.0


def _same_source(gold: AttributionSpans, found: AttributionSpans) -> bool:
    return touches(gold.source, found.source) if gold.source and found.source else not (gold.source or found.source)
