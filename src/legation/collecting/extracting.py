"""Words out of pages, on all cores."""

from __future__ import annotations

import itertools
import multiprocessing
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager

from legation.extract import text_of
from legation.records import Article, Rejection, Text
from legation.system import cores

_MOST_PROCESSES = 8
# Processes take as long to start as a few hundred pages to read, and most rounds have fewer.
_READ_HERE = 200
_KILLED = Rejection("failed", "The process that extracted its words was killed, perhaps for want of memory.")


@contextmanager
def extractor(processes: int | None = None, here: int = _READ_HERE) -> Iterator[Callable[[Article | Text], Text]]:
    """A function that extracts, which many threads may call at once; after the first few calls on all cores.

    What a process is killed at is tried once more, and then rejected.
    """
    count = min(cores(), _MOST_PROCESSES) if processes is None else processes
    pool = _Pool(count)
    calls = itertools.count()

    def extract(content: Article | Text) -> Text:
        return text_of(content) if count < 2 or next(calls) < here else pool.text_of(content)

    try:
        yield extract
    finally:
        pool.close()


class _Pool:
    """Processes that are started when they are first needed, and anew where one was killed."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._guard = threading.Lock()
        self._running: ProcessPoolExecutor | None = None

    def text_of(self, content: Article | Text) -> Text:
        for _ in range(2):
            pool = self._pool()
            try:
                return pool.submit(text_of, content).result()
            except BrokenProcessPool:
                self._forget(pool)
        return Text("", rejected=_KILLED)

    def close(self) -> None:
        with self._guard:
            if self._running is not None:
                self._running.shutdown(cancel_futures=True)
                self._running = None

    def _pool(self) -> ProcessPoolExecutor:
        with self._guard:
            if self._running is None:
                # Not by fork: this process has threads.
                context = multiprocessing.get_context("spawn")
                self._running = ProcessPoolExecutor(self._count, context, initializer=_begin)
            return self._running

    def _forget(self, broken: ProcessPoolExecutor) -> None:
        with self._guard:
            if self._running is broken:
                broken.shutdown(wait=False, cancel_futures=True)
                self._running = None


def _begin() -> None:
    """Ctrl-C and SIGTERM reach all processes of a terminal or a service; the one that collects ends the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
