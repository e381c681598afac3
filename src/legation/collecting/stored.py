"""What the collect stage says, as the store keeps it, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, cast

from legation.sources import ItemOutcome, KnownItem, Source, SourceCheck, SourceKind
from legation.store.records import Check, Declaration, ItemState, Version

_IN_DECLARATION = ("language", "reliability", "tags", "links")
_OWN_COLUMNS_OF_ITEMS = ("key", "source", "guid", "page", "next_try")
_OWN_COLUMNS_OF_CHECKS = ("source", "at", "status", "message", "versions")
_MOMENTS = ("first_seen", "last_seen", "newest", "not_before")


def declaration_of(source: Source) -> Declaration:
    """A source as the store declares it."""
    settings = {name: getattr(source, name) for name in _IN_DECLARATION if getattr(source, name)}
    return Declaration(
        source.url, source.name, source.kind, source.country, source.type, source.owner, _plain(settings)
    )


def source_of(declaration: Declaration) -> Source:
    """A source of the store as it was declared."""
    settings = declaration.settings
    return Source(
        name=declaration.name,
        url=declaration.key,
        kind=cast(SourceKind, declaration.kind),
        country=declaration.country,
        language=settings.get("language"),
        type=declaration.type,
        reliability=settings.get("reliability"),
        owner=declaration.owner,
        tags=tuple(settings.get("tags", ())),
        links=settings.get("links"),
    )


def state_of(known: KnownItem) -> ItemState:
    """What is known of an item as the store keeps it."""
    state = _details(known, _OWN_COLUMNS_OF_ITEMS)
    return ItemState(known.key, known.source, known.guid, known.page, known.next_try, state)


def known_of(state: ItemState) -> KnownItem:
    """What is known of an item, from the store."""
    own = {name: getattr(state, name) for name in _OWN_COLUMNS_OF_ITEMS}
    return KnownItem(**own, **_read(state.state))


def stored_check(check: SourceCheck) -> Check:
    """A visit as the store keeps it."""
    details = _details(check, _OWN_COLUMNS_OF_CHECKS)
    return Check(check.source, check.at, check.status, check.message, check.versions, details)


def check_of(check: Check) -> SourceCheck:
    """A visit, from the store."""
    own = {name: getattr(check, name) for name in _OWN_COLUMNS_OF_CHECKS}
    found = _read(check.details)
    return SourceCheck(**own, **{**found, "notes": tuple(found.get("notes", ()))})


def version_of(outcome: ItemOutcome) -> Version | None:
    """The new version that an item gave, None where it gave none."""
    text = outcome.text
    if text is None:
        return None
    moment = outcome.item.published
    same_day = moment is not None and moment.date() == text.published
    return Version(
        text,
        key=outcome.known.key,
        source=outcome.known.source,
        byline=text.byline,
        published_at=moment.astimezone(UTC) if moment is not None and same_day else None,
        fetched=outcome.known.last_seen,
    )


def _details(record: KnownItem | SourceCheck, own: tuple[str, ...]) -> dict[str, Any]:
    """The fields that have no column of their own, as plain JSON; what is empty is left out."""
    found = {each.name: getattr(record, each.name) for each in fields(record) if each.name not in own}
    return _plain({name: value for name, value in found.items() if value or (value == 0 and name == "words")})


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in values.items()}


def _json(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, tuple):
        return list(value)
    return dict(value) if isinstance(value, Mapping) else value


def _read(details: Mapping[str, Any]) -> dict[str, Any]:
    return {name: datetime.fromisoformat(value) if name in _MOMENTS else value for name, value in details.items()}
