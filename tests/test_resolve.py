"""Which place a name means. The lists of names are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.coding.geography import Geography, Site
from legation.coding.resolve import lies_in, resolve
from legation.coding.toponyms import Toponym
from legation.records import Span

TABLE = Geography.load()


def named(name: str, *, code: str | None = None, inside: str | None = None, division: bool = False) -> Toponym:
    """A name of the table, `inside` what stands behind its comma."""
    bounds = TABLE.named(inside) if inside else ()
    return Toponym(0, (0, 1), Span(0, len(name), name), name, TABLE.named(name), code, bounds, division)


def state(name: str, code: str) -> Toponym:
    """The name of a state."""
    site = TABLE.state(code)
    assert site is not None
    return Toponym(0, (0, 1), Span(0, len(name), name), name, (site,), code)


def meant(*toponyms: Toponym, source_country: str | None = None) -> list[tuple[str, str] | None]:
    """State and division of each, None where it stays open."""
    return [site and (site.country, site.division) for site in resolve(toponyms, source_country)]


def test_the_capital_is_meant_where_nothing_speaks_against_it() -> None:
    assert meant(named("Paris")) == [("FRA", "11")]


def test_what_stands_behind_the_comma_decides() -> None:
    assert meant(named("Paris", inside="Texas")) == [("USA", "TX")]
    assert meant(named("Tbilisi", inside="Georgia")) == [("GEO", "51")]


def test_a_later_mention_without_comma_means_the_same() -> None:
    assert meant(named("Paris", inside="Texas"), named("Paris")) == [("USA", "TX"), ("USA", "TX")]


def test_georgia_is_the_state_of_its_neighbours_in_the_article() -> None:
    texas, alabama, atlanta = named("Texas"), named("Alabama"), named("Atlanta")
    georgia = named("Georgia", code="GEO")
    assert meant(georgia, state("Armenia", "ARM"), named("Tbilisi"))[0] == ("GEO", "")
    assert meant(texas, alabama, atlanta, state("U.S.", "USA"), georgia)[-1] == ("USA", "GA")


def test_a_town_is_sought_near_the_others() -> None:
    rapides, pineville = named("Rapides Parish"), named("Pineville")
    assert meant(named("Alexandria"))[0] == ("EGY", "06")
    assert meant(named("Alexandria"), rapides, pineville, named("Louisiana"))[0] == ("USA", "LA")


def test_the_state_of_the_source_speaks_for_its_places() -> None:
    assert meant(named("Hamilton"))[0] == ("CAN", "08")
    assert meant(named("Hamilton"), source_country="NZL")[0] == ("NZL", "G1")


def test_two_equal_places_stay_open() -> None:
    first = Site("Ostermark", "city", "AAA", "1", 4.0, 10.0, 10.0, 1)
    other = first._replace(country="BBB", latitude=-40.0, geonameid=2)
    toponym = Toponym(0, (0, 1), Span(0, 9, "Ostermark"), "Ostermark", (first, other), None)
    assert resolve([toponym]) == [None]
    larger = other._replace(people=4.5)
    assert resolve([Toponym(0, (0, 1), Span(0, 9, "Ostermark"), "Ostermark", (first, larger), None)]) == [larger]


def test_two_rows_for_one_place_do_not_make_it_doubtful() -> None:
    town = Site("Ostermark", "city", "AAA", "1", 4.0, 10.0, 10.0, 1)
    again = town._replace(latitude=10.1, geonameid=2)
    toponym = Toponym(0, (0, 1), Span(0, 9, "Ostermark"), "Ostermark", (town, again), None)
    assert resolve([toponym]) == [town]


def test_a_village_in_a_state_that_nothing_leads_to_stays_open() -> None:
    village = Site("Ostermark", "city", "AAA", "1", 3.2, 10.0, 10.0, 1)
    toponym = Toponym(0, (0, 1), Span(0, 9, "Ostermark"), "Ostermark", (village,), None)
    assert resolve([toponym]) == [village]
    assert resolve([toponym, state("France", "FRA")])[0] is None
    assert resolve([toponym, state("France", "FRA")], "AAA")[0] == village


def test_the_town_is_meant_before_the_province_named_after_it_unless_that_is_said() -> None:
    [town], [province] = resolve([named("Kharkiv")]), resolve([named("Kharkiv", division=True)])
    assert town is not None and town.kind == "city"
    assert province is not None and province.kind == "division"


def test_a_state_is_meant_before_its_part_of_the_same_name() -> None:
    [mexico] = resolve([named("Mexico", code="MEX")])
    assert mexico is not None and mexico.kind == "country"


def test_no_places_no_answers_and_an_unknown_name_stays_open() -> None:
    assert resolve([]) == []
    assert resolve([named("Qwxzy")]) == [None]


def test_what_lies_in_a_state_or_a_division_is_known_by_their_codes() -> None:
    [texas] = [site for site in TABLE.named("Texas") if site.kind == "division"]
    paris = {site.country + site.division: site for site in TABLE.named("Paris")}
    assert lies_in(paris["USATX"], texas)
    assert not lies_in(paris["FRA11"], texas)
    assert not lies_in(texas, texas)


def test_a_long_list_of_ambiguous_towns_is_decided_in_time() -> None:
    names = ["San Jose", "Springfield", "Santa Cruz", "San Antonio", "Franklin", "Clinton", "Salem", "Union"]
    many = [named(f"{name}") for name in names] * 150
    started = time.perf_counter()
    assert len(resolve(many)) == 1200
    assert time.perf_counter() - started < 30


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from("Paris London Georgia Springfield Tripoli Hamilton Nile Kashmir Qwxzy".split())))
def test_every_answer_is_one_of_the_places_of_its_name(names: list[str]) -> None:
    toponyms = [named(name) for name in names]
    for toponym, site in zip(toponyms, resolve(toponyms), strict=True):
        assert site is None or site in toponym.sites


@pytest.mark.parametrize("source", ["USA", None])
def test_the_order_of_the_names_does_not_matter(source: str | None) -> None:
    toponyms = [named(name) for name in ("Alexandria", "Louisiana", "Pineville", "Cairo", "Tripoli")]
    there = resolve(toponyms, source)
    assert resolve(toponyms[::-1], source)[::-1] == there
