"""Who stands where: the table of actors and options, who moved and when, and how divided they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from legation.positions.said import in_time
from legation.positions.voices import Side, Voice, grouped


@dataclass(frozen=True, slots=True)
class Standing:
    """What one actor said of one option: how often for, against and on both sides, from which day to which.

    `voices` are in order of their days.
    """

    actor: str
    issue: str
    option: str
    voices: tuple[Voice, ...]

    def count(self, stance: str) -> int:
        """How many of the voices take that stance."""
        return sum(voice.stance == stance for voice in self.voices)

    @property
    def side(self) -> Side:
        """The side that is taken more often; "mixed" where neither is."""
        lead = self.count("for") - self.count("against")
        return "for" if lead > 0 else "against" if lead < 0 else "mixed"

    @property
    def days(self) -> tuple[date | None, date | None]:
        """The first and the last day of which a voice is known."""
        known = [voice.day for voice in self.voices if voice.day is not None]
        return (min(known), max(known)) if known else (None, None)


@dataclass(frozen=True, slots=True)
class Move:
    """An actor who stood on one side of an option and then on the other: the last voice before and the first after."""

    before: Voice
    after: Voice


@dataclass(frozen=True, slots=True)
class Division:
    """How divided the actors are over an option: how many are for it, against it, and on neither side, and the figure.

    `polarisation` is the index of Reynal-Querol (2002, Journal of Conflict Resolution 46, 29-54), four times the sum of
    s²(1-s) over the shares s of the three camps, each actor one voice: 0 where all are in one camp, 1 where two camps
    are equally large.
    """

    issue: str
    option: str
    for_it: int
    against: int
    neither: int
    polarisation: float


def standings(voices: Iterable[Voice]) -> list[Standing]:
    """The table actor x option: by issue, option, then who speaks most."""
    by_cell = grouped(voices, lambda voice: (voice.issue, voice.option, voice.actor))
    found = [Standing(actor, issue, option, tuple(in_time(own))) for (issue, option, actor), own in by_cell.items()]
    return sorted(found, key=lambda s: (s.issue, s.option, -len(s.voices), s.actor))


def moves(voices: Iterable[Voice]) -> list[Move]:
    """Every change of side, in order of the day it is first seen.

    Only dated voices for or against count; an actor heard on both sides on one day has not moved on it.
    """
    found = []
    for own in grouped(_sided(voices), lambda voice: (voice.issue, voice.option, voice.actor)).values():
        days = _one_side_a_day(in_time(own))
        found += [Move(a[-1], b[0]) for a, b in pairwise(days) if a[0].stance != b[0].stance]
    return sorted(found, key=lambda move: (move.after.day or date.max, move.after.actor))


def _sided(voices: Iterable[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.day is not None and voice.stance != "mixed"]


def _one_side_a_day(voices: Sequence[Voice]) -> list[list[Voice]]:
    """The voices of each day on which one side alone was taken."""
    days: dict[date | None, list[Voice]] = {}
    for voice in voices:
        days.setdefault(voice.day, []).append(voice)
    return [own for own in days.values() if len({voice.stance for voice in own}) == 1]


def divisions(table: Iterable[Standing]) -> list[Division]:
    """How divided the actors are over each option, in order of issue and option."""
    camps: dict[tuple[str, str], Counter[str]] = {}
    for standing in table:
        camps.setdefault((standing.issue, standing.option), Counter())[standing.side] += 1
    return [
        Division(issue, option, own["for"], own["against"], own["mixed"], polarisation(own.values()))
        for (issue, option), own in sorted(camps.items())
    ]


def polarisation(camps: Iterable[int]) -> float:
    """The index of Reynal-Querol of the sizes of camps, 0 to 1; 0 where there is nobody."""
    sizes = [size for size in camps if size]
    whole = sum(sizes)
    return 4 * sum((size / whole) ** 2 * (1 - size / whole) for size in sizes) if whole else 0.0
