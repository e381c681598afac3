"""Scores who is meant: a mention is right when the actor it is taken for has the gold code, or the gold sectors.

The paragraphs of `corpus/entities` are invented; a line "P 1986-02-21" gives the day of each, and every mention of a
person, body, state or group stands in it as `[[words|CODE|SECTOR.SECTOR]]`, both empty where PLOVER has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from evals.counts import Counts
from evals.measure import Measures
from evals.reading import Reader
from legation.records import Entity, Reading, Text

OWN = Path(__file__).parent.parent / "corpus" / "entities"
Resolver = Callable[[Reading], Sequence[Entity]]
_MENTION = re.compile(r"\[\[([^|\]]+)\|([A-Z]*)\|([A-Z.]*)\]\]")


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A marked mention: its place in the paragraph (end exclusive), code and sectors."""

    start: int
    end: int
    code: str | None
    sectors: frozenset[str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An invented paragraph, the day it is dated, and its mentions."""

    text: str
    published: date
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class EntitiesScore:
    """Mentions whose code and whose sectors are right; `kinds` counts codes by what the mention was taken for."""

    codes: Counts
    sectors: Counts
    both: Counts
    kinds: dict[str, Counts] = field(default_factory=dict)


def load_entities(folder: Path = OWN) -> list[Paragraph]:
    """The paragraphs of the `part-*.txt` in a folder. Raises ValueError for a day or mark that is none."""
    blocks = [
        block
        for path in sorted(folder.glob("part-*.txt"))
        for block in path.read_text(encoding="utf-8").strip().split("\n\n")
    ]
    return [_paragraph(*block.split("\n", 1)) for block in blocks]


def _paragraph(head: str, marked: str) -> Paragraph:
    text, mentions, at = "", [], 0
    for found in _MENTION.finditer(marked):
        text += marked[at : found.start()]
        words, code, sectors = found.groups()
        mentions.append(GoldMention(len(text), len(text) + len(words), code or None, _sectors(sectors)))
        text += words
        at = found.end()
    text += marked[at:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"A mark is not of the form [[words|CODE|SECTORS]]: {text[:60]} ...")
    return Paragraph(text, date.fromisoformat(head.removeprefix("P ").strip()), tuple(mentions))


def _sectors(written: str) -> frozenset[str]:
    return frozenset(written.split(".")) if written else frozenset()


def matched(mention: GoldMention, entities: Sequence[Entity]) -> Entity | None:
    """The entity with the span that shares most characters with the mention; of equals the one with the shortest."""
    best: tuple[tuple[int, int], Entity] | None = None
    for entity in entities:
        for span in entity.mentions:
            shared = min(span.end, mention.end) - max(span.start, mention.start)
            rank = (shared, span.start - span.end)
            if shared > 0 and (best is None or rank > best[0]):
                best = rank, entity
    return best[1] if best else None


def score_entities(paragraphs: Sequence[Paragraph], found: Sequence[Sequence[Entity]]) -> EntitiesScore:
    """Compares paragraphs with the entities found in each, in the same order; a mention without one is wrong."""
    score = EntitiesScore(Counts(), Counts(), Counts())
    kinds: dict[str, Counts] = {}
    for paragraph, entities in zip(paragraphs, found, strict=True):
        for mention in paragraph.mentions:
            entity = matched(mention, entities)
            code = entity is not None and entity.code == mention.code
            sectors = entity is not None and set(entity.sectors) == mention.sectors
            score = EntitiesScore(
                score.codes + _one(code, entity),
                score.sectors + _one(sectors, entity),
                score.both + _one(code and sectors, entity),
            )
            kind = entity.kind if entity else "not found"
            kinds[kind] = kinds.get(kind, Counts()) + _one(code, entity)
    return EntitiesScore(score.codes, score.sectors, score.both, dict(sorted(kinds.items())))


def measure_entities(paragraphs: Sequence[Paragraph], reader: Reader, resolve: Resolver) -> Measures:
    """The shares of mentions whose code, and whose sectors, are right, times 100."""
    found = [resolve(reader.read(Text(one.text, published=one.published))) for one in paragraphs]
    score = score_entities(paragraphs, found)
    return Measures(
        {"entities.code": 100 * score.codes.recall, "entities.sectors": 100 * score.sectors.recall},
        {"Codes of mentions, by what they were taken for": {"all": score.codes, **score.kinds}},
    )


def _one(right: bool, entity: Entity | None) -> Counts:
    return Counts(int(right), 1, int(entity is not None))
