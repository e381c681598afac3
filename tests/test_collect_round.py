"""Rounds of collection against real servers on the loopback address. All papers, places and events are invented."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from collecting import QUICK, Desk
from news_site import HTML_TYPE, PARAGRAPHS, RSS_TYPE, Site, answer, entry, rss, serving, story

from legation.collect.round import collect_round
from legation.sources import ItemOutcome, Source, SourceCheck


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def courier(site: Site, *entries: str, **known: str) -> Desk:
    """A desk with one feed."""
    return Desk(Source("The Harbour Courier", site.page("/feed", rss(*entries), RSS_TYPE), **known))  # type: ignore[arg-type]


def with_one(site: Site, *paragraphs: str, tag: str = '"1"') -> Desk:
    """A desk with one feed of one article."""
    link = site.page("/a", story("Envoy recalled", *paragraphs), HTML_TYPE, ("ETag", tag))
    return courier(site, entry(link, "Envoy recalled"))


def test_what_a_feed_lists_is_got_and_read(site: Site) -> None:
    link = site.page("/a", story("Orvania recalls its envoy"), HTML_TYPE)
    item, check = courier(site, entry(link, "Envoy recalled", guid="7")).collect()
    assert isinstance(item, ItemOutcome)
    assert isinstance(check, SourceCheck)
    assert item.text is not None
    assert item.text.title == "Orvania recalls its envoy"
    assert item.text.body.splitlines()[-3:] == list(PARAGRAPHS)
    assert item.text.published is not None
    assert item.text.published.isoformat() == "2031-03-04"
    assert (item.text.source, item.text.url) == ("The Harbour Courier", link)
    assert (item.item.guid, item.item.title) == ("7", "Envoy recalled")
    assert (check.status, check.listed, check.versions, check.message) == ("good", 1, 1, "")
    assert check.words == len(item.text.body.split())
    assert check.newest == datetime(2031, 3, 4, 8, tzinfo=UTC)


def test_a_page_without_a_date_has_that_of_its_listing(site: Site) -> None:
    link = site.page("/a", story("Envoy recalled").replace("article:published_time", "other"), HTML_TYPE)
    dated, undated = entry(link, "a"), entry(site.page("/b", story("B", day="soon"), HTML_TYPE), "b", date="")
    found = {each.item.title: each.text for each in courier(site, dated, undated).items() if each.text}
    assert (str(found["a"].published), found["a"].published_basis) == ("2031-03-04", "listing")
    assert (found["b"].published, found["b"].published_basis) == (None, None)


def test_the_day_of_a_listing_is_that_of_its_own_zone(site: Site) -> None:
    link = site.page("/a", story("A", day=""), HTML_TYPE)
    [item] = courier(site, entry(link, "a", date="Mon, 03 Mar 2031 22:00:00 -0500")).items()
    assert item.text is not None
    assert str(item.text.published) == "2031-03-03"


def test_the_second_round_fetches_nothing_anew(site: Site) -> None:
    desk = with_one(site)
    site.page("/feed", rss(entry(site.url("/a"), "Envoy recalled")), RSS_TYPE, ("ETag", '"f"'))
    assert desk.check().status == "good"
    check = desk.later(minutes=30).check()
    assert (check.status, check.listed, check.versions) == ("unchanged", 0, 0)
    assert site.asked("/a") == 1
    assert site.requests[-1][1]["If-None-Match"] == '"f"'
    # A server need not repeat its validators in a 304.
    desk.later(minutes=30).check()
    assert site.requests[-1][1]["If-None-Match"] == '"f"'


def test_last_modified_is_sent_back_as_it_came(site: Site) -> None:
    moment = "Tue, 04 Mar 2031 07:59:58 GMT"
    feed = site.page("/feed", rss(), RSS_TYPE, ("Last-Modified", moment))
    desk = Desk(Source("A", feed))
    desk.check()
    assert desk.later(minutes=30).check().status == "unchanged"
    assert site.requests[-1][1]["If-Modified-Since"] == moment


def test_an_edited_article_is_a_new_version_of_one_item(site: Site) -> None:
    desk = with_one(site)
    [first] = desk.items()
    site.page("/a", story("Envoy recalled", *PARAGRAPHS[:2], PARAGRAPHS[2] + " It named no day."), HTML_TYPE)
    [second] = desk.later(hours=7).items()
    assert (first.status, second.status) == ("version", "version")
    assert first.known.key == second.known.key
    assert first.known.digest != second.known.digest
    assert second.text is not None
    assert second.text.body.endswith("It named no day.")


def test_a_changed_word_of_the_title_is_a_new_version(site: Site) -> None:
    desk = with_one(site)
    desk.collect()
    site.page("/a", story("Envoy recalled in anger"), HTML_TYPE)
    [again] = desk.later(hours=7).items()
    assert again.status == "version"


def test_an_unchanged_page_is_no_new_version_and_asked_for_with_its_validators(site: Site) -> None:
    desk = with_one(site)
    desk.collect()
    for hours, asked in ((1, 1), (6, 2), (1, 2), (20, 3), (60, 4), (240, 4)):
        outcomes = desk.later(hours=hours).items()
        assert [each.status for each in outcomes] == ["same"] * (site.asked("/a") - asked + len(outcomes))
        assert site.asked("/a") == asked
    assert [headers for path, headers in site.requests if path == "/a"][-1]["If-None-Match"] == '"1"'


def test_an_item_that_is_listed_otherwise_is_looked_at_again(site: Site) -> None:
    desk = with_one(site)
    desk.collect()
    site.page("/a", story("Envoy recalled, talks off"), HTML_TYPE, ("ETag", '"2"'))
    site.page("/feed", rss(entry(site.url("/a"), "Envoy recalled, talks off")), RSS_TYPE)
    [again] = desk.later(minutes=30).items()
    assert again.status == "version"


def test_new_guids_for_the_same_link_are_the_same_item(site: Site) -> None:
    link = site.page("/a", story("Envoy recalled"), HTML_TYPE)
    desk = courier(site, entry(link, "Envoy recalled", guid="1"))
    desk.collect()
    site.page("/feed", rss(entry(link + "?utm_source=rss", "Envoy recalled", guid="2")), RSS_TYPE)
    assert desk.later(minutes=30).items() == []
    assert len(desk.ledger.items) == 1


def test_a_new_link_for_the_same_guid_is_the_same_item(site: Site) -> None:
    desk = courier(site, entry(site.page("/a", story("Envoy recalled"), HTML_TYPE), "Envoy", guid="x"))
    desk.collect()
    moved = site.page("/b", story("Envoy recalled"), HTML_TYPE)
    site.page("/feed", rss(entry(moved, "Envoy recalled", guid="x")), RSS_TYPE)
    [again] = desk.later(minutes=30).items()
    assert again.status == "same"
    assert len(desk.ledger.items) == 1


def test_a_guid_that_all_items_share_tells_nothing(site: Site) -> None:
    links = [site.page(f"/{name}", story(f"Envoy {name}"), HTML_TYPE) for name in "abc"]
    found = courier(site, *(entry(link, link, guid="same") for link in links)).items()
    assert len({each.known.key for each in found if each.status == "version"}) == 3


@pytest.mark.parametrize("hop_first", [True, False])
def test_two_addresses_of_one_page_are_one_article(site: Site, hop_first: bool) -> None:
    site.page("/a", story("Envoy recalled"), HTML_TYPE)
    hop = site.redirect("/r?1", "/a")
    found = one_by_one(courier(site, *entries(site.url("/a"), hop, turned=hop_first))).items()
    assert [each.status for each in found] == ["version", "same"]
    assert found[1].known.same_as == found[0].known.key
    other = site.redirect("/r?2", "/a")
    [third] = courier_again(site, found, other)
    assert (third.status, third.known.same_as) == ("same", found[0].known.key)


@pytest.mark.parametrize("hop_first", [True, False])
def test_an_address_that_gets_a_page_of_its_own_is_an_article_then(site: Site, hop_first: bool) -> None:
    site.page("/a", story("Envoy recalled"), HTML_TYPE)
    hop = site.redirect("/b", "/a")
    desk = one_by_one(courier(site, *entries(site.url("/a"), hop, turned=hop_first)))
    second = desk.items()[1].item.url
    assert second is not None
    site.page("/b", story("Envoy recalled"), HTML_TYPE)
    site.page("/feed", rss(entry(hop, "Envoy stays"), entry(second, "Envoy recalled")), RSS_TYPE)
    outcomes = {each.known.url: each for each in desk.later(minutes=30).items()}
    assert (outcomes[second].status, outcomes[second].known.same_as) == ("version", None)
    assert len(desk.ledger.versions) == 2


def entries(first: str, second: str, *, turned: bool) -> list[str]:
    """Two entries of a feed, the other way round where `turned`."""
    found = [entry(first, "Envoy"), entry(second, "Envoy")]
    return found[::-1] if turned else found


def one_by_one(desk: Desk) -> Desk:
    """The same desk, which asks for the next page only when it has the one before: in the order in which they are listed."""
    desk.tools = replace(desk.tools, settings=replace(QUICK, at_once=1))
    return desk


def courier_again(site: Site, found: list[ItemOutcome], link: str) -> list[ItemOutcome]:
    desk = courier(site, entry(link, "Envoy"))
    for each in found:
        desk.ledger.record([each])
    return desk.items()


def test_an_article_in_two_feeds_is_fetched_once(site: Site) -> None:
    link = site.page("/a", story("Envoy recalled"), HTML_TYPE)
    feeds = [site.page(f"/feed{number}", rss(entry(link, "Envoy")), RSS_TYPE) for number in range(2)]
    desk = Desk(*(Source(feed, feed) for feed in feeds))
    assert [each.status for each in desk.items()] == ["version"]
    assert site.asked("/a") == 1


def test_a_page_that_fails_is_tried_again_ever_later_and_then_given_up(site: Site) -> None:
    desk = courier(site, entry(site.page("/a", b"", status=500), "Envoy"))
    statuses = [each.status for each in desk.items()]
    for _ in range(400):
        statuses += [each.status for each in desk.later(minutes=5).items()]
    assert statuses == ["failed"] * 4 + ["rejected"]
    assert site.asked("/a") == 5


def test_a_page_that_comes_back_is_had_then(site: Site) -> None:
    desk = courier(site, entry(site.page("/a", b"", status=503), "Envoy"))
    assert [each.status for each in desk.items()] == ["failed"]
    site.page("/a", story("Envoy recalled"), HTML_TYPE)
    site.page("/feed", rss(), RSS_TYPE)
    assert [each.status for each in desk.later(hours=1).items()] == ["version"]


def test_a_page_that_is_gone_is_not_asked_for_again(site: Site) -> None:
    desk = courier(site, entry(site.url("/gone"), "Envoy"))
    [item] = desk.items()
    assert item.rejection is not None
    assert item.rejection.reason == "unreachable"
    assert item.rejection.message == f"{site.url('/gone')} answered 404 (Not Found)."
    assert desk.later(hours=100).items() == []


def test_what_is_no_article_is_rejected_once(site: Site) -> None:
    desk = courier(site, entry(site.page("/a", "<html><body><p>Photos</p></body></html>", HTML_TYPE), "Photos"))
    [item] = desk.items()
    assert item.rejection is not None
    assert item.rejection.reason == "no_article"
    assert desk.later(hours=100).items() == []
    assert desk.ledger.checks[desk.sources[0].url][0].rejections == {"no_article": 1}


def test_more_items_than_a_round_takes_are_left_for_the_next(site: Site) -> None:
    links = [site.page(f"/{number}", story(f"Story {number}"), HTML_TYPE) for number in range(5)]
    desk = courier(site, *(entry(link, link) for link in links))
    site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE, ("ETag", '"f"'))
    desk.tools = replace(desk.tools, settings=replace(QUICK, items=3))
    first = desk.check()
    assert (first.status, first.versions, first.left) == ("partial", 3, 2)
    assert first.message == "2 of its items are left for the next round."
    second = desk.later(minutes=30).check()
    assert (second.status, second.versions, second.left) == ("good", 2, 0)


def test_a_round_that_is_stopped_loses_nothing(site: Site) -> None:
    links = [site.page(f"/{number}", story(f"Story {number}"), HTML_TYPE) for number in range(40)]
    desk = courier(site)
    site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE, ("ETag", '"f"'))
    for seen, outcome in enumerate(collect_round(desk.sources, desk.ledger, desk.tools), 1):
        desk.ledger.record([outcome])
        desk.stopped = seen == 5 or desk.stopped
    assert desk.ledger.checks[desk.sources[0].url][0].status == "partial"
    assert len(desk.ledger.items) < 40
    desk.stopped = False
    desk.later(minutes=30).collect()
    assert len(desk.ledger.versions) == 40
    assert all(len(texts) == 1 for texts in desk.ledger.versions.values())


def test_a_round_that_is_abandoned_loses_nothing(site: Site) -> None:
    links = [site.page(f"/{number}", story(f"Story {number}"), HTML_TYPE) for number in range(20)]
    desk = courier(site, *(entry(link, link) for link in links))
    going = collect_round(desk.sources, desk.ledger, desk.tools)
    desk.ledger.record([next(going)])
    going.close()  # type: ignore[attr-defined]
    desk.collect()
    assert len(desk.ledger.versions) == 20


def test_a_host_is_not_asked_more_often_nor_more_at_once_than_allowed(site: Site) -> None:
    running, most, starts = 0, 0, []
    lock = threading.Lock()

    def reply(request: object) -> None:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            starts.append(time.monotonic())
        time.sleep(0.12)
        with lock:
            running -= 1
        answer(request, 200, story("A").encode(), HTML_TYPE)  # type: ignore[arg-type]

    for number in range(6):
        site.pages[f"/{number}"] = reply
    settings = replace(QUICK, spacing=0.1, at_once=2)
    feed = site.page("/feed", rss(*(entry(site.url(f"/{n}"), str(n)) for n in range(6))), RSS_TYPE)
    Desk(Source("A", feed), settings=settings).collect()
    assert most == 2
    # Threads may be late, so that no single gap can be held; all five together can.
    assert max(starts) - min(starts) > 0.4


def test_the_request_says_who_asks_and_whom_to_write_to(site: Site) -> None:
    feed = site.page("/feed", rss(), RSS_TYPE)
    Desk(Source("A", feed), settings=replace(QUICK, contact="mailto:desk@courier.example")).collect()
    assert {path for path, _ in site.requests} == {"/robots.txt", "/feed"}
    for _, headers in site.requests:
        assert headers["User-Agent"].startswith("Legation/")
        assert headers["User-Agent"].endswith(" (+mailto:desk@courier.example)")
