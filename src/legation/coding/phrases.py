"""Questions about one read sentence: heads, children, phrases, the words of a span."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice

from legation.records import Frame, Role, Sentence, Span

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"})
QUALIFIED = frozenset({"NOUN", "PROPN", "ADJ"})
EMPTY = frozenset({"DET", "PUNCT", "ADP", "CCONJ", "SCONJ", "PART", "AUX"})
"""Parts of speech that name nobody by themselves."""
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "nsubj:outer")
OPEN, CLOSE, STRAIGHT = "“", "”", '"'
MARKS = frozenset({"``", "''", OPEN, CLOSE, STRAIGHT})
"""Marks of a quotation."""


class Phrases:
    """A sentence with its tree turned around, so that a word knows its children.

    Word arguments and results are token indices; ranges are (start, end) with the end exclusive.
    """

    def __init__(self, sentence: Sentence, body: str) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.body = body
        self.known_beside: dict[tuple[int, int], tuple[list[tuple[int, int]], list[tuple[int, int]]]] = {}
        """What `appositions.beside` has found, by the names it was asked for."""

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The children of each word, in order."""
        found: list[list[int]] = [[] for _ in self.tokens]
        for index, token in enumerate(self.tokens):
            if token.head >= 0:
                found[token.head].append(index)
        return tuple(map(tuple, found))

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The words as written."""
        return tuple(token.text for token in self.tokens)

    @cached_property
    def small(self) -> tuple[str, ...]:
        """The words in small letters."""
        return tuple(form.lower() for form in self.forms)

    @cached_property
    def large_names(self) -> tuple[int, ...]:
        """The proper nouns that begin with a capital, in order."""
        return tuple(i for i, t in enumerate(self.tokens) if t.upos == "PROPN" and t.text[:1].isupper())

    @cached_property
    def frames(self) -> dict[int, Frame]:
        """The predicate frame of each word that evokes one."""
        return {frame.word: frame for frame in self.sentence.frames if frame.kind == "predicate"}

    @cached_property
    def cases(self) -> dict[int, str]:
        """The preposition of each nominal that has one, as `case` gives it."""
        found: dict[int, str] = {}
        for index, token in enumerate(self.tokens):
            if token.deprel == "case" and token.head not in found:
                parts = [index, *self.children_in(index, "fixed")]
                found[token.head] = " ".join(self.tokens[p].text.lower() for p in parts)
        return found

    def child(self, word: int, *relations: str) -> int | None:
        """The first child of `word` in one of the relations."""
        tokens = self.tokens
        for child in self.children[word]:
            if tokens[child].deprel in relations:
                return child
        return None

    def children_in(self, word: int, *relations: str) -> Iterator[int]:
        """The children of `word` in any of the relations, in order."""
        return (c for c in self.children[word] if self.tokens[c].deprel in relations)

    def head_of(self, start: int, end: int) -> int:
        """The word of a range that depends on none inside it; of several the last noun of the first unbroken phrase."""
        outside = [i for i in range(start, end) if not start <= self.tokens[i].head < end]
        nominal = [i for i in outside if self.tokens[i].upos in NOMINAL]
        real = [i for i in outside if self.tokens[i].upos != "PUNCT"]
        found = (nominal or real or outside or [start])[0]
        for at in nominal[1:]:
            if any(self.tokens[i].upos not in QUALIFIED for i in range(found + 1, at)):
                break
            # A name behind a noun is whom it tells of: "the frigate Audacia".
            names = self.tokens[found].upos in ("NOUN", "PROPN")
            found = at if self.tokens[at].upos == "NOUN" or not names else found
        return found

    def subtree(self, word: int) -> tuple[int, int]:
        """The smallest range that holds `word` and all below it."""
        low = high = word
        stack = [word]
        while stack:
            at = stack.pop()
            low, high = min(low, at), max(high, at)
            stack.extend(self.children[at])
        return low, high + 1

    def conjuncts(self, word: int) -> list[int]:
        """`word` and what is joined to it by "and" or a comma."""
        found = [word]
        for child in self.children_in(word, "conj"):
            found += self.conjuncts(child)
        return found

    def case(self, word: int) -> str | None:
        """The preposition of a nominal, lower case, its fixed parts joined by blanks; None without one."""
        return self.cases.get(word)

    def obliques(self, word: int, *prepositions: str) -> Iterator[int]:
        """Nominals that hang on `word` by one of the prepositions, in the order of these."""
        found = []
        for child in self.children[word]:
            case = self.cases.get(child)
            if case in prepositions and self.tokens[child].deprel.startswith(("obl", "nmod", "acl", "advcl")):
                found.append((prepositions.index(case), child))
        found.sort()
        return (child for _, child in found)

    def roles(self, word: int, label: str) -> list[Role]:
        """Arguments of the frame that `word` evokes, by label."""
        frame = self.frames.get(word)
        return [role for role in frame.roles if role.label == label] if frame else []

    def said_by(self, word: int) -> Iterator[tuple[Frame, Role]]:
        """The attributions in whose source a word stands, each with that source."""
        for frame in self.sentence.frames:
            if frame.kind == "attribution":
                sources = (r for r in frame.roles if r.label == "SOURCE" and r.start <= word < r.end)
                yield from ((frame, source) for source in islice(sources, 1))

    def is_empty(self, start: int, end: int) -> bool:
        """Whether a range holds only words that name nobody by themselves: an article, a stroke."""
        return all(token.upos in EMPTY for token in self.tokens[start:end])

    def subject(self, word: int) -> int | None:
        """The subject of a verb, through conjunction and control where it has none of its own."""
        at: int | None = word
        for _ in range(6):
            if at is None or at < 0:
                return None
            found = self.child(at, *SUBJECTS)
            if found is not None:
                return found
            token = self.tokens[at]
            if token.deprel == "acl:relcl" or token.deprel == "acl":
                return token.head
            at = token.head if token.deprel in ("conj", "xcomp", "advcl", "root", "ccomp", "parataxis") else None
        return None

    def auxiliaries(self, word: int) -> frozenset[str]:
        """Lower-case auxiliaries of a verb (or of the copular predicate)."""
        return frozenset(self.tokens[c].text.lower() for c in self.children_in(word, "aux", "aux:pass"))

    def span(self, start: int, end: int) -> Span:
        """The text of a token range."""
        low, high = self.tokens[start].start, self.tokens[end - 1].end
        return Span(low, high, self.body[low:high])

    def text(self, start: int, end: int) -> str:
        """The words of a token range as they stand in the text, white space made single."""
        return " ".join(self.span(start, end).text.split())
