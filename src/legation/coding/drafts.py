"""An entity of an article while the article is being gone through, and as the report shows it."""

from __future__ import annotations

from dataclasses import dataclass, field

from legation.coding.leaders import INTERNATIONAL
from legation.coding.names import STATELESS
from legation.records import Entity, EntityKind, ResolvedBy, Span


@dataclass
class Draft:
    """An entity while the article is being gone through."""

    key: str
    name: str
    kind: EntityKind
    code: str | None
    sectors: tuple[str, ...]
    resolved: ResolvedBy
    role: str | None = None
    affiliation: str | None = None
    basis: str | None = None
    mentions: dict[tuple[int, int], Span] = field(default_factory=dict)


def entity_of(identity: str, draft: Draft) -> Entity:
    """The entity with its id, code and sectors as PLOVER has them, mentions in order."""
    country = draft.code if draft.code and draft.code not in STATELESS else None
    # In the service of a body between states GOV says nothing more, nor REB of an armed group beyond them.
    told = "GOV" if draft.code in INTERNATIONAL else "REB" if draft.code == "IMG" else None
    sectors = tuple(s for s in draft.sectors if s != told)
    spans = tuple(draft.mentions[place] for place in sorted(draft.mentions))
    return Entity(
        identity,
        draft.name,
        draft.kind,
        country,
        draft.code,
        sectors,
        draft.role,
        draft.affiliation,
        draft.resolved,
        spans,
    )
