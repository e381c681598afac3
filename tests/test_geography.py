"""The shipped table of places and the comparison of names."""

from __future__ import annotations

import random
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.coding.geography import KINDS, Geography, distance, haversine, place_key
from legation.coding.tables import load_countries

TABLE = Geography.load()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St. Petersburg", "Saint Petersburg"),
        ("Guinea-Bissau", "guinea bissau"),
        ("Côte d'Ivoire", "Cote d’Ivoire"),
        ("Toruń", "Torun"),
        ("Łódź", "Lodz"),
        ("Mount Hermon", "Mt. Hermon"),
        ("Al-Fashir", "al Fashir"),
        ("U.S.", "US"),
    ],
)
def test_spellings_of_one_name_are_compared_alike(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


@given(st.text(max_size=40))
def test_comparing_what_is_already_in_that_form_changes_nothing_more(name: str) -> None:
    once = place_key(name)
    assert place_key(place_key(once)) == place_key(once)


def test_a_quarter_of_the_equator_is_ten_thousand_kilometres() -> None:
    assert haversine(0, 0, 0, 90) == pytest.approx(10007.5, abs=1)
    assert haversine(48.85, 2.35, 48.85, 2.35) == 0.0


@given(*[st.floats(-90, 90), st.floats(-180, 180)] * 2)
def test_a_distance_is_the_same_both_ways_and_at_most_half_round_the_earth(
    lat: float, lon: float, other_lat: float, other_lon: float
) -> None:
    there, back = haversine(lat, lon, other_lat, other_lon), haversine(other_lat, other_lon, lat, lon)
    assert there == pytest.approx(back, abs=1e-6)
    assert 0.0 <= there <= 20015.2


@pytest.mark.parametrize(
    ("former", "now", "country"),
    [
        ("Saigon", "Ho Chi Minh City", "VNM"),
        ("Leningrad", "Saint Petersburg", "RUS"),
        ("Bombay", "Mumbai", "IND"),
        ("Kiev", "Kyiv", "UKR"),
    ],
)
def test_a_former_name_leads_to_the_town_of_today(former: str, now: str, country: str) -> None:
    largest = max(TABLE.named(former), key=lambda site: site.people)
    assert (largest.name, largest.country) == (now, country)


@pytest.mark.parametrize(
    ("name", "kind", "latitude", "longitude"),
    [
        ("Strait of Hormuz", "water", 26.6, 56.3),
        ("Natanz", "facility", 33.7, 51.7),
        ("Golan Heights", "region", 33.0, 35.8),
        ("Hindu Kush", "mountain", 35.5, 71.0),
    ],
)
def test_what_is_no_town_is_in_the_table_with_its_point(
    name: str, kind: str, latitude: float, longitude: float
) -> None:
    [site] = [site for site in TABLE.named(name) if site.kind == kind]
    assert haversine(site.latitude, site.longitude, latitude, longitude) < 20


def test_a_us_state_has_its_number_and_its_short_forms() -> None:
    sites = [site for short in ("Calif.", "CA", "California") for site in TABLE.named(short) if site.kind == "division"]
    assert {(site.name, site.division, site.geonameid) for site in sites if site.country == "USA"} == {
        ("California", "CA", 5332921)
    }


def test_every_state_of_the_first_tables_has_a_number_and_a_point() -> None:
    for country in load_countries():
        site = TABLE.state(country.code)
        assert site is not None, country.code
        assert site.geonameid is not None, country.code


def test_every_capital_of_the_first_tables_is_found_in_its_state() -> None:
    missing = [
        country.code
        for country in load_countries()
        if country.capitals
        and country.code not in {site.country for c in country.capitals for site in TABLE.named(c.text)}
    ]
    assert missing == []


def test_nearly_every_town_of_the_first_tables_is_found_in_its_state() -> None:
    towns = [(country.code, city.text) for country in load_countries() for city in country.cities]
    missing = [town for code, town in towns if not {code, ""} & {site.country for site in TABLE.named(town)}]
    assert len(missing) <= 8, missing


def test_coordinates_lie_on_the_earth_and_every_kind_is_used() -> None:
    assert {site.kind for name in ("Africa", "Paris", "Lyon", "Texas", "Adams County", "France", "Sahel", "Nile",
                                   "Andes", "Kremlin") for site in TABLE.named(name)} == set(KINDS)  # fmt: skip
    for site in TABLE.states():
        assert abs(site.latitude) <= 90
        assert abs(site.longitude) <= 180


@given(st.text(max_size=30))
def test_any_text_is_looked_up_and_found_only_under_its_own_name(name: str) -> None:
    sites = TABLE.named(name)
    assert sites == () or place_key(name)


@given(st.integers(0, 10**9))
def test_every_name_of_the_table_is_found(seed: int) -> None:
    entry = random.Random(seed).randrange(len(TABLE._ends))
    row = TABLE._site(int(TABLE._rows[entry]))
    assert row in TABLE.named(TABLE._name(entry))


def test_names_lie_in_the_order_of_their_search() -> None:
    keys = [TABLE._key(entry) for entry in range(0, len(TABLE._ends), 97)]
    assert keys == sorted(keys)


def test_the_table_is_loaded_in_a_moment() -> None:
    started = time.process_time()
    Geography.load.__wrapped__()
    assert time.process_time() - started < 5.0


def test_near_places_are_near() -> None:
    one, other = (max(TABLE.named(name), key=lambda site: site.people) for name in ("Kinshasa", "Brazzaville"))
    assert distance(one, other) < 20


def test_a_table_of_one_place_is_enough() -> None:
    arrays = {
        "names": np.frombuffer(b"Ostermark", np.uint8),
        "signposts": np.frombuffer(b"ostermark", np.uint8),
        "lengths": np.array([9], np.uint8),
        "rows": np.array([0], np.int32),
        "first": np.array([True]),
        "ids": np.array([7], np.int32),
        "latitudes": np.array([5050], np.int16),
        "longitudes": np.array([-1025], np.int16),
        "people": np.array([412], np.uint16),
        "kinds": np.array([0], np.uint8),
        "countries": np.array([0], np.uint8),
        "divisions": np.array([0], np.uint16),
        "country_codes": np.array([""]),
        "division_codes": np.array([""]),
    }
    [site] = Geography(arrays).named("OSTERMARK")
    assert site == ("Ostermark", "city", "", "", 4.12, 50.5, -10.25, 7)
    assert Geography(arrays).named("Ostermarken") == Geography(arrays).named("") == ()
