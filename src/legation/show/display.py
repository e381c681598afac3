"""An article's text made fit to show, code point for code point, so that every offset still holds."""

from __future__ import annotations

import re

_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
_SPACES = {0x09: " ", 0x0A: "\n", 0x0B: "\n", 0x0C: "\n", 0x0D: "\n", 0x85: "\n", 0x2028: "\n", 0x2029: "\n"}
_C1 = dict.fromkeys(range(0x80, 0xA0), "\ufffd")
# Bidirectional overrides can make a text read other than it is; surrogates cannot be written as UTF-8.
_DECEIVING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd")
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_HARMLESS: dict[int, str | int] = {**_PICTURES, **_C1, **_DECEIVING, **_SURROGATES, **_SPACES}

_RUN_OF_LINES = re.compile(r"(?:[^\S\n]*\S[^\n]*\n)+[^\S\n]*\S[^\n]*")
_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")
_CLOSES = re.compile(r"[.!?:;][\"'”’)\]]*\s*$")
_LIST_ITEM = re.compile(r"\s*(?:[-*•–]|\d+[.)])\s")
_SHORTEST_WRAPPED, _LONGEST_WRAPPED = 40, 100


def display_text(text: str) -> str:
    """`text` made harmless and with hard-wrapped lines joined; the result has as many code points."""
    return _RUN_OF_LINES.sub(lambda run: _joined(run[0]), harmless(text))


def harmless(text: str) -> str:
    """`text`, code point for code point, without anything a terminal or a browser would obey.

    Control characters become their pictures (ESC is "␛"), bidirectional overrides and lone surrogates U+FFFD,
    tabs spaces; every kind of line end becomes a newline.
    """
    return text.replace("\r\n", " \n").translate(_HARMLESS)


def one_line(text: str) -> str:
    """`text` made harmless and put on one line, for a heading or the cell of a table."""
    return " ".join(display_text(text).split())


def paragraphs(shown: str) -> tuple[tuple[int, int], ...]:
    """The paragraphs of a displayed text: offsets, end exclusive, without their line ends."""
    return tuple(found.span() for found in _PARAGRAPH.finditer(shown))


def _joined(run: str) -> str:
    return run.replace("\n", " ") if _is_hard_wrapped(run.split("\n")) else run


def _is_hard_wrapped(lines: list[str]) -> bool:
    """Whether lines are one paragraph cut at a margin: of like length, and most end within a sentence."""
    cut = lines[:-1]
    if any(_LIST_ITEM.match(line) for line in lines):
        return False
    if any(len(line) > _LONGEST_WRAPPED for line in lines) or any(len(line) < _SHORTEST_WRAPPED for line in cut):
        return False
    return sum(bool(_CLOSES.search(line)) for line in cut) * 2 < len(cut)
