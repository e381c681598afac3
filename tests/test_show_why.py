"""What an event rests on, as it is printed. All sentences are invented."""

from __future__ import annotations

import io

from readings import reading, tells, tree
from rich.console import Console

from legation.coding import code
from legation.show.why import render_why

ROWS = "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | . . PUNCT . 2 punct"
DRAFT = tree(ROWS, tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=(("military", 0.8),)), LOC="Iran|Iraq")


def shown(width: int = 80, *, why: bool = True) -> str:
    console = Console(file=io.StringIO(), width=width)
    render_why(code(reading(DRAFT), why=why), console)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def test_every_ground_of_an_event_has_its_line() -> None:
    lines = shown(200).splitlines()
    assert lines[0].startswith("e1  ASSAULT, actual, ")
    starts = [line.split()[0] for line in lines[1:] if line.strip()]
    assert starts == [
        "words",
        "trigger",
        "type",
        "mode",
        "contexts",
        "status",
        "actor",
        "recipient",
        "CAMEO",
        "confidence",
    ]
    assert "type        ASSAULT 97%, none 2%" in lines
    assert "actor       Iran -> IRN, by countries.csv: IRN, Iran" in lines
    assert "CAMEO       190, from cameo.csv: ASSAULT, , military" in lines


def test_no_line_is_wider_than_the_terminal() -> None:
    assert all(len(line) <= 80 for line in shown(80).splitlines())


def test_events_that_were_not_asked_about_are_left_out() -> None:
    assert shown(why=False) == ""
