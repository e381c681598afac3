"""How the fields of a report are put into words, the same on a terminal and on a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from legation.records import Entity, EntitySpan, Event, Magnitude, Place, Report, Statement
from legation.show.display import one_line
from legation.sureness import LEAST_CONFIDENCE

UNKNOWN = "–"
QUADS = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
UNDATED = (
    "No date of publication is known, so words like “Tuesday” could not be given a date. "
    "To give one: --published YYYY-MM-DD"
)


def notes_of(report: Report) -> tuple[str, ...]:
    """The notes of a report, and how to date it where no note says that already."""
    undated = report.article.published is None and not any("--published" in note for note in report.notes)
    return (*report.notes, UNDATED) if undated else report.notes


Entities = Mapping[str, Entity]


def title_of(report: Report) -> str:
    """The title, or what stands in for one."""
    return one_line(report.article.title or "") or "Untitled article"


def entities_by_id(report: Report) -> dict[str, Entity]:
    """The report's entities, each under its id."""
    return {entity.id: entity for entity in report.entities}


def name_of(span: EntitySpan | None, entities: Entities) -> str:
    """The name of a participant: its entity's, else the words of the text."""
    if span is None:
        return UNKNOWN
    entity = entities.get(span.entity) if span.entity is not None else None
    return one_line(entity.name if entity else span.text) or UNKNOWN


def parties_of(spans: Iterable[EntitySpan], entities: Entities) -> str:
    """Participants by name, each once, with the code of those that have one: "Malaysian officials (MYS GOV)"."""
    told = []
    for span in spans:
        entity = entities.get(span.entity) if span.entity is not None else None
        code = code_of(entity.code, entity.sectors) if entity else ""
        told.append(f"{name_of(span, entities)} ({code})" if code else name_of(span, entities))
    return "; ".join(dict.fromkeys(told)) or UNKNOWN


def code_of(code: str | None, sectors: Iterable[str]) -> str:
    """State and sectors as they are written: "PRK GOV MIL"; empty where neither is known."""
    return one_line(" ".join(filter(None, (code, *sectors))))


def role_of(span: EntitySpan | None, entities: Entities) -> str:
    """A speaker's role and affiliation, as far as they are known."""
    entity = entities.get(span.entity or "") if span is not None else None
    if entity is None:
        return UNKNOWN
    return one_line(", ".join(filter(None, (entity.role, entity.affiliation)))) or UNKNOWN


def type_of(event: Event) -> str:
    """An event's type, with its mode in brackets if it has one."""
    return one_line(f"{event.type} ({event.mode})" if event.mode else event.type)


def day_of(event: Event) -> str:
    """An event's date as ISO 8601, as fine as it is known."""
    return one_line(event.date.value) if event.date else UNKNOWN


def what_of(said: Statement) -> str:
    """What was said; pieces that stand apart are parted by an ellipsis in brackets."""
    pieces = sorted(said.content, key=lambda span: span.start)
    return " […] ".join(one_line(span.text) for span in pieces) or UNKNOWN


def matter_of(issue: str | None, option: str | None) -> str:
    """The issue and the option that a position is on."""
    return one_line(", ".join(filter(None, (issue, option)))) if issue else "no known issue"


def percent(confidence: float) -> str:
    """A probability in whole per cent, rounded down, so that only certainty is shown as 100%."""
    return f"{int(confidence * 100 + 1e-9)}%"


def sureness_of(confidence: float | None, whole_confidence: float | None) -> str:
    """How sure a position is as a whole, or where that is not known, its side; "" where neither is. Of sides that other
    verbs leave out by default it is said."""
    parts = [percent(whole_confidence)] if whole_confidence is not None else []
    if confidence is not None and whole_confidence is None:
        parts.append(f"side {percent(confidence)}")
    if confidence is not None and confidence < LEAST_CONFIDENCE:
        parts.append("side unsure")
    return ", ".join(parts)


def magnitude_of(magnitude: Magnitude) -> str:
    """The stated numbers of people ("3 dead, 14 arrested"); empty when none is stated."""
    counts = (("dead", magnitude.dead), ("injured", magnitude.injured), ("arrested", magnitude.arrested))
    return ", ".join(f"{count} {word}" for word, count in counts if count is not None)


def point_of(place: Place) -> str:
    """Latitude and longitude of a place in degrees, to a hundredth, as far as they are known."""
    return f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else UNKNOWN


def number_of(place: Place) -> str:
    """The number under which GeoNames has a place."""
    return str(place.geonameid) if place.geonameid is not None else UNKNOWN
