"""The shipped tables as rows: CSV in `legation/data`, each with a comment on its columns, source and licence."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

from legation.errors import ModelError


def parse_rows(lines: Iterable[str], file: str) -> Iterator[dict[str, str]]:
    """Yield each row of a table as a dict by column; lines that start with "#" are comments.

    Raises ModelError, naming file and line, for a row that has more or fewer cells than the header.
    """
    return (row for _, row in numbered_rows(lines, file))


def numbered_rows(lines: Iterable[str], file: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The same with the number of each row's line, counted from 1."""
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    rows = csv.reader(line for _, line in numbered)
    columns = next(rows, [])
    for (number, _), cells in zip(numbered[1:], rows, strict=True):
        if len(cells) != len(columns):
            raise ModelError(
                f"The table {file} is damaged: line {number} has {len(cells)} cells, not {len(columns)}.",
                subject=file,
            )
        yield number, dict(zip(columns, cells, strict=True))


@cache
def table_lines(file: str) -> tuple[str, ...]:
    """The lines of a shipped table, comments and all."""
    return tuple((files("legation") / "data" / file).read_text(encoding="utf-8").split("\n"))


def read_table(file: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped table, as `parse_rows` gives them."""
    return parse_rows(table_lines(file), file)
