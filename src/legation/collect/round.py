"""One round over all sources: who is due is asked, what is new is got and read, and each outcome is given out.

    source -> listing -> items wanted -> pages got, words extracted -> outcomes -> check of the source

The check of a source, with the validators for its next visit, comes after all its items: a round that ends before, on
request or killed, loses nothing, for the source is asked for everything again. One thread decides and gives out; the
others fetch and extract.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from legation.collect import decide
from legation.collect.decide import Errand
from legation.collect.identity import key_of_url
from legation.collect.ledger import Ledger
from legation.collect.listing import list_items
from legation.collect.local import LOCAL_KINDS, Batch, batches, read_file
from legation.collect.pace import Queue
from legation.collect.polite import Fetch, Wish, host_of
from legation.collect.settings import CollectSettings
from legation.collect.tally import Tally
from legation.collect.workers import Workers
from legation.records import Article, Rejection, Text
from legation.sources import Answer, Failure, Item, ItemOutcome, KnownItem, Listing, Outcome, Source
from legation.telling import counted

Extract = Callable[[Article | Text], Text]

_MOST_FOLLOWED = 10
_DEEPEST = 2
# What a host asks for beyond this many seconds is not waited for within a round.
_PATIENCE = 60.0
_DOWN = ("timeout", "unreachable", "unknown_host", "untrusted")
_FAULTS_OF_A_DOWN_HOST = 3
_GRACE = 10.0
_POLL = 0.2


@dataclass(frozen=True, slots=True)
class Tools:
    """What a round works with: how it fetches and extracts, the clock, and when it is asked to stop.

    `fetch` and `extract` are called by many threads at once. `chance` gives numbers from 0 to 1.
    """

    fetch: Fetch
    extract: Extract
    settings: CollectSettings = field(default_factory=CollectSettings)
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    stop: Callable[[], bool] = lambda: False
    chance: Callable[[], float] = random.random


def collect_round(sources: Sequence[Source], ledger: Ledger, tools: Tools, *, force: bool = False) -> Iterator[Outcome]:
    """Visits the sources that are due, all of them with `force`, and gives out what becomes of each item and source.

    Record each outcome in the ledger before asking for the next. Whoever stops asking ends the round; `tools.stop` and
    the time limit of the settings end it once what is under way is done, or ten seconds later.
    """
    return _Round(ledger, tools).run(sources, force)


class _List(NamedTuple):
    """To ask for a listing."""

    tally: Tally
    url: str
    depth: int = 0


class _Get(NamedTuple):
    """To get the page of an item, or to read the content it came with."""

    tally: Tally
    errand: Errand


class _Walk(NamedTuple):
    """To take the next batch of items out of files."""

    tally: Tally
    walk: Iterator[Batch]


_Job = _List | _Get | _Walk


class _Done(NamedTuple):
    """A job with what came of it: what was got, and what was made of that."""

    host: str
    job: _Job
    got: Answer | Failure | None = None
    made: Listing | Text | Batch | None = None


class _Round:
    def __init__(self, ledger: Ledger, tools: Tools) -> None:
        self._ledger = ledger
        self._tools = tools
        self._settings = tools.settings
        self._queue: Queue[_Job] = Queue(self._settings.at_once, self._settings.spacing)
        self._workers: Workers[tuple[str, _Job], _Done] = Workers(self._settings.workers, self._work)
        self._claimed: set[str] = set()
        self._faults: Counter[str] = Counter()
        self._end = time.monotonic() + self._settings.round_minutes * 60

    def run(self, sources: Sequence[Source], force: bool) -> Iterator[Outcome]:
        try:
            for source in sources:
                state = self._ledger.state(source.url)
                if force or decide.is_due(state, self._tools.clock()):
                    self._begin(Tally(source, state))
            yield from self._loop()
        finally:
            self._workers.close()

    def _loop(self) -> Iterator[Outcome]:
        ended = None
        while self._workers.busy or len(self._queue):
            now = time.monotonic()
            if self._tools.stop() or now >= self._end:
                ended = ended or now
                for job in list(self._queue.drop_all()):
                    yield from self._drop(job)
                if now - ended > _GRACE:
                    return
            while self._workers.has_room() and (taken := self._queue.take(time.monotonic())):
                self._workers.put(taken)
            done = self._workers.take(self._pause())
            if done is not None:
                self._queue.done(done.host)
                yield from self._handle(done)

    def _pause(self) -> float:
        wait = self._queue.wait(time.monotonic()) if self._workers.has_room() else None
        return _POLL if wait is None else min(_POLL, wait)

    # ------------------------------------------------------------ in the threads

    def _work(self, task: tuple[str, _Job]) -> _Done:
        try:
            return self._worked(task)
        except Exception as error:
            # No page, however strange, may end the round of all others.
            host, job = task
            where = job.url if isinstance(job, _List) else job.tally.source.url
            told = (
                f"{where} was met with an error of Legation's own ({type(error).__name__}: {error}). Please report it."
            )
            failure = Failure("damaged", told)
            return _Done(host, job, failure, Batch(problem=failure) if isinstance(job, _Walk) else None)

    def _worked(self, task: tuple[str, _Job]) -> _Done:
        host, job = task
        if isinstance(job, _Walk):
            return _Done(host, job, made=next(job.walk, None))
        if isinstance(job, _List):
            return self._list(host, job)
        item = job.errand.listed.item
        if item.content is not None:
            return _Done(host, job, made=self._tools.extract(_named(item.content, job.tally.source)))
        return self._get(host, job, item.url) if item.url else self._read(host, job, item)

    def _list(self, host: str, job: _List) -> _Done:
        got = self._tools.fetch(Wish(job.url, listing=True, marks=job.tally.marks_for(job.url)))
        if isinstance(got, Failure) or got.status == 304:
            return _Done(host, job, got)
        return _Done(host, job, got, list_items(replace(job.tally.source, url=job.url), got, self._tools.clock()))

    def _get(self, host: str, job: _Get, url: str) -> _Done:
        known = job.errand.known
        got = self._tools.fetch(Wish(url, marks=known.marks if known and known.digest else None))
        if isinstance(got, Failure) or got.status == 304:
            return _Done(host, job, got)
        article = Article(url, got.content, got.media_type, got.charset, got.url, job.tally.source.name)
        return _Done(host, job, got, self._tools.extract(article))

    def _read(self, host: str, job: _Get, item: Item) -> _Done:
        found = read_file(item)
        if isinstance(found, Rejection):
            return _Done(host, job, made=Text("", rejected=found))
        return _Done(host, job, made=self._tools.extract(_named(found, job.tally.source)))

    # ------------------------------------------------------------ in the thread that gives out

    def _begin(self, tally: Tally) -> None:
        source = tally.source
        if source.kind in LOCAL_KINDS:
            tally.marks = dict(tally.state.marks)
            tally.walk = batches(source, tally.state.marks, self._tools.clock)
            self._queue.free(_place_of(source))
            self._add(_place_of(source), _Walk(tally, tally.walk))
        else:
            self._add(host_of(source.url), _List(tally, source.url))

    def _add(self, host: str, job: _Job) -> None:
        job.tally.open += 1
        self._queue.add(host, job)

    def _handle(self, done: _Done) -> Iterator[Outcome]:
        job, got, made = done.job, done.got, done.made
        if isinstance(job, _List):
            assert got is not None
            self._listing(job, got, made if isinstance(made, Listing) else None)
        elif isinstance(job, _Walk):
            self._batch(job, made if isinstance(made, Batch) else None)
        else:
            yield job.tally.count(self._item(job, got, made if isinstance(made, Text) else None))
        if not isinstance(job, _Walk):
            yield from self._mind(done.host, got)
        yield from self._close(job.tally)

    def _mind(self, host: str, got: Answer | Failure | None) -> Iterator[Outcome]:
        """What a host asks for, or its being down, counts for all that waits for it."""
        if got is None:
            return
        self._queue.slow(host, self._tools.fetch.delay(host))
        if not isinstance(got, Failure):
            self._faults[host] = 0
            return
        self._faults[host] += got.reason in _DOWN
        if self._faults[host] >= _FAULTS_OF_A_DOWN_HOST or (got.retry_after or 0) > _PATIENCE:
            yield from self._leave_alone(host, got)
        elif got.retry_after:
            self._queue.hold(host, time.monotonic() + got.retry_after)

    def _leave_alone(self, host: str, failure: Failure) -> Iterator[Outcome]:
        """What waits for a host is put off, without blame."""
        put_off = replace(failure, reason="later")
        for job in list(self._queue.drop(host)):
            if isinstance(job, _Get):
                yield job.tally.count(self._failed(job, put_off))
            elif isinstance(job, _List) and job.depth == 0:
                job.tally.failure = put_off
            else:
                job.tally.left += 1
            yield from self._close(job.tally)

    def _drop(self, job: _Job) -> Iterator[Outcome]:
        """A job that will not be done in this round."""
        job.tally.left += 1
        yield from self._close(job.tally, goes_on=False)

    def _close(self, tally: Tally, *, goes_on: bool = True) -> Iterator[Outcome]:
        """A job of a source is over. After the last, files go on with their next batch, and else the source is checked.

        A source that was not reached before the round ended has no check.
        """
        tally.open -= 1
        if tally.open:
            return
        goes_on = goes_on and tally.pending is not None
        if tally.pending is not None and not tally.left:
            tally.marks.update(tally.pending)
        tally.pending = None
        if tally.walk is not None and goes_on:
            self._add(_place_of(tally.source), _Walk(tally, tally.walk))
        elif tally.answered or tally.failure is not None:
            yield tally.check(self._tools.clock(), self._tools.chance())

    def _listing(self, job: _List, got: Answer | Failure, listing: Listing | None) -> None:
        tally = job.tally
        problem = listing.problem if listing is not None else None
        if isinstance(got, Failure) or problem:
            failure = got if isinstance(got, Failure) else Failure("content", problem or "")
            if job.depth == 0:
                tally.failure = failure
            else:
                tally.left += 1
                tally.note(failure.message)
            return
        tally.answered = True
        if listing is None or not listing.follow:
            # An index says that its sitemaps have changed only if its maker takes the trouble: it is always read.
            tally.keep_marks(job.url, got)
        if job.depth == 0:
            tally.moved = got.moved
            self._take_due(tally)
        if listing is not None:
            tally.changed = True
            tally.note(*listing.notes)
            self._take(tally, listing.items)
            for link in listing.follow[:_MOST_FOLLOWED] if job.depth < _DEEPEST else ():
                self._add(host_of(link), _List(tally, link, job.depth + 1))

    def _batch(self, job: _Walk, batch: Batch | None) -> None:
        tally = job.tally
        if batch is None:
            tally.answered = True
            return
        if batch.problem is not None and tally.answered:
            tally.note(batch.problem.message)
            tally.left += 1
            return
        if batch.problem is not None:
            tally.failure = batch.problem
            return
        tally.answered = True
        tally.changed = tally.changed or bool(batch.items)
        tally.pending = dict(batch.marks)
        tally.note(*batch.notes)
        self._take(tally, batch.items)

    def _take(self, tally: Tally, items: Sequence[Item]) -> None:
        """Of what is listed, queues what is wanted, as far as there is room in this round."""
        now, source = self._tools.clock(), tally.source
        tally.see(items)
        reachable = [
            item for item in items if item.url is not None or item.content is not None or item.place is not None
        ]
        if len(reachable) < len(items):
            told = counted(len(items) - len(reachable), "of its items has", "of its items have")
            tally.note(f"{told} no link.")
        listed = decide.identified(decide.recent(reachable, source, now, self._settings.days), source)
        tally.listed += len(listed)
        known = self._ledger.find(source.url, [(each.key, each.guid) for each in listed])
        for each, before in zip(listed, known, strict=True):
            if decide.is_wanted(each, before, now):
                if tally.taken < self._settings.items or tally.walk is not None:
                    self._queue_errand(tally, Errand(each, before))
                else:
                    tally.left += 1

    def _take_due(self, tally: Tally) -> None:
        for known in self._ledger.due(tally.source.url, self._tools.clock(), self._settings.items):
            if known.url is not None:
                self._queue_errand(tally, decide.again(known))

    def _queue_errand(self, tally: Tally, errand: Errand) -> None:
        item = errand.listed.item
        on_web = item.url is not None and item.content is None
        # An archive may have a page twice, and both count; of the web there is only what is there now.
        if on_web and errand.key in self._claimed:
            return
        self._claimed.add(errand.key)
        tally.taken += 1
        self._add(host_of(item.url) if on_web and item.url else _place_of(tally.source), _Get(tally, errand))

    def _item(self, job: _Get, got: Answer | Failure | None, text: Text | None) -> ItemOutcome:
        now, source = self._tools.clock(), job.tally.source
        if isinstance(got, Failure):
            return self._failed(job, got)
        if text is None:
            assert got is not None
            return decide.after_unchanged(job.errand, got.marks, source, now, self._settings)
        if got is not None and not text.rejected and (other := self._other(job, got)):
            return decide.after_same_page(job.errand, other, source, now)
        return decide.after_reading(job.errand, got, text, source, now, self._settings)

    def _other(self, job: _Get, got: Answer) -> KnownItem | None:
        """The item that has the page which answered already, where it is another than this.

        That is asked of an item's own address too: in this round another address may have led to it first.
        """
        page = key_of_url(got.url)
        found = self._known(job, page)
        if found is not None and found.same_as:
            found = self._known(job, found.same_as)
        if found is None or not found.digest or found.same_as or found.key == job.errand.key:
            return None
        return found if page in (found.key, found.page) else None

    def _known(self, job: _Get, key: str) -> KnownItem | None:
        [found] = self._ledger.find(job.tally.source.url, [(key, None)])
        return found

    def _failed(self, job: _Get, failure: Failure) -> ItemOutcome:
        now, chance = self._tools.clock(), self._tools.chance()
        return decide.after_failure(job.errand, failure, job.tally.source, now, self._settings, chance)


def _place_of(source: Source) -> str:
    """What stands for a host where files are read."""
    return f"{source.kind}:{source.url}"


def _named(content: Article | Text, source: Source) -> Article | Text:
    return replace(content, source=content.source or source.name)
