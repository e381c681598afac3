"""What is found about an issue: the table, who moved, how divided they are, who agrees with whom, and all that over
time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from legation.positions.networks import Normalisation, Tie, ties, windows
from legation.positions.standing import Division, Move, Standing, divisions, moves, standings
from legation.positions.voices import Voice

MOST_TIED = 1000
"""Between how many actors ties are sought, those heard most; half a million pairs take some seconds."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of time, from its first day to the day behind its last, with what was heard in it."""

    start: date
    stop: date
    table: tuple[Standing, ...]
    divisions: tuple[Division, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything told of the voices on an issue. `windows` is empty unless it was asked for.

    `silent_ties` counts the named actors beyond the first `MOST_TIED`, of whom no ties are told.
    """

    voices: tuple[Voice, ...]
    table: tuple[Standing, ...]
    moves: tuple[Move, ...]
    divisions: tuple[Division, ...]
    ties: tuple[Tie, ...]
    windows: tuple[Window, ...] = ()
    silent_ties: int = 0

    @property
    def actors(self) -> int:
        """How many actors were heard."""
        return len({voice.actor for voice in self.voices})

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day of which a voice is known; None without any."""
        known = [voice.day for voice in self.voices if voice.day is not None]
        return (min(known), max(known)) if known else None


def findings(voices: Sequence[Voice], normalisation: Normalisation = "average", months: int | None = None) -> Findings:
    """Everything about some voices; with `months` also for each stretch of so many months.

    Sources without a name ("officials", "some analysts") stand in the table alone: nobody can tell whether they are
    the same ones another day.
    """
    named = [voice for voice in voices if voice.kind != "unnamed"]
    of_named = standings(named)
    heard = Counter(voice.actor for voice in named)
    most = dict(heard.most_common(MOST_TIED))
    return Findings(
        voices=tuple(voices),
        table=tuple(standings(voices)),
        moves=tuple(moves(named)),
        divisions=tuple(divisions(of_named)),
        ties=tuple(ties([standing for standing in of_named if standing.actor in most], normalisation)),
        windows=tuple(_windows(voices, normalisation, months)) if months else (),
        silent_ties=len(heard) - len(most),
    )


def _windows(voices: Sequence[Voice], normalisation: Normalisation, months: int) -> list[Window]:
    found = []
    for start, stop, own in windows(voices, months):
        inside = findings(own, normalisation)
        found.append(Window(start, stop, inside.table, inside.divisions, inside.ties))
    return found
