"""Plain text: decoded, and otherwise left exactly as it is."""

from __future__ import annotations

from legation.extract.decode import decode
from legation.extract.reject import MAX_CHARS, rejected, too_long
from legation.records import Article, Text

_MOST_BYTES_A_CHARACTER = 4


def read(article: Article) -> Text:
    """The decoded content; nothing is trimmed or normalized, so that offsets hold in the user's file."""
    if len(article.content) > MAX_CHARS * _MOST_BYTES_A_CHARACTER:
        return too_long()
    found = decode(article.content, article.charset)
    if found is None:
        return rejected("not_text", "It is a binary file, or text in an unknown encoding.")
    body, notes = found
    return Text(body=body, notes=notes)
