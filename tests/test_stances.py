"""Where speakers stand, from the model's marks to the statements of a report. All sentences are invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from readings import Draft, Stood, reading, says, stands, tree

from legation.coding import code
from legation.coding.position_confidence import Matter, load_position_curve
from legation.coding.stances import IssueOf
from legation.records import Position, Report, Statement
from legation.sureness import LEAST_CONFIDENCE

WORDS = """
    Peru Peru PROPN NNP 2 nsubj | urged urge VERB VBD 0 root | Chile Chile PROPN NNP 2 obj | to to PART TO 5 mark
    lift lift VERB VB 2 xcomp | the the DET DT 7 det | sanctions sanction NOUN NNS 5 obj | and and CCONJ CC 9 cc
    keep keep VERB VB 5 conj | the the DET DT 11 det | quotas quota NOUN NNS 9 obj | . . PUNCT . 2 punct
"""
GOES_ON = """
    “ “ PUNCT `` 4 punct | We we PRON PRP 4 nsubj | must must AUX MD 4 aux | talk talk VERB VB 0 root | . . PUNCT . 4 punct
    ” ” PUNCT '' 4 punct
"""
OPENS = """
    “ “ PUNCT `` 4 punct | We we PRON PRP 4 nsubj | are be AUX VBP 4 cop | ready ready ADJ JJ 9 ccomp | , , PUNCT , 4 punct
    ” ” PUNCT '' 4 punct | the the DET DT 8 det | minister minister NOUN NN 9 nsubj | said say VERB VBD 0 root
    . . PUNCT . 9 punct
"""
RELIEVE = Matter("sanctions", "relieve", 0.8, 2.0)


def urged(*stood: Stood) -> Draft:
    """One sentence with an indirect demand, and marks at its cue."""
    said = says("urged", "Peru", "Chile to lift the sanctions and keep the quotas")
    return tree(WORDS, said, *stood, LOC="Peru|Chile")


def statement(*paragraphs: Draft | Sequence[Draft], issue_of: IssueOf = lambda *_: RELIEVE) -> Statement:
    """The first statement of a text."""
    report: Report = code(reading(*paragraphs), issue_of=issue_of)
    return report.statements[0]


def sides(said: Statement) -> list[tuple[str | None, str, str]]:
    """Issue, stance and evidence of each position."""
    return [(p.issue, p.stance, p.evidence.text) for p in said.positions]


def test_a_side_that_the_model_marks_at_a_cue_is_the_statements_position() -> None:
    (position,) = statement(urged(stands("urged", "demand", ("FOR", "lift the sanctions")))).positions
    start = "Peru urged Chile to ".__len__()
    assert (position.issue, position.option, position.stance) == ("sanctions", "relieve", "for")
    assert (position.evidence.start, position.evidence.text) == (start, "lift the sanctions")


def test_the_issue_is_asked_for_with_the_content_and_what_stands_around_it() -> None:
    asked = []

    def issue_of(evidence: str, content: str, context: str) -> Matter:
        asked.append((evidence, content, context.strip()))
        return RELIEVE

    first = tree("Lima Lima PROPN NNP 2 nsubj | waited wait VERB VBD 0 root | . . PUNCT . 2 punct")
    statement([first, urged(stands("urged", "reject", ("AGAINST", "the sanctions")))], issue_of=issue_of)
    content = "Chile to lift the sanctions and keep the quotas"
    assert asked == [("the sanctions", content, f"Lima waited. Peru urged {content}.")]


def test_the_issue_is_asked_for_with_headline_and_lead_of_a_long_article() -> None:
    asked = []

    def issue_of(evidence: str, content: str, context: str) -> Matter:
        asked.append(context)
        return RELIEVE

    words = "Lima Lima PROPN NNP 2 nsubj | waited wait VERB VBD 0 root | . . PUNCT . 2 punct"
    body = [*(tree(words) for _ in range(60)), urged(stands("urged", "reject", ("AGAINST", "the sanctions")))]
    titled = reading(body)
    code(replace(titled, text=replace(titled.text, title="A vote in Quito")), issue_of=issue_of)
    assert asked[0].startswith("A vote in Quito Lima waited.")
    assert asked[0].endswith("keep the quotas.")
    assert len(asked[0]) < 560


def test_a_side_on_no_known_issue_is_told_without_one() -> None:
    marked = urged(stands("urged", "state", ("FOR", "lift the sanctions"), ("AGAINST", "the quotas"), score=0.95))
    said = statement(marked, issue_of=lambda *_: Matter())
    assert sides(said) == [(None, "for", "lift the sanctions"), (None, "against", "the quotas")]


def test_without_issues_no_position_has_one() -> None:
    report = code(reading(urged(stands("urged", "demand", ("FOR", "lift the sanctions")))))
    assert [(p.issue, p.option) for p in report.statements[0].positions] == [(None, None)]


def test_a_side_that_the_model_hardly_prefers_is_not_told() -> None:
    assert statement(urged(stands("urged", "demand", ("FOR", "lift the sanctions"), score=0.4))).positions == ()


def test_a_side_is_told_with_the_chance_that_it_is_the_right_one() -> None:
    def chance(score: float) -> float | None:
        return (
            statement(urged(stands("urged", "demand", ("FOR", "lift the sanctions"), score=score)))
            .positions[0]
            .confidence
        )

    low, high = chance(0.75), chance(0.99)
    assert low is not None and high is not None and 0.5 < low < LEAST_CONFIDENCE <= high < 1.0


@pytest.mark.parametrize(("evidence", "act"), [("lift the sanctions", "demand"), ("the quotas", "promise")])
def test_a_side_is_surer_where_its_words_and_the_act_speak_for_it(evidence: str, act: str) -> None:
    def chance(label: str, act: str) -> float:
        (position,) = statement(urged(stands("urged", act, (label, evidence), score=0.99))).positions
        return position.confidence or 0.0

    assert chance("FOR", act) > chance("FOR", "state")
    assert chance("AGAINST", act) < chance("AGAINST", "state")


def test_a_position_is_told_with_the_chance_that_all_of_it_is_right() -> None:
    (position,) = statement(urged(stands("urged", "demand", ("FOR", "lift the sanctions")))).positions
    expected = load_position_curve().chance(position.confidence, RELIEVE, 3, 1.0)
    assert position.whole_confidence == pytest.approx(expected, abs=0.01)


def test_the_less_sure_an_issue_is_the_less_sure_is_the_whole() -> None:
    def chance(matter: Matter) -> float:
        marked = urged(stands("urged", "demand", ("FOR", "lift the sanctions")))
        (position,) = statement(marked, issue_of=lambda *_: matter).positions
        return position.whole_confidence or 0.0

    assert chance(RELIEVE) > chance(replace(RELIEVE, confidence=0.4)) > 0.0
    assert chance(RELIEVE) > chance(replace(RELIEVE, lead=0.1))


def test_who_is_on_both_sides_at_once_is_on_neither_and_has_no_such_chance() -> None:
    (position,) = statement(urged(stands("urged", "demand", ("MIXED", "lift the sanctions"), score=0.6))).positions
    assert (position.stance, position.confidence) == ("mixed", None)
    assert 0.0 < (position.whole_confidence or 0.0) < 1.0, "as a whole it may be right"


def both(for_it: float, against: float) -> list[tuple[str | None, str, str]]:
    """The positions of a statement with two sides on one option."""
    marked = (
        stands("urged", "state", ("FOR", "lift the sanctions"), score=for_it),
        stands("urged", "state", ("AGAINST", "the quotas"), score=against),
    )
    draft = urged(marked[0])
    made = reading(draft)
    (sentence,) = made.sentences
    (other,) = reading(urged(marked[1])).sentences[0].stances
    (own,) = sentence.stances
    mark = replace(own, sides=(*own.sides, *other.sides))
    read = replace(made, sentences=(replace(sentence, stances=(mark,)),))
    return sides(code(read, issue_of=lambda *_: RELIEVE).statements[0])


def test_two_sure_sides_on_one_option_are_mixed_and_shown_by_the_first_words() -> None:
    assert both(0.998, 0.999) == [("sanctions", "mixed", "lift the sanctions")]


@pytest.mark.parametrize(("for_it", "against"), [(0.9, 0.98), (0.9, 0.94)])
def test_of_two_sides_on_one_option_that_are_not_both_sure_the_surer_one_is_told(for_it: float, against: float) -> None:
    assert both(for_it, against) == [("sanctions", "against", "the quotas")]
    assert both(against, for_it) == [("sanctions", "for", "lift the sanctions")]


def test_the_same_side_twice_on_one_option_is_one_position() -> None:
    marked = urged(stands("urged", "demand", ("FOR", "lift the sanctions"), ("FOR", "the quotas")))
    assert sides(statement(marked)) == [("sanctions", "for", "the quotas")], "the surer words"
    same = urged(stands("urged", "demand", ("FOR", "lift the sanctions"), ("FOR", "lift the sanctions")))
    assert sides(statement(same)) == [("sanctions", "for", "lift the sanctions")]


def test_the_models_act_goes_before_the_one_of_the_cue() -> None:
    assert statement(urged()).act == "demand"
    assert statement(urged(stands("urged", "warn"))).act == "warn"


def test_who_is_blamed_is_an_entity_of_the_report() -> None:
    report = code(reading(urged(stands("urged", "demand", toward=[("BLAMED", "Chile")]))))
    (aimed,) = report.statements[0].toward
    named = {entity.id: entity.name for entity in report.entities}
    assert (aimed.attitude, aimed.text, named[aimed.entity or ""]) == ("blames", "Chile", "Chile")


def test_who_is_blamed_but_nobody_known_is_told_in_words_alone() -> None:
    (aimed,) = statement(urged(stands("urged", "demand", toward=[("BLAMED", "the quotas")]))).toward
    assert (aimed.entity, aimed.text) == (None, "the quotas")


@pytest.mark.parametrize("word", ["“", "talk"])
def test_where_a_quotation_goes_on_only_the_mark_of_its_first_word_counts(word: str) -> None:
    goes_on = tree(GOES_ON, stands(word, "state", ("FOR", "talk")))
    opens = tree(OPENS, says("said", "the minister", "“ We are ready , ”"))
    said = statement([opens, goes_on])
    assert [span.text for span in said.content] == ["“We are ready,”", "“We must talk.”"]
    assert [p.evidence.text for p in said.positions] == (["talk"] if word == "“" else [])


def test_a_mark_in_a_sentence_that_is_not_the_speakers_is_not_his() -> None:
    later = tree(
        "We we PRON PRP 3 nsubj | must must AUX MD 3 aux | talk talk VERB VB 0 root | . . PUNCT . 3 punct",
        stands("We", "state", ("FOR", "talk")),
    )
    assert statement([urged(), later]).positions == ()


def test_positions_point_into_the_text() -> None:
    report = code(reading(urged(stands("urged", "demand", ("FOR", "lift the sanctions")))))
    found: list[Position] = [p for said in report.statements for p in said.positions]
    assert found and all(report.text[p.evidence.start : p.evidence.end] == p.evidence.text for p in found)
