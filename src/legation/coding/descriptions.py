"""By which common nouns an article calls a person, and whom "the former director" means."""

from __future__ import annotations

from collections.abc import Iterator

from legation.coding.people import appositions_of, words_before
from legation.coding.phrases import Phrases

DEFINITE = frozenset({"the", "that", "this"})
# What may stand with a noun that means somebody named before: no "of Brazil", no clause.
ADJECTIVES = frozenset({"amod", "compound", "nmod:desc"})
LOOSE = frozenset({"det", "punct", "case", "cc", "conj", "appos", "nsubj", "cop", "mark", "advmod", "parataxis"})


def nouns_for(start: int, end: int, phrases: Phrases) -> Iterator[tuple[str, frozenset[str]]]:
    """The nouns by which a sentence calls the person whose name is the words `start` to `end`.

    Each with the words before it, lower case: "a former sanctions official" gives official, with former and sanctions.
    """
    spans = (*words_before(start, end, phrases), *appositions_of(start, end, phrases))
    heads = [phrases.head_of(first, last) for first, last in spans]
    for word in range(start, end):
        token = phrases.tokens[word]
        if token.deprel == "nsubj" and token.head >= 0 and phrases.child(token.head, "cop") is not None:
            heads.append(token.head)
    for head in heads:
        for at in phrases.conjuncts(head):
            token = phrases.tokens[at]
            if token.upos in ("NOUN", "PROPN") and not start <= at < end and token.xpos in ("NN", "NNP"):
                yield token.lemma.lower(), adjectives_of(at, phrases)


def adjectives_of(word: int, phrases: Phrases) -> frozenset[str]:
    """The adjectives and nouns that qualify a noun, lower case."""
    return frozenset(phrases.forms[c].lower() for c in phrases.children_in(word, *ADJECTIVES))


def is_mention_of_known(word: int, phrases: Phrases) -> bool:
    """Whether a noun can mean somebody named before: one, definite, without a clause or an "of" of its own."""
    if phrases.tokens[word].xpos not in ("NN", "NNP"):
        return False
    the = phrases.child(word, "det")
    if the is None or phrases.forms[the].lower() not in DEFINITE:
        return False
    return all(phrases.tokens[c].deprel.split(":")[0] in ADJECTIVES | LOOSE for c in phrases.children[word])


class Descriptions:
    """What each person of an article is called, and where each was named, in the order of the text."""

    def __init__(self) -> None:
        self._nouns: dict[str, dict[str, set[str]]] = {}
        self._named: list[tuple[int, str]] = []

    def add(self, key: str, start: int, end: int, phrases: Phrases) -> None:
        """Notes a mention of a person by name, the words `start` to `end` of a sentence."""
        self._named.append((phrases.tokens[start].start, key))
        for noun, adjectives in nouns_for(start, end, phrases):
            self._nouns.setdefault(key, {}).setdefault(noun, set()).update(adjectives)

    def bearer(self, word: int, phrases: Phrases) -> str | None:
        """The person named last before a noun who is called by it, with the adjectives it has; None without one."""
        if not is_mention_of_known(word, phrases):
            return None
        noun, adjectives = phrases.tokens[word].lemma.lower(), adjectives_of(word, phrases)
        here = phrases.tokens[word].start
        for at, key in sorted(self._named, reverse=True):
            if at < here and noun in (nouns := self._nouns.get(key, {})) and adjectives <= nouns[noun]:
                return key
        return None
