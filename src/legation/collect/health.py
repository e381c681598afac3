"""How a source does, told from its checks: pure functions, the oldest check first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median
from typing import Literal

from legation.sources import SourceCheck
from legation.telling import counted, in_utc

State = Literal["new", "good", "failing", "silent", "shrinking", "rejecting", "partial"]

_CLOCK_SLACK = timedelta(minutes=5)
# A habit is told from so many arrivals, and broken by a silence so many times as long as its usual longest.
_FEWEST_ARRIVALS = 4
_HABIT_FACTOR = 3
_SHORTEST_SILENCE = timedelta(days=1)
_RECENT = 5
_FEWEST_BEFORE = 5
_SHRUNK = 0.5
_FEWEST_ITEMS = 8
_MANY_REJECTED = 0.5
_RISEN = 0.25

_WHY_REJECTED = {
    "consent": "consent pages",
    "login": "login pages",
    "paywall": "stubs before a paywall",
    "live": "live tickers",
    "no_article": "pages without an article",
    "not_english": "not in English",
    "robots": "closed to robots",
    "unreachable": "not to be had",
}


@dataclass(frozen=True, slots=True)
class Health:
    """How a source does. `line` is a sentence for the user, empty where all is well."""

    state: State
    line: str = ""
    last_check: datetime | None = None
    last_success: datetime | None = None
    last_new: datetime | None = None
    failures: int = 0
    notes: tuple[str, ...] = ()


def health_of(checks: Sequence[SourceCheck], now: datetime) -> Health:
    """The health of a source; the gravest trouble is told first, and the others are notes.

    It is failing where the last visit failed: that the server says "unchanged" does not make it well, for validators
    are not kept of a listing that could not be read. It is silent where nothing new has come for three times as long
    as its longest usual pause, shrinking where its articles are half as long as they were, and rejecting where most of
    its items, and many more than before, are no articles.
    """
    if not checks:
        return Health("new", "It has not been visited yet.")
    ages = _clock(checks, now)
    troubles = [found for found in (_failing(checks), _rejecting(checks), _shrinking(checks)) if found]
    if silent := _silent(checks, now):
        troubles.append(silent)
    if checks[-1].status == "partial":
        troubles.append(("partial", checks[-1].message))
    state, line = troubles[0] if troubles else ("good", "")
    moved = f"It has moved for good to {checks[-1].moved}: change its address." if checks[-1].moved else ""
    notes = [*(each for _, each in troubles[1:]), *filter(None, (ages, moved)), *checks[-1].notes]
    return Health(
        state,
        line or (notes[0] if notes else ""),
        checks[-1].at,
        _last(checks, lambda check: check.status != "failed"),
        _last(checks, lambda check: check.versions > 0),
        failures_in_a_row(checks),
        tuple(notes if line else notes[1:]),
    )


def _clock(checks: Sequence[SourceCheck], now: datetime) -> str:
    latest = max(check.at for check in checks)
    if latest - now <= _CLOCK_SLACK:
        return ""
    return f"The clock was set back: a check is dated {in_utc(latest)}, and now it is {in_utc(now)}."


def _last(checks: Sequence[SourceCheck], holds: Callable[[SourceCheck], bool]) -> datetime | None:
    return next((check.at for check in reversed(checks) if holds(check)), None)


def failures_in_a_row(checks: Sequence[SourceCheck]) -> int:
    """How many of the last visits failed, one after the other; `checks` are the oldest first."""
    return next((count for count, check in enumerate(reversed(checks)) if check.status != "failed"), len(checks))


def _failing(checks: Sequence[SourceCheck]) -> tuple[State, str] | None:
    failures = failures_in_a_row(checks)
    if not failures:
        return None
    since = checks[-failures].at
    often = "" if failures == 1 else f" It has failed {failures} times in a row, since {in_utc(since)}."
    return "failing", checks[-1].message + often


def _silent(checks: Sequence[SourceCheck], now: datetime) -> tuple[State, str] | None:
    """Nothing new for long, judged by the pauses between the visits that brought something new."""
    arrivals = [check.at for check in checks if check.versions]
    if len(arrivals) < _FEWEST_ARRIVALS or failures_in_a_row(checks):
        return None
    pauses = sorted(max(later - earlier, timedelta(0)) for earlier, later in pairwise(arrivals))
    usual = pauses[int(0.9 * (len(pauses) - 1))]
    silence = now - arrivals[-1]
    if silence <= max(_HABIT_FACTOR * usual, _SHORTEST_SILENCE):
        return None
    return "silent", f"It has had nothing new for {_length(silence)}; its pauses were of {_length(usual)} at most."


def _shrinking(checks: Sequence[SourceCheck]) -> tuple[State, str] | None:
    lengths = [check.words for check in checks if check.words is not None]
    recent, before = lengths[-_RECENT:], lengths[:-_RECENT]
    if len(recent) < _RECENT or len(before) < _FEWEST_BEFORE:
        return None
    now, then = median(recent), median(before)
    if now >= _SHRUNK * then:
        return None
    return (
        "shrinking",
        f"Its articles have shrunk from {then:.0f} words to {now:.0f}: is only a part of them given now?",
    )


def _rejecting(checks: Sequence[SourceCheck]) -> tuple[State, str] | None:
    recent, before = _shares(checks)
    if recent is None or recent < _MANY_REJECTED or (before is not None and recent - before < _RISEN):
        return None
    reasons: Counter[str] = Counter()
    for check in _active(checks)[-_RECENT:]:
        reasons.update(check.rejections)
    told = ", ".join(f"{count} {_WHY_REJECTED.get(reason, reason)}" for reason, count in reasons.most_common(3))
    rise = f", up from {before:.0%}" if before is not None else ""
    return "rejecting", f"{recent:.0%} of its items were rejected{rise}: {told}."


def _active(checks: Sequence[SourceCheck]) -> list[SourceCheck]:
    return [check for check in checks if check.versions or check.rejected]


def _shares(checks: Sequence[SourceCheck]) -> tuple[float | None, float | None]:
    """The share of rejected items in the last few visits that brought something, and before them."""
    active = _active(checks)
    return _share(active[-_RECENT:]), _share(active[:-_RECENT])


def _share(checks: Sequence[SourceCheck]) -> float | None:
    total = sum(check.versions + check.rejected for check in checks)
    return sum(check.rejected for check in checks) / total if total >= _FEWEST_ITEMS else None


def _length(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours >= 48:
        return f"{hours / 24:.0f} days"
    return f"{hours:.0f} hours" if hours >= 1.5 else "an hour" if hours > 0.75 else counted(round(hours * 60), "minute")
