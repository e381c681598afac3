"""What the benchmarks do beside timing: the page keeps its rounds, and peers are found where they are installed."""

from __future__ import annotations

import json
import struct
import time
from pathlib import Path

import pytest

from bench.archive import Job, killed
from bench.cost import BIAS, MODEL, NO_CUE, RAW_DATA, measure_cost, ratio, without_cues
from bench.peers import measure_peers
from bench.run import Figure, document, written_part
from bench.store import measured, write
from legation.store import Store

# What spaCy answers to, as far as it is asked; its documents have two sentences each.
SPACY = """
__version__ = "9.9"
class util:
    get_installed_models = staticmethod(lambda: MODELS)
class Found:
    sents = (1, 2)
class load:
    def __init__(self, name): pass
    def pipe(self, texts): return [Found() for _ in texts]
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": f"One. Two {n}."}) + "\n" for n in range(3)), encoding="utf-8")
    return path


def install(folder: Path, models: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "spacy.py").write_text(f"MODELS = {models!r}\n{SPACY}", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder))


def test_a_peer_that_is_installed_is_timed(archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    install(tmp_path, ["de_core_news_sm", "en_core_web_sm"], monkeypatch)
    (peer,) = measure_peers(archive)
    assert peer.name == "spaCy 9.9, en_core_web_sm" and peer.rate > 0


def test_a_peer_without_a_model_for_english_is_left_out(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, ["de_core_news_sm"], monkeypatch)
    assert measure_peers(archive) == []


def test_a_peer_that_is_not_installed_is_no_error(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spacy.py").write_text("raise ImportError", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert measure_peers(archive) == []


def test_what_people_wrote_below_the_table_is_kept(tmp_path: Path) -> None:
    page = tmp_path / "benchmarks.md"
    table = document([Figure("Speed", 3.0, "sentences/s", 2.0)], 1, 0.0)
    assert written_part(page) == ""
    page.write_text(table + "\n## Rounds\n\nFirst: nothing.\n", encoding="utf-8")
    assert written_part(page) == "\n## Rounds\n\nFirst: nothing.\n"
    page.write_text(table + written_part(page), encoding="utf-8")
    assert page.read_text(encoding="utf-8").count("First: nothing.") == 1


@pytest.mark.parametrize(
    ("value", "at_most", "met"), [(2.0, False, True), (1.9, False, False), (2.0, True, True), (2.1, True, False)]
)
def test_a_floor_is_met_from_the_right_side(value: float, at_most: bool, met: bool) -> None:
    figure = Figure("Speed", value, "s", 2.0, at_most)
    assert figure.met is met
    assert ("| yes |" if met else "| no |") in document([figure], 1, 0.0)


# ---------------------------------------------------------------- what statements cost


def tensor(values: list[float]) -> bytes:
    """A tensor's name and bytes as they stand in a graph, of fewer than 128 bytes or of more."""
    data, size = struct.pack(f"<{len(values)}f", *values), 4 * len(values)
    length = bytes([size]) if size < 128 else bytes([size & 0x7F | 0x80, size >> 7])
    return b"..." + BIAS + bytes([RAW_DATA]) + length + data + b"..."


@pytest.mark.parametrize("size", [1, 31, 32, 500])
def test_only_the_last_bias_of_a_graph_is_changed(size: int) -> None:
    graph = b"node " + BIAS + b" used" + tensor([0.5] * size)
    changed = b"node " + BIAS + b" used" + tensor([0.5] * (size - 1) + [NO_CUE])
    assert without_cues(graph) == changed


def test_a_graph_without_these_biases_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no tensor network\.tags\.bias"):
        without_cues(b"node " + BIAS + b" used")


def test_the_ratio_is_the_middle_one_of_neighbours() -> None:
    turns = {"whole": [(2.0, 1, 1), (9.0, 1, 1), (1.2, 1, 1)], "events": [(1.0, 0, 1), (3.0, 0, 1), (1.0, 0, 1)]}
    assert ratio(turns) == 2.0


@pytest.mark.skipif(not (MODEL / "model.onnx").exists(), reason="no trained model lies in the package")
def test_events_alone_find_the_events_and_no_statement() -> None:
    turns = measure_cost(2, 1)
    (_, said, events), (_, unsaid, others) = turns["whole"][0], turns["events"][0]
    assert said > 0 and unsaid == 0
    assert others == pytest.approx(events, rel=0.1) and others > 0


# ---------------------------------------------------------------- an archive that is killed


@pytest.mark.parametrize(
    ("was_killed", "says"),
    [(True, "killed after 1 s, workers: 1"), (False, "it was done before it could be killed, workers: 1")],
)
def test_a_run_was_either_killed_or_done(
    was_killed: bool, says: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("bench.archive.run", lambda *_: Job(1.0, 1, 0.0))
    monkeypatch.setattr("bench.archive._kill_after", lambda *_: was_killed)
    assert killed(1, (1, 1), [1], 1) is was_killed
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [says, "the same, byte for byte, workers: 1"]


# ---------------------------------------------------------------- the store


def test_every_kind_of_question_is_asked_of_a_small_desk(store: Store) -> None:
    write(store, 100, time.perf_counter)
    found = measured(store, 20, time.perf_counter)
    assert {len(times) for times in found.values()} == {20}
