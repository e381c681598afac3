"""gzip, Zstandard and bzip2: whole, in several members, cut off, damaged, and large."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import random
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.archive import Meter, read_archive
from legation.collect.archive.packed import packing_of, unpacked
from legation.collect.archive.raw import Damaged, Raw
from legation.records import Text


def zstd(content: bytes) -> bytes:
    import pyarrow

    packed: bytes = pyarrow.Codec("zstd").compress(content, asbytes=True)
    return packed


PACKERS: dict[str, Callable[[bytes], bytes]] = {".gz": gzip.compress, ".zst": zstd, ".bz2": bz2.compress}
SUFFIXES = sorted(PACKERS)


class Pipe(io.BytesIO):
    """A stream that cannot go back."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise io.UnsupportedOperation


def lines(count: int, size: int = 0) -> bytes:
    letters = random.Random(7)
    return b"".join(
        json.dumps({"text": f"article {number} {letters.randbytes(size).hex()}"}).encode() + b"\n"
        for number in range(count)
    )


def until_damage(packed: bytes, *, pipe: bool = False) -> tuple[bytes, str | None]:
    raw = Raw(Pipe(packed) if pipe else io.BytesIO(packed), None if pipe else len(packed), Meter())
    good = bytearray()
    try:
        for piece in unpacked(raw, packing_of(packed[:16])):
            good += piece
    except Damaged as damage:
        return bytes(good), str(damage)
    return bytes(good), None


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("name", ["news.jsonl", "news"])
def test_a_packed_file_gives_what_the_plain_one_gives(tmp_path: Path, suffix: str, name: str) -> None:
    (tmp_path / "plain.jsonl").write_bytes(lines(300))
    path = tmp_path / (name + suffix)
    path.write_bytes(PACKERS[suffix](lines(300)))
    plain = [one.content for one in read_archive([str(tmp_path / "plain.jsonl")])]
    found = list(read_archive([str(path)]))
    assert [one.content for one in found] == plain
    assert found[16].place == f"{path}, line 17"


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_packing_is_told_by_the_first_bytes_where_the_name_says_nothing(tmp_path: Path, suffix: str) -> None:
    packed = PACKERS[suffix](lines(3))
    for name in ("news", "news.jsonl"):
        (tmp_path / name).write_bytes(packed)
        assert len(list(read_archive([str(tmp_path / name)]))) == 3
    assert len(list(read_archive(["-"], stdin=io.BytesIO(packed)))) == 3


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("pipe", [False, True])
def test_several_members_are_one_file(suffix: str, pipe: bool) -> None:
    pack = PACKERS[suffix]
    content = lines(20)
    packed = b"".join(pack(part) for part in (content[:7], b"", content[7:900], content[900:]))
    assert until_damage(packed, pipe=pipe) == (content, None)


@pytest.mark.parametrize("suffix", [".gz", ".bz2"])
def test_zeros_after_the_end_are_padding(suffix: str) -> None:
    assert until_damage(PACKERS[suffix](b"content") + bytes(300_000)) == (b"content", None)


def test_frames_to_be_skipped_are_skipped() -> None:
    skipped = b"\x50\x2a\x4d\x18\x05\x00\x00\x00abcde"
    assert until_damage(skipped + zstd(b"one") + skipped + zstd(b"two")) == (b"onetwo", None)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_truncated_file_gives_what_was_whole_and_one_rejection(tmp_path: Path, suffix: str) -> None:
    whole, rest = lines(50), lines(2_000, 100)
    packed = PACKERS[suffix](rest)
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(PACKERS[suffix](whole) + packed[: len(packed) // 2])
    *found, last = read_archive([str(path)])
    assert len(found) >= 50 and all(isinstance(one.content, Text) for one in found)
    assert last.place == str(path) and last.rejected is not None and last.rejected.reason == "unreadable"
    assert f"Only {len(found):,} lines of {path} could be read" in last.rejected.message
    assert "end too early" in last.rejected.message


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("cut", [3, 12, 20])
def test_what_stands_before_a_cut_comes_to_the_last_byte(suffix: str, cut: int) -> None:
    content = lines(500)
    good, damage = until_damage(PACKERS[suffix](content) + PACKERS[suffix](lines(9))[:cut])
    assert good.startswith(content) and damage is not None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_damaged_member_gives_the_members_before_it(suffix: str) -> None:
    content = lines(500)
    second = bytearray(PACKERS[suffix](lines(500, 50)))
    # pyarrow writes Zstandard without checksums, which alone would tell damage within the text.
    start = 4 if suffix == ".zst" else len(second) // 2
    for index in range(start, start + 40):
        second[index] ^= 0xFF
    good, damage = until_damage(PACKERS[suffix](content) + bytes(second))
    assert good.startswith(content) and damage is not None


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_something_else_after_the_end_is_damage(suffix: str) -> None:
    good, damage = until_damage(PACKERS[suffix](b"content") + b"something else")
    assert good == b"content" and damage is not None and "damaged" in damage


def test_a_wrong_checksum_is_told_after_the_content() -> None:
    packed = bytearray(gzip.compress(b"content"))
    packed[-6] ^= 1
    assert until_damage(bytes(packed)) == (b"content", "its gzip data are damaged")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_name_that_says_packed_is_believed(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(lines(3))
    (found,) = read_archive([str(path)])
    assert found.rejected is not None and "is not packed with" in found.rejected.message


@given(st.binary(max_size=2_000), st.sampled_from(SUFFIXES), st.data())
def test_any_damage_ends_in_the_content_or_an_error_of_ours(content: bytes, suffix: str, data: st.DataObject) -> None:
    packed = bytearray(PACKERS[suffix](content))
    packed[data.draw(st.integers(0, len(packed) - 1))] ^= data.draw(st.integers(1, 255))
    until_damage(bytes(packed[: data.draw(st.integers(0, len(packed)))]))


@given(st.lists(st.binary(max_size=3_000), max_size=4), st.sampled_from(SUFFIXES))
def test_what_is_packed_comes_out_again(parts: list[bytes], suffix: str) -> None:
    assert until_damage(b"".join(map(PACKERS[suffix], parts))) == (b"".join(parts), None)


def test_an_error_of_the_disk_is_damage() -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if found := super().read(min(size or 0, 100)):
                return found
            raise OSError(5, "Input/output error")

    (first, last) = read_archive(["-"], stdin=Failing(b'{"text": "one"}\n{"text": "two"}'))
    assert isinstance(first.content, Text)
    assert last.rejected is not None and "Input/output error" in last.rejected.message


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_bomb_is_a_long_line_and_no_more(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"news.jsonl{suffix}"
    path.write_bytes(PACKERS[suffix](b'{"text": "' + b"x" * 60_000_000 + b'"}\n' + lines(1)))
    long, good = read_archive([str(path)])
    assert long.rejected is not None and long.rejected.reason == "too_long"
    assert isinstance(good.content, Text)


class Endless(io.RawIOBase):
    """A gzip stream that is made while it is read."""

    def __init__(self, line: bytes, times: int) -> None:
        self._pieces = self._packed(line, times)
        self._held = b""

    def _packed(self, line: bytes, times: int) -> Iterator[bytes]:
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        for _ in range(times):
            yield packer.compress(line)
        yield packer.flush()

    def read(self, size: int = -1, /) -> bytes:
        while len(self._held) < size and (piece := next(self._pieces, None)) is not None:
            self._held += piece
        taken, self._held = self._held[:size], self._held[size:]
        return taken


def test_memory_does_not_grow_with_the_archive() -> None:
    line = json.dumps({"text": "word " * 2_000}).encode() + b"\n"
    stream = Endless(line, 10_000)
    tracemalloc.start()
    count = sum(one.content is not None for one in read_archive(["-"], stdin=stream))  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 10_000
    assert most < 4_000_000
