"""Bytes as they lie in a file or come through a pipe, counted as they are taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 262_144


@dataclass(slots=True)
class Meter:
    """How far the reading of an archive has come, in bytes as they lie on disk, packed where they are packed.

    `total` is the size of all inputs, None where one of them has none (standard input, a pipe). `done` only grows and
    never passes `total`; it runs ahead of the records given out by what is read in one go, at most a few hundred
    thousand bytes.
    """

    total: int | None = None
    done: int = 0

    def reach(self, done: int) -> None:
        """Move `done` up, never past the total: files may have grown since they were counted."""
        self.done = max(self.done, done if self.total is None else min(done, self.total))


class Damaged(Exception):
    """The bytes go no further: cut off, or not what they claim to be. The message is half a sentence about them."""


class Raw:
    """One file or pipe, read from its start. `size` is its length in bytes, None where it has none.

    It is as much of a file as pyarrow asks for: `read`, `closed`, `close`.
    """

    def __init__(self, stream: BinaryIO, size: int | None, meter: Meter) -> None:
        self.size = size
        self.closed = False
        self._stream = stream
        self._meter = meter
        self._start = meter.done
        self._head = b""

    def peek(self, length: int) -> bytes:
        """The next bytes, as many as `length` where there are so many, without taking them. Raises OSError."""
        while len(self._head) < length and (more := self._stream.read(length - len(self._head))):
            self._head += more
        return self._head[:length]

    def read(self, length: int = BLOCK) -> bytes:
        """The next bytes, at most `length`; none at the end. Raises OSError."""
        taken, self._head = self._head[:length], self._head[length:]
        if not taken:
            taken = self._stream.read(length)
        self._advance(self._meter.done + len(taken))
        return taken

    def rewind(self) -> bool:
        """Go back to the start, where that can be done. The meter does not go back."""
        if not self._stream.seekable():
            return False
        self._stream.seek(0)
        self._head = b""
        return True

    def reach(self, share: float) -> None:
        """Tell the meter that this share of the file is done, for readers that do not go from start to end."""
        if self.size is not None:
            self._advance(self._start + int(self.size * min(share, 1.0)))

    def finish(self) -> None:
        """Tell the meter that nothing more of the file will be read."""
        self.reach(1.0)

    def close(self) -> None:
        """Does nothing: whoever opened the stream closes it."""

    def _advance(self, done: int) -> None:
        if self.size is not None:
            done = min(done, self._start + self.size)
        self._meter.reach(done)
