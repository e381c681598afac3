"""What the teacher makes of sentences (`corpus/events/teacher.jsonl.xz`), read and written.

A record is [id, words, marks]: the id of a training sentence, the words of a new sentence made of it or null for the
sentence itself, and a mark for each word that may tell an event (`Mark`). No mark is a sure "none".
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from legation.read.events import mode_of
from training.corpora import Chances, Example, GoldEvent, Shares, guess_spaces

FILE = Path(__file__).resolve().parent.parent / "corpus" / "events" / "teacher.jsonl.xz"
SURE = 0.5
"""A word is taken for an event, and a label for its own, from this probability."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What the teacher makes of one word: probabilities of types, modes ("SANCTION.expel"), statuses and contexts, and
    of the role tags of words (a word's place, "B-ACTOR", probability). Small ones are left out."""

    word: int
    types: Shares
    modes: Shares
    statuses: Shares
    contexts: Shares
    roles: tuple[tuple[int, str, float], ...]

    @property
    def chance(self) -> float:
        """How likely the word tells an event of any type."""
        return sum(p for _, p in self.types)


@dataclass(frozen=True, slots=True)
class Silver:
    """One record: the id of a training sentence, the words of a new one made of it or None, and the marks."""

    id: str
    forms: tuple[str, ...] | None
    marks: tuple[Mark, ...]


def write_silver(records: Iterable[Silver], path: Path) -> None:
    """Writes records, packed; the same records give the same bytes."""
    lines = [
        json.dumps(
            [r.id, r.forms and " ".join(r.forms), [_packed(m) for m in r.marks]],
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for r in records
    ]
    path.write_bytes(lzma.compress(("\n".join(lines) + "\n").encode()))


def read_silver(path: Path = FILE) -> Iterator[Silver]:
    """All records of a file."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for name, words, packed in map(json.loads, lines):
            yield Silver(name, tuple(words.split(" ")) if words else None, tuple(map(_unpacked, packed)))


def _packed(mark: Mark) -> list[Any]:
    tables = [dict(shares) for shares in (mark.types, mark.modes, mark.statuses, mark.contexts)]
    return [mark.word, *tables, {f"{word} {tag}": chance for word, tag, chance in mark.roles}]


def _unpacked(packed: list[Any]) -> Mark:
    word, *tables, roles = packed
    types, modes, statuses, contexts = (tuple(table.items()) for table in tables)
    places = tuple((int(place), tag, p) for place, _, tag, p in ((*key.partition(" "), p) for key, p in roles.items()))
    return Mark(word, types, modes, statuses, contexts, places)


# ---------------------------------------------------------------- examples


def chances_of(marks: Iterable[Mark]) -> Chances:
    """The chances of types alone."""
    return tuple((mark.word, mark.types) for mark in marks)


def with_teacher(examples: Iterable[Example], records: Iterable[Silver]) -> list[Example]:
    """The examples with what the teacher makes of them.

    Where events were annotated its chances stand beside them; where they were not, its own events are taken. A sentence
    of which people coded one event alone stays as it is.
    """
    marks = {r.id: r.marks for r in records if r.forms is None}
    return [_taught(e, marks[e.id]) if e.id in marks and e.events_whole else e for e in examples]


def _taught(example: Example, marks: tuple[Mark, ...]) -> Example:
    if example.events is None:
        return with_marks(example, marks)
    return replace(example, chances=chances_of(marks))


def with_marks(example: Example, marks: tuple[Mark, ...]) -> Example:
    """The example with the events that the teacher sees in it, and its chances of all others."""
    events = tuple(_event(mark, len(example.forms)) for mark in marks if mark.chance >= SURE)
    return replace(example, events=events, events_whole=False, chances=chances_of(marks))


def _event(mark: Mark, size: int) -> GoldEvent:
    kind = mark.types[0][0]
    mode, status = _likeliest(mark.modes), _likeliest(mark.statuses)
    known = mode is not None and mode.partition(".")[0] == kind
    return GoldEvent(
        mark.word, kind, mode_of(mode) if known and mode else None, known, status, None, _spans(mark.roles, size)
    )


def _likeliest(shares: Shares) -> str | None:
    label, chance = max(shares, key=lambda pair: pair[1], default=("", 0.0))
    return label if chance >= SURE else None


def _spans(roles: Iterable[tuple[int, str, float]], size: int) -> tuple[tuple[str, int, int], ...]:
    """The spans of the likeliest tags."""
    tags = [""] * size
    for word, tag, chance in roles:
        if chance >= SURE:
            tags[word] = tag
    found: list[tuple[str, int, int]] = []
    for at, tag in enumerate(tags):
        joins = bool(found) and found[-1][2] == at and tag == f"I-{found[-1][0]}"
        if joins:
            found[-1] = (found[-1][0], found[-1][1], at + 1)
        elif tag:
            found.append((tag[2:], at, at + 1))
    return tuple(found)


def new_examples(examples: Iterable[Example], records: Iterable[Silver], lists: int) -> list[list[Example]]:
    """The new sentences as examples, dealt out to so many lists, sentences of one origin to different ones.

    Their words stand where those of their origins stand, so an event at the place of one of the origin's has its roles.
    """
    known = {e.id: e for e in examples}
    found: list[list[Example]] = [[] for _ in range(lists)]
    for number, record in enumerate(r for r in records if r.forms is not None and r.id in known):
        forms = record.forms or ()
        example = with_marks(Example(f"new-{record.id}", forms, guess_spaces(forms)), record.marks)
        found[number % lists].append(_with_roles_of(known[record.id], example))
    return found


def _with_roles_of(origin: Example, example: Example) -> Example:
    roles = {event.word: event.roles for event in origin.events or ()}
    events = tuple(replace(event, roles=roles.get(event.word, event.roles)) for event in example.events or ())
    return replace(example, events=events)
