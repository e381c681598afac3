"""Whether a text tells of a woman or a man: titles, words beside a name, and the given name itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from legation.coding.descriptions import nouns_for
from legation.coding.names import Mention
from legation.coding.phrases import Phrases
from legation.shipped import read_table

Gender = Literal["m", "f"]
GENDERS: dict[str, Gender] = {"m": "m", "f": "f"}
FAMILY_FIRST = frozenset({"chinese", "korean", "vietnamese", "khmer", "japanese", "hungarian"})
"""Origins of given names that may stand behind the family name."""
ENDINGS: dict[str, Gender] = {
    "dóttir": "f", "dottir": "f", "ovna": "f", "evna": "f", "ová": "f", "skaya": "f", "ovich": "m", "evich": "m",
}  # fmt: skip
"""Ends of patronymics and family names that tell the gender."""


@cache
def gender_words() -> dict[str, Gender]:
    """The gender of those whom a title or noun means, by the word in lower case."""
    return {row["word"].lower(): GENDERS[row["gender"]] for row in read_table("gender_words.csv")}


@cache
def given_names() -> dict[str, tuple[Gender | None, str]]:
    """Gender (None where both bear it) and origin of each given name, by the name in plain lower-case letters."""
    found: dict[str, tuple[Gender | None, str]] = {}
    for row in read_table("given_names.csv"):
        key, gender = plain(row["name"]), GENDERS.get(row["gender"])
        found[key] = (gender if key not in found or found[key][0] == gender else None, row["origin"])
    return found


def plain(name: str) -> str:
    """A name in lower case without accents."""
    return "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))


@dataclass(frozen=True, slots=True)
class Sign:
    """The gender of a person; `sure` is False where only a name that may be a family name tells it."""

    gender: Gender
    sure: bool = True


def genders_of(sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]) -> dict[str, Sign]:
    """The gender of each person of a text, by key; those left out are unknown, or their signs disagree.

    What the text says (a title, "her husband", "the actress") counts before what the given name tells.
    """
    said: dict[str, set[Gender]] = {}
    named: dict[str, set[Gender]] = {}
    bare: dict[str, set[Gender]] = {}
    for mentions in names:
        for mention in mentions:
            if mention.kind == "person":
                said.setdefault(mention.key, set()).update(_said(mention, sentences[mention.sentence]))
                named.setdefault(mention.key, set()).update(of_name(mention.name))
                bare.setdefault(mention.key, set()).update(_of_bare(mention.name))
    signs: dict[str, Sign] = {}
    for key in named:
        found = next((one for one in (said[key], named[key], bare[key]) if len(one) == 1), None)
        if found is not None:
            signs[key] = Sign(next(iter(found)), found is not bare[key])
    return signs


def of_name(name: str) -> Iterator[Gender]:
    """The gender that a name of several words tells by its given name or by an ending; nothing where it tells none."""
    words = name.split()
    if len(words) < 2:
        return
    own = gender_words().get(words[1].lower()) if words[1].islower() else None
    ending = next((g for word in words[1:] for end, g in ENDINGS.items() if word.lower().endswith(end)), None)
    gender = own or ending or _given(words)
    if gender is not None:
        yield gender


def _of_bare(name: str) -> Iterator[Gender]:
    """The gender of those who bear a single name as their given one."""
    gender, _ = given_names().get(plain(name), (None, ""))
    if gender is not None and " " not in name:
        yield gender


def _given(words: Sequence[str]) -> Gender | None:
    """What the table says of the first two names or the first; else of a last one whose people put it there."""
    for key in (" ".join(words[:2]), words[0], words[0].split("-")[0]):
        gender, _ = given_names().get(plain(key), (None, ""))
        if gender is not None and len(words) > len(key.split()):
            return gender
    for key in (" ".join(words[1:]), words[-1]):
        gender, origin = given_names().get(plain(key), (None, ""))
        if origin in FAMILY_FIRST:
            return gender
    return None


def _said(mention: Mention, phrases: Phrases) -> Iterator[Gender]:
    """The genders of the titles and nouns that a sentence gives the bearer of a name."""
    at = mention.start
    while at > 0 and (gender := gender_words().get(phrases.forms[at - 1].rstrip(".").lower())) is not None:
        yield gender
        at -= 1
    for noun, _ in nouns_for(mention.start, mention.end, phrases):
        if noun in gender_words():
            yield gender_words()[noun]
