"""From the lines of PDF pages to paragraphs: what repeats is dropped, what was wrapped is joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median

_MARGIN = 0.12
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—|\s]*\d{1,4}[-–—|\s]*(?:(?:of|/)\s*\d{1,4})?", re.I)
_HYPHENATED = re.compile(r"\w+(?:[-‐]\w+)+")
_BROKEN = re.compile(r"([^\W\d_]+)[-‐]$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"[.!?:][\"'”’)\]]*$")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "\u00a0": " "})


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page. `box` numbers the block it stands in; positions are in points from the lower left."""

    text: str
    box: int
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        """Height in points."""
        return self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a page in reading order, and its height in points."""

    height: float
    lines: tuple[Line, ...]


def paragraphs(pages: list[Page]) -> list[str]:
    """The paragraphs of a document: running headers, footers and page numbers dropped, line ends joined.

    A paragraph that runs on in the next column or page is one.
    """
    kept = _without_running_lines(pages)
    compounds = _compounds(line for page in kept for line in page.lines)
    texts: list[str] = []
    for block in _blocks(kept):
        for lines in _split(block):
            text = _joined((line.text for line in lines), compounds)
            if texts and _runs_on(texts[-1], text):
                texts[-1] = _joined((texts[-1], text), compounds)
            else:
                texts.append(text)
    return texts


def _without_running_lines(pages: list[Page]) -> list[Page]:
    keys = ({_key(line) for line in page.lines if _at_edge(line, page)} for page in pages)
    repeats = Counter(key for of_page in keys for key in of_page)
    often = max(2, len(pages) // 2)

    def stays(line: Line, page: Page) -> bool:
        if not _at_edge(line, page):
            return True
        return repeats[_key(line)] < often and not _PAGE_NUMBER.fullmatch(line.text)

    return [Page(page.height, tuple(line for line in page.lines if stays(line, page))) for page in pages]


def _key(line: Line) -> str:
    """The line as it is on each page, whatever the number of the page."""
    return _DIGITS.sub("#", line.text.lower())


def _at_edge(line: Line, page: Page) -> bool:
    return line.bottom > page.height * (1 - _MARGIN) or line.top < page.height * _MARGIN


def _blocks(pages: Iterable[Page]) -> Iterator[list[Line]]:
    for page in pages:
        for _, lines in groupby(page.lines, key=lambda line: line.box):
            yield list(lines)


def _split(block: list[Line]) -> Iterator[list[Line]]:
    """The paragraphs of one block: new at an indent, a gap, another size, after a short last line."""
    left = min(line.left for line in block)
    right = max(line.right for line in block)
    gaps = [above.bottom - below.top for above, below in pairwise(block)]
    usual = median(gaps) if gaps else 0.0
    current = [block[0]]
    for (above, line), gap in zip(pairwise(block), gaps, strict=True):
        indented = line.left - left > 0.5 * line.height and above.left - left < 0.5 * line.height
        apart = gap > usual + 0.5 * line.height
        resized = abs(line.height - above.height) > 0.15 * above.height
        ended = above.right < right - 0.15 * (right - left) and bool(_SENTENCE_END.search(above.text))
        if indented or apart or resized or ended:
            yield current
            current = []
        current.append(line)
    yield current


def _runs_on(text: str, following: str) -> bool:
    return following[:1].islower() and not _SENTENCE_END.search(text)


def _compounds(lines: Iterable[Line]) -> set[str]:
    """Words that the document itself writes with a hyphen inside a line, such as "long-term"."""
    return {word.lower().replace("‐", "-") for line in lines for word in _HYPHENATED.findall(line.text)}


def _joined(texts: Iterable[str], compounds: set[str]) -> str:
    whole = ""
    for text in texts:
        clean = text.translate(_LIGATURES)
        soft = whole.endswith("\u00ad")
        whole = whole[:-1] + clean if soft else _hyphen_undone(whole, clean, compounds)
    return whole.replace("\u00ad", "")


def _hyphen_undone(whole: str, text: str, compounds: set[str]) -> str:
    """A hyphen at a line end goes, unless it is part of the word: "U.S.-led", "Anglo-French", a compound."""
    broken, rest = _BROKEN.search(whole), _FIRST_WORD.match(text)
    if not broken or not rest:
        return f"{whole}{'' if whole.endswith(('-', '‐')) else ' '}{text}" if whole else text
    belongs = not rest[0].islower() or broken[1].isupper() or f"{broken[1]}-{rest[0]}".lower() in compounds
    return (whole if belongs else whole[:-1]) + text
