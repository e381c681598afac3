"""Turns of transcripts: who stands before the colon has said what stands behind it. All sentences are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, reading, says, tree

from legation.coding import code
from legation.records import Report, Statement


def introduced(first: str = "Oda", last: str = "Lind") -> Draft:
    """ "Oda Lind arrived." """
    return tree(
        f"{first} {first} PROPN NNP 3 nsubj | {last} {last} PROPN NNP 1 flat | "
        "arrived arrive VERB VBD 0 root | . . PUNCT . 3 punct",
        PER=f"{first} {last}",
    )


def turn(*label: str, end: str = ".", name: str | None = None) -> Draft:
    """ "LIND: Trade grew." """
    rows = [f"{word} {word} PROPN NNP {len(label) + 3} dep" for word in label]
    rows += [
        f": : PUNCT : {len(label) + 3} punct",
        f"Trade trade NOUN NN {len(label) + 3} nsubj",
        "grew grow VERB VBD 0 root",
        f"{end} {end} PUNCT . {len(label) + 3} punct",
    ]
    return tree(" | ".join(rows), **({"PER": name} if name else {}))


def told(report: Report) -> list[tuple[str | None, str, str]]:
    """Speaker, words for the speaker and content of each statement."""
    by_id = {entity.id: entity.name for entity in report.entities}
    return [
        (by_id.get(s.speaker.entity or ""), s.speaker.text, " ".join(span.text for span in s.content))
        for s in report.statements
        if s.speaker is not None
    ]


def statements(*paragraphs: Draft | list[Draft]) -> tuple[Statement, ...]:
    """The statements of an article."""
    return code(reading(*paragraphs)).statements


@pytest.mark.parametrize("label", ["LIND", "Lind", "ODA LIND", "Oda Lind"])
def test_a_turn_is_a_statement_of_who_is_named_before_the_colon(label: str) -> None:
    assert told(code(reading(introduced(), turn(*label.split())))) == [("Oda Lind", label, "Trade grew.")]


def test_who_is_asked_may_be_called_by_half_a_name_that_another_has_alone() -> None:
    report = code(reading(introduced("Nils", "Lind-Berg"), introduced("Oda", "Lind"), turn("LIND"), turn("LIND")))
    assert {name for name, _, _ in told(report)} == {"Nils Lind-Berg"}


def test_a_turn_goes_on_to_the_end_of_its_paragraph_and_no_further() -> None:
    more = tree("Prices price NOUN NNS 2 nsubj | fell fall VERB VBD 0 root | . . PUNCT . 2 punct")
    report = code(reading(introduced(), [turn("LIND"), more], more))
    assert told(report) == [("Oda Lind", "LIND", "Trade grew. Prices fell.")]


def test_a_time_before_the_label_and_a_role_in_brackets_are_no_part_of_it() -> None:
    draft = tree(
        "19.02 19.02 NUM CD 8 dep | Lind Lind PROPN NNP 8 dep | ( ( PUNCT ( 4 punct | mayor mayor NOUN NN 2 appos | "
        ") ) PUNCT ) 4 punct | : : PUNCT : 8 punct | Trade trade NOUN NN 8 nsubj | grew grow VERB VBD 0 root"
    )
    assert told(code(reading(introduced(), draft))) == [("Oda Lind", "Lind", "Trade grew")]


def test_the_mark_of_a_turn_is_its_colon_and_it_is_direct_speech() -> None:
    (statement,) = statements(introduced(), turn("LIND"))
    assert (statement.cue.text, statement.mode, statement.act) == (":", "direct", "state")


def test_a_turn_that_ends_with_a_question_mark_asks() -> None:
    (statement,) = statements(introduced(), turn("LIND", end="?"))
    assert statement.act == "ask"


def test_answers_are_turns_of_the_only_person_introduced_before_them() -> None:
    drafts = [turn("Q", end="?"), turn("A"), turn("Q", end="?"), turn("A")]
    report = code(reading(introduced(), *drafts))
    assert [name for name, _, _ in told(report)] == [None, "Oda Lind", None, "Oda Lind"]
    report = code(reading(drafts[0], drafts[1], introduced(), drafts[2], drafts[3]))
    assert [name for name, _, _ in told(report)] == [None, None, None, None]


def test_answers_are_nobodys_where_two_were_introduced() -> None:
    drafts = [turn("Q", end="?"), turn("A"), turn("Q", end="?"), turn("A")]
    report = code(reading(introduced(), introduced("Nils", "Berg"), *drafts))
    assert [(name, label) for name, label, _ in told(report)] == [(None, "Q"), (None, "A"), (None, "Q"), (None, "A")]
    assert {s.confidence for s in report.statements} == {0.6}


def test_a_label_that_two_bear_is_who_of_them_was_introduced_first() -> None:
    report = code(reading(introduced(), introduced("Nils", "Lind"), turn("LIND"), turn("LIND")))
    assert [name for name, _, _ in told(report)] == ["Oda Lind", "Oda Lind"]
    report = code(reading(turn("LIND"), introduced(), introduced("Nils", "Lind"), turn("LIND")))
    assert [name for name, _, _ in told(report)] == [None, None]


def test_an_answer_goes_on_in_the_paragraphs_that_its_quotation_goes_on_in() -> None:
    label = "A A PROPN NNP 5 dep | : : PUNCT : 5 punct | “ “ PUNCT `` 5 punct | "
    answer = tree(label + "Trade trade NOUN NN 5 nsubj | grew grow VERB VBD 0 root | . . PUNCT . 5 punct")
    more = tree(
        "“ “ PUNCT `` 3 punct | Prices price NOUN NNS 3 nsubj | fell fall VERB VBD 0 root | . . PUNCT . 3 punct | "
        "” ” PUNCT '' 3 punct"
    )
    report = code(reading(introduced(), turn("Q", end="?"), answer, more, turn("Q", end="?"), turn("A")))
    assert told(report)[1] == ("Oda Lind", "A", "“Trade grew. “Prices fell.”")


def test_a_heading_in_capitals_is_no_turn() -> None:
    assert statements(introduced(), turn("UPDATE"), turn("OSLO")) == ()


def test_a_colon_after_a_clause_makes_no_turn() -> None:
    draft = tree(
        "there there PRON EX 2 expl | was be VERB VBD 0 root | Lind Lind PROPN NNP 2 nsubj | : : PUNCT : 2 punct | "
        "Trade trade NOUN NN 6 nsubj | grew grow VERB VBD 2 parataxis"
    )
    assert statements(introduced(), draft) == ()


def test_a_label_with_nothing_behind_it_is_no_turn() -> None:
    draft = tree("LIND Lind PROPN NNP 0 root | : : PUNCT : 1 punct")
    assert statements(introduced(), draft) == ()


def test_i_in_a_turn_is_its_speaker() -> None:
    draft = tree(
        "LIND Lind PROPN NNP 4 dep | : : PUNCT : 4 punct | I I PRON PRP 4 nsubj | said say VERB VBD 0 root | "
        "so so ADV RB 4 advmod",
        says("said", "I", "so"),
    )
    assert [name for name, _, _ in told(code(reading(introduced(), draft)))] == ["Oda Lind", "Oda Lind"]


@given(st.lists(st.sampled_from(["LIND", "Lind", "Q", "A", ":", "(", ")", "19.02", '"', "-", "BERG"]), max_size=9))
def test_no_label_breaks_an_article(words: list[str]) -> None:
    rows = [f"{word} {word} PROPN NNP {len(words) + 2} dep" for word in words]
    rows += [f"Trade trade NOUN NN {len(words) + 2} nsubj", "grew grow VERB VBD 0 root"]
    report = code(reading(introduced(), tree(" | ".join(rows))))
    assert all(s.content and s.content[0].text for s in report.statements)
