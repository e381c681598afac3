"""What a web page states about itself: title, site, address, and the day it was published.

Only statements count: JSON-LD (schema.org), meta elements (Open Graph, Dublin Core, and the like), and time
elements marked as the date of publication. Nothing is guessed from the text, so a copyright line is no date.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.issued",
    "dcterms.created",
)
_ARTICLE_TYPES = ("Article", "BlogPosting", "Report", "LiveBlogPosting")
_ISO = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?!\d)")
_WORDED = ("%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y", "%Y/%m/%d")
_PUBLISHED_TIMES = "//time[@pubdate or contains(@itemprop, 'datePublished')]/@datetime"
_OTHER_TIMES = re.compile(r"updated|modified|comment|related")
_CHARACTERS_OF_A_PARAGRAPH = 80
_AUTHORS = "(//*[@rel='author' or @itemprop='author' or contains(concat(' ', @class, ' '), ' byline ')])[1]"
_BY = re.compile(r"^by[\s:]+", re.I)
_LONGEST_BYLINE = 120


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page states. `is_article` is True when it calls itself one, `is_live` when it says that it is a live
    ticker; `is_free` tells whether it may be read without paying, None where it does not say."""

    title: str | None
    site: str | None
    url: str | None
    published: date | None
    is_article: bool
    byline: str | None = None
    is_live: bool = False
    is_free: bool | None = None


def facts_of(tree: HtmlElement) -> PageFacts:
    """The facts a page states about itself, each None where it states none."""
    meta = _meta(tree)
    linked = [item for item in _linked_data(tree) if _has_type(item, _ARTICLE_TYPES)]
    site = meta.get("og:site_name")
    canonical = _first(tree, "//link[@rel='canonical']/@href") or meta.get("og:url") or ""
    return PageFacts(
        title=_title(tree, meta, site),
        site=site,
        url=canonical if canonical.startswith(("http://", "https://")) else None,
        published=_published(tree, meta, linked),
        is_article=bool(linked) or meta.get("og:type") == "article",
        byline=_byline(tree, meta, linked),
        is_live=any(_has_type(item, ("LiveBlogPosting",)) for item in linked),
        is_free=_is_free(linked),
    )


def day_of(value: object) -> date | None:
    """The day of a date as pages write it, in the time zone it is written in; None when it is not one."""
    if not isinstance(value, str):
        return None
    try:
        if match := _ISO.match(value):
            return date(int(match[1]), int(match[2]), int(match[3]))
        return parsedate_to_datetime(value).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return _worded_day(value.strip())


def _worded_day(value: str) -> date | None:
    for form in _WORDED:
        try:
            return datetime.strptime(value, form).date()
        except ValueError:
            continue
    return None


def _meta(tree: HtmlElement) -> dict[str, str]:
    """Name, property or itemprop of each meta element, in lower case, to its first content."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = " ".join((element.get("content") or "").split())
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.strip().lower(), content)
    return found


def _title(tree: HtmlElement, meta: dict[str, str], site: str | None) -> str | None:
    stated = meta.get("og:title") or meta.get("twitter:title")
    headings = [" ".join(element.text_content().split()) for element in tree.iter("h1")]
    heading = headings[0] if len(headings) == 1 else ""
    window = _first(tree, "//title/text()") or ""
    if heading and _without_site(window, heading) != window:
        # The one heading of the first order is the name of the site.
        site, heading = heading, ""
    return stated or heading or _without_site(window, site) or None


def _without_site(title: str, site: str | None) -> str:
    """The title of a browser window ends in the name of the site more often than not."""
    for mark in (" | ", " - ", " – ", " — ", " · "):
        head, found, tail = title.rpartition(mark)
        if found and head and tail.strip() == site:
            return head.strip()
    return title


def _published(tree: HtmlElement, meta: dict[str, str], linked: list[dict[str, Any]]) -> date | None:
    stated = [item.get("datePublished") for item in linked]
    stated += [meta.get(name) for name in _PUBLISHED]
    stated += tree.xpath(_PUBLISHED_TIMES)
    days = (day_of(value) for value in stated)
    return next((day for day in days if day), None) or _day_under_heading(tree)


def _day_under_heading(tree: HtmlElement) -> date | None:
    """The day of a time that stands between the heading and the first paragraph: it can only be the article's."""
    under = False
    for element in tree.iter("h1", "time", "p"):
        if element.tag == "h1":
            under = True
        elif under and element.tag == "time" and not _OTHER_TIMES.search(element.get("class") or ""):
            if day := day_of(element.get("datetime")):
                return day
        elif under and element.tag == "p" and len(element.text_content()) > _CHARACTERS_OF_A_PARAGRAPH:
            return None
    return None


def _byline(tree: HtmlElement, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    """The authors a page states: in JSON-LD, in a meta element, or in an element marked as the author's name."""
    names = [name for item in linked for name in _names(item.get("author"))]
    if not names:
        names = [meta.get("author") or meta.get("article:author") or meta.get("parsely-author") or ""]
    if not names[0] or names[0].startswith(("http://", "https://")):
        names = [" ".join(found.text_content().split()) for found in tree.xpath(_AUTHORS)]
    stated = ", ".join(dict.fromkeys(_BY.sub("", name) for name in names if name))
    return stated if 0 < len(stated) <= _LONGEST_BYLINE else None


def _names(author: object) -> list[str]:
    if isinstance(author, list):
        return [name for each in author for name in _names(each)]
    if isinstance(author, dict):
        return _names(author.get("name"))
    return [" ".join(author.split())] if isinstance(author, str) else []


def _linked_data(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            yield from _objects(json.loads(script.text or ""))
        except (ValueError, RecursionError):
            continue


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for each in value:
            yield from _objects(each)
    elif isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph", []))


def _has_type(item: dict[str, Any], wanted: tuple[str, ...]) -> bool:
    types = item.get("@type")
    named = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(wanted) for name in named)


def _is_free(linked: list[dict[str, Any]]) -> bool | None:
    stated = next((str(item["isAccessibleForFree"]).lower() for item in linked if "isAccessibleForFree" in item), "")
    return {"true": True, "false": False}.get(stated)


def _first(tree: HtmlElement, path: str) -> str | None:
    found = tree.xpath(path)
    return " ".join(str(found[0]).split()) if found else None
