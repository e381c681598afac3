"""CSV and other text tables: the first row names the columns, each other row is an article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from legation.collect.archive.fields import HTML, NAMES, TEXT, folded, holds_articles, record_of
from legation.collect.archive.lines import Line, split
from legation.collect.archive.reject import broken_off, rejected
from legation.collect.archive.rows import Lines, Row, dialect_of, next_row
from legation.records import Record

_SHOWN_COLUMNS = 12
_SHOWN_NAME = 40
_BOM = b"\xef\xbb\xbf"


def read_sheet(file: str, pieces: Iterator[bytes], *, tabs_first: bool) -> Iterator[Record]:
    """The record of each row, good or bad, and one more where the file breaks off.

    The delimiter is a comma, semicolon, tab or pipe, whichever fits header and first rows; `tabs_first` prefers the tab
    where several do. How bad rows are told from good ones, and where reading goes on: see `rows`.
    """
    lines = Lines(_without_bom(split(pieces)))
    dialect = dialect_of(lines, tabs_first=tabs_first)
    header = next_row(lines, dialect, None)
    number = 0
    if header is not None and (fault := header_fault(file, header)):
        yield fault
        return
    if header is not None:
        columns = columns_of(header.cells)
        while row := next_row(lines, dialect, len(header.cells)):
            number += 1
            yield _row_record(f"{file}, row {number}", row, columns)
    if lines.damage is not None:
        yield broken_off(file, lines.damage, number, "row")


def _without_bom(lines: Iterator[Line]) -> Iterator[Line]:
    for line in lines:
        yield Line(1, line.content.removeprefix(_BOM)) if line.number == 1 and line.content else line


def columns_of(names: Iterable[str]) -> dict[str, int]:
    """Where the columns stand that say something about an article; of several with one name, the first."""
    columns: dict[str, int] = {}
    for index, name in enumerate(map(folded, names)):
        if name in NAMES:
            columns.setdefault(name, index)
    return columns


def no_text_column(file: str, names: list[str]) -> Record:
    """The one record of a table without a column of texts; it says which columns there are."""
    shown = ", ".join(_shortened(name) for name in names[:_SHOWN_COLUMNS])
    more = f" and {len(names) - _SHOWN_COLUMNS} more" if len(names) > _SHOWN_COLUMNS else ""
    wanted = ", ".join((*TEXT, *HTML[:-1]))
    message = f"{file} has no column of texts: name one {wanted} or {HTML[-1]}. Its columns are: {shown}{more}."
    return rejected(file, "unreadable", message)


def header_fault(file: str, header: Row) -> Record | None:
    """What is wrong with the header, None where nothing is."""
    if header.fault is not None:
        message = f"The header of {file} cannot be read: {header.fault}."
        return rejected(file, header.fault.reason, message)
    return None if holds_articles(map(folded, header.cells)) else no_text_column(file, header.cells)


def _row_record(place: str, row: Row, columns: dict[str, int]) -> Record:
    if row.fault is not None:
        where = f"line {row.first}" if row.first == row.last else f"lines {row.first} to {row.last}"
        return rejected(place, row.fault.reason, f"The row on {where} of the file is left out: {row.fault}.")
    return record_of(place, {name: row.cells[index] for name, index in columns.items()})


def _shortened(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _SHOWN_NAME else name[: _SHOWN_NAME - 1] + "…"
