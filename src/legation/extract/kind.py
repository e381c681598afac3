"""What an article is, judged by its content first and by its media type where the content leaves it open."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from legation.records import Article


@dataclass(frozen=True, slots=True)
class Kind:
    """The reader that an article needs."""

    name: Literal["plain", "page", "mail", "pdf"]


_SAMPLE = 65_536

_ARCHIVE = "It is an archive or an office document (such as .docx or .odt), not text."
_IMAGE = "It is an image, not text."
_MEDIA = "It is a sound or video file, not text."
_PROGRAM = "It is a program, not text."
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", _ARCHIVE),
    (b"PK\x05\x06", _ARCHIVE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"\xfd7zXZ\0", _ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _ARCHIVE),
    (b"Rar!\x1a\x07", _ARCHIVE),
    (b"\x28\xb5\x2f\xfd", _ARCHIVE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "It is an old office document (such as .doc), not text."),
    (b"{\\rtf", "It is an RTF document; save it as plain text first."),
    (b"\x89PNG\r\n\x1a\n", _IMAGE),
    (b"\xff\xd8\xff", _IMAGE),
    (b"GIF87a", _IMAGE),
    (b"GIF89a", _IMAGE),
    (b"II*\0", _IMAGE),
    (b"MM\0*", _IMAGE),
    (b"RIFF", _MEDIA),
    (b"OggS", _MEDIA),
    (b"ID3", _MEDIA),
    (b"\x7fELF", _PROGRAM),
    (b"MZ\x90", _PROGRAM),
    (b"SQLite format 3\0", "It is a database, not text."),
    (b"PAR1", "It is a Parquet table, not one article."),
)
_BINARY = "It is a binary file, not text."

_PAGE_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(rb"<(?:html|head|body|div|p|article|main|section|table|span|br|h[1-6]|title|meta)\b[^<>]*>", re.I)
_HEADER = re.compile(rb"([A-Za-z][A-Za-z0-9-]*):[ \t]*\S?|[ \t]+\S")
_MAIL_HEADERS = {b"from", b"to", b"date", b"subject", b"cc", b"reply-to", b"sender"}
_TRANSPORT_HEADERS = {b"message-id", b"received", b"mime-version", b"return-path", b"delivered-to"}


def kind_of(article: Article) -> Kind | str:
    """The kind of `article`, or, where it is no text, the sentence that says what it is.

    The name of the file is never asked; the media type only between the kinds of text.
    """
    start = article.content[:_SAMPLE]
    if b"%PDF-" in start[:1024]:
        return Kind("pdf")
    for magic, message in _MAGIC:
        if start.startswith(magic):
            return message
    if start[4:8] == b"ftyp":
        return _MEDIA
    if _is_wide(article):
        return Kind("page" if article.media_type == "text/html" else "plain")
    return _BINARY if _is_binary(article.content) else _kind_of_text(start, article.media_type)


def _is_wide(article: Article) -> bool:
    """Whether the content is UTF-16 or UTF-32, in which NULs are common and no ASCII can be sought."""
    marked = article.content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    return marked or (article.charset or "").lower().replace("_", "-").startswith(("utf-16", "utf-32"))


def _is_binary(content: bytes) -> bool:
    """NULs, or control characters that no text holds, in more than one byte of 200 (of the first 64 KiB).

    A stray NUL is left alone: it stays in the text, and offsets count it.
    """
    sample = content[:_SAMPLE]
    strange = len(sample) - len(sample.translate(None, bytes([*range(8), *range(14, 27), *range(28, 32)])))
    return strange > max(2, len(sample) // 200)


def _kind_of_text(start: bytes, media_type: str | None) -> Kind:
    bare = start.removeprefix(codecs.BOM_UTF8)
    if _PAGE_START.match(bare):
        return Kind("page")
    if _is_mail(bare, media_type):
        return Kind("mail")
    declared_page = media_type in ("text/html", "application/xhtml+xml")
    return Kind("page" if declared_page and _TAG.search(bare) else "plain")


def _is_mail(start: bytes, media_type: str | None) -> bool:
    """A block of header lines that only a mail has. RFC 5322."""
    names: set[bytes] = set()
    for line in start.lstrip().splitlines():
        match = _HEADER.match(line)
        if not match:
            if line.startswith((b"From ", b">From ")) and not names:
                continue
            break
        if match[1]:
            names.add(match[1].lower())
    known = names & (_MAIL_HEADERS | _TRANSPORT_HEADERS)
    if media_type == "message/rfc822":
        return bool(known)
    return len(known) >= 3 and bool(names & _TRANSPORT_HEADERS)
