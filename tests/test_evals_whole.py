"""Whole attributions, one by one. The texts are invented."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from tiny_gold import INFO

from evals.attribution import AttributedArticle, AttributionSpans, Span
from evals.counts import Counts
from evals.whole import best_pairs, letters, load_gum, matched, score_whole, shared, with_clauses
from legation.records import Block, Reading, Sentence, Text, Token

TEXT = "Ada Roe said that Marland lied about oil, and Ben Cole denied that prices fell."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def said(source: str | None, *content: str) -> AttributionSpans:
    return AttributionSpans((at(source),) if source else (), (), tuple(map(at, content)))


ROE = said("Ada Roe", "that Marland lied about oil")
COLE = said("Ben Cole", "that prices fell")


def pairs(gold: list[AttributionSpans], *found: AttributionSpans) -> list[tuple[int, int]]:
    return matched(TEXT, gold, found)


# ---------------------------------------------------------------- one against one


def test_half_of_the_content_and_a_part_of_the_source_are_enough() -> None:
    assert pairs([ROE], said("Roe", "Marland lied about")) == [(0, 0)]


def test_less_than_half_of_the_content_is_not_enough() -> None:
    assert pairs([ROE], said("Ada Roe", "about oil")) == []


def test_a_content_more_than_twice_as_long_is_not_right() -> None:
    assert pairs([COLE], said("Ben Cole", "about oil, and Ben Cole denied that prices fell")) == []


def test_another_source_is_wrong() -> None:
    assert pairs([ROE], said("Ben Cole", "that Marland lied about oil")) == []


def test_sources_agree_where_neither_has_one_and_not_where_one_has() -> None:
    nobody = said(None, "that prices fell")
    assert pairs([nobody], nobody) == [(0, 0)]
    assert pairs([nobody], COLE) == pairs([COLE], nobody) == []


def test_cues_are_not_asked_for() -> None:
    assert pairs([ROE], AttributionSpans(ROE.source, (at("denied"),), ROE.content)) == [(0, 0)]


def test_pieces_of_a_content_count_together() -> None:
    assert pairs([said("Ada Roe", "that Marland", "about oil")], said("Ada Roe", "that Marland", "about")) == [(0, 0)]


def test_marks_and_blanks_at_the_edges_do_not_count() -> None:
    assert letters("“No,” he", [(0, 6)]) == {1, 2}


def test_an_attribution_without_content_is_never_right() -> None:
    assert pairs([said("Ada Roe")], said("Ada Roe")) == []


# ---------------------------------------------------------------- one to one


def test_the_same_attribution_found_twice_is_right_once() -> None:
    assert pairs([ROE], ROE, ROE) == [(0, 0)]


def test_the_pair_that_shares_most_goes_first() -> None:
    outer, inner = ROE, said("Ada Roe", "Marland lied about")
    assert sorted(pairs([outer, inner], inner, outer)) == [(0, 1), (1, 0)]


def test_of_equal_ranks_the_first_given_is_taken() -> None:
    assert best_pairs([(1, "a", "x"), (1, "a", "y"), (1, "b", "x"), (0, "b", "y")]) == [("a", "x"), ("b", "y")]


def test_articles_are_counted_together_and_not_mixed_up() -> None:
    article = AttributedArticle(TEXT, (), AttributionSpans(), (ROE, COLE))
    assert score_whole([article, article], [[ROE], [COLE, ROE, said("Ada Roe", "prices")]]) == Counts(3, 4, 4)


edges = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda pair: (min(pair), max(pair)))
one = st.builds(
    AttributionSpans,
    source=st.lists(edges, max_size=2).map(tuple),
    content=st.lists(edges, max_size=3).map(tuple),
)


@given(st.lists(one, max_size=5), st.lists(one, max_size=5))
def test_every_attribution_is_taken_once_and_both_sides_may_change_places(
    gold: list[AttributionSpans], found: list[AttributionSpans]
) -> None:
    there, back = matched(TEXT, gold, found), matched(TEXT, found, gold)
    assert len({g for g, _ in there}) == len({f for _, f in there}) == len(there)
    assert bool(there) == bool(back)


@given(st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_what_is_shared_is_a_share_of_the_larger(some: set[int], other: set[int]) -> None:
    assert 0.0 <= shared(some, other) == shared(other, some) <= 1.0
    assert (shared(some, other) == 1.0) == (some == other != set())


# ---------------------------------------------------------------- GUM


def gum(tmp_path: Path, *records: dict[str, Any]) -> list[AttributedArticle]:
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(record) + "\n" for record in records).encode()))
    return load_gum(path)


def test_a_content_without_a_finite_verb_is_none_that_gum_would_mark() -> None:
    words = [("Ada", "NNP"), ("wants", "VBZ"), ("to", "TO"), ("go", "VB"), ("and", "CC"), ("fears", "VBZ"), ("it", "PRP"),
             ("may", "MD"), ("rain", "VB")]  # fmt: skip
    text = " ".join(word for word, _ in words)
    spans = [(text.index(word), text.index(word) + len(word)) for word, _ in words]
    tokens = tuple(
        Token(s, e, word, word, "X", xpos, -1, "root") for (s, e), (word, xpos) in zip(spans, words, strict=True)
    )
    reading = Reading(Text(text), (Block(0, len(text)),), (Sentence(0, len(text), 0, tokens),), INFO)
    bare = AttributionSpans(content=((10, 15),))
    clause = AttributionSpans(content=((spans[6][0], len(text)),))
    assert with_clauses(reading, [bare, clause, AttributionSpans()]) == [clause]


def record(commercial: str, source: list[Span]) -> dict[str, Any]:
    attribution = {
        "attributing_unit": [at("Ada Roe said")], "content": [at("that Marland lied about oil")],
        "auto_cue": at("said"), "auto_source": source,
    }  # fmt: skip
    return {"commercial": commercial, "text": TEXT, "attributions": [attribution]}


def test_only_commercial_documents_are_read(tmp_path: Path) -> None:
    [article] = gum(tmp_path, record("yes", [at("Roe")]), record("no", [at("Roe")]))
    assert article.each == (AttributionSpans((at("Roe"),), (at("said"),), (at("that Marland lied about oil"),)),)
    assert article.spans == article.each[0]


def test_where_no_source_was_split_off_source_and_cue_stand_for_it(tmp_path: Path) -> None:
    [article] = gum(tmp_path, record("yes", []))
    assert article.each[0].source == (at("Ada Roe said"),)
