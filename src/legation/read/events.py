"""From the scores of the event heads to event marks: type, mode, status, contexts, actor and recipient of each word
that may tell an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import attrgetter
from typing import cast

import numpy as np

from legation.read.model import EVENT, Floats, Ints, Labels, Scores
from legation.read.spans import chances, decode_rows, spans_of
from legation.records import EventMark, Status

POSSIBLE_CONTEXT = 0.1
"""Probability from which a context is kept; how many hold is for the caller to say."""
RIVALS = 3


class EventMarker:
    """Reads the marks of sentences off their scores."""

    def __init__(self, labels: Labels) -> None:
        self._labels = labels
        self._roles = ("ACTOR", "RECIPIENT")
        columns = [1 + 2 * labels.roles.index(role) + inside for role in self._roles for inside in (0, 1)]
        self._columns = [0, *columns]
        self._names = ("", *labels.events)
        self._modes = {
            kind: [i for i, mode in enumerate(labels.modes) if mode.partition(".")[0] == kind] for kind in labels.events
        }

    def read(self, scores: Sequence[Scores]) -> list[tuple[EventMark, ...]]:
        """The marks of each sentence, in order of their words; also unlikely ones, which the caller may drop."""
        wanted = [[frame for frame in found.frames if frame[1] == EVENT] for found in scores]
        words = [[word for word, *_ in frames] for frames in wanted]
        marks = self._marks(
            [(found, own) for found, own in zip(scores, words, strict=True) if own],
            [roles[:, self._columns] for frames in wanted for *_, roles in frames],
        )
        return [tuple(sorted(islice(marks, len(own)), key=attrgetter("word"))) for own in words]

    def _marks(self, told: Sequence[tuple[Scores, list[int]]], roles: Sequence[Floats]) -> Iterator[EventMark]:
        """The marks of all words that tell an event, of all sentences at once; `roles` [N, tags] of each word."""
        if not told:
            return
        events, modes, statuses, contexts = (
            np.concatenate([getattr(found, name)[words] for found, words in told])
            for name in ("events", "modes", "statuses", "contexts")
        )
        order = np.argsort(-events, axis=1)
        best = np.where(order[:, 0] > 0, order[:, 0], order[:, 1])
        tags = decode_rows(roles)
        for word, kind, mode, status, context, parties, sure, ranked, chance in zip(
            [word for _, words in told for word in words],
            (best - 1).tolist(),
            self._modes_of(best - 1, modes),
            zip(statuses.argmax(1).tolist(), statuses.max(1).tolist(), strict=True),
            self._contexts(contexts),
            tags,
            chances(roles, tags),
            order.tolist(),
            events.tolist(),
            strict=True,
        ):
            spans = spans_of(parties, self._roles)
            actor, recipient = (tuple((s, e) for s, e, label in spans if label == role) for role in self._roles)
            yield EventMark(
                word,
                self._labels.events[kind],
                chance[kind + 1],
                *mode,
                cast(Status, self._labels.statuses[status[0]]),
                status[1],
                context,
                actor,
                recipient,
                min(sure),
                tuple((self._names[i], chance[i]) for i in ranked[: RIVALS + 1] if i != kind + 1)[:RIVALS],
            )

    def _contexts(self, found: Floats) -> list[tuple[tuple[str, float], ...]]:
        """The possible contexts of each mark, likeliest first, from probabilities [M, contexts]."""
        possible: list[list[tuple[str, float]]] = [[] for _ in found]
        rows, columns = np.nonzero(found > POSSIBLE_CONTEXT)
        for row, column, chance in zip(rows.tolist(), columns.tolist(), found[rows, columns].tolist(), strict=True):
            possible[row].append((self._labels.contexts[column], chance))
        return [tuple(sorted(own, key=lambda context: -context[1])) for own in possible]

    def _modes_of(self, kinds: Ints, scores: Floats) -> list[tuple[str | None, float]]:
        """The mode of each mark and its share among those of its type [M], from scores [M, modes]."""
        best, shares = np.zeros(len(kinds), np.int64), np.zeros(len(kinds), np.float32)
        for kind in np.unique(kinds).tolist():
            rows, own = np.flatnonzero(kinds == kind), self._modes[self._labels.events[kind]]
            fitting = scores[np.ix_(rows, own)]
            parts = np.exp(fitting - fitting.max(1, keepdims=True))
            parts /= parts.sum(1, keepdims=True)
            best[rows], shares[rows] = np.take(own, parts.argmax(1)), parts.max(1)
        names = [mode_of(mode) for mode in self._labels.modes]
        return [(names[mode], share) for mode, share in zip(best.tolist(), shares.tolist(), strict=True)]


def label_of(type: str, mode: str | None) -> str:
    """A type with its mode as the model's labels have it: "SANCTION.expel", or "SANCTION"."""
    return f"{type}.{mode}" if mode else type


def mode_of(label: str) -> str | None:
    """The mode in "SANCTION.expel"; None in "SANCTION"."""
    return label.partition(".")[2] or None
