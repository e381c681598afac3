"""PLOVER's tables: quad classes, scores and CAMEO codes of every type and mode."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from legation.coding.plover import load_plover
from legation.records import Status
from training.event_drafts import CONTEXTS, modes

TYPES = (
    "ACCUSE AGREE AID ASSAULT COERCE CONCEDE CONSULT COOPERATE MOBILIZE PROTEST REJECT REQUEST RETREAT SANCTION "
    "SUPPORT THREATEN"
).split()
QUADS = {
    "verbal cooperation": "AGREE CONSULT SUPPORT CONCEDE",
    "material cooperation": "COOPERATE AID RETREAT",
    "verbal conflict": "REQUEST ACCUSE REJECT THREATEN",
    "material conflict": "PROTEST SANCTION MOBILIZE COERCE ASSAULT",
}


def every_mode() -> Iterator[tuple[str, str | None]]:
    for kind, own in modes().items():
        yield from ((kind, mode) for mode in (None, *sorted(own)))


def test_there_are_sixteen_types_in_four_quad_classes() -> None:
    assert sorted(modes()) == TYPES
    for quad, types in QUADS.items():
        assert {load_plover().of(kind, None).quad for kind in types.split()} == {quad}


@pytest.mark.parametrize(("kind", "mode"), list(every_mode()))
def test_every_mode_has_a_score_and_a_code(kind: str, mode: str | None) -> None:
    facts = load_plover().of(kind, mode)
    assert -10 <= facts.score <= 10
    assert facts.cameo.isdigit() and 2 <= len(facts.cameo) <= 4
    assert (facts.score > 0) == ("cooperation" in facts.quad) or facts.score == 0 or kind == "REQUEST"


def test_a_mode_that_the_manual_lacks_has_the_facts_of_its_type() -> None:
    assert load_plover().of("AID", "unheard-of") == load_plover().of("AID", None)


@pytest.mark.parametrize(
    ("kind", "mode", "contexts", "code", "row"),
    [
        ("AID", None, (), "070", "plover.csv: AID, "),
        ("AID", None, ("military",), "072", "cameo.csv: AID, , military"),
        ("AID", None, ("gender", "military"), "072", "cameo.csv: AID, , military"),
        ("REQUEST", "assist", ("military",), "1012", "cameo.csv: REQUEST, assist, military"),
        ("SANCTION", "expel", ("gender",), "166", "plover.csv: SANCTION, expel"),
        ("CONSULT", "phone", ("military",), "041", "plover.csv: CONSULT, phone"),
        ("ASSAULT", "aerial", ("military",), "195", "plover.csv: ASSAULT, aerial"),
    ],
)
def test_the_cameo_code_is_the_finest_the_tables_have(
    kind: str, mode: str | None, contexts: tuple[str, ...], code: str, row: str
) -> None:
    found = load_plover().cameo(kind, mode, contexts)
    assert (found.code, found.row) == (code, row)


@pytest.mark.parametrize(
    ("kind", "mode", "status", "lemma", "code", "row"),
    [
        ("RETREAT", "release", "future", "free", "0353", "cameo_status.csv: RETREAT, release, , future"),
        ("RETREAT", "release", "hypothetical", "free", "0353", "cameo_status.csv: RETREAT, release, , future"),
        ("RETREAT", "release", "actual", "free", "0841", "cameo.csv: RETREAT, release, legal"),
        ("CONSULT", "visit", "negated", "visit", "125", "cameo_status.csv: CONSULT, , , negated"),
        ("ASSAULT", "aerial", "future", "bomb", "138", "cameo_status.csv: ASSAULT, , , future"),
        ("ASSAULT", None, "negated", "bomb", "190", "plover.csv: ASSAULT, "),
        ("SANCTION", "discontinue", "historical", "embargo", "163", "cameo_words.csv: SANCTION, discontinue, embargo"),
        ("SANCTION", "discontinue", "future", "embargo", "1312", "cameo_status.csv: SANCTION, discontinue, , future"),
        ("COOPERATE", None, "negated", "extradite", "1213", "cameo_status.csv: COOPERATE, , legal, negated"),
        ("AGREE", None, "future", "agreement", "0313", "cameo.csv: AGREE, , legal"),
        ("CONSULT", "phone", "actual", "talk", "041", "cameo_words.csv: CONSULT, phone, talk"),
        ("MOBILIZE", "police", "actual", "alert", "151", "cameo_words.csv: MOBILIZE, police, alert"),
        ("SUPPORT", None, "actual", "Sign", "057", "cameo_words.csv: SUPPORT, , sign"),
        ("CONCEDE", None, "actual", "agree", "035", "cameo_words.csv: CONCEDE, , agree"),
        ("CONCEDE", None, "actual", "pardon", "056", "cameo_words.csv: CONCEDE, , pardon"),
        ("COERCE", "seize", "actual", "capture", "192", "cameo_words.csv: COERCE, seize, capture"),
        ("COERCE", "arrest", "actual", "capture", "173", "cameo.csv: COERCE, arrest, legal"),
    ],
)
def test_what_is_not_done_and_what_the_trigger_names_have_codes_of_their_own(
    kind: str, mode: str | None, status: Status, lemma: str, code: str, row: str
) -> None:
    found = load_plover().cameo(kind, mode, ("legal",), status, lemma)
    assert (found.code, found.row) == (code, row)


def test_peacekeepers_sent_out_are_aid_to_cameo() -> None:
    for mode in (None, "troops"):
        assert load_plover().cameo("MOBILIZE", mode, ("military", "peacekeeping")).code == "074"
    assert load_plover().cameo("MOBILIZE", "weapons", ("military",)).code == "154"


def test_every_row_by_status_names_an_intent_a_threat_or_a_refusal() -> None:
    roots = {"future": {"03", "13"}, "negated": {"12"}}
    for (kind, mode, context, status), code in load_plover().undone.items():
        assert kind in modes() and mode in {"", *modes()[kind]} and context in {"", *CONTEXTS}
        assert code[:2] in roots[status]
        assert (code[:2] == "13") == (status == "future" and "conflict" in load_plover().of(kind, None).quad)


def test_every_row_by_word_is_of_a_known_type_and_mode() -> None:
    for (kind, mode, word), code in load_plover().told.items():
        assert kind in modes() and mode in {"", *modes()[kind]} and word == word.lower() != "" and code.isdigit()


def test_every_row_of_the_finer_table_can_be_reached() -> None:
    plover = load_plover()
    for (kind, mode, context), code in plover.finer.items():
        assert context in CONTEXTS and kind in modes() and mode in {"", *modes()[kind]}
        assert plover.cameo(kind, mode or None, (context,)).code == code
