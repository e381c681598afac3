"""How a reader says that an article cannot be read."""

from __future__ import annotations

from legation.records import Rejection, RejectionReason, Text

MAX_CHARS = 2_000_000

# White space to the eye, though str.strip leaves it: zero-width characters and the byte order mark.
UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad \t\r\n\f\v\0"


def rejected(reason: RejectionReason, message: str) -> Text:
    """A text without words that says why; `message` is a sentence for the user."""
    return Text(body="", rejected=Rejection(reason, message))


def too_long() -> Text:
    """The rejection of a text over `MAX_CHARS`."""
    return rejected("too_long", f"It is longer than {MAX_CHARS:,} characters, the most Legation reads of one article.")
