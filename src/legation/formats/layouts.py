"""Events as other data sets lay them out: POLECAT, ICEWS and PETRARCH2, a row for each pair of actor and recipient.

None of the three has a column for status. A row stands for what happened, so an event that is historical, hypothetical
or negated has none; one that is coming has one where its type (AGREE) or, in the CAMEO layouts, its code (03 intent,
13 threat) says no more than that. What stands in each column is told by the data dictionary (`DESCRIPTIONS`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import permutations, product
from types import MappingProxyType

from legation.formats.columns import DESCRIPTIONS
from legation.formats.days import days_of
from legation.formats.tables import day_of_publication, name_of
from legation.records import Entity, EntitySpan, Event, Place, Report
from legation.shipped import read_table

Row = tuple[str, ...]

SECTORS = MappingProxyType(
    {
        "COP": "Police",
        "GOV": "Government",
        "JUD": "Judicial",
        "LEG": "Legislative",
        "MIL": "Military",
        "PRM": "Paramilitary",
        "PTY": "Parties",
        "REB": "Rebels",
        "SPY": "Intelligence",
        "UAF": "Unidentified Forces",
        "UNK": "Unknown",
        "AGR": "Agricultural",
        "BUS": "Business",
        "CRM": "Criminals",
        "CVL": "Civilians",
        "EDU": "Education",
        "ELI": "Elite",
        "JRN": "Media",
        "LAB": "Labor",
        "MED": "Medical",
        "OPP": "Opposition",
        "PRE": "Previous Regime",
        "REF": "Refugees",
        "REL": "Religious",
        "SOC": "Social",
        "IGO": "International Government Organization",
        "UNO": "United Nations",
        "EUR": "European Union",
        "NGO": "Nongovernmental Organization",
        "ISM": "International Movement",
        "IMG": "International Militarized Group",
        "MNC": "Multinational Corporation",
    }
)
"""PLOVER's sectors, and the actor codes of those without a state, in words as ICEWS would put them."""
TWO_SIDED = frozenset({"CONSULT", "AGREE", "COOPERATE", "ASSAULT"})
"""Types in which several actors without a recipient act on each other."""
NOBODY = "---"
"""What PETRARCH2 writes for a code that is not known."""


@dataclass(frozen=True, slots=True)
class Layout:
    """One data set's way to write events: its columns, whether a header names them, and the rows of a report.

    `rows` gives as many cells as there are columns, "" where Legation has no such fact; a rejected report has no rows.
    """

    name: str
    header: bool
    rows: Callable[[Report], Iterator[Row]]

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.column for column in DESCRIPTIONS[self.name])


@dataclass(frozen=True, slots=True)
class Party:
    """One side of a row; without a span nobody is told."""

    span: EntitySpan | None
    entity: Entity | None

    @property
    def key(self) -> object:
        """The same for the same participant."""
        return self.entity.id if self.entity else (self.span and (self.span.start, self.span.end))


@dataclass(frozen=True, slots=True)
class Told:
    """What a row is made of: an event, one of its pairs, and what the report knows of them. `id` is the row's own."""

    id: str
    report: Report
    event: Event
    actor: Party
    recipient: Party
    place: Place | None


# ---------------------------------------------------------------- events and pairs


def _told(report: Report, holds: Callable[[Event], bool]) -> Iterator[Told]:
    if report.rejected is not None:
        return
    entities = {entity.id: entity for entity in report.entities}
    places = {place.id: place for place in report.places}
    for event in filter(holds, report.events):
        place = places.get(event.place or "")
        for number, (actor, recipient) in enumerate(_pairs(event, entities), 1):
            yield Told(f"{report.article.id}/{event.id}/{number}", report, event, actor, recipient, place)


def _happened(event: Event) -> bool:
    return event.status == "actual" or (event.status == "future" and event.type == "AGREE")


def _happened_in_cameo(event: Event) -> bool:
    coming = event.status == "future" and (event.cameo or "").startswith(("03", "13"))
    return _happened(event) or coming


def _pairs(event: Event, entities: Mapping[str, Entity]) -> list[tuple[Party, Party]]:
    """Every actor with every recipient but itself; without recipients the sides of a two-sided event, both ways."""
    actors, recipients = _parties(event.actor, entities), _parties(event.recipient, entities)
    nobody = [Party(None, None)]
    if not recipients and len(actors) > 1 and event.type in TWO_SIDED and event.mode != "visit":
        return list(permutations(actors, 2))
    pairs = list(product(actors or nobody, recipients or nobody))
    return [(actor, recipient) for actor, recipient in pairs if actor.key != recipient.key] or pairs


def _parties(spans: Iterable[EntitySpan], entities: Mapping[str, Entity]) -> list[Party]:
    """Each participant once."""
    found: dict[object, Party] = {}
    for span in spans:
        party = Party(span, entities.get(span.entity or ""))
        found.setdefault(party.key, party)
    return list(found.values())


# ---------------------------------------------------------------- POLECAT


def _polecat(report: Report) -> Iterator[Row]:
    people = _joined(";", (entity.name for entity in report.entities if entity.kind == "person"))
    organizations = _joined(";", (entity.name for entity in report.entities if entity.kind == "organization"))
    locations = _joined(";", (place.name for place in report.places))
    article, model = report.article, report.model
    published = day_of_publication(report)
    for told in _told(report, _happened):
        event, place = told.event, told.place
        yield (
            told.id,
            _iso(_day_of(event, published)),
            event.type,
            event.mode or "",
            _number(event.score),
            event.quad,
            ";".join(event.contexts),
            *_polecat_party(told.actor),
            *_polecat_party(told.recipient),
            place.name if place else "",
            "",
            "",
            "",
            (place.country if place else None) or "",
            *_point(place),
            _number(place.geonameid if place else None),
            place.text if place else "",
            "",
            article.source or "",
            _iso(published),
            people,
            organizations,
            locations,
            article.language or "",
            f"{model.name} {model.version}",
        )


def _polecat_party(party: Party) -> Row:
    entity = party.entity
    sectors = entity.sectors if entity else ()
    return (
        _name(party),
        (entity.country if entity else None) or "",
        "",
        sectors[0] if sectors else "",
        ";".join(sectors),
        (entity.role if entity else None) or "",
        party.span.text if party.span else "",
        "",
    )


# ---------------------------------------------------------------- ICEWS


def _icews(report: Report) -> Iterator[Row]:
    article, published = report.article, day_of_publication(report)
    for told in _told(report, _happened_in_cameo):
        event, place = told.event, told.place
        yield (
            told.id,
            _iso(_day_of(event, published)),
            *_icews_party(told.actor),
            f"{event.type.capitalize()} ({event.mode})" if event.mode else event.type.capitalize(),
            event.cameo or "",
            _number(intensity_of(event.cameo)),
            *_icews_party(told.recipient),
            article.id,
            str(event.sentence + 1),
            article.source or "",
            "",
            "",
            "",
            _country(place.country if place else None),
            *_point(place),
        )


def _icews_party(party: Party) -> Row:
    entity = party.entity
    sectors = _sectors(entity) if entity else ()
    return (
        _name(party),
        ",".join(SECTORS.get(sector, sector) for sector in sectors),
        _country(entity.country if entity else None),
    )


def _sectors(entity: Entity) -> Iterable[str]:
    """The sectors of an entity, behind the code that stands for one where it has no state."""
    own = (entity.code,) if entity.code in SECTORS else ()
    return dict.fromkeys((*own, *entity.sectors))


def intensity_of(cameo: str | None) -> float | None:
    """The score of a CAMEO code from -10 to 10, the same for all its events; None where the tables know none.

    It is PLOVER's score of the type and mode that has this code, the type alone before its modes; else that of the
    nearest code above it: 0861 has that of 086, 057 that of 050.
    """
    scores = _scores()
    above = (*(cameo[:length] for length in range(len(cameo), 2, -1)), f"{cameo[:2]}0") if cameo else ()
    return next((scores[code] for code in above if code in scores), None)


@cache
def _scores() -> Mapping[str, float]:
    # Reversed, so that of several rows with one code the first is kept.
    return {row["cameo"]: float(row["score"]) for row in reversed(list(read_table("plover.csv")))}


@cache
def _country_names() -> Mapping[str, str]:
    return {row["code"]: row["name"] for row in read_table("countries.csv")}


def _country(code: str | None) -> str:
    return _country_names().get(code, code) if code else ""


# ---------------------------------------------------------------- PETRARCH2


def _petrarch(report: Report) -> Iterator[Row]:
    article, published = report.article, day_of_publication(report)
    for told in _told(report, _happened_in_cameo):
        event = told.event
        sentences = dict.fromkeys((event.sentence, *(mention.sentence for mention in event.mentions)))
        yield (
            _iso(_day_of(event, published)).replace("-", ""),
            _code(told.actor.entity),
            _code(told.recipient.entity),
            event.cameo or "",
            "",
            ";".join(f"{article.id}_{sentence + 1}" for sentence in sentences),
            article.source or "",
        )


def _code(entity: Entity | None) -> str:
    """The actor's code and its sectors behind it: USAGOV, ---MIL."""
    if entity is None:
        return NOBODY
    return (entity.code or NOBODY) + "".join(sector for sector in entity.sectors if sector != entity.code)


# ---------------------------------------------------------------- cells


def _day_of(event: Event, published: date | None) -> date | None:
    """The first day of the event's date; the day of publication where the text gives none, or tells what is coming."""
    if event.date is None or event.status == "future":
        return published
    days = days_of(event.date.value)
    return days[0] if days else None


def _name(party: Party) -> str:
    if party.span is None:
        return ""
    return name_of(party.span, {party.entity.id: party.entity} if party.entity else {})


def _point(place: Place | None) -> tuple[str, str]:
    return (_number(place.lat), _number(place.lon)) if place else ("", "")


def _number(value: float | None) -> str:
    """A number without an empty fraction: 4, 2.5, -77.04."""
    return "" if value is None else str(int(value)) if value == int(value) else str(value)


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _joined(mark: str, names: Iterable[str]) -> str:
    return mark.join(dict.fromkeys(names))


LAYOUTS: Mapping[str, Layout] = MappingProxyType(
    {
        layout.name: layout
        for layout in (
            Layout("polecat", True, _polecat),
            Layout("icews", True, _icews),
            Layout("petrarch", False, _petrarch),
        )
    }
)
"""The layouts by name."""
