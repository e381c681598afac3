"""The shipped tables of states, organisations and titles, and the gazetteer that finds their names in words.

The tables are CSV files in `legation/data`; the header comment of each explains its columns and names its
source. Nothing here guesses: a spelling that often names something else is returned with `ambiguous` set, and
the other codes it may stand for in `alternatives`, so that the caller decides with the sentence at hand.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from importlib.resources import files
from typing import Literal, NamedTuple

from legation.shipped import numbered_rows, read_table, table_lines

MatchKind = Literal["name", "demonym", "capital", "seat", "city", "organization", "not_actor"]

# ---------------------------------------------------------------- the rows
# Spelling, Seat, Title and Match are tuples: thousands are made at start, and a frozen dataclass costs far more.


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
    """A body that acts. `code` is IGO, UNO, EUR, NGO, ISM, IMG, MNC or a state's; `country` may be None.

    `start` and `end` are the first and last year of its existence, None where that is open or not known.
    """

    code: str
    name: str
    names: tuple[Spelling, ...]
    sectors: tuple[str, ...]
    country: str | None
    note: str | None
    start: int | None = None
    end: int | None = None


class Title(NamedTuple):
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


@cache
def _columns(file: str) -> tuple[str, ...]:
    return tuple(next(line for line in table_lines(file) if line and line[0] != "#").split(","))


def row_at(file: str, line: int) -> dict[str, str]:
    """The row of a shipped table that stands in a line, counted from 1; no other row is looked at."""
    (cells,) = csv.reader([table_lines(file)[line - 1]])
    return dict(zip(_columns(file), cells, strict=True))


def read_index(file: str) -> dict[str, str]:
    """A compiled index (`training.registry` makes it): keys, each with a line of references behind it."""
    lines = (files("legation") / "data" / file).read_text(encoding="utf-8").split("\n")
    return dict(zip(lines[::2], lines[1::2], strict=True))


def split(cell: str) -> tuple[str, ...]:
    """The entries of a cell that holds a list."""
    return tuple(cell.split("|")) if cell else ()


def spelling_of(cell: str, *, ambiguous: bool = False) -> Spelling:
    """A spelling as a cell writes it: a "?" behind it says that it often names something else."""
    return Spelling(cell.removesuffix("?"), ambiguous or cell.endswith("?"))


def spellings_of(cell: str, *, ambiguous: bool = False) -> tuple[Spelling, ...]:
    """The spellings of a cell that holds a list of them."""
    return tuple(spelling_of(text, ambiguous=ambiguous) for text in split(cell))


def _seat(cell: str) -> Seat:
    text, _, sector = cell.rpartition(":")
    return Seat(spelling_of(text), sector)


def _country(row: dict[str, str]) -> Country:
    return Country(
        code=row["code"],
        name=row["name"],
        names=(Spelling(row["name"], row["name_ambiguous"] == "yes"), *spellings_of(row["aliases"])),
        demonyms=spellings_of(row["demonyms_adjective"]),
        capitals=spellings_of(row["capital"], ambiguous=row["capital_ambiguous"] == "yes"),
        seats=tuple(_seat(cell) for cell in split(row["seats"])),
        cities=spellings_of(row["cities"]),
    )


def _organization(row: dict[str, str]) -> Organization:
    name = spelling_of(row["name"])
    return Organization(
        code=row["code"],
        name=name.text,
        names=(name, *spellings_of(row["aliases"])),
        sectors=split(row["sectors"]),
        country=row["country"] or None,
        note=row["note"] or None,
        start=int(row["from"]) if row["from"] else None,
        end=int(row["to"]) if row["to"] else None,
    )


def _title(row: dict[str, str], known: dict[str, tuple[str, ...]]) -> Title:
    """A title of the table; `known` keeps the lists of sectors, of which there are few."""
    title, plural, sector, kind = row.values()
    if sector not in known:
        known[sector] = split(sector)
    plural = plural or _regular_plural(title)
    return Title(title, None if plural == "-" else plural, known[sector], kind)


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
def state_codes() -> frozenset[str]:
    """The codes of all states."""
    return frozenset(country.code for country in load_countries())


@cache
def load_organizations() -> tuple[Organization, ...]:
    """The organisations, in the order of the table."""
    return tuple(_organization(row) for row in read_table("organizations.csv"))


@cache
def load_titles() -> tuple[Title, ...]:
    """The titles and nouns for unnamed actors, in the order of the table."""
    sectors: dict[str, tuple[str, ...]] = {}
    return tuple(_title(row, sectors) for row in read_table("titles.csv"))


@cache
def title_codes() -> Mapping[str, str]:
    """The codes of those whom a title makes of no state, or of one whatever the text says: "aid agency", "pope"."""
    return {row["title"]: row["code"] for row in read_table("title_codes.csv")}


@cache
def load_not_actors() -> tuple[str, ...]:
    """Names that hold a state's name and stand for no actor, such as seas and wars."""
    return tuple(row["name"] for row in read_table("not_actors.csv"))


# ---------------------------------------------------------------- titles

_APOSTROPHES = "\u2019\u2018\u02bc"
_HYPHENS = "\u2010\u2011\u2013"
_SAME_SIGN = str.maketrans(dict.fromkeys(_APOSTROPHES, "'") | dict.fromkeys(_HYPHENS, "-"))
_FORMER = re.compile(r"(?:former|ex|onetime|one-time)[ -]+(?=\w)")
# Who leaves such an office is a former official; who leads rebels or believers no longer is what he was.
OFFICE_SECTORS = frozenset({"COP", "GOV", "JUD", "LEG", "MIL", "SPY"})


@cache
def _titles_by_text() -> dict[str, Title]:
    titles = load_titles()
    by_text = {title.plural: title for title in titles if title.plural}
    return by_text | {title.title: title for title in titles}


@lru_cache(1 << 14)
def find_title(text: str) -> Title | None:
    """The title written as `text`, singular or plural, in any case; None when the table has no such title.

    "former" or "ex-" before an office gives it the sector ELI (former officials) and the kind "former".
    """
    wanted = " ".join(text.lower().translate(_SAME_SIGN).split()).replace(" - ", "-")
    titles = _titles_by_text()
    if wanted in titles:
        return titles[wanted]
    title = titles.get(_FORMER.sub("", wanted, count=1)) if _FORMER.match(wanted) else None
    if title is None or OFFICE_SECTORS.isdisjoint(title.sectors):
        return title
    return title._replace(sectors=("ELI",), kind="former")


# ---------------------------------------------------------------- the gazetteer

_PIECE = re.compile(r"\w+|[^\w\s]")


def _pieces(text: str) -> str:
    """`text` with every sign apart ("U . S ."), so that no tokenisation can hide a name."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return text
    return " ".join(_PIECE.findall(unicodedata.normalize("NFC", text).translate(_SAME_SIGN)))


class Row(NamedTuple):
    """What stands in one row: a state, a body, or the name of no actor."""

    thing: Country | Organization | str
    source: str


class Named(NamedTuple):
    """One thing that words name, with the row it stands in; `start` and `end` are years of existence."""

    match: Match
    source: str
    start: int | None = None
    end: int | None = None

    def existed(self, year: int) -> bool:
        """Whether nothing speaks against its existence in a part of that year."""
        return (self.start is None or self.start <= year) and (self.end is None or year <= self.end)


# A reference tells where a name stands: a letter for the kind, the row, a dot, the place in its cell, "?" where
# it is ambiguous. The likelier reading of the same words stands first.
_KINDS: dict[str, MatchKind] = {
    "n": "name", "o": "organization", "d": "demonym", "s": "seat", "c": "capital", "t": "city", "x": "not_actor",
}  # fmt: skip
_FILES = {"o": "organizations.csv", "x": "not_actors.csv"}
_PHASES = ("n", "ds", "c", "t")


def _of_state(country: Country, kind: str) -> tuple[Spelling, ...]:
    if kind == "s":
        return tuple(seat.spelling for seat in country.seats)
    return {"n": country.names, "d": country.demonyms, "c": country.capitals, "t": country.cities}[kind]


def _references(row: str, kind: str, spellings: Sequence[Spelling]) -> Iterator[tuple[str, str]]:
    for place, (text, ambiguous) in enumerate(spellings):
        yield text, f"{kind}{row}.{place}{'?' if ambiguous else ''}"


def _spelled(
    countries: Sequence[tuple[str, Country]],
    organizations: Sequence[tuple[str, Organization]],
    not_actors: Sequence[tuple[str, str]],
) -> Iterator[tuple[str, str]]:
    """Every spelling with the reference to what it names, the likelier reading of the same words first."""
    for phase in _PHASES:
        for row, country in countries:
            for kind in phase:
                yield from _references(row, kind, _of_state(country, kind))
        for row, body in organizations if phase == "n" else ():
            yield from _references(row, "o", body.names)
    for row, name in not_actors:
        yield from _references(row, "x", [Spelling(name)])


def _index_of(spelled: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The references of every name by its pieces; the beginnings of longer names have none."""
    index: dict[str, str] = {}
    for text, reference in spelled:
        key = _pieces(text)
        index[key] = f"{index[key]} {reference}" if index.get(key) else reference
        while " " in key:
            key = key.rpartition(" ")[0]
            index.setdefault(key, "")
    return index


def compile_names() -> dict[str, str]:
    """The index of all names of the shipped tables, which `names.index` holds; rows are line numbers."""

    def rows(file: str) -> Iterator[tuple[str, dict[str, str]]]:
        return ((str(number), row) for number, row in numbered_rows(table_lines(file), file))

    return _index_of(
        _spelled(
            [(line, _country(row)) for line, row in rows("countries.csv")],
            [(line, _organization(row)) for line, row in rows("organizations.csv")],
            [(line, row["name"]) for line, row in rows("not_actors.csv")],
        )
    )


@cache
def _shipped_row(kind: str, row: str) -> Row:
    file = _FILES.get(kind, "countries.csv")
    cells = row_at(file, int(row))
    make: Callable[[dict[str, str]], Country | Organization | str] = (
        _organization if kind == "o" else _country if kind != "x" else lambda found: found["name"]
    )
    return Row(make(cells), f"{file}:{row}")


def _named(reference: str, row_of: Callable[[str, str], Row]) -> Named:
    row, _, place = reference[1:].removesuffix("?").partition(".")
    kind, at, ambiguous = reference[0], int(place), reference.endswith("?")
    thing, source = row_of("c" if kind in "ndst" else kind, row)
    if isinstance(thing, Organization):
        match = Match(thing.code, "organization", thing.name, thing.sectors, ambiguous)
        return Named(match, source, thing.start, thing.end)
    if isinstance(thing, str):
        return Named(Match("", "not_actor", thing), source)
    return Named(_match_of_state(thing, kind, at, ambiguous), source)


def _match_of_state(country: Country, kind: str, at: int, ambiguous: bool) -> Match:
    text = _of_state(country, kind)[at].text
    name = {"n": country.name, "d": country.name, "c": country.capitals[0].text if country.capitals else ""}
    sectors = (country.seats[at].sector,) if kind == "s" else ()
    return Match(country.code, _KINDS[kind], name.get(kind, text), sectors, ambiguous)


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
        def row_of(kind: str, row: str) -> Row:
            at = int(row)
            return Row(organizations[at] if kind == "o" else not_actors[at] if kind == "x" else countries[at], "")

        spelled = _spelled(
            [(str(n), country) for n, country in enumerate(countries)],
            [(str(n), body) for n, body in enumerate(organizations)],
            [(str(n), name) for n, name in enumerate(not_actors)],
        )
        self._take(_index_of(spelled), row_of)

    def _take(self, index: Mapping[str, str], row_of: Callable[[str, str], Row]) -> None:
        self._index, self._row_of = index, row_of
        self._matches: dict[tuple[str, int | None], Match | None] = {}
        # Bound to the instance, so that the cache goes with it.
        self.may_begin = lru_cache(1 << 14)(self._may_begin)

    @classmethod
    def _of(cls, index: Mapping[str, str], row_of: Callable[[str, str], Row]) -> Gazetteer:
        made = cls.__new__(cls)
        made._take(index, row_of)
        return made

    @staticmethod
    @cache
    def load() -> Gazetteer:
        """The gazetteer of the shipped tables."""
        return Gazetteer._of(read_index("names.index"), _shipped_row)

    def with_own(self, bodies: Sequence[Row]) -> Gazetteer:
        """The same with bodies of the user's own, which alone are meant by their spellings."""
        own = _index_of(
            entry
            for number, (thing, _) in enumerate(bodies)
            if isinstance(thing, Organization)
            for entry in _references(str(number), "u", thing.names)
        )
        index = dict(self._index)
        for key, references in own.items():
            index[key] = references or index.get(key, "")
        shipped = self._row_of
        return Gazetteer._of(index, lambda kind, row: bodies[int(row)] if kind == "u" else shipped(kind, row))

    def longest(self, words: Sequence[str], start: int, year: int | None = None) -> tuple[int, Match] | None:
        """The longest name that begins at `words[start]`, and before it the number of words it takes.

        A leading "the" may stand before any name and is counted. `start` is from 0 to `len(words)`.
        Bodies that did not exist in `year` are passed over. None where no name begins.
        """
        found = self._longest_from(words, start, year)
        if found is None and start < len(words) and words[start].lower() == "the":
            after_article = self._longest_from(words, start + 1, year)
            return (after_article[0] + 1, after_article[1]) if after_article else None
        return found

    def _may_begin(self, word: str) -> bool:
        """Whether `longest` can find a name at a word; most words of a text begin none, which is soon said."""
        return word.lower() == "the" or _pieces(word) in self._index

    def named(self, words: Sequence[str], year: int | None = None) -> tuple[Named, ...]:
        """Everything that all these words together name, the likeliest first; a leading "the" does not count."""
        for begin in (0, 1) if words and words[0].lower() == "the" else (0,):
            references = self._index.get(" ".join(_pieces(word) for word in words[begin:]), "")
            if references:
                return self._named(references, year)
        return ()

    def _named(self, references: str, year: int | None) -> tuple[Named, ...]:
        found = (_named(reference, self._row_of) for reference in references.split(" "))
        return tuple(one for one in found if year is None or one.existed(year))

    def _match(self, key: str, references: str, year: int | None) -> Match | None:
        if (key, year) not in self._matches:
            matches = [one.match for one in self._named(references, year)]
            self._matches[key, year] = reduce(_also, matches) if matches else None
        return self._matches[key, year]

    def _longest_from(self, words: Sequence[str], start: int, year: int | None) -> tuple[int, Match] | None:
        key = ""
        best: tuple[int, Match] | None = None
        for index in range(start, len(words)):
            key = f"{key} {_pieces(words[index])}" if key else _pieces(words[index])
            references = self._index.get(key)
            if references is None:
                break
            if references and (match := self._match(key, references, year)):
                best = index + 1 - start, match
        return best
