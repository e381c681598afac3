"""What is wrong with a desk, and what to do about it."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

from legation.collecting.lock import holder, named
from legation.desk.folder import DATABASE, SETTINGS, Desk
from legation.errors import LegationError, StoreBusyError
from legation.pipeline import shipped_model
from legation.store import Store
from legation.store.records import OpenRun
from legation.telling import counted, in_utc

LEAST_FREE = 1_000_000_000
"""Bytes that should be free: a day's articles of some hundred sources need a tenth of it."""
CLOCK_SLACK = timedelta(minutes=5)
LOCK_SECONDS = 3
MANY_FAILURES = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look at a desk told. `remedy` is what to do, empty where nothing is wrong."""

    about: str
    state: Literal["good", "note", "wrong"]
    told: str
    remedy: str = ""


def examined(desk: Desk, now: datetime | None = None) -> list[Finding]:
    """All that can be told of a desk, in the order in which it should be mended."""
    found: list[Finding] = [Finding("desk", "good", f"{desk.path / SETTINGS} can be read.")]
    for about, look in (
        ("disk", lambda: _disk(desk)),
        ("folder", lambda: _folder(desk)),
        ("model", _model),
        ("collector", lambda: _collector(desk)),
    ):
        found += _safely(about, look)
    try:
        store = desk.store
    except LegationError as error:
        return [*found, Finding("store", "wrong", str(error), "See above; nothing else can be looked at.")]
    moment = now or datetime.now(UTC)
    for about, look in (
        ("store", lambda: _store(store)),
        ("lock", lambda: _lock(store, desk)),
        ("clock", lambda: _clock(store, moment)),
        ("sources", lambda: _sources(store)),
        ("reading", lambda: _reading(store)),
    ):
        found += _safely(about, look)
    return found


def _safely(about: str, look: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except LegationError as error:
        return [Finding(about, "wrong", str(error))]


def _disk(desk: Desk) -> Iterator[Finding]:
    free = shutil.disk_usage(desk.path).free
    told = f"{free / 1e9:.1f} GB are free."
    if free < LEAST_FREE:
        yield Finding("disk", "wrong", told, "Make room: a desk that cannot write loses nothing, but learns nothing.")
    else:
        yield Finding("disk", "good", told)


def _folder(desk: Desk) -> Iterator[Finding]:
    closed = [path for path in (desk.path, desk.path / DATABASE) if path.exists() and not os.access(path, os.W_OK)]
    if closed:
        yield Finding(
            "folder", "wrong", f"{closed[0]} cannot be written by you.", "Ask whoever owns it, or `chown` it."
        )
    else:
        yield Finding("folder", "good", "The folder can be written.")


def _model() -> Iterator[Finding]:
    model = shipped_model()
    yield Finding("model", "good", f"{model.name} {model.version} is there.")


def _collector(desk: Desk) -> Iterator[Finding]:
    by = holder(desk.path)
    yield Finding("collector", "good", f"One runs: {by}." if by else "None runs.")


def _store(store: Store) -> Iterator[Finding]:
    health = store.health()
    if health["faults"]:
        remedy = "Put a copy back that you kept, or save what is left: sqlite3 desk.db .recover"
        yield Finding("store", "wrong", f"The database is damaged: {health['faults'][0]}.", remedy)
        return
    counts = store.counts()
    told = ", ".join(counted(number, what.removesuffix("s")) for what, number in counts.items() if what != "read")
    yield Finding("store", "good", f"{health['version']}, {health['bytes'] / 1e6:,.0f} MB, whole: {told}.")


def _lock(store: Store, desk: Desk) -> Iterator[Finding]:
    try:
        with store.writing("doctor", wait=LOCK_SECONDS):
            pass
    except StoreBusyError:
        own = [run for run in store.open_runs() if _lives(run)]
        who = f"process {own[0].pid} ({own[0].what}, since {in_utc(own[0].started)})" if own else "some process"
        remedy = f"If it hangs, stop it: kill {own[0].pid}" if own else "Find it: fuser desk.db"
        collector = holder(desk.path) or ""
        # A collector writes now and then, and then for longer where it reads too.
        usual = collector and all(collector.startswith(named(run.pid, run.host)) for run in own)
        told = f"The store has been locked for {LOCK_SECONDS} seconds, by {who}."
        yield Finding("lock", "note" if usual else "wrong", told, "" if usual else remedy)
        return
    yield Finding("lock", "good", "Nobody holds the store.")
    for run in store.open_runs():
        if not _lives(run):
            began = in_utc(run.started)
            yield Finding("lock", "note", f"A run ({run.what}, {began}) did not end by itself. Nothing of it is lost.")


def _lives(run: OpenRun) -> bool:
    """Whether its process may still run; of other machines nobody knows."""
    if run.host != socket.gethostname():
        return True
    return Path(f"/proc/{run.pid}").exists() if Path("/proc/self").exists() else True


def _clock(store: Store, now: datetime) -> Iterator[Finding]:
    last = store.last_commit()
    if last is not None and last.at > now + CLOCK_SLACK:
        told = f"It is {in_utc(now)} here, but the store was last written at {in_utc(last.at)}."
        remedy = "Set the clock. If it is right now and was wrong then, ask for days since then with --as-of '#COMMIT'."
        yield Finding("clock", "wrong", told, remedy)
    else:
        yield Finding("clock", "good", f"It is {in_utc(now)}, and nothing in the store is later.")


def _sources(store: Store) -> Iterator[Finding]:
    declared = store.sources()
    failing = []
    for source in declared:
        checks = store.checks(source.declaration.key, MANY_FAILURES)
        if len(checks) == MANY_FAILURES and all(check.status == "failed" for check in checks):
            failing.append((source.declaration.name, checks[-1].message))
    if failing:
        name, message = failing[0]
        of_all = f"{len(failing)} of {counted(len(declared), 'source')}"
        told = f"{of_all} failed {MANY_FAILURES} times in a row, as {name}: {message}"
        yield Finding("sources", "wrong", told, "Mend their addresses, or take them away.")
    else:
        yield Finding("sources", "good" if declared else "note", f"{counted(len(declared), 'source')}, none failing.")


def _reading(store: Store) -> Iterator[Finding]:
    left = store.count_pending(shipped_model().sha256)
    if left:
        told = counted(left, "article is", "articles are")
        yield Finding("reading", "note", f"{told} not read by this version: `legation catch-up` does it.")
    else:
        yield Finding("reading", "good", "Every article is read by this version.")
