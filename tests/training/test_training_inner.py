"""Inner units that are rectified or go, and what makes up for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch
from torch import Tensor

from tests.training.tiny import EXAMPLES, INNER, LABELS, make_base
from training.dataset import Encoder
from training.inner import covariance_of, fit, instead, remaining, widths_of
from training.mpnet import encoder_of
from training.network import Batch
from training.network import Encoder as Trunk


def drawn(*shape: int) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(sum(shape)))


def given(weight: Tensor, bias: Tensor, answers: Tensor) -> Tensor:
    return answers @ weight.T + bias


def lost(weight: Tensor, bias: Tensor, answers: Tensor, width: int) -> float:
    """The mean square of what is given otherwise by the units that stay."""
    kept, columns, moved = remaining(weight, bias, answers, covariance_of(answers), width)
    return float((given(columns, moved, answers[:, kept]) - given(weight, bias, answers)).square().mean())


def test_a_unit_that_says_what_another_says_goes_and_nothing_changes() -> None:
    answers = drawn(500, 6)
    answers[:, 4] = 2.0 * answers[:, 1]
    weight, bias = drawn(3, 6), drawn(3)
    kept, columns, moved = remaining(weight, bias, answers, covariance_of(answers), 5)
    assert {0, 2, 3, 5} < set(kept.tolist())
    assert torch.allclose(given(columns, moved, answers[:, kept]), given(weight, bias, answers), atol=0.02)


def test_what_never_changes_goes_into_the_bias() -> None:
    answers = drawn(500, 6)
    answers[:, 2] = 7.0
    weight, bias = drawn(3, 6), drawn(3)
    kept, columns, moved = remaining(weight, bias, answers, covariance_of(answers), 5)
    assert kept.tolist() == [0, 1, 3, 4, 5]
    assert torch.allclose(columns, weight[:, kept], atol=1e-3)
    assert torch.allclose(moved, bias + 7.0 * weight[:, 2], atol=1e-3)


def test_weights_make_up_for_answers_that_are_others() -> None:
    before = drawn(500, 6)
    answers = before @ (torch.eye(6) + 0.1 * drawn(6, 6)) + 3.0
    weight, bias = drawn(3, 6), drawn(3)
    other = instead(weight, bias, before, answers, covariance_of(answers))
    assert torch.allclose(given(*other, answers), given(weight, bias, before), atol=0.05)
    assert (given(*other, answers) - given(weight, bias, before)).mean(0).abs().max() < 1e-4


def test_with_all_units_a_layer_stays_as_it_is() -> None:
    weight, bias = drawn(3, 6), drawn(3)
    answers = drawn(50, 6)
    kept, columns, moved = remaining(weight, bias, answers, covariance_of(answers), 6)
    assert kept.tolist() == list(range(6))
    assert torch.equal(columns, weight)
    assert torch.equal(moved, bias)


def test_the_fewer_units_stay_the_more_is_lost_and_less_than_by_cutting() -> None:
    answers = drawn(2000, 8) @ drawn(8, 24) + 0.1 * drawn(2000, 24)
    weight, bias = drawn(5, 24), drawn(5)
    losses = [lost(weight, bias, answers, width) for width in (20, 14, 8)]
    assert losses == sorted(losses)
    cut = weight.clone()
    cut[:, 14:] = 0.0
    bare = float((given(cut, bias, answers) - given(weight, bias, answers)).square().mean())
    assert 10 * losses[1] < bare


# ---------------------------------------------------------------- an encoder


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_base(tmp_path_factory.mktemp("tiny") / "base")


def sentences(base: Path) -> Batch:
    encoder = Encoder(base / "tokenizer.json", LABELS)
    return encoder.collated([encoder.encode(example) for example in EXAMPLES])[0]


def vectors(trunk: Trunk, batch: Batch) -> Tensor:
    with torch.no_grad():
        embedded = trunk.embed(batch.pieces, batch.shapes, batch.quotes)
        found: Tensor = trunk(embedded, batch.mask, 0, 2)[batch.mask.bool()]
    return found


def fitted(base: Path, widths: tuple[int, ...], batch: Batch) -> tuple[Trunk, Trunk]:
    """An encoder as its base weights have it, and a fitted one."""
    theirs, trunk = encoder_of(base).eval(), encoder_of(base).eval()
    fit(trunk, widths, [batch])
    return theirs, trunk


def apart(one: Tensor, other: Tensor) -> float:
    """Mean square of the difference, of the variance of the first."""
    return float((one - other).square().mean() / (one - one.mean(0)).square().mean())


def test_a_narrow_encoder_gives_nearly_the_same_vectors(base: Path) -> None:
    batch = sentences(base)
    theirs, trunk = fitted(base, (INNER - 16, INNER - 8), batch)
    state = {f"encoder.{name}": value for name, value in trunk.state_dict().items()}
    assert widths_of(state, 2) == [INNER - 16, INNER - 8]
    assert apart(vectors(theirs, batch), vectors(trunk, batch)) < 0.05


def test_a_rectified_encoder_gives_nearly_the_same_vectors_with_all_its_units(base: Path) -> None:
    batch = sentences(base)
    theirs, trunk = fitted(base, (), batch)
    assert [layer.rectified for layer in (*theirs.attention, *trunk.attention)] == [False, False, True, True]
    assert widths_of({f"encoder.{name}": value for name, value in trunk.state_dict().items()}, 2) == [INNER, INNER]
    bare = encoder_of(base).eval()
    bare.load_state_dict(theirs.state_dict())
    for layer in bare.attention:
        layer.rectified = True
    whole = vectors(theirs, batch)
    assert 0 < apart(whole, vectors(trunk, batch)) < 0.5 * apart(whole, vectors(bare, batch))


def test_a_width_for_each_layer_is_asked_for(base: Path) -> None:
    with pytest.raises(ValueError, match="shorter"):
        fit(encoder_of(base), (INNER,), [sentences(base)])


def test_shapes_and_quotes_say_nothing_before_they_are_learned(base: Path) -> None:
    batch, trunk = sentences(base), encoder_of(base).eval()
    silent = replace(batch, shapes=torch.zeros_like(batch.shapes), quotes=torch.zeros_like(batch.quotes))
    assert batch.shapes.any()
    assert torch.equal(vectors(trunk, batch), vectors(trunk, silent))
