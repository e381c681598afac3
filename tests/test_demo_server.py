"""The papers of the demo desk serve what they had published by a moment, and say what has not changed since."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime

import pytest

from examples.desk.pages import LISTED, article_path, feed_path, page_at
from examples.desk.server import NewsServer
from examples.desk.stories import LAYOUTS, Article, Feed, News, load_news
from legation.collect.listing import list_items
from legation.pipeline import Reader
from legation.records import Article as Got
from legation.sources import Answer, Item, Source

NEWS = load_news()
EDITED = next(versions for versions in NEWS.versions.values() if versions[0].id == "potomac-ledger/nk-envoy-1")
END = datetime(2031, 5, 1, tzinfo=UTC)
HOME = "http://127.0.0.1:1"


@pytest.fixture
def server() -> Iterator[NewsServer]:
    with NewsServer(NEWS, EDITED[0].published) as running:
        yield running


def get(server: NewsServer, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", int(server.home.rpartition(":")[2]), timeout=10)
    connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    told = answer.status, dict(answer.headers), answer.read()
    connection.close()
    return told


def feed(id: str) -> Feed:
    return next(each for each in NEWS.feeds if each.id == id)


def listed(of: Feed, moment: datetime, news: News = NEWS) -> tuple[Item, ...]:
    page = page_at(news, feed_path(of), moment, HOME)
    assert page is not None
    url = HOME + feed_path(of)
    answer = Answer(url, 200, page.body, page.media_type)
    found = list_items(Source(of.name, url), answer, moment)
    assert (found.problem, found.notes) == (None, ())
    return found.items


# ---------------------------------------------------------------- as of a moment


def test_a_page_is_there_from_its_moment_on_and_changes_with_its_edit(server: NewsServer) -> None:
    path = article_path(EDITED[0])
    server.moment = EDITED[0].published - timedelta(seconds=1)
    assert get(server, path)[0] == 404
    server.moment = EDITED[0].published
    status, _, body = get(server, path)
    assert (status, b"two-page message" in body, b"three-page message" in body) == (200, True, False)
    server.moment = EDITED[1].published
    assert b"three-page message" in get(server, path)[2]
    assert [each.status for each in server.asked] == [404, 200, 200]


@pytest.mark.parametrize("of", NEWS.feeds, ids=lambda of: of.id)
def test_a_feed_lists_the_newest_that_were_out_by_then(of: Feed) -> None:
    for moment in (datetime(2031, 3, 1, tzinfo=UTC), datetime(2031, 3, 25, tzinfo=UTC), END):
        out = [article for article in NEWS.at(moment) if article.feed == of.id][:LISTED]
        items = listed(of, moment)
        assert [item.title for item in items] == [article.title for article in out]
        firsts = [NEWS.versions[article.id][0] for article in out]
        assert [item.url for item in items] == [HOME + article_path(first) for first in firsts]
        assert [item.published for item in items] == [first.published for first in firsts]


def test_a_feed_lists_no_more_than_so_many() -> None:
    of, day = feed("meridian-wire"), datetime(2031, 3, 2, tzinfo=UTC)
    many = [
        Article(f"{of.id}/n-{number}", of.id, day + timedelta(hours=number), f"Number {number}", ("Words.",))
        for number in range(LISTED + 5)
    ]
    items = listed(of, END, News((of,), tuple(many)))
    assert [item.title for item in items] == [f"Number {number}" for number in range(LISTED + 4, 4, -1)]


def test_an_edit_shows_in_feeds_that_can_say_so() -> None:
    edited = {versions[0].feed: versions for versions in NEWS.versions.values() if len(versions) > 1}
    for id in ("pacific-press-agency", "seoul-morning"):
        first, later = edited[id]
        url = HOME + article_path(first)
        before, after = (
            next(item for item in listed(feed(id), each.published) if item.url == url) for each in (first, later)
        )
        assert (before.updated, after.updated) == (first.published, later.published)
        assert before.published == after.published


def test_each_kind_of_feed_is_what_it_says() -> None:
    for of in NEWS.feeds:
        page = page_at(NEWS, feed_path(of), END, HOME)
        assert page is not None
        if of.kind == "jsonfeed":
            assert json.loads(page.body)["version"].startswith("https://jsonfeed.org/")
        else:
            assert (b"<rss " in page.body, b"<feed " in page.body) == (of.kind == "rss", of.kind == "atom")
        assert (
            page.media_type
            == {
                "rss": "application/rss+xml",
                "atom": "application/atom+xml",
                "jsonfeed": "application/feed+json",
            }[of.kind]
        )


# ---------------------------------------------------------------- conditional requests


@pytest.mark.parametrize("path", [feed_path(feed("seoul-morning")), article_path(EDITED[0])])
def test_what_has_not_changed_is_not_sent_again(server: NewsServer, path: str) -> None:
    status, headers, body = get(server, path)
    assert (status, bool(body)) == (200, True)
    assert get(server, path, If_None_Match=headers["ETag"])[::2] == (304, b"")
    assert get(server, path, If_None_Match=f'"other", W/{headers["ETag"]}')[0] == 304
    assert get(server, path, If_None_Match="*")[0] == 304
    assert get(server, path, If_Modified_Since=headers["Last-Modified"])[0] == 304
    server.moment = END
    assert get(server, path, If_None_Match=headers["ETag"])[0] == 200
    assert get(server, path, If_Modified_Since=headers["Last-Modified"])[0] == 200


def test_an_etag_counts_more_than_a_date(server: NewsServer) -> None:
    later = format_datetime(END, usegmt=True)
    path = article_path(EDITED[0])
    assert get(server, path, If_None_Match='"other"', If_Modified_Since=later)[0] == 200


@pytest.mark.parametrize("since", ["yesterday", "", "Sat, 99 Mar 2031 00:00:00 GMT", "Sat, 01 Mar 2031 00:00:00 -0000"])
def test_a_date_that_cannot_be_read_or_is_older_gets_the_page(server: NewsServer, since: str) -> None:
    assert get(server, article_path(EDITED[0]), If_Modified_Since=since)[0] == 200


def test_what_is_not_there_is_not_found(server: NewsServer) -> None:
    for path in ("/", "/robots.txt", "/meridian-wire/", "/../feeds.toml"):
        assert get(server, path)[::2] == (404, b"")


# ---------------------------------------------------------------- pages are read as they were written


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_page_of_each_layout_is_read_with_title_day_and_words(layout: str) -> None:
    reader = Reader(threads=1)
    feeds = {of.id for of in NEWS.feeds if of.layout == layout}
    assert feeds
    for article in [each for each in NEWS.at(END) if each.feed in feeds][:12]:
        first = NEWS.versions[article.id][0]
        page = page_at(NEWS, article_path(first), END, HOME)
        assert page is not None
        text = reader.text_of(Got(HOME, page.body, "text/html", "utf-8", HOME))
        assert (text.rejected, text.title) == (None, article.title)
        assert text.published == date.fromisoformat(f"{first.published:%Y-%m-%d}")
        # The headline and the byline may stand above the words.
        body = (
            " ".join(text.body.split()).removeprefix(article.title).strip().removeprefix(article.byline or "").strip()
        )
        assert body == " ".join(" ".join(article.paragraphs).split())
