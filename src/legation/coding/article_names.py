"""The names of an article: found sentence by sentence, then told apart and joined by what the others say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from legation.coding.body_sectors import sectors_on
from legation.coding.constructions import with_constructed
from legation.coding.given_names import with_given_names
from legation.coding.leaders import Leaders
from legation.coding.localities import with_places, with_towns_of_bodies
from legation.coding.names import Mention, find_names, resolve_people, resolve_shared, states_in
from legation.coding.namesakes import namesakes, with_courtesies
from legation.coding.neighbours import with_neighbours
from legation.coding.people import family_names, join_names, with_described, with_missed
from legation.coding.phrases import Phrases
from legation.coding.places import find_places
from legation.coding.short_names import join_bodies
from legation.coding.tables import Gazetteer
from legation.coding.vessels import with_vessels
from legation.records import Place


@dataclass(frozen=True, slots=True)
class ArticleNames:
    """The names of each sentence in order, and the places of the article.

    `told_apart` are the places, by sentence and word, where a title tells namesakes apart; `namesakes` are the keys of
    those who share a single name; `unplaced` those of bodies that only the town in their name gave a state, if any.
    """

    mentions: list[list[Mention]]
    told_apart: frozenset[tuple[int, int]]
    namesakes: Mapping[str, tuple[str, ...]]
    places: list[Place]
    unplaced: frozenset[str]


def names_of_article(
    sentences: Sequence[Phrases],
    gazetteer: Gazetteer,
    published: date | None,
    leaders: Leaders,
    dateline: str | None = None,
) -> ArticleNames:
    """All names of an article of a day; `dateline` is the state it is dated from, if known."""
    year = published.year if published else None
    names = [find_names(number, phrases, gazetteer, year) for number, phrases in enumerate(sentences)]
    names = join_bodies(sentences, _with_shared_told_apart(sentences, names, gazetteer, year, dateline))
    names = [
        with_constructed(number, with_given_names(with_described(own, phrases), phrases), phrases, gazetteer)
        for number, (own, phrases) in enumerate(zip(names, sentences, strict=True))
    ]
    people = iter(join_names([m for own in names for m in own if m.kind == "person"]))
    names = [[next(people) if m.kind == "person" else m for m in own] for own in names]
    families = family_names(m for own in names for m in own if m.kind == "person")
    names = [
        with_missed(number, own, phrases, families, leaders)
        for number, (own, phrases) in enumerate(zip(names, sentences, strict=True))
    ]
    names, told_apart = with_courtesies(sentences, names)
    shared = namesakes(names)
    names = with_neighbours(sentences, names, dateline)
    places = find_places(sentences, names)
    names = _with_peoples_told_apart(with_places(sentences, names, places), dateline)
    names = with_vessels(sentences, names)
    unplaced = frozenset(m.key for own in names for m in own if m.kind == "organization" and m.code is None)
    names = [[_as_on(m, published) for m in own] for own in with_towns_of_bodies(sentences, names)]
    return ArticleNames(names, told_apart, shared, places, unplaced)


def _as_on(mention: Mention, day: date | None) -> Mention:
    """A body as what it is on a day."""
    if mention.kind != "organization" or mention.code is None or day is None:
        return mention
    return replace(mention, sectors=sectors_on(mention.code, mention.name, mention.sectors, day))


def _with_shared_told_apart(
    sentences: Sequence[Phrases],
    names: Sequence[list[Mention]],
    gazetteer: Gazetteer,
    year: int | None,
    dateline: str | None,
) -> list[list[Mention]]:
    """ "The Supreme Court" as that of the state which its sentence, or else the article, names."""
    return [
        [
            resolve_shared(m, phrases.forms[m.start : m.end], gazetteer, year, states)
            if m.kind == "organization" and m.others
            else m
            for m in own
        ]
        for own, phrases, states in zip(names, sentences, _states_near(names, dateline), strict=True)
    ]


def _with_peoples_told_apart(names: Sequence[list[Mention]], dateline: str | None) -> list[list[Mention]]:
    """The Hutu as those of the state that their sentence or the article names, Kurds of no such state as nobody."""
    found = []
    for own, states in zip(names, _states_near(names, dateline), strict=True):
        peoples = {m: resolve_people(m, states) for m in own if m.kind == "people" and m.others}
        found.append([kept for m in own if (kept := peoples.get(m, m)) is not None])
    return found


def _states_near(names: Sequence[list[Mention]], dateline: str | None) -> Iterator[list[str]]:
    """For each sentence the states that it names, then the one that the article is dated from, then those it names
    most; only where a mention leaves its own open."""
    most = [code for code, _ in Counter(states_in(names)).most_common()]
    for own in names:
        needed = any(m.others for m in own)
        yield [*dict.fromkeys([*states_in([own]), *([dateline] if dateline else []), *most])] if needed else []
