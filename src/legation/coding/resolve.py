"""Decides which place a name means: by size and rank, by what stands beside it, by the other places of the article.

Two passes, as in Leidner (2007), Toponym Resolution in Text: what hardly can be anything else is decided first, and
the rest by these. All weights are in powers of ten of people: a match behind a comma counts as much as being 100,000
times larger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from legation.coding.geography import Site, distance, place_key
from legation.coding.toponyms import Toponym

RANKS = {"country": 8.0, "continent": 8.0, "region": 6.5, "water": 6.5, "mountain": 6.0, "facility": 6.0}
SHIFTS = {"capital": 2.0, "division": -0.5, "district": -1.5}
BESIDE, BESIDE_ELSEWHERE = 5.0, 4.0
LISTED, SAME_STATE, SAME_DIVISION, NEAR, AT_HOME, TYPED = 1.5, 1.5, 1.0, 2.0, 1.0, 3.0
LIKE_NEIGHBOUR, BY_OTHER_NAME, PART_OF_NAMESAKE = 1.0, -0.5, -3.0
NEAR_KM, ONE_PLACE_KM = 150.0, 50.0
CLEAR, MARGIN = 1.5, 0.2


@dataclass(frozen=True, slots=True)
class _Name:
    """All mentions of one name that share what stands behind them."""

    key: str
    toponym: Toponym
    bounds: tuple[Site, ...]
    elsewhere: tuple[Site, ...]


def resolve(toponyms: Sequence[Toponym], source_country: str | None = None) -> list[Site | None]:
    """The place that each name means, None where that stays open; a name means the same throughout an article.

    `source_country` (ISO 3166 alpha-3) is where the article was published, if that is known.
    """
    names = _names(toponyms)
    anchors = {}
    for name in names:
        first = _decided(name, [_alone(site, name) for site in name.toponym.sites], CLEAR)
        if first is not None:
            anchors[name.key] = first
    return [_by_context(name, anchors, source_country) for name in names]


def _names(toponyms: Sequence[Toponym]) -> list[_Name]:
    beside: dict[str, list[Site]] = defaultdict(list)
    for toponym in toponyms:
        beside[place_key(toponym.name)] += toponym.bounds
    return [
        _Name(key, toponym, toponym.bounds, () if toponym.bounds else tuple(beside[key]))
        for toponym in toponyms
        for key in [place_key(toponym.name)]
    ]


def _alone(site: Site, name: _Name) -> float:
    """How likely a place is by its own weight and what is said beside the name."""
    score = RANKS.get(site.kind, site.people) + SHIFTS.get(site.kind, 0.0)
    if site.kind != "country" and site.country == name.toponym.code:
        score += LISTED
    if place_key(site.name).removesuffix(" city") != name.key and site.kind in ("city", "capital"):
        score += BY_OTHER_NAME
    if not name.toponym.division and any(lies_in(site, other) for other in name.toponym.sites if other.kind == "country"):
        score += PART_OF_NAMESAKE
    if name.toponym.division and site.kind in ("division", "district", "region"):
        score += TYPED
    if any(lies_in(site, bound) for bound in name.bounds):
        score += BESIDE
    elif any(lies_in(site, bound) for bound in name.elsewhere):
        score += BESIDE_ELSEWHERE
    return score


def lies_in(site: Site, whole: Site) -> bool:
    """Whether a place is part of a state, of a division, or of what lies close."""
    if whole.kind == "country":
        return site.country == whole.country and site.kind != "country"
    if whole.kind == "division":
        same = (site.country, site.division) == (whole.country, whole.division)
        return same and site.kind != "division"
    return site.kind in ("city", "capital", "district") and distance(site, whole) < NEAR_KM


def _by_context(name: _Name, anchors: dict[str, Site], source_country: str | None) -> Site | None:
    others = [site for key, site in anchors.items() if key != name.key]
    states = Counter(site.country for site in others)
    divisions = Counter((site.country, site.division) for site in others if site.division)
    scores = []
    for site in name.toponym.sites:
        score = _alone(site, name)
        if site.country and site.kind != "country":
            score += SAME_STATE * _share(states[site.country])
            score += SAME_DIVISION * _share(divisions[site.country, site.division])
            score += AT_HOME * (site.country == source_country)
            score += NEAR * _nearness(site, others)
        elif site.kind == "country":
            score += SAME_STATE * _share(states[site.country])
        score += LIKE_NEIGHBOUR * any(_alike(site, anchors.get(place_key(other))) for other in name.toponym.listed)
        scores.append(score)
    return _decided(name, scores, MARGIN)


def _alike(site: Site, other: Site | None) -> bool:
    """Whether two places could stand in one list: states of one country, towns of one country, countries."""
    if other is None or (site.kind in ("city", "capital")) != (other.kind in ("city", "capital")):
        return False
    return site.kind == other.kind == "country" or (site.kind != "country" and site.country == other.country)


def _share(count: int) -> float:
    """From 0 for none towards 1 for many."""
    return count / (count + 0.5)


def _nearness(site: Site, others: Iterable[Site]) -> float:
    small = [other for other in others if other.kind not in ("country", "continent")]
    return max((exp(-distance(site, other) / NEAR_KM) for other in small), default=0.0)


def _decided(name: _Name, scores: Sequence[float], margin: float) -> Site | None:
    """The best place, if no other that lies elsewhere comes close to it."""
    sites = name.toponym.sites
    if not sites:
        return None
    best = max(range(len(sites)), key=lambda at: scores[at])
    rivals = [score for score, site in zip(scores, sites, strict=True) if not _is_one_place(site, sites[best])]
    return sites[best] if scores[best] - max(rivals, default=-9.0) >= margin else None


def _is_one_place(site: Site, other: Site) -> bool:
    """Whether two rows stand for one place: close by, or a division and the town that it is named after."""
    in_division = bool(site.division) and (site.country, site.division) == (other.country, other.division)
    return (in_division and site.kind != other.kind) or distance(site, other) < ONE_PLACE_KM
