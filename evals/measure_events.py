"""Measures events: our own corpus' test part, and the sentences of PLV and CAMEO spans, which never train."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.codes import score_codes
from evals.entities import Paragraph, load_entities
from evals.events import EventScore, score_events
from evals.measure import Coder, Measures
from evals.odd import NEWS, measure_odd
from evals.pairs import PairSentence, load_cameo_spans, load_pairs, score_pairs, score_spans
from evals.reading import Reader
from legation.records import Text
from training.event_corpus import Sentence, part_of


@dataclass(frozen=True, slots=True)
class EventGold:
    """The sentences to measure on; `corpus` is our own, invented and real, `paragraphs` mark who is meant."""

    corpus: list[Sentence]
    pairs: list[PairSentence]
    spans: list[PairSentence]
    paragraphs: list[Paragraph]


def load_event_gold(paths: Mapping[str, Path], most: int | None = None) -> EventGold:
    """Reads our own test part and the gold files plv_dev and cameo_spans_dev; `most` keeps so many of each."""
    return EventGold(
        part_of("test")[:most],
        load_pairs(paths["plv_dev"])[:most],
        load_cameo_spans(paths["cameo_spans_dev"])[:most],
        load_entities()[:most],
    )


def measure_events(gold: EventGold, reader: Reader, code: Coder) -> Measures:
    """All figures of events, times 100."""
    corpus = [code(reader.read(Text(sentence.text))) for sentence in gold.corpus]
    # Where both sides are given, the type is that of a word between them, however unlikely.
    readings = [reader.read_thoroughly(Text(pair.text)) for pair in gold.pairs]
    pairs = score_pairs(gold.pairs, readings, [code(reader.read(Text(pair.text))) for pair in gold.pairs])
    spans = score_spans(gold.spans, [code(reader.read(Text(pair.text))) for pair in gold.spans])
    whole = score_events(gold.corpus, corpus)
    real = [(s, report) for s, report in zip(gold.corpus, corpus, strict=True) if s.set]
    codes = score_codes(gold.corpus, corpus)
    odd = measure_odd(reader, code)
    apart = score_events([s for s, _ in real], [report for _, report in real])
    return Measures(
        {
            "plv.type": 100 * pairs.by_code.accuracy,
            "plv.macro": 100 * pairs.by_code.macro_f1,
            "plv.type_as_is": 100 * pairs.as_they_are.accuracy,
            "plv.macro_as_is": 100 * pairs.as_they_are.macro_f1,
            "plv.both": 100 * pairs.both,
            "plv.typed": 100 * pairs.typed,
            "cameo_spans.actor": 100 * spans["actor"].f1,
            "cameo_spans.recipient": 100 * spans["recipient"].f1,
            "events.codes": 100 * codes.codes.recall,
            "events.countries": 100 * codes.countries.recall,
        }
        | _figures("events", whole)
        | _figures("events_real", apart),
        {
            "Types given both sides, PLV": pairs.by_code.types,
            "Events of our own corpus, by type": whole.types,
            "Parts of the events found, our own corpus": {
                name: getattr(whole, name) for name in ("status", "mode", "contexts", "actor", "recipient")
            },
            "Codes of the parties found, our own corpus": codes.roles,
            "News out of shape: events found": {kind: odd[kind] for kind in NEWS if kind in odd},
        },
        {
            "Gold type taken for another, PLV": _confused(pairs.by_code.confused),
            "Gold type taken for another, our own corpus": _confused(whole.confused),
            "Texts that are not news: events reported, of so many sentences": {
                f"{kind}, {counts.gold} sentences": counts.predicted for kind, counts in odd.items() if kind not in NEWS
            },
        },
    )


def _figures(key: str, score: EventScore) -> dict[str, float]:
    return {
        f"{key}.found": 100 * score.found.f1,
        f"{key}.roles": 100 * score.with_roles.f1,
        f"{key}.status": 100 * score.status.f1,
        f"{key}.quiet": 100 * (1 - score.alarm_rate),
        f"{key}.calibration": 100 * (1 - score.calibration_error),
    }


def _confused(pairs: Counter[tuple[str, str]]) -> dict[str, int]:
    return {f"{gold} as {found}": number for (gold, found), number in pairs.most_common(20)}
