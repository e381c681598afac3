"""Readings made by hand, so that coding is tested without the model. Every sentence is invented.

A tree is written word by word, words parted by "|" or line ends: "word lemma UPOS XPOS head deprel", heads
counted from 1 and 0 for the root, as in CoNLL-U. Names and the parts of frames are given by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from legation.coding.phrases import Phrases
from legation.records import (
    Block,
    EventMark,
    Frame,
    ModelInfo,
    NamedSpan,
    Reading,
    Role,
    Sentence,
    StanceMark,
    Status,
    Text,
    Token,
)

MODEL = ModelInfo("by-hand", "0", "0" * 64)
NO_SPACE_BEFORE = frozenset({",", ".", "?", "!", ";", ":", "”", "’s", "'s", "n’t", "n't", "-", "’", ")"})
NO_SPACE_AFTER = frozenset({"“", "-", "(", "‘"})


@dataclass(frozen=True)
class Said:
    """A frame before its words are found: the word that evokes it, and each role's words ("ARG0", "Iran")."""

    kind: Literal["predicate", "attribution"]
    word: str
    roles: tuple[tuple[str, str], ...]
    score: float = 0.9


def does(word: str, *roles: tuple[str, str], score: float = 0.9) -> Said:
    """A predicate with its PropBank roles."""
    return Said("predicate", word, roles, score)


def says(cue: str, source: str | None, *content: str, score: float = 0.9) -> Said:
    """An attribution: the cue word, who says it, and what, in pieces."""
    sources = (("SOURCE", source),) if source is not None else ()
    return Said("attribution", cue, (*sources, ("CUE", cue), *(("CONTENT", words) for words in content)), score)


@dataclass(frozen=True)
class Told:
    """An event mark before its words are found."""

    word: str
    type: str
    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    mode: str | None = None
    status: Status = "actual"
    score: float = 0.97
    contexts: tuple[tuple[str, float], ...] = ()
    rivals: tuple[tuple[str, float], ...] = (("", 0.02),)
    sure: tuple[tuple[str, float], ...] = ()


def tells(word: str, type: str, actor: str = "", recipient: str = "", **more: Any) -> Told:
    """An event: the word that tells it, its type, and its parties' words, several parted by "|"."""
    sides = [tuple(filter(None, cell.split("|"))) for cell in (actor, recipient)]
    return Told(word, type, sides[0], sides[1], **more)


@dataclass(frozen=True)
class Stood:
    """A stance mark before its words are found: the cue, the act, the words of sides and of who is praised or blamed."""

    word: str
    act: str
    sides: tuple[tuple[str, str], ...]
    toward: tuple[tuple[str, str], ...]
    score: float


def stands(
    word: str, act: str, *sides: tuple[str, str], toward: Sequence[tuple[str, str]] = (), score: float = 0.9
) -> Stood:
    """A stance: the cue, the act, and the words of each side ("FOR", "must be lifted")."""
    return Stood(word, act, sides, tuple(toward), score)


@dataclass(frozen=True)
class Draft:
    """A sentence before it has its place in a text."""

    rows: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, str], ...]
    frames: tuple[Said, ...]
    events: tuple[Told, ...] = ()
    stances: tuple[Stood, ...] = ()

    @property
    def words(self) -> list[str]:
        """The words of the sentence."""
        return [row[0] for row in self.rows]


def tree(lines: str, *parts: Said | Told | Stood, **names: str) -> Draft:
    """A sentence: its tree, its frames, events and stances, and its names by label (PER="Oda Lind|Ilse Harrow")."""
    rows = tuple(tuple(line.split()) for line in lines.replace("|", "\n").splitlines() if line.strip())
    assert all(len(row) == 6 for row in rows), [row for row in rows if len(row) != 6]
    pairs = tuple((label, words) for label, cell in names.items() for words in cell.split("|"))
    frames = tuple(part for part in parts if isinstance(part, Said))
    events = tuple(part for part in parts if isinstance(part, Told))
    return Draft(rows, pairs, frames, events, tuple(part for part in parts if isinstance(part, Stood)))


def reading(*paragraphs: Draft | Sequence[Draft], published: date | None = None) -> Reading:
    """A text of paragraphs, each one sentence or several."""
    body, blocks, sentences = "", [], []
    for number, paragraph in enumerate(paragraphs):
        body += "\n\n" if number else ""
        start = len(body)
        drafts = [paragraph] if isinstance(paragraph, Draft) else list(paragraph)
        for at, draft in enumerate(drafts):
            body += " " if at else ""
            written, offsets = _written(draft.words, len(body))
            body += written
            sentences.append(_sentence(draft, offsets, number))
        blocks.append(Block(start, len(body)))
    return Reading(Text(body, published=published), tuple(blocks), tuple(sentences), MODEL)


def phrases(draft: Draft) -> Phrases:
    """One sentence by itself."""
    made = reading(draft)
    return Phrases(made.sentences[0], made.text.body)


def _written(words: Sequence[str], start: int) -> tuple[str, list[tuple[int, int]]]:
    """The words as a sentence is typeset, and where each stands."""
    text, offsets, quotes, glue = "", [], 0, True
    for word in words:
        closing = word == '"' and quotes % 2 == 1
        text += "" if glue or closing or word in NO_SPACE_BEFORE else " "
        offsets.append((start + len(text), start + len(text) + len(word)))
        text += word
        quotes += word == '"'
        glue = word in NO_SPACE_AFTER or (word == '"' and not closing)
    return text, offsets


def _sentence(draft: Draft, offsets: list[tuple[int, int]], block: int) -> Sentence:
    tokens = tuple(
        Token(start, end, form, lemma, upos, xpos, int(head) - 1, deprel)
        for (form, lemma, upos, xpos, head, deprel), (start, end) in zip(draft.rows, offsets, strict=True)
    )
    words = draft.words
    names = tuple(sorted((NamedSpan(*_range(words, w), label, 0.9) for label, w in draft.names), key=lambda n: n.start))
    frames = tuple(_frame(words, said) for said in draft.frames)
    events = tuple(sorted((_mark(words, told) for told in draft.events), key=lambda mark: mark.word))
    stances = tuple(sorted((_stance(words, stood) for stood in draft.stances), key=lambda mark: mark.word))
    return Sentence(offsets[0][0], offsets[-1][1], block, tokens, names, frames, events, stances)


def _stance(words: list[str], stood: Stood) -> StanceMark:
    sides, toward = (
        tuple(NamedSpan(*_range(words, part), label, stood.score) for label, part in parts)
        for parts in (stood.sides, stood.toward)
    )
    return StanceMark(_range(words, stood.word)[0], stood.act, 0.9, sides, toward)


def _mark(words: list[str], told: Told) -> EventMark:
    actor, recipient = (tuple(_range(words, part) for part in parts) for parts in (told.actor, told.recipient))
    return EventMark(
        _range(words, told.word)[0], told.type, told.score, told.mode, 0.9, told.status, 0.9, told.contexts,
        actor, recipient, 0.95, told.rivals, tuple((_range(words, part), chance) for part, chance in told.sure),
    )  # fmt: skip


def _frame(words: list[str], said: Said) -> Frame:
    roles = tuple(Role(*_range(words, part), label) for label, part in said.roles)
    return Frame(said.kind, _range(words, said.word)[0], roles, said.score)


def _range(words: list[str], part: str) -> tuple[int, int]:
    """The token range of words; "said#2" means the second time they stand there."""
    part, _, time = part.partition("#")
    wanted = part.split()
    found = [i for i in range(len(words)) if words[i : i + len(wanted)] == wanted]
    assert found, f"{part!r} is not in {' '.join(words)!r}"
    start = found[int(time or 1) - 1]
    return start, start + len(wanted)
