"""Predicates and their arguments against gold ones. The sentences are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts, Labelled
from evals.predicates import Predicate, PredicateSentence, load_predicates, score_predicates
from legation.records import Frame, Role

# The envoy , who had fled , was told to leave .
GOLD = (
    Predicate(4, True, frozenset()),
    Predicate(5, False, frozenset({(0, 2, "ARG0"), (3, 4, "R-ARG0")})),
    Predicate(8, False, frozenset({(0, 6, "ARG2"), (9, 11, "ARG1")})),
)


def frame(predicate: Predicate) -> Frame:
    roles = tuple(Role(start, end, label) for start, end, label in sorted(predicate.arguments))
    return Frame("predicate", predicate.word, roles, 0.9)


def frames(*predicates: Predicate) -> list[Frame]:
    return [frame(predicate) for predicate in predicates]


PERFECT = frames(*GOLD[1:])


def test_gold_ends_become_exclusive_and_auxiliaries_are_known(tmp_path: Path) -> None:
    record = {
        "words": ["He", "has", "left", "the", "room"],
        "frames": [
            {"pred": 2, "roleset": "leave.01", "args": [["ARG0", 0, 0], ["ARG1", 3, 4]]},
            {"pred": 1, "roleset": "have.01", "args": []},
        ],
    }
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record) + "\n").encode()))
    [sentence] = load_predicates(path)
    assert sentence.words == ("He", "has", "left", "the", "room")
    assert sentence.predicates == (
        Predicate(2, False, frozenset({(0, 1, "ARG0"), (3, 5, "ARG1")})),
        Predicate(1, True, frozenset()),
    )


@pytest.mark.parametrize(
    ("roleset", "auxiliary"),
    [
        ("be.03", True),
        ("do.01", True),
        ("get.03", True),
        ("be.01", False),
        ("have.03", False),
        ("do.02", False),
    ],
)
def test_only_the_auxiliary_senses_are_auxiliaries(tmp_path: Path, roleset: str, auxiliary: bool) -> None:
    record = {"words": ["was"], "frames": [{"pred": 0, "roleset": roleset, "args": []}]}
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record) + "\n").encode()))
    assert load_predicates(path)[0].predicates[0].auxiliary is auxiliary


def test_all_but_the_auxiliaries_are_given_to_the_model_in_order() -> None:
    assert PredicateSentence(("word",) * 12, tuple(reversed(GOLD))).given == (5, 8)


def test_auxiliaries_count_as_predicates() -> None:
    score = score_predicates([GOLD], [{5, 8, 9}], [PERFECT])
    assert score.predicates == Counts(right=2, gold=3, predicted=3)


def test_predicates_and_arguments_are_judged_apart() -> None:
    score = score_predicates([GOLD], [set()], [PERFECT])
    assert (score.predicates.f1, score.arguments.f1) == (0.0, 1.0)


@pytest.mark.parametrize("wrong", [(0, 1, "ARG0"), (0, 3, "ARG0"), (0, 2, "ARG1"), (0, 2, "R-ARG0")])
def test_an_argument_with_other_borders_or_another_label_is_wrong(wrong: Labelled) -> None:
    other = Predicate(5, False, frozenset({wrong, (3, 4, "R-ARG0")}))
    score = score_predicates([GOLD], [set()], [frames(other, GOLD[2])])
    assert score.arguments == Counts(right=3, gold=4, predicted=4)


def test_an_argument_of_another_predicate_is_wrong() -> None:
    swapped = [Predicate(8, False, GOLD[1].arguments), Predicate(5, False, GOLD[2].arguments)]
    assert score_predicates([GOLD], [set()], [frames(*swapped)]).arguments == Counts(0, 4, 4)


def test_references_and_continuations_are_spans_of_their_own() -> None:
    gold = (Predicate(2, False, frozenset({(0, 1, "ARG1"), (3, 5, "C-ARG1")})),)
    found = frames(Predicate(2, False, frozenset({(0, 1, "ARG1"), (3, 5, "ARG1")})))
    score = score_predicates([gold], [{2}], [found])
    assert score.labels == {"ARG1": Counts(1, 1, 2), "C-ARG1": Counts(0, 1, 0)}


def test_arguments_of_a_gold_auxiliary_count_as_missed() -> None:
    gold = (Predicate(1, True, frozenset({(0, 1, "ARG1")})),)
    assert score_predicates([gold], [{1}], [[]]).arguments == Counts(0, 1, 0)


def test_attributions_among_the_frames_are_left_out() -> None:
    said = Frame("attribution", 5, (Role(0, 2, "SOURCE"), Role(6, 8, "CONTENT")), 0.9)
    assert score_predicates([GOLD], [{4, 5, 8}], [[*PERFECT, said]]).arguments == Counts(4, 4, 4)


argument_sets = st.frozensets(
    st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from(["ARG0", "ARG1", "C-ARG1"])), max_size=4
)
sentences = st.dictionaries(st.integers(0, 6), argument_sets, max_size=4).map(
    lambda found: tuple(Predicate(word, False, arguments) for word, arguments in found.items())
)


@given(st.lists(sentences, max_size=4))
def test_a_perfect_prediction_scores_one(gold: list[tuple[Predicate, ...]]) -> None:
    score = score_predicates(gold, [{p.word for p in own} for own in gold], [frames(*own) for own in gold])
    assert score.predicates.f1 == score.arguments.f1 == 1.0
    assert all(counts.f1 == 1.0 for counts in score.labels.values())


@given(sentences, sentences)
def test_gold_and_prediction_may_change_places(one: tuple[Predicate, ...], other: tuple[Predicate, ...]) -> None:
    there = score_predicates([one], [{p.word for p in other}], [frames(*other)])
    back = score_predicates([other], [{p.word for p in one}], [frames(*one)])
    for a, b in ((there.predicates, back.predicates), (there.arguments, back.arguments)):
        assert (a.right, a.gold, a.predicted) == (b.right, b.predicted, b.gold)
