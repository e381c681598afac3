from __future__ import annotations

import itertools

import pytest
from factories import STRAIT_TEXT, small_report, strait_report
from hypothesis import given
from hypothesis import strategies as st

from legation.show.display import display_text, harmless, one_line, paragraphs
from legation.show.marks import Mark, cut, first_segments, last_segments, marks_of

WRAPPED = """\
The ferries between the two ports stopped for a day and
nobody on either quay could say why the harbor masters
had agreed to it.
"""


def mark(start: int, end: int, record: str = "e1", kind: str = "event") -> Mark:
    return Mark(start, end, kind, record, record)  # type: ignore[arg-type]


SOME_MARKS = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 12)).map(lambda pair: mark(pair[0], pair[0] + pair[1])),
    max_size=8,
)


@given(SOME_MARKS, st.integers(0, 10), st.integers(1, 25))
def test_segments_cover_the_stretch_without_gap_or_overlap(marks: list[Mark], start: int, length: int) -> None:
    segments = list(cut(start, start + length, marks))
    assert segments[0].start == start
    assert segments[-1].end == start + length
    assert all(left.end == right.start for left, right in itertools.pairwise(segments))


@given(SOME_MARKS, st.integers(0, 10), st.integers(1, 25))
def test_each_code_point_has_exactly_its_marks(marks: list[Mark], start: int, length: int) -> None:
    for segment in cut(start, start + length, marks):
        for position in range(segment.start, segment.end):
            assert set(segment.marks) == {m for m in marks if m.start <= position < m.end}


def test_text_without_marks_is_one_segment() -> None:
    (segment,) = cut(3, 9, [])
    assert (segment.start, segment.end, segment.marks) == (3, 9, ())


def test_an_event_stands_before_the_statement_around_it() -> None:
    inner, outer = mark(4, 8), mark(0, 20, "s1", "content")
    segments = list(cut(0, 20, [outer, inner]))
    assert [segment.marks for segment in segments] == [(outer,), (inner, outer), (outer,)]


def test_an_event_stands_before_a_shorter_name_within_it() -> None:
    event, name = mark(0, 12), mark(4, 8, "n1", "entity")
    assert list(cut(0, 12, [name, event]))[1].marks == (event, name)


def test_the_shorter_of_two_names_stands_before_the_longer() -> None:
    long, short = mark(0, 20, "n1", "entity"), mark(10, 20, "n2", "entity")
    assert list(cut(0, 20, [long, short]))[1].marks == (short, long)


def test_a_mark_over_several_segments_begins_once_and_ends_once() -> None:
    outer, inner = mark(0, 9, "s1", "content"), mark(3, 6)
    segments = list(cut(0, 9, [outer, inner]))
    assert first_segments(segments)[outer] is segments[0]
    assert last_segments(segments)[outer] is segments[2]


def test_every_record_with_words_has_one_first_anchor() -> None:
    report = strait_report()
    anchors = [mark.anchor for mark in marks_of(report) if mark.anchor]
    assert len(anchors) == len(set(anchors))
    wanted = {f"e{n}-text" for n in range(1, 10)} | {f"s{n}-text" for n in range(1, 10)}
    wanted |= {f"n{n}-text" for n in range(1, 14)} | {f"p{n}-text" for n in range(1, 5)}
    assert wanted | {f"d{n}-text" for n in range(1, 9)} <= set(anchors)


def test_a_later_mention_has_an_anchor_of_its_own() -> None:
    assert {"n2-text", "n2-text-2", "n2-text-4"} <= {mark.anchor for mark in marks_of(strait_report())}


def test_only_the_last_piece_of_a_statement_closes_it() -> None:
    second = [mark for mark in marks_of(strait_report()) if mark.record == "s2" and mark.kind == "content"]
    assert [mark.closing for mark in second] == [False, True]


def test_a_statement_is_entered_where_its_first_words_stand() -> None:
    (entered,) = (mark for mark in marks_of(strait_report()) if mark.anchor == "s2-text")
    assert entered.kind == "content"
    assert STRAIT_TEXT[entered.start :].startswith("“We will not accept")


def test_marks_name_the_record_by_place_and_keep_its_own_id() -> None:
    (trigger,) = (mark for mark in marks_of(small_report()) if mark.kind == "event")
    assert (trigger.record, trigger.label, trigger.style) == ("e1", "e1", "verbal conflict")


# ---------------------------------------------------------------- display


@given(st.text(st.characters(codec=None), max_size=60))
def test_the_displayed_text_has_as_many_code_points(text: str) -> None:
    assert len(display_text(text)) == len(text)


@given(st.text(st.characters(codec=None), max_size=60))
def test_nothing_a_terminal_would_obey_is_displayed(text: str) -> None:
    shown = display_text(text)
    assert not any((ord(char) < 0x20 and char != "\n") or 0x7F <= ord(char) < 0xA0 for char in shown)
    shown.encode("utf-8")


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b[31m", "␛[31m"),
        ("\x00\x07\x08\x7f", "␀␇␈␡"),
        ("\x9b31m", "\ufffd31m"),
        ("a\tb", "a b"),
        ("a\r\nb\rc\u2028d", "a \nb\nc\nd"),
        ("\u202egnp\u2066", "\ufffdgnp\ufffd"),
        ("\ud800", "\ufffd"),
        ("naïve “海” 👩\u200d🔬", "naïve “海” 👩\u200d🔬"),
    ],
)
def test_each_harmful_character_has_its_stand_in(given_text: str, shown: str) -> None:
    assert harmless(given_text) == shown


def test_lines_wrapped_at_a_margin_are_joined() -> None:
    assert display_text(WRAPPED).count("\n") == 1
    assert "day and nobody" in display_text(WRAPPED)


def test_each_line_that_ends_a_sentence_stays_a_paragraph() -> None:
    text = "The ferries stopped for a whole day in both ports.\nNobody on the quay could say why this was.\n"
    assert display_text(text) == text


def test_a_list_keeps_its_lines() -> None:
    text = "- fishing rights in the northern half of the strait\n- the salvage of wrecks\n"
    assert display_text(text) == text


def test_a_byline_is_not_joined_to_the_text() -> None:
    text = "By a correspondent in Marrin\n" + WRAPPED
    assert display_text(text).startswith("By a correspondent in Marrin\n")


def test_paragraphs_leave_out_blank_lines() -> None:
    assert paragraphs("one\n\n \ntwo\n") == ((0, 3), (7, 10))


def test_a_heading_is_put_on_one_line() -> None:
    assert one_line(" two\n\nlines\x1b ") == "two lines␛"
