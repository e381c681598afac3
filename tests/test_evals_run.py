"""Figures held against the floors: the tables, the verdicts, the exit codes. All gold is invented."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_gold import OTHER_SETS, ByHeart, code_by_heart, tiny_gold, write_floors, write_gold

from evals.counts import Counts
from evals.dates import SETS
from evals.measure import load_gold, measure_model, measure_segmentation
from evals.reading import SHIPPED, ModelReader
from evals.run import FLOORS, OpenReader, main
from evals.table import Target, below, load_floors, render_counts, render_figures, render_numbers
from legation.read.sentences import SentenceSplitter

ROOT = Path(__file__).parent.parent
NAMES = Target("uner_ewt.names", "UNER-EWT dev", "names F1", 76.0, 80.0)
LEMMA = Target("ud_ewt.lemma", "EWT dev", "lemma", None, None)

# ---------------------------------------------------------------- floors


def test_every_figure_that_is_measured_stands_in_the_shipped_table(tmp_path: Path) -> None:
    gold = tiny_gold(tmp_path)
    figures = measure_model(gold, ByHeart(gold), code_by_heart).figures
    figures |= measure_segmentation(gold, SentenceSplitter.load()).figures
    targets = [target for target in load_floors(FLOORS).targets if target.key.split(".")[0] not in OTHER_SETS]
    assert sorted(target.key for target in targets) == sorted(figures)


def test_the_shipped_floors_are_shares_of_a_hundred_and_no_aim_is_below_its_floor() -> None:
    for target in load_floors(FLOORS).targets:
        assert target.floor in (None, 0.0) or 40.0 <= (target.floor or 0.0) <= 100.0
        assert target.aim is None or (target.floor or 0.0) < target.aim <= 100.0


def test_every_shipped_gold_file_has_a_checksum() -> None:
    gold = load_floors(FLOORS).gold
    own = {"ud_ewt", "ud_gum", "uner_ewt", "propbank_ewt", "polnear"}
    events, places, news = {"plv_dev", "cameo_spans_dev"}, {"geovirus", "lgl"}, {*SETS, "en_worldwide"}
    assert set(gold) == own | {"gum_attribution", "newsmtsc", "gap"} | events | places | news
    assert all(re.fullmatch(r"[0-9a-f]{64}", sha256) for _, sha256 in gold.values())


@pytest.mark.parametrize(
    ("figure", "verdict"),
    [(75.99, "BELOW"), (76.0, "met"), (79.99, "met"), (80.0, "aim met"), (75.994, "BELOW"), (75.996, "met")],
)
def test_a_figure_is_judged_as_it_is_shown(figure: float, verdict: str) -> None:
    assert NAMES.verdict(figure) == verdict


def test_a_figure_without_bars_is_not_judged() -> None:
    assert LEMMA.verdict(0.0) == ""


def test_only_what_is_below_its_floor_is_below() -> None:
    targets = [NAMES, LEMMA]
    assert below(targets, {NAMES.key: 10.0, LEMMA.key: 10.0}) == [NAMES]
    assert below(targets, {NAMES.key: 90.0, LEMMA.key: 10.0}) == []


@given(st.floats(0, 100), st.floats(0, 100))
def test_a_better_figure_is_never_judged_worse(one: float, other: float) -> None:
    order = ["BELOW", "met", "aim met"]
    low, high = sorted((one, other))
    assert order.index(NAMES.verdict(low)) <= order.index(NAMES.verdict(high))


# ---------------------------------------------------------------- tables


def test_the_table_gives_figure_floor_aim_and_result() -> None:
    table = render_figures([NAMES, LEMMA], {NAMES.key: 77.126, LEMMA.key: 95.0})
    assert table.splitlines() == [
        "| set          | figure   | value | floor |  aim | result |",
        "| ------------ | -------- | ----: | ----: | ---: | -----: |",
        "| UNER-EWT dev | names F1 | 77.13 |  76.0 | 80.0 |    met |",
        "| EWT dev      | lemma    | 95.00 |       |      |        |",
    ]


def test_the_float_model_stands_beside_with_the_difference() -> None:
    table = render_figures([NAMES, LEMMA], {NAMES.key: 77.0, LEMMA.key: 95.0}, {NAMES.key: 77.5})
    header, _, names, lemma = ([cell.strip() for cell in line.split("|")] for line in table.splitlines())
    assert header[-3:-1] == ["float model", "difference"]
    assert names[-3:-1] == ["77.50", "-0.50"]
    assert lemma[-3:-1] == ["", ""]


def test_plain_numbers_have_a_line_each() -> None:
    assert render_numbers({"AID as AGREE": 12}).splitlines()[2].split("|")[1:3] == [" AID as AGREE ", "     12 "]


def test_counts_are_told_with_all_three_shares() -> None:
    assert render_counts({"PER": Counts(1, 4, 2), "LOC": Counts(0, 0, 1)}).splitlines() == [
        "|     | precision | recall |    F1 | gold | predicted |",
        "| --- | --------: | -----: | ----: | ---: | --------: |",
        "| PER |     50.00 |  25.00 | 33.33 |    4 |         2 |",
        "| LOC |      0.00 |   0.00 |  0.00 |    0 |         1 |",
    ]


# ---------------------------------------------------------------- the command

BARS = {"uner_ewt.names": {"floor": 90.0, "aim": 95.0}, "ud_ewt.uas": {"floor": 90.0}}


@pytest.fixture
def floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    gold = tmp_path / "gold"
    gold.mkdir()
    monkeypatch.setenv("CORPORA", str(gold))
    return write_floors(tmp_path / "floors.toml", write_gold(gold), BARS)


def opener(floors: Path) -> OpenReader:
    """Opens a reader that knows the gold; the one in the folder "blind" finds no names."""
    gold = load_gold(load_floors(floors).proven(floors.parent / "gold"))

    def open_reader(folder: Path) -> ByHeart:
        return ByHeart(gold, blind=folder.name == "blind")

    return open_reader


Run = Callable[..., int]


@pytest.fixture
def run(floors: Path) -> Run:
    return lambda *arguments: main(arguments, floors=floors, open_reader=opener(floors), coder=code_by_heart)


def test_a_model_over_all_floors_ends_well(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    out = capsys.readouterr().out
    assert re.search(r"UNER-EWT dev, gold words *\| PER, ORG, LOC F1 *\| 100.00 \| +90.0 \| 95.0 \| aim met", out)
    assert "### Names, UNER-EWT" in out


def test_a_model_below_a_floor_fails_and_says_where(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--model", "blind") == 1
    captured = capsys.readouterr()
    assert "Below its floor: UNER-EWT dev, gold words, PER, ORG, LOC F1." in captured.err
    assert captured.err.count("Below its floor") == captured.out.count("BELOW") == 1


def test_the_compared_model_is_shown_and_not_judged(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--compare", "blind") == 0
    out = capsys.readouterr().out
    assert re.search(r"PER, ORG, LOC F1 .*\| aim met \| +0.00 \| +\+100.00 \|", out)
    assert re.search(r"EWT dev, raw text +\| words F1 .*\| +\| +\|\n", out)


def test_kept_figures_stand_beside_those_of_a_later_model(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("--keep", str(tmp_path / "kept.json")) == 0
    capsys.readouterr()
    assert run("--compare", str(tmp_path / "kept.json")) == 0
    assert re.search(r"\| +\+0\.00 \|", capsys.readouterr().out)


def test_a_file_without_figures_is_refused(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "kept.json").write_text("not figures")
    assert run("--compare", str(tmp_path / "kept.json")) == 2
    assert "does not hold figures" in capsys.readouterr().err


def test_a_trial_judges_nothing_and_writes_nothing(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "table.md"
    assert run("--model", "blind", "--most", "1", "--write", str(page)) == 0
    assert "Only a part was measured" in capsys.readouterr().err
    assert not page.exists()


def test_the_page_is_what_was_printed(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "table.md"
    assert run("--write", str(page)) == 0
    assert page.read_text(encoding="utf-8") == capsys.readouterr().out
    assert page.read_text(encoding="utf-8").startswith("Model by-heart 0, SHA-256 ffff")


def test_the_page_is_written_below_the_floors_as_well(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "table.md"
    assert run("--model", "blind", "--write", str(page)) == 1
    assert "BELOW" in page.read_text(encoding="utf-8")


def test_the_same_model_makes_the_same_page(run: Run, tmp_path: Path) -> None:
    pages = [tmp_path / "one.md", tmp_path / "two.md"]
    for page in pages:
        run("--write", str(page))
    assert pages[0].read_bytes() == pages[1].read_bytes()


def test_without_the_corpora_it_says_so_in_one_sentence(
    floors: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    open_reader = opener(floors)
    monkeypatch.setenv("CORPORA", str(tmp_path / "nowhere"))
    assert main([], floors=floors, open_reader=open_reader) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert re.fullmatch(r"The gold file \S+ is missing\. Set CORPORA to .+\n", captured.err)


def test_a_changed_gold_file_is_not_measured(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_reader = opener(floors)
    (floors.parent / "gold" / "names.jsonl.gz").write_bytes(b"changed")
    assert main([], floors=floors, open_reader=open_reader) == 2
    assert "names.jsonl.gz is not the one" in capsys.readouterr().err


def test_a_missing_model_is_told_and_not_taken_for_a_floor(
    floors: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--model", str(tmp_path)], floors=floors, open_reader=ModelReader) == 2
    assert "missing or damaged" in capsys.readouterr().err


def test_the_module_runs_as_a_command(tmp_path: Path) -> None:
    environment = os.environ | {
        "CORPORA": str(tmp_path / "nowhere"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    done = subprocess.run(
        [sys.executable, "-m", "evals.run", "--model", str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert str(tmp_path) in done.stderr


@pytest.mark.skipif(not (SHIPPED / "model.onnx").exists(), reason="no trained model lies in the package")
def test_the_shipped_model_can_be_measured(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--most", "2"], floors=floors) == 0
    assert "Model legation-en" in capsys.readouterr().out
