"""Parquet: which columns are read, what types say, and what damage costs."""

from __future__ import annotations

import os
import threading
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from legation.collect.archive import Meter, read_archive
from legation.records import Article, Record, Text

DAY = date(2024, 4, 3)


def written(path: Path, columns: dict[str, Any], **options: Any) -> list[Record]:
    parquet.write_table(pa.table(columns), path, **options)
    return list(read_archive([str(path)]))


def texts(found: list[Record]) -> list[Text]:
    return [one.content for one in found if isinstance(one.content, Text)]


def test_each_row_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "news.parquet"
    columns = {
        "Id": [1, 2, 3],
        "TEXT": ["one", None, " "],
        "html": [None, "<p>two", None],
        "title": ["A", None, None],
        "noise": [[1], [2], [3]],
        "date": [DAY, None, None],
    }
    first, second, third = written(path, columns)
    assert first.place == f"{path}, row 1"
    assert first.content == Text("one", title="A", published=DAY, published_basis="given", id="1")
    assert isinstance(second.content, Article) and second.content.content == b"<p>two"
    assert third.rejected is not None and third.rejected.reason == "no_text"


@pytest.mark.parametrize(
    "kind",
    [pa.string(), pa.large_string(), pa.binary(), pa.large_binary(), pa.dictionary(pa.int32(), pa.string())],
)
def test_words_may_have_any_type_of_words(tmp_path: Path, kind: pa.DataType) -> None:
    found = written(tmp_path / "a.parquet", {"text": pa.array(["one", "zwö", None]).cast(kind)})
    assert [text.body for text in texts(found)] == ["one", "zwö"]


@pytest.mark.parametrize(
    "values",
    [
        pa.array([DAY], pa.date32()),
        pa.array([DAY], pa.date64()),
        pa.array([datetime(2024, 4, 3, 23, 59)], pa.timestamp("s")),
        pa.array([datetime(2024, 4, 3, 23, 59)], pa.timestamp("ms")),
        pa.array([1712188740000000001], pa.timestamp("ns")),
        pa.array([datetime(2024, 4, 3, 1, tzinfo=UTC)], pa.timestamp("us", "UTC")),
        # One o'clock in the morning of the fourth in UTC is the evening of the third there.
        pa.array([datetime(2024, 4, 4, 1, tzinfo=UTC)], pa.timestamp("us", "America/New_York")),
        pa.array([datetime(2024, 4, 3, 1, tzinfo=UTC)], pa.timestamp("us", "Atlantis/Poseidonis")),
        pa.array(["2024-04-03T10:00:00"]),
        pa.array([20240403]),
        pa.array([1712145600]),
        pa.array([1712145600000.0]),
    ],
)
def test_days_come_in_many_types(tmp_path: Path, values: pa.Array) -> None:
    (text,) = texts(written(tmp_path / "a.parquet", {"text": ["x"], "published": values}))
    assert (text.published, text.published_basis) == (DAY, "given")


@pytest.mark.parametrize(
    "values",
    [
        pa.array([2_000_000_000], pa.date32()),
        pa.array([253_402_300_800], pa.timestamp("s")),
        pa.array([time(10, 30)], pa.time64("us")),
        pa.array([True]).cast(pa.int8()),
    ],
)
def test_days_that_are_none_leave_a_note(tmp_path: Path, values: pa.Array) -> None:
    (text,) = texts(written(tmp_path / "a.parquet", {"text": ["x"], "published": values}))
    assert text.published is None and "is none" in text.notes[0]


def test_other_types_are_no_reason_to_stop(tmp_path: Path) -> None:
    columns = {
        "text": ["x"],
        "id": pa.array([Decimal("12.50")]),
        "title": pa.array([{"en": "A"}]),
        "url": pa.array([DAY]),
        "source": pa.array([["a", "b"]]),
        "published": pa.array([None], pa.null()),
    }
    (text,) = texts(written(tmp_path / "a.parquet", columns))
    assert text == Text("x", id="12.50")


def test_of_columns_with_one_name_the_first_counts(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    table = pa.Table.from_arrays([pa.array(["one"]), pa.array(["two"]), pa.array(["three"])], ["text", "Text", "text"])
    parquet.write_table(table, path)
    assert [text.body for text in texts(list(read_archive([str(path)])))] == ["one"]


def test_no_column_of_texts_is_one_rejection_that_names_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    (found,) = written(path, {"id": [1, 2], "words": ["x", "y"], "text": [[1], [2]]})
    assert found.place == str(path) and found.rejected is not None and found.rejected.reason == "unreadable"
    assert "Its columns are: id, words, text." in found.rejected.message


def test_a_string_that_is_not_utf8_costs_its_row(tmp_path: Path) -> None:
    raw = pa.array([b"one", b"\xff", b"three"])
    strings = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    found = written(tmp_path / "a.parquet", {"text": strings})
    assert [text.body for text in texts(found)] == ["one", "three"]
    assert found[1].rejected is not None and "not UTF-8" in found[1].rejected.message


@pytest.mark.parametrize("name", [b"a:b?c#d%20.parquet", b"caf\xe9.parquet", b"s3:x.parquet"])
def test_any_name_of_a_file_will_do(tmp_path: Path, name: bytes) -> None:
    written(tmp_path / "a.parquet", {"text": ["x"]})
    path = tmp_path / os.fsdecode(name)
    (tmp_path / "a.parquet").rename(path)
    assert len(texts(list(read_archive([str(path)])))) == 1


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_table_in_a_pipe_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(b"PAR1 and so on",))
    writer.start()
    (found,) = read_archive([str(path)])
    writer.join()
    assert found.rejected is not None and "name the file" in found.rejected.message


def test_an_empty_table_gives_nothing(tmp_path: Path) -> None:
    assert written(tmp_path / "a.parquet", {"text": pa.array([], pa.string())}) == []


def test_parquet_is_recognised_without_its_suffix(tmp_path: Path) -> None:
    assert len(texts(written(tmp_path / "news", {"text": ["x"] * 5}))) == 5


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a table at all", b"PAR1" + bytes(100) + b"PAR1"])
def test_what_is_no_parquet_is_one_rejection(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(content)
    (found,) = read_archive([str(path)])
    assert found.place == str(path) and found.rejected is not None and found.rejected.reason == "unreadable"


def test_a_damaged_page_gives_the_rows_before_it_and_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    words = [f"{number} " + os.urandom(50).hex() for number in range(5_000)]
    written(path, {"text": words}, row_group_size=500, write_page_checksum=True, use_dictionary=False)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    *found, last = read_archive([str(path)])
    assert 1_500 < len(found) < 3_000
    assert [text.body for text in texts(found)] == words[: len(found)]
    assert last.rejected is not None and f"Only {len(found):,} rows" in last.rejected.message


def test_a_packed_table_is_refused_with_the_remedy(tmp_path: Path) -> None:
    import gzip

    written(tmp_path / "a.parquet", {"text": ["x"]})
    path = tmp_path / "b.parquet.gz"
    path.write_bytes(gzip.compress((tmp_path / "a.parquet").read_bytes()))
    (found,) = read_archive([str(path)])
    assert found.rejected is not None and "unpack it" in found.rejected.message


def test_a_table_on_standard_input_is_refused_with_the_remedy(tmp_path: Path) -> None:
    written(tmp_path / "a.parquet", {"text": ["x"]})
    with (tmp_path / "a.parquet").open("rb") as stream:
        (found,) = read_archive(["-"], stdin=stream)
    assert found.rejected is not None and "name the file" in found.rejected.message


def test_the_meter_goes_with_the_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    written(path, {"text": [str(number) for number in range(1_000)]})
    meter = Meter()
    seen = [meter.done for _ in read_archive([str(path)], meter=meter)]
    size = path.stat().st_size
    assert seen == sorted(seen) and 0.4 < seen[520] / size < 0.6
    assert meter.done == meter.total == size


def test_a_large_row_group_is_not_held(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    written(path, {"text": [os.urandom(2_000).hex() for _ in range(8_000)]}, use_dictionary=False)
    before, most = pa.total_allocated_bytes(), 0
    for _ in read_archive([str(path)]):
        most = max(most, pa.total_allocated_bytes() - before)
    assert most < 12_000_000
