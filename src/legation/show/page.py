"""A report as one HTML page that asks nothing of the network and runs no script.

Every row leads to its words in the article and the words lead back, by fragment links alone; what a link
has led to is highlighted by the style sheet (`:target` and `:has()`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from jinja2 import Environment

from legation.records import Report
from legation.show import wording
from legation.show.display import display_text, one_line, paragraphs
from legation.show.marks import Mark, Segment, cut, first_segments, last_segments, marks_of
from legation.show.pages import SHARED, environment, safe_link, styled

_LINKING = ("event", "cue", "entity", "place", "date")


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the article as the page shows it.

    `anchors` are ids that begin here, `records` the records the words belong to, `parts` the events and
    statements whose participants they name, `href` the row the words lead to, `references` the records whose
    words end here and that no words of their own lead back to.
    """

    text: str
    classes: str
    records: str
    parts: str
    href: str | None
    title: str | None
    anchors: tuple[str, ...]
    references: tuple[Mark, ...]


def render_page(report: Report) -> str:
    """`report` as a whole HTML document, to be written as UTF-8.

    Everything from the article is escaped; only http and https addresses become links. The page's own policy
    (Content-Security-Policy) forbids scripts, requests and any style but its own.
    """
    return _environment().get_template("page.html").render(
        report=report,
        **styled(_environment(), ("colours.css", "page.css"), _rules(report)),
        language=_language(report.article.language),
        link=safe_link(report.article.url),
        paragraphs=_article(report),
        entities=wording.entities_by_id(report),
        rows={
            "entity": _rows("n", report.entities),
            "place": _rows("p", report.places),
            "statement": _rows("s", report.statements),
        },
    )  # fmt: skip


@cache
def _environment() -> Environment:
    made = environment(SHARED, wording)
    made.filters.update(quad_class=_quad_class)
    return made


def _rules(report: Report) -> Iterator[str]:
    """The rules that tie each record's row to its words.

    An anchor is made of a letter and a number only, so that nothing from the article stands in a selector.
    """
    counts = {
        "e": report.events,
        "s": report.statements,
        "n": report.entities,
        "p": report.places,
        "d": report.dates,
    }
    return (_record_rules(f"{kind}{n + 1}") for kind, records in counts.items() for n in range(len(records)))


def _record_rules(record: str) -> str:
    words, parts, row = f'[data-of~="{record}"]', f'[data-by~="{record}"]', f"#{record}"
    aimed = f'main:has(:is({row},{row}-text,[id^="{record}-text-"]):target)'
    return (
        f"{aimed} {parts}{{box-shadow:var(--part)}}\n"
        f"{aimed} {words}{{background:var(--found);color:var(--found-ink);box-shadow:var(--edge)}}\n"
        f"{aimed} :is({row},{row}+.more){{background:var(--found-row)}}\n"
        f"main:has({row}:hover) {words}{{box-shadow:var(--edge)}}\n"
    )


def _language(given: str | None) -> str:
    """A language tag fit for `lang`: the article's, English when it is unknown."""
    tag = given or "en"
    return tag if tag.isascii() and tag.replace("-", "").isalnum() else "en"


def _rows(letter: str, records: Iterable[Any]) -> dict[str, str]:
    """The anchor of the row of each record, by the record's id."""
    return {record.id: f"{letter}{number}" for number, record in enumerate(records, 1)}


def _quad_class(quad: str) -> str:
    return f"q{wording.QUADS.index(quad) + 1}" if quad in wording.QUADS else "q0"


def _article(report: Report) -> list[list[Piece]]:
    shown, marks = display_text(report.text), marks_of(report)
    cuts = [tuple(cut(start, end, marks)) for start, end in paragraphs(shown)]
    segments = tuple(chain.from_iterable(cuts))
    anchors, references = _anchors(segments), _references(segments)
    titles = dict(_titles(report))

    def piece(segment: Segment) -> Piece:
        foremost = segment.marks[0] if segment.marks and segment.marks[0].kind in _LINKING else None
        return Piece(
            text=shown[segment.start : segment.end],
            classes=_classes(segment),
            records=_records(segment, of_participants=False),
            parts=_records(segment, of_participants=True),
            href=f"#{foremost.record}" if foremost else None,
            title=titles.get(foremost.record) if foremost else None,
            anchors=tuple(anchors.get(segment, ())),
            references=tuple(references.get(segment, ())),
        )

    return [[piece(segment) for segment in paragraph] for paragraph in cuts]


def _records(segment: Segment, *, of_participants: bool) -> str:
    chosen = (m.record for m in segment.marks if (m.kind == "participant") is of_participants)
    return " ".join(dict.fromkeys(chosen))


def _anchors(segments: tuple[Segment, ...]) -> dict[Segment, list[str]]:
    """The ids to be set before each segment."""
    found: dict[Segment, list[str]] = {}
    for mark, segment in first_segments(segments).items():
        if mark.anchor is not None:
            found.setdefault(segment, []).append(mark.anchor)
    return found


def _references(segments: tuple[Segment, ...]) -> dict[Segment, list[Mark]]:
    """The marks to be named after each segment: a statement's last words, and marks that lie under others."""
    leading = {segment.marks[0] for segment in segments if segment.marks}
    found: dict[Segment, list[Mark]] = {}
    ends = last_segments(segments)
    closed = {mark.record for mark in ends if mark.closing}
    for mark, segment in ends.items():
        hidden = mark.kind in _LINKING and mark not in leading and mark.record not in closed
        if mark.closing or hidden:
            found.setdefault(segment, []).append(mark)
    return found


def _classes(segment: Segment) -> str:
    names = [mark.kind for mark in segment.marks if mark.kind != "participant"]
    quads = [_quad_class(mark.style) for mark in segment.marks if mark.kind == "event"]
    kinds = [f"k-{mark.style}" for mark in segment.marks[:1] if mark.kind == "entity"]
    nested = ["nested"] if names.count("content") > 1 else []
    return " ".join(dict.fromkeys([*names, *quads[:1], *kinds, *nested]))


def _titles(report: Report) -> Iterator[tuple[str, str]]:
    """What a pointer resting on the words of a record is told."""
    entities = wording.entities_by_id(report)
    for number, event in enumerate(report.events, 1):
        yield f"e{number}", f"{wording.type_of(event)}: {event.quad}, {event.status}"
    for number, said in enumerate(report.statements, 1):
        yield f"s{number}", f"Statement of {wording.name_of(said.speaker, entities)}"
    for number, entity in enumerate(report.entities, 1):
        yield f"n{number}", f"{one_line(entity.name)} ({entity.kind})"
    for number, place in enumerate(report.places, 1):
        yield f"p{number}", f"{one_line(place.name)} (place)"
    for number, when in enumerate(report.dates, 1):
        yield f"d{number}", when.value or "date not known"
