"""Bytes to characters: which encoding, and what to tell the user about it."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    # UTF-32 before UTF-16, whose little-endian mark begins it.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = "windows-1252"
# Browsers read these as windows-1252 too (WHATWG Encoding Standard, section 4.2).
_READ_AS_WESTERN = {"ascii", "iso8859-1", "cp1252"}
# Python codecs that turn text into other text, or undo escapes: no page or file is in them.
_NOT_ENCODINGS = {
    "idna",
    "mbcs",
    "oem",
    "punycode",
    "raw-unicode-escape",
    "undefined",
    "unicode-escape",
    "utf-7",
}
_META_CHARSET = re.compile(
    rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)|<\?xml[^>]+encoding\s*=\s*["']([\w.:-]+)""", re.I
)
_SAMPLE = 100_000
_RARELY = 0.2


def decode(content: bytes, declared: str | None = None) -> tuple[str, tuple[str, ...]] | None:
    """The characters of `content` and notes for the user, or None when it is in no known encoding.

    Asked in order: byte order mark (it is no part of the text), `declared`, UTF-8, windows-1252 where few
    bytes are not ASCII, then what charset-normalizer finds. A declared Western encoding gives way to UTF-8
    that is valid: by chance, such bytes hardly ever are.
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _try(content[len(mark) :], encoding, ())
    name = _codec(declared)
    if name and name not in _READ_AS_WESTERN:
        found = _try(content, name, ())
        if found:
            return found
    return _try(content, "utf-8", ()) or _not_utf8(content, declared is not None and name in _READ_AS_WESTERN)


def page_charset(content: bytes) -> str | None:
    """The encoding that a web page declares in its first 4 KiB."""
    match = _META_CHARSET.search(content[:4096])
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def _codec(declared: str | None) -> str | None:
    try:
        name = codecs.lookup(declared).name if declared else None
    except (LookupError, ValueError):
        return None
    return None if name in _NOT_ENCODINGS else name


def _try(content: bytes, encoding: str, notes: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
    try:
        return content.decode(encoding), notes
    except (LookupError, ValueError):
        return None


def _not_utf8(content: bytes, western: bool) -> tuple[str, tuple[str, ...]] | None:
    encoding = _WESTERN if western or _is_mostly_ascii(content) else _guessed(content)
    if encoding is None:
        return None
    notes = () if western else (f"It is not UTF-8; it was read as {encoding}.",)
    # Five bytes mean nothing in windows-1252; in Latin-1 each byte means something.
    return _try(content, encoding, notes) or _try(content, "latin-1", notes)


def _is_mostly_ascii(content: bytes) -> bool:
    sample = content[:_SAMPLE]
    return sum(byte > 127 for byte in sample) <= len(sample) * _RARELY


def _guessed(content: bytes) -> str | None:
    import charset_normalizer

    best = charset_normalizer.from_bytes(content[:_SAMPLE]).best()
    return best.encoding if best else None
