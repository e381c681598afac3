"""Stance marks from scores: which words show a side, and how sure the side is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from legation.read.model import Floats, Labels, Said, Scores
from legation.read.stances import SHOWN, StanceMarker
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


def one(*rows: dict[int, float]) -> StanceMark:
    """The mark of a statement whose sides have these chances."""
    nobody = chances(*({} for _ in rows), tags=3)
    (mark,) = marks(Said(1, True, nobody, chances(*rows), nobody, np.array([0.2, 0.8], dtype=np.float32)))
    return mark


def test_the_act_is_the_likeliest_with_its_chance() -> None:
    mark = one({}, {})
    assert (mark.word, mark.act, mark.sides) == (1, "demand", ())
    assert mark.act_score == pytest.approx(0.8)


def test_where_the_words_of_a_side_begin_does_not_make_it_less_sure() -> None:
    (sure,) = one({FOR: 0.5}, {FOR: 0.45, FOR_TOO: 0.5}, {FOR_TOO: 0.9}).sides
    assert (sure.start, sure.end, sure.label) == (0, 3, "FOR")
    assert sure.score == pytest.approx(1.0, abs=1e-3)


def test_a_side_is_as_sure_as_its_share_of_all_sides() -> None:
    (side,) = one({FOR: 0.6, AGAINST: 0.2}, {FOR_TOO: 0.6, AGAINST_TOO: 0.2}).sides
    assert side.score == pytest.approx(0.75, abs=1e-3)


def test_words_that_hardly_show_any_side_show_none() -> None:
    assert one({FOR: SHOWN + 0.01}).sides
    assert not one({FOR: SHOWN - 0.01}).sides


def test_marks_stand_in_the_order_of_their_words() -> None:
    nobody, nothing = chances({}, {}, tags=3), chances({}, {})
    said = [Said(word, True, nobody, nothing, nobody, np.array([0.9, 0.1], dtype=np.float32)) for word in (1, 0)]
    assert [mark.word for mark in marks(*said)] == [0, 1]
