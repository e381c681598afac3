"""Compiles the indexes of the shipped tables of names and of issues, so that one article need not read every row.

    python -m training.registry

writes `names.index` (states and bodies by the pieces of their names) and `leaders.index` (office holders by the
letters of theirs) into the package: a line for a key, then a line with the rows it leads to; docs/decisions/0019 says
what was measured. `issues.index` has the terms of the issues (`legation.positions.library` explains its lines). Run it
after any change of countries.csv, organizations.csv, not_actors.csv, leaders.csv, issues.toml or word_shares.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from legation.coding.leaders import compile_leaders
from legation.coding.tables import compile_names
from legation.positions.issues import load_issues
from legation.positions.library import pack

DATA = Path(str(files("legation") / "data"))


def text_of(index: Mapping[str, str]) -> str:
    """An index as its file holds it."""
    return "\n".join(line for pair in sorted(index.items()) for line in pair)


def write(folder: Path = DATA) -> None:
    """Writes all indexes into a folder."""
    texts = {
        "names.index": text_of(compile_names()),
        "leaders.index": text_of(compile_leaders()),
        "issues.index": "\n".join(pack(load_issues().values())),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
