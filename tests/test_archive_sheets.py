"""CSV: delimiters, quoting, and what a bad row or a stray quote costs."""

from __future__ import annotations

import csv
import gzip
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.archive import read_archive
from legation.collect.archive.sheets import read_sheet
from legation.records import Article, Record, Text


def records(content: str | bytes, *, tabs_first: bool = False) -> list[Record]:
    packed = content if isinstance(content, bytes) else content.encode()
    return list(read_sheet("a.csv", iter([packed]), tabs_first=tabs_first))


def bodies(found: list[Record]) -> list[str | None]:
    return [one.content.body if isinstance(one.content, Text) else None for one in found]


def message(record: Record) -> str:
    assert record.content is None and record.rejected is not None
    assert record.rejected.reason == "unreadable"
    return record.rejected.message


def test_each_row_is_an_article(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text('ID,Title,Text,Date,noise\n1,A,"one, two",2024-04-03,x\n2,B,three,,x\n')
    first, second = read_archive([str(path)])
    assert first.place == f"{path}, row 1"
    assert first.content == Text(
        body="one, two", title="A", published=date(2024, 4, 3), published_basis="given", id="1"
    )
    assert second.content == Text(body="three", title="B", id="2")


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_the_delimiter_is_found(delimiter: str, end: str, quoting: int) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["id", "text", "published"])
    rows = [[str(number), f'One; two, three | four\t"five"\n{number}', "2024-04-03"] for number in range(50)]
    writer.writerows(rows)
    found = records(table.getvalue())
    assert bodies(found) == [row[1] for row in rows]


def test_the_header_alone_may_settle_the_delimiter() -> None:
    assert bodies(records("id;text\n1;Berlin, Paris, Rome\n2;a, b\n")) == ["Berlin, Paris, Rome", "a, b"]


def test_a_single_column_needs_no_delimiter() -> None:
    assert bodies(records("text\nOne, two\nThree\n\n  \n")) == ["One, two", "Three", None]


@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_a_single_column_may_be_quoted(quoting: int) -> None:
    rows = [f'one, "{number}"\n\ntwo' for number in range(300)]
    table = io.StringIO()
    csv.writer(table, quoting=quoting).writerows([["text"], *([row] for row in rows)])  # type: ignore[arg-type]
    assert bodies(records(table.getvalue())) == rows
    assert bodies(records(table.getvalue(), tabs_first=True)) == rows


def test_tabs_may_go_without_quoting() -> None:
    content = 'id\ttext\n1\t"Never," he said\n2\tplain "x"\n3\t"Ever\n'
    assert bodies(records(content, tabs_first=True)) == ['"Never," he said', 'plain "x"', '"Ever']


def test_quotes_may_follow_a_backslash() -> None:
    content = 'id,text\n1,"He said \\"no\\", twice"\n2,"a\\\\b"\n3,x\n'
    assert bodies(records(content)) == ['He said "no", twice', "a\\b", "x"]


def test_html_columns_give_articles() -> None:
    (found,) = records('url,html\nu,"<p class=""a"">x"\n')
    assert isinstance(found.content, Article)
    assert (found.content.content, found.content.url) == (b'<p class="a">x', "u")


def test_a_byte_order_mark_and_blank_lines_are_passed_over() -> None:
    assert bodies(records(b'\xef\xbb\xbf\n"text",id\n\none,1\n\r\ntwo,2\n')) == ["one", "two"]


def test_no_column_of_texts_is_one_rejection_that_names_the_columns() -> None:
    (found,) = records("id;headline;words\n1;a;b\n2;c;d\n")
    assert found.place == "a.csv"
    assert message(found) == (
        "a.csv has no column of texts: name one text, body, content, article, maintext or html. "
        "Its columns are: id, headline, words."
    )


def test_many_and_long_columns_are_shortened() -> None:
    (found,) = records(",".join(f"{'x' * 500}{number}" for number in range(100)) + "\n")
    assert len(message(found)) < 800 and "and 88 more" in message(found)


def test_an_empty_file_and_a_lone_header_give_nothing() -> None:
    assert records("") == records("\n\n") == records("id,text\n") == []


def test_a_row_with_another_number_of_cells_costs_itself() -> None:
    found = records('id,text,date\n1,a,\n2,b\n3,c,,\n4,"x\ny",,\n5,e,\n')
    assert bodies(found) == ["a", None, None, None, "e"]
    assert [one.place for one in found] == [f"a.csv, row {number}" for number in range(1, 6)]
    assert message(found[1]) == (
        "The row on line 3 of the file is left out: it has 2 cells and the header 3: "
        "quote cells that hold a delimiter or a line break."
    )
    assert "lines 5 to 6" in message(found[3])


def test_a_row_that_is_not_utf8_costs_itself() -> None:
    found = records(b'id,text\n1,a\n2,caf\xe9\n3,"x\ncaf\xe9\ny"\n4,d\n')
    assert bodies(found) == ["a", None, None, "d"]
    assert "not UTF-8" in message(found[1]) and "lines 4 to 6" in message(found[2])


def test_utf16_is_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "news.csv"
    path.write_text("id,text\n1,a\n2,b\n", encoding="utf-16")
    (found,) = read_archive([str(path)])
    assert "UTF-16" in message(found)


def test_a_stray_quote_costs_its_row_and_not_the_file() -> None:
    rows = [f"{number},text {number},2024-04-03" for number in range(1, 10_001)]
    rows[99] = '100,"text 100,2024-04-03'
    found = records("id,text,published\n" + "\n".join(rows) + "\n")
    assert len(found) == 10_000
    assert [index for index, body in enumerate(bodies(found), start=1) if body is None] == [100]
    assert "The row on line 101 of the file" in message(found[99])


def test_a_stray_quote_among_quoted_rows_costs_its_row() -> None:
    rows = [f'{number},"text ""{number}""\nand, more",2024-04-03' for number in range(1, 501)]
    rows[99] = '100,"text 100,2024-04-03'
    found = records("id,text,published\n" + "\n".join(rows) + "\n")
    assert [index for index, body in enumerate(bodies(found), start=1) if body is None] == [100]
    assert len(found) == 500 and found[100].content == Text(
        'text "101"\nand, more', published=date(2024, 4, 3), published_basis="given", id="101"
    )


def test_two_columns_resume_after_a_stray_quote_too() -> None:
    found = records('id,text\n1,one\n2,"two\n3,three\n4,four\n5,five\n')
    assert bodies(found) == ["one", None, "three", "four", "five"]
    assert bodies(records('id,text\n1,"one\n2,two\n')) == [None, "two"]


def test_unescaped_quotes_cost_their_row() -> None:
    found = records('id,text,date\n1,a,\n2,"He said "no" twice",\n3,c,\n4,"d",\n')
    assert bodies(found) == ["a", None, "c", "d"]


def test_the_lines_of_a_badly_quoted_article_are_taken_for_no_rows() -> None:
    article = 'Officials met, and left.\nHe said "no", again.\nThey met again, and left.\nThe end'
    found = records(f'id,text\n1,a\n2,"{article}"\n3,c\n4,d\n5,e\n')
    assert bodies(found) == ["a", None, "c", "d", "e"]
    assert "lines 3 to 6" in message(found[1])


def test_a_quote_that_is_never_closed_costs_its_row_at_the_end_too() -> None:
    assert bodies(records('id,text,x,y\n1,a,,\n2,"b,,\n')) == ["a", None]


def test_a_carriage_return_within_a_cell_costs_its_row() -> None:
    found = records("id,text\n1,a\rb\n2,c\n")
    assert bodies(found) == [None, "c"] and "carriage return" in message(found[0])


def test_a_long_cell_is_fine_and_csvs_own_limit_is_no_limit() -> None:
    csv.field_size_limit(131_072)
    long = "word " * 1_000_000
    assert bodies(records(f'id,text\n1,"{long}"\n2,b\n')) == [long, "b"]


def test_a_cell_of_many_lines_may_be_nearly_a_million_characters() -> None:
    long = "word word\n" * 99_000
    assert bodies(records(f'id,text\n1,"{long}"\n2,b\n')) == [long, "b"]


def test_a_line_over_the_limit_is_too_long_and_reading_goes_on() -> None:
    found = records('id,text\n1,a\n2,"' + "x" * 20_000_001 + '"\n3,c\n4,d\n5,e\n')
    assert bodies(found) == ["a", None, "c", "d", "e"]
    assert found[1].rejected is not None and found[1].rejected.reason == "too_long"


def test_nul_characters_are_kept() -> None:
    assert bodies(records("id,text\n1,a\0b\n")) == ["a\0b"]


def test_a_file_that_breaks_off_gives_its_whole_rows_and_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "news.csv.gz"
    rows = "".join(f'{number},"{hash(str(number)):x}\n{number * 7919:x}"\n' for number in range(5_000))
    packed = gzip.compress(("id,text\n" + rows).encode())
    path.write_bytes(packed[: len(packed) // 2])
    *found, last = read_archive([str(path)])
    assert len(found) > 1_000 and None not in bodies(found)
    assert last.place == str(path) and f"Only {len(found):,} rows" in message(last)


def test_a_stray_quote_before_the_break_does_not_hide_the_rows_between(tmp_path: Path) -> None:
    path = tmp_path / "news.csv.gz"
    rows = [f"{number},{number * 7919:x},2024-04-03" for number in range(3_000)]
    rows[5] = '5,"stray,2024-04-03'
    packed = gzip.compress(("id,text,date\n" + "\n".join(rows)).encode())
    path.write_bytes(packed[: len(packed) // 2])
    *found, last = read_archive([str(path)])
    assert len(found) > 500 and [number for number, body in enumerate(bodies(found)) if body is None] == [5]
    assert f"Only {len(found):,} rows" in message(last)


def test_a_header_that_cannot_be_read_is_one_rejection() -> None:
    (found,) = records(b"id,text,caf\xe9\n1,2,3\n")
    assert message(found).startswith("The header of a.csv cannot be read: its text is not UTF-8")


def test_a_row_that_runs_on_over_long_lines_is_given_up() -> None:
    line = "x" * 9_000_000
    found = records(f'id,text,x,y\n1,"{line}\n{line}\n{line}\n2,b,,\n')
    assert bodies(found) == [None, "b"]


def test_memory_does_not_grow_with_the_file_not_even_with_a_stray_quote() -> None:
    def pieces() -> Iterator[bytes]:
        yield b"id,text,date,url\n"
        for number in range(40):
            yield f'{number},"stray,2024-04-03,\n'.encode() if number == 5 else b"1," + b"x" * 500 + b",2024-04-03,\n"
            yield (b"2," + b"y" * 500 + b",2024-04-03,\n") * 1_000

    tracemalloc.start()
    found = sum(one.content is not None for one in read_sheet("a.csv", pieces(), tabs_first=False))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == 40 * 1_001 - 1
    assert most < 12_000_000


CELL = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ['"', '""', ",", "\n", "\r\n", "\r", "\ufeff", '",', '\n"', "a\n,b"]
)


@given(
    st.lists(st.tuples(CELL, CELL, CELL), max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
)
def test_what_a_program_writes_comes_back(rows: list[tuple[str, str, str]], delimiter: str, quoting: int) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["id", "text", "other"])
    writer.writerows(rows)
    found = records(table.getvalue())
    assert bodies(found) == [body if body.strip() else None for _, body, _ in rows]
    assert [one.rejected.reason for one in found if one.rejected] == ["no_text"] * sum(
        not body.strip() for _, body, _ in rows
    )


WILD = st.lists(
    st.sampled_from([b'"', b",", b"\n", b"a", b"b c", b"\r", b"\xff", b"1,x\n", b'2,"y"\n', b"\0", b"\\", b"\t"]),
    max_size=40,
).map(b"".join)


@given(WILD, st.booleans())
def test_any_bytes_never_raise_and_rows_are_numbered_without_gaps(content: bytes, tabs: bool) -> None:
    found = records(b"id,text\n" + content, tabs_first=tabs)
    assert [one.place for one in found] == [f"a.csv, row {number}" for number in range(1, len(found) + 1)]
    for one in found:
        assert (one.content is None) == (one.rejected is not None)


@given(st.binary(max_size=300))
def test_any_bytes_as_a_whole_file_never_raise(content: bytes) -> None:
    records(content)
