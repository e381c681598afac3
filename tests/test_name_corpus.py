"""Names in the event corpus' sentences: drafts, faults, agreement, and the examples they make. Sentences are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.event_corpus import Sentence, examples_of
from training.event_drafts import DraftError
from training.name_corpus import agreement, faults, read_draft, read_names, with_names, write_names

TEXT = "Oda Lind of the Harrow Fund left Oslo; Lind's deputy stayed in Oslo."
TEXTS = {"invented-1": TEXT, "invented-2": "Nothing was said."}
NAMES = ((0, 8, "PER"), (16, 27, "ORG"), (33, 37, "LOC"))


def test_a_draft_names_every_place_of_a_name() -> None:
    lines = ["invented-1 PER Oda Lind | ORG Harrow Fund | LOC Oslo | PER Lind#2 | LOC Oslo#2", "", "invented-2 -"]
    found = read_draft(lines, TEXTS)
    assert [TEXT[s:e] for s, e, _ in found["invented-1"]] == ["Oda Lind", "Harrow Fund", "Oslo", "Lind", "Oslo"]
    assert found["invented-1"][:3] == NAMES and found["invented-2"] == ()


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("invented-3 -", "no sentence"),
        ("invented-1 PLACE Oslo", "no label"),
        ("invented-1 LOC Bergen", "not in the sentence"),
        ("invented-1 LOC Oslo#3", "not in the sentence"),
        ("invented-1 PER Oda Lind | PER Lind", "overlaps"),
    ],
)
def test_what_is_wrong_in_a_draft_is_told_with_its_line(line: str, fault: str) -> None:
    with pytest.raises(DraftError, match=f"line 2: .*{fault}"):
        read_draft(["invented-2 -", line], TEXTS)


def test_a_sentence_has_one_line() -> None:
    with pytest.raises(DraftError, match="second line"):
        read_draft(["invented-2 -", "invented-2 -"], TEXTS)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    write_names({"invented-1": NAMES, "invented-2": ()}, tmp_path / "new" / "names.jsonl")
    assert read_names(tmp_path / "new" / "names.jsonl") == {"invented-1": NAMES, "invented-2": ()}


def test_without_a_file_there_are_no_names(tmp_path: Path) -> None:
    assert read_names(tmp_path / "none") == {}


@pytest.mark.parametrize(
    "names",
    [
        {"invented-1": [(0, 9, "PER")]},
        {"invented-1": [(0, 8, "MAN")]},
        {"invented-9": []},
        {"invented-1": [(0, 8, "PER"), (4, 8, "PER")]},
        {"invented-1": [(60, 99, "LOC")]},
    ],
)
def test_faults_are_found(names: dict[str, list[tuple[int, int, str]]]) -> None:
    assert len(list(faults(names, TEXTS))) == 1
    assert list(faults({"invented-1": NAMES}, TEXTS)) == []


def test_names_stand_on_the_words_of_their_example_and_nothing_else_is_a_name() -> None:
    sentences = [
        Sentence("invented-1", "theme", "train", TEXT, ()),
        Sentence("invented-2", "theme", "train", "No.", ()),
    ]
    first, second = with_names(sentences, examples_of(sentences), {"invented-1": NAMES})
    assert [first.forms[s:e] for s, e, _ in first.names or ()] == [("Oda", "Lind"), ("Harrow", "Fund"), ("Oslo",)]
    assert first.name_labels == {"PER", "ORG", "LOC", "NORP", "MISC"} and second.names is None


def test_two_passes_agree_by_label_and_by_span() -> None:
    found = agreement({"a": NAMES, "b": NAMES}, {"a": (NAMES[0], (16, 27, "LOC"))})
    assert (found["all"].right, found["all"].gold, found["all"].predicted) == (1, 3, 2)
    assert found["whatever the label"].right == 2 and found["PER"].f1 == 1.0
