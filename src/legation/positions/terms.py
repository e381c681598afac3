"""Words and phrases of a list, found in text: how a term is written, what it matches, and an index of many at once.

A term is one or more words parted by blanks ("free trade"); hyphens and apostrophes part words as well. A word matches
its regular and irregular forms ("lift": lifts, lifted, lifting); one that ends in "*" all that begin so; one with a
capital letter only itself, as it is written. American and British spellings are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic, NamedTuple, TypeVar

Owner = TypeVar("Owner")
SHORTEST_PREFIX = 3
_WORD = re.compile(r"[^\W_]+")
_LONGEST_KEPT = 5
_SPELLINGS = (
    (re.compile(r"(?<=[a-z])iz(?=[aei])"), "is"),
    (re.compile(r"our(?!$)(?=[a-z])|(?<=[a-z]{3})our$"), "or"),
    (re.compile(r"^(def|off|pret)ense"), r"\1ence"),
    (re.compile(r"^program(me)?(?=$|s$)"), "program"),
    (re.compile(r"^maneuver"), "manoeuvre"),
    (re.compile(r"^(cent|theat)er(?=$|s$)"), r"\1re"),
)
# What every word has that one of the spellings changes: most words have none, and are looked at once.
_RESPELLED = re.compile(r"iz[aei]|our|^(def|off|pret)ense|^program|^maneuver|^(cent|theat)er")
_IRREGULAR: dict[str, tuple[str, ...]] = {
    base: tuple(others)
    for base, *others in (
        entry.split("/")
        for entry in """
        arise/arose/arisen be/is/are/was/were/been/being bear/bore/borne begin/began/begun bind/bound blow/blew/blown
        break/broke/broken bring/brought build/built buy/bought catch/caught choose/chose/chosen come/came deal/dealt
        die/dying dig/dug draw/drew/drawn drive/drove/driven fall/fell/fallen feed/fed fight/fought find/found flee/fled
        fly/flew/flown forbid/forbade/forbidden forget/forgot/forgotten forgive/forgave/forgiven freeze/froze/frozen
        get/got give/gave/given go/went/gone grow/grew/grown hang/hung have/has/had hear/heard hide/hid/hidden hold/held
        keep/kept kneel/knelt lay/laid lead/led leave/left lend/lent let/letting lie/lay/lain/lying lose/lost make/made
        meet/met overthrow/overthrew/overthrown pay/paid rise/rose/risen see/saw/seen seek/sought sell/sold send/sent
        shake/shook/shaken shoot/shot shut/shutting sit/sat speak/spoke/spoken spend/spent stand/stood strike/struck
        swear/swore/sworn take/took/taken teach/taught tear/tore/torn tell/told think/thought throw/threw/thrown
        undergo/underwent undo/undid/undone uphold/upheld wear/wore/worn win/won withdraw/withdrew/withdrawn
        withhold/withheld write/wrote/written man/men woman/women child/children foot/feet wife/wives life/lives
        wolf/wolves thief/thieves leaf/leaves crisis/crises person/people
        """.split()
    )
}


@lru_cache(maxsize=1 << 14)
def fold(word: str) -> str:
    """A word in small letters and one spelling: "Recognize" is "recognise", "Defense" "defence", "labour" "labor"."""
    word = word.lower()
    if len(word) >= _LONGEST_KEPT and _RESPELLED.search(word):
        for pattern, spelling in _SPELLINGS:
            word = pattern.sub(spelling, word)
    return word


@lru_cache(maxsize=1 << 14)
def singular(word: str) -> str:
    """A word, folded and without the ending of the plural, which is that of a verb's third person too."""
    word = fold(word)
    if len(word) <= _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("sses", "xes", "zes", "ches", "shes")) else word[:-1]


_SHORTEST_PLURAL = 3


def words_of(text: str) -> list[str]:
    """The words of a text as they are written, in order."""
    return _WORD.findall(text)


@cache
def forms(word: str) -> frozenset[str]:
    """The forms that a word in its base form has in English, folded; more than there are, where it is no verb."""
    found = {word, *_endings(word), *_IRREGULAR.get(word, ())}
    return frozenset(map(fold, found))


def _endings(word: str) -> Iterator[str]:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        yield word + "es"
    elif word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        yield from (word[:-1] + "ies", word[:-1] + "ied", word + "ing")
        return
    else:
        yield word + "s"
    if word.endswith("e"):
        yield from (word + "d", word[:-1] + "ing")
        return
    yield from (word + "ed", word + "ing")
    if re.search(r"(?<![aeiou])[aeiou][bdfglmnprt]$", word):
        yield from (word + word[-1] + "ed", word + word[-1] + "ing")


def fault_of_term(term: str) -> str | None:
    """What is wrong with a term, as a sentence that says what to do; None where nothing is."""
    words = term.split()
    if not words:
        return f"The term {term!r} has no letters: write a word, or take it out."
    for word in words:
        if not _WORD.search(word):
            return f"The term {term!r} has no letters in {word!r}: write a word, or take it out."
        if "*" in word[:-1]:
            return f'In the term {term!r} a "*" stands inside a word: it may only end one.'
        if word.endswith("*") and len(word) <= SHORTEST_PREFIX:
            return f"The term {term!r} would match too much: write at least {SHORTEST_PREFIX} letters before the star."
    return None


@dataclass(frozen=True, slots=True, eq=False)
class Term(Generic[Owner]):
    """A term of an owner. `slots` holds what each word may be: a set of forms, or the letters it begins with."""

    text: str
    owner: Owner
    slots: tuple[frozenset[str] | str, ...]

    def __len__(self) -> int:
        return len(self.slots)


def term_of(text: str, owner: Owner) -> Term[Owner]:
    """Compiles a term that `fault_of_term` finds nothing wrong with."""
    slots: list[frozenset[str] | str] = []
    for piece in text.split():
        *whole, last = _WORD.findall(piece)
        slots += [_slot(word) for word in whole]
        slots.append(fold(last) if piece.endswith("*") else _slot(last))
    return Term(text, owner, tuple(slots))


def _slot(word: str) -> frozenset[str]:
    return forms(word) if word.islower() or word.isdigit() else frozenset((word,))


class Found(NamedTuple, Generic[Owner]):
    """A term and the place, in words, where it begins."""

    term: Term[Owner]
    start: int


@dataclass(frozen=True, slots=True)
class _Starting(Generic[Owner]):
    """The terms that may start with a word: whole ones, longer ones by the second word, and those with a star there."""

    whole: tuple[Term[Owner], ...]
    longer: Mapping[str, Sequence[Term[Owner]]]
    starred: tuple[Term[Owner], ...]


Source = Callable[[str], Iterable[Term[Owner]]]
"""The terms that start with a word, by any form of it; those that start with letters, by these with a star behind."""


class Index(Generic[Owner]):
    """Many terms, found in one pass over the words of a text."""

    def __init__(self, source: Source[Owner]) -> None:
        self._source = source
        self._known: dict[str, _Starting[Owner] | None] = {}

    def find(self, words: Sequence[str]) -> list[Found[Owner]]:
        """Every term that stands in the words, in the order of their starts; terms may overlap."""
        known, found = self._known, []
        for start, word in enumerate(words):
            starting = known[word] if word in known else self._learn(word)
            if starting is None:
                continue
            found += [Found(term, start) for term in starting.whole]
            if start + 1 < len(words) and (starting.longer or starting.starred):
                found += [Found(term, start) for term in _longer(starting, words, start)]
        return found

    def _learn(self, word: str) -> _Starting[Owner] | None:
        """What may start with a word; kept, since few words make up most of a text."""
        folded = fold(word)
        terms = [*self._source(folded)]
        if word != folded:
            terms += self._source(word)
        for length in range(SHORTEST_PREFIX, len(folded) + 1):
            terms += self._source(folded[:length] + "*")
        longer: dict[str, list[Term[Owner]]] = {}
        for term in terms:
            for form in term.slots[1] if len(term.slots) > 1 and not isinstance(term.slots[1], str) else ():
                longer.setdefault(form, []).append(term)
        starting = _Starting(
            tuple(term for term in terms if len(term.slots) == 1),
            longer,
            tuple(term for term in terms if len(term.slots) > 1 and isinstance(term.slots[1], str)),
        )
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        self._known[word] = starting if terms else None
        return starting if terms else None


_MOST_KEPT = 1 << 15


def _longer(starting: _Starting[Owner], words: Sequence[str], start: int) -> Iterator[Term[Owner]]:
    """The terms of several words that begin at a place where another word follows; each once."""
    following = words[start + 1]
    folded = fold(following)
    terms: Iterable[Term[Owner]] = starting.longer.get(folded, ())
    if folded != following and following in starting.longer:
        terms = dict.fromkeys((*terms, *starting.longer[following]))
    for term in terms:
        if len(term.slots) == 2 or _goes_on(term.slots, words, start):
            yield term
    for term in starting.starred:
        if _goes_on(term.slots, words, start):
            yield term


def _goes_on(slots: Sequence[frozenset[str] | str], words: Sequence[str], start: int) -> bool:
    if start + len(slots) > len(words):
        return False
    for slot, word in zip(slots[1:], words[start + 1 :], strict=False):
        folded = fold(word)
        if not (folded.startswith(slot) if isinstance(slot, str) else folded in slot or word in slot):
            return False
    return True


def starts_of(term: Term[Owner]) -> Iterable[str]:
    """The keys under which a source has a term."""
    first = term.slots[0]
    return (first + "*",) if isinstance(first, str) else first


def index_of(pairs: Iterable[tuple[str, Owner]]) -> Index[Owner]:
    """An index of terms, each with its owner."""
    terms: dict[str, list[Term[Owner]]] = {}
    for text, owner in pairs:
        term = term_of(text, owner)
        for start in starts_of(term):
            terms.setdefault(start, []).append(term)
    return Index(lambda start: terms.get(start, ()))
