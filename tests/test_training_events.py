"""The event corpus: drafts as people write them, records as they are kept, agreement, and what training reads of it.

Needs no PyTorch. All sentences are invented.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.agreement import kappa, layers, matched
from training.event_corpus import (
    FOLDER,
    SHORT,
    Sentence,
    examples_of,
    faults,
    read_invented,
    split_of,
    words_of,
    write,
)
from training.event_corpus import main as edit
from training.event_drafts import (
    Draft,
    DraftError,
    Event,
    Party,
    find_span,
    is_code,
    main,
    read_event,
    read_real,
)
from training.event_drafts import read_invented as read_drafts

TEXT = "Oman freed two Omani poets in Muscat, a day after Oman jailed Qatar's envoy."
LINE = "jailed | COERCE.arrest | Oman#2 {OMN} | Qatar's envoy {QAT.GOV} | actual | legal, diplomatic | - | Muscat"


# ---------------------------------------------------------------- drafts


def test_a_line_is_an_event_with_its_spans() -> None:
    event = read_event(LINE, TEXT, invented=True)
    assert (event.type, event.mode, event.status, event.contexts) == (
        "COERCE",
        "arrest",
        "actual",
        ("legal", "diplomatic"),
    )
    assert TEXT[slice(*event.trigger)] == "jailed"
    assert (event.actor[0].span, event.actor[0].code) == ((50, 54), "OMN")
    assert event.date is None and event.place is not None and TEXT[slice(*event.place)] == "Muscat"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("COERCE.arrest", "COERCE.expel", "no type"),
        ("COERCE.arrest", "JAIL", "no type"),
        ("actual", "past", "no status"),
        ("legal, diplomatic", "law", "contexts"),
        ("legal, diplomatic", "legal, crime, gender, health", "contexts"),
        ("Oman#2", "Oman#3", "is not in the sentence"),
        ("Oman#2", "Oma", "is not in the sentence"),
        ("{OMN}", "", "has no code"),
        ("{OMN}", "{omn}", "code omn"),
        ("jailed |", "Oman jailed |", "more than one word"),
        (" | Muscat", "", "7 fields instead of 8"),
    ],
)
def test_what_is_wrong_in_a_line_is_said(old: str, new: str, fault: str) -> None:
    with pytest.raises(DraftError, match=fault):
        read_event(LINE.replace(old, new, 1), TEXT, invented=True)


def test_an_event_needs_someone() -> None:
    with pytest.raises(DraftError, match="neither actor nor recipient"):
        read_event("freed | RETREAT | - | - | actual | -", TEXT, invented=False)


@pytest.mark.parametrize("code", ["OMN", "OMN.GOV", "UNO.MIL", ".UAF", ".REB.CRM", "?", "IGO"])
def test_a_code_is_a_country_or_a_body_with_sectors(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("code", ["", ".", "Oman", "GOV", "OMN.XYZ", "OMN.GOV.", "OM"])
def test_what_is_no_code_is_refused(code: str) -> None:
    assert not is_code(code)


@given(st.text("ab .,-’", min_size=1, max_size=30), st.data())
def test_a_span_that_is_found_holds_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    words = text[start : data.draw(st.integers(start + 1, len(text)))]
    try:
        found = find_span(words, text)
    except DraftError:
        return
    assert text[slice(*found)] == words.strip()


def test_drafts_of_invented_sentences_come_with_their_theme() -> None:
    lines = ["T gulf", f"S {TEXT}", f"E {LINE}", "S Nothing happened.", "T other", "S Rain fell."]
    found = [item for item in read_drafts(lines) if isinstance(item, Draft)]
    assert [(draft.id, len(draft.events)) for draft in found] == [("gulf-001", 1), ("gulf-002", 0), ("other-001", 0)]


def test_a_stray_line_is_an_error_and_the_rest_is_read() -> None:
    found = list(read_drafts(["T gulf", f"S {TEXT}", "Oman freed them", f"E {LINE}"]))
    assert [type(item) for item in found] == [DraftError, Draft]


def test_every_real_sentence_must_have_a_line() -> None:
    found = list(read_real(["r1 -", "r3 freed | AID | x | y | actual | -"], {"r1": TEXT, "r2": TEXT}))
    assert [str(item) for item in found if isinstance(item, DraftError)] == [
        "line 2: no sentence r3: r3 freed | AID | x | y | actual | -", "r2 has no line",
    ]  # fmt: skip


def test_the_check_tells_by_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "drafts.txt"
    file.write_text(f"T gulf\nS {TEXT}\nE {LINE}\n")
    assert main([str(file)]) == 0 and "1 sentences" in capsys.readouterr().out
    file.write_text(f"T gulf\nS {TEXT}\nE {LINE.replace('jailed', 'jails')}\n")
    assert main([str(file)]) == 1 and "'jails' is not in the sentence" in capsys.readouterr().err


# ---------------------------------------------------------------- records

EVENT = read_event(LINE, TEXT, invented=True)
SENTENCE = Sentence("invented-0001", "gulf", "train", TEXT, (EVENT,))


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "invented.jsonl"
    write([SENTENCE], path)
    assert read_invented(path) == [SENTENCE]


def test_a_sound_record_has_no_fault() -> None:
    assert list(faults([SENTENCE])) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (replace(SENTENCE, split="all"), "no split"),
        (replace(SENTENCE, events=(replace(EVENT, trigger=(500, 502)),)), "span"),
        (replace(SENTENCE, events=(replace(EVENT, trigger=(54, 61)),)), "span"),
        (replace(SENTENCE, events=(replace(EVENT, mode="expel"),)), "type COERCE.expel"),
        (replace(SENTENCE, events=(replace(EVENT, status="past"),)), "status"),
        (replace(SENTENCE, events=(replace(EVENT, contexts=("legal", "legal")),)), "contexts"),
        (replace(SENTENCE, events=(replace(EVENT, actor=(Party((0, 4)),)),)), "code"),
        (replace(SENTENCE, events=(replace(EVENT, actor=(), recipient=()),)), "neither"),
    ],
)
def test_every_fault_is_named(wrong: Sentence, fault: str) -> None:
    assert any(fault in found for found in faults([wrong]))


def test_a_group_in_two_splits_and_an_id_there_twice_are_faults() -> None:
    other = replace(SENTENCE, split="test")
    assert {f.split(": ")[-1] for f in faults([SENTENCE, other])} == {
        "invented-0001 is there twice", "gulf is in two splits",
    }  # fmt: skip


def test_the_shipped_corpus_is_whole() -> None:
    sentences = read_invented()
    assert list(faults(sentences)) == []
    assert len(sentences) >= 3000 and {s.split for s in sentences} == {"train", "dev", "test"}
    assert len({s.text for s in sentences}) == len(sentences)


def test_real_sentences_are_kept_without_their_text() -> None:
    records = [json.loads(line) for line in (FOLDER / "real.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(records) >= 3000
    assert all("text" not in record and len(record["sha256"]) == 12 for record in records)


SET = f"T a-theme\nS {TEXT}\nE {LINE}\n"


def test_drafts_are_added_to_the_part_that_is_named_and_numbered_on(tmp_path: Path) -> None:
    draft, into = tmp_path / "draft.txt", tmp_path / "invented.jsonl"
    draft.write_text(SET, encoding="utf-8")
    assert edit(["add-invented", str(draft), "--split", "train", "--into", str(into)]) == 0
    assert edit(["add-invented", str(draft), "--split", "train", "--into", str(into)]) == 0
    assert [(s.id, s.split, len(s.events)) for s in read_invented(into)] == [
        ("invented-0001", "train", 1),
        ("invented-0002", "train", 1),
    ]


def test_a_theme_is_not_put_into_a_second_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    draft, into = tmp_path / "draft.txt", tmp_path / "invented.jsonl"
    draft.write_text(SET, encoding="utf-8")
    edit(["add-invented", str(draft), "--split", "train", "--into", str(into)])
    before = into.read_bytes()
    assert edit(["add-invented", str(draft), "--split", "test", "--into", str(into)]) == 1
    assert "a-theme is in two splits" in capsys.readouterr().err
    assert into.read_bytes() == before


def test_a_group_always_falls_into_the_same_part() -> None:
    drawn = [split_of(f"document {number}") for number in range(2000)]
    assert drawn == [split_of(f"document {number}") for number in range(2000)]
    assert 0.75 < drawn.count("train") / 2000 < 0.85


# ---------------------------------------------------------------- examples


def test_spans_become_ranges_of_words() -> None:
    (example,) = examples_of([SENTENCE])
    assert example.events is not None
    (event,) = example.events
    assert example.forms[event.word] == "jailed"
    assert [(role, " ".join(example.forms[s:e])) for role, s, e in event.roles or ()] == [
        ("ACTOR", "Oman"), ("RECIPIENT", "Qatar 's envoy"),
    ]  # fmt: skip


def test_a_span_takes_every_word_it_touches() -> None:
    assert words_of((3, 6), [(0, 4), (5, 8), (9, 12)]) == (0, 2)


def test_a_sentence_without_events_is_known_to_have_none() -> None:
    (example,) = examples_of([replace(SENTENCE, events=())])
    assert example.events == () and example.events_whole


def test_short_sentences_are_annotated_in_full_and_serve_training_alone() -> None:
    short = read_invented(SHORT)
    assert len(short) > 1500 and {sentence.split for sentence in short} == {"train"}
    assert list(faults(short)) == []
    assert any(event.recipient for sentence in short for event in sentence.events)


# ---------------------------------------------------------------- agreement


def plain(event: Event) -> dict[str, object]:
    parties = {
        role: [{"start": p.span[0], "end": p.span[1], "code": p.code} for p in getattr(event, role)]
        for role in ("actor", "recipient")
    }
    return {
        "trigger": list(event.trigger), "type": event.type, "mode": event.mode, "status": event.status,
        "contexts": list(event.contexts), **parties,
    }  # fmt: skip


def test_kappa_is_one_for_the_same_and_nought_for_chance() -> None:
    assert kappa([(1, 1), (0, 0)]) == 1.0 == kappa([(1, 1), (1, 1)])
    assert kappa([(1, 1), (1, 0), (0, 1), (0, 0)]) == 0.0


def test_kappa_of_a_worked_example() -> None:
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(pairs) == pytest.approx(0.4)


def test_events_are_paired_by_their_triggers_each_once() -> None:
    one = plain(EVENT)
    other = one | {"type": "ASSAULT"}
    assert matched([one], [other, one]) == [(one, one)]
    assert matched([one], []) == []


def test_two_passes_alike_agree_in_every_layer() -> None:
    passes = {"a": [plain(EVENT)], "b": []}
    assert all(value == 1.0 for _, value, _ in layers(passes, passes).values())


def test_a_layer_where_they_differ_says_so() -> None:
    first, second = {"a": [plain(EVENT)], "b": []}, {"a": [plain(EVENT) | {"type": "ASSAULT"}], "b": []}
    found = layers(first, second)
    assert found["trigger"][1] == 1.0 and found["trigger and type"][1] == 0.0
