"""Positions read out of reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from factories import strait_report
from positions import unsure, voice

from legation.positions.said import in_time
from legation.positions.voices import chosen, voices_of


def test_a_voice_has_who_where_and_the_words() -> None:
    report = strait_report()
    first, second = voices_of([report])
    assert (first.actor, first.issue, first.option, first.stance) == (
        "Tomas Verrin",
        "arms-control",
        "limit",
        "against",
    )
    assert report.text[first.start : first.end] == first.evidence == "will not accept inspectors"
    assert first.words == (
        "“We will not accept inspectors who report to our rivals,” … “and we will not pay for them.”"
    )
    assert (first.day, first.article, first.statement) == (date(2025, 3, 31), report.article.id, "s2")
    assert second.actor == "Oda Lindqvist"


def test_without_a_day_of_its_own_a_statement_was_made_when_it_was_published() -> None:
    report = strait_report()
    undated = replace(report, statements=tuple(replace(s, date=None) for s in report.statements))
    assert {v.day for v in voices_of([undated])} == {date(2025, 4, 2)}
    nowhere = replace(undated, article=replace(report.article, published=None))
    assert {v.day for v in voices_of([nowhere])} == {None}


def test_a_side_that_is_not_sure_gives_no_voice_unless_asked_for() -> None:
    report = unsure(strait_report(), 0.72)
    assert list(voices_of([report])) == []
    assert [voice.stance_confidence for voice in voices_of([report], confidence=0.7)] == [0.72, 0.72]


def test_statements_of_nobody_known_give_no_voice() -> None:
    report = strait_report()
    silent = replace(report, statements=tuple(replace(s, speaker=None) for s in report.statements))
    assert list(voices_of([silent])) == []


def test_a_state_speaks_through_its_people() -> None:
    report = strait_report()
    states = {(v.actor, v.kind, v.role) for v in voices_of([report], "country")}
    assert states == {
        (e.country, "state", None) for e in report.entities if e.name in ("Tomas Verrin", "Oda Lindqvist")
    }
    stateless = replace(report, entities=tuple(replace(e, country=None) for e in report.entities))
    assert list(voices_of([stateless], "country")) == []


def test_voices_are_chosen_by_issue_day_and_confidence() -> None:
    early, late, undated = (voice("A", "cut", "for", day) for day in ("2031-01-01", "2031-02-01", None))
    other = voice("A", "lift", "for", issue="sanctions")
    everything = [late, early, undated, other]
    assert chosen(everything, issue="tariffs") == [late, early, undated]
    assert chosen(everything, issue="tariffs", since=date(2031, 1, 15)) == [late]
    assert chosen(everything, issue="tariffs", until=date(2031, 1, 1)) == [early]
    assert chosen(everything, least=0.95) == []
    assert in_time(everything[:3]) == [early, late, undated]


@pytest.mark.parametrize("value", ["2031", "2031-W03", "2031-02-30", "yesterday!"])
def test_only_a_whole_day_is_a_day(value: str) -> None:
    report = strait_report()
    odd = replace(report, article=replace(report.article, published=value))
    undated = replace(odd, statements=tuple(replace(s, date=None) for s in report.statements))
    assert {v.day for v in voices_of([undated])} == {None}
