"""A worker: reads the records of a shard, and writes what they give.

It speaks with the run over a pipe: it is given a shard, tells the numbers of the records that it works on, so that the
run knows which ones it was at if it is killed, and answers with what it wrote. It ends when the run is gone.
"""

from __future__ import annotations

import errno
import gc
import json
import signal
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from legation.batch.manifest import Done, Part, Settings, part_of, write_whole
from legation.batch.reading import Task, read_records
from legation.errors import ModelError
from legation.pipeline import Reader
from legation.records import Record, Rejection, Report
from legation.system import drafts, keep_freed_memory

GARBAGE = (20_000, 20, 20)
"""When the collector of cycles looks again: records hold hardly any, and what it walks over are the tables."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why a shard could not be written; `full` where the disk is."""

    message: str
    full: bool = False


def serve(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Reads shards until the pipe is closed."""
    # Ctrl-C reaches the whole group of processes; what happens then is for the run to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*GARBAGE)
    keep_freed_memory()
    reader = Reader(threads=1, thorough=settings.thorough)
    try:
        while True:
            task = pipe.recv()
            try:
                pipe.send(_written(task, reader, pipe, folder, settings))
            except ModelError as error:
                pipe.send(Failed(str(error)))
            except (BrokenPipeError, ConnectionResetError):
                raise
            except OSError as error:
                where = error.filename or folder
                pipe.send(Failed(f"{where} cannot be written: {error.strerror}.", error.errno == errno.ENOSPC))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


def _written(task: Task, reader: Reader, pipe: Connection, folder: Path, settings: Settings) -> Done:
    counts, rejected = Counter[str](), list[tuple[Record, Rejection, str | None]]()

    def reports() -> Iterator[Report]:
        for outcome in read_records(task, reader, pipe.send):
            record, report, rejection = outcome.record, outcome.report, outcome.rejection
            if rejection is not None:
                rejected.append((record, rejection, record.content.id if record.content else None))
            elif report is not None:
                counts["articles"] += 1
                counts["sentences"] += len(report.sentences)
                counts["events"] += len(report.events)
                counts["statements"] += len(report.statements)
            # The tables have a row for every article that was looked at; a line of JSON is a report that was made.
            if report is not None and (rejection is None or settings.format != "jsonl"):
                yield report

    number = task.shard.number
    parts = _write_reports(reports(), folder, number, settings)
    if rejected:
        parts.append(_write_rejects(rejected, folder, number))
    reasons = Counter(rejection.reason for _, rejection, _ in rejected)
    return Done(number, task.shard.digest, dict(counts), dict(sorted(reasons.items())), tuple(parts))


# ---------------------------------------------------------------- what is written


def _write_reports(reports: Iterator[Report], folder: Path, number: int, settings: Settings) -> list[Part]:
    """Writes the reports of a shard in the format and the layouts of the settings; returns its files."""
    if settings.format == "jsonl" and not settings.layouts:
        return [_write_lines(reports, folder, number)]
    from legation.formats.columns import TABLES
    from legation.formats.write_tables import write_layout_part, write_part

    kept = list(reports)
    paths = [folder / layout / f"part-{number:05d}.tsv" for layout in settings.layouts]
    for layout in settings.layouts:
        write_layout_part(kept, folder, number, layout)
    if settings.format == "jsonl":
        return [_write_lines(kept, folder, number), *(part_of(folder, path) for path in paths)]
    write_part(kept, folder, number, settings.format, settings.as_words())
    paths += [folder / table / f"part-{number:05d}.{settings.format}" for table in TABLES]
    return [part_of(folder, path) for path in paths]


def _write_lines(reports: Iterable[Report], folder: Path, number: int) -> Part:
    from legation.formats.report_json import report_to_json

    path = folder / "reports" / f"part-{number:05d}.jsonl"
    with drafts() as kept, kept.beside(path).open("w", encoding="utf-8", newline="\n") as stream:
        for report in reports:
            stream.write(report_to_json(report, indent=None) + "\n")
    return part_of(folder, path)


def _write_rejects(rejected: list[tuple[Record, Rejection, str | None]], folder: Path, number: int) -> Part:
    path = folder / "rejects" / f"part-{number:05d}.jsonl"
    rows: list[dict[str, Any]] = [
        {"place": record.place, "id": name, "reason": rejection.reason, "message": rejection.message}
        for record, rejection, name in rejected
    ]
    write_whole(path, "".join(json.dumps(row) + "\n" for row in rows))
    return part_of(folder, path)
