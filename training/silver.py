"""What the teacher makes of sentences (`corpus/events/teacher.jsonl.gz`), read and written.

A record is [id, words, chances]: the id of a training sentence, the words of a new sentence made of it or null for the
sentence itself, and for each word that may tell an event its place and the chances of its types.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from training.corpora import Chances, Example, GoldEvent

FILE = Path(__file__).resolve().parent.parent / "corpus" / "events" / "teacher.jsonl.gz"
LEAST_CHANCE = 0.02
"""What a word with less tells is taken for nothing."""
SURE = 0.5
"""A new sentence keeps an event's parties where the teacher thinks an event likelier than none."""


@dataclass(frozen=True, slots=True)
class Silver:
    """One record: the id of a training sentence, the words of a new one made of it or None, and its chances."""

    id: str
    forms: tuple[str, ...] | None
    chances: Chances


def write_silver(records: Iterable[Silver], path: Path) -> None:
    """Writes records, packed; the same records give the same bytes."""
    lines = [
        json.dumps([r.id, r.forms and " ".join(r.forms), _packed(r.chances)], ensure_ascii=False, separators=(",", ":"))
        for r in records
    ]
    with path.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", filename="", mtime=0) as file:
        file.write(("\n".join(lines) + "\n").encode())


def read_silver(path: Path = FILE) -> Iterator[Silver]:
    """All records of a file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for name, words, packed in map(json.loads, lines):
            chances = tuple((word, tuple(types.items())) for word, types in packed)
            yield Silver(name, tuple(words.split(" ")) if words else None, chances)


def _packed(chances: Chances) -> list[tuple[int, dict[str, float]]]:
    return [(word, dict(types)) for word, types in chances]


def taught(examples: Iterable[Example], records: Iterable[Silver]) -> list[Example]:
    """The examples with what the teacher made of them, but for those of which people coded one event alone."""
    chances = {r.id: r.chances for r in records if r.forms is None}
    return [replace(e, chances=chances.get(e.id)) if e.events_whole else e for e in examples]


def new_examples(examples: Iterable[Example], records: Iterable[Silver]) -> list[list[Example]]:
    """The new sentences as examples: types as the teacher sees them, the rest from the sentences they were made of.

    The first list holds the first new sentence made of each, the second the second.
    """
    origins = {e.id: e for e in examples}
    count: Counter[str] = Counter()
    found: list[list[Example]] = []
    for record in records:
        if record.forms is None or record.id not in origins:
            continue
        if count[record.id] == len(found):
            found.append([])
        found[count[record.id]].append(_new(origins[record.id], record.forms, record.chances))
        count[record.id] += 1
    return found


def _new(origin: Example, forms: tuple[str, ...], chances: Chances) -> Example:
    likely = {word: types for word, types in chances if sum(p for _, p in types) >= SURE}
    events = tuple(_kept(e, likely[e.word][0][0]) for e in origin.events or () if e.word in likely)
    return replace(origin, id=f"new-{origin.id}", forms=forms, events=events, events_whole=False, chances=chances)


def _kept(event: GoldEvent, type_: str) -> GoldEvent:
    """The event of the old sentence in the new one: of another type, only its parties and status still hold."""
    if event.type == type_:
        return event
    return replace(event, type=type_, mode=None, mode_known=False, contexts=None)
