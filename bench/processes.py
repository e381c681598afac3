"""Processes that are timed, each with its own memory, on one core if asked."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence

UNIT_OF_MEMORY = 1 if sys.platform == "darwin" else 1024
"""Bytes in which the system counts resident memory."""


def timed(command: Sequence[str], *, one_core: bool = False, quiet: bool = False) -> tuple[float, float]:
    """Seconds from start to end of a command, and the greatest resident memory of a process of it in MB.

    Its output is thrown away, with `quiet` its messages too. Raises SystemExit where it fails.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL if quiet else None,
        preexec_fn=pin if one_core else None,
    )  # fmt: skip
    # wait4 gives the memory of this child and its own alone; getrusage would give the greatest of all so far.
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed with exit code {process.returncode}.")
    return seconds, usage.ru_maxrss * UNIT_OF_MEMORY / 1e6


def pin() -> None:
    """Keeps this process to one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
