"""Positions and statements on a terminal."""

from __future__ import annotations

import io
import time
from dataclasses import replace

import pytest
from factories import strait_report
from positions import voice
from rich.console import Console
from test_positions_page import HOSTILE, hostile_voices

from legation.positions import wording
from legation.positions.findings import MOST_TIED, findings
from legation.positions.known_issues import known_issues
from legation.positions.said import said_of
from legation.positions.terminal import render_positions, render_said


def console(width: int) -> Console:
    return Console(file=io.StringIO(), width=width, force_terminal=True, color_system=None)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_article_can_steer_the_terminal(width: int) -> None:
    screen = console(width)
    render_positions(findings(hostile_voices(), months=1), known_issues(), 2, screen)
    said = [
        replace(
            one, speaker=HOSTILE, role=HOSTILE, cue=HOSTILE, act=HOSTILE, content=HOSTILE, context=HOSTILE,
            source=HOSTILE, article=HOSTILE, statement=HOSTILE,
        )
        for one in said_of(strait_report())
    ]  # fmt: skip
    render_said(said, screen)
    shown = screen.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b" not in shown and "\u202e" not in shown and "[2J" in shown
    assert max(map(len, shown.splitlines())) <= width


def test_an_unknown_speaker_stands_in_quotes_and_nobody_is_told_so() -> None:
    said = next(said_of(strait_report()))
    assert (
        wording.who_said(replace(said, speaker="a man", known=False, role=None, affiliation=None, country=None))
        == "“a man”"
    )
    assert (
        wording.who_said(replace(said, speaker=None, known=False, role=None, affiliation=None, country=None))
        == "nobody told"
    )


def test_thousands_of_actors_are_told_with_what_is_left_out() -> None:
    said = [voice(f"Person {number}", "cut", "for") for number in range(MOST_TIED + 500)]
    started = time.monotonic()
    found = findings([*said, voice("Person 1499", "cut", "for")])
    assert time.monotonic() - started < 30
    assert (found.actors, found.silent_ties) == (1500, 500)
    assert any("Person 1499" in (tie.one, tie.two) for tie in found.ties)
    assert "1,000 actors heard most; 500 others have none" in wording.limits(found)
    assert wording.limits(findings(said[:3])) == ""
