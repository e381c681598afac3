"""Pronouns held against gold ones. All texts are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from factories import MODEL

from evals.pronouns import PronounsScore, gap_row, load_pronouns, measure_pronouns, score_row
from legation.coding.coder import article_info
from legation.records import Entity, ModelInfo, Reading, Report, Span, Text

TEXT = "Oda met Ilse. She left with Ada."
RECORD = {"text": TEXT, "pronoun": [14, 17], "a": [0, 3], "b": [8, 12], "a_coref": True, "b_coref": False}
NEITHER = RECORD | {"a_coref": False}


def report(**mentions: list[tuple[int, int]]) -> Report:
    """A report of persons and where they are mentioned."""
    entities = tuple(
        Entity(
            f"n{at}", name, "person", None, None, (), None, None, "none",
            tuple(Span(start, end, TEXT[start:end]) for start, end in places),
        )
        for at, (name, places) in enumerate(mentions.items(), 1)
    )  # fmt: skip
    return Report(article_info(Text(TEXT)), MODEL, TEXT, entities=entities)


@pytest.mark.parametrize(
    ("who", "score"),
    [
        ({"Oda": [(0, 3), (14, 17)], "Ilse": [(8, 12)]}, PronounsScore(1, 1, 1, 1)),
        ({"Oda": [(0, 3)], "Ilse": [(8, 12), (14, 17)]}, PronounsScore(1, 1, 1, 0)),
        ({"Oda": [(0, 3)], "Ada": [(14, 17), (28, 31)]}, PronounsScore(1, 1, 1, 0)),
        ({"Oda": [(0, 3)], "Ilse": [(8, 12)]}, PronounsScore(1)),
        ({}, PronounsScore(1)),
    ],
)
def test_an_answer_is_right_where_it_is_whom_gold_names(
    who: dict[str, list[tuple[int, int]]], score: PronounsScore
) -> None:
    assert score_row(gap_row(RECORD), report(**who)) == score


def test_where_neither_is_meant_one_of_both_is_wrong_and_a_third_is_not_judged() -> None:
    row = gap_row(NEITHER)
    assert score_row(row, report(Oda=[(0, 3), (14, 17)])) == PronounsScore(1, 1, 1, 0)
    assert score_row(row, report(Ada=[(14, 17), (28, 31)])) == PronounsScore(1, 1)


def test_nothing_answered_has_no_precision() -> None:
    assert (PronounsScore().precision, PronounsScore().share, PronounsScore(3).share) == (0.0, 0.0, 0.0)
    assert PronounsScore(4, 2, 2, 1).precision == PronounsScore(4, 2, 2, 1).share == 0.5


class Never:
    """A reader that reads nothing."""

    info = ModelInfo("never", "0", "0" * 64)

    def read(self, text: Text) -> Reading:
        return Reading(text, (), (), self.info)

    def read_words(self, sentences: object, predicates: object) -> list[object]:
        return []


def test_all_rows_are_measured_and_by_gender(tmp_path: Path) -> None:
    path = tmp_path / "gap.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(r) + "\n" for r in (RECORD, NEITHER)).encode()))
    rows = load_pronouns(path)
    made = report(Oda=[(0, 3), (14, 17)])
    measures = measure_pronouns(rows, Never(), lambda _: made)  # type: ignore[arg-type]
    assert measures.figures == {"gap.precision": 50.0, "gap.answered": 100.0, "gap.men": 0.0, "gap.women": 50.0}
    assert measures.numbers["Pronouns (GAP dev)"] == {"pronouns": 2, "answered": 2, "judged": 2, "right": 1}
