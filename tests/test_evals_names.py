"""Names against gold ones. The sentences are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, phrases, tree

from evals.counts import Counts, Labelled
from evals.names import NamedSentence, coded_names, load_names, load_worldwide, score_names
from legation.records import NamedSpan

GOLD: frozenset[Labelled] = frozenset({(0, 2, "PER"), (4, 5, "LOC"), (7, 9, "ORG")})


def named(*spans: Labelled) -> list[NamedSpan]:
    return [NamedSpan(start, end, label, 0.9) for start, end, label in spans]


def test_gold_sentences_are_read_without_names_of_other_kinds(tmp_path: Path) -> None:
    record = {
        "words": ["Ada", "Roe", "left", "Marland"],
        "spans": [[0, 2, "PER"], [3, 4, "LOC"], [2, 3, "OTH"]],
    }
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record) + "\n").encode()))
    [sentence] = load_names(path)
    assert sentence.words == ("Ada", "Roe", "left", "Marland")
    assert sentence.names == {(0, 2, "PER"), (3, 4, "LOC")}


@pytest.mark.parametrize("wrong", [(0, 1, "PER"), (0, 3, "PER"), (1, 2, "PER"), (0, 2, "ORG")])
def test_a_name_with_other_borders_or_another_label_is_wrong(wrong: Labelled) -> None:
    score = score_names([GOLD], [named(wrong, (4, 5, "LOC"), (7, 9, "ORG"))])
    assert score.names == Counts(right=2, gold=3, predicted=3)


@pytest.mark.parametrize("label", ["NORP", "MISC"])
def test_labels_the_gold_standard_lacks_cost_nothing(label: str) -> None:
    score = score_names([GOLD], [named(*GOLD, (10, 11, label))])
    assert score.names == Counts(3, 3, 3)
    assert label not in score.labels


def test_a_gold_name_that_is_called_norp_is_missed() -> None:
    score = score_names([GOLD], [named((0, 2, "PER"), (4, 5, "NORP"), (7, 9, "ORG"))])
    assert score.names == Counts(right=2, gold=3, predicted=2)


def test_labels_are_counted_each_for_itself() -> None:
    score = score_names([GOLD], [named((0, 2, "PER"), (4, 5, "ORG"))])
    assert score.labels == {"LOC": Counts(0, 1, 0), "ORG": Counts(0, 1, 1), "PER": Counts(1, 1, 1)}


def test_the_same_span_in_another_sentence_does_not_help() -> None:
    assert score_names([GOLD, frozenset()], [[], named(*GOLD)]).names == Counts(0, 3, 3)


sentences = st.lists(
    st.frozensets(st.tuples(st.integers(0, 3), st.integers(4, 6), st.sampled_from(["PER", "ORG", "LOC"])), max_size=4),
    max_size=4,
)


@given(sentences)
def test_a_perfect_prediction_scores_one(gold: list[frozenset[Labelled]]) -> None:
    score = score_names(gold, [named(*names) for names in gold])
    assert score.names.f1 == 1.0
    assert all(counts.f1 == 1.0 for counts in score.labels.values())


@given(sentences, st.data())
def test_gold_and_prediction_may_change_places(gold: list[frozenset[Labelled]], data: st.DataObject) -> None:
    other = [data.draw(st.frozensets(st.sampled_from(sorted(names)))) if names else names for names in gold]
    there = score_names(gold, [named(*names) for names in other]).names
    back = score_names(other, [named(*names) for names in gold]).names
    assert (there.right, there.gold, there.predicted) == (back.right, back.predicted, back.gold)


def test_articles_with_sentences_as_ranges_become_sentences(tmp_path: Path) -> None:
    words = ["Oda", "left", ".", "The", "Harrow", "Fund", "of", "Norway", "stayed", "."]
    spans = [[0, 1, "Person"], [4, 6, "Organization"], [7, 8, "Location"], [1, 2, "Date"]]
    with gzip.open(tmp_path / "gold.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps({"words": words, "sents": [[0, 3], [3, 10]], "spans": spans}) + "\n")
    first, second = load_worldwide(tmp_path / "gold.gz")
    assert first == NamedSentence(("Oda", "left", "."), frozenset({(0, 1, "PER")}))
    assert second.names == {(1, 3, "ORG"), (4, 5, "LOC")}


def coded(draft: Draft) -> set[Labelled]:
    made = phrases(draft)
    return {(n.start, n.end, n.label) for n in coded_names([token.text for token in made.tokens], made.sentence)}


def test_coded_names_have_the_label_of_what_the_tables_know_them_for() -> None:
    draft = tree(
        "Tarel Tarel PROPN NNP 2 nsubj | left leave VERB VBD 0 root | Interpol Interpol PROPN NNP 2 obj | "
        "for for ADP IN 5 case | Peru Peru PROPN NNP 2 obl",
        PER="Tarel",
        LOC="Interpol|Peru",
    )
    assert coded(draft) == {(0, 1, "PER"), (2, 3, "ORG"), (4, 5, "LOC")}


def test_a_nation_by_its_people_is_none_of_the_three() -> None:
    draft = tree(
        "Peruvians Peruvian PROPN NNPS 2 nsubj | left leave VERB VBD 0 root | Lima Lima PROPN NNP 2 obj",
        LOC="Peruvians|Lima",
    )
    assert coded(draft) == {(0, 1, "NORP"), (2, 3, "LOC")}
