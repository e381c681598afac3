"""JSON Feed, versions 1 and 1.1 (jsonfeed.org)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from legation.collect.identity import joined
from legation.collect.listing.feeds import MOST_SUMMARY
from legation.collect.listing.moments import moment
from legation.sources import Answer, Item, Listing, Source
from legation.telling import counted


def is_json(content: bytes) -> bool:
    """Whether content begins as a JSON object does."""
    return content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read_json_feed(source: Source, answer: Answer, now: datetime) -> Listing:
    """The items of a JSON Feed. What has neither link nor id, or is no object, is left out, with a note."""
    try:
        feed = json.loads(answer.content.removeprefix(b"\xef\xbb\xbf"))
    except (ValueError, RecursionError) as error:
        return Listing(problem=f"{source.url} is broken JSON: {error}.")
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return Listing(problem=f"{source.url} is JSON, but no JSON Feed: it has no list of items.")
    found = [_item(entry, answer.url, now) for entry in feed["items"] if isinstance(entry, dict)]
    items = tuple(item for item in found if item.url or item.guid)
    left_out = len(feed["items"]) - len(items)
    told = counted(left_out, "of its items has", "of its items have")
    notes = (f"{told} neither a link nor an id.",) if left_out else ()
    return Listing(items, notes=notes)


def _item(entry: dict[str, Any], base: str, now: datetime) -> Item:
    link = _text(entry.get("url"))
    published = moment(_text(entry.get("date_published")), now)
    return Item(
        guid=_text(entry.get("id")),
        url=joined(base, link),
        title=_text(entry.get("title")),
        published=published.at,
        summary=(_text(entry.get("summary")) or "")[:MOST_SUMMARY] or None,
        updated=moment(_text(entry.get("date_modified")), now).at,
        undated=published.undated,
    )


def _text(value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None
