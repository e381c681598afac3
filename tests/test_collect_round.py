"""Rounds of collection against real servers on the loopback address. All papers, places and events are invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from news_site import HTML_TYPE, RSS_TYPE, Site, entry, rss, serving, story

from legation.collect.address import is_anywhere
from legation.collect.ledger import MemoryLedger
from legation.collect.polite import PoliteFetch
from legation.collect.round import Tools, collect_round
from legation.collect.settings import CollectSettings
from legation.pipeline import Reader
from legation.sources import ItemOutcome, Outcome, Source, SourceCheck

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
QUICK = CollectSettings(spacing=0, seconds=2)


class Desk:
    """Sources, a ledger in memory, and a clock that the test sets."""

    def __init__(self, *sources: Source, settings: CollectSettings = QUICK) -> None:
        self.sources = list(sources)
        self.ledger = MemoryLedger()
        self.now = NOW
        fetch = PoliteFetch(settings, allow=is_anywhere, clock=lambda: self.now)
        self.tools = Tools(fetch, Reader().text_of, settings, clock=lambda: self.now, chance=lambda: 0.5)

    def collect(self, *, force: bool = False) -> list[Outcome]:
        return self.ledger.record(collect_round(self.sources, self.ledger, self.tools, force=force))

    def check(self, *, force: bool = False) -> SourceCheck:
        """Collects from the one source there is; its check."""
        [check] = [each for each in self.collect(force=force) if isinstance(each, SourceCheck)]
        return check


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


def versions(outcomes: list[Outcome]) -> list[ItemOutcome]:
    return [each for each in outcomes if isinstance(each, ItemOutcome) and each.status == "version"]


def test_what_a_feed_lists_is_got_and_read(site: Site) -> None:
    link = site.page("/a", story("Orvania recalls its envoy"), HTML_TYPE)
    feed = site.page("/feed", rss(entry(link, "Envoy recalled", guid="7")), RSS_TYPE)
    desk = Desk(Source("The Harbour Courier", feed))
    item, check = desk.collect()
    assert isinstance(item, ItemOutcome)
    assert isinstance(check, SourceCheck)
    assert item.text is not None
    assert item.text.title == "Orvania recalls its envoy"
    assert item.text.body.startswith("Orvania recall")
    assert item.text.published is not None
    assert item.text.published.isoformat() == "2031-03-04"
    assert (item.text.source, item.text.url) == ("The Harbour Courier", link)
    assert (item.item.guid, item.item.title) == ("7", "Envoy recalled")
    assert (check.status, check.listed, check.versions, check.message) == ("good", 1, 1, "")


def test_the_second_round_fetches_no_article_anew(site: Site) -> None:
    link = site.page("/a", story("Orvania recalls its envoy"), HTML_TYPE)
    feed = site.page("/feed", rss(entry(link, "Envoy recalled")), RSS_TYPE)
    desk = Desk(Source("The Harbour Courier", feed))
    desk.collect()
    desk.now += timedelta(minutes=30)
    check = desk.check()
    assert (check.versions, check.listed) == (0, 1)
    assert site.asked("/a") == 1
