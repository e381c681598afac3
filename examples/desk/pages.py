"""What the papers of the demo desk publish: feeds of three kinds, and pages in six layouts, as of a moment."""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cache
from typing import Any

import jinja2

from examples.desk.stories import FOLDER, Article, Feed, News

LISTED = 25
"""So many articles a feed lists, the newest; papers drop the older ones too."""
_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "jsonfeed": "application/feed+json"}


@dataclass(frozen=True, slots=True)
class Page:
    """What an address answers: the body, its media type, and when it last changed."""

    body: bytes
    media_type: str
    changed: datetime

    @property
    def etag(self) -> str:
        """The strong validator of this body."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:20]}"'

    @property
    def last_modified(self) -> str:
        """The weak one."""
        return format_datetime(self.changed, usegmt=True)


def feed_path(feed: Feed) -> str:
    """Where on the server a feed is."""
    return f"/{feed.id}/feed.{'json' if feed.kind == 'jsonfeed' else 'xml'}"


def article_path(first: Article) -> str:
    """Where an article is, by its first version: an edit leaves it there."""
    return f"/{first.feed}/{first.published:%Y/%m/%d}/{first.id.partition('/')[2]}.html"


def page_at(news: News, path: str, moment: datetime, home: str) -> Page | None:
    """What `path` shows at a moment, None where nothing is there (yet). `home` is the address of the server."""
    for feed in news.feeds:
        if path == feed_path(feed):
            return _feed_page(news, feed, moment, home)
    versions = _paths(news).get(path, ())
    out = [version for version in versions if version.published <= moment]
    return _article_page(news, versions[0], out[-1]) if out else None


def _feed_page(news: News, feed: Feed, moment: datetime, home: str) -> Page:
    found = [article for article in news.at(moment) if article.feed == feed.id][:LISTED]
    entries = [_entry(news.versions[article.id][0], article, home) for article in found]
    changed = max((entry["changed"] for entry in entries), default=min(each.published for each in news.articles))
    told = {"name": feed.name, "home": f"{home}/{feed.id}/", "entries": entries, "changed": changed}
    text = _json_feed(told) if feed.kind == "jsonfeed" else _layout(f"{feed.kind}.xml").render(told)
    return Page(text.encode(), _TYPES[feed.kind], changed)


def _entry(first: Article, now: Article, home: str) -> dict[str, Any]:
    return {
        "id": now.id,
        "url": home + article_path(first),
        "title": now.title,
        "byline": now.byline,
        "summary": textwrap.shorten(now.paragraphs[0], 160, placeholder=" ..."),
        "first": first.published,
        "changed": now.published,
    }


def _json_feed(told: dict[str, Any]) -> str:
    items = [
        {
            "id": entry["id"],
            "url": entry["url"],
            "title": entry["title"],
            "summary": entry["summary"],
            "date_published": _iso(entry["first"]),
            "date_modified": _iso(entry["changed"]),
            **({"authors": [{"name": entry["byline"]}]} if entry["byline"] else {}),
        }
        for entry in told["entries"]
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": told["name"], "home_page_url": told["home"]}
    return json.dumps({**feed, "language": "en", "items": items}, ensure_ascii=False)


def _article_page(news: News, first: Article, now: Article) -> Page:
    feed = next(feed for feed in news.feeds if feed.id == now.feed)
    later = _iso(now.published) if now.version > 1 else None
    linked = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": now.title,
        "datePublished": _iso(first.published),
        "dateModified": _iso(now.published),
        "author": {"@type": "Person", "name": (now.byline or feed.name).removeprefix("By ")},
        "publisher": {"@type": "Organization", "name": feed.name},
    }
    text = _layout(f"{feed.layout}.html").render(
        name=feed.name,
        title=now.title,
        byline=now.byline,
        paragraphs=now.paragraphs,
        first=_iso(first.published),
        later=later,
        worded=f"{'Updated ' if later else ''}{now.published.day} {now.published:%B %Y}",
        linked=linked,
    )
    return Page(text.encode(), "text/html; charset=utf-8", now.published)


def _paths(news: News) -> dict[str, Sequence[Article]]:
    return {article_path(versions[0]): versions for versions in news.versions.values()}


def _iso(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


@cache
def _layout(name: str) -> jinja2.Template:
    layouts = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER / "layouts"), autoescape=True, undefined=jinja2.StrictUndefined
    )
    layouts.filters["iso"] = _iso
    layouts.filters["mail_date"] = lambda moment: format_datetime(moment, usegmt=True)
    return layouts.get_template(name)
