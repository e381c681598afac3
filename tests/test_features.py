"""What the model is told of each word: its shape, and whether it stands in a quotation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.read.features import (
    ALPHANUMERIC,
    DIGITS,
    DOTTED,
    INITIAL,
    INSIDE,
    LETTER,
    LOWER,
    MARK,
    MIXED,
    OTHER,
    OUTSIDE,
    PUNCTUATION,
    TITLE,
    UPPER,
    quote_states,
    shape_of,
    shapes_of,
)

TABLE_SIZE = 32
"""Rows of the model's table of shapes: no id may reach it."""


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("treaty", LOWER),
        ("don’t", LOWER),
        ("Treaty", TITLE),
        ("Édouard", TITLE),
        ("O’hara", TITLE),
        ("NATO", UPPER),
        ("ÖVP", UPPER),
        ("A", LETTER),
        ("I", LETTER),
        ("McAllister", MIXED),
        ("iPhone", MIXED),
        ("14", DIGITS),
        ("3,500", DIGITS),
        ("-2.5", DIGITS),
        ("12:30", DIGITS),
        ("2024-04-03", DIGITS),
        ("F-16", ALPHANUMERIC),
        ("1990s", ALPHANUMERIC),
        ("U.S.", DOTTED),
        ("J.", DOTTED),
        ("a.m.", LOWER),
        (",", PUNCTUATION),
        ("...", PUNCTUATION),
        ("$", PUNCTUATION),
        ("“", OTHER),
        ("—", OTHER),
        ("€", OTHER),
    ],
)
def test_a_word_has_the_shape_of_its_letters(form: str, shape: int) -> None:
    assert shape_of(form) == shape


@pytest.mark.parametrize(
    ("form", "shape"),
    [
        ("", PUNCTUATION),
        ("\u200b", OTHER),
        ("\u00ad", OTHER),
        ("\ud800", OTHER),
        ("👩‍👩‍👧", OTHER),
        ("½", ALPHANUMERIC),
        ("²", ALPHANUMERIC),
        ("٣", DIGITS),
        ("北京", LOWER),
        ("ß", LOWER),
        ("ẞ", LETTER),
        ("ǅungla", MIXED),
        ("İstanbul", TITLE),
        ("ﬁne", LOWER),
        ("e\u0301tat", LOWER),
    ],
)
def test_odd_characters_have_a_shape_too(form: str, shape: int) -> None:
    """These are what training saw: to change one is to change the model."""
    assert shape_of(form) == shape


@given(st.lists(st.text(max_size=12), max_size=20))
def test_every_shape_is_a_row_of_the_models_table(forms: list[str]) -> None:
    shapes = shapes_of(forms)
    assert len(shapes) == len(forms)
    assert all(0 <= shape < TABLE_SIZE for shape in shapes)
    assert sum(shape >= INITIAL for shape in shapes) <= 1


def test_the_first_word_is_marked_behind_an_opening_quotation_mark() -> None:
    assert shapes_of(["“", "We", "agree"]) == [OTHER, TITLE + INITIAL, LOWER]


def test_a_sentence_of_marks_alone_has_no_initial_word() -> None:
    assert shapes_of(["—", "...", "”"]) == [OTHER, PUNCTUATION, OTHER]


def states(text: str, inside: bool = False) -> str:
    """States of blank-separated words as letters: o outside, i inside, m mark."""
    found, still = quote_states(text.split(), inside)
    return "".join("oim"[state] for state in found) + ("+" if still else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("he said “ we agree ” twice", "oomiimo"),
        ('he said " we agree " twice', "oomiimo"),
        ("he said `` we agree '' twice", "oomiimo"),
        ("er sagte « oui » leise", "oomimo"),
        ("“ a ” b “ c ”", "mimomim"),
        ('" a " b " c "', "mimomim"),
        ("“ he said ‘ no ’ to us ”", "miiiiiiim"),
        ("the states ’ offer", "oooo"),
        ("it began “ and never ended", "oomiii+"),
        ("ended ” before it began", "omooo"),
        ("“ one “ two ” three", "mimimo"),
        ('“ one " two', "mimo"),
        ("", ""),
    ],
)
def test_words_between_double_marks_are_inside(text: str, expected: str) -> None:
    assert states(text) == expected


def test_a_quotation_open_before_the_sentence_goes_on() -> None:
    assert states("and we will pay ” she said", inside=True) == "iiiimoo"
    assert states('and we will " she', inside=True) == "iiimo"


def test_the_states_are_those_the_model_learned() -> None:
    assert (OUTSIDE, INSIDE, MARK) == (0, 1, 2)


@given(st.lists(st.sampled_from(["“", "”", '"', "a", "said", "‘", "’"]), max_size=12), st.booleans(), st.data())
def test_a_text_cut_in_two_has_the_states_of_the_whole(forms: list[str], inside: bool, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(forms)))
    first, open_between = quote_states(forms[:cut], inside)
    second, still = quote_states(forms[cut:], open_between)
    assert ([*first, *second], still) == quote_states(forms, inside)
