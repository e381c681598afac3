"""A further lesson in events: what learns, what stays as it is, and which sentences come."""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import pytest
import torch
from torch import Tensor

from tests.training.tiny import EXAMPLES, LABELS, make_base
from training import train
from training.dataset import Encoder
from training.event_lesson import PASSES, lesson, passes_of
from training.mpnet import encoder_of
from training.network import Network
from training.train import sizes_of

LOWER = ("encoder.words.", "encoder.layers.0.", "encoder.norm.", "tags.", "arc", "rel_score.", "root")


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


def taught(base: Path, share: float) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The weights of a tiny network before and after a lesson of two passes."""
    torch.manual_seed(5)
    network = Network(encoder_of(base), sizes_of(LABELS), tree_layers=1)
    before = {name: weight.clone() for name, weight in network.state_dict().items()}
    lesson(network, Encoder(base / "tokenizer.json", LABELS), [EXAMPLES, EXAMPLES], share)
    return before, network.state_dict()


def test_what_reads_the_lower_layers_stays_as_it_is(base: Path) -> None:
    before, after = taught(base, 1.0)
    kept = [name for name in before if name.startswith(LOWER)]
    assert kept
    assert all(torch.equal(before[name], after[name]) for name in kept)


def test_the_upper_layers_and_what_reads_them_learn(base: Path) -> None:
    before, after = taught(base, 1.0)
    for name in ("encoder.layers.1.qkv.weight", "event_tags.weight", "frame_roles.weight", "gate.weight"):
        assert not torch.equal(before[name], after[name])


def test_the_weights_kept_lie_between_those_of_before_and_those_learned(base: Path) -> None:
    before, whole = taught(base, 1.0)
    _, half = taught(base, 0.5)
    floats = [name for name, weight in half.items() if weight.dtype.is_floating_point]
    assert all(torch.allclose(half[name], (before[name] + whole[name]) / 2, atol=1e-6) for name in floats)


def test_with_no_share_nothing_changes(base: Path) -> None:
    before, after = taught(base, 0.0)
    assert all(torch.equal(before[name], weight) for name, weight in after.items())


def test_statements_of_the_upper_layers_teach_nothing_since_others_read_them(
    base: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, after = taught(base, 1.0)
    monkeypatch.setattr(train, "WEIGHTS", {**train.WEIGHTS, "attribution roles": 1e9})
    _, heavy = taught(base, 1.0)
    assert all(torch.equal(after[name], weight) for name, weight in heavy.items())


def test_the_newest_sentences_come_twice_a_pass_and_the_others_in_turn() -> None:
    passes = list(passes_of(EXAMPLES, frozenset({"e-1"})))
    assert [sum(e.id == "e-1" for e in own) for own in passes] == [2] * PASSES
    others = [[e.id for e in own if e.id != "e-1"] for own in passes]
    assert sorted(chain(*others)) == sorted(e.id for e in EXAMPLES if e.id != "e-1")
