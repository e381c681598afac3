"""Rows of the desk as plain dicts and lists, as they are printed as JSON. Keys may come in, and none goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from legation.store.judged import Judgement
from legation.store.records import DeskArticle, DeskEntity, DeskEvent, DeskStatement, Hit, Party


def plain_row(row: DeskEvent | DeskStatement | DeskEntity | Hit) -> dict[str, Any]:
    """A row of any page."""
    if isinstance(row, DeskEvent):
        return plain_event(row)
    if isinstance(row, DeskStatement):
        return plain_statement(row)
    return plain_entity(row) if isinstance(row, DeskEntity) else plain_hit(row)


def plain_event(event: DeskEvent) -> dict[str, Any]:
    """An event. Offsets count code points in the text of its article's version."""
    dead, injured, arrested = event.magnitude
    return {
        "id": f"e{event.id}",
        "type": event.type,
        "mode": event.mode,
        "contexts": list(event.contexts),
        "status": event.status,
        "cameo": event.cameo,
        "quad": event.quad,
        "score": event.score,
        "confidence": event.confidence,
        "actor": [plain_party(party) for party in event.actor],
        "recipient": [plain_party(party) for party in event.recipient],
        "day": _day(event.day),
        "date": event.date,
        "date_granularity": event.granularity,
        "dated": event.dated,
        "place": event.place,
        "place_country": event.place_country,
        "trigger": _span(event.trigger),
        "sentence": None if event.sentence is None else {"start": event.start, "text": event.sentence},
        "magnitude": {"dead": dead, "injured": injured, "arrested": arrested},
        "mentions": event.mentions,
        "article": plain_article(event.article),
        "model": event.model,
        "known_from": event.known_from.isoformat(),
        "judged": [f"j{number}" for number in event.judged],
        "also": [f"e{number}" for number in event.also],
    }


def plain_statement(said: DeskStatement) -> dict[str, Any]:
    """A statement."""
    return {
        "id": f"s{said.id}",
        "speaker": plain_party(said.speaker) if said.speaker else None,
        "role": said.role,
        "affiliation": said.affiliation,
        "cue": _span(said.cue),
        "act": said.act,
        "mode": said.mode,
        "content": said.content,
        "sentence": said.sentence,
        "addressee": said.addressee,
        "venue": said.venue,
        "day": _day(said.day),
        "positions": [
            {
                "issue": position.issue,
                "option": position.option,
                "stance": position.stance,
                "evidence": _span((position.start, position.end, position.text)),
                "confidence": position.confidence,
                "whole_confidence": position.whole_confidence,
            }
            for position in said.positions
        ],
        "confidence": said.confidence,
        "article": plain_article(said.article),
        "model": said.model,
        "known_from": said.known_from.isoformat(),
        "judged": [f"j{number}" for number in said.judged],
    }


def plain_entity(entity: DeskEntity) -> dict[str, Any]:
    """Someone who is named in articles."""
    return {
        "name": entity.name,
        "kind": entity.kind,
        "country": entity.country,
        "code": entity.code,
        "sectors": list(entity.sectors),
        "roles": list(entity.roles),
        "articles": entity.articles,
        "first": _day(entity.first),
        "last": _day(entity.last),
        "also": list(entity.also),
    }


def plain_hit(hit: Hit) -> dict[str, Any]:
    """Something a search found; `marks` count in `text`, and `start` says where that begins in the article."""
    record = plain_article(hit.record) if isinstance(hit.record, DeskArticle) else plain_row(hit.record)
    return {
        "what": hit.what,
        "rank": round(hit.rank, 4),
        "day": _day(hit.day),
        "text": hit.text,
        "start": hit.start,
        "marks": [{"start": start, "end": end} for start, end in hit.marks],
        hit.what: record,
    }


def plain_judgement(one: Judgement) -> dict[str, Any]:
    """A judgement; `target` and `other` are what it is at now, null where its words are gone."""
    letter = "s" if one.on_statement else "e"
    return {
        "id": f"j{one.id}",
        "kind": one.kind,
        "state": one.state,
        "target": None if one.target is None else f"{letter}{one.target}",
        "other": None if one.other is None else f"{letter}{one.other}",
        "given": dict(one.given),
        "article": None if one.item is None else f"a{one.item}",
        "words": one.words,
        "sentence": one.sentence,
        "who": one.who,
        "why": one.why,
        "at": one.at.isoformat(),
        "undone_by": None if one.undone_by is None else f"j{one.undone_by}",
    }


def plain_party(party: Party) -> dict[str, Any]:
    """Someone who acts or speaks."""
    return {
        "name": party.name,
        "kind": party.kind,
        "country": party.country,
        "code": party.code,
        "sectors": list(party.sectors),
        "text": party.text,
    }


def plain_article(article: DeskArticle) -> dict[str, Any]:
    """An article; `version` is the version of it, from 1, that a row rests on."""
    return {
        "id": f"a{article.item}",
        "version": article.number,
        "title": article.title,
        "url": article.url,
        "source": article.source,
        "published": _day(article.published),
    }


def _span(span: Sequence[Any]) -> dict[str, Any]:
    start, end, text = span
    return {"start": start, "end": end, "text": text}


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
