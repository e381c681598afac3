"""Date expressions against TIMEX3 annotation: which were found, and which of them mean what they should.

As TempEval-3 counts (UzZaman et al., 2013): an expression is found where it overlaps a gold one, each with one other at
most; its value is right where it is the same string. "199X" and "199" are one decade, and a full "Z" is no difference.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from evals.counts import Counts
from evals.gold import read_jsonl
from evals.measure import Coder
from evals.reading import Reader
from legation.records import Report, Text

SETS = ("tempeval3", "wikiwars")


@dataclass(frozen=True, slots=True)
class Timex:
    """One date expression: offsets in its text, and its value; None where it has none."""

    start: int
    end: int
    value: str | None


@dataclass(frozen=True, slots=True)
class DatedText:
    """A text with its day of publication and its gold expressions."""

    id: str
    text: str
    published: date
    timexes: tuple[Timex, ...]


def dated_text(record: Mapping[str, Any]) -> DatedText:
    """A record of the corpora's normal form. Expressions without a value stay in, as in the published scores."""
    timexes = tuple(Timex(t["start"], t["end"], t["value"] or None) for t in record["timex"])
    return DatedText(record["doc_id"], record["text"], date.fromisoformat(record["dct"][:10]), timexes)


def load_dates(paths: Mapping[str, Path], most: int | None = None) -> dict[str, list[DatedText]]:
    """The texts of the gold files tempeval3 and wikiwars that are there; `most` keeps so many of each."""
    return {name: [dated_text(r) for r in read_jsonl(paths[name])[:most]] for name in SETS if name in paths}


def measure_dates(gold: Mapping[str, Sequence[DatedText]], reader: Reader, code: Coder) -> dict[str, float]:
    """F1 of expressions, and of expressions with their values, times 100, through the whole product."""
    figures: dict[str, float] = {}
    for name, texts in gold.items():
        found = value = Counts()
        for text in texts:
            report = code(reader.read(Text(text.text, published=text.published)))
            one, other = count_dates(text.timexes, timexes_of(report))
            found, value = found + one, value + other
        figures |= {f"{name}.found": 100 * found.f1, f"{name}.value": 100 * value.f1}
    return figures


def timexes_of(report: Report) -> list[Timex]:
    """The date expressions of a report."""
    return [Timex(d.start, d.end, d.value) for d in report.dates]


def paired(gold: Sequence[Timex], found: Sequence[Timex]) -> list[tuple[Timex, Timex]]:
    """Gold and found expressions that overlap, each in one pair; of several the one that shares most."""
    shared = [
        (min(g.end, f.end) - max(g.start, f.start), -abs(g.end - g.start - f.end + f.start), i, j)
        for i, g in enumerate(gold)
        for j, f in enumerate(found)
        if g.start < f.end and f.start < g.end
    ]
    pairs, used_gold, used_found = [], set[int](), set[int]()
    for _, _, i, j in sorted(shared, key=lambda s: (-s[0], -s[1], s[2], s[3])):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((gold[i], found[j]))
    return pairs


def plain(value: str) -> str:
    """A value as it is compared."""
    bare = value.removesuffix("Z")
    return bare[:3] if len(bare) == 4 and bare[3] == "X" and bare[:3].isdigit() else bare


def count_dates(gold: Sequence[Timex], found: Sequence[Timex]) -> tuple[Counts, Counts]:
    """Counts of expressions found, and of those with the right value as well."""
    pairs = paired(gold, found)
    right = sum(bool(g.value and f.value) and plain(g.value or "") == plain(f.value or "") for g, f in pairs)
    return Counts(len(pairs), len(gold), len(found)), Counts(right, len(gold), len(found))
