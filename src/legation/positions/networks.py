"""The networks that positions make, as the Discourse Network Analyzer defines them (Leifeld, 2017, in The Oxford
Handbook of Political Networks): actors and options; actors who agree, and actors who differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Literal

from legation.positions.standing import Standing
from legation.positions.voices import Voice

Normalisation = Literal["none", "average", "jaccard", "cosine"]
Held = Mapping[tuple[str, str], frozenset[str]]
"""The stances, "for" and "against", that an actor was heard to take on each option (issue, option)."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors, `one` before `two` by name: on how many options they were heard on one side and on opposite sides.

    An option on which one of them was heard on both sides can count for both. `congruence`, `conflict` and their
    difference `balance` are these counts after normalisation.
    """

    one: str
    two: str
    same: int
    opposite: int
    congruence: float
    conflict: float

    @property
    def balance(self) -> float:
        """Congruence less conflict."""
        return self.congruence - self.conflict


def ties(table: Iterable[Standing], normalisation: Normalisation = "average") -> list[Tie]:
    """Every pair of actors who were both heard on some option, by name.

    An actor, an option and a side count once, however often it was said. "average" divides by the mean number of
    options on which the two were heard, "jaccard" by the number on which either was, "cosine" by the geometric mean.
    """
    held = _held(table)
    found = []
    for one, two in combinations(sorted(held), 2):
        shared = held[one].keys() & held[two].keys()
        same = sum(len(held[one][option] & held[two][option]) for option in shared)
        opposite = sum(_differ(held[one][option], held[two][option]) for option in shared)
        if same or opposite:
            by = _divisor(len(held[one]), len(held[two]), len(shared), normalisation)
            found.append(Tie(one, two, same, opposite, same / by, opposite / by))
    return found


def _held(table: Iterable[Standing]) -> dict[str, Held]:
    found: dict[str, dict[tuple[str, str], frozenset[str]]] = {}
    for standing in table:
        sides = frozenset(side for side in ("for", "against") if standing.count(side))
        if sides:
            found.setdefault(standing.actor, {})[standing.issue, standing.option] = sides
    return dict(found)


def _differ(one: frozenset[str], two: frozenset[str]) -> int:
    return ("for" in one and "against" in two) + ("against" in one and "for" in two)


def _divisor(one: int, two: int, shared: int, normalisation: Normalisation) -> float:
    if normalisation == "average":
        return (one + two) / 2
    if normalisation == "jaccard":
        return one + two - shared
    return math.sqrt(one * two) if normalisation == "cosine" else 1.0


def windows(voices: Sequence[Voice], months: int) -> Iterator[tuple[date, date, list[Voice]]]:
    """Stretches of so many months, from that of the first dated voice on: first day, the day behind the last, voices.

    Voices of unknown day are in none; a stretch in which nobody was heard is left out.
    """
    dated = sorted((v for v in voices if v.day is not None), key=lambda voice: voice.day or date.max)
    if not dated:
        return
    start = (dated[0].day or date.max).replace(day=1)
    while dated:
        stop = _months_later(start, months)
        own = [voice for voice in dated if voice.day is not None and voice.day < stop]
        if own:
            yield start, stop, own
        dated = dated[len(own) :]
        start = stop


def _months_later(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1) if number < 12 * (date.max.year + 1) else date.max
