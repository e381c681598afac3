"""Measures one model on all gold files: loads them, reads each text once, and gives every figure its key."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from evals.attribution import (
    AttributedArticle,
    AttributionScore,
    AttributionSpans,
    frame_spans,
    load_attributions,
    score_attribution,
    statement_spans,
    together,
)
from evals.counts import Counts
from evals.names import NamedSentence, NamesScore, load_names, score_names
from evals.predicates import PredicateSentence, PredicatesScore, load_predicates, score_predicates
from evals.reading import Reader, Readings
from evals.segmentation import Segmentation, load_conllu, score_segmentation, segment
from evals.syntax import SyntaxScore, Tree, load_trees, score_syntax
from evals.whole import score_whole
from legation.read.sentences import SentenceSplitter
from legation.records import Reading, Report, Text

SENTENCES_OF_ARTICLE = 40
PARTS = ("source", "cue", "content")
Coder = Callable[[Reading], Report]


@dataclass(frozen=True, slots=True)
class Gold:
    """Everything that is measured against; `raw_ewt` and `raw_news` are whole documents."""

    ewt: list[Tree]
    gum: list[Tree]
    raw_ewt: list[Segmentation]
    raw_news: list[Segmentation]
    names: list[NamedSentence]
    predicates: list[PredicateSentence]
    articles: list[AttributedArticle]


@dataclass(frozen=True, slots=True)
class Measures:
    """Figures from 0 to 100 by key, the counts behind them by table and label, and plain numbers by table and label."""

    figures: dict[str, float]
    counts: dict[str, dict[str, Counts]]
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)

    def joined(self, other: Measures) -> Measures:
        """These and others, whose keys and tables are not the same."""
        return Measures(self.figures | other.figures, self.counts | other.counts, self.numbers | other.numbers)


@dataclass(frozen=True, slots=True)
class Attributions:
    """How the attributions of a set were found, token by token and whole."""

    tokens: AttributionScore
    whole: Counts


def load_gold(paths: Mapping[str, Path], most: int | None = None) -> Gold:
    """Reads the gold files ud_ewt, ud_gum, uner_ewt, propbank_ewt and polnear.

    `most` keeps only so many sentences of each set, and articles and documents in proportion, for a trial.
    """
    articles = None if most is None else max(1, most // SENTENCES_OF_ARTICLE)
    raw_gum = load_conllu(paths["ud_gum"])
    return Gold(
        load_trees(paths["ud_ewt"])[:most],
        load_trees(paths["ud_gum"])[:most],
        list(load_conllu(paths["ud_ewt"]).values())[:articles],
        [document for name, document in raw_gum.items() if name.startswith("GUM_news")][:articles],
        load_names(paths["uner_ewt"])[:most],
        load_predicates(paths["propbank_ewt"])[:most],
        load_attributions(paths["polnear"])[:articles],
    )


def measure_model(gold: Gold, reader: Reader, code: Coder) -> Measures:
    """What a model reads, and what the coding makes of its attributions."""
    trees = [*gold.ewt, *gold.gum]
    readings = Readings(
        reader,
        [*(tuple(token.text for token in tree) for tree in trees), *(s.words for s in gold.names)],
        [(s.words, s.given) for s in gold.predicates],
    )
    names = score_names([s.names for s in gold.names], [readings.of(s.words).names for s in gold.names])
    predicates = _predicates(gold.predicates, readings)
    attributions = _attribution(gold.articles, reader, code)
    return Measures(
        _syntax("ud_ewt", _trees(gold.ewt, readings))
        | _syntax("ud_gum", _trees(gold.gum, readings))
        | {"uner_ewt.names": 100 * names.names.f1}
        | {
            "propbank_ewt.predicates": 100 * predicates.predicates.f1,
            "propbank_ewt.arguments": 100 * predicates.arguments.f1,
        }
        | _attribution_figures("frames", attributions["frames"])
        | _attribution_figures("statements", attributions["statements"]),
        _tables(names, predicates, attributions),
    )


def measure_segmentation(gold: Gold, splitter: SentenceSplitter) -> Measures:
    """Words and sentences found in raw text, which no language model has a part in."""
    figures: dict[str, float] = {}
    for key, documents in (("raw_ewt", gold.raw_ewt), ("raw_news", gold.raw_news)):
        score = score_segmentation(documents, [segment(one.text, splitter) for one in documents])
        figures |= {f"{key}.words": 100 * score.words.f1, f"{key}.sentences": 100 * score.sentences.f1}
    return Measures(figures, {})


def _trees(gold: list[Tree], readings: Readings) -> SyntaxScore:
    return score_syntax(gold, [readings.of(tuple(token.text for token in tree)).tokens for tree in gold])


def _syntax(key: str, score: SyntaxScore) -> dict[str, float]:
    names = ("upos", "xpos", "lemma", "uas", "las", "las_full")
    return {f"{key}.{name}": 100 * getattr(score, name) for name in names}


def _predicates(gold: list[PredicateSentence], readings: Readings) -> PredicatesScore:
    found = [readings.given(sentence.words, sentence.given) for sentence in gold]
    return score_predicates(
        [sentence.predicates for sentence in gold],
        [reading.predicates for reading in found],
        [reading.sentence.frames for reading in found],
    )


def _attribution(articles: list[AttributedArticle], reader: Reader, code: Coder) -> dict[str, Attributions]:
    """Scores of the model's bare frames and of the report's statements."""
    readings = [reader.read(Text(article.text)) for article in articles]
    return {
        "frames": score_attributions(articles, [frame_spans(reading) for reading in readings]),
        "statements": score_attributions(articles, [statement_spans(code(reading)) for reading in readings]),
    }


def score_attributions(
    articles: Sequence[AttributedArticle], found: Sequence[Sequence[AttributionSpans]]
) -> Attributions:
    """Scores what was found in each article, token by token and whole."""
    return Attributions(score_attribution(articles, [together(each) for each in found]), score_whole(articles, found))


def _attribution_figures(way: str, found: Attributions) -> dict[str, float]:
    tokens = {f"polnear.{way}.{part}": 100 * getattr(found.tokens, part).f1 for part in PARTS}
    return tokens | {f"polnear.{way}.whole": 100 * found.whole.f1}


def _tables(
    names: NamesScore, predicates: PredicatesScore, attributions: Mapping[str, Attributions]
) -> dict[str, dict[str, Counts]]:
    ways = {"model": attributions["frames"], "statements": attributions["statements"]}
    return {
        "Names, UNER-EWT": {"all": names.names, **names.labels},
        "Predicates and arguments, PropBank EWT": {
            "predicates": predicates.predicates,
            "arguments": predicates.arguments,
            **predicates.labels,
        },
        "Tokens of attributions, PolNeAR": {
            f"{part}, {way}": getattr(found.tokens, part) for way, found in ways.items() for part in PARTS
        },
        "Whole attributions, PolNeAR": {way: found.whole for way, found in ways.items()},
    }
