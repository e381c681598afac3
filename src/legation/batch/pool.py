"""Worker processes: each is given one shard at a time, and replaced when it dies."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path

from legation.batch.manifest import Done, Settings
from legation.batch.reading import At, Task
from legation.batch.shards import Shard
from legation.batch.worker import Failed, serve
from legation.errors import IncompleteError

MOST_DEATHS = 20
"""Deaths of workers on one shard after which the run gives up: something else than its articles kills them."""
TICK = 0.5
"""Seconds after which whoever waits is asked whether he still wants to, and shows how far the run is."""


@dataclass
class _Attempt:
    """A shard with what happened to it: the records at which a worker died, those to be left out, and those to be read
    each for itself."""

    shard: Shard
    deaths: list[At] = field(default_factory=list)
    skipped: set[int] = field(default_factory=set)
    alone: set[int] = field(default_factory=set)

    def died(self, at: At) -> None:
        """A record at which two workers died is left out: the first may have been killed by somebody's hand. Where they
        died at several, it is found out at which."""
        if at in self.deaths:
            (self.skipped if len(at) == 1 else self.alone).update(at)
        self.deaths.append(at)
        if len(self.deaths) >= MOST_DEATHS:
            raise IncompleteError(
                f"The processes that read shard {self.shard.number} were killed {len(self.deaths)} times, most likely "
                "for want of memory. Give fewer workers; the same command then goes on from here."
            )


@dataclass
class _Worker:
    process: SpawnProcess
    pipe: Connection
    busy: _Attempt | None = None
    at: At = ()


class Pool:
    """Reads shards in several processes. A context manager: leaving it ends the processes."""

    def __init__(
        self,
        workers: int,
        folder: Path,
        settings: Settings,
        serving: Callable[[Connection, Path, Settings], None] = serve,
    ) -> None:
        """`serving` is what a worker process runs."""
        self._folder, self._settings, self._serving = folder, settings, serving
        self._context = multiprocessing.get_context("spawn")
        self._wanted = workers
        self._workers: list[_Worker] = []
        self._again: deque[_Attempt] = deque()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()

    def read(self, shards: Iterator[Shard]) -> Iterator[Done | None]:
        """What was written of each shard, in the order in which they are done; None now and then while they are read.

        No more shards are held than there are workers. Raises IncompleteError where one cannot be written, or where
        workers die again and again.
        """
        while True:
            self._hand_out(shards)
            busy = [worker for worker in self._workers if worker.busy]
            if not busy:
                return
            ready = wait([worker.pipe for worker in busy], TICK)
            for worker in [w for w in busy if w.pipe in ready]:
                done = self._heard(worker)
                if done is not None:
                    yield done
            yield None

    @property
    def begun(self) -> int:
        """Records of unfinished shards that a worker has come to."""
        return sum(max(worker.at, default=-1) + 1 for worker in self._workers if worker.busy)

    def _hand_out(self, shards: Iterator[Shard]) -> None:
        """Gives every idle worker a shard, those first whose worker died."""
        idle = [worker for worker in self._workers if not worker.busy]
        while idle or len(self._workers) < self._wanted:
            attempt = self._next(shards)
            if attempt is None:
                return
            worker = idle.pop() if idle else self._start()
            worker.busy, worker.at = attempt, ()
            try:
                worker.pipe.send(Task(attempt.shard, frozenset(attempt.skipped), frozenset(attempt.alone)))
            except (BrokenPipeError, ConnectionResetError):
                self._bury(worker)

    def _next(self, shards: Iterator[Shard]) -> _Attempt | None:
        if self._again:
            return self._again.popleft()
        shard = next(shards, None)
        return _Attempt(shard) if shard else None

    def _start(self) -> _Worker:
        own, theirs = self._context.Pipe()
        process = self._context.Process(target=self._serving, args=(theirs, self._folder, self._settings), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, own)
        self._workers.append(worker)
        return worker

    def _heard(self, worker: _Worker) -> Done | None:
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            self._bury(worker)
            return None
        if isinstance(message, tuple):
            worker.at = message
            return None
        worker.busy = None
        if isinstance(message, Failed):
            remedy = "Make room, and" if message.full else "Mend that, and"
            raise IncompleteError(f"{message.message} {remedy} give the same command: it goes on from here.")
        return message if isinstance(message, Done) else None

    def _bury(self, worker: _Worker) -> None:
        """Takes a dead worker's shard back."""
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)
        if worker.busy:
            worker.busy.died(worker.at)
            self._again.append(worker.busy)
