"""How often the issue of a position is told from its words. Every statement here is invented."""

from __future__ import annotations

import pytest

from evals.issues import IssuesScore, context_of, figures_of, main, measure_issues, score_issues
from evals.run import FLOORS
from evals.table import load_floors
from legation.positions.library import shipped_library
from legation.positions.matching import Matcher
from training.position_corpus import Position, Record, Statement

TEXT = "Lift the sanctions now, Ada Roe said. Nobody spoke."
SPEAKER, CUE, CONTENT = (24, 31), (32, 36), (0, 22)


def statement(*positions: Position) -> Statement:
    return Statement(SPEAKER, CUE, (CONTENT,), "demand", positions, ())


def score(*statements: Statement) -> IssuesScore:
    return score_issues([Record("a", "sanctions", "dev", TEXT, statements)], Matcher(shipped_library()))


def test_a_position_told_rightly_counts_in_every_column() -> None:
    one = score(statement(Position("sanctions", "relieve", "for", (0, 18))))
    assert one == IssuesScore(gold=1, answered=1, issue=1, chosen=1, option=1, among=1, hinted=1, hint_right=1)


def test_another_option_is_the_right_issue_only() -> None:
    one = score(statement(Position("sanctions", "impose", "for", (0, 18))))
    assert (one.issue, one.option, one.hinted) == (1, 0, 0)


def test_another_issue_is_an_answer_that_is_wrong() -> None:
    one = score(statement(Position("tariffs", "cut", "for", (0, 18))))
    assert (one.answered, one.issue, one.among) == (1, 0, 0)


def test_the_hint_is_held_against_the_stance_and_never_against_a_mixed_one() -> None:
    against = score(statement(Position("sanctions", "relieve", "against", (0, 18))))
    mixed = score(statement(Position("sanctions", "relieve", "mixed", (0, 18))))
    assert (against.hinted, against.hint_right) == (1, 0)
    assert (mixed.option, mixed.hinted) == (1, 0)


def test_a_statement_without_a_position_may_name_an_issue() -> None:
    assert score(statement()) == IssuesScore(silent=1, named=1)


def test_the_context_goes_to_the_end_of_the_statements_sentence() -> None:
    assert context_of(TEXT, statement()) == "Lift the sanctions now, Ada Roe said."
    assert context_of("It is over", Statement((0, 2), (3, 5), ((6, 10),), "state", (), ())) == "It is over"


def test_the_figures_are_shares_and_nothing_measured_is_nought() -> None:
    figures = figures_of(IssuesScore(gold=10, answered=8, issue=6, chosen=4, option=3, among=7))
    assert figures["issue"] == 60.0
    assert figures["precision"] == 75.0
    assert (figures["option_of_issue"], figures["option_precision"]) == (50.0, 75.0)
    assert figures["option_of_issue"] == 50.0
    assert set(figures_of(IssuesScore()).values()) == {0.0}


def test_every_figure_stands_in_the_shipped_table() -> None:
    figures = measure_issues([]).figures
    assert set(figures) == {t.key for t in load_floors(FLOORS).targets if t.key.startswith("issues_")}


def test_the_command_prints_the_figures_of_a_part(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dev"]) == 0
    assert "option_of_issue" in capsys.readouterr().out
