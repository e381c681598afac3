"""One process collects for a desk at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from legation.errors import RunningError
from legation.telling import in_utc

LOCK = "collect.lock"
_MOST_TOLD = 200


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Holds the lock of the desk in `folder`. The system lets go of it when a process ends, however it ends, so that a
    lock that was left behind is none.

    Raises RunningError where another process holds it.
    """
    path = folder / LOCK
    try:
        stream = open(path, "a+", encoding="utf-8")  # noqa: SIM115 - closed below, after the lock is let go
    except OSError as error:
        raise RunningError(f"{path} cannot be written: {error.strerror}.", subject=str(path)) from error
    with stream:
        if not _is_free(stream, path):
            stream.seek(0)
            by = stream.read(_MOST_TOLD).strip() or "another process"
            raise RunningError(
                f"The desk in {folder} is being collected for by {by}. Wait for it to end, or stop it first.",
                subject=str(folder),
            )
        stream.seek(0)
        stream.truncate()
        stream.write(f"{named(os.getpid(), socket.gethostname())}, since {in_utc(datetime.now(UTC))}\n")
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)


def holder(folder: Path) -> str | None:
    """Who holds the lock of the desk in `folder`, and since when, in words; None where nobody does.

    Raises RunningError where that cannot be told.
    """
    path = folder / LOCK
    try:
        stream = open(path, encoding="utf-8", errors="replace")  # noqa: SIM115 - closed below
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RunningError(f"{path} cannot be read: {error.strerror}.", subject=str(path)) from error
    with stream:
        told = stream.read(_MOST_TOLD).strip()
        # Who lets go takes the words away, but for one that was killed. So a lock that somebody is just about to take
        # is not tried, for that would keep them from it.
        return told if told and not _is_free(stream, path) else None


def named(pid: int, host: str) -> str:
    """A process as the lock names it."""
    return f"process {pid} on {host}"


def _is_free(stream: IO[str], path: Path) -> bool:
    """Takes the lock, where nobody holds it; it is held until the stream is closed."""
    try:
        return _lock(stream)
    except OSError as error:
        message = f"{path} cannot be locked ({error.strerror}): keep the desk on a disk of this machine."
        raise RunningError(message, subject=str(path)) from error


if os.name == "nt":
    import msvcrt

    def _lock(stream: IO[str]) -> bool:
        # A byte far behind what is written, for Windows keeps others from reading what is locked.
        stream.seek(1_000)
        try:
            msvcrt.locking(stream.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(stream: IO[str]) -> bool:
        try:
            fcntl.flock(stream.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
