"""Lines about real sentences become statements with offsets, and are kept without the text. All sentences are invented."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from training import line_drafts, real_statements
from training.line_drafts import add, said_in
from training.position_drafts import DraftError
from training.real_statements import Mark, RealSentence, RealStatementError, Said, faults, read_real, write_real

TEXT = "Mina Holt said the mill “must close now,” Holt aides said, and she urged the town to say no to the mill."
TEXTS = {"1": TEXT, "2": "The mill stands by the river."}
PLACES = {key: {"set": "mills", "document": "d", "key": key} for key in TEXTS}


def words(text: str, *spans: tuple[int, int] | None) -> list[str | None]:
    return [text[span[0] : span[1]] if span else None for span in spans]


@pytest.fixture
def texts(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (line_drafts, real_statements):
        monkeypatch.setattr(module, "sentence_text", lambda name, document, key: TEXTS[key])


def test_a_line_is_one_statement_with_its_words_as_offsets() -> None:
    said = said_in(
        TEXT, "1 | she | urged | to say no to the mill | demand | against: say no to the mill; blames: the town"
    )
    assert words(TEXT, said.speaker, said.cue, *said.content) == ["she", "urged", "to say no to the mill"]
    assert said.act == "demand"
    assert [(m.kind, *words(TEXT, m.span)) for m in said.sides] == [("against", "say no to the mill")]
    assert [(m.kind, *words(TEXT, m.span)) for m in said.toward] == [("blames", "the town")]


def test_of_several_places_source_and_cue_are_those_nearest_to_each_other_and_to_the_content() -> None:
    first = said_in(TEXT, "1 | Mina Holt | said | the mill “must close now,” | state | -")
    second = said_in(TEXT, "1 | Holt aides | said | “must close now,” | state | -")
    assert first.speaker == (0, 9) and first.cue == (10, 14)
    assert second.cue == (TEXT.rindex("said"), TEXT.rindex("said") + 4)


def test_a_long_piece_is_given_by_its_ends_and_content_may_have_several_pieces() -> None:
    said = said_in(TEXT, "1 | - | said | the mill ... now,” // say no ... the mill | state | -")
    assert said.speaker is None
    assert words(TEXT, *said.content) == ["the mill “must close now,”", "say no to the mill"]


def test_marks_of_punctuation_and_odd_spaces_are_found() -> None:
    text = "HOLT: We 're  not for it."
    said = said_in(text, "1 | HOLT | : | We 're not for it | reject | against: 're not for it")
    assert words(text, said.speaker, said.cue, *said.content) == ["HOLT", ":", "We 're  not for it"]
    assert words(text, said.sides[0].span) == ["'re  not for it"]


def test_evidence_inside_the_content_goes_before_the_same_words_outside() -> None:
    said = said_in(TEXT, "1 | she | urged | to say no to the mill | demand | against: the mill")
    assert said.sides[0].span[0] == TEXT.rindex("the mill")


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("1 | she | urged | the town", "4 fields where 6 are wanted"),
        ("1 | she | urged | the city | demand | -", "'the city' is not in the text"),
        ("1 | he | urged | the town | demand | -", "'he' is not in the text"),
        ("1 | she | urged | the town | sing | -", "'sing' is no act"),
        ("1 | she | urged | the town | demand | likes: mill", "'likes' is no side, praise or blame"),
        ("1 | she | urged | the town // the town | demand | -", "'the town' stands twice in the content"),
    ],
)
def test_a_line_that_is_wrong_says_what_is_wrong(line: str, fault: str) -> None:
    with pytest.raises(DraftError, match=fault):
        said_in(TEXT, line)


def test_what_is_added_is_read_again_and_holds_no_text(texts: None, tmp_path: Path) -> None:
    path = tmp_path / "real.jsonl"
    lines = [
        "1 | she | urged | to say no to the mill | demand | against: say no",
        "",
        "9 | she | urged | x | demand | -",
    ]
    wrong = add(lines, PLACES, path)
    assert [str(error) for error in wrong] == [
        "9 | she | urged | x | demand | -: it is about no sentence that was read"
    ]
    first, second = read_real(path)
    assert (first.id, first.text, len(first.said)) == ("real-00001", TEXT, 1)
    assert (second.id, second.said) == ("real-00002", ())
    assert "mill" not in path.read_text(encoding="utf-8").replace("mills", "")
    assert not list(faults([first, second]))
    add([], {"3": PLACES["2"]}, path)
    assert [sentence.id for sentence in read_real(path)] == ["real-00001", "real-00002", "real-00003"]


def test_a_sentence_that_has_changed_in_its_corpus_is_told(
    texts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "real.jsonl"
    add([], PLACES, path)
    monkeypatch.setattr(real_statements, "sentence_text", lambda name, document, key: TEXTS[key] + " ")
    with pytest.raises(RealStatementError, match="real-00001: its text in mills is another"):
        read_real(path)


SAID = Said((0, 9), (10, 14), ((15, 23),), "state", (Mark("for", (15, 23)),), ())
SENTENCE = RealSentence("real-1", "train", "mills", "d", "1", TEXT, (SAID,))


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (replace(SAID, act="sing"), "sing is no act"),
        (replace(SAID, cue=(9, 14)), "9 to 14 are no words of the text"),
        (replace(SAID, speaker=(0, 999)), "0 to 999 are no words of the text"),
        (replace(SAID, content=()), "it has no content"),
        (replace(SAID, sides=(Mark("praises", (15, 23)),)), "praises is none of for, against, mixed"),
    ],
)
def test_every_span_and_code_is_proved(said: Said, fault: str) -> None:
    assert list(faults([SENTENCE])) == []
    assert list(faults([replace(SENTENCE, said=(said,))])) == [f"real-1, statement 1: {fault}"]
    assert list(faults([SENTENCE, SENTENCE])) == ["real-1 stands twice"]


def test_what_is_written_is_the_same_each_time(texts: None, tmp_path: Path) -> None:
    sentence = replace(SENTENCE, text=TEXT)
    write_real([sentence], tmp_path / "a")
    write_real(read_real(tmp_path / "a"), tmp_path / "b")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert json.loads((tmp_path / "a").read_text())["statements"][0]["sides"] == [["for", [15, 23]]]
