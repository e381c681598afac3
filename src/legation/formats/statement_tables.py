"""Statements read back from the flat tables of a data set, Parquet or CSV, with what is known of their articles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from csv import reader as csv_lines
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from legation.errors import UsageError
from legation.formats.columns import TABLES, ColumnType

if TYPE_CHECKING:
    import pyarrow as pa

Row = Mapping[str, Any]

ARTICLES, STATEMENTS = "articles", "statements"
_REMEDY = "Code the archive again, or give the reports (--format jsonl)."
_OF_ARTICLE = ("article_id", "url", "title", "source", "published", "sha256")
_OF_STATEMENT = (
    "article_id", "statement_id", "speaker", "speaker_entity", "speaker_kind", "speaker_country", "speaker_role",
    "speaker_affiliation", "cue_text", "content", "mode", "act", "addressee", "venue", "first_day", "last_day",
    "positions_issue", "positions_option", "positions_stance", "positions_start", "positions_end", "positions_text",
    "confidence",
)  # fmt: skip
_LATER = ("positions_confidence", "positions_whole_confidence")
"""Columns that came into the tables later: older data sets lack them, and their rows have None there."""


@dataclass(frozen=True, slots=True)
class ArticleRows:
    """The row of an article and those of its statements; values as in the tables, lists as lists."""

    article: Row
    statements: tuple[Row, ...]


def has_tables(folder: Path) -> bool:
    """Whether a folder is a data set of tables."""
    return (folder / STATEMENTS).is_dir() and (folder / ARTICLES).is_dir()


def read_statement_tables(folder: Path) -> Iterator[ArticleRows]:
    """The articles of a data set of tables with their statements, part after part.

    Raises UsageError, naming the file, for a part that is not there, cannot be read or lacks a column.
    """
    parts = sorted(file for file in (folder / ARTICLES).iterdir() if file.suffix in (".parquet", ".csv"))
    for part in parts:
        of_article: dict[str, list[Row]] = {}
        for row in _rows(folder / STATEMENTS / part.name, STATEMENTS, _OF_STATEMENT, _LATER):
            of_article.setdefault(row["article_id"], []).append(row)
        for article in _rows(part, ARTICLES, _OF_ARTICLE):
            yield ArticleRows(article, tuple(of_article.get(article["article_id"], ())))


def _rows(part: Path, table: str, columns: tuple[str, ...], later: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """The rows of a part: `columns`, which it must have, and of those that came later the ones it has, else None."""
    # pyarrow takes longer to load than most verbs run.
    import pyarrow as pa

    if not part.is_file():
        raise UsageError(f"{part} is missing: code the archive again with the same command.", subject=str(part))
    types = {column.column: column.type for column in TABLES[table] if column.column in columns + later}
    try:
        found = _read_csv(part, types, later) if part.suffix == ".csv" else _read_parquet(part, columns, later)
    except (OSError, KeyError, pa.ArrowException) as error:
        reason = " ".join(str(error.args[0] if error.args else error).split()).rstrip(".")
        raise UsageError(f"{part} is no table of {table}: {reason}. {_REMEDY}", subject=str(part)) from error
    rows: list[dict[str, Any]] = found.to_pylist()
    unknown: dict[str, Any] = dict.fromkeys(later)
    if part.suffix == ".csv":
        return [unknown | {name: _uncovered(value, types[name]) for name, value in row.items()} for row in rows]
    return [unknown | row for row in rows]


def _read_parquet(part: Path, columns: tuple[str, ...], later: tuple[str, ...]) -> pa.Table:
    from pyarrow import parquet

    with parquet.ParquetFile(part) as file:
        known = set(file.schema_arrow.names)
        missing = set(columns) - known
        if missing:
            raise KeyError(f"it has no column {min(missing)}")
        return file.read(columns=[*columns, *known.intersection(later)])


def _read_csv(part: Path, types: Mapping[str, ColumnType], later: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa
    from pyarrow import csv

    known = _header_of(part)
    plain = {"int64": pa.int64(), "double": pa.float64(), "date32": pa.date32()}
    return csv.read_csv(
        part,
        parse_options=csv.ParseOptions(newlines_in_values=True),
        convert_options=csv.ConvertOptions(
            column_types={name: plain.get(type, pa.string()) for name, type in types.items()},
            include_columns=[name for name in types if name in known or name not in later],
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _header_of(part: Path) -> list[str]:
    with part.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        return next(csv_lines(stream), [])


def _uncovered(value: Any, type: ColumnType) -> Any:
    """A value of a CSV as it was before it was written: without the apostrophe before formulas, lists as lists."""
    if not isinstance(value, str):
        return [] if value is None and type.startswith("list") else value
    text = value[1:] if value[:1] == "'" and value[1:2] in ("=", "+", "-", "@", "\t", "\r") else value
    if not type.startswith("list"):
        return text
    items = text.split("|") if text else []
    if type == "list<double>":
        return [float(item) if item else None for item in items]
    return [int(item) for item in items] if type == "list<int64>" else items
