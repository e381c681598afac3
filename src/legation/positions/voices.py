"""Every position that somebody takes in a set of reports, one record each, with the words that show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from legation.records import Entity, Position, Report, Statement

Stance = Literal["for", "against", "mixed"]
Side = Literal["for", "against", "mixed", "silent"]
Level = Literal["speaker", "country"]


@dataclass(frozen=True, slots=True)
class Voice:
    """One position of one actor: on which option of which issue, on which day (None where unknown), in whose words.

    `actor` is the speaker's name, or with the level "country" the code of the state that the speaker belongs to. The
    offsets of `evidence` count in the text of the report with the id `article`.
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


def voices_of(reports: Iterable[Report], level: Level = "speaker") -> Iterator[Voice]:
    """The positions of all statements whose speaker is known, in the order of the reports.

    The day is that of the statement, where it was told, else that of publication. With the level "country" speakers
    without a country are left out.
    """
    for report in reports:
        entities = {entity.id: entity for entity in report.entities}
        published = _day(report.article.published)
        for statement in report.statements:
            speaker = entities.get(statement.speaker.entity or "") if statement.speaker else None
            if speaker is None or (level == "country" and speaker.country is None):
                continue
            day = _day(statement.date.value if statement.date else None) or published
            for position in statement.positions:
                yield _voice(report, statement, position, speaker, day, level)


def _voice(
    report: Report, statement: Statement, position: Position, speaker: Entity, day: date | None, level: Level
) -> Voice:
    of_state = level == "country"
    return Voice(
        actor=speaker.country if of_state and speaker.country else speaker.name,
        kind="state" if of_state else speaker.kind,
        country=speaker.country,
        role=None if of_state else speaker.role,
        affiliation=None if of_state else speaker.affiliation,
        issue=position.issue,
        option=position.option,
        stance=position.stance,
        day=day,
        article=report.article.id,
        title=report.article.title,
        source=report.article.source,
        url=report.article.url,
        statement=statement.id,
        act=statement.act,
        evidence=position.evidence.text,
        start=position.evidence.start,
        end=position.evidence.end,
        words=" … ".join(span.text for span in statement.content),
        confidence=statement.confidence,
    )


def _day(value: str | None) -> date | None:
    """A whole day; None for a week, a month, a year or nothing."""
    try:
        return date.fromisoformat(value) if value and len(value) == 10 else None
    except ValueError:
        return None


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
        dated = (since is None and until is None) or (
            voice.day is not None and (since is None or voice.day >= since) and (until is None or voice.day <= until)
        )
        return dated and voice.confidence >= least and issue in (None, voice.issue)

    return [voice for voice in voices if fits(voice)]


def in_order(voices: Iterable[Voice]) -> list[Voice]:
    """By day, those of unknown day last; within a day as they came."""
    return sorted(voices, key=lambda voice: voice.day or date.max)


def grouped(voices: Iterable[Voice], key: Callable[[Voice], tuple[str, ...]]) -> dict[tuple[str, ...], list[Voice]]:
    """Voices by a key, keys in order."""
    found: dict[tuple[str, ...], list[Voice]] = {}
    for voice in voices:
        found.setdefault(key(voice), []).append(voice)
    return dict(sorted(found.items()))
