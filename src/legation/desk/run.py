"""Work on a desk: articles are kept, and what this version of Legation has not read is read. Each batch is one
transaction, so that a run that is killed at any moment loses nothing, and the next one goes on where it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, TypeVar

from legation.batch.reading import Task, read_records
from legation.batch.shards import Shard
from legation.collect.archive import read_archive
from legation.errors import UsageError
from legation.formats.report_files import REPORTS, read_reports
from legation.formats.report_json import SCHEMA
from legation.pipeline import Reader, parse_day, shipped_model
from legation.records import Record, Report, Text
from legation.store import Store
from legation.store.records import PendingText, Version

TOGETHER, MOST_CHARACTERS = 64, 1_000_000
"""Articles of one transaction, and characters after which it ends sooner."""
Thing = TypeVar("Thing")


@dataclass(slots=True)
class Tally:
    """What a run did. `rejected` counts by reason; `faults` are sentences on the records that were not taken."""

    new: int = 0
    edited: int = 0
    known: int = 0
    read: int = 0
    events: int = 0
    statements: int = 0
    rejected: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        """As it is kept with the run."""
        names = ("new", "edited", "known", "read", "events", "statements")
        return {name: getattr(self, name) for name in names} | {"rejected": sum(self.rejected.values())}


Told = Callable[[Tally], None]


def add(
    store: Store,
    inputs: Sequence[str],
    *,
    source: str | None = None,
    stdin: BinaryIO | None = None,
    told: Told = lambda _: None,
) -> Tally:
    """Keeps the articles of archives, as `legation code` takes them, or reports that it wrote, with their articles.

    `source` names where they are from, for those that do not say. Raises what `read_archive` and `read_reports` raise.
    """
    of_reports = [name for name in inputs if _holds_reports(name)]
    of_articles = [name for name in inputs if name not in of_reports]
    tally = Tally()
    with _run(store, "add", tally) as run:
        for some in _batches((report, len(report.text)) for report in read_reports(of_reports)):
            added = store.add_articles([(_version_of(report, source), report) for report in some], what="add", run=run)
            _count(tally, (one.arrival for one in added))
            told(tally)
        if of_articles:
            reader = Reader()
            texts = _texts(read_archive(of_articles, stdin=stdin), reader, tally)
            for some_texts in _batches((text, len(text.body)) for text in texts):
                versions = [Version(text, source=source) for text in some_texts]
                _count(tally, (one.arrival for one in store.add_versions(versions, what="add", run=run)))
                told(tally)
    return tally


def catch_up(
    store: Store, reader: Reader | None = None, *, most: int | None = None, told: Told = lambda _: None
) -> Tally:
    """Reads the articles that this version has not read with its model, those that came first first, and keeps what
    they tell.

    `most` is how many are read at most. Raises ModelError where the model is missing.
    """
    model, tally = shipped_model(), Tally()
    reader = reader or Reader()
    after = 0
    if not store.pending_texts(model.sha256, 1):
        return tally
    with _run(store, "catch-up", tally) as run:
        while most is None or tally.read < most:
            left = TOGETHER if most is None else min(TOGETHER, most - tally.read)
            pending = store.pending_texts(model.sha256, left, after)
            if not pending:
                break
            for some in _batches((one, len(one.text.body)) for one in pending):
                reports = _reports(some, reader)
                store.add_reports(reports, run=run)
                for _, report in reports:
                    _count_report(tally, report)
                told(tally)
            after = pending[-1].version
    return tally


def _reports(pending: Sequence[PendingText], reader: Reader) -> list[tuple[int, Report]]:
    """The reports of texts; one that cannot be read has a report that says so."""
    records = tuple(Record(str(one.version), one.text) for one in pending)
    found = []
    for one, outcome in zip(pending, read_records(Task(Shard(0, records)), reader, lambda _: None), strict=True):
        report = outcome.report or reader.report_of(replace(one.text, rejected=outcome.rejection))
        found.append((one.version, report))
    return found


def _count_report(tally: Tally, report: Report) -> None:
    tally.read += 1
    tally.events += len(report.events)
    tally.statements += len(report.statements)
    if report.rejected is not None:
        tally.rejected[report.rejected.reason] += 1


def _texts(records: Iterable[Record], reader: Reader, tally: Tally) -> Iterator[Text]:
    """The words of records; those that have none are counted."""
    for record in records:
        text = reader.text_of(record.content) if record.content is not None else None
        rejected = text.rejected if text is not None else record.rejected
        if rejected is not None:
            tally.rejected[rejected.reason] += 1
            tally.faults.append(f"{record.place}: {rejected.message}")
        elif text is not None:
            yield text


def _version_of(report: Report, source: str | None) -> Version:
    article = report.article
    name = None if article.sha256.startswith(article.id) else article.id
    day = parse_day(article.published) if article.published and len(article.published) == 10 else None
    text = Text(
        report.text,
        article.title,
        article.url,
        article.source,
        day,
        "given" if day else None,
        article.language,
        id=name,
    )
    return Version(text, source=source)


def _holds_reports(name: str) -> bool:
    """Whether an input is a data set of reports, or a file of them."""
    path = Path(name)
    if path.is_dir():
        return (path / REPORTS).is_dir()
    if not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            head = stream.read(200)
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.", subject=name) from error
    return SCHEMA.encode() in head


def _count(tally: Tally, arrivals: Iterable[str]) -> None:
    for arrival in arrivals:
        setattr(tally, arrival, getattr(tally, arrival) + 1)


def _batches(sized: Iterable[tuple[Thing, int]]) -> Iterator[list[Thing]]:
    kept: list[Thing] = []
    size = 0
    for one, length in sized:
        kept.append(one)
        size += length
        if len(kept) >= TOGETHER or size >= MOST_CHARACTERS:
            yield kept
            kept, size = [], 0
    if kept:
        yield kept


@contextmanager
def _run(store: Store, what: str, tally: Tally) -> Iterator[int]:
    """Notes when a run begins and how it ends."""
    run = store.begin_run(what)
    outcome = "failed"
    try:
        yield run
        outcome = "done"
    except KeyboardInterrupt:
        outcome = "interrupted"
        raise
    finally:
        store.end_run(run, outcome, tally.counts)
