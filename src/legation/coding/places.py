"""Places named in the text, with the state they lie in as far as the first tables know."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from legation.coding.names import Mention
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer
from legation.records import Place


def find_places(names: Sequence[Sequence[Mention]]) -> list[Place]:
    """Every place and state name of an article in order; demonyms and seats of government are none."""
    mentions = [m for sentence in names for m in sentence if m.kind in ("place", "state")]
    return [
        Place(f"p{number}", m.span.start, m.span.end, m.span.text, m.name, m.code)
        for number, m in enumerate(mentions, 1)
    ]


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
        if first < len(places) and places[first].end <= span.end:
            return places[first].id
    return None
