"""Events, statements, positions and places of a report as tables that fit a terminal, or as lists where none would."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich import box
from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from legation.records import EntitySpan, Event, Report, Statement
from legation.show.display import one_line
from legation.show.wording import (
    UNKNOWN,
    Entities,
    day_of,
    entities_by_id,
    matter_of,
    name_of,
    number_of,
    parties_of,
    percent,
    point_of,
    role_of,
    sureness_of,
    type_of,
    what_of,
)

NARROWEST_TABLE = 76
ROOMY_TABLE = 110
LONGEST_CELL = 3
# The widest that speaker, role and cue may be, so that what was said keeps the most room.
NARROW_SPEAKER, ROOMY_SPEAKER = (14, 15, 10), (32, 48, 20)


@dataclass(frozen=True, slots=True)
class Cell:
    """Text in a cell, at most `LONGEST_CELL` lines of it; an ellipsis stands for the rest."""

    text: str

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest_word = max((cell_len(word) for word in self.text.split()), default=1)
        return Measurement(longest_word, max(cell_len(self.text), 1)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        # A wide script has no spaces to break at; any other word that does not fit is cut, not broken.
        wide = cell_len(self.text) != len(self.text)
        lines = Text(self.text).wrap(console, options.max_width, overflow="fold" if wide else "ellipsis")
        if len(lines) > LONGEST_CELL:
            lines[LONGEST_CELL - 1] = _with_ellipsis(lines[LONGEST_CELL - 1], options.max_width)
        yield from lines[:LONGEST_CELL]


def events_table(report: Report, width: int) -> RenderableType:
    """The events of a report, for a terminal `width` cells wide."""
    entities = entities_by_id(report)
    if width < NARROWEST_TABLE:
        return _listed((event.id, _event_lines(event, entities)) for event in report.events)
    table = _table(("Id", 6), ("Date", 0), ("Actor", None), ("Type (mode)", 0), ("Recipient", None), ("Status", 0))
    table.add_column("Conf.", no_wrap=True, justify="right")
    for event in report.events:
        kind = type_of(event) if width >= ROOMY_TABLE else type_of(event).replace(" ", "\n", 1)
        actor, recipient = parties_of(event.actor, entities), parties_of(event.recipient, entities)
        table.add_row(
            Text(one_line(event.id)), Text(day_of(event)), Cell(actor), Text(kind), Cell(recipient),
            Text(event.status), Text(percent(event.confidence)),
        )  # fmt: skip
    return table


def statements_table(report: Report, width: int) -> RenderableType:
    """The statements of a report, for a terminal `width` cells wide."""
    entities = entities_by_id(report)
    if width < NARROWEST_TABLE:
        return _listed((said.id, _statement_lines(said, entities)) for said in report.statements)
    roomy = width >= ROOMY_TABLE
    table = _table(("Id", 6), ("Speaker", None), ("Role", None), ("Cue", None), ("What", None), ("Mode", 0))
    for column, narrow, wide in zip(table.columns[1:4], NARROW_SPEAKER, ROOMY_SPEAKER, strict=True):
        column.max_width = wide if roomy else narrow
    for said in report.statements:
        speaker, role = name_of(said.speaker, entities), role_of(said.speaker, entities)
        cue = Cell(one_line(said.cue.text))
        table.add_row(Text(one_line(said.id)), Cell(speaker), Cell(role), cue, Cell(what_of(said)), Text(said.mode))
    return table


def positions_table(report: Report, width: int) -> RenderableType:
    """Where speakers stand, and whom they praise or blame, with the words that show it."""
    rows = list(_held(report, entities_by_id(report)))
    if width < NARROWEST_TABLE:
        return _listed(
            (id, (f"{speaker}: {side} {matter}" + ("" if sure == UNKNOWN else f", {sure}"), words))
            for id, speaker, side, matter, words, sure in rows
        )
    table = _table(("Id", 6), ("Speaker", None), ("Stand", 0), ("On", None), ("Words", None), ("Conf.", 0))
    for id, speaker, side, matter, words, sure in rows:
        table.add_row(Text(id), Cell(speaker), Text(side), Cell(matter), Cell(words), Text(sure))
    return table


def _held(report: Report, entities: Entities) -> Iterator[tuple[str, str, str, str, str, str]]:
    """Statement, speaker, side, issue or whoever is meant, words, and confidence, in the order of the statements."""
    for said in report.statements:
        whose = one_line(said.id), name_of(said.speaker, entities)
        for position in said.positions:
            on = matter_of(position.issue, position.option)
            sure = sureness_of(position.confidence, position.whole_confidence) or UNKNOWN
            yield *whose, position.stance, on, one_line(position.evidence.text), sure
        for toward in said.toward:
            aimed = EntitySpan(toward.entity, toward.start, toward.end, toward.text)
            yield *whose, toward.attitude, name_of(aimed, entities), one_line(toward.text), UNKNOWN


def places_named(report: Report) -> Counter[tuple[str, str, str, str]]:
    """The places of a report, each as name, country, point and number, with how often it is named."""
    return Counter(
        (one_line(place.name), place.country or UNKNOWN, point_of(place), number_of(place)) for place in report.places
    )


def places_table(report: Report, width: int) -> RenderableType:
    """The places of a report, each once with how often it is named, for a terminal `width` cells wide."""
    named = places_named(report)
    if width < NARROWEST_TABLE:
        return _listed((f"{times}×", _place_lines(place)) for place, times in named.items())
    table = _table(("Place", None), ("Country", 0), ("Latitude, longitude", 0), ("GeoNames", 0))
    table.add_column("Named", no_wrap=True, justify="right")
    for (name, *rest), times in named.items():
        table.add_row(Cell(name), *map(Text, rest), Text(f"{times}×"))
    return table


def _place_lines(place: tuple[str, str, str, str]) -> Iterator[str]:
    name, country, point, _ = place
    yield f"{name} ({country})" if country != UNKNOWN else name
    yield point


def _table(*columns: tuple[str, int | None]) -> Table:
    """An empty table. A column is its heading and its greatest width: 0 never wraps, None shares the rest."""
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=0, header_style="bold")
    for heading, widest in columns:
        table.add_column(heading, no_wrap=widest is not None, max_width=widest or None, overflow="ellipsis")
    return table


def _listed(records: Iterable[tuple[str, Iterable[str]]]) -> Table:
    """Records one under another, each beside its id: for a terminal too narrow for columns."""
    grid = Table.grid(padding=(0, 2, 0, 0))
    grid.add_column(no_wrap=True, max_width=6, style="bold")
    grid.add_column()
    for label, lines in records:
        for index, line in enumerate(lines):
            grid.add_row(Text("" if index else one_line(label)), Cell(line))
    return grid


def _event_lines(event: Event, entities: Entities) -> Iterator[str]:
    yield f"{day_of(event)}  {type_of(event)}"
    yield f"{event.status}, {percent(event.confidence)}"
    sides = filter(None, (event.actor, event.recipient))
    yield " → ".join(parties_of(side, entities) for side in sides) or UNKNOWN


def _statement_lines(said: Statement, entities: Entities) -> Iterator[str]:
    role = role_of(said.speaker, entities)
    yield name_of(said.speaker, entities) + (f" ({role})" if role != UNKNOWN else "")
    yield f"{one_line(said.cue.text)}, {said.mode}"
    yield what_of(said)


def _with_ellipsis(line: Text, width: int) -> Text:
    shortened = line.copy()
    shortened.rstrip()
    shortened.truncate(max(width - 1, 1))
    return shortened.append("…")
