"""Measures places: all of GeoVirus, and a fixed draw of LGL, whose 588 texts would take minutes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from evals.measure import Coder, Measures
from evals.places import PlacedText, PlacesScore, load_places, score_places
from evals.reading import Reader
from legation.records import Text

DRAWN = 200
SETS = {"geovirus": "GeoVirus", "lgl": "LGL"}


@dataclass(frozen=True, slots=True)
class PlaceGold:
    """The texts of each set by its key."""

    texts: dict[str, list[PlacedText]]


def load_place_gold(paths: Mapping[str, Path], most: int | None = None) -> PlaceGold:
    """Reads the gold files geovirus and lgl; `most` keeps at most so many texts of each."""
    texts = {"geovirus": load_places(paths["geovirus"]), "lgl": load_places(paths["lgl"], DRAWN)}
    return PlaceGold({key: found[:most] for key, found in texts.items()})


def measure_places(gold: PlaceGold, reader: Reader, code: Coder) -> Measures:
    """All figures of places, times 100; the middle distance in kilometres stands among the plain numbers."""
    scores = {
        key: score_places(texts, [code(reader.read(Text(text.text))) for text in texts])
        for key, texts in gold.texts.items()
    }
    return Measures(
        {f"{key}.{name}": value for key, score in scores.items() for name, value in _figures(score).items()},
        {
            "Names of places": {
                f"{SETS[key]}, {way}": getattr(score, way)
                for key, score in scores.items()
                for way in ("overlap", "exact")
            }
        },
        {"Middle distance from the gold point, km": {SETS[key]: round(score.median) for key, score in scores.items()}},
    )


def _figures(score: PlacesScore) -> dict[str, float]:
    return {"places": 100 * score.overlap.f1, "exact": 100 * score.exact.f1, "near": 100 * score.near}
