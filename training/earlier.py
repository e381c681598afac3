"""The weights of a shipped model in floats, read from its graph of integers: runs are not kept.

    python -m training.earlier --graph src/legation/data/model/model.onnx --run training/runs/shipped

makes a run of it, from which `training.event_lesson` goes on. Up to 2.6.0 inner units go through GELU and each relation
has a matrix of its own (`docs/decisions/0037`); `training.rectified` makes a later model of such a one.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, fields
from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn

from training.dataset import Labels
from training.inner import rectify
from training.mpnet import encoder_of
from training.network import AttentionLayer, Network
from training.statement_network import StatementNetwork, above
from training.train import SEED, base_model, sizes_of

RELATION_SIZE = 64
"""Numbers of a word of which the matrices of 2.6.0 make scores of relations."""
TREE_LAYERS = 4
STATEMENTS = "/statements/"
PRODUCTS = "/rel_score/products/MatMul_quant"
RECTIFIED = "/encoder/layers.0/Relu"
LEARNED = "  6120s epoch 6 step 10800/10800\n"
"""How long 2.6.0 learned, as its log said, which was not kept: its model card had it."""
SINCE = "again step 3150/3150\non step 4506/4506\nsaid step 2556/2556\nsaid step 4970/4970\nsaid step 5732/5732\n"
"""How long 2.7.0 learned from that, 2.8.0 from 2.7.0, 2.9.0 from 2.8.0, 2.10.0 from 2.9.0, and 2.11.0 from 2.10.0."""


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

    def has(self, node: str) -> bool:
        """Whether there is a node of that name."""
        return node in self._nodes

    def table(self, name: str) -> Tensor:
        """A table of weights, in floats."""
        return torch.from_numpy(numpy_helper.to_array(self._tables[name]).copy()).float()

    def linear(self, node: str) -> dict[str, Tensor]:
        """Weight [out, in] and bias [out], if any, of a product of integers, or of one of floats whose bias the next
        adds."""
        found = self._nodes[node]
        if found.op_type == "MatMul":
            bias = self._nodes[node.replace("/MatMul", "/Add")]
            name = next(name for name in bias.input if name in self._tables)
            return {"weight": self.table(found.input[1]).T.contiguous(), "bias": self.table(name)}
        weight = self.table(found.input[1]) * self.table(found.input[3])
        bias = {"bias": self.table(found.input[6])} if len(found.input) > 6 else {}
        return {"weight": weight.T.contiguous()} | bias

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


def earlier_network(graph: IntegerGraph, labels: Labels, tree_layers: int = TREE_LAYERS) -> Network:
    """The network of the first lesson."""
    products = graph.has(PRODUCTS)
    size = len(graph.linear(PRODUCTS)["weight"][0]) if products else RELATION_SIZE
    encoder = encoder_of(base_model())
    for number, layer in enumerate(encoder.attention):
        rectify(layer, len(graph.table(f"network.encoder.layers.{number}.up.bias")))
    network = Network(encoder, sizes_of(labels), rel=size, tree_layers=tree_layers)
    if not products:
        network.rel_score = Matrices(RELATION_SIZE, len(labels.deprel))  # type: ignore[assignment]
    state = {
        "tree_layers": torch.tensor(tree_layers), "root": graph.table("network.root").flatten(),
        "encoder.words.weight": graph.table("network.encoder.words.rows") * graph.table("network.encoder.words.scale"),
    }  # fmt: skip
    layers = [f"encoder.layers.{number}" for number in range(len(encoder.layers))] + ["event_layers.0", "frame_layer"]
    for name in layers:
        state |= _under(name, graph.attention(f"network.{name}"))
    for name in ("tags", "arc", "event_hidden", "frame_word", "frame_head", "frame_roles"):
        state |= _under(name, graph.linear(f"/{name}/MatMul_quant"))
    for name in ("gate", "event_tags"):
        state |= _under(name, graph.linear(f"/{name}/MatMul"))
    relations = {"products": PRODUCTS, "own": "/rel_score/own/MatMul_quant"}
    if not products:
        relations = {"pairs": "/rel_score/MatMul_quant", "own": "/rel_score/MatMul_1_quant"}
    for name, node in relations.items():
        state |= _under(f"rel_score.{name}", graph.linear(node))
    arcs = graph.linear("/arc_score/MatMul_quant")
    state["arc_score.weight"] = torch.cat([arcs["weight"].T, arcs["bias"].unsqueeze(0)])
    rest = [name for name in network.state_dict() if name not in state]
    network.load_state_dict(state | {name: graph.table(f"network.{name}") for name in rest})
    _say_whether_rectified(network, graph)
    return network.eval()


def earlier_statements(graph: IntegerGraph, below: Network, labels: Labels) -> StatementNetwork:
    """The layer of statements above a network of the same graph."""
    network = above(below, labels.roles)
    state: dict[str, Tensor] = {}
    for name in ("layers.0", "frame_layer"):
        state |= _under(name, graph.attention(f"{STATEMENTS}network.{name}"))
    for name in ("frame_word", "frame_head", "frame_tags"):
        state |= _under(name, graph.linear(f"{STATEMENTS}{name}/MatMul_quant"))
    state |= _under("frame_act", graph.linear(f"{STATEMENTS}frame_act/Gemm_MatMul_quant"))
    state |= _under("frame_stand", graph.linear(f"{STATEMENTS}frame_stand/Gemm_MatMul_quant"))
    for name in ("cue", "frame_look"):
        state |= _under(name, graph.linear(f"{STATEMENTS}{name}/MatMul"))
    rest = [name for name in network.state_dict() if name not in state]
    network.load_state_dict(state | {name: graph.table(f"{STATEMENTS}network.{name}") for name in rest})
    _say_whether_rectified(network, graph)
    return network.eval()


def _under(name: str, weights: dict[str, Tensor]) -> dict[str, Tensor]:
    return {f"{name}.{key}": value for key, value in weights.items()}


def _say_whether_rectified(network: nn.Module, graph: IntegerGraph) -> None:
    for layer in network.modules():
        if isinstance(layer, AttentionLayer):
            layer.rectified = graph.has(RECTIFIED)


# ---------------------------------------------------------------- the command


def write_run(run: Path, labels: Labels, log: str, network: Network, statements: StatementNetwork) -> None:
    """Writes a run, which `training.export` reads."""
    run.mkdir(parents=True, exist_ok=True)
    (run / "labels.json").write_text(json.dumps(asdict(labels), indent=1), encoding="utf-8")
    (run / "log.txt").write_text(log, encoding="utf-8")
    torch.save(network.state_dict(), run / "model.pt")
    torch.save(statements.state_dict(), run / "statements.pt")


def asked_runs(description: str | None) -> tuple[Path, Path]:
    """The run that a further lesson goes on from, and the one it writes, which the command line names; random numbers
    begin at their seed."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    torch.manual_seed(SEED)
    return options.run, options.out


def begin_run(run: Path, out: Path, kept: Sequence[str], line: str) -> None:
    """A run with files of another, in the log of which a further lesson has its line."""
    out.mkdir(parents=True, exist_ok=True)
    for name in kept:
        shutil.copy(run / name, out / name)
    (out / "log.txt").write_text((run / "log.txt").read_text(encoding="utf-8") + line, encoding="utf-8")


def main() -> None:
    """Writes a run of a graph."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--graph", type=Path, required=True, help="model.onnx, with its labels beside it")
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--tree-layers", type=int, default=TREE_LAYERS, help="layers that tags and trees read")
    options = parser.parse_args()
    table = json.loads(options.graph.with_name("labels.json").read_text(encoding="utf-8"))
    labels = Labels(**{field.name: tuple(table[field.name]) for field in fields(Labels)})
    graph = IntegerGraph(options.graph)
    network = earlier_network(graph, labels, options.tree_layers)
    write_run(options.run, labels, LEARNED + SINCE, network, earlier_statements(graph, network, labels))


if __name__ == "__main__":
    main()
