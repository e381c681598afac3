"""What a file is: by its name, and where the name does not tell, by its first bytes."""

from __future__ import annotations

from pathlib import PurePath
from typing import Literal

from legation.collect.archive.packed import Packing
from legation.collect.source import MEDIA_TYPES as ARTICLE_TYPES

Kind = Literal["article", "lines", "json", "sheet", "parquet", "warc"]

HEAD = 1_024
PARQUET_MAGIC = b"PAR1"

_KINDS: dict[str, Kind] = {
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".json": "json",
    ".csv": "sheet",
    ".tsv": "sheet",
    ".parquet": "parquet",
    ".warc": "warc",
    **dict.fromkeys(ARTICLE_TYPES, "article"),
}
_PACKINGS: dict[str, Packing] = {".gz": "gzip", ".zst": "zstd", ".bz2": "bzip2"}


def packing_by_name(path: str) -> Packing | None:
    """How the name says the file is packed; None where it says nothing."""
    return _PACKINGS.get(PurePath(path).suffix.lower())


def kind_by_name(path: str) -> Kind | None:
    """What the name says the file is, packed or not; None where it does not say."""
    return _KINDS.get(_inner_suffix(path))


def media_type_by_name(path: str) -> str | None:
    """The media type of an article's file, packed or not."""
    return ARTICLE_TYPES.get(_inner_suffix(path))


def kind_by_content(head: bytes) -> Kind:
    """What a file is whose unpacked content begins with `head`."""
    if head.startswith(PARQUET_MAGIC):
        return "parquet"
    if head.startswith(b"WARC/"):
        return "warc"
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return "lines"
    return "article"


def is_utf16(head: bytes) -> bool:
    """Whether the mark at the start says UTF-16 (or UTF-32)."""
    return head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _inner_suffix(path: str) -> str:
    name = PurePath(path)
    if name.suffix.lower() in _PACKINGS:
        name = name.with_suffix("")
    return name.suffix.lower()
