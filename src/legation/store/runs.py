"""What processes did: when a run began, and how it ended."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

from legation.store.schema import run_ends, runs
from legation.store.writing import Writing
from legation.system import own_version


def begin_run(writing: Writing, what: str) -> int:
    """Notes that this process begins; the number of its run."""
    number = writing.number(runs)
    writing.insert(
        runs,
        [
            {
                "id": number,
                "what": what,
                "started": writing.now,
                "host": socket.gethostname(),
                "pid": os.getpid(),
                "version": own_version(),
            }
        ],
    )
    return number


def end_run(writing: Writing, run: int, outcome: str, counts: Mapping[str, int]) -> None:
    """Notes how it ended."""
    writing.insert(run_ends, [{"run": run, "ended": writing.now, "outcome": outcome, "counts": dict(counts)}])
