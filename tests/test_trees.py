"""Arc scores become the best tree with one root, whatever the scores."""

from __future__ import annotations

import sys
from itertools import product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from legation.read.trees import decode_tree, is_tree

Scores = npt.NDArray[np.float32]


def scores_of(least: int, most: int) -> st.SearchStrategy[Scores]:
    """Arc scores [N, N+1] for N words. Quarters add up without rounding, so that ties are ties."""
    quarters = st.integers(-40, 40).map(lambda n: n / 4)
    return st.integers(least, most).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=quarters))


def reaches_the_root(heads: list[int]) -> bool:
    """The definition, checked without `is_tree`: one root, and every word climbs to it."""
    for word in range(len(heads)):
        node, steps = word, 0
        while node != -1 and steps <= len(heads):
            node, steps = heads[node], steps + 1
        if node != -1:
            return False
    return heads.count(-1) == 1


def total(scores: Scores, heads: list[int]) -> float:
    return float(sum(scores[word, head + 1] for word, head in enumerate(heads)))


def best_by_force(scores: Scores) -> float:
    size = len(scores)
    trees = (list(heads) for heads in product(range(-1, size), repeat=size))
    return max(total(scores, heads) for heads in trees if reaches_the_root(heads))


@given(scores_of(1, 4))
def test_no_tree_scores_higher(scores: Scores) -> None:
    heads = decode_tree(scores)
    assert reaches_the_root(heads)
    assert total(scores, heads) == best_by_force(scores)


@given(scores_of(5, 5))
def test_no_tree_of_five_words_scores_higher(scores: Scores) -> None:
    assert total(scores, decode_tree(scores)) == best_by_force(scores)


@given(scores_of(1, 20))
def test_every_word_reaches_the_one_root(scores: Scores) -> None:
    assert reaches_the_root(decode_tree(scores))


@given(scores_of(1, 12))
def test_the_greedy_choice_stands_where_it_is_a_tree(scores: Scores) -> None:
    greedy = [int(head) - 1 for head in scores.argmax(1)]
    if is_tree(greedy):
        assert decode_tree(scores) == greedy


@given(st.lists(st.integers(-1, 6), max_size=7))
def test_a_tree_is_known_by_its_definition(drawn: list[int]) -> None:
    heads = [min(head, len(drawn) - 1) for head in drawn]
    assert is_tree(heads) == reaches_the_root(heads)


def test_no_words_have_no_heads() -> None:
    assert decode_tree(np.zeros((0, 1), dtype=np.float32)) == []


def test_one_word_is_the_root_however_bad_its_score() -> None:
    assert decode_tree(np.array([[-9e3, 5.0]], dtype=np.float32)) == [-1]


def test_a_cycle_is_broken_at_its_weakest_arc() -> None:
    # Words 0 and 1 prefer each other; the root would rather have word 1.
    scores = np.array([[1.0, 0.0, 9.0], [4.0, 9.0, 0.0]], dtype=np.float32)
    assert decode_tree(scores) == [1, -1]


def test_of_two_greedy_roots_one_is_left() -> None:
    scores = np.array([[5.0, 0.0, 1.0], [6.0, 2.0, 0.0]], dtype=np.float32)
    assert decode_tree(scores) == [-1, 0] or decode_tree(scores) == [1, -1]
    assert total(scores, decode_tree(scores)) == 7.0


def test_equal_scores_still_give_a_tree() -> None:
    assert reaches_the_root(decode_tree(np.zeros((30, 31), dtype=np.float32)))


def test_arcs_that_no_window_saw_do_not_break_the_tree() -> None:
    """A sentence in windows has -1e4 for all pairs that no window held."""
    scores = np.full((60, 61), -1e4, dtype=np.float32)
    scores[:, 0] = -5.0
    for word in range(60):
        scores[word, max(1, word - 1) : word + 3] = 1.0
    assert reaches_the_root(decode_tree(scores))


def test_hundreds_of_nested_cycles_do_not_exhaust_the_stack() -> None:
    """Each word prefers its left neighbour, the first its right one: contracting one cycle makes the next."""
    size = 400
    scores = np.full((size, size + 1), -1e3, dtype=np.float32)
    for word in range(1, size):
        scores[word, word] = 10.0
        scores[word - 1, word + 1] = 20.0
    scores[0, 0] = -1e2
    assert size > sys.getrecursionlimit() // 3
    assert reaches_the_root(decode_tree(scores))


@pytest.mark.parametrize("seed", range(3))
def test_a_long_random_sentence_is_a_tree(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(150, 151)).astype(np.float32)
    assert reaches_the_root(decode_tree(scores))
