"""The packed index of the issues' terms: that it is fresh, answers as one that is compiled, and takes own issues in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.issues import context_of
from legation.positions.issues import Issue, load_issues
from legation.positions.library import FILE, Library, Lines, library_of, library_with, pack, shipped_library
from legation.positions.matching import Matcher
from legation.positions.telling import known_issue_of
from legation.positions.terms import index_of, words_of
from legation.shipped import table_lines
from training.position_corpus import read

OWN = """
[[issue]]
id = "lake-ferry"
name = "The ferry over the lake"
default = "run"
words = ["ferry", "night boat", "steam*"]
hints = ["lake", "sanctions"]
patterns = ['\\bnight (crossing|service)s?\\b']
[[issue.option]]
id = "run"
means = "to run it"
course = "begin"
words = ["sail"]
[[issue.option]]
id = "stop"
means = "to stop it"
course = "end"
patterns = ['\\bday boats? only\\b']
[[issue]]
id = "sanctions"
words = ["Lakeland Measures", "tariff truce"]
[[issue.option]]
id = "relieve"
words = ["grandfather"]
[[issue]]
id = "fishing"
replace = true
name = "Fishing"
words = ["trawler", "lake"]
[[issue.option]]
id = "fish"
means = "to fish"
words = ["fish"]
"""


@pytest.fixture(scope="module")
def compiled() -> Library:
    return library_of(load_issues())


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Issue]:
    file: Path = tmp_path_factory.mktemp("own") / "issues.toml"
    file.write_text(OWN, encoding="utf-8")
    return load_issues(file)


def statements() -> list[tuple[str, str, str]]:
    """Evidence, content and context of every statement of the corpus' part dev, with a position or without."""
    found = []
    for record in read():
        for statement in record.statements if record.split == "dev" else ():
            content = " ".join(record.text[start:end] for start, end in statement.content)
            spans = [position.evidence for position in statement.positions] or [(0, 0)]
            found += [(record.text[a:b], content, context_of(record.text, statement)) for a, b in spans]
    return found


def test_the_packed_lines_are_those_of_the_table() -> None:
    """After a change of issues.toml: make tables."""
    assert list(table_lines(FILE)) == pack(load_issues().values())


def test_it_answers_as_one_that_is_compiled(compiled: Library) -> None:
    packed, whole = (Matcher(library, least_sure=0.0) for library in (shipped_library(), compiled))
    cases = statements()
    assert len(cases) > 400
    assert [packed.match(*case) for case in cases] == [whole.match(*case) for case in cases]


TERMS = sorted({term for issue in load_issues().values() for term in (*issue.words, *issue.hints, *issue.excluded)})
COURSES = sorted({term for issue in load_issues().values() for o in issue.options for term in (*o.words, *o.verbs)})
_PIECE = st.sampled_from(TERMS) | st.sampled_from(COURSES) | st.sampled_from(["the", "must", "never", "lake", "ferry"])
_TEXT = st.lists(_PIECE | st.text(max_size=8), max_size=12).map(lambda pieces: " ".join(pieces).replace("*", "ed"))
_EVERY = index_of((term, None) for term in {*TERMS, *COURSES})


@given(_TEXT)
def test_it_finds_what_an_index_of_all_terms_finds(text: str) -> None:
    packed = {(one.term.text, one.start) for one in shipped_library().index.find(words_of(text))}
    assert packed == {(one.term.text, one.start) for one in _EVERY.find(words_of(text))}


_SHIPPED = Matcher(shipped_library(), least_sure=0.0)
_COMPILED = Matcher(library_of(load_issues()), least_sure=0.0)


@given(_TEXT, _TEXT, _TEXT)
def test_any_text_is_answered_as_by_one_that_is_compiled(evidence: str, content: str, context: str) -> None:
    assert _SHIPPED.match(evidence, content, context) == _COMPILED.match(evidence, content, context)


def test_own_issues_beside_the_packed_ones_answer_as_all_compiled_together(own: dict[str, Issue]) -> None:
    beside, together = (Matcher(library, least_sure=0.0) for library in (library_with(own), library_of(own)))
    cases = [
        ("the night ferry must sail", "on the lake", "Lakeland"),
        ("day boats only", "no night crossings of steamers", "sanctions"),
        ("grandfather the sanctions", "the tariff truce", "fish with a trawler"),
        *statements()[::3],
    ]
    told = [beside.match(*case) for case in cases]
    assert told == [together.match(*case) for case in cases]
    assert [answers[0].issue for answers in told[:2]] == ["lake-ferry", "lake-ferry"]


def test_a_replaced_issue_is_told_by_its_new_words_alone(own: dict[str, Issue]) -> None:
    matcher = Matcher(library_with(own), least_sure=0.0)
    assert all(one.issue != "fishing" for one in matcher.match("cod quota and drift nets", ""))
    assert matcher.match("more trawlers", "")[0].issue == "fishing"


def test_without_own_issues_the_packed_ones_alone_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    evidence = "the sanctions must be lifted"
    matter = known_issue_of(evidence, evidence, "")
    assert (matter.issue, matter.option) == ("sanctions", "relieve")
    assert matter.confidence > 0.5 and matter.lead > 0.0


def test_words_that_begin_no_term_leave_nothing_behind() -> None:
    library = Library(Lines(table_lines(FILE)))
    library.index.find(words_of("Sanctions were lifted"))
    kept = {*library._terms_of}
    for number in range(500):
        library.index.find([f"zqv{number}"])
    assert {*library._terms_of} == kept and "lift" in kept
