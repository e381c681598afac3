"""The counts behind precision, recall and F1, and the laws every scorer that uses them keeps."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts, count_by_label, count_matches

units = st.frozensets(st.tuples(st.integers(0, 6), st.sampled_from(["A", "B", "C"])), max_size=8)
pairs = st.lists(st.tuples(units, units), max_size=5)


def test_shares_are_of_what_was_predicted_and_of_what_there_is() -> None:
    counts = Counts(right=3, gold=4, predicted=6)
    assert (counts.precision, counts.recall, counts.f1) == (0.5, 0.75, 0.6)


def test_f1_is_the_harmonic_mean() -> None:
    counts = Counts(right=2, gold=8, predicted=5)
    harmonic = 2 / (1 / counts.precision + 1 / counts.recall)
    assert counts.f1 == pytest.approx(harmonic)


def test_nothing_found_where_nothing_is_counts_as_right() -> None:
    assert (Counts().precision, Counts().recall, Counts().f1) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize("counts", [Counts(gold=3), Counts(predicted=3)])
def test_all_missed_and_all_made_up_are_both_nothing(counts: Counts) -> None:
    assert (counts.precision, counts.recall, counts.f1) == (0.0, 0.0, 0.0)


def test_a_unit_is_right_only_in_its_own_sentence() -> None:
    assert count_matches([{1, 2}, {3}], [{1, 3}, {2, 3}]) == Counts(right=2, gold=3, predicted=4)


def test_another_number_of_sentences_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        count_matches([{1}, {2}], [{1}])


def test_a_unit_at_the_right_place_with_another_label_is_wrong_for_both_labels() -> None:
    found = count_by_label([{((0, 1), "A"), ((2, 3), "B")}], [{((0, 1), "B"), ((2, 3), "B")}])
    assert found == {"A": Counts(0, 1, 0), "B": Counts(1, 1, 2)}


def test_labels_come_with_the_most_frequent_first_and_then_by_name() -> None:
    gold = [{(1, "Z"), (2, "Z"), (3, "B"), (4, "A")}]
    assert list(count_by_label(gold, [{(5, "made up")}])) == ["Z", "A", "B", "made up"]


@given(pairs)
def test_a_perfect_prediction_scores_one(sentences: list[tuple[frozenset[tuple[int, str]], object]]) -> None:
    gold = [one for one, _ in sentences]
    counts = count_matches(gold, gold)
    assert counts.precision == counts.recall == counts.f1 == 1.0
    assert all(own.f1 == 1.0 for own in count_by_label(gold, gold).values())


@given(pairs)
def test_precision_and_recall_change_places_with_gold_and_prediction(
    sentences: list[tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]]],
) -> None:
    gold, predicted = [one for one, _ in sentences], [other for _, other in sentences]
    there, back = count_matches(gold, predicted), count_matches(predicted, gold)
    assert (there.precision, there.recall, there.f1) == (back.recall, back.precision, back.f1)


@given(pairs)
def test_the_labels_add_up_to_the_whole(
    sentences: list[tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]]],
) -> None:
    gold, predicted = [one for one, _ in sentences], [other for _, other in sentences]
    whole, labels = count_matches(gold, predicted), count_by_label(gold, predicted).values()
    assert whole.right == sum(own.right for own in labels)
    assert whole.gold == sum(own.gold for own in labels)
    assert whole.predicted == sum(own.predicted for own in labels)


@given(pairs)
def test_every_share_lies_between_nothing_and_one(
    sentences: list[tuple[frozenset[tuple[int, str]], frozenset[tuple[int, str]]]],
) -> None:
    counts = count_matches([one for one, _ in sentences], [other for _, other in sentences])
    low, high = sorted((counts.precision, counts.recall))
    assert 0.0 <= low <= counts.f1 + 1e-12
    assert counts.f1 <= high + 1e-12 <= 1.0 + 1e-12
