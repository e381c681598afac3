"""Files that are packed with gzip themselves, as sitemaps often are, whatever the transport says."""

from __future__ import annotations

from legation.collect.inflate import decoded

_GZIP = b"\x1f\x8b"


def unpacked(content: bytes, max_bytes: int) -> bytes | None:
    """`content`, unpacked where it is gzip; None where it unpacks to more than `max_bytes`. Raises CodingError."""
    if not content.startswith(_GZIP):
        return content
    whole = bytearray()
    for piece in decoded([content], "gzip"):
        whole += piece
        if len(whole) > max_bytes:
            return None
    return bytes(whole)
