"""An archive cut into shards, the pieces in which it is read, written and gone on with.

Where a shard ends rests on its number and its own records alone, so that the same archive always gives the same shards.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from legation.records import Article, Record, Rejection, Text

RECORDS = ((20, 50), (100, 250), (1 << 62, 1000))
"""Records of the shards up to a number: few at first, so that a small archive keeps all workers busy."""
MOST_BYTES = 8_000_000
"""A shard ends with the record that brings it to so many bytes, which bounds the memory of whoever holds it."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Some records that follow each other; `number` counts from 0."""

    number: int
    records: tuple[Record, ...]

    @property
    def digest(self) -> str:
        """SHA-256 of all that is in it, by which a run that is gone on with knows its input again."""
        found = hashlib.sha256()
        for record in self.records:
            found.update(repr((record.place, record.rejected, _plain(record.content))).encode())
        return found.hexdigest()


def sharded(records: Iterable[Record]) -> Iterator[Shard]:
    """The shards of an archive, in order."""
    kept: list[Record] = []
    number = size = 0
    for record in records:
        kept.append(record)
        size += _size(record.content)
        if len(kept) >= _most(number) or size >= MOST_BYTES:
            yield Shard(number, tuple(kept))
            kept, number, size = [], number + 1, 0
    if kept:
        yield Shard(number, tuple(kept))


def _most(number: int) -> int:
    return next(records for up_to, records in RECORDS if number < up_to)


def _size(content: Article | Text | None) -> int:
    if content is None:
        return 0
    return len(content.content) if isinstance(content, Article) else len(content.body)


def _plain(content: Article | Text | None) -> str:
    if isinstance(content, Article):
        return repr(replace(content, content=_sha256(content).digest()))
    return repr(content)


# ---------------------------------------------------------------- ids


def without_duplicates(records: Iterable[Record]) -> Iterator[Record]:
    """The records, each with an id of its own: those without one get the beginning of their content's SHA-256, and
    those are rejected whose id, or whose content if they have none, another before them has."""
    seen = Ids()
    for record in records:
        content = record.content
        if content is None:
            yield record
            continue
        name = content.id or _sha256(content).hexdigest()[:16]
        if seen.add(name):
            yield record if content.id else replace(record, content=replace(content, id=name))
        else:
            same = f"Its id {name!r} is that of" if content.id else "It is, word for word,"
            message = f"{same} an article before it, so it is left out."
            yield Record(record.place, None, Rejection("duplicate", message))


def _sha256(content: Article | Text) -> hashlib._Hash:
    plain = content.content if isinstance(content, Article) else content.body.encode("utf-8", "surrogatepass")
    return hashlib.sha256(plain)


class Ids:
    """A set of ids in 16 to 32 bytes each, for archives of many millions: 64 bits of a digest in an open table.

    Two different ids are taken for one with a chance of one in 370,000 among ten million.
    """

    def __init__(self) -> None:
        self._table = np.zeros(1 << 10, np.uint64)
        self._count = 0

    def add(self, name: str) -> bool:
        """Adds an id; False if it was there."""
        if 2 * self._count >= len(self._table):
            self._grow()
        value = int.from_bytes(hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()) or 1
        at = self._place(self._table, value)
        if self._table[at]:
            return False
        self._table[at] = value
        self._count += 1
        return True

    def _grow(self) -> None:
        wider = np.zeros(2 * len(self._table), np.uint64)
        for value in self._table[self._table != 0].tolist():
            wider[self._place(wider, value)] = value
        self._table = wider

    @staticmethod
    def _place(table: np.ndarray[tuple[int, ...], np.dtype[np.uint64]], value: int) -> int:
        """Where a value stands, or the free place for it."""
        mask = len(table) - 1
        at = value & mask
        while table[at] and table[at] != value:
            at = (at + 1) & mask
        return at
