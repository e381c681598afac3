"""The weights of legation-en 2.6.0 in floats, read from its graph of integers: the run it came from was not kept.

Its inner units go through GELU, and each relation has a matrix of its own (`docs/decisions/0037`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.dataset import Labels
from training.mpnet import encoder_of
from training.network import AttentionLayer, Network
from training.statement_network import StatementNetwork, Widths
from training.train import base_model, sizes_of

RELATION_SIZE = 64
"""Numbers of a word of which the matrices make scores of relations."""
WIDTHS = Widths(width=384, heads=12, inner=1536, layers=1, frame=192)
STATEMENTS = "/statements/"
Kind = TypeVar("Kind", Network, StatementNetwork)


class Matrices(nn.Module):
    """Scores of relations of every x_i with K partners of its own: x_i U y_j, a matrix U for each of O relations, with
    a bias on both sides."""

    def __init__(self, size: int, outputs: int) -> None:
        super().__init__()
        self.size, self.outputs = size, outputs
        self.pairs, self.own = nn.Linear(size, outputs * size), nn.Linear(size, outputs)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """left [B, N, D], right [B, N, K, D] -> [B, N, K, O]."""
        mixed = self.pairs(left).view(*left.shape[:2], self.outputs, self.size)
        scores: Tensor = torch.matmul(right, mixed.transpose(-1, -2)) + self.own(left).unsqueeze(2)
        return scores


class IntegerGraph:
    """The weights of a graph of `training.export`, by the names of its modules."""

    def __init__(self, path: Path) -> None:
        graph = onnx.load(path).graph
        self._tables = {table.name: table for table in graph.initializer}
        self._nodes = {node.name: node for node in graph.node}

    def table(self, name: str) -> Tensor:
        """A table of weights, in floats."""
        return torch.from_numpy(numpy_helper.to_array(self._tables[name]).copy()).float()

    def linear(self, node: str) -> dict[str, Tensor]:
        """Weight [out, in] and bias [out] of a product of integers, or of one of floats whose bias the next adds."""
        found = self._nodes[node]
        if found.op_type == "MatMul":
            bias = self._nodes[node.replace("/MatMul", "/Add")]
            name = next(name for name in bias.input if name in self._tables)
            return {"weight": self.table(found.input[1]).T.contiguous(), "bias": self.table(name)}
        weight = self.table(found.input[1]) * self.table(found.input[3])
        return {"weight": weight.T.contiguous(), "bias": self.table(found.input[6])}

    def attention(self, prefix: str) -> dict[str, Tensor]:
        """The weights of a layer of attention. The scales that even out its numbers (`training.smooth`) go back into
        the weights they were taken from, but for those between values and `out`: their product is the same."""
        parts = [self._smoothed(f"{prefix}.qkv.weights.{part}", f"{prefix}.qkv.inverse") for part in range(3)]
        biases = [self.table(f"{prefix}.qkv.biases.{part}") for part in range(3)]
        found = {"qkv.weight": torch.cat(parts), "qkv.bias": torch.cat(biases)}
        for name in ("out", "up", "down"):
            found[f"{name}.weight"] = self._smoothed(f"{prefix}.{name}.weight", f"{prefix}.{name}.inverse")
            found[f"{name}.bias"] = self.table(f"{prefix}.{name}.bias")
        norms = [f"{norm}.{part}" for norm in ("norm1", "norm2") for part in ("weight", "bias")]
        return found | {name: self.table(f"{prefix}.{name}") for name in norms}

    def _smoothed(self, weight: str, inverse: str) -> Tensor:
        rows = self.table(f"{weight}_quantized") * self.table(f"{weight}_scale")
        if inverse in self._tables:
            rows = rows * self.table(inverse).unsqueeze(1)
        return rows.T.contiguous()


def earlier_network(graph: IntegerGraph, labels: Labels) -> Network:
    """The network of the first lesson."""
    network = Network(encoder_of(base_model()), sizes_of(labels), rel=RELATION_SIZE, tree_layers=4)
    network.rel_score = Matrices(RELATION_SIZE, len(labels.deprel))  # type: ignore[assignment]
    state = {
        "tree_layers": torch.tensor(4), "root": graph.table("network.root").flatten(),
        "encoder.words.weight": graph.table("network.encoder.words.rows") * graph.table("network.encoder.words.scale"),
    }  # fmt: skip
    layers = [f"encoder.layers.{number}" for number in range(6)] + ["event_layers.0", "frame_layer"]
    for name in layers:
        state |= _under(name, graph.attention(f"network.{name}"))
    for name in ("tags", "arc", "event_hidden", "frame_word", "frame_head", "frame_roles"):
        state |= _under(name, graph.linear(f"/{name}/MatMul_quant"))
    for name in ("gate", "event_tags"):
        state |= _under(name, graph.linear(f"/{name}/MatMul"))
    state |= _under("rel_score.pairs", graph.linear("/rel_score/MatMul_quant"))
    state |= _under("rel_score.own", graph.linear("/rel_score/MatMul_1_quant"))
    arcs = graph.linear("/arc_score/MatMul_quant")
    state["arc_score.weight"] = torch.cat([arcs["weight"].T, arcs["bias"].unsqueeze(0)])
    rest = [name for name in network.state_dict() if name not in state]
    network.load_state_dict(state | {name: graph.table(f"network.{name}") for name in rest})
    return _through_gelu(network)


def earlier_statements(graph: IntegerGraph) -> StatementNetwork:
    """The layer of statements."""
    network = StatementNetwork(WIDTHS)
    state: dict[str, Tensor] = {}
    for name in ("layers.0", "frame_layer"):
        state |= _under(name, graph.attention(f"{STATEMENTS}network.{name}"))
    for name in ("frame_word", "frame_head", "frame_tags"):
        state |= _under(name, graph.linear(f"{STATEMENTS}{name}/MatMul_quant"))
    state |= _under("frame_act", graph.linear(f"{STATEMENTS}frame_act/Gemm_MatMul_quant"))
    state |= _under("cue", graph.linear(f"{STATEMENTS}cue/MatMul"))
    rest = [name for name in network.state_dict() if name not in state]
    network.load_state_dict(state | {name: graph.table(f"{STATEMENTS}network.{name}") for name in rest})
    return _through_gelu(network)


def _under(name: str, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"{name}.{key}": value for key, value in weights.items()}


def _through_gelu(network: Kind) -> Kind:
    for layer in network.modules():
        if isinstance(layer, AttentionLayer):
            layer.rectified = False
    return network.eval()
