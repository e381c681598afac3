"""By which common nouns an article calls a person, and whom "the former director" means."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Mapping
from functools import cache

from legation.coding.appositions import beside
from legation.coding.names import is_title
from legation.coding.phrases import Phrases
from legation.coding.standing import PAST
from legation.shipped import read_table

DEFINITE = frozenset({"the", "that", "this"})
# What may stand with a noun that means somebody named before: no "of Brazil", no clause.
ADJECTIVES = frozenset({"amod", "compound", "nmod:desc"})
LOOSE = frozenset({"det", "punct", "case", "cc", "conj", "appos", "nsubj", "cop", "mark", "advmod", "parataxis"})
REFLEXIVES = frozenset({"himself", "herself"})
AGENTS = ("er", "r", "or")
# Who speaks for a union is not called the speaker, nor who says so the sayer.
NO_AGENTS = frozenset({"speak", "say", "see", "come", "let", "read"})
SHORTEST_END = 5
"""Letters that the end of a noun needs to stand for it: "teacher" for schoolteacher."""


def nouns_for(start: int, end: int, phrases: Phrases) -> Iterator[tuple[str, frozenset[str]]]:
    """The nouns by which a sentence calls the person whose name is the words `start` to `end`.

    Each with the words before it, lower case: "a former sanctions official" gives official, with former and sanctions.
    """
    before, apposed = beside(start, end, phrases)
    heads = [phrases.head_of(first, last) for first, last in (*before, *apposed)]
    for word in range(start, end):
        token = phrases.tokens[word]
        if token.deprel == "nsubj" and token.head >= 0 and phrases.child(token.head, "cop") is not None:
            heads.append(token.head)
    for head in heads:
        for at in phrases.conjuncts(head):
            token = phrases.tokens[at]
            if token.upos in ("NOUN", "PROPN") and not start <= at < end and token.xpos in ("NN", "NNP"):
                yield token.lemma.lower(), adjectives_of(at, phrases) | _fields(at, phrases)
    yield from ((noun, frozenset()) for noun in (*_addressed(start, phrases), *_agents(start, end, phrases)))


def _fields(word: int, phrases: Phrases) -> frozenset[str]:
    """What an office is for, as it may stand before the noun: "minister of trade" may be called the trade minister."""
    return frozenset(phrases.forms[at].lower() for at in phrases.obliques(word, "of", "for"))


def _addressed(start: int, phrases: Phrases) -> Iterator[str]:
    """The titles and forms of address right before a name, without full stops: "Maj. Anders Lund" gives maj."""
    for word in reversed(phrases.forms[:start]):
        if not word[:1].isupper() or not (word.endswith(".") or is_title(word)):
            return
        yield word.rstrip(".").lower()


def _agents(start: int, end: int, phrases: Phrases) -> Iterator[str]:
    """What somebody is by a clause: "who edits a monthly" makes an editor, "who works as a nurse" a nurse."""
    for word in range(start, end):
        for verb in phrases.children_in(word, "acl:relcl"):
            for at in phrases.conjuncts(verb):
                lemma = phrases.tokens[at].lemma.lower()
                if phrases.tokens[at].upos == "VERB" and lemma not in NO_AGENTS:
                    yield from (lemma + ending for ending in AGENTS)
                    yield from (phrases.tokens[noun].lemma.lower() for noun in phrases.obliques(at, "as"))
                elif phrases.tokens[at].upos == "NOUN" and phrases.child(at, "cop") is not None:
                    yield lemma


def adjectives_of(word: int, phrases: Phrases) -> frozenset[str]:
    """The adjectives and nouns that qualify a noun, lower case."""
    return frozenset(phrases.forms[c].lower() for c in phrases.children_in(word, *ADJECTIVES))


def is_mention_of_known(word: int, phrases: Phrases, end: int | None = None) -> bool:
    """Whether a noun can mean somebody named before: one, definite, without a clause or an "of" of its own.

    What stands from `end` on is known not to belong to it.
    """
    if phrases.tokens[word].xpos not in ("NN", "NNP"):
        return False
    the = phrases.child(word, "det")
    if the is None or phrases.forms[the].lower() not in DEFINITE:
        return False
    return all(_is_loose(child, phrases) for child in phrases.children[word] if end is None or child < end)


def _is_loose(word: int, phrases: Phrases) -> bool:
    if phrases.forms[word].lower() in REFLEXIVES:
        return True
    # "The major, who is 31": a clause behind a comma only adds to whom the noun means.
    if phrases.tokens[word].deprel in ("acl", "acl:relcl"):
        return phrases.forms[phrases.subtree(word)[0] - 1] == "," or phrases.forms[phrases.subtree(word)[0]] == ","
    return phrases.tokens[word].deprel.split(":")[0] in ADJECTIVES | LOOSE


class Descriptions:
    """What each person of an article is called, and where each was named, in the order of the text."""

    def __init__(self) -> None:
        self._nouns: dict[str, dict[str, set[str]]] = {}
        self._named: list[tuple[int, str]] = []

    def add(self, key: str, start: int, end: int, phrases: Phrases) -> None:
        """Notes a mention of a person by name, the words `start` to `end` of a sentence."""
        insort(self._named, (phrases.tokens[start].start, key))
        for noun, adjectives in nouns_for(start, end, phrases):
            self._nouns.setdefault(key, {}).setdefault(noun, set()).update(adjectives)

    def bearer(self, word: int, phrases: Phrases, end: int | None = None) -> str | None:
        """The person named last before a noun who is called by it, with the adjectives it has; None without one.

        That somebody is no longer what he was ("the former minister") the article need not have said before, where
        one person only is called so, or the one named last. What stands from word `end` on does not belong to the noun.
        """
        if not is_mention_of_known(word, phrases, end):
            return None
        noun, adjectives = phrases.tokens[word].lemma.lower(), adjectives_of(word, phrases)
        here = phrases.tokens[word].start
        before = [key for at, key in reversed(self._named) if at < here]
        called = [(key, self.words_with(key, noun, adjectives)) for key in dict.fromkeys(before)]
        for key, words in called:
            if words is not None and adjectives <= words:
                return key
        loose = [key for key, words in called if words is not None and adjectives - PAST <= words]
        return loose[0] if loose and (len(loose) == 1 or loose[0] == before[0]) else None

    def words_with(self, key: str, noun: str, adjectives: frozenset[str] = frozenset()) -> set[str] | None:
        """The words that stand with a noun by which a person is called; None where he is not called so.

        Those called by another noun for the same (`called_also.csv`) have all the adjectives.
        """
        nouns = self._nouns.get(key, {})
        found = [words for called, words in nouns.items() if _ends_with(called, noun)]
        for wanted in (noun, *(f"{adjective} {noun}" for adjective in adjectives)):
            for other in called_also().get(wanted, ()):
                *before, last = other.split()
                if last in nouns and set(before) <= nouns[last]:
                    found.append({*adjectives, *nouns[last]})
        return set().union(*found) if found else None

    def nouns_of(self, key: str) -> frozenset[str]:
        """The nouns by which the article calls a person."""
        return frozenset(self._nouns.get(key, {}))


def _ends_with(called: str, noun: str) -> bool:
    return called == noun or (len(noun) >= SHORTEST_END and called.endswith(noun))


@cache
def called_also() -> Mapping[str, tuple[str, ...]]:
    """The roles of those whom each noun may mean besides its own."""
    return {row["noun"]: tuple(row["roles"].split("|")) for row in read_table("called_also.csv")}
