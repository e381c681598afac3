"""Narrows the inner layers of the base weights before the first lesson, so that all is learned on narrow ones.

The units of a layer go whose work the others can best do, a few at a time, and the weights of those that stay make up
for them: the optimal brain surgeon (Hassibi and Stork, 1993, https://doi.org/10.1109/ICNN.1993.298572), with the
covariance of what the units answer to the training sentences.
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


def narrow(encoder: Encoder, widths: Sequence[int], batches: Sequence[Batch]) -> None:
    """Leaves `widths` inner units in the layers, the lowest first, judged by the sentences of `batches`."""
    for number, (layer, width) in enumerate(zip(encoder.attention, widths, strict=True)):
        answers = torch.cat([_answers(encoder, number, batch) for batch in batches])
        kept, weight, bias = remaining(layer.down.weight.detach(), layer.down.bias.detach(), answers, width)
        up = {name: value[kept] for name, value in layer.up.state_dict().items()}
        resize(layer, width)
        layer.up.load_state_dict(up)
        layer.down.load_state_dict({"weight": weight, "bias": bias})


def resize(layer: AttentionLayer, width: int) -> None:
    """Gives a layer so many inner units, whose weights are not set."""
    size = layer.out.in_features
    layer.up, layer.down = nn.Linear(size, width), nn.Linear(width, size)


def widths_of(state: dict[str, Tensor], layers: int) -> list[int]:
    """The inner units of the layers of an encoder, of the weights of a network."""
    return [len(state[f"encoder.layers.{number}.up.bias"]) for number in range(layers)]


def remaining(weight: Tensor, bias: Tensor, answers: Tensor, width: int) -> tuple[Tensor, Tensor, Tensor]:
    """The numbers of the `width` units that stay of a matrix [S, N], and its columns and bias [S] for them.

    `answers` [P, N] are what the units gave for P pieces.
    """
    mean = answers.double().mean(0)
    spread = answers.double() - mean
    covariance = spread.T @ spread / len(spread)
    units = len(covariance)
    ridge = torch.eye(units, dtype=torch.float64) * covariance.diagonal().mean() * RIDGE
    inverse = torch.linalg.inv(covariance + ridge)
    columns = weight.double().T.clone()
    stays = torch.ones(units, dtype=torch.bool)
    while (over := int(stays.sum()) - width) > 0:
        worth = columns.square().sum(1) / inverse.diagonal()
        worth[~stays] = torch.inf
        for unit in worth.argsort()[: min(AT_ONCE, over)].tolist():
            without = inverse[:, unit] / inverse[unit, unit]
            columns -= torch.outer(without, columns[unit])
            inverse -= torch.outer(without, inverse[unit])
            stays[unit] = False
        columns[~stays] = 0.0
    moved = mean @ (weight.double().T - columns)
    return stays.nonzero().flatten(), columns[stays].T.to(weight.dtype), bias + moved.to(bias.dtype)


@torch.no_grad()
def _answers(encoder: Encoder, number: int, batch: Batch) -> Tensor:
    """What the inner units of a layer give for the pieces of a batch, [P, N]."""
    found: list[Tensor] = []
    hook = encoder.attention[number].down.register_forward_hook(lambda _, given, __: found.append(given[0]))
    encoder(encoder.embed(batch.pieces, batch.shapes, batch.quotes), batch.mask, 0, number + 1)
    hook.remove()
    return found[0][batch.mask.bool()]
