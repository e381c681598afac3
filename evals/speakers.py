"""Scores who speaks: a statement is resolved when its speaker is somebody by name, right when it is the right person.

The articles of `corpus/positions/speakers` are invented. Each source of a statement stands in them as `[[words|WHO]]`:
the name of a person, `BODY:` and a name, or `?` where the text names nobody or allows real doubt. A quotation without
any cue has its mark on its first words. Those of UNREAD only measure; the failures of all others are read: odd ones up
to 40 from the start, even ones since round 8 of docs/accuracy.md, those from 65 on since round 15.

A person is the right one when it is an entity of the kind person whose name fits: the words of one name are all in the
other ("Wolde", "Mulugeta Belete Wolde"), titles aside, and no other marked person's name fits as well. An entity
without a name ("professor", of the kinds unnamed and group) is nobody: it leaves the speaker open, and is not wrong.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from evals.counts import Counts
from legation.records import Entity, Report, Statement

OWN = Path(__file__).parent.parent / "corpus" / "positions" / "speakers"
UNREAD = range(41, 65)
"""Articles whose failures nobody reads."""
Kind = Literal["name", "role", "pronoun", "bare quotation"]
NAMELESS = frozenset({"unnamed", "group"})
KINDS: tuple[Kind, ...] = ("name", "role", "pronoun", "bare quotation")
_MARK = re.compile(r"\[\[([^|\]]+)\|([^\]|]+)\]\]")
_PRONOUNS = frozenset({"he", "she", "they", "i", "we", "it", "who", "his", "her", "their", "my", "our", "him", "them"})
_QUOTES = "\"“'‘"
_TITLES = frozenset({"mr", "mrs", "ms", "dr", "sir", "lady", "lord", "dame", "prof", "madame", "monsieur"})


@dataclass(frozen=True, slots=True)
class Mark:
    """The source of a statement: its place in the text (end exclusive), and who it is as it was marked."""

    start: int
    end: int
    words: str
    who: str

    @property
    def person(self) -> bool:
        """Whether it is a person who is named."""
        return self.who != "?" and not self.body

    @property
    def body(self) -> bool:
        """Whether it is a state or another body."""
        return self.who.startswith("BODY:")

    @property
    def kind(self) -> Kind:
        """In what words the person stands there."""
        if self.words[0] in _QUOTES:
            return "bare quotation"
        if self.words.casefold() in _PRONOUNS:
            return "pronoun"
        return "name" if name_words(self.words) & name_words(self.who) else "role"


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """An invented article with its marks in order; `number` is that of its file."""

    number: int
    title: str
    published: date
    source: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Of so many marked persons: for how many a statement was found, whose speaker has a name, the right one."""

    marked: int = 0
    found: int = 0
    resolved: int = 0
    right: int = 0

    def __add__(self, other: Resolved) -> Resolved:
        return Resolved(
            self.marked + other.marked,
            self.found + other.found,
            self.resolved + other.resolved,
            self.right + other.right,
        )

    @property
    def counts(self) -> Counts:
        """Those resolved against those marked: recall is the share of all that is right."""
        return Counts(self.right, self.marked, self.resolved)


@dataclass(frozen=True, slots=True)
class SpeakersScore:
    """Persons, all and by kind. Of marks of nobody: how many, and how many were given to a person that the article
    names; of bodies: how many, and how many were taken for a person."""

    persons: Resolved
    kinds: dict[Kind, Resolved]
    open: Counts
    bodies: Counts


def load_speakers(folder: Path = OWN) -> list[MarkedArticle]:
    """The articles of a folder, in the order of their numbers. Raises ValueError for a head or mark that is none."""
    return [read_marked(int(path.stem), path.read_text(encoding="utf-8")) for path in sorted(folder.glob("[0-9]*.txt"))]


def read_marked(number: int, written: str) -> MarkedArticle:
    """An article as it is written: lines `TITLE: ...`, `DATE: ...`, `SOURCE: ...`, an empty line, the marked text."""
    head, _, body = written.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    text, places = unmarked(body)
    marks = [Mark(start, end, text[start:end], who) for start, end, who in places]
    if "[[" in text or "]]" in text:
        raise ValueError(f"Article {number}: a mark is not of the form [[words|WHO]].")
    return MarkedArticle(
        number, fields["TITLE"], date.fromisoformat(fields["DATE"]), fields["SOURCE"], text, tuple(marks)
    )


def unmarked(body: str) -> tuple[str, list[tuple[int, int, str]]]:
    """The text of an article without its marks, and start, end and person of each mark."""
    text, marks, at = "", [], 0
    for found in _MARK.finditer(body):
        text += body[at : found.start()]
        marks.append((len(text), len(text) + len(found[1]), found[2]))
        text += found[1]
        at = found.end()
    return text + body[at:], marks


def score_speakers(articles: Sequence[MarkedArticle], reports: Sequence[Report]) -> SpeakersScore:
    """Scores reports, one an article, in the same order."""
    kinds: dict[Kind, Resolved] = dict.fromkeys(KINDS, Resolved())
    doubtful = bodies = Counts()
    for article, report in zip(articles, reports, strict=True):
        people = {mark.who for mark in article.marks if mark.person}
        for mark in article.marks:
            statement = statement_of(mark, report.statements)
            entity = named_speaker(statement, report.entities)
            taken = entity is not None and entity.kind == "person"
            if mark.person:
                right = entity is not None and is_the_person(entity, mark.who, people)
                kinds[mark.kind] += Resolved(1, int(statement is not None), int(entity is not None), int(right))
            elif mark.body:
                bodies += Counts(gold=1, predicted=int(taken))
            else:
                known = entity is not None and any(fits(entity.name, who) for who in people)
                doubtful += Counts(gold=1, predicted=int(taken and known))
    return SpeakersScore(sum(kinds.values(), Resolved()), kinds, doubtful, bodies)


def statement_of(mark: Mark, statements: Sequence[Statement]) -> Statement | None:
    """The statement that a mark is the source of: the one whose speaker shares most with it, for a bare quotation the
    one with most content of those whose content it is in."""
    if mark.kind == "bare quotation":
        around = [one for one in statements if any(_overlap(mark, span.start, span.end) > 0 for span in one.content)]
        return max(around, key=lambda one: sum(span.end - span.start for span in one.content), default=None)
    ranked = [
        (_overlap(mark, one.speaker.start, one.speaker.end) / max(one.speaker.end - one.speaker.start, 1), one)
        for one in statements
        if one.speaker is not None
    ]
    share, best = max(ranked, key=lambda item: item[0], default=(0.0, None))
    return best if share > 0 else None


def _overlap(mark: Mark, start: int, end: int) -> int:
    return min(mark.end, end) - max(mark.start, start)


def named_speaker(statement: Statement | None, entities: Sequence[Entity]) -> Entity | None:
    """The entity that makes a statement, if it has a name."""
    if statement is None or statement.speaker is None:
        return None
    identity = statement.speaker.entity
    return next((entity for entity in entities if entity.id == identity and entity.kind not in NAMELESS), None)


def is_the_person(entity: Entity, who: str, people: Collection[str]) -> bool:
    """Whether an entity is the person of this name, and nobody else of these people."""
    return (
        entity.kind == "person"
        and fits(entity.name, who)
        and not any(fits(entity.name, other) for other in people if other != who)
    )


def fits(name: str, other: str) -> bool:
    """Whether all words of one name are in the other, titles and accents aside."""
    one, two = name_words(name), name_words(other)
    return bool(one and two) and (one <= two or two <= one)


def name_words(name: str) -> frozenset[str]:
    """The words and parts of words of a name in small letters, without accents, titles and the possessive ending."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    words = re.findall(r"[^\W_]+", re.sub(r"['’]s\b", "", plain))
    return frozenset(words) - _TITLES
