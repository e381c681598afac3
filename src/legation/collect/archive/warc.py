"""WARC: the pages that a crawler has kept, one record each.

The record's frame is read here and not by warcio's ArchiveIterator, which takes damaged data for the end of the file,
stops at a length that is wrong, warns on standard error, and holds a line of any length; its parser reads the headers.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from legation.collect.archive.payload import payload_of
from legation.collect.archive.raw import Damaged
from legation.collect.archive.reject import broken_off, rejected, too_long
from legation.collect.inflate import CodingError
from legation.collect.source import MAX_BYTES
from legation.records import Article, Record

_MAGIC = b"WARC/"
_VERSIONS = ["WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17"]
_HTTP = ["HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/2", "HTTP/3"]
_PAGES = ("text/html", "application/xhtml+xml", "text/plain")
_MOST_HEADER = 1_048_576
_LINE = 65_536
_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9_.:+-]+)""", re.IGNORECASE)
_PAGE_START = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)


class _BadRecord(Exception):
    """A record whose frame is not sound; half a sentence."""


class _Stream:
    """Pieces as a stream. `begins_line` says whether the next byte begins a line."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.begins_line = True
        self._pieces = pieces
        self._held = b""
        self._at = 0

    def read(self, length: int) -> bytes:
        """The next bytes, fewer than `length` only at the end."""
        taken = []
        while length and self._fill():
            part = self._held[self._at : self._at + length]
            self._at += len(part)
            length -= len(part)
            taken.append(part)
        return b"".join(taken)

    def skip(self, length: int) -> int:
        """Pass over bytes; how many there were."""
        left = length
        while left and self._fill():
            step = min(left, len(self._held) - self._at)
            self._at += step
            left -= step
        return length - left

    def readline(self) -> bytes:
        """The next line with its end, or as much of it as a header may have; nothing at the end."""
        line = b""
        while len(line) < _LINE and not line.endswith(b"\n") and self._fill():
            end = self._held.find(b"\n", self._at, self._at + _LINE - len(line)) + 1
            end = end or min(len(self._held), self._at + _LINE - len(line))
            line += self._held[self._at : end]
            self._at = end
        self.begins_line = not line or line.endswith(b"\n")
        return line

    def _fill(self) -> bool:
        while self._at >= len(self._held):
            piece = next(self._pieces, None)
            if piece is None:
                return False
            self._held, self._at = piece, 0
        return True


class _Header:
    """The lines of one header as warcio's parser asks for them, up to a limit. `ended` says that the stream did."""

    def __init__(self, stream: _Stream) -> None:
        self.ended = False
        self._stream = stream
        self._left = _MOST_HEADER

    def readline(self) -> bytes:
        line = self._stream.readline()
        self.ended = self.ended or not line.endswith(b"\n")
        self._left -= len(line)
        if self._left < 0 or (self.ended and len(line) >= _LINE):
            raise _BadRecord("its header is longer than a header can be")
        return line


class _Frame(NamedTuple):
    """A record's own header, and the length of what follows it in bytes."""

    headers: Any
    length: int


def read_warc(file: str, pieces: Iterator[bytes]) -> Iterator[Record]:
    """The record of each page that was got whole (status 200), and one more where the file breaks off.

    Requests, redirects, images and the like are passed over without a word; they count in "record 3". A record whose
    length is wrong costs itself and what stands before the next line that begins a record.
    """
    stream = _Stream(pieces)
    number = 0
    sound = True
    try:
        while True:
            line, strayed = _next_start(stream)
            if strayed and sound:
                yield rejected(file, "unreadable", _strayed(file, number))
            if not line:
                return
            record, sound = _read_one(f"{file}, record {number + 1}", stream, line)
            number += 1
            if record is not None:
                yield record
    except Damaged as damage:
        yield broken_off(file, damage, number, "record")


def _next_start(stream: _Stream) -> tuple[bytes, bool]:
    """The line that begins the next record, empty at the end, and whether more than blank lines stood before it."""
    strayed = False
    while True:
        begins = stream.begins_line
        line = stream.readline()
        if not line or (begins and line.startswith(_MAGIC)):
            return line, strayed
        strayed = strayed or bool(line.strip())


def _strayed(file: str, number: int) -> str:
    if number == 0:
        return f"{file} does not begin with a WARC record; what stands before the first is left out."
    return f"After record {number} of {file} comes what is no record; it is left out up to the next one."


def _read_one(place: str, stream: _Stream, line: bytes) -> tuple[Record | None, bool]:
    """The record that begins with `line`, None where it is no page, and whether its frame is sound."""
    try:
        return _record(place, _frame(stream, line), stream), True
    except _BadRecord as fault:
        return rejected(place, "unreadable", f"The record cannot be read: {fault}. Get it anew."), False


def _frame(stream: _Stream, line: bytes) -> _Frame:
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    header = _Header(stream)
    try:
        headers = StatusAndHeadersParser(_VERSIONS).parse(header, line)
    except StatusAndHeadersParserException:
        raise _BadRecord("it is of no version of WARC that is known") from None
    if header.ended:
        raise Damaged("it ends in the middle of a record")
    length = headers.get_header("Content-Length", "").strip()
    if not re.fullmatch("[0-9]{1,15}", length):
        raise _BadRecord("its header gives no length")
    return _Frame(headers, int(length))


def _record(place: str, frame: _Frame, stream: _Stream) -> Record | None:
    """The page of a record, None where it is none; the stream then stands behind the record."""
    kind = (frame.headers.get_header("WARC-Type") or "").lower()
    if kind not in ("response", "resource"):
        _pass_over(stream, frame.length)
        return None
    head = stream.read(min(frame.length, _MOST_HEADER))
    left = frame.length - len(head)
    http, start = _http(head) if kind == "response" else (None, 0)
    media_type, charset = _media(frame, http, head[start:])
    wanted = media_type in _PAGES and (kind == "resource" or (http is not None and http.get_statuscode() == "200"))
    if not wanted or frame.length - start > MAX_BYTES:
        _pass_over(stream, left)
        return too_long(place, "The page") if wanted else None
    rest = stream.read(left)
    if len(head) + len(rest) < frame.length:
        raise Damaged("it ends in the middle of a record")
    return _page(place, frame, http, head[start:] + rest, (media_type, charset))


def _page(place: str, frame: _Frame, http: Any, body: bytes, media: tuple[str, str | None]) -> Record:
    if http is not None:
        transfer, coding = (http.get_header(name) or "" for name in ("Transfer-Encoding", "Content-Encoding"))
        try:
            unpacked = payload_of(body, transfer, coding)
        except CodingError as error:
            message = f"The page cannot be unpacked ({error}). Get it anew, or leave it out."
            return rejected(place, "unreadable", message)
        if unpacked is None:
            return too_long(place, "The page")
        body = unpacked
    url = (frame.headers.get_header("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    name = (frame.headers.get_header("WARC-Record-ID") or "").strip().removeprefix("<").removesuffix(">")
    return Record(
        place,
        Article(
            name=place,
            content=body,
            media_type=media[0],
            charset=media[1],
            url=url or None,
            id=name.removeprefix("urn:uuid:") or None,
        ),
    )


def _pass_over(stream: _Stream, length: int) -> None:
    if stream.skip(length) < length:
        raise Damaged("it ends in the middle of a record")


def _http(head: bytes) -> tuple[Any, int]:
    """The header of the answer and where its body begins; None and 0 where the block is no answer over HTTP."""
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    block = io.BytesIO(head)
    try:
        return StatusAndHeadersParser(_HTTP).parse(block), block.tell()
    except (StatusAndHeadersParserException, EOFError):
        return None, 0


def _media(frame: _Frame, http: Any, body: bytes) -> tuple[str, str | None]:
    """Media type and declared charset of a page. Without a type the crawler's finding counts, then how it begins."""
    given = (frame.headers if http is None else http).get_header("Content-Type") or ""
    media_type = given.partition(";")[0].strip().lower()
    charset = _CHARSET.search(given)
    if not media_type:
        media_type = (frame.headers.get_header("WARC-Identified-Payload-Type") or "").strip().lower()
    if not media_type and _PAGE_START.match(body[:_LINE]):
        media_type = "text/html"
    return media_type, charset[1] if charset else None
