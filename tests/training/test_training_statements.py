"""The layers of statements: what they learn of a sentence, what they begin with, and that a join changes no answer."""

from __future__ import annotations

import copy
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.training.tiny import EXAMPLES, LABELS, make_base
from training.card import read_log
from training.dataset import IGNORED, Encoder
from training.earlier import begin_run
from training.mpnet import encoder_of
from training.network import Network
from training.position_corpus import ACTS
from training.statement_examples import StatementExample, collated, cues_of, encoded, frames_of, grouped
from training.statement_lesson import HELD, StatementPlan, learn, losses, passes
from training.statement_network import CUE, GOING_ON, TAGS, StatementGraph, StatementNetwork, above, told_rows
from training.statement_network import LABELS as OWN_LABELS
from training.statements import unread
from training.train import sizes_of

TREE, PLAIN, QUOTED, STOOD = EXAMPLES[0], EXAMPLES[3], EXAMPLES[4], EXAMPLES[8]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("tiny") / "base")


@pytest.fixture
def network(base: Path) -> Network:
    torch.manual_seed(1)
    encoder = encoder_of(base)
    for layer in encoder.attention:
        layer.rectified = True  # as the first lesson leaves them
    return Network(encoder, sizes_of(LABELS), tree_layers=1).eval()


def examples(network: Network, base: Path, *chosen: int) -> list[StatementExample]:
    """Sentences with what the lower layers of a network make of them, each by itself."""
    encoder = Encoder(base / "tokenizer.json", LABELS)
    found = []
    for example in (EXAMPLES[number] for number in chosen):
        item = encoder.encode(example)
        batch, _ = encoder.collated([item])
        with torch.no_grad():
            hidden = network.lower(batch)[0].half()
        found.append(StatementExample(hidden, item.first, item.last, cues_of(example), list(frames_of(example))))
    return found


# ---------------------------------------------------------------- what is learned


def test_a_cue_has_parts_sides_and_an_act_and_a_quotation_that_goes_on_has_no_parts() -> None:
    going_on, cue = frames_of(STOOD)
    assert (cue.word, cue.kind, cue.act) == (1, CUE, ACTS.index("accuse"))
    assert (cue.stand, going_on.stand) == (1 + OWN_LABELS["sides"].index("AGAINST"), 0)
    assert [TAGS["sides"][tag] for tag in cue.tags["sides"]] == ["O", "O", "O", "B-AGAINST", "O"]
    assert [TAGS["attitudes"][tag] for tag in cue.tags["attitudes"]] == ["O", "O", "B-BLAMED", "O", "O"]
    assert TAGS["parts"][cue.tags["parts"][1]] == "B-CUE"
    assert (going_on.word, going_on.kind, going_on.act) == (0, GOING_ON, IGNORED)
    assert set(going_on.tags["parts"]) == {IGNORED} and set(going_on.tags["sides"]) == {0}


def test_of_a_sentence_whose_sides_nobody_marked_none_are_learned() -> None:
    (frame,) = frames_of(TREE)
    assert set(frame.tags["sides"]) == set(frame.tags["attitudes"]) == {IGNORED}
    assert frame.act == frame.stand == IGNORED and IGNORED not in frame.tags["parts"]
    assert not list(frames_of(PLAIN))


def test_who_takes_two_sides_in_one_sentence_teaches_neither_as_the_side_of_the_whole() -> None:
    stances = tuple(replace(own, sides=(("FOR", 2, 3), ("AGAINST", 3, 4))) for own in STOOD.stances or ())
    assert {frame.stand for frame in frames_of(replace(STOOD, stances=stances))} == {IGNORED}
    alike = tuple(replace(own, sides=(("FOR", 2, 3), ("FOR", 3, 4))) for own in STOOD.stances or ())
    assert {frame.stand for frame in frames_of(replace(STOOD, stances=alike))} == {1 + OWN_LABELS["sides"].index("FOR")}


def test_what_a_frame_as_a_whole_says_does_not_change_with_padding(network: Network, base: Path) -> None:
    found, alone, wide = above(network, LABELS.roles).eval(), examples(network, base, 8), examples(network, base, 8, 4)

    def stands(own: list[StatementExample]) -> torch.Tensor:
        batch = collated(own)
        with torch.no_grad():
            words = found.read(batch.hidden, batch.mask, batch.first, batch.last)
            frames = batch.frame_rows, batch.frame_words, batch.frame_kinds
            return found.frames(words, batch.words, *frames)[-1][: len(alone[0].frames)]

    assert len(wide[1].first) > len(wide[0].first)
    assert torch.allclose(stands(alone), stands(wide), atol=1e-4)


def test_padding_teaches_nothing(network: Network, base: Path) -> None:
    batch = collated(examples(network, base, 0, 8))
    assert (batch.cues[batch.words == 0] == IGNORED).all()
    for tags in batch.tags.values():
        assert (tags[batch.words[batch.frame_rows] == 0] == IGNORED).all()
    assert batch.frame_rows.tolist() == [0, 1, 1]


def test_sentences_are_read_in_groups_of_bounded_size(base: Path) -> None:
    pairs = encoded(EXAMPLES * 40, Encoder(base / "tokenizer.json", LABELS))
    groups = list(grouped(pairs))
    assert sum(map(len, groups)) == len(pairs) and len(groups) > 1
    assert all(len(group[-1][1].pieces) * len(group) <= 1500 for group in groups)


def test_trees_come_in_turns_and_marked_and_real_sentences_always(network: Network, base: Path) -> None:
    own = {
        "marked": examples(network, base, 8),
        "real": examples(network, base, 4),
        "trees": examples(network, base, 0, 1),
    }
    taken = [
        {id(one) for group in groups for one in group}
        for groups in passes(own, StatementPlan(epochs=2), lambda e: len(e.hidden))
    ]
    always = {id(one) for name in ("marked", "real") for one in own[name]}
    assert all(always <= found and len(found) == 3 for found in taken)
    assert set.union(*taken) == always | {id(one) for one in own["trees"]}


# ---------------------------------------------------------------- the layers


def test_they_begin_with_the_upper_layers_and_frames_of_the_first_lesson(network: Network, base: Path) -> None:
    found = above(network, LABELS.roles).eval()
    (one,) = examples(network, base, 0)
    batch = collated([one])
    first, _ = Encoder(base / "tokenizer.json", LABELS).collated(
        [Encoder(base / "tokenizer.json", LABELS).encode(TREE)]
    )
    with torch.no_grad():
        words = found.read(batch.hidden, batch.mask, batch.first, batch.last)
        _, wanted = network.encode(first)
        rows, kinds = torch.tensor([0]), torch.tensor([1])
        theirs = network.frames(wanted, first.words, rows, torch.tensor([1]), kinds)
        parts = found.frames(words, batch.words, rows, torch.tensor([1]), torch.tensor([CUE]))[0]
    assert torch.allclose(words, wanted, atol=1e-2)
    columns = [
        0,
        *(1 + 2 * LABELS.roles.index(label) + inside for label in ("SOURCE", "CUE", "CONTENT") for inside in (0, 1)),
    ]
    assert torch.allclose(parts, theirs[..., columns], atol=2e-2)


def test_learning_lowers_every_loss(network: Network, base: Path) -> None:
    found, own = above(network, LABELS.roles), examples(network, base, 0, 1, 2, 3, 4, 8)
    batch = collated(own)
    with torch.no_grad():
        before = losses(found.eval(), batch)
    learn(found, {"marked": own, "real": [], "trees": []}, StatementPlan(epochs=60, rate=2e-3))
    with torch.no_grad():
        after = losses(found, batch)
    assert set(before) == {"cue", "parts", "sides", "attitudes", "act", "stand"}
    assert all(after[name] < before[name] for name in before)


def test_cues_and_parts_can_be_held_to_what_they_were_while_sides_are_learned(network: Network, base: Path) -> None:
    before, own = above(network, LABELS.roles).eval(), examples(network, base, 0, 1, 2, 3, 4, 8)
    batch, found = collated(own), above(network, LABELS.roles)
    found.load_state_dict(before.state_dict())

    def apart(other: StatementNetwork) -> dict[str, float]:
        with torch.no_grad():
            return {name: value.item() for name, value in losses(other.eval(), batch, before=before).items()}

    first = apart(found)
    assert first["cue as before"] == first["parts as before"] == pytest.approx(0.0, abs=1e-6)
    assert first["cue"] == first["parts"] == 0.0
    plan = StatementPlan(epochs=60, rate=2e-3)
    free = copy.deepcopy(found)
    learn(free, {"marked": own, "real": [], "trees": []}, plan)
    learn(found, {"marked": own, "real": [], "trees": []}, plan, before)
    held, gone = apart(found), apart(free)
    assert held["sides"] < first["sides"] and held["stand"] < first["stand"]
    assert all(held[name] < 0.5 * gone[name] for name in HELD)


def test_cues_and_parts_of_real_sentences_are_learned_where_those_of_others_are_held(
    network: Network, base: Path
) -> None:
    before, (other, real) = above(network, LABELS.roles).eval(), examples(network, base, 4, 8)
    free = replace(real, held=False)

    def cost_after(taught: StatementExample) -> dict[str, Tensor]:
        found = above(network, LABELS.roles)
        found.load_state_dict(before.state_dict())
        learn(found, {"marked": [other], "real": [taught], "trees": []}, StatementPlan(epochs=60, rate=2e-3), before)
        with torch.no_grad():
            return losses(found, collated([free]), before=before)

    with torch.no_grad():
        first = losses(before, collated([free]), before=before)
    held, learned = cost_after(real), cost_after(free)
    assert first["cue as before"] == first["parts as before"] == 0.0
    assert all(learned[name] < held[name] and learned[name] < first[name] for name in ("cue", "parts"))


def test_smoothed_labels_keep_what_is_surely_known_from_costing_nothing(network: Network, base: Path) -> None:
    found, own = above(network, LABELS.roles), examples(network, base, 0, 1, 2, 3, 4, 8)
    learn(found, {"marked": own, "real": [], "trees": []}, StatementPlan(epochs=60, rate=2e-3))
    batch = collated(own)
    with torch.no_grad():
        whole, smoothed = losses(found, batch), losses(found, batch, 0.1)
    assert smoothed["cue"] == whole["cue"]
    assert all(smoothed[name] > whole[name] for name in ("parts", "sides", "attitudes", "act", "stand"))


def test_a_run_whose_statements_learned_on_keeps_its_first_lesson_and_its_log(tmp_path: Path) -> None:
    run, out = tmp_path / "run", tmp_path / "out"
    run.mkdir()
    for name in ("labels.json", "model.pt", "statements.pt"):
        (run / name).write_bytes(name.encode())
    (run / "log.txt").write_text("  9s epoch 1 step 5/5\n", encoding="utf-8")
    begin_run(run, out, ("labels.json", "model.pt"), "said step 7/7\n")
    assert (out / "model.pt").read_bytes() == b"model.pt" and not (out / "statements.pt").exists()
    assert read_log(out / "log.txt") == (1, 5, 9, 0, 0, 7, 0)


# ---------------------------------------------------------------- as it is run


def told_by(
    network: StatementNetwork, own: list[StatementExample], likely: list[list[float]]
) -> tuple[torch.Tensor, ...]:
    batch = collated(own)
    pieces, quotes = batch.mask.long(), torch.zeros_like(batch.mask).long()
    width = batch.words.shape[1]
    chances = torch.tensor([[*row, *([0.0] * (width - len(row)))] for row in likely])
    with torch.no_grad():
        return StatementGraph(network)(
            batch.hidden, pieces, quotes, batch.first, batch.last, batch.words, chances, torch.tensor(0.03)
        )  # type: ignore[no-any-return]


def test_a_sentence_in_which_nothing_may_be_a_cue_is_not_read(network: Network, base: Path) -> None:
    found = above(network, LABELS.roles).eval()
    with torch.no_grad():
        found.cue.bias.fill_(10.0)
    own = examples(network, base, 0, 3)
    cues, said, *_ = told_by(found, own, [[0.0, 0.9, 0.0, 0.0], [0.0] * 4])
    assert (cues[0, :4] > 0.9).all() and (cues[1] == 0).all()
    assert set(said[1:, 0].tolist()) == {0}


def test_a_sentence_reads_the_same_whatever_others_are_left_out(network: Network, base: Path) -> None:
    found = above(network, LABELS.roles).eval()
    own = examples(network, base, 3, 0)
    alone, *_ = told_by(found, own[1:], [[0.0, 0.9, 0.0, 0.0]])
    beside, *_ = told_by(found, own, [[0.0] * 4, [0.0, 0.9, 0.0, 0.0]])
    assert np.allclose(alone[0, :4], beside[1, :4], atol=1e-5)


def test_of_sentences_without_a_chance_one_is_run_and_tells_nothing() -> None:
    rows, told = told_rows(torch.tensor([0.01, 0.02, 0.005]), torch.tensor(0.03))
    assert rows.tolist() == [1] and told.tolist() == [[False]]


def test_sentences_of_treebanks_that_were_read_for_statements_are_left_out_of_them() -> None:
    spaced = " ".join("".join(TREE.forms))
    assert list(unread([TREE, PLAIN], [spaced])) == [PLAIN]
    assert list(unread([TREE, PLAIN], [])) == [TREE, PLAIN]
