"""Acts and positions against marked statements. The text is invented."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from factories import MODEL, Words, make_article, make_statement
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts
from evals.stances import StanceScore, macro_f1, score_stances
from legation.records import Position, Report, Span, Statement
from training.position_corpus import Position as GoldPosition
from training.position_corpus import Record
from training.position_corpus import Statement as GoldStatement

TEXT = (
    "Ada Roe warned that the sanctions must be lifted and that no troops may stay, while Ben Cole, who said that "
    "she wants the sanctions kept, refused to lift them."
)
IN = Words(TEXT)
ADA_SAYS, BEN_SAYS, SHE_WANTS = "that the sanctions must be lifted and that no troops may stay", "to lift them", "kept"
LIFT, TROOPS, REFUSED = "sanctions must be lifted", "no troops may stay", "refused to lift them"


def place(words: str) -> tuple[int, int]:
    span = IN.span(words)
    return span.start, span.end


def gold(who: str, content: str, act: str, *positions: GoldPosition) -> GoldStatement:
    return GoldStatement(place(who), place("warned"), (place(content),), act, positions, ())


def held(evidence: str, stance: str, option: str = "relieve", issue: str = "sanctions") -> GoldPosition:
    return GoldPosition(issue, option, stance, place(evidence))


def taken(evidence: str, stance: Any, option: str = "relieve", issue: str = "sanctions") -> Position:
    return Position(issue, option, stance, IN.span(evidence))


def found(who: str | None, content: str, act: str, *positions: Position) -> Statement:
    speaker = IN.who(None, who) if who else None
    return make_statement("s1", IN.span("warned"), IN.span(content), speaker=speaker, act=act, positions=positions)


ADA = gold("Ada Roe", ADA_SAYS, "demand", held(LIFT, "for"), held(TROOPS, "against", "keep", "troops-abroad"))
BEN = gold("Ben Cole", BEN_SAYS, "reject", held(REFUSED, "against"))
RECORD = Record("x-1", "sanctions", "test", TEXT, (ADA, BEN))


def score(*statements: Statement, record: Record = RECORD) -> StanceScore:
    return score_stances([record], [Report(make_article(TEXT), MODEL, TEXT, statements=statements)])


PERFECT = (
    found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "for"), taken(TROOPS, "against", "keep", "troops-abroad")),
    found("Ben Cole", BEN_SAYS, "reject", taken(REFUSED, "against")),
)


def test_what_is_all_right_scores_one_everywhere() -> None:
    one = score(*PERFECT)
    assert (one.statements, one.sides) == (Counts(2, 2, 2), Counts(3, 3, 3))
    assert macro_f1(one.acts.values()) == macro_f1(one.stances.values()) == macro_f1(one.on_option.values()) == 1.0
    assert one.confused == {}


# ---------------------------------------------------------------- acts


def test_acts_are_judged_of_the_statements_found_alone() -> None:
    one = score(found("Ada Roe", "sanctions must", "warn"))
    assert one.statements == Counts(1, 2, 1)
    assert (one.acts["demand"], one.acts["warn"]) == (Counts(0, 1, 0), Counts(0, 0, 1))
    assert one.acts["reject"] == Counts()
    assert one.confused == {("demand", "warn"): 1}


def test_a_statement_whose_content_meets_no_gold_one_has_no_act_to_judge() -> None:
    one = score(found("Ben Cole", SHE_WANTS, "state"))
    assert one.statements == Counts(0, 2, 1)
    assert not any(counts.gold or counts.predicted for counts in one.acts.values())


def test_of_two_that_overlap_the_one_that_shares_more_is_the_statement() -> None:
    one = score(found("Ada Roe", "lifted", "state"), found("Ada Roe", ADA_SAYS, "demand"))
    assert one.acts["demand"] == Counts(1, 1, 1)
    assert one.acts["state"] == Counts()


def test_the_mean_is_of_the_classes_that_gold_has() -> None:
    assert macro_f1([Counts(1, 1, 1), Counts(0, 1, 0), Counts(0, 0, 5)]) == 0.5
    assert macro_f1([]) == macro_f1([Counts(0, 0, 2)]) == 0.0


# ---------------------------------------------------------------- positions


@pytest.mark.parametrize(
    ("position", "right"),
    [
        (taken(LIFT, "for"), True),
        (taken(LIFT, "for", "keep"), False),
        (taken(LIFT, "for", "relieve", "tariffs"), False),
        (taken(LIFT, "against"), False),
        (taken("and that", "for"), False),
        (replace(taken(LIFT, "for"), option=None), True),
        (replace(taken(LIFT, "for"), issue=None, option=None), True),
        (replace(taken(LIFT, "against"), issue=None, option=None), False),
    ],
)
def test_a_position_is_right_as_a_whole_where_all_that_is_told_of_it_is(position: Position, right: bool) -> None:
    told = replace(position, whole_confidence=0.6)
    assert score(found("Ada Roe", ADA_SAYS, "demand", told, taken(TROOPS, "for"))).sure == ((0.6, right),)


def test_evidence_need_only_overlap() -> None:
    one = score(found("Ada Roe", ADA_SAYS, "demand", taken("must be lifted and", "for")))
    assert one.stances["for"] == one.on_option["for"] == Counts(1, 1, 1)
    assert one.stances["against"] == Counts(0, 2, 0)


def test_evidence_elsewhere_is_a_false_alarm() -> None:
    one = score(found("Ada Roe", ADA_SAYS, "demand", taken("and that", "for")))
    assert one.stances["for"] == Counts(0, 1, 1)
    assert one.sides == Counts()


@pytest.mark.parametrize(("option", "issue"), [("keep", "sanctions"), ("relieve", "tariffs")])
def test_another_issue_or_option_is_wrong_only_in_the_second_figure(option: str, issue: str) -> None:
    one = score(found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "for", option, issue)))
    assert one.stances["for"] == Counts(1, 1, 1)
    assert one.on_option["for"] == Counts(0, 1, 1)
    assert one.sides == Counts(1, 1, 1)


def test_the_wrong_side_is_told_from_one_that_is_only_mixed() -> None:
    wrong = score(found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "against")))
    assert wrong.sides == Counts(0, 1, 1)
    assert (wrong.stances["for"], wrong.stances["against"]) == (Counts(0, 1, 0), Counts(0, 2, 1))
    mixed = score(found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "mixed")))
    assert mixed.sides == Counts()
    assert mixed.stances["mixed"] == Counts(0, 0, 1)


def test_a_position_given_to_somebody_else_is_wrong() -> None:
    one = score(found("Ben Cole", BEN_SAYS, "reject", taken(LIFT, "for")))
    assert one.stances["for"] == Counts(0, 1, 1)


def test_a_position_of_the_same_speaker_in_another_statement_is_right() -> None:
    one = score(found("Ada Roe", "troops", "state"), found("Ada", "sanctions", "state", taken(LIFT, "for")))
    assert one.stances["for"] == Counts(1, 1, 1)


def test_a_position_of_the_same_statement_is_right_whoever_stands_as_its_speaker() -> None:
    assert score(found(None, ADA_SAYS, "demand", taken(LIFT, "for"))).stances["for"] == Counts(1, 1, 1)


def test_two_positions_on_one_evidence_are_paired_by_their_options() -> None:
    both = gold("Ada Roe", ADA_SAYS, "demand", held(LIFT, "against", "keep"), held(LIFT, "for", "relieve"))
    statement = found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "for", "relieve"), taken(LIFT, "against", "keep"))
    one = score(statement, record=Record("x-2", "sanctions", "test", TEXT, (both,)))
    assert one.on_option["for"] == one.on_option["against"] == Counts(1, 1, 1)
    assert one.sides == Counts(2, 2, 2)


def test_a_position_taken_twice_is_right_once() -> None:
    one = score(found("Ada Roe", ADA_SAYS, "demand", taken(LIFT, "for"), taken(LIFT, "for", "keep")))
    assert one.stances["for"] == Counts(1, 1, 2)


ranges = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(sorted)
some_span = ranges.map(lambda pair: Span(pair[0], pair[1], TEXT[pair[0] : pair[1]]))
some_position = st.builds(
    Position, st.sampled_from(["sanctions", "tariffs"]), st.just("keep"), st.sampled_from(["for", "against", "mixed"]),
    some_span,
)  # fmt: skip
some_statement = st.builds(
    lambda span, act, positions: make_statement("s1", span, span, act=act, positions=tuple(positions)),
    some_span, st.sampled_from(["state", "demand", "sing"]), st.lists(some_position, max_size=3),
)  # fmt: skip


@given(st.lists(some_statement, max_size=4))
def test_whatever_is_found_nothing_counts_twice(statements: list[Statement]) -> None:
    one = score(*statements)
    assert sum(counts.gold for counts in one.stances.values()) == 3
    assert sum(counts.predicted for counts in one.stances.values()) == sum(len(s.positions) for s in statements)
    for whole, strict in zip(one.stances.values(), one.on_option.values(), strict=True):
        assert strict.right <= whole.right <= min(whole.gold, whole.predicted)
        assert (strict.gold, strict.predicted) == (whole.gold, whole.predicted)
    assert one.sides.right <= one.sides.gold <= 3
