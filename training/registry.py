"""Compiles the indexes of the shipped tables of names, so that reading one article need not read every row.

    python -m training.registry

writes `names.index` (states and bodies by the pieces of their names) and `leaders.index` (office holders by the
letters of theirs) into the package: a line for a key, then a line with the rows it leads to. docs/decisions/0019 says
what was measured. Run it after any change of countries.csv, organizations.csv, not_actors.csv or leaders.csv.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from legation.coding.leaders import compile_leaders
from legation.coding.tables import compile_names

DATA = Path(str(files("legation") / "data"))


def text_of(index: Mapping[str, str]) -> str:
    """An index as its file holds it."""
    return "\n".join(line for pair in sorted(index.items()) for line in pair)


def write(folder: Path = DATA) -> None:
    """Writes both indexes into a folder."""
    (folder / "names.index").write_text(text_of(compile_names()), encoding="utf-8", newline="\n")
    (folder / "leaders.index").write_text(text_of(compile_leaders()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
