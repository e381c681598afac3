"""What processes did: when a run began, and how it ended."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

from sqlalchemy import exists, select

from legation.store.records import Commit, OpenRun
from legation.store.schema import commits, run_ends, runs
from legation.store.view import View
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


def open_runs(view: View) -> list[OpenRun]:
    """The runs that have not ended, the newest first."""
    ended = select(1).where(run_ends.c.run == runs.c.id)
    rows = view.connection.execute(select(runs).where(~exists(ended)).order_by(runs.c.id.desc()))
    return [OpenRun(row.id, row.what, row.started, row.host, row.pid) for row in rows]


def last_commit(view: View) -> Commit | None:
    """The newest commit."""
    row = view.connection.execute(select(commits).order_by(commits.c.id.desc()).limit(1)).first()
    return Commit(row.id, row.at, row.clock, row.what) if row else None
