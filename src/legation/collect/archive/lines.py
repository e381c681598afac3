"""JSONL: one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, NamedTuple

from legation.collect.archive.fields import by_folded_name, record_of
from legation.collect.archive.packed import rejoined
from legation.collect.archive.raw import Damaged
from legation.collect.archive.reject import LIMIT, broken_off, rejected, too_long
from legation.collect.source import MAX_BYTES
from legation.records import Record

_BOM = b"\xef\xbb\xbf"


class Line(NamedTuple):
    """A line by its number, from 1, without its line feed; `content` is None for a line over the limit."""

    number: int
    content: bytes | None


def split(pieces: Iterator[bytes], limit: int = MAX_BYTES) -> Iterator[Line]:
    """The lines of `pieces`; only a line feed ends one. No more than `limit` bytes and a piece are held.

    Raises Damaged where the pieces do, after the last whole line before.
    """
    number = 0
    begun: list[bytes] = []
    size = 0
    for piece in pieces:
        first, *others = piece.split(b"\n")
        for part in (first, *others[:-1]) if others else ():
            number += 1
            size += len(part)
            yield Line(number, b"".join((*begun, part)) if size <= limit else None)
            begun, size = [], 0
        rest = others[-1] if others else first
        size += len(rest)
        if size > limit:
            begun = []
        elif rest:
            begun.append(rest)
    if size:
        yield Line(number + 1, b"".join(begun) if size <= limit else None)


def read_lines(file: str, pieces: Iterator[bytes]) -> Iterator[Record]:
    """The record of each line that is not blank, and one more where the file breaks off."""
    number = 0
    try:
        for line in split(pieces):
            number = line.number
            place = f"{file}, line {number}"
            if line.content is None:
                yield too_long(place, "The line")
            elif content := line.content.removeprefix(_BOM).strip():
                yield _line_record(place, content)
    except Damaged as damage:
        yield broken_off(file, damage, number, "line")


def read_json(file: str, pieces: Iterator[bytes]) -> Iterator[Record]:
    """A .json file: a list of objects or one object, if the file is within the limit, or else one object a line."""
    head: list[bytes] = []
    size = 0
    damage: Damaged | None = None
    try:
        while size <= MAX_BYTES and (piece := next(pieces, None)) is not None:
            head.append(piece)
            size += len(piece)
    except Damaged as error:
        damage = error
    content = b"".join(head).removeprefix(_BOM).lstrip()
    if content.startswith(b"[") and size > MAX_BYTES:
        yield rejected(file, "too_long", _list_too_long(file))
        return
    value = None if damage or size > MAX_BYTES else _whole(content)
    if isinstance(value, list):
        yield from (_record(f"{file}, item {number}", item, "item") for number, item in enumerate(value, start=1))
    elif isinstance(value, dict):
        yield _record(f"{file}, line 1", value, "line")
    elif content.startswith(b"["):
        yield rejected(file, "unreadable", f"{file} begins like a list of objects, but is not JSON to its end.")
    else:
        yield from read_lines(file, rejoined(head, pieces, damage))


def _list_too_long(file: str) -> str:
    return (
        f"{file} is one list of objects of more than {LIMIT}, which would have to be held whole. "
        "Write one object a line, for example with: jq -c '.[]'"
    )


def _whole(content: bytes) -> Any:
    """The JSON value, None for what is none."""
    try:
        return json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError):
        return None


def _line_record(place: str, content: bytes) -> Record:
    try:
        value = json.loads(content.decode("utf-8"))
    except UnicodeDecodeError:
        return rejected(place, "unreadable", "The line is not UTF-8: write the file anew in UTF-8.")
    except json.JSONDecodeError as error:
        message = f"The line is not JSON ({error.msg}, character {error.pos + 1}): write one object a line."
        return rejected(place, "unreadable", message)
    except RecursionError:
        return rejected(place, "unreadable", "The line is JSON nested too deep to be read: write a flat object.")
    except ValueError:
        return rejected(place, "unreadable", "The line has a number too long to be read: write it as a string.")
    return _record(place, value, "line")


def _record(place: str, value: object, what: str) -> Record:
    if not isinstance(value, dict):
        message = f'The {what} is JSON, but not an object: write it as {{"text": "..."}}.'
        return rejected(place, "unreadable", message)
    return record_of(place, by_folded_name(value))
