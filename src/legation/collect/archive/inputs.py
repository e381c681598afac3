"""What the inputs mean: which files and folders, in which order."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from legation.collect.archive.folders import walk
from legation.collect.archive.kinds import kind_by_name
from legation.errors import SourceNotFoundError, UsageError

_MAGIC = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Input:
    """A file or folder of the archive, or with the path "-" standard input. `real` is its path without links."""

    path: str
    real: str
    is_folder: bool = False


def planned(inputs: Sequence[str]) -> tuple[Input, ...]:
    """The files and folders that `inputs` mean, in their order; what a pattern matches is sorted.

    Raises UsageError for no inputs and for what is named twice, SourceNotFoundError for what does not exist.
    """
    if not inputs:
        raise UsageError("No input is named: give files, folders or patterns, or - for standard input.")
    found = tuple(one for given in inputs for one in _meant(given))
    _refuse_twice(found)
    return found


def total_of(inputs: Sequence[Input]) -> int | None:
    """The size of all files in bytes, None where one of them has no size. Walks every folder."""
    total = 0
    for one in inputs:
        if one.path == "-":
            return None
        for path in (found.path for found in walk(one.path)) if one.is_folder else (one.path,):
            try:
                status = Path(path).stat()
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode):
                total += status.st_size
            elif not one.is_folder:
                return None
    return total


def _meant(given: str) -> list[Input]:
    if given == "-":
        return [Input("-", "-")]
    if _exists(given):
        return [_input(given)]
    if not _MAGIC & set(given):
        raise SourceNotFoundError(f"There is no file or folder {given!r}.", subject=given)
    matches = [_input(path) for path in sorted(set(_Pattern(given).matches()))]
    if not matches:
        raise SourceNotFoundError(f"No file matches {given!r}.", subject=given)
    return _without_repeats(matches)


def _exists(path: str) -> bool:
    """Whether something has this name, even if it may not be looked at, which is found out when it is read."""
    try:
        Path(path).stat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError as error:
        return error.errno != errno.ENAMETOOLONG
    return bool(path)


def _input(path: str) -> Input:
    real = os.path.realpath(path)
    return Input(path, real, os.path.isdir(path))  # noqa: PTH112 - Path.is_dir raises where it may not look


def _refuse_twice(inputs: Sequence[Input]) -> None:
    named: dict[str, str] = {}
    for one in inputs:
        if one.real in named:
            what = "Standard input" if one.path == "-" else repr(one.path)
            again = "" if named[one.real] == one.path else f", also as {named[one.real]!r}"
            raise UsageError(f"{what} is named twice{again}: name it once.", subject=one.path)
        named[one.real] = one.path
    folders = {one.real: one.path for one in inputs if one.is_folder}
    for one in inputs:
        if folder := _folder_over(one, folders):
            message = f"{one.path!r} is named twice: it also lies in {folders[folder]!r}. Name one of the two."
            raise UsageError(message, subject=one.path)


def _without_repeats(matches: list[Input]) -> list[Input]:
    """What a pattern matches, each file once: `**` matches a folder and what lies in it."""
    folders = {one.real: one.path for one in matches if one.is_folder}
    kept: dict[str, Input] = {}
    for one in matches:
        if not _folder_over(one, folders):
            kept.setdefault(one.real, one)
    return list(kept.values())


def _folder_over(one: Input, folders: dict[str, str]) -> str | None:
    """The folder of `folders` in whose walk `one` is met too."""
    if not folders or not (one.is_folder or kind_by_name(one.real)):
        return None
    path = Path(one.real)
    below: Path | None = path
    for parent in path.parents:
        if below is not None and below.name.startswith("."):
            return None
        if str(parent) in folders:
            return str(parent)
        below = parent
    return None


class _Pattern:
    """A pattern's matches. As in the shell, hidden names only match where the pattern has the dot."""

    def __init__(self, pattern: str) -> None:
        self._anchor = Path(pattern).anchor
        self._parts = [part for part in Path(pattern).parts if part != self._anchor]
        # Where ** has been, by folder and by how much of the pattern was left: links may lead back to where it was.
        self._seen: set[tuple[int, int, int]] = set()

    def matches(self) -> Iterator[str]:
        """The paths, in no particular order, some perhaps twice."""
        return self._below(self._anchor, self._parts)

    def _below(self, base: str, parts: list[str]) -> Iterator[str]:
        if not parts:
            yield base.removesuffix(os.sep) or base
            return
        part, *rest = parts
        end = os.sep if rest else ""
        if part == "**":
            yield from self._at_any_depth(base, rest)
        elif not _MAGIC & set(part):
            if os.path.lexists(base + part):
                yield from self._below(base + part + end, rest)
        else:
            for name in _names(base):
                if fnmatchcase(name, part) and (part.startswith(".") or not name.startswith(".")):
                    yield from self._below(base + name + end, rest)

    def _at_any_depth(self, base: str, rest: list[str]) -> Iterator[str]:
        try:
            status = Path(base or ".").stat()
        except OSError:
            return
        here = (status.st_dev, status.st_ino, len(rest))
        if here in self._seen:
            return
        self._seen.add(here)
        if rest or base:
            yield from self._below(base, rest)
        for name in _names(base):
            if name.startswith("."):
                continue
            if os.path.isdir(base + name):  # noqa: PTH112 - Path.is_dir raises where it may not look
                yield from self._at_any_depth(base + name + os.sep, rest)
            elif not rest:
                yield base + name


def _names(folder: str) -> list[str]:
    try:
        with os.scandir(folder or ".") as entries:
            return sorted(entry.name for entry in entries)
    except OSError:
        return []
