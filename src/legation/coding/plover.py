"""PLOVER's own facts: quad class and score of each type and mode, and the CAMEO code an event would have had.

`data/plover.csv` gives a default code for every type and mode, `data/cameo.csv` finer ones by context,
`data/cameo_words.csv` those that a trigger's word tells, and `data/cameo_status.csv` those of what is coming or was not
done; all say where they come from.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from legation.coding.tables import parse_rows
from legation.records import Status


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
    finer: dict[tuple[str, str, str], str]
    told: dict[tuple[str, str, str], str]
    undone: dict[tuple[str, str, str, str], str]

    def of(self, type: str, mode: str | None) -> PloverMode:
        """The facts of a mode, or of its type where the manual has none of the mode. Raises KeyError for no type."""
        return self.modes.get((type, mode or "")) or self.modes[type, ""]

    def cameo(
        self, type: str, mode: str | None, contexts: tuple[str, ...], status: Status = "actual", lemma: str = ""
    ) -> CameoCode:
        """The code by status where the event was not done; else by the trigger's lemma, by contexts, or by mode."""
        if status in ("actual", "historical"):
            return self._by_word(type, mode, lemma.lower()) or self._by_context(type, mode, contexts)
        undone = "future" if status == "hypothetical" else status
        return self._by_status(type, mode, contexts, undone) or self._by_context(type, mode, contexts)

    def _by_status(self, type: str, mode: str | None, contexts: tuple[str, ...], status: str) -> CameoCode | None:
        for own in dict.fromkeys((mode or "", "")):
            for context in (*contexts, ""):
                code = self.undone.get((type, own, context, status))
                if code is not None:
                    return CameoCode(code, f"cameo_status.csv: {type}, {own}, {context}, {status}")
        return None

    def _by_word(self, type: str, mode: str | None, lemma: str) -> CameoCode | None:
        for own in dict.fromkeys((mode or "", "")):
            if (type, own, lemma) in self.told:
                return CameoCode(self.told[type, own, lemma], f"cameo_words.csv: {type}, {own}, {lemma}")
        return None

    def _by_context(self, type: str, mode: str | None, contexts: tuple[str, ...]) -> CameoCode:
        for own in dict.fromkeys((mode or "", "")):
            for context in contexts:
                code = self.finer.get((type, own, context))
                if code is not None and (own or not self._is_finer(type, mode)):
                    return CameoCode(code, f"cameo.csv: {type}, {own}, {context}")
        return CameoCode(self.of(type, mode).cameo, f"plover.csv: {type}, {mode or ''}")

    def _is_finer(self, type: str, mode: str | None) -> bool:
        """Whether a mode has a code that its type alone does not have."""
        return bool(mode) and self.of(type, mode).cameo != self.of(type, None).cameo


@cache
def load_plover() -> Plover:
    """The shipped tables. Raises ModelError where one is damaged."""
    modes = {
        (row["type"], row["mode"]): PloverMode(row["quad"], float(row["score"]), row["cameo"])
        for row in _rows("plover.csv")
    }
    finer = {(row["type"], row["mode"], row["context"]): row["cameo"] for row in _rows("cameo.csv")}
    told = {
        (row["type"], row["mode"], word): row["cameo"]
        for row in _rows("cameo_words.csv")
        for word in row["words"].split("|")
    }
    undone = {
        (row["type"], row["mode"], row["context"], row["status"]): row["cameo"] for row in _rows("cameo_status.csv")
    }
    return Plover(modes, finer, told, undone)


def _rows(file: str) -> list[dict[str, str]]:
    text = (files("legation") / "data" / file).read_text(encoding="utf-8")
    return list(parse_rows(text.splitlines(), file))
