"""Parquet: each row is an article; only the columns that say something about it are read."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from legation.collect.archive.fields import HTML, NAMES, PUBLISHED, TEXT, folded, holds_articles, record_of
from legation.collect.archive.raw import Damaged, Raw
from legation.collect.archive.reject import broken_off
from legation.collect.archive.sheets import columns_of, no_text_column
from legation.records import Record

_ROWS = 64
_BUFFER = 1_048_576
_EPOCH = date(1970, 1, 1)


def read_parquet(file: str, path: str, raw: Raw) -> Iterator[Record]:
    """The record of each row of the file at `path`, and one more where the file is damaged.

    Memory holds a few pages of each column, however large the row groups are.
    """
    # pyarrow takes 0.2 s to load, and most archives do without it.
    import pyarrow
    from pyarrow import parquet

    number = 0
    try:
        # A path given as text must be UTF-8, and would be taken for a URL where it looks like one.
        with (
            pyarrow.OSFile(os.fsencode(path)) as stream,
            parquet.ParquetFile(
                stream, buffer_size=_BUFFER, pre_buffer=False, page_checksum_verification=True
            ) as table,
        ):
            names = _useful(table.schema_arrow)
            if not holds_articles(map(folded, names)):
                yield no_text_column(file, table.schema_arrow.names)
                return
            for batch in table.iter_batches(batch_size=_ROWS, columns=names, use_threads=False):
                for row in _rows(batch):
                    number += 1
                    yield record_of(f"{file}, row {number}", row)
                raw.reach(number / max(1, table.metadata.num_rows))
    except (OSError, pyarrow.ArrowException) as error:
        yield broken_off(file, Damaged(f"it is no sound Parquet file ({_first_line(error)})"), number, "row")


def _useful(schema: Any) -> list[str]:
    """The columns to read: of a name that counts, and of a type that can hold what it says."""
    return [field.name for field in schema if folded(field.name) in NAMES and _is_useful(field)]


def _is_useful(field: Any) -> bool:
    from pyarrow import types

    kind = field.type.value_type if types.is_dictionary(field.type) else field.type
    if _is_words(kind):
        return True
    if folded(field.name) in (*TEXT, *HTML):
        return False
    tests = (types.is_temporal, types.is_integer, types.is_floating, types.is_decimal)
    return any(test(kind) for test in tests)


def _is_words(kind: Any) -> bool:
    from pyarrow import types

    tests = (types.is_string, types.is_large_string, types.is_string_view, types.is_binary, types.is_large_binary)
    return any(test(kind) for test in (*tests, types.is_binary_view))


def _rows(batch: Any) -> Iterator[dict[str, object]]:
    columns = {
        name: _values(batch.column(index), is_day=name in PUBLISHED)
        for name, index in columns_of(batch.schema.names).items()
    }
    for index in range(batch.num_rows):
        yield {name: values[index] for name, values in columns.items()}


def _values(column: Any, *, is_day: bool) -> list[Any]:
    from pyarrow import types

    if types.is_dictionary(column.type):
        column = column.dictionary_decode()
    if types.is_temporal(column.type):
        return _days(column) if is_day else [None] * len(column)
    try:
        values: list[Any] = column.to_pylist()
    except UnicodeDecodeError:
        # Parquet does not check that its strings are UTF-8. The row that holds no UTF-8 is found where it is read.
        values = column.cast("large_binary" if types.is_large_string(column.type) else "binary").to_pylist()
    return values


def _days(column: Any) -> list[date | str | None]:
    """The days of dates and times: a time with a zone is taken as the clock there shows it."""
    import pyarrow
    from pyarrow import compute, types

    try:
        if types.is_timestamp(column.type) and column.type.tz is not None:
            column = _on_the_clock(column)
        counts = column.cast(pyarrow.date32(), safe=False).cast(pyarrow.int32()).to_pylist()
    except pyarrow.ArrowException:
        # A time of day, or a length of time.
        return compute.cast(column, pyarrow.string(), safe=False).to_pylist()  # type: ignore[no-any-return]
    return [None if count is None else _day(count) for count in counts]


def _on_the_clock(column: Any) -> Any:
    import pyarrow
    from pyarrow import compute

    try:
        return compute.local_timestamp(column)
    except pyarrow.ArrowException:
        # The zone has no name that this machine knows.
        return column.cast(pyarrow.timestamp(column.type.unit))


def _day(count: int) -> date | str:
    try:
        return _EPOCH + timedelta(days=count)
    except OverflowError:
        return f"{count} days after 1 January 1970"


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].strip(". ")
