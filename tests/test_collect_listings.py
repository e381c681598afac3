"""From the bytes of a feed, sitemap or page to its items. All papers, places and events are invented."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.identity import joined, key_of_url, telling_guids
from legation.collect.listing import list_items
from legation.collect.listing.moments import moment
from legation.sources import Answer, Item, Listing, Source, SourceKind

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
URL = "https://courier.example/list"


def listing(content: str | bytes, kind: SourceKind = "feed", links: str | None = None, **known: str) -> Listing:
    body = content if isinstance(content, bytes) else content.encode()
    return list_items(Source("A", URL, kind, links=links), Answer(URL, 200, body, **known), NOW)  # type: ignore[arg-type]


def test_rss_is_read() -> None:
    found = listing(
        '<rss version="2.0"><channel><title>The Courier</title><item><title>Envoy &amp;amp; talks</title>'
        "<link>/world/1</link><guid isPermaLink='false'>tag:1</guid><description>&lt;p&gt;The &lt;b&gt;envoy&lt;/b&gt;"
        " left.&lt;/p&gt;</description><pubDate>Tue, 04 Mar 2031 22:15:00 +0300</pubDate></item></channel></rss>"
    )
    assert found.items == (
        Item(
            guid="tag:1",
            url="https://courier.example/world/1",
            title="Envoy & talks",
            published=datetime.fromisoformat("2031-03-04T22:15+03:00"),
            summary="The envoy left.",
        ),
    )


def test_atom_is_read() -> None:
    found = listing(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title><entry><id>urn:7</id><title type="html">Envoy</title>'
        '<link rel="enclosure" href="/a.mp3"/><link rel="alternate" href="https://courier.example/7"/>'
        "<published>2031-03-04T10:00:00Z</published><updated>2031-03-05T10:00:00Z</updated></entry></feed>"
    )
    [item] = found.items
    assert (item.guid, item.url, item.title) == ("urn:7", "https://courier.example/7", "Envoy")
    assert (item.published, item.updated) == (NOW - timedelta(hours=26), NOW - timedelta(hours=2))


def test_rss_1_with_dublin_core_dates_is_read() -> None:
    found = listing(
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item rdf:about="http://a.example/1"><title>One</title>'
        "<link>http://a.example/1</link><dc:date>2031-03-04</dc:date></item></rdf:RDF>"
    )
    [item] = found.items
    assert (item.url, item.published) == ("http://a.example/1", datetime(2031, 3, 4, tzinfo=UTC))


def test_a_feed_in_an_old_encoding_is_read() -> None:
    body = '<?xml version="1.0" encoding="windows-1251"?><rss version="2.0"><channel><item><title>Посол</title></item>'
    assert listing((body + "</channel></rss>").encode("cp1251")).items[0].title == "Посол"
    plain = '<rss version="2.0"><channel><item><title>Année</title></item></channel></rss>'.encode("latin-1")
    assert listing(plain, media_type="application/xml", charset="iso-8859-1").items[0].title == "Année"


def test_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "A",
        "items": [
            {"id": 7, "url": "/7", "title": "Envoy", "date_published": "2031-03-04T10:00:00Z", "content_text": "x"},
            {"id": "8", "url": "https://courier.example/8", "date_published": "2099-01-01"},
            {"title": "neither link nor id"},
            "not an item",
        ],
    }
    found = listing("\ufeff" + json.dumps(feed))
    assert [(each.guid, each.url) for each in found.items] == [
        ("7", "https://courier.example/7"),
        ("8", "https://courier.example/8"),
    ]
    assert found.items[0].published == NOW - timedelta(hours=26)
    assert found.items[1].undated == "Its date, '2099-01-01', lies in the future."
    assert found.notes == ("2 of its items have neither a link nor an id.",)


@pytest.mark.parametrize("content", ["{", '{"items": 7}', "{}", '{"version": "x"}', "[" * 100_000])
def test_json_that_is_no_feed_is_said_to_be_none(content: str) -> None:
    assert listing(content).problem


SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://courier.example/old</loc><lastmod>2031-01-01</lastmod></url>
<url><loc>https://courier.example/new</loc><lastmod>2031-03-05T09:00:00+01:00</lastmod>
<news:news><news:publication><news:name>A</news:name></news:publication>
<news:publication_date>2031-03-04T20:00:00-05:00</news:publication_date><news:title>Envoy</news:title></news:news></url>
<url><loc> </loc></url></urlset>"""


@pytest.mark.parametrize("packed", [False, True])
def test_a_news_sitemap_is_read_newest_first(packed: bool) -> None:
    found = listing(gzip.compress(SITEMAP.encode()) if packed else SITEMAP, "sitemap")
    assert [each.url for each in found.items] == ["https://courier.example/new", "https://courier.example/old"]
    new, old = found.items
    assert new.published == datetime.fromisoformat("2031-03-04T20:00-05:00")
    assert new.title == "Envoy"
    assert (old.published, old.updated) == (None, datetime(2031, 1, 1, tzinfo=UTC))


def test_an_index_of_sitemaps_leads_to_the_newest_first() -> None:
    found = listing(
        "<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://courier.example/1</loc>"
        "<lastmod>2031-01-01</lastmod></sitemap><sitemap><loc>https://courier.example/2</loc><lastmod>2031-03-05"
        "</lastmod></sitemap><sitemap><loc>/3</loc></sitemap></sitemapindex>",
        "sitemap",
    )
    assert found.follow == tuple(f"https://courier.example/{number}" for number in (2, 1, 3))


def test_a_list_of_links_is_a_sitemap_too() -> None:
    found = listing("https://courier.example/1\nhttps://courier.example/2\n", "sitemap")
    assert [each.url for each in found.items] == ["https://courier.example/1", "https://courier.example/2"]
    assert listing("<html><body>none</body></html>", "sitemap").problem == f"{URL} is not a sitemap."


PAGE = """<html><head><base href="/news/"></head><body><a href="/">Home</a>
<a href="2031/03/envoy#top"><img></a><a href="2031/03/envoy"> Envoy <b>recalled</b></a>
<a href="https://other.example/news/2031/03/x">Other</a><a href="mailto:a@b.example">Mail</a><a href="http://[">?</a>
<a href="javascript:void(0)">Menu</a><a>none</a></body></html>"""


def test_the_links_of_a_page_are_its_items() -> None:
    found = listing(PAGE, "page", links=r"/20\d\d/")
    assert [(each.url, each.title) for each in found.items] == [
        ("https://courier.example/news/2031/03/envoy", "Envoy recalled"),
        ("https://other.example/news/2031/03/x", "Other"),
    ]
    assert all(each.published is None for each in found.items)


def test_without_a_pattern_links_stay_on_the_site() -> None:
    assert {each.url for each in listing(PAGE, "page").items} == {
        "https://courier.example/",
        "https://courier.example/news/2031/03/envoy",
    }
    assert listing("<html><body>none</body></html>", "page").problem == f"{URL} has no links to articles."


@pytest.mark.parametrize("kind", ["feed", "sitemap", "page"])
@given(content=st.binary(max_size=300) | st.text(alphabet="<>/&;'\"=!?[]{}:.- \nabrsiteml0129", max_size=200))
def test_no_content_makes_it_raise(kind: SourceKind, content: str | bytes) -> None:
    found = listing(content, kind)
    assert found.problem or found.items or found.follow or found.notes or kind != "page"


@given(st.text(max_size=60), st.sampled_from(["feed", "sitemap"]))
def test_no_date_makes_it_raise_and_none_lies_ahead(stated: str, kind: SourceKind) -> None:
    found = moment(stated, NOW)
    assert found.at is None or found.at - NOW <= timedelta(days=2)
    assert found.at is None or found.undated is None


@pytest.mark.parametrize(
    ("stated", "meant"),
    [
        ("2031-03-04", "2031-03-04T00:00:00+00:00"),
        ("2031-03-04 08:30", "2031-03-04T08:30:00+00:00"),
        ("2031-03-04T08:30:15.5+0200", "2031-03-04T08:30:15.500000+02:00"),
        ("Tue, 4 Mar 2031 08:30:00 GMT", "2031-03-04T08:30:00+00:00"),
        ("4 Mar 31 08:30 EST", "2031-03-04T08:30:00-05:00"),
    ],
)
def test_dates_are_read_as_they_are_written(stated: str, meant: str) -> None:
    found = moment(stated, NOW).at
    assert found is not None
    assert found.isoformat() == meant


@pytest.mark.parametrize(
    "stated", ["0001-01-01", "2031-13-40", "9999-12-31T23:59:59-12:00", "32 Mar 2031", "yesterday"]
)
def test_dates_that_cannot_be_are_unknown_with_the_reason(stated: str) -> None:
    found = moment(stated, NOW)
    assert found.at is None
    assert found.undated is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.example/x", "https://A.example:443/x/"),
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        ("https://a.example/x?id=1&fbclid=abc", "https://a.example/x?id=1"),
        ("https://a.example/x#comments", "https://a.example/x"),
    ],
)
def test_addresses_of_one_page_are_one(one: str, other: str) -> None:
    assert key_of_url(one) == key_of_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?id=1", "https://a.example/x?id=2"),
        ("https://a.example/x?cid=1", "https://a.example/x?cid=2"),
        ("https://a.example/x?source=1", "https://a.example/x?source=2"),
        ("https://a.example/X", "https://a.example/x"),
        ("https://a.example/#!/1", "https://a.example/#!/2"),
        ("https://a.example:8080/x", "https://a.example/x"),
    ],
)
def test_addresses_of_two_pages_are_two(one: str, other: str) -> None:
    assert key_of_url(one) != key_of_url(other)


@given(st.text(max_size=50))
def test_no_address_makes_it_raise(text: str) -> None:
    key_of_url(text)
    key_of_url(f"http://{text}")
    whole = joined(URL, text)
    assert whole is None or whole.lower().startswith(("http://", "https://"))


def test_guids_that_stand_for_several_links_tell_nothing() -> None:
    items = [Item("a", "http://x.example/1"), Item("a", "http://x.example/2"), Item("b", "http://x.example/3")]
    assert telling_guids(items) == {"b"}
