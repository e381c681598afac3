"""A further lesson of the whole network and its statements: what learns, and in which order its steps come."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor

from tests.training.tiny import EXAMPLES, LABELS, make_base
from training import whole_lesson
from training.dataset import Encoder
from training.mpnet import encoder_of
from training.network import Network
from training.statement_examples import encoded
from training.statement_lesson import StatementPlan
from training.statement_network import above
from training.train import sizes_of
from training.whole_lesson import lesson, turns

Weights = dict[str, Tensor]
PLAN = StatementPlan(epochs=2, rate=1e-3)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(whole_lesson, "PIECES", 30)  # so that it takes more than one step
    return make_base(tmp_path / "base")


def taught(base: Path) -> tuple[Weights, Weights, Weights, Weights, int]:
    """The weights of a tiny network, and of its statements, before and after a lesson; in how many steps."""
    torch.manual_seed(5)
    layers = encoder_of(base)
    for layer in layers.attention:
        layer.rectified = True  # as a first lesson leaves them
    network = Network(layers, sizes_of(LABELS), tree_layers=1)
    statements = above(network, LABELS.roles)
    encoder = Encoder(base / "tokenizer.json", LABELS)
    kept = [{name: weight.clone() for name, weight in own.state_dict().items()} for own in (network, statements)]
    marked = {"marked": encoded([e for e in EXAMPLES if e.attributions], encoder), "trees": []}
    steps = lesson(network, statements, encoder, EXAMPLES, marked, PLAN)
    return kept[0], network.state_dict(), kept[1], statements.state_dict(), steps


def test_layers_above_and_below_and_what_tells_statements_learn(base: Path) -> None:
    before, after, silent, told, steps = taught(base)
    learned = ("encoder.layers.0.qkv.weight", "encoder.layers.1.down.weight", "event_tags.weight", "tags.weight")
    assert all(not torch.equal(before[name], after[name]) for name in learned)
    for name in ("layers.0.up.weight", "frame_tags.weight", "frame_act.weight", "cue.weight"):
        assert not torch.equal(silent[name], told[name])
    assert steps >= 3


def test_the_table_of_word_pieces_stays_as_it_is(base: Path) -> None:
    before, after, *_ = taught(base)
    assert torch.equal(before["encoder.words.weight"], after["encoder.words.weight"])


def test_statements_teach_the_layers_below_them(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, after, *_ = taught(base)
    monkeypatch.setattr(whole_lesson, "joined", lambda found: 0.0 * sum(found.values()))
    _, unsaid, *_ = taught(base)
    assert not torch.equal(after["encoder.layers.0.down.weight"], unsaid["encoder.layers.0.down.weight"])


@given(st.integers(0, 60), st.integers(0, 60))
def test_steps_of_two_kinds_all_come_and_neither_runs_ahead(ones: int, others: int) -> None:
    order = list(turns(ones, others))
    assert (len(order), sum(order)) == (ones + others, others)
    for step in range(1, len(order) + 1):
        assert abs(sum(order[:step]) - step * others / len(order)) <= 1
