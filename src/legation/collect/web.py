"""One article from the web."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from legation.collect.address import IPAddress, Resolve, is_anywhere, is_public, resolve
from legation.collect.http import SECONDS, Limits, get
from legation.records import Article

__all__ = ["ACCEPT_ARTICLE", "fetch", "is_anywhere", "is_article", "is_public"]

ACCEPT_ARTICLE = "text/html,application/xhtml+xml,text/plain,application/pdf;q=0.9,*/*;q=0.1"

_READABLE = {
    "application/octet-stream",
    "application/pdf",
    "application/xhtml+xml",
    "message/rfc822",
    "text/html",
    "text/markdown",
    "text/plain",
}


def fetch(
    url: str,
    max_bytes: int,
    *,
    published: date | None = None,
    allow: Callable[[IPAddress], bool] = is_public,
    seconds: float = SECONDS,
    find: Resolve = resolve,
) -> Article:
    """The article at `url`, an http or https address, its content codings undone.

    All of it, redirects included, takes at most `seconds`; the content has at most `max_bytes`; `allow`
    says which addresses may be visited, and `find` gives the addresses of a host. The article's `url`
    is the one that answered in the end. Raises FetchError or TooLargeError.
    """
    limits = Limits(seconds, max_bytes, allow, find=find)
    answer = get(url, {"Accept": ACCEPT_ARTICLE}, limits, accept=is_article)
    return Article(
        name=url,
        content=answer.content,
        media_type=answer.media_type,
        charset=answer.charset,
        url=answer.url,
        published=published,
    )


def is_article(media_type: str | None) -> bool:
    """Whether content of this type can hold an article; servers that state none are believed to."""
    return media_type is None or media_type in _READABLE
