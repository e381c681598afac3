"""By which common nouns an article calls a person, and whom "the former director" means."""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from legation.coding.appositions import beside
from legation.coding.names import is_title
from legation.coding.phrases import Phrases
from legation.coding.standing import PAST
from legation.coding.tables import find_title
from legation.shipped import read_table

DEFINITE = frozenset({"the", "that", "this"})
# What may stand with a noun that means somebody named before: no "of Brazil", no clause.
COMPOUNDS = ("compound", "nmod:desc")
ADJECTIVES = frozenset({"amod", *COMPOUNDS})
LOOSE = frozenset({"det", "punct", "case", "cc", "conj", "appos", "nsubj", "cop", "mark", "advmod", "parataxis"})
REFLEXIVES = frozenset({"himself", "herself"})
AGENTS = ("er", "r", "or")
# Who speaks for a union is not called the speaker, nor who says so the sayer.
NO_AGENTS = frozenset({"speak", "say", "see", "come", "let", "read", "settle", "serve", "count"})
# Adjectives that tell nobody from others of his office or trade.
VAGUE = frozenset(
    """
    angry bald bearded big blind bright cautious charismatic cheerful cool dead dear dying elder elderly eldest
    exhausted famous fierce frail friendly gaunt good great grey grey-haired handsome happy honourable honorable ill
    injured lean little loyal modest new old older outspoken own patient poor proud quiet rich sad same shy sick slight
    small soft-spoken stout tall thin tired veteran weary well-known white-haired wounded young younger youngest
    youthful
    """.split()
)
SHORTEST_END = 5
"""Letters that the end of a noun needs to stand for it: "teacher" for schoolteacher."""


def no_owners(noun: int) -> frozenset[str]:
    """Knows of nobody whose anybody is."""
    return frozenset()


def nouns_for(
    start: int, end: int, phrases: Phrases, owners: Callable[[int], frozenset[str]] = no_owners
) -> Iterator[tuple[str, frozenset[str]]]:
    """The nouns by which a sentence calls the person whose name is the words `start` to `end`.

    Each with what qualifies it, lower case: "a former sanctions official" gives official, with former and sanctions.
    `owners` gives the words for whom "its" and "their" mean before a noun.
    """
    before, apposed = beside(start, end, phrases)
    heads = [phrases.head_of(first, last) for first, last in (*before, *apposed)]
    for word in range(start, end):
        token = phrases.tokens[word]
        if token.deprel.startswith("nsubj") and token.head >= 0 and phrases.child(token.head, "cop") is not None:
            heads.append(token.head)
        if token.deprel == "root" and phrases.child(word, "cop") is not None:
            heads += phrases.children_in(word, "nsubj", "nsubj:outer")
    for head in heads:
        for at in phrases.conjuncts(head):
            token = phrases.tokens[at]
            if token.upos in ("NOUN", "PROPN") and not start <= at < end and token.xpos in ("NN", "NNP"):
                yield token.lemma.lower(), qualifiers(at, phrases) | owners(at)
    yield from ((noun, frozenset()) for noun in _addressed(start, phrases))


def agents_for(start: int, end: int, phrases: Phrases) -> Iterator[tuple[str, frozenset[str]]]:
    """The nouns that what the person named by the words `start` to `end` does makes, with what qualifies them."""
    before, apposed = beside(start, end, phrases)
    heads = (phrases.head_of(first, last) for first, last in (*before, *apposed))
    yield from _agents(_clauses([*range(start, end), *heads], end, phrases), phrases)


def _clauses(described: Sequence[int], end: int, phrases: Phrases) -> Iterator[int]:
    """The heads of the relative clauses that the tree joins to a name or to a noun beside it, and of one behind it."""
    found = {verb for word in described for verb in phrases.children_in(word, "acl:relcl")}
    if [form.lower() for form in phrases.forms[end : end + 2]] == [",", "who"]:
        found.add(phrases.tokens[end + 1].head)
    return (verb for at in sorted(found) if at >= end for verb in phrases.conjuncts(at))


def qualifiers(word: int, phrases: Phrases) -> frozenset[str]:
    """What tells a noun from others like it: adjectives, nouns before it, what it is of or for, and whose it is.

    "Minister of trade" may be called the trade minister, "the trade union's leader" the union leader.
    """
    owners = (at for at in phrases.children_in(word, "nmod:poss") if phrases.tokens[at].upos in ("NOUN", "PROPN"))
    return adjectives_of(word, phrases).union(
        *(_phrase_words(at, phrases) for at in (*phrases.obliques(word, "of", "for"), *owners))
    )


def _phrase_words(word: int, phrases: Phrases) -> frozenset[str]:
    """A noun, by its lemma as well, and what qualifies it."""
    token = phrases.tokens[word]
    inside = [phrases.forms[at].lower() for at in phrases.children_in(word, "flat", "amod", *COMPOUNDS)]
    return frozenset({token.text.lower(), token.lemma.lower(), *inside})


def _addressed(start: int, phrases: Phrases) -> Iterator[str]:
    """The titles and forms of address right before a name, without full stops: "Maj. Anders Lund" gives maj."""
    for word in reversed(phrases.forms[:start]):
        if not word[:1].isupper() or not (word.endswith(".") or is_title(word)):
            return
        yield word.rstrip(".").lower()


def _agents(clauses: Iterable[int], phrases: Phrases) -> Iterator[tuple[str, frozenset[str]]]:
    """What somebody is by clauses: "who edits a monthly" makes an editor, "who works as a nurse" a nurse."""
    for at in clauses:
        token = phrases.tokens[at]
        if token.upos == "VERB":
            whom = [*phrases.children_in(at, "obj"), *phrases.obliques(at, "for", "at", "in")]
            words = frozenset[str]().union(*(_phrase_words(noun, phrases) for noun in whom))
            yield from ((noun, words) for noun in agent_nouns(token.lemma.lower()))
            roles = phrases.obliques(at, "as")
            yield from ((phrases.tokens[noun].lemma.lower(), qualifiers(noun, phrases)) for noun in roles)
        elif token.upos == "NOUN" and phrases.child(at, "cop") is not None:
            yield token.lemma.lower(), qualifiers(at, phrases)


@cache
def agent_nouns(verb: str) -> tuple[str, ...]:
    """What who does something is called: by the table `agent_nouns.csv`, and the titles that end in -er or -or."""
    formed = () if verb in NO_AGENTS else tuple(n for n in (verb + end for end in AGENTS) if find_title(n) is not None)
    return (*_agent_table().get(verb, ()), *formed)


@cache
def _agent_table() -> Mapping[str, tuple[str, ...]]:
    return {row["verb"]: tuple(row["nouns"].split("|")) for row in read_table("agent_nouns.csv")}


def adjectives_of(word: int, phrases: Phrases) -> frozenset[str]:
    """The adjectives and nouns that qualify a noun, lower case."""
    return frozenset(phrases.forms[c].lower() for c in phrases.children_in(word, *ADJECTIVES))


def is_mention_of_known(word: int, phrases: Phrases, end: int | None = None) -> bool:
    """Whether a noun can mean somebody named before: one, definite, without a clause or an "of" of its own.

    What stands from `end` on is known not to belong to it.
    """
    token = phrases.tokens[word]
    if token.xpos not in ("NN", "NNP") and (token.xpos != "NNPS" or token.text.endswith("s")):
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


def is_owned(word: int, phrases: Phrases) -> bool:
    """Whether a noun means one by whose it is, or by what it is of: "the team's leader", "the head of the union"."""
    if phrases.tokens[word].xpos not in ("NN", "NNP"):
        return False
    owner, the = phrases.child(word, "nmod:poss"), phrases.child(word, "det")
    if owner is not None:
        definite = phrases.tokens[owner].upos in ("NOUN", "PROPN")
    else:
        definite = the is not None and phrases.forms[the].lower() in DEFINITE
    of = {*phrases.obliques(word, "of", "for")}
    rest = (c for c in phrases.children[word] if c not in of and c != owner)
    return definite and all(_is_loose(child, phrases) for child in rest)


@dataclass(frozen=True, slots=True)
class Nation:
    """The words that tell a state beside a noun ("the Norwegian envoy"), and whether somebody, by key, is of it."""

    words: frozenset[str]
    has: Callable[[str], bool]


class Descriptions:
    """What each person of an article is called, and where each was named, in the order of the text."""

    def __init__(self) -> None:
        self._nouns: dict[str, dict[str, set[str]]] = {}
        self._outright: dict[str, set[str]] = {}
        self._named: list[tuple[int, str]] = []

    def add(
        self,
        key: str,
        start: int,
        end: int,
        phrases: Phrases,
        owners: Callable[[int], frozenset[str]] = no_owners,
    ) -> None:
        """Notes a mention of a person by name, the words `start` to `end` of a sentence; `owners` as in nouns_for."""
        insort(self._named, (phrases.tokens[start].start, key))
        for noun, adjectives in nouns_for(start, end, phrases, owners):
            self._nouns.setdefault(key, {}).setdefault(noun, set()).update(adjectives)
            self._outright.setdefault(key, set()).add(noun)
        for noun, adjectives in agents_for(start, end, phrases):
            self._nouns.setdefault(key, {}).setdefault(noun, set()).update(adjectives)

    def learn(self, key: str, noun: str) -> None:
        """Notes that a person was meant by a noun that did not tell of him before."""
        self._nouns.setdefault(key, {}).setdefault(noun, set())

    def bearers(self, noun: str) -> list[str]:
        """The persons who are called by a noun."""
        return [key for key in self._nouns if self.words_with(key, noun) is not None]

    def bearer(self, word: int, phrases: Phrases, end: int | None = None, nation: Nation | None = None) -> str | None:
        """The person named last before a noun who is called by it, with what qualifies it; None without one.

        That somebody is no longer what he was ("the former minister") the article need not have said before, where
        one person only is called so, or the one named last. What stands from word `end` on does not belong to the noun.
        `nation` are the words of a state among those that qualify it, and whether somebody is of it.
        """
        owned = not is_mention_of_known(word, phrases, end)
        if owned and not is_owned(word, phrases):
            return None
        noun, wanted = phrases.tokens[word].lemma.lower(), qualifiers(word, phrases)
        here = phrases.tokens[word].start
        before = [key for at, key in reversed(self._named) if at < here]
        called = [
            (key, words, wanted - nation.words if nation is not None and nation.has(key) else wanted)
            for key in dict.fromkeys(before)
            if (words := self.words_with(key, noun, wanted)) is not None
        ]
        for key, words, told in called:
            if told <= words:
                return key
        loose = [key for key, words, told in called if told - PAST - VAGUE <= words and not owned]
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

    @property
    def nouns(self) -> frozenset[str]:
        """The nouns by which the article calls anybody."""
        return frozenset().union(*self._nouns.values())

    def nouns_of(self, key: str) -> frozenset[str]:
        """The nouns by which the article calls a person, or which what he does makes."""
        return frozenset(self._nouns.get(key, {}))

    def outright(self, key: str) -> frozenset[str]:
        """The nouns by which the article calls a person, whatever he does."""
        return frozenset(self._outright.get(key, ()))


def _ends_with(called: str, noun: str) -> bool:
    return called == noun or (len(noun) >= SHORTEST_END and called.endswith(noun))


@cache
def called_also() -> Mapping[str, tuple[str, ...]]:
    """The roles of those whom each noun may mean besides its own."""
    return {row["noun"]: tuple(row["roles"].split("|")) for row in read_table("called_also.csv")}
