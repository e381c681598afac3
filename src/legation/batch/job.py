"""A whole run: an archive in, a data set in a folder out; gone on with where it was cut off, and proven whole."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, get_args

from legation import __version__
from legation.batch.manifest import (
    JOURNAL,
    MANIFEST,
    REJECTS,
    Done,
    Format,
    Journal,
    Manifest,
    Part,
    Settings,
    demand_same,
    part_of,
    read_journal,
    read_manifest,
    write_manifest,
    write_whole,
)
from legation.batch.pool import Pool
from legation.batch.shards import Shard, sharded, without_duplicates
from legation.collect.archive import Meter, read_archive
from legation.errors import IncompleteError, UsageError
from legation.formats.columns import descriptions_csv
from legation.formats.layouts import LAYOUTS
from legation.pipeline import shipped_model
from legation.positions.issues import digest_of_own as digest_of_issues
from legation.registry.store import digest_of_own as digest_of_entries
from legation.system import cores, drafts

LOCK, COLUMNS = ".lock", "columns.csv"
EVERY = 1.0
"""Seconds between two tellings of how far a run is."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: articles and sentences that are done, records rejected, records begun in shards that are not
    done, seconds since it began, the share of the input that was taken (None where its size is not known), and the
    sentences that an earlier run had done."""

    articles: int = 0
    rejected: int = 0
    begun: int = 0
    sentences: int = 0
    events: int = 0
    seconds: float = 0.0
    share: float | None = None
    before: int = 0

    @property
    def rate(self) -> float:
        """Sentences a second in this run."""
        return (self.sentences - self.before) / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds to the end if it goes on as it did; None where nobody can know."""
        if not self.share or self.sentences == self.before:
            return None
        whole = self.sentences / self.share
        return max(0.0, whole - self.sentences) / self.rate


def code_archive(
    inputs: Sequence[str],
    folder: Path,
    *,
    format: Format = "jsonl",
    layouts: Sequence[str] = (),
    workers: int | None = None,
    thorough: bool = False,
    stdin: BinaryIO | None = None,
    told: Callable[[Progress], None] = lambda _: None,
) -> Manifest:
    """Reads and codes an archive into a folder, or goes on with what an earlier run left there.

    `told` hears about once a second how far the run is. Raises UsageError for inputs, a format or a folder that cannot
    be meant, IncompleteError where the run cannot go on; what is written then stays.
    """
    _demand_known(format, get_args(Format), "format")
    for layout in layouts:
        _demand_known(layout, LAYOUTS, "layout")
    model = shipped_model()
    settings = Settings(
        __version__, f"{model.name} {model.version}", model.sha256, format, tuple(layouts), thorough,
        digest_of_entries(), digest_of_issues(),
    )  # fmt: skip
    _prepare(folder)
    with _alone(folder):
        meter = Meter()
        shards = sharded(without_duplicates(read_archive(inputs, stdin=stdin, meter=meter)))
        whole = read_manifest(folder)
        if whole is not None:
            demand_same(folder, settings, whole.settings)
            _demand_same_input(folder, whole, shards, _Tally(meter, told))
            _tidy(folder)
            return whole
        journal = read_journal(folder, settings)
        try:
            journal.begin()
            _drop_drafts(folder)
            _run(shards, journal, workers or cores(), meter, told)
            return _finish(journal)
        except OSError as error:
            raise IncompleteError(
                f"{folder} cannot be written: {error.strerror}. Mend that, and give the same command: it goes on from "
                "here.",
                subject=str(folder),
            ) from error


def _demand_known(name: str, known: Iterable[str], kind: str) -> None:
    if name not in known:
        raise UsageError(f"{name!r} is no {kind}: take {', '.join(known)}.", subject=name)


def _run(
    shards: Iterator[Shard], journal: Journal, workers: int, meter: Meter, told: Callable[[Progress], None]
) -> None:
    tally = _Tally(meter, told)
    with Pool(workers, journal.folder, journal.settings) as pool:
        for done in pool.read(_left(shards, journal, tally)):
            if done is not None:
                journal.add(done)
                tally.add(done)
            tally.tell(pool.begun)
    tally.tell(at_once=True)


def _left(shards: Iterator[Shard], journal: Journal, tally: _Tally) -> Iterator[Shard]:
    """The shards that an earlier run did not finish."""
    numbers = set()
    for shard in shards:
        numbers.add(shard.number)
        done = journal.done.get(shard.number)
        if done is None or not all(_is_there(journal.folder, part) for part in done.parts):
            yield shard
        elif done.digest != shard.digest:
            _refuse_other(journal.folder, shard.number)
        else:
            tally.add(done, before=True)
    if journal.done.keys() - numbers:
        _refuse_other(journal.folder, max(journal.done))


def _demand_same_input(folder: Path, whole: Manifest, shards: Iterator[Shard], tally: _Tally) -> None:
    """Raises UsageError where a finished data set is not of this input."""
    journal = Journal(folder, whole.settings, {done.shard: done for done in whole.shards})
    for shard in _left(shards, journal, tally):
        _refuse_other(folder, shard.number)
    tally.tell(at_once=True)


def _refuse_other(folder: Path, number: int) -> None:
    raise UsageError(
        f"{folder} holds the data set of another input: shard {number} had other articles. Give another folder, or the "
        "inputs as they were.",
        subject=str(folder),
    )


def _is_there(folder: Path, part: Part) -> bool:
    path = folder / part.path
    return path.exists() and path.stat().st_size == part.bytes


class _Tally:
    """Counts what is done, and tells it about once a second."""

    def __init__(self, meter: Meter, told: Callable[[Progress], None]) -> None:
        self._meter, self._told = meter, told
        self._begun = self._last = time.monotonic()
        self._progress = Progress()

    def add(self, done: Done, *, before: bool = False) -> None:
        sentences = done.counts.get("sentences", 0)
        was = self._progress
        self._progress = replace(
            was,
            articles=was.articles + done.counts.get("articles", 0),
            rejected=was.rejected + sum(done.rejected.values()),
            sentences=was.sentences + sentences,
            events=was.events + done.counts.get("events", 0),
            before=was.before + (sentences if before else 0),
        )

    def tell(self, begun: int = 0, *, at_once: bool = False) -> None:
        now = time.monotonic()
        if at_once or now - self._last >= EVERY:
            self._last = now
            share = self._meter.done / self._meter.total if self._meter.total else None
            self._told(replace(self._progress, begun=begun, seconds=now - self._begun, share=share))


def _finish(journal: Journal) -> Manifest:
    """Joins the rejections to one file, and writes the manifest in place of the journal."""
    folder, done = journal.folder, [journal.done[number] for number in sorted(journal.done)]
    rejected = [part for shard in done for part in shard.parts if _is_of_rejects(part)]
    joined = _join(folder, rejected) if rejected else None
    kept = [replace(d, parts=tuple(p for p in d.parts if not _is_of_rejects(p))) for d in done]
    if journal.settings.format != "jsonl" or journal.settings.layouts:
        write_whole(folder / COLUMNS, descriptions_csv())
    manifest = Manifest(journal.settings, tuple(kept), joined)
    write_manifest(folder, manifest)
    _tidy(folder)
    return manifest


def _is_of_rejects(part: Part) -> bool:
    return part.path.startswith("rejects/")


def _join(folder: Path, parts: Sequence[Part]) -> Part:
    path = folder / REJECTS
    with drafts() as kept, kept.beside(path).open("wb") as stream:
        for part in parts:
            stream.write((folder / part.path).read_bytes())
    return part_of(folder, path)


def _tidy(folder: Path) -> None:
    (folder / JOURNAL).unlink(missing_ok=True)
    for path in (folder / "rejects").glob("part-*.jsonl"):
        path.unlink()
    if (folder / "rejects").exists():
        (folder / "rejects").rmdir()


# ---------------------------------------------------------------- the folder


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        strange = [path.name for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise UsageError(f"{folder} cannot be written to: {error.strerror}.", subject=str(folder)) from error
    if strange and not (folder / JOURNAL).exists() and not (folder / MANIFEST).exists():
        raise UsageError(
            f"{folder} holds something else than a data set of Legation ({min(strange)}). Give an empty folder, or one "
            "that does not exist yet.",
            subject=str(folder),
        )


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Raises UsageError where another run writes to the folder."""
    try:
        import fcntl
    except ImportError:  # Windows has no such locks
        yield
        return
    with (folder / LOCK).open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise UsageError(f"Another run is writing to {folder}.", subject=str(folder)) from None
        try:
            yield
        finally:
            (folder / LOCK).unlink(missing_ok=True)


def _drop_drafts(folder: Path) -> None:
    for path in folder.rglob(".*.draft"):
        path.unlink(missing_ok=True)


# ---------------------------------------------------------------- proof


def faults_of(folder: Path) -> list[str]:
    """What is wrong with a data set, a sentence each; none where it is whole. Raises UsageError where there is none."""
    manifest = read_manifest(folder)
    if manifest is None:
        if (folder / JOURNAL).exists():
            return [f"{folder} is not finished: give the command that began it once more."]
        raise UsageError(f"{folder} holds no data set of Legation.", subject=str(folder))
    parts = [part for shard in manifest.shards for part in shard.parts] + [p for p in (manifest.rejects,) if p]
    faults = [fault for part in parts if (fault := _fault(folder, part))]
    known = {part.path for part in parts}
    strange = [p for p in sorted(folder.rglob("part-*")) if p.relative_to(folder).as_posix() not in known]
    return [*faults, *(f"{path} belongs to no shard of the data set." for path in strange)]


def _fault(folder: Path, part: Part) -> str | None:
    path = folder / part.path
    if not path.exists():
        return f"{path} is missing."
    found = part_of(folder, path)
    if found.bytes != part.bytes:
        return f"{path} has {found.bytes} bytes in place of {part.bytes}."
    return None if found.sha256 == part.sha256 else f"{path} was changed after it was written."
