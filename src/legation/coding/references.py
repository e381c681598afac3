"""What the place of a pronoun and the place of a person say about whether they are the same.

A feature is a word with a value from 0 to 1: where the person stands ("before:subject:S", the subject of the sentence
before a pronoun that is a subject), how the tree joins both, who speaks and who is quoted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log

from legation.coding.phrases import SUBJECTS, Phrases

OPEN, CLOSE, STRAIGHT = "“", "”", '"'
CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
SAME = frozenset({"appos", "flat", "compound", "nmod:desc", "nmod:unmarked"})
"""Relations of a name to the noun that stands for the same person."""
NEAR = ("here", "before", "two", "far")


@dataclass(frozen=True, slots=True)
class Reference:
    """A place where the text means a person: words `start` to `end` with their `head`; `chance` is 1 for a name."""

    key: str
    sentence: int
    start: int
    end: int
    head: int
    chance: float = 1.0
    pronoun: bool = False


class Reader:
    """The sentences of an article, and what is asked of them more than once."""

    def __init__(self, sentences: Sequence[Phrases]) -> None:
        self.sentences = sentences
        self.quoted = quoted_words(sentences)

    def features(self, one: Reference, number: int, word: int) -> Iterator[str]:
        """The features of a reference for the pronoun that is `word` of sentence `number`."""
        back = number - one.sentence
        phrases, other = self.sentences[number], self.sentences[one.sentence]
        role, wanted = role_of(other, one.head), pronoun_role(phrases, word)
        near = "after" if back == 0 and one.start > word else NEAR[min(back, 3)]
        yield f"{near}:{role}:{wanted}"
        yield f"{near}:{'pronoun' if one.pronoun else 'name'}"
        yield f"{near}:quoted:{self.quoted[one.sentence][one.head]}:{self.quoted[number][word]}"
        if one.start == 0:
            yield f"{near}:opens"
        if role == "subject" and other.tokens[_whole(other, one.head)].head >= 0:
            verb = other.tokens[other.tokens[_whole(other, one.head)].head]
            yield f"{near}:main:{verb.deprel == 'root'}"
        if other.tokens[one.head].deprel == "conj" or other.child(one.head, "conj") is not None:
            yield f"{near}:joined"
        if other.tokens[one.head].deprel in SAME:
            yield f"{near}:apposition"
        if back == 0:
            yield from _within(phrases, one, word, wanted)


def _within(phrases: Phrases, one: Reference, word: int, wanted: str) -> Iterator[str]:
    """How the tree of one sentence joins a person and a pronoun."""
    after = "after:" if one.start > word else ""
    whole = _whole(phrases, one.head)
    clause = clause_of(phrases, word)
    if phrases.subject(clause) in (one.head, whole):
        yield f"{after}own_subject:{wanted}"
    elif clause_of(phrases, one.head) == clause:
        yield f"{after}own_clause:{wanted}"
    yield from (f"{after}{feature}:{wanted}" for feature in _above(phrases, clause, (one.head, whole)))
    up = _ancestors(phrases, word)
    if one.head in up or whole in up:
        yield f"{after}below:{wanted}"
    if wanted == "P" and _is_below(phrases, one.head, phrases.tokens[word].head):
        yield f"{after}owned"
    if phrases.tokens[one.head].deprel == "nmod:poss" and phrases.tokens[one.head].head == phrases.tokens[word].head:
        yield f"{after}both_owners"
    if phrases.tokens[word].xpos.startswith("PRP") and phrases.forms[word].lower().endswith("self"):
        yield f"{after}reflexive:{phrases.subject(clause) in (one.head, whole)}"


def _above(phrases: Phrases, clause: int, heads: tuple[int, int]) -> Iterator[str]:
    """Whether a person is subject or object of a clause in which that of the pronoun stands, and how it does."""
    at = clause
    for depth in ("next", "next", "higher", "higher"):
        relation, up = phrases.tokens[at].deprel.split(":")[0], phrases.tokens[at].head
        if up < 0:
            return
        at = clause_of(phrases, up)
        if phrases.subject(at) in heads:
            yield f"above:{relation}:{depth}"
            return
        if any(c in heads for c in phrases.children_in(at, "obj", "iobj", "obl")):
            yield f"above_object:{relation}"
            return


def _is_below(phrases: Phrases, word: int, head: int) -> bool:
    return head >= 0 and (word == head or head in _ancestors(phrases, word))


def _ancestors(phrases: Phrases, word: int) -> list[int]:
    found: list[int] = []
    at = phrases.tokens[word].head
    while at >= 0 and len(found) < 40:
        found.append(at)
        at = phrases.tokens[at].head
    return found


def _whole(phrases: Phrases, head: int) -> int:
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
    relation = phrases.tokens[_whole(phrases, head)].deprel
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
        own = []
        for form in phrases.forms:
            if form in ("``", OPEN) or (form == STRAIGHT and not is_open):
                is_open = True
            elif form in ("''", CLOSE, STRAIGHT):
                is_open = False
            own.append(is_open)
        found.append(own)
    return found


def distance(sentences: Sequence[Phrases], one: Reference, number: int, word: int) -> float:
    """How many words lie between a reference and a pronoun, from 0 for none to 1 for 200 or more."""
    between = sum(len(sentences[at].tokens) for at in range(one.sentence, number)) + word - one.end
    return min(log(1 + abs(between)) / log(201), 1.0)
