"""Title, date and words of pages in forty-four layouts of the web, made by us: tests/layouts, tests/layout_pages.py."""

from __future__ import annotations

from functools import cache

import pytest
from layout_pages import Layout, layouts, words_f1

from legation.extract import extract
from legation.records import Article, Text

PAGES = layouts()


@cache
def read(layout: Layout) -> Text:
    return extract(Article(layout.name, layout.page.encode(), "text/html"))


def body_of(layout: Layout) -> str:
    """What was read, without the title, which stands before the words or does not."""
    first, _, rest = read(layout).body.partition("\n")
    return rest if first == layout.title else read(layout).body


def test_there_are_at_least_forty_layouts() -> None:
    assert len(PAGES) >= 40


@pytest.mark.parametrize("layout", PAGES, ids=[each.name for each in PAGES])
def test_a_layout_is_read(layout: Layout) -> None:
    text = read(layout)
    assert text.rejected is None
    assert text.title == layout.title
    assert text.published == layout.published
    assert words_f1(body_of(layout), "\n".join(layout.body)) >= 0.95


def test_the_layouts_together_are_read_as_well_as_we_aim_for() -> None:
    scores = [words_f1(body_of(each), "\n".join(each.body)) for each in PAGES]
    assert sum(scores) / len(scores) >= 0.99


def test_paragraphs_stay_paragraphs() -> None:
    kept = [sum(each in body_of(layout).split("\n") for each in layout.body) / len(layout.body) for layout in PAGES]
    assert sum(kept) / len(kept) >= 0.99
