"""Pages that hold words and no article are rejected with the reason, and articles that speak of such things are not.

All pages, papers and events here are invented.
"""

from __future__ import annotations

import pytest
from layout_pages import STORIES

from legation.extract import extract
from legation.records import Article, Text

STORY = "".join(f"<p>{each}</p>" for each in STORIES[0].body)
STUB = "".join(f"<p>{each}</p>" for each in STORIES[0].body[:2])
ARTICLE = '<meta property="og:type" content="article"><meta property="article:published_time" content="2031-03-04">'


def read(body: str, head: str = "", title: str = "Orvania recalls its envoy") -> Text:
    page = f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return extract(Article("page", page.encode(), "text/html"))


def reason(text: Text) -> str | None:
    return text.rejected.reason if text.rejected else None


CONSENT_WALL = (
    "<h1>We value your privacy</h1><p>We and our 714 partners store and read cookies on your device, and process "
    "personal data such as unique identifiers, to show personalised ads and content and to measure them.</p>"
    "<p>With your permission we and our partners may use precise location data. You may click to consent to this, or "
    "change your preferences before you agree. Some vendors act on legitimate interest.</p>"
    "<p>Your preferences apply to this site only. You can change them at any time by returning to this page and "
    "clicking the privacy button at its foot.</p><button>I agree</button><button>More options</button>"
)
SHORT_CONSENT = (
    "<main><h1>Before you continue to The Harbour Courier</h1><p>We use cookies and data to deliver and maintain our "
    "services and to measure how they are used.</p><p>If you choose to accept all, we and our partners will also use "
    "cookies to develop new services.</p><button>Accept all</button></main>"
)


CONSENT_ALONE = (
    "<main><article><p>We use cookies and similar tools, and so do our partners, to store and read facts on your device, "
    "to measure how our pages are used and to show you offers that may interest you. You may accept all of them or "
    "manage your choices at any time in the settings.</p></article></main>"
)


@pytest.mark.parametrize("body", [CONSENT_WALL, SHORT_CONSENT, CONSENT_ALONE])
def test_a_page_that_asks_for_consent_is_told_as_such(body: str) -> None:
    text = read(body)
    assert reason(text) == "consent"
    assert text.body == ""


def test_an_article_on_cookies_is_an_article() -> None:
    about = (
        "<p>The council of ministers in Marrin has asked browsers to put an end to cookie banners, which readers accept "
        "without reading them, officials said on Monday.</p><p>Under the draft law, consent would be given once, in the "
        "preferences of the browser, and partners of a site would have to respect it, Ilse Harrow said.</p>"
    )
    assert reason(read(f"<article><h1>An end to cookie banners</h1>{about}{STORY}</article>", ARTICLE)) is None
    assert reason(read(f"<article><h1>An end to cookie banners</h1>{about}</article>", ARTICLE)) is None


LOGIN = (
    "<main><h1>Welcome back</h1><p>Please log in with the address you gave when you subscribed to The Harbour "
    "Courier, or make an account if you have none yet; it takes a minute and costs nothing.</p>"
    '<form><input type="email"><input type="password"><button>Log in</button></form></main>'
)


def test_a_page_to_log_in_is_told_as_such() -> None:
    assert reason(read(LOGIN)) == "login"


def test_an_article_with_a_form_to_log_in_is_an_article() -> None:
    form = '<form><input name="user"><input type="password"></form>'
    assert reason(read(f"<header>{form}</header><article>{STUB}</article>", ARTICLE)) is None
    assert reason(read(f"<article>{STORY}</article><div>{form}</div>", ARTICLE)) is None


@pytest.mark.parametrize(
    "wall",
    [
        "<div class='wall'><h3>Subscribe to continue reading</h3><p>Already a subscriber? Log in.</p></div>",
        "<div>This article is for subscribers only.</div>",
        "<p>You have reached your limit of free articles this month.</p>",
        "<section><h2>Keep up with the coast</h2><p>Sign in or create a free account to read on.</p></section>",
        "<div><b>Unlock this article</b><p>Only 1 crown for the first month</p></div>",
    ],
)
def test_a_stub_before_a_paywall_is_told_as_such(wall: str) -> None:
    text = read(f"<article><h1>Orvania recalls its envoy</h1>{STUB}{wall}</article>", ARTICLE)
    assert reason(text) == "paywall"


def test_a_stub_that_says_it_is_not_free_is_told_as_such() -> None:
    facts = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":%s}</script>'
    body = f"<article>{STUB}</article>"
    assert reason(read(body, facts % "false")) == "paywall"
    assert reason(read(body, facts % '"False"')) == "paywall"
    assert reason(read(body, facts % "true")) is None
    assert reason(read(body, facts % "7")) is None


def test_an_article_that_is_there_in_full_is_read_though_it_is_not_free() -> None:
    facts = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    wall = "<p>Subscribe now to read more stories like this.</p>"
    text = read(f"<article><h1>Orvania recalls its envoy</h1>{STORY}{wall}</article>", facts)
    assert reason(text) is None
    assert "Subscribe" not in text.body


def posts(count: int) -> str:
    made = (
        f"<div class='post'><time datetime='2031-03-04T{9 + n:02}:15Z'>{9 + n}:15</time><h3>Update {n}</h3>"
        f"<p>{STORIES[1].body[n % 4]}</p></div>"
        for n in range(count)
    )
    return "".join(made)


def test_a_live_ticker_is_told_as_such() -> None:
    facts = '<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Talks in Marrin"}</script>'
    assert reason(read(f"<main><h1>Talks in Marrin</h1>{posts(4)}</main>", facts)) == "live"
    assert reason(read(f"<main><h1>Talks</h1>{posts(5)}</main>", title="Talks in Marrin: live updates")) == "live"
    assert (
        reason(read(f"<main><h1>Live: talks in Marrin</h1>{posts(5)}</main>", title="Live: talks in Marrin")) == "live"
    )


def test_an_article_with_live_in_its_title_is_an_article() -> None:
    body = f"<article><h1>Live ammunition found on a ferry</h1>{STORY}</article>"
    assert reason(read(body, ARTICLE, title="Live ammunition found on a ferry")) is None
    assert (
        reason(read(f"<article>{STORY}</article>", ARTICLE, title="Radio drops live coverage of the council")) is None
    )


def test_a_reason_is_a_sentence_for_the_user() -> None:
    found = [read(CONSENT_WALL), read(LOGIN), read(f"<main><h1>Live: talks</h1>{posts(5)}</main>", title="Live: talks")]
    assert [each.rejected.message for each in found if each.rejected] == [
        "It is a page that asks for consent to cookies: the article lies behind it.",
        "It is a page to log in: the article lies behind it.",
        "It is a live ticker, which is still being written.",
    ]
