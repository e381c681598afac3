"""Nouns and pronouns that mean somebody: the titles in them, and whom a pronoun stands for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from legation.coding.phrases import Phrases
from legation.coding.standing import BODIES
from legation.coding.tables import Title, find_title
from legation.records import EntityKind, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
SUBJECTS = ("nsubj", "nsubj:pass")
THIRD_PERSON = frozenset({"he", "she", "him", "her", "his"})
PRONOUNS = {**dict.fromkeys(THIRD_PERSON, "person"), "it": "thing", "they": "several", "them": "several"}
# With how many words a title may end behind its noun, by the first of them.
BEHIND = {"general": 2, "of": 3, "-": 3}
# Nouns that count those behind their "of".
QUANTITIES = frozenset(
    """
    number group majority dozen dozens hundreds hundred thousands thousand handful couple scores pair range
    member members series lot one many some most ten million half third quarter fifth two-third rest remainder last
    all any both each several few none
    """.split()
)
# Words that are a part of another name or noun.
PARTS = frozenset({"amod", "compound", "flat"})
# Kinds of titles whose bearers are persons, not bodies.
HUMAN = frozenset(
    """
    head_of_state head_of_government royal minister official diplomat spokesperson adviser legislator military
    intelligence police judicial party business education analyst religious activist media former criminal civilian
    """.split()
)


def is_title_alone(words: Sequence[Token]) -> bool:
    """Whether words before a name are a title and no more: "former President", "Director of National Intelligence".

    A second title behind "of" would be the named person's own: "the widow of President ..." is somebody else.
    """
    if any(word.upos in ("CCONJ", "VERB", "SCONJ") or word.text == "," for word in words):
        return False
    at = next((i for i, word in enumerate(words) if word.upos == "ADP"), len(words))
    if at == 0 or find_title(words[at - 1].text.lower()) is None:
        return False
    rest = words[at + 1 :]
    named = bool(rest) and all(w.upos in NOMINAL and find_title(w.text.lower()) is None for w in rest)
    return at == len(words) or (words[at].text.lower() == "of" and named)


def antecedent_of_relative(phrases: Phrases, word: int) -> int | None:
    """The noun that a relative pronoun stands for."""
    at = word
    for _ in range(6):
        token = phrases.tokens[at]
        if token.deprel.startswith(("acl", "advcl:relcl")):
            return token.head if token.head >= 0 else None
        if token.head < 0:
            return None
        at = token.head
    return None


def title_at(phrases: Phrases, word: int) -> tuple[Title | None, int]:
    """The longest title of at most four words that ends at a noun, and where it begins.

    It may go on behind the noun: "attorney general", "attorney-general", "heads of state".
    """
    further = BEHIND.get(phrases.forms[word + 1].lower()) if word + 1 < len(phrases.forms) else None
    for end in (word + further, word + 1) if further else (word + 1,):
        for start in range(max(0, word - 3), word + 1):
            title = find_title(" ".join(phrases.forms[start:end]).lower())
            if title is not None:
                return title, start
    return None, word


def those_counted(phrases: Phrases, word: int) -> int:
    """The noun that a number or quantity counts, through several: people in "tens of thousands of people".

    The word itself where it counts nobody.
    """
    for _ in range(3):
        token = phrases.tokens[word]
        behind = phrases.obliques(word, "of") if token.upos == "NUM" or token.lemma.lower() in QUANTITIES else iter(())
        at = next(iter(behind), None)
        if at is None:
            break
        word = at
    return word


# ---------------------------------------------------------------- he, it, they


def noun_meant(phrases: Phrases, word: int, kind_of: Callable[[int], EntityKind | None]) -> int | None:
    """The noun before a pronoun, in its sentence, that it can only stand for; None where that is not sure.

    That is the only subject of the right number and kind ("Peru said it would sign"), or where no subject fits the only
    other noun. "It" and "they" as no subjects stand for a subject only where no other noun fits. `kind_of` tells
    what a noun means. Of the 2,679 pronouns that are parties of events in our corpus' part for training a quarter were
    so resolved by subjects alone; nine in ten of those whose noun has a state have the state of the annotation, and
    of the others too.
    """
    form = PRONOUNS.get(phrases.forms[word].lower())
    if form is None:
        return None
    subjects, others = _nouns_before(phrases, word, form, kind_of)
    if not subjects:
        return others[0] if len(others) == 1 else None
    sure = form == "person" or phrases.tokens[word].deprel in SUBJECTS or not others
    return subjects[0] if sure and len(subjects) == 1 else None


def _nouns_before(
    phrases: Phrases, word: int, form: str, kind_of: Callable[[int], EntityKind | None]
) -> tuple[list[int], list[int]]:
    """The subjects before a pronoun that fit it, and the other nouns, but for those of its own clause: who bombs him is
    somebody else."""
    token, own = phrases.tokens[word], _clause(phrases, word)
    outside = token.deprel in SUBJECTS or token.deprel == "nmod:poss"
    subjects: list[int] = []
    others: list[int] = []
    for at in range(word):
        other = phrases.tokens[at]
        if other.upos not in ("NOUN", "PROPN") or other.deprel.split(":")[0] in PARTS:
            continue
        if (outside or other.head != own) and _fits(form, phrases, at, kind_of):
            (subjects if other.deprel in SUBJECTS else others).append(at)
    return subjects, others


def _clause(phrases: Phrases, word: int) -> int:
    """The verb, or other head, of the clause of a word."""
    at = word
    while phrases.tokens[at].upos not in ("VERB", "AUX") and phrases.tokens[at].head >= 0:
        at = phrases.tokens[at].head
    return at


def _fits(form: str, phrases: Phrases, at: int, kind_of: Callable[[int], EntityKind | None]) -> bool:
    joined = len(phrases.conjuncts(at)) > 1
    several = joined or phrases.tokens[at].xpos in ("NNS", "NNPS")
    if form == "several":
        # Who are joined are several parties, and "they" is one.
        return several and not joined
    person = _is_person(phrases, at, kind_of(at))
    return person if form == "person" and not several else form == "thing" and not several and not person


def _is_person(phrases: Phrases, at: int, kind: EntityKind | None) -> bool:
    if kind in ("person", "state"):
        return kind == "person"
    lemma = phrases.tokens[at].lemma.lower()
    title = find_title(lemma)
    return title is not None and title.kind in HUMAN and lemma not in BODIES
