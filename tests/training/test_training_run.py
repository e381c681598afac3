"""Losses, averaging, and one tiny run from six sentences to the shipped form: same answers as PyTorch."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

import training.earlier
import training.export
import training.first_export
import training.statement_export
import training.statements
import training.train
from legation.read.model import EVENT, OUTPUTS, LanguageModel, Scores
from tests.training.tiny import EXAMPLES, LABELS, LAYERS, WIDTH, make_base
from training.dataset import IGNORED, Encoder, Targets, collate
from training.export import export_model
from training.first_export import LIKELY_HEADS, Graph, load_network
from training.mpnet import encoder_of
from training.network import AttentionLayer, Biaffine, Dropout, Network, Pairs
from training.smooth import _scale, _smoothed
from training.statement_network import LABELS as LABELS_OF_STATEMENTS
from training.train import (
    Average,
    Plan,
    _allowed_loss,
    cross_entropy,
    losses,
    optimizer_for,
    schedule,
    sizes_of,
    train,
)

# Tracing a graph warns of every Python number in it, and that the exporter used is the older of two.
pytestmark = pytest.mark.filterwarnings("ignore")
NAME_TAGS = 2 * len(LABELS.names) + 1
TYPES = len(LABELS.events) + 1
PLAN = Plan(epochs=2, pieces=1200, rate=1e-3, tree_layers=1, widths=(40, 32))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("tiny") / "base")


@pytest.fixture(scope="module")
def run(base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two epochs of one step each, of both lessons, exported as integers to `run/out` and as floats to `run/float`."""
    folder = tmp_path_factory.mktemp("run")
    with on_tiny(base) as patch:
        patch.setattr(
            training.statements, "statement_examples", lambda: {"marked": EXAMPLES, "real": [], "trees": EXAMPLES[:3]}
        )
        torch.manual_seed(1)
        train(EXAMPLES, LABELS, folder, PLAN)
        (folder / "labels.json").write_text(json.dumps(dataclasses.asdict(LABELS)), encoding="utf-8")
        patch.setattr("sys.argv", ["statements", "--run", str(folder), "--epochs", "2"])
        training.statements.main()
        patch.setattr("sys.argv", ["export", "--run", str(folder), "--out", str(folder / "out"), "--float"])
        training.export.main()
    return folder


@contextmanager
def on_tiny(base: Path) -> Iterator[pytest.MonkeyPatch]:
    """The steps of training on the tiny base."""
    parts = (training.train, training.first_export, training.statements, training.statement_export, training.export)
    with pytest.MonkeyPatch.context() as patch:
        for part in parts:
            patch.setattr(part, "base_model", lambda: base)
        yield patch


def batch_of(base: Path, *numbers: int) -> tuple[object, Targets]:
    encoder = Encoder(base / "tokenizer.json", LABELS)
    return collate([encoder.encode(EXAMPLES[number]) for number in numbers], NAME_TAGS, TYPES, 2)


# ---------------------------------------------------------------- losses


def targets(allowed: list[list[bool]], named: list[float]) -> Targets:
    none = torch.zeros(0, dtype=torch.long)
    return Targets({}, torch.tensor([allowed]), torch.tensor([named]), *[none] * 8)


def test_probability_on_any_allowed_tag_costs_nothing() -> None:
    scores = torch.tensor([[[30.0, 30.0, 0.0], [30.0, 0.0, 0.0]]])
    gold = targets([[True, True, False], [True, False, False]], [1.0, 1.0])
    assert _allowed_loss(scores, gold).item() == pytest.approx(0.0, abs=1e-5)


def test_probability_outside_the_allowed_tags_costs_its_logarithm() -> None:
    scores = torch.log(torch.tensor([[[0.5, 0.25, 0.25], [0.9, 0.05, 0.05]]]))
    gold = targets([[False, True, False], [True, True, True]], [1.0, 0.0])
    assert _allowed_loss(scores, gold).item() == pytest.approx(np.log(4.0), abs=1e-5)


def test_a_batch_without_names_costs_nothing() -> None:
    assert _allowed_loss(torch.randn(1, 2, 3), targets([[True] * 3] * 2, [0.0, 0.0])).item() == 0.0


def test_a_layer_without_gold_costs_nothing_and_is_no_error() -> None:
    loss = cross_entropy(torch.randn(1, 2, 3, requires_grad=True), torch.full((1, 2), IGNORED))
    loss.backward()  # type: ignore[no-untyped-call]
    assert loss.item() == 0.0


def test_every_head_has_a_loss(base: Path) -> None:
    network = Network(encoder_of(base), sizes_of(LABELS))
    found = losses(network, *batch_of(base, 0, 3, 4, 5, 6, 8))  # type: ignore[arg-type]
    assert set(found) == set(training.train.WEIGHTS)
    assert all(torch.isfinite(value) for value in found.values())
    assert all(value > 0 for value in found.values())


def test_layers_that_are_missing_cost_nothing(base: Path) -> None:
    network = Network(encoder_of(base), sizes_of(LABELS))
    found = losses(network, *batch_of(base, 3))  # type: ignore[arg-type]
    assert {name for name, value in found.items() if value > 0} == {"cue"}


# ---------------------------------------------------------------- the network


def test_what_a_sentence_stands_beside_does_not_change_it(base: Path) -> None:
    network = Network(encoder_of(base), sizes_of(LABELS)).eval()
    alone, _ = batch_of(base, 0)
    beside, _ = batch_of(base, 0, 4)
    with torch.no_grad():
        one, two = network.encode(alone), network.encode(beside)  # type: ignore[arg-type]
        arcs = [network.parse(v[0], b.words)[0] for v, b in ((one, alone), (two, beside))]  # type: ignore[attr-defined]
    assert all(torch.allclose(a[0], b[0, :4], atol=1e-5) for a, b in zip(one, two, strict=True))
    assert torch.allclose(arcs[0][0], arcs[1][0, :4, :5], atol=1e-4)
    assert (arcs[1][0, :, 5:] < -1e3).all()


def with_ones(vectors: torch.Tensor) -> torch.Tensor:
    return torch.cat([vectors, torch.ones_like(vectors[..., :1])], -1)


def test_scores_of_pairs_are_those_of_the_formulas() -> None:
    left, right = torch.randn(2, 5, 4), torch.randn(2, 6, 4)
    arcs, relations = Biaffine(4), Pairs(4, 3)
    scores = torch.einsum("bnd,de,bme->bnm", with_ones(left), arcs.weight, with_ones(right))
    assert torch.allclose(arcs(left, right), scores, atol=1e-5)
    table = torch.einsum("bnd,od,bmd->bnmo", left, relations.products.weight, right) + relations.own(left)[:, :, None]
    assert torch.allclose(relations(left, right[:, None].expand(-1, 5, -1, -1)), table, atol=1e-5)


def test_inner_units_are_rectified_unless_they_are_as_in_the_base_weights() -> None:
    layer, theirs = AttentionLayer(WIDTH, 2, 48).eval(), AttentionLayer(WIDTH, 2, 48, rectified=False).eval()
    theirs.load_state_dict(layer.state_dict())
    x, none = torch.randn(1, 3, WIDTH), torch.zeros(1, 1, 1, 3)
    given: list[torch.Tensor] = []
    for each in (layer, theirs):
        each.down.register_forward_hook(lambda _, inputs, __: given.append(inputs[0]))
        each(x, none)
    assert (given[0] >= 0).all() and (given[0] == 0).any()
    assert (given[1] < 0).any()


def test_the_table_of_word_pieces_is_not_trained(base: Path) -> None:
    network = Network(encoder_of(base), sizes_of(LABELS))
    groups = optimizer_for(network, 1e-4).param_groups
    trained = {id(p) for group in groups for p in group["params"]}
    assert id(network.encoder.words.weight) not in trained
    assert trained == {id(p) for p in network.parameters()} - {id(network.encoder.words.weight)}
    assert groups[1]["lr"] == pytest.approx(7 * groups[0]["lr"])


# ---------------------------------------------------------------- averaging and schedule


def test_the_average_moves_fast_at_first_and_then_slowly() -> None:
    layer = nn.Linear(1, 1, bias=False)
    nn.init.zeros_(layer.weight)
    average = Average(layer, 0.9)
    nn.init.ones_(layer.weight)
    average.update(layer, 0)
    assert average.weights["weight"].item() == pytest.approx(0.9)
    average.update(layer, 10_000)
    assert average.weights["weight"].item() == pytest.approx(0.91)
    assert layer.weight.item() == 1.0


def test_the_rate_warms_up_and_falls() -> None:
    rates = [schedule(step, 1000) for step in range(1000)]
    assert rates[0] == 0.0
    assert max(rates) == rates[40] == 1.0
    assert rates[40:] == sorted(rates[40:], reverse=True)
    assert 0.02 <= rates[-1] < 0.021


# ---------------------------------------------------------------- a whole run


def torch_answers(run: Path, base: Path, number: int) -> dict[str, np.ndarray]:
    with on_tiny(base):
        network = load_network(run)
    batch, _ = batch_of(base, number)
    with torch.no_grad():
        words, _ = network.encode(batch)  # type: ignore[arg-type]
        upos, xpos, lemma, names, *_ = network.tag(words)
        arcs, dependents, heads = network.parse(words, batch.words)  # type: ignore[attr-defined]
        size = arcs.shape[1]
        every = torch.arange(size + 1).expand(1, size, size + 1)
        rels = network.relate(dependents, heads, every).argmax(-1)
    found = {"upos": upos.argmax(-1), "xpos": xpos.argmax(-1), "lemma": lemma.argmax(-1)}
    found |= {"names": names, "arcs": arcs, "rels": rels}
    return {name: value[0].numpy() for name, value in found.items()}


def answers(folder: Path, number: int) -> Scores:
    return LanguageModel(folder, 1).scores([EXAMPLES[number].forms])[0]


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_float_graph_answers_as_pytorch_does(run: Path, base: Path, number: int) -> None:
    wanted, found = torch_answers(run, base, number), answers(run / "float", number)
    for name in ("upos", "xpos", "lemma"):
        assert getattr(found, name).tolist() == wanted[name].tolist()
    likely = np.argsort(-wanted["arcs"], 1)[:, :LIKELY_HEADS]
    assert np.take_along_axis(found.rels, likely, 1).tolist() == np.take_along_axis(wanted["rels"], likely, 1).tolist()
    assert np.allclose(found.names, wanted["names"], atol=1e-4)
    assert np.allclose(found.arcs, wanted["arcs"], atol=1e-3)


@pytest.mark.parametrize("number", range(len(EXAMPLES)))
def test_the_integer_graph_answers_nearly_so(run: Path, base: Path, number: int) -> None:
    wanted, found = torch_answers(run, base, number), answers(run / "out", number)
    near = 0.1 * np.abs(wanted["names"]).max()
    assert np.abs(found.names - wanted["names"]).max() < near
    best = np.sort(wanted["names"], 1)
    clear = best[:, -1] - best[:, -2] > 2 * near
    assert (found.names.argmax(1) == wanted["names"].argmax(1))[clear].all()


def test_of_the_weights_only_those_of_scores_stay_float(run: Path) -> None:
    graph = onnx.load(run / "out" / "model.onnx").graph
    constant = {table.name for table in graph.initializer}
    kept = {node.name for node in graph.node if node.op_type == "MatMul" and not constant.isdisjoint(node.input)}
    own = {"/statements/cue/MatMul", "/statements/frame_look/MatMul"}
    assert kept == own | {"/gate/MatMul", "/event_tags/MatMul"}


def test_integers_are_rectified_by_the_range_they_are_made_in(run: Path) -> None:
    kinds = [[node.op_type for node in onnx.load(run / name / "model.onnx").graph.node] for name in ("float", "out")]
    assert kinds[0].count("Relu") == LAYERS + 4
    assert kinds[0].count("Gelu") + kinds[0].count("Erf") == 1, "before the layer of events alone"
    assert "Relu" not in kinds[1]


def test_given_predicates_are_read_by_the_exported_graph(run: Path) -> None:
    model = LanguageModel(run / "out", 1)
    found = model.scores([EXAMPLES[0].forms, EXAMPLES[4].forms], predicates=[[1], [0, 5]])
    assert [[word for word, kind, _ in scores.frames if kind == 0] for scores in found] == [[1], [0, 5]]


def told_by(folder: Path, least_chance: float) -> list[Scores]:
    """One graph run for all, so that the sentences stand beside each other."""
    return LanguageModel(folder, 1, least_chance=least_chance).scores([example.forms for example in EXAMPLES])


def is_quiet(scores: Scores) -> bool:
    return bool((scores.events[:, 0] == 1.0).all()) and not scores.frames


def test_a_sentence_without_a_chance_is_read_no_further_than_its_names(run: Path) -> None:
    for quiet, read in zip(told_by(run / "float", 1.1), told_by(run / "float", 0.0), strict=True):
        assert is_quiet(quiet) and not is_quiet(read)
        assert not (quiet.events[:, 1:].any() or quiet.modes.any() or quiet.statuses.any() or quiet.contexts.any())
        assert np.allclose(quiet.names, read.names, atol=1e-5) and np.allclose(quiet.cue, read.cue, atol=1e-6)
        assert np.allclose(read.events.sum(1), 1.0, atol=1e-5)


@pytest.fixture(scope="module")
def cueless(run: Path, base: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The float graph of a network that finds no attributions, so that the gate alone decides."""
    folder = tmp_path_factory.mktemp("cueless")
    weights = torch.load(run / "model.pt")
    weights["tags.bias"][-1] = -100.0
    torch.save(weights, folder / "model.pt")
    for name in ("labels.json", "statements.pt"):
        (folder / name).write_bytes((run / name).read_bytes())
    with on_tiny(base):
        export_model(folder, folder / "float", integers=False)
    return folder / "float"


def test_a_sentence_with_a_chance_is_read_as_if_no_other_had_been_left_out(cueless: Path) -> None:
    whole = told_by(cueless, 0.0)
    mixtures = 0
    for least in np.linspace(0.01, 0.99, 99):
        found = told_by(cueless, float(least))
        kept = [(one, two) for one, two in zip(found, whole, strict=True) if not is_quiet(one)]
        mixtures += 0 < len(kept) < len(found)
        for one, two in kept:
            assert np.allclose(one.events, two.events, atol=1e-5) and np.allclose(one.contexts, two.contexts, atol=1e-5)
            likely = [f for f in two.frames if f[1] != EVENT or 1.0 - two.events[f[0], 0] >= least + 1e-5]
            found_in = [f for f in one.frames if f[1] != EVENT or 1.0 - two.events[f[0], 0] >= least + 1e-5]
            assert [frame[:2] for frame in found_in] == [frame[:2] for frame in likely]
            for mine, other in zip(found_in, likely, strict=True):
                assert np.allclose(mine[2], other[2], atol=1e-4)
    assert mixtures


def test_of_words_that_hardly_tell_an_event_no_parties_are_looked_for(cueless: Path) -> None:
    whole, found = told_by(cueless, 0.0), told_by(cueless, 0.3)
    unlikely = 0
    for one, two in zip(found, whole, strict=True):
        words = [word for word, kind, _ in one.frames if kind == EVENT]
        assert all(1.0 - one.events[word, 0] >= 0.3 for word in words)
        unlikely += len([word for word, kind, _ in two.frames if kind == EVENT]) - len(words)
    assert unlikely > 0


def test_of_predicates_only_those_are_read_from_which_something_told_may_have_its_time() -> None:
    evoking = torch.tensor([[False, False, False, True, False], [False] * 5])
    heads = torch.tensor([[2, 3, 0, 2, 1], [0, 1, 1, 1, 1]])
    noun = torch.tensor([[False, True, False, True, False], [True] * 5])
    assert Graph._wanted(evoking, noun, heads).tolist() == [[False, True, True, True, False], [False] * 5]
    verb = torch.zeros_like(noun)
    assert Graph._wanted(evoking, verb, heads).tolist() == [[False, False, False, True, False], [False] * 5]


def test_the_exported_folder_has_all_that_the_reader_needs(run: Path) -> None:
    assert {path.name for path in (run / "out").iterdir()} == {"labels.json", "model.onnx", "tokenizer.json"}
    model = LanguageModel(run / "out", 1)
    assert tuple(output.name for output in model._session.get_outputs()) == OUTPUTS
    assert dataclasses.asdict(model.labels) == dataclasses.asdict(LABELS) | LABELS_OF_STATEMENTS


def test_a_finished_run_is_not_trained_again(run: Path, base: Path) -> None:
    before = torch.load(run / "model.pt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training.train, "base_model", lambda: base)
        train(EXAMPLES, LABELS, run, PLAN)
    after = torch.load(run / "model.pt")
    assert all(torch.equal(before[name], after[name]) for name in before)


def test_a_run_that_was_cut_short_goes_on_as_if_it_had_not(base: Path, tmp_path: Path) -> None:
    save = torch.save

    def cut(state: object, path: Path) -> None:
        save(state, path)
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training.train, "base_model", lambda: base)
        for name in ("whole", "halves"):
            (tmp_path / name).mkdir()
            torch.manual_seed(3)
            if name == "halves":
                with pytest.raises(KeyboardInterrupt), pytest.MonkeyPatch.context() as inner:
                    inner.setattr(torch, "save", cut)
                    train(EXAMPLES, LABELS, tmp_path / name, PLAN)
                assert torch.load(tmp_path / name / "last.pt")["epoch"] == 1
            train(EXAMPLES, LABELS, tmp_path / name, PLAN)
    whole, halves = (torch.load(tmp_path / name / "model.pt") for name in ("whole", "halves"))
    assert all(torch.allclose(whole[name], halves[name], atol=1e-6) for name in whole)


def test_dropping_numbers_keeps_their_mean_and_drops_the_share() -> None:
    torch.manual_seed(3)
    layer = Dropout(0.2)
    found = layer(torch.ones(200, 37, 11))
    assert 0.19 < (found == 0).float().mean() < 0.21
    assert found.mean().item() == pytest.approx(1.0, abs=0.01)
    assert torch.equal(found.unique(), torch.tensor([0.0, 256 / (256 - 51)]))
    x = torch.randn(3, 5)
    assert layer.eval()(x) is x


def test_dropped_numbers_take_no_part_in_learning() -> None:
    torch.manual_seed(4)
    x = torch.ones(1000, requires_grad=True)
    found = Dropout(0.5)(x)
    found.sum().backward()
    assert x.grad is not None and torch.equal(x.grad == 0, found == 0)


def test_a_run_is_made_again_of_the_shipped_graph_and_answers_nearly_as_it_did(
    run: Path, base: Path, tmp_path: Path
) -> None:
    with on_tiny(base) as patch:
        patch.setattr(training.earlier, "base_model", lambda: base)
        graph = str(run / "out" / "model.onnx")
        patch.setattr("sys.argv", ["earlier", "--graph", graph, "--run", str(tmp_path), "--tree-layers", "1"])
        training.earlier.main()
        wanted, found = load_network(run), load_network(tmp_path)
        patch.setattr(training.statement_export, "load_network", lambda _: wanted)
        own = [training.statement_export.load_statements(folder, LABELS) for folder in (run, tmp_path)]
    batch, _ = batch_of(base, 0, 1, 6)
    with torch.no_grad():
        for one, other in zip(wanted.encode(batch), found.encode(batch), strict=True):
            assert (one - other).norm() < 0.05 * one.norm()
        hidden = wanted.lower(batch)
        said = [net.read(hidden, batch.mask, batch.first, batch.last) for net in own]
    assert (said[0] - said[1]).norm() < 0.05 * said[0].norm()
    assert json.loads((tmp_path / "labels.json").read_text()) == json.loads((run / "labels.json").read_text())


# ---------------------------------------------------------------- evened out


@pytest.mark.parametrize("rectified", [True, False])
def test_evening_out_changes_no_answer(*, rectified: bool) -> None:
    torch.manual_seed(5)
    layer = AttentionLayer(WIDTH, 2, 48, rectified=rectified).eval()
    x = torch.randn(3, 7, WIDTH) * torch.logspace(-2, 2, WIDTH)
    blocked = torch.zeros(3, 1, 1, 7)
    before = layer(x, blocked)
    largest = {name: torch.rand(getattr(layer, name).in_features) * 9 + 0.1 for name in ("qkv", "out", "up", "down")}
    scales = {getattr(layer, name): _scale(getattr(layer, name), most) for name, most in largest.items()}
    for name in largest:
        setattr(layer, name, _smoothed(layer, getattr(layer, name), scales))
    assert torch.allclose(layer(x, blocked), before, atol=1e-4)


def test_a_unit_that_was_silent_where_ranges_were_seen_is_not_taken_for_a_tiny_one() -> None:
    layer = nn.Linear(5, 3)
    nn.init.ones_(layer.weight)
    scales = _scale(layer, torch.tensor([0.0, 0.4, 2.0, 2.0, 3.0]))
    assert torch.allclose(scales[:2], _scale(layer, torch.ones(5))[:2])
    assert (scales[2:] > scales[0]).all()


def test_units_that_are_silent_do_not_count_even_where_most_are() -> None:
    layer = nn.Linear(5, 3)
    nn.init.ones_(layer.weight)
    scales = _scale(layer, torch.tensor([0.0, 0.0, 0.0, 1.0, 2.0]))
    assert torch.allclose(scales[:3], _scale(layer, torch.full((5,), 0.5))[:3])
    assert torch.equal(_scale(layer, torch.zeros(5)), _scale(layer, torch.full((5,), 1e-5)))
