"""Writes the weights of the first lesson as an int8 ONNX graph: all that the model reads but statements."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import (
    QuantType,
    quant_pre_process,
    quantize_dynamic,
)
from torch import Tensor, nn

from training.attribution import own_examples
from training.dataset import KINDS, Encoder, Labels
from training.inner import rectify, widths_of
from training.mpnet import encoder_of
from training.network import Batch, Network
from training.operators import laid_over, summed_at
from training.ranges import fix_ranges, sentences_to_measure
from training.smooth import smooth
from training.statement_network import told_rows
from training.train import base_model, sizes_of
from training.words import split_paragraph

LIKELY_HEADS = 4
"""Heads of each word whose relations are scored: the tree takes another in one word of some thousand."""
LIKELY_EVENT = 0.02
"""Words that tell an event with at least this probability get its parties, or with the least chance of a sentence that
is read to the end, where that is more; what is reported needs far more."""
TOLD_EVENT = 0.5
"""Words that tell an event with at least this probability may be reported, and get a time and a place."""
NOUNS = frozenset({"NOUN", "PROPN"})
PASSING = frozenset({"conj", "xcomp", "advcl", "advcl:relcl"})
"""Relations of a verb that may have its time and place from the one above it."""
INTEGER = (
    "/encoder/", "/frame_layer/", "/event_layers", "/arc/", "/event_hidden/", "/frame_word/", "/frame_head/",
    "/frame_roles/", "/rel_score/", "/arc_score/", "/tags/",
)  # fmt: skip
"""Modules whose matrices are made int8."""
SENTENCES = 256
"""Of our own marked paragraphs, on which activations are evened out."""
INPUTS = ("pieces", "shapes", "quotes", "first", "last", "words", "predicate_bias", "least_chance")
OUTPUTS = (
    "upos", "xpos", "lemma", "names", "predicate", "likely", "events", "modes", "statuses", "contexts", "arcs", "heads",
    "rels", "frames", "roles", "hidden",
)  # fmt: skip
"""Of the graph of the first lesson: those that `legation.read.model` describes; `likely` is each word's chance of being
a cue, as the lower layers see it, and `hidden` are the vectors of pieces that they give."""


class RowTable(nn.Module):
    """An embedding table as int8 with a scale for each row; one scale for the whole table costs half a point."""

    scale: Tensor
    rows: Tensor

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        weight = table.weight.detach()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        """ids [...] -> [..., H]."""
        return self.rows[ids].float() * self.scale[ids]


class Graph(nn.Module):
    """The network as it is run: the upper layers read only sentences that may tell something, in which it finds its
    predicates and events and reads their frames in the same pass."""

    nouns: Tensor
    passing: Tensor
    silent: Tensor
    """What the heads of events say of a word in a sentence that is not read for them: that it tells none."""

    def __init__(self, network: Network, labels: Labels) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("nouns", torch.tensor([label in NOUNS for label in labels.upos]))
        self.register_buffer("silent", nn.functional.one_hot(torch.tensor(0), sum(network.event_split)).float())
        self.register_buffer("passing", torch.tensor([label in PASSING for label in labels.deprel]))

    def forward(
        self,
        pieces: Tensor,
        shapes: Tensor,
        quotes: Tensor,
        first: Tensor,
        last: Tensor,
        words: Tensor,
        bias: Tensor,
        least: Tensor,
    ) -> tuple[Tensor, ...]:
        """Outputs in the order of OUTPUTS."""
        mask = (pieces != 0).float()
        net = self.network
        hidden = net.lower(Batch(pieces, mask, shapes, quotes, first, last, words))
        vectors = net.gather(hidden, first, last)
        upos, xpos, lemma, names, predicate, cue = net.tag(vectors)
        arcs, dependents, heads = net.parse(vectors, words)
        likely = nn.functional.pad(arcs, (0, LIKELY_HEADS - 1), value=-1e9).topk(LIKELY_HEADS).indices
        rels = net.relate(dependents, heads, likely).argmax(-1)
        parts = upos.argmax(-1)
        margin = predicate[..., 1] - torch.maximum(predicate[..., 0], predicate[..., 2]) + bias
        gates = torch.maximum(net.gate(vectors).squeeze(-1).sigmoid(), (bias > 0).float())
        rows, told = told_rows((gates * words).amax(1), least)
        upper = net.gather(net.upper(hidden[rows], mask[rows]), first[rows], last[rows])
        event, modes, statuses, contexts = net.events(upper, words[rows])
        events = event.softmax(-1)
        chance = 1.0 - events[..., 0]
        climbing = self.nouns[parts[rows]] | self.passing[rels[rows, :, 0]]
        wanted = self._wanted(chance >= TOLD_EVENT, climbing, likely[rows, :, 0]) | (bias[rows] > 0)
        likely_event = chance >= torch.maximum(least, torch.tensor(LIKELY_EVENT))
        frames = self._chosen(torch.stack([(margin[rows] > 0) & wanted, likely_event]), words[rows] * told)
        roles = net.frames(upper, words[rows], frames[:, 0], frames[:, 1], frames[:, 2])
        frames = torch.cat([rows[frames[:, :1]], frames[:, 1:]], 1)
        read = torch.cat([events, modes, statuses.softmax(-1), contexts.sigmoid()], -1)
        silent = words.unsqueeze(-1) * 0 + self.silent
        marks = laid_over(silent, rows, torch.where(told.unsqueeze(-1), read, self.silent))
        return (
            parts, xpos.argmax(-1), lemma.argmax(-1), names,
            1.0 - predicate.softmax(-1)[..., 0], cue.squeeze(-1).sigmoid(),
            *torch.split(marks, net.event_split, -1),
            arcs, likely, rels.to(torch.int32), frames, roles, hidden,
        )  # fmt: skip

    @staticmethod
    def _wanted(evoking: Tensor, climbing: Tensor, heads: Tensor) -> Tensor:
        """Of predicates: words that evoke something, and up to two above each as long as what is below is `climbing`,
        heads [B, W] with 0 the root; nobody asks for the roles of others (`legation.coding.timing`)."""
        found = evoking.float()
        for _ in range(2):
            found = torch.maximum(found, summed_at(heads, found * climbing.float()))
        return found > 0

    @staticmethod
    def _chosen(kinds: Tensor, words: Tensor) -> Tensor:
        """kinds [2, K, W], whether a word has a frame as a predicate, as an event -> sentence, word and kind of every
        frame, [P, 3]; a dummy stands first, so that P is never 0."""
        dummy = torch.zeros(1, 3, dtype=torch.long)
        numbers = torch.tensor([1, 1, KINDS["event"]])
        return torch.cat([dummy, torch.nonzero(kinds & (words > 0))[:, [1, 2, 0]] * numbers])


def load_labels(run: Path) -> Labels:
    """The labels of a run."""
    table = json.loads((run / "labels.json").read_text(encoding="utf-8"))
    return Labels(**{name: tuple(labels) for name, labels in table.items()})


def load_network(run: Path, base: Path | None = None) -> Network:
    """The trained network of a run; `base` is the folder of base weights, where they are others than the model's."""
    weights = torch.load(run / "model.pt", map_location="cpu")
    relations = weights["rel_score.products.weight"].shape[-1]
    layers = len({name.split(".")[1] for name in weights if name.startswith("event_layers.")})
    encoder = encoder_of(base or base_model())
    for layer, width in zip(encoder.attention, widths_of(weights, len(encoder.layers)), strict=True):
        rectify(layer, width)
    network = Network(encoder, sizes_of(load_labels(run)), rel=relations, event_layers=layers)
    network.load_state_dict(weights)
    return network.eval()


def export_float(network: Network, labels: Labels, path: Path) -> None:
    """Writes the float graph, sizes dynamic."""
    pieces = torch.tensor([[101, 2043, 2003, 2009, 102], [101, 2043, 2009, 102, 0]])
    first = torch.tensor([[1, 2, 3], [1, 2, 0]])
    words = torch.tensor([[1.0, 1.0, 1.0], [1.0, 1.0, 0.0]])
    example = (
        pieces,
        torch.ones_like(pieces),
        torch.zeros_like(pieces),
        first,
        first,
        words,
        torch.ones_like(words),
        torch.tensor(0.5),
    )
    rows, length, width = {0: "sentences"}, {1: "pieces"}, {1: "words"}
    axes = {name: rows | (length if name in INPUTS[:3] else width) for name in INPUTS[:-1]}
    axes |= dict.fromkeys(OUTPUTS, rows | width)
    axes["arcs"] = rows | width | {2: "heads"}
    axes["frames"] = {0: "frames"}
    axes["roles"] = {0: "frames"} | width
    axes["hidden"] = rows | length
    with torch.no_grad():
        torch.onnx.export(
            Graph(network, labels), example, str(path), input_names=list(INPUTS), output_names=list(OUTPUTS),
            dynamic_axes=axes, opset_version=17, dynamo=False,
        )  # fmt: skip


def quantize(source: Path, target: Path, integer: Sequence[str]) -> None:
    """Weights of the matrices of the modules named in `integer` as int8, a scale for each output channel.

    Signed, which VNNI multiplies twice as fast; where a processor lacks it, the session option x64quantprecision makes
    onnxruntime turn them into unsigned ones, since AVX2 adds pairs of signed products in 16 bits, which overflow.
    """
    graph = onnx.load(source)
    kept = [
        node.name
        for node in graph.graph.node
        if node.op_type in ("MatMul", "Gemm") and not any(part in node.name for part in integer)
    ]
    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True,
        op_types_to_quantize=["MatMul", "Gemm"], nodes_to_exclude=kept,
        extra_options={"MatMulConstBOnly": True},
    )  # fmt: skip


def prepared(plain: Path) -> Path:
    """A float graph optimised, beside the plain one, ready for its matrices to be made int8."""
    found = plain.with_name(f"prepared-{plain.name}")
    quant_pre_process(str(plain), str(found), skip_symbolic_shape=True)
    return found


def write_first(run: Path, out: Path, *, integers: bool = True) -> None:
    """Writes the graph of a run's first lesson, in integers or in floats."""
    network, labels, tokenizer = load_network(run), load_labels(run), base_model() / "tokenizer.json"
    with tempfile.TemporaryDirectory() as name:
        plain = Path(name) / "plain.onnx"
        if integers:
            network.encoder.words = RowTable(network.encoder.words)  # type: ignore[assignment]
            smooth(network, lambda: _read_own(network, labels, tokenizer))
        export_float(network, labels, plain)
        if integers:
            quantize(prepared(plain), out, INTEGER)
        else:
            shutil.copy(prepared(plain), out)
    if integers:
        fix_ranges(out, sentences_to_measure(labels, tokenizer))


def _read_own(network: Network, labels: Labels, tokenizer: Path) -> None:
    """Sentences of our own marked paragraphs through all layers of attention, for their ranges to be seen."""
    encoder = Encoder(tokenizer, labels)
    examples = [e for e in own_examples(split_paragraph) if e.attributions][:SENTENCES]
    for start in range(0, len(examples), 32):
        batch, gold = encoder.collated([encoder.encode(e) for e in examples[start : start + 32]])
        _, words = network.encode(batch)
        network.events(words, batch.words)
        network.frames(words, batch.words, gold.frame_rows, gold.frame_words, gold.frame_kinds)
