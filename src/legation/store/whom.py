"""Whom a user means: a state, by its code or name, or everybody who is called so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, select

from legation.positions.names import name_words
from legation.store.schema import names

_CODE = re.compile(r"[A-Z]{3}")
MOST_NAMES = 500


@dataclass(frozen=True, slots=True)
class Whom:
    """A state's code, or the numbers of names; neither where nobody is called so."""

    country: str | None = None
    names: tuple[int, ...] = ()

    def among(self, country: ColumnElement[str], name: ColumnElement[int]) -> ColumnElement[bool]:
        """That a row is of the state, or has one of the names."""
        return country == self.country if self.country is not None else name.in_(self.names)


def whom(connection: Connection, given: str) -> Whom:
    """Whom a word means: three capital letters are a state, as is a state's name; else all whose name has these words,
    one behind the other ("Volkmuth", "foreign ministry"). Case, accents, hyphens and "the" do not count."""
    if _CODE.fullmatch(given.strip()):
        return Whom(country=given.strip())
    words = name_words(given)
    words = words[1:] if words[:1] == ("the",) and len(words) > 1 else words
    if not words:
        return Whom()
    rows = connection.execute(
        select(names.c.id, names.c.words, names.c.kind, names.c.country)
        .where(names.c.words.contains(f" {' '.join(words)} ", autoescape=True))
        .order_by(names.c.id)
        .limit(MOST_NAMES)
    ).all()
    whole = (f" {' '.join(words)} ", f" the {' '.join(words)} ")
    states = {row.country for row in rows if row.kind == "state" and row.words in whole and row.country}
    if len(states) == 1:
        return Whom(country=states.pop())
    return Whom(names=tuple(row.id for row in rows))


def names_called(connection: Connection, keys: Sequence[str]) -> list[int]:
    """The numbers of the names that have just these words."""
    return list(connection.execute(select(names.c.id).where(names.c.words.in_(keys))).scalars()) if keys else []
