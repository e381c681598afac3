"""A report as flat rows: one of its article, and one of each event, statement, entity, place and date.

The columns are those of `TABLES`. Lists of one row that belong together run in parallel.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date

from legation.formats.columns import TABLES
from legation.formats.days import days_of
from legation.records import (
    DateExpression,
    Entity,
    EntitySpan,
    Event,
    EventDate,
    Place,
    Report,
    Span,
    Statement,
)

Row = dict[str, object]


def rows_of(report: Report) -> dict[str, list[Row]]:
    """The rows of each table, in the tables' order; a row has its columns in their order.

    Values are str, int, float, date, None, and lists of str, int, float and None. A rejected report has one row, in
    articles.
    """
    rows: dict[str, list[Row]] = {table: [] for table in TABLES}
    rows["articles"].append(_article(report))
    if report.rejected is not None:
        return rows
    entities = {entity.id: entity for entity in report.entities}
    places = {place.id: place for place in report.places}
    id = report.article.id
    rows["events"] += (_event(event, report, entities, places) for event in report.events)
    rows["statements"] += (_statement(said, report, entities) for said in report.statements)
    rows["entities"] += (_entity(entity, id) for entity in report.entities)
    rows["places"] += (_place(place, id) for place in report.places)
    rows["dates"] += (_date(found, number, id) for number, found in enumerate(report.dates, 1))
    return rows


def day_of_publication(report: Report) -> date | None:
    """The day of publication, None where it is not known."""
    days = days_of(report.article.published)
    return days[0] if days and days[0] == days[1] else None


def name_of(span: EntitySpan, entities: Mapping[str, Entity]) -> str:
    """The name of a participant: its entity's, else the words of the text."""
    entity = entities.get(span.entity or "")
    return entity.name if entity else span.text


# ---------------------------------------------------------------- one row of each table


def _article(report: Report) -> Row:
    article, rejected = report.article, report.rejected
    return {
        "article_id": article.id,
        "url": article.url,
        "title": article.title,
        "source": article.source,
        "published": day_of_publication(report),
        "language": article.language,
        "sha256": article.sha256,
        "chars": article.chars,
        "sentences": 0 if rejected else len(report.sentences),
        "events": 0 if rejected else len(report.events),
        "statements": 0 if rejected else len(report.statements),
        "rejected": rejected.reason if rejected else None,
        "rejected_message": rejected.message if rejected else None,
        "notes": " ".join(report.notes) or None,
        "model": report.model.name,
        "model_version": report.model.version,
        "model_sha256": report.model.sha256,
    }


def _event(event: Event, report: Report, entities: Mapping[str, Entity], places: Mapping[str, Place]) -> Row:
    return {
        "article_id": report.article.id,
        "event_id": event.id,
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "confidence": event.confidence,
        **_span("trigger", event.trigger),
        **_sentence(event.sentence, report),
        **_party("actor", event.actor[0] if event.actor else None, entities),
        **_party("recipient", event.recipient[0] if event.recipient else None, entities),
        **_parties("actors", event.actor, entities),
        **_parties("recipients", event.recipient, entities),
        **_when(event.date),
        **_where(event.place, places),
        "dead": event.magnitude.dead,
        "injured": event.magnitude.injured,
        "arrested": event.magnitude.arrested,
        "according_to": event.according_to,
        "mentions": 1 + len(event.mentions),
        "mentions_sentence": [mention.sentence for mention in event.mentions],
        **_spans("mentions", [mention.trigger for mention in event.mentions]),
    }


def _statement(said: Statement, report: Report, entities: Mapping[str, Entity]) -> Row:
    pieces = sorted(said.content, key=lambda span: (span.start, span.end))
    entity = entities.get(said.speaker.entity or "") if said.speaker else None
    aimed_at = [entities.get(toward.entity or "") for toward in said.toward]
    return {
        "article_id": report.article.id,
        "statement_id": said.id,
        **_facts("speaker", said.speaker, entities),
        "speaker_role": entity.role if entity else None,
        "speaker_affiliation": entity.affiliation if entity else None,
        **_span("speaker", said.speaker),
        **_span("cue", said.cue),
        "sentence": _sentence_at(said.cue.start, report.sentences),
        "content": " ... ".join(piece.text for piece in pieces),
        "content_start": [piece.start for piece in pieces],
        "content_end": [piece.end for piece in pieces],
        "mode": said.mode,
        "act": said.act,
        **_party("addressee", said.addressee, entities),
        "venue": said.venue,
        **_when(said.date),
        "positions_issue": [position.issue for position in said.positions],
        "positions_option": [position.option for position in said.positions],
        "positions_stance": [position.stance for position in said.positions],
        **_spans("positions", [position.evidence for position in said.positions]),
        "positions_confidence": [position.confidence for position in said.positions],
        "positions_whole_confidence": [position.whole_confidence for position in said.positions],
        "toward_attitude": [toward.attitude for toward in said.toward],
        "toward_code": [entity and entity.code for entity in aimed_at],
        **_spans("toward", [Span(toward.start, toward.end, toward.text) for toward in said.toward]),
        "confidence": said.confidence,
    }


def _entity(entity: Entity, article: str) -> Row:
    return {
        "article_id": article,
        "entity_id": entity.id,
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "code": entity.code,
        "sectors": list(entity.sectors),
        "role": entity.role,
        "affiliation": entity.affiliation,
        "resolved_by": entity.resolved_by,
        "mentions": len(entity.mentions),
        **_span("first", min(entity.mentions, key=lambda span: (span.start, span.end), default=None)),
        "mentions_start": [span.start for span in entity.mentions],
        "mentions_end": [span.end for span in entity.mentions],
    }


def _place(place: Place, article: str) -> Row:
    return {
        "article_id": article,
        "place_id": place.id,
        **_span("mention", place),
        "name": place.name,
        "country": place.country,
        "geonameid": place.geonameid,
        "lat": place.lat,
        "lon": place.lon,
    }


def _date(found: DateExpression, number: int, article: str) -> Row:
    return {
        "article_id": article,
        "number": number,
        **_span("mention", found),
        "type": found.type,
        "value": found.value,
        **_days(found.value),
    }


# ---------------------------------------------------------------- groups of columns


def _span(prefix: str, span: Span | EntitySpan | Place | DateExpression | None) -> Row:
    return {
        f"{prefix}_start": span.start if span else None,
        f"{prefix}_end": span.end if span else None,
        f"{prefix}_text": span.text if span else None,
    }


def _spans(prefix: str, spans: Sequence[Span | EntitySpan]) -> Row:
    return {
        f"{prefix}_start": [span.start for span in spans],
        f"{prefix}_end": [span.end for span in spans],
        f"{prefix}_text": [span.text for span in spans],
    }


def _sentence(number: int, report: Report) -> Row:
    start, end = report.sentences[number] if 0 <= number < len(report.sentences) else (None, None)
    return {
        "sentence": number,
        "sentence_start": start,
        "sentence_end": end,
        "sentence_text": None if start is None else report.text[start:end],
    }


def _sentence_at(offset: int, sentences: Sequence[tuple[int, int]]) -> int | None:
    number = bisect_right(sentences, offset, key=lambda sentence: sentence[0]) - 1
    return number if number >= 0 and offset < sentences[number][1] else None


def _party(prefix: str, span: EntitySpan | None, entities: Mapping[str, Entity]) -> Row:
    return {**_facts(prefix, span, entities), **_span(prefix, span)}


def _facts(prefix: str, span: EntitySpan | None, entities: Mapping[str, Entity]) -> Row:
    entity = entities.get(span.entity or "") if span else None
    return {
        prefix: name_of(span, entities) if span else None,
        f"{prefix}_entity": span.entity if span else None,
        f"{prefix}_kind": entity.kind if entity else None,
        f"{prefix}_code": entity.code if entity else None,
        f"{prefix}_country": entity.country if entity else None,
        f"{prefix}_sectors": list(entity.sectors) if entity else [],
    }


def _parties(prefix: str, spans: Sequence[EntitySpan], entities: Mapping[str, Entity]) -> Row:
    known = [entities.get(span.entity or "") for span in spans]
    return {
        prefix: [name_of(span, entities) for span in spans],
        f"{prefix}_entity": [span.entity for span in spans],
        f"{prefix}_kind": [entity and entity.kind for entity in known],
        f"{prefix}_code": [entity and entity.code for entity in known],
        f"{prefix}_country": [entity and entity.country for entity in known],
        f"{prefix}_sectors": [" ".join(entity.sectors) if entity else "" for entity in known],
        **_spans(prefix, spans),
    }


def _when(when: EventDate | None) -> Row:
    return {
        "date": when.value if when else None,
        "date_granularity": when.granularity if when else None,
        "date_basis": when.basis if when else None,
        **_days(when.value if when else None),
    }


def _days(value: str | None) -> Row:
    first, last = days_of(value) or (None, None)
    return {"first_day": first, "last_day": last}


def _where(id: str | None, places: Mapping[str, Place]) -> Row:
    place = places.get(id or "")
    return {
        "place_id": id,
        "place": place.name if place else None,
        "place_country": place.country if place else None,
        "place_geonameid": place.geonameid if place else None,
        "place_lat": place.lat if place else None,
        "place_lon": place.lon if place else None,
    }
