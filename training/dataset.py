"""From examples to tensors: label tables, pieces, targets with their masks, batches of equal length."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor

from legation.read.events import label_of
from legation.read.features import quote_states, shape_of, shapes_of
from legation.read.lemmas import rule_of
from legation.read.spans import tag_names
from training.corpora import NAME_LABELS, Example
from training.event_drafts import CONTEXTS, STATUSES, modes
from training.network import Batch

IGNORED = -100
TAGS = ("upos", "xpos", "lemma", "head", "deprel", "predicate", "cue", "mode", "status")
AUXILIARY_ROLESETS = frozenset({"be.03", "have.01", "do.01", "get.03"})
KINDS = {"predicate": 0, "attribution": 1, "event": 2}
EVENT_ROLES = ("O", "B-ACTOR", "I-ACTOR", "B-RECIPIENT", "I-RECIPIENT")
"""Tags of the parties of events."""
TEACHER = 0.5
"""What the teacher's chances count beside the annotation."""
MOST_PIECES = 24
"""Pieces kept of one word; longer ones (addresses) lose their middle."""


@dataclass(frozen=True)
class Labels:
    """The classes of every head, in the order of its outputs."""

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


def event_modes() -> tuple[str, ...]:
    """Every type with each of its modes ("SANCTION.expel") and alone ("SANCTION")."""
    return tuple(label_of(t, m) for t, own in sorted(modes().items()) for m in ("", *sorted(own)))


def collect_labels(examples: list[Example]) -> Labels:
    """Classes seen often enough to be learned; what is rarer is left out of the loss."""
    upos, xpos, lemma, deprel, roles = (
        Counter[str](),
        Counter[str](),
        Counter[str](),
        Counter[str](),
        Counter[str](),
    )
    for example in examples:
        for word in example.words or ():
            upos[word.upos] += 1
            xpos[word.xpos] += 1
            deprel[word.deprel] += 1
            lemma[rule_of(word.form, word.lemma)] += 1
        for frame in (*(example.predicates or ()), *(example.attributions or ())):
            roles.update(label for label, *_ in frame.roles)
        for event in example.events or ():
            roles.update(label for label, *_ in event.roles or ())

    def kept(counts: Counter[str], least: int) -> tuple[str, ...]:
        return tuple(sorted(label for label, count in counts.items() if count >= least))

    return Labels(
        kept(upos, 5), kept(xpos, 5), kept(lemma, 3), kept(deprel, 5), NAME_LABELS, kept(roles, 25),
        tuple(sorted(modes())), event_modes(), STATUSES, tuple(sorted(CONTEXTS)),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame as ids: its word, its kind, the role tag of every word."""

    word: int
    kind: int
    roles: list[int]


@dataclass
class Encoded:
    """One example as lists of ids; see `encode`."""

    pieces: list[int]
    shapes: list[int]
    quotes: list[int]
    first: list[int]
    last: list[int]
    tags: dict[str, list[int]]
    allowed_names: Tensor | None
    events: dict[int, dict[int, float]] = field(default_factory=dict)
    events_known: list[int] = field(default_factory=list)
    contexts: dict[int, list[int]] = field(default_factory=dict)
    frames: list[Frame] = field(default_factory=list)


class Encoder:
    """Turns examples into ids with one tokenizer and one set of labels."""

    def __init__(self, tokenizer_file: Path, labels: Labels) -> None:
        self.tokenizer = Tokenizer.from_file(str(tokenizer_file))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.labels = labels
        self.index = {
            name: {label: i for i, label in enumerate(getattr(labels, name))}
            for name in ("upos", "xpos", "lemma", "deprel")
        }
        self.index |= {
            name: {label: i for i, label in enumerate(getattr(labels, name))}
            for name in ("modes", "statuses", "contexts")
        }
        self.index["events"] = {label: i for i, label in enumerate(("", *labels.events))}
        self.name_tags = {tag: i for i, tag in enumerate(tag_names(labels.names))}
        self.role_tags = {tag: i for i, tag in enumerate(tag_names(labels.roles))}
        self.edges = self._id_of("[CLS]", "<s>"), self._id_of("[SEP]", "</s>")
        self.cache: dict[str, list[int]] = {}

    def pieces_of(self, form: str) -> list[int]:
        """Piece ids of one word, at least one."""
        if form not in self.cache:
            ids = self.tokenizer.encode(form, add_special_tokens=False).ids or [self.unknown]
            self.cache[form] = ids if len(ids) <= MOST_PIECES else [*ids[: MOST_PIECES - 1], ids[-1]]
        return self.cache[form]

    def _id_of(self, *names: str) -> int:
        ids = (self.tokenizer.token_to_id(name) for name in names)
        return next(id_ for id_ in ids if id_ is not None)

    @property
    def unknown(self) -> int:
        """Id of the unknown piece."""
        return self.tokenizer.token_to_id("[UNK]") or 0

    @property
    def event_roles(self) -> list[int]:
        """The numbers of EVENT_ROLES among the role tags."""
        return [self.role_tags[tag] for tag in EVENT_ROLES]

    def size_of(self, example: Example) -> int:
        """Pieces of a whole example, its two edges counted."""
        return sum(len(self.pieces_of(form)) for form in example.forms) + 2

    def collated(self, items: list[Encoded]) -> tuple[Batch, Targets]:
        """Encoded examples in one batch, by this encoder's labels."""
        return collate(items, len(self.name_tags), len(self.index["events"]), len(self.labels.contexts))

    def encode(self, example: Example, case: str = "as is") -> Encoded:
        """Ids of one example. `case` "upper" or "lower" shows the model other capitals than the text has."""
        forms = [{"upper": f.upper(), "lower": f.lower()}.get(case, f) for f in example.forms]
        word_shapes = shapes_of(forms) if case != "lower" else [shape_of(f) for f in forms]
        word_quotes, _ = quote_states(forms, example.quoted)
        pieces, shapes, quotes, first, last = [self.edges[0]], [0], [0], [], []
        for form, shape, quote in zip(forms, word_shapes, word_quotes, strict=True):
            ids = self.pieces_of(form)
            first.append(len(pieces))
            pieces += ids
            shapes += [shape] * len(ids)
            quotes += [quote] * len(ids)
            last.append(len(pieces) - 1)
        encoded = Encoded([*pieces, self.edges[1]], [*shapes, 0], [*quotes, 0], first, last, self._tags(example), None)
        encoded.allowed_names = self._allowed(example)
        encoded.frames = self._frames(example)
        encoded.events, encoded.events_known = self._events(example)
        encoded.contexts = {
            e.word: [self.index["contexts"][name] for name in e.contexts]
            for e in example.events or ()
            if e.contexts is not None
        }
        return encoded

    def _tags(self, example: Example) -> dict[str, list[int]]:
        size = len(example.forms)
        tags = {name: [IGNORED] * size for name in TAGS}
        for i, word in enumerate(example.words or ()):
            tags["upos"][i] = self.index["upos"].get(word.upos, IGNORED)
            tags["xpos"][i] = self.index["xpos"].get(word.xpos, IGNORED)
            tags["lemma"][i] = self.index["lemma"].get(rule_of(word.form, word.lemma), IGNORED)
            tags["head"][i] = word.head + 1
            tags["deprel"][i] = self.index["deprel"].get(word.deprel, IGNORED)
        if example.predicates is not None:
            tags["predicate"] = [0] * size
            for frame in example.predicates:
                tags["predicate"][frame.word] = 2 if frame.kind == "auxiliary" else 1
        if example.attributions is not None:
            tags["cue"] = cue_targets(example)
        for event in example.events or ():
            if event.mode_known:
                tags["mode"][event.word] = self.index["modes"][label_of(event.type, event.mode)]
            if event.status is not None:
                tags["status"][event.word] = self.index["statuses"][event.status]
        return tags

    def _events(self, example: Example) -> tuple[dict[int, dict[int, float]], list[int]]:
        """The chances of each type at each word that may tell an event, and the words of which they are known.

        Where a sentence was annotated in full and read by the teacher, each counts half.
        """
        gold = {e.word: {self.index["events"][e.type]: 1.0} for e in example.events or ()}
        size = len(example.forms)
        if example.chances is None:
            whole = example.events is not None and example.events_whole
            return gold, list(range(size)) if whole else sorted(gold)
        taught = {word: {self.index["events"][t]: p for t, p in types} for word, types in example.chances}
        if example.events is None or not example.events_whole:
            return taught, list(range(size))
        words = gold.keys() | taught.keys()
        return {word: mixed(gold.get(word, {}), taught.get(word, {})) for word in sorted(words)}, list(range(size))

    def _allowed(self, example: Example) -> Tensor | None:
        if example.names is None:
            return None
        free = torch.zeros(len(self.name_tags), dtype=torch.bool)
        free[0] = True
        for tag, i in self.name_tags.items():
            if tag != "O" and tag[2:] not in example.name_labels:
                free[i] = True
        allowed = free.repeat(len(example.forms), 1)
        for start, end, label in example.names:
            for at in range(start, end):
                tag = f"{'B' if at == start else 'I'}-{label}"
                if tag in self.name_tags:
                    allowed[at] = False
                    allowed[at, self.name_tags[tag]] = True
                else:
                    allowed[at] = True
        return allowed

    def _frames(self, example: Example) -> list[Frame]:
        size = len(example.forms)
        frames = [f for f in (*(example.predicates or ()), *(example.attributions or ())) if f.kind in KINDS]
        return [
            *(Frame(f.word, KINDS[f.kind], tag_row(f.roles, size, self.role_tags)) for f in frames),
            *(
                Frame(e.word, KINDS["event"], tag_row(e.roles, size, self.role_tags))
                for e in example.events or ()
                if e.roles is not None
            ),
        ]


def tag_row(spans: tuple[tuple[str, int, int], ...], size: int, tags: Mapping[str, int]) -> list[int]:
    """The number of the tag of each word; IGNORED for a label that has none."""
    row = [0] * size
    for label, start, end in spans:
        for at in range(start, end):
            row[at] = tags.get(f"{'B' if at == start else 'I'}-{label}", IGNORED)
    return row


def mixed(gold: Mapping[int, float], taught: Mapping[int, float]) -> dict[int, float]:
    """Probabilities of labels where the annotation and the teacher each have their share."""
    return {
        label: (1 - TEACHER) * gold.get(label, 0.0) + TEACHER * taught.get(label, 0.0)
        for label in sorted(gold.keys() | taught.keys())
    }


def cue_targets(example: Example) -> list[int]:
    """1 for a word that evokes an attribution, 0 for one that surely does not; the rest ignored.

    Our own paragraphs are marked in full (they have no tree). PropBank's silver and GUM's clauses are not:
    there only words that could not evoke one count against.
    """
    positive = {frame.word for frame in example.attributions or ()}
    if example.words is None:
        return [int(i in positive) for i in range(len(example.forms))]
    two_sided = {f.word for f in example.predicates or () if {"ARG0", "ARG1"} <= {label for label, *_ in f.roles}}
    unsure = {"NOUN", "ADP", "ADJ"} if example.predicates is not None else {"NOUN", "ADP", "ADJ", "VERB"}
    return [
        1 if i in positive else IGNORED if (i in two_sided or word.upos in unsure) else 0
        for i, word in enumerate(example.words)
    ]


# ---------------------------------------------------------------- batches


@dataclass
class Targets:
    """Gold ids: tags [B, W]; names allowed [B, W, N], named [B, W] where marked; frames flattened to [P].

    events [B, W, E] are the chances of each type, none first, events_known [B, W] where they are known. contexts
    [B, W, C] is 1 for each context of the event at a word, contexts_known [B, W] where one stands.
    """

    tags: dict[str, Tensor]
    names: Tensor
    named: Tensor
    frame_rows: Tensor
    frame_words: Tensor
    frame_kinds: Tensor
    frame_roles: Tensor
    events: Tensor
    events_known: Tensor
    contexts: Tensor
    contexts_known: Tensor


def collate(items: list[Encoded], names: int, types: int, contexts: int) -> tuple[Batch, Targets]:
    """Pads encoded examples into one batch; the numbers are those of name tags, event types with none, and contexts."""
    length, width = max(len(i.pieces) for i in items), max(len(i.first) for i in items)

    def padded(rows: list[list[int]], size: int, fill: int = 0) -> Tensor:
        return torch.tensor([[*row, *([fill] * (size - len(row)))] for row in rows], dtype=torch.long)

    batch = Batch(
        padded([i.pieces for i in items], length),
        padded([[1] * len(i.pieces) for i in items], length).float(),
        padded([i.shapes for i in items], length), padded([i.quotes for i in items], length),
        padded([i.first for i in items], width), padded([i.last for i in items], width),
        padded([[1] * len(i.first) for i in items], width).float(),
    )  # fmt: skip
    tags = {name: padded([i.tags[name] for i in items], width, IGNORED) for name in items[0].tags}
    allowed = torch.ones(len(items), width, names, dtype=torch.bool)
    named = torch.zeros(len(items), width)
    for row, item in enumerate(items):
        if item.allowed_names is not None:
            allowed[row, : len(item.first)] = item.allowed_names
            named[row, : len(item.first)] = 1.0
    events = torch.zeros(len(items), width, types)
    events_known = torch.zeros(len(items), width)
    for row, item in enumerate(items):
        events_known[row, item.events_known] = 1.0
        for word, chances in item.events.items():
            events[row, word, list(chances)] = torch.tensor(list(chances.values()))
    events[..., 0] = 1.0 - events[..., 1:].sum(-1)
    found = torch.zeros(len(items), width, contexts)
    known = torch.zeros(len(items), width)
    for row, item in enumerate(items):
        for word, ids in item.contexts.items():
            known[row, word] = 1.0
            found[row, word, ids] = 1.0
    rows = [row for row, item in enumerate(items) for _ in item.frames]
    frames = [frame for item in items for frame in item.frames]
    return batch, Targets(
        tags, allowed, named,
        torch.tensor(rows, dtype=torch.long),
        torch.tensor([f.word for f in frames], dtype=torch.long),
        torch.tensor([f.kind for f in frames], dtype=torch.long),
        padded([f.roles for f in frames], width, IGNORED),
        events, events_known, found, known,
    )  # fmt: skip


def batches(sizes: list[int], most_pieces: int, rng: random.Random) -> Iterator[list[int]]:
    """Index lists of about `most_pieces` padded pieces, of like lengths, in random order."""
    order = sorted(range(len(sizes)), key=lambda i: sizes[i] + rng.random())
    groups: list[list[int]] = [[]]
    longest = 0
    for index in order:
        longest = max(longest, sizes[index])
        if groups[-1] and longest * (len(groups[-1]) + 1) > most_pieces:
            groups.append([])
            longest = sizes[index]
        groups[-1].append(index)
    rng.shuffle(groups)
    yield from groups
