"""The words that speak for a side, learned from annotated evidences."""

from __future__ import annotations

import csv

from legation.coding.side_confidence import terms_of
from training.position_corpus import Position, Record, Statement
from training.real_statements import Mark, RealSentence, Said
from training.side_words import COMMENT, RAREST, seen_in, seen_in_real, table, weights_of, words_of

TEXT = "Oman said that it would lift the ban, not keep it."


def record(*stances: str) -> Record:
    start = TEXT.index("lift")
    positions = tuple(Position("trade", "open", stance, (start, start + 12)) for stance in stances)
    return Record("r", "trade", "train", TEXT, (Statement((0, 4), (5, 9), ((15, 36),), "promise", positions, ()),))


def test_evidences_of_one_side_are_learned_from_and_mixed_ones_are_not() -> None:
    terms = frozenset({"lift", "the", "ban", "lift the", "the ban", "act:promise"})
    assert seen_in([record("for", "mixed", "against")]) == [(terms, True), (terms, False)]


def test_evidences_of_real_sentences_are_learned_from_as_well() -> None:
    said = Said(None, (5, 9), ((15, 36),), "promise", tuple(Mark(side, (24, 36)) for side in ("for", "mixed")), ())
    found = seen_in_real([RealSentence("real-1", "train", "s", "d", "1", TEXT, (said,))])
    assert found == [(terms_of(words_of(TEXT, 24, 36), "promise"), True)]


def test_words_are_cut_as_a_reader_cuts_them() -> None:
    assert words_of("They won't, he said", 5, 11) == ["wo", "n't", ","]


def test_a_word_weighs_for_the_side_it_is_met_with_and_a_common_one_for_none() -> None:
    seen = [(terms_of(["keep", "it"], "state"), True)] * 40 + [(terms_of(["end", "it"], "state"), False)] * 40
    weights = weights_of(seen)
    assert weights["keep"] > 0.3 and weights["end"] == -weights["keep"]
    assert abs(weights["it"]) < 0.01


def test_what_is_met_seldom_has_no_weight() -> None:
    seen = [(frozenset({"often"}), True)] * RAREST + [(frozenset({"seldom"}), False)] * (RAREST - 1)
    assert set(weights_of(seen)) == {"often"}


def test_the_table_has_a_row_a_term_whatever_stands_in_it() -> None:
    rows = table({'"': 0.5, "a, b": -0.25, "nothing": 0.0}).removeprefix(COMMENT).splitlines()
    assert list(csv.reader(rows)) == [['"', "0.500"], ["a, b", "-0.250"]]
