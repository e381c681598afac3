"""Finds where sentences end inside a block of words.

A small convolutional network looks at each word with its neighbours and gives the probability that a
sentence ends there, so that full stops after abbreviations and ends without any mark are told by what
stands around them. It is trained by `training/sentences.py` on the treebanks EWT and GUM.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from legation.records import Block

Span = tuple[int, int]
Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

NEAR = (-3, -2, -1, 0, 1, 2, 3)
FAR = (-6, -4, -2, -1, 0, 1, 2, 4, 6)
REACH = max(NEAR) + max(FAR)
STATES = 12
# How sure one must be: surer where no mark says so, lest names in capitals cut the sentences of the news.
_LEAST = dict.fromkeys(".!?…:;\"'”’)]", 0.5)
_LEAST_BARE = 0.85
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_CLOSERS = frozenset("”’»)]}")
_OPENERS = frozenset("“‘«([{")
_QUOTES = frozenset(('"', "''", "``"))
_TURNS = _CLOSERS | _OPENERS | _QUOTES


@dataclass(frozen=True, slots=True)
class Network:
    """What was learned. `forms`, `shapes` and `suffixes` number the known features from 1; 0 is unknown.

    Tables are (features, width); `near` is (len(NEAR) * width, hidden), `far` (len(FAR) * hidden, top),
    `whole` (width, top) reads the mean over the block, `out` is (top,).
    """

    forms: dict[str, int]
    shapes: dict[str, int]
    suffixes: dict[str, int]
    form_table: Floats
    shape_table: Floats
    suffix_table: Floats
    state_table: Floats
    near: Floats
    near_bias: Floats
    far: Floats
    far_bias: Floats
    whole: Floats
    out: Floats
    out_bias: Floats


class SentenceSplitter:
    """Cuts blocks into sentences; keeps no state between blocks."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._features = lru_cache(maxsize=1 << 14)(self._look_up)

    @classmethod
    def load(cls) -> SentenceSplitter:
        """The splitter with the weights that are shipped."""
        return cls(read_network((files("legation") / "data" / "sentences.npz").read_bytes()))

    def split(self, body: str, block: Block, words: Sequence[Span]) -> list[Span]:
        """The sentences of a block as ranges of `words` (indices, end exclusive) that cover them all.

        `words` are code-point spans into `body`, in order, those of `block` only.
        """
        if not words:
            return []
        texts = [body[start:end] for start, end in words]
        states = word_states(texts, words)
        ends = self.probabilities(texts, states) > [_LEAST.get(text[-1], _LEAST_BARE) for text in texts]
        cuts = [index + 1 for index in np.flatnonzero(ends[:-1]).tolist()]
        cuts = _keep_closers(texts, states, cuts)
        borders = [0, *cuts, len(words)]
        return list(pairwise(borders))

    def probabilities(self, texts: Sequence[str], states: Sequence[int]) -> Floats:
        """For each word, the probability that a sentence ends behind it; shape (words,)."""
        network = self._network
        ids = np.array([self._features(text) for text in texts], dtype=np.int64)
        embedded = (
            network.form_table[ids[:, 0]]
            + network.shape_table[ids[:, 1]]
            + network.suffix_table[ids[:, 2]]
            + network.state_table[np.array(states, dtype=np.int64)]
        )
        hidden = np.maximum(shifted(embedded, NEAR) @ network.near + network.near_bias, 0)
        bias = network.far_bias + (embedded.sum(axis=0) / len(texts)) @ network.whole
        top = np.maximum(shifted(hidden, FAR) @ network.far + bias, 0)
        logits = top @ network.out + network.out_bias
        guesses: Floats = (1 / (1 + np.exp(np.minimum(-logits, 30)))).astype(np.float32, copy=False)
        return guesses

    def _look_up(self, text: str) -> tuple[int, int, int]:
        form, shape, suffix = word_features(text)
        network = self._network
        return network.forms.get(form, 0), network.shapes.get(shape, 0), network.suffixes.get(suffix, 0)


def shifted(rows: Floats, offsets: Sequence[int]) -> Floats:
    """Each row beside its neighbours at the offsets, zeros beyond the edges: (n, len(offsets) * width)."""
    count, width = rows.shape
    reach = max(offsets)
    padded = np.zeros((count + 2 * reach, width), dtype=np.float32)
    padded[reach : reach + count] = rows
    return np.concatenate([padded[reach + offset : reach + offset + count] for offset in offsets], axis=1)


# ---------------------------------------------------------------- features


def word_features(text: str) -> tuple[str, str, str]:
    """A word's form (lower case, digits as 0), its shape and its last three letters."""
    visible = text.translate(_INVISIBLE)
    form = _DIGIT.sub("0", visible.lower())
    return form, word_shape(visible), form[-3:]


_DIGIT = re.compile(r"\d")


def word_shape(text: str) -> str:
    """Runs of like characters shortened to two: "Seoul" is "Xxx", "U.S." is "X.X.", "1994" is "00"."""
    kinds = ["X" if c.isupper() else "x" if c.isalpha() else "0" if c.isdigit() else c for c in text[:24]]
    return "".join(kind for i, kind in enumerate(kinds) if i < 2 or not kind == kinds[i - 1] == kinds[i - 2])


def word_states(texts: Sequence[str], words: Sequence[Span]) -> list[int]:
    """What stands around each word: 0 to 11.

    Counts up from no space before it, space before it or first of the block (0 to 2), times whether a
    straight quotation is open before it (3), times whether a bracket or curly quotation is (6).
    """
    states: list[int] = []
    last_end = -1
    quoted = depth = 0
    for text, (start, end) in zip(texts, words, strict=True):
        spaced = 2 if last_end < 0 else int(start != last_end)
        states.append(spaced + 3 * quoted + (6 if depth else 0))
        last_end = end
        if text not in _TURNS:
            continue
        if text in _QUOTES:
            quoted = 1 - quoted
        elif text in _OPENERS:
            depth += 1
        elif text in _CLOSERS and depth:
            depth -= 1
    return states


def _keep_closers(texts: list[str], states: list[int], cuts: list[int]) -> list[int]:
    """Move each cut behind the closing quotes and brackets that hang on the word before it."""
    kept: list[int] = []
    for cut in cuts:
        while cut < len(texts) and states[cut] % 3 == 0 and _closes(texts[cut], states[cut]):
            cut += 1
        if cut < len(texts) and (not kept or cut > kept[-1]) and not _goes_on(texts, cut):
            kept.append(cut)
    return kept


def _goes_on(texts: Sequence[str], cut: int) -> bool:
    """Whether a sentence goes on behind a quoted question or cry: “Who?” a man asked."""
    quoted = cut > 1 and texts[cut - 1] in _QUOTES | _CLOSERS and texts[cut - 2] in ("?", "!")
    return quoted and texts[cut][0].islower()


def _closes(text: str, state: int) -> bool:
    return text in _CLOSERS or (text in _QUOTES and state // 3 % 2 == 1)


# ---------------------------------------------------------------- storage


def read_network(content: bytes) -> Network:
    """Undo `write_network`. Raises ValueError or KeyError on anything else."""
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        parts: dict[str, Any] = {name: _numbered(stored[name]) for name in _NAMES}
        parts |= {name: stored[name].astype(np.float32) for name in _ARRAYS}
    return Network(**parts)


def write_network(network: Network) -> bytes:
    """The network as an .npz: names as UTF-8 lines, numbers as float16."""
    stored: dict[str, NDArray[np.generic]] = {}
    for name in _NAMES:
        stored[name] = np.frombuffer("\n".join(getattr(network, name)).encode(), dtype=np.uint8)
    for name in _ARRAYS:
        stored[name] = getattr(network, name).astype(np.float16)
    target = BytesIO()
    np.savez(target, **stored)  # type: ignore[arg-type]
    return target.getvalue()


_NAMES = ("forms", "shapes", "suffixes")
_ARRAYS = (
    "form_table", "shape_table", "suffix_table", "state_table",
    "near", "near_bias", "far", "far_bias", "whole", "out", "out_bias",
)  # fmt: skip


def _numbered(lines: NDArray[np.uint8]) -> dict[str, int]:
    return {name: number for number, name in enumerate(lines.tobytes().decode().split("\n"), 1)}
