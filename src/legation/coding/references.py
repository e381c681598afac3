"""What the place of a pronoun and the place of a person say about whether they are the same.

A feature is a word with a value from 0 to 1: where the person stands ("before:subject:S", the subject of the sentence
before a pronoun that is a subject), how the tree joins both, who speaks and who is quoted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from math import log

from legation.coding.genders import gender_words
from legation.coding.names import Mention
from legation.coding.personal import COLLECTIVE, KIN, PERSONS, is_by_form, is_personal
from legation.coding.phrases import CLOSE, MARKS, OPEN, STRAIGHT, SUBJECTS, Phrases
from legation.coding.standing import BODIES
from legation.coding.tables import find_title

CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
SAME = frozenset({"appos", "flat", "compound", "nmod:desc", "nmod:unmarked"})
"""Relations of a name to the noun that stands for the same person."""
UNNAMED = "unnamed:"
BETWEEN = {",": "comma", ";": "semicolon", "(": "open", ")": "close", "and": "and", "but": "but"}
NEAR = ("here", "before", "two", "far")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where the text means a person: words `start` to `end` with their `head`.

    `kind` is name, noun or pronoun; `chance` is how likely a pronoun means the person, else 1.
    """

    key: str
    sentence: int
    start: int
    end: int
    head: int
    kind: str = "name"
    chance: float = 1.0


class Reader:
    """The sentences of an article, and what is asked of them more than once."""

    def __init__(self, sentences: Sequence[Phrases]) -> None:
        self.sentences = sentences
        self.quoted = quoted_words(sentences)
        self._known: dict[tuple[int, int, int], tuple[str, tuple[str, ...]]] = {}

    def features(self, one: Reference, number: int, word: int) -> Iterator[str]:
        """The features of a reference for the pronoun that is `word` of sentence `number`."""
        back = number - one.sentence
        phrases = self.sentences[number]
        role, traits = self._own(one)
        near = "after" if back == 0 and one.start > word else NEAR[min(back, 3)]
        yield f"{near}:{role}:{pronoun_role(phrases, word)}"
        yield f"{near}:{one.kind}"
        inside = self.quoted[one.sentence][one.head], self.quoted[number][word]
        yield f"{near}:{'quoted' if inside[0] else 'told'}:{'quoted' if inside[1] else 'told'}"
        yield from (f"{near}:{trait}" for trait in traits)
        if back == 0:
            yield from _within(phrases, one, word, pronoun_role(phrases, word))
            between = phrases.forms[min(one.end, word) : max(one.start, word)]
            yield from (f"{near}:between:{name}" for mark, name in BETWEEN.items() if mark in between)

    def _own(self, one: Reference) -> tuple[str, tuple[str, ...]]:
        """The role of a reference in its sentence, and its traits there."""
        place = one.sentence, one.start, one.head
        if place not in self._known:
            phrases = self.sentences[one.sentence]
            whole, role = whole_of(phrases, one.head), role_of(phrases, one.head)
            self._known[place] = role, tuple(_traits(phrases, one, whole, role))
        return self._known[place]


def _traits(phrases: Phrases, one: Reference, whole: int, role: str) -> Iterator[str]:
    """What a reference is in its own sentence."""
    token = phrases.tokens[whole]
    if one.start == 0:
        yield "opens"
    if token.deprel == "nsubj:pass":
        yield "passive"
    if role == "subject" and token.head >= 0:
        yield "main" if phrases.tokens[token.head].deprel == "root" else "minor"
    if phrases.tokens[one.head].deprel == "conj" or phrases.child(one.head, "conj") is not None:
        yield "joined"
    if phrases.tokens[one.head].deprel in SAME:
        yield "apposition"
    if role in ("oblique", "of") and phrases.case(whole):
        yield f"case:{phrases.case(whole)}"


def _within(phrases: Phrases, one: Reference, word: int, wanted: str) -> Iterator[str]:
    """How the tree of one sentence joins a person and a pronoun."""
    after = "after:" if one.start > word else ""
    heads = {one.head, whole_of(phrases, one.head)}
    clause = clause_of(phrases, word)
    if phrases.subject(clause) in heads:
        yield f"{after}own_subject:{wanted}"
    elif clause_of(phrases, one.head) == clause:
        yield f"{after}own_clause:{wanted}"
    yield from (f"{after}{feature}:{wanted}" for feature in _above(phrases, clause, heads))
    if not heads.isdisjoint(ancestors(phrases, word)):
        yield f"{after}below:{wanted}"
    if wanted == "P" and _is_below(phrases, one.head, phrases.tokens[word].head):
        yield f"{after}owned"
    if phrases.tokens[one.head].deprel == "nmod:poss" and phrases.tokens[one.head].head == phrases.tokens[word].head:
        yield f"{after}both_owners"
    if phrases.forms[word].lower().endswith("self"):
        yield f"{after}reflexive:{'subject' if phrases.subject(clause) in heads else 'other'}"


def _above(phrases: Phrases, clause: int, heads: Set[int]) -> Iterator[str]:
    """Whether a person is subject or object of a clause in which that of the pronoun stands, and how it does."""
    mark = phrases.child(clause, "mark", "advmod")
    at = clause
    for depth in ("next", "next", "higher", "higher"):
        relation, up = phrases.tokens[at].deprel.split(":")[0], phrases.tokens[at].head
        if up < 0:
            return
        at = clause_of(phrases, up)
        is_subject = phrases.subject(at) in heads
        if is_subject or any(c in heads for c in phrases.children_in(at, "obj", "iobj", "obl")):
            found = f"above:{relation}" if is_subject else f"above_object:{relation}"
            yield f"{found}:{depth}"
            yield f"{found}:verb:{phrases.tokens[at].lemma.lower()}"
            if mark is not None:
                yield f"{found}:mark:{phrases.forms[mark].lower()}"
            return


def _is_below(phrases: Phrases, word: int, head: int) -> bool:
    return head >= 0 and (word == head or head in ancestors(phrases, word))


def ancestors(phrases: Phrases, word: int) -> list[int]:
    """The words over a word in the tree, the nearest first."""
    found: list[int] = []
    at = phrases.tokens[word].head
    while at >= 0 and len(found) < 40:
        found.append(at)
        at = phrases.tokens[at].head
    return found


def whole_of(phrases: Phrases, head: int) -> int:
    """The noun that a name in apposition belongs to, else the name itself."""
    at = head
    for _ in range(4):
        token = phrases.tokens[at]
        if token.deprel not in SAME and token.deprel != "conj":
            break
        at = token.head if token.head >= 0 else at
    return at


def role_of(phrases: Phrases, head: int) -> str:
    """What the noun phrase of a name is in its sentence: subject, object, owner, oblique, other."""
    relation = phrases.tokens[whole_of(phrases, head)].deprel
    if relation in SUBJECTS:
        return "subject"
    if relation in ("obj", "iobj"):
        return "object"
    if relation == "nmod:poss":
        return "owner"
    return "oblique" if relation.startswith("obl") else "of" if relation.startswith("nmod") else "other"


def pronoun_role(phrases: Phrases, word: int) -> str:
    """S, O, P or X: a pronoun as subject, object, owner, or anything else."""
    relation = phrases.tokens[word].deprel
    if relation in SUBJECTS:
        return "S"
    return "P" if relation == "nmod:poss" else "O" if relation in ("obj", "iobj") else "X"


def clause_of(phrases: Phrases, word: int) -> int:
    """The head of the clause in which a word stands."""
    at = word
    for _ in range(40):
        token = phrases.tokens[at]
        clausal = token.deprel.split(":")[0] in CLAUSES or (token.deprel == "conj" and token.upos in ("VERB", "AUX"))
        if token.head < 0 or (clausal and at != word):
            break
        at = token.head
    return at


def quoted_words(sentences: Sequence[Phrases]) -> list[list[bool]]:
    """For each word of each sentence whether a quotation is open there; a paragraph begins outside of any."""
    found = []
    is_open, block = False, -1
    for phrases in sentences:
        if phrases.sentence.block != block:
            is_open, block = False, phrases.sentence.block
        if MARKS.isdisjoint(phrases.forms):
            found.append([is_open] * len(phrases.forms))
            continue
        own = []
        for form in phrases.forms:
            if form in ("``", OPEN) or (form == STRAIGHT and not is_open):
                is_open = True
            elif form in ("''", CLOSE, STRAIGHT):
                is_open = False
            own.append(is_open)
        found.append(own)
    return found


def persons(
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    described: Callable[[int, int], str | None],
    called: Set[str] = frozenset(),
) -> list[list[Reference]]:
    """The places of each sentence that mean a person, or somebody who may be one, in order.

    `described` gives the key of the person whom a common noun means, `called` are the nouns by which the text calls its
    persons. A noun that means nobody known stands for somebody unnamed, with a key that begins with UNNAMED; so do
    bodies and places that no table knows, for some are persons.
    """
    found = []
    for number, (phrases, mentions) in enumerate(zip(sentences, names, strict=True)):
        named = [Reference(m.key, number, m.start, m.end, m.head) for m in mentions if m.kind == "person"]
        taken = {at for m in mentions for at in range(m.start, m.end)}
        bodies = [
            Reference(f"{UNNAMED}{m.key}", number, m.start, m.end, m.head, "body")
            for m in mentions
            if m.kind in ("organization", "place") and m.code is None
        ]
        nouns = [w for w in range(len(phrases.tokens)) if w not in taken and _is_singular(phrases, w)]
        human = called | {phrases.tokens[w].lemma.lower() for w in _sources(phrases)}
        others = [one for w in nouns if (one := _by_noun(number, w, phrases, named, described, human)) is not None]
        found.append(sorted((*named, *bodies, *others), key=lambda one: one.start))
    return found


def _sources(phrases: Phrases) -> Iterator[int]:
    """The nouns that say something, if by their form they can stand for persons."""
    for frame in phrases.sentence.frames:
        if frame.kind == "attribution":
            for role in frame.roles:
                head = phrases.head_of(role.start, role.end)
                if role.label == "SOURCE" and is_by_form(phrases.tokens[head].lemma.lower()):
                    yield head


def _is_singular(phrases: Phrases, word: int) -> bool:
    """Whether a word is a noun or name in the singular, and no part of another."""
    token = phrases.tokens[word]
    return token.xpos in ("NN", "NNP") and not token.deprel.startswith(("compound", "flat"))


def _by_noun(
    number: int,
    word: int,
    phrases: Phrases,
    own: Sequence[Reference],
    described: Callable[[int, int], str | None],
    human: Set[str],
) -> Reference | None:
    """The reference of a common noun for a person, or of a name that nobody has told the kind of."""
    token = phrases.tokens[word]
    if _is_human(phrases, word, human) and not _names(phrases, word, own):
        key = described(number, word) or f"{UNNAMED}{number}:{word}"
        return Reference(key, number, word, word + 1, word, "noun")
    if token.xpos == "NNP" and token.text[:1].isupper() and not _names(phrases, word, own):
        return Reference(f"{UNNAMED}{token.text.lower()}", number, word, word + 1, word, "proper")
    return None


def _is_human(phrases: Phrases, word: int, human: Set[str]) -> bool:
    """Whether a noun stands for one person."""
    token = phrases.tokens[word]
    if token.upos not in ("NOUN", "PROPN") or token.deprel.startswith(("amod", "nmod:desc", "nmod:unmarked")):
        return False
    lemma = token.lemma.lower()
    return _is_human_lemma(lemma) or (lemma in human and lemma not in BODIES and lemma not in COLLECTIVE)


@lru_cache(1 << 14)
def _is_human_lemma(lemma: str) -> bool:
    title = find_title(lemma)
    if title is None or title.title != lemma:
        return lemma in gender_words() or lemma in KIN or lemma in PERSONS
    return is_personal(lemma) or (lemma not in COLLECTIVE and is_by_form(lemma)) or lemma in gender_words()


def _names(phrases: Phrases, word: int, own: Sequence[Reference]) -> bool:
    """Whether a noun belongs to a name beside it: "the minister, Oda Lind", "Lind is a minister"."""
    if not own:
        return False
    heads = {one.head for one in own}
    if any(one.start == word + 1 for one in own) or any(c in heads for c in phrases.children_in(word, *SAME, "nsubj")):
        return True
    return phrases.tokens[word].deprel in SAME and whole_of(phrases, word) in heads


def distance(sentences: Sequence[Phrases], one: Reference, number: int, word: int) -> float:
    """How many words lie between a reference and a pronoun, from 0 for none to 1 for 200 or more."""
    between = sum(len(sentences[at].tokens) for at in range(one.sentence, number)) + word - one.end
    return min(log(1 + abs(between)) / log(201), 1.0)
