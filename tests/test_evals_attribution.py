"""Attribution on whole articles, token by token. The texts are invented."""

from __future__ import annotations

import gzip
import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny_gold import ARTICLES, read_by_heart

from evals.attribution import (
    AttributedArticle,
    AttributionSpans,
    Span,
    frame_spans,
    load_attributions,
    score_attribution,
    statement_spans,
    together,
)
from evals.counts import Counts
from legation.records import (
    ArticleInfo,
    Block,
    EntitySpan,
    Frame,
    ModelInfo,
    Reading,
    Report,
    Role,
    Sentence,
    Statement,
    Text,
    Token,
)
from legation.records import Span as TextSpan

TEXT = "Ada Roe said that Marland lied about oil. Marland denied it."
TOKENS = tuple(
    (start, start + len(word))
    for start, word in [
        (0, "Ada"), (4, "Roe"), (8, "said"), (13, "that"), (18, "Marland"), (26, "lied"), (31, "about"),
        (37, "oil"), (40, "."), (42, "Marland"), (50, "denied"), (57, "it"), (59, "."),
    ]
)  # fmt: skip
SPANS = AttributionSpans(source=((0, 7), (42, 49)), cue=((8, 12), (50, 56)), content=((13, 40), (57, 59)))
GOLD = AttributedArticle(TEXT, TOKENS, SPANS)
MODEL = ModelInfo("none", "0", "0" * 64)


def score_content(*predicted: Span) -> Counts:
    return score_attribution([GOLD], [AttributionSpans(content=predicted)]).content


# ---------------------------------------------------------------- loading


def test_the_parts_of_all_attributions_are_put_together(tmp_path: Path) -> None:
    record = {
        "text": TEXT,
        "tokens": [list(span) for span in TOKENS],
        "attributions": [
            {"type": "Attribution", "source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 25], [26, 40]]},
            {"type": "Attribution-no-source", "source": [], "cue": [[50, 56]], "content": [[57, 59]]},
        ],
    }
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress((json.dumps(record) + "\n").encode()))
    [article] = load_attributions(path)
    assert (article.text, article.tokens) == (TEXT, TOKENS)
    assert article.spans.source == ((0, 7),)
    assert article.spans.cue == ((8, 12), (50, 56))
    assert article.spans.content == ((13, 25), (26, 40), (57, 59))
    assert [one.content for one in article.each] == [((13, 25), (26, 40)), ((57, 59),)]
    assert [one.source for one in article.each] == [((0, 7),), ()]


# ---------------------------------------------------------------- scoring


def test_each_part_counts_its_own_tokens() -> None:
    score = score_attribution([GOLD], [SPANS])
    assert (score.source.gold, score.cue.gold, score.content.gold) == (3, 2, 6)
    assert score.source.f1 == score.cue.f1 == score.content.f1 == 1.0


def test_a_part_may_be_found_in_part() -> None:
    assert score_content((13, 30)) == Counts(right=3, gold=6, predicted=3)


def test_tokens_outside_cost_precision() -> None:
    assert score_content((8, 40), (57, 59)) == Counts(right=6, gold=6, predicted=7)


def test_overlapping_spans_count_a_token_once() -> None:
    assert score_content((13, 40), (18, 30), (13, 17), (57, 59)) == Counts(6, 6, 6)


def test_a_token_that_is_touched_is_in() -> None:
    assert score_content((16, 19)) == Counts(right=2, gold=6, predicted=2)


def test_a_span_without_a_token_is_nothing() -> None:
    assert score_content((12, 13), (41, 42)) == Counts(right=0, gold=6, predicted=0)


def test_the_right_words_in_another_part_are_wrong() -> None:
    swapped = AttributionSpans(source=SPANS.content, cue=(), content=SPANS.source)
    score = score_attribution([GOLD], [swapped])
    assert (score.source.right, score.content.right) == (0, 0)


def test_articles_are_pooled_and_not_mixed_up() -> None:
    nothing = AttributionSpans()
    assert score_attribution([GOLD, GOLD], [SPANS, nothing]).source == Counts(3, 6, 3)


def test_another_number_of_articles_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        score_attribution([GOLD, GOLD], [SPANS])


borders = st.lists(st.integers(0, len(TEXT)), min_size=2, max_size=2).map(sorted)
spans = st.lists(borders.map(lambda pair: (pair[0], pair[1])), max_size=5).map(tuple)


@given(spans)
def test_a_perfect_prediction_scores_one(gold: tuple[Span, ...]) -> None:
    parts = AttributionSpans(gold, gold, gold)
    score = score_attribution([AttributedArticle(TEXT, TOKENS, parts)], [parts])
    assert score.source.f1 == score.cue.f1 == score.content.f1 == 1.0


@given(spans, spans)
def test_gold_and_prediction_may_change_places(one: tuple[Span, ...], other: tuple[Span, ...]) -> None:
    there = score_attribution(
        [AttributedArticle(TEXT, TOKENS, AttributionSpans(content=one))], [AttributionSpans(content=other)]
    ).content
    back = score_attribution(
        [AttributedArticle(TEXT, TOKENS, AttributionSpans(content=other))], [AttributionSpans(content=one)]
    ).content
    assert (there.right, there.gold, there.predicted) == (back.right, back.predicted, back.gold)


@given(spans)
def test_cutting_a_span_between_tokens_changes_nothing(found: tuple[Span, ...]) -> None:
    starts = [start for start, _ in TOKENS]
    pieces = tuple(
        piece for start, end in found for piece in pairwise([start, *(cut for cut in starts if start < cut < end), end])
    )
    assert score_content(*pieces) == score_content(*found)


# ---------------------------------------------------------------- predictions


def reading(*frames: Frame) -> Reading:
    tokens = tuple(Token(s, e, TEXT[s:e], "x", "NOUN", "NN", -1, "root") for s, e in TOKENS)
    sentences = (Sentence(0, 41, 0, tokens[:9], (), frames), Sentence(42, 60, 0, tokens[9:]))
    return Reading(Text(TEXT), (Block(0, 60),), sentences, MODEL)


def test_frames_give_their_roles_as_offsets_in_the_text() -> None:
    said = Frame("attribution", 2, (Role(0, 2, "SOURCE"), Role(2, 3, "CUE"), Role(3, 8, "CONTENT")), 0.9)
    assert frame_spans(reading(said)) == (AttributionSpans(((0, 7),), ((8, 12),), ((13, 40),)),)


def test_only_attributions_and_only_their_own_roles_are_taken() -> None:
    lied = Frame("predicate", 5, (Role(4, 5, "SOURCE"),), 0.9)
    said = Frame("attribution", 2, (Role(0, 2, "ARG0"), Role(3, 8, "CONTENT")), 0.9)
    assert frame_spans(reading(lied, said)) == (AttributionSpans(content=((13, 40),)),)


def test_frames_of_a_later_sentence_count_in_the_whole_text() -> None:
    whole = reading()
    denied = Frame("attribution", 1, (Role(0, 1, "SOURCE"), Role(2, 3, "CONTENT")), 0.9)
    first, second = whole.sentences
    moved = Sentence(second.start, second.end, 0, second.tokens, (), (denied,))
    found = frame_spans(Reading(whole.text, whole.blocks, (first, moved), MODEL))
    assert found == (AttributionSpans(source=((42, 49),), content=((57, 59),)),)


def test_a_reading_by_heart_scores_one(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in ARTICLES).encode()))
    [article] = load_attributions(path)
    score = score_attribution([article], [together(frame_spans(read_by_heart(article, Text(article.text))))])
    assert score.source.f1 == score.cue.f1 == score.content.f1 == 1.0


def statement(speaker: EntitySpan | None, *content: Span) -> Statement:
    pieces = tuple(TextSpan(start, end, TEXT[start:end]) for start, end in content)
    cue = TextSpan(8, 12, "said")
    return Statement("s1", speaker, cue, pieces, "indirect", "state", None, None, None, (), 0.9)


def report(*statements: Statement) -> Report:
    info = ArticleInfo("a", None, None, None, None, None, "0" * 64, len(TEXT))
    return Report(info, MODEL, TEXT, statements=statements)


def test_statements_give_speaker_cue_and_every_piece_of_content() -> None:
    ada = EntitySpan("n1", 0, 7, "Ada Roe")
    found = statement_spans(report(statement(ada, (13, 25), (31, 40))))
    assert found == (AttributionSpans(((0, 7),), ((8, 12),), ((13, 25), (31, 40))),)


def test_a_statement_without_speaker_has_no_source() -> None:
    assert [one.source for one in statement_spans(report(statement(None, (13, 40))))] == [()]
