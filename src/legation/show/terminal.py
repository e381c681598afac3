"""A report on a terminal: the article with its words marked, then the events and the statements as tables."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, RenderableType
from rich.style import Style
from rich.text import Text

from legation.records import Report
from legation.show.display import display_text, one_line, paragraphs
from legation.show.marks import Mark, Segment, cut, last_segments, marks_of
from legation.show.terminal_tables import events_table, places_named, places_table, positions_table, statements_table
from legation.show.wording import QUADS, notes_of, title_of

# Each colour has a contrast of at least 3.7:1 on black and on white alike; without colours, bold, italic,
# underline and reverse still tell the kinds apart.
QUAD_STYLES = {
    "verbal cooperation": Style(bold=True, reverse=True, color="color(30)"),
    "material cooperation": Style(bold=True, reverse=True, color="color(28)"),
    "verbal conflict": Style(bold=True, reverse=True, color="color(130)"),
    "material conflict": Style(bold=True, reverse=True, color="color(160)"),
}
KIND_STYLES = {
    "event": Style(bold=True, reverse=True),
    "cue": Style(bold=True, italic=True, color="color(98)"),
    "place": Style(italic=True, color="color(28)"),
    "date": Style(italic=True, color="color(131)"),
    "content": Style(underline=True),
}
ENTITY_STYLES = {
    "person": Style(bold=True, color="color(63)"),
    "organization": Style(bold=True, color="color(97)"),
    "state": Style(bold=True, color="color(31)"),
    "group": Style(color="color(97)"),
    "unnamed": Style(color="color(63)"),
}
QUIET = Style(color="color(243)")
ALERT = Style(bold=True, color="color(160)")


def render_terminal(report: Report, console: Console) -> None:
    """Print `report` on `console`, wrapped at its width.

    The article cannot steer the terminal: its control characters are printed as pictures, and nothing in it
    is taken for markup.
    """
    for part in _parts(report, console.width):
        console.print(part, highlight=False)


def _parts(report: Report, width: int) -> Iterator[RenderableType]:
    yield from _header(report)
    yield Text()
    if report.rejected is not None:
        yield Text(f"This article was not read: {one_line(report.rejected.message)}", style=ALERT)
        return
    for paragraph in _article(report):
        yield paragraph
        yield Text()
    yield _legend()
    yield Text()
    yield _heading("Events", len(report.events))
    yield events_table(report, width) if report.events else Text("No events found.")
    yield Text()
    yield _heading("Statements", len(report.statements))
    yield statements_table(report, width) if report.statements else Text("No statements found.")
    yield Text()
    held = sum(len(said.positions) + len(said.toward) for said in report.statements)
    if held:
        yield _heading("Positions", held)
        yield positions_table(report, width)
        yield Text()
    yield _heading("Places", len(places_named(report)))
    yield places_table(report, width) if report.places else Text("No places found.")


def _header(report: Report) -> Iterator[Text]:
    article, model = report.article, report.model
    yield Text(title_of(report), style="bold")
    known = (article.source, article.published, article.url)
    if any(known):
        yield Text(" · ".join(one_line(part) for part in known if part))
    yield Text(one_line(f"Read by {model.name} {model.version}"), style=QUIET)
    for note in notes_of(report):
        yield Text(f"Note: {one_line(note)}")


def _heading(name: str, count: int) -> Text:
    return Text(f"{name} ({count})" if count else name, style="bold")


def _article(report: Report) -> Iterator[Text]:
    shown, marks = display_text(report.text), marks_of(report)
    for start, end in paragraphs(shown):
        segments = tuple(cut(start, end, marks))
        ends = last_segments(segments)
        paragraph = Text()
        for segment in segments:
            paragraph.append(shown[segment.start : segment.end], _style(segment))
            paragraph.append(_labels(segment, ends), QUIET)
        yield paragraph


def _style(segment: Segment) -> Style:
    """The styles of all marks over a segment, the foremost applied last."""
    return Style.combine((Style.null(), *map(_style_of, reversed(segment.marks))))


def _style_of(mark: Mark) -> Style:
    if mark.kind == "entity":
        return ENTITY_STYLES.get(mark.style, Style.null())
    return QUAD_STYLES.get(mark.style) or KIND_STYLES.get(mark.kind, Style.null())


def _labels(segment: Segment, ends: dict[Mark, Segment]) -> str:
    """The ids of the events and statements whose trigger or cue ends with this segment."""
    named = (m for m in segment.marks if m.kind in ("event", "cue") and ends[m] is segment)
    return "".join(f"[{one_line(mark.label)}]" for mark in named)


def _legend() -> Text:
    marked = [(quad, QUAD_STYLES[quad]) for quad in QUADS]
    said = [("cue", KIND_STYLES["cue"]), ("what was said", KIND_STYLES["content"])]
    named = [(kind, ENTITY_STYLES[kind]) for kind in ("person", "organization", "state")]
    rest = [("place", KIND_STYLES["place"]), ("date", KIND_STYLES["date"])]
    legend = Text("Marked: ", style=QUIET)
    for index, (word, style) in enumerate(marked + said + named + rest):
        legend.append("  " if index else "", Style.null()).append(word, style)
    return legend.append("  [e1] [s1]: see the tables", QUIET)
