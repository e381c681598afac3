"""What an item is, across listings and rounds: its link, without what only tells how one came to it.

A new GUID for the same link is the same item, and so is a new link for the same GUID, where the source's GUIDs tell its
items apart.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from legation.records import Article
from legation.sources import Item, Source

# Parameters that tell where a reader came from, and never which article is meant.
_TRACKERS = re.compile(
    r"(?:utm_\w*|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_cid|mc_eid|mkt_tok|at_medium|at_campaign|cmpid"
    r"|ns_mchannel|ns_source|ns_campaign|_hsenc|_hsmi|ocid|xtor|ftag|traffic_source)=[^&]*",
    re.I,
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


def joined(base: str, link: str | None) -> str | None:
    """The whole address of `link` as `base` links to it; None where it is none of http or https."""
    if not link or not link.strip():
        return None
    try:
        whole = urljoin(base, link.strip())
        return whole if urlsplit(whole).scheme in ("http", "https") and urlsplit(whole).hostname else None
    except ValueError:
        return None


def key_of_url(url: str) -> str:
    """The identity of a page: its address without scheme, fragment, trackers, and what letter case leaves open.

    >>> key_of_url("HTTPS://Courier.example:443/world/talks/?utm_source=rss#top")
    'courier.example/world/talks'
    >>> key_of_url("http://courier.example/a?id=7&fbclid=x&page=2")
    'courier.example/a?id=7&page=2'
    """
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
    except ValueError:
        return url
    # Old pages tell articles apart by what follows "#!".
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    query = "&".join(each for each in parts.query.split("&") if each and not _TRACKERS.fullmatch(each))
    return urlunsplit(SplitResult("", host, parts.path.rstrip("/"), query, fragment)).removeprefix("//")


def key_of(item: Item, source: Source) -> str | None:
    """The identity of an item: its link; else its GUID or place within its source; None where it has neither."""
    if item.url is not None:
        return key_of_url(item.url)
    named = item.guid if item.guid is not None else item.place
    return f"{source.kind}:{source.url}#{named}" if named is not None else None


def telling_guids(items: Sequence[Item]) -> frozenset[str]:
    """The GUIDs of a listing that tell its items apart: those that stand for one link only."""
    links = {(item.guid, key_of_url(item.url)) for item in items if item.guid and item.url}
    counts = Counter(guid for guid, _ in links)
    return frozenset(guid for guid, count in counts.items() if count == 1)


def listed_digest(item: Item) -> str:
    """A digest of what a listing says of an item, which changes where the item is said to have changed."""
    said = "\0".join((item.title or "", item.summary or "", item.updated.isoformat() if item.updated else ""))
    digest = hashlib.sha256(said.encode("utf-8", "surrogatepass"))
    if isinstance(item.content, Article):
        digest.update(item.content.content)
    elif item.content is not None:
        digest.update(item.content.body.encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:16]
