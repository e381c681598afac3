"""The columns of every table and layout that Legation writes, from the data dictionary (`data/columns.csv`)."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields
from itertools import groupby
from types import MappingProxyType
from typing import Literal, cast

from legation.shipped import read_table

ColumnType = Literal["string", "int64", "double", "date32", "list<string>", "list<int64>", "list<double>"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its table, its name, Arrow's type, its unit ("" without one), and when it is null.

    `null_when` is "" for what always stands there, and begins with "never" for a list.
    """

    table: str
    column: str
    type: ColumnType
    unit: str
    meaning: str
    null_when: str

    @property
    def nullable(self) -> bool:
        """Whether the column may be null."""
        return bool(self.null_when) and not self.null_when.startswith("never")


def read_descriptions() -> tuple[Column, ...]:
    """The data dictionary: the columns of all tables, then of all layouts, in the order in which they are written."""
    return tuple(Column(**cast("dict[str, ColumnType]", row)) for row in read_table("columns.csv"))


def _by_table(columns: Iterable[Column]) -> Mapping[str, tuple[Column, ...]]:
    return MappingProxyType({table: tuple(group) for table, group in groupby(columns, lambda column: column.table)})


DESCRIPTIONS = _by_table(read_descriptions())
"""The columns of each table and each layout."""
LAYOUT_NAMES = ("polecat", "icews", "petrarch")
TABLES: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {table: columns for table, columns in DESCRIPTIONS.items() if table not in LAYOUT_NAMES}
)
"""The columns of each table: articles, events, statements, entities, places, dates."""


def descriptions_csv(tables: Iterable[str] = DESCRIPTIONS) -> str:
    """The data dictionary of some tables and layouts as CSV with a header, for a file beside the data set.

    Raises KeyError for a table that is not one.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([field.name for field in fields(Column)])
    writer.writerows(astuple(column) for table in tables for column in DESCRIPTIONS[table])
    return out.getvalue()


# ---------------------------------------------------------------- docs/data.md

_MARKED = re.compile(r"(<!-- columns: (\w+) -->\n).*?(<!-- end -->)", re.S)


def with_tables(page: str) -> str:
    """A Markdown page, each table of columns made anew between `<!-- columns: TABLE -->` and `<!-- end -->`.

    Raises KeyError where a page asks for a table that is not one.
    """
    return _MARKED.sub(lambda found: f"{found[1]}{_markdown(found[2])}\n{found[3]}", page)


def _markdown(table: str) -> str:
    if table in LAYOUT_NAMES:
        head, rows = "| column | what stands there | empty when |\n|---|---|---|", map(_layout_row, DESCRIPTIONS[table])
    else:
        head, rows = "| column | type | meaning | null when |\n|---|---|---|---|", map(_table_row, DESCRIPTIONS[table])
    return "\n".join((head, *rows))


def _table_row(column: Column) -> str:
    return f"| `{column.column}` | {column.type} | {_meaning(column)} | {column.null_when} |"


def _layout_row(column: Column) -> str:
    return f"| {column.column} | {_meaning(column) or '–'} | {column.null_when} |"


def _meaning(column: Column) -> str:
    return f"{column.meaning} ({column.unit})" if column.unit else column.meaning
