"""Listings: the bytes of a feed, sitemap or page become the items it lists. Nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from legation.collect.inflate import CodingError
from legation.collect.listing.unpacked import unpacked
from legation.collect.source import MAX_BYTES
from legation.errors import UsageError
from legation.sources import Answer, Item, Listing, Source

__all__ = ["list_items"]


def list_items(source: Source, answer: Answer, now: datetime) -> Listing:
    """What `answer` lists, in its order, each link once; of a source with a link pattern, what matches it.

    A feed is RSS, Atom or JSON Feed, whichever the content is. Content packed with gzip is unpacked, up to the limit.
    Dates more than two days after `now`, and those that cannot be read, are unknown, with the reason in
    `Item.undated`. Never raises for content, however strange: `Listing.problem` says what is wrong.
    """
    try:
        content = unpacked(answer.content, MAX_BYTES)
    except CodingError as error:
        return Listing(problem=f"{source.url} is packed with gzip and damaged: {error}.")
    if content is None:
        return Listing(problem=f"{source.url} unpacks to more than {MAX_BYTES // 1_000_000} MB.")
    answer = replace(answer, content=content)
    found = _lister(source, answer)(source, answer, now)
    return replace(found, items=_wanted(found.items, source.links))


def _lister(source: Source, answer: Answer) -> Callable[[Source, Answer, datetime], Listing]:
    # Each loads libraries that the others do not need.
    if source.kind == "sitemap":
        from legation.collect.listing.sitemaps import read_sitemap

        return read_sitemap
    if source.kind == "page":
        from legation.collect.listing.links import read_links

        return read_links
    from legation.collect.listing.feeds import read_feed
    from legation.collect.listing.json_feed import is_json, read_json_feed

    return read_json_feed if is_json(answer.content) else read_feed


def link_pattern(pattern: str) -> re.Pattern[str]:
    """A link pattern, compiled. Raises UsageError for one that is no regular expression."""
    try:
        return re.compile(pattern)
    except re.error as error:
        message = f"{pattern!r} is not a pattern of links: {error}. Give a regular expression, such as '/world/'."
        raise UsageError(message, subject=pattern) from error


def _wanted(items: tuple[Item, ...], pattern: str | None) -> tuple[Item, ...]:
    if pattern is None:
        return items
    compiled = link_pattern(pattern)
    return tuple(item for item in items if item.url is not None and compiled.search(item.url))
