"""One transaction that writes: it gives out numbers, and is one commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, func, insert, select

from legation.store.dialect import add_to_index, learn_shares
from legation.store.rows import Name
from legation.store.schema import commits, names

MOST_ASKED = 500
"""How many values are asked for in one question; databases bound the length of it."""
MOST_NAMES = 100_000
Value = TypeVar("Value")


class KnownNames:
    """Numbers of names that were written, so that the usual ones are not looked up for every article."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.firsts: dict[str, int] = {}

    def add(self, new: Mapping[str, int], firsts: Mapping[str, int]) -> None:
        """Keeps what a commit wrote: numbers by identity, and those of the first names of the same entities."""
        if len(self.numbers) + len(new) > MOST_NAMES:
            self.numbers.clear()
            self.firsts.clear()
        self.numbers.update(new)
        self.firsts.update(firsts)


class Writing:
    """A transaction in which rows are written; no other process writes meanwhile."""

    def __init__(self, connection: Connection, now: datetime, what: str, run: int | None, known: KnownNames) -> None:
        self.connection, self.now = connection, now
        self._what, self._run, self._known = what, run, known
        self._next: dict[str, int] = {}
        self._names: dict[str, int] = {}
        self._firsts: dict[str, int] = {}

    @cached_property
    def commit(self) -> int:
        """The number of the commit, which is made when it is first asked for.

        Its time is never before that of the commit before it, so that the order of numbers is the order of time.
        """
        last = self.connection.execute(
            select(commits.c.id, commits.c.at).order_by(commits.c.id.desc()).limit(1)
        ).first()
        number, at = (last.id + 1, max(self.now, last.at)) if last else (1, self.now)
        self.connection.execute(
            insert(commits), {"id": number, "at": at, "clock": self.now, "what": self._what, "run": self._run}
        )
        return int(number)

    def number(self, table: Table) -> int:
        """The next free number of a table."""
        if table.name not in self._next:
            self._next[table.name] = (self.connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1
        self._next[table.name] += 1
        return self._next[table.name] - 1

    def insert(self, table: Table, rows: Sequence[dict[str, Any]]) -> None:
        """Writes rows."""
        if rows:
            self.connection.execute(insert(table), rows)

    def index(self, index: str, rows: Sequence[tuple[int, Sequence[str], Sequence[str]]]) -> None:
        """Makes rows findable by their tokens: number, first field, second field."""
        add_to_index(self.connection, index, rows)

    def names(self, wanted: Iterable[Name]) -> dict[Name, int]:
        """The numbers of names, which are written where they are new."""
        asked = {name: name.identity for name in wanted}
        missing = {
            identity: name
            for name, identity in asked.items()
            if identity not in self._known.numbers and identity not in self._names
        }
        found = dict(self.found(names.c.identity, list(missing), names.c.identity, names.c.id))
        rows = []
        for identity, name in missing.items():
            if identity not in found:
                found[identity] = self.number(names)
                rows.append({"id": found[identity], **name.row})
        self.insert(names, rows)
        self._names.update(found)
        return {name: self._names.get(identity) or self._known.numbers[identity] for name, identity in asked.items()}

    def firsts(self, wanted: Iterable[Name]) -> dict[Name, int]:
        """Of names, which must be written, the number of the first one of the same entity."""
        asked = {name: name.identity for name in wanted}
        missing = {
            name: name.entity
            for name, identity in asked.items()
            if identity not in self._known.firsts and identity not in self._firsts
        }
        firsts: dict[tuple[str, str | None, str | None], int] = {}
        columns = (names.c.words, names.c.kind, names.c.country, names.c.id)
        for words, kind, country, id in self.found(
            names.c.words, sorted({one[0] for one in missing.values()}), *columns
        ):
            key = (words, kind, country)
            firsts[key] = min(id, firsts.get(key, id))
        self._firsts.update((asked[name], firsts[entity]) for name, entity in missing.items())
        return {name: self._firsts.get(identity) or self._known.firsts[identity] for name, identity in asked.items()}

    def found(self, column: Column[Any], values: Sequence[Any], *wanted: Column[Any]) -> Iterator[Any]:
        """The wanted columns of the rows that have one of the values."""
        for some in batched(values, MOST_ASKED):
            yield from self.connection.execute(select(*wanted).where(column.in_(some)))

    def finished(self) -> None:
        """To be called before the transaction ends: after the first commit, the second, fourth and so on, as shares
        change most while a desk is young."""
        number = self.__dict__.get("commit", 0)
        if number and not number & (number - 1):
            learn_shares(self.connection)

    def kept(self) -> None:
        """To be called once the transaction is on the disk."""
        self._known.add(self._names, self._firsts)


def batched(values: Iterable[Value], size: int) -> Iterator[list[Value]]:
    """The values in lists of at most `size`."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
