"""A lesson in statements for the whole network: what learns, what is to stay as it was, and going on after a break."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from tests.training.tiny import EXAMPLES, LABELS, make_base
from training import whole_lesson
from training.dataset import Encoder
from training.likeness import Model, metrics_of
from training.mpnet import encoder_of
from training.network import Network
from training.rectified import apart, sentences_of
from training.statement_examples import encoded
from training.statement_lesson import StatementPlan
from training.statement_network import above
from training.train import sizes_of
from training.whole_lesson import Learner, learner_of, lesson, resume

PLAN = StatementPlan(epochs=6, pieces=40, rate=1e-3)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    return make_base(tmp_path / "base")


def learner(base: Path) -> Learner:
    torch.manual_seed(5)
    layers = encoder_of(base)
    for layer in layers.attention:
        layer.rectified = True  # as a first lesson leaves them
    network = Network(layers, sizes_of(LABELS), tree_layers=1)
    return learner_of(Model(network, above(network, LABELS.roles)), PLAN)


def taught(
    base: Path, own: Learner, keep: Path | None = None, plan: StatementPlan = PLAN, *, held: bool = False
) -> int:
    encoder = Encoder(base / "tokenizer.json", LABELS)
    pairs = encoded([e for e in EXAMPLES if e.attributions], encoder)
    marked = {"marked": [(*pair, held) for pair in pairs], "real": [], "trees": []}
    return lesson(own, encoder, marked, sentences_of(encoder, EXAMPLES, 1, 40), plan, keep)


def weights(own: Learner) -> dict[str, Tensor]:
    return {name: weight.clone() for name, weight in own.model.whole.state_dict().items()}


def test_layers_above_and_below_and_what_tells_statements_learn(base: Path) -> None:
    own = learner(base)
    before = weights(own)
    steps = taught(base, own)
    after = weights(own)
    assert own.step == steps >= 6
    for name in (
        "0.encoder.layers.0.qkv.weight", "0.encoder.layers.1.down.weight", "0.event_tags.weight", "0.tags.weight",
        "1.layers.0.up.weight", "1.frame_tags.weight", "1.frame_act.weight", "1.cue.weight",
    ):  # fmt: skip
        assert not torch.equal(before[name], after[name])
    assert torch.equal(before["0.encoder.words.weight"], after["0.encoder.words.weight"])


def test_what_it_was_before_stays_and_it_keeps_near_to_that(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole_lesson, "RATE", 1e-2)  # so that statements pull hard

    def gone(own: Learner) -> float:
        before = {name: weight.clone() for name, weight in own.before.network.state_dict().items()}
        taught(base, own, plan=StatementPlan(epochs=30, pieces=40, rate=1e-3))
        assert all(torch.equal(before[name], weight) for name, weight in own.before.network.state_dict().items())
        batch = next(sentences_of(Encoder(base / "tokenizer.json", LABELS), EXAMPLES, 2, 400))
        with torch.no_grad():
            found = apart(own.model, own.before, batch, metrics_of(own.before))
        return sum(float(found[name]) for name in ("tags", "event", "roles"))

    near = gone(learner(base))
    monkeypatch.setattr(whole_lesson, "UNLIKE", dict.fromkeys(whole_lesson.UNLIKE, 0.0))
    assert 0.0 < near < gone(learner(base))


def test_cues_and_parts_are_learned_only_from_sentences_that_are_not_held(base: Path) -> None:
    def gone(*, held: bool) -> float:
        own = learner(base)
        taught(base, own, plan=StatementPlan(epochs=30, pieces=40, rate=1e-3), held=held)
        batch = next(sentences_of(Encoder(base / "tokenizer.json", LABELS), EXAMPLES, 2, 400))
        with torch.no_grad():
            found = apart(own.model, own.before, batch, metrics_of(own.before))
        return float(found["cue"] + found["parts"])

    assert gone(held=True) < 0.5 * gone(held=False)


def test_what_is_kept_lies_a_share_of_the_way_to_what_was_learned(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def kept_of(share: float) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        monkeypatch.setattr(whole_lesson, "SHARE", share)
        own = learner(base)
        before = weights(own)
        taught(base, own)
        return before, weights(own)

    (before, learned), (_, kept) = kept_of(1.0), kept_of(0.5)
    name = "1.frame_act.weight"
    assert torch.allclose(kept[name], (before[name] + learned[name]) / 2, atol=1e-5)
    assert not torch.allclose(kept[name], learned[name], atol=1e-5)


def test_a_lesson_that_was_broken_off_goes_on_where_it_was(
    base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_lesson, "KEPT", 4)
    keep = tmp_path / "run" / "last.pt"
    whole = learner(base)
    steps = taught(base, whole, keep)
    again = learner(base)
    resume(again, keep)
    assert 0 < again.step <= steps and again.step % 4 == 0
    assert taught(base, again) == steps
    assert again.step == steps


def test_without_a_kept_state_a_lesson_begins_anew(base: Path, tmp_path: Path) -> None:
    own = learner(base)
    resume(own, tmp_path / "last.pt")
    assert own.step == 0
