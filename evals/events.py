"""Scores of events against our own corpus: found, with roles, status, and whether confidence means what it says.

An event is found where a word of its trigger is marked with its type. Its roles are right where every actor and
recipient of either side overlaps one of the other side. Gold events without a stated actor are not reported (PLOVER),
so what is found of them counts neither way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.counts import Counts
from legation.records import Event, Report
from legation.records import Sentence as ReadSentence
from training.event_corpus import Sentence
from training.event_drafts import Event as GoldEvent

Span = tuple[int, int]
BINS = 10


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
        """Expected calibration error over ten bins of equal width (Guo et al., 2017)."""
        total = 0.0
        for low in range(BINS):
            own = [(c, right) for c, right in self.sure if low <= min(c * BINS, BINS - 1e-9) < low + 1]
            if own:
                total += abs(sum(c for c, _ in own) - sum(right for _, right in own))
        return total / len(self.sure) if self.sure else 0.0


def score_events(gold: Sequence[Sentence], reports: Sequence[Report]) -> EventScore:
    """Scores reports, one a gold sentence, in the same order."""
    tally = _Tally()
    for sentence, report in zip(gold, reports, strict=True):
        tally.add(sentence, report)
    return tally.score()


class _Tally:
    def __init__(self) -> None:
        self.sums: dict[str, list[int]] = {}
        self.types: dict[str, list[int]] = {}
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
        pairs = _pairs(told, judged)
        for event in judged:
            match = pairs.get(id(event))
            right = match is not None and match.type == event.type
            roles = match is not None and right and roles_right(match, event)
            self._count("found", right, predicted=1)
            self._count("with_roles", roles, predicted=1)
            self._count_type(event.type, right, predicted=1)
            self.sure.append((event.confidence, roles))
            if match is not None and right:
                self._add_found(match, event)
            elif match is not None:
                self.confused[match.type, event.type] += 1
        for gold in told:
            self._count("found", False, gold=1)
            self._count("with_roles", False, gold=1)
            self._count_type(gold.type, False, gold=1)

    def _add_found(self, gold: GoldEvent, event: Event) -> None:
        self._count("status", gold.status == event.status, gold=1, predicted=1)
        self._count("mode", gold.mode == event.mode, gold=1, predicted=1)
        shared = len(set(gold.contexts) & set(event.contexts))
        self._sum("contexts", shared, len(gold.contexts), len(event.contexts))
        for role in ("actor", "recipient"):
            wanted = [party.span for party in getattr(gold, role)]
            found = [(span.start, span.end) for span in getattr(event, role)]
            self._sum(role, sum(any(overlap(a, b) for b in wanted) for a in found), len(wanted), len(found))

    def _count(self, name: str, right: bool, *, gold: int = 0, predicted: int = 0) -> None:
        self._sum(name, int(right), gold, predicted)

    def _sum(self, name: str, right: int, gold: int, predicted: int) -> None:
        row = self.sums.setdefault(name, [0, 0, 0])
        self.sums[name] = [a + b for a, b in zip(row, (right, gold, predicted), strict=True)]

    def _count_type(self, kind: str, right: bool, *, gold: int = 0, predicted: int = 0) -> None:
        row = self.types.setdefault(kind, [0, 0, 0])
        self.types[kind] = [a + b for a, b in zip(row, (int(right), gold, predicted), strict=True)]

    def score(self) -> EventScore:
        names = ("found", "with_roles", "status", "mode", "contexts", "actor", "recipient")
        sums = {name: Counts(*self.sums.get(name, (0, 0, 0))) for name in names}
        types = {kind: Counts(*row) for kind, row in sorted(self.types.items())}
        return EventScore(
            **sums, types=types, confused=self.confused, alarms=self.alarms, quiet=self.quiet, sure=tuple(self.sure)
        )


def _pairs(told: Sequence[GoldEvent], judged: Sequence[Event]) -> dict[int, GoldEvent]:
    """The gold event of each reported one, by its id(); each gold event is taken once, by its own type first."""
    free, pairs = list(told), dict[int, GoldEvent]()
    for same_type in (True, False):
        for event in judged:
            match = next(
                (g for g in free if overlap(g.trigger, _place(event)) and (g.type == event.type or not same_type)), None
            )
            if match is not None and id(event) not in pairs:
                pairs[id(event)] = match
                free.remove(match)
    return pairs


def roles_right(gold: GoldEvent, event: Event) -> bool:
    """Whether every actor and recipient of either side has its like on the other."""
    return all(
        alike([party.span for party in getattr(gold, role)], [(s.start, s.end) for s in getattr(event, role)])
        for role in ("actor", "recipient")
    )


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


def _place(event: Event) -> Span:
    return event.trigger.start, event.trigger.end
