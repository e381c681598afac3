"""Content codings undone a bounded piece at a time, so that a small answer cannot fill the memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

CODINGS = "gzip, deflate"

_PIECE = 65_536
_GZIP_OR_ZLIB = 47
_RAW_DEFLATE = -15


class CodingError(Exception):
    """A content coding that is unknown, or content that is not in it."""


def decoded(chunks: Iterable[bytes], coding: str) -> Iterator[bytes]:
    """`chunks` with `coding` (the value of a Content-Encoding header, "" for none) undone.

    No piece given out is longer than 64 KiB, or than its chunk. Raises CodingError.
    """
    name = coding.strip().lower()
    if name in ("", "identity"):
        return iter(chunks)
    if name in ("gzip", "x-gzip", "deflate"):
        return _inflated(chunks)
    raise CodingError(name)


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = None
    for chunk in chunks:
        rest = chunk
        while rest:
            inflater = inflater or _started(rest)
            try:
                piece = inflater.decompress(rest, _PIECE)
            except zlib.error as error:
                raise CodingError(str(error)) from error
            if piece:
                yield piece
            rest = inflater.unconsumed_tail
            if inflater.eof:
                # A gzip body may have several members; what follows the last is padding.
                rest, inflater = inflater.unused_data.lstrip(b"\0"), None
    if inflater is not None and not inflater.eof:
        raise CodingError("the compressed content ends too early")


def _started(first: bytes) -> zlib._Decompress:
    """RFC 9110 says zlib for "deflate", and some servers send the raw stream."""
    zlib_or_gzip = first[:1] in (b"\x1f", b"\x78")
    return zlib.decompressobj(_GZIP_OR_ZLIB if zlib_or_gzip else _RAW_DEFLATE)
