"""Places named in the text, decided by context, and where an event happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from legation.coding.geography import Geography, Site
from legation.coding.names import Mention
from legation.coding.phrases import Phrases
from legation.coding.resolve import resolve
from legation.coding.tables import Gazetteer
from legation.coding.toponyms import Toponym, find_toponyms
from legation.records import Place


def find_places(
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    geography: Geography | None = None,
    source_country: str | None = None,
) -> list[Place]:
    """Every place and state named in an article, in order; demonyms and seats of government are none.

    `names` are those of each sentence. A place whose coordinates are None could be several, or is in no table.
    `source_country` (ISO 3166 alpha-3) is where the article was published, if that is known.
    """
    toponyms = find_toponyms(sentences, names, geography or Geography.load())
    sites = resolve(toponyms, source_country)
    return [_place(f"p{n}", toponym, site) for n, (toponym, site) in enumerate(zip(toponyms, sites, strict=True), 1)]


def _place(identity: str, toponym: Toponym, site: Site | None) -> Place:
    span = toponym.span
    if site is None:
        return Place(identity, span.start, span.end, span.text, toponym.name, toponym.code)
    return Place(
        identity, span.start, span.end, span.text, site.name, site.country or None, site.geonameid,
        site.latitude, site.longitude,
    )  # fmt: skip


ELSEWHERE = frozenset({"with", "by", "on", "against", "over", "about", "to", "between", "for", "among"})
"""What stands before a place that the words around it have to do with, in another way than by lying there."""
_DATED = re.compile(r"\([^)]*\)|/[^/]*/|\d.*|[—–―-]+\s*\Z")


def state_of_dateline(dateline: str, gazetteer: Gazetteer) -> str | None:
    """The state in which a dateline stands ("SANTIAGO, Chile (AP) -"); None where the tables do not know the place.

    What stands behind the comma decides before the city itself.
    """
    for place in reversed(_DATED.sub("", dateline).split(",")):
        words = place.split()
        for spelled in (words, [word.capitalize() for word in words]):
            for found in gazetteer.named(spelled):
                if found.match.kind in ("name", "capital", "city") and found.match.code:
                    return found.match.code
    return None


def place_of(word: int, phrases: Phrases, places: Sequence[Place]) -> str | None:
    """The place where the event of a word happened: in its argument of place, or beneath "in", "at" or "near"."""
    ranges = [(r.start, r.end) for r in phrases.roles(word, "ARGM-LOC")]
    for child in phrases.children_in(word, "obl", "nmod"):
        if phrases.case(child) in ("in", "at", "near", "outside", "inside"):
            ranges.append(phrases.subtree(child))
    for start, end in ranges:
        span = phrases.span(start, end)
        first = bisect_left(places, span.start, key=lambda place: place.start)
        if first < len(places) and places[first].end <= span.end and _lies_in(places[first], start, end, phrases):
            return places[first].id
    return None


def _lies_in(place: Place, start: int, end: int, phrases: Phrases) -> bool:
    """Whether a place inside words that say where is where it is: not "in a dispute with Bolivia"."""
    at = next((i for i in range(start, end) if phrases.tokens[i].end >= place.end), start)
    while start <= at < end:
        if phrases.case(at) in ELSEWHERE:
            return False
        at = phrases.tokens[at].head
    return True
