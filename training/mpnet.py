"""MPNet, twelve layers 768 wide: the encoder of the teacher (`training.teacher`)."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import ClassVar

import torch
from safetensors.torch import load_file
from torch import Tensor

from training.network import Encoder, table_of

BUCKETS, FARTHEST = 32, 128
"""Distances between pieces fall into buckets, finer near by, as in T5 (Raffel et al., 2020)."""
SPECIAL = 2
"""Rows of the table of positions that stand before the first position."""


class MPNetEncoder(Encoder):
    """MPNet (Song et al., 2020): BERT's layers, with a bias for the distance of two pieces."""

    NAMES: ClassVar = Encoder.NAMES | {
        "q": "attention.attn.q", "k": "attention.attn.k", "v": "attention.attn.v",
        "out": "attention.attn.o", "norm1": "attention.LayerNorm",
    }  # fmt: skip

    def __init__(self, base: Path, weights: dict[str, Tensor]) -> None:
        super().__init__(base, weights)
        self.distances = table_of(weights["encoder.relative_attention_bias.weight"])

    @staticmethod
    def _positions(weights: dict[str, Tensor], table: str) -> Tensor:
        positions: Tensor = weights[table.format("position")][SPECIAL:]
        return positions

    def bias(self, mask: Tensor) -> Tensor:
        """What is added to the scores of attention, [B, heads, T, T]."""
        places = torch.arange(mask.shape[1], device=mask.device)
        distances: Tensor = self.distances(_buckets(places.unsqueeze(0) - places.unsqueeze(1)))
        return super().bias(mask) + distances.permute(2, 0, 1).unsqueeze(0)


def _buckets(steps: Tensor) -> Tensor:
    """The bucket of each distance: half for each direction, of which half hold one distance each."""
    half, exact = BUCKETS // 2, BUCKETS // 4
    far = steps.abs()
    scale = (far.clamp(min=1).float() / exact).log() / math.log(FARTHEST / exact)
    wide = (exact + (scale * (half - exact)).long()).clamp(max=half - 1)
    return torch.where(far < exact, far, wide) + (steps > 0).long() * half


def encoder_of(base: Path) -> Encoder:
    """The encoder with the base weights of a folder, BERT's or MPNet's."""
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    kind = MPNetEncoder if config.get("model_type") == "mpnet" else Encoder
    return kind(base, load_file(base / "model.safetensors"))
