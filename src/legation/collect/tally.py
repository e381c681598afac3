"""The account of one source during a round, and the check that is made of it in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING

from legation.collect.pace import pause_after
from legation.sources import Answer, Failure, Item, ItemOutcome, Source, SourceCheck, SourceState

if TYPE_CHECKING:
    from legation.collect.local import Batch

_MOST_NOTES = 5


@dataclass(slots=True)
class Tally:
    """A source during its round. `open` counts the jobs it still waits for, `taken` the items that were queued."""

    source: Source
    state: SourceState
    walk: Iterator[Batch] | None = None
    open: int = 0
    taken: int = 0
    listed: int = 0
    left: int = 0
    answered: bool = False
    changed: bool = False
    failure: Failure | None = None
    counts: Counter[str] = field(default_factory=Counter)
    rejections: Counter[str] = field(default_factory=Counter)
    words: list[int] = field(default_factory=list)
    newest: datetime | None = None
    notes: list[str] = field(default_factory=list)
    marks: dict[str, str] = field(default_factory=dict)
    pending: dict[str, str] | None = None
    moved: str | None = None

    def count(self, outcome: ItemOutcome) -> ItemOutcome:
        """`outcome`, counted."""
        self.counts[outcome.status] += 1
        if outcome.rejection is not None:
            self.rejections[outcome.rejection.reason] += 1
        if outcome.text is not None:
            self.words.append(len(outcome.text.body.split()))
        return outcome

    def note(self, *notes: str) -> None:
        """Keeps each note once, and not too many."""
        for note in notes:
            if note not in self.notes and len(self.notes) < _MOST_NOTES:
                self.notes.append(note)

    def see(self, items: Sequence[Item]) -> None:
        """Takes note of the dates of what is listed."""
        dated = [item.published for item in items if item.published]
        self.newest = max([*dated, self.newest] if self.newest else dated, default=None)
        self.note(*(item.undated for item in items if item.undated))

    def marks_for(self, url: str) -> dict[str, str]:
        """The validators known from earlier rounds for one of the source's listings."""
        return {
            name: self.state.marks[f"{name} {url}"]
            for name in ("etag", "last_modified")
            if f"{name} {url}" in self.state.marks
        }

    def keep_marks(self, url: str, answer: Answer) -> None:
        """Keeps the validators of a listing for the next round; those of a 304 may be left out by the server."""
        for name, value in (answer.marks or (self.marks_for(url) if answer.status == 304 else {})).items():
            self.marks[f"{name} {url}"] = value

    def check(self, now: datetime, chance: float) -> SourceCheck:
        """The check of the source, all its jobs done."""
        if self.failure is not None and not self.answered:
            return self._failed(self.failure, now, chance)
        return SourceCheck(
            self.source.url,
            now,
            "partial" if self.left else "good" if self.changed else "unchanged",
            message=_left(self.left),
            listed=self.listed,
            versions=self.counts["version"],
            same=self.counts["same"],
            rejected=self.counts["rejected"],
            failed=self.counts["failed"],
            left=self.left,
            words=round(median(self.words)) if self.words else None,
            newest=self.newest,
            # Where something is left, the next visit must see the whole listing; of files, what is done is done.
            marks=self.marks if self.walk is not None or not self.left else {},
            moved=self.moved,
            notes=tuple(self.notes),
            rejections=dict(self.rejections),
        )

    def _failed(self, failure: Failure, now: datetime, chance: float) -> SourceCheck:
        pause = pause_after(self.state.failures + 1, chance)
        if failure.retry_after is not None:
            pause = max(pause, timedelta(seconds=failure.retry_after))
        # Without validators: only a whole, sound listing makes the source good again.
        return SourceCheck(
            self.source.url,
            now,
            "failed",
            failure.message,
            failure.reason,
            not_before=now + pause,
            notes=tuple(self.notes),
        )


def _left(left: int) -> str:
    if not left:
        return ""
    return f"{left:,} of its items are left for the next round." if left > 1 else "An item is left for the next round."
