"""The second lesson: what it takes over from the first, and what each pass learns from."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import torch

from tests.training.tiny import EXAMPLES, LABELS, make_base
from training.dataset import KINDS
from training.mpnet import encoder_of
from training.network import Network
from training.stances import OTHERS, begun, labels_after, passes
from training.train import sizes_of

FEWER = dataclasses.replace(LABELS, roles=tuple(r for r in LABELS.roles if r not in ("FOR", "AGAINST", "MIXED")))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run that knew no sides and three kinds of frames, as those before stances did."""
    (tmp_path / "labels.json").write_text(json.dumps(dataclasses.asdict(FEWER)), encoding="utf-8")
    base = make_base(tmp_path / "base")
    torch.manual_seed(3)
    state = Network(encoder_of(base), sizes_of(FEWER)).state_dict()
    rows = 2 * len(FEWER.roles) + 1
    kept = {k: v[:rows] if k.startswith("frame_roles.") else v for k, v in state.items() if "frame_act" not in k}
    kept["frame_kind.weight"] = kept["frame_kind.weight"][:3]
    torch.save(kept, tmp_path / "model.pt")
    return tmp_path


def gone_on(run: Path) -> tuple[Network, dict[str, torch.Tensor]]:
    """A network that goes on from the run, and what the run had learned."""
    torch.manual_seed(4)
    network = Network(encoder_of(run / "base"), sizes_of(LABELS))
    begun(run, LABELS, network)
    return network, torch.load(run / "model.pt")


def test_each_role_keeps_its_weights_wherever_it_stands_now(run: Path) -> None:
    network, old = gone_on(run)
    for role in FEWER.roles:
        for inside in (0, 1):
            was, now = (1 + 2 * own.index(role) + inside for own in (FEWER.roles, LABELS.roles))
            assert torch.equal(network.frame_roles.weight[now], old["frame_roles.weight"][was])
            assert torch.equal(network.frame_roles.bias[now], old["frame_roles.bias"][was])


def test_everything_else_is_as_it_was_learned(run: Path) -> None:
    network, old = gone_on(run)
    now = network.state_dict()
    same = [name for name in old if not name.startswith(("frame_roles", "frame_kind"))]
    assert same and all(torch.equal(now[name], old[name]) for name in same)


def test_stances_begin_as_attributions(run: Path) -> None:
    kinds = gone_on(run)[0].frame_kind.weight
    assert torch.equal(kinds[KINDS["stance"]], kinds[KINDS["attribution"]])
    assert not torch.equal(kinds[KINDS["stance"]], kinds[KINDS["event"]])


def test_other_classes_than_the_run_learned_are_an_error(run: Path) -> None:
    assert labels_after(run, LABELS) == LABELS
    with pytest.raises(ValueError, match="other classes"):
        labels_after(run, dataclasses.replace(LABELS, upos=("NOUN", "VERB")))


def test_each_pass_takes_all_that_is_new_and_other_old_sentences() -> None:
    new, old = EXAMPLES[:2], [dataclasses.replace(EXAMPLES[3], id=str(number)) for number in range(30)]
    taken = passes(new, old, 4)
    assert all(own[:2] == new for own in taken)
    ids = [example.id for own in taken for example in own[2:]]
    assert len(ids) == len(set(ids)) == 4 * round(2 * OTHERS)


def test_old_sentences_come_again_when_all_were_taken() -> None:
    taken = passes(EXAMPLES[:2], EXAMPLES[2:5], 3)
    assert [len(own) for own in taken] == [5, 5, 5]
    assert all({e.id for e in own} == {e.id for e in EXAMPLES[:5]} for own in taken)
