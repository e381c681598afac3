"""The teacher: what it says of a sentence, what it is worth, and that it leaves its own part out."""

from __future__ import annotations

import dataclasses
import json
import pickle
from pathlib import Path

import pytest
import torch

import training.teacher
from tests.training.tiny import EXAMPLES, LABELS, make_base
from training.corpora import Example
from training.dataset import Encoder
from training.lessons import FOLDS, Data
from training.mpnet import encoder_of
from training.network import Network
from training.silver import Mark, read_silver
from training.teacher import Teacher, dev_figures
from training.train import sizes_of

pytestmark = pytest.mark.filterwarnings("ignore")
TOLD = EXAMPLES[6]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("tiny") / "base")


def network_of(base: Path, seed: int) -> Network:
    torch.manual_seed(seed)
    return Network(encoder_of(base), sizes_of(LABELS), event_layers=0).eval()


def read(base: Path, *seeds: int, examples: list[Example] = EXAMPLES) -> dict[int, tuple[Mark, ...]]:
    encoder = Encoder(base / "tokenizer.json", LABELS)
    return dict(Teacher([network_of(base, seed) for seed in seeds], encoder, "cpu").read(examples))


def test_every_sentence_is_read_and_its_marks_stand_on_its_own_words(base: Path) -> None:
    found = read(base, 1)
    assert sorted(found) == list(range(len(EXAMPLES)))
    for number, marks in found.items():
        size = len(EXAMPLES[number].forms)
        assert marks and all(m.word < size and all(word < size for word, *_ in m.roles) for m in marks)


def test_several_networks_say_the_mean_of_what_each_says(base: Path) -> None:
    one, two, both = (read(base, *seeds, examples=[TOLD])[0] for seeds in ((1,), (2,), (1, 2)))
    for a, b, mean in zip(one, two, both, strict=True):
        for label, chance in mean.types:
            assert chance == pytest.approx((dict(a.types)[label] + dict(b.types)[label]) / 2, abs=0.01)


def mark(type_: str, chance: float, *words: int) -> Mark:
    tags = ("B-ACTOR", "B-RECIPIENT")
    return Mark(1, ((type_, chance),), (), (), (), tuple((w, t, 0.9) for w, t in zip(words, tags, strict=False)))


@pytest.mark.parametrize(
    ("said", "f1", "roles"),
    [
        ([mark("ACCUSE", 0.8, 0, 2)], 100.0, 100.0),
        ([mark("ACCUSE", 0.8, 0)], 100.0, 0.0),
        ([mark("AID", 0.8, 0, 2)], 0.0, 0.0),
        ([], 0.0, 0.0),
        ([mark("ACCUSE", 0.8)], 0.0, 0.0),
    ],
)
def test_what_is_said_is_measured_by_type_and_by_roles(said: list[Mark], f1: float, roles: float) -> None:
    figures = dev_figures([tuple(said)], [TOLD])
    assert figures["f1"] == f1 and figures.get("roles", 0.0) == roles


def test_the_threshold_is_the_one_that_serves_best() -> None:
    wrong = dataclasses.replace(mark("AID", 0.4, 0, 2), word=2)
    assert dev_figures([(mark("ACCUSE", 0.7, 0, 2), wrong)], [TOLD])["threshold"] > 0.4


def test_a_whole_run_says_something_of_every_sentence(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = dataclasses.replace(TOLD, forms=("Hale", "blamed", "Harrow", "."))
    data = Data(LABELS, EXAMPLES, [-1] * 6 + [0, 1, -1], [new], [TOLD])
    (tmp_path / "data").write_bytes(pickle.dumps(data))
    monkeypatch.setattr(training.teacher, "FILE", tmp_path / "teacher.xz")
    monkeypatch.setattr(training.teacher, "PLAN", dataclasses.replace(training.teacher.PLAN, epochs=1))

    def run(verb: str, *options: str) -> None:
        places = ["--data", str(tmp_path / "data"), "--base", str(base), "--run", str(tmp_path / "run")]
        monkeypatch.setattr("sys.argv", ["teacher", verb, *places, *options])
        training.teacher.main()

    for fold in range(FOLDS):
        run("train", "--fold", str(fold))
        assert "f1" in json.loads((tmp_path / "run" / str(fold) / "dev.json").read_text())
    for shard in range(FOLDS):
        run("label", "--shard", str(shard))
    run("join")
    records = list(read_silver(tmp_path / "teacher.xz"))
    assert sorted(r.id for r in records if r.forms is None) == sorted(e.id for e in EXAMPLES)
    assert [(r.id, r.forms) for r in records if r.forms] == [(TOLD.id, new.forms)]
