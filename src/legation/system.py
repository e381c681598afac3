"""What more than one part asks of the operating system: files read with a remedy, or written whole or not at all;
cores; a folder."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from legation.errors import LegationError, SourceNotFoundError


def cores() -> int:
    """Cores that this process may use; not every system tells."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
"""Numbers of parameters in glibc's malloc.h."""
LARGEST_BLOCK, KEPT = 1 << 25, 1 << 28
"""Bytes of a block that malloc serves from its own heap, the most it allows; free bytes at the heap's end it keeps."""


def keep_freed_memory() -> None:
    """Lets this process keep the memory that it frees, for a model that asks for the same again at every run.

    Giving it back to the system each time costs a fifth of the time of a reading. Nothing happens where the C library
    is not glibc.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(M_MMAP_THRESHOLD, LARGEST_BLOCK)
    mallopt(M_TRIM_THRESHOLD, KEPT)


@cache
def own_version() -> str:
    """The version of Legation that runs; "0" where it is not installed."""
    try:
        return version("legation")
    except PackageNotFoundError:
        return "0"


def config_home() -> Path:
    """The user's folder of settings: `$XDG_CONFIG_HOME/legation`, else `~/.config/legation`; it need not exist."""
    home = os.environ.get("XDG_CONFIG_HOME") or ""
    return (Path(home) if Path(home).is_absolute() else Path.home() / ".config") / "legation"


def text_of(path: Path, error: type[LegationError]) -> str:
    """The text of a user's file. Raises SourceNotFoundError, and `error` for one that cannot be read as UTF-8."""
    with _readable(path, error):
        return path.read_text(encoding="utf-8-sig")


def bytes_of(path: Path, error: type[LegationError]) -> bytes:
    """The bytes of a user's file. Raises SourceNotFoundError, and `error` for one that cannot be read."""
    with _readable(path, error):
        return path.read_bytes()


@contextmanager
def _readable(path: Path, error: type[LegationError]) -> Iterator[None]:
    try:
        if not path.is_file():
            raise SourceNotFoundError(f"There is no file {path}: check the path.", subject=str(path))
        yield
    except UnicodeDecodeError as fault:
        told = f"{path} cannot be read: it is not UTF-8 text. Save it as UTF-8."
        raise error(told, subject=str(path)) from fault
    except OSError as fault:
        told = f"{path} cannot be read: {fault.strerror}. Let it be read by you, or copy it to where you may read it."
        raise error(told, subject=str(path)) from fault


class Drafts:
    """Files being written, each beside the place it is meant for."""

    def __init__(self) -> None:
        self._places: dict[Path, Path] = {}
        self._folders: dict[Path, None] = {}

    def beside(self, place: Path) -> Path:
        """Where to write what is meant for a place. Its folder is made."""
        self._folders[place.parent] = None
        if not place.parent.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            self._folders[place.parent.parent] = None
        draft = place.with_name(f".{place.name}.{os.getpid()}.draft")
        self._places[draft] = place
        return draft

    def keep(self) -> None:
        """Gives all drafts their names, once every one of them is on the disk. Raises OSError."""
        for draft in self._places:
            _sync(draft)
        for draft, place in self._places.items():
            draft.replace(place)
        for folder in self._folders:
            _sync(folder)

    def drop(self) -> None:
        """Takes away the drafts that have no name yet."""
        for draft in self._places:
            draft.unlink(missing_ok=True)


@contextmanager
def drafts() -> Iterator[Drafts]:
    """Drafts that are kept where all goes well, and dropped where it does not."""
    found = Drafts()
    try:
        yield found
        found.keep()
    finally:
        found.drop()


def _sync(path: Path) -> None:
    if os.name == "nt" and path.is_dir():
        return  # Windows cannot open a folder, and needs no such call for a rename to last.
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
