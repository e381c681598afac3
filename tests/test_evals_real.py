"""Figures of the statements of real sentences. The sentences here are invented."""

from __future__ import annotations

import pytest
from tiny_gold import code_nothing

from evals.measure_real import measure_real_statements
from evals.reading import SHIPPED, ModelReader, Reader
from evals.run import FLOORS
from evals.table import load_floors
from legation.coding import code
from training.real_statements import Mark, RealSentence, Said

LIED = "Ada Roe said that Marland lied about oil."
BACKED = "Taxes are expected to rise."
SENTENCES = [
    RealSentence("real-1", "dev", "s", "d", "1", LIED, (Said((0, 7), (8, 12), ((13, 40),), "accuse", (), ()),)),
    RealSentence(
        "real-2", "dev", "s", "d", "2", BACKED,
        (Said(None, (6, 18), ((19, 26),), "predict", (Mark("for", (19, 26)),), (Mark("blames", (0, 5)),)),),
    ),
]  # fmt: skip

pytestmark = pytest.mark.skipif(not (SHIPPED / "model.onnx").exists(), reason="no trained model lies in the package")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return ModelReader()


def test_every_figure_that_is_measured_stands_in_the_shipped_table(reader: Reader) -> None:
    measures = measure_real_statements(SENTENCES, reader, code)
    assert {t.key for t in load_floors(FLOORS).targets if t.set == "real statements, dev"} == set(measures.figures)
    assert all(0.0 <= figure <= 100.0 for figure in measures.figures.values())
    counts = measures.counts["Statements of real sentences"]["whole attributions"]
    assert counts.gold == 2 and counts.right >= 1


def test_a_coding_that_finds_nothing_scores_nothing(reader: Reader) -> None:
    assert not any(measure_real_statements(SENTENCES, reader, code_nothing).figures.values())
