"""Names of places found in sentences. All sentences are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import Draft, phrases, tree

from legation.coding.geography import Geography
from legation.coding.names import find_names
from legation.coding.tables import Gazetteer
from legation.coding.toponyms import Toponym, find_toponyms

LABELS = ("LOC", "ORG", "PER", "NORP", "MISC")


def found(draft: Draft) -> list[Toponym]:
    """The places of a sentence."""
    read = phrases(draft)
    return find_toponyms([read], [find_names(0, read, Gazetteer.load())], Geography.load())


def words(line: str, **names: str) -> Draft:
    """A sentence of which only the order of its words matters: capitalised ones are proper nouns, all hang on the last."""
    parts = line.split()
    rows = [
        f"{word} {word} {'PROPN NNP' if word[0].isupper() else 'NOUN NN'} {0 if at == len(parts) else len(parts)} dep"
        for at, word in enumerate(parts, 1)
    ]
    return tree("\n".join(rows), **names)


def texts(line: str, **names: str) -> list[str]:
    """The places of such a sentence, as they stand in it."""
    return [toponym.span.text for toponym in found(words(line, **names))]


def test_a_town_and_the_state_behind_its_comma_are_two_places_even_in_one_mark() -> None:
    apart = found(words("in Springfield , Illinois today", LOC="Springfield|Illinois"))
    joined = found(words("in Springfield , Illinois today", LOC="Springfield , Illinois"))
    assert [t.span.text for t in apart] == [t.span.text for t in joined] == ["Springfield", "Illinois"]
    assert {site.division for site in apart[0].bounds if site.kind == "division"} == {"IL"}
    assert apart[0].bounds == joined[0].bounds


def test_a_direction_is_no_part_of_a_name_unless_the_table_says_so() -> None:
    assert texts("rebels in northern Mali today", LOC="northern Mali") == ["Mali"]
    assert texts("rain in West Java today", LOC="West Java") == ["West Java"]
    assert texts("rain in West Java today", LOC="Java") == ["West Java"]


def test_of_a_longer_name_that_no_table_knows_no_part_is_taken() -> None:
    [toponym] = found(words("people of Ostermark Jos today", LOC="Ostermark Jos"))
    assert (toponym.span.text, toponym.sites) == ("Ostermark Jos", ())


def test_the_city_of_a_name_and_the_article_are_left_out() -> None:
    assert texts("in the city of Kharkiv today", LOC="the city of Kharkiv") == ["Kharkiv"]


@pytest.mark.parametrize(
    "line",
    ["the Kherson region today", "in Kherson province today", "the province of Kherson today", "Kherson Oblast today"],
)
def test_a_word_for_a_division_beside_a_name_is_kept(line: str) -> None:
    [toponym] = found(words(line, LOC="Kherson"))
    assert toponym.division


def test_a_town_is_no_division() -> None:
    [toponym] = found(words("in Kherson today", LOC="Kherson"))
    assert not toponym.division


def test_an_airport_bears_the_name_of_its_town_and_lies_there_without_its_number() -> None:
    [toponym] = found(words("at Kabul International Airport today", LOC="Kabul"))
    assert toponym.span.text == "Kabul International Airport"
    [site] = [site for site in toponym.sites if site.country == "AFG"]
    assert (site.name, site.kind, site.geonameid) == ("Kabul International Airport", "facility", None)


def test_a_body_of_a_town_is_no_facility() -> None:
    assert texts("at Kabul Central Committee today", LOC="Kabul") == ["Kabul"]


def test_a_name_of_another_kind_is_a_place_only_where_a_place_would_stand() -> None:
    assert texts("troops in Zuwarah today", ORG="Zuwarah") == ["Zuwarah"]
    assert texts("Zuwarah won today", ORG="Zuwarah") == []
    assert texts("Zuwarah , Libya , today", ORG="Zuwarah") == ["Zuwarah", "Libya"]


def test_an_unmarked_name_of_the_table_is_a_place_in_such_a_position() -> None:
    assert texts("troops in Zuwarah today") == ["Zuwarah"]
    assert texts("Zuwarah won today") == []


def test_a_weekday_and_a_word_in_capitals_are_no_places() -> None:
    assert texts("talks in March today") == []
    assert texts("deaths from HIV today", ORG="HIV") == []


def test_the_short_form_of_a_us_state_stands_behind_a_comma_only() -> None:
    ohio = found(words("in Springfield , Ill. today", LOC="Springfield|Ill."))
    assert [site.name for site in ohio[1].sites if site.kind == "division"] == ["Illinois"]
    alone = found(words("in CA today", LOC="CA"))
    assert not [site for toponym in alone for site in toponym.sites if site.kind == "division"]


def test_england_is_itself_and_not_the_whole_kingdom() -> None:
    [toponym] = found(words("in England today", LOC="England"))
    assert [(site.kind, site.division) for site in toponym.sites if site.country == "GBR"] == [("division", "ENG")]


def test_georgia_is_a_state_of_either_rank_and_no_village() -> None:
    [toponym] = found(words("in Georgia today", LOC="Georgia"))
    assert {(site.kind, site.country) for site in toponym.sites} == {("country", "GEO"), ("division", "USA")}


def test_demonyms_and_people_are_no_places() -> None:
    assert texts("a Kenyan met Paris Hilton today", NORP="Kenyan", PER="Paris Hilton") == []


def test_names_in_a_list_know_each_other() -> None:
    first, second, third = found(words("in Lyon , Nice and Lille today", LOC="Lyon|Nice|Lille"))
    assert (first.listed, second.listed, third.listed) == (("Nice",), ("Lyon", "Lille"), ("Nice",))


def test_a_name_of_which_the_model_is_unsure_and_no_table_knows_is_none() -> None:
    assert texts("in Qwxzytown today", LOC="Qwxzytown") == ["Qwxzytown"]
    draft = words("in blocked today", LOC="blocked")
    assert found(draft) == []


VOCABULARY = (
    "in of the northern West Java Kabul International Airport Springfield , ( Illinois Georgia region and Paris".split()
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=12), st.data())
def test_places_stand_in_order_and_none_within_another(line: list[str], data: st.DataObject) -> None:
    marks: dict[str, list[str]] = {}
    for label in data.draw(st.lists(st.sampled_from(LABELS), max_size=3)):
        start = data.draw(st.integers(0, len(line) - 1))
        end = data.draw(st.integers(start + 1, min(len(line), start + 4)))
        marks.setdefault(label, []).append(" ".join(line[start:end]))
    toponyms = found(words(" ".join(line), **{label: "|".join(names) for label, names in marks.items()}))
    for one, other in pairwise(toponyms):
        assert one.span.end <= other.span.start
    for toponym in toponyms:
        assert toponym.words[0] < toponym.words[1] <= len(line)
