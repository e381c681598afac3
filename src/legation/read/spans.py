"""From tag scores to spans: the best sequence of B, I and O tags that is well formed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, islice

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
Tags = npt.NDArray[np.int64]

TOGETHER = 64
"""Rows whose best sequences are looked for at once; more would take memory in long sentences."""


def tag_names(labels: tuple[str, ...]) -> tuple[str, ...]:
    """O, then B- and I- of every label: tag 2k+1 begins label k, tag 2k+2 goes on with it."""
    return ("O", *(f"{prefix}-{label}" for label in labels for prefix in "BI"))


def decode_rows(rows: Sequence[Scores], touching: float = 0.0) -> list[Tags]:
    """Best well-formed tag sequences (Viterbi) of rows of scores [N, tags], which are decoded many at a time.

    An I follows only a B or I of its own label. `touching` is what it costs, in log-odds, to begin a span right behind
    another.
    """
    found: list[Tags] = [np.zeros(0, dtype=np.int64)] * len(rows)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    costly: list[int] = []
    for _, group in groupby(order, key=lambda i: len(rows[i])):
        chosen = list(group)
        greedy, wrong = _greedy(np.stack([rows[i] for i in chosen]), touching)
        for row, tags in zip(chosen, greedy, strict=True):
            found[row] = tags
        costly += [chosen[at] for at in np.flatnonzero(wrong)]
    for start in range(0, len(costly), TOGETHER):
        chosen = costly[start : start + TOGETHER]
        for row, tags in zip(chosen, _viterbi(_padded([rows[i] for i in chosen]), touching), strict=True):
            found[row] = tags[: len(rows[row])]
    return found


def _greedy(scores: Scores, touching: float) -> tuple[Tags, npt.NDArray[np.bool_]]:
    """The likeliest tags [S, N], and which rows [S] need more than that.

    Where no span touches another and all are well formed, no move costs anything, and the greedy choice is the best.
    """
    greedy: Tags = scores.argmax(2)
    return greedy, _ill_formed(greedy) | _touching(greedy) if touching else _ill_formed(greedy)


def _padded(rows: Sequence[Scores]) -> Scores:
    """Rows in one array [S, longest, tags], where nothing but O can stand behind the end of a row."""
    longest = max(len(row) for row in rows)
    scores = np.full((len(rows), longest, rows[0].shape[1]), -1e9, dtype=np.float32)
    scores[:, :, 0] = 0.0
    for at, row in enumerate(rows):
        scores[at, : len(row)] = row
    return scores


def _ill_formed(tags: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Rows [S] in which an I follows neither a B nor an I of its label."""
    inside = (tags > 0) & (tags % 2 == 0)
    before = np.concatenate([np.zeros_like(tags[:, :1]), tags[:, :-1]], 1)
    bad = inside & (before != tags) & (before != tags - 1)
    return np.asarray(bad.any(1))


def _touching(tags: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Rows [S] in which a span begins right behind another."""
    begins = tags[:, 1:] % 2 == 1
    return np.asarray((begins & (tags[:, :-1] > 0)).any(1))


def _viterbi(scores: Scores, touching: float) -> npt.NDArray[np.int64]:
    """Of all moves only three kinds differ: into O, into a B, and from a label's B or I into its I.

    So the best way to each tag is the best of few, and the work grows with the number of tags, not with its square.
    """
    count, length, tags = scores.shape
    rows = np.arange(count)
    best = scores[:, 0].copy()
    best[:, 2::2] = -np.inf
    back = np.zeros((count, length, tags), dtype=np.int64)
    for at in range(1, length):
        any_tag = best.argmax(1)
        top = best[rows, any_tag]
        before_begin = np.where(best[:, 0] >= top - touching, 0, any_tag)
        ways = np.empty_like(best)
        ways[:, 0], back[:, at, 0] = top, any_tag
        ways[:, 1::2] = np.maximum(best[:, 0], top - touching)[:, None]
        back[:, at, 1::2] = before_begin[:, None]
        from_begin = best[:, 1::2] >= best[:, 2::2]
        ways[:, 2::2] = np.where(from_begin, best[:, 1::2], best[:, 2::2])
        back[:, at, 2::2] = np.arange(2, tags, 2) - from_begin
        best = ways + scores[:, at]
    result = np.zeros((count, length), dtype=np.int64)
    result[:, -1] = best.argmax(1)
    for at in range(length - 1, 0, -1):
        result[:, at - 1] = back[rows, at, result[:, at]]
    return result


def spans_of(tags: npt.NDArray[np.int64], labels: tuple[str, ...]) -> list[tuple[int, int, str]]:
    """(start, end, label) of every span of a well-formed tag sequence [N], end exclusive."""
    found: list[tuple[int, int, str]] = []
    (kept,) = tags.nonzero()
    for at, tag in zip(kept.tolist(), tags[kept].tolist(), strict=True):
        if tag % 2 == 1:
            found.append((at, at + 1, labels[(tag - 1) // 2]))
        else:
            start, _, label = found[-1]
            found[-1] = (start, at + 1, label)
    return found


def chances(rows: Sequence[Scores], chosen: Sequence[Tags]) -> list[list[float]]:
    """Of each row of scores [N, tags] the probability of the chosen tag [N] of each word, of all rows at once.

    How certain a span is, is the least of those of its words.
    """
    if not rows:
        return []
    scores, tags = np.concatenate(rows), np.concatenate(chosen)
    shifted = scores - scores.max(1, keepdims=True)
    own = np.take_along_axis(shifted, tags[:, None], 1)[:, 0]
    flat = iter(np.exp(own - np.log(np.exp(shifted).sum(1))).tolist())
    return [list(islice(flat, len(row))) for row in rows]
