"""The ledger of a round, kept in the store of a desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from legation.collect.ledger import state_after
from legation.collecting.stored import check_of, known_of, state_of, stored_check, version_of
from legation.sources import ItemOutcome, KnownItem, Outcome, SourceCheck, SourceState
from legation.store import Store
from legation.store.records import Added

# Enough failures in a row for the longest pause there is.
_CHECKS = 20
_MOST_HELD = 32


class StoreLedger:
    """What is known, in the store, and what has come since it was last written.

    Outcomes are written a few dozen at a time, and always with the check of their source. What is lost with a process
    that is killed between has no check yet, so that the next round meets it again. `arrivals` counts new, edited and
    known articles.
    """

    def __init__(self, store: Store, run: int | None = None) -> None:
        self.arrivals: Counter[str] = Counter()
        self._store, self._run = store, run
        self._held: list[ItemOutcome] = []

    def state(self, source: str) -> SourceState:
        """What is known of a source."""
        return state_after([check_of(check) for check in self._store.checks(source, _CHECKS)])

    def find(self, source: str, wanted: Sequence[tuple[str, str | None]]) -> Sequence[KnownItem | None]:
        """The item known by each key, page or GUID."""
        stored = self._store.find_states(source, wanted)
        found = [known_of(state) if state else None for state in stored]
        return [self._among_held(source, key, guid) or known for (key, guid), known in zip(wanted, found, strict=True)]

    def due(self, source: str, now: datetime, most: int) -> Sequence[KnownItem]:
        """Items that are to be asked for again."""
        return [known_of(state) for state in self._store.due_states(source, now, most)]

    def record(self, outcome: Outcome) -> None:
        """Keeps an outcome; it is known from now on, and written with the next check. Raises StoreError."""
        if isinstance(outcome, SourceCheck):
            self._write([outcome])
            return
        self._held.append(outcome)
        if len(self._held) >= _MOST_HELD:
            self.flush()

    def flush(self) -> None:
        """Writes what is held. Raises StoreError, and then holds it still."""
        if self._held:
            self._write([])

    def _write(self, checks: Sequence[SourceCheck]) -> None:
        added: list[Added] = self._store.add_versions(
            [version for version in map(version_of, self._held) if version],
            states=[state_of(each.known) for each in self._held],
            checks=[stored_check(check) for check in checks],
            what="collect",
            run=self._run,
        )
        self._held.clear()
        self.arrivals.update(each.arrival for each in added)

    def _among_held(self, source: str, key: str, guid: str | None) -> KnownItem | None:
        for outcome in reversed(self._held):
            known = outcome.known
            if key in (known.key, known.page) or (guid is not None and (source, guid) == (known.source, known.guid)):
                return known
        return None
