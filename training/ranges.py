"""Fixes the ranges in which activations are made int8, so that a sentence is read alike whatever stands beside it.

A dynamic range is that of all sentences in a run of the graph: one of them with a large number changes the rounding of
all others. Fixed ones cost no accuracy where they are those that sentences have: values beyond them are clipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import NodeProto, TensorProto, helper, numpy_helper

from training.dataset import Encoder, Labels
from training.event_corpus import LATEST, examples_of, read_invented

EVERY, TOGETHER = 8, 24
"""Of the invented sentences of the corpus for training, but the latest, without which the ranges of the lower layers
stay as they were: each how manieth is read, and how many in one run."""
SHARE = 0.95
"""Share of the runs whose values all stand in the range; with all of them it is too wide for what is usual."""
DOMAIN = "com.microsoft"
Feeds = Mapping[str, npt.NDArray[Any]]


def sentences_to_measure(labels: Labels, tokenizer: Path) -> Iterator[Feeds]:
    """Inputs of the graph with sentences of our corpus, in runs of about like length."""
    encoder = Encoder(tokenizer, labels)
    chosen = [s for s in read_invented() if s.split == "train" and not s.group.startswith(LATEST)][::EVERY]
    plain = (replace(example, events=None) for example in examples_of(chosen))
    items = sorted(map(encoder.encode, plain), key=lambda item: len(item.pieces))
    for start in range(0, len(items), TOGETHER):
        batch, _ = encoder.collated(items[start : start + TOGETHER])
        names = ("pieces", "shapes", "quotes", "first", "last", "words")
        feeds = {name: getattr(batch, name).numpy() for name in names}
        yield feeds | {"predicate_bias": np.zeros_like(feeds["words"]), "least_chance": np.array(0, dtype=np.float32)}


def fix_ranges(path: Path, runs: Iterable[Feeds]) -> None:
    """Gives the int8 products of the graph at `path` the ranges that its inputs take in these runs."""
    model = onnx.load(path)
    ranges = _ranges(model, runs)
    graph, made = model.graph, dict[str, NodeProto]()
    links, dropped = _links(graph), set[str]()
    for node in _dynamic(model):
        low, high = ranges[node.name]
        source = node.input[0]
        if (maker := links.makers.get(source)) and maker.op_type == "Relu" and low == 0.0:
            # A range that begins at zero cuts off what is below.
            source = maker.input[0]
            dropped.add(maker.name)
        scale = np.float32((high - low) / 255)
        zero = np.uint8(round(-low / scale))
        _, scale_name, zero_name = node.output
        graph.initializer.extend(
            (numpy_helper.from_array(np.array(scale), scale_name), numpy_helper.from_array(np.array(zero), zero_name))
        )
        made[node.name] = helper.make_node(
            "QuantizeLinear", [source, scale_name, zero_name], [node.output[0]], name=node.name
        )
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            made[node.name], joined = _product(node, links)
            dropped |= joined
    nodes = [made.get(node.name, node) for node in graph.node if node.name not in dropped]
    del graph.node[:]
    graph.node.extend(nodes)
    model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
    onnx.save(model, path)


def _dynamic(model: onnx.ModelProto) -> list[NodeProto]:
    return [node for node in model.graph.node if node.op_type == "DynamicQuantizeLinear"]


def _ranges(model: onnx.ModelProto, runs: Iterable[Feeds]) -> dict[str, tuple[float, float]]:
    """The least and the largest value of each tensor that is made int8, by the node that does it."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    nodes = _dynamic(model)
    for node in nodes:
        kinds = (TensorProto.FLOAT, TensorProto.UINT8)
        watched.graph.output.extend(
            helper.make_tensor_value_info(name, kind, []) for name, kind in zip(node.output[1:], kinds, strict=True)
        )
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    names = [name for node in nodes for name in node.output[1:]]
    found = np.array([session.run(names, feeds) for feeds in runs], dtype=np.float64).reshape(-1, len(nodes), 2)
    scale, zero = found[..., 0], found[..., 1]
    low, high = np.quantile(-zero * scale, 1 - SHARE, axis=0), np.quantile((255 - zero) * scale, SHARE, axis=0)
    return {node.name: (float(a), float(b)) for node, a, b in zip(nodes, low, high, strict=True)}


@dataclass(frozen=True, slots=True)
class _Links:
    """Of each tensor of a graph the node that uses it last and the one that makes it; the names of constant vectors."""

    users: Mapping[str, NodeProto]
    makers: Mapping[str, NodeProto]
    vectors: frozenset[str]


def _links(graph: onnx.GraphProto) -> _Links:
    return _Links(
        {name: user for user in graph.node for name in user.input},
        {name: maker for maker in graph.node for name in maker.output},
        frozenset(table.name for table in graph.initializer if len(table.dims) == 1),
    )


def _product(node: NodeProto, links: _Links) -> tuple[NodeProto, set[str]]:
    """One node in place of the product, its scales and its bias, and the names of those it takes the place of."""
    cast = links.users[node.output[0]]
    scaled = links.users[cast.output[0]]
    scales = links.makers[next(name for name in scaled.input if name != cast.output[0])]
    last = links.users.get(scaled.output[0])
    bias = [name for name in last.input if name != scaled.output[0]] if last and last.op_type == "Add" else []
    biased = len(bias) == 1 and bias[0] in links.vectors
    joined = helper.make_node(
        "MatMulIntegerToFloat",
        [*node.input[:2], *scales.input, *node.input[2:], *(bias if biased else [])],
        [last.output[0] if last and biased else scaled.output[0]],
        name=node.name,
        domain=DOMAIN,
    )
    return joined, {cast.name, scaled.name, scales.name} | ({last.name} if last and biased else set())
