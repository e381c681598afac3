"""Every statement of a set of reports as one flat record: who said what, when, and where they stand with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, TypeVar

from legation.coding.dates import first_day
from legation.records import Entity, EntityKind, Position, Report, Statement
from legation.sureness import LEAST_CONFIDENCE, sure


@dataclass(frozen=True, slots=True)
class Said:
    """One statement and its article.

    `speaker` is the speaker's name, or its words where the text does not tell who it is (`known` is False); None where
    nobody is told. `day` is that of the statement, the first one where a week or longer is told, else that of
    publication. `content` has the pieces of what was said, `context` the sentence of the cue (None where it is not
    kept), `text` the whole article (None unless it was asked for).
    """

    article: str
    title: str | None
    source: str | None
    url: str | None
    published: date | None
    statement: str
    speaker: str | None
    known: bool
    kind: EntityKind | None
    country: str | None
    role: str | None
    affiliation: str | None
    cue: str
    act: str
    mode: str
    content: str
    context: str | None
    addressee: str | None
    venue: str | None
    day: date | None
    positions: tuple[Position, ...]
    confidence: float
    text: str | None = None


def said_of(report: Report, *, with_text: bool = False) -> Iterator[Said]:
    """The statements of a report in their order."""
    entities = {entity.id: entity for entity in report.entities}
    return (_said(report, statement, entities, with_text) for statement in report.statements)


def surely(said: Said, confidence: float = LEAST_CONFIDENCE) -> Said:
    """A statement with those positions alone that are of at least that confidence."""
    return replace(said, positions=sure(said.positions, confidence))


def likely(said: Said, least: float) -> Said:
    """A statement with those positions alone that are as sure as that as a whole, or of which that is not known."""
    kept = (p for p in said.positions if p.whole_confidence is None or p.whole_confidence >= least)
    return replace(said, positions=tuple(kept))


def _said(report: Report, statement: Statement, entities: dict[str, Entity], with_text: bool) -> Said:
    article, speaker, addressee = report.article, statement.speaker, statement.addressee
    entity = entities.get(speaker.entity or "") if speaker else None
    other = entities.get(addressee.entity or "") if addressee else None
    published = whole_day(article.published)
    return Said(
        article=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=published,
        statement=statement.id,
        speaker=entity.name if entity else speaker.text if speaker else None,
        known=entity is not None,
        kind=entity.kind if entity else None,
        country=entity.country if entity else None,
        role=entity.role if entity else None,
        affiliation=entity.affiliation if entity else None,
        cue=statement.cue.text,
        act=statement.act,
        mode=statement.mode,
        content=" … ".join(span.text for span in sorted(statement.content, key=lambda span: (span.start, span.end))),
        context=_sentence(report, statement.cue.start),
        addressee=other.name if other else addressee.text if addressee else None,
        venue=statement.venue,
        day=(first_day(statement.date.value) if statement.date else None) or published,
        positions=statement.positions,
        confidence=statement.confidence,
        text=report.text if with_text else None,
    )


def _sentence(report: Report, offset: int) -> str | None:
    """The sentence around an offset."""
    at = bisect_right(report.sentences, offset, key=lambda sentence: sentence[0]) - 1
    start, end = report.sentences[at] if at >= 0 else (0, 0)
    return report.text[start:end] if offset < end else None


def whole_day(value: str | None) -> date | None:
    """A whole day; None for a week, a month, a year or nothing."""
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None


def within(day: date | None, since: date | None, until: date | None) -> bool:
    """Whether a day lies in a stretch, both ends inclusive; an unknown day lies in none that has an end."""
    if since is None and until is None:
        return True
    return day is not None and (since is None or day >= since) and (until is None or day <= until)


class Dated(Protocol):
    """What was said on a day, if that is known."""

    @property
    def day(self) -> date | None:
        """The day."""


OfDay = TypeVar("OfDay", bound=Dated)


def in_time(told: Iterable[OfDay]) -> list[OfDay]:
    """By day, those of unknown day last; within a day as they came."""
    return sorted(told, key=lambda one: one.day or date.max)
