"""Stance marks from scores: which words show a side, and how sure the side is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from legation.read.model import Floats, Labels, Said, Scores
from legation.read.stances import AROUND, TAKEN, StanceMarker
from legation.records import StanceMark

LABELS = cast(Labels, SimpleNamespace(sides=("FOR", "AGAINST"), attitudes=("BLAMED",), acts=("state", "demand")))
NONE, FOR, FOR_TOO, AGAINST, AGAINST_TOO = range(5)


def chances(*rows: dict[int, float], tags: int = 5) -> Floats:
    """Scores of the tags of each word that come out as these chances; what is left is O's."""
    table = np.full((len(rows), tags), 1e-6, dtype=np.float32)
    for at, row in enumerate(rows):
        for tag, chance in row.items():
            table[at, tag] = chance
        table[at, 0] = max(1e-6, 1.0 - sum(row.values()))
    return np.log(table)


def marks(*said: Said) -> tuple[StanceMark, ...]:
    """The marks of a sentence in which this is said."""
    return StanceMarker(LABELS).read([cast(Scores, SimpleNamespace(said=list(said)))])[0]


def one(*rows: dict[int, float], stands: tuple[float, float, float] = (0.1, 0.8, 0.1)) -> StanceMark:
    """The mark of a statement whose words show sides with these chances, as a whole none, one for and one against with
    those."""
    nobody = chances(*({} for _ in rows), tags=3)
    acts, whole = np.array([0.2, 0.8], dtype=np.float32), np.array(stands, dtype=np.float32)
    (mark,) = marks(Said(1, True, nobody, chances(*rows), nobody, acts, whole))
    return mark


def test_the_act_is_the_likeliest_with_its_chance() -> None:
    mark = one({}, {})
    assert (mark.word, mark.act) == (1, "demand")
    assert mark.act_score == pytest.approx(0.8)


def test_the_words_around_the_surest_that_show_a_side_nearly_as_surely_are_its_evidence() -> None:
    weak, strong = AROUND * 0.9 - 0.01, AROUND * 0.9 + 0.01
    (side,) = one({FOR: strong}, {FOR: weak}, {FOR: strong}, {FOR_TOO: 0.9}, {FOR_TOO: 0.5}, {}).sides
    assert (side.start, side.end, side.label) == (2, 5, "FOR")


def test_a_side_may_be_taken_that_no_single_word_shows_surely() -> None:
    assert one({FOR: 0.2, FOR_TOO: 0.2}, {FOR_TOO: 0.4}).sides
    assert not one({FOR: 0.2, FOR_TOO: 0.2}, {FOR_TOO: 0.4}, stands=(0.6, 0.4, 0.0)).sides


@pytest.mark.parametrize("words", [{}, {FOR: 0.9}, {AGAINST: 0.9}])
def test_a_side_is_told_where_the_statement_as_a_whole_likelier_takes_one_than_not(words: dict[int, float]) -> None:
    assert one(words).taken == pytest.approx(0.9)
    assert one(words, stands=(0.5 - 0.01, 0.51, 0.0)).sides
    assert not one(words, stands=(0.5 + 0.01, 0.49, 0.0)).sides


def test_a_side_is_as_sure_as_its_share_of_all_sides() -> None:
    (side,) = one({FOR: 0.9}, stands=(0.2, 0.6, 0.2)).sides
    assert side.label == "FOR" and side.score == pytest.approx(0.75, abs=1e-3)


def test_which_side_it_is_is_told_of_the_whole_and_not_of_the_words() -> None:
    words = ({FOR: 0.6, AGAINST: 0.3}, {FOR_TOO: 0.6, AGAINST_TOO: 0.3})
    assert [side.label for side in one(*words, stands=(0.1, 0.1, 0.8)).sides] == ["AGAINST"]
    assert [side.label for side in one(*words, stands=(0.1, 0.8, 0.1)).sides] == ["FOR"]


@given(
    arrays(np.float32, st.tuples(st.integers(1, 12), st.just(5)), elements=st.floats(-50, 50, width=32)),
    arrays(np.float32, 3, elements=st.floats(-50, 50, width=32)),
)
def test_whatever_the_scores_a_statement_has_at_most_one_side_of_some_of_its_words(
    words: Floats, stands: Floats
) -> None:
    nobody, whole = np.zeros((len(words), 3), dtype=np.float32), np.exp(stands - stands.max())
    said = Said(0, True, nobody, words, nobody, np.array([0.5, 0.5], dtype=np.float32), whole / whole.sum())
    (mark,) = marks(said)
    assert 0.0 <= mark.taken <= 1.0 and len(mark.sides) == int(mark.taken >= TAKEN)
    assert all(0 <= side.start < side.end <= len(words) and 0.5 <= side.score <= 1.0 for side in mark.sides)


def test_marks_stand_in_the_order_of_their_words() -> None:
    nobody, nothing = chances({}, {}, tags=3), chances({}, {})
    acts, stands = np.array([0.9, 0.1], dtype=np.float32), np.array([0.8, 0.1, 0.1], dtype=np.float32)
    said = [Said(word, True, nobody, nothing, nobody, acts, stands) for word in (1, 0)]
    assert [mark.word for mark in marks(*said)] == [0, 1]
