"""A round for a desk: collected, kept, read."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from legation.collect.address import is_anywhere, is_public
from legation.collect.polite import PoliteFetch
from legation.collect.round import Tools, collect_round
from legation.collect.settings import CollectSettings, settings_of
from legation.collecting.extracting import extractor
from legation.collecting.ledger import StoreLedger
from legation.desk.folder import Desk
from legation.desk.run import TOGETHER, catch_up
from legation.errors import LegationError, UsageError
from legation.pipeline import Reader
from legation.sources import Outcome, Source, SourceCheck

ROBOTS = "robots.json"
ALLOW_PRIVATE = "LEGATION_ALLOW_PRIVATE_HOSTS"


def _now() -> datetime:
    return datetime.now(UTC)


def _never() -> bool:
    return False


@dataclass(slots=True)
class Summary:
    """What a round gave: articles by arrival, items by status, sources by how the visit went, and which failed how."""

    arrivals: Counter[str] = field(default_factory=Counter)
    items: Counter[str] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)
    failed: dict[str, str] = field(default_factory=dict)
    read: int = 0
    stopped: bool = False

    def count(self, outcome: Outcome, names: dict[str, str]) -> None:
        """Counts one outcome."""
        if not isinstance(outcome, SourceCheck):
            self.items[outcome.status] += 1
            return
        self.visits[outcome.status] += 1
        if outcome.status == "failed":
            self.failed[names[outcome.source]] = outcome.message


def settings_of_desk(desk: Desk) -> CollectSettings:
    """How a desk collects: the table `collect` of its settings. Raises UsageError."""
    table = desk.settings.get("collect", {})
    if not isinstance(table, dict):
        raise UsageError("`collect` in the settings must be a table: write [collect] in a line of its own.")
    return settings_of(table)


@dataclass(slots=True)
class Round:
    """A round for a desk, whose lock must be held.

    With `read`, what is new is read. `told` hears each outcome with the counts so far, and None for each go of
    reading; `stop` is asked whether to end.
    """

    desk: Desk
    force: bool = False
    read: bool = True
    stop: Callable[[], bool] = _never
    told: Callable[[Outcome | None, Summary], None] = lambda outcome, summary: None
    clock: Callable[[], datetime] = _now

    def run(self, sources: Sequence[Source]) -> Summary:
        """Visits the sources that are due (all with `force`), keeps what is new and reads it.

        Raises UsageError for bad settings, StoreError where the store fails; then what was kept before is whole, and
        the next round meets the rest again.
        """
        settings, store, summary = settings_of_desk(self.desk), self.desk.store, Summary()
        run = store.begin_run("collect")
        try:
            self._collect(sources, settings, run, summary)
            self._read(summary)
        except BaseException:
            # What ends the run is told as it is, even where its end cannot be noted any more.
            with suppress(LegationError):
                store.end_run(run, "failed", _counts(summary))
            raise
        summary.stopped = self.stop()
        store.end_run(run, "stopped" if summary.stopped else "done", _counts(summary))
        return summary

    def _collect(self, sources: Sequence[Source], settings: CollectSettings, run: int, summary: Summary) -> None:
        allow = is_anywhere if os.environ.get(ALLOW_PRIVATE) == "1" else is_public
        fetch = PoliteFetch(settings, allow=allow, clock=self.clock, robots_file=self.desk.path / ROBOTS)
        ledger = StoreLedger(self.desk.store, run)
        names = {source.url: source.name for source in sources}
        with extractor() as extract:
            tools = Tools(fetch, extract, settings, clock=self.clock, stop=self.stop)
            for outcome in collect_round(sources, ledger, tools, force=self.force):
                ledger.record(outcome)
                summary.count(outcome, names)
                summary.arrivals = ledger.arrivals
                self.told(outcome, summary)
        ledger.flush()
        fetch.save()

    def _read(self, summary: Summary) -> None:
        """Reads what is new, a transaction's worth at a time, so that a stop is heard between."""
        reader = Reader()
        while self.read and not self.stop() and (tally := catch_up(self.desk.store, reader, most=TOGETHER)).read:
            summary.read += tally.read
            self.told(None, summary)


def _counts(summary: Summary) -> dict[str, int]:
    return {
        **summary.arrivals,
        **{f"items {name}": count for name, count in summary.items.items()},
        "read": summary.read,
    }
