"""The corpus of positions keeps its own rules: spans, codes, parts by issue, and matters that only train."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from training.position_corpus import (
    MATTERS,
    Position,
    Record,
    Statement,
    faults,
    options_of_issues,
    part_of_issue,
    read,
)

LIBRARY, OTHERS = options_of_issues(), options_of_issues(MATTERS)
TEXT = "Whaling must end, Peru's envoy said."
SAID = Statement(
    (18, 30), (31, 35), ((0, 16),), "demand", (Position("whaling", "stop", "for", (0, 16)),), ()
)  # fmt: skip
WHALES = Record("sides-X-1", "whaling", "train", TEXT, (SAID,))


@cache
def records() -> list[Record]:
    return read()


def told(record: Record) -> list[str]:
    return list(faults([record], LIBRARY | OTHERS))


def test_every_span_and_code_of_the_corpus_is_right() -> None:
    assert list(faults(records(), LIBRARY | OTHERS)) == []


def test_matters_beyond_the_library_are_others_and_train_alone() -> None:
    assert not LIBRARY.keys() & OTHERS.keys()
    assert {part_of_issue(matter) for matter in OTHERS} == {"train"}
    named = {p.issue for r in records() if r.split != "train" for s in r.statements for p in s.positions}
    assert named <= LIBRARY.keys()


def test_a_position_on_a_matter_beyond_the_library_is_no_fault() -> None:
    assert told(WHALES) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(WHALES, issue="weather"), "sides-X-1: weather is no issue"),
        (replace(WHALES, split="dev"), "sides-X-1: it belongs to the part train"),
        (replace(WHALES, text=TEXT[:20]), "sides-X-1, statement 1: 18 to 30 are no words of the text"),
        (replace(WHALES, statements=(replace(SAID, act="sing"),)), "sides-X-1, statement 1: sing is no act"),
        (replace(WHALES, statements=(replace(SAID, content=()),)), "sides-X-1, statement 1: it has no content"),
        (
            replace(WHALES, statements=(replace(SAID, positions=(Position("whaling", "lift", "for", (0, 16)),)),)),
            "sides-X-1, statement 1: whaling/lift is no option",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_the_record(wrong: Record, fault: str) -> None:
    assert fault in told(wrong)


def test_a_record_that_stands_twice_is_told() -> None:
    assert list(faults([WHALES, WHALES], LIBRARY | OTHERS)) == ["sides-X-1 stands twice"]
