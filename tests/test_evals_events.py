"""Scores of events: against our own corpus, and against sentences with one marked pair. All sentences are invented."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest
from factories import MODEL
from readings import Draft, reading, tells, tree

from evals.counts import Counts
from evals.events import EventScore, overlap, roles_right, score_events
from evals.pairs import (
    PLV_TYPES,
    PairSentence,
    _as_it_is,
    _by_code,
    load_cameo_spans,
    load_pairs,
    plv_type,
    score_pairs,
    score_spans,
    type_of_pair,
)
from evals.run import FLOORS
from evals.table import load_floors
from legation.coding import code
from legation.coding.plover import load_plover
from legation.records import Report
from training.event_corpus import Sentence
from training.event_drafts import Event as Gold
from training.event_drafts import Party

TEXT = "Iran attacked Iraq."
ROWS = "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | . . PUNCT . 2 punct"
GOLD = Gold(
    (5, 13), "ASSAULT", None, (Party((0, 4), "IRN"),), (Party((14, 18), "IRQ"),), "actual", ("military",)
)  # fmt: skip


def draft(kind: str = "ASSAULT", actor: str = "Iran", recipient: str = "Iraq", **more: object) -> Draft:
    return tree(ROWS, tells("attacked", kind, actor, recipient, **more), LOC="Iran|Iraq")


def report(made: Draft) -> Report:
    return code(reading(made))


def sentence(*events: Gold, text: str = TEXT) -> Sentence:
    return Sentence("s", "g", "test", text, events)


def score(gold: Sentence, made: Draft) -> EventScore:
    return score_events([gold], [report(made)])


# ---------------------------------------------------------------- our own corpus


def test_an_event_that_is_all_right_counts_everywhere() -> None:
    found = score(sentence(GOLD), draft(contexts=(("military", 0.9),)))
    assert found.found == found.with_roles == found.status == found.mode == Counts(1, 1, 1)
    assert found.actor == found.recipient == found.contexts == Counts(1, 1, 1)
    assert found.types == {"ASSAULT": Counts(1, 1, 1)} and found.quiet == 0


def test_another_type_is_confused_and_not_found() -> None:
    found = score(sentence(GOLD), draft("COERCE"))
    assert found.found == Counts(0, 1, 1) and found.confused == {("ASSAULT", "COERCE"): 1}
    assert found.types == {"ASSAULT": Counts(0, 1, 0), "COERCE": Counts(0, 0, 1)}


@pytest.mark.parametrize(("actor", "recipient"), [("Iraq", "Iraq"), ("Iran", ""), ("Iran|Iraq", "Iraq")])
def test_roles_must_be_right_on_both_sides(actor: str, recipient: str) -> None:
    found = score(sentence(GOLD), draft(actor=actor, recipient=recipient))
    assert found.found == Counts(1, 1, 1) and found.with_roles == Counts(0, 1, 1)


def test_an_event_that_is_not_told_is_missed() -> None:
    found = score(sentence(GOLD), tree(ROWS, LOC="Iran|Iraq"))
    assert found.found == Counts(0, 1, 0) and not found.sure


def test_what_is_found_where_nothing_is_is_a_false_alarm() -> None:
    found = score(sentence(), draft())
    assert (found.alarms, found.quiet, found.alarm_rate) == (1, 1, 1.0)
    assert found.found == Counts(0, 0, 1)


def test_an_event_without_a_stated_actor_counts_neither_way() -> None:
    agentless = replace(GOLD, actor=())
    found = score(sentence(agentless), draft())
    assert found.found == Counts(0, 0, 0) and found.quiet == 0


def test_another_status_is_found_all_the_same() -> None:
    found = score(sentence(replace(GOLD, status="negated")), draft())
    assert found.found == Counts(1, 1, 1) and found.status == Counts(0, 1, 1)


def test_calibration_is_the_distance_of_confidence_and_truth() -> None:
    base = score(sentence(GOLD), draft())
    assert replace(base, sure=((0.75, True),) * 3 + ((0.75, False),)).calibration_error == pytest.approx(0.0)
    assert replace(base, sure=((0.95, False),)).calibration_error == pytest.approx(0.95)
    assert replace(base, sure=()).calibration_error == 0.0


def test_a_confidence_of_one_falls_into_the_last_bin() -> None:
    base = score(sentence(GOLD), draft())
    assert replace(base, sure=((1.0, True), (0.95, True))).calibration_error == pytest.approx(0.025)


def test_overlap_needs_a_shared_character() -> None:
    assert overlap((0, 3), (2, 5)) and not overlap((0, 3), (3, 5))
    assert roles_right(GOLD, report(draft()).events[0])


# ---------------------------------------------------------------- pairs

PAIR = PairSentence(TEXT, ((0, 4),), ((14, 18),), "ASSAULT")


def test_the_type_is_that_of_the_mark_whose_parties_fit() -> None:
    two = tree(
        ROWS,
        tells("attacked", "COERCE", "Iraq", "Iran", score=0.9),
        tells("Iraq", "ASSAULT", "Iran", "Iraq", score=0.6),
        LOC="Iran|Iraq",
    )
    assert type_of_pair(PAIR, reading(two), _as_it_is) == "ASSAULT"


def test_a_rival_of_a_fitting_mark_counts_with_its_chance() -> None:
    mark = tells("attacked", "COERCE", "Iran", "Iraq", score=0.5, rivals=(("ASSAULT", 0.45), ("", 0.05)))
    other = tells("Iraq", "ASSAULT", "Iran", "Iraq", score=0.3, rivals=())
    assert type_of_pair(PAIR, reading(tree(ROWS, mark, other, LOC="Iran|Iraq")), _as_it_is) == "ASSAULT"


@pytest.mark.parametrize("kind", ["CONCEDE", "RETREAT"])
def test_plv_knows_one_type_of_yielding(kind: str) -> None:
    assert {type_of_pair(PAIR, reading(draft(kind)), name) for name in (_as_it_is, _by_code)} == {"YIELD"}


def test_what_is_only_promised_or_was_not_granted_has_the_type_of_its_cameo_code() -> None:
    assert type_of_pair(PAIR, reading(draft("RETREAT", status="future")), _by_code) == "AGREE"
    assert type_of_pair(PAIR, reading(draft("RETREAT", status="negated")), _by_code) == "REJECT"
    assert type_of_pair(PAIR, reading(draft("ASSAULT", status="future")), _by_code) == "THREATEN"


def test_every_code_of_the_tables_has_a_plv_type() -> None:
    plover = load_plover()
    codes = {facts.cameo for facts in plover.modes.values()}.union(
        plover.finer.values(), plover.told.values(), plover.undone.values()
    )
    assert {plv_type(code) for code in codes} == set(PLV_TYPES.values())
    assert (plv_type("163"), plv_type("1622"), plv_type("116")) == ("COERCE", "SANCTION", "ACCUSE")


def test_a_sentence_without_marks_still_gets_a_type() -> None:
    assert type_of_pair(PAIR, reading(tree(ROWS)), _by_code) == "CONSULT"


def test_pairs_are_scored_with_and_without_their_spans() -> None:
    drafts = [draft(), draft("COERCE"), draft(actor="Iraq", recipient="Iran"), tree(ROWS)]
    readings = [reading(made) for made in drafts]
    found = score_pairs([PAIR] * 4, readings, [code(one) for one in readings])
    assert (found.both, found.typed) == (0.5, 0.25)
    for types in (found.by_code, found.as_they_are):
        assert types.accuracy == 0.5 and types.macro_f1 == pytest.approx(2 / 3)
        assert types.types == {"ASSAULT": Counts(2, 4, 2)} and types.confused.total() == 2


def test_a_promised_release_is_right_by_its_code_alone() -> None:
    made = reading(draft("RETREAT", status="future"))
    found = score_pairs([replace(PAIR, type="AGREE")], [made], [code(made)])
    assert (found.by_code.accuracy, found.as_they_are.accuracy, found.typed) == (1.0, 0.0, 1.0)


def test_a_recipient_told_as_a_second_actor_joins_the_pair() -> None:
    made = reading(draft("CONSULT", "Iran|Iraq", ""))
    assert score_pairs([replace(PAIR, type="CONSULT")], [made], [code(made)]).both == 1.0


def test_words_of_the_surest_event_are_compared() -> None:
    found = score_spans([PAIR], [report(draft(recipient=""))])
    assert found == {"actor": Counts(1, 1, 1), "recipient": Counts(0, 1, 0)}
    assert score_spans([PAIR], [Report(report(draft()).article, MODEL, TEXT)])["actor"] == Counts(0, 1, 0)


def test_both_files_are_read(tmp_path: Path) -> None:
    plv, spans = tmp_path / "plv.gz", tmp_path / "spans.gz"
    side = {"text": "Iran", "start": 0, "end": 4}
    record = {"text": TEXT, "source": [side], "target": [{**side, "start": 14, "end": 18}], "event": "ASSAULT"}
    plv.write_bytes(gzip.compress(json.dumps(record).encode()))
    words = ["Iran", "attacked", "Iraq", "."]
    marks = [{"label": label, "tok_start": n, "tok_end": n + 1} for label, n in (("source", 0), ("target", 2))]
    spans.write_bytes(gzip.compress(json.dumps({"tokens": words, "spans": marks}).encode()))
    assert load_pairs(plv) == [PAIR]
    (found,) = load_cameo_spans(spans)
    assert [found.text[s:e] for s, e in (*found.source, *found.target)] == ["Iran", "Iraq"]


def test_the_shipped_table_has_the_figures_of_events() -> None:
    keys = {target.key for target in load_floors(FLOORS).targets}
    assert {"plv.type", "plv.macro", "plv.both", "plv.typed", "cameo_spans.actor", "cameo_spans.recipient"} <= keys
    for part in ("found", "roles", "status", "quiet", "calibration"):
        assert {f"events.{part}", f"events_real.{part}"} <= keys
