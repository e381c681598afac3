"""Archives as JSONL, and lists of objects in .json files."""

from __future__ import annotations

import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legation.collect.archive import read_archive
from legation.collect.archive.lines import Line, read_lines, split
from legation.records import Article, Record, Text


def records(content: bytes) -> list[Record]:
    return list(read_archive(["-"], stdin=io.BytesIO(content)))


def bodies(found: list[Record]) -> list[str | None]:
    return [one.content.body if isinstance(one.content, Text) else None for one in found]


def reasons(found: list[Record]) -> list[str | None]:
    return [one.rejected.reason if one.rejected else None for one in found]


def test_each_line_is_an_article_and_places_count_physical_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    path.write_bytes(b'{"text": "one"}\n\n  \r\n{"text": "two"}\r\n{"html": "<p>three"}')
    found = list(read_archive([str(path)]))
    assert [one.place for one in found] == [f"{path}, line {number}" for number in (1, 4, 5)]
    assert bodies(found) == ["one", "two", None]
    assert isinstance(found[2].content, Article)


def test_standard_input_is_named_as_such() -> None:
    (found,) = records(b'{"text": "one"}')
    assert found.place == "standard input, line 1"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (b"{", "not JSON"),
        (b'{"text": "cut o', "not JSON"),
        (b"[1]", "not an object"),
        (b'"text"', "not an object"),
        (b"null", "not an object"),
        (b'{"text": "caf\xe9"}', "not UTF-8"),
        (b"[" * 200_000, "too deep"),
        (b'{"text": "x", "id": ' + b"9" * 5000 + b"}", "number too long"),
        (b'{"text": "\xed\xa0\x80"}', "not UTF-8"),
    ],
)
def test_a_bad_line_costs_that_line(line: bytes, message: str) -> None:
    found = records(b'{"text": "before"}\n' + line + b'\n{"text": "after"}\n')
    assert bodies(found) == ["before", None, "after"]
    assert reasons(found) == [None, "unreadable", None]
    assert found[1].place == "standard input, line 2"
    assert found[1].rejected is not None and message in found[1].rejected.message


def test_nothing_is_no_article() -> None:
    assert records(b"") == records(b"\n \n") == []


def test_a_byte_order_mark_is_passed_over() -> None:
    assert bodies(records(b'\xef\xbb\xbf{"text": "one"}\n\xef\xbb\xbf{"text": "two"}\n')) == ["one", "two"]


def test_utf16_is_one_rejection_and_not_one_a_line() -> None:
    (found,) = records('{"text": "one"}\n{"text": "two"}\n'.encode("utf-16"))
    assert found.rejected is not None and "UTF-16" in found.rejected.message


def test_nul_characters_and_lone_surrogates_are_no_reason_to_stop() -> None:
    found = records(b'{"text": "a\\u0000b"}\n{"text": "a\\ud800b"}\n{"text": "a\0b"}\n{"text": "\\ud83d\\ude00"}\n')
    assert bodies(found) == ["a\0b", "a\ufffdb", None, "\U0001f600"]


def test_five_megabytes_in_a_line_are_fine() -> None:
    (found,) = records(json.dumps({"text": "x" * 5_000_000}).encode())
    assert isinstance(found.content, Text) and len(found.content.body) == 5_000_000


def test_a_line_over_the_limit_is_left_out_without_being_held() -> None:
    def pieces() -> Iterator[bytes]:
        yield b'{"text": "before"}\n{"text": "'
        for _ in range(1_000):
            yield b"x" * 65_536
        yield b'"}\n{"text": "after"}'

    tracemalloc.start()
    found = list(read_lines("a.jsonl", pieces()))
    _, held = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert bodies(found) == ["before", None, "after"]
    assert reasons(found) == [None, "too_long", None]
    assert held < 45_000_000


def test_the_limit_itself_is_within_it() -> None:
    assert list(split(iter([b"abc", b"de\nabcde", b"f\nabc"]), limit=5)) == [
        Line(1, b"abcde"),
        Line(2, None),
        Line(3, b"abc"),
    ]
    assert list(split(iter([b"abc", b"def"]), limit=5)) == [Line(1, None)]


@given(st.lists(st.binary(max_size=12)), st.integers(1, 20))
def test_lines_are_the_same_however_the_pieces_fall(pieces: list[bytes], limit: int) -> None:
    whole = b"".join(pieces).split(b"\n")
    expected = [Line(number, line if len(line) <= limit else None) for number, line in enumerate(whole, start=1)]
    if not whole[-1]:
        expected.pop()
    assert list(split(iter(pieces), limit)) == expected


LINE = st.binary(max_size=30) | st.builds(lambda text: json.dumps({"text": text}).encode(), st.text(max_size=9))


@given(st.lists(LINE, max_size=8))
@example([b'{"text": "x"}', b"\xff\xfe", b"\xef\xbb\xbf"])
def test_any_bytes_never_raise_and_every_line_is_accounted_for_once(parts: list[bytes]) -> None:
    content = b"\n".join(parts)
    found = list(read_lines("a", iter([content])))
    filled = [
        number
        for number, line in enumerate(content.split(b"\n"), start=1)
        if line.removeprefix(b"\xef\xbb\xbf").strip()
    ]
    assert [one.place for one in found] == [f"a, line {number}" for number in filled]
    for one in found:
        assert (one.content is None) == (one.rejected is not None)


@given(st.binary(max_size=200))
def test_any_bytes_on_standard_input_never_raise(content: bytes) -> None:
    for one in records(content):
        assert (one.content is None) == (one.rejected is not None)


def test_a_json_file_may_hold_a_list(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text(json.dumps([{"text": "one"}, 5, {"text": "two"}], indent=1))
    found = list(read_archive([str(path)]))
    assert bodies(found) == ["one", None, "two"]
    assert [one.place for one in found] == [f"{path}, item {number}" for number in (1, 2, 3)]
    assert reasons(found) == [None, "unreadable", None]


@pytest.mark.parametrize("indent", [None, 2])
def test_a_json_file_may_hold_one_object(tmp_path: Path, indent: int | None) -> None:
    path = tmp_path / "news.json"
    path.write_text(json.dumps({"text": "one"}, indent=indent))
    assert bodies(list(read_archive([str(path)]))) == ["one"]


def test_a_json_file_may_hold_an_object_a_line(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text('{"text": "one"}\n{"text": "two"}\n')
    assert bodies(list(read_archive([str(path)]))) == ["one", "two"]


def test_a_list_that_ends_early_is_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text('[{"text": "one"},\n{"text": "tw')
    found = list(read_archive([str(path)]))
    assert reasons(found) == ["unreadable"]


def test_a_damaged_json_file_gives_the_lines_before(tmp_path: Path) -> None:
    path = tmp_path / "news.json.gz"
    path.write_bytes(gzip.compress(b'{"text": "one"}\n{"text": "two"}\n')[:-5])
    assert reasons(list(read_archive([str(path)]))) == [None, None, "unreadable"]


def test_a_list_over_the_limit_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    path.write_text("[" + '{"text": "x"},' * 1_500_000 + "{}]")
    (found,) = read_archive([str(path)])
    assert found.rejected is not None and found.rejected.reason == "too_long" and "jq -c" in found.rejected.message


def test_objects_a_line_in_a_json_file_may_be_more_than_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "news.json"
    line = json.dumps({"text": "x" * 1_000_000})
    path.write_text("\n".join([line] * 22))
    assert reasons(list(read_archive([str(path)]))) == [None] * 22
