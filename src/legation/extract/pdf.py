"""PDF: the words of its pages in reading order, as paragraphs, one a line."""

from __future__ import annotations

import io
import itertools
import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

from legation.extract.pdf_layout import Line, Page, paragraphs
from legation.extract.reject import MAX_CHARS, rejected, too_long
from legation.records import Article, Text

if TYPE_CHECKING:
    from pdfminer.layout import LTPage, LTTextBox

MAX_PAGES = 200
_FEWEST_LETTERS = 10


def read(article: Article) -> Text:
    """The paragraphs of a PDF, page headers and numbers left out; scanned, encrypted or damaged: rejected."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    try:
        pages = list(itertools.islice(_pages(article.content), MAX_PAGES + 1))
    except PDFPasswordIncorrect:
        return rejected("not_text", "It is a PDF locked with a password.")
    except Exception as error:
        # A damaged file makes the parser raise almost anything, KeyError to RecursionError.
        return rejected("not_text", f"It is a damaged PDF ({type(error).__name__}).")
    if len(pages) > MAX_PAGES:
        return rejected("too_long", f"It has over {MAX_PAGES} pages, the most Legation reads of one PDF.")
    if sum(len(line.text) for page in pages for line in page.lines) > MAX_CHARS:
        return too_long()
    return _text(pages)


def _text(pages: list[Page]) -> Text:
    if not pages:
        return rejected("not_text", "It is a damaged PDF (it has no pages).")
    body = "\n".join(paragraphs(pages))
    unreadable = body.count("(cid:")
    if sum(map(str.isalpha, body)) - 3 * unreadable < max(_FEWEST_LETTERS, 3 * unreadable):
        return rejected("scanned", "It is a PDF without text, such as a scan; pictures are not read.")
    return Text(body=body)


def _pages(content: bytes) -> Iterator[Page]:
    from pdfminer.high_level import extract_pages
    from pdfminer.layout import LAParams, LTTextBox

    # What it logs of odd fonts would reach the user's terminal.
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)
    for layout in extract_pages(io.BytesIO(content), laparams=LAParams(detect_vertical=False)):
        boxes = [item for item in layout if isinstance(item, LTTextBox)]
        yield Page(height=layout.height, lines=tuple(_lines(boxes, layout)))


def _lines(boxes: list[LTTextBox], layout: LTPage) -> Iterator[Line]:
    from pdfminer.layout import LTTextLine

    for number, box in enumerate(boxes):
        for item in box:
            text = " ".join(item.get_text().split()) if isinstance(item, LTTextLine) else ""
            if text:
                top, bottom = item.y1 - layout.y0, item.y0 - layout.y0
                yield Line(text=text, box=number, left=item.x0, right=item.x1, top=top, bottom=bottom)
