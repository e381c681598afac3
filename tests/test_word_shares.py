"""How common words are in texts of world politics. All sentences are invented."""

from __future__ import annotations

from importlib.resources import files

import pytest

from training.position_corpus import Record, read
from training.word_shares import counted, shares, table


def records(*texts: tuple[str, str]) -> list[Record]:
    return [Record(str(number), issue, "train", text, ()) for number, (issue, text) in enumerate(texts)]


def test_the_issue_in_whose_texts_a_word_is_most_frequent_is_left_out() -> None:
    found = shares(
        records(
            ("moon", "The craters are ours"),
            ("moon", "Leave the crater"),
            ("moon", "Craters, craters"),
            ("sun", "The crater is hot"),
            ("sun", "The sun"),
        )
    )
    assert found["crater"] == pytest.approx(5000)
    assert found["the"] == pytest.approx(10_000 * 2 / 3)


def test_a_word_of_one_or_two_texts_is_left_out() -> None:
    assert shares(records(("moon", "dust"), ("sun", "dust"))) == {}


def test_the_shipped_table_is_that_of_the_training_part() -> None:
    """After a change of corpus/positions: make tables."""
    text = (files("legation") / "data" / "word_shares.csv").read_text(encoding="utf-8")
    assert text == table(counted(read()))
