"""The user's own entries: read from a file, proven line by line, kept in the config folder, and joined to the tables.

They lie as CSV files in `$XDG_CONFIG_HOME/legation/registry`, else in `~/.config/legation/registry`, one for each file
that was added, in the order of their names.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

from legation.coding.entries import COLUMNS, Fault, OwnEntry, faults_of_entries, with_own
from legation.coding.registry import Names
from legation.errors import RegistryError
from legation.system import config_home, drafts, text_of
from legation.telling import counted

Numbered = tuple[int, dict[str, str]]


def config_folder() -> Path:
    """Where the user's entries are kept; the folder need not exist."""
    return config_home() / "registry"


def read_text(path: Path) -> str:
    """The text of a file. Raises SourceNotFoundError, and RegistryError for one that cannot be read as UTF-8."""
    return text_of(path, RegistryError)


def entries_in(text: str, name: str) -> list[Numbered]:
    """The entries of a TOML file (tables [[entry]]) or a CSV file with a header, with their lines from 1.

    Columns may be left out but `kind`, `name` and `code`. Raises RegistryError where the file has another form.
    """
    rows = _of_toml(text, name) if name.endswith(".toml") else _of_csv(text, name)
    return [(line, {column: row.get(column, "") for column in COLUMNS}) for line, row in rows]


def _of_csv(text: str, name: str) -> list[Numbered]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip() and not line.startswith("#")]
    if not lines:
        return []
    header, *rows = zip(lines, csv.reader(line for _, line in lines), strict=True)
    columns = [column.strip() for column in header[1]]
    unknown = [column for column in columns if column not in COLUMNS]
    missing = [column for column in ("kind", "name", "code") if column not in columns]
    if unknown or missing:
        wrong = f"{unknown[0]!r} is no column" if unknown else f"the column {missing[0]} is missing"
        raise RegistryError(
            f"{name}, line {header[0][0]}: {wrong}. The columns are {', '.join(COLUMNS)}.", subject=name
        )
    for (number, _), cells in rows:
        if len(cells) != len(columns):
            raise RegistryError(
                f"{name}, line {number}: it has {counted(len(cells), 'cell')}, not {len(columns)}. Put cells with a "
                "comma into quotation marks.",
                subject=name,
            )
    return [(number, dict(zip(columns, map(str.strip, cells), strict=True))) for (number, _), cells in rows]


def _of_toml(text: str, name: str) -> list[Numbered]:
    try:
        entries = tomllib.loads(text).get("entry", [])
    except tomllib.TOMLDecodeError as error:
        raise RegistryError(f"{name} is not TOML: {error}.", subject=name) from error
    starts = [n for n, line in enumerate(text.splitlines(), 1) if line.strip().replace(" ", "") == "[[entry]]"]
    if not isinstance(entries, list) or len(starts) != len(entries):
        raise RegistryError(f"{name} needs a table [[entry]] for each entry.", subject=name)
    return [(line, _cells(entry, f"{name}, line {line}")) for line, entry in zip(starts, entries, strict=True)]


def _cells(entry: Mapping[str, object], where: str) -> dict[str, str]:
    for key in entry:
        if key not in COLUMNS:
            raise RegistryError(f"{where}: {key!r} is no key. The keys are {', '.join(COLUMNS)}.", subject=where)
    return {
        key: "|".join(map(str, value)) if isinstance(value, list) else str(value).strip()
        for key, value in entry.items()
    }


def add_file(path: Path, folder: Path | None = None) -> tuple[Path, int]:
    """Proves the entries of a file and keeps them; the file they were written to, and how many they are.

    A file of the same name that was added before is replaced. Raises RegistryError, with a sentence for each line
    that is wrong, and keeps nothing then.
    """
    rows = entries_in(read_text(path), path.name)
    if not rows:
        raise RegistryError(f"{path} holds no entries.", subject=str(path))
    _refuse(faults_of_entries(rows), str(path))
    target = (folder or config_folder()) / f"{path.stem}.csv"
    try:
        with drafts() as kept:
            kept.beside(target).write_text(csv_of(row for _, row in rows), encoding="utf-8", newline="\n")
    except OSError as error:
        raise RegistryError(f"{target} cannot be written: {error.strerror}.", subject=str(target)) from error
    return target, len(rows)


def _refuse(faults: Sequence[Fault], name: str) -> None:
    if faults:
        told = [f"{name}, line {fault.line}: {fault.message}" for fault in faults]
        raise RegistryError("\n".join([*told, "Nothing was added."]), subject=name)


def csv_of(rows: Iterable[Mapping[str, str]]) -> str:
    """Entries as the CSV text in which they are kept and imported."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _kept_files(folder: Path | None) -> list[Path]:
    place = folder or config_folder()
    return sorted(place.glob("*.csv")) if place.is_dir() else []


def digest_of_own(folder: Path | None = None) -> str | None:
    """SHA-256 of the user's entries, file after file; None where there are none."""
    texts = [f"{path.name}\n{read_text(path)}" for path in _kept_files(folder)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest() if texts else None


def own_entries(folder: Path | None = None) -> list[OwnEntry]:
    """The user's entries, of later files first. Raises RegistryError where a kept file was damaged."""
    found: list[OwnEntry] = []
    for path in _kept_files(folder):
        rows = entries_in(read_text(path), path.name)
        _refuse(faults_of_entries(rows), str(path))
        found += [OwnEntry(row, f"{path}:{line}") for line, row in rows]
    return found


@cache
def names() -> Names:
    """The shipped tables with the user's entries, read once."""
    return with_own(Names.load(), own_entries())
