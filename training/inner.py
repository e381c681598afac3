"""Fits the inner layers of the base weights to the way they are run, before the first lesson.

The base weights put the sums of the inner units through GELU. Here they are rectified, which costs no time: what is
below zero is cut off where numbers become integers anyway. And some units go, those whose work the others can best do,
a few at a time: the optimal brain surgeon (Hassibi and Stork, 1993, https://doi.org/10.1109/ICNN.1993.298572). Both
times the weights behind the units make up for it, by least squares over what the units give for training sentences.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from training.network import AttentionLayer, Batch, Encoder

AT_ONCE = 8
"""Units that go before the worth of the others is reckoned anew."""
RIDGE = 1e-3
"""Of the mean variance, added to each: the covariance is inverted."""


def fit(encoder: Encoder, widths: Sequence[int], batches: Sequence[Batch]) -> None:
    """Rectifies the layers and leaves `widths` units in them, the lowest first, judged by the sentences of `batches`;
    all where no widths are given."""
    widths = widths or [layer.up.out_features for layer in encoder.attention]
    for number, (layer, width) in enumerate(zip(encoder.attention, widths, strict=True)):
        fit_layer(layer, torch.cat([_sums(encoder, number, batch) for batch in batches]), width)


def fit_layer(layer: AttentionLayer, sums: Tensor, width: int) -> None:
    """Rectifies a layer and leaves `width` units in it, judged by what its units sum up of P pieces, `sums` [P, N]."""
    answers = sums.relu().double()
    weight, bias = layer.down.weight.detach(), layer.down.bias.detach()
    covariance = covariance_of(answers)
    weight, bias = instead(weight, bias, nn.functional.gelu(sums), answers, covariance)
    kept, weight, bias = remaining(weight, bias, answers, covariance, width)
    up = {name: value[kept] for name, value in layer.up.state_dict().items()}
    rectify(layer, width)
    layer.up.load_state_dict(up)
    layer.down.load_state_dict({"weight": weight, "bias": bias})


def rectify(layer: AttentionLayer, width: int) -> None:
    """Gives a layer so many rectified inner units, whose weights are not set."""
    size = layer.out.in_features
    layer.up, layer.down = nn.Linear(size, width), nn.Linear(width, size)
    layer.rectified = True


def widths_of(state: dict[str, Tensor], layers: int) -> list[int]:
    """The inner units of the layers of an encoder, of the weights of a network."""
    return [len(state[f"encoder.layers.{number}.up.bias"]) for number in range(layers)]


def covariance_of(answers: Tensor) -> Tensor:
    """Of the columns of `answers` [P, N], [N, N] in 64 bits, with a ridge, so that it can be inverted."""
    spread = answers.double() - answers.double().mean(0)
    found = spread.T @ spread / len(spread)
    ridge = torch.eye(len(found), dtype=found.dtype) * found.diagonal().mean() * RIDGE
    return found + ridge


def instead(weight: Tensor, bias: Tensor, before: Tensor, answers: Tensor, covariance: Tensor) -> tuple[Tensor, Tensor]:
    """A matrix [S, N] and a bias [S] that make of `answers` [P, N] about what the given ones make of `before`."""
    answers = answers.double()
    lost = (before.double() - answers) @ weight.double().T
    change = torch.linalg.solve(covariance, answers.T @ (lost - lost.mean(0)) / len(answers))
    moved = lost.mean(0) - answers.mean(0) @ change
    return (weight.double() + change.T).to(weight.dtype), (bias.double() + moved).to(bias.dtype)


def remaining(
    weight: Tensor, bias: Tensor, answers: Tensor, covariance: Tensor, width: int
) -> tuple[Tensor, Tensor, Tensor]:
    """The numbers of the `width` units that stay of a matrix [S, N], and its columns and bias [S] for them.

    `answers` [P, N] are what the units gave for P pieces.
    """
    inverse = torch.linalg.inv(covariance)
    columns = weight.double().T.clone()
    stays = torch.ones(len(inverse), dtype=torch.bool)
    while (over := int(stays.sum()) - width) > 0:
        worth = columns.square().sum(1) / inverse.diagonal()
        worth[~stays] = torch.inf
        for unit in worth.argsort()[: min(AT_ONCE, over)].tolist():
            without = inverse[:, unit] / inverse[unit, unit]
            columns -= torch.outer(without, columns[unit])
            inverse -= torch.outer(without, inverse[unit])
            stays[unit] = False
        columns[~stays] = 0.0
    moved = answers.double().mean(0) @ (weight.double().T - columns)
    return stays.nonzero().flatten(), columns[stays].T.to(weight.dtype), bias + moved.to(bias.dtype)


@torch.no_grad()
def _sums(encoder: Encoder, number: int, batch: Batch) -> Tensor:
    """What the inner units of a layer sum up of the pieces of a batch, [P, N]."""
    found: list[Tensor] = []
    hook = encoder.attention[number].up.register_forward_hook(lambda _, __, sums: found.append(sums))
    encoder(encoder.embed(batch.pieces, batch.shapes, batch.quotes), batch.mask, 0, number + 1)
    hook.remove()
    return found[0][batch.mask.bool()]
