"""What pronouns are learned from, and that the fit finds the least loss. All texts are invented."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from readings import reading, tree

from evals.speakers import unmarked
from legation.coding.pronouns import NOBODY, Candidate, Weights
from training.fitting import minimum
from training.pronouns import RAREST, Row, Table, Truth, from_gap, from_speakers, rendered

MET = tree(
    "Nils Nils PROPN NNP 2 nsubj | met meet VERB VBD 0 root | Lars Lars PROPN NNP 2 obj | . . PUNCT . 2 punct",
    PER="Nils|Lars",
)
HE_LEFT = tree("He he PRON PRP 2 nsubj | left leave VERB VBD 0 root | . . PUNCT . 2 punct")
READ = reading([MET, HE_LEFT])
RECORD = {"text": READ.text.body, "pronoun": [15, 17], "a": [0, 4], "b": [9, 13], "a_coref": True, "b_coref": False}


def rows(times: int = RAREST) -> list[Row]:
    """He is who is near, all but once."""
    candidates = [Candidate("a", {"near": 1.0}), Candidate("b", {"far": 1.0})]
    near, far = (Truth(frozenset({key})) for key in "ab")
    return [*[(candidates, near)] * times, (candidates, far)]


def test_a_row_of_gap_means_the_one_and_not_the_other() -> None:
    document = from_gap(RECORD, READ)
    assert document.truths == {(15, 17): Truth(frozenset({"person:nils"}), frozenset({"person:lars"}))}


def test_a_row_that_means_neither_only_tells_whom_it_does_not_mean() -> None:
    (truth,) = from_gap(RECORD | {"a_coref": False}, READ).truths.values()
    assert truth.right is None and not truth.allows("person:nils") and truth.allows("person:oda")


def test_marks_are_taken_out_of_an_article_and_kept() -> None:
    text, marks = unmarked("[[Nils|Nils Berg]] met Lars. [[He|Nils Berg]] left.")
    assert text == "Nils met Lars. He left."
    assert marks == [(0, 4, "Nils Berg"), (15, 17, "Nils Berg")]
    assert from_speakers(marks, READ).truths == {(15, 17): Truth(frozenset({"person:nils"}))}


@given(st.text(alphabet=st.characters(exclude_characters="[]|"), max_size=30))
def test_a_text_without_marks_stays_as_it_is(body: str) -> None:
    assert unmarked(body) == (body, [])


def test_rare_features_are_left_out() -> None:
    rare = Candidate("a", {"near": 1.0, "rare": 1.0})
    table = Table([*rows(), ([rare], Truth(frozenset({"a"})))])
    assert table.features == [NOBODY, "far", "near"]


def test_the_slope_is_that_of_the_loss() -> None:
    table = Table(rows())
    point = np.array([0.3, -0.2, 0.5])
    _, slope = table.loss(point)
    for at in range(3):
        step = np.zeros(3)
        step[at] = 1e-6
        assert abs((table.loss(point + step)[0] - table.loss(point - step)[0]) / 2e-6 - slope[at]) < 1e-4


def test_the_minimum_prefers_what_is_mostly_right() -> None:
    table = Table(rows(50))
    weights = dict(zip(table.features, minimum(table.loss, len(table.features)), strict=True))
    assert weights["near"] > weights["far"] and weights["near"] > weights[NOBODY]
    assert float(np.abs(table.loss(minimum(table.loss, len(table.features)))[1]).max()) < 0.05


def test_the_table_says_where_it_comes_from() -> None:
    text = rendered(Weights({"near": 0.5, "here:between:,": 1.0}))
    assert "Licence: CC BY 4.0" in text
    assert text.endswith('feature,weight\n"here:between:,",1.0\nnear,0.5\n')
