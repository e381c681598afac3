"""The statements of a desk as the records that positions are told from."""

from __future__ import annotations

from typing import get_args

from legation.positions.said import Said
from legation.records import EntityKind, Position, Span
from legation.store import Store
from legation.store.records import DeskPosition, DeskStatement
from legation.store.statements import StatementQuery
from legation.store.view import AsOf
from legation.sureness import LEAST_CONFIDENCE

PAGE = 1000
_KINDS = get_args(EntityKind)


def positions_of(
    store: Store,
    as_of: AsOf = None,
    *,
    raw: bool = False,
    with_text: bool = False,
    confidence: float = LEAST_CONFIDENCE,
) -> list[Said]:
    """All statements that take a position of at least that confidence, the oldest first; `with_text` with the whole
    article each."""
    found: list[DeskStatement] = []
    page = None
    while True:
        query = StatementQuery(positions=True, confidence=confidence)
        some = store.said(query, most=PAGE, page=page, as_of=as_of, raw=raw)
        found += some.rows
        page = some.next
        if page is None:
            break
    texts = {version: store.text(version) for version in {one.article.version for one in found}} if with_text else {}
    return [said_of_desk(one, texts.get(one.article.version)) for one in reversed(found) if one.positions]


def said_of_desk(one: DeskStatement, text: str | None = None) -> Said:
    """A statement as positions are told from it."""
    speaker = one.speaker
    kind = speaker.kind if speaker and speaker.kind in _KINDS else None
    return Said(
        article=f"a{one.article.item}",
        title=one.article.title,
        source=one.article.source,
        url=one.article.url,
        published=one.article.published,
        statement=f"s{one.id}",
        speaker=speaker.name if speaker else None,
        known=kind is not None,
        kind=kind,  # type: ignore[arg-type]
        country=speaker.country if speaker else None,
        role=one.role,
        affiliation=one.affiliation,
        cue=one.cue[2],
        act=one.act,
        mode=one.mode,
        content=one.content,
        context=one.sentence,
        addressee=one.addressee,
        venue=one.venue,
        day=one.day,
        positions=tuple(_position(position) for position in one.positions),
        confidence=one.confidence,
        text=text,
    )


def _position(one: DeskPosition) -> Position:
    evidence = Span(one.start, one.end, one.text)
    return Position(one.issue, one.option, one.stance, evidence, one.confidence, one.whole_confidence)
