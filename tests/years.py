"""Reports of the two invented years of corpus/positions/years, made of their gold positions alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from factories import MODEL, Words, make_article, make_entity

from legation.records import Entity, EntityKind, EntitySpan, Position, Report, Span, Statement

YEARS = Path(__file__).parent.parent / "corpus" / "positions" / "years"
STATES = {"Armenia": "ARM", "Azerbaijan": "AZE", "Turkey": "TUR", "United States": "USA"}
BODIES = {
    "Iranian Foreign Ministry": "IRN",
    "Turkish Foreign Ministry": "TUR",
    "Federation of Energy and Chemical Workers": "ITA",
}
ROLES = {
    "Henrike Volkmuth": ("foreign minister", "DEU"),
    "Elnur Mahmudbeyli": ("foreign minister", "AZE"),
    "Rauf Isgandarli": ("defence minister", "AZE"),
    "Arsen Melkumyan": ("prime minister", "ARM"),
    "Ruben Aghabalyan": (None, "ARM"),
    "Marit Vandersloot": ("foreign policy chief", None),
}


def gold() -> list[dict[str, Any]]:
    """The positions as they were marked."""
    return [json.loads(line) for line in (YEARS / "gold.jsonl").read_text(encoding="utf-8").splitlines()]


def expected_moves() -> list[dict[str, Any]]:
    """The changes of side that follow."""
    found: list[dict[str, Any]] = json.loads((YEARS / "moves.json").read_text(encoding="utf-8"))
    return found


@cache
def year_reports() -> tuple[Report, ...]:
    """A report of each of the 64 articles; a statement is one position's evidence."""
    return tuple(_report(path) for path in sorted(YEARS.glob("[0-9]*.txt")))


def _report(path: Path) -> Report:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    known: Mapping[str, str] = dict(line.split(": ", 1) for line in head.splitlines())
    own = [row for row in gold() if row["article"] == path.stem]
    speakers = {name: f"n{number}" for number, name in enumerate(dict.fromkeys(row["speaker"] for row in own), 1)}
    article = make_article(
        body, id=path.stem, title=known["TITLE"], published=known["DATE"], source=known.get("SOURCE")
    )
    return Report(
        article, MODEL, body, _sentences(body), tuple(_entity(id, name) for name, id in speakers.items()),
        statements=tuple(_statement(f"s{n}", row, speakers, Words(body)) for n, row in enumerate(own, 1)),
    )  # fmt: skip


def _entity(id: str, name: str) -> Entity:
    kind: EntityKind = "state" if name in STATES else "organization" if name in BODIES else "person"
    role, country = ROLES.get(name, (None, STATES.get(name) or BODIES.get(name)))
    return make_entity(id, name, kind, country=country, role=role)


def _statement(id: str, row: Mapping[str, str], speakers: Mapping[str, str], words: Words) -> Statement:
    evidence = words.span(row["evidence"])
    first = evidence.text.split()[0]
    position = Position(row["issue"], row["option"], row["stance"], evidence)  # type: ignore[arg-type]
    return Statement(
        id, EntitySpan(speakers[row["speaker"]], evidence.start, evidence.start + len(first), first),
        Span(evidence.start, evidence.start + len(first), first), (evidence,), "indirect", "state", None, None, None,
        (position,), 0.9,
    )  # fmt: skip


def _sentences(body: str) -> tuple[tuple[int, int], ...]:
    """Each paragraph as one sentence, which is enough for a context."""
    edges, position = [], 0
    for line in body.splitlines(keepends=True):
        if line.strip():
            edges.append((position, position + len(line.rstrip())))
        position += len(line)
    return tuple(edges)
