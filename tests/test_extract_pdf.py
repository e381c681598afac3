"""PDF: paragraphs in reading order, without what repeats on each page. All stories here are invented."""

from __future__ import annotations

from datetime import date
from itertools import chain, zip_longest

import pytest
from fpdf import FPDF
from pdf_pages import HEIGHT, Put, column, pdf

from legation.extract import extract
from legation.extract.pdf import MAX_PAGES
from legation.extract.pdf_layout import Line, Page, paragraphs
from legation.records import Article, Text

FIRST = [
    "Orvania recalled its ambassador from Teskia on",
    "Wednesday, hours after shells fired from across the",
    "border killed two farmers, the foreign ministry said.",
]
SECOND = [
    "The recall casts doubt on the talks that had been plan-",
    "ned for next week. Teskia denied that its army had",
    "fired and called for an inquiry by the mission.",
]
FIRST_TEXT = (
    "Orvania recalled its ambassador from Teskia on Wednesday, hours after shells fired from across the "
    "border killed two farmers, the foreign ministry said."
)
SECOND_TEXT = (
    "The recall casts doubt on the talks that had been planned for next week. Teskia denied that its army "
    "had fired and called for an inquiry by the mission."
)


def text_of(content: bytes, media_type: str | None = "application/pdf") -> Text:
    return extract(Article(name="a.pdf", content=content, media_type=media_type))


def lines_of(*pages: list[Put]) -> list[str]:
    text = text_of(pdf(*pages))
    assert text.rejected is None
    return text.body.split("\n")


def reason(text: Text) -> str | None:
    return text.rejected.reason if text.rejected else None


@pytest.mark.parametrize("media_type", ["application/pdf", "text/plain", None])
def test_a_pdf_is_known_by_its_content(media_type: str | None) -> None:
    text = text_of(pdf(column(FIRST, 72, 700)), media_type)
    assert text == Text(body=FIRST_TEXT, language="en")


def test_a_gap_parts_paragraphs() -> None:
    assert lines_of(column([*FIRST, "", *SECOND], 72, 700)) == [FIRST_TEXT, SECOND_TEXT]


def test_an_indent_parts_paragraphs() -> None:
    puts = column([*FIRST, *SECOND], 72, 700)
    puts[3] = Put(puts[3].text, 84, puts[3].y)
    puts[0] = Put(puts[0].text, 84, puts[0].y)
    assert lines_of(puts) == [FIRST_TEXT, SECOND_TEXT]


def test_a_short_last_line_parts_paragraphs() -> None:
    lines = [*FIRST[:2], "border killed two men.", *SECOND]
    assert lines_of(column(lines, 72, 700))[1] == SECOND_TEXT


def test_a_headline_stands_alone() -> None:
    head = Put("Orvania recalls its envoy", 72, 716, 20)
    assert lines_of([head, *column(FIRST, 72, 700)]) == ["Orvania recalls its envoy", FIRST_TEXT]


@pytest.mark.parametrize("interleaved", [False, True])
def test_columns_are_read_one_after_the_other(interleaved: bool) -> None:
    left, right = column([*FIRST, "", *SECOND] * 2, 40, 700), column([*SECOND, "", *FIRST] * 2, 320, 700)
    puts = [*left, *right]
    if interleaved:
        puts = [put for put in chain(*zip_longest(left, right)) if put]
    found = lines_of([Put("Orvania recalls its envoy after the shelling", 40, 730, 20), *puts])
    assert found[0] == "Orvania recalls its envoy after the shelling"
    assert found[1] == FIRST_TEXT
    assert found.index(SECOND_TEXT) == 2
    assert found[-1] == FIRST_TEXT


def test_a_paragraph_goes_on_in_the_next_column() -> None:
    left, right = column(FIRST[:2], 40, 700), column(FIRST[2:], 320, 700)
    assert lines_of([*left, *right]) == [FIRST_TEXT]


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        [
            Put("THE HARBOUR COURIER  3 April 2024", 72, 810),
            *column(body, 72, 700),
            Put(f"Page {n} of 3", 280, 30),
        ]
        for n, body in enumerate((FIRST, SECOND, ["The two states have no other channel, diplomats say."]), start=1)
    ]
    assert lines_of(*pages) == [
        FIRST_TEXT,
        SECOND_TEXT,
        "The two states have no other channel, diplomats say.",
    ]


def test_a_running_head_with_a_changing_number_is_dropped() -> None:
    pages = [[Put(f"{n} | Courier", 72, 810), *column(body, 72, 700)] for n, body in ((6, FIRST), (7, SECOND))]
    assert lines_of(*pages) == [FIRST_TEXT, SECOND_TEXT]


def test_a_single_page_keeps_its_head_and_loses_its_number() -> None:
    puts = [Put("THE HARBOUR COURIER", 72, 810), *column(FIRST, 72, 700), Put("- 12 -", 280, 30)]
    assert lines_of(puts) == ["THE HARBOUR COURIER", FIRST_TEXT]


def test_a_repeated_line_in_the_middle_is_kept() -> None:
    pages = [[Put("The mission said no.", 72, HEIGHT / 2)] for _ in range(3)]
    assert lines_of(*pages) == ["The mission said no."] * 3


def test_a_paragraph_goes_on_after_the_head_of_the_next_page() -> None:
    first = [Put("COURIER", 72, 810), *column(FIRST[:2], 72, 200)]
    second = [Put("COURIER", 72, 810), *column(FIRST[2:], 72, 700)]
    assert lines_of(first, second) == [FIRST_TEXT]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        ("They met the negotia-", "tors in the hall.", "They met the negotiators in the hall."),
        ("They met the U.S.-", "led mission there.", "They met the U.S.-led mission there."),
        ("They met the Anglo-", "French mission there.", "They met the Anglo-French mission there."),
        ("They met the NATO-", "backed mission there.", "They met the NATO-backed mission there."),
        (
            "A long-term plan is a long-",
            "term plan, he said.",
            "A long-term plan is a long-term plan, he said.",
        ),
        ("They met in 2019-", "2020 in the hall.", "They met in 2019-2020 in the hall."),
        ("They met (as was said", "before) in the hall.", "They met (as was said before) in the hall."),
    ],
)
def test_hyphens_at_line_ends(above: str, below: str, whole: str) -> None:
    assert lines_of(column([above, below], 72, 700)) == [whole]


@pytest.mark.parametrize("above", ["They met the ne\u00adgo\u00ad", "They met the nego\u2010"])
def test_soft_and_special_hyphens_go(above: str) -> None:
    lines = [Line(text, 0, 72, 172, top, top - 10) for text, top in ((above, 700.0), ("tiators, ﬁnally.", 688.0))]
    assert paragraphs([Page(HEIGHT, tuple(lines))]) == ["They met the negotiators, finally."]


def test_quotation_marks_and_accents_are_read() -> None:
    line = "“We won’t sit at a table,” Zoë said — in Zürich."
    assert lines_of([Put(line, 72, 700)]) == [line]


def test_the_day_that_was_given_is_kept() -> None:
    article = Article(name="a.pdf", content=pdf(column(FIRST, 72, 700)), published=date(2024, 4, 3))
    assert extract(article).published_basis == "given"


# ---------------------------------------------------------------- what is rejected


@pytest.mark.parametrize("puts", [[], [Put("3", 280, 30)]])
def test_a_pdf_without_text_is_taken_for_a_scan(puts: list[Put]) -> None:
    text = text_of(pdf(puts))
    assert reason(text) == "scanned"


def test_a_locked_pdf_is_rejected() -> None:
    document = FPDF()
    document.set_encryption(owner_password="owner", user_password="user")
    document.add_page()
    document.set_font("helvetica", size=12)
    document.cell(text="The envoy left the capital on Tuesday.")
    text = text_of(bytes(document.output()))
    assert text.rejected is not None
    assert (text.rejected.reason, text.rejected.message) == (
        "not_text",
        "It is a PDF locked with a password.",
    )


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.4\n",
        b"%PDF-1.7\n" + bytes(range(256)) * 40,
        b"%PDF-1.4\ntrailer << /Root 1 0 R /Prev 0 >>\nstartxref\n0\n%%EOF",
    ],
)
def test_a_damaged_pdf_is_rejected(content: bytes) -> None:
    assert reason(text_of(content)) == "not_text"


@pytest.mark.parametrize("end", [60, 200, 500, 700, 900])
def test_a_pdf_cut_short_does_not_make_it_fail(end: int) -> None:
    text = text_of(pdf(column(FIRST, 72, 700))[:end])
    assert text.rejected is None or text.rejected.reason in ("not_text", "scanned")


def test_a_book_is_too_long() -> None:
    text = text_of(pdf(*[[Put("The envoy left.", 72, 400)]] * (MAX_PAGES + 1)))
    assert text.rejected is not None
    assert text.rejected.reason == "too_long"
    assert str(MAX_PAGES) in text.rejected.message


def test_a_pdf_in_another_language_is_rejected() -> None:
    line = "Die Ministerin sagte am Dienstag, die Gespräche würden fortgesetzt."
    assert reason(text_of(pdf([Put(line, 72, 400)]))) == "not_english"
