"""Whether a text tells of a woman or a man. All sentences and persons are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, reading, tree

from legation.coding.genders import Sign, gender_words, genders_of, given_names, of_name, plain
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer


def signs_of(*drafts: Draft) -> dict[str, Sign]:
    made = reading(list(drafts))
    sentences = [Phrases(s, made.text.body) for s in made.sentences]
    return genders_of(sentences, Participants(sentences, Gazetteer.load(), None).names)


def left(first: str, last: str, *before: str) -> Draft:
    """ "<before> First Last left ." """
    at = len(before)
    rows = [f"{word} {word.lower()} NOUN NN {at + 1} {'nmod:poss' if word == 'her' else 'compound'}" for word in before]
    rows += [
        f"{first} {first} PROPN NNP {at + 3} nsubj",
        f"{last} {last} PROPN NNP {at + 1} flat",
        "left leave VERB VBD 0 root",
        f". . PUNCT . {at + 3} punct",
    ]
    return tree("\n".join(rows), PER=f"{first} {last}")


@pytest.mark.parametrize(
    ("name", "gender"),
    [
        ("Oda Lind", "f"),
        ("Nils Berg", "m"),
        ("José Verrin", "m"),
        ("Jose Verrin", "m"),
        ("Anna-Karin Lind", "f"),
        ("Xi Jinping", "m"),
        ("Amina binti Harrow", "f"),
        ("Robin Lind", None),
        ("J. K. Lind", None),
        ("Lind", None),
        ("", None),
    ],
)
def test_a_name_tells_the_gender_of_who_is_given_it(name: str, gender: str | None) -> None:
    assert next(iter(of_name(name)), None) == gender


@given(st.text(max_size=40))
def test_any_name_tells_one_gender_or_none(name: str) -> None:
    assert list(of_name(name)) in ([], ["m"], ["f"])


def test_accents_and_case_make_no_other_name() -> None:
    assert plain("JOSÉ") == "jose" and plain("Đặng") != ""


def test_every_row_of_the_tables_tells_a_gender() -> None:
    assert set(gender_words().values()) == {"m", "f"}
    assert {gender for gender, _ in given_names().values()} == {"m", "f", None}
    assert len(given_names()) > 20_000


def test_a_title_tells_more_than_the_name() -> None:
    assert signs_of(left("Nils", "Berg", "Mrs"))["person:nils berg"] == Sign("f")


def test_a_noun_beside_the_name_tells_it() -> None:
    assert signs_of(left("Robin", "Berg", "her", "husband"))["person:robin berg"] == Sign("m")


def test_signs_that_disagree_leave_it_to_the_name_and_else_unknown() -> None:
    both = (left("Robin", "Berg", "Mrs"), left("Robin", "Berg", "Mr"))
    assert "person:robin berg" not in signs_of(*both)
    assert signs_of(left("Oda", "Berg", "Mrs"), left("Oda", "Berg", "Mr"))["person:oda berg"] == Sign("f")


def test_a_single_name_is_less_sure() -> None:
    alone = tree("Oda Oda PROPN NNP 2 nsubj | left leave VERB VBD 0 root | . . PUNCT . 2 punct", PER="Oda")
    assert signs_of(alone)["person:oda"] == Sign("f", sure=False)


def test_nobody_is_known_of_a_text_without_persons() -> None:
    assert signs_of(tree("Trade trade NOUN NN 2 nsubj | grew grow VERB VBD 0 root")) == {}
