"""CSV, cut into rows in such a way that a stray quote costs a few rows and not the rest of the file.

Rows are read strictly: in a quoted cell a quote is doubled (or, in files that do so from the start, follows a
backslash), and quoted cells may hold line breaks. What goes wrong, and what becomes of it:

- A row with more or fewer cells than the header is one bad row; the next row follows it.
- A quote that opens a cell and is never closed would make everything after it one cell. The row is given up where the
  next quote proves it wrong, at the end of the file, or when it has run on for more than 1,000,000 characters over
  more than 20 lines. Reading then goes back to the line after the one where that row began.
- A line that is too long, or badly quoted text within a row of several lines, leaves it open whether the next line
  begins a row or goes on with a cell. Reading goes on at the first line from which rows come out clean: with the right
  number of cells, and quotes only around whole cells. Four columns and more prove it with one row, three with two, and
  one or two columns, which running text easily imitates, with three; fewer do where the file ends.

All that is passed over is part of the one bad row, which names its lines.
"""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from legation.collect.archive.fields import folded, holds_articles
from legation.collect.archive.lines import Line
from legation.collect.archive.raw import Damaged
from legation.collect.archive.reject import LIMIT
from legation.collect.source import MAX_BYTES
from legation.records import RejectionReason
from legation.telling import counted

_RUN = 1_000_000
_MANY_LINES = 20
_SAMPLE_LINES = 200
_SAMPLE_BYTES = 1_000_000
_ROWS_AS_PROOF = {1: 3, 2: 3, 3: 2}
_CELL_LIMIT = 2 * MAX_BYTES
_STRAY_RETURN = "a carriage return stands within a cell: quote the cell, or end lines with a line feed"
_MISQUOTED = "a quote stands within a cell, or opens one and is never closed: double each quote within a quoted cell"


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates and quotes its cells; `escape` is the character that takes a quote's meaning away."""

    delimiter: str
    escape: str | None = None
    quoted: bool = True


class Fault(Exception):
    """Why a row cannot be had: a reason, and half a sentence."""

    def __init__(self, reason: RejectionReason, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class Row(NamedTuple):
    """The cells of the lines from `first` to `last`, or what is wrong with them."""

    first: int
    last: int
    cells: list[str]
    fault: Fault | None


class Lines:
    """Lines that can be given back. Where the file breaks off they end, and `damage` says why."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.damage: Damaged | None = None
        self._lines = lines
        self._ahead: deque[Line] = deque()

    def take(self) -> Line | None:
        """The next line; None at the end."""
        if self._ahead:
            return self._ahead.popleft()
        try:
            return next(self._lines, None)
        except Damaged as damage:
            self.damage = damage
            self._lines = iter(())
            return None

    def give_back(self, lines: list[Line]) -> None:
        """Make `lines` the next."""
        self._ahead.extendleft(reversed(lines))

    def at_end(self) -> bool:
        """Whether nothing is left to take."""
        line = self.take()
        if line is not None:
            self.give_back([line])
        return line is None


def dialect_of(lines: Lines, *, tabs_first: bool) -> Dialect:
    """The way of writing in which the header names a text and most of the first rows are as wide as the header."""
    sample: list[Line] = []
    size = 0
    while len(sample) < _SAMPLE_LINES and size < _SAMPLE_BYTES and (line := lines.take()):
        sample.append(line)
        size += len(line.content or b"")
    lines.give_back(sample)
    delimiters = "\t,;|" if tabs_first else ",;\t|"
    dialects = [Dialect(delimiter, escape) for escape in (None, "\\") for delimiter in delimiters]
    dialects.append(Dialect("\t", quoted=False))
    return max(dialects, key=lambda dialect: _fit(sample, dialect))


def next_row(lines: Lines, dialect: Dialect, width: int | None) -> Row | None:
    """The next row that is not blank, good or bad; None at the end, or where the file breaks off within a row.

    `width` is how many cells it must have, None for a header.
    """
    while feed := _fed(lines, dialect):
        first, last = feed.used[0].number, feed.used[-1].number
        if feed.broken is None:
            if feed.cells:
                return Row(first, last, feed.cells, feed.foreign or _width_fault(feed.cells, width))
            continue
        if not feed.is_one_row():
            lines.give_back(feed.used[1:])
            last = max(first, _resume(lines, dialect, width or 1))
            if feed.ended and lines.damage is not None and lines.at_end():
                return None
        return Row(first, last, [], feed.broken)
    return None


class _Feed:
    """The lines of one row as csv asks for them, and what it makes of them."""

    def __init__(self, lines: Lines, dialect: Dialect) -> None:
        self.used: list[Line] = []
        self.cells: list[str] = []
        self.broken: Fault | None = None
        self.foreign: Fault | None = None
        self.ended = False
        self._lines = lines
        self._size = 0
        self._read(dialect)

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        line = self._lines.take()
        if line is None:
            self.ended = True
            raise StopIteration
        self.used.append(line)
        if line.content is None:
            raise Fault("too_long", f"a line is larger than {LIMIT}, the most Legation reads of one article")
        self._size += len(line.content)
        if len(self.used) > 1 and self._size > (_RUN if len(self.used) > _MANY_LINES else MAX_BYTES):
            raise Fault("unreadable", _MISQUOTED)
        try:
            text = line.content.decode("utf-8")
        except UnicodeDecodeError:
            self.foreign = Fault("unreadable", "its text is not UTF-8: write the file anew in UTF-8")
            text = line.content.decode("utf-8", "replace")
        return text + "\n"

    def is_one_row(self) -> bool:
        """Whether a row that is broken is surely no longer than its one line: all quotes in it are closed."""
        content = self.used[0].content
        return len(self.used) == 1 and content is not None and content.count(b'"') % 2 == 0

    def is_clean(self, dialect: Dialect, width: int) -> bool:
        """Whether the row is what a program writes: quotes in a cell only where the cell is quoted."""
        if self.broken or self.foreign or len(self.cells) != width:
            return False
        if not dialect.quoted or dialect.escape:
            return True
        inner = 2 * sum(cell.count('"') for cell in self.cells)
        outer = sum((line.content or b"").count(b'"') for line in self.used) - inner
        return outer % 2 == 0 and outer >= (2 if inner else 0)

    def _read(self, dialect: Dialect) -> None:
        try:
            self.cells = next(
                csv.reader(
                    self,
                    delimiter=dialect.delimiter,
                    escapechar=dialect.escape,
                    quoting=csv.QUOTE_MINIMAL if dialect.quoted else csv.QUOTE_NONE,
                    strict=True,
                ),
                [],
            )
        except Fault as fault:
            self.broken = fault
        except csv.Error as error:
            self.broken = Fault("unreadable", _STRAY_RETURN if "new-line" in str(error) else _MISQUOTED)


def _fed(lines: Lines, dialect: Dialect) -> _Feed | None:
    """The next row, blank ones too; None at the end."""
    # The limit is the process's own, 131,072 characters at first, and counts while csv reads. It is never lowered here.
    if csv.field_size_limit() < _CELL_LIMIT:
        csv.field_size_limit(_CELL_LIMIT)
    feed = _Feed(lines, dialect)
    return feed if feed.used else None


def _width_fault(cells: list[str], width: int | None) -> Fault | None:
    if width is None or len(cells) == width:
        return None
    told = f"it has {counted(len(cells), 'cell')} and the header {width}"
    message = f"{told}: quote cells that hold a delimiter or a line break"
    return Fault("unreadable", message)


def _resume(lines: Lines, dialect: Dialect, width: int) -> int:
    """Pass over lines until rows come out clean again. Returns the number of the last line passed over, or 0."""
    last = 0
    while not _is_proven(lines, dialect, width) and (line := lines.take()):
        last = line.number
    return last


def _is_proven(lines: Lines, dialect: Dialect, width: int) -> bool:
    used: list[Line] = []
    clean = 0
    wanted = _ROWS_AS_PROOF.get(width, 1)
    sound = True
    while sound and clean < wanted and (feed := _fed(lines, dialect)):
        used += feed.used
        if feed.broken or feed.cells:
            sound = feed.is_clean(dialect, width)
            clean += sound
        else:
            # A blank line ends a paragraph as often as it stands between rows.
            sound = clean > 0
    lines.give_back(used)
    return sound and (clean == wanted or (clean > 0 and lines.damage is None))


def _fit(sample: list[Line], dialect: Dialect) -> tuple[bool, int, int]:
    """How well the dialect fits: does the header name a text, are the rows as wide as it, how wide is it."""
    lines = Lines(iter(sample))
    header = next_row(lines, dialect, None)
    if header is None or (not dialect.quoted and len(header.cells) == 1):
        # In a single column without quoting every line is a row, and no file could fit better.
        return False, 0, 0
    good = 0
    while feed := _fed(lines, dialect):
        if feed.ended and feed.broken:
            break
        if feed.broken or feed.cells:
            good += 1 if not feed.broken and len(feed.cells) == len(header.cells) else -1
    return holds_articles(map(folded, header.cells)), good, len(header.cells)
