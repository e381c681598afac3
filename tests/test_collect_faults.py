"""Everything that goes wrong with a source, each from a real server or file, with a clear line in the source's health.

All papers, places and events are invented.
"""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler

import pytest
from collecting import NOW, QUICK, Desk
from news_site import HTML_TYPE, RSS_TYPE, Site, answer, entry, rss, serving, story

from legation.collect.address import is_public
from legation.records import Article, Text
from legation.sources import Source

LOGIN = (
    "<!DOCTYPE html><html><head><title>Sign in | The Harbour Courier</title></head><body><h1>Sign in</h1>"
    '<form action="/in" method="post"><input name="mail"><input type="password" name="word"></form></body></html>'
)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def feed_that(site: Site, reply: object) -> Desk:
    """A desk with one feed, which `reply` answers for."""
    site.pages["/feed"] = reply  # type: ignore[assignment]
    return Desk(Source("The Harbour Courier", site.url("/feed")), settings=replace(QUICK, seconds=0.5))


def line(desk: Desk) -> str:
    """Collects, and gives what the health of the source says, which must be failing."""
    desk.collect()
    health = desk.health()
    assert health.state == "failing"
    assert health.failures == 1
    return health.line


def test_a_feed_that_hangs_is_given_up_in_time(site: Site) -> None:
    waiting = threading.Event()
    desk = feed_that(site, lambda _: waiting.wait(5))
    began = time.monotonic()
    assert line(desk) == f"{site.url('/feed')} did not answer in full within 0.5 seconds."
    assert time.monotonic() - began < 3
    waiting.set()


def test_a_feed_that_drips_is_given_up_in_time(site: Site) -> None:
    def drip(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.end_headers()
        for _ in range(100):
            request.wfile.write(b" ")
            time.sleep(0.05)

    assert "did not answer in full within 0.5 seconds" in line(feed_that(site, drip))


def claims(length: int, body: bytes, *headers: tuple[str, str]) -> object:
    def reply(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        for name, value in headers:
            request.send_header(name, value)
        request.send_header("Content-Length", str(length))
        request.end_headers()
        request.wfile.write(body)
        request.close_connection = True

    return reply


def test_a_feed_that_claims_to_be_longer_than_it_is_is_damaged(site: Site) -> None:
    body = rss(entry("http://a.example/1", "One")).encode()
    said = line(feed_that(site, claims(len(body) + 100, body)))
    assert said.startswith(f"{site.url('/feed')} gave an answer that is damaged: ")


def test_a_feed_that_claims_to_be_shorter_than_it_is_is_not_taken_for_whole(site: Site) -> None:
    link = site.page("/a", story("One"), HTML_TYPE)
    body = rss(entry(link, "One"), entry(link + "?2", "Two")).encode()
    desk = feed_that(site, claims(body.index(b"Two"), body))
    desk.collect()
    [check] = desk.ledger.checks[site.url("/feed")]
    assert check.notes[0].startswith("Its XML is broken (line 1: ")
    assert check.notes[0] in desk.health().line


def test_five_gigabytes_are_refused_at_once(site: Site) -> None:
    desk = feed_that(site, claims(5_000_000_000, b"<rss>"))
    assert line(desk) == f"{site.url('/feed')} is larger than 20 MB, the most Legation reads of one article."


def test_an_endless_answer_is_cut_off(site: Site) -> None:
    sent = 0

    def pour(request: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        request.send_response(200)
        request.end_headers()
        while sent < 200_000_000:
            sent += request.wfile.write(b"<item/>" * 10_000)

    desk = feed_that(site, pour)
    desk.tools = Desk(*desk.sources, settings=replace(QUICK, max_bytes=1_000_000)).tools
    assert "is larger than 1 MB" in line(desk)
    assert sent < 50_000_000


def test_a_bomb_packed_by_the_transport_is_refused(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    said = line(feed_that(site, claims(len(bomb), bomb, ("Content-Encoding", "gzip"))))
    assert "is larger than 20 MB" in said


def test_a_bomb_packed_as_a_file_is_refused(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 30_000_000)
    assert line(feed_that(site, claims(len(bomb), bomb))) == f"{site.url('/feed')} unpacks to more than 20 MB."


def test_a_bomb_of_entities_is_refused(site: Site) -> None:
    entities = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f"<!DOCTYPE rss [{entities}]><rss version='2.0'><channel><title>&a11;</title></channel></rss>"
    for kind in ("feed", "sitemap"):
        desk = Desk(Source("A", site.page("/feed", bomb, RSS_TYPE), kind))
        began = time.monotonic()
        desk.collect()
        assert desk.health().state == "failing"
        assert time.monotonic() - began < 2


def test_files_named_as_entities_are_not_read(site: Site) -> None:
    body = (
        '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel>'
        "<title>A</title><item><title>&x;</title><link>http://a.example/</link></item></channel></rss>"
    )
    desk = Desk(Source("A", site.page("/feed", body, RSS_TYPE)))
    assert not any("root:" in (each.item.title or "") for each in desk.items())


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "http://169.254.169.254/latest/", "http://[::1]:1/"])
def test_a_redirect_to_this_machine_or_a_private_network_is_refused(site: Site, target: str) -> None:
    site.redirect("/feed", target)
    source = Source("A", site.url("/feed", host="courier.test"))
    settings = replace(QUICK, allow_hosts=("courier.test",))
    desk = Desk(source, settings=settings, allow=is_public, find=lambda host, _: ["127.0.0.1" if "t" in host else host])
    desk.collect()
    assert desk.health().state == "failing"
    host = target.split("/")[2].removesuffix(":1").strip("[]")
    assert f"{host} is an address of this machine or a private network" in desk.health().line
    assert desk.ledger.checks[source.url][0].reason == "address"


def test_a_host_that_resolves_otherwise_the_second_time_is_refused(site: Site) -> None:
    """The name leads to the test's server, which stands for a public one, and then to another address of the machine."""
    answers = iter([["127.0.0.1"], ["127.0.0.1"], ["127.0.0.2"]])
    site.redirect("/feed", "/next")
    source = Source("A", site.url("/feed", host="courier.test"))
    desk = Desk(source, allow=lambda address: str(address) == "127.0.0.1", find=lambda *_: next(answers, ["127.0.0.2"]))
    site.server.protocol_version = "HTTP/1.0"  # type: ignore[attr-defined]
    desk.collect()
    assert desk.ledger.checks[source.url][0].reason == "address"
    assert "courier.test is an address of this machine or a private network" in desk.health().line
    assert site.asked("/next") == 0


def test_an_item_that_leads_to_a_private_address_is_rejected(site: Site) -> None:
    source = Source("A", site.url("/feed", host="courier.test"))
    site.page("/feed", rss(entry("http://169.254.169.254/latest/meta-data/", "Secrets")), RSS_TYPE)
    settings = replace(QUICK, allow_hosts=("courier.test",))
    desk = Desk(
        source, settings=settings, allow=is_public, find=lambda host, _: ["127.0.0.1" if "test" in host else host]
    )
    [item] = desk.items()
    assert item.rejection is not None
    assert "is an address of this machine or a private network" in item.rejection.message


def test_a_login_page_is_no_feed(site: Site) -> None:
    desk = Desk(Source("A", site.page("/feed", LOGIN, HTML_TYPE)))
    assert line(desk) == f"{site.url('/feed')} answers with a web page where a feed is expected."


def test_a_page_that_names_its_feed_leads_there(site: Site) -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" href="/rss"><link rel="alternate" hreflang="fr" href="/fr">'
    )
    desk = Desk(Source("A", site.page("/feed", f"<!DOCTYPE html><html><head>{head}</head></html>", HTML_TYPE)))
    assert line(desk).endswith(f"where a feed is expected. It names {site.url('/rss')}: watch that.")


def test_broken_xml_without_items_is_no_feed(site: Site) -> None:
    desk = Desk(Source("A", site.page("/feed", "<rss version='2.0'><channel><title>A &nope; </channel>", RSS_TYPE)))
    assert "XML is broken" in line(desk)


def test_of_broken_xml_with_items_what_can_be_read_is_taken_and_it_is_told(site: Site) -> None:
    link = site.page("/a", story("Envoy"), HTML_TYPE)
    desk = Desk(Source("A", site.page("/feed", rss(entry(link, "Envoy"), "<item><title>A & B</title>"), RSS_TYPE)))
    assert desk.check().versions == 1
    assert desk.health().state == "good"
    assert "Its XML is broken (line 1" in desk.health().line


def test_items_without_a_link_are_left_out_and_it_is_told(site: Site) -> None:
    link = site.page("/a", story("Envoy"), HTML_TYPE)
    bare = (
        "<item><title>Bare</title><guid isPermaLink='false'>7</guid></item><item><link>ftp://a.example/</link></item>"
    )
    desk = Desk(Source("A", site.page("/feed", rss(entry(link, "Envoy"), bare), RSS_TYPE)))
    assert desk.check().versions == 1
    assert desk.health().line == "2 of its items have no link."


def test_a_page_that_breaks_our_own_code_costs_itself_alone(site: Site) -> None:
    links = [site.page(f"/{number}", story(str(number)), HTML_TYPE) for number in range(3)]
    desk = Desk(Source("A", site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE)))
    sound = desk.tools.extract

    def extract(content: Article | Text) -> Text:
        if content.url == links[1]:
            raise RuntimeError("a fault of ours")
        return sound(content)

    desk.tools = replace(desk.tools, extract=extract)
    found = {each.item.url: each for each in desk.items()}
    assert [found[link].status for link in links] == ["version", "failed", "version"]
    failure = found[links[1]].failure
    assert failure is not None
    assert "RuntimeError: a fault of ours" in failure.message


def test_what_is_no_feed_at_all_is_said_to_be_none(site: Site) -> None:
    desk = Desk(Source("A", site.page("/feed", b"\x00\x01\x02 nothing", RSS_TYPE)))
    assert line(desk).startswith(f"{site.url('/feed')} is not a feed")


def test_dates_that_lie_ahead_or_cannot_be_read_are_unknown_and_it_is_told(site: Site) -> None:
    one = site.page("/1", story("One", day="2099-01-01"), HTML_TYPE)
    two = site.page("/2", story("Two", day=""), HTML_TYPE)
    feed = rss(entry(one, "One", date="Thu, 01 Jan 2099 00:00:00 GMT"), entry(two, "Two", date="lately"))
    desk = Desk(Source("A", site.page("/feed", feed, RSS_TYPE)))
    items = desk.items()
    assert [each.text.published for each in items if each.text] == [None, None]
    assert all(each.item.published is None for each in items)
    health = desk.health()
    assert health.state == "good"
    assert {health.line, *health.notes} == {
        "Its date, 'Thu, 01 Jan 2099 00:00:00 GMT', lies in the future.",
        "Its date, 'lately', cannot be read.",
    }


def test_the_same_item_with_new_guids_each_time_is_one(site: Site) -> None:
    link = site.page("/a", story("Envoy"), HTML_TYPE)
    desk = Desk(Source("A", site.url("/feed")))
    for number in range(5):
        site.page("/feed", rss(entry(link, "Envoy", guid=f"guid-{number}")), RSS_TYPE)
        desk.later(minutes=30).collect()
    assert (len(desk.ledger.items), site.asked("/a")) == (1, 1)
    assert desk.health().state == "good"


def test_an_unchanged_answer_never_makes_a_failed_feed_good(site: Site) -> None:
    link = site.page("/a", story("Envoy"), HTML_TYPE)
    desk = Desk(Source("A", site.page("/feed", rss(entry(link, "Envoy")), RSS_TYPE, ("ETag", '"1"'))))
    desk.collect()
    site.page("/feed", LOGIN, HTML_TYPE, ("ETag", '"2"'))
    desk.later(minutes=30).collect()
    assert desk.health().state == "failing"
    for _ in range(3):
        desk.later(days=1).collect()
        assert site.requests[-1][1].get("If-None-Match") is None
        assert desk.health().state == "failing"
    assert desk.health().failures == 4
    assert desk.health().line.endswith("It has failed 4 times in a row, since 2031-03-05 12:30 UTC.")
    site.page("/feed", rss(entry(link, "Envoy")), RSS_TYPE, ("ETag", '"3"'))
    desk.later(days=2).collect()
    assert desk.health().state == "good"


def test_a_failed_feed_is_asked_again_ever_later_but_never_given_up(site: Site) -> None:
    desk = Desk(Source("A", site.page("/feed", b"", status=500)))
    pauses = []
    for _ in range(10):
        desk.collect()
        check = desk.ledger.checks[site.url("/feed")][-1]
        assert check.not_before is not None
        pauses.append((check.not_before - desk.now).total_seconds() / 60)
        desk.now = check.not_before - timedelta(seconds=1)
        assert desk.collect() == []
        desk.now = check.not_before
    assert pauses == [15, 30, 60, 120, 240, 480, 960, 1440, 1440, 1440]


@pytest.mark.parametrize("status", [429, 503])
def test_a_host_that_asks_to_wait_is_left_alone_as_long_as_it_asks(site: Site, status: int) -> None:
    desk = Desk(Source("A", site.page("/feed", b"", ("Retry-After", "7200"), status=status)))
    assert f"answered {status}" in line(desk)
    assert desk.later(hours=1.9).collect() == []
    assert len(desk.later(hours=0.2).collect()) == 1


def test_items_of_a_host_that_asks_to_wait_are_put_off_without_blame(site: Site) -> None:
    links = [site.page(f"/{number}", b"", ("Retry-After", "7200"), status=429) for number in range(10)]
    feed = site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE)
    desk = Desk(Source("A", feed), settings=replace(QUICK, at_once=1))
    items = desk.items()
    assert [each.status for each in items] == ["failed"] * 10
    assert sum(site.asked(f"/{number}") for number in range(10)) == 1
    assert sorted(each.known.attempts for each in items) == [0] * 9 + [1]
    assert all(each.known.next_try and each.known.next_try >= NOW + timedelta(hours=2) for each in items)
    for number in range(10):
        site.page(f"/{number}", story(f"Story {number}"), HTML_TYPE)
    assert len([each for each in desk.later(hours=3).items() if each.status == "version"]) == 10


def test_a_host_that_is_down_is_not_asked_for_each_of_its_items(site: Site) -> None:
    with serving("127.0.0.2") as other:
        links = [other.url(f"/{number}") for number in range(20)]
    feed = site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE)
    items = Desk(Source("A", feed), settings=replace(QUICK, at_once=1)).items()
    assert [each.status for each in items] == ["failed"] * 20
    assert sum(each.known.attempts for each in items) == 3


def test_a_clock_that_is_set_back_stops_nothing_and_is_told(site: Site) -> None:
    link = site.page("/a", story("Envoy"), HTML_TYPE)
    desk = Desk(Source("A", site.page("/feed", rss(entry(link, "Envoy")), RSS_TYPE)))
    desk.collect()
    site.page("/feed", b"", status=500)
    desk.later(minutes=30).collect()
    site.page("/feed", rss(entry(link, "Envoy"), entry(site.page("/b", story("B"), HTML_TYPE), "B")), RSS_TYPE)
    desk.later(days=-400).collect()
    assert len(desk.ledger.versions) == 2
    assert desk.health().line == (
        "The clock was set back: a check is dated 2031-03-05 12:30 UTC, and now it is 2030-01-29 12:30 UTC."
    )


def test_what_robots_may_not_fetch_is_left_alone(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /members/\n\nUser-agent: Legation\nDisallow: /private/")
    links = [site.page(path, story(path), HTML_TYPE) for path in ("/private/a", "/members/b")]
    desk = Desk(Source("A", site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE)))
    found = {each.item.title: each for each in desk.items()}
    assert found[links[1]].status == "version"
    refused = found[links[0]].rejection
    assert refused is not None
    assert refused.reason == "robots"
    assert refused.message == f"{links[0]} is not fetched: {site.url('/robots.txt')} asks robots not to."
    assert (site.asked("/private/a"), site.asked("/robots.txt")) == (0, 1)


def test_a_feed_that_is_closed_to_robots_is_not_fetched_unless_the_user_says_so(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nDisallow: /")
    feed = site.page("/feed", rss(), RSS_TYPE)
    assert "asks robots not to" in line(Desk(Source("A", feed)))
    assert Desk(Source("A", feed), settings=replace(QUICK, robots=False)).check().status == "good"


def test_where_robots_txt_fails_nothing_is_fetched(site: Site) -> None:
    site.page("/robots.txt", b"", status=500)
    said = line(Desk(Source("A", site.page("/feed", rss(), RSS_TYPE))))
    assert said == (
        f"{site.url('/feed')} is not fetched, as the robots.txt of its site cannot be had: {site.url('/robots.txt')} "
        "answered 500 (Internal Server Error)."
    )
    assert site.asked("/feed") == 0


def test_the_delay_that_robots_txt_asks_for_is_kept(site: Site) -> None:
    site.page("/robots.txt", "User-agent: *\nCrawl-delay: 0.2")
    links = [site.page(f"/{number}", story(str(number)), HTML_TYPE) for number in range(3)]
    desk = Desk(Source("A", site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE)))
    began = time.monotonic()
    assert desk.check().versions == 3
    assert time.monotonic() - began > 0.5


def test_an_odd_answer_to_robots_txt_forbids_nothing(site: Site) -> None:
    site.pages["/robots.txt"] = lambda request: answer(request, 200, b"\xff\xfe<html>\0" * 100, HTML_TYPE)
    assert Desk(Source("A", site.page("/feed", rss(), RSS_TYPE))).check().status == "good"


def test_a_feed_that_has_moved_for_good_says_where(site: Site) -> None:
    site.page("/new", rss(), RSS_TYPE)
    site.page("/feed", b"", ("Location", "/new"), status=301)
    desk = Desk(Source("A", site.url("/feed")))
    assert desk.check().moved == site.url("/new")
    assert desk.health().line == f"It has moved for good to {site.url('/new')}: change its address."
