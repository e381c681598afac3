"""Nouns and pronouns that mean somebody: the titles in them, and whom a pronoun stands for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from legation.coding.names import Mention
from legation.coding.phrases import MARKS, Phrases
from legation.coding.standing import BODIES
from legation.coding.tables import Title, find_title
from legation.records import EntityKind, Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ"})
SUBJECTS = ("nsubj", "nsubj:pass")
THIRD_PERSON = frozenset({"he", "she", "him", "her", "his"})
PRONOUNS = {**dict.fromkeys(THIRD_PERSON, "person"), "it": "thing", "they": "several", "them": "several"}
MOST_BACK = 6
"""Sentences back in which "it" is looked for where each begins with it again."""
BEFORE = ("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked")
"""Relations of what stands before a noun and qualifies it."""
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

    A second title behind "of" would be the named person's own: "the widow of President ..." is somebody else, and so
    are "supporters of Mr. ...".
    """
    if any(word.upos in ("CCONJ", "VERB", "SCONJ") or word.text == "," for word in words):
        return False
    at = next((i for i, word in enumerate(words) if word.upos == "ADP"), len(words))
    texts = [word.text.lower() for word in words[:at]]
    if not any(find_title(" ".join(texts[first:])) for first in range(at)) or words[at - 1].xpos in ("NNS", "NNPS"):
        return False
    rest = words[at + 1 :]
    named = bool(rest) and all(w.upos in NOMINAL and find_title(w.text.lower()) is None for w in rest)
    return at == len(words) or (words[at].text.lower() == "of" and named)


def titled_name(mentions: Sequence[Mention], words: Sequence[Token], start: int, end: int) -> Mention | None:
    """The person whose name ends a range of words behind a title, or stands right behind it."""
    for mention in mentions:
        there = (start < mention.start and mention.end == end) or mention.start == end
        if mention.kind == "person" and there and is_title_alone(words[start : mention.start]):
            return mention
    return None


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


def qualifying(phrases: Phrases, word: int) -> Iterator[int]:
    """The words that qualify a noun, or whom "whose" stands for: "Russian", "Japan's", "of Iran"."""
    for child in phrases.children[word]:
        relation = phrases.tokens[child].deprel
        of = relation == "nmod" and phrases.case(child) == "of"
        if of or relation in BEFORE:
            for at in phrases.conjuncts(child):
                whose = antecedent_of_relative(phrases, at) if phrases.small[at] == "whose" else None
                yield at if whose is None else whose


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


def noun_meant(
    sentences: Sequence[Phrases], number: int, word: int, kind_of: Callable[[int, int], EntityKind | None]
) -> tuple[int, int] | None:
    """The noun, by sentence and word, that a pronoun can only stand for; None where that is not sure.

    It is looked for in its own sentence, and what "it" or "they" as a subject stands for also in the one before, in the
    same paragraph. `kind_of` tells what a noun means.
    """
    at = _meant_here(sentences[number], word, partial(kind_of, number))
    return _meant_before(sentences, number, word, kind_of) if at is None else (number, at)


def _meant_here(phrases: Phrases, word: int, kind_of: Callable[[int], EntityKind | None]) -> int | None:
    """The only subject of the right number and kind ("Peru said it would sign"); where none fits the only other noun.

    "It" and "they" as no subjects stand for a subject only where no other noun fits. Of the 2,679 pronouns that are
    parties of events in our corpus' part for training a quarter were so resolved by subjects alone; nine in ten of
    those whose noun has a state have the state of the annotation, and of the others too.
    """
    form = PRONOUNS.get(phrases.forms[word].lower())
    if form is None:
        return None
    subjects, others = _nouns_before(phrases, word, form, kind_of)
    if _speaks(phrases, word):
        # "In a statement, it urged": only somebody speaks.
        subjects, others = ([at for at in found if kind_of(at) is not None] for found in (subjects, others))
    if not subjects:
        return others[0] if len(others) == 1 else None
    sure = form == "person" or phrases.tokens[word].deprel in SUBJECTS or not others
    return subjects[0] if sure and len(subjects) == 1 else None


def _meant_before(
    sentences: Sequence[Phrases], number: int, word: int, kind_of: Callable[[int, int], EntityKind | None]
) -> tuple[int, int] | None:
    """What the sentence before is about, if that is somebody: "The union called a strike. It said".

    Who says nothing is taken for a state or a body with a name: "Iran expelled the inspectors. It recalled its envoy".
    """
    phrases = sentences[number]
    form = PRONOUNS.get(phrases.small[word])
    if form is None or form == "person" or phrases.tokens[word].deprel not in SUBJECTS:
        return None
    speaks, place = _speaks(phrases, word), _subject_before(sentences, number, phrases.small[word])
    if place is None or (not speaks and any(_nouns_before(phrases, word, form, lambda at: None))):
        return None
    kind = kind_of(*place)
    if kind is None or not (speaks or kind in ("state", "organization")):
        return None
    return place if _fits(form, sentences[place[0]], place[1], partial(kind_of, place[0])) else None


def _subject_before(sentences: Sequence[Phrases], number: int, pronoun: str) -> tuple[int, int] | None:
    """The noun that is the only subject of the sentence before, in the same paragraph, or of the one before that where
    it is the same pronoun again: "It said ... It added"."""
    block = sentences[number].sentence.block
    for at in range(number - 1, max(number - 1 - MOST_BACK, -1), -1):
        before = sentences[at]
        top = next((i for i, token in enumerate(before.tokens) if token.head < 0), None)
        told = [] if top is None else list(before.children_in(top, *SUBJECTS))
        if before.sentence.block != block or len(told) != 1:
            return None
        if before.small[told[0]] != pronoun:
            return (at, told[0]) if before.tokens[told[0]].upos in ("NOUN", "PROPN") else None
    return None


def _speaks(phrases: Phrases, word: int) -> bool:
    """Whether a word is the source of an attribution."""
    return any(True for _ in phrases.said_by(word))


def _nouns_before(
    phrases: Phrases, word: int, form: str, kind_of: Callable[[int], EntityKind | None]
) -> tuple[list[int], list[int]]:
    """The subjects before a pronoun that fit it, and the other nouns, but for those of its own clause, since who bombs
    him is somebody else, and those of a quotation whose speaker it is."""
    token, own, quoted = phrases.tokens[word], _clause(phrases, word), _quoted_by(phrases, word)
    outside = token.deprel in SUBJECTS or token.deprel == "nmod:poss"
    subjects: list[int] = []
    others: list[int] = []
    for at in range(word):
        other = phrases.tokens[at]
        if at in quoted or other.upos not in ("NOUN", "PROPN") or other.deprel.split(":")[0] in PARTS:
            continue
        # Of "Norvane of Toronto" the town is not who sues.
        whole = phrases.tokens[other.head]
        whole = phrases.tokens[whole.head] if whole.deprel == "appos" else whole
        behind = other.deprel.startswith("nmod") and whole.deprel in SUBJECTS
        if not behind and (outside or other.head != own) and _fits(form, phrases, at, kind_of):
            (subjects if other.deprel in SUBJECTS else others).append(at)
    return subjects, others


def _quoted_by(phrases: Phrases, word: int) -> set[int]:
    """The words between quotation marks that a pronoun is said to have said: “Fear is an institution,” it said."""
    said = ((r.start, r.end) for frame, _ in phrases.said_by(word) for r in frame.roles if r.label == "CONTENT")
    return {
        at
        for start, end in said
        if not MARKS.isdisjoint((*phrases.forms[max(start - 1, 0) : start + 1], *phrases.forms[end - 1 : end + 1]))
        for at in range(start, end)
    }


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
