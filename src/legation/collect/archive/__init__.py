"""Archives: files, folders and streams of many articles become records, one an article."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from legation.collect.archive.folders import walk
from legation.collect.archive.inputs import Input, planned, total_of
from legation.collect.archive.kinds import (
    HEAD,
    Kind,
    is_utf16,
    kind_by_content,
    kind_by_name,
    media_type_by_name,
    packing_by_name,
)
from legation.collect.archive.lines import read_json, read_lines
from legation.collect.archive.packed import HEAD as PACKED_HEAD
from legation.collect.archive.packed import packing_of, peeked, unpacked
from legation.collect.archive.parquet import read_parquet
from legation.collect.archive.payload import bounded
from legation.collect.archive.raw import Damaged, Meter, Raw
from legation.collect.archive.reject import rejected, too_long, why_not
from legation.collect.archive.sheets import read_sheet
from legation.collect.archive.warc import read_warc
from legation.records import Article, Record

__all__ = ["Meter", "read_archive"]

_STDIN = "standard input"


def read_archive(
    inputs: Sequence[str], *, stdin: BinaryIO | None = None, meter: Meter | None = None
) -> Iterator[Record]:
    """Every article of the inputs, in the same order each time, in memory that does not grow with their size.

    An input is a file, a folder, a pattern ("data/*.jsonl.gz", with ** for folders in folders), or "-" for `stdin`
    (the process's own when None). Inputs are read in the order given; what a folder holds or a pattern matches, in the
    order of the paths. Files are

    - JSONL (.jsonl, .ndjson, .json), CSV (.csv, .tsv), WARC (.warc), each also packed with gzip, Zstandard or bzip2
      (.gz, .zst, .bz2), and Parquet (.parquet): an article a line, row or record. `fields` lists the names that count.
    - .txt, .md, .html, .htm, .xhtml, .pdf, .eml: one article each, packed or not.
    - with any other name what their content begins like, and one article if like none of these. In a folder they are
      passed over, as hidden files are.

    Standard input is JSONL or WARC, packed or not. What cannot be had is a record without content that says why, and
    reading goes on: a bad line costs that line, a damaged file what comes after the damage. `meter` is kept up to date
    with the bytes read.

    Raises, before it returns, UsageError where nothing is named, or something twice, and SourceNotFoundError for a file
    that does not exist and a pattern that matches none.
    """
    wanted = planned(inputs)
    meter = Meter() if meter is None else meter
    meter.total = total_of(wanted)
    return _records(wanted, stdin, meter)


def _records(wanted: Sequence[Input], stdin: BinaryIO | None, meter: Meter) -> Iterator[Record]:
    for one in wanted:
        if one.path == "-":
            yield from _stream_records(Raw(stdin or sys.stdin.buffer, None, meter))
        elif one.is_folder:
            for found in walk(one.path):
                if found.fault is not None:
                    yield why_not(_shown(found.path), found.fault)
                else:
                    yield from _file_records(found.path, meter, only_regular=True)
        else:
            yield from _file_records(one.path, meter, only_regular=False)


def _stream_records(raw: Raw) -> Iterator[Record]:
    try:
        packing = packing_of(raw.peek(PACKED_HEAD))
    except OSError as error:
        yield why_not(_STDIN, error)
        return
    head, pieces = peeked(unpacked(raw, packing), HEAD)
    kind = kind_by_content(head)
    if kind == "parquet":
        yield rejected(_STDIN, "unreadable", "Parquet cannot be read from standard input: name the file.")
    elif is_utf16(head):
        yield _is_utf16(_STDIN)
    else:
        yield from read_warc(_STDIN, pieces) if kind == "warc" else read_lines(_STDIN, pieces)


def _file_records(path: str, meter: Meter, *, only_regular: bool) -> Iterator[Record]:
    file = _shown(path)
    size: int | None = 0
    try:
        status = Path(path).stat()
        size = status.st_size if stat.S_ISREG(status.st_mode) else None
        if size is None and only_regular:
            # Opening a pipe that nobody writes to would wait for ever.
            yield rejected(file, "unreadable", f"{file} is a pipe or device: of a folder, only files are read.")
            return
        stream = open(path, "rb")  # noqa: SIM115 - closed below; what goes wrong there is no failure to open
    except (OSError, ValueError) as error:
        meter.reach(meter.done + (size or 0))
        yield why_not(file, error)
        return
    with stream:
        raw = Raw(stream, size, meter)
        yield from _contents(file, path, raw)
        raw.finish()


def _contents(file: str, path: str, raw: Raw) -> Iterator[Record]:
    try:
        head = raw.peek(PACKED_HEAD)
    except OSError as error:
        yield why_not(file, error)
        return
    packing, said = packing_of(head), packing_by_name(path)
    kind = kind_by_name(path)
    if said is not None and packing is None:
        yield rejected(file, "unreadable", f"{file} is not packed with {said}, as its name says: get or rename it.")
        return
    if packing is None and (kind or kind_by_content(head)) == "parquet":
        yield from _parquet(file, path, raw)
        return
    head, pieces = peeked(unpacked(raw, packing), HEAD)
    kind = kind or kind_by_content(head)
    if kind == "parquet":
        yield rejected(file, "unreadable", f"{file} is a packed Parquet file, which is read from the back: unpack it.")
    elif kind != "article" and is_utf16(head):
        yield _is_utf16(file)
    else:
        yield from _by_kind(kind, file, path, pieces)


def _parquet(file: str, path: str, raw: Raw) -> Iterator[Record]:
    if raw.size is None:
        yield rejected(file, "unreadable", f"{file} is a pipe, and Parquet is read from the back: name the file.")
    else:
        yield from read_parquet(file, path, raw)


def _by_kind(kind: Kind, file: str, path: str, pieces: Iterator[bytes]) -> Iterator[Record]:
    if kind == "lines":
        return read_lines(file, pieces)
    if kind == "json":
        return read_json(file, pieces)
    if kind == "sheet":
        return read_sheet(file, pieces, tabs_first=".tsv" in Path(path).suffixes[-2:])
    if kind == "warc":
        return read_warc(file, pieces)
    return _article(file, media_type_by_name(path), pieces)


def _article(file: str, media_type: str | None, pieces: Iterator[bytes]) -> Iterator[Record]:
    try:
        content = bounded(pieces)
    except Damaged as damage:
        yield rejected(file, "unreadable", f"{file} cannot be read: {damage}. Get or make the file anew.")
        return
    if content is None:
        yield too_long(file, file)
    else:
        yield Record(file, Article(name=file, content=content, media_type=media_type))


def _is_utf16(file: str) -> Record:
    return rejected(file, "unreadable", f"{file} is in UTF-16: write it anew in UTF-8.")


def _shown(path: str) -> str:
    """The path as it can be written; a name that is not in the file system's encoding has bytes that cannot be."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
