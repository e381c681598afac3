"""The entities of an article: as they grow while it is gone through, as they take part, and as a report shows them."""

from __future__ import annotations

from dataclasses import dataclass, field

from legation.coding.leaders import INTERNATIONAL
from legation.coding.names import STATELESS
from legation.records import Entity, EntityKind, EntitySpan, ResolvedBy, Span


@dataclass
class EntityDraft:
    """An entity while the article is being gone through; who is of `several` states, or of any, is of none."""

    key: str
    name: str
    kind: EntityKind
    code: str | None
    sectors: tuple[str, ...]
    resolved: ResolvedBy
    role: str | None = None
    affiliation: str | None = None
    basis: str | None = None
    several: bool = False
    mentions: dict[tuple[int, int], Span] = field(default_factory=dict)
    nouns: frozenset[str] = frozenset()
    outright: frozenset[str] = frozenset()
    _person: Person | None = None

    def note(self, span: Span) -> None:
        """Enters a place where the text means this entity."""
        if (span.start, span.end) not in self.mentions:
            self.mentions[span.start, span.end] = span
            self._person = None

    def forget(self, span: Span) -> None:
        """Takes a place back."""
        self.mentions.pop((span.start, span.end), None)
        self._person = None

    def person(self) -> Person:
        """The person that this is, as far as the article has been gone through."""
        if self._person is None:
            places = tuple(sorted(self.mentions))
            self._person = Person(self.key, self.code, self.sectors, self.nouns, places, self.outright)
        return self._person


@dataclass(frozen=True, slots=True)
class Participant:
    """An entity by key and the words that name it here.

    `indirect` tells that only a modifier of a common noun pointed to it ("Russian missiles").
    """

    key: str
    span: Span
    code: str | None
    indirect: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """A named person: state and sectors where known, the nouns that the article calls them, where they are meant.

    `outright` are the nouns without those that only a clause makes ("who leads a union").
    """

    key: str
    code: str | None
    sectors: tuple[str, ...]
    nouns: frozenset[str]
    mentions: tuple[tuple[int, int], ...]
    outright: frozenset[str] = frozenset()


def basis_of(draft: EntityDraft) -> str:
    """What led to an entity by its own words: the row of a table, or what stands around them."""
    if draft.basis is not None or draft.kind == "person":
        return draft.basis or "no table lists the name"
    if draft.resolved == "none":
        return "the words themselves; no table knows them"
    if draft.kind == "state":
        return f"countries.csv: {draft.code}, {draft.name}"
    if draft.resolved == "registry":
        return f"organizations.csv: {draft.name}"
    return f"titles.csv: {draft.role}, of {draft.code}" if draft.code else f"titles.csv: {draft.role}"


def as_entity(identity: str, draft: EntityDraft) -> Entity:
    """An entity as the report shows it, under the id that it has there; mentions in order."""
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


def entity_span(participant: Participant, ids: dict[str, str]) -> EntitySpan:
    """A participant as the report shows it."""
    span = participant.span
    return EntitySpan(ids.get(participant.key), span.start, span.end, span.text)
