"""Places named in a text, and where an event happened. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, does, phrases, tree

from legation.coding.names import find_names
from legation.coding.places import find_places, place_of
from legation.coding.tables import Gazetteer
from legation.records import Place

MET = (
    "Norway Norway PROPN NNP 2 nsubj | met meet VERB VBD 0 root | Russian russian ADJ JJ 4 amod | "
    "envoys envoy NOUN NNS 2 obj | "
    "{word} {word} ADP IN 6 case | Osaka Osaka PROPN NNP 2 {relation} | for for ADP IN 9 case | "
    "the the DET DT 9 det | Kremlin Kremlin PROPN NNP 2 obl"
)


def met(word: str = "in", relation: str = "obl", *, role: bool = False) -> Draft:
    """ "Norway met Russian envoys in Osaka for the Kremlin." """
    frames = (does("met", ("ARG0", "Norway"), ("ARGM-LOC", f"{word} Osaka")),) if role else ()
    return tree(MET.format(word=word, relation=relation), *frames, LOC="Norway|Osaka", NORP="Russian", ORG="Kremlin")


def places_of(draft: Draft) -> list[Place]:
    """The places of a sentence."""
    read = phrases(draft)
    return find_places([read], [find_names(0, read, Gazetteer.load())])


def test_states_and_cities_are_places_peoples_and_seats_are_none() -> None:
    assert [(p.id, p.text, p.country) for p in places_of(met())] == [
        ("p1", "Norway", "NOR"),
        ("p2", "Osaka", "JPN"),
    ]


def test_a_place_has_its_number_and_its_point() -> None:
    norway, osaka = places_of(met())
    assert (norway.name, norway.geonameid, norway.lat, norway.lon) == ("Norway", 3144096, 62.0, 10.0)
    assert (osaka.name, osaka.geonameid) == ("Osaka", 1853909)
    assert osaka.lat == pytest.approx(34.69, abs=0.02)
    assert osaka.lon == pytest.approx(135.5, abs=0.02)


def test_a_place_that_no_table_knows_has_no_country() -> None:
    (place,) = places_of(tree("Marrin Marrin PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", LOC="Marrin"))
    assert (place.text, place.country, place.geonameid, place.lat, place.lon) == (
        "Marrin",
        None,
        None,
        None,
        None,
    )


@pytest.mark.parametrize("word", ["in", "at", "near", "outside", "inside"])
def test_an_event_happened_behind_a_preposition_of_place(word: str) -> None:
    assert place_of(1, phrases(met(word)), places_of(met(word))) == "p2"


@pytest.mark.parametrize("word", ["about", "from", "with"])
def test_other_prepositions_give_no_place(word: str) -> None:
    assert place_of(1, phrases(met(word)), places_of(met(word))) is None


def test_the_argument_of_place_gives_it_whatever_the_tree_says() -> None:
    assert place_of(1, phrases(met(relation="dep")), places_of(met())) is None
    assert place_of(1, phrases(met(relation="dep", role=True)), places_of(met())) == "p2"


def test_no_places_no_place() -> None:
    assert place_of(1, phrases(met()), []) is None
