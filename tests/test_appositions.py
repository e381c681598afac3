"""The nouns beside a name that mean its bearer, where the tree shows them and where it does not. All are invented."""

from __future__ import annotations

import pytest
from readings import Draft, phrases, tree

from legation.coding.appositions import apposed_to, appositions_of

# The tree joins the name to the verb, or to a noun that is no person, in all of these.
ENVOY = (
    "Its its PRON PRP$ 2 nmod:poss | envoy envoy NOUN NN 9 nsubj | to to ADP IN 5 case | the the DET DT 5 det | "
    "north north NOUN NN 2 nmod | , , PUNCT , 7 punct | Oda Oda PROPN NNP 5 appos | Lind Lind PROPN NNP 7 flat | "
)


def noun(draft: Draft, start: int) -> str | None:
    """The noun for the bearer of the two words from `start`."""
    made = phrases(draft)
    found = apposed_to(start, start + 2, made)
    return None if found is None else made.forms[found]


def envoy(*end: str) -> Draft:
    """ "Its envoy to the north, Oda Lind ..." """
    return tree(ENVOY + " | ".join(end))


def test_a_name_between_commas_belongs_to_the_noun_for_a_person_before_it() -> None:
    draft = envoy(", , PUNCT , 7 punct", "left leave VERB VBD 0 root", ". . PUNCT . 10 punct")
    assert noun(draft, 6) == "envoy"


def test_those_named_by_what_was_done_to_them_stand_inside_a_phrase() -> None:
    draft = tree(
        "A a DET DT 2 det | lawyer lawyer NOUN NN 12 nsubj | for for ADP IN 4 case | families family NOUN NNS 2 nmod | "
        "of of ADP IN 7 case | the the DET DT 7 det | detained detain VERB VBN 4 nmod | , , PUNCT , 12 punct | "
        "Oda Oda PROPN NNP 12 nsubj | Lind Lind PROPN NNP 9 flat | , , PUNCT , 12 punct | left leave VERB VBD 0 root"
    )
    assert noun(draft, 8) == "lawyer"


def test_a_name_that_no_comma_follows_may_be_a_subject_of_its_own() -> None:
    assert noun(envoy("left leave VERB VBD 0 root", ". . PUNCT . 9 punct"), 6) == "north"


def test_a_name_with_an_apposition_of_its_own_may_be_another() -> None:
    rows = [", , PUNCT , 11 punct", "a a DET DT 11 det", "pilot pilot NOUN NN 7 appos", ", , PUNCT , 7 punct"]
    assert noun(envoy(*rows, "left leave VERB VBD 0 root", ". . PUNCT . 13 punct"), 6) == "north"


@pytest.mark.parametrize("word", ["named", "called"])
def test_a_pilot_named_so_is_a_pilot(word: str) -> None:
    draft = tree(
        f"A a DET DT 2 det | pilot pilot NOUN NN 6 nsubj | {word} name VERB VBN 2 acl | Oda Oda PROPN NNP 3 xcomp | "
        "Lind Lind PROPN NNP 4 flat | left leave VERB VBD 0 root | . . PUNCT . 6 punct"
    )
    assert noun(draft, 3) == "pilot"


def test_who_owns_the_person_is_another() -> None:
    draft = tree(
        "The the DET DT 2 det | minister minister NOUN NN 4 nmod:poss | 's 's PART POS 2 case | "
        "school school NOUN NN 8 nsubj | , , PUNCT , 6 punct | Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 6 flat | "
        "closed close VERB VBD 0 root | , , PUNCT , 8 punct"
    )
    assert noun(draft, 5) is None


def told(draft: Draft, start: int) -> list[str]:
    """The phrases in apposition to the two words from `start`."""
    made = phrases(draft)
    return [made.text(*span) for span in appositions_of(start, start + 2, made)]


GUARD = "A a DET DT 2 det | {noun} {noun} NOUN NN 9 nsubj | , , PUNCT , 4 punct | Oda Oda PROPN NNP 9 nsubj | "
GUARD += "Lind Lind PROPN NNP 4 flat | , , PUNCT , 4 punct | {word} {word} DET DT 8 det | pilot pilot NOUN NN 4 appos | left leave VERB VBD 0 root"


def test_a_name_right_behind_a_noun_and_a_comma_is_told_by_it_whatever_the_tree_joins() -> None:
    assert "guard" in told(tree(GUARD.format(noun="guard", word="the")), 3)


def test_a_name_with_an_apposition_of_its_own_is_told_by_that_alone() -> None:
    assert told(tree(GUARD.format(noun="guard", word="a")), 3) == ["a pilot"]


@pytest.mark.parametrize("noun", ["destroyer", "newspaper", "carrier"])
def test_a_ship_or_a_paper_before_a_name_is_no_person(noun: str) -> None:
    assert noun not in told(tree(GUARD.format(noun=noun, word="the")), 3)
