"""What a round must know of earlier ones: a protocol that the store fulfils, and one in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from legation.collect.health import failures_in_a_row
from legation.records import Text
from legation.sources import ItemOutcome, KnownItem, Outcome, SourceCheck, SourceState


class Ledger(Protocol):
    """What is known of sources and items. Asked only by the thread that runs the round, between its outcomes.

    Whoever runs the round records each outcome before asking for the next: what is recorded is known.
    """

    def state(self, source: str) -> SourceState:
        """What is known of a source, by its address; all empty for a new one."""

    def find(self, source: str, wanted: Sequence[tuple[str, str | None]]) -> Sequence[KnownItem | None]:
        """For each key and GUID the item known by that key, or by that key as its page, or by that GUID at `source`."""

    def due(self, source: str, now: datetime, most: int) -> Sequence[KnownItem]:
        """Items of a source that are to be asked for again by `now`, at most so many, those longest due first."""


def state_after(checks: Sequence[SourceCheck]) -> SourceState:
    """The state of a source from its checks, the oldest first."""
    if not checks:
        return SourceState()
    return SourceState(checks[-1].marks, failures_in_a_row(checks), checks[-1].not_before)


@dataclass(slots=True)
class MemoryLedger:
    """A ledger that ends with the process: for tests, and to look without keeping."""

    items: dict[str, KnownItem] = field(default_factory=dict)
    versions: dict[str, list[Text]] = field(default_factory=dict)
    checks: dict[str, list[SourceCheck]] = field(default_factory=dict)
    _pages: dict[str, str] = field(default_factory=dict)
    _guids: dict[tuple[str, str], str] = field(default_factory=dict)

    def state(self, source: str) -> SourceState:
        """What is known of a source."""
        return state_after(self.checks.get(source, []))

    def find(self, source: str, wanted: Sequence[tuple[str, str | None]]) -> Sequence[KnownItem | None]:
        """The item known by each key, page or GUID."""
        return [self._find(source, key, guid) for key, guid in wanted]

    def due(self, source: str, now: datetime, most: int) -> Sequence[KnownItem]:
        """Items that are to be asked for again."""
        found = [each for each in self.items.values() if each.source == source and each.next_try]
        found = sorted((each for each in found if each.next_try and each.next_try <= now), key=_next_try)
        return found[:most]

    def record(self, outcomes: Iterable[Outcome]) -> list[Outcome]:
        """Keeps each outcome before the next is made; all of them, for whoever wants to count."""
        kept = []
        for outcome in outcomes:
            if isinstance(outcome, ItemOutcome):
                self._record_item(outcome)
            else:
                self.checks.setdefault(outcome.source, []).append(outcome)
            kept.append(outcome)
        return kept

    def _record_item(self, outcome: ItemOutcome) -> None:
        known = outcome.known
        self.items[known.key] = known
        if known.page:
            self._pages.setdefault(known.page, known.key)
        if known.guid:
            self._guids[known.source, known.guid] = known.key
        if outcome.text is not None:
            self.versions.setdefault(known.key, []).append(outcome.text)

    def _find(self, source: str, key: str, guid: str | None) -> KnownItem | None:
        if key not in self.items:
            key = self._pages.get(key) or (self._guids.get((source, guid), "") if guid else "")
        return self.items.get(key)


def _next_try(known: KnownItem) -> datetime:
    assert known.next_try is not None
    return known.next_try
