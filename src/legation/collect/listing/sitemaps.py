"""Sitemaps (sitemaps.org), with Google's news extension, and indexes of sitemaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from legation.collect.identity import joined
from legation.collect.listing.moments import moment
from legation.sources import Answer, Item, Listing, Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


def read_sitemap(source: Source, answer: Answer, now: datetime) -> Listing:
    """The pages of a sitemap, the newest first, or the sitemaps of an index as `follow`; plain lists of links too.

    The day of publication is that of the news extension; `lastmod` only tells when a page was last changed.
    """
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = lxml.etree.fromstring(answer.content, parser)
    except (lxml.etree.LxmlError, ValueError):
        root = None
    name = _name(root) if root is not None else ""
    if root is not None and name == "sitemapindex":
        return Listing(follow=tuple(_followed(root, answer.url, now)))
    if root is not None and name == "urlset":
        broken = bool(parser.error_log)
        items = tuple(sorted(_items(root, answer.url, now), key=_newest, reverse=True))
        if broken and not items:
            return Listing(problem=f"{source.url} is a sitemap whose XML is broken: {parser.error_log[0].message}.")
        notes = ("Its XML is broken; what could be read of it was taken.",) if broken else ()
        return Listing(items, notes=notes)
    return _plain_list(source, answer)


def _plain_list(source: Source, answer: Answer) -> Listing:
    """A sitemap may be a text file with a link a line."""
    lines = answer.content.decode("utf-8", "replace").split()
    if lines and all(line.startswith(("http://", "https://")) for line in lines):
        return Listing(tuple(Item(url=line) for line in lines))
    return Listing(problem=f"{source.url} is not a sitemap.")


def _name(element: _Element) -> str:
    """The name of an element without its namespace, which many sitemaps misspell."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _children(element: _Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for child in element:
        if _name(child):
            found.setdefault(_name(child), " ".join((child.text or "").split()))
    return found


def _followed(root: _Element, base: str, now: datetime) -> Iterator[str]:
    found = [(_children(each), number) for number, each in enumerate(root) if _name(each) == "sitemap"]
    dated = [(moment(each.get("lastmod"), now).at or _LONG_AGO, -number, each.get("loc")) for each, number in found]
    for _, _, link in sorted(dated, key=lambda each: each[:2], reverse=True):
        if whole := joined(base, link):
            yield whole


def _items(root: _Element, base: str, now: datetime) -> Iterator[Item]:
    for element in root:
        facts = _children(element) if _name(element) == "url" else {}
        if not facts.get("loc"):
            continue
        news = next((_children(child) for child in element if _name(child) == "news"), {})
        published = moment(news.get("publication_date"), now)
        yield Item(
            url=joined(base, facts["loc"]),
            title=news.get("title") or None,
            published=published.at,
            updated=moment(facts.get("lastmod"), now).at,
            undated=published.undated,
        )


def _newest(item: Item) -> datetime:
    return item.updated or item.published or _LONG_AGO
