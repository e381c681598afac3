"""Kin: who is whose wife, son or father by the words beside a name, and whom "her husband" then means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from legation.coding.appositions import beside
from legation.coding.names import Mention
from legation.coding.personal import KIN
from legation.coding.phrases import Phrases

_CHILDREN = frozenset({"son", "daughter", "child"})
_PARENTS = frozenset({"father", "mother", "parent"})
_SIBLINGS = frozenset({"brother", "sister"})
_YOUNGER, _OLDER = frozenset({"nephew", "niece"}), frozenset({"uncle", "aunt"})
INVERSE = {
    "husband": frozenset({"wife", "spouse"}), "wife": frozenset({"husband", "spouse"}),
    "spouse": frozenset({"husband", "wife", "spouse"}), "widow": frozenset({"husband"}), "widower": frozenset({"wife"}),
    **dict.fromkeys(_PARENTS, _CHILDREN), **dict.fromkeys(_CHILDREN, _PARENTS), **dict.fromkeys(_SIBLINGS, _SIBLINGS),
    **dict.fromkeys(_OLDER, _YOUNGER), **dict.fromkeys(_YOUNGER, _OLDER), "cousin": frozenset({"cousin"}),
}  # fmt: skip
"""What those are to whom somebody is: to whom she is the daughter, he is the father."""


SPEAKERS, SEVERAL = frozenset({"my", "our", "your"}), frozenset({"our", "your"})
"""Owners of kin that only who speaks, and to whom, tells; those of them that are not one person."""
FAMILY = frozenset({"husband", "wife", "spouse", "widow", "widower"}) | _CHILDREN | _PARENTS | _SIBLINGS
"""Those who mostly share a family name with whose kin they are."""


@dataclass(frozen=True, slots=True)
class Kin:
    """That a person, by key, is the `noun` of whom word `owner` of a sentence means."""

    key: str
    noun: str
    sentence: int
    owner: int


def kin_noun(word: int, phrases: Phrases, owners: Set[str] = SPEAKERS) -> tuple[str, int] | None:
    """The noun for one kinsman and the word for whose he is, in "her father"; None elsewhere, and behind `owners`."""
    noun, owner = phrases.tokens[word].lemma.lower(), phrases.child(word, "nmod:poss")
    if noun not in KIN or owner is None or phrases.tokens[word].xpos != "NN":
        return None
    return None if phrases.forms[owner].lower() in owners else (noun, owner)


def kin_told(mention: Mention, phrases: Phrases) -> Iterator[Kin]:
    """The kinship that the words beside a name tell: "his daughter, Oda Lind", "Oda Lind, the captain's wife"."""
    before, apposed = beside(mention.start, mention.end, phrases)
    for start, end in (*before, *apposed):
        for word in range(start, end):
            noun, owner = phrases.tokens[word].lemma.lower(), phrases.child(word, "nmod:poss")
            if noun in KIN and owner is not None:
                yield Kin(mention.key, noun, mention.sentence, owner)


def only_kin(told: Sequence[Kin], number: int, word: int, phrases: Phrases) -> str | None:
    """The key of the only person named up to a sentence who was called the kin that "his wife" means."""
    found = kin_noun(word, phrases)
    keys = {one.key for one in told if found is not None and one.noun == found[0] and one.sentence <= number}
    return keys.pop() if len(keys) == 1 else None
