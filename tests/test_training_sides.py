"""Sides of the model judged for the curve of their confidence. The text is invented."""

from __future__ import annotations

from dataclasses import replace

from readings import reading, stands, tree

from legation.coding.side_confidence import words_for
from legation.records import Reading
from training.calibrate_sides import JudgedSide, judge
from training.position_corpus import Position, Record, Statement

WORDS = """
    Peru Peru PROPN NNP 2 nsubj | urged urge VERB VBD 0 root | Chile Chile PROPN NNP 2 obj | to to PART TO 5 mark
    lift lift VERB VB 2 xcomp | the the DET DT 7 det | sanctions sanction NOUN NNS 5 obj | . . PUNCT . 2 punct
"""
EVIDENCE = (20, 38)


def read(label: str, words: str = "lift the sanctions") -> Reading:
    return reading(tree(WORDS, stands("urged", "demand", (label, words), score=0.8)))


def record(text: str, *stances: str) -> Record:
    held = tuple(Position("sanctions", "relieve", stance, EVIDENCE) for stance in stances)
    return Record("x-1", "sanctions", "dev", text, (Statement((0, 4), (5, 10), (EVIDENCE,), "demand", held, ()),))


def judged(made: Reading, *stances: str) -> list[JudgedSide]:
    return judge([record(made.text.body, *stances)], [made])


def test_a_side_is_right_where_the_annotators_take_the_same() -> None:
    own, other = words_for("for", ["lift", "the", "sanctions"], "demand"), words_for("against", ["sanctions"], "demand")
    assert judged(read("FOR"), "for") == [JudgedSide(0.8, own, True)]
    assert judged(read("AGAINST", "sanctions"), "for") == [JudgedSide(0.8, other, False)]
    assert other < 0 < own


def test_where_the_annotators_take_no_side_or_both_there_is_nothing_to_judge() -> None:
    assert judged(read("FOR")) == judged(read("FOR"), "mixed") == judged(read("FOR", "Chile"), "for") == []


def test_both_sides_at_once_are_not_judged() -> None:
    assert judged(read("MIXED"), "for") == []


def test_of_two_sides_of_the_annotators_the_one_with_most_words_in_common_counts() -> None:
    made = read("AGAINST")
    own = record(made.text.body, "for", "against")
    (said,) = own.statements
    short, long = said.positions
    other = replace(own, statements=(replace(said, positions=(replace(short, evidence=(20, 24)), long)),))
    words = words_for("against", ["lift", "the", "sanctions"], "demand")
    assert judge([other], [made]) == [JudgedSide(0.8, words, True)]
