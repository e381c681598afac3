"""WARC: which records are pages, how they were sent, and what damage costs."""

from __future__ import annotations

import bz2
import gzip
import io
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from legation.collect.archive import read_archive
from legation.collect.archive.warc import read_warc
from legation.records import Article, Record

PAGE = "<html><p>The envoy left. Café".encode()


def zipped(content: bytes) -> bytes:
    """Gzip without the time at which it was made: two processes that collect these tests name them alike."""
    return gzip.compress(content, mtime=0)


def record(
    body: bytes = PAGE,
    headers: str = "Content-Type: text/html; charset=UTF-8",
    *,
    status: str = "HTTP/1.1 200 OK",
    kind: str = "response",
    number: int = 1,
    extra: str = "",
    length: int | None = None,
) -> bytes:
    block = (f"{status}\r\n{headers}\r\n\r\n".encode() if kind == "response" else b"") + body
    content_type = "application/http; msgtype=response" if kind == "response" else headers.partition(": ")[2]
    header = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2024-04-03T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012}>\r\n"
        f"Content-Type: {content_type}\r\n{extra}Content-Length: {len(block) if length is None else length}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 8\r\n\r\nsoftware\r\n\r\n"


def records(content: bytes) -> list[Record]:
    return list(read_warc("a.warc", iter([content])))


def article(content: bytes) -> Article:
    (found,) = records(content)
    assert isinstance(found.content, Article)
    return found.content


def reasons(found: list[Record]) -> list[str | None]:
    return [one.rejected.reason if one.rejected else None for one in found]


def test_a_page_is_an_article_and_the_day_of_fetching_is_no_day_of_publication() -> None:
    (found,) = records(INFO + record(number=7))
    assert found.place == "a.warc, record 2"
    assert found.content == Article(
        name="a.warc, record 2",
        content=PAGE,
        media_type="text/html",
        charset="UTF-8",
        url="https://news.example/7",
        id="00000000-0000-0000-0000-000000000007",
    )


@pytest.mark.parametrize("suffix", ["", ".gz", ".bz2", ".zst"])
@pytest.mark.parametrize("name", ["crawl.warc", "crawl"])
def test_the_layout_of_common_crawl_news(tmp_path: Path, suffix: str, name: str) -> None:
    import pyarrow

    pack = {"": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".zst": pyarrow.Codec("zstd").compress}[suffix]
    path = tmp_path / (name + suffix)
    members = [INFO, *(record(number=number) for number in range(1, 40))]
    path.write_bytes(b"".join(bytes(pack(member)) for member in members))
    found = list(read_archive([str(path)]))
    assert [one.content.url for one in found if isinstance(one.content, Article)] == [
        f"https://news.example/{number}" for number in range(1, 40)
    ]
    assert found[0].place == f"{path}, record 2"


def test_all_records_may_be_packed_as_one_member(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(b"".join(record(number=number) for number in range(30))))
    assert len(list(read_archive([str(path)]))) == 30


def test_what_warcio_writes_is_read() -> None:
    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    for number in range(5):
        url = f"https://news.example/{number}"
        writer.write_record(
            writer.create_warc_record(url, "response", io.BytesIO(PAGE), len(PAGE), http_headers=headers)
        )
        writer.write_record(writer.create_warc_record(url, "request", io.BytesIO(), 0, http_headers=headers))
    found = list(read_archive(["-"], stdin=io.BytesIO(stream.getvalue())))
    assert [one.place for one in found] == [f"standard input, record {number}" for number in (1, 3, 5, 7, 9)]
    assert all(isinstance(one.content, Article) and one.content.content == PAGE for one in found)


@pytest.mark.parametrize(
    "content",
    [
        INFO,
        record(status="HTTP/1.1 404 Not Found"),
        record(status="HTTP/1.1 301 Moved Permanently"),
        record(b"GIF89a", "Content-Type: image/gif"),
        record(b"{}", "Content-Type: application/json"),
        record(b"a{}", "Content-Type: text/css"),
        record(kind="request"),
        record(kind="revisit"),
        record(kind="metadata"),
        record(b"x" * 3_000_000, "Content-Type: video/mp4"),
        record(b"x" * 21_000_000, "Content-Type: video/mp4"),
        record(b"GIF89a", "Server: x"),
        record(b"no answer", "", status="EHLO"),
    ],
)
def test_what_is_no_page_is_passed_over(content: bytes) -> None:
    assert [one.place for one in records(content + record())] == ["a.warc, record 2"]


def test_a_resource_is_its_own_page() -> None:
    found = article(record(b"The envoy left.", "Content-Type: text/plain; charset=latin-1", kind="resource"))
    assert (found.content, found.media_type, found.charset) == (b"The envoy left.", "text/plain", "latin-1")


def test_a_page_without_a_type_is_told_by_the_crawler_or_by_its_start() -> None:
    assert article(record(headers="Server: x")).media_type == "text/html"
    named = article(record(b"words", "Server: x", extra="WARC-Identified-Payload-Type: text/plain\r\n"))
    assert named.media_type == "text/plain"


def chunked(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;x=y\r\n%b\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def deflated_raw(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def by_arrow(body: bytes, codec: str) -> bytes:
    import pyarrow

    packed: bytes = pyarrow.Codec(codec).compress(body, asbytes=True)
    return packed


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE), "Transfer-Encoding: chunked"),
        (zipped(PAGE), "Content-Encoding: gzip"),
        (zlib.compress(PAGE), "Content-Encoding: deflate"),
        (deflated_raw(PAGE), "Content-Encoding: deflate"),
        (by_arrow(PAGE, "brotli"), "Content-Encoding: br"),
        (by_arrow(PAGE, "zstd"), "Content-Encoding: zstd"),
        (zipped(zipped(PAGE)), "Content-Encoding: gzip, gzip"),
        (chunked(zipped(PAGE)), "Transfer-Encoding: Chunked\r\nContent-Encoding: GZIP"),
        (PAGE, "Transfer-Encoding: chunked"),
        (PAGE, "Content-Encoding: gzip"),
        (PAGE, "Content-Encoding: br"),
        (PAGE, "Content-Encoding: identity"),
        (chunked(PAGE).removesuffix(b"0\r\n\r\n"), "Transfer-Encoding: chunked"),
        (zipped(PAGE), "content-encoding:gzip"),
        (PAGE, "X-Crawl-Content-Encoding: gzip\r\nX-Crawl-Transfer-Encoding: chunked"),
    ],
)
def test_transfer_and_content_codings_are_undone(body: bytes, headers: str) -> None:
    assert article(record(body, f"Content-Type: text/html\r\n{headers}")).content == PAGE


@pytest.mark.parametrize(("body", "coding"), [(zipped(PAGE)[:-12], "gzip"), (b"\0\1\2", "br"), (b"\0", "x")])
def test_a_page_that_cannot_be_unpacked_costs_itself(body: bytes, coding: str) -> None:
    found = records(record(body, f"Content-Type: text/html\r\nContent-Encoding: {coding}") + record())
    assert reasons(found) == ["unreadable", None]


def test_a_page_over_the_limit_is_too_long_packed_or_not() -> None:
    headers = "Content-Type: text/html\r\nContent-Encoding: gzip"
    found = records(record(b"x" * 20_000_001) + record(gzip.compress(b"x" * 20_000_001), headers) + record())
    assert reasons(found) == ["too_long", "too_long", None]
    assert found[0].place == "a.warc, record 1"


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize("cut", [10, 200, 320])
def test_a_truncated_file_gives_what_was_whole_and_one_rejection(tmp_path: Path, packed: bool, cut: int) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    pack = gzip.compress if packed else bytes
    whole = b"".join(pack(record(number=number)) for number in range(3))
    path.write_bytes(whole + pack(record(number=9))[: cut // 2 if packed else cut])
    *found, last = read_archive([str(path)])
    assert reasons(found) == [None] * 3
    assert last.place == str(path) and last.rejected is not None and last.rejected.reason == "unreadable"
    assert "Only 3 records" in last.rejected.message


def test_a_length_that_is_too_short_is_said_and_reading_goes_on() -> None:
    found = records(record(number=1) + record(length=60, number=2) + record(number=3))
    assert [one.place for one in found] == ["a.warc, record 1", "a.warc, record 2", "a.warc", "a.warc, record 3"]
    assert (
        found[2].rejected is not None
        and "After record 2 of a.warc comes what is no record" in found[2].rejected.message
    )


@pytest.mark.parametrize(
    "bad",
    [
        b"WARC/9.9\r\nWARC-Type: response\r\nContent-Length: 1\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: many\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\nX: " + b"x" * 3_000_000 + b"\r\n\r\nx\r\n\r\n",
        b"WARC/1.0\r\n" + b"X: x\r\n" * 400_000 + b"\r\nx\r\n\r\n",
    ],
)
def test_a_record_with_a_bad_header_costs_itself(bad: bytes) -> None:
    found = records(record(number=1) + bad + record(number=3))
    assert reasons(found) == [None, "unreadable", None]
    assert [one.place for one in found] == [f"a.warc, record {number}" for number in (1, 2, 3)]


def test_what_holds_no_record_is_one_rejection(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"<html>\nno archive\n" * 100_000)
    (found,) = read_archive([str(path)])
    assert found.rejected is not None and "does not begin with a WARC record" in found.rejected.message


def test_a_record_without_name_and_address_is_read() -> None:
    found = article(
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\n<p>ab\r\n\r\n"
    )
    assert (found.url, found.id, found.content) == (None, None, b"<p>ab")


def test_a_header_that_is_cut_off_is_the_rest_of_the_file() -> None:
    (found,) = records(b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Le")
    assert found.place == "a.warc" and found.rejected is not None and "Only 0 records" in found.rejected.message


def test_a_video_that_is_cut_off_is_the_rest_of_the_file() -> None:
    (found,) = records(record(b"x" * 3_000_000, "Content-Type: video/mp4")[:2_000_000])
    assert found.place == "a.warc" and reasons([found]) == ["unreadable"]


def test_nothing_is_written_to_standard_error(capfd: pytest.CaptureFixture[str]) -> None:
    records(record(length=60) + record(gzip.compress(PAGE)[:-12], "Content-Encoding: gzip"))
    assert capfd.readouterr() == ("", "")


@given(st.lists(st.integers(1, 400), max_size=12))
def test_pages_are_the_same_however_the_pieces_fall(sizes: list[int]) -> None:
    content = INFO + record(number=1) + record(status="HTTP/1.1 404 No") + record(kind="resource", number=3)
    pieces, at = [], 0
    for size in sizes:
        pieces.append(content[at : at + size])
        at += size
    assert list(read_warc("a.warc", iter([*pieces, content[at:]]))) == records(content)


@given(st.integers(0, 900), st.binary(max_size=30))
def test_any_damage_never_raises(at: int, damage: bytes) -> None:
    content = record(number=1) + record(chunked(PAGE), "Transfer-Encoding: chunked") + record(number=3)
    for one in records(content[:at] + damage + content[at + len(damage) :]):
        assert (one.content is None) == (one.rejected is not None)
