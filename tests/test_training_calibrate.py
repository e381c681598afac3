"""The threshold from which events are told."""

from __future__ import annotations

from legation.coding.confidence import Curve
from legation.records import EventMark
from training.calibrate import ALARMS, Judged, best_threshold, stated_events
from training.event_corpus import Sentence
from training.event_drafts import Event, Party

STATED = Event((0, 3), "AID", None, (Party((4, 7)),), (), "actual", ())
AS_SCORED = Curve(bias=0.0, type=1.0, margin=0.0, roles=0.0, word=0.0)
AGENTLESS = Event((0, 3), "AID", None, (), (), "actual", ())


def sentences(telling: int, quiet: int) -> list[Sentence]:
    told = [Sentence(f"t{n}", "theme", "dev", "", (STATED,)) for n in range(telling)]
    return told + [Sentence(f"q{n}", "theme", "dev", "", ()) for n in range(quiet)]


def judged(score: float, *, typed: bool = True, alarm: bool = False) -> Judged:
    mark = EventMark(0, "AID", score, None, 0.0, "actual", 1.0, (), ((1, 2),), (), 1.0)
    return Judged(mark, "sent", typed, typed, alarm)


def test_events_of_nobody_stated_do_not_count() -> None:
    assert stated_events([Sentence("s", "theme", "dev", "", (STATED, AGENTLESS))]) == 1


def test_the_threshold_of_the_best_f1_is_taken() -> None:
    marks = [judged(0.8), judged(0.6), judged(0.4, typed=False), judged(0.4, typed=False)]
    assert 0.4 < best_threshold(marks, sentences(2, 0), AS_SCORED) <= 0.6


def test_what_raises_too_many_false_alarms_is_not_taken_however_good() -> None:
    rights = [judged(0.5) for _ in range(50)] + [judged(0.9)]
    alarms = [judged(0.5, typed=False, alarm=True) for _ in range(10)]
    assert best_threshold([*rights, *alarms], sentences(51, round(10 / ALARMS) + 1), AS_SCORED) <= 0.5
    assert best_threshold([*rights, *alarms], sentences(51, round(10 / ALARMS) - 5), AS_SCORED) > 0.5
