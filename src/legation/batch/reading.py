"""Reads the records of a shard, some articles in one go: sentences of like length of all of them stand in one run of
the model, which hardly pads them. What is read of an article does not rest on its neighbours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from legation.batch.shards import Shard
from legation.errors import ModelError
from legation.pipeline import Reader
from legation.records import Reading, Record, Rejection, Report, Text

MOST_TOGETHER = 30_000
"""Characters after which no further article is read in the same go, which bounds the memory."""
KILLED = Rejection("failed", "The process that read it was killed twice, perhaps for want of memory. It is left out.")
At = tuple[int, ...]
"""Numbers of the records that are being worked on."""
Given = TypeVar("Given")
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Task:
    """A shard to be read: without the records numbered in `skipped`, which killed a worker twice; those in `alone`, at
    whose common reading one was killed twice, each for itself."""

    shard: Shard
    skipped: frozenset[int] = frozenset()
    alone: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a record: a report, a rejection, or both, the report then being empty."""

    record: Record
    report: Report | None
    rejection: Rejection | None


def read_records(task: Task, reader: Reader, told: Callable[[At], None]) -> Iterator[Outcome]:
    """What comes of each record, in order. `told` hears what is worked on, before it is.

    Raises ModelError, and OSError where a disk is full; whatever else goes wrong with an article is its rejection.
    """
    waiting: list[tuple[int, Text | Rejection]] = []
    size = 0
    for number, record in enumerate(task.shard.records):
        told((number,))
        text = _text_of(record, reader) if number not in task.skipped else KILLED
        if waiting and number in task.alone:
            yield from _outcomes(waiting, task.shard, reader, told)
            waiting, size = [], 0
        waiting.append((number, text))
        size += len(text.body) if isinstance(text, Text) else 0
        if size >= MOST_TOGETHER or number in task.alone:
            yield from _outcomes(waiting, task.shard, reader, told)
            waiting, size = [], 0
    yield from _outcomes(waiting, task.shard, reader, told)


def _text_of(record: Record, reader: Reader) -> Text | Rejection:
    if record.content is None:
        return record.rejected or Rejection("failed", "It holds nothing.")
    return _tried(reader.text_of, record.content)


def _outcomes(
    waiting: Sequence[tuple[int, Text | Rejection]], shard: Shard, reader: Reader, told: Callable[[At], None]
) -> Iterator[Outcome]:
    texts = {number: text for number, text in waiting if isinstance(text, Text) and text.rejected is None}
    readings = _readings(texts, reader, told)
    for number, text in waiting:
        told((number,))
        found = readings.get(number, text)
        report = found if isinstance(found, Rejection) else _tried(reader.report_of, found)
        record = shard.records[number]
        if isinstance(report, Rejection):
            yield Outcome(record, None, report)
        else:
            yield Outcome(record, report, report.rejected)


def _readings(texts: dict[int, Text], reader: Reader, told: Callable[[At], None]) -> dict[int, Reading | Rejection]:
    """The readings of texts by number; each for itself where all together fail."""
    if not texts:
        return {}
    told(tuple(texts))
    readings = _tried(reader.readings_of, list(texts.values()))
    if not isinstance(readings, Rejection):
        return dict(zip(texts, readings, strict=True))
    found: dict[int, Reading | Rejection] = {}
    for number, text in texts.items():
        told((number,))
        alone = _tried(reader.readings_of, [text])
        found[number] = alone if isinstance(alone, Rejection) else alone[0]
    return found


def _tried(work: Callable[[Given], Made], given: Given) -> Made | Rejection:
    try:
        return work(given)
    except (ModelError, OSError):
        # The model, or a disk that is full: not the article's fault.
        raise
    except Exception as error:  # an archive of millions must not stop for one article
        return Rejection("failed", f"Legation failed in a way it should not ({type(error).__name__}: {error}).")
