"""One process collects for a desk at a time."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from legation.errors import RunningError

LOCK = "collect.lock"


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
        try:
            free = _lock(stream)
        except OSError as error:
            message = f"{path} cannot be locked ({error.strerror}): keep the desk on a disk of this machine."
            raise RunningError(message, subject=str(path)) from error
        if not free:
            stream.seek(0)
            holder = stream.read(200).strip() or "another process"
            raise RunningError(
                f"The desk in {folder} is being collected for by {holder}. Wait for it to end, or stop it first.",
                subject=str(folder),
            )
        stream.seek(0)
        stream.truncate()
        stream.write(f"process {os.getpid()} on {socket.gethostname()}\n")
        stream.flush()
        try:
            yield
        finally:
            stream.truncate(0)


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
