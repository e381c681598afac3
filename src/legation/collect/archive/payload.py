"""The body of an answer over HTTP as a crawler stored it, its transfer and content codings undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from legation.collect.inflate import CodingError, decoded
from legation.collect.source import MAX_BYTES

_CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_PIECE = 65_536
_ARROW_CODINGS = {"br": "brotli", "zstd": "zstd"}
_BEGINS_LIKE_TEXT = re.compile(rb"\s*[<\w]")


def payload_of(body: bytes, transfer: str, coding: str) -> bytes | None:
    """`body` without the codings its headers name; None where it would be over the limit.

    Many crawlers undo a coding and leave the header: a body that is not in its coding is taken as it is where it begins
    like a page. Raises CodingError for a coding that is unknown or damaged.
    """
    if "chunked" in transfer.lower():
        body = _joined(body)
    for name in reversed([part.strip().lower() for part in coding.split(",")]):
        try:
            unpacked = bounded(_decoded(body, name))
        except CodingError:
            if not _BEGINS_LIKE_TEXT.match(body):
                raise
            return body
        if unpacked is None:
            return None
        body = unpacked
    return body


def _joined(body: bytes) -> bytes:
    """The chunks put together; the body itself where it does not begin with a chunk, and what is there if it ends."""
    parts = []
    at = 0
    while head := _CHUNK_HEAD.match(body, at):
        length = int(head[1], 16)
        if length == 0:
            break
        parts.append(body[head.end() : head.end() + length])
        at = head.end() + length
        at += 2 if body[at : at + 2] == b"\r\n" else body[at : at + 1] == b"\n"
    return b"".join(parts) if parts or _CHUNK_HEAD.match(body) else body


def _decoded(body: bytes, coding: str) -> Iterator[bytes]:
    if coding in _ARROW_CODINGS:
        return _decoded_by_arrow(body, _ARROW_CODINGS[coding])
    return decoded([body], coding)


def _decoded_by_arrow(body: bytes, codec: str) -> Iterator[bytes]:
    import pyarrow

    try:
        unpacker = pyarrow.CompressedInputStream(pyarrow.BufferReader(body), codec)
        while piece := unpacker.read(_PIECE):
            yield piece
    except (OSError, pyarrow.ArrowException) as error:
        raise CodingError(f"its {codec} data are damaged") from error


def bounded(pieces: Iterable[bytes]) -> bytes | None:
    """All pieces in one; None where they are over the limit, of which no more is held."""
    taken = bytearray()
    for piece in pieces:
        taken += piece
        if len(taken) > MAX_BYTES:
            return None
    return bytes(taken)
