"""Whether a name that a user gives is that of a speaker: as forgiving as the registry is."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache

from legation.positions.said import Said
from legation.shipped import read_table

# Letters that are no letter with an accent.
_PLAIN = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
_COURTESY = ("mr", "mrs", "ms", "miss", "dr", "prof", "sir", "lord", "lady", "dame")


def speaks_as(name: str) -> Callable[[Said], bool]:
    """A test whether a statement is by the one of that name.

    Case, accents, hyphens, full stops, a leading "the" and titles do not count. The name of a person may be given
    whole or in part ("Volkmuth"); the parts must be whole words that stand together in the speaker's name, or in the
    words of the text where it does not tell who speaks.
    """
    wanted = _without_titles(name_words(name))

    def fits(said: Said) -> bool:
        return bool(wanted) and _holds(name_words(said.speaker or ""), wanted)

    return fits


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name as they are compared.

    >>> name_words("the Élysée's Jean-Luc O’Hara Jr.")
    ('the', 'elysee', 'jean', 'luc', "o'hara", 'jr')
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").casefold().translate(_PLAIN))
    kept = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace("-", " ").replace(".", "")
    return tuple(word.removesuffix("'s") for word in kept.split())


def _holds(words: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words) - len(wanted) + 1))


def _without_titles(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words behind "the" and titles; all of them where nothing else is there."""
    whole = rest = words[1:] if words[:1] == ("the",) and len(words) > 1 else words
    while len(rest) > 1:
        length = next((size for size in range(len(rest) - 1, 0, -1) if rest[:size] in _titles()), 0)
        if not length:
            break
        rest = rest[length:]
    # "The police chief" is no Mr. Chief.
    return whole if {whole, rest} & _titles() else rest


@cache
def _titles() -> frozenset[tuple[str, ...]]:
    shipped = (name_words(row["title"]) for row in read_table("titles.csv"))
    return frozenset([*shipped, *((word,) for word in _COURTESY)])
