"""Scores of events against our own corpus: found, with roles, status, and whether confidence means what it says.

An event is found where a word of its trigger is marked with its type. Its roles are right where every actor and
recipient of either side overlaps one of the other side. Gold events without a stated actor are not reported (PLOVER),
so what is found of them counts neither way.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from evals.counts import Counts, calibration_error
from legation.records import Event, Report
from legation.records import Sentence as ReadSentence
from training.event_corpus import Sentence
from training.event_drafts import Event as GoldEvent

One = TypeVar("One")
Other = TypeVar("Other")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class EventScore:
    """Counts over all sentences; `types` by type; `confused` (gold, found) where the trigger is right and the type not.

    `status`, `mode` and `contexts` are of the events found. `alarms` are events in the `quiet` sentences, which have
    none. `sure` holds (confidence, right in type and roles) of every reported event that can be judged.
    """

    found: Counts
    with_roles: Counts
    status: Counts
    mode: Counts
    contexts: Counts
    actor: Counts
    recipient: Counts
    types: dict[str, Counts]
    confused: Counter[tuple[str, str]]
    alarms: int
    quiet: int
    sure: tuple[tuple[float, bool], ...]

    @property
    def alarm_rate(self) -> float:
        """False alarms a sentence without events."""
        return self.alarms / self.quiet if self.quiet else 0.0

    @property
    def calibration_error(self) -> float:
        """Expected calibration error of the confidences."""
        return calibration_error(self.sure)


def score_events(gold: Sequence[Sentence], reports: Sequence[Report]) -> EventScore:
    """Scores reports, one a gold sentence, in the same order."""
    tally = _Tally()
    for sentence, report in zip(gold, reports, strict=True):
        tally.add(sentence, report)
    return tally.score()


class _Tally:
    def __init__(self) -> None:
        self.sums: defaultdict[str, Counts] = defaultdict(Counts)
        self.types: defaultdict[str, Counts] = defaultdict(Counts)
        self.confused: Counter[tuple[str, str]] = Counter()
        self.sure: list[tuple[float, bool]] = []
        self.alarms = self.quiet = 0

    def add(self, sentence: Sentence, report: Report) -> None:
        told = [event for event in sentence.events if event.actor]
        unnamed = [event.trigger for event in sentence.events if not event.actor]
        judged = [e for e in report.events if not any(overlap(_place(e), place) for place in unnamed)]
        if not sentence.events:
            self.quiet += 1
            self.alarms += len(judged)
        matches = {id(event): match for event, match in paired(judged, told, _meet, _same_type)}
        for event in judged:
            match = matches.get(id(event))
            right = match is not None and match.type == event.type
            roles = match is not None and right and roles_right(match, event)
            self.sums["found"] += Counts(right, predicted=1)
            self.sums["with_roles"] += Counts(roles, predicted=1)
            self.types[event.type] += Counts(right, predicted=1)
            self.sure.append((event.confidence, roles))
            if match is not None and right:
                self._add_found(match, event)
            elif match is not None:
                self.confused[match.type, event.type] += 1
        for gold in told:
            for sums, name in ((self.sums, "found"), (self.sums, "with_roles"), (self.types, gold.type)):
                sums[name] += Counts(gold=1)

    def _add_found(self, gold: GoldEvent, event: Event) -> None:
        self.sums["status"] += Counts(gold.status == event.status, 1, 1)
        self.sums["mode"] += Counts(gold.mode == event.mode, 1, 1)
        shared = len(set(gold.contexts) & set(event.contexts))
        self.sums["contexts"] += Counts(shared, len(gold.contexts), len(event.contexts))
        for role, wanted, found in _sides(gold, event):
            self.sums[role] += Counts(sum(touches([a], wanted) for a in found), len(wanted), len(found))

    def score(self) -> EventScore:
        names = ("found", "with_roles", "status", "mode", "contexts", "actor", "recipient")
        return EventScore(
            **{name: self.sums[name] for name in names}, types=dict(sorted(self.types.items())),
            confused=self.confused, alarms=self.alarms, quiet=self.quiet, sure=tuple(self.sure),
        )  # fmt: skip


def paired(
    first: Sequence[One],
    second: Sequence[Other],
    meet: Callable[[One, Other], bool],
    same: Callable[[One, Other], bool],
) -> list[tuple[One, Other]]:
    """Items of two sides that `meet`, each taken once; those that are the `same` besides go first."""
    left, free, pairs = list(first), list(second), list[tuple[One, Other]]()
    for only_same in (True, False):
        waiting, left = left, []
        for item in waiting:
            match = next((o for o in free if meet(item, o) and (same(item, o) or not only_same)), None)
            if match is None:
                left.append(item)
            else:
                pairs.append((item, match))
                free.remove(match)
    return pairs


def roles_right(gold: GoldEvent, event: Event) -> bool:
    """Whether every actor and recipient of either side has its like on the other."""
    return all(alike(wanted, found) for _, wanted, found in _sides(gold, event))


def party_spans(event: Event, role: str) -> list[Span]:
    """Where the actors or the recipients of a reported event stand."""
    return [(span.start, span.end) for span in getattr(event, role)]


def _sides(gold: GoldEvent, event: Event) -> Iterator[tuple[str, list[Span], list[Span]]]:
    """Each role with the gold spans and the reported ones."""
    for role in ("actor", "recipient"):
        yield role, [party.span for party in getattr(gold, role)], party_spans(event, role)


def alike(wanted: Sequence[Span], found: Sequence[Span]) -> bool:
    """Whether every span of either side overlaps one of the other."""
    return all(touches([a], found) for a in wanted) and all(touches([b], wanted) for b in found)


def places(sentence: ReadSentence, ranges: Iterable[tuple[int, int]]) -> list[Span]:
    """Token ranges of a read sentence as code points of its text."""
    return [(sentence.tokens[start].start, sentence.tokens[end - 1].end) for start, end in ranges]


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def touches(spans: Iterable[Span], others: Iterable[Span]) -> bool:
    """Whether a span of the one overlaps a span of the other."""
    kept = list(others)
    return any(overlap(a, b) for a in spans for b in kept)


def _meet(event: Event, gold: GoldEvent) -> bool:
    return overlap(_place(event), gold.trigger)


def _same_type(event: Event, gold: GoldEvent) -> bool:
    return event.type == gold.type


def _place(event: Event) -> Span:
    return event.trigger.start, event.trigger.end
