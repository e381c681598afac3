"""How fast a host may be asked: how many requests at once, how far apart, and how long to leave it alone."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Generic, TypeVar

Job = TypeVar("Job")

_FIRST_PAUSE = timedelta(minutes=15)
_LONGEST_PAUSE = timedelta(hours=24)
LONGEST_WISH = timedelta(days=7)


def retry_after(stated: str | None, now: datetime) -> float | None:
    """The value of a Retry-After header (RFC 9110, seconds or a date) in seconds from `now`, at most a week.

    None for none, and for one that cannot be read.

    >>> from datetime import UTC
    >>> retry_after("Wed, 03 Apr 2024 12:00:30 GMT", datetime(2024, 4, 3, 12, tzinfo=UTC))
    30.0
    """
    text = (stated or "").strip()
    try:
        if text.isascii() and text.isdigit():
            seconds = float(text[:12])
        else:
            seconds = (parsedate_to_datetime(text) - now).total_seconds()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return min(max(seconds, 0.0), LONGEST_WISH.total_seconds())


def pause_after(failures: int, chance: float) -> timedelta:
    """How long to wait after so many failures in a row: twice as long each time, up to a day.

    `chance`, from 0 to 1, spreads it by a quarter either way, so that sources which failed together do not return
    together.
    """
    doubled = _FIRST_PAUSE * (1 << min(max(failures, 1) - 1, 10))
    return min(doubled, _LONGEST_PAUSE) * (0.75 + chance / 2)


@dataclass(slots=True)
class _Host(Generic[Job]):
    spacing: float
    jobs: deque[Job] = field(default_factory=deque)
    running: int = 0
    next_start: float = 0.0
    queued: bool = False


class Queue(Generic[Job]):
    """Jobs by host, given out as their hosts' limits allow. Times are seconds of any clock that never goes back.

    At most `at_once` jobs of a host run, and they start `spacing` seconds apart.
    """

    def __init__(self, at_once: int, spacing: float) -> None:
        self._at_once = max(1, at_once)
        self._spacing = max(0.0, spacing)
        self._hosts: dict[str, _Host[Job]] = {}
        self._ready: list[tuple[float, str]] = []
        self._size = 0

    def __len__(self) -> int:
        """Jobs that wait."""
        return self._size

    def add(self, host: str, job: Job, *, first: bool = False) -> None:
        """One more job for a host; `first` puts it before those that wait."""
        state = self._host(host)
        (state.jobs.appendleft if first else state.jobs.append)(job)
        self._size += 1
        self._offer(host, state)

    def take(self, now: float) -> tuple[str, Job] | None:
        """A job that may start now, with its host, or None."""
        while self._ready and self._ready[0][0] <= now:
            _, host = heapq.heappop(self._ready)
            state = self._host(host)
            state.queued = False
            if state.next_start > now:
                # It has been slowed since it was offered.
                self._offer(host, state)
                continue
            job = state.jobs.popleft()
            self._size -= 1
            state.running += 1
            state.next_start = now + state.spacing
            self._offer(host, state)
            return host, job
        return None

    def wait(self, now: float) -> float | None:
        """Seconds until the next job may start; None where none can before another is done."""
        return max(0.0, self._ready[0][0] - now) if self._ready else None

    def done(self, host: str) -> None:
        """A job of the host has ended."""
        state = self._host(host)
        state.running -= 1
        self._offer(host, state)

    def slow(self, host: str, spacing: float) -> None:
        """The host asks for this many seconds between requests; it is never asked faster than others."""
        state = self._host(host)
        if spacing > state.spacing:
            state.next_start += spacing - state.spacing
            state.spacing = spacing

    def free(self, host: str) -> None:
        """Jobs of the host need not be apart: it is this machine."""
        self._host(host).spacing = 0.0

    def hold(self, host: str, until: float) -> None:
        """No job of the host starts before `until`."""
        state = self._host(host)
        state.next_start = max(state.next_start, until)

    def drop(self, host: str) -> Iterator[Job]:
        """Takes away and gives out the jobs that wait for a host."""
        state = self._host(host)
        while state.jobs:
            self._size -= 1
            yield state.jobs.popleft()
        if state.queued:
            self._ready = [each for each in self._ready if each[1] != host]
            heapq.heapify(self._ready)
            state.queued = False

    def drop_all(self) -> Iterator[Job]:
        """Takes away and gives out all jobs that wait."""
        for host in list(self._hosts):
            yield from self.drop(host)

    def _host(self, host: str) -> _Host[Job]:
        return self._hosts.setdefault(host, _Host(self._spacing))

    def _offer(self, host: str, state: _Host[Job]) -> None:
        if state.jobs and state.running < self._at_once and not state.queued:
            heapq.heappush(self._ready, (state.next_start, host))
            state.queued = True
