"""Contexts of an event, by its own words and by those of the sentences beside it. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, reading, tells, tree

from legation.coding import code
from legation.coding.contexts import LIKELY, MOST, NEIGHBOUR, blend

ROWS = "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | . . PUNCT . 2 punct"


def draft(*contexts: tuple[str, float]) -> Draft:
    told = tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=contexts)
    return tree(ROWS, told, LOC="Iran|Iraq")


def contexts_of(*drafts: Draft) -> list[tuple[str, ...]]:
    return [event.contexts for event in code(reading(*drafts)).events]


def test_a_likely_context_holds_and_an_unlikely_one_does_not() -> None:
    assert contexts_of(draft(("military", LIKELY + 0.01), ("cyber", LIKELY - 0.01))) == [("military",)]


def test_the_likeliest_stand_first_and_are_few() -> None:
    chances = [(name, 0.9 - n / 10) for n, name in enumerate(("military", "territory", "terrorism", "cbrn"))]
    assert contexts_of(draft(*reversed(chances))) == [("military", "territory", "terrorism")]
    assert MOST == 3


def test_what_the_sentence_before_is_about_tips_the_balance() -> None:
    mode = {"mode": "aerial", "status": "historical"}
    first = tree(ROWS, tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=(("cbrn", 1.0),), **mode), LOC="Iran|Iraq")
    unsure = draft(("cbrn", LIKELY - NEIGHBOUR / 2))
    assert contexts_of(unsure) == [()]
    assert contexts_of(first, unsure)[1] == ("cbrn",)


def test_a_context_that_its_own_words_rule_out_does_not_come_from_beside() -> None:
    mode = {"mode": "aerial", "status": "historical"}
    first = tree(ROWS, tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=(("cbrn", 1.0),), **mode), LOC="Iran|Iraq")
    assert contexts_of(first, draft(("military", 0.9)))[1] == ("military",)


def test_what_stands_two_sentences_away_says_nothing() -> None:
    mode = {"mode": "aerial", "status": "historical"}
    first = tree(ROWS, tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=(("cbrn", 1.0),), **mode), LOC="Iran|Iraq")
    unsure = draft(("cbrn", LIKELY - NEIGHBOUR / 2))
    assert contexts_of(first, tree(ROWS), unsure)[-1] == ()


chances = st.dictionaries(st.sampled_from(["military", "legal", "cyber"]), st.floats(0, 1))


@given(chances, chances)
def test_what_is_around_never_lowers_a_chance(own: dict[str, float], around: dict[str, float]) -> None:
    blended = blend(own, around)
    assert set(blended) == set(own)
    assert all(own[name] <= chance <= 1.0 for name, chance in blended.items())


def test_without_neighbours_chances_stay() -> None:
    assert blend({"legal": 0.4}, {}) == pytest.approx({"legal": 0.4})
