"""Workers that stand in for those that read, for the tests of the pool. Processes start them by name."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from legation.batch.manifest import Done, Settings
from legation.batch.reading import Task
from legation.batch.worker import Failed


def counting(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Counts the records; dies at one whose place ends in "deadly", once at one that ends in "once".

    It reads all records together that are not to be read alone, as far as the pool can see.
    """
    try:
        while True:
            task: Task = pipe.recv()
            numbers = [number for number in range(len(task.shard.records)) if number not in task.skipped]
            together = tuple(number for number in numbers if number not in task.alone)
            for at in (together, *((number,) for number in numbers if number in task.alone)):
                pipe.send(at)
                if any(_kills(task.shard.records[number].place, folder / "died") for number in at):
                    os.kill(os.getpid(), signal.SIGKILL)
            counts = {"articles": len(task.shard.records) - len(task.skipped)}
            pipe.send(Done(task.shard.number, task.shard.digest, counts, {}, ()))
    except EOFError:
        return


def _kills(place: str, mark: Path) -> bool:
    deadly = place.endswith("deadly") or (place.endswith("once") and not mark.exists())
    if deadly:
        mark.touch()
    return deadly


def dying(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Dies at another record each time."""
    task: Task = pipe.recv()
    path = folder / "deaths"
    count = len(path.read_bytes()) if path.exists() else 0
    path.write_bytes(b"x" * (count + 1))
    pipe.send((count,))
    os.kill(os.getpid(), signal.SIGKILL)
    pipe.send(task)


def full(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Finds the disk full."""
    pipe.recv()
    pipe.send(Failed("/data cannot be written: No space left on device.", full=True))
    pipe.recv()
