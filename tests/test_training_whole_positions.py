"""Positions of reports judged for the curve of how sure they are as a whole. The text is invented."""

from __future__ import annotations

import pytest
from readings import reading, says, stands, tree

from legation.positions.library import shipped_library
from legation.positions.matching import Matcher
from legation.positions.telling import telling
from training.calibrate_positions import JudgedPosition, judge
from training.position_corpus import Position, Record, Statement

WORDS = """
    Peru Peru PROPN NNP 2 nsubj | urged urge VERB VBD 0 root | Chile Chile PROPN NNP 2 obj | to to PART TO 5 mark
    lift lift VERB VB 2 xcomp | the the DET DT 7 det | sanctions sanction NOUN NNS 5 obj | . . PUNCT . 2 punct
"""
CONTENT = "Chile to lift the sanctions"
EVIDENCE = (20, 38)
MATTER = telling(Matcher(shipped_library()))("lift the sanctions", CONTENT, f"Peru urged {CONTENT}.")


def judged(*gold: Position) -> list[JudgedPosition]:
    made = reading(
        tree(WORDS, says("urged", "Peru", CONTENT), stands("urged", "demand", ("FOR", "lift the sanctions")))
    )
    statement = Statement((0, 4), (5, 10), ((11, 38),), "demand", gold, ())
    return judge([Record("x-1", "sanctions", "dev", made.text.body, (statement,))], [made])


@pytest.mark.parametrize(
    ("gold", "right"),
    [
        ([Position("sanctions", "relieve", "for", EVIDENCE)], True),
        ([Position("sanctions", "relieve", "against", EVIDENCE)], False),
        ([Position("sanctions", "keep", "for", EVIDENCE)], False),
        ([], False),
    ],
)
def test_a_position_is_right_where_the_annotators_have_all_of_it(gold: list[Position], right: bool) -> None:
    assert (MATTER.issue, MATTER.option) == ("sanctions", "relieve")
    (one,) = judged(*gold)
    assert one.right is right


def test_what_the_curve_is_over_is_what_coding_gives_it() -> None:
    (one,) = judged()
    side, mixed, no_issue, issue, no_option, lead, words, taken = one.features
    assert (mixed, no_issue, no_option) == (0.0, 0.0, 0.0)
    assert side > 0.0 and issue > 0.0 and lead > 0.0 and words > 1.0 and taken > 0.0
