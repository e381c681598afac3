"""Date expressions held against gold ones. All texts are invented."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from evals.counts import Counts
from evals.dates import Timex, count_dates, dated_text, load_dates, measure_dates, paired, plain
from legation.coding import code
from legation.records import ModelInfo, Reading, Text

RECORD = {
    "doc_id": "d1",
    "dct": "2024-04-03",
    "text": "They met on Tuesday for two days.",
    "timex": [
        {"start": 12, "end": 19, "value": "2024-04-02", "type": "DATE"},
        {"start": 24, "end": 32, "value": "P3D", "type": "DURATION"},
    ],
}


def test_an_expression_is_found_where_it_overlaps() -> None:
    found, value = count_dates([Timex(0, 12, "2024")], [Timex(6, 10, "2024"), Timex(20, 24, "2020")])
    assert found == value == Counts(1, 1, 2)


def test_a_found_expression_with_another_value_is_found_and_wrong() -> None:
    assert count_dates([Timex(0, 4, "2024")], [Timex(0, 4, "2023")]) == (Counts(1, 1, 1), Counts(0, 1, 1))


@pytest.mark.parametrize("found", [None, "2024"])
def test_a_gold_expression_without_a_value_is_never_right(found: str | None) -> None:
    assert count_dates([Timex(0, 4, None)], [Timex(0, 4, found)])[1].right == 0


def test_each_expression_stands_in_one_pair_the_one_that_shares_most() -> None:
    outer, inner = Timex(0, 30, "P10M"), Timex(26, 30, "1915")
    assert paired([outer, inner], [Timex(26, 30, "1915")]) in (
        [(outer, Timex(26, 30, "1915"))],
        [(inner, Timex(26, 30, "1915"))],
    )
    assert paired([inner, outer], [Timex(26, 30, "1915")]) == [(inner, Timex(26, 30, "1915"))]
    assert len(paired([outer, inner], [Timex(0, 20, "P10M"), Timex(26, 30, "1915")])) == 2


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ("199X", "199"),
        ("2024-04-02T08:00Z", "2024-04-02T08:00"),
        ("PXY", "PXY"),
        ("XXXX-WXX", "XXXX-WXX"),
        ("20", "20"),
    ],
)
def test_ways_to_write_one_value(value: str, same: str) -> None:
    assert plain(value) == same


def test_a_record_is_a_text_with_its_day() -> None:
    text = dated_text(RECORD)
    assert (text.published, text.timexes[0]) == (date(2024, 4, 3), Timex(12, 19, "2024-04-02"))


def test_the_product_is_measured_on_whole_texts(tmp_path: Path) -> None:
    class Blank:
        info = ModelInfo("none", "0", "0")

        def read(self, text: Text) -> Reading:
            return Reading(text, (), (), self.info)

        def read_words(self, sentences: object, predicates: object) -> list[object]:
            raise AssertionError

    with gzip.open(tmp_path / "gold.gz", "wt", encoding="utf-8") as file:
        file.write(json.dumps(RECORD) + "\n")
    gold = load_dates({"wikiwars": tmp_path / "gold.gz", "polnear": tmp_path / "none"})
    figures = measure_dates(gold, Blank(), code)  # type: ignore[arg-type]
    assert figures == {"wikiwars.found": 100.0, "wikiwars.value": 50.0}
