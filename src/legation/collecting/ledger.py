"""The ledger of a round, kept in the store of a desk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import chain

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
        """The item known by each key, else by its page, else by its GUID."""
        stored = self._store.find_states(source, wanted)
        # Of each item the newest that is held; it is newer than what is stored of it.
        held = {each.known.key: each.known for each in self._held}
        newest_first = list(reversed(held.values()))
        found = []
        for (key, guid), state in zip(wanted, stored, strict=True):
            known = (held.get(state.key) or known_of(state)) if state else None
            candidates = newest_first if known is None else [*newest_first, known]
            found.append(_identified(candidates, source, key, guid) or known)
        return found

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


def _identified(items: Sequence[KnownItem], source: str, key: str, guid: str | None) -> KnownItem | None:
    """The first of the items with this key, else with it as page, else with this GUID at the source."""
    by_key = (each for each in items if each.key == key)
    by_page = (each for each in items if each.page == key)
    by_guid = (each for each in items if guid is not None and (each.source, each.guid) == (source, guid))
    return next(chain(by_key, by_page, by_guid), None)
