"""Mail: its own words, without quoted replies, signatures and attachments. RFC 5322, RFC 2045."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from datetime import date
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import TypeAlias

from legation.extract.decode import decode
from legation.extract.mail_body import drop_what_is_not_read, flat_lines, own_lines, unflowed, unwrapped
from legation.extract.page import parse
from legation.extract.reject import rejected
from legation.records import Article, Text

_STUB_WORDS = 30
_REPLY = re.compile(r"^(?:(?:re|fwd?|aw|wg)\s*:\s*)+", re.I)
_FORWARD = re.compile(r"^(?:re\s*:\s*)*fwd?\s*:", re.I)

_Mail: TypeAlias = "Message[str, str]"
_Found: TypeAlias = tuple[list[str], tuple[str, ...]]


def read(article: Article) -> Text:
    """The body of a mail, one paragraph a line, its subject as title and its Date header as the day.

    Of a message in two forms the plain one is read, unless it is a stub that only points to the other.
    """
    try:
        return _read(email.message_from_bytes(article.content.lstrip()))
    except RecursionError:
        return rejected("not_text", "It is a mail whose parts are nested too deep.")


def _read(message: _Mail) -> Text:
    subject = _subject(message)
    lines, notes = _best(message, keep_quoted=bool(_FORWARD.match(subject)))
    published = _published(message)
    return Text(
        body="\n".join(lines),
        title=_REPLY.sub("", subject) or None,
        published=published,
        published_basis="header" if published else None,
        notes=notes,
    )


def _subject(message: _Mail) -> str:
    raw = str(message.get("Subject", ""))
    try:
        subject = str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        subject = raw
    return " ".join(subject.split())


def _published(message: _Mail) -> date | None:
    """The day of the Date header in the sender's own time zone."""
    try:
        return parsedate_to_datetime(str(message.get("Date", ""))).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _best(message: _Mail, *, keep_quoted: bool) -> _Found:
    parts = list(_text_parts(message))
    plain = _first_plain(parts, keep_quoted)
    if _words(plain) >= _STUB_WORDS:
        return plain
    rich = _first_rich(parts, keep_quoted)
    return rich if _words(rich) > 2 * _words(plain) else plain


def _words(found: _Found) -> int:
    return sum(len(line.split()) for line in found[0])


def _text_parts(message: _Mail) -> Iterator[_Mail]:
    for part in message.walk():
        attached = part.get_content_disposition() == "attachment" or part.get_filename()
        if part.get_content_maintype() == "text" and not attached:
            yield part


def _first_plain(parts: list[_Mail], keep_quoted: bool) -> _Found:
    for part in parts:
        if part.get_content_subtype() == "plain" and (found := _decoded(part)):
            text, notes = found
            flowed = str(part.get_param("format", "")).lower() == "flowed"
            lines = (unflowed(text) if flowed else text).splitlines()
            return unwrapped(own_lines(lines, keep_quoted=keep_quoted)), notes
    return [], ()


def _first_rich(parts: list[_Mail], keep_quoted: bool) -> _Found:
    for part in parts:
        if part.get_content_subtype() == "html" and (found := _decoded(part)):
            markup, notes = found
            return _rich_lines(markup, keep_quoted), notes
    return [], ()


def _rich_lines(markup: str, keep_quoted: bool) -> list[str]:
    tree = parse(markup)
    if tree is None:
        return []
    drop_what_is_not_read(tree, keep_quoted=keep_quoted)
    return own_lines(flat_lines(tree), keep_quoted=keep_quoted)


def _decoded(part: _Mail) -> tuple[str, tuple[str, ...]] | None:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes) or not content.strip():
        return None
    return decode(content, str(part.get_content_charset() or "") or None)
