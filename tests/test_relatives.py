"""Whom kin with an owner means: by what is told of both, by its inverse, by the family name. All is invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, says, tree

from legation.coding import code


def last(*paragraphs: Draft | list[Draft]) -> str | None:
    """The name of the person who makes the last statement of an article."""
    report = code(reading(*paragraphs))
    persons = {entity.id: entity.name for entity in report.entities if entity.kind == "person"}
    speaker = report.statements[-1].speaker
    return persons.get((speaker.entity if speaker else None) or "")


def left(first: str, family: str) -> Draft:
    """ "Oda Lind left." """
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {family} {family} PROPN NNP 1 flat | left leave VERB VBD 0 root | "
        ". . PUNCT . 3 punct",
        PER=f"{first} {family}",
    )


def told(owner: str, noun: str, name: str) -> Draft:
    """ "Oda Lind's father, Nils Berg, left." """
    (first, family), (given, other) = owner.split(), name.split()
    return tree(
        f"{first} {first} PROPN NNP 4 nmod:poss | {family} {family} PROPN NNP 1 flat | 's 's PART POS 1 case | "
        f"{noun} {noun} NOUN NN 9 nsubj | , , PUNCT , 6 punct | {given} {given} PROPN NNP 4 appos | "
        f"{other} {other} PROPN NNP 6 flat | , , PUNCT , 4 punct | left leave VERB VBD 0 root | . . PUNCT . 9 punct",
        PER=f"{owner}|{name}",
    )


def says_of(owner: str, noun: str) -> Draft:
    """ "Oda Lind's father said that trade grew." """
    first, family = owner.split()
    return tree(
        f"{first} {first} PROPN NNP 4 nmod:poss | {family} {family} PROPN NNP 1 flat | 's 's PART POS 1 case | "
        f"{noun} {noun} NOUN NN 5 nsubj | said say VERB VBD 0 root | that that SCONJ IN 8 mark | "
        "trade trade NOUN NN 8 nsubj | grew grow VERB VBD 5 ccomp | . . PUNCT . 5 punct",
        says("said", f"{owner} 's {noun}", "that trade grew"),
        PER=owner,
    )


TWO_FATHERS = told("Oda Lind", "father", "Nils Berg"), told("Ilse Roth", "father", "Emil Vik")


@pytest.mark.parametrize(("owner", "father"), [("Oda Lind", "Nils Berg"), ("Ilse Roth", "Emil Vik")])
def test_of_two_fathers_it_is_the_one_who_was_told_to_be_hers(owner: str, father: str) -> None:
    assert last(*TWO_FATHERS, says_of(owner, "father")) == father


@pytest.mark.parametrize(
    ("told_as", "called"), [("father", "daughter"), ("uncle", "niece"), ("sister", "sister"), ("cousin", "cousin")]
)
def test_she_is_the_daughter_whose_father_he_was_told_to_be(told_as: str, called: str) -> None:
    assert last(told("Oda Lind", told_as, "Nils Berg"), says_of("Nils Berg", called)) == "Oda Lind"


def test_kin_of_one_person_is_not_that_of_another() -> None:
    assert last(TWO_FATHERS[0], left("Ilse", "Roth"), says_of("Ilse Roth", "father")) is None


def test_a_husband_may_be_who_alone_shares_the_family_name() -> None:
    assert last(left("Oda", "Lind"), left("Nils", "Lind"), says_of("Oda Lind", "husband")) == "Nils Lind"


@pytest.mark.parametrize("noun", ["neighbour", "friend", "colleague", "cousin"])
def test_who_is_no_close_kin_is_not_known_by_the_family_name(noun: str) -> None:
    assert last(left("Oda", "Lind"), left("Nils", "Lind"), says_of("Oda Lind", noun)) is None


def test_who_shares_the_name_is_not_kin_of_the_other_sex() -> None:
    assert last(left("Oda", "Lind"), left("Nils", "Lind"), says_of("Oda Lind", "sister")) is None


def test_who_was_told_to_be_the_brother_is_not_the_husband() -> None:
    assert last(told("Oda Lind", "brother", "Nils Lind"), says_of("Oda Lind", "husband")) is None


def test_between_two_of_the_family_name_kin_is_nobody() -> None:
    assert last(left("Oda", "Lind"), left("Nils", "Lind"), left("Emil", "Lind"), says_of("Oda Lind", "son")) is None


def quoted(owner: str) -> Draft:
    """“My father said that trade grew,” Nils Berg said."""
    return tree(
        f"“ “ PUNCT `` 4 punct | {owner} {owner.lower()} PRON PRP$ 3 nmod:poss | father father NOUN NN 4 nsubj | "
        "says say VERB VBZ 12 ccomp | that that SCONJ IN 7 mark | trade trade NOUN NN 7 nsubj | "
        "grew grow VERB VBD 4 ccomp | , , PUNCT , 4 punct | ” ” PUNCT '' 4 punct | Nils Nils PROPN NNP 12 nsubj | "
        "Berg Berg PROPN NNP 10 flat | said say VERB VBD 0 root | . . PUNCT . 12 punct",
        says("said", "Nils Berg", f"“ {owner} father says that trade grew , ”"),
        says("says", f"{owner} father", "that trade grew"),
        PER="Nils Berg",
    )


@pytest.mark.parametrize(("owner", "father"), [("My", "Emil Berg"), ("Our", None)])
def test_my_father_in_a_quotation_is_the_father_of_who_is_quoted(owner: str, father: str | None) -> None:
    report = code(reading(told("Nils Berg", "father", "Emil Berg"), quoted(owner)))
    persons = {entity.id: entity.name for entity in report.entities if entity.kind == "person"}
    inner = next(s for s in report.statements if s.cue.text == "says")
    assert persons.get((inner.speaker.entity if inner.speaker else None) or "") == father
