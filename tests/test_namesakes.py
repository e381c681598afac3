"""Two persons of one family name: told apart by courtesy, by who was meant last, or not at all. All are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, says, tree

from legation.coding import code
from legation.records import Entity


def speakers(*paragraphs: Draft | list[Draft]) -> list[Entity | None]:
    """Who makes each statement."""
    report = code(reading(*paragraphs))
    by_id = {entity.id: entity for entity in report.entities}
    return [by_id.get((s.speaker.entity if s.speaker else None) or "") for s in report.statements]


def names(*paragraphs: Draft | list[Draft]) -> list[str | None]:
    """The names of who makes each statement."""
    return [entity.name if entity else None for entity in speakers(*paragraphs)]


def said(*words: str) -> Draft:
    """ "Mrs. Lind said that trade grew." with the last words for the name."""
    name = [word for word in words if word[0].isupper() and not word.endswith(".")]
    head = words.index(name[0]) + 1
    verb = len(words) + 1
    rows = [
        f"{word} {word} PROPN NNP {verb if at == head else head} "
        f"{'nsubj' if at == head else 'nmod:desc' if at < head else 'flat'}"
        for at, word in enumerate(words, 1)
    ]
    rows += [
        "said say VERB VBD 0 root",
        f"that that SCONJ IN {verb + 3} mark",
        f"trade trade NOUN NN {verb + 3} nsubj",
        f"grew grow VERB VBD {verb} ccomp",
        f". . PUNCT . {verb} punct",
    ]
    return tree(" | ".join(rows), says("said", " ".join(words), "that trade grew"), PER=" ".join(name))


def is_a(first: str, last: str, noun: str) -> Draft:
    """ "Oda Lind is chairwoman." """
    return tree(
        f"{first} {first} PROPN NNP 4 nsubj | {last} {last} PROPN NNP 1 flat | is be AUX VBZ 4 cop | "
        f"{noun} {noun} NOUN NN 0 root | . . PUNCT . 4 punct",
        PER=f"{first} {last}",
    )


ODA, NILS = is_a("Oda", "Lind", "chairwoman"), is_a("Nils", "Lind", "pilot")


@pytest.mark.parametrize("order", [(ODA, NILS), (NILS, ODA)])
@pytest.mark.parametrize("courtesy, name", [("Mrs.", "Oda Lind"), ("Ms.", "Oda Lind"), ("Mr.", "Nils Lind")])
def test_a_courtesy_tells_which_of_two_is_meant(order: tuple[Draft, Draft], courtesy: str, name: str) -> None:
    assert names(*order, said(courtesy, "Lind")) == [name]


def test_a_bare_name_is_who_spoke_last() -> None:
    calm = tree("Rain rain NOUN NN 2 nsubj | fell fall VERB VBD 0 root | . . PUNCT . 2 punct")
    assert names(ODA, NILS, calm, said("Mrs.", "Lind"), said("Lind")) == ["Oda Lind", "Oda Lind"]
    assert names(ODA, NILS, calm, said("Mr.", "Lind"), said("Lind")) == ["Nils Lind", "Nils Lind"]


def test_who_has_half_a_name_of_somebody_else_is_no_namesake() -> None:
    assert names(ODA, is_a("Tora", "Lind-Berg", "chairwoman"), said("Miss", "Lind")) == ["Oda Lind"]


def test_a_bare_name_is_who_of_the_paragraph_was_named() -> None:
    assert names(NILS, [ODA, said("Lind")]) == ["Oda Lind"]


def test_a_bare_name_after_both_is_left_open() -> None:
    assert names([ODA, NILS], said("Lind")) == [None]


def test_what_is_left_open_is_no_mention_of_either() -> None:
    report = code(reading([ODA, NILS], said("Lind")))
    assert [[span.text for span in entity.mentions] for entity in report.entities] == [["Oda Lind"], ["Nils Lind"]]


@pytest.mark.parametrize("part", ["Lind-Berg", "Lind", "Berg"])
def test_one_of_a_double_name_is_meant_by_it_and_by_its_halves(part: str) -> None:
    assert names(is_a("Oda", "Lind-Berg", "chairwoman"), said(part)) == ["Oda Lind-Berg"]


def test_a_title_tells_which_of_two_is_meant() -> None:
    major = is_a("Oda", "Lind", "major")
    for order in ((major, NILS), (NILS, major)):
        assert names(*order, said("Major", "Lind")) == ["Oda Lind"]


def test_a_courtesy_that_fits_both_tells_nothing() -> None:
    other = is_a("Lars", "Lind", "chairman")
    assert names([NILS, other], said("Mr.", "Lind")) == [None]


def test_a_given_name_tells_whom_a_courtesy_means() -> None:
    other = is_a("Lars", "Lind", "pilot")
    assert names(is_a("Ingrid", "Lind", "pilot"), other, said("Miss", "Lind")) == ["Ingrid Lind"]
