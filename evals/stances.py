"""Scores what statements do and where they stand, on the test part of `corpus/positions/statements.jsonl`.

Acts are judged of the statements found: those whose content shares a letter with a gold one's, one to one, the pairs
that share most first. A position is found when its evidence shares a character with that of a gold one that is held by
the same speaker: of the same statement, or of one whose speaker's words overlap. Of several that would do, the one on
the right option goes first, then the one that shares most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.counts import Counts
from evals.events import overlap
from evals.whole import best_pairs, letters, shared
from legation.records import Position, Report, Statement
from training.position_corpus import ACTS, STANCES, Record
from training.position_corpus import Position as GoldPosition
from training.position_corpus import Statement as GoldStatement

SIDES = {"for", "against"}


@dataclass(frozen=True, slots=True)
class StanceScore:
    """Of statements: those found, and their acts; `confused` counts (gold, found) acts that differ. Of positions: by
    stance with evidence overlapping, the same with issue and option right as well; `sides` are of those found that
    take a side where the gold one does, the right ones on its side; `sure` has of every reported position its whole
    confidence, if there is one, and whether all that is told of it is right."""

    statements: Counts
    acts: dict[str, Counts]
    confused: dict[tuple[str, str], int]
    stances: dict[str, Counts]
    on_option: dict[str, Counts]
    sides: Counts
    sure: tuple[tuple[float, bool], ...]


def score_stances(records: Sequence[Record], reports: Sequence[Report]) -> StanceScore:
    """Scores reports, one a record, in the same order."""
    tally = _Tally()
    for record, report in zip(records, reports, strict=True):
        tally.add(record, report)
    return StanceScore(
        tally.statements, tally.acts, dict(tally.confused), tally.stances, tally.on_option, tally.sides,
        tuple(tally.sure),
    )  # fmt: skip


def macro_f1(classes: Iterable[Counts]) -> float:
    """Mean F1 of the classes that the gold standard has; 0 where it has none."""
    found = [counts.f1 for counts in classes if counts.gold]
    return sum(found) / len(found) if found else 0.0


class _Tally:
    def __init__(self) -> None:
        self.statements = self.sides = Counts()
        self.acts = dict.fromkeys(ACTS, Counts())
        self.stances, self.on_option = dict.fromkeys(STANCES, Counts()), dict.fromkeys(STANCES, Counts())
        self.confused: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.sure: list[tuple[float, bool]] = []

    def add(self, record: Record, report: Report) -> None:
        same = same_statements(record, report)
        self.statements += Counts(len(same), len(record.statements), len(report.statements))
        for at, to in same:
            gold, found = record.statements[at].act, report.statements[to].act
            self.acts[gold] += Counts(int(gold == found), gold=1)
            self.acts[found] = self.acts.get(found, Counts()) + Counts(predicted=1)
            if gold != found:
                self.confused[gold, found] += 1
        self._add_positions(record, report, set(same))

    def _add_positions(self, record: Record, report: Report, same: set[tuple[int, int]]) -> None:
        for statement in record.statements:
            for wanted in statement.positions:
                self._count(wanted.stance, Counts(gold=1), Counts(gold=1))
        for one in report.statements:
            for given in one.positions:
                self._count(given.stance, Counts(predicted=1), Counts(predicted=1))
        pairs = same_positions(record, report, same)
        judged = with_right(report, pairs)
        self.sure += [(p.whole_confidence, right) for p, right in judged if p.whole_confidence is not None]
        for gold, found in pairs:
            right = gold.stance == found.stance
            self._count(gold.stance, Counts(int(right)), Counts(int(right and _same_option(gold, found))))
            if {gold.stance, found.stance} <= SIDES:
                self.sides += Counts(int(right), 1, 1)

    def _count(self, stance: str, any_option: Counts, on_option: Counts) -> None:
        self.stances[stance] += any_option
        self.on_option[stance] += on_option


def same_statements(record: Record, report: Report) -> list[tuple[int, int]]:
    """The numbers of a gold statement and of the reported one that is the same."""
    wanted = [letters(record.text, one.content) for one in record.statements]
    given = [letters(record.text, [(s.start, s.end) for s in one.content]) for one in report.statements]
    return best_pairs(
        (share, at, to)
        for at, own in enumerate(wanted)
        for to, other in enumerate(given)
        if (share := shared(own, other)) > 0
    )


def same_positions(record: Record, report: Report, same: set[tuple[int, int]]) -> list[tuple[GoldPosition, Position]]:
    """Gold positions and those reported in their place; `same` are the pairs of statements that are the same."""
    wanted = [(at, n) for at, one in enumerate(record.statements) for n in range(len(one.positions))]
    given = [(to, n) for to, one in enumerate(report.statements) for n in range(len(one.positions))]
    ranked = []
    for at, own in wanted:
        for to, other in given:
            gold, found = record.statements[at].positions[own], report.statements[to].positions[other]
            common = _common(gold, found)
            if common > 0 and ((at, to) in same or _same_speaker(record.statements[at], report.statements[to])):
                ranked.append(((_same_option(gold, found), (at, to) in same, common), (at, own), (to, other)))
    return [
        (record.statements[at].positions[own], report.statements[to].positions[other])
        for (at, own), (to, other) in best_pairs(ranked)
    ]


def _common(gold: GoldPosition, found: Position) -> int:
    """Characters that both evidences share; none or less where they do not meet."""
    return min(gold.evidence[1], found.evidence.end) - max(gold.evidence[0], found.evidence.start)


def _same_speaker(gold: GoldStatement, found: Statement) -> bool:
    return found.speaker is not None and overlap(gold.speaker, (found.speaker.start, found.speaker.end))


def with_right(report: Report, pairs: Iterable[tuple[GoldPosition, Position]]) -> list[tuple[Position, bool]]:
    """The positions of a report, each with whether all that is told of it is right; `pairs` are of `same_positions`."""
    right = {id(found) for gold, found in pairs if _all_right(gold, found)}
    return [(position, id(position) in right) for said in report.statements for position in said.positions]


def _all_right(gold: GoldPosition, found: Position) -> bool:
    """Whether side, issue and option of a position are those of the gold one; what is left open is not wrong."""
    issue, option = found.issue in (None, gold.issue), found.option in (None, gold.option)
    return gold.stance == found.stance and issue and option


def _same_option(gold: GoldPosition, found: Position) -> bool:
    return (gold.issue, gold.option) == (found.issue, found.option)
