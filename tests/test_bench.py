"""What the benchmarks do beside timing: the page keeps its rounds, and peers are found where they are installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.peers import measure_peers
from bench.run import Figure, document, rounds_kept

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
    assert rounds_kept(page) == ""
    page.write_text(table + "\n## Rounds\n\nFirst: nothing.\n", encoding="utf-8")
    assert rounds_kept(page) == "\n## Rounds\n\nFirst: nothing.\n"
    page.write_text(table + rounds_kept(page), encoding="utf-8")
    assert page.read_text(encoding="utf-8").count("First: nothing.") == 1


@pytest.mark.parametrize(
    ("value", "at_most", "met"), [(2.0, False, True), (1.9, False, False), (2.0, True, True), (2.1, True, False)]
)
def test_a_floor_is_met_from_the_right_side(value: float, at_most: bool, met: bool) -> None:
    figure = Figure("Speed", value, "s", 2.0, at_most)
    assert figure.met is met
    assert ("| yes |" if met else "| no |") in document([figure], 1, 0.0)
