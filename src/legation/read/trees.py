"""From arc scores to a well-formed tree: the best one with a single root."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_Matrix = npt.NDArray[np.float64]
_Heads = npt.NDArray[np.int64]

_NEVER = -1e9
"""Score of an arc that no tree may have."""


def decode_tree(scores: Scores) -> list[int]:
    """Heads of the best tree for `scores` [N, N+1], whose column 0 is the root; -1 is the root in the result.

    The greedy choice is kept where it is a tree already, which is nearly always; otherwise the maximum
    spanning arborescence (Chu and Liu, 1965; Edmonds, 1967) with exactly one word under the root.
    """
    heads: list[int] = (scores.argmax(1) - 1).tolist()
    return heads if is_tree(heads) else _best_single_root(scores)


def is_tree(heads: list[int]) -> bool:
    """Whether every word reaches the one root."""
    if heads.count(-1) != 1:
        return False
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, node = [], start
        while node != -1 and state[node] == 0:
            state[node] = 1
            path.append(node)
            node = heads[node]
        if node != -1 and state[node] == 1:
            return False
        for seen in path:
            state[seen] = 2
    return True


def _best_single_root(scores: Scores) -> list[int]:
    """The unconstrained best tree where it has one root; else the best of those under one of its roots.

    Best trees nest as root arcs are taken away (Gabow and Tarjan, 1984), so no other word need be tried.
    """
    size = len(scores)
    full = np.full((size + 1, size + 1), _NEVER, dtype=np.float64)
    full[1:, :] = scores
    np.fill_diagonal(full, _NEVER)
    heads = _arborescence(full)
    roots = np.flatnonzero(heads[1:] == 0) + 1
    if len(roots) > 1:
        heads = max((_with_root(full, int(root)) for root in roots), key=lambda found: found[0])[1]
    return [int(h) - 1 for h in heads[1:]]


def _with_root(full: _Matrix, root: int) -> tuple[float, _Heads]:
    kept = full.copy()
    kept[1:, 0] = _NEVER
    kept[root, 0] = full[root, 0]
    heads = _arborescence(kept)
    return float(kept[np.arange(1, len(heads)), heads[1:]].sum()), heads


@dataclass(frozen=True, slots=True)
class _Contraction:
    """One cycle made one node: what is needed to open it again."""

    heads: _Heads
    inside: _Heads
    outside: _Heads
    entering: _Matrix
    leaving: _Matrix

    def opened(self, found: _Heads) -> _Heads:
        """Heads before the contraction from those after it, in which the cycle is the last node."""
        size = len(self.outside)
        result = self.heads.copy()
        entry = self.entering[:, found[size]].argmax()
        result[self.inside[entry]] = self.outside[found[size]]
        for index in range(1, size):
            to_cycle = found[index] == size
            inner = self.inside[self.leaving[index].argmax()]
            result[self.outside[index]] = inner if to_cycle else self.outside[found[index]]
        return result


def _arborescence(scores: _Matrix) -> _Heads:
    """Best heads [N] with node 0 the root, whose own head is -1; scores [N, N] of dependent and head.

    Cycles are contracted one after the other in a loop: a long list of numbers can hold hundreds.
    """
    contractions: list[_Contraction] = []
    heads = _best_heads(scores)
    while cycle := _find_cycle(heads):
        contraction, scores = _contract(scores, heads, cycle)
        contractions.append(contraction)
        heads = _best_heads(scores)
    for contraction in reversed(contractions):
        heads = contraction.opened(heads)
    return heads


def _best_heads(scores: _Matrix) -> _Heads:
    heads: _Heads = scores.argmax(1)
    heads[0] = -1
    return heads


def _contract(scores: _Matrix, heads: _Heads, cycle: list[int]) -> tuple[_Contraction, _Matrix]:
    inside = np.array(cycle)
    outside = np.delete(np.arange(len(scores)), inside)
    given_up = scores[inside, heads[inside]]
    entering = scores[np.ix_(inside, outside)] - given_up[:, None] + given_up.sum()
    leaving = scores[np.ix_(outside, inside)]
    size = len(outside)
    small = np.full((size + 1, size + 1), _NEVER)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = entering.max(0)
    small[:size, size] = leaving.max(1)
    return _Contraction(heads, inside, outside, entering, leaving), small


def _find_cycle(heads: _Heads) -> list[int]:
    seen_from = np.zeros(len(heads), dtype=np.int64)
    for start in range(1, len(heads)):
        path: list[int] = []
        node = start
        while node > 0 and not seen_from[node]:
            seen_from[node] = start
            path.append(node)
            node = int(heads[node])
        if node > 0 and seen_from[node] == start:
            return path[path.index(node) :]
    return []
