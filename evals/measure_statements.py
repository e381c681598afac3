"""Measures statements: whole attributions of GUM, who speaks in our articles, what is done and held in our corpus."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.attribution import AttributedArticle, frame_spans, statement_spans
from evals.counts import Counts, calibration_error
from evals.measure import Coder, Measures
from evals.reading import Reader
from evals.speakers import UNREAD, MarkedArticle, SpeakersScore, load_speakers, score_speakers
from evals.stances import StanceScore, macro_f1, score_stances
from evals.whole import load_gum, score_whole, with_clauses
from legation.records import Text
from legation.sureness import sure_report
from training.position_corpus import Record
from training.position_corpus import read as read_positions

LIKELY = 0.6
"""The confidence in a whole position from which one may be taken as it is told."""


@dataclass(frozen=True, slots=True)
class StatementGold:
    """GUM's attributions, our articles with marked speakers, and the test part of our corpus of positions."""

    gum: list[AttributedArticle]
    speakers: list[MarkedArticle]
    positions: list[Record]


def load_statement_gold(paths: Mapping[str, Path], most: int | None = None) -> StatementGold:
    """Reads our own sets and the gold file gum_attribution; `most` keeps so many texts of each."""
    return StatementGold(
        load_gum(paths["gum_attribution"])[:most],
        [one for part in _parts(load_speakers()).values() for one in part[:most]],
        [record for record in read_positions() if record.split == "test"][:most],
    )


def measure_statements(gold: StatementGold, reader: Reader, code: Coder) -> Measures:
    """All figures of statements, times 100."""
    return (
        measure_gum(gold.gum, reader, code)
        .joined(measure_speakers(gold.speakers, reader, code))
        .joined(measure_stances(gold.positions, reader, code))
    )


def measure_gum(articles: Sequence[AttributedArticle], reader: Reader, code: Coder) -> Measures:
    """Whole attributions of the model's frames and of the report's statements, of these also those with a clause."""
    readings = [reader.read(Text(article.text)) for article in articles]
    statements = [statement_spans(code(reading)) for reading in readings]
    clauses = [with_clauses(reading, found) for reading, found in zip(readings, statements, strict=True)]
    scores = {
        "frames": score_whole(articles, [frame_spans(reading) for reading in readings]),
        "statements": score_whole(articles, statements),
        "clauses": score_whole(articles, clauses),
    }
    return Measures(
        {f"gum_attribution.{way}": 100 * counts.f1 for way, counts in scores.items()},
        {"Whole attributions, GUM": scores},
    )


def _parts(articles: Sequence[MarkedArticle]) -> dict[str, list[MarkedArticle]]:
    """The articles that nobody read failures in, and the others, by the name of their figures."""
    return {
        "speakers": [one for one in articles if one.number in UNREAD],
        "speakers_read": [one for one in articles if one.number not in UNREAD],
    }


UNREAD_NUMBERS = f"{UNREAD.start} to {UNREAD.stop - 1}"


def measure_speakers(articles: Sequence[MarkedArticle], reader: Reader, code: Coder) -> Measures:
    """Who speaks, of the articles that nobody read failures in, and of the others apart."""
    scores = {
        key: score_speakers(
            part, [code(reader.read(Text(one.text, one.title, None, one.source, one.published))) for one in part]
        )
        for key, part in _parts(articles).items()
    }
    unread = scores["speakers"]
    return Measures(
        {f"{key}.{name}": value for key, score in scores.items() for name, value in _speakers(score).items()},
        {
            f"Speakers resolved, our articles {numbers}": {
                "all": score.persons.counts,
                **{kind: one.counts for kind, one in score.kinds.items()},
            }
            for numbers, score in ((UNREAD_NUMBERS, unread), ("the others", scores["speakers_read"]))
        },
        {
            f"Marked speakers, our articles {UNREAD_NUMBERS}": {
                **{f"{kind}, statement found": one.found for kind, one in unread.kinds.items()},
                "nobody or in doubt": unread.open.gold,
                "of these given to a person of the article": unread.open.predicted,
                "states and other bodies": unread.bodies.gold,
                "of these taken for a person": unread.bodies.predicted,
            }
        },
    )


def _speakers(score: SpeakersScore) -> dict[str, float]:
    persons = score.persons
    return {
        "found": 100 * Counts(persons.found, persons.marked, persons.marked).recall,
        "right": 100 * persons.counts.recall,
        "right_of_found": 100 * Counts(persons.right, persons.marked, persons.found).precision,
        "sure": 100 * persons.counts.precision,
    }


def measure_stances(records: Sequence[Record], reader: Reader, code: Coder) -> Measures:
    """Acts of the statements found, and positions: those that readers take by default, and all that a report has."""
    reports = [code(reader.read(Text(record.text))) for record in records]
    everything, score = score_stances(records, reports), score_stances(records, [sure_report(one) for one in reports])
    return Measures(
        {
            "positions.statements": 100 * score.statements.f1,
            "positions.acts": 100 * macro_f1(score.acts.values()),
            "positions.stance": 100 * macro_f1(score.stances.values()),
            "positions.on_option": 100 * macro_f1(score.on_option.values()),
            "positions.right_side": right_share(score.sides),
            "positions.stance_all": 100 * macro_f1(everything.stances.values()),
            "positions.right_side_all": right_share(everything.sides),
            "positions.calibration": 100 * (1 - calibration_error(everything.sure)),
            "positions.likely": 100 * _right_of(one for one in everything.sure if one[0] >= LIKELY),
        },
        {
            "Acts of the statements found, our corpus of positions": score.acts,
            "Stances with evidence overlapping": score.stances,
            "The same with the right issue and option": score.on_option,
            "Stances of all that a report has, evidence overlapping": everything.stances,
        },
        {"Gold act taken for another": _confused(score)},
    )


def _right_of(sure: Iterable[tuple[float, bool]]) -> float:
    found = [right for _, right in sure]
    return sum(found) / len(found) if found else 0.0


def right_share(counts: Counts) -> float:
    """How many of 100 are right. Where there is nothing to judge none is, which is not the same as no wrong one."""
    return 100 * counts.recall if counts.gold else 0.0


def _confused(score: StanceScore) -> dict[str, int]:
    worst = sorted(score.confused.items(), key=lambda item: (-item[1], item[0]))[:20]
    return {f"{gold} as {found}": number for (gold, found), number in worst}
