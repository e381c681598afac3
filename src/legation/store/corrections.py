"""What judgements make of events and statements: pure functions from rows as they were read to those that are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from legation.store.rows import EventRow, Name, PartyRow, StatementRow

ON_STATEMENTS = ("speaker", "stance")
"""The kinds of judgements that are on statements; all others but "same-person" are on events."""
_JUDGED = {"confidence": None, "whole_confidence": None}
"""What was judged has no confidence, and so is always shown."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A judgement that counts: its number, what is wrong, and what is right."""

    id: int
    kind: str
    given: Mapping[str, Any]


def corrected_event(event: EventRow, corrections: Sequence[Correction]) -> EventRow | None:
    """An event as it is judged, later judgements upon earlier ones; None where it was judged to be none."""
    for one in corrections:
        if one.kind == "not-event":
            return None
        if one.kind == "type":
            event = replace(event, row={**event.row, **one.given})
        elif one.kind in ("actor", "recipient"):
            event = replace(event, parties=_with_parties(event.parties, one.kind, one.given["parties"]))
    return event


def _with_parties(parties: Sequence[PartyRow], role: str, given: Sequence[Mapping[str, Any]]) -> tuple[PartyRow, ...]:
    """The participants with others in one role. One that was there before keeps its words."""
    before = {party.name: party for party in parties if party.role == role}
    new = [Name(**one) for one in given]
    right = [before.get(name) or PartyRow(role, name, 0, 0, "") for name in new]
    others = [party for party in parties if party.role != role]
    return (*right, *others) if role == "actor" else (*others, *right)


def corrected_statement(said: StatementRow, corrections: Sequence[Correction]) -> StatementRow:
    """A statement as it is judged, later judgements upon earlier ones."""
    for one in corrections:
        if one.kind == "speaker":
            given = one.given["speaker"]
            about_other = ("role", "affiliation", "start", "end", "text")
            unknown = {f"speaker_{fact}": None for fact in about_other}
            said = replace(said, speaker=Name(**given) if given else None, row={**said.row, **unknown})
        elif one.kind == "stance":
            said = replace(said, positions=_with_stance(said, one.given))
    return said


def _with_stance(said: StatementRow, given: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    """The positions with one on the option changed, added (with the statement's own words) or, for None, taken away."""
    key = (given["issue"], given["option"])
    kept: list[dict[str, Any]] = []
    found = False
    for position in said.positions:
        if (position["issue"], position["option"]) != key:
            kept.append(position)
        elif given["stance"] is not None:
            found = True
            kept.append({**position, "stance": given["stance"], **_JUDGED})
    if given["stance"] is not None and not found:
        row = said.row
        kept.append(
            {
                "issue": key[0],
                "option": key[1],
                "stance": given["stance"],
                "evidence_start": row["cue_start"],
                "evidence_end": row["cue_end"],
                "evidence_text": row["cue_text"],
                "day_order": row["day_order"],
                **_JUDGED,
            }
        )
    return tuple({**position, "number": number} for number, position in enumerate(kept))


def groups_of(pairs: Sequence[tuple[int, int]]) -> dict[int, int]:
    """The first of the numbers that are joined with each, in any way."""
    parent: dict[int, int] = {}

    def root(one: int) -> int:
        while parent.setdefault(one, one) != one:
            one = parent[one]
        return one

    for one, other in pairs:
        first, second = sorted((root(one), root(other)))
        parent[second] = first
    return {one: root(one) for one in parent}
