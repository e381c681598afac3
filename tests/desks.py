"""Small desks for tests: invented articles, and the reports of two models that read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from factories import MODEL, Words, make_article, make_entity, make_event

from legation.records import Entity, Event, ModelInfo, Report, Text
from legation.store.records import Version

NEWER = ModelInfo("legation-en", "1.1.0", "1" * 64)
STATES = {"Valdoria": "XVA", "Kestria": "XKE", "Morland": "XMO"}
DEEDS = {"accused": "ACCUSE", "warned": "THREATEN", "praised": "SUPPORT", "expelled": "COERCE", "joined": "AGREE"}


class Clock:
    """A clock that the test sets; it stands still between."""

    def __init__(self, day: str = "2031-02-01") -> None:
        self.now = datetime.fromisoformat(day).replace(tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_days(self, days: float) -> None:
        """Lets days pass; some back, if negative."""
        self.now += timedelta(days=days)


def version(body: str, key: str | None = None, *, title: str | None = None, source: str | None = None) -> Version:
    """An article as it was collected."""
    return Version(Text(body, title=title, language="en"), key=key, source=source)


def report_on(body: str, *, model: ModelInfo = MODEL, published: str | None = None, confidence: float = 0.9) -> Report:
    """What a model that knows three states and five verbs reads in a text of sentences "A accused B ..."."""
    words, at = Words(body), 0
    entities: dict[str, Entity] = {}
    events: list[Event] = []
    sentences = []
    for line in body.split(". "):
        sentences.append((at, at + len(line)))
        parts = line.rstrip(".").split()
        verb = next((word for word in parts if word in DEEDS), None)
        if verb is not None:
            span = words.span(verb, body[:at])
            sides = []
            for name in (parts[0], parts[parts.index(verb) + 1]):
                place = words.span(name, body[: at if name == parts[0] else span.end])
                key = f"n{list(STATES).index(name) + 1}"
                entities[key] = make_entity(key, name, "state", place, country=STATES[name])
                sides.append(words.who(key, name, body[: place.start]))
            event = make_event(
                f"e{len(events) + 1}",
                DEEDS[verb],
                span,
                actor=(sides[0],),
                recipient=(sides[1],),
                confidence=confidence,
            )
            events.append(replace(event, sentence=len(sentences) - 1))
        at += len(line) + 2
    return Report(
        make_article(body, published=published), model, body, tuple(sentences), tuple(entities.values()), tuple(events)
    )
