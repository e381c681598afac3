"""Who is who on a desk at one moment: sources by their numbers, and names judged to be of the same person."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, exists, select

from legation.store.corrections import ON_STATEMENTS
from legation.store.records import Party
from legation.store.rows import words_key
from legation.store.schema import judgement_matches, judgements
from legation.store.sources import sources
from legation.store.view import View
from legation.store.whom import Whom, names_called, whom


@dataclass(frozen=True, slots=True)
class People:
    """What is looked up for every row that is shown.

    `same` leads from the words of a name to the name that they were judged to mean.
    """

    view: View
    sources: Mapping[int, str]
    same: Mapping[str, str]

    def whom(self, given: str) -> Whom:
        """Whom a user means, under all names that were judged to be the same one's."""
        found = whom(self.view.connection, given)
        if found.country is not None or not self.same:
            return found
        asked = words_key(given)
        called = self.same.get(asked, given)
        keys = [key for key, name in self.same.items() if asked in words_key(name) or name == called]
        others = whom(self.view.connection, called).names if called != given else ()
        return Whom(names=tuple(dict.fromkeys((*found.names, *others, *names_called(self.view.connection, keys)))))

    def source(self, number: int | None) -> str | None:
        """What a source is called."""
        return self.sources.get(number) if number is not None else None

    def name(self, row: Any) -> str:
        """What somebody is called, from a row of names."""
        return self.same.get(row.words, str(row.name))

    def party(self, row: Any, text: str | None) -> Party:
        """Someone, from a row of names and the words of the text."""
        return Party(self.name(row), row.kind, row.country, row.code, tuple(row.sectors.split()), text or "")

    def judged(self, raw: Collection[int], what: Literal["event", "statement"]) -> dict[int, tuple[int, ...]]:
        """The judgements that were applied to events or statements as they were read."""
        if not raw:
            return {}
        on_statements = judgements.c.kind.in_(ON_STATEMENTS)
        chosen = (
            select(judgement_matches.c.target, judgement_matches.c.judgement)
            .join(judgements, judgements.c.id == judgement_matches.c.judgement)
            .where(
                judgement_matches.c.target.in_(raw),
                judgement_matches.c.known_from <= self.view.commit,
                on_statements if what == "statement" else ~on_statements,
                judgement_counts(self.view),
            )
            .order_by(judgement_matches.c.judgement)
        )
        found: dict[int, tuple[int, ...]] = {}
        for row in self.view.connection.execute(chosen):
            found[row.target] = (*found.get(row.target, ()), row.judgement)
        return found


def people_of(view: View) -> People:
    """Who is who now; without what analysts judged where rows are asked for as they were read."""
    called = {found.id: found.declaration.name for found in sources(view)}
    return People(view, called, {} if view.raw else _same_persons(view))


def judgement_counts(view: View) -> ColumnElement[bool]:
    """That a judgement was known, and not undone."""
    undoing = judgements.alias()
    undone = select(1).where(undoing.c.undoes == judgements.c.id, undoing.c.known_from <= view.commit)
    return and_(judgements.c.known_from <= view.commit, ~exists(undone))


def _same_persons(view: View) -> dict[str, str]:
    chosen = select(judgements.c.given).where(judgements.c.kind == "same-person", judgement_counts(view))
    found: dict[str, str] = {}
    for (given,) in view.connection.execute(chosen.order_by(judgements.c.id)):
        name = found.get(words_key(given["is"]), given["is"])
        found[words_key(given["name"])] = name
        found = {key: name if words_key(other) == words_key(given["name"]) else other for key, other in found.items()}
    return {key: name for key, name in found.items() if key != words_key(name)}
