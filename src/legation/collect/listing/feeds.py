"""RSS and Atom, by feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Any

from legation.collect.identity import joined
from legation.collect.listing.moments import UNSTATED, Moment, moment
from legation.sources import Answer, Item, Listing, Source

_PAGE_START = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_TAG = re.compile(r"<[^<>]*>")
MOST_SUMMARY = 2_000
_MOST_MARKUP = 1_000_000
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")


def read_feed(source: Source, answer: Answer, now: datetime) -> Listing:
    """The items of an RSS or Atom feed; of one whose XML is broken, those that can be had, with a note."""
    if _PAGE_START.match(answer.content):
        return Listing(problem=f"{source.url} answers with a web page where a feed is expected.{_named_feeds(answer)}")
    import feedparser

    declared = f"; charset={answer.charset}" if answer.charset else ""
    try:
        # As a stream: feedparser takes bytes that look like an address or a path for one, and opens it.
        parsed = feedparser.parse(
            io.BytesIO(answer.content),
            response_headers={"content-type": f"{answer.media_type or 'application/xml'}{declared}"},
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:
        # Broken markup makes its parsers raise what its documentation does not name.
        return Listing(problem=f"{source.url} cannot be read as a feed ({type(error).__name__}).")
    entries = parsed.get("entries", [])
    if not parsed.get("version") and not entries:
        return Listing(problem=f"{source.url} is not a feed{_fault(parsed)}.")
    items = tuple(_item(entry, answer.url, now) for entry in entries)
    broken = bool(parsed.get("bozo")) and _is_broken(parsed)
    if broken and not items:
        return Listing(problem=f"{source.url} is a feed whose XML is broken{_fault(parsed)}.")
    notes = (f"Its XML is broken{_fault(parsed)}; what could be read of it was taken.",) if broken else ()
    return Listing(items, notes=notes)


def _named_feeds(answer: Answer) -> str:
    """The feeds that a page says its site has, for the user who gave the address of the page."""
    import lxml.etree
    import lxml.html

    try:
        tree = lxml.html.document_fromstring(answer.content[:_MOST_MARKUP])
    except (lxml.etree.LxmlError, ValueError):
        return ""
    links = [link for link in tree.iter("link") if (link.get("type") or "").lower() in _FEED_TYPES]
    found = dict.fromkeys(filter(None, (joined(answer.url, link.get("href")) for link in links)))
    return f" It names {', '.join(list(found)[:3])}: watch that." if found else ""


def _is_broken(parsed: Mapping[str, Any]) -> bool:
    import feedparser

    # feedparser also raises its flag for a media type or an encoding it finds unusual.
    harmless = (feedparser.NonXMLContentType, feedparser.CharacterEncodingOverride)
    return not isinstance(parsed.get("bozo_exception"), harmless)


def _fault(parsed: Mapping[str, Any]) -> str:
    error = parsed.get("bozo_exception")
    line = getattr(error, "getLineNumber", lambda: None)()
    return f" (line {line}: {error.getMessage()})" if error is not None and line else ""


def _item(entry: dict[str, Any], base: str, now: datetime) -> Item:
    link = _link(entry)
    published = _moment(entry, ("published", "created", "updated"), now)
    return Item(
        guid=_words(dict.get(entry, "id")),
        url=joined(base, link),
        title=_words(dict.get(entry, "title")),
        published=published.at,
        summary=(_words(dict.get(entry, "summary")) or "")[:MOST_SUMMARY] or None,
        updated=_moment(entry, ("updated",), now).at,
        undated=published.undated,
    )


def _link(entry: dict[str, Any]) -> str | None:
    """The item's own page: the first alternate link, else a GUID that is said to be one."""
    links = dict.get(entry, "links") or ()
    for link in links:
        if link.get("rel") == "alternate" and link.get("href"):
            return str(link["href"]).strip()
    found = dict.get(entry, "link")
    if found:
        return str(found).strip()
    guid = str(dict.get(entry, "id") or "").strip()
    return guid if guid.startswith(("http://", "https://")) else None


def _moment(entry: dict[str, Any], names: tuple[str, ...], now: datetime) -> Moment:
    """The first of the dates that is stated. Ours is tried before feedparser's, which forgets the zone."""
    for name in names:
        stated = dict.get(entry, name)
        if not stated:
            continue
        found = moment(str(stated), now)
        parsed = dict.get(entry, f"{name}_parsed")
        if found.at is None and isinstance(parsed, struct_time) and found.undated and "cannot" in found.undated:
            return moment(_iso(parsed), now)
        return found
    return UNSTATED


def _iso(parsed: struct_time) -> str:
    try:
        return datetime(*parsed[:6], tzinfo=UTC).isoformat()
    except ValueError:
        return "an impossible date"


def _words(markup: object) -> str | None:
    """Words without their markup. feedparser has undone one layer of escapes."""
    if not isinstance(markup, str):
        return None
    import html

    return " ".join(html.unescape(_TAG.sub(" ", markup)).split()) or None
