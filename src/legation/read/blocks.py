"""Finds the blocks of an article: its headline, byline, dateline, paragraphs, lists and captions.

The text comes with its lines as some source broke them: a paragraph a line, or paragraphs hard-wrapped at
a column and parted by blank lines. No sentence crosses a block, so lines are joined only where the text
shows that they were wrapped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from statistics import mean

from legation.records import Block, BlockKind

Span = tuple[int, int]

_WIDEST_WRAP = 100
_NARROWEST_WRAP = 30
_LONGEST_HEADLINE = 160
_LONGEST_BYLINE = 120

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+|\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BREAKS = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_ENDED = re.compile(r"""[.!?…:;]["'”’»)\]]*\Z""")
_SENTENCE_ENDED = re.compile(r"""[.!?…]["'”’»)\]]*\Z""")
_ITEM = re.compile(r"(?:[•‣◦▪●·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+(?=\S)")
_CAPTION = re.compile(
    r"(?i:photo(?:graph)?|file photo|image|picture|caption|pictured|video)(?:\s*(?:by|credit))?\s*[:/|]\s*\S"
    r"|(?s:.*)"
    r"\((?:File |file )?(?i:photo|file|image|pool)(?:/[^()]*| (?i:by|via|courtesy)[^()]*)?\)\s*\Z"
)
_NAME = r"(?:[^\W\d_a-z][\w.'’-]*|(?:de|van|von|der|den|bin|al|da|la|le|el|du|dos)\b)"
_BYLINE = re.compile(
    rf"(?:(?:By|BY|by|Story by|Reporting by|Written by)\s+{_NAME}(?:\s+{_NAME}){{0,5}}"
    rf"(?:\s*(?:,|and|&|\||in|for|of|at|with)\s*{_NAME}(?:\s+(?:of\s+)?(?:the\s+)?{_NAME}){{0,5}}){{0,4}}"
    r"(?:,?\s*(?i:staff writer|correspondent|special to the [\w ]+|editor|reporter)s?)?)\.?\s*\Z"
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DATE = rf"(?:(?:{_MONTH}\s+\d{{1,2}}|\d{{1,2}}\s+{_MONTH})(?:,?\s+\d{{4}})?)"
_CAPITALS = r"[^\W\d_a-z][^\Wa-z\d_.'’-]*(?:[.'’-]+[^\W\d_a-z]+)*\.?"
_TITLED = r"[^\W\d_a-z][\w.'’-]*"
_WHERE = rf"(?:,\s+{_TITLED}(?:\s+{_TITLED}){{0,3}})?"
_AGENCY = r"(?:\([^()\n]{2,40}\)|/[^/()\n]{2,40}/)"
_DASH = r"\s*(?:—|–|―|--|(?<=\s)-(?=\s))"
_DATELINE = re.compile(
    rf"(?:(?=[^\W\d_a-z.]{{2}}|\w\.){_CAPITALS}(?:[ \t\xa0/]+{_CAPITALS}){{0,4}}{_WHERE}"
    rf"(?:,?\s+{_DATE})?(?:,?\s*{_AGENCY})?{_DASH}"
    rf"|{_TITLED}(?:\s+{_TITLED}){{0,3}}{_WHERE}"
    rf"(?:,?\s+{_DATE}(?:,?\s*{_AGENCY})?|,?\s*{_AGENCY}){_DASH})\s*(?=[^\W\d_a-z]|[\d\"'“‘($€£])"
)


def find_blocks(body: str) -> tuple[Block, ...]:
    """The blocks of a text in order: none overlap, none is empty or has white space at an edge.

    Together they hold every character of `body` that is not white space.
    """
    found: list[Block] = []
    for start, end in _paragraphs(body):
        kind = _kind(body, start, end, found)
        dateline = _DATELINE.match(body, start, end) if kind == "paragraph" else None
        if dateline:
            found.append(Block(start, start + len(dateline[0].rstrip()), "dateline"))
            start = dateline.end()
        found.append(Block(start, end, kind))
    return _with_headline(body, found)


def _kind(body: str, start: int, end: int, before: list[Block]) -> BlockKind:
    if _ITEM.match(body, start, end):
        return "list"
    if end - start <= _LONGEST_BYLINE and len(before) < 6 and _BYLINE.match(body[start:end]):
        return "byline"
    if end - start <= 4 * _LONGEST_HEADLINE and _CAPTION.match(body[start:end]):
        return "caption"
    return "paragraph"


def _with_headline(body: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Name the first block a headline where it is short, has no full stop, and text follows."""
    if len(blocks) > 1 and blocks[0].kind == "paragraph":
        start, end = blocks[0].start, blocks[0].end
        text = body[start:end]
        if end - start <= _LONGEST_HEADLINE and not text.endswith((".", ":", ";", ",", ".”", '."')):
            blocks[0] = Block(start, end, "headline")
    return tuple(blocks)


# ---------------------------------------------------------------- lines


def _paragraphs(body: str) -> Iterator[Span]:
    groups = list(_groups(body))
    width = _wrap_width(body, groups)
    for group in groups:
        start, end = last = group[0]
        for line in group[1:]:
            if not width or _opens(body, start, last, line) or not _continues(body, last, line, width):
                yield start, end
                start = line[0]
            end, last = line[1], line
        yield start, end


def _groups(body: str) -> Iterator[list[Span]]:
    """Runs of lines without a blank line between; each line trimmed."""
    group: list[Span] = []
    blank = True
    for found in _LINE.finditer(body):
        text = found[0]
        if text[0] in _BREAKS:
            if blank and group:
                yield group
                group = []
            blank = True
        elif stripped := text.strip():
            start = found.start() + text.index(stripped[0])
            group.append((start, start + len(stripped)))
            blank = False
    if group:
        yield group


def _wrap_width(body: str, groups: list[list[Span]]) -> int:
    """The column at which the lines were wrapped, 0 where they were not.

    Wrapped lines are about as long as the longest, and many break in mid-sentence; lines that are
    paragraphs end as sentences do.
    """
    pairs = [(one, other) for group in groups for one, other in pairwise(group) if not _opens(body, one[0], one, other)]
    if not pairs:
        return 0
    lengths = sorted(end - start for (start, end), _ in pairs)
    width = lengths[min(len(lengths) - 1, int(0.95 * len(lengths)))]
    if not _NARROWEST_WRAP <= width <= _WIDEST_WRAP:
        return 0
    broken = [_breaks_sentence(body, one, other) for one, other in pairs]
    full = [_is_full(body, one, other, width) for one, other in pairs]
    return width if mean(broken) >= 0.4 and mean(full) >= 0.5 else 0


def _breaks_sentence(body: str, one: Span, other: Span) -> bool:
    """Whether a sentence seems to run on from one line to the other."""
    return not _ENDED.search(body[max(one[0], one[1] - 4) : one[1]]) and (
        body[other[0]].islower() or one[1] - one[0] >= _NARROWEST_WRAP
    )


def _is_full(body: str, one: Span, other: Span, width: int) -> bool:
    """Whether the next line's first word would have gone beyond the width."""
    word = body[other[0] : other[1]].split(maxsplit=1)[0]
    return one[1] - one[0] + 1 + len(word) > 0.9 * width


def _opens(body: str, start: int, last: Span, line: Span) -> bool:
    """Whether a line opens a paragraph by its look: a list item, or indented behind one that is not.

    `start` is where the paragraph of the line before, `last`, begins.
    """
    if _ITEM.match(body, *line):
        return True
    return _is_indented(body, line) and not _is_indented(body, last) and not _ITEM.match(body, start, last[1])


def _is_indented(body: str, line: Span) -> bool:
    before = body[max(0, line[0] - 2) : line[0]]
    return before.endswith("\t") or (len(before) == 2 and not set(before) & _BREAKS)


def _continues(body: str, last: Span, line: Span, width: int) -> bool:
    """Whether a line goes on with the paragraph of the line before, in text wrapped at `width`."""
    ended = _SENTENCE_ENDED.search(body[max(last[0], last[1] - 4) : last[1]])
    return (body[line[0]].islower() and not ended) or _is_full(body, last, line, width)
