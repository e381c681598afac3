"""Decides which place a name means: by size and rank, by what stands beside it, by the other places of the article.

Two passes, as in Leidner (2007), Toponym Resolution in Text: what hardly can be anything else is decided first, and
the rest by these; a name means the same throughout an article unless a comma says otherwise. All weights are in
powers of ten of people: what stands behind a comma counts as much as being 100,000 times larger.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import exp
from typing import Any

import numpy as np

from legation.coding.geography import EARTH, Site, distance, place_key
from legation.coding.toponyms import Toponym

RANKS = {"country": 8.0, "continent": 8.0, "region": 6.5, "water": 6.5, "mountain": 6.0, "facility": 6.0}
"""What a place of a kind weighs that is not counted by its people."""
CAPITAL, DISTRICT, OTHER_NAME = 1.5, -1.5, {"city": -0.5, "capital": -0.5, "country": -1.5}
"""What a town gains as a capital, and what is lost by a county or by a name that is not the first one."""
LISTED, TYPED, PART_OF_NAMESAKE, NAMED_AFTER_TOWN = 1.0, 3.0, -3.0, -1.5
"""A place of the state that the first tables give; "the province of"; Mexico's state of Mexico; Kharkiv's region."""
BESIDE, BESIDE_ELSEWHERE = 5.0, 4.0
"""What stands behind the comma holds it: behind this mention, behind another one."""
SAME_STATE, SAME_DIVISION, NEAR, AT_HOME, LIKE_NEIGHBOUR = 1.5, 1.0, 1.5, 1.0, 1.0
"""At most: by the states, divisions and places of other names, by the state of the source, by its like in a list."""
NEAR_KM, ONE_PLACE_KM = 150.0, 50.0
CLEAR, MARGIN = 1.5, 0.2
"""How far the best place must lead to decide for others at first, and to be named at all."""
MOST_SPEAKERS, MOST_AT_ONCE = 2000, 500
WELL_KNOWN = 4.0
"""The decadic logarithm of the people of a town that is known beyond its state."""


@dataclass(frozen=True, slots=True)
class _Name:
    """All mentions of one name that share what stands behind them."""

    key: str
    toponym: Toponym
    bounds: tuple[Site, ...]
    elsewhere: tuple[Site, ...]


def resolve(toponyms: Sequence[Toponym], source_country: str | None = None) -> list[Site | None]:
    """The place that each name means, None where that stays open.

    `source_country` (ISO 3166 alpha-3) is where the article was published, if that is known.
    """
    names = _names(toponyms)
    alone = [[_alone(site, name) for site in name.toponym.sites] for name in names]
    support = _support(names, alone)
    scores, anchors = alone, _anchors(names, alone, CLEAR)
    for _ in range(2):
        scores = _with_context(names, alone, support, _Context(anchors, source_country))
        anchors = _anchors(names, scores, MARGIN)
    sites = [_decided(name.toponym.sites, given, MARGIN) for name, given in zip(names, scores, strict=True)]
    states = {site.country for site in sites if site is not None and not _is_small(site) and site.country}
    if states and source_country:
        states.add(source_country)
    return [
        site if site and not _is_stray(site, name, states) else None for name, site in zip(names, sites, strict=True)
    ]


def _with_context(
    names: Sequence[_Name], alone: Sequence[Sequence[float]], support: Sequence[Sequence[float]], context: _Context
) -> list[list[float]]:
    return [
        [
            own + NEAR * near + context.score(name, site)
            for own, near, site in zip(own_scores, nears, name.toponym.sites, strict=True)
        ]
        for name, own_scores, nears in zip(names, alone, support, strict=True)
    ]


def _is_small(site: Site) -> bool:
    return site.kind in ("city", "district") and site.people < WELL_KNOWN


def _is_stray(site: Site, name: _Name, states: Collection[str]) -> bool:
    """Whether a small place lies in a state that nothing in the article leads to: it is more likely a namesake."""
    return bool(states) and _is_small(site) and site.country not in states and not name.bounds and not name.elsewhere


def _anchors(names: Sequence[_Name], scores: Sequence[Sequence[float]], margin: float) -> dict[str, Site]:
    """The places of the names that are decided by some margin."""
    found = {}
    for name, given in zip(names, scores, strict=True):
        site = _decided(name.toponym.sites, given, margin)
        if site is not None:
            found[name.key] = site
    return found


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
    """How likely a place is by its own weight and by what is said beside the name."""
    score = (
        RANKS.get(site.kind, site.people) + CAPITAL * (site.kind == "capital") + DISTRICT * (site.kind == "district")
    )
    if site.kind != "country" and site.country == name.toponym.code:
        score += LISTED
    if place_key(site.name).removesuffix(" city") != name.key:
        score += OTHER_NAME.get(site.kind, 0.0)
    if any(lies_in(site, bound) for bound in name.bounds):
        score += BESIDE
    elif any(lies_in(site, bound) for bound in name.elsewhere):
        score += BESIDE_ELSEWHERE
    return score + _among_namesakes(site, name.toponym)


def _among_namesakes(site: Site, toponym: Toponym) -> float:
    """What the other places of the name add: it means the state before its part, the town before its province."""
    if toponym.division:
        return TYPED * (site.kind in ("division", "district", "region"))
    score = 0.0
    if any(other.kind == "country" and lies_in(site, other) for other in toponym.sites):
        score += PART_OF_NAMESAKE
    if site.kind == "division" and any(_is_its_town(other, site) for other in toponym.sites):
        score += NAMED_AFTER_TOWN
    return score


def _is_its_town(site: Site, division: Site) -> bool:
    """Whether a place is a town in a division that bears its name."""
    return site.kind in ("city", "capital") and (site.country, site.division) == (division.country, division.division)


def lies_in(site: Site, whole: Site) -> bool:
    """Whether a place is part of a state, of a division, or of what lies close."""
    if whole.kind == "country":
        return site.country == whole.country and site.kind != "country"
    if whole.division and whole.kind in ("division", "region"):
        return (site.country, site.division) == (whole.country, whole.division) and site.kind != whole.kind
    return site.kind in ("city", "capital", "district") and distance(site, whole) < NEAR_KM


class _Context:
    """What the decided places of an article say for the others."""

    def __init__(self, anchors: dict[str, Site], source_country: str | None) -> None:
        self.anchors, self.home = anchors, source_country
        self.states = Counter(site.country for site in anchors.values())
        self.divisions = Counter((site.country, site.division) for site in anchors.values() if site.division)

    def score(self, name: _Name, site: Site) -> float:
        """What a place of a name gains by the states and divisions that other names mean, and by its neighbours."""
        own = self.anchors.get(name.key)
        place = site.country, site.division
        states = self.states[site.country] - (own is not None and own.country == site.country)
        score = SAME_STATE * _share(states) if site.country else 0.0
        if site.kind != "country":
            divisions = self.divisions[place] - (own is not None and (own.country, own.division) == place)
            score += SAME_DIVISION * _share(divisions) + AT_HOME * (site.country == self.home)
        listed = (self.anchors.get(place_key(other)) for other in name.toponym.listed)
        return score + LIKE_NEIGHBOUR * any(_alike(site, other) for other in listed)


def _share(count: int) -> float:
    """From 0 for none towards 1 for many."""
    return count / (count + 0.5)


def _support(names: Sequence[_Name], alone: Sequence[Sequence[float]]) -> list[list[float]]:
    """For every place of every name, from 0 to 1, how near the others' likely places lie."""
    by_key = {(name.key, name.toponym.sites): at for at, name in enumerate(names)}
    own = [(at, number) for at in by_key.values() for number in range(len(names[at].toponym.sites))]
    if not own:
        return [[] for _ in names]
    sites = [names[at].toponym.sites[number] for at, number in own]
    weights = np.array([weight for at in by_key.values() for weight in _weights(alone[at], names[at].toponym.sites)])
    points = np.radians([(site.latitude, site.longitude) for site in sites])
    keys = {name.key: number for number, name in enumerate(names)}
    owners = np.array([keys[names[at].key] for at, _ in own])
    found: dict[int, list[float]] = defaultdict(list)
    for (at, _), total in zip(own, _nearness(points, weights, owners), strict=True):
        found[at].append(total)
    return [found[by_key[name.key, name.toponym.sites]] for name in names]


def _nearness(points: Any, weights: Any, owners: Any) -> list[float]:
    """For each point, from 0 to 1, how near the weightiest points of other owners lie, in parts that fit memory."""
    speakers = np.argsort(-weights, kind="stable")[:MOST_SPEAKERS]
    sums: list[float] = []
    for start in range(0, len(points), MOST_AT_ONCE):
        part = slice(start, start + MOST_AT_ONCE)
        near = np.exp(-_distances(points[part], points[speakers]) / NEAR_KM) * weights[speakers]
        near[owners[part, None] == owners[speakers]] = 0.0
        sums += (1.0 - np.exp(-2.0 * near.sum(axis=1))).tolist()
    return sums


def _weights(scores: Sequence[float], sites: Sequence[Site]) -> list[float]:
    """How much each place of a name may speak for others: as far as it is likely itself, and not of a whole state."""
    top = max(scores, default=0.0)
    shares = [exp(score - top) for score in scores]
    total = sum(shares)
    return [
        0.0 if site.kind in ("country", "continent") else share / total
        for share, site in zip(shares, sites, strict=True)
    ]


def _distances(ones: Any, others: Any) -> Any:
    """Kilometres between points in radians, each of the ones with each of the others, by the haversine formula."""
    lat, lon, other_lat, other_lon = ones[:, :1], ones[:, 1:], others[:, 0], others[:, 1]
    half = np.sin((lat - other_lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((lon - other_lon) / 2) ** 2
    return 2 * EARTH * np.arcsin(np.sqrt(np.clip(half, 0, 1)))


def _alike(site: Site, other: Site | None) -> bool:
    """Whether two places could stand in one list: states of one country, towns of one country, countries."""
    if other is None or (site.kind in ("city", "capital")) != (other.kind in ("city", "capital")):
        return False
    return site.kind == other.kind == "country" or (site.kind != "country" and site.country == other.country)


def _decided(sites: Sequence[Site], scores: Sequence[float], margin: float) -> Site | None:
    """The best place, if no other that lies elsewhere comes close to it."""
    if not sites:
        return None
    top = max(scores)
    best = sites[list(scores).index(top)]
    close = (site for score, site in zip(scores, sites, strict=True) if top - score < margin)
    return best if all(_is_one_place(site, best) for site in close) else None


def _is_one_place(site: Site, other: Site) -> bool:
    """Whether two rows stand for one place: close by, or a division and the town that it is named after."""
    in_division = bool(site.division) and (site.country, site.division) == (other.country, other.division)
    return (in_division and site.kind != other.kind) or distance(site, other) < ONE_PLACE_KM
