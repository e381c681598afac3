"""One article from a file, a URL, or standard input."""

from __future__ import annotations

import os
import re
import sys
from datetime import date
from pathlib import Path
from typing import BinaryIO

from legation.errors import FetchError, SourceNotFoundError, TooLargeError
from legation.records import Article

MAX_BYTES = 20_000_000

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*)://")
MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/plain",
    ".html": "text/html",
    ".htm": "text/html",
    ".xhtml": "text/html",
    ".pdf": "application/pdf",
    ".eml": "message/rfc822",
}


def collect(
    source: str, *, stdin: BinaryIO | None = None, published: date | None = None, allow_private: bool = False
) -> Article:
    """Get one article, at most `MAX_BYTES` of it.

    `source` is a path, an http or https URL, or "-" for `stdin` (the process's own when None).
    `published` is the day of publication the user gave. `allow_private` lets a URL lead to addresses of
    this machine and its network, which are refused otherwise.

    Raises SourceNotFoundError, FetchError, or TooLargeError; each message is a sentence for the user.
    """
    if source == "-":
        stream = sys.stdin.buffer if stdin is None else stdin
        return Article(name="-", content=_bounded(stream, "Standard input"), published=published)
    if scheme := _SCHEME.match(source):
        return _from_url(source, scheme[1].lower(), published, allow_private)
    return _from_file(source, published)


def _from_url(url: str, scheme: str, published: date | None, allow_private: bool) -> Article:
    if scheme not in ("http", "https"):
        raise FetchError(f"{url} cannot be fetched: Legation reads http and https addresses.", subject=url)
    # The HTTP client takes longer to load than a small file takes to read.
    from legation.collect.web import fetch, is_anywhere, is_public

    return fetch(url, MAX_BYTES, published=published, allow=is_anywhere if allow_private else is_public)


def _from_file(name: str, published: date | None) -> Article:
    try:
        with open(name, "rb") as stream:
            content = _bounded(stream, name)
    except IsADirectoryError:
        raise SourceNotFoundError(f"{name} is a folder, not a file.", subject=name) from None
    except (OSError, ValueError) as error:
        raise SourceNotFoundError(_why_unreadable(name, error), subject=name) from None
    return Article(
        name=name,
        content=content,
        media_type=MEDIA_TYPES.get(Path(name).suffix.lower()),
        published=published,
    )


def _why_unreadable(name: str, error: OSError | ValueError) -> str:
    if not name:
        return "No source is named: give a file, a URL, or - for standard input."
    if isinstance(error, PermissionError):
        # Windows answers the opening of a folder with "permission denied".
        # Path.is_dir raises where a folder above it may not be searched.
        folder = os.path.isdir(name)  # noqa: PTH112
        return f"{name} is a folder, not a file." if folder else f"{name} may not be read."
    if isinstance(error, (FileNotFoundError, NotADirectoryError)):
        return f"There is no file {name}."
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{name!r} cannot be read: {reason}."


def _bounded(stream: BinaryIO, name: str) -> bytes:
    content = stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise TooLargeError(
            f"{name} is larger than {MAX_BYTES // 1_000_000} MB, the most Legation reads of one article.",
            subject=name,
        )
    return content
