"""Places against gold ones. The texts are invented."""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from factories import empty_report
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts
from evals.measure_places import DRAWN, load_place_gold, measure_places
from evals.places import GoldPlace, PlacedText, load_places, matched, score_places
from legation.records import ModelInfo, Place, Reading, Report, Text

TEXT = "Envoys left Oster for Lower Mark."
OSTER, MARK = GoldPlace(12, 17, (10.0, 20.0)), GoldPlace(28, 32, (0.0, 0.0))
GOLD = [PlacedText(TEXT, (OSTER, MARK))]


def place(start: int, end: int, point: tuple[float, float] | None = None) -> Place:
    lat, lon = point or (None, None)
    return Place("p1", start, end, TEXT[start:end], "name", None, None, lat, lon)


def report(*places: Place) -> Report:
    return replace(empty_report(), places=places)


def write(path: Path, records: Sequence[object]) -> Path:
    path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))
    return path


def test_a_place_is_right_when_its_words_overlap_and_exact_when_they_are_the_same() -> None:
    score = score_places(GOLD, [report(place(12, 17, (10.0, 20.0)), place(22, 32, (0.0, 0.1)))])
    assert (score.overlap, score.exact) == (Counts(2, 2, 2), Counts(1, 2, 2))


def test_a_gold_place_is_matched_once_and_a_found_one_too() -> None:
    wide = place(12, 32)
    assert list(matched([OSTER, MARK], [wide])) == [(OSTER, wide)]
    assert list(matched([MARK], [place(22, 27), place(26, 30), place(30, 32)])) == [(MARK, place(26, 30))]
    assert list(matched([OSTER], [place(17, 20)])) == []


def test_a_point_is_near_within_161_kilometres() -> None:
    degrees = 160.9 / 111.195
    near = score_places(GOLD, [report(place(12, 17, (10.0 + degrees, 20.0)))])
    far = score_places(GOLD, [report(place(12, 17, (10.0 + degrees * 1.01, 20.0)))])
    assert (near.near, far.near) == (1.0, 0.0)
    assert near.median == pytest.approx(160.9, abs=0.1)


def test_a_found_place_without_a_point_counts_as_far_and_not_for_the_median() -> None:
    score = score_places(GOLD, [report(place(12, 17), place(28, 32, (0.0, 0.0)))])
    assert (score.near, score.median) == (0.5, 0.0)


def test_a_place_that_was_not_found_or_has_no_gold_point_does_not_count_for_the_points() -> None:
    gold = [PlacedText(TEXT, (OSTER, replace(MARK, point=None)))]
    score = score_places(gold, [report(place(28, 32, (80.0, 80.0)))])
    assert (score.near, score.overlap) == (1.0, Counts(1, 2, 1))


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 12)), max_size=6))
def test_the_gold_places_themselves_are_all_right(spans: list[tuple[int, int]]) -> None:
    places, at = [], 0
    for gap, length in spans:
        places.append(GoldPlace(at + gap, at + gap + length, (1.0, 2.0)))
        at += gap + length
    found = tuple(Place("p", p.start, p.end, "", "", None, None, 1.0, 2.0) for p in places)
    score = score_places([PlacedText("", tuple(places))], [report(*found)])
    assert score.overlap.f1 == score.exact.f1 == score.near == 1.0


RECORD = {
    "text": TEXT,
    "toponyms": [
        {"start": 12, "end": 17, "phrase": "Oster", "lat": 10.0, "lon": 20},
        {"start": 28, "end": 32, "phrase": "Mark"},
    ],
}


def test_gold_texts_are_read_with_points_where_they_have_one(tmp_path: Path) -> None:
    [text] = load_places(write(tmp_path / "gold.jsonl.gz", [RECORD]))
    assert text == PlacedText(TEXT, (OSTER, replace(MARK, point=None)))


def test_a_draw_is_always_the_same_and_no_larger_than_the_set(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl.gz", [{"text": str(n), "toponyms": []} for n in range(50)])
    assert load_places(path, 10) == load_places(path, 10)
    assert len(load_places(path, 10)) == 10
    assert load_places(path, 60) == load_places(path)


class Echo:
    """Reads nothing, and knows which texts it was given."""

    info = ModelInfo("echo", "0", "0" * 64)

    def read(self, text: Text) -> Reading:
        return Reading(text, (), (), self.info)

    def read_words(self, sentences: object, predicates: object) -> list[object]:
        raise NotImplementedError


def test_both_sets_are_measured_and_the_middle_distance_is_told(tmp_path: Path) -> None:
    paths = {
        "geovirus": write(tmp_path / "g.jsonl.gz", [RECORD]),
        "lgl": write(tmp_path / "l.jsonl.gz", [RECORD] * (DRAWN + 5)),
    }
    gold = load_place_gold(paths)
    assert {key: len(texts) for key, texts in gold.texts.items()} == {"geovirus": 1, "lgl": DRAWN}
    assert {len(texts) for texts in load_place_gold(paths, 1).texts.values()} == {1}

    def code(reading: Reading) -> Report:
        return report(place(12, 17, (10.0, 20.5)))

    measures = measure_places(gold, Echo(), code)  # type: ignore[arg-type]
    assert measures.figures["geovirus.places"] == pytest.approx(200 / 3)
    assert measures.figures["lgl.near"] == 100.0
    assert set(measures.figures) == {f"{key}.{name}" for key in paths for name in ("places", "exact", "near")}
    assert measures.numbers == {"Middle distance from the gold point, km": {"GeoVirus": 55, "LGL": 55}}
    assert measures.counts["Names of places"]["GeoVirus, overlap"] == Counts(1, 2, 1)


def test_every_figure_of_places_stands_in_the_shipped_table() -> None:
    from evals.run import FLOORS
    from evals.table import load_floors

    keys = {target.key for target in load_floors(FLOORS).targets if target.key.split(".")[0] in ("geovirus", "lgl")}
    assert keys == {f"{key}.{name}" for key in ("geovirus", "lgl") for name in ("places", "exact", "near")}
