"""Writes parts of a data set: the flat tables as Parquet or CSV, and the layouts of other data sets.

A part is written beside its place, brought to the disk, and only then put there under its name, so that what has a
name is whole. The same reports give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from legation.formats.columns import TABLES, Column, ColumnType
from legation.formats.layouts import LAYOUTS
from legation.formats.tables import rows_of
from legation.records import Report
from legation.system import drafts

if TYPE_CHECKING:
    import pyarrow as pa

Format = Literal["parquet", "csv"]
Columns = dict[str, list[Any]]
"""A table column by column."""

# UTF-8 has no surrogates, and no database takes a text with a NUL.
_UNWRITABLE = re.compile("[\0\ud800-\udfff]")
_BREAKS = re.compile("[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
_FORMULA = re.compile(r"[=+\-@\t\r]")
# Numbers, and the codes of PETRARCH2.
_NO_FORMULA = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?|---[A-Z]*", re.A)
_TO_QUOTE = re.compile('[,"\r\n]')


def write_part(
    reports: Iterable[Report], folder: Path, number: int, format: Format, metadata: Mapping[str, str]
) -> dict[str, int]:
    """Writes every table of some reports to `folder/TABLE/part-NNNNN.parquet` (or `.csv`); returns the rows of each.

    A table without rows has a file too. `metadata` says how the part was made (model, settings); Parquet files
    carry it, beside what each column means. All files are on the disk before the first has its name; where that fails
    no draft is left. Raises OSError where the folder cannot be written.
    """
    tables = _columns(reports)
    with drafts() as kept:
        for table, columns in tables.items():
            draft = kept.beside(folder / table / f"part-{number:05d}.{format}")
            if format == "parquet":
                _write_parquet(draft, table, columns, metadata)
            else:
                _write_csv(draft, table, columns)
    return {table: len(columns["article_id"]) for table, columns in tables.items()}


def write_layout_part(reports: Iterable[Report], folder: Path, number: int, layout: str) -> int:
    """Writes the events of some reports in a layout to `folder/LAYOUT/part-NNNNN.tsv`; returns the number of rows.

    Tabs and line breaks inside a value become a blank. Raises KeyError for a layout that is not one, OSError where the
    folder cannot be written.
    """
    shape, count = LAYOUTS[layout], 0
    with drafts() as kept:
        draft = kept.beside(folder / layout / f"part-{number:05d}.tsv")
        with draft.open("w", encoding="utf-8", newline="\n") as stream:
            if shape.header:
                stream.write("\t".join(shape.columns) + "\n")
            for report in reports:
                for row in shape.rows(report):
                    stream.write("\t".join(_tsv_cell(cell) for cell in row) + "\n")
                    count += 1
    return count


# ---------------------------------------------------------------- columns


def _columns(reports: Iterable[Report]) -> dict[str, Columns]:
    tables: dict[str, Columns] = {table: {column.column: [] for column in columns} for table, columns in TABLES.items()}
    for report in reports:
        for table, rows in rows_of(report).items():
            columns = tables[table]
            for row in rows:
                for name, value in row.items():
                    columns[name].append(_writable(value))
    return tables


def _writable(value: object) -> object:
    """A value as files can hold it; a number that is too large to be one of 64 bits is not known."""
    if isinstance(value, str):
        return writable_text(value)
    if isinstance(value, list):
        return [_writable(item) for item in value]
    if isinstance(value, int) and not -(2**63) <= value < 2**63:
        return None
    return value


def writable_text(text: str) -> str:
    """A text that UTF-8 and every database can hold: lone surrogates and NUL become U+FFFD."""
    return _UNWRITABLE.sub("\ufffd", text)


# ---------------------------------------------------------------- Parquet


def _write_parquet(path: Path, table: str, columns: Columns, metadata: Mapping[str, str]) -> None:
    # pyarrow takes longer to load than a small file takes to write.
    import pyarrow as pa
    from pyarrow import parquet

    schema = _schema(table, metadata)
    arrays = [pa.array(columns[field.name], field.type) for field in schema]
    parquet.write_table(pa.Table.from_arrays(arrays, schema=schema), path, compression="zstd", version="2.6")


def _schema(table: str, metadata: Mapping[str, str]) -> pa.Schema:
    import pyarrow as pa

    types: dict[ColumnType, pa.DataType] = {
        "string": pa.string(),
        "int64": pa.int64(),
        "double": pa.float64(),
        "date32": pa.date32(),
        "list<string>": pa.list_(pa.string()),
        "list<int64>": pa.list_(pa.int64()),
        "list<double>": pa.list_(pa.float64()),
    }
    fields = [
        pa.field(column.column, types[column.type], column.nullable, _described(column)) for column in TABLES[table]
    ]
    return pa.schema(fields, {writable_text(key): writable_text(metadata[key]) for key in sorted(metadata)})


def _described(column: Column) -> dict[str, str]:
    facts = {"description": column.meaning, "unit": column.unit, "null_when": column.null_when}
    return {name: fact for name, fact in facts.items() if fact}


# ---------------------------------------------------------------- CSV and TSV


def _write_csv(path: Path, table: str, columns: Columns) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(",".join(column.column for column in TABLES[table]) + "\n")
        for row in zip(*columns.values(), strict=True):
            stream.write(",".join(_csv_cell(value) for value in row) + "\n")


def _csv_cell(value: object) -> str:
    """A cell as CSV writes it. Null is nothing, an empty text a pair of quotes, so that they can be told apart."""
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, (str, list)):
        return str(value)
    text = without_formula(value if isinstance(value, str) else _bars(value))
    return '"' + text.replace('"', '""') + '"' if not text or _TO_QUOTE.search(text) else text


def _bars(items: Sequence[object]) -> str:
    """A list as one text; a bar inside an item is broken, so that the text can be split at the bars."""
    return "|".join("" if item is None else str(item).replace("|", "¦") for item in items)


def without_formula(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe stands before what might be one."""
    return f"'{text}" if _FORMULA.match(text) and not _NO_FORMULA.fullmatch(text) else text


def _tsv_cell(text: str) -> str:
    return without_formula(writable_text(_BREAKS.sub(" ", text)))
