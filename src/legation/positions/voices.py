"""Every position that somebody takes in a set of reports, one record each, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Literal

from legation.positions.said import Said, said_of, within
from legation.records import Position, Report
from legation.sureness import LEAST_CONFIDENCE, sure

Stance = Literal["for", "against", "mixed"]
Side = Literal["for", "against", "mixed", "silent"]
Level = Literal["speaker", "country"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One position of one actor: on which option of which issue, on which day (None where unknown), in whose words.

    `actor` is the speaker's name, or with the level "country" the code of the state that the speaker belongs to. The
    offsets of `evidence` count in the text of the report with the id `article`. `confidence` is that of the statement,
    `stance_confidence` that of the side, `whole_confidence` that of all of the position; each None where it has none.
    """

    actor: str
    kind: str
    country: str | None
    role: str | None
    affiliation: str | None
    issue: str
    option: str
    stance: Stance
    day: date | None
    article: str
    title: str | None
    source: str | None
    url: str | None
    statement: str
    act: str
    evidence: str
    start: int
    end: int
    words: str
    confidence: float
    stance_confidence: float | None = None
    whole_confidence: float | None = None


def voices_of(
    reports: Iterable[Report], level: Level = "speaker", confidence: float = LEAST_CONFIDENCE
) -> Iterator[Voice]:
    """The positions of all statements of reports, as `voices_in` gives them."""
    return voices_in(chain.from_iterable(map(said_of, reports)), level, confidence)


def voices_in(said: Iterable[Said], level: Level = "speaker", confidence: float = LEAST_CONFIDENCE) -> Iterator[Voice]:
    """The positions of all statements whose speaker is known, in their order; those whose issue and option are known,
    and whose side is of at least that confidence.

    With the level "country" speakers without a country are left out.
    """
    for one in said:
        actor = one.country if level == "country" else one.speaker
        if one.known and actor is not None:
            yield from (
                _voice(one, position, position.issue, position.option, actor, level)
                for position in sure(one.positions, confidence)
                if position.issue is not None and position.option is not None
            )


def _voice(said: Said, position: Position, issue: str, option: str, actor: str, level: Level) -> Voice:
    of_state = level == "country"
    return Voice(
        actor=actor,
        kind="state" if of_state else said.kind or "unnamed",
        country=said.country,
        role=None if of_state else said.role,
        affiliation=None if of_state else said.affiliation,
        issue=issue,
        option=option,
        stance=position.stance,
        day=said.day,
        article=said.article,
        title=said.title,
        source=said.source,
        url=said.url,
        statement=said.statement,
        act=said.act,
        evidence=position.evidence.text,
        start=position.evidence.start,
        end=position.evidence.end,
        words=said.content,
        confidence=said.confidence,
        stance_confidence=position.confidence,
        whole_confidence=position.whole_confidence,
    )


def chosen(
    voices: Iterable[Voice],
    *,
    issue: str | None = None,
    since: date | None = None,
    until: date | None = None,
    least: float = 0.0,
) -> list[Voice]:
    """The voices on an issue, from a day on and up to a day, inclusive, of at least a confidence.

    Where a day is asked for, voices of unknown day are left out.
    """

    def fits(voice: Voice) -> bool:
        return within(voice.day, since, until) and voice.confidence >= least and issue in (None, voice.issue)

    return [voice for voice in voices if fits(voice)]


def grouped(voices: Iterable[Voice], key: Callable[[Voice], tuple[str, ...]]) -> dict[tuple[str, ...], list[Voice]]:
    """Voices by a key, keys in order."""
    found: dict[tuple[str, ...], list[Voice]] = {}
    for voice in voices:
        found.setdefault(key(voice), []).append(voice)
    return dict(sorted(found.items()))
