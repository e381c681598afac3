"""The shipped tables of states, organisations and titles, and the gazetteer that finds their names in words.

The tables are CSV files in `legation/data`; the header comment of each explains its columns and names its
source. Nothing here guesses: a spelling that often names something else is returned with `ambiguous` set, and
the other codes it may stand for in `alternatives`, so that the caller decides with the sentence at hand.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Literal, NamedTuple

from legation.errors import ModelError

MatchKind = Literal["name", "demonym", "capital", "seat", "city", "organization", "not_actor"]

# ---------------------------------------------------------------- the rows
# Spelling, Seat and Match are tuples: thousands are made at start, and a frozen dataclass costs far more.


class Spelling(NamedTuple):
    """One way a name is written; `ambiguous` when it often names something else."""

    text: str
    ambiguous: bool = False


class Seat(NamedTuple):
    """A word that stands for a part of a government (the Kremlin), with its PLOVER sector."""

    spelling: Spelling
    sector: str


@dataclass(frozen=True, slots=True)
class Country:
    """A state. `code` is ISO 3166-1 alpha-3, or XKX for Kosovo.

    `names` begins with the short English name; formal and former names and dependencies follow. `capitals`
    begins with the usual spelling and is empty where the capital is written like the state (Singapore).
    """

    code: str
    name: str
    names: tuple[Spelling, ...]
    demonyms: tuple[Spelling, ...]
    capitals: tuple[Spelling, ...]
    seats: tuple[Seat, ...]
    cities: tuple[Spelling, ...]


@dataclass(frozen=True, slots=True)
class Organization:
    """A body that acts. `code` is IGO, UNO, EUR, NGO, ISM, IMG, MNC or a state's; `country` may be None."""

    code: str
    name: str
    names: tuple[Spelling, ...]
    sectors: tuple[str, ...]
    country: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Title:
    """A title or a noun for unnamed actors, lower case; `plural` is None where it has none of its own."""

    title: str
    plural: str | None
    sectors: tuple[str, ...]
    kind: str


class Match(NamedTuple):
    """What a run of words names.

    `name` is the state's short name for names and demonyms, the usual spelling for capitals, the listed
    spelling for seats and cities, the usual name for organisations. `alternatives` are further codes the same
    words may stand for, likeliest first. A `not_actor` (the South China Sea) has an empty code: it is there
    to be passed over.
    """

    code: str
    kind: MatchKind
    name: str
    sectors: tuple[str, ...] = ()
    ambiguous: bool = False
    alternatives: tuple[str, ...] = ()


# ---------------------------------------------------------------- loading


def parse_rows(lines: Iterable[str], file: str) -> Iterator[dict[str, str]]:
    """Yield each row of a table as a dict by column; lines that start with "#" are comments.

    Raises ModelError, naming file and line, for a row that has more or fewer cells than the header.
    """
    numbered = [(number, line) for number, line in enumerate(lines, 1) if line.strip() and line[0] != "#"]
    rows = csv.reader(line for _, line in numbered)
    columns = next(rows, [])
    for (number, _), cells in zip(numbered[1:], rows, strict=True):
        if len(cells) != len(columns):
            raise ModelError(
                f"The table {file} is damaged: line {number} has {len(cells)} cells, not {len(columns)}.",
                subject=file,
            )
        yield dict(zip(columns, cells, strict=True))


def read_table(file: str) -> Iterator[dict[str, str]]:
    """The rows of a shipped table, as `parse_rows` gives them."""
    text = (files("legation") / "data" / file).read_text(encoding="utf-8")
    return parse_rows(text.splitlines(), file)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(cell.split("|")) if cell else ()


def _spelling(cell: str, *, ambiguous: bool = False) -> Spelling:
    return Spelling(cell.removesuffix("?"), ambiguous or cell.endswith("?"))


def _spellings(cell: str, *, ambiguous: bool = False) -> tuple[Spelling, ...]:
    return tuple(_spelling(text, ambiguous=ambiguous) for text in _split(cell))


def _seat(cell: str) -> Seat:
    text, _, sector = cell.rpartition(":")
    return Seat(_spelling(text), sector)


def _country(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        name=row["name"],
        names=(Spelling(row["name"], row["name_ambiguous"] == "yes"), *_spellings(row["aliases"])),
        demonyms=_spellings(row["demonyms_adjective"]),
        capitals=_spellings(row["capital"], ambiguous=row["capital_ambiguous"] == "yes"),
        seats=tuple(_seat(cell) for cell in _split(row["seats"])),
        cities=_spellings(row["cities"]),
    )


def _organization(row: dict[str, str]) -> Organization:
    name = _spelling(row["name"])
    return Organization(
        code=row["code"],
        name=name.text,
        names=(name, *_spellings(row["aliases"])),
        sectors=_split(row["sectors"]),
        country=row["country"] or None,
        note=row["note"] or None,
    )


def _title(row: dict[str, str]) -> Title:
    plural = row["plural"] or _regular_plural(row["title"])
    return Title(row["title"], None if plural == "-" else plural, _split(row["sector"]), row["kind"])


def _regular_plural(title: str) -> str:
    if title.endswith(("s", "ch")):
        return title + "es"
    if title.endswith("y") and title[-2] not in "aeiou":
        return title[:-1] + "ies"
    return title + "s"


@cache
def load_countries() -> tuple[Country, ...]:
    """The states, in the order of the table (by region)."""
    return tuple(_country(row) for row in read_table("countries.csv"))


@cache
def load_organizations() -> tuple[Organization, ...]:
    """The organisations, in the order of the table."""
    return tuple(_organization(row) for row in read_table("organizations.csv"))


@cache
def load_titles() -> tuple[Title, ...]:
    """The titles and nouns for unnamed actors, in the order of the table."""
    return tuple(_title(row) for row in read_table("titles.csv"))


@cache
def load_not_actors() -> tuple[str, ...]:
    """Names that hold a state's name and stand for no actor, such as seas and wars."""
    return tuple(row["name"] for row in read_table("not_actors.csv"))


# ---------------------------------------------------------------- titles

_APOSTROPHES = "\u2019\u2018\u02bc"
_HYPHENS = "\u2010\u2011\u2013"
_SAME_SIGN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))
_FORMER = re.compile(r"(?:former|ex|onetime|one-time)[ -]+(?=\w)")
_OFFICE_SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})


@cache
def _titles_by_text() -> dict[str, Title]:
    titles = load_titles()
    by_text = {title.plural: title for title in titles if title.plural}
    return by_text | {title.title: title for title in titles}


def find_title(text: str) -> Title | None:
    """The title written as `text`, singular or plural, in any case; None when the table has no such title.

    "former" or "ex-" before an office gives it the sector ELI (former officials) and the kind "former".
    """
    wanted = " ".join(text.lower().translate(_SAME_SIGN).split()).replace(" - ", "-")
    titles = _titles_by_text()
    if wanted in titles:
        return titles[wanted]
    title = titles.get(_FORMER.sub("", wanted, count=1)) if _FORMER.match(wanted) else None
    if title is None or _OFFICE_SECTORS.isdisjoint(title.sectors):
        return title
    return replace(title, sectors=("ELI",), kind="former")


# ---------------------------------------------------------------- the gazetteer

_PIECE = re.compile(r"\w+|[^\w\s]")


def _pieces(text: str) -> str:
    """`text` with every sign apart ("U . S ."), so that no tokenisation can hide a name."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text
    return " ".join(_PIECE.findall(unicodedata.normalize("NFC", text).translate(_SAME_SIGN)))


_Entry = tuple[str, Match]


def _state_entries(country: Country, kind: MatchKind, spellings: tuple[Spelling, ...]) -> Iterator[_Entry]:
    for text, ambiguous in spellings:
        yield text, Match(country.code, kind, country.name, (), ambiguous)


def _seat_entries(country: Country) -> Iterator[_Entry]:
    for (text, ambiguous), sector in country.seats:
        yield text, Match(country.code, "seat", text, (sector,), ambiguous)


def _capital_entries(country: Country) -> Iterator[_Entry]:
    for text, ambiguous in country.capitals:
        yield text, Match(country.code, "capital", country.capitals[0].text, (), ambiguous)


def _city_entries(country: Country) -> Iterator[_Entry]:
    for text, ambiguous in country.cities:
        yield text, Match(country.code, "city", text, (), ambiguous)


def _organization_entries(body: Organization) -> Iterator[_Entry]:
    for text, ambiguous in body.names:
        yield text, Match(body.code, "organization", body.name, body.sectors, ambiguous)


def _entries(countries: Sequence[Country], organizations: Sequence[Organization]) -> Iterator[_Entry]:
    """Every spelling with what it names, the likelier reading of the same words first."""
    for country in countries:
        yield from _state_entries(country, "name", country.names)
    for body in organizations:
        yield from _organization_entries(body)
    for country in countries:
        yield from _state_entries(country, "demonym", country.demonyms)
        yield from _seat_entries(country)
    for country in countries:
        yield from _capital_entries(country)
    for country in countries:
        yield from _city_entries(country)


def _also(first: Match, other: Match) -> Match:
    """`first`, which the same words as `other` name."""
    if other.code == first.code or other.code in first.alternatives:
        return first
    return first._replace(ambiguous=True, alternatives=(*first.alternatives, other.code))


class Gazetteer:
    """Finds the names of states and organisations in a list of words; immutable once made.

    Names are compared case sensitively and sign by sign, so that "U.S." is found whether a tokeniser keeps
    it whole or not; typographic apostrophes and hyphens count as plain ones. A match ends with a whole word.
    """

    def __init__(
        self,
        countries: Sequence[Country],
        organizations: Sequence[Organization] = (),
        not_actors: Sequence[str] = (),
    ) -> None:
        self._matches: dict[str, Match | None] = {}
        for text, match in _entries(countries, organizations):
            self._add(text, match)
        for name in not_actors:
            self._add(name, Match("", "not_actor", name))

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """The gazetteer of the shipped tables."""
        return Gazetteer(load_countries(), load_organizations(), load_not_actors())

    def longest(self, words: Sequence[str], start: int) -> tuple[int, Match] | None:
        """The longest name that begins at `words[start]`, and before it the number of words it takes.

        A leading "the" may stand before any name and is counted. `start` is from 0 to `len(words)`.
        None where no name begins.
        """
        found = self._longest_from(words, start)
        if found is None and start < len(words) and words[start].lower() == "the":
            after_article = self._longest_from(words, start + 1)
            return (after_article[0] + 1, after_article[1]) if after_article else None
        return found

    def _add(self, text: str, match: Match) -> None:
        key = _pieces(text)
        first = self._matches.get(key)
        self._matches[key] = _also(first, match) if first else match
        while " " in key:
            key = key.rpartition(" ")[0]
            self._matches.setdefault(key, None)

    def _longest_from(self, words: Sequence[str], start: int) -> tuple[int, Match] | None:
        key = ""
        best: tuple[int, Match] | None = None
        for index in range(start, len(words)):
            key = f"{key} {_pieces(words[index])}" if key else _pieces(words[index])
            if key not in self._matches:
                break
            if match := self._matches[key]:
                best = index + 1 - start, match
        return best
