"""Every paragraph of corpus/attribution keeps to its guidelines. Needs no PyTorch."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from training.attribution import OWN, TAG, own_examples, strip_tags
from training.corpora import Example
from training.words import split_paragraph

FILES = sorted(OWN.glob("*.txt"))
each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def offenders(path: Path, keeps: Callable[[str], bool]) -> list[str]:
    """Lines of a file that do not keep a rule, by number and beginning."""
    return [f"{path.name}:{n}: {line[:60]}" for n, line in enumerate(lines(path), 1) if not keeps(line)]


@cache
def examples() -> list[Example]:
    return own_examples(split_paragraph)


def test_all_three_files_are_found() -> None:
    assert [path.stem for path in FILES] == ["diplomacy", "politics", "society"]
    assert sum(len(lines(path)) for path in FILES) >= 700


@each_file
def test_a_file_is_utf8_with_one_paragraph_a_line(path: Path) -> None:
    content = path.read_bytes()
    assert b"\r" not in content
    assert content.decode("utf-8").endswith("\n")
    assert offenders(path, lambda line: line == line.strip() != "") == []


def nests(line: str) -> bool:
    opened: list[tuple[str, str]] = []
    for match in TAG.finditer(line):
        key = (match[2], match[3])
        if not match[1]:
            if key in opened:
                return False
            opened.append(key)
        elif not opened or opened.pop() != key:
            return False
    return not opened


@each_file
def test_tags_nest_and_never_cross(path: Path) -> None:
    assert offenders(path, nests) == []


@pytest.mark.parametrize("line", ["<s1>a", "a</s1>", "<s1>a <q1>b</s1> c</q1>", "<c1>a <c1>b</c1></c1>"])
def test_the_check_of_tags_finds_what_is_wrong(line: str) -> None:
    assert not nests(line)


def is_complete(line: str) -> bool:
    kinds: dict[int, set[str]] = {}
    for kind, number, _, _ in strip_tags(line)[1]:
        kinds.setdefault(number, set()).add(kind)
    numbered = sorted(kinds) == list(range(1, len(kinds) + 1))
    return numbered and all({"CUE", "CONTENT"} <= found for found in kinds.values())


@each_file
def test_every_number_has_a_cue_and_a_content(path: Path) -> None:
    assert offenders(path, is_complete) == []


@pytest.mark.parametrize(
    "line", ["<s1>He</s1> <q1>said</q1> so.", "<s1>He</s1> said <c1>no</c1>.", "<q2>said</q2> <c2>no</c2>"]
)
def test_the_check_of_numbers_finds_what_is_missing(line: str) -> None:
    assert not is_complete(line)


def is_tight(line: str) -> bool:
    text, spans = strip_tags(line)
    return all(text[start:end].strip() == text[start:end] != "" for _, _, start, end in spans)


@each_file
def test_a_span_holds_words_and_no_white_space_at_its_edges(path: Path) -> None:
    assert offenders(path, is_tight) == []


def is_apart(line: str) -> bool:
    _, spans = strip_tags(line)
    for number in {span[1] for span in spans}:
        own = sorted((s, e) for kind, n, s, e in spans if n == number and kind != "SOURCE")
        if any(before[1] > after[0] for before, after in pairwise(own)):
            return False
    return True


@each_file
def test_the_cue_and_the_contents_of_one_attribution_do_not_overlap(path: Path) -> None:
    """Its source may hold them: "anyone who complained about the pace"."""
    assert offenders(path, is_apart) == []


def is_plain(line: str) -> bool:
    text, _ = strip_tags(line)
    return text.isprintable() and not re.search(r"[<>{}\[\]|\\]|&\w+;|\*\*|  ", text)


@each_file
def test_no_markup_is_left_over(path: Path) -> None:
    assert offenders(path, is_plain) == []


def test_no_paragraph_stands_twice() -> None:
    counts = Counter(strip_tags(line)[0] for path in FILES for line in lines(path))
    assert [text for text, count in counts.items() if count > 1] == []


def test_every_attribution_reaches_training_as_a_frame() -> None:
    """One frame for each cue, or one for each sentence that it stands in."""
    frames = sum(len(example.attributions or ()) for example in examples())
    attributions = sum(
        len({number for _, number, _, _ in strip_tags(line)[1]}) for path in FILES for line in lines(path)
    )
    assert 1_500 < attributions <= frames <= attributions * 1.02


def test_every_frame_of_training_names_its_cue_and_lies_in_its_sentence() -> None:
    for example in examples():
        for frame in example.attributions or ():
            cues = [(s, e) for label, s, e in frame.roles if label == "CUE"]
            assert any(s <= frame.word < e for s, e in cues), example.id
            assert all(0 <= s < e <= len(example.forms) for _, s, e in frame.roles), example.id


def test_paragraphs_without_any_attribution_are_among_them() -> None:
    """A model that never sees plain narration finds speech everywhere."""
    assert sum(not TAG.search(line) for path in FILES for line in lines(path)) >= 20
