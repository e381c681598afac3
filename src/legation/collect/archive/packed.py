"""gzip, Zstandard and bzip2 undone piece by piece; what can be unpacked before damage comes out before the error.

A packed file may be made of several members (frames, streams) one after the other, and end in zeros.
"""

from __future__ import annotations

import bz2
import zlib
from collections.abc import Iterator
from typing import Any, Literal

from legation.collect.archive.raw import BLOCK, Damaged, Raw

Packing = Literal["gzip", "zstd", "bzip2"]

HEAD = 16

_PIECE = 65_536
_GZIP = 31
_GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPED = b"\x2a\x4d\x18"
_BZIP2_BLOCKS = (b"1AY&SY", b"\x17rE8P\x90")
_TOO_EARLY = "its {} data end too early"
_NOT_SOUND = "its {} data are damaged"

# A bzip2 decompressor that fails keeps back what it unpacked in the same call: little is asked of each.
_BZIP2_PIECE = 256
# pyarrow does the same; of a file that is unpacked again, of a pipe as much as this is lost.
_ZSTD_PIPE_PIECE = 1_024


def packing_of(head: bytes) -> Packing | None:
    """How bytes that begin with `head` (16 of them are enough) are packed; None for not at all."""
    if head.startswith(_GZIP_MAGIC):
        return "gzip"
    if head.startswith(_ZSTD_MAGIC) or (head[1:4] == _ZSTD_SKIPPED and 0x50 <= head[0] <= 0x5F):
        return "zstd"
    if head.startswith(b"BZh") and head[4:10] in _BZIP2_BLOCKS:
        return "bzip2"
    return None


def unpacked(raw: Raw, packing: Packing | None) -> Iterator[bytes]:
    """The content of a file from its start, in pieces of at most 256 KiB. Raises Damaged where it ends before its end.

    A pipe packed with Zstandard may keep back up to a kilobyte before the damage; nothing else is lost.
    """
    try:
        if packing == "gzip":
            yield from _gunzipped(raw)
        elif packing == "bzip2":
            yield from _bunzipped(raw)
        elif packing == "zstd":
            yield from _unzstd(raw)
        else:
            yield from _blocks(raw)
    except OSError as error:
        raise Damaged(f"it cannot be read on ({error.strerror or error})") from error


def peeked(pieces: Iterator[bytes], length: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of `pieces`, as many as `length` where there are so many, and all of the pieces.

    Damage is raised by the pieces, after what stands before it.
    """
    taken: list[bytes] = []
    size = 0
    damage: Damaged | None = None
    try:
        while size < length and (piece := next(pieces, None)) is not None:
            taken.append(piece)
            size += len(piece)
    except Damaged as error:
        damage = error
    return b"".join(taken)[:length], rejoined(taken, pieces, damage)


def rejoined(taken: list[bytes], pieces: Iterator[bytes], damage: Damaged | None) -> Iterator[bytes]:
    """Pieces that were taken, then the damage that was met if there was any, else the others."""
    while taken:
        yield taken.pop(0)
    if damage is not None:
        raise damage
    yield from pieces


def _blocks(raw: Raw) -> Iterator[bytes]:
    while block := raw.read(BLOCK):
        yield block


def _gunzipped(raw: Raw) -> Iterator[bytes]:
    inflater = None
    for block in _blocks(raw):
        rest, full = block, False
        while rest or full:
            if inflater is None and not (rest := rest.lstrip(b"\0")):
                break
            inflater = inflater or zlib.decompressobj(_GZIP)
            before = inflater.copy()
            try:
                piece = inflater.decompress(rest, _PIECE)
            except zlib.error:
                yield _inflated_until_damage(before, rest)
                raise Damaged(_NOT_SOUND.format("gzip")) from None
            yield piece
            rest, full = inflater.unconsumed_tail, len(piece) == _PIECE
            if inflater.eof:
                rest, full, inflater = inflater.unused_data, False, None
    if inflater is not None:
        raise Damaged(_TOO_EARLY.format("gzip"))


def _inflated_until_damage(inflater: Any, packed: bytes) -> bytes:
    """What zlib keeps back when it fails within `packed`: fed byte by byte, it gives what comes before."""
    good = bytearray()
    try:
        for index in range(len(packed)):
            good += inflater.decompress(packed[index : index + 1])
    except zlib.error:
        pass
    return bytes(good)


def _bunzipped(raw: Raw) -> Iterator[bytes]:
    unpacker = None
    for block in _blocks(raw):
        rest = block
        while rest:
            if unpacker is None and not (rest := rest.lstrip(b"\0")):
                break
            unpacker = unpacker or bz2.BZ2Decompressor()
            yield from _bunzipped_block(unpacker, rest)
            rest = unpacker.unused_data
            if unpacker.eof:
                unpacker = None
    if unpacker is not None:
        raise Damaged(_TOO_EARLY.format("bzip2"))


def _bunzipped_block(unpacker: bz2.BZ2Decompressor, packed: bytes) -> Iterator[bytes]:
    piece = bytearray()
    try:
        piece += unpacker.decompress(packed, _BZIP2_PIECE)
        while not unpacker.eof and not unpacker.needs_input:
            piece += unpacker.decompress(b"", _BZIP2_PIECE)
            if len(piece) >= _PIECE:
                yield bytes(piece)
                piece.clear()
    except (OSError, ValueError):
        yield bytes(piece)
        raise Damaged(_NOT_SOUND.format("bzip2")) from None
    yield bytes(piece)


def _unzstd(raw: Raw) -> Iterator[bytes]:
    # It takes 0.1 s to load, and few archives are packed like this.
    import pyarrow

    given = 0
    step = _PIECE if raw.size is not None else _ZSTD_PIPE_PIECE
    unpacker = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, mode="r"), "zstd")
    try:
        while piece := unpacker.read(step):
            given += len(piece)
            yield piece
    except (OSError, pyarrow.ArrowException) as error:
        if raw.rewind():
            yield from _unzstd_again(raw, given)
        early = "Truncated" in str(error)
        raise Damaged((_TOO_EARLY if early else _NOT_SOUND).format("Zstandard")) from None


def _unzstd_again(raw: Raw, given: int) -> Iterator[bytes]:
    """What comes after `given` bytes and before the damage: the reading that failed has kept it back."""
    import pyarrow

    unpacker = pyarrow.CompressedInputStream(pyarrow.PythonFile(raw, mode="r"), "zstd")
    last = bytearray()
    try:
        while given and (piece := unpacker.read(min(given, BLOCK))):
            given -= len(piece)
        while byte := unpacker.read(1):
            last += byte
    except (OSError, pyarrow.ArrowException):
        yield bytes(last)
