"""Office holders: who a named person is, the office held on a day, and the sectors that PLOVER gives it.

A name is compared by its letters alone: case, accents, hyphens, blanks, apostrophes and full stops
do not count.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Literal

from legation.coding.tables import OFFICE_SECTORS, read_index, row_at, split
from legation.shipped import numbered_rows, read_table, table_lines

TermStatus = Literal["current", "former", "future", "unknown"]

TABLE = "leaders.csv"
INTERNATIONAL = frozenset({"UNO", "EUR", "IGO"})
# News goes on calling former leaders by a bare family name for about this long.
_REMEMBERED = timedelta(days=12 * 365 + 3)
_HEADS, _MINISTERS = 2, 4
# Letters that have no decomposition into a plain letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir"})
# Generals who rule are named by their rank, whatever office they hold.
_RANKS = frozenset({"general", "gen", "colonel", "col", "marshal", "field marshal", "admiral", "adm"})
_QUALIFIERS = frozenset({"former", "ex", "then", "late", "outgoing", "ousted", "deposed", "acting", "interim"})
# Reigning persons go by a given name that many share, so the name alone is not enough.
_REGNAL = frozenset(
    {"king", "queen", "emperor", "emir", "sultan", "pope", "crown prince", "prince", "grand duke", "co-prince"}
)
_TITLE_OFFICES: dict[str, frozenset[str]] = {
    "president": frozenset(
        [
            "president",
            "acting president",
            "interim president",
            "commission president",
            "council president",
            "parliament president",
            "world bank president",
            "central bank president",
            "court president",
            "general assembly president",
            "regional president",
            "senate president",
        ]
    ),
    "prime minister": frozenset({"prime minister", "acting prime minister"}),
    "premier": frozenset({"prime minister", "acting prime minister"}),
    "taoiseach": frozenset({"prime minister"}),
    "secretary": frozenset({"secretary of state", "defence secretary"}),
    "foreign secretary": frozenset({"foreign minister"}),
    "external affairs minister": frozenset({"foreign minister"}),
    "foreign minister": frozenset({"acting foreign minister"}),
    "home secretary": frozenset({"interior minister"}),
    "chancellor of the exchequer": frozenset({"finance minister"}),
    "chancellor": frozenset({"finance minister"}),
    "treasury secretary": frozenset({"finance minister"}),
    "defence secretary": frozenset({"defence secretary", "defence minister"}),
    "leader": frozenset({"leader", "supreme leader", "president", "prime minister", "general secretary"}),
    "chairman": frozenset({"leader", "president"}),
    "prince": frozenset({"crown prince"}),
    "sheikh": frozenset({"emir"}),
    "ayatollah": frozenset({"supreme leader"}),
}


@dataclass(frozen=True, slots=True)
class Office:
    """What an office makes of its holder: PLOVER sectors, and its rank among several held at once, 1 the first."""

    sectors: tuple[str, ...]
    rank: int


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of one person in one office; a person with several terms is several of these.

    `country` is ISO 3166 alpha-3, or UNO, EUR or IGO (any other body). `families` are the names used alone.
    `start` and `end` are days in office: a bare month or year in the table starts on its first day and ends
    on its last. `end` is None while the person holds the office. `source` tells file and line of the row.
    """

    name: str
    aliases: tuple[str, ...]
    families: tuple[str, ...]
    country: str
    office: str
    start: date
    end: date | None
    sectors: tuple[str, ...] = ()
    rank: int = _HEADS
    source: str = ""

    def holds(self, on: date) -> bool:
        """Whether the office is held on that day, first and last day included."""
        return self.start <= on and (self.end is None or on <= self.end)

    def status(self, on: date) -> TermStatus:
        """How the term stands on that day."""
        return "current" if self.holds(on) else "future" if on < self.start else "former"

    def sectors_as(self, status: TermStatus) -> tuple[str, ...]:
        """PLOVER's sectors of who holds the office, has left it or is still to hold it."""
        if status == "future":
            return ()
        if status == "former" and (not self.sectors or not OFFICE_SECTORS.isdisjoint(self.sectors)):
            return ("ELI",)
        return self.sectors


@dataclass(frozen=True, slots=True)
class Term:
    """A leader's office as seen from a day: `status` is "unknown" when no day was given."""

    name: str
    country: str
    office: str
    status: TermStatus
    sectors: tuple[str, ...] = field(default=(), compare=False)
    source: str = field(default="", compare=False)
    rank: int = field(default=_HEADS, compare=False)

    @property
    def is_high(self) -> bool:
        """Whether it is the office of a minister or a higher one, whose holder news may call by a bare name."""
        return self.rank <= _MINISTERS


# ---------------------------------------------------------------- the table


def first_day(text: str) -> date:
    """The first day of a date as the table writes it: YYYY-MM-DD, YYYY-MM or YYYY. Raises ValueError."""
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def last_day(text: str) -> date | None:
    """The last day of such a date, None for an empty one. Raises ValueError."""
    if not text or len(text) == 10:
        return date.fromisoformat(text) if text else None
    year, month = int(text[:4]), int(text[5:] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


@cache
def load_offices() -> Mapping[str, Office]:
    """The offices by name."""
    return {row["office"]: Office(split(row["sectors"]), int(row["rank"])) for row in read_table("offices.csv")}


def office_sectors(office: str, country: str) -> tuple[str, ...]:
    """PLOVER's sectors of an office in a state or body; in a body between states GOV falls away.

    An envoy, who mostly serves such a body, is of the government where he serves a state.
    """
    sectors = load_offices()[office].sectors
    return tuple(s for s in sectors if s != "GOV") if country in INTERNATIONAL else sectors or ("GOV",)


def leader_of(row: Mapping[str, str], source: str) -> Leader:
    """The term that a row of the table tells. Raises KeyError for an unknown office, ValueError for a bad date."""
    office, country = row["office"], row["country"]
    return Leader(
        row["name"],
        split(row["aliases"]),
        split(row["family"]),
        country,
        office,
        first_day(row["from"]),
        last_day(row["to"]),
        office_sectors(office, country),
        load_offices()[office].rank,
        source,
    )


@cache
def load_leaders() -> tuple[Leader, ...]:
    """All terms of office, in the order of the table: by country, a person's terms together."""
    return tuple(leader_of(row, f"{TABLE}:{line}") for line, row in numbered_rows(table_lines(TABLE), TABLE))


@cache
def _at(line: str) -> Leader:
    return leader_of(row_at(TABLE, int(line)), f"{TABLE}:{line}")


def letters(text: str) -> str:
    """The letters and digits of a text by which names are compared."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
        text = decomposed.translate(_PLAIN)
    return "".join(filter(str.isalnum, text.casefold()))


# A key of the index is a full name, or behind this sign a name used alone.
_ALONE = "~"


def _index_of(terms: Iterable[tuple[str, Leader]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for reference, leader in terms:
        full = {letters(spelling) for spelling in (leader.name, *leader.aliases)}
        alone = {_ALONE + letters(family) for family in leader.families}
        for key in full | alone:
            index[key] = f"{index[key]} {reference}" if key in index else reference
    return index


def compile_leaders() -> dict[str, str]:
    """The index of the shipped table, which `leaders.index` holds: the lines of a name's terms by its letters."""
    return _index_of((leader.source.partition(":")[2], leader) for leader in load_leaders())


class Leaders:
    """Finds terms of office by a person's name; immutable once made."""

    def __init__(self, index: Mapping[str, str], term_at: Callable[[str], Leader]) -> None:
        self._index, self._term_at = index, term_at

    @staticmethod
    @cache
    def load() -> Leaders:
        """The terms of the shipped table."""
        return Leaders(read_index("leaders.index"), _at)

    def with_own(self, terms: Sequence[Leader]) -> Leaders:
        """The same with terms of the user's own: who is named there in full is meant by no row of the table."""
        own = _index_of((f"u{number}", term) for number, term in enumerate(terms))
        full = {letters(term.name) for term in terms}
        index = dict(self._index)
        for key, references in own.items():
            # Others who share a family name stay who they are.
            others = index.get(key, "").split() if key[0] == _ALONE else []
            kept = [at for at in others if letters(self._term_at(at).name) not in full]
            index[key] = " ".join([references, *kept])
        shipped = self._term_at
        return Leaders(index, lambda at: terms[int(at[1:])] if at[0] == "u" else shipped(at))

    def named(self, name: str) -> tuple[Leader, ...]:
        """The terms of everyone with this full name."""
        return self._of(letters(name))

    def named_alone(self, family: str) -> tuple[Leader, ...]:
        """The terms of everyone whom news calls by this name alone."""
        return self._of(_ALONE + letters(family))

    def _of(self, key: str) -> tuple[Leader, ...]:
        references = self._index.get(key)
        return tuple(self._term_at(reference) for reference in references.split(" ")) if references else ()


# ---------------------------------------------------------------- look-up


def _ended(leader: Leader) -> date:
    return leader.end or date.max


def term_on(terms: Sequence[Leader], on: date | None) -> tuple[Leader, TermStatus]:
    """The term held on the day, else one held before, else the next one; of several the highest, then the latest."""
    if on is None:
        return min(terms, key=lambda t: (t.rank, -t.start.toordinal())), "unknown"
    held = [t for t in terms if t.holds(on)]
    if held:
        return min(held, key=lambda t: (t.rank, -t.start.toordinal())), "current"
    past = [t for t in terms if _ended(t) < on]
    if past:
        return min(past, key=lambda t: (t.rank, -_ended(t).toordinal())), "former"
    return min(terms, key=lambda t: t.start), "future"


def _term_on(terms: Sequence[Leader], on: date | None) -> Term:
    leader, status = term_on(terms, on)
    return Term(
        leader.name, leader.country, leader.office, status, leader.sectors_as(status), leader.source, leader.rank
    )


def find_leader(
    name: str, on: date | None, countries: Sequence[str] | None = None, leaders: Leaders | None = None
) -> Term | None:
    """The office of the leader with this full name, without title, on a day; None without one.

    Of two leaders with one name ("George Bush") the one in whose country or, next, in whose term the day falls is
    meant. `countries` are those that the article names, the most named first.
    """
    known = leaders or Leaders.load()
    terms = known.named(name)
    if not terms and countries and name.count(" ") == 1:
        # Some peoples put the family name first.
        terms = tuple(t for t in known.named(" ".join(name.split()[::-1])) if t.country in countries)
    for country in countries or ():
        near = [t for t in terms if t.country == country]
        if near:
            # An office elsewhere, in a body such as NATO, may be the one held on the day.
            person = {t.name for t in near}
            terms = tuple(t for t in terms if t.name in person and (t.country in (country, *INTERNATIONAL)))
            break
    else:
        # Of lesser offices there are so many that a namesake is likelier where nothing leads to the state.
        known_anywhere = {t.name for t in terms if t.rank <= _MINISTERS or t.country in INTERNATIONAL}
        terms = tuple(t for t in terms if not countries or t.name in known_anywhere)
    return _term_on(terms, on) if terms else None


def find_by_family_name(
    name: str,
    title: str | None,
    on: date | None,
    countries: Sequence[str] | None = None,
    leaders: Leaders | None = None,
) -> Term | None:
    """The one leader whom a name used alone can mean on a day ("President Biden", "Mr. Putin"), else None.

    That is the only one of that name in office, or with none in office the only one who left within 12 years;
    without a day the only one of that name ever. `title` is the title alone ("President", "former Prime
    Minister"), without a country: it must name an office that the leader has held by then; a courtesy title
    or None fits any office but a reigning one. An unknown title fits nobody. `countries` are those that the article
    names, the most named first: of several the one there is meant, whoever ranks highest; and who is no head of
    state or government is meant only there. None says nothing of the article.
    """
    known = (leaders or Leaders.load()).named_alone(name)
    begun = [t for t in known if on is None or t.start <= on]
    offices = _offices_of(title)
    terms: list[Leader] = []
    # "Leader" may be said of a president, but where a leader of that name is known, he is meant.
    for wanted in (None,) if offices is None else (frozenset({_plain(title)}), offices):
        people = {t.name for t in begun if _fits(t.office, wanted)}
        terms = terms or _in_mind([t for t in begun if t.name in people], on)
    if countries is not None:
        terms = _nearest(terms, countries)
    named = {t.name for t in terms}
    return _term_on(terms, on) if len(named) == 1 else None


def _nearest(terms: list[Leader], countries: Sequence[str]) -> list[Leader]:
    """The terms in the most named country that has any, of the highest rank; else those of heads anywhere."""
    for country in countries:
        near = [t for t in terms if t.country == country]
        if near:
            best = min(t.rank for t in near)
            return [t for t in near if t.rank == best]
    heads = [t for t in terms if t.rank <= _HEADS]
    return terms if heads and len({t.name for t in terms}) == 1 else heads if len(terms) == len(heads) else []


def _in_mind(terms: list[Leader], on: date | None) -> list[Leader]:
    """The terms held on the day; where none is, those that ended not too long before it."""
    if on is None:
        return terms
    held = [t for t in terms if t.holds(on)]
    return held or [t for t in terms if on - _ended(t) <= _REMEMBERED]


def _plain(title: str | None) -> str:
    """A title as offices are written, without what tells that it is no longer or only for now held."""
    words = (title or "").lower().replace(".", "").replace("-", " ").replace("defense", "defence").split()
    while words and words[0] in _QUALIFIERS:
        words = words[1:]
    return (
        " ".join(words)
        .replace("secretary general", "secretary-general")
        .replace("governor general", "governor-general")
    )


def _offices_of(title: str | None) -> frozenset[str] | None:
    """The offices that a title can name; None where it says nothing of an office."""
    plain = _plain(title)
    if not plain or plain in _COURTESY or plain in _RANKS:
        return None
    return _TITLE_OFFICES.get(plain, frozenset()) | {plain}


def _fits(office: str, offices: frozenset[str] | None) -> bool:
    return office not in _REGNAL if offices is None else office in offices
