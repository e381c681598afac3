"""Reports from files: what `legation code` wrote, lines of JSON, or one report of `legation read --json`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from legation.errors import SourceNotFoundError, UsageError
from legation.formats.report_json import report_from_json
from legation.records import Report

REPORTS = "reports"
"""The folder of a data set in which its reports lie."""
_OF_DATA_SET = ("manifest.json", "journal.jsonl", "rejects.jsonl")
_REMEDY = "Make it anew with `legation code`, or `legation read --json`; or leave it out."


def read_reports(inputs: Sequence[str], stdin: TextIO | None = None) -> Iterator[Report]:
    """The reports of files, folders and "-" (standard input), in that order, one at a time.

    A folder is a data set of `legation code --format jsonl` or holds files of reports (.json, .jsonl). Raises
    SourceNotFoundError for a file that is not there, UsageError, with file and line, for what is no report.
    """
    for name in inputs:
        if name == "-":
            with explained("Standard input"):
                yield from _in_lines(stdin or sys.stdin, "standard input")
            continue
        with explained(name):
            files = _files(Path(name))
        for path in files:
            with explained(str(path)), path.open(encoding="utf-8") as lines:
                yield from _in_lines(lines, str(path))


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turns what goes wrong where something is read into a UsageError that names it."""
    try:
        yield
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(f"{name} cannot be read: {reason}.", subject=name) from error


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise SourceNotFoundError(f"There is no file {path}.", subject=str(path))
    place = path / REPORTS if (path / REPORTS).is_dir() else path
    found = sorted(file for file in place.iterdir() if file.suffix in (".json", ".jsonl") and _may_be_reports(file))
    if not found and not any((path / name).is_file() for name in _OF_DATA_SET):
        raise UsageError(
            f"{path} holds no reports: give a data set of `legation code`, or files of reports (.json, .jsonl).",
            subject=str(path),
        )
    return found


def _may_be_reports(file: Path) -> bool:
    """Whether a file of a data set is no manifest, journal or list of rejects."""
    return file.is_file() and file.name not in _OF_DATA_SET


def _in_lines(lines: Iterable[str], name: str) -> Iterator[Report]:
    """A report a line where the first line holds a whole one, else one report over many lines."""
    filled = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    number, first = next(filled, (0, ""))
    if not first:
        return
    text = first.strip()
    if text.startswith("{") and text.endswith("}"):
        yield _parsed(first, f"{name}, line {number}")
        for number, line in filled:
            yield _parsed(line, f"{name}, line {number}")
    else:
        yield _parsed("".join([first, *(line for _, line in filled)]), name)


def _parsed(text: str, place: str) -> Report:
    try:
        return report_from_json(text)
    except UsageError as error:
        raise UsageError(f"{place}: {error} {_REMEDY}", subject=place) from error
