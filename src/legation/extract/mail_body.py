"""The lines of a mail that its sender wrote: no quoted replies, no signature."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_SIGNATURE = re.compile(r"--\s?")
_SENT_FROM = re.compile(r"(?:Sent|Get Outlook) (?:from|for) (?:my )?\S.{0,40}")
_INTRODUCES_QUOTE = re.compile(r"On\b.{6,200}\bwrote:", re.S)
_ORIGINAL = re.compile(r"-{3,}\s*Original Message\s*-{3,}|_{20,}", re.I)
_FORWARDED = re.compile(r"-{3,}\s*Forwarded message\s*-{3,}|Begin forwarded message:", re.I)
_FORWARDED_HEADER = re.compile(r"\*?(?:From|Date|Sent|Subject|To|Cc):\*?\s.*")
_WRAP_SHORTEST, _WRAP_LONGEST = 50, 100
_BLOCKS = {"p", "div", "br", "li", "tr", "td", "blockquote", "table", "ul", "hr"} | {f"h{n}" for n in range(1, 7)}
_UNSEEN = "//script|//style|//head|//title|//*[@hidden]|//*[contains(translate(@style, ' ', ''), 'display:none')]"
_SIGNED = "//*[contains(@class, 'gmail_signature') or contains(@class, 'moz-signature')]"
_QUOTED = "//blockquote[@type='cite']|//*[contains(@class, 'gmail_quote') or contains(@class, 'moz-cite-prefix')]"


def own_lines(lines: list[str], *, keep_quoted: bool) -> list[str]:
    """`lines` without quoted replies and what follows a signature mark.

    `keep_quoted` is for a mail that passes something on: then the words after "Original Message" stay. What
    stands under "Forwarded message" always does, but for its headers.
    """
    kept: list[str] = []
    in_headers = False
    for line in (line.rstrip() for line in lines):
        if _SIGNATURE.fullmatch(line) or (_ORIGINAL.fullmatch(line) and not keep_quoted):
            break
        if _FORWARDED.fullmatch(line.strip()) or _ORIGINAL.fullmatch(line):
            in_headers = True
        elif in_headers and (not line or _FORWARDED_HEADER.fullmatch(line)):
            continue
        elif line.startswith(">"):
            _drop_introduction(kept)
        elif not _SENT_FROM.fullmatch(line):
            in_headers = False
            kept.append(line)
    return kept


def _drop_introduction(kept: list[str]) -> None:
    """Take back "On Tuesday ... wrote:", which may be wrapped over two lines, before a quoted line."""
    while kept and not kept[-1]:
        kept.pop()
    for count in (1, 2):
        if _INTRODUCES_QUOTE.fullmatch("\n".join(kept[-count:])):
            del kept[-count:]
            return


def unflowed(text: str) -> str:
    """Lines that end in a space joined with the next, as format=flowed means them. RFC 3676."""
    lines: list[str] = []
    for line in text.splitlines():
        bare = line.removeprefix(" ")
        if lines and lines[-1].endswith(" ") and lines[-1] != "-- " and not line.startswith(">"):
            lines[-1] += bare
        else:
            lines.append(bare)
    return "\n".join(lines)


def unwrapped(lines: list[str]) -> list[str]:
    """One line a paragraph: lines wrapped at a fixed width are joined, and empty ones go."""
    whole: list[str] = []
    for filled, group in groupby(lines, key=lambda line: bool(line.strip())):
        if filled:
            paragraph = [line.strip() for line in group]
            whole += [" ".join(paragraph)] if _is_wrapped(paragraph) else paragraph
    return whole


def _is_wrapped(paragraph: list[str]) -> bool:
    full = all(len(line) >= _WRAP_SHORTEST for line in paragraph[:-1])
    return full and all(len(line) <= _WRAP_LONGEST for line in paragraph)


def drop_what_is_not_read(tree: HtmlElement, *, keep_quoted: bool) -> None:
    """Take what is hidden, quoted, or a signature out of an HTML mail; `keep_quoted` as in `own_lines`."""
    dropped = [*tree.xpath(_UNSEEN), *tree.xpath(_SIGNED)]
    if not keep_quoted:
        dropped += [each for each in tree.xpath(_QUOTED) if not _FORWARDED.search(each.text_content())]
    for element in dropped:
        if element.getparent() is not None:
            element.drop_tree()


def flat_lines(tree: HtmlElement) -> list[str]:
    """All lines of an HTML mail, one a block element."""
    lines = (" ".join(line.split()) for line in "".join(_pieces(tree)).split("\n"))
    return [line for line in lines if line]


def _pieces(tree: HtmlElement) -> Iterator[str]:
    """The characters of a tree with line feeds at the edges of blocks, however deep it goes."""
    waiting: list[HtmlElement | str] = [tree]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        edge = "\n" if item.tag in _BLOCKS else ""
        yield edge + _flat(item.text)
        waiting.append(edge)
        for child in reversed(item):
            waiting += [_flat(child.tail), child]


def _flat(text: str | None) -> str:
    return " ".join((text or " ").replace("\n", " ").split(" "))
