"""Workers that stand in for those that read, for the tests of the pool. Processes start them by name."""

from __future__ import annotations

import os
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from legation.batch.manifest import Done, Settings
from legation.batch.worker import At, Failed, Task


def counting(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Counts the records; dies at one whose place ends in "deadly", once at one that ends in "once"."""
    try:
        while True:
            task: Task = pipe.recv()
            for number, record in enumerate(task.shard.records):
                pipe.send(At(number))
                if number in task.skipped:
                    continue
                mark = folder / "died"
                if record.place.endswith("deadly") or (record.place.endswith("once") and not mark.exists()):
                    mark.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
            counts = {"articles": len(task.shard.records) - len(task.skipped)}
            pipe.send(Done(task.shard.number, task.shard.digest, counts, {}, ()))
    except EOFError:
        return


def dying(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Dies at another record each time."""
    task: Task = pipe.recv()
    path = folder / "deaths"
    count = len(path.read_bytes()) if path.exists() else 0
    path.write_bytes(b"x" * (count + 1))
    pipe.send(At(count))
    os.kill(os.getpid(), signal.SIGKILL)
    pipe.send(task)


def full(pipe: Connection, folder: Path, settings: Settings) -> None:
    """Finds the disk full."""
    pipe.recv()
    pipe.send(Failed("/data cannot be written: No space left on device.", full=True))
    pipe.recv()
