"""A desk in memory for tests of collection. All papers, places and events are invented."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from legation.collect.address import IPAddress, Resolve, is_anywhere, resolve
from legation.collect.health import Health, health_of
from legation.collect.ledger import MemoryLedger
from legation.collect.polite import PoliteFetch
from legation.collect.round import Tools, collect_round
from legation.collect.settings import CollectSettings
from legation.pipeline import Reader
from legation.sources import ItemOutcome, Outcome, Source, SourceCheck

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
QUICK = CollectSettings(spacing=0, seconds=2)


class Desk:
    """Sources, a ledger in memory, and a clock that the test sets."""

    def __init__(
        self,
        *sources: Source,
        settings: CollectSettings = QUICK,
        allow: Callable[[IPAddress], bool] = is_anywhere,
        find: Resolve = resolve,
    ) -> None:
        self.sources = list(sources)
        self.ledger = MemoryLedger()
        self.now = NOW
        self.stopped = False
        fetch = PoliteFetch(settings, allow=allow, find=find, clock=lambda: self.now)
        self.tools = Tools(
            fetch,
            Reader().text_of,
            settings,
            clock=lambda: self.now,
            stop=lambda: self.stopped,
            chance=lambda: 0.5,
        )

    def collect(self, *, force: bool = False) -> list[Outcome]:
        return self.ledger.record(collect_round(self.sources, self.ledger, self.tools, force=force))

    def items(self, *, force: bool = False) -> list[ItemOutcome]:
        return [each for each in self.collect(force=force) if isinstance(each, ItemOutcome)]

    def check(self, *, force: bool = False) -> SourceCheck:
        """Collects from the one source there is; its check."""
        [check] = [each for each in self.collect(force=force) if isinstance(each, SourceCheck)]
        return check

    def later(self, **span: float) -> Desk:
        """The same desk, later."""
        self.now += timedelta(**span)
        return self

    def health(self) -> Health:
        """That of the one source there is."""
        [source] = self.sources
        return health_of(self.ledger.checks.get(source.url, []), self.now)
