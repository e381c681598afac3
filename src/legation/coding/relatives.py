"""Whom "her husband", "the captain's wife" and "his brother" mean, by what is told of kin and by family names."""

from __future__ import annotations

from collections.abc import Iterator, Set

from legation.coding.entities import Participant
from legation.coding.genders import gender_words, of_name
from legation.coding.kin import FAMILY, INVERSE, SEVERAL, Kin, kin_noun
from legation.coding.names import name_key
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases


def kin_meant(number: int, word: int, people: Participants, phrases: Phrases) -> Participant | None:
    """The relative whom a noun with an owner means.

    That is who was told to be so of this owner, or whose daughter she is who is called a father's; else the only person
    who was called a father, and none of those whose he is; else who alone shares the family name of the owner.
    """
    found = kin_noun(word, phrases, SEVERAL)
    if found is None:
        return None
    noun, owner = found
    if phrases.forms[owner].lower() == "my" and (number, owner) not in people.pronouns:
        return None
    whose = {p.key for p in people.of_word(number, owner) if people.is_person(p.key)}
    here = phrases.tokens[word].start
    keys = {*_told(noun, whose, people)} or _called(noun, whose, here, people) or _namesake(noun, whose, people)
    return people.again(keys.pop(), *phrases.subtree(word), number) if len(keys) == 1 else None


def _told(noun: str, whose: Set[str], people: Participants) -> Iterator[str]:
    """The relatives of somebody known, by what was told of them or of him."""
    for one in people.kin:
        owners = {*_owners(one, people)}
        if one.noun == noun and owners & whose:
            yield one.key
        elif one.noun in INVERSE.get(noun, ()) and one.key in whose:
            yield from owners - whose


def _called(noun: str, whose: Set[str], here: int, people: Participants) -> set[str]:
    """Who was called so before a place, and is no relative of others; else whose relative others are told to be."""
    called = {p.key for p in people.persons() if noun in p.nouns and p.mentions and p.mentions[0][0] < here} - whose
    if called or whose:
        others = {one.key for one in people.kin if one.noun == noun and {*_owners(one, people)} - whose}
        return called - others if whose else called
    inverse = [one for one in people.kin if one.noun in INVERSE.get(noun, ())]
    return {*_owners(inverse[0], people)} if len({one.key for one in inverse}) == 1 else set()


def _owners(kin: Kin, people: Participants) -> list[str]:
    """The person, if one is known, whose kin somebody is told to be."""
    return [p.key for p in people.of_word(kin.sentence, kin.owner)[:1] if people.is_person(p.key)]


def _namesake(noun: str, whose: Set[str], people: Participants) -> set[str]:
    """The only other person with the family name of somebody, where kin bears it, and nothing else is told of both."""
    if len(whose) != 1 or noun not in FAMILY:
        return set()
    (owner,) = whose
    family = name_key(people.name_of(owner)).split()[-1]
    pairs = [{one.key, *_owners(one, people)} for one in people.kin]
    related = {key for pair in pairs if owner in pair for key in pair}
    gender = gender_words().get(noun)
    found = {key for key in people.namesakes.get(family, ()) if key not in (owner, *related)}
    return {key for key in found if not gender or gender in (next(of_name(people.name_of(key)), gender),)}
