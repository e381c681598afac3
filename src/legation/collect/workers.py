"""Threads that do jobs; one thread hands them out and takes what comes back."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


class Workers(Generic[Job, Result]):
    """At most `count` threads, started as they are needed. They never keep the process from ending."""

    def __init__(self, count: int, work: Callable[[Job], Result]) -> None:
        self.busy = 0
        self._count = count
        self._work = work
        self._threads = 0
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._results: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()

    def has_room(self) -> bool:
        """Whether one more job would be begun at once."""
        return self.busy < self._count

    def put(self, job: Job) -> None:
        """Hand out a job."""
        self.busy += 1
        if self._threads < self.busy:
            self._threads += 1
            threading.Thread(target=self._serve, name=f"collect-{self._threads}", daemon=True).start()
        self._jobs.put(job)

    def take(self, seconds: float) -> Result | None:
        """The next result, None where there is none within `seconds`. Raises what the work raised."""
        try:
            result = self._results.get(timeout=max(seconds, 0.001))
        except queue.Empty:
            return None
        self.busy -= 1
        if isinstance(result, BaseException):
            raise result
        return result

    def close(self) -> None:
        """No more jobs. Threads that are at work end with it."""
        for _ in range(self._threads):
            self._jobs.put(None)

    def _serve(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                self._results.put(self._work(job))
            except BaseException as error:
                # The thread that takes results raises it.
                self._results.put(error)
