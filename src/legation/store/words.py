"""Words as the search compares them, and queries as they are typed.

A token is a word in small letters without accents, in one spelling ("defence" is "defense"), reduced to its stem, so
that "sanctioned" finds "sanctions". Both databases get tokens, never words, and so find the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Protocol

from legation.errors import UsageError
from legation.positions.terms import fold

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:['’]s)?|[^\W_]+(?:['’][^\W_]+)*")
# One clause of a query: a sign that excludes, then words in quotation marks or one without blanks.
_CLAUSE = re.compile(r'(?P<no>-?)(?:["“”](?P<phrase>[^"“”]*)["“”]?|(?P<word>[^\s"“”]+))')
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "’": "'"})
LONGEST_TOKEN = 100
MOST_CLAUSES = 32
"""More words than anybody types; each costs a look into the index."""


def tokens_of(text: str) -> list[str]:
    """The tokens of a text in their order.

    >>> tokens_of("The U.N.’s inspectors re-entered Côte d’Ivoire’s labour camps in 2024.")
    ['the', 'un', 'inspector', 're', 'enter', 'cote', 'divoir', 'labor', 'camp', 'in', '2024']
    """
    return [token for word in _WORD.findall(text) if (token := token_of(word))]


def places_of(text: str) -> Iterator[tuple[int, int, str]]:
    """The words of a text with where they stand, as they are, not yet tokens."""
    return ((found.start(), found.end(), found[0]) for found in _WORD.finditer(text))


@lru_cache(maxsize=1 << 17)
def token_of(word: str) -> str:
    """One word as a token; "" where nothing is left of it."""
    plain = _folded(word)
    if plain.isascii() and plain.isalpha() and len(plain) > 2:
        plain = _stemmer().stemWord(fold(plain))
    return plain[:LONGEST_TOKEN]


def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold().translate(_PLAIN))
    kept = "".join(sign for sign in plain if sign.isalnum() or sign == "'")
    return kept.removesuffix("'s").replace("'", "")


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


@cache
def _stemmer() -> _Stemmer:
    import snowballstemmer

    found: _Stemmer = snowballstemmer.stemmer("english")
    return found


# ---------------------------------------------------------------- queries


@dataclass(frozen=True, slots=True)
class Term:
    """Tokens that must follow each other; `open_end` where the last one may go on ("sanct*")."""

    tokens: tuple[str, ...]
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """What is sought: of each group one term, and none of those that are unwanted."""

    wanted: tuple[tuple[Term, ...], ...]
    unwanted: tuple[Term, ...] = ()


def parse_query(text: str) -> Query:
    """A query as it was typed: words, "words that follow each other", word*, -without, OR between two.

    Every other sign parts words; nothing a user types is an error but a query without any word to look for, for which
    it raises UsageError.

    >>> parse_query('missile OR rocket "red line" -drill').wanted
    ((Term(tokens=('missil',), open_end=False), Term(tokens=('rocket',), open_end=False)), \
(Term(tokens=('red', 'line'), open_end=False),))
    """
    wanted: list[list[Term]] = []
    unwanted: list[Term] = []
    joins = False
    for found in list(_CLAUSE.finditer(text))[:MOST_CLAUSES]:
        if found["word"] == "OR" and not found["no"]:
            joins = bool(wanted)
            continue
        term = _term(found)
        if term is None:
            continue
        if found["no"]:
            unwanted.append(term)
        elif joins:
            wanted[-1].append(term)
        else:
            wanted.append([term])
        joins = False
    if not wanted:
        raise UsageError("There is nothing to look for: give at least one word that is to be found.", subject=text)
    return Query(tuple(map(tuple, wanted)), tuple(unwanted))


def _term(found: re.Match[str]) -> Term | None:
    word = found["word"] or ""
    open_end = word.endswith("*") and len(word.rstrip("*")) > 1
    words = _WORD.findall(found["phrase"] or word)
    tokens = [token for one in words if (token := token_of(one))]
    return Term(tuple(tokens), open_end) if tokens else None


def marks_in(text: str, query: Query) -> list[tuple[int, int]]:
    """Where the wanted words stand in a text, first to last, none within another."""
    terms = [term for group in query.wanted for term in group]
    starts = tuple({token[0] for term in terms for token in term.tokens})
    words = [(start, end, _sought(word, starts)) for start, end, word in places_of(text)]
    found = sorted(span for term in terms for span in _places(term, words))
    kept: list[tuple[int, int]] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _sought(word: str, starts: tuple[str, ...]) -> str:
    """A word's token where it may be one that is sought; stemming every word of an article would take too long."""
    return token_of(word) if _folded(word).startswith(starts) else ""


def _places(term: Term, words: Sequence[tuple[int, int, str]]) -> Iterator[tuple[int, int]]:
    size = len(term.tokens)
    for at in range(len(words) - size + 1):
        if all(_is(words[at + n][2], token, term.open_end and n == size - 1) for n, token in enumerate(term.tokens)):
            yield words[at][0], words[at + size - 1][1]


def _is(token: str, sought: str, open_end: bool) -> bool:
    return token.startswith(sought) if open_end else token == sought
