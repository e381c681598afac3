"""Whom he, she, him, her and his can mean: every person named before, and how likely each is.

A mention of a person is weighed by features of its place and the pronoun's (after Lappin and Leass, 1994, and Webster
et al., 2018); the weights are learned (`training.pronouns`), and who scores highest by a margin is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from legation.coding.names import Mention
from legation.coding.phrases import Phrases

MALE, FEMALE = frozenset({"he", "him", "his", "himself"}), frozenset({"she", "her", "hers", "herself"})
SUBJECT = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj")
OBJECT = ("obj", "iobj")
FARTHEST = 6
"""Sentences back in which a person is looked for."""
FEATURES = (
    "here", "before", "two_before", "farther", "paragraph", "subject", "object", "owner", "oblique", "apposition",
    "both_subjects", "both_objects", "subject_of_owner", "bound", "own_clause", "speaks", "first", "alone", "between",
    "often", "agrees", "differs", "quoted", "titled", "main",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person and the features of one mention, by the names in FEATURES; those left out are 0."""

    key: str
    features: Mapping[str, float]


def candidates(
    number: int,
    word: int,
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    genders: Mapping[str, str],
) -> Iterator[Candidate]:
    """Every mention of a person before a pronoun, not farther than FARTHEST sentences back.

    `genders` tells "m" or "f" of the persons whose gender is known, by key.
    """
    here = sentences[number].tokens[word].start
    people = [
        m
        for at in range(max(0, number - FARTHEST), number + 1)
        for m in names[at]
        if m.kind == "person" and m.span.end <= here
    ]
    counts: dict[str, int] = {}
    for mention in people:
        counts[mention.key] = counts.get(mention.key, 0) + 1
    for at, mention in enumerate(people):
        others = {m.key for m in people[at + 1 :]} - {mention.key}
        features = _features(mention, number, word, sentences, names)
        gender = genders.get(mention.key)
        wanted = "m" if sentences[number].forms[word].lower() in MALE else "f"
        features |= {
            "between": min(len(others), 3.0),
            "often": float(min(counts[mention.key], 4) - 1),
            "agrees": float(gender == wanted),
            "differs": float(gender is not None and gender != wanted),
        }
        yield Candidate(mention.key, features)


def _features(
    mention: Mention, number: int, word: int, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> dict[str, float]:
    own, other = sentences[number], sentences[mention.sentence]
    pronoun, head = own.tokens[word], other.tokens[mention.head]
    back = number - mention.sentence
    relation, as_subject = head.deprel, head.deprel in SUBJECT
    is_owner = pronoun.deprel == "nmod:poss"
    same_clause = back == 0 and clause_of(own, word) == clause_of(other, mention.head)
    persons = [m for m in names[mention.sentence] if m.kind == "person"]
    found = {
        ("here", "before", "two_before", "farther")[min(back, 3)]: True,
        "paragraph": own.sentence.block != other.sentence.block,
        "subject": as_subject,
        "object": relation in OBJECT,
        "owner": relation == "nmod:poss",
        "oblique": relation.startswith(("obl", "nmod")) and relation != "nmod:poss",
        "apposition": relation.startswith(("appos", "conj", "compound", "flat")),
        "both_subjects": as_subject and pronoun.deprel in SUBJECT,
        "both_objects": relation in OBJECT and pronoun.deprel in OBJECT,
        "subject_of_owner": as_subject and is_owner and same_clause,
        "bound": same_clause and not is_owner and mention.head != word,
        "own_clause": back == 0 and _governs(own, mention.head, word),
        "speaks": as_subject and _speaks(other, head.head),
        "first": bool(persons) and persons[0] is mention,
        "alone": len({m.key for m in persons}) == 1,
        "quoted": _inside(other, mention.start) != _inside(own, word),
        "titled": mention.start > 0 and other.tokens[mention.start - 1].upos in ("NOUN", "PROPN"),
        "main": as_subject and head.head >= 0 and other.tokens[head.head].deprel == "root",
    }
    return {name: 1.0 for name, value in found.items() if value}


def clause_of(phrases: Phrases, word: int) -> int:
    """The verb, or other head, of the clause of a word."""
    at = word
    while phrases.tokens[at].head >= 0 and phrases.tokens[at].upos not in ("VERB", "AUX"):
        at = phrases.tokens[at].head
    return at


def _governs(phrases: Phrases, subject: int, word: int) -> bool:
    """Whether a word stands in a clause below the verb of a subject: "Lind said that he ..."."""
    verb = phrases.tokens[subject].head
    if verb < 0 or phrases.tokens[subject].deprel not in SUBJECT:
        return False
    at = clause_of(phrases, word)
    for _ in range(8):
        at = phrases.tokens[at].head
        if at < 0:
            return False
        if at == verb:
            return True
    return False


def _speaks(phrases: Phrases, verb: int) -> bool:
    return verb >= 0 and any(f.kind == "attribution" and f.word == verb for f in phrases.sentence.frames)


def _inside(phrases: Phrases, word: int) -> bool:
    """Whether a quotation is open at a word, as far as its sentence tells."""
    before = phrases.body[phrases.sentence.start : phrases.tokens[word].start]
    return before.count("“") > before.count("”") or before.count('"') % 2 == 1
