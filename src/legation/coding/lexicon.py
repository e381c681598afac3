"""The event lexicon: which PLOVER event a predicate's lemma tells, under which conditions.

The rules stand in `data/events.csv`, the word classes that their conditions name in `data/event_objects.csv`,
and PLOVER's types and modes with quad class, score and default CAMEO code in `data/plover.csv`; the heads of
these files explain every column. Types, modes and contexts follow the PLOVER manual, draft 0.8 (2021).
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast

from legation.errors import ModelError

Pos = Literal["V", "N"]
Domain = Literal["state", "any"]

CONTEXTS: Final = frozenset(
    "military intelligence executive legislative election political_institutions pro_democracy pro_autocracy "
    "economic legal reparations human_rights rights_freedoms repression human_security gender lgbt "
    "religion_ethnicity inequality diplomatic territory peacekeeping health asylum migration disasters "
    "natural_resource environment technology terrorism cbrn cyber misinformation crime corruption "
    "illegal_drugs trafficking".split()
)
SLOTS: Final = frozenset(
    "ARG0 ARG1 ARG2 ARG3 ARG4 in-ARG1 in-ARG2 modifier poss subject-of-governor - "
    "about across against along among around at back before behind belonging between by for from in into "
    "near of off on outside over through to toward towards under upon with".split()
)
EVENT_COLUMNS: Final = (
    "lemma pos particle object complement subject type mode actor recipient reciprocal needs_recipient "
    "contexts domain example example_actor example_recipient".split()
)
_YES: Final = ("", "yes")


@dataclass(frozen=True, slots=True)
class EventRule:
    """One row of `events.csv`: conditions, then what they tell.

    An empty `particles`, `objects`, `complements` or `subjects` asks nothing; members beginning with "@" are
    classes, and the object "-" asks that there be none. `mode` is None where words do not tell it. `actor`
    and `recipient` name slots in the order to try; ("-",) means that there is none.
    """

    lemma: str
    pos: Pos
    particles: tuple[str, ...]
    objects: tuple[str, ...]
    complements: tuple[str, ...]
    subjects: tuple[str, ...]
    type: str
    mode: str | None
    actor: tuple[str, ...]
    recipient: tuple[str, ...]
    reciprocal: bool
    needs_recipient: bool
    contexts: tuple[str, ...]
    domain: Domain
    example: str
    example_actor: str
    example_recipients: tuple[str, ...]
    line: int

    @property
    def conditions(self) -> tuple[tuple[str, ...], ...]:
        """The conditions that ask something, in the order particle, object, complement, subject."""
        return tuple(cell for cell in (self.particles, self.objects, self.complements, self.subjects) if cell)


@dataclass(frozen=True, slots=True)
class PloverMode:
    """One row of `plover.csv`; `mode` is None for the type alone. `score` runs from -10 (conflict) to 10."""

    type: str
    mode: str | None
    quad: str
    score: float
    cameo: str


@dataclass(frozen=True, slots=True)
class Plover:
    """PLOVER's types and modes."""

    modes: Mapping[tuple[str, str | None], PloverMode]

    def quad(self, type: str) -> str:
        """The quad class of a type, such as "verbal conflict"."""
        return self._row(type, None).quad

    def score(self, type: str, mode: str | None = None) -> float:
        """The conflict-cooperation score of a type, or of one of its modes."""
        return self._row(type, mode).score

    def cameo(self, type: str, mode: str | None = None) -> str:
        """The default CAMEO code, two to four digits, of a type or of one of its modes."""
        return self._row(type, mode).cameo

    def _row(self, type: str, mode: str | None) -> PloverMode:
        try:
            return self.modes[type, mode]
        except KeyError:
            name = f"{type} {mode}" if mode else type
            raise ModelError(f"PLOVER has no {name}.", subject=name) from None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rules by lemma and part of speech, the word classes, and PLOVER's table."""

    rules: Mapping[tuple[str, str], tuple[EventRule, ...]]
    classes: Mapping[str, frozenset[str]]
    plover: Plover
    _classes_of: Mapping[str, frozenset[str]] = field(repr=False)

    def rules_for(self, lemma: str, pos: str) -> tuple[EventRule, ...]:
        """The rules of a lemma, most specific first; empty without any.

        More conditions come before fewer, then those that admit fewer words, then the table's order.
        """
        return self.rules.get((lemma.lower(), pos), ())

    def object_classes(self, lemma: str) -> frozenset[str]:
        """The classes, each with its "@", that a lemma belongs to."""
        return self._classes_of.get(lemma.lower(), frozenset())


@cache
def load_rules() -> Lexicon:
    """The shipped lexicon, read once. Raises ModelError that names file and line where a table is wrong."""
    return build_lexicon(*(_shipped(name) for name in ("events.csv", "event_objects.csv", "plover.csv")))


def build_lexicon(events: str, objects: str, plover: str) -> Lexicon:
    """A lexicon from the contents of the three tables. Raises ModelError that names file and line."""
    table = Plover({(row.type, row.mode): row for row in _plover_rows(plover)})
    classes = _read_classes(objects)
    grouped: dict[tuple[str, str], list[EventRule]] = {}
    for rule in _event_rules(events, table, classes):
        grouped.setdefault((rule.lemma, rule.pos), []).append(rule)
    sizes = {name: len(lemmas) for name, lemmas in classes.items()}
    ordered = {key: _in_order(rules, sizes) for key, rules in grouped.items()}
    return Lexicon(ordered, classes, table, _inverted(classes))


def _shipped(name: str) -> str:
    return files("legation").joinpath("data", name).read_text(encoding="utf-8")


def _wrong(file: str, line: int, what: str) -> ModelError:
    return ModelError(f"{file}, line {line}: {what}.", subject=f"{file}:{line}")


def _rows(text: str, file: str, columns: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the head, each with its line number in the file, counted from 1."""
    lines = text.splitlines()
    start = next((at for at, line in enumerate(lines) if not line.startswith("#")), len(lines))
    expected = list(columns)
    for line, row in enumerate(csv.reader(lines[start:]), start + 1):
        if len(row) != len(expected):
            raise _wrong(file, line, f"has {len(row)} cells where {len(expected)} are due")
        if line > start + 1:
            yield line, row
        elif row != expected:
            raise _wrong(file, line, f"the columns must be {', '.join(expected)}")


def _plover_rows(text: str) -> Iterator[PloverMode]:
    columns = ("type", "mode", "quad", "score", "cameo")
    for line, (type_, mode, quad, score, cameo) in _rows(text, "plover.csv", columns):
        if not (cameo.isdigit() and 2 <= len(cameo) <= 4):
            raise _wrong("plover.csv", line, f"{cameo!r} is no CAMEO code of 2 to 4 digits")
        try:
            value = float(score)
        except ValueError:
            raise _wrong("plover.csv", line, f"{score!r} is no score") from None
        yield PloverMode(type_, mode or None, quad, value, cameo)


def _read_classes(text: str) -> dict[str, frozenset[str]]:
    members: dict[str, set[str]] = {}
    for line, (name, lemma) in _rows(text, "event_objects.csv", ("class", "lemma")):
        if not name.startswith("@") or not lemma or lemma != lemma.lower():
            raise _wrong("event_objects.csv", line, "needs a class that begins with @, a lemma in lower case")
        if lemma in members.setdefault(name, set()):
            raise _wrong("event_objects.csv", line, f"{name} has {lemma!r} already")
        members[name].add(lemma)
    return {name: frozenset(lemmas) for name, lemmas in members.items()}


def _inverted(classes: Mapping[str, frozenset[str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, lemmas in classes.items():
        for lemma in lemmas:
            found.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in found.items()}


def _event_rules(text: str, plover: Plover, classes: Mapping[str, frozenset[str]]) -> Iterator[EventRule]:
    seen: dict[tuple[str, ...], int] = {}
    known = _Names(SLOTS, CONTEXTS, classes.keys())
    for line, row in _rows(text, "events.csv", EVENT_COLUMNS):
        fault = _fault(row, plover) or known.unknown_in(row)
        if fault:
            raise _wrong("events.csv", line, fault)
        if (first := seen.setdefault(tuple(row[:6]), line)) != line:
            raise _wrong("events.csv", line, f"asks the same as line {first}")
        yield _rule(line, row)


@cache
def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _rule(line: int, row: list[str]) -> EventRule:
    """A checked row as a rule; arguments stand in the columns' order: naming them costs time."""
    lemma, pos, particle, object_, complement, subject, type_, mode, actor, recipient = row[:10]
    reciprocal, needs, contexts, domain, example, example_actor, example_recipient = row[10:]
    return EventRule(
        lemma,
        cast(Pos, pos),
        _split(particle),
        _split(object_),
        _split(complement),
        _split(subject),
        type_,
        mode or None,
        _split(actor),
        _split(recipient),
        reciprocal == "yes",
        needs == "yes",
        _split(contexts),
        cast(Domain, domain),
        example,
        example_actor,
        _split(example_recipient),
        line,
    )


def _fault(row: list[str], plover: Plover) -> str | None:
    """What is wrong with a row, as the end of a sentence; None when nothing is."""
    lemma, pos, type_, mode, domain = row[0], row[1], row[6], row[7], row[13]
    if not lemma or lemma != lemma.lower():
        return f"{lemma!r} is no lemma in lower case"
    if pos not in ("V", "N") or domain not in ("state", "any") or row[10] not in _YES or row[11] not in _YES:
        return "needs pos V or N, domain state or any, and yes or nothing for reciprocal and needs_recipient"
    if (type_, mode or None) not in plover.modes:
        return f"PLOVER has no {type_} {mode}".rstrip()
    if not row[8] or not row[9] or (row[11] and row[9] == "-"):
        return "needs slots for actor and recipient"
    return None


class _Names:
    """The names that cells may hold. Cells found sound are remembered, since few of them differ."""

    def __init__(self, slots: Collection[str], contexts: Collection[str], classes: Collection[str]) -> None:
        self._slots, self._contexts, self._classes = slots, contexts, classes
        self._sound: set[tuple[str, str]] = set()

    def unknown_in(self, row: list[str]) -> str | None:
        """The first unknown name of a row, as the end of a sentence; None when all are known."""
        pairs = [("class", cell) for cell in row[3:6] if "@" in cell]
        pairs += [("slot", row[8]), ("slot", row[9]), ("PLOVER context", row[12])]
        for kind, cell in pairs:
            if (kind, cell) not in self._sound:
                for name in _split(cell):
                    if not self._knows(kind, name):
                        return f"event_objects.csv has no {name}" if kind == "class" else f"{name!r} is no {kind}"
                self._sound.add((kind, cell))
        return None

    def _knows(self, kind: str, name: str) -> bool:
        if kind == "class":
            return not name.startswith("@") or name in self._classes
        return name in (self._slots if kind == "slot" else self._contexts)


def _in_order(rules: list[EventRule], sizes: Mapping[str, int]) -> tuple[EventRule, ...]:
    """Most specific first; the sort is stable, so equal rules keep the table's order."""
    if len(rules) > 1:
        rules.sort(key=lambda rule: _breadth(rule.conditions, sizes))
    return tuple(rules)


def _breadth(conditions: tuple[tuple[str, ...], ...], sizes: Mapping[str, int]) -> tuple[int, int]:
    """Fewer conditions are broader, then more words that they admit together."""
    return -len(conditions), sum(sizes.get(name, 1) for cell in conditions for name in cell)
