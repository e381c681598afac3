"""Persons told by what stands beside a name. All persons are invented."""

from __future__ import annotations

import pytest
from readings import Draft, phrases, tree

from legation.coding.constructions import with_constructed
from legation.coding.names import find_names
from legation.coding.tables import Gazetteer


def found(draft: Draft) -> list[tuple[str, str]]:
    """The words and kind of each name of a sentence."""
    read, gazetteer = phrases(draft), Gazetteer.load()
    return [(m.span.text, m.kind) for m in with_constructed(0, find_names(0, read, gazetteer), read, gazetteer)]


WHO = (
    "{first} {first} PROPN NNP 6 nsubj | Pond Pond PROPN NNP 6 nsubj | , , PUNCT , 1 punct | who who PRON WP 5 nsubj | "
    "sings sing VERB VBZ 1 acl:relcl | slept sleep VERB VBD 0 root"
)


@pytest.mark.parametrize("first", ["Israel", "Lima", "Oda"])
def test_a_name_before_who_is_a_persons_whatever_the_model_took_it_for(first: str) -> None:
    assert found(tree(WHO.format(first=first), LOC=f"{first} Pond")) == [(f"{first} Pond", "person")]


def test_a_state_of_two_words_before_a_clause_stays_a_state() -> None:
    rows = WHO.format(first="New").replace("Pond", "Zealand")
    assert found(tree(rows, LOC="New Zealand")) == [("New Zealand", "state")]


def test_a_body_of_which_the_model_is_sure_stays_a_body() -> None:
    assert found(tree(WHO.format(first="Harbour"), ORG="Harbour Pond")) == [("Harbour Pond", "organization")]


def test_a_name_before_a_trade_is_a_persons() -> None:
    draft = tree(
        "Chile Chile PROPN NNP 7 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 1 punct | a a DET DT 5 det | "
        "geologist geologist NOUN NN 1 appos | , , PUNCT , 1 punct | slept sleep VERB VBD 0 root",
        LOC="Chile Lind",
    )
    assert found(draft) == [("Chile Lind", "person")]


def test_a_name_between_commas_behind_a_trade_is_a_persons() -> None:
    draft = tree(
        "A a DET DT 2 det | guard guard NOUN NN 7 nsubj | , , PUNCT , 5 punct | Lebanon Lebanon PROPN NNP 5 compound | "
        "Sumor Sumor PROPN NNP 7 nsubj | , , PUNCT , 5 punct | slept sleep VERB VBD 0 root",
        LOC="Lebanon",
    )
    assert found(draft) == [("Lebanon Sumor", "person")]


@pytest.mark.parametrize("title", ["Dr.", "King", "Sister"])
def test_a_name_behind_a_title_is_a_persons(title: str) -> None:
    draft = tree(
        f"In in ADP IN 2 case | Amman Amman PROPN NNP 5 obl | {title} {title} PROPN NNP 4 compound | "
        "Georgia Georgia PROPN NNP 5 nsubj | slept sleep VERB VBD 0 root",
        LOC="Amman|Georgia",
    )
    assert ("Georgia", "person") in found(draft)


def test_a_place_in_front_of_a_name_is_no_part_of_it() -> None:
    draft = tree(
        "In in ADP IN 2 case | Granada Granada PROPN NNP 9 obl | Santiago Santiago PROPN NNP 9 nsubj | "
        "Molina Molina PROPN NNP 3 flat | , , PUNCT , 3 punct | a a DET DT 7 det | baker baker NOUN NN 3 appos | "
        ", , PUNCT , 3 punct | slept sleep VERB VBD 0 root",
        LOC="Granada Santiago",
    )
    assert ("Santiago Molina", "person") in found(draft)


def test_a_name_without_anything_beside_it_stays_what_it_is() -> None:
    draft = tree(
        "Israel Israel PROPN NNP 3 nsubj | Pond Pond PROPN NNP 3 nsubj | slept sleep VERB VBD 0 root", LOC="Israel"
    )
    assert ("Israel", "state") in found(draft)
