"""Which words of the article a report speaks of, and the article cut where they begin and end.

Marks may overlap and nest in any way: the text is cut at every boundary, and each piece knows all marks
over it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Literal, get_args

from legation.records import Entity, EntitySpan, Event, Report, Span, Statement

MarkKind = Literal["event", "cue", "entity", "place", "date", "content", "participant"]
# Where marks overlap, the words belong first to the kind named first here.
RANK: dict[str, int] = {kind: rank for rank, kind in enumerate(get_args(MarkKind))}


@dataclass(frozen=True, slots=True)
class Mark:
    """Words that one record speaks of: offsets into the report's text, end exclusive.

    `record` is the record's anchor ("e1", "n3"), made from its place in the report and so always safe to use;
    `label` is the record's own id. `style` is an event's quad class or an entity's kind, else empty.
    `anchor` names the mark itself where a record leads to it. `closing` is true of a statement's last words.
    """

    start: int
    end: int
    kind: MarkKind
    record: str
    label: str
    style: str = ""
    anchor: str | None = None
    closing: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text with no boundary inside, and the marks that cover it, the foremost first."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def marks_of(report: Report) -> tuple[Mark, ...]:
    """Every mark of a report: events, statements, entities, places and dates, in the report's order."""
    return tuple(
        chain(
            chain.from_iterable(_of_event(f"e{n}", event) for n, event in enumerate(report.events, 1)),
            chain.from_iterable(_of_statement(f"s{n}", said) for n, said in enumerate(report.statements, 1)),
            chain.from_iterable(_of_entity(f"n{n}", entity) for n, entity in enumerate(report.entities, 1)),
            (
                Mark(place.start, place.end, "place", f"p{n}", place.id, anchor=f"p{n}-text")
                for n, place in enumerate(report.places, 1)
            ),
            (
                Mark(when.start, when.end, "date", f"d{n}", f"d{n}", anchor=f"d{n}-text")
                for n, when in enumerate(report.dates, 1)
            ),
        )
    )


def cut(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """The stretch `start` to `end` in segments, without gap or overlap, cut at every boundary of a mark."""
    waiting = sorted((m for m in marks if m.start < end and m.end > start), key=lambda m: -m.start)
    edges = {start, end, *(m.start for m in waiting), *(m.end for m in waiting)}
    active: list[Mark] = []
    for left, right in pairwise(sorted(edge for edge in edges if start <= edge <= end)):
        while waiting and waiting[-1].start <= left:
            active.append(waiting.pop())
        active = [mark for mark in active if mark.end > left]
        yield Segment(left, right, tuple(sorted(active, key=_foremost)))


def first_segments(segments: Iterable[Segment]) -> dict[Mark, Segment]:
    """For each mark the segment that it begins in."""
    found: dict[Mark, Segment] = {}
    for segment in segments:
        for mark in segment.marks:
            found.setdefault(mark, segment)
    return found


def last_segments(segments: Iterable[Segment]) -> dict[Mark, Segment]:
    """For each mark the segment that it ends in."""
    return {mark: segment for segment in segments for mark in segment.marks}


def _foremost(mark: Mark) -> tuple[int, int, int, str]:
    return RANK[mark.kind], mark.end - mark.start, mark.start, mark.record


def _of_event(record: str, event: Event) -> Iterator[Mark]:
    trigger = event.trigger
    yield Mark(trigger.start, trigger.end, "event", record, event.id, event.quad, f"{record}-text")
    yield from _participants(record, event.id, (*event.actor, *event.recipient))


def _of_statement(record: str, said: Statement) -> Iterator[Mark]:
    last = max((span.end for span in said.content), default=None)
    first = min((said.cue, *said.content), key=lambda span: span.start)
    for kind, span in _pieces(said):
        anchor = f"{record}-text" if span is first else None
        closing = kind == "content" and span.end == last
        yield Mark(span.start, span.end, kind, record, said.id, anchor=anchor, closing=closing)
    yield from _participants(record, said.id, (said.speaker, said.addressee))


def _pieces(said: Statement) -> Iterator[tuple[MarkKind, Span]]:
    yield "cue", said.cue
    for span in said.content:
        yield "content", span


def _participants(record: str, label: str, spans: Iterable[EntitySpan | None]) -> Iterator[Mark]:
    for span in spans:
        if span is not None:
            yield Mark(span.start, span.end, "participant", record, label)


def _of_entity(record: str, entity: Entity) -> Iterator[Mark]:
    for number, span in enumerate(entity.mentions, 1):
        anchor = f"{record}-text" if number == 1 else f"{record}-text-{number}"
        yield Mark(span.start, span.end, "entity", record, entity.id, entity.kind, anchor)
