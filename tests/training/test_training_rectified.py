"""One model learns from another without a label, and the floats of a graph of integers are those it was made of."""

from __future__ import annotations

import copy
import json
from dataclasses import asdict, replace
from itertools import islice, repeat
from pathlib import Path

import pytest
import torch
from torch import Tensor, nn

import training.rectified
from tests.training.tiny import EXAMPLES, LABELS, make_base
from training import first_export, train
from training.dataset import Encoder
from training.earlier import IntegerGraph, Matrices
from training.first_export import write_first
from training.likeness import Model, asked_of, differences, divergence, doubt, metrics_of, said_of, vectors_of
from training.mpnet import encoder_of
from training.network import AttentionLayer, Batch, Network
from training.rectified import BY_CHANCES, BY_VECTORS, apart, learn_layer, rectified, sentences_of, teach
from training.statement_network import above
from training.train import sizes_of

pytestmark = pytest.mark.filterwarnings("ignore")
"""Of the exporter, whose warnings speak of shapes that are fixed on purpose."""


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("tiny") / "base")


@pytest.fixture
def batch(base: Path) -> Batch:
    return next(sentences_of(Encoder(base / "tokenizer.json", LABELS), EXAMPLES, 1))


@pytest.fixture
def earlier(base: Path) -> Model:
    """A model as 2.6.0 was: through GELU, and with a matrix for each relation."""
    torch.manual_seed(1)
    network = Network(encoder_of(base), sizes_of(LABELS), rel=8, tree_layers=1).eval()
    network.rel_score = Matrices(8, len(LABELS.deprel))  # type: ignore[assignment]
    statements = above(network, LABELS.roles).eval()
    for layer in layers_of(Model(network, statements)):
        layer.rectified = False
    return Model(network, statements)


def layers_of(model: Model) -> list[AttentionLayer]:
    modules = [*model.network.modules(), *model.statements.modules()]
    return [module for module in modules if isinstance(module, AttentionLayer)]


def total(found: dict[str, Tensor]) -> float:
    return sum(BY_VECTORS.weights[name] * value.item() for name, value in found.items())


# ---------------------------------------------------------------- how far two models are apart


def test_a_divergence_is_that_of_the_chances_and_words_without_weight_do_not_count() -> None:
    found, wanted = torch.randn(2, 3, 5), torch.randn(2, 3, 5)
    weight = torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    rows = nn.functional.kl_div(found.log_softmax(-1), wanted.softmax(-1), reduction="none").sum(-1)
    assert divergence(found, wanted, weight).item() == pytest.approx(rows[weight > 0].mean().item(), rel=1e-5)
    two = torch.stack([found, torch.zeros_like(found)], -1), torch.stack([wanted, torch.zeros_like(wanted)], -1)
    each = divergence(*two, weight.unsqueeze(-1).expand(2, 3, 5)).item()
    assert doubt(found, wanted, weight).item() == pytest.approx(5 * each, rel=1e-4)
    assert divergence(found, wanted, torch.zeros(2, 3)).item() == 0.0


def test_a_model_is_like_itself_and_unlike_another(earlier: Model, batch: Batch) -> None:
    metrics = metrics_of(earlier)
    with torch.no_grad():
        vectors = vectors_of(earlier, batch)
        asked = asked_of(earlier, batch, vectors)
        said = said_of(earlier, batch, vectors, asked)
        same = differences(said, said, batch, asked, metrics)
        assert same.keys() == BY_VECTORS.weights.keys() == BY_CHANCES.weights.keys()
        assert {name: round(value.item(), 6) for name, value in same.items()} == dict.fromkeys(BY_VECTORS.weights, 0.0)
        other = copy.deepcopy(earlier)
        for weight in (*other.network.parameters(), *other.statements.parameters()):
            weight.mul_(1.3)
        found = apart(other, earlier, batch, metrics)
    assert all(value.item() > 1e-7 for value in found.values()), found


def test_a_sentence_without_any_event_predicate_or_cue_can_be_compared(earlier: Model, batch: Batch) -> None:
    with torch.no_grad():
        earlier.network.event_tags.bias[0] = 50.0
        earlier.network.tags.bias.fill_(0.0)
        earlier.statements.cue.bias.fill_(-50.0)
        earlier.network.tags.weight.fill_(0.0)
        vectors = vectors_of(earlier, batch)
        asked = asked_of(earlier, batch, vectors)
        assert [len(part) for part in (*asked.frames, *asked.cues)] == [1] * 5
        said_of(earlier, batch, vectors, asked)


# ---------------------------------------------------------------- rectified, and taught


def test_a_rectified_model_has_no_unit_through_gelu_and_learns_to_be_like_the_earlier_one(
    earlier: Model, batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training.rectified, "LAYER_STEPS", 40)
    monkeypatch.setattr(training.rectified, "LAYER_ROWS", 100)
    torch.manual_seed(2)
    student = rectified(earlier, [batch])
    assert [layer.rectified for layer in layers_of(student)] == [True] * 6
    assert [layer.rectified for layer in layers_of(earlier)] == [False] * 6
    metrics = metrics_of(earlier)
    before = apart(student, earlier, batch, metrics)
    assert before["lower"].item() < 0.3
    words, relations = student.network.encoder.words.weight.clone(), student.network.rel_score.own.weight.clone()
    teach(student, earlier, repeat(batch), replace(BY_VECTORS, steps=40))
    after = apart(student, earlier, batch, metrics)
    assert total(after) < 0.8 * total(before)
    assert after["relations"].item() < 0.5 * before["relations"].item()
    assert torch.equal(student.network.encoder.words.weight, words)
    assert not torch.equal(student.network.rel_score.own.weight, relations)


def test_a_layer_learns_to_give_what_is_wanted_of_what_its_first_half_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training.rectified, "LAYER_STEPS", 100)
    monkeypatch.setattr(training.rectified, "LAYER_RATE", 1e-2)
    torch.manual_seed(4)
    layer, given = AttentionLayer(24, 2, 48), torch.randn(400, 24)
    wanted = layer.norm2(given + given.roll(1, 1)).detach()

    def lost() -> float:
        return float((layer.norm2(given + layer.down(layer.up(given).relu())) - wanted).square().mean())

    before = lost()
    learn_layer(layer, given, wanted)
    assert lost() < 0.2 * before


def test_sentences_come_once_in_a_pass_without_labels_and_some_in_other_capitals(base: Path) -> None:
    encoder = Encoder(base / "tokenizer.json", LABELS)
    (whole,) = islice(sentences_of(encoder, [*EXAMPLES, *EXAMPLES], 1), 1)
    assert len(whole.pieces) == len({example.forms for example in EXAMPLES})
    shapes = [set(batch.shapes.flatten().tolist()) for batch in islice(sentences_of(encoder, EXAMPLES, 2), 60)]
    assert len(set(map(tuple, map(sorted, shapes)))) > 1


# ---------------------------------------------------------------- integers and floats


def test_the_floats_of_a_graph_of_integers_are_those_it_was_made_of(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train, "base_model", lambda: base)
    monkeypatch.setattr(first_export, "base_model", lambda: base)
    torch.manual_seed(3)
    trunk = encoder_of(base)
    for layer in trunk.attention:
        layer.rectified = True
    network = Network(trunk, sizes_of(LABELS), tree_layers=1)
    for norm in (module for module in network.modules() if isinstance(module, nn.LayerNorm)):
        nn.init.normal_(norm.weight, 1.0, 0.1)  # no two alike: the export keeps one of those that are
        nn.init.normal_(norm.bias, 0.0, 0.1)
    torch.save(network.state_dict(), tmp_path / "model.pt")
    (tmp_path / "labels.json").write_text(json.dumps(asdict(LABELS)), encoding="utf-8")
    write_first(tmp_path, tmp_path / "first.onnx")
    graph, state = IntegerGraph(tmp_path / "first.onnx"), network.state_dict()
    for name, found in (("tags", graph.linear("/tags/MatMul_quant")), ("gate", graph.linear("/gate/MatMul"))):
        assert torch.allclose(found["weight"], state[f"{name}.weight"], atol=0.01)
        assert torch.equal(found["bias"], state[f"{name}.bias"])
    layer = graph.attention("network.frame_layer")
    own = {name.removeprefix("frame_layer."): table for name, table in state.items() if name.startswith("frame_layer.")}
    assert layer.keys() == own.keys()
    for name in ("norm1.weight", "norm2.bias", "out.bias", "down.bias"):
        assert torch.allclose(layer[name], own[name], atol=1e-5)
    for first, second in (("up.weight", "down.weight"), ("qkv.weight", "out.weight")):
        wanted, found_ = (
            table[second] @ table[first].chunk(3)[2] if "qkv" in first else table[second] @ table[first]
            for table in (own, layer)
        )
        assert (wanted - found_).norm() < 0.03 * wanted.norm()
