"""Web pages: the article without what stands around it, and the date the page states.

All pages, papers and events here are invented.
"""

from __future__ import annotations

import logging
import time
from datetime import date
from pathlib import Path

import pytest

from legation.extract import extract
from legation.extract.page_facts import day_of
from legation.records import Article, Text

DATA = Path(__file__).parent / "data"

PARAGRAPHS = """
<p>Orvania recalled its ambassador from Teskia on Wednesday, hours after shells fired from across the
border killed two farmers, the foreign ministry said.</p>
<p>“We will not sit at a table while our villages burn,” Foreign Minister Ilse Varga told reporters.</p>
<p>The recall casts doubt on the talks planned for next week, and the monitoring mission has asked both
sides to step back.</p>
"""


def page(head: str = "", body: str = PARAGRAPHS) -> str:
    return f"<!DOCTYPE html><html><head>{head}</head><body><main><article>{body}</article></main></body></html>"


def text_of(markup: str | bytes, media_type: str | None = "text/html", charset: str | None = None) -> Text:
    content = markup if isinstance(markup, bytes) else markup.encode()
    return extract(Article(name="page", content=content, media_type=media_type, charset=charset))


def reason(text: Text) -> str | None:
    return text.rejected.reason if text.rejected else None


@pytest.fixture(scope="module")
def news() -> Text:
    return text_of((DATA / "news_page.html").read_bytes())


def test_each_paragraph_is_a_line(news: Text) -> None:
    assert news.body.split("\n") == [
        "Orvania recalls envoy after border shelling",
        "Orvania recalled its ambassador from Teskia on Wednesday, hours after shells fired from across the "
        "border killed two farmers, the foreign ministry said.",
        "“We will not sit at a table while our villages burn,” Foreign Minister Ilse Varga told reporters in "
        "the capital.",
        "Talks in doubt",
        "The recall casts doubt on the talks planned for next week in Geneva. Teskia denied that its army "
        "had fired and called for an inquiry by the monitoring mission.",
        "The ceasefire was signed in 2019.",
        "The mission has 120 observers.",
        "Both sides must step back, the mission wrote in a statement.",
        "The two states have no other channel, diplomats say, and analysts expect Orvania to close the "
        "crossing at Dorn within days.",
    ]


@pytest.mark.parametrize(
    "words",
    ["cookies", "Accept", "Sport", "newsletter", "harold77", "disgrace", "Ten things", "All rights", "track"],
)
def test_what_stands_around_the_article_is_left_out(news: Text, words: str) -> None:
    assert words in (DATA / "news_page.html").read_text("utf-8")
    assert words not in news.body


def test_the_facts_of_the_page_are_taken(news: Text) -> None:
    assert news.title == "Orvania recalls envoy after border shelling"
    assert news.source == "The Harbour Courier"
    assert news.url == "https://courier.example/world/orvania"
    assert news.language == "en"
    assert news.rejected is None


def test_the_day_is_that_of_the_paper_not_of_greenwich(news: Text) -> None:
    assert (news.published, news.published_basis) == (date(2024, 4, 3), "page")


def test_what_was_given_wins_over_the_page() -> None:
    content = (DATA / "news_page.html").read_bytes()
    text = extract(Article("p", content, url="https://mirror.example/a", source="Wire", published=date(2024, 5, 1)))
    assert (text.url, text.source) == ("https://mirror.example/a", "Wire")
    assert (text.published, text.published_basis) == (date(2024, 5, 1), "given")


def test_a_login_page_holds_no_article() -> None:
    text = text_of((DATA / "login_page.html").read_bytes())
    assert reason(text) == "login"
    assert text.body == ""


@pytest.mark.parametrize(
    "markup",
    [
        "<html></html>",
        "<!doctype html>",
        "<html><body><nav><a href='/'>Home</a><a href='/world'>World</a></nav></body></html>",
        "<html><body><script>document.write('The envoy left the capital on Tuesday.')</script></body></html>",
    ],
)
def test_a_page_without_an_article_is_rejected(markup: str) -> None:
    assert reason(text_of(markup)) == "no_article"


def test_a_short_report_is_read_where_the_page_says_it_is_one() -> None:
    short = "<p>Orvania has closed the crossing at Dorn to all traffic, the army said on Friday.</p>"
    assert reason(text_of(page(body=short))) == "no_article"
    assert "crossing at Dorn" in text_of(page('<meta property="og:type" content="article">', short)).body


def test_a_page_in_another_language_is_rejected() -> None:
    german = (
        "<p>Die Ministerin sagte am Dienstag, die Gespräche mit der Regierung würden in der kommenden Woche "
        "fortgesetzt, wenn die Waffen bis dahin schweigen.</p><p>Der Botschafter wurde am Abend einbestellt, "
        "weil die Armee in der Nacht zwei Boote beschlagnahmt und die Fischer festgesetzt hatte.</p>"
    )
    text = text_of(page(body=german))
    assert reason(text) == "not_english"
    assert text.language == "de"


def test_a_line_feed_in_markup_is_a_space() -> None:
    bare = PARAGRAPHS.replace("<p>", "").replace("</p>", "<br><br>")
    assert [line.split()[0] for line in text_of(page(body=f"<div>{bare}</div>")).body.split("\n")] == [
        "Orvania",
        "“We",
        "The",
    ]


def test_what_stands_between_line_breaks_is_a_paragraph_and_keeps_its_markup() -> None:
    body = (
        "<div><b>MARRIN</b> — Orvania <a href='/o'>recalled</a> its ambassador from Teskia on Wednesday, the ministry "
        "said.<br><br>“We will not sit at a table,”<br>Ilse Varga told reporters in the capital.<br/>\n<br/><br/>The "
        "mission has asked both sides to step back from the <i>river</i> at once.<ul><li>One</li></ul>Nobody has.</div>"
    )
    assert text_of(page(body=body)).body.split("\n") == [
        "MARRIN — Orvania recalled its ambassador from Teskia on Wednesday, the ministry said.",
        "“We will not sit at a table,” Ilse Varga told reporters in the capital.",
        "The mission has asked both sides to step back from the river at once.",
        "One",
        "Nobody has.",
    ]


def test_markup_is_seen_without_a_media_type() -> None:
    assert text_of(page(), None).body.startswith("Orvania recalled")
    assert text_of("\ufeff\n<!-- saved -->\n" + page(), "text/plain").body.startswith("Orvania recalled")
    assert text_of('<?xml version="1.0" encoding="utf-8"?>\n' + page(), None).body.startswith("Orvania recalled")


# ---------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-04-03T05:00:00Z">',
        '<meta name="date" content="2024-04-03">',
        '<meta name="DC.date.issued" content="20240403">',
        '<meta itemprop="datePublished" content="April 3, 2024">',
        '<meta name="pubdate" content="Wed, 03 Apr 2024 23:59:00 -0400">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-04-03"}</script>',
        '<script type="application/ld+json">{"@graph": [{"@type": "WebSite"}, {"@type": ["Report", '
        '"NewsArticle"], "datePublished": "2024-04-03T01:00:00+09:00"}]}</script>',
        '<script type="application/ld+json">[{"@type": "OpinionArticle", "datePublished": "2024-04-03"}]</script>',
    ],
)
def test_a_stated_date_is_found(head: str) -> None:
    text = text_of(page(head))
    assert (text.published, text.published_basis) == (date(2024, 4, 3), "page")


def test_a_marked_time_element_is_a_date() -> None:
    body = '<time itemprop="datePublished" datetime="2024-04-03T10:00">Wednesday</time>' + PARAGRAPHS
    assert text_of(page(body=body)).published == date(2024, 4, 3)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", PARAGRAPHS + "<footer>© 2019 The Harbour Courier</footer>"),
        ("", "<time datetime='2019-01-01'>On this day in 2019</time>" + PARAGRAPHS),
        ("", PARAGRAPHS + "<p>It was signed on 12 March 2019, and nobody has broken it since then.</p>"),
        ('<meta property="article:modified_time" content="2024-04-03">', PARAGRAPHS),
        (
            '<script type="application/ld+json">{"@type": "WebSite", "datePublished": "2001-01-01"}</script>',
            PARAGRAPHS,
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": 7}</script>',
            PARAGRAPHS,
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", </script>', PARAGRAPHS),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", PARAGRAPHS),
        ('<meta name="date" content="2024-13-45">', PARAGRAPHS),
        ('<meta name="date" content="yesterday">', PARAGRAPHS),
    ],
)
def test_no_date_is_guessed(head: str, body: str) -> None:
    text = text_of(page(head, body))
    assert (text.published, text.published_basis, reason(text)) == (None, None, None)


@pytest.mark.parametrize(
    "value",
    ["2024-04-03", " 2024-04-03T23:59:59.000Z", "20240403", "April 3, 2024", "3 Apr 2024", "2024/04/03",
     "Wed, 03 Apr 2024 12:00:00 GMT"],
)  # fmt: skip
def test_the_ways_to_write_a_day(value: str) -> None:
    assert day_of(value) == date(2024, 4, 3)


@pytest.mark.parametrize("value", [None, 20240403, "", "soon", "202404031", "0000-00-00", "3/4/24", ["2024-04-03"]])
def test_what_is_no_day(value: object) -> None:
    assert day_of(value) is None


# ---------------------------------------------------------------- titles


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Envoy recalled</title>", "", "Envoy recalled"),
        ("<title>T</title>", "<h1>Envoy  <em>recalled</em></h1>", "Envoy recalled"),
        (
            '<title>T</title><meta property="og:title" content="Envoy recalled">',
            "<h1>H</h1>",
            "Envoy recalled",
        ),
        (
            '<title>Envoy recalled | Wire</title><meta property="og:site_name" content="Wire">',
            "",
            "Envoy recalled",
        ),
        ("<title>Envoy - recalled</title>", "", "Envoy - recalled"),
        ("", "", None),
    ],
)
def test_the_title_is_the_one_the_page_states(head: str, body: str, title: str | None) -> None:
    assert text_of(page(head, body + PARAGRAPHS)).title == title


def test_a_relative_canonical_address_is_no_url() -> None:
    assert text_of(page('<link rel="canonical" href="/a">')).url is None


# ---------------------------------------------------------------- encodings and odd markup


@pytest.mark.parametrize(
    "meta", ['<meta charset="windows-1252">', "<meta http-equiv=a content='text/html; charset=iso-8859-1'>"]
)
def test_the_encoding_a_page_declares_is_used(meta: str) -> None:
    text = text_of(page(meta).encode("windows-1252"))
    assert "“We will not sit" in text.body
    assert text.notes == ()


def test_a_wrongly_declared_encoding_is_seen_through() -> None:
    assert "“We will not sit" in text_of(page('<meta charset="iso-8859-1">')).body
    assert "“We will not sit" in text_of(page(), charset="iso-8859-1").body
    assert "“We will not sit" in text_of(page('<meta charset="utf-8">').encode("windows-1252"), charset="utf-8").body


def test_a_page_in_utf_16_is_read() -> None:
    assert "“We will not sit" in text_of(page().encode("utf-16")).body


def test_double_line_breaks_part_paragraphs() -> None:
    body = "<div>" + PARAGRAPHS.replace("<p>", "").replace("</p>", "<br />\n<BR>") + "</div>"
    assert len(text_of(page(body=body)).body.split("\n")) == 3


def test_entities_and_soft_white_space_are_resolved() -> None:
    text = text_of(
        page(body=PARAGRAPHS + "<p>The&nbsp;ministers of R&amp;D met&#8212;briefly&mdash;in the capital.</p>")
    )
    assert "The ministers of R&D met—briefly—in the capital." in text.body


@pytest.mark.parametrize("markup", ["<div>" * 100_000, "<html>" + "<b><i>" * 20_000 + PARAGRAPHS, "<html\0><p" * 500])
def test_markup_without_measure_does_not_make_it_fail(markup: str) -> None:
    text_of(markup)


def test_a_huge_page_is_refused_quickly() -> None:
    begun = time.monotonic()
    assert reason(text_of("<html>" + "<p>The envoy left.</p>" * 500_000)) == "too_long"
    assert time.monotonic() - begun < 1


def test_nothing_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        text_of("<html></html>")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
