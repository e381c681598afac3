"""What a data set says of itself: a journal while it grows, a manifest when it is whole.

The journal has a line for its settings and one for each shard that is done, in the order in which they were done. A
line that was cut off by a crash counts for nothing. The manifest has the same by number, and holds no times, so that
the same archive and settings always give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from legation.errors import UsageError
from legation.system import drafts

JOURNAL, MANIFEST, REJECTS = "journal.jsonl", "manifest.json", "rejects.jsonl"
SCHEMA = "legation.dataset/1"
Counts = Mapping[str, int]
Format = Literal["jsonl", "parquet", "csv"]


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides what a data set holds: versions of program and model, format, layouts, whether every sentence was
    read to the end, and the digests of the user's own registry entries and own issues (None without any)."""

    legation: str
    model: str
    model_sha256: str
    format: Format
    layouts: tuple[str, ...] = ()
    thorough: bool = False
    registry_sha256: str | None = None
    issues_sha256: str | None = None

    def as_words(self) -> dict[str, str]:
        """What made the records, for the head of a table: versions, checksums, "true" or "false", "" for none."""
        return {
            "legation": self.legation,
            "model": self.model,
            "model_sha256": self.model_sha256,
            "thorough": str(self.thorough).lower(),
            "registry_sha256": self.registry_sha256 or "",
            "issues_sha256": self.issues_sha256 or "",
        }


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a data set, by its path below the folder."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Done:
    """A shard that is written: the digest of its records, what was counted, rejections by reason, and its files."""

    shard: int
    digest: str
    counts: Counts
    rejected: Counts
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """A data set: its settings, its shards in order, and the file of what was rejected."""

    settings: Settings
    shards: tuple[Done, ...]
    rejects: Part | None = None

    @property
    def counts(self) -> dict[str, int]:
        """What was counted in all shards."""
        return _sum(done.counts for done in self.shards)

    @property
    def rejected(self) -> dict[str, int]:
        """Rejections by reason."""
        return _sum(done.rejected for done in self.shards)


@dataclass
class Journal:
    """The shards that are done so far, on disk."""

    folder: Path
    settings: Settings
    done: dict[int, Done] = field(default_factory=dict)

    def begin(self) -> None:
        """Writes the settings to a new journal, or cuts the broken end off one that is there."""
        lines = [{"schema": SCHEMA, **asdict(self.settings)}, *(asdict(self.done[n]) for n in self.done)]
        write_whole(self.folder / JOURNAL, "".join(json.dumps(line) + "\n" for line in lines))

    def add(self, done: Done) -> None:
        """Notes a shard, safely on disk when this returns."""
        with (self.folder / JOURNAL).open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(asdict(done)) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        self.done[done.shard] = done


def read_journal(folder: Path, settings: Settings) -> Journal:
    """The journal of a folder, empty where there is none. Raises UsageError where it is of other settings."""
    path = folder / JOURNAL
    journal = Journal(folder, settings)
    if not path.exists():
        return journal
    lines = path.read_text(encoding="utf-8").splitlines()
    head = _parsed(lines[0]) if lines else None
    if head is not None:
        _demand_same(folder, settings, head)
    for line in lines[1:]:
        row = _parsed(line)
        if row is not None:
            journal.done[row["shard"]] = _done(row)
    return journal


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of a whole data set; None where there is none. Raises UsageError for a file that is no manifest."""
    path = folder / MANIFEST
    if not path.exists():
        return None
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
        settings = _settings(value["settings"])
        rejects = Part(**value["rejects"]) if value["rejects"] else None
        return Manifest(settings, tuple(map(_done, value["shards"])), rejects)
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is no manifest of a data set of Legation ({error}).", subject=str(path)) from error


def demand_same(folder: Path, settings: Settings, other: Settings) -> None:
    """Raises UsageError where a folder holds a data set of other settings."""
    _demand_same(folder, settings, asdict(other))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Writes the manifest, whole or not at all."""
    value = {
        "schema": SCHEMA,
        "settings": asdict(manifest.settings),
        "counts": manifest.counts,
        "rejected": manifest.rejected,
        "rejects": asdict(manifest.rejects) if manifest.rejects else None,
        "shards": [asdict(done) for done in manifest.shards],
    }
    write_whole(folder / MANIFEST, json.dumps(value, indent=1) + "\n")


def write_whole(path: Path, content: str) -> None:
    """Writes a file whole or not at all."""
    with drafts() as kept:
        kept.beside(path).write_text(content, encoding="utf-8", newline="\n")


def part_of(folder: Path, path: Path) -> Part:
    """A file as the manifest lists it."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return Part(path.relative_to(folder).as_posix(), path.stat().st_size, digest.hexdigest())


def _demand_same(folder: Path, settings: Settings, head: Mapping[str, Any]) -> None:
    wanted = json.loads(json.dumps(asdict(settings)))
    given = json.loads(json.dumps(head))
    other = next((name for name, value in wanted.items() if given.get(name) != value), None)
    if other is not None:
        raise UsageError(
            f"{folder} holds the data set of another run: its {other.replace('_', ' ')} is {given.get(other)!r}, "
            f"that of this run {wanted[other]!r}. Give another folder.",
            subject=str(folder),
        )


def _parsed(line: str) -> dict[str, Any] | None:
    try:
        value = json.loads(line)
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


def _settings(value: Mapping[str, Any]) -> Settings:
    return Settings(**{**value, "layouts": tuple(value["layouts"])})


def _done(row: Mapping[str, Any]) -> Done:
    parts = tuple(Part(**part) for part in row["parts"])
    return Done(row["shard"], row["digest"], row["counts"], row["rejected"], parts)


def _sum(tables: Iterable[Counts]) -> dict[str, int]:
    total = Counter[str]()
    for table in tables:
        total.update(table)
    return dict(sorted(total.items()))
