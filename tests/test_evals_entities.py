"""Who is meant, against marked mentions. The paragraphs are invented."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals.counts import Counts
from evals.entities import GoldMention, Paragraph, load_entities, matched, measure_entities, score_entities
from evals.reading import ModelReader
from legation.coding import who_is_meant
from legation.records import Entity, Span

MARKED = "P 2001-05-17\nOSLO - [[Ada Roe|NOR|OPP.PTY]] met [[masked men||UAF]] and [[Peru|PER|]].\n"


def entity(start: int, end: int, code: str | None, *sectors: str, kind: str = "person") -> Entity:
    span = Span(start, end, "")
    return Entity("n1", "", kind, None, code, sectors, None, None, "none", (span,))  # type: ignore[arg-type]


def paragraph(tmp_path: Path) -> Paragraph:
    (tmp_path / "part-1.txt").write_text(MARKED, encoding="utf-8")
    (one,) = load_entities(tmp_path)
    return one


def test_marks_are_taken_out_of_the_text_and_kept_as_spans(tmp_path: Path) -> None:
    one = paragraph(tmp_path)
    assert (one.published, one.text) == (date(2001, 5, 17), "OSLO - Ada Roe met masked men and Peru.")
    assert [(one.text[m.start : m.end], m.code, sorted(m.sectors)) for m in one.mentions] == [
        ("Ada Roe", "NOR", ["OPP", "PTY"]),
        ("masked men", None, ["UAF"]),
        ("Peru", "PER", []),
    ]


def test_a_mark_of_another_form_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "part-1.txt").write_text("P 2001-05-17\n[[Ada Roe|nor]] slept.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="A mark is not of the form"):
        load_entities(tmp_path)


def test_every_paragraph_of_our_own_is_read() -> None:
    paragraphs = load_entities()
    assert len(paragraphs) == 120
    assert sum(len(one.mentions) for one in paragraphs) == 1370


def test_code_and_sectors_are_judged_each_for_itself(tmp_path: Path) -> None:
    one = paragraph(tmp_path)
    entities = [entity(7, 14, "NOR", "PTY"), entity(19, 29, None, "UAF"), entity(34, 38, "CHL")]
    score = score_entities([one], [entities])
    assert (score.codes, score.sectors, score.both) == (Counts(2, 3, 3), Counts(2, 3, 3), Counts(1, 3, 3))


def test_the_order_of_sectors_does_not_count(tmp_path: Path) -> None:
    one = paragraph(tmp_path)
    assert score_entities([one], [[entity(7, 14, "NOR", "PTY", "OPP")]]).sectors.right == 1


def test_a_mention_that_nothing_touches_is_wrong_even_where_nobody_has_a_code(tmp_path: Path) -> None:
    score = score_entities([paragraph(tmp_path)], [[]])
    assert (score.codes, score.kinds) == (Counts(0, 3, 0), {"not found": Counts(0, 3, 0)})


def test_the_entity_that_shares_most_of_the_mention_is_judged() -> None:
    mention = GoldMention(10, 20, None, frozenset())
    near, far = entity(9, 12, "PER"), entity(13, 30, "CHL")
    assert matched(mention, [near, far]) is far
    assert matched(mention, [entity(0, 10, "PER")]) is None


def test_of_two_that_share_as_much_the_closer_is_judged() -> None:
    wide, close = entity(0, 40, "PER"), entity(10, 20, "CHL")
    assert matched(GoldMention(10, 20, None, frozenset()), [wide, close]) is close


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 10)), max_size=6), st.integers(0, 40))
def test_who_is_matched_touches_the_mention(spans: list[tuple[int, int]], start: int) -> None:
    entities = [entity(s, s + length, "PER") for s, length in spans]
    found = matched(GoldMention(start, start + 5, None, frozenset()), entities)
    touching = [e for e in entities if e.mentions[0].start < start + 5 and start < e.mentions[0].end]
    assert (found in touching) if touching else found is None


def test_the_model_is_measured_on_paragraphs(tmp_path: Path) -> None:
    measures = measure_entities([paragraph(tmp_path)], ModelReader(), who_is_meant)
    assert sorted(measures.figures) == ["entities.code", "entities.sectors"]
    assert measures.figures["entities.code"] == pytest.approx(200 / 3)
