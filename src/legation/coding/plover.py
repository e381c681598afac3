"""PLOVER's own facts: quad class and score of each type and mode, and the CAMEO code an event would have had.

`data/plover.csv` gives a default code for every type and mode, `data/cameo.csv` finer ones by context,
`data/cameo_words.csv` those that a trigger's word tells, and `data/cameo_status.csv` those of what is coming or was not
done; all say where they come from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product

from legation.records import Status
from legation.shipped import read_table

Codes = dict[tuple[str, ...], str]
"""CAMEO codes by what names a row of a table."""


@dataclass(frozen=True, slots=True)
class PloverMode:
    """A type with one of its modes, or alone: its quad class, score from -10 to 10, and default CAMEO code."""

    quad: str
    score: float
    cameo: str


@dataclass(frozen=True, slots=True)
class CameoCode:
    """A CAMEO code and the row of a table that gave it, as "cameo.csv: AID, , military"."""

    code: str
    row: str


@dataclass(frozen=True, slots=True)
class Plover:
    """The tables, by type and mode; `finer` by context, `told` by the trigger's lemma, `undone` by context and status.

    Mode "" is the type alone, context "" none.
    """

    modes: dict[tuple[str, str], PloverMode]
    finer: Codes
    told: Codes
    undone: Codes

    def of(self, type: str, mode: str | None) -> PloverMode:
        """The facts of a mode, or of its type where the manual has none of the mode. Raises KeyError for no type."""
        return self.modes.get((type, mode or "")) or self.modes[type, ""]

    def cameo(
        self, type: str, mode: str | None, contexts: tuple[str, ...], status: Status = "actual", lemma: str = ""
    ) -> CameoCode:
        """The code by status where the event was not done; else by the trigger's lemma, by contexts, or by mode."""
        both = tuple(dict.fromkeys((mode or "", "")))
        if status in ("actual", "historical"):
            special = _row("cameo_words.csv", self.told, type, both, [(lemma.lower(),)])
        else:
            undone = "future" if status == "hypothetical" else status
            special = _row("cameo_status.csv", self.undone, type, both, [(c, undone) for c in (*contexts, "")])
        own = both[:1] if self._is_finer(type, mode) else both
        plain = CameoCode(self.of(type, mode).cameo, f"plover.csv: {type}, {mode or ''}")
        return special or _row("cameo.csv", self.finer, type, own, [(c,) for c in contexts]) or plain

    def _is_finer(self, type: str, mode: str | None) -> bool:
        """Whether a mode has a code that its type alone does not have."""
        return bool(mode) and self.of(type, mode).cameo != self.of(type, None).cameo


@cache
def load_plover() -> Plover:
    """The shipped tables. Raises ModelError where one is damaged."""
    modes = {
        (row["type"], row["mode"]): PloverMode(row["quad"], float(row["score"]), row["cameo"])
        for row in read_table("plover.csv")
    }
    return Plover(
        modes,
        _codes("cameo.csv", "context"),
        _codes("cameo_words.csv", "words"),
        _codes("cameo_status.csv", "context", "status"),
    )


def _codes(file: str, *columns: str) -> Codes:
    """The codes of a table by type, mode and further columns, in which several values stand between bars."""
    return {
        (row["type"], row["mode"], *values): row["cameo"]
        for row in read_table(file)
        for values in product(*(row[column].split("|") for column in columns))
    }


def _row(
    file: str, table: Codes, type: str, modes: Sequence[str], tails: Sequence[tuple[str, ...]]
) -> CameoCode | None:
    """The first row of a table that there is, the modes in order and for each what else names the row."""
    for key in ((type, mode, *tail) for mode in modes for tail in tails):
        if key in table:
            return CameoCode(table[key], f"{file}: {', '.join(key)}")
    return None
