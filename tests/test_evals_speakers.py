"""Who speaks, against marked articles. The articles are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from factories import MODEL, Words, make_article, make_entity, make_statement
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts
from evals.speakers import (
    Mark,
    MarkedArticle,
    Resolved,
    SpeakersScore,
    fits,
    load_speakers,
    read_marked,
    score_speakers,
    statement_of,
)
from legation.records import Entity, Report, Statement

WRITTEN = """\
TITLE: Roe: no deal
DATE: 2001-05-17
SOURCE: Daily Example

OSLO - [[Ada Roe, the envoy,|Ada Roe]] said no. [[The envoy|Ada Roe]] left, [[Lima|BODY:Peru]] said.

"Yes," [[he|Ben Roe]] said. [["It is done|Ben Roe]]. All of it," [[aides|?]] added.
"""
ARTICLE = read_marked(2, WRITTEN)
IN = Words(ARTICLE.text)


def entity(id: str, name: str, kind: str = "person") -> Entity:
    return make_entity(id, name, kind)  # type: ignore[arg-type]


ADA, BEN, PERU = entity("n1", "Ada Roe"), entity("n2", "Ben"), entity("n3", "Peru", "state")


def statement(who: str | None, words: str, content: str, after: str = "") -> Statement:
    return make_statement("s1", IN.span("said"), IN.span(content), speaker=IN.who(who, words, after))


def report(*statements: Statement, entities: tuple[Entity, ...] = (ADA, BEN, PERU)) -> Report:
    return Report(make_article(ARTICLE.text), MODEL, ARTICLE.text, entities=entities, statements=statements)


def score(*statements: Statement, entities: tuple[Entity, ...] = (ADA, BEN, PERU)) -> SpeakersScore:
    return score_speakers([ARTICLE], [report(*statements, entities=entities)])


# ---------------------------------------------------------------- reading


def test_head_and_marks_are_taken_out_of_the_text() -> None:
    assert (ARTICLE.title, ARTICLE.published, ARTICLE.source) == ("Roe: no deal", date(2001, 5, 17), "Daily Example")
    assert ARTICLE.text.startswith("OSLO - Ada Roe, the envoy, said no. The envoy left, Lima said.\n\n")
    assert all(ARTICLE.text[mark.start : mark.end] == mark.words for mark in ARTICLE.marks)
    assert [mark.who for mark in ARTICLE.marks] == ["Ada Roe", "Ada Roe", "BODY:Peru", "Ben Roe", "Ben Roe", "?"]


def test_a_mark_of_another_form_is_not_passed_over() -> None:
    with pytest.raises(ValueError, match=r"Article 7: a mark is not of the form"):
        read_marked(7, WRITTEN.replace("[[he|Ben Roe]]", "[[he]]"))


def test_every_article_of_our_own_is_read() -> None:
    articles = load_speakers()
    assert [article.number for article in articles] == list(range(1, 100))
    assert sum(len(article.marks) for article in articles) == 3953
    assert sum(mark.person for article in articles for mark in article.marks) == 2837


def test_a_folder_is_read_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    for name in ("02", "01", "notes"):
        (tmp_path / f"{name}.txt").write_text(WRITTEN, encoding="utf-8")
    assert [article.number for article in load_speakers(tmp_path)] == [1, 2]


@pytest.mark.parametrize(
    ("words", "kind"),
    [("Ada Roe, the envoy,", "name"), ("Ms. Roe", "name"), ("The envoy", "role"), ("She", "pronoun"),
     ("their aide", "role"), ("“It is", "bare quotation"), ("Road builders", "role")],
)  # fmt: skip
def test_a_mark_is_of_a_kind_by_its_words(words: str, kind: str) -> None:
    assert Mark(0, len(words), words, "Ada Roe").kind == kind


# ---------------------------------------------------------------- whose statement


def test_the_statement_whose_speaker_shares_most_is_that_of_a_mark() -> None:
    wide, narrow = statement("n2", "said no. The envoy left", "left"), statement("n1", "envoy left", "left")
    assert statement_of(ARTICLE.marks[1], [wide, narrow]) is narrow


def test_of_a_bare_quotation_the_content_counts_and_the_widest_one() -> None:
    inner = statement("n1", "he", "It is")
    outer = statement("n2", "he", '"It is done. All of it,"')
    assert statement_of(ARTICLE.marks[4], [inner, outer]) is outer
    assert statement_of(ARTICLE.marks[4], [statement("n2", "It is done", "Yes")]) is None


def test_without_a_statement_nothing_is_found() -> None:
    assert score().persons == Resolved(marked=4)


# ---------------------------------------------------------------- the right person


def test_right_wrong_open_and_missing_are_told_apart() -> None:
    found = score(
        statement("n1", "Ada Roe, the envoy,", "no"),
        statement("n2", "The envoy", "left"),
        statement(None, "he", '"It is done. All of it,"', after="Yes"),
    )
    assert found.persons == Resolved(marked=4, found=4, resolved=2, right=1)
    assert found.kinds["name"] == Resolved(1, 1, 1, 1)
    assert found.kinds["role"] == Resolved(1, 1, 1, 0)
    assert found.kinds["bare quotation"] == found.kinds["pronoun"] == Resolved(1, 1, 0, 0)
    assert found.persons.counts == Counts(right=1, gold=4, predicted=2)


@pytest.mark.parametrize("kind", ["unnamed", "group"])
def test_an_entity_without_a_name_is_nobody(kind: str) -> None:
    found = score(statement("n9", "The envoy", "left"), entities=(entity("n9", "envoy", kind),))
    assert found.kinds["role"] == Resolved(marked=1, found=1)


def test_a_body_of_the_name_is_not_the_person() -> None:
    found = score(statement("n9", "Ada Roe", "no"), entities=(entity("n9", "Ada Roe", "organization"),))
    assert found.kinds["name"] == Resolved(1, 1, 1, 0)


def test_a_name_that_two_marked_persons_share_is_not_the_right_one() -> None:
    found = score(statement("n9", "Ada Roe", "no"), entities=(entity("n9", "Roe"),))
    assert found.kinds["name"] == Resolved(1, 1, 1, 0)


def test_nobody_given_to_a_person_and_a_body_taken_for_one_are_counted_apart() -> None:
    found = score(statement("n2", "aides", "Yes"), statement("n1", "Lima", "left"))
    assert (found.open, found.bodies) == (Counts(0, 1, 1), Counts(0, 1, 1))
    fair = score(statement(None, "aides", "Yes"), statement("n3", "Lima", "left"))
    assert (fair.open, fair.bodies) == (Counts(0, 1, 0), Counts(0, 1, 0))


def test_articles_are_counted_together() -> None:
    both = score_speakers([ARTICLE, ARTICLE], [report(statement("n1", "Ada Roe", "no")), report()])
    assert both.persons == Resolved(marked=8, found=1, resolved=1, right=1)


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [("Wolde", "Mulugeta Belete Wolde", True), ("Mr. Wolde", "Belete Wolde", True), ("Osei", "Kwabena Osei-Darko", True),
     ("Kwabena Osei-Frimpong", "Kwabena Osei-Darko", False), ("Gerard Vauquelin", "Gérard Vauquelin", True),
     ("Roe’s", "Ada Roe", True), ("Mr.", "Ada Roe", False), ("", "Ada Roe", False)],
)  # fmt: skip
def test_names_fit_where_all_words_of_one_are_in_the_other(name: str, other: str, same: bool) -> None:
    assert fits(name, other) == fits(other, name) == same


@given(st.text(max_size=20))
def test_a_name_fits_itself_unless_it_has_no_words(name: str) -> None:
    assert fits(name, name) or not fits(name, "Ada Roe")


def test_an_article_without_marks_scores_nothing() -> None:
    empty = MarkedArticle(2, "", date(2001, 5, 17), "", ARTICLE.text, ())
    assert score_speakers([empty], [report()]).persons == Resolved()
