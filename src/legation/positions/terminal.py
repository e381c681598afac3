"""Positions and statements on a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich import box
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.style import Style
from rich.table import Table
from rich.text import Text

from legation.positions import wording
from legation.positions.findings import Findings, Window
from legation.positions.issues import Issue
from legation.positions.networks import Tie
from legation.positions.said import Said
from legation.positions.standing import Division, Move, Standing
from legation.show.display import one_line
from legation.show.wording import matter_of, sureness_of

BOLD, QUIET = Style(bold=True), Style(color="color(243)")
SIDES = {
    "for": Style(bold=True, color="color(30)"),
    "against": Style(bold=True, color="color(160)"),
    "mixed": Style(bold=True, color="color(130)"),
}
# A narrower table would cut off where the words come from.
NARROWEST_TABLE, MOST_TIES = 100, 5


def render_positions(found: Findings, issues: Mapping[str, Issue], articles: int, console: Console) -> None:
    """Prints what was found, wrapped at the width of the console. No text of an article can steer the terminal."""
    for part in _parts(found, issues, articles, console.width):
        console.print(part, highlight=False)


def render_said(said: Iterable[Said], console: Console) -> None:
    """Prints statements one under another: who, how, what, where they stand with it, and the sentence around."""
    for one in said:
        for part in _statement(one):
            console.print(part, highlight=False)
        console.print()


def _parts(found: Findings, issues: Mapping[str, Issue], articles: int, width: int) -> Iterator[RenderableType]:
    yield Text(wording.scope(found, articles), style=QUIET)
    last = None
    for division in _options(found):
        yield Text()
        if division.issue != last:
            yield from _issue(division.issue, issues.get(division.issue))
            last = division.issue
        own = [s for s in found.table if (s.issue, s.option) == (division.issue, division.option)]
        yield from _option(division, own, issues.get(division.issue), width)
    yield from _moves(found.moves)
    yield from _ties("Agree most", [tie for tie in found.ties if tie.balance > 0])
    yield from _ties("Differ most", [tie for tie in found.ties if tie.balance < 0])
    yield from _windows(found.windows)
    yield Text()
    yield Text(wording.POLARISATION, style=QUIET)
    if wording.limits(found):
        yield Text(wording.limits(found), style=QUIET)


def _options(found: Findings) -> list[Division]:
    """The options of the table in order; one on which unnamed sources alone were heard has empty camps."""
    divided = {(division.issue, division.option): division for division in found.divisions}
    keys = dict.fromkeys((standing.issue, standing.option) for standing in found.table)
    return [divided.get(key, Division(*key, 0, 0, 0, 0.0)) for key in keys]


def _issue(id: str, issue: Issue | None) -> Iterator[Text]:
    yield Text(f"{issue.name} ({id})" if issue else one_line(id), style=BOLD)
    if issue:
        yield Text(issue.question or "", style=QUIET)


def _option(division: Division, table: Sequence[Standing], issue: Issue | None, width: int) -> Iterator[RenderableType]:
    means = wording.meaning(issue, division.option)
    yield Text.assemble((one_line(division.option), BOLD), f": {means}" if means else "")
    figures = f"{wording.camps(division)}; polarisation {division.polarisation:.2f}"
    yield Padding(Text(figures), (0, 0, 0, 2), expand=False)
    yield Padding(_table(table) if width >= NARROWEST_TABLE else _list(table), (0, 0, 0, 2), expand=False)


def _table(rows: Sequence[Standing]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("Actor", max_width=30)
    for heading in ("For", "Against", "Mixed"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("First", no_wrap=True)
    table.add_column("Last", no_wrap=True)
    table.add_column("Latest words", ratio=1)
    for row in rows:
        latest, (first, last) = row.voices[-1], row.days
        table.add_row(
            Text.assemble((wording.SIGNS[row.side] + " ", SIDES[row.side]), one_line(row.actor)),
            *(Text(str(row.count(stance) or "")) for stance in ("for", "against", "mixed")),
            Text(wording.day(first)),
            Text(wording.day(last)),
            Text(f"{wording.quoted(latest.evidence)} {wording.source_of(latest)}"),
        )
    return table


def _list(rows: Sequence[Standing]) -> Text:
    lines = Text()
    for row in rows:
        latest, (first, last) = row.voices[-1], row.days
        lines.append(wording.SIGNS[row.side] + " ", SIDES[row.side]).append(one_line(row.actor), BOLD)
        lines.append(f": {wording.spread(row)}, {wording.day(first)} to {wording.day(last)}\n")
        lines.append(f"  {wording.quoted(latest.evidence)} {wording.source_of(latest)}\n")
    lines.rstrip()
    return lines


def _moves(moves: Sequence[Move]) -> Iterator[RenderableType]:
    yield Text()
    yield Text(f"Who moved ({len(moves)})" if moves else "Who moved: nobody", style=BOLD)
    for move in moves:
        before, after = move.before, move.after
        yield Text.assemble(
            f"{wording.day(after.day)}  ", (one_line(after.actor), BOLD),
            f" on {one_line(after.issue)}, {one_line(after.option)}: ", (before.stance, SIDES[before.stance]), " → ",
            (after.stance, SIDES[after.stance]),
        )  # fmt: skip
        for word, voice in (("before", before), ("after", after)):
            told = f"{word}: {wording.quoted(voice.evidence)} {wording.source_of(voice)}"
            yield Padding(Text(told, style=QUIET), (0, 0, 0, 4), expand=False)


def _ties(heading: str, ties: Sequence[Tie]) -> Iterator[RenderableType]:
    """The strongest ties by congruence less conflict."""
    strongest = sorted(ties, key=lambda tie: (-abs(tie.balance), -tie.same - tie.opposite, tie.one, tie.two))
    if strongest:
        yield Text()
        yield Text(f"{heading} (congruence less conflict)", style=BOLD)
    for tie in strongest[:MOST_TIES]:
        yield Text(
            f"{tie.balance:+.2f}  {one_line(tie.one)} and {one_line(tie.two)}: {tie.same} same, {tie.opposite} opposite"
        )


def _windows(windows: Sequence[Window]) -> Iterator[RenderableType]:
    if not windows:
        return
    yield Text()
    yield Text("Over time", style=BOLD)
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for heading in ("From", "Before", "Issue", "Option"):
        table.add_column(heading, no_wrap=heading in ("From", "Before"))
    for heading in ("For", "Against", "Neither", "Polarisation"):
        table.add_column(heading, justify="right", no_wrap=True)
    for window in windows:
        for own in window.divisions:
            words = (window.start.isoformat(), window.stop.isoformat(), one_line(own.issue), one_line(own.option))
            camps = (own.for_it, own.against, own.neither)
            table.add_row(*map(Text, words), *(str(count or "") for count in camps), f"{own.polarisation:.2f}")
    yield table


def _statement(said: Said) -> Iterator[RenderableType]:
    place = ", ".join(one_line(part) for part in (said.source, f"article {said.article}", said.statement) if part)
    yield Text.assemble(
        f"{wording.day(said.day)}  ", (wording.who_said(said), BOLD),
        f"  {one_line(said.cue)} [{one_line(said.act)}]", (f"  {place}", QUIET),
    )  # fmt: skip
    yield Padding(Text(one_line(said.content) or wording.UNKNOWN), (0, 0, 0, 4), expand=False)
    for position in said.positions:
        sure = sureness_of(position.confidence, position.whole_confidence)
        yield Padding(
            Text.assemble(
                (f"{wording.SIGNS[position.stance]} {position.stance}", SIDES[position.stance]),
                f" {matter_of(position.issue, position.option)}",
                (f" ({sure})" if sure else "", QUIET),
                f": {wording.quoted(position.evidence.text)}",
            ),
            (0, 0, 0, 4),
            expand=False,
        )
    if said.context:
        yield Padding(Text(f"in: {one_line(said.context)}", style=QUIET), (0, 0, 0, 4), expand=False)
