"""Scores the codes of actors and recipients: of the parties that are found, how many have the code of the gold party.

A party is found where its event is (a word of the trigger, the type) and where its words share a character with it; of
several such it is held against the one that shares most. Gold codes are as PLOVER writes them: a state or body, then
sectors ("TUR.GOV"); the order of the sectors does not count, and "?" stands for a code that nobody could know.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evals.counts import Counts
from evals.events import overlap, paired
from legation.records import Entity, EntitySpan, Event, Report
from training.event_corpus import Sentence
from training.event_drafts import Event as GoldEvent
from training.event_drafts import Party

UNKNOWN = "?"


@dataclass(frozen=True, slots=True)
class CodesScore:
    """Parties found whose whole code, and whose state or body alone, is right; `kinds` counts whole codes by role."""

    codes: Counts
    countries: Counts
    roles: dict[str, Counts]


def score_codes(gold: Sequence[Sentence], reports: Sequence[Report]) -> CodesScore:
    """Scores reports, one a gold sentence, in the same order; parties without a gold code do not count."""
    codes, countries = Counts(), Counts()
    roles = {"actor": Counts(), "recipient": Counts()}
    for sentence, report in zip(gold, reports, strict=True):
        entities = {entity.id: entity for entity in report.entities}
        for role, party, found in parties_found(sentence, report):
            if party.code is None:
                continue
            wanted, given = _parts(party.code), code_of(entities.get(found.entity or ""))
            right = Counts(int(wanted == given), 1, 1)
            codes, roles[role] = codes + right, roles[role] + right
            countries += Counts(int(wanted[0] == given[0]), 1, 1)
    return CodesScore(codes, countries, roles)


def parties_found(sentence: Sentence, report: Report) -> Iterator[tuple[str, Party, EntitySpan]]:
    """Each gold party of an event that was found, with its role and the party of the report that it is held against."""
    for event, gold in paired(report.events, sentence.events, _is_found, _is_found):
        for role in ("actor", "recipient"):
            for party in getattr(gold, role):
                shared = [(_shared(party, span), span) for span in getattr(event, role)]
                most, found = max(shared, key=lambda one: one[0], default=(0, None))
                if found is not None and most > 0:
                    yield role, party, found


def code_of(entity: Entity | None) -> tuple[str, frozenset[str]]:
    """State or body ("" where open) and sectors of an entity, as they are compared."""
    return (entity.code or "", frozenset(entity.sectors)) if entity else ("", frozenset())


def _parts(code: str) -> tuple[str, frozenset[str]]:
    if code == UNKNOWN:
        return "", frozenset()
    first, *sectors = code.split(".")
    return first.replace(UNKNOWN, ""), frozenset(sectors)


def _is_found(event: Event, gold: GoldEvent) -> bool:
    return event.type == gold.type and overlap((event.trigger.start, event.trigger.end), gold.trigger)


def _shared(party: Party, span: EntitySpan) -> int:
    return min(party.span[1], span.end) - max(party.span[0], span.start)
