"""Measures statements of real sentences and passages: the dev part of `corpus/positions/real.jsonl`."""

from __future__ import annotations

from collections.abc import Sequence

from evals.attribution import AttributedArticle, AttributionSpans, statement_spans, together
from evals.counts import Counts
from evals.measure import Coder, Measures
from evals.measure_statements import right_share
from evals.reading import Reader
from evals.stances import macro_f1, score_stances
from evals.whole import score_whole
from legation.records import Text
from training.position_corpus import Attitude, Position, Record, Statement
from training.real_statements import RealSentence, Said, read_real

NOBODY = (0, 0)
"""Where a speaker stands whom the sentence does not name: nothing overlaps with it."""


def load_real_statements(most: int | None = None) -> list[RealSentence]:
    """The sentences of the dev part; `most` keeps so many."""
    return [sentence for sentence in read_real() if sentence.split == "dev"][:most]


def measure_real_statements(sentences: Sequence[RealSentence], reader: Reader, code: Coder) -> Measures:
    """Whole attributions of the report's statements; of those found, the acts that are right; sides, unsure ones as
    well."""
    reports = [code(reader.read(Text(sentence.text))) for sentence in sentences]
    whole = score_whole([_article(s) for s in sentences], [statement_spans(report) for report in reports])
    score = score_stances([_record(sentence) for sentence in sentences], reports)
    acts = sum(score.acts.values(), Counts())
    return Measures(
        {
            "real_statements.whole": 100 * whole.f1,
            "real_statements.acts": right_share(acts),
            "real_statements.stance_all": 100 * macro_f1(score.stances.values()),
            "real_statements.right_side_all": right_share(score.sides),
        },
        {
            "Statements of real sentences": {"whole attributions": whole, "contents overlap": score.statements},
            "Stances of all that a report has, real sentences": score.stances,
        },
    )


def _article(sentence: RealSentence) -> AttributedArticle:
    each = tuple(
        AttributionSpans((said.speaker,) if said.speaker else (), (said.cue,), said.content) for said in sentence.said
    )
    return AttributedArticle(sentence.text, (), together(each), each)


def _record(sentence: RealSentence) -> Record:
    return Record(sentence.id, "", sentence.split, sentence.text, tuple(map(_statement, sentence.said)))


def _statement(said: Said) -> Statement:
    return Statement(
        said.speaker or NOBODY, said.cue, said.content, said.act,
        tuple(Position("", "", mark.kind, mark.span) for mark in said.sides),
        tuple(Attitude(mark.span, mark.kind, mark.span) for mark in said.toward),
    )  # fmt: skip
