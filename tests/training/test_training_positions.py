"""The corpus of positions as training examples. All sentences are invented."""

from __future__ import annotations

from training.corpora import GoldStance
from training.position_corpus import Record
from training.position_drafts import record_of
from training.positions import real_examples, stance_examples
from training.real_statements import Mark, RealSentence, Said
from training.words import split_paragraph

TEXT = "“The blockade must end,” Oda Lind said. “Verrin starves a city. Let the ships in.” Critics laughed."


def record(*statements: dict[str, object]) -> Record:
    return record_of({"id": "a-1", "issue": "blockade", "text": TEXT, "statements": list(statements)})


LIND = {
    "speaker": "Oda Lind",
    "cue": "said",
    "content": ["“The blockade must end,”", "“Verrin starves a city. Let the ships in.”"],
    "act": "demand",
    "positions": [
        {"issue": "blockade", "option": "lift", "stance": "for", "evidence": "must end"},
        {"issue": "blockade", "option": "lift", "stance": "for", "evidence": "Let the ships in"},
    ],
    "toward": [{"target": "Verrin", "attitude": "blames", "evidence": "starves a city"}],
}


def test_a_statement_stands_at_its_cue_and_where_its_quotation_goes_on() -> None:
    first, second, third, last = stance_examples([record(LIND)], split_paragraph)
    assert first.forms[first.stances[0].word] == "said"  # type: ignore[index]
    assert first.stances == (GoldStance(9, "demand", (("FOR", 3, 5),), ()),)
    assert second.stances == (GoldStance(0, None, (), (("BLAMED", 1, 2),)),)
    assert third.stances == (GoldStance(0, None, (("FOR", 0, 4),), ()),)
    assert last.stances == () and last.attributions == ()


def test_the_attribution_of_a_sentence_is_that_of_the_statement() -> None:
    (first, second, *_) = stance_examples([record(LIND)], split_paragraph)
    (frame,) = first.attributions or ()
    assert {label for label, *_ in frame.roles} == {"CUE", "SOURCE", "CONTENT"}
    assert second.attributions == ()


def test_sentences_know_whether_a_quotation_is_open() -> None:
    assert [e.quoted for e in stance_examples([record(LIND)], split_paragraph)] == [False, False, True, False]


def test_real_sentences_are_taught_like_ours_and_a_statement_may_have_no_speaker() -> None:
    text = "Tolls are expected to rise, and Oda Lind opposes them."
    found = (
        Said(None, (6, 18), ((19, 26),), "predict", (), ()),
        Said((32, 40), (41, 48), ((49, 53),), "reject", (Mark("against", (41, 53)),), (Mark("blames", (49, 53)),)),
    )
    (example,) = real_examples([RealSentence("real-1", "train", "tolls", "d", "1", text, found)], split_paragraph)
    first, second = example.attributions or ()
    assert {label for label, *_ in first.roles} == {"CUE", "CONTENT"}
    assert {label for label, *_ in second.roles} == {"SOURCE", "CUE", "CONTENT"}
    assert example.stances == (
        GoldStance(2, "predict", (), ()),
        GoldStance(9, "reject", (("AGAINST", 9, 11),), (("BLAMED", 10, 11),)),
    )
