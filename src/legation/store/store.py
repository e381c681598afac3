"""A store, opened: what is written goes through `writing`, what is asked through `reading`."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, select
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from legation.errors import StoreBusyError, StoreDamagedError, StoreError
from legation.records import Report
from legation.store.dialect import BUSY_SECONDS, health, lock_for_writing, make_database, open_engine, parsed_url
from legation.store.migrate import demand_newest, upgrade
from legation.store.paging import Place, skipped_of
from legation.store.records import (
    Added,
    Check,
    Commit,
    Declaration,
    DeskEvent,
    DeskStatement,
    ItemState,
    OpenRun,
    Page,
    PendingText,
    StoredSource,
    Version,
)
from legation.store.schema import positions
from legation.store.view import AsOf, View, commit_at
from legation.store.writing import KnownNames, Writing
from legation.system import own_version

if TYPE_CHECKING:
    from legation.store.entities import EntityQuery
    from legation.store.events import EventQuery
    from legation.store.judged import Judgement
    from legation.store.judging import NewJudgement
    from legation.store.search import SearchQuery
    from legation.store.statements import StatementQuery


class Store:
    """The store of a desk.

    A store is used from one thread; several processes may use one desk, of which one writes at a time and the others
    wait up to 30 seconds. Everything raises StoreError, or one of its kinds, with a sentence that says what to do.
    """

    def __init__(self, url: str | URL, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Opens nothing yet: `open` and `create` do. `clock` tells what time it is. Raises StoreError for no URL."""
        self.url = parsed_url(url)
        self._clock = clock
        self._names = KnownNames()

    @classmethod
    def create(
        cls, url: str | URL, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> tuple[Store, str | None]:
        """Makes a store, or brings an older one up to date; also the revision it had, None for a new one."""
        store = cls(url, clock=clock)
        with store._closed_on_failure(), store._explained():
            make_database(store.url)
            before, _ = upgrade(store._engine)
        return store, before

    @classmethod
    def open(cls, url: str | URL, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Store:
        """Opens a store that is there. Raises StoreRevisionError where it is of another version of Legation."""
        store = cls(url, clock=clock)
        with store._closed_on_failure(), store._explained(), store._engine.connect() as connection:
            demand_newest(connection)
        return store

    def close(self) -> None:
        """Lets go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ---------------------------------------------------------------- transactions

    @contextmanager
    def writing(self, what: str, run: int | None = None, *, wait: int = BUSY_SECONDS) -> Iterator[Writing]:
        """One transaction: all that is written in it is one commit, and known from then on; an error undoes it whole.

        A transaction that writes nothing leaves no commit. `what` says in a word or two who writes ("collect"). Raises
        StoreBusyError where another process does not let go for `wait` seconds.
        """
        with self._explained():
            with self._engine.connect().execution_options(writing=wait) as connection, connection.begin():
                lock_for_writing(connection, wait)
                writing = Writing(connection, self._clock(), what, run, self._names)
                yield writing
                writing.finished()
            writing.kept()

    @contextmanager
    def reading(self, as_of: AsOf = None) -> Iterator[View]:
        """One state of the store, as it was known at `as_of`; what others write meanwhile is not seen."""
        with self._explained(), self._engine.connect() as connection, connection.begin():
            yield View(connection, commit_at(connection, as_of))

    @cached_property
    def _engine(self) -> Engine:
        return open_engine(self.url)

    @contextmanager
    def _closed_on_failure(self) -> Iterator[None]:
        try:
            yield
        except BaseException:
            self.close()
            raise

    @contextmanager
    def _explained(self) -> Iterator[None]:
        """Turns what a database says into a sentence for the user."""
        try:
            yield
        except DBAPIError as error:
            raise explained(self.url, error.orig or error) from error
        except sqlite3.Error as error:
            raise explained(self.url, error) from error

    # ---------------------------------------------------------------- what goes in, one transaction each

    def declare(self, declarations: Sequence[Declaration]) -> None:
        """Declares sources; one of a key that is there, and says otherwise, is its new declaration."""
        from legation.store.sources import declare

        with self.writing("sources") as writing:
            declare(writing, declarations)

    def withdraw(self, keys: Sequence[str]) -> None:
        """Takes sources away; what they gave stays."""
        from legation.store.sources import withdraw

        with self.writing("sources") as writing:
            withdraw(writing, keys)

    def add_versions(
        self,
        found: Sequence[Version],
        *,
        states: Sequence[ItemState] = (),
        checks: Sequence[Check] = (),
        what: str = "collect",
        run: int | None = None,
    ) -> list[Added]:
        """Keeps articles, and with them what came of visits to items and sources.

        Tells of each article whether it is a new item, a new version of one, or known, in the same order. A version is
        new where its title or its words are not those of the item's newest one. A source without a declaration gets an
        empty one.
        """
        from legation.store.articles import add_versions
        from legation.store.sources import record

        with self.writing(what, run) as writing:
            added = add_versions(writing, found)
            record(writing, states, checks)
            return added

    def add_reports(
        self, reports: Sequence[tuple[int, Report]], *, run: int | None = None, legation: str | None = None
    ) -> int:
        """Keeps the reports of versions, by their number, made by this version of Legation or by the one that
        `legation` names; how many were new.

        The newest reading of an item counts from now on, those before it until now. A report that says the same as the
        one that counts is not kept; it is noted that the version made it too. Raises StoreError for one of other words
        than the version's.
        """
        from legation.store.readings import add_reports

        with self.writing("read", run) as writing:
            return add_reports(writing, reports, legation or own_version())

    def add_articles(
        self, articles: Sequence[tuple[Version, Report]], *, what: str = "import", run: int | None = None
    ) -> list[Added]:
        """Keeps articles with their reports, in one transaction: as `add_versions` and `add_reports` do.

        Which version of Legation made the reports nobody knows: those that are new count as this one's.
        """
        from legation.store.articles import add_versions
        from legation.store.readings import add_reports

        with self.writing(what, run) as writing:
            added = add_versions(writing, [version for version, _ in articles])
            add_reports(writing, [(one.version, report) for one, (_, report) in zip(added, articles, strict=True)])
            return added

    def judge(self, judgement: NewJudgement) -> int:
        """Notes what an analyst judges, and applies it; its number. Raises UsageError for what is not there."""
        from legation.store.judging import judge

        with self.writing("judge") as writing:
            return judge(writing, judgement)

    def undo(self, judgement: int, who: str, why: str) -> int:
        """Notes that a judgement no longer counts; the number of the undoing. Raises UsageError where it cannot be."""
        from legation.store.judging import undo

        with self.writing("judge") as writing:
            return undo(writing, judgement, who, why)

    def begin_run(self, what: str) -> int:
        """Notes that a process begins some work, under a number that its commits bear."""
        from legation.store.runs import begin_run

        with self.writing(what) as writing:
            return begin_run(writing, what)

    def end_run(self, run: int, outcome: str, counts: Mapping[str, int]) -> None:
        """Notes how that work ended."""
        from legation.store.runs import end_run

        with self.writing("end of run", run) as writing:
            end_run(writing, run, outcome, counts)

    # ---------------------------------------------------------------- what comes out

    def sources(self, *, withdrawn: bool = False, as_of: AsOf = None) -> list[StoredSource]:
        """The sources by name; with `withdrawn` also those that were taken away."""
        from legation.store.sources import sources

        with self.reading(as_of) as view:
            return [found for found in sources(view) if withdrawn or not found.withdrawn]

    def checks(self, source: str, most: int = 500, *, with_new: bool = False) -> list[Check]:
        """The newest visits to a source, the oldest of them first; only those that gave something new `with_new`."""
        from legation.store.sources import checks

        with self.reading() as view:
            return checks(view, source, most, with_new=with_new)

    def find_states(self, source: str, wanted: Sequence[tuple[str, str | None]]) -> list[ItemState | None]:
        """For each key and GUID what is known of the item of that key, or that has this key as its page, or else that
        has the GUID at this source."""
        from legation.store.sources import find_states

        with self.reading() as view:
            return find_states(view, source, wanted)

    def due_states(self, source: str, now: datetime, most: int) -> list[ItemState]:
        """The items of a source that are to be asked for again by `now`, at most so many, the longest due first."""
        from legation.store.sources import due_states

        with self.reading() as view:
            return due_states(view, source, now, most)

    def pending_texts(
        self, model_sha256: str, most: int = 64, after: int = 0, *, legation: str | None = None
    ) -> list[PendingText]:
        """The newest versions that are still to be read by a model and this version of Legation, or the one that
        `legation` names: at most so many, by number, from behind the version `after`.

        Of an item that was edited before it was read only the newest version is asked for.
        """
        from legation.store.articles import pending_texts

        with self.reading() as view:
            return pending_texts(view, model_sha256, legation or own_version(), most, after)

    def events(
        self,
        query: EventQuery | None = None,
        *,
        most: int = 50,
        page: str | None = None,
        as_of: AsOf = None,
        raw: bool = False,
    ) -> Page:
        """Events, those of the newest day first, at most so many; `raw` as they were read, without judgements.

        `page` is the `next` of the page before: it holds what was known then, so that pages fit each other while the
        desk goes on.
        """
        from legation.store.events import EventQuery, events_page

        with self._page(as_of, page, raw) as (view, place):
            return events_page(view, query or EventQuery(), most, place)

    def said(
        self,
        query: StatementQuery | None = None,
        *,
        most: int = 50,
        page: str | None = None,
        as_of: AsOf = None,
        raw: bool = False,
    ) -> Page:
        """Statements, as `events` gives events."""
        from legation.store.statements import StatementQuery, statements_page

        with self._page(as_of, page, raw) as (view, place):
            return statements_page(view, query or StatementQuery(), most, place)

    def event(self, id: int) -> DeskEvent | None:
        """An event as it is now, by the number that is shown; None where it does not count any more."""
        from legation.store.events import event_of

        with self.reading() as view:
            return event_of(view, id)

    def statement(self, id: int) -> DeskStatement | None:
        """The same for a statement."""
        from legation.store.statements import statement_of

        with self.reading() as view:
            return statement_of(view, id)

    def count_pending(self, model_sha256: str) -> int:
        """How many articles are still to be read by a model and this version of Legation."""
        from legation.store.articles import count_pending

        with self.reading() as view:
            return count_pending(view, model_sha256, own_version())

    def open_runs(self) -> list[OpenRun]:
        """The runs that have not noted their end."""
        from legation.store.runs import open_runs

        with self.reading() as view:
            return open_runs(view)

    def last_commit(self) -> Commit | None:
        """The newest commit, None where nothing was ever written."""
        from legation.store.runs import last_commit

        with self.reading() as view:
            return last_commit(view)

    def health(self) -> Mapping[str, Any]:
        """What the database says of itself: `version`, `bytes`, and `faults`, empty where it is whole."""
        with self.reading() as view:
            return health(view.connection)

    def issues(self) -> frozenset[str]:
        """The issues on which anybody ever took a position."""
        with self.reading() as view:
            found = select(positions.c.issue).where(positions.c.issue.is_not(None)).distinct()
            return frozenset(view.connection.execute(found).scalars())

    def text(self, version: int) -> str:
        """The words of a version."""
        from legation.store.articles import text_of

        with self.reading() as view:
            return text_of(view, version)

    def counts(self, as_of: AsOf = None) -> dict[str, int]:
        """How many articles the desk has, and how many of them, with how many events and statements, are read."""
        from legation.store.articles import counts

        with self.reading(as_of) as view:
            return counts(view)

    def count_read(self, as_of: AsOf = None) -> int:
        """How many articles are read."""
        from legation.store.articles import count_read

        with self.reading(as_of) as view:
            return count_read(view)

    def judgements(self, as_of: AsOf = None) -> list[Judgement]:
        """All judgements, the newest first, with what became of them."""
        from legation.store.judged import judgements_of

        with self.reading(as_of) as view:
            return judgements_of(view)

    def entities(
        self, query: EntityQuery | None = None, *, most: int = 50, page: str | None = None, as_of: AsOf = None
    ) -> Page:
        """Those who are named in articles, those of most articles first."""
        from legation.store.entities import EntityQuery, entities_page

        with self._numbered_page(as_of, page) as (view, skipped):
            return entities_page(view, query or EntityQuery(), most, skipped)

    def search(
        self,
        query: SearchQuery,
        *,
        most: int = 20,
        page: str | None = None,
        as_of: AsOf = None,
        raw: bool = False,
    ) -> Page:
        """What is found in full text, the best first. Raises UsageError for a query without any word."""
        from legation.store.search import search_page

        with self._numbered_page(as_of, page) as (view, skipped):
            return search_page(replace(view, raw=raw), query, most, skipped)

    @contextmanager
    def _numbered_page(self, as_of: AsOf, page: str | None) -> Iterator[tuple[View, int]]:
        commit, skipped = skipped_of(page) if page else (None, 0)
        with self.reading(as_of if commit is None else commit) as view:
            yield view, skipped

    @contextmanager
    def _page(self, as_of: AsOf, page: str | None, raw: bool) -> Iterator[tuple[View, Place | None]]:
        place = Place.parsed(page) if page else None
        with self.reading(place.commit if place else as_of) as view:
            yield replace(view, raw=raw), place

    def report(self, version: int, as_of: AsOf = None) -> Report | None:
        """The report of a version that counts, else the newest one it had; None where it was not read."""
        from legation.store.articles import report_of

        with self.reading(as_of) as view:
            return report_of(view, version)


def explained(url: URL, error: BaseException) -> StoreError:
    """What a database says as a sentence with a remedy."""
    told = " ".join(str(error).split())
    place = url.database if url.get_backend_name() == "sqlite" else url.render_as_string()
    code = getattr(error, "sqlite_errorname", "") or getattr(error, "sqlstate", "") or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or code == "55P03":
        return StoreBusyError(
            f"{place} is busy: another process has been writing to it for too long. Wait for it to end, or stop it; "
            "`legation doctor` tells more.",
            subject=place,
        )
    if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return StoreDamagedError(
            f"{place} is damaged ({told}). Put a copy of it back that you kept, or save what is left with the "
            f"program sqlite3: sqlite3 {place} .recover",
            subject=place,
        )
    if code.startswith("SQLITE_FULL") or code == "53100":
        return StoreError(
            f"{place} cannot be written: the disk is full. Nothing was lost; make room and do the same again.",
            subject=place,
        )
    if code.startswith("SQLITE_READONLY") or code == "25006":
        return StoreError(f"{place} cannot be written: you may only read it.", subject=place)
    if code.startswith("SQLITE_CANTOPEN"):
        there = Path(place or "").exists()
        return StoreError(
            f"{place} cannot be opened: {'you may not read it' if there else 'there is no such file'}.", subject=place
        )
    if code.startswith("SQLITE_IOERR"):
        return StoreError(
            f"{place} cannot be read or written ({told}): is the disk full, or failing? Nothing was lost.",
            subject=place,
        )
    return StoreError(f"The store {place} failed: {told}.", subject=place)
