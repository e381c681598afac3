"""Evens out activations before they are made int8 (SmoothQuant: Xiao et al., 2023, https://arxiv.org/abs/2211.10438).

A few channels of a transformer's activations are far larger than the rest and take the whole range of 8 bits. Each
channel is divided by a scale, and the row of the weights it meets is multiplied by it: the product is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import torch
from torch import Tensor, nn

from training.network import AttentionLayer, Projection

BALANCE = 0.6
"""How much of the difference moves into the weights."""
RARELY = 0.5
"""What a unit that hardly spoke in the sentences that show ranges may say in others, of what the median one says of
those that spoke: in a layer that was rectified afterwards most may be silent."""


class SmoothedLinear(nn.Module):
    """A linear layer that divides its input by a scale a channel and carries the scale in its weights.

    `divided` tells that what comes in has been divided already; what goes out is divided by `out`, the scale of the
    layer that takes it: it need not divide again.
    """

    inverse: Tensor | None

    def __init__(self, layer: nn.Linear, scale: Tensor, out: Tensor | None = None, *, divided: bool = False) -> None:
        super().__init__()
        factor = torch.ones_like(layer.bias) if out is None else 1.0 / out
        self.register_buffer("inverse", None if divided else 1.0 / scale)
        self.weight = nn.Parameter((layer.weight * scale).detach().t().contiguous() * factor)
        self.bias = nn.Parameter(layer.bias.detach() * factor)

    def forward(self, x: Tensor) -> Tensor:
        """x [..., in] -> [..., out]."""
        return torch.matmul(x if self.inverse is None else x * self.inverse, self.weight) + self.bias


class SmoothedProjection(nn.Module):
    """The same for queries, keys and values, each by a matrix of its own, so that nothing has to be cut apart.

    Values leave divided by `out`, the scale of the layer that takes their sum: it need not divide again.
    """

    inverse: Tensor

    def __init__(self, layer: Projection, scale: Tensor, out: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1.0 / scale)
        weights, biases = ((layer.weight * scale).detach().chunk(3), layer.bias.detach().chunk(3))
        factors = (torch.ones_like(out), torch.ones_like(out), 1.0 / out)
        self.weights = nn.ParameterList(w.t() * f for w, f in zip(weights, factors, strict=True))
        self.biases = nn.ParameterList(b * f for b, f in zip(biases, factors, strict=True))

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:
        """x [..., S] -> three times [..., S]."""
        scaled = x * self.inverse
        return tuple(
            torch.matmul(scaled, weight) + bias for weight, bias in zip(self.weights, self.biases, strict=True)
        )


def smooth(network: nn.Module, run: Callable[[], None]) -> None:
    """Replaces the linear layers inside all layers of attention, in place; `run` reads sentences that show ranges."""
    ranges: dict[nn.Module, Tensor] = {}
    hooks = [layer.register_forward_hook(_watch(ranges)) for _, _, layer in _layers(network)]
    with torch.no_grad():
        run()
    for hook in hooks:
        hook.remove()
    scales = {layer: _scale(layer, ranges[layer]) for _, _, layer in _layers(network)}
    for parent, name, layer in list(_layers(network)):
        setattr(parent, name, _smoothed(parent, layer, scales))


def _scale(layer: nn.Linear, largest: Tensor) -> Tensor:
    weights = layer.weight.abs().amax(0).clamp(min=1e-5)
    speaking = largest[largest > 0]
    usual = float(speaking.median()) if len(speaking) else 0.0
    spoken = largest.clamp(min=max(1e-5, RARELY * usual))
    scale: Tensor = (spoken**BALANCE / weights ** (1 - BALANCE)).clamp(min=1e-3)
    return scale.detach()


def _smoothed(parent: AttentionLayer, layer: nn.Linear, scales: dict[nn.Linear, Tensor]) -> nn.Module:
    if isinstance(layer, Projection):
        return SmoothedProjection(layer, scales[layer], scales[parent.out])
    if layer is parent.up and parent.rectified:
        # What is rectified after it was divided is the same as what is divided after it was rectified.
        return SmoothedLinear(layer, scales[layer], scales[parent.down])
    return SmoothedLinear(layer, scales[layer], divided=layer is parent.out or parent.rectified)


def _layers(network: nn.Module) -> Iterator[tuple[AttentionLayer, str, nn.Linear]]:
    """The linear layers that become int8, each with the module that holds it and its name there."""
    for module in network.modules():
        if isinstance(module, AttentionLayer):
            for name in ("qkv", "out", "up", "down"):
                layer = getattr(module, name)
                if isinstance(layer, nn.Linear):
                    yield module, name, layer


def _watch(ranges: dict[nn.Module, Tensor]) -> Callable[[nn.Module, tuple[Tensor, ...], Tensor], None]:
    def hook(module: nn.Module, inputs: tuple[Tensor, ...], output: Tensor) -> None:
        largest = inputs[0].detach().flatten(0, -2).abs().amax(0)
        ranges[module] = torch.maximum(ranges[module], largest) if module in ranges else largest

    return hook
