"""From arc scores to a well-formed tree: the best one with a single root."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]


def decode_tree(scores: Scores) -> list[int]:
    """Heads of the best tree for `scores` [N, N+1], whose column 0 is the root; -1 is the root in the result.

    The greedy choice is kept where it is a tree already, which is nearly always; otherwise the maximum
    spanning arborescence (Chu and Liu, 1965; Edmonds, 1967) with exactly one word under the root.
    """
    greedy = scores.argmax(1) - 1
    heads = [int(h) for h in greedy]
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
    size = len(scores)
    full = np.full((size + 1, size + 1), -1e9, dtype=np.float64)
    full[1:, :] = scores
    np.fill_diagonal(full, -1e9)
    heads = _arborescence(full)
    if (heads[1:] == 0).sum() > 1:
        roots = [i for i in range(1, size + 1) if heads[i] == 0]
        candidates = [_with_root(full, root) for root in roots]
        heads = max(candidates, key=lambda c: c[0])[1]
    return [int(h) - 1 for h in heads[1:]]


def _with_root(full: npt.NDArray[np.float64], root: int) -> tuple[float, npt.NDArray[np.int64]]:
    kept = full.copy()
    kept[1:, 0] = -1e9
    kept[root, 0] = full[root, 0]
    heads = _arborescence(kept)
    return float(sum(kept[i, heads[i]] for i in range(1, len(heads)))), heads


def _arborescence(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    heads = scores.argmax(1)
    heads[0] = -1
    cycle = _find_cycle(heads)
    if not cycle:
        return heads
    return _contract(scores, heads, cycle)


def _contract(
    scores: npt.NDArray[np.float64], heads: npt.NDArray[np.int64], cycle: list[int]
) -> npt.NDArray[np.int64]:
    inside = np.array(cycle)
    outside = np.array([i for i in range(len(scores)) if i not in set(cycle)])
    total = scores[inside, heads[inside]].sum()
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None] + total
    leaving = scores[np.ix_(outside, inside)]
    size = len(outside)
    small = np.full((size + 1, size + 1), -1e9)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = entering.max(0)
    small[:size, size] = leaving.max(1)
    found = _arborescence(small)
    result = heads.copy()
    entry = entering[:, found[size]].argmax()
    result[inside[entry]] = outside[found[size]]
    for index in range(1, size):
        to_cycle = found[index] == size
        result[outside[index]] = inside[leaving[index].argmax()] if to_cycle else outside[found[index]]
    result[0] = -1
    return result


def _find_cycle(heads: npt.NDArray[np.int64]) -> list[int]:
    for start in range(1, len(heads)):
        seen: list[int] = []
        node = start
        while node > 0 and node not in seen:
            seen.append(node)
            node = int(heads[node])
        if node > 0:
            return seen[seen.index(node) :]
    return []
