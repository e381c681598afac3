"""What `make desk` shows: a desk collects invented news at several moments, and is asked what it knew when.

Each step tells in a few lines what it shows, and raises NotShown where it does not.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from examples.desk.pages import article_path
from examples.desk.server import NewsServer
from examples.desk.stories import Article, Feed, News
from legation.collect.declarations import toml_of
from legation.collecting.lock import locked
from legation.collecting.rounds import Round, Summary
from legation.collecting.watching import import_file, sources
from legation.desk.folder import SETTINGS, Desk, make_desk
from legation.errors import UsageError
from legation.pipeline import Reader, shipped_model
from legation.records import ModelInfo
from legation.sources import Source
from legation.store import Store
from legation.store.events import EventQuery
from legation.store.judging import NewJudgement
from legation.store.records import DeskEvent, DeskStatement, Page

MARK = "made-by-make-desk"
PAIR = ("USA", "PRK")
# Every third day at noon: so the desk meets nine articles both before and after they were edited.
MOMENTS = tuple(datetime(2031, 3, 3, 12, tzinfo=UTC) + timedelta(days=3 * number) for number in range(21))
MIDDLE = MOMENTS[9]
_SETTINGS = """# The settings of the demo desk; `legation init` writes a file that explains all there are.
analyst = "A. Analyst"

[collect]
# The papers are on this machine, and take no harm from being asked fast.
allow_hosts = ["127.0.0.1"]
spacing = 0
"""
_SHOWN = 8
_TOGETHER = 16


class NotShown(Exception):
    """A step did not show what it should; the sentence says what was seen instead."""


@dataclass
class Demo:
    """One run of the demo. `folder` is where the desk is left, `tell` takes the lines that are printed.

    The desk collects at each of `moments`; `middle` is the one of which the desk is asked later what it knew then.
    """

    news: News
    folder: Path
    tell: Callable[[str], None]
    moments: Sequence[datetime] = MOMENTS
    middle: datetime = MIDDLE
    now: datetime = field(init=False)
    known_then: list[DeskEvent] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    _steps: int = 0

    def run(self) -> dict[str, int]:
        """All steps, one after the other; what was counted. Raises NotShown, and LegationError where a part fails."""
        began = time.monotonic()
        self.now = self.moments[0]
        self._tell_news()
        with NewsServer(self.news, self.now) as server:
            self._make(server)
            with Desk(self.folder, clock=lambda: self.now) as desk:
                self._collect(desk, server)
                self._collect_again(desk, server)
                self._ask_pair(desk)
                self._ask_then(desk)
                judged = self._judge(desk)
                self._read_again(desk, judged)
                self._count(desk)
        self._tell_end(time.monotonic() - began)
        return self.counts

    # ---------------------------------------------------------------- the steps

    def _tell_news(self) -> None:
        self._step("The news")
        copies = sum(versions[0].copy_of is not None for versions in self.news.versions.values())
        later = len(self.news.articles) - len(self.news.versions)
        self.counts |= {"articles written": len(self.news.versions), "later versions written": later, "copies": copies}
        self.tell(
            f"{len(self.news.versions)} articles in {len(self.news.feeds)} feeds, all of them invented; {copies} are "
            f"copies of another's words, and {later} were edited later."
        )

    def _make(self, server: NewsServer) -> None:
        self._step("A desk that watches them")
        _empty(self.folder)
        make_desk(self.folder)
        (self.folder / SETTINGS).write_text(_SETTINGS, encoding="utf-8")
        listed = self.folder / "sources.toml"
        listed.write_text(toml_of([_source(feed, server) for feed in self.news.feeds]), encoding="utf-8")
        with Desk(self.folder, clock=lambda: self.now) as desk:
            declared, _ = import_file(desk.store, listed)
        _demand(len(declared) == len(self.news.feeds), f"{len(declared)} sources were taken in.")
        self.tell(f"legation init {self.folder}; legation watch import {listed}")
        self.tell(f"{len(declared)} sources: RSS, Atom and JSON Feed, served at {server.home}.")

    def _collect(self, desk: Desk, server: NewsServer) -> None:
        self._step("Collected and read, at the moments given (the demo sets the clock)")
        for moment in self.moments:
            summary = self._round(desk, server, moment)
            self.tell(f"{moment:%Y-%m-%d %H:%M}  {_told(summary)}")
            _demand(not summary.failed, f"Sources failed: {summary.failed}.")
            _demand(not summary.items["rejected"], f"{summary.items['rejected']} articles were rejected.")
            if moment == self.middle:
                self.known_then = _pair(desk.store)
        seen = sum(article.published <= self.now for article in self.news.articles)
        out = len(self.news.at(self.now))
        self.tell(f"The papers had published {out} articles, {seen} versions, by then.")
        _demand(self.counts["articles new"] == out, f"Of {out} articles the desk has {self.counts['articles new']}.")

    def _collect_again(self, desk: Desk, server: NewsServer) -> None:
        self._step("Collected a second time: nothing is fetched anew")
        before = len(server.asked)
        summary = self._round(desk, server, self.now)
        asked = server.asked[before:]
        self.tell(f"{self.now:%Y-%m-%d %H:%M}  {_told(summary)}")
        unchanged = sum(each.status == 304 for each in asked)
        self.tell(f"{len(asked)} requests; {unchanged} were answered 304, not modified.")
        feeds = {server.url(feed).removeprefix(server.home) for feed in self.news.feeds}
        _demand(len(asked) == len(feeds) and {each.path for each in asked} == feeds, f"It was asked for {asked}.")
        _demand(unchanged == len(asked) and not summary.arrivals and not summary.read, "Something was fetched anew.")

    def _ask_pair(self, desk: Desk) -> None:
        self._step(f"What passed between {' and '.join(PAIR)}")
        self._ask("events", "--between", *PAIR, "--limit", str(_SHOWN))
        found = _pair(desk.store)
        self.counts["events of the pair"] = len(found)
        _demand(bool(found), "There is none.")
        self.tell(f"{len(found)} events in all; --limit 1000 shows the rest.")

    def _ask_then(self, desk: Desk) -> None:
        day = f"{self.middle:%Y-%m-%d}"
        self._step(f"What the desk knew of them on {day}")
        self._ask("events", "--between", *PAIR, "--as-of", day, "--limit", "2")
        then, now = _pair(desk.store, self.middle), _pair(desk.store)
        self.counts["events of the pair then"] = len(then)
        self.tell(f"{len(then)} events were known then, {len(now)} now; they are what the desk answered on that day.")
        _demand(0 < len(then) < len(now), "That day was like today.")
        _demand(then == self.known_then, "It answers otherwise now than it did on that day.")
        self._tell_edit(desk.store)

    def _tell_edit(self, store: Store) -> None:
        """An article that was edited after it had been read: each day has its own version."""
        edited = {event.article.item: event.article for event in _events(store) if event.article.number > 1}
        self.counts["articles of which two versions were read"] = len(edited)
        _demand(bool(edited), "No article was edited after it had been read.")
        of_pair = {event.article.item for event in _pair(store)} & set(edited)
        for moment in self.moments:
            for event in _events(store, as_of=moment):
                later = edited.get(event.article.item) if event.article.item in (of_pair or edited) else None
                if later is not None and event.article.number < later.number:
                    self.tell(f"{event.article.source} edited an article. As of {moment:%Y-%m-%d} the desk goes by")
                    self.tell(f"  version {event.article.number}, {event.article.title!r}, and now by")
                    self.tell(f"  version {later.number}, {later.title!r}.")
                    return
        raise NotShown("No day has the version before the edit.")

    def _judge(self, desk: Desk) -> list[int]:
        self._step("An analyst judges: two events are one, and another is none")
        self.now += timedelta(hours=12)
        store, before = desk.store, _pair(desk.store)
        copy, original = self._told_twice(before)
        doubtful = min((event for event in before if event not in (copy, original)), key=lambda each: each.confidence)
        kept = (
            NewJudgement("same-event", "A. Analyst", "A copy of the agency's report.", copy.id, original.id),
            NewJudgement("not-event", "A. Analyst", "Too doubtful to stand.", doubtful.id),
        )
        judged = [store.judge(each) for each in kept]
        self.tell("As these would note, but for the day, which the demo sets:")
        self.tell(f"  legation judge same-event e{copy.id} e{original.id} (a copy in {copy.article.source})")
        self.tell(
            f"  legation judge not-event e{doubtful.id} ({doubtful.type}, of confidence {doubtful.confidence:.2f} only)"
        )
        after = _pair(store)
        self.tell(f"{len(before)} events before, {len(after)} after; {len(_pair(store, raw=True))} with --raw.")
        _demand(len(after) == len(before) - 2, "The judgements do not show.")
        return judged

    def _told_twice(self, found: Sequence[DeskEvent]) -> tuple[DeskEvent, DeskEvent]:
        """An event in a copy, and the same one in what it copies."""
        firsts = {article_path(versions[0]): versions[0] for versions in self.news.versions.values()}

        def article(event: DeskEvent) -> Article | None:
            return firsts.get(urlsplit(event.article.url or "").path)

        told = [(each, event) for event in found if (each := article(event)) is not None]
        for mine, event in told:
            for other, original in told:
                if mine.copy_of == other.id and _what(event) == _what(original):
                    return event, original
        raise NotShown("No event is told in a copy as in its original.")

    def _read_again(self, desk: Desk, judged: Sequence[int]) -> None:
        self._step("Everything is read again by another model version, and the judgements stay")
        self.now += timedelta(hours=12)
        before, known = _pair(desk.store), self.now - timedelta(hours=6)
        other = _stand_in()
        count = _read_all(desk.store, other)
        self.tell(f"{count} articles read by {other.name} {other.version}: a stand-in, the same model with every")
        self.tell("sentence read to the end (--thorough), under a version name of its own.")
        after = _pair(desk.store)
        found = {each.id: each for each in desk.store.judgements()}
        self._ask("judge", "list")
        self.tell(f"{len(after)} events between {' and '.join(PAIR)}; {len(_pair(desk.store, raw=True))} with --raw.")
        _demand({event.model for event in _events(desk.store)} == {other.version}, "Old readings still count.")
        _demand(all(found[number].state == "applied" for number in judged), "A judgement was lost.")
        _demand(found[judged[1]].target not in {event.id for event in after}, "What is no event is shown again.")
        one = {found[judged[0]].target, found[judged[0]].other}
        _demand([one & {event.id, *event.also} for event in after if event.id in one] == [one], "One is shown as two.")
        _demand(_pair(desk.store, known) == before, "The readings before cannot be asked for any more.")
        self.counts["read again"] = count

    def _count(self, desk: Desk) -> None:
        self._step("What the desk has now")
        events, said = _events(desk.store), _all(lambda page: desk.store.said(most=1000, page=page))
        statements: list[DeskStatement] = said
        self.counts |= {"events": len(events), "statements": len(statements)}
        for name, count in self.counts.items():
            self.tell(f"{count:>6,} {name}")

    def _tell_end(self, seconds: float) -> None:
        self.tell("")
        self.tell(f"All shown, in {seconds:.0f} seconds. The desk is left in {self.folder}; ask it, for example:")
        for line in (
            "events --between IND PAK",
            "said --country VEN --as-of 2031-04-10",
            "search pipeline",
        ):
            self.tell(f"  legation {line} --desk {self.folder}")

    # ---------------------------------------------------------------- what the steps share

    def _step(self, title: str) -> None:
        self._steps += 1
        self.tell(f"\n{self._steps}. {title}")

    def _round(self, desk: Desk, server: NewsServer, moment: datetime) -> Summary:
        self.now = server.moment = moment
        with locked(desk.path):
            summary = Round(desk, force=True, clock=lambda: self.now).run(sources(desk.store))
        for name in ("new", "edited"):
            self.counts[f"articles {name}"] = self.counts.get(f"articles {name}", 0) + summary.arrivals[name]
        return summary

    def _ask(self, *words: str) -> None:
        """Tells a command, and what it prints."""
        command = [*words, "--desk", str(self.folder)]
        self.tell(f"$ legation {' '.join(command)}")
        done = subprocess.run(
            [sys.executable, "-m", "legation", *command],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"},
            check=False,
        )
        self.tell(done.stdout.rstrip())
        _demand(done.returncode == 0, f"Exit code {done.returncode}: {done.stderr.strip()}")


# ---------------------------------------------------------------- questions


def _all(ask: Callable[[str | None], Page]) -> list[Any]:
    """The rows of all pages."""
    page = ask(None)
    rows = list(page.rows)
    while page.next:
        page = ask(page.next)
        rows += page.rows
    return rows


def _events(
    store: Store, query: EventQuery | None = None, as_of: datetime | None = None, *, raw: bool = False
) -> list[DeskEvent]:
    return _all(lambda page: store.events(query, most=1000, page=page, as_of=None if page else as_of, raw=raw))


def _pair(store: Store, as_of: datetime | None = None, *, raw: bool = False) -> list[DeskEvent]:
    return _events(store, EventQuery(between=PAIR), as_of, raw=raw)


def _what(event: DeskEvent) -> tuple[object, ...]:
    names = [tuple(party.name for party in side) for side in (event.actor, event.recipient)]
    return event.type, event.mode, event.day, *names, event.trigger[2], event.sentence


def _told(summary: Summary) -> str:
    return (
        f"{summary.visits.total()} feeds asked, {summary.arrivals['new']} new articles, "
        f"{summary.arrivals['edited']} edited, {summary.read} read"
    )


def _demand(shown: bool, otherwise: str) -> None:
    if not shown:
        raise NotShown(otherwise)


# ---------------------------------------------------------------- readings and sources


def _stand_in() -> ModelInfo:
    """The shipped model under another version name; its digest is that of the name, for there are no other weights."""
    shipped = shipped_model()
    version = f"{shipped.version}-thorough"
    return ModelInfo(shipped.name, version, hashlib.sha256(f"{shipped.sha256} {version}".encode()).hexdigest())


def _read_all(store: Store, model: ModelInfo) -> int:
    reader, after, count = Reader(thorough=True), 0, 0
    while pending := store.pending_texts(model.sha256, _TOGETHER, after):
        after = max(each.version for each in pending)
        readings = reader.readings_of([each.text for each in pending])
        reports = [reader.report_of(reading) for reading in readings]
        named = [(each.version, replace(report, model=model)) for each, report in zip(pending, reports, strict=True)]
        count += store.add_reports(named)
    return count


def _source(feed: Feed, server: NewsServer) -> Source:
    return Source(
        feed.name,
        server.url(feed),
        country=feed.country,
        language="en",
        type="agency" if feed.agency else "newspaper",
        owner=feed.owner,
        reliability="Invented.",
        tags=("demo",),
    )


def _empty(folder: Path) -> None:
    """Makes the folder, or empties the one of an earlier run. Raises UsageError for any other that is not empty."""
    if folder.exists() and any(folder.iterdir()):
        if not (folder / MARK).is_file():
            raise UsageError(f"{folder} is not empty, and no earlier demo made it. Name another folder.")
        shutil.rmtree(folder)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text("The demo makes this folder anew each time.\n", encoding="utf-8")
