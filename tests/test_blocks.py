"""How lines become blocks, and what kind each is. The articles are invented."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.read.blocks import find_blocks

TALKS = (
    "The two delegations met on Tuesday in the old town hall, officials said. They agreed to meet again "
    "before the end of the month, and to keep the line between their capitals open."
)
ENVOY = (
    "“We are not where we want to be,” said Anna Novak, the envoy. “But we have begun, and nobody who sat in "
    "that room expected more of a first day. That is something.”"
)
BRIEF = "No date was given."


def blocks(body: str) -> list[tuple[str, str]]:
    """Kind and text, white space inside made single blanks."""
    return [(block.kind, " ".join(body[block.start : block.end].split())) for block in find_blocks(body)]


def kinds(body: str) -> list[str]:
    return [block.kind for block in find_blocks(body)]


# ---------------------------------------------------------------- lines


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
def test_a_line_is_a_paragraph_whatever_ends_it(newline: str) -> None:
    body = newline.join((TALKS, ENVOY, BRIEF))
    assert blocks(body) == [("paragraph", TALKS), ("paragraph", ENVOY), ("paragraph", BRIEF)]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\u2028"])
@pytest.mark.parametrize("width", [60, 66, 72, 80])
@pytest.mark.parametrize("paragraphs", [(TALKS,), (TALKS, ENVOY), (TALKS, BRIEF, ENVOY, TALKS, BRIEF)])
def test_wrapped_lines_are_joined(paragraphs: tuple[str, ...], width: int, newline: str) -> None:
    body = "\n\n".join(textwrap.fill(paragraph, width) for paragraph in paragraphs).replace("\n", newline)
    assert blocks(body) == [("paragraph", paragraph) for paragraph in paragraphs]


@pytest.mark.parametrize("width", [64, 76])
def test_wrapped_paragraphs_without_blank_lines_part_at_short_lines(width: int) -> None:
    body = "\n".join(textwrap.fill(paragraph, width, initial_indent="    ") for paragraph in (TALKS, BRIEF, ENVOY))
    assert [text for _, text in blocks(body)] == [TALKS, BRIEF, ENVOY]


def test_short_paragraphs_of_one_line_are_not_joined() -> None:
    lines = [
        "The talks failed.",
        "Nobody was surprised.",
        "“We will try again,” she said.",
        "He did not comment.",
    ]
    assert [text for _, text in blocks("\n".join(lines))] == lines


def test_a_long_paragraph_a_line_is_not_joined_to_a_lower_case_one() -> None:
    body = f"{TALKS}\niPhones were banned there, and so were the notebooks that reporters had with them."
    assert len(find_blocks(body)) == 2


def test_a_headline_stays_apart_from_wrapped_text() -> None:
    body = "Envoys meet in town hall\n\n" + textwrap.fill(TALKS, 70)
    assert blocks(body) == [("headline", "Envoys meet in town hall"), ("paragraph", TALKS)]


def test_blank_lines_may_hold_white_space() -> None:
    assert blocks(f"\u00a0\n{TALKS}\n \t\u00a0\n\n  {BRIEF}\t\n ") == [
        ("paragraph", TALKS),
        ("paragraph", BRIEF),
    ]


def test_a_text_without_words_has_no_blocks() -> None:
    assert find_blocks("") == ()
    assert find_blocks(" \n\t\u00a0\r\n\u2029") == ()


def test_many_wrapped_lines_take_time_in_proportion() -> None:
    body = textwrap.fill(" ".join([TALKS] * 3000), 72)
    assert len(find_blocks(body)) == 1


# ---------------------------------------------------------------- kinds


@pytest.mark.parametrize(
    "dateline",
    [
        "SEOUL, April 3 (Wire) —",
        "GENEVA —",
        "GENEVA --",
        "GENEVA -",
        "WASHINGTON (AW) –",
        "UNITED NATIONS, Sept. 9, 2019 (Wire) -",
        "ST. PETERSBURG, Russia —",
        "BRUSSELS, Belgium (Wire) —",
        "WASHINGTON/LONDON (Wire) -",
        "NEW YORK, June 5, 2020 /Wire/ --",
        "Paris, 4 May (Wire) -",
        "Tel Aviv (Wire) —",
    ],
)
def test_a_dateline_is_a_block_before_its_paragraph(dateline: str) -> None:
    assert blocks(f"{dateline} {TALKS}") == [("dateline", dateline), ("paragraph", TALKS)]


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv — the capital — was quiet on Tuesday.",
        "NATO — the alliance of the north — said nothing.",
        "The plan — The Second Way — was dropped.",
        "MOSCOW said it would answer.",
        "SEOUL",
        "In 2003 (May) it was signed.",
        "A-B — they said.",
        "GENEVA —",
    ],
)
def test_a_dash_alone_makes_no_dateline(text: str) -> None:
    assert kinds(text) == ["paragraph"]


def test_a_wrapped_paragraph_may_open_with_a_dateline() -> None:
    body = textwrap.fill(f"SEOUL, South Korea, April 3, 2024 (Wire) -- {TALKS}", 64)
    assert blocks(body) == [("dateline", "SEOUL, South Korea, April 3, 2024 (Wire) --"), ("paragraph", TALKS)]


@pytest.mark.parametrize(
    "byline",
    [
        "By Jane Roe",
        "By JANE ROE",
        "By Jane Roe and John van Doe",
        "By Jane Roe in Geneva",
        "BY JANE ROE, STAFF WRITER",
    ],
)
def test_a_byline_is_known_by_its_names(byline: str) -> None:
    assert kinds(f"Envoys meet\n{byline}\n{TALKS}") == ["headline", "byline", "paragraph"]


@pytest.mark.parametrize(
    "text", ["By Tuesday it was over.", "By then the talks had failed", "By Jane Roe's count, six."]
)
def test_a_sentence_that_begins_with_by_is_no_byline(text: str) -> None:
    assert kinds(f"{TALKS}\n{text}") == ["paragraph", "paragraph"]


def test_a_byline_stands_near_the_top() -> None:
    assert kinds("\n".join([TALKS] * 8 + ["By Jane Roe"]))[-1] == "paragraph"


@pytest.mark.parametrize("marker", ["•", "-", "–", "*", "1.", "2)", "(3)", "a."])
def test_list_items_are_blocks_of_their_own(marker: str) -> None:
    assert blocks(f"{TALKS}\n{marker} food\n{marker} fuel") == [
        ("paragraph", TALKS), ("list", f"{marker} food"), ("list", f"{marker} fuel"),
    ]  # fmt: skip


def test_a_wrapped_list_item_keeps_its_lines() -> None:
    items = [textwrap.fill(f"- {text}", 64, subsequent_indent="  ") for text in (ENVOY, TALKS)]
    body = textwrap.fill(TALKS, 64) + "\n\n" + "\n".join(items)
    assert blocks(body) == [("paragraph", TALKS), ("list", f"- {ENVOY}"), ("list", f"- {TALKS}")]


@pytest.mark.parametrize(
    "text", ["1.5 million people fled.", "-5 degrees were measured.", "*Not her name.", "3.The end."]
)
def test_a_mark_without_a_blank_opens_no_list(text: str) -> None:
    assert kinds(f"{TALKS}\n{text}") == ["paragraph", "paragraph"]


@pytest.mark.parametrize(
    "text",
    [
        "Photo: Jane Roe",
        "Image: the hall",
        "The envoys shake hands. (Photo by Jane Roe)",
        "The hall. (File photo)",
    ],
)
def test_a_caption_names_its_picture(text: str) -> None:
    assert kinds(f"{TALKS}\n{text}\n{TALKS}") == ["paragraph", "caption", "paragraph"]


def test_a_bracket_at_the_end_makes_no_caption() -> None:
    assert kinds(f"{TALKS}\nThe pact was signed (in 1994)\n{TALKS}") == ["paragraph"] * 3


@pytest.mark.parametrize("text", ["The talks failed.", "She said:", "“It is over.”"])
def test_what_ends_as_a_sentence_is_no_headline(text: str) -> None:
    assert kinds(f"{text}\n{TALKS}") == ["paragraph", "paragraph"]


def test_a_question_may_be_a_headline_and_a_lone_line_is_none() -> None:
    assert kinds(f"Will they talk?\n{TALKS}") == ["headline", "paragraph"]
    assert kinds("Envoys meet") == ["paragraph"]


# ---------------------------------------------------------------- any text


def check_blocks(body: str) -> None:
    end = 0
    for block in find_blocks(body):
        assert end <= block.start < block.end <= len(body)
        assert body[end : block.start].strip() == ""
        text = body[block.start : block.end]
        assert text == text.strip()
        end = block.end
    assert body[end:].strip() == ""


@given(st.text())
def test_blocks_of_any_text_are_in_order_and_miss_nothing(body: str) -> None:
    check_blocks(body)


_PARTS = [
    "\n", "\r\n", "\n\n", "\u2028", " ", "\u00a0", "SEOUL", "GENEVA — ", "By Jane Roe", "- ", "1. ",
    "(Wire) ", "April 3", "word ", "the end.", "“", "—", "(Photo)", "\ufeff", "\x1c", "\x0b", TALKS,
]  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS)).map("".join))
def test_blocks_of_any_lines_are_in_order_and_miss_nothing(body: str) -> None:
    check_blocks(body)
