"""Trains the sentence splitter on Universal Dependencies treebanks and writes sentences.npz.

    python -m training.sentences --treebank EWT/train.conllu.gz --treebank GUM/train.conllu.gz

A network of two convolutions (see legation.read.sentences), trained with Adam (Kingma and Ba 2015,
https://arxiv.org/abs/1412.6980) on the binary cross-entropy of "a sentence ends behind this word".
The same input and seed give the same file. About a minute on one core.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.segmentation import Segmentation, load_conllu
from legation.read.blocks import find_blocks
from legation.read.sentences import (
    FAR,
    NEAR,
    REACH,
    STATES,
    Network,
    word_features,
    word_states,
    write_network,
)
from legation.read.words import split_words

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Parameters = dict[str, Floats]

_TABLES = ("form_table", "shape_table", "suffix_table", "state_table")
WIDTH, HIDDEN, TOP = 24, 32, 24
BATCH_WORDS = 1500
TARGET = Path(__file__).parent.parent / "src" / "legation" / "data" / "sentences.npz"


@dataclass(frozen=True, slots=True)
class Example:
    """A block: its words, what stands around them, behind which a sentence ends, and how much it counts."""

    texts: tuple[str, ...]
    states: tuple[int, ...]
    ends: tuple[bool, ...]
    weight: float


# ---------------------------------------------------------------- examples


def examples_of(document: Segmentation) -> Iterator[Example]:
    """The blocks of a document with at least two words, labelled with its gold sentences."""
    last_characters = {end for _, end in document.sentences}
    weight = 2.0 if is_edited(document) else 1.0
    for block in find_blocks(document.text):
        words = split_words(document.text, block.start, block.end)
        if len(words) > 1:
            texts = [document.text[start:end] for start, end in words]
            ends = tuple(end in last_characters for _, end in words)
            yield Example(tuple(texts), tuple(word_states(texts, words)), ends, weight)


def is_edited(document: Segmentation) -> bool:
    """Whether nearly all sentences end in a mark, as those of the news do."""
    marked = [document.text[end - 1] in '.!?:”")' for _, end in document.sentences]
    return len(marked) >= 8 and sum(marked) >= 0.8 * len(marked)


def curled(document: Segmentation) -> Segmentation:
    """The document with straight quotes made curly, or the other way round where it has curly ones."""
    text = document.text
    if any(mark in text for mark in "“”‘’"):
        return Segmentation(text.translate(_STRAIGHT), document.words, document.sentences)
    parts: list[str] = []
    for i, character in enumerate(text):
        opens = i == 0 or text[i - 1].isspace() or text[i - 1] in "([—-"
        parts.append({'"': "“" if opens else "”", "'": "‘" if opens else "’"}.get(character, character))
    return Segmentation("".join(parts), document.words, document.sentences)


_STRAIGHT = str.maketrans("“”‘’", "\"\"''")
_SPEAKERS = (
    "she said",
    "he said",
    "the minister said",
    "Park told reporters",
    "said the spokesman",
    "Novak added",
)
_ABBREVIATED_ENDS = (
    "in the U.S.", "to the U.S.", "in Washington, D.C.", "at 5 p.m.", "by 9:30 a.m.", "with Marland Corp.",
    "from Novak Inc.", "by the U.N.", "in the U.K.", "on Jan. 3 at 11 a.m.", "against the E.U.",
)  # fmt: skip
_LEADS = ("She said:", "The minister told reporters:", "He added,", "In a statement, the ministry said:")


def quotations(document: Segmentation, chance: random.Random) -> Iterator[Segmentation]:
    """Paragraphs of news as it is, made of the document's own sentences: long quotations with a speaker,
    and sentences that end in an abbreviation."""
    plain = [document.text[start:end] for start, end in document.sentences]
    plain = [text for text in plain if text.endswith(".") and text[0].isupper() and not set(text) & set('"“”‘()')]
    for i in range(0, len(plain) - 3, 4):
        chosen = plain[i : i + chance.randint(1, 3)]
        opening, closing = chance.choice(("“”", '""'))
        shape = chance.randrange(4)
        if shape == 0:
            parts = [opening + chosen[0], *chosen[1:]]
            parts[-1] = f"{parts[-1][:-1]},{closing} {chance.choice(_SPEAKERS)}."
        elif shape == 1:
            parts = [f"{chance.choice(_LEADS)} {opening}{chosen[0]}", *chosen[1:]]
            parts[-1] += closing
        else:
            first = f"{opening}{chosen[0][:-1]},{closing} {chance.choice(_SPEAKERS)}."
            rest = [opening + chosen[1], *chosen[2:]] if len(chosen) > 1 else []
            if rest:
                rest[-1] += closing
            parts = [first, *rest]
        if shape == 3:
            parts.append(plain[i + 3])
        yield _joined(parts)
        yield _joined([f"{plain[i][:-1]} {chance.choice(_ABBREVIATED_ENDS)}", plain[i + 1]])


def _joined(sentences: Sequence[str]) -> Segmentation:
    spans: list[tuple[int, int]] = []
    for sentence in sentences:
        start = spans[-1][1] + 1 if spans else 0
        spans.append((start, start + len(sentence)))
    return Segmentation(" ".join(sentences), (), tuple(spans))


def gather(treebanks: Sequence[Path], seed: int) -> list[Example]:
    """Every example to train on: as the treebanks have them, requoted, and as quotations."""
    chance = random.Random(seed)
    examples: list[Example] = []
    for path in treebanks:
        for name, document in load_conllu(path).items():
            examples.extend(examples_of(document))
            examples.extend(example for example in examples_of(curled(document)) if set(example.texts) & set("\"'“”‘’"))
            if "_news_" in name or "_speech_" in name or "_bio_" in name:
                for quotation in quotations(document, chance):
                    examples.extend(examples_of(quotation))
    return examples


# ---------------------------------------------------------------- network


def number_features(examples: Sequence[Example]) -> list[dict[str, int]]:
    """Forms, shapes and suffixes seen often enough, numbered from 1 in the order of their frequency."""
    counts: list[Counter[str]] = [Counter(), Counter(), Counter()]
    for example in examples:
        for text in example.texts:
            for counter, feature in zip(counts, word_features(text), strict=True):
                counter[feature] += 1
    numbered = []
    for counter, least in zip(counts, (4, 6, 8), strict=True):
        kept = sorted((name for name, count in counter.items() if count >= least and "\n" not in name),
                      key=lambda name: (-counter[name], name))  # fmt: skip
        numbered.append({name: number for number, name in enumerate(kept, 1)})
    return numbered


def initial_parameters(sizes: Sequence[int], rng: np.random.Generator) -> Parameters:
    """Random weights for vocabularies of these sizes."""

    def normal(rows: int, columns: int, scale: float) -> Floats:
        return (rng.standard_normal((rows, columns)) * scale).astype(np.float32)

    tables = {name: normal(size, WIDTH, 0.1) for name, size in zip(_TABLES, sizes, strict=True)}
    near, far = len(NEAR) * WIDTH, len(FAR) * HIDDEN
    return tables | {
        "near": normal(near, HIDDEN, (2 / near) ** 0.5),
        "near_bias": np.zeros(HIDDEN, np.float32),
        "far": normal(far, TOP, (2 / far) ** 0.5),
        "far_bias": np.zeros(TOP, np.float32),
        "whole": normal(WIDTH, TOP, 0.1),
        "out": normal(TOP, 1, (2 / TOP) ** 0.5)[:, 0],
        "out_bias": np.full(1, -2, np.float32),
    }


@dataclass(frozen=True, slots=True)
class Batch:
    """Blocks laid end to end, REACH empty rows between them; `block` numbers each row's block."""

    ids: Integers
    kept: NDArray[np.bool_]
    block: Integers
    lengths: Integers
    ends: Floats
    weights: Floats


def _spread(rows: Floats, offsets: Sequence[int]) -> Floats:
    return np.concatenate([np.roll(rows, -offset, axis=0) for offset in offsets], axis=1)


def _gather_back(slopes: Floats, offsets: Sequence[int]) -> Floats:
    parts = np.split(slopes, len(offsets), axis=1)
    total = np.zeros_like(parts[0])
    for part, offset in zip(parts, offsets, strict=True):
        total += np.roll(part, offset, axis=0)
    return total


def slopes_of(parameters: Parameters, batch: Batch, rng: np.random.Generator) -> tuple[float, Parameters]:
    """The loss of a batch and its derivative by every parameter, with dropout drawn from `rng`."""
    p = parameters
    kept = batch.kept[:, None]
    embedded = sum((p[name][batch.ids[:, i]] for i, name in enumerate(_TABLES)), np.float32(0)) * kept
    input_mask = (rng.random(embedded.shape, dtype=np.float32) > 0.1).astype(np.float32) / np.float32(0.9)
    embedded = embedded * input_mask
    means = np.zeros((len(batch.lengths), WIDTH), np.float32)
    np.add.at(means, batch.block[batch.kept], embedded[batch.kept])
    means /= batch.lengths[:, None]

    near_in = _spread(embedded, NEAR)
    hidden_mask = kept * (rng.random((len(kept), HIDDEN), dtype=np.float32) > 0.25) / np.float32(0.75)
    hidden = np.maximum(near_in @ p["near"] + p["near_bias"], 0) * hidden_mask
    far_in = _spread(hidden, FAR)
    top_mask = kept * (rng.random((len(kept), TOP), dtype=np.float32) > 0.25) / np.float32(0.75)
    top = np.maximum(far_in @ p["far"] + p["far_bias"] + (means @ p["whole"])[batch.block], 0) * top_mask
    guess = 1 / (1 + np.exp(-np.clip(top @ p["out"] + p["out_bias"], -30, 30)))

    total = batch.weights.sum()
    chosen = np.where(batch.ends > 0, guess, 1 - guess)
    loss = float(-(np.log(chosen + 1e-9) * batch.weights).sum() / total)
    d_logit = ((guess - batch.ends) * batch.weights / total).astype(np.float32)
    d_top = (np.outer(d_logit, p["out"]) * (top > 0) * top_mask).astype(np.float32, copy=False)
    d_means = np.zeros((len(batch.lengths), TOP), np.float32)
    np.add.at(d_means, batch.block, d_top)
    d_hidden = (_gather_back(d_top @ p["far"].T, FAR) * (hidden > 0) * hidden_mask).astype(np.float32, copy=False)
    d_embedded = _gather_back(d_hidden @ p["near"].T, NEAR)
    d_embedded += ((d_means @ p["whole"].T) / batch.lengths[:, None])[batch.block]
    d_embedded *= kept * input_mask
    slopes = {
        "out": top.T @ d_logit, "out_bias": d_logit.sum(keepdims=True),
        "far": far_in.T @ d_top, "far_bias": d_top.sum(0), "whole": means.T @ d_means,
        "near": near_in.T @ d_hidden, "near_bias": d_hidden.sum(0),
    }  # fmt: skip
    for i, name in enumerate(_TABLES):
        slopes[name] = np.zeros_like(p[name])
        np.add.at(slopes[name], batch.ids[:, i], d_embedded)
    return loss, slopes


# ---------------------------------------------------------------- training


def encode(example: Example, numbered: Sequence[dict[str, int]]) -> Integers:
    """The numbers of each word's form, shape, suffix and state, and whether it has a capital: (words, 5)."""
    features = [word_features(text) for text in example.texts]
    ids = [[names.get(feature[i], 0) for feature in features] for i, names in enumerate(numbered)]
    return np.array([*ids, example.states, [text[0].isupper() for text in example.texts]], np.int64).T


def batches(examples: Sequence[Example], encoded: Sequence[Integers], rng: np.random.Generator) -> Iterator[Batch]:
    """The examples in random order; some words made unknown, as they will be in other texts."""
    gathered: list[int] = []
    size = 0
    for index in rng.permutation(len(examples)).tolist():
        gathered.append(index)
        size += len(examples[index].texts)
        if size >= BATCH_WORDS:
            yield _batch([examples[i] for i in gathered], [encoded[i] for i in gathered], rng)
            gathered, size = [], 0


def _batch(examples: Sequence[Example], encoded: Sequence[Integers], rng: np.random.Generator) -> Batch:
    rows = sum(len(example.texts) + REACH for example in examples)
    ids = np.zeros((rows, 5), np.int64)
    kept = np.zeros(rows, np.bool_)
    block = np.zeros(rows, np.int64)
    ends = np.zeros(rows, np.float32)
    weights = np.zeros(rows, np.float32)
    row = 0
    for number, (example, words) in enumerate(zip(examples, encoded, strict=True)):
        stop = row + len(example.texts)
        ids[row:stop] = words
        kept[row:stop] = True
        ends[row:stop] = example.ends
        weights[row : stop - 1] = example.weight
        block[row : stop + REACH] = number
        row = stop + REACH
    # Names are what other texts have of their own, so words with a capital are hidden more often.
    ids[rng.random(rows) < np.where(ids[:, 4] > 0, 0.15, 0.06), 0] = 0
    ids[rng.random(rows) < 0.05, 2] = 0
    return Batch(ids, kept, block, np.array([len(e.texts) for e in examples]), ends, weights)


def train(examples: Sequence[Example], epochs: int, seed: int, rate: float = 2e-3) -> Network:
    """Adam with a falling rate; what is returned is the running mean of the parameters."""
    rng = np.random.default_rng(seed)
    numbered = number_features(examples)
    encoded = [encode(example, numbered) for example in examples]
    parameters = initial_parameters([*(len(names) + 1 for names in numbered), STATES], rng)
    first = {name: np.zeros_like(value) for name, value in parameters.items()}
    second = {name: np.zeros_like(value) for name, value in parameters.items()}
    averaged = {name: value.copy() for name, value in parameters.items()}
    step = 0
    steps = epochs * sum(len(example.texts) for example in examples) / (BATCH_WORDS * 1.02)
    for epoch in range(epochs):
        losses = []
        for batch in batches(examples, encoded, rng):
            step += 1
            loss, slopes = slopes_of(parameters, batch, rng)
            losses.append(loss)
            now = rate * max(0.02, 1 - step / steps)
            fade = min(0.995, step / (step + 20))
            for name, slope in slopes.items():
                first[name] += 0.1 * (slope - first[name])
                second[name] += 0.01 * (slope * slope - second[name])
                move = first[name] / (1 - 0.9**step) / (np.sqrt(second[name] / (1 - 0.99**step)) + 1e-7)
                parameters[name] -= np.float32(now) * (move + np.float32(0.01) * parameters[name])
                averaged[name] += np.float32(1 - fade) * (parameters[name] - averaged[name])
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}", flush=True)
    parts: dict[str, Any] = dict(zip(("forms", "shapes", "suffixes"), numbered, strict=True))
    return Network(**(parts | averaged))


def main() -> None:
    """Trains on the treebanks named and writes the weights into the package."""
    parser = argparse.ArgumentParser(description="Train the sentence splitter.")
    parser.add_argument("--treebank", type=Path, action="append", required=True)
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    network = train(gather(arguments.treebank, arguments.seed), arguments.epochs, arguments.seed)
    arguments.out.write_bytes(write_network(network))


if __name__ == "__main__":
    main()
