"""Writes the layers of statements as an ONNX graph of their own, and joins it to that of the first lesson."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch

from legation.read.model import LEAST_CUE, OUTPUTS
from training.attribution import own_examples
from training.corpora import Example
from training.dataset import Encoder, Labels
from training.first_export import load_network, prepared, quantize
from training.ranges import Feeds, fix_ranges
from training.smooth import smooth
from training.statement_examples import Lower, StatementExample, collated, encoded, feeds_of, grouped, read
from training.statement_network import StatementGraph, StatementNetwork, above
from training.train import base_model
from training.words import split_paragraph

INTEGER = ("/layers.", "/frame_layer/", "/frame_word/", "/frame_head/", "/frame_tags/")
"""Modules whose matrices are made int8."""
INPUTS = ("hidden", "pieces", "quotes", "first", "last", "words", "likely", "least_cue")
GIVEN = ("cue", "said", "parts", "sides", "attitudes", "acts", "stands")
PREFIX = "/statements/"
SMOOTHED = 6
"""Of our own sentences with statements, each how manieth shows how large activations are."""
TOGETHER = 32
"""Sentences of one run on which activations are evened out."""


def load_statements(run: Path, labels: Labels) -> StatementNetwork:
    """The layers of statements of a run."""
    network = above(load_network(run), labels.roles)
    network.load_state_dict(torch.load(run / "statements.pt", map_location="cpu"))
    return network.eval()


def write_statements(
    network: StatementNetwork, labels: Labels, first: Path, out: Path, *, integers: bool = True
) -> None:
    """Writes the graph of statements, which reads that of the first lesson at `first`, in integers or in floats."""
    encoder, lower = Encoder(base_model() / "tokenizer.json", labels), Lower(first)
    examples = [e for e in own_examples(split_paragraph) if e.attributions]
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name) / "plain.onnx"
        if integers:
            _smooth(network, list(read(examples[::SMOOTHED], encoder, lower)))
        export_statements(network, plain)
        if integers:
            quantize(prepared(plain), out, INTEGER)
        else:
            shutil.copy(prepared(plain), out)
    if integers:
        fix_ranges(out, _runs(examples, encoder, lower))


def _runs(examples: Sequence[Example], encoder: Encoder, lower: Lower) -> Iterator[Feeds]:
    """Sentences as inputs of the graph of statements."""
    for group in grouped(encoded(examples, encoder)):
        feeds = feeds_of(encoder, [item for _, item in group])
        hidden, likely = lower.run(feeds)
        own = {name: feeds[name] for name in INPUTS if name in feeds}
        yield own | {"hidden": hidden, "likely": likely, "least_cue": np.array(LEAST_CUE, dtype=np.float32)}


def export_statements(network: StatementNetwork, path: Path) -> None:
    """Writes the float graph, sizes dynamic."""
    width = network.widths.width
    pieces = torch.tensor([[101, 2043, 2003, 2009, 102], [101, 2043, 2009, 102, 0]])
    first = torch.tensor([[1, 2, 3], [1, 2, 0]])
    words = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    example = (
        torch.zeros(2, 5, width), pieces, torch.zeros_like(pieces), first, first, words, torch.ones_like(words),
        torch.tensor(0.5),
    )  # fmt: skip
    rows, length, across = {0: "sentences"}, {1: "pieces"}, {1: "words"}
    axes = {name: rows | (length if name in INPUTS[:3] else across) for name in INPUTS[:-1]}
    axes |= {name: {0: "statements"} | across for name in GIVEN[2:5]}
    axes |= {"cue": rows | across, "said": {0: "statements"}, "acts": {0: "statements"}, "stands": {0: "statements"}}
    with torch.no_grad():
        torch.onnx.export(
            StatementGraph(network), example, str(path), input_names=list(INPUTS), output_names=list(GIVEN),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip


def _smooth(network: StatementNetwork, examples: Sequence[StatementExample]) -> None:
    """Evens out the activations of the layers of attention, in place."""

    def run() -> None:
        for start in range(0, len(examples), TOGETHER):
            batch = collated(examples[start : start + TOGETHER])
            words = network.read(batch.hidden, batch.mask, batch.first, batch.last)
            network.frames(words, batch.words, batch.frame_rows, batch.frame_words, batch.frame_kinds)

    smooth(network, run)


def join(first: Path, statements: Path, out: Path) -> None:
    """Writes one graph of both: what the second reads is what the first is given, or gives."""
    whole, other = onnx.load(first), onnx.load(statements)
    shared = set(INPUTS)

    def prefixed(name: str) -> str:
        return PREFIX + name.removeprefix("/")

    def renamed(name: str) -> str:
        return name if name in shared or name in GIVEN or not name else prefixed(name)

    for node in other.graph.node:
        node.name = prefixed(node.name)
        names = [renamed(name) for name in node.input], [renamed(name) for name in node.output]
        del node.input[:], node.output[:]
        node.input.extend(names[0])
        node.output.extend(names[1])
    for table in other.graph.initializer:
        table.name = renamed(table.name)
    whole.graph.node.extend(other.graph.node)
    whole.graph.initializer.extend(other.graph.initializer)
    whole.graph.input.extend(entry for entry in other.graph.input if entry.name == "least_cue")
    told = {output.name: output for output in (*whole.graph.output, *other.graph.output)}
    del whole.graph.output[:]
    whole.graph.output.extend(told[name] for name in OUTPUTS)
    known = {entry.domain for entry in whole.opset_import}
    whole.opset_import.extend(entry for entry in other.opset_import if entry.domain not in known)
    onnx.save(whole, out)
