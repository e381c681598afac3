"""Rounds for good, until the process is asked to stop."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from types import FrameType

from legation.collecting.lock import locked
from legation.collecting.rounds import Round, Summary, settings_of_desk
from legation.collecting.watching import sources
from legation.desk.folder import Desk
from legation.errors import StoreError
from legation.sources import Outcome


@contextmanager
def asked_to_stop() -> Iterator[threading.Event]:
    """An event that is set when the process is told to end (SIGTERM, Ctrl-C). Told again, it ends at once."""
    stop = threading.Event()

    def heard(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            signal.signal(number, signal.SIG_DFL)
            signal.raise_signal(number)
        stop.set()

    before = {number: signal.signal(number, heard) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_for_good(
    desk: Desk,
    stop: threading.Event,
    *,
    read: bool = True,
    told: Callable[[Outcome | None, Summary], None] = lambda outcome, summary: None,
    ended: Callable[[Summary | StoreError, datetime], None] = lambda result, following: None,
) -> None:
    """A round now and one every so many minutes, as the settings say, until `stop` is set.

    The sources are asked of the store before each round, so that what is added meanwhile counts. `ended` hears what
    each round gave and when the next begins. A store that fails (a full disk, say) does not end it: the next round may
    find it well. Raises RunningError where another process collects for the desk.
    """
    every = settings_of_desk(desk).every_minutes * 60
    begin = time.monotonic()
    with locked(desk.path):
        while not stop.is_set():
            result: Summary | StoreError
            try:
                result = Round(desk, read=read, stop=stop.is_set, told=told).run(sources(desk.store))
            except StoreError as error:
                result = error
            # Rounds that took longer than the time between them are not made up for.
            begin = max(begin + every, time.monotonic())
            ended(result, datetime.now(UTC) + timedelta(seconds=begin - time.monotonic()))
            stop.wait(max(0.0, begin - time.monotonic()))
