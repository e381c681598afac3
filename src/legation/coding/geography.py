"""The shipped table of places: names, kinds, states, divisions, people and coordinates, from GeoNames (CC BY 4.0).

`data/places.npz` is made by `training.places`. Names lie sorted in one run of bytes, so that a look-up is a binary
search and nothing but every sixteenth is unpacked beforehand.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from math import asin, cos, radians, sin, sqrt
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from legation.errors import ModelError

Kind = Literal["city", "capital", "division", "district", "country", "continent", "region", "water", "mountain",
               "facility"]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
EARTH = 6371.0
"""Mean radius of the earth in kilometres."""
KEPT = 4096
"""How many names are kept with their places once they were looked up."""
SIGNPOST = 16
"""Every so many names one is kept as it is compared, so that a search has few names to bring into that form."""
_LONG_FORMS = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste"}
_DROPPED = re.compile(r"[.'’‘`ʻʼ´]")
_PARTING = re.compile(r"[\s\-‐‑–/]+")


class Site(NamedTuple):
    """A place of the table. `country` is ISO 3166 alpha-3 or "", `division` GeoNames' first-level code or "",
    `people` the decadic logarithm of the population, `geonameid` None where the table has none; degrees."""

    name: str
    kind: Kind
    country: str
    division: str
    people: float
    latitude: float
    longitude: float
    geonameid: int | None


def place_key(name: str) -> str:
    """A name as it is compared: no accents, full stops or apostrophes, hyphens as blanks, "St" for "Saint"."""
    if name.isascii() and name.isalpha():
        word = name.lower()
        return _LONG_FORMS.get(word, word)
    plain = name
    if not name.isascii():
        plain = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L").replace("ı", "i"))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    words = _PARTING.sub(" ", _DROPPED.sub("", plain)).casefold().split()
    return " ".join([_LONG_FORMS.get(word, word) for word in words])


def distance(one: Site, other: Site) -> float:
    """Kilometres between two places, by the haversine formula."""
    return haversine(one.latitude, one.longitude, other.latitude, other.longitude)


def haversine(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Kilometres between two points given in degrees, on a sphere."""
    one, two = radians(lat), radians(other_lat)
    half = sin((two - one) / 2) ** 2 + cos(one) * cos(two) * sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(half)))


class Geography:
    """Finds the places of a name; immutable once made. `arrays` are those that `training.places` packs."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        self._names = arrays["names"].tobytes()
        self._signposts = arrays["signposts"].tobytes().decode().split("\n")
        self._ends = np.cumsum(arrays["lengths"], dtype=np.int32)
        self._rows, self._first = arrays["rows"], arrays["first"]
        self._ids = np.cumsum(arrays["ids"], dtype=np.int32)
        self._columns = tuple(arrays[name] for name in ("latitudes", "longitudes", "people", "kinds"))
        self._countries, self._divisions = arrays["countries"], arrays["divisions"]
        self._country_codes, self._division_codes = (
            arrays[f"{name}_codes"].tolist() for name in ("country", "division")
        )
        self._entry_of = np.empty(len(self._ids), np.int32)
        self._entry_of[self._rows[self._first]] = np.flatnonzero(self._first)
        self._kept = lru_cache(KEPT)(self._found)
        self._states = {site.country: site for site in self.states()}

    @staticmethod
    @cache
    def load() -> Geography:
        """The shipped table. Raises ModelError where it is missing or damaged."""
        try:
            with (files("legation") / "data" / "places.npz").open("rb") as stream, np.load(stream) as arrays:
                return Geography(dict(arrays))
        except (OSError, ValueError, KeyError) as error:
            raise ModelError("The table of places is missing or damaged. Install the package again.") from error

    def named(self, name: str) -> tuple[Site, ...]:
        """Every place of that name, in no order; empty where the table has none."""
        return self._kept(place_key(name))

    def state(self, code: str) -> Site | None:
        """The state or dependency of an ISO 3166 alpha-3 code."""
        return self._states.get(code)

    def states(self) -> Iterator[Site]:
        """All states and dependencies."""
        for row in np.flatnonzero(self._columns[3] == KINDS.index("country")):
            yield self._site(int(row))

    def _found(self, key: str) -> tuple[Site, ...]:
        at, found = self._lower(key), []
        while at < len(self._ends) and self._key(at) == key:
            found.append(self._site(int(self._rows[at])))
            at += 1
        return tuple(dict.fromkeys(found))

    def _lower(self, key: str) -> int:
        post = bisect_left(self._signposts, key)
        low, high = max(0, post - 1) * SIGNPOST, min(post * SIGNPOST, len(self._ends))
        while low < high:
            middle = (low + high) // 2
            if self._key(middle) < key:
                low = middle + 1
            else:
                high = middle
        return low

    def _name(self, entry: int) -> str:
        start = int(self._ends[entry - 1]) if entry else 0
        return str(self._names[start : int(self._ends[entry])], "utf-8")

    def _key(self, entry: int) -> str:
        return place_key(self._name(entry))

    def _site(self, row: int) -> Site:
        latitude, longitude, people, kind = (int(column[row]) for column in self._columns)
        return Site(
            self._name(int(self._entry_of[row])), KINDS[kind], self._country_codes[self._countries[row]],
            self._division_codes[self._divisions[row]], people / 100, latitude / 100, longitude / 100,
            int(self._ids[row]) or None,
        )  # fmt: skip
