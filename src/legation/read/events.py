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
        words, tags = [word for _, own in told for word in own], decode_rows(roles)
        order, chance = np.argsort(-events, axis=1), events.tolist()
        best = np.where(order[:, 0] > 0, order[:, 0], order[:, 1])
        kinds, ranked, mode = best.tolist(), order.tolist(), self._modes_of(best - 1, modes)
        status, status_score = statuses.argmax(1).tolist(), statuses.max(1).tolist()
        possible, sure = self._contexts(contexts), chances(roles, tags)
        for at, word in enumerate(words):
            actor, recipient = self._parties(tags[at])
            rivals = [(self._names[i], chance[at][i]) for i in ranked[at][: RIVALS + 1] if i != kinds[at]]
            yield EventMark(
                word,
                self._names[kinds[at]],
                chance[at][kinds[at]],
                mode[at][0],
                mode[at][1],
                cast(Status, self._labels.statuses[status[at]]),
                status_score[at],
                possible[at],
                actor,
                recipient,
                min(sure[at]),
                tuple(rivals[:RIVALS]),
                tuple((span, max(sure[at][slice(*span)])) for span in (*actor, *recipient)),
            )

    def _parties(self, tags: Ints) -> Iterator[tuple[tuple[int, int], ...]]:
        """The words of the actor, and those of the recipient."""
        spans = spans_of(tags, self._roles)
        return (tuple((s, e) for s, e, label in spans if label == role) for role in self._roles)

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
            fitting = scores[rows][:, own]
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
