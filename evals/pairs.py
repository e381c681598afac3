"""Sentences with one marked pair: PLV (source, target, one of 15 types) and CAMEO spans (source, target)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.counts import Counts, count_matches
from evals.events import Span, party_spans, places, touches
from evals.gold import read_jsonl
from legation.coding.contexts import LIKELY
from legation.coding.plover import load_plover
from legation.records import Event, EventMark, Reading, Report, Sentence

MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""PLV has one type for both."""
PLV_TYPES = {
    "03": "AGREE", "04": "CONSULT", "05": "SUPPORT", "06": "COOPERATE", "07": "AID", "08": "YIELD", "09": "ACCUSE",
    "10": "REQUEST", "11": "ACCUSE", "12": "REJECT", "13": "THREATEN", "14": "PROTEST", "15": "MOBILIZE",
    "16": "SANCTION", "163": "COERCE", "17": "COERCE", "18": "ASSAULT", "19": "ASSAULT", "20": "ASSAULT",
}  # fmt: skip
"""PLV's type of each root of CAMEO, and of 163, sanctions.

PLV was labelled in a draft of PLOVER before 0.8 whose types are CAMEO's roots under new names: what is promised is
AGREE, what is not granted REJECT, a verdict ACCUSE, an occupation ASSAULT. 163 alone leaves its root, as in the
conversion table of the PLOVER manual (2021), which does not keep to the roots elsewhere (191, 192): that PLV does
was seen in its dev part, so the figure by codes is given beside the plain one.
"""
UNNAMED = 0.1
"""What a party counts that the model did not find for a word: the pair is given, so that it must be someone's."""


Namer = Callable[[EventMark, str, Sentence], str]


@dataclass(frozen=True, slots=True)
class PairSentence:
    """A sentence with its gold pair, in code points; `type` is None where only spans are gold."""

    text: str
    source: tuple[Span, ...]
    target: tuple[Span, ...]
    type: str | None


@dataclass(frozen=True, slots=True)
class TypeScore:
    """Type given the spans: accuracy, mean F1 of the types, and who (gold, chosen) was taken for whom."""

    accuracy: float
    macro_f1: float
    types: dict[str, Counts]
    confused: Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class PairScore:
    """Types by the events' CAMEO codes and as they are; and of the sentence alone, the shares of sentences in which an
    event has both sides, and in which one of these has the type (by its code) as well."""

    by_code: TypeScore
    as_they_are: TypeScore
    both: float
    typed: float


def load_pairs(path: Path) -> list[PairSentence]:
    """PLV's sentences."""
    return [
        PairSentence(record["text"], _spans(record["source"]), _spans(record["target"]), record["event"])
        for record in read_jsonl(path)
    ]


def _spans(items: Sequence[dict[str, Any]]) -> tuple[Span, ...]:
    return tuple((item["start"], item["end"]) for item in items)


def load_cameo_spans(path: Path) -> list[PairSentence]:
    """The sentences of CAMEO spans as their words joined by blanks, on which the spans count."""
    found = []
    for record in read_jsonl(path):
        words, starts = record["tokens"], [0]
        for word in words:
            starts.append(starts[-1] + len(word) + 1)
        sides: dict[str, list[Span]] = {"source": [], "target": []}
        for span in record["spans"]:
            place = (starts[span["tok_start"]], starts[span["tok_end"]] - 1)
            for side in ("source", "target") if span["label"] == "reciprocal" else (span["label"],):
                sides[side].append(place)
        found.append(PairSentence(" ".join(words), tuple(sides["source"]), tuple(sides["target"]), None))
    return found


def score_pairs(gold: Sequence[PairSentence], readings: Sequence[Reading], reports: Sequence[Report]) -> PairScore:
    """Scores PLV: the marks of readings for the type given the spans, the reports for the sentence alone."""
    both = typed = 0
    for pair, report in zip(gold, reports, strict=True):
        joining = [event for event in report.events if _joins(event, pair)]
        both += bool(joining)
        typed += any(event.cameo and plv_type(event.cameo) == pair.type for event in joining)
    by_code, plain = (
        _score_types([(str(p.type), type_of_pair(p, r, name)) for p, r in zip(gold, readings, strict=True)])
        for name in (_by_code, _as_it_is)
    )
    return PairScore(by_code, plain, both / len(gold), typed / len(gold))


def _score_types(pairs: Sequence[tuple[str, str]]) -> TypeScore:
    right = Counter(gold for gold, chosen in pairs if gold == chosen)
    wanted, found = Counter(gold for gold, _ in pairs), Counter(chosen for _, chosen in pairs)
    types = {kind: Counts(right[kind], wanted[kind], found[kind]) for kind in sorted(wanted)}
    mean = sum(count.f1 for count in types.values()) / len(types)
    confused = Counter((gold, chosen) for gold, chosen in pairs if gold != chosen)
    return TypeScore(right.total() / len(pairs), mean, types, confused)


def type_of_pair(pair: PairSentence, reading: Reading, name: Namer) -> str:
    """The likeliest type between two given sides: every mark's chances, weighed by how well its parties fit them.

    `name` gives PLV's name of a mark, were it of some type.
    """
    sums: dict[str, float] = {}
    for sentence in reading.sentences:
        for mark in sentence.events:
            weight = _fit(mark, sentence, pair)
            for kind, chance in ((mark.type, mark.score), *mark.rivals):
                if kind:
                    chosen = name(mark, kind, sentence)
                    sums[chosen] = sums.get(chosen, 0.0) + weight * chance
    return max(sums, key=lambda kind: sums[kind]) if sums else "CONSULT"


def plv_type(cameo: str) -> str:
    """PLV's type of a CAMEO code."""
    return PLV_TYPES.get(cameo[:3]) or PLV_TYPES[cameo[:2]]


def _as_it_is(mark: EventMark, kind: str, sentence: Sentence) -> str:
    return MERGED.get(kind, kind)


def _by_code(mark: EventMark, kind: str, sentence: Sentence) -> str:
    mode = mark.mode if kind == mark.type else None
    contexts = tuple(name for name, chance in mark.contexts if chance > LIKELY)
    lemma = sentence.tokens[mark.word].lemma
    return plv_type(load_plover().cameo(kind, mode, contexts, mark.status, lemma).code)


def _fit(mark: EventMark, sentence: Sentence, pair: PairSentence) -> float:
    actor, recipient = places(sentence, mark.actor), places(sentence, mark.recipient)
    source = 1.0 if touches(actor, pair.source) else UNNAMED
    target = 1.0 if touches(recipient, pair.target) else 0.8 if touches(actor, pair.target) else UNNAMED
    return source * target


def _joins(event: Event, pair: PairSentence) -> bool:
    actor, recipient = (party_spans(event, role) for role in ("actor", "recipient"))
    return touches(actor, pair.source) and touches([*recipient, *actor], pair.target)


def score_spans(gold: Sequence[PairSentence], reports: Sequence[Report]) -> dict[str, Counts]:
    """Words of actor and recipient in the surest event of each sentence, against the gold sides."""
    surest = [max(report.events, key=lambda event: event.confidence, default=None) for report in reports]

    def part(role: str, side: str) -> Counts:
        return count_matches(
            [_words(pair.text, getattr(pair, side)) for pair in gold],
            [
                _words(pair.text, party_spans(event, role) if event else [])
                for pair, event in zip(gold, surest, strict=True)
            ],
        )

    return {"actor": part("actor", "source"), "recipient": part("recipient", "target")}


def _words(text: str, spans: Sequence[Span]) -> set[int]:
    """Where the words of some spans begin."""
    starts = {at for at, c in enumerate(text) if not c.isspace() and (at == 0 or text[at - 1].isspace())}
    return {at for at in starts for start, end in spans if start <= at < end}
