"""The language model at run time: words in, tags, trees, names and frames out; one ONNX graph, no PyTorch.

A sentence longer than the encoder likes is read in overlapping windows; each word takes what the window says
in which it stands furthest from an edge.
"""

from __future__ import annotations

import functools
import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime  # type: ignore[import-untyped]
from tokenizers import Tokenizer

from legation.errors import ModelError
from legation.read.features import quote_states, shapes_of
from legation.read.spans import tag_names
from legation.records import ModelInfo
from legation.system import cores

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_Encoded = tuple[list[list[int]], list[int], list[int]]
"""Pieces of each word, shapes, quotation states."""

NAME, VERSION = "legation-en", "2.11.0"
MOST_PIECES_OF_WORD = 24
"""Pieces kept of one word; an address longer than that loses its middle."""
WINDOW = 192
"""Most pieces read at once; training saw sentences up to 160."""
OVERLAP = 64
"""Pieces that two windows share."""
BATCH = 512
"""Padded pieces in one run of the graph: enough for the matrix kernels, few enough for cache and memory."""
RUN_COST = 14
"""What one run of the graph costs beside its work, in padded pieces."""
LEAST_CHANCE = 0.1
"""A sentence whose every word tells an event with less, as the lower layers see it, tells none; nor does a word, as the
upper ones see it."""
LEAST_CUE = 0.1
"""A sentence without quotation marks whose every word is a cue with less, as the lower layers see it, has none."""
CLS, SEP = 101, 102
PREDICATE, EVENT = 0, 2
"""Kinds of frames."""
CUE = 0
"""The kind of what is said that stands at a cue."""


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of each head, in the order of its outputs."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemma: tuple[str, ...]
    deprel: tuple[str, ...]
    names: tuple[str, ...]
    roles: tuple[str, ...]
    events: tuple[str, ...]
    modes: tuple[str, ...]
    statuses: tuple[str, ...]
    contexts: tuple[str, ...]
    parts: tuple[str, ...]
    sides: tuple[str, ...]
    attitudes: tuple[str, ...]
    acts: tuple[str, ...]

    @property
    def name_tags(self) -> tuple[str, ...]:
        """Tags of the name head."""
        return tag_names(self.names)


@dataclass(frozen=True, slots=True)
class Said:
    """What the graph says of a statement at a word, its cue or, with `cue` False, where a quotation goes on.

    parts, sides, attitudes: scores of the tags of each [N, tags]; acts: probabilities; stands: those of no side being
    taken, then of each side.
    """

    word: int
    cue: bool
    parts: Floats
    sides: Floats
    attitudes: Floats
    acts: Floats
    stands: Floats


@dataclass(slots=True)
class Scores:
    """What the graph says of one sentence of N words.

    upos, xpos, lemma: class ids [N]. names [N, tags]. arcs [N, N+1], column 0 the root; rels: relation ids
    [N, N+1], of all but the likeliest few heads that of the likeliest. predicate, cue: probabilities [N].
    events [N, 1 + types], column 0 none, statuses and contexts: probabilities; modes [N, modes]: scores; all of
    the event that a word tells. frames: (word, kind, role scores [N, tags]); of the kinds PREDICATE and EVENT.
    said: what stands at each cue, and at the first word of a sentence without one in which a quotation goes on.
    """

    upos: Ints
    xpos: Ints
    lemma: Ints
    names: Floats
    arcs: Floats
    rels: npt.NDArray[np.int32]
    predicate: Floats
    cue: Floats
    events: Floats
    modes: Floats
    statuses: Floats
    contexts: Floats
    frames: list[tuple[int, int, Floats]]
    said: list[Said]


@dataclass(frozen=True, slots=True)
class _Window:
    """Words `start` to `end` of sentence `row`, of which it answers for `first` to `stop`."""

    row: int
    start: int
    end: int
    first: int
    stop: int


class LanguageModel:
    """The shipped graph with its tokenizer and labels; safe to share between calls of one thread.

    The upper layers, which find events and the roles of frames, read only sentences in which the lower ones give some
    word at least `least_chance` of telling an event, and look for the parties of words that have as much of it; those
    that find statements only sentences in which something is quoted, or some word has at least `least_cue` of being a
    cue.
    """

    def __init__(
        self,
        folder: Path,
        threads: int | None = None,
        *,
        least_chance: float = LEAST_CHANCE,
        least_cue: float = LEAST_CUE,
    ) -> None:
        chances = {"least_chance": least_chance, "least_cue": least_cue}
        self._least = {name: np.array(chance, dtype=np.float32) for name, chance in chances.items()}
        self.labels = _load_labels(folder)
        self.graph_file = folder / "model.onnx"
        self._pieces = _load_tokenizer(folder)
        self._unknown = self._pieces.token_to_id("[UNK]") or 0
        self._word_pieces = functools.lru_cache(maxsize=1 << 15)(self._cut)
        self._session = _open_session(self.graph_file, threads)

    @classmethod
    def load(cls, threads: int | None = None, *, thorough: bool = False) -> LanguageModel:
        """The model in the package; `thorough` reads every sentence with all layers.

        Raises ModelError where it is missing or damaged.
        """
        folder = Path(str(resources.files("legation.data").joinpath("model")))
        return cls.thorough(folder, threads) if thorough else cls(folder, threads)

    @classmethod
    def thorough(cls, folder: Path, threads: int | None = None) -> LanguageModel:
        """The model in a folder, reading every sentence with all layers."""
        return cls(folder, threads, least_chance=0.0, least_cue=0.0)

    @functools.cached_property
    def info(self) -> ModelInfo:
        """Name, version and checksum."""
        return ModelInfo(NAME, VERSION, hashlib.sha256(self.graph_file.read_bytes()).hexdigest())

    def scores(
        self,
        sentences: Sequence[Sequence[str]],
        quoted: Sequence[bool] | None = None,
        predicates: Sequence[Sequence[int]] | None = None,
    ) -> list[Scores]:
        """Reads sentences, each a list of words. `quoted` tells which begin inside an open quotation.

        `predicates`, for measuring, names the word indices to take as predicates instead of the model's own.
        """
        inside = quoted or [False] * len(sentences)
        encoded = [self._encode(words, state) for words, state in zip(sentences, inside, strict=True)]
        windows = [window for row, (ids, *_) in enumerate(encoded) for window in _windows(row, ids)]
        results: list[list[tuple[_Window, Scores]]] = [[] for _ in sentences]
        for group in _groups(windows, encoded):
            for window, scores in zip(group, self._run(group, encoded, predicates), strict=True):
                results[window.row].append((window, scores))
        return [
            _joined(len(words), sorted(parts, key=lambda p: p[0].start), self.labels)
            for words, parts in zip(sentences, results, strict=True)
        ]

    def _encode(self, words: Sequence[str], inside: bool) -> _Encoded:
        return [self._word_pieces(word) for word in words], shapes_of(words), quote_states(words, inside)[0]

    def _cut(self, word: str) -> list[int]:
        readable = _SURROGATE.sub("", word)
        ids: list[int] = self._pieces.encode(readable, add_special_tokens=False).ids or [self._unknown]
        return ids if len(ids) <= MOST_PIECES_OF_WORD else [*ids[: MOST_PIECES_OF_WORD - 1], ids[-1]]

    def _run(
        self,
        group: list[_Window],
        encoded: list[_Encoded],
        predicates: Sequence[Sequence[int]] | None,
    ) -> list[Scores]:
        feeds = _feeds(group, encoded)
        bias = np.zeros(feeds["words"].shape, dtype=np.float32)
        if predicates is not None:
            bias[:] = -1e4
            for row, window in enumerate(group):
                for word in predicates[window.row]:
                    if window.start <= word < window.end:
                        bias[row, word - window.start] = 1e4
        outputs = self._session.run(None, feeds | {"predicate_bias": bias} | self._least)
        return _unbatched(dict(zip(OUTPUTS, outputs, strict=True)), group)


_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of a character, which broken text can hold and the tokenizer refuses."""

PER_WORD = ("upos", "xpos", "lemma", "names", "predicate", "cue", "events", "modes", "statuses", "contexts")
PER_SAID = ("parts", "sides", "attitudes")
OF_SAID = ("acts", "stands")
OUTPUTS = (*PER_WORD, "arcs", "heads", "rels", "frames", "roles", "said", *PER_SAID, *OF_SAID)
"""Of the graph, in order; PER_WORD are those with one row a word, PER_SAID with one a word of what is said, OF_SAID
with one a statement."""


def _load_labels(folder: Path) -> Labels:
    try:
        table = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        return Labels(**{name: tuple(table[name]) for name in Labels.__slots__})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged(folder, error) from error


def _load_tokenizer(folder: Path) -> Tokenizer:
    try:
        pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except Exception as error:  # tokenizers raises bare Exception
        raise _damaged(folder, error) from error
    pieces.no_padding()
    pieces.no_truncation()
    return pieces


def _damaged(folder: Path, reason: object) -> ModelError:
    message = f"The language model in {folder} is missing or damaged ({reason}). Install the package again."
    return ModelError(message, subject=str(folder))


def _open_session(graph: Path, threads: int | None) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or max(1, min(4, cores()))
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The fused kernel takes eight times as long as addition and norm one after the other (onnxruntime 1.32).
    slower = ["SkipLayerNormFusion"]
    if not multiplies_bytes(Path("/proc/cpuinfo")):
        options.add_session_config_entry("session.x64quantprecision", "1")
    options.enable_cpu_mem_arena = False
    # A plan of memory for every shape of input is never given back, and texts have ever new shapes.
    options.enable_mem_pattern = False
    try:
        session = onnxruntime.InferenceSession(
            str(graph), options, providers=["CPUExecutionProvider"], disabled_optimizers=slower
        )
    except Exception as error:  # onnxruntime has no public base class for its errors
        raise _damaged(graph.parent, error) from error
    if tuple(output.name for output in session.get_outputs()) != OUTPUTS:
        raise _damaged(graph.parent, "its graph is of another version")
    return session


def multiplies_bytes(table: Path) -> bool:
    """Whether the processor that `table` describes, as Linux's /proc/cpuinfo does, has VNNI; False where unknown.

    Without it, x86 adds two products of a byte and a signed byte in 16 bits, which overflow: onnxruntime must then turn
    the weights into unsigned ones, which is exact and half as fast. Other processors are not touched by that option.
    """
    try:
        with table.open(encoding="utf-8") as lines:
            flags = next((line.split() for line in lines if line.startswith("flags")), [])
    except OSError:
        return False
    return not _VNNI.isdisjoint(flags)


_VNNI = frozenset({"avx512_vnni", "avx_vnni"})


def _windows(row: int, pieces: list[list[int]]) -> Iterator[_Window]:
    """Cuts a sentence into windows of at most WINDOW pieces that overlap; one window where it is short.

    Every word has exactly one window that answers for it. A sentence without words has no window.
    """
    sizes = [len(ids) for ids in pieces]
    if sum(sizes) <= WINDOW:
        if sizes:
            yield _Window(row, 0, len(sizes), 0, len(sizes))
        return
    bounds: list[tuple[int, int]] = []
    start = 0
    while not bounds or bounds[-1][1] < len(sizes):
        end, total = start, 0
        while end < len(sizes) and total + sizes[end] <= WINDOW:
            total += sizes[end]
            end += 1
        bounds.append((start, end))
        start, shared = end, 0
        while start > bounds[-1][0] + 1 and shared + sizes[start - 1] <= OVERLAP:
            start -= 1
            shared += sizes[start]
    cuts = [0, *((a[1] + b[0]) // 2 for a, b in pairwise(bounds)), len(sizes)]
    for (start, end), first, stop in zip(bounds, cuts, cuts[1:], strict=False):
        yield _Window(row, start, end, first, stop)


def _groups(windows: list[_Window], encoded: list[_Encoded]) -> Iterator[list[_Window]]:
    """Windows of like length together, at most BATCH padded pieces a group, so that padding and runs cost least.

    The windows stand by length; best[n] is the least cost of the first n, and came[n] where its last group begins.
    """
    sizes = {w: sum(map(len, encoded[w.row][0][w.start : w.end])) + 2 for w in windows}
    ordered = sorted(windows, key=sizes.__getitem__)
    best, came = [0], [0]
    for end, window in enumerate(ordered, 1):
        width = sizes[window]
        first = max(0, end - max(1, BATCH // width))
        start = min(range(first, end), key=lambda at: best[at] + width * (end - at))
        best.append(best[start] + width * (end - start) + RUN_COST)
        came.append(start)
    end = len(ordered)
    while end:
        yield ordered[came[end] : end]
        end = came[end]


def _feeds(group: list[_Window], encoded: list[_Encoded]) -> dict[str, npt.NDArray[Any]]:
    """The inputs of one run of the graph [windows, pieces or words], zeros behind the end of a window."""
    ids = [pieces for w in group for pieces in encoded[w.row][0][w.start : w.end]]
    shapes = [shape for w in group for shape in encoded[w.row][1][w.start : w.end]]
    quotes = [state for w in group for state in encoded[w.row][2][w.start : w.end]]
    counts = np.array([window.end - window.start for window in group])
    sizes = np.fromiter(map(len, ids), np.int64, len(ids))
    ends = np.cumsum(sizes)
    closes = ends[np.cumsum(counts) - 1]
    totals = np.diff(closes, prepend=0)
    ends -= np.repeat(closes - totals, counts)
    of_words = np.arange(counts.max()) < counts[:, None]
    of_pieces = np.arange(totals.max() + 2) <= totals[:, None]
    of_pieces[:, 0] = False
    feeds: dict[str, npt.NDArray[Any]] = {
        "pieces": _placed(np.array(list(chain.from_iterable(ids))), of_pieces),
        "shapes": _placed(np.repeat(shapes, sizes), of_pieces),
        "quotes": _placed(np.repeat(quotes, sizes), of_pieces),
        "first": _placed(ends - sizes + 1, of_words),
        "last": _placed(ends, of_words),
        "words": of_words.astype(np.float32),
    }
    feeds["pieces"][:, 0] = CLS
    feeds["pieces"][np.arange(len(group)), totals + 1] = SEP
    return feeds


def _placed(values: Ints, where: npt.NDArray[np.bool_]) -> Ints:
    """Values in the places told, row by row, and zeros elsewhere."""
    table = np.zeros(where.shape, dtype=np.int64)
    table[where] = values
    return table


def _unbatched(outputs: dict[str, npt.NDArray[Any]], group: list[_Window]) -> list[Scores]:
    found = []
    spread = _spread(outputs["heads"], outputs["rels"], outputs["arcs"].shape[2])
    for row, window in enumerate(group):
        size = window.end - window.start
        per_word = {name: outputs[name][row, :size] for name in PER_WORD}
        arcs = outputs["arcs"][row, :size, : size + 1]
        found.append(Scores(arcs=arcs, rels=spread[row, :size, : size + 1], frames=[], said=[], **per_word))
    # The first of each is a dummy that keeps the graph from seeing an empty tensor.
    for number, (row, word, kind) in enumerate(outputs["frames"].tolist()[1:], 1):
        size = group[row].end - group[row].start
        found[row].frames.append((word, kind, outputs["roles"][number, :size]))
    for number, (row, word, kind) in enumerate(outputs["said"].tolist()[1:], 1):
        size = group[row].end - group[row].start
        own = {name: outputs[name][number, :size] for name in PER_SAID}
        own |= {name: outputs[name][number] for name in OF_SAID}
        found[row].said.append(Said(word, kind == CUE, **own))
    return found


def _spread(heads: Ints, rels: npt.NDArray[np.int32], width: int) -> npt.NDArray[np.int32]:
    """Relations [S, N, width] of every head from those of the likeliest few, `heads` and `rels` [S, N, K].

    The graph scores relations for few heads, since a tree hardly ever takes another; padding may stand among them.
    """
    table = np.repeat(rels[:, :, :1], max(width, int(heads.max()) + 1), axis=2)
    np.put_along_axis(table, heads, rels, 2)
    return table[:, :, :width]


def _joined(size: int, parts: list[tuple[_Window, Scores]], labels: Labels) -> Scores:
    """One sentence's scores from its windows."""
    if len(parts) == 1:
        return parts[0][1]
    whole = _blank(size, labels)
    for window, scores in parts:
        own = slice(window.first, window.stop)
        inner = slice(window.first - window.start, window.stop - window.start)
        for name in PER_WORD:
            getattr(whole, name)[own] = getattr(scores, name)[inner]
        for name in ("arcs", "rels"):
            getattr(whole, name)[own, 0] = getattr(scores, name)[inner, 0]
            getattr(whole, name)[own, window.start + 1 : window.end + 1] = getattr(scores, name)[inner, 1:]
        whole.frames += [
            (word + window.start, kind, _widened(roles, window, size))
            for word, kind, roles in scores.frames
            if inner.start <= word < inner.stop
        ]
        whole.said += [
            Said(
                said.word + window.start,
                said.cue,
                _widened(said.parts, window, size),
                _widened(said.sides, window, size),
                _widened(said.attitudes, window, size),
                said.acts,
                said.stands,
            )
            for said in scores.said
            if inner.start <= said.word < inner.stop
        ]
    return whole


def _blank(size: int, labels: Labels) -> Scores:
    """Scores of `size` words that say nothing yet."""

    def ids() -> Ints:
        return np.zeros(size, dtype=np.int64)

    def floats(*shape: int) -> Floats:
        return np.zeros((size, *shape), dtype=np.float32)

    return Scores(
        upos=ids(),
        xpos=ids(),
        lemma=ids(),
        names=floats(len(labels.name_tags)),
        arcs=np.full((size, size + 1), -1e4, dtype=np.float32),
        rels=np.zeros((size, size + 1), dtype=np.int32),
        predicate=floats(),
        cue=floats(),
        events=floats(1 + len(labels.events)),
        modes=floats(len(labels.modes)),
        statuses=floats(len(labels.statuses)),
        contexts=floats(len(labels.contexts)),
        frames=[],
        said=[],
    )


def _widened(scores: Floats, window: _Window, size: int) -> Floats:
    """Tag scores of a window's words as those of a sentence of `size` words; outside the window no tag but O stands."""
    full = np.zeros((size, scores.shape[1]), dtype=np.float32)
    full[:, 0] = 1e4
    full[window.start : window.end] = scores
    return full
