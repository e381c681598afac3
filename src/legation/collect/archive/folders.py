"""The files of a folder, in the order of their paths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from legation.collect.archive.kinds import kind_by_name


class Found(NamedTuple):
    """A file to be read, or a folder that cannot be, with the reason why."""

    path: str
    fault: OSError | None = None


def walk(folder: str) -> Iterator[Found]:
    """The files below `folder` whose names say that they hold articles, by path, in the order of code points.

    Hidden files and folders are passed over. Links are followed; a folder that several links lead to, or a link leads
    back to, is walked where it is met first. Memory holds the names of one folder on each level.
    """
    seen: set[tuple[int, int]] = set()
    levels = [_listed(folder, seen)]
    while levels:
        found = next(levels[-1], None)
        if found is None:
            levels.pop()
        elif found.fault is None and found.path.endswith(os.sep):
            levels.append(_listed(found.path.removesuffix(os.sep), seen))
        elif found.fault is not None or kind_by_name(found.path) is not None:
            yield found


def _listed(folder: str, seen: set[tuple[int, int]]) -> Iterator[Found]:
    """What lies in a folder, folders with a slash at the end, which is also how they are sorted."""
    try:
        status = Path(folder).stat()
        if (status.st_dev, status.st_ino) in seen:
            return
        seen.add((status.st_dev, status.st_ino))
        with os.scandir(folder) as entries:
            names = sorted(
                entry.name + (os.sep if _is_folder(entry) else "")
                for entry in entries
                if not entry.name.startswith(".")
            )
    except OSError as error:
        yield Found(folder, error)
        return
    base = folder if folder.endswith(os.sep) else folder + os.sep
    for name in names:
        yield Found(base + name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        # A link that leads round in a circle: opening it says so.
        return False
