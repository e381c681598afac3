"""From the scores of the event heads to event marks: type, mode, status, contexts, actor and recipient of each word
that may tell an event."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np

from legation.read.model import EVENT, Floats, Ints, Labels, Scores
from legation.read.spans import certainty, decode_rows, spans_of
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
        self._modes = {
            kind: [i for i, mode in enumerate(labels.modes) if mode.partition(".")[0] == kind] for kind in labels.events
        }

    def read(self, scores: Sequence[Scores]) -> list[tuple[EventMark, ...]]:
        """The marks of each sentence, in order of their words; also unlikely ones, which the caller may drop."""
        wanted = [[frame for frame in found.frames if frame[1] == EVENT] for found in scores]
        rows = [roles[:, self._columns] for frames in wanted for *_, roles in frames]
        decoded = iter(zip(rows, decode_rows(rows), strict=True))
        return [
            tuple(sorted((self._mark(word, found, *next(decoded)) for word, *_ in frames), key=lambda m: m.word))
            for found, frames in zip(scores, wanted, strict=True)
        ]

    def _mark(self, word: int, scores: Scores, roles: Floats, tags: Ints) -> EventMark:
        labels, chances = self._labels, scores.events[word].tolist()
        order = np.argsort(-scores.events[word]).tolist()
        best = next(i for i in order if i > 0)
        kind = labels.events[best - 1]
        mode, mode_score = self._mode(kind, scores.modes[word])
        status = int(scores.statuses[word].argmax())
        spans = spans_of(tags, self._roles)
        actor, recipient = (tuple((s, e) for s, e, label in spans if label == role) for role in self._roles)
        return EventMark(
            word,
            kind,
            chances[best],
            mode,
            mode_score,
            cast(Status, labels.statuses[status]),
            float(scores.statuses[word][status]),
            self._contexts(scores.contexts[word]),
            actor,
            recipient,
            certainty(roles, tags),
            tuple(("" if i == 0 else labels.events[i - 1], chances[i]) for i in order if i != best)[:RIVALS],
        )

    def _contexts(self, chances: Floats) -> tuple[tuple[str, float], ...]:
        possible = sorted(np.flatnonzero(chances > POSSIBLE_CONTEXT).tolist(), key=lambda i: -chances[i])
        return tuple((self._labels.contexts[i], float(chances[i])) for i in possible)

    def _mode(self, kind: str, scores: Floats) -> tuple[str | None, float]:
        own = self._modes[kind]
        shares = np.exp(scores[own] - scores[own].max())
        shares /= shares.sum()
        best = int(shares.argmax())
        return mode_of(self._labels.modes[own[best]]), float(shares[best])


def label_of(type: str, mode: str | None) -> str:
    """A type with its mode as the model's labels have it: "SANCTION.expel", or "SANCTION"."""
    return f"{type}.{mode}" if mode else type


def mode_of(label: str) -> str | None:
    """The mode in "SANCTION.expel"; None in "SANCTION"."""
    return label.partition(".")[2] or None
