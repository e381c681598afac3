"""Who is who on a desk at one moment: sources by their numbers, and names judged to be of the same person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from legation.store.records import Party
from legation.store.sources import sources
from legation.store.view import View
from legation.store.whom import Whom, whom


@dataclass(frozen=True, slots=True)
class People:
    """What is looked up for every row that is shown."""

    view: View
    sources: Mapping[int, str] = field(default_factory=dict)
    same: Mapping[int, int] = field(default_factory=dict)
    """Names that were judged to be another name's person."""

    def whom(self, given: str) -> Whom:
        """Whom a user means."""
        return whom(self.view.connection, given)

    def source(self, number: int | None) -> str | None:
        """What a source is called."""
        return self.sources.get(number) if number is not None else None

    def party(self, row: Any, text: str) -> Party:
        """Someone, from a row of names and the words of the text."""
        return Party(row.name, row.kind, row.country, row.code, tuple(row.sectors.split()), text)

    def judged(self, raw: Collection[int], what: Literal["event", "statement"]) -> dict[int, tuple[int, ...]]:
        """The judgements that were applied to events or statements as they were read."""
        return {}


def people_of(view: View) -> People:
    """Who is who now."""
    return People(view, {found.id: found.declaration.name for found in sources(view)})
