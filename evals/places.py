"""Scores places: whether the names of places are found, and whether their points lie where the gold standard says.

A found place is right when its words overlap a gold one's (`overlap`), or are the same (`exact`). Of the gold names
that were found, `near` is the share whose point lies within 161 km (100 miles) of the gold point, as Leidner (2007)
counts, a place without a point counting as wrong; `median` is the middle distance of those with a point.
GeoVirus: Gritta, Pilehvar and Collier (2018), https://aclanthology.org/P18-1119; it marks no demonyms and no buildings.
LGL: Lieberman, Samet and Sankaranarayanan (2010), Local-Global Lexicon; it marks demonyms, which are no places here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from evals.counts import Counts
from evals.gold import read_jsonl
from legation.coding.geography import haversine
from legation.records import Place, Report

NEAR_KM = 161.0


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A marked name, end exclusive, in code points; `point` is latitude and longitude, None where not known."""

    start: int
    end: int
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text and its marked places."""

    text: str
    places: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class PlacesScore:
    """Names by the same words and by overlap; and of those that overlap and have a gold point, the share whose point
    is near, and the middle distance in kilometres (0 where there is none)."""

    exact: Counts
    overlap: Counts
    near: float
    median: float


def load_places(path: Path, draw: int | None = None) -> list[PlacedText]:
    """The texts of a gzipped JSON Lines file with `text` and `toponyms`; `draw` takes so many, always the same."""
    texts = [PlacedText(record["text"], tuple(map(_place, record["toponyms"]))) for record in read_jsonl(path)]
    return texts if draw is None or draw >= len(texts) else random.Random(1).sample(texts, draw)


def _place(item: dict[str, float]) -> GoldPlace:
    known = item.get("lat") is not None and item.get("lon") is not None
    return GoldPlace(int(item["start"]), int(item["end"]), (float(item["lat"]), float(item["lon"])) if known else None)


def score_places(gold: Sequence[PlacedText], reports: Sequence[Report]) -> PlacesScore:
    """Compares the places of reports with the texts' own, in the same order."""
    pairs, exact, wanted, given = [], 0, 0, 0
    for text, report in zip(gold, reports, strict=True):
        pairs += list(matched(text.places, report.places))
        exact += len({(p.start, p.end) for p in text.places} & {(p.start, p.end) for p in report.places})
        wanted += len(text.places)
        given += len(report.places)
    pointed = [(place.point, found) for place, found in pairs if place.point is not None]
    errors = [
        haversine(*point, found.lat, found.lon)
        for point, found in pointed
        if found.lat is not None and found.lon is not None
    ]
    near = sum(error <= NEAR_KM for error in errors) / len(pointed) if pointed else 1.0
    return PlacesScore(
        Counts(exact, wanted, given), Counts(len(pairs), wanted, given), near, median(errors) if errors else 0.0
    )


def matched(gold: Sequence[GoldPlace], found: Sequence[Place]) -> Iterator[tuple[GoldPlace, Place]]:
    """Each gold place with the first found one that overlaps it and is not another's."""
    free = list(found)
    for place in gold:
        other = next((one for one in free if one.start < place.end and place.start < one.end), None)
        if other is not None:
            free.remove(other)
            yield place, other
