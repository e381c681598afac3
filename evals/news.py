"""Measures what is found in news beside events and statements: names and dates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.dates import DatedText, load_dates, measure_dates
from evals.measure import Coder, Measures
from evals.names import NamedSentence, coded_names, load_worldwide, score_names
from evals.reading import Reader


@dataclass(frozen=True, slots=True)
class NewsGold:
    """Texts with gold dates by set, and sentences of world news with gold names."""

    dates: dict[str, list[DatedText]]
    names: list[NamedSentence]


def load_news_gold(paths: Mapping[str, Path], most: int | None = None) -> NewsGold:
    """Reads what is there of tempeval3, wikiwars and en_worldwide; `most` keeps so many of each."""
    names = load_worldwide(paths["en_worldwide"])[:most] if "en_worldwide" in paths else []
    return NewsGold(load_dates(paths, most), names)


def measure_news(gold: NewsGold, reader: Reader, code: Coder) -> Measures:
    """All figures of names and dates, times 100; none of a set that is not there."""
    figures = measure_dates(gold.dates, reader, code)
    if not gold.names:
        return Measures(figures, {})
    read = reader.read_words([s.words for s in gold.names], [() for _ in gold.names])
    wanted = [s.names for s in gold.names]
    score = score_names(wanted, [r.sentence.names for r in read])
    coded = score_names(wanted, [coded_names(s.words, r.sentence) for s, r in zip(gold.names, read, strict=True)])
    return Measures(
        figures | {"en_worldwide.names": 100 * score.names.f1, "en_worldwide.coded": 100 * coded.names.f1},
        {
            "Names, world news (en-worldwide)": {"all": score.names, **score.labels},
            "The same, as coded": {"all": coded.names, **coded.labels},
        },
    )
