"""Figures of statements: every one that is measured stands in the table of floors. The texts are invented or our own."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from tiny_gold import STATEMENT_SETS, code_nothing

from evals.measure_statements import StatementGold, load_statement_gold, measure_stances, measure_statements
from evals.reading import SHIPPED, ModelReader, Reader
from evals.run import FLOORS
from evals.table import load_floors
from legation.coding import code

TEXT = "Ada Roe said that Marland lied about oil."
ATTRIBUTION = {"attributing_unit": [[0, 12]], "content": [[13, 40]], "auto_cue": [8, 12], "auto_source": [[0, 7]]}

pytestmark = pytest.mark.skipif(not (SHIPPED / "model.onnx").exists(), reason="no trained model lies in the package")


@pytest.fixture(scope="module")
def reader() -> Reader:
    return ModelReader()


@pytest.fixture
def gold(tmp_path: Path) -> StatementGold:
    """One text of each set, GUM's made up."""
    path = tmp_path / "gum.jsonl.gz"
    record = {"commercial": "yes", "text": TEXT, "attributions": [ATTRIBUTION]}
    path.write_bytes(gzip.compress(json.dumps(record).encode()))
    return load_statement_gold({"gum_attribution": path}, 2)


def test_so_many_texts_of_each_set_are_kept(gold: StatementGold) -> None:
    assert (len(gold.gum), len(gold.speakers), len(gold.positions)) == (1, 4, 2)
    assert {record.split for record in gold.positions} == {"test"}


def test_every_figure_that_is_measured_stands_in_the_shipped_table(gold: StatementGold, reader: Reader) -> None:
    measures = measure_statements(gold, reader, code)
    targets = load_floors(FLOORS).targets
    assert {t.key for t in targets if t.key.split(".")[0] in STATEMENT_SETS} == set(measures.figures)
    assert all(0.0 <= figure <= 100.0 for figure in measures.figures.values())
    assert measures.figures["gum_attribution.statements"] == measures.figures["gum_attribution.clauses"] == 100.0


def test_a_coding_that_finds_nothing_scores_nothing(gold: StatementGold, reader: Reader) -> None:
    figures = measure_statements(gold, reader, code_nothing).figures
    assert {key for key, figure in figures.items() if figure} == {"gum_attribution.frames", "positions.calibration"}


def test_where_no_side_is_taken_none_counts_as_right(reader: Reader) -> None:
    assert measure_stances([], reader, code).figures["positions.right_side"] == 0.0
