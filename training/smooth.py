"""Evens out activations before they are made int8 (SmoothQuant: Xiao et al., 2023, https://arxiv.org/abs/2211.10438).

A few channels of a transformer's activations are far larger than the rest and take the whole range of 8 bits. Each
channel is divided by a scale, and the row of the weights it meets is multiplied by it: the product is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import torch
from torch import Tensor, nn

from training.attribution import own_examples
from training.dataset import Encoder, Labels, collate
from training.network import AttentionLayer, Network
from training.words import split_paragraph

SENTENCES = 256
"""Of our own marked paragraphs, on which the ranges are taken."""
BALANCE = 0.5
"""How much of the difference moves into the weights."""


class SmoothedLinear(nn.Module):
    """A linear layer that divides its input by a scale a channel and carries the scale in its weights."""

    inverse: Tensor

    def __init__(self, layer: nn.Linear, scale: Tensor) -> None:
        super().__init__()
        self.register_buffer("inverse", 1.0 / scale)
        self.weight = nn.Parameter((layer.weight * scale).detach().t().contiguous())
        self.bias = layer.bias

    def forward(self, x: Tensor) -> Tensor:
        """x [..., in] -> [..., out]."""
        return torch.matmul(x * self.inverse, self.weight) + self.bias


def smooth(network: Network, labels: Labels, tokenizer: Path) -> None:
    """Replaces the linear layers inside the encoder and the frame layer, in place."""
    ranges: dict[nn.Module, Tensor] = {}
    hooks = [layer.register_forward_hook(_watch(ranges)) for _, _, layer in _layers(network)]
    encoder = Encoder(tokenizer, labels)
    examples = [e for e in own_examples(split_paragraph) if e.attributions][:SENTENCES]
    with torch.no_grad():
        for start in range(0, len(examples), 32):
            items = [encoder.encode(e) for e in examples[start : start + 32]]
            batch, gold = collate(items, 2 * len(labels.names) + 1)
            words = network.encode(batch)
            network.frames(words, batch.words, gold.frame_rows, gold.frame_words, gold.frame_kinds)
    for hook in hooks:
        hook.remove()
    for parent, name, layer in list(_layers(network)):
        weights = layer.weight.abs().amax(0).clamp(min=1e-5)
        scale = (ranges[layer].clamp(min=1e-5) ** BALANCE / weights ** (1 - BALANCE)).clamp(min=1e-3)
        setattr(parent, name, SmoothedLinear(layer, scale))


def _layers(network: Network) -> Iterator[tuple[nn.Module, str, nn.Linear]]:
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
