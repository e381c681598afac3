"""A report as rows of the store: pure, without numbers, which the writer gives out."""

from __future__ import annotations

import hashlib
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from legation.formats.days import days_of
from legation.formats.report_json import report_from_json, report_to_json
from legation.positions.names import name_words
from legation.records import Entity, EntitySpan, Event, EventDate, Place, Report, Statement
from legation.store.words import tokens_of

Row = dict[str, Any]
_UNKEPT = re.compile("[\0\ud800-\udfff]")


def clean(text: str) -> str:
    """A text as every database takes it: U+FFFD in the place of NUL and of half a surrogate pair."""
    return _UNKEPT.sub("\ufffd", text) if not text.isascii() or "\0" in text else text


def clean_or_none(text: str | None) -> str | None:
    """The same, where there may be none."""
    return None if text is None else clean(text)


def packed(text: str) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(kept: bytes) -> str:
    """A text as it was."""
    return zlib.decompress(kept).decode("utf-8", "surrogatepass")


def packed_report(report: Report) -> tuple[bytes, str]:
    """A report without its text, as it is kept, and the SHA-256 of its JSON."""
    plain = report_to_json(replace(report, text=""), indent=None).encode()
    return zlib.compress(plain, 6), hashlib.sha256(plain).hexdigest()


def unpacked_report(kept: bytes, text: str) -> Report:
    """The report as it was."""
    return replace(report_from_json(zlib.decompress(kept).decode()), text=text)


def words_key(name: str) -> str:
    """A name as it is compared: its words, a blank before, between and after them."""
    return f" {' '.join(name_words(name))} "


@dataclass(frozen=True, slots=True)
class Name:
    """Someone who acts, speaks or is named, apart from any article."""

    name: str
    kind: str | None = None
    country: str | None = None
    code: str | None = None
    sectors: str = ""

    @property
    def identity(self) -> str:
        """All of it in one text."""
        return "\x1f".join((self.name, self.kind or "", self.country or "", self.code or "", self.sectors))

    @property
    def entity(self) -> tuple[str, str | None, str | None]:
        """What makes two names those of one entity: words, kind and country."""
        return words_key(self.name), self.kind, self.country

    @property
    def row(self) -> Row:
        """As a row of `names`."""
        return {
            "name": self.name,
            "words": words_key(self.name),
            "kind": self.kind,
            "country": self.country,
            "code": self.code,
            "sectors": self.sectors,
            "identity": self.identity,
        }


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A participant of an event: its role, who it is, and the words."""

    role: str
    name: Name
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event with its participants, as it is kept."""

    row: Row
    parties: tuple[PartyRow, ...]

    @property
    def tokens(self) -> tuple[list[str], list[str]]:
        """What it is found by: who it is between, and the sentence that tells it."""
        who = " ".join(f"{party.name.name} {party.text}" for party in self.parties)
        return tokens_of(who), tokens_of(f"{self.row['sentence_text'] or ''} {self.row['place'] or ''}")


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A statement with its speaker and positions, as it is kept."""

    row: Row
    speaker: Name | None
    positions: tuple[Row, ...]

    @property
    def tokens(self) -> tuple[list[str], list[str]]:
        """What it is found by: who speaks, and what was said."""
        return tokens_of(self.speaker.name if self.speaker else ""), tokens_of(self.row["content"])


@dataclass(frozen=True, slots=True)
class ReportRows:
    """All rows of a report."""

    entities: tuple[tuple[Row, Name], ...]
    events: tuple[EventRow, ...]
    statements: tuple[StatementRow, ...]
    places: tuple[Row, ...]


def rows_of(report: Report) -> ReportRows:
    """The rows of a report; none of a rejected one."""
    if report.rejected is not None:
        return ReportRows((), (), (), ())
    entities = {entity.id: entity for entity in report.entities}
    places = {place.id: place for place in report.places}
    published = days_of(report.article.published)
    day = published[0] if published and published[0] == published[1] else None
    return ReportRows(
        tuple((_entity(entity), name_of(entity)) for entity in report.entities),
        tuple(_event(event, report, entities, places, day) for event in report.events),
        tuple(_statement(said, report, entities, day) for said in report.statements),
        tuple(_place(place) for place in report.places),
    )


def name_of(entity: Entity) -> Name:
    """Who an entity is."""
    return Name(
        clean(entity.name),
        entity.kind,
        clean_or_none(entity.country),
        clean_or_none(entity.code),
        clean(" ".join(entity.sectors)),
    )


def name_of_span(span: EntitySpan, entities: Mapping[str, Entity]) -> Name:
    """Who a participant is: its entity, else the words, of which nothing is known."""
    entity = entities.get(span.entity or "")
    return name_of(entity) if entity else Name(clean(span.text))


def pairs_of(parties: Iterable[PartyRow]) -> set[tuple[str, str]]:
    """The states an event is between, each pair in the order of the alphabet.

    Actors are paired with recipients; where there are none, as in talks, with each other.
    """
    found = list(parties)
    actors = [party.name.country for party in found if party.role == "actor" and party.name.country]
    recipients = [party.name.country for party in found if party.role == "recipient" and party.name.country]
    if any(party.role == "recipient" for party in found):
        return {(min(a, b), max(a, b)) for a in actors for b in recipients}
    return {(min(a, b), max(a, b)) for n, a in enumerate(actors) for b in actors[n + 1 :]}


# ---------------------------------------------------------------- one row of each


def _kept(row: Row) -> Row:
    """A row whose texts every database takes."""
    return {key: clean(value) if isinstance(value, str) else value for key, value in row.items()}


def _entity(entity: Entity) -> Row:
    return _kept(
        {
            "local": entity.id,
            "role": entity.role,
            "affiliation": entity.affiliation,
            "resolved_by": entity.resolved_by,
            "mentions": len(entity.mentions),
        }
    )


def _event(
    event: Event, report: Report, entities: Mapping[str, Entity], places: Mapping[str, Place], published: date | None
) -> EventRow:
    place = places.get(event.place or "")
    sentence = report.sentences[event.sentence] if 0 <= event.sentence < len(report.sentences) else None
    row = {
        "local": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": " ".join(event.contexts),
        "status": event.status,
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "confidence": event.confidence,
        "trigger_start": event.trigger.start,
        "trigger_end": event.trigger.end,
        "trigger_text": event.trigger.text,
        "sentence_start": sentence[0] if sentence else None,
        "sentence_end": sentence[1] if sentence else None,
        "sentence_text": report.text[slice(*sentence)] if sentence else None,
        **_when(event.date, published),
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "geonameid": place.geonameid if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "dead": event.magnitude.dead,
        "injured": event.magnitude.injured,
        "arrested": event.magnitude.arrested,
        "according_to": event.according_to,
        "mentions": [[mention.trigger.start, mention.trigger.end] for mention in event.mentions],
        "also": [],
    }
    return EventRow(
        _kept(row), (*_parties("actor", event.actor, entities), *_parties("recipient", event.recipient, entities))
    )


def _parties(role: str, spans: Sequence[EntitySpan], entities: Mapping[str, Entity]) -> Iterable[PartyRow]:
    return (PartyRow(role, name_of_span(span, entities), span.start, span.end, clean(span.text)) for span in spans)


def _statement(said: Statement, report: Report, entities: Mapping[str, Entity], published: date | None) -> StatementRow:
    speaker, addressee = said.speaker, said.addressee
    entity = entities.get(speaker.entity or "") if speaker else None
    pieces = sorted(said.content, key=lambda span: (span.start, span.end))
    when = _when(said.date, published)
    row = {
        "local": said.id,
        "speaker_role": entity.role if entity else None,
        "speaker_affiliation": entity.affiliation if entity else None,
        "speaker_start": speaker.start if speaker else None,
        "speaker_end": speaker.end if speaker else None,
        "speaker_text": speaker.text if speaker else None,
        "cue_start": said.cue.start,
        "cue_end": said.cue.end,
        "cue_text": said.cue.text,
        "act": said.act,
        "mode": said.mode,
        "content": " … ".join(piece.text for piece in pieces),
        "sentence": _sentence(report, said.cue.start),
        "addressee": name_of_span(addressee, entities).name if addressee else None,
        "venue": said.venue,
        **when,
        "confidence": said.confidence,
    }
    positions = tuple(
        _kept(
            {
                "number": number,
                "issue": position.issue,
                "option": position.option,
                "stance": position.stance,
                "evidence_start": position.evidence.start,
                "evidence_end": position.evidence.end,
                "evidence_text": position.evidence.text,
                "day_order": when["day_order"],
                "confidence": position.confidence,
                "whole_confidence": position.whole_confidence,
            }
        )
        for number, position in enumerate(said.positions)
    )
    return StatementRow(_kept(row), name_of_span(speaker, entities) if speaker else None, positions)


def _place(place: Place) -> Row:
    return _kept(
        {
            "local": place.id,
            "words_start": place.start,
            "words_end": place.end,
            "words_text": place.text,
            "name": place.name,
            "country": place.country,
            "geonameid": place.geonameid,
            "lat": place.lat,
            "lon": place.lon,
        }
    )


def _when(when: EventDate | None, published: date | None) -> Row:
    first, last = days_of(when.value if when else None) or (None, None)
    day = first or published
    return {
        "day_order": day.toordinal() if day else 0,
        "first_day": first,
        "last_day": last,
        "date": when.value if when else None,
        "date_granularity": when.granularity if when else None,
        "date_basis": when.basis if when else None,
    }


def _sentence(report: Report, offset: int) -> str | None:
    at = bisect_right(report.sentences, offset, key=lambda sentence: sentence[0]) - 1
    start, end = report.sentences[at] if at >= 0 else (0, 0)
    return report.text[start:end] if offset < end else None
