"""Leaders: who a head of state, head of government or leading minister is, and the office held on a day.

A name is compared by its letters alone: case, accents, hyphens, blanks, apostrophes and full stops
do not count.
"""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Literal

TermStatus = Literal["current", "former", "future", "unknown"]

# News goes on calling former leaders by a bare family name for about this long.
_REMEMBERED = timedelta(days=12 * 365 + 3)
# Letters that have no decomposition into a plain letter and an accent.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
_COURTESY = frozenset({"mr", "mrs", "ms", "miss", "dr", "sir"})
_QUALIFIERS = frozenset({"former", "ex", "then", "late", "outgoing", "ousted", "deposed", "acting", "interim"})
# Reigning persons go by a given name that many share, so the name alone is not enough.
_REGNAL = frozenset({"king", "queen", "emperor", "emir", "sultan", "pope", "crown prince"})
_TITLE_OFFICES: dict[str, frozenset[str]] = {
    "president": frozenset(
        {"president", "acting president", "interim president", "commission president", "council president"}
    ),
    "premier": frozenset({"prime minister"}),
    "taoiseach": frozenset({"prime minister"}),
    "secretary": frozenset({"secretary of state", "defence secretary"}),
    "foreign secretary": frozenset({"foreign minister"}),
    "external affairs minister": frozenset({"foreign minister"}),
    "minister": frozenset({"prime minister", "foreign minister", "defence minister"}),
    "defence secretary": frozenset({"defence secretary", "defence minister"}),
    "leader": frozenset({"leader", "supreme leader", "president", "prime minister", "general secretary"}),
    "chairman": frozenset({"leader", "president"}),
    "prince": frozenset({"crown prince"}),
    "sheikh": frozenset({"emir"}),
    "ayatollah": frozenset({"supreme leader"}),
}


@dataclass(frozen=True, slots=True)
class Leader:
    """One term of one person in one office; a person with several terms is several of these.

    `country` is ISO 3166 alpha-3, or UNO, EUR or IGO (NATO). `families` are the names used alone.
    `start` and `end` are days in office: a bare month or year in the table starts on its first day and ends
    on its last. `end` is None while the person holds the office.
    """

    name: str
    aliases: tuple[str, ...]
    families: tuple[str, ...]
    country: str
    office: str
    start: date
    end: date | None

    def holds(self, on: date) -> bool:
        """Whether the office is held on that day, first and last day included."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class Term:
    """A leader's office as seen from a day: `status` is "unknown" when no day was given."""

    name: str
    country: str
    office: str
    status: TermStatus


# ---------------------------------------------------------------- the table


def _first_day(text: str) -> date:
    return date.fromisoformat(text + "-01-01"[len(text) - 4 :])


def _last_day(text: str) -> date | None:
    if not text or len(text) == 10:
        return date.fromisoformat(text) if text else None
    year, month = int(text[:4]), int(text[5:] or 12)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


@cache
def load_leaders() -> tuple[Leader, ...]:
    """The terms of office, in the order of the table: by country, a person's terms together."""
    text = (files("legation") / "data" / "leaders.csv").read_text(encoding="utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    next(rows)
    return tuple(
        Leader(name, _split(aliases), _split(family), country, office, _first_day(start), _last_day(end))
        for name, aliases, family, country, office, start, end in rows
    )


def _letters(text: str) -> str:
    """The letters and digits of a text by which names are compared."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN))
        text = decomposed.translate(_PLAIN)
    return "".join(filter(str.isalnum, text.casefold()))


def _index(spellings: Callable[[Leader], Iterable[str]]) -> dict[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = {}
    for leader in load_leaders():
        for key in {_letters(spelling) for spelling in spellings(leader)}:
            found.setdefault(key, []).append(leader)
    return {key: tuple(leaders) for key, leaders in found.items()}


@cache
def _by_full_name() -> dict[str, tuple[Leader, ...]]:
    return _index(lambda leader: (leader.name, *leader.aliases))


@cache
def _by_family_name() -> dict[str, tuple[Leader, ...]]:
    return _index(lambda leader: leader.families)


# ---------------------------------------------------------------- look-up


def _ended(leader: Leader) -> date:
    return leader.end or date.max


def _term_on(leaders: Iterable[Leader], on: date | None) -> Term:
    """The term held on the day (of several the one begun last), else the latest past, else the next one."""
    terms = tuple(leaders)
    if on is None:
        return _term(max(terms, key=lambda t: t.start), "unknown")
    held = [t for t in terms if t.holds(on)]
    if held:
        return _term(max(held, key=lambda t: t.start), "current")
    past = [t for t in terms if _ended(t) < on]
    if past:
        return _term(max(past, key=_ended), "former")
    return _term(min(terms, key=lambda t: t.start), "future")


def _term(leader: Leader, status: TermStatus) -> Term:
    return Term(leader.name, leader.country, leader.office, status)


def find_leader(name: str, on: date | None) -> Term | None:
    """The office of the leader with this full name, without title, on a day; None without one.

    Of two leaders with one name ("George Bush") the one whose term the day chooses is meant.
    """
    terms = _by_full_name().get(_letters(name))
    return _term_on(terms, on) if terms else None


def find_by_family_name(name: str, title: str | None, on: date | None) -> Term | None:
    """The one leader whom a name used alone can mean on a day ("President Biden", "Mr. Putin"), else None.

    That is the only one of that name in office, or with none in office the only one who left within 12 years;
    without a day the only one of that name ever. `title` is the title alone ("President", "former Prime
    Minister"), without a country: it must name an office that the leader has held by then; a courtesy title
    or None fits any office but a reigning one. An unknown title fits nobody.
    """
    begun = [t for t in _by_family_name().get(_letters(name), ()) if on is None or t.start <= on]
    offices = _offices_of(title)
    people = {t.name for t in begun if _fits(t.office, offices)}
    terms = [t for t in begun if t.name in people]
    if on is not None:
        terms = _in_mind(terms, on)
    named = {t.name for t in terms}
    return _term_on(terms, on) if len(named) == 1 else None


def _in_mind(terms: list[Leader], on: date) -> list[Leader]:
    """The terms held on the day; where none is, those that ended not too long before it."""
    held = [t for t in terms if t.holds(on)]
    return held or [t for t in terms if on - _ended(t) <= _REMEMBERED]


def _offices_of(title: str | None) -> frozenset[str] | None:
    """The offices that a title can name; None where it says nothing of an office."""
    words = (title or "").lower().replace(".", "").replace("-", " ").replace("defense", "defence").split()
    while words and words[0] in _QUALIFIERS:
        words = words[1:]
    plain = " ".join(words)
    if not plain or plain in _COURTESY:
        return None
    office = plain.replace("secretary general", "secretary-general")
    return _TITLE_OFFICES.get(plain, frozenset()) | {office}


def _fits(office: str, offices: frozenset[str] | None) -> bool:
    return office not in _REGNAL if offices is None else office in offices
