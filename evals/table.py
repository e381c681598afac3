"""The floors, and the table of figures that is held against them; plain aligned Markdown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from evals.counts import Counts
from evals.gold import proven_file

Verdict = Literal["aim met", "met", "BELOW", ""]


@dataclass(frozen=True, slots=True)
class Target:
    """What one figure is called, and what it must and what it should reach, from 0 to 100; None is no bar."""

    key: str
    set: str
    title: str
    floor: float | None
    aim: float | None

    def verdict(self, figure: float) -> Verdict:
        """Whether the figure, as precise as it is shown, reaches the floor and the aim."""
        shown = round(figure, 2)
        if self.floor is not None and shown < self.floor:
            return "BELOW"
        if self.aim is not None and shown >= self.aim:
            return "aim met"
        return "met" if self.floor is not None else ""


@dataclass(frozen=True, slots=True)
class Floors:
    """The gold files, as (path below the corpora, SHA-256) by name, and the figures in their order."""

    gold: dict[str, tuple[str, str]]
    targets: tuple[Target, ...]

    def proven(self, folder: Path) -> dict[str, Path]:
        """The paths of the gold files, every checksum proven. Raises GoldError."""
        return {key: proven_file(folder, name, sha256) for key, (name, sha256) in self.gold.items()}


def load_floors(path: Path) -> Floors:
    """Reads `floors.toml`."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    gold = {key: (entry["path"], entry["sha256"]) for key, entry in table["gold"].items()}
    targets = tuple(
        Target(key, table["sets"][key.split(".")[0]], entry["title"], entry.get("floor"), entry.get("aim"))
        for key, entry in table["figures"].items()
    )
    return Floors(gold, targets)


def below(targets: Sequence[Target], figures: Mapping[str, float]) -> list[Target]:
    """The targets whose floor is not reached."""
    return [target for target in targets if target.verdict(figures[target.key]) == "BELOW"]


# ---------------------------------------------------------------- rendering


def render_figures(
    targets: Sequence[Target], figures: Mapping[str, float], compared: Mapping[str, float] | None = None
) -> str:
    """The table of all figures. With `compared`, the float model's stand beside them, and the differences."""
    header = ["set", "figure", "value", "floor", "aim", "result"]
    if compared is not None:
        header += ["float model", "difference"]
    rows = [_row(target, figures[target.key], compared) for target in targets]
    return _render([header, *rows], words=2)


def _row(target: Target, figure: float, compared: Mapping[str, float] | None) -> list[str]:
    row = [target.set, target.title, f"{figure:.2f}", _bar(target.floor), _bar(target.aim)]
    row.append(target.verdict(figure))
    if compared is not None:
        other = compared.get(target.key)
        row += ["", ""] if other is None else [f"{other:.2f}", f"{figure - other:+.2f}"]
    return row


def _bar(bar: float | None) -> str:
    return "" if bar is None else f"{bar:.1f}"


def render_counts(counts: Mapping[str, Counts]) -> str:
    """A table of precision, recall and F1, a line a label, with the size of the gold standard."""
    header = ["", "precision", "recall", "F1", "gold", "predicted"]
    rows = [
        [label, *(f"{100 * share:.2f}" for share in (one.precision, one.recall, one.f1)),
         str(one.gold), str(one.predicted)]
        for label, one in counts.items()
    ]  # fmt: skip
    return _render([header, *rows], words=1)


def render_numbers(numbers: Mapping[str, int]) -> str:
    """A table of plain numbers, a line a label."""
    return _render([["", "number"], *([label, str(number)] for label, number in numbers.items())], words=1)


def _render(rows: Sequence[Sequence[str]], words: int) -> str:
    """Aligned Markdown; the first `words` columns hold words and stand left, the others right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    rule = ["-" * width if at < words else "-" * (width - 1) + ":" for at, width in enumerate(widths)]
    return "\n".join(
        "| " + " | ".join(
            cell.ljust(width) if at < words else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ) + " |"
        for row in (rows[0], rule, *rows[1:])
    )  # fmt: skip
