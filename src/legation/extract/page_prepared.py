"""A page made easier to find the article in: what is hidden or of others taken out, paragraphs marked as such."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_TAKEN_OUT = (
    # What is long and hidden may be the article, which a script shows.
    "//*[@hidden or contains(translate(@style, ' ', ''), 'display:none')][string-length(normalize-space()) < 300]",
    "//blockquote[contains(@class, 'twitter-tweet') or contains(@class, 'instagram-media')"
    " or contains(@class, 'mastodon-embed') or contains(@class, 'bluesky-embed') or contains(@class, 'tiktok-embed')]",
    # From whom and when: what a press release says of itself.
    "//dl[count(dt) < 8 and not(ancestor::dl)][not(dd[string-length(normalize-space()) > 80])]",
)
_INLINE = frozenset("a abbr b bdi bdo cite code em font i mark q s small span strong sub sup time u".split())
_BLANK_LINE = re.compile(r"\n\s*\n")


def prepared(tree: HtmlElement) -> HtmlElement:
    """A copy of `tree` in which what stands between two line breaks or blank lines of <pre> is a paragraph."""
    made = copy.deepcopy(tree)
    for path in _TAKEN_OUT:
        for element in cast("list[HtmlElement]", made.xpath(path)):
            element.drop_tree()
    for parent in {element.getparent(): None for element in made.iter("br")}:
        if parent is not None and parent.tag in ("div", "td", "section", "article", "main", "body", "p", "center"):
            _part_at_breaks(parent)
    for element in list(made.iter("pre")):
        _part_at_blank_lines(element)
    for element in made.iter():
        # A line feed in markup is a space; trafilatura leaves it between bare pieces of text.
        element.text = " ".join(element.text.splitlines()) if element.text else None
        element.tail = " ".join(element.tail.splitlines()) if element.tail else None
    return made


def _part_at_breaks(parent: HtmlElement) -> None:
    """Puts what stands between two or more line breaks in a row into paragraphs, where there are such."""
    runs = _runs(parent)
    if len(runs) < 2:
        return
    tail, whole = parent.tail, parent.tag == "p"
    for child in list(parent):
        parent.remove(child)
    parent.text = None
    if whole:
        # A paragraph cannot hold others.
        parent.tag = "div"
    for run in runs:
        if len(run) == 1 and not isinstance(run[0], str) and run[0].tag not in _INLINE:
            parent.append(run[0])
            continue
        paragraph = parent.makeelement("p")
        for piece in run:
            _append(paragraph, piece)
        parent.append(paragraph)
    parent.tail = tail


def _runs(parent: HtmlElement) -> list[list[HtmlElement | str]]:
    """The pieces of an element, parted where line breaks follow each other and at what is a block itself."""
    runs: list[list[HtmlElement | str]] = [[]]
    breaks = 0
    for piece in _pieces(parent):
        if isinstance(piece, str) and not piece.strip():
            if breaks == 0 and runs[-1]:
                runs[-1].append(piece)
            continue
        if not isinstance(piece, str) and piece.tag == "br":
            breaks += 1
            continue
        block = not isinstance(piece, str) and piece.tag not in _INLINE
        if breaks > 1 or block:
            runs.append([])
        elif breaks:
            runs[-1].append(" ")
        breaks = 0
        runs[-1].append(piece)
        if block:
            runs.append([])
    return [run for run in runs if run]


def _pieces(parent: HtmlElement) -> list[HtmlElement | str]:
    """Texts and children of an element in their order; the children without their tails."""
    found: list[HtmlElement | str] = [parent.text] if parent.text else []
    for child in parent:
        tail, child.tail = child.tail, None
        found.append(child)
        if tail:
            found.append(tail)
    return found


def _append(paragraph: HtmlElement, piece: HtmlElement | str) -> None:
    if not isinstance(piece, str):
        paragraph.append(piece)
    elif len(paragraph):
        paragraph[-1].tail = (paragraph[-1].tail or "") + piece
    else:
        paragraph.text = (paragraph.text or "") + piece


def _part_at_blank_lines(element: HtmlElement) -> None:
    """A plain text inside a page: its paragraphs are parted by blank lines."""
    texts = [each for each in _BLANK_LINE.split(str(element.text_content())) if each.strip()]
    if len(texts) < 2:
        return
    tail = element.tail
    element.clear()
    element.tag, element.tail = "div", tail
    for text in texts:
        paragraph = element.makeelement("p")
        paragraph.text = " ".join(text.split())
        element.append(paragraph)
