"""Operations that ONNX has in one node and PyTorch's exporter writes as ten: the same function in both.

Sixty nodes that only look at shapes cost a run of the graph about as much as one word piece.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor
from torch.autograd import Function


def take(vectors: Tensor, index: Tensor) -> Tensor:
    """vectors [B, N, H], index [B, ...] of rows of its own sentence -> [B, ..., H]."""
    return _made(_Take, vectors, index)


def take_pairs(vectors: Tensor, index: Tensor) -> Tensor:
    """vectors [B, N, H], index [P, 2] of sentence and row -> [P, H]."""
    return _made(_TakePairs, vectors, index)


def cut(x: Tensor, *sizes: int) -> Tensor:
    """x [B, N, S] -> [B, N, *sizes], whose product is S; [B, N, H, W] -> [B, N, -1] for the one size -1."""
    return _made(_Cut, x, sizes)


def laid_over(below: Tensor, rows: Tensor, above: Tensor) -> Tensor:
    """below [B, ...] with its `rows` [K] replaced by those of above [K, ...]."""
    return _made(_LaidOver, below, rows, above)


def summed_at(index: Tensor, values: Tensor) -> Tensor:
    """index, values [K, W], indices from 0 to W -> [K, W]: the sum of the values at each index but 0."""
    return _made(_Sum, torch.nn.functional.pad(values * 0, (1, 0)), index, values)[:, 1:]


def _made(function: type[Function], *given: Any) -> Tensor:
    """What a function gives: one node of the graph while it is exported, else PyTorch's own operations, which learn."""
    if torch.onnx.is_in_onnx_export():
        found: Tensor = function.apply(*given)  # type: ignore[no-untyped-call]
    else:
        found = function.forward(None, *given)
    return found


class _Take(Function):
    @staticmethod
    def forward(ctx: Any, vectors: Tensor, index: Tensor) -> Tensor:
        rows = torch.arange(index.shape[0], device=index.device).view(-1, *[1] * (index.dim() - 1))
        return vectors[rows, index]

    @staticmethod
    def symbolic(g: Any, vectors: Any, index: Any) -> Any:
        last = g.op("Constant", value_t=torch.tensor([-1]))
        return g.op("GatherND", vectors, g.op("Unsqueeze", index, last), batch_dims_i=1)


class _TakePairs(Function):
    @staticmethod
    def forward(ctx: Any, vectors: Tensor, index: Tensor) -> Tensor:
        return vectors[index[:, 0], index[:, 1]]

    @staticmethod
    def symbolic(g: Any, vectors: Any, index: Any) -> Any:
        return g.op("GatherND", vectors, index)


class _Cut(Function):
    @staticmethod
    def forward(ctx: Any, x: Tensor, sizes: tuple[int, ...]) -> Tensor:
        return x.reshape(*x.shape[:2], *sizes)

    @staticmethod
    def symbolic(g: Any, x: Any, sizes: tuple[int, ...]) -> Any:
        # 0 keeps a dimension as it is, and one that is -1 takes what is left.
        first = (0, 0) if -1 in sizes else (0, -1)
        return g.op("Reshape", x, g.op("Constant", value_t=torch.tensor([*first, *sizes])))


class _LaidOver(Function):
    @staticmethod
    def forward(ctx: Any, below: Tensor, rows: Tensor, above: Tensor) -> Tensor:
        return below.index_copy(0, rows, above)

    @staticmethod
    def symbolic(g: Any, below: Any, rows: Any, above: Any) -> Any:
        last = g.op("Constant", value_t=torch.tensor([-1]))
        return g.op("ScatterND", below, g.op("Unsqueeze", rows, last), above)


class _Sum(Function):
    @staticmethod
    def forward(ctx: Any, empty: Tensor, index: Tensor, values: Tensor) -> Tensor:
        return empty.scatter_add(1, index, values)

    @staticmethod
    def symbolic(g: Any, empty: Any, index: Any, values: Any) -> Any:
        return g.op("ScatterElements", empty, index, values, axis_i=1, reduction_s="add")
