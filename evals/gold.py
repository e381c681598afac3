"""Finds the gold files, proves that they are the ones the floors were pinned with, and reads them."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class GoldError(Exception):
    """A gold file is missing or is another one than was pinned; `str(error)` is a sentence for the user."""


def corpora_folder() -> Path:
    """The folder that holds the gold files: CORPORA from the environment, else `../shared/corpora`."""
    return Path(os.environ.get("CORPORA", "../shared/corpora"))


def proven_file(folder: Path, name: str, sha256: str) -> Path:
    """Path of the file `name` below `folder`, its SHA-256 proven. Raises GoldError."""
    path = folder / name
    if not path.is_file():
        raise GoldError(
            f"The gold file {path} is missing. Set CORPORA to the folder that holds {name}, then run again."
        )
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != sha256:
        raise GoldError(
            f"The gold file {path} is not the one the floors were pinned with: "
            f"its SHA-256 is {found[:12]}..., not {sha256[:12]}...."
        )
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """All records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read_words(path: Path) -> Iterator[list[list[str]]]:
    """The ten columns of every syntactic word, a list a sentence, of a gzipped CoNLL-U file.

    Comments, multiword tokens (1-2) and empty nodes (1.1) are left out.
    """
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for stanza in stream.read().split("\n\n"):
            rows = [line.split("\t") for line in stanza.splitlines() if not line.startswith("#")]
            words = [row for row in rows if row[0].isdigit()]
            if words:
                yield words
