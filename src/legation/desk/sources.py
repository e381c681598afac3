"""The sources of a desk on a terminal. Nothing a source says can steer it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.style import Style
from rich.table import Table
from rich.text import Text

from legation.collecting.watching import Watched
from legation.show.display import one_line
from legation.sources import SourceCheck
from legation.telling import in_utc, minute

_BOLD, _QUIET = Style(bold=True), Style(color="color(243)")
_STATES = {"good": Style(color="color(28)"), "new": _QUIET}
_TROUBLE = Style(bold=True, color="color(160)")
_SHOWN_CHECKS = 10


def render_sources(found: Sequence[Watched], console: Console) -> None:
    """A row for each source: its state, when it last gave something new, and what is wrong with it."""
    if not found:
        console.print("The desk has no sources. `legation watch add` adds one.")
        return
    table = Table(box=None, pad_edge=False, header_style=_QUIET)
    for title in ("source", "state", "last new (UTC)", "last success (UTC)", "tags", "says"):
        table.add_column(title, overflow="fold")
    for each in found:
        health = each.health
        table.add_row(
            Text(one_line(each.source.name), _BOLD),
            Text(health.state, _STATES.get(health.state, _TROUBLE)),
            _moment(health.last_new),
            _moment(health.last_success),
            Text(one_line(", ".join(each.source.tags))),
            Text(one_line(health.line)),
        )
    console.print(table)


def render_source(each: Watched, console: Console) -> None:
    """All that is known of one source."""
    source, health = each.source, each.health
    console.print(Text(one_line(source.name), _BOLD))
    for label, value in (
        ("address", source.url),
        ("kind", source.kind),
        ("country", source.country),
        ("language", source.language),
        ("type", source.type),
        ("owner", source.owner),
        ("reliability", source.reliability),
        ("links", source.links),
        ("tags", ", ".join(source.tags)),
        ("state", " - ".join(filter(None, (health.state, health.line)))),
        *(("", note) for note in health.notes),
    ):
        if value:
            console.print(Text.assemble((f"  {label:<12}", _QUIET), one_line(value)), highlight=False, soft_wrap=True)
    for check in each.checks[-_SHOWN_CHECKS:]:
        console.print(Text(f"  {_check(check)}", _QUIET), highlight=False, soft_wrap=True)
    console.print()


def _check(check: SourceCheck) -> str:
    counts = f"{check.listed} listed, {check.versions} got, {check.rejected} rejected, {check.failed} to try again"
    told = check.message if check.status == "failed" else counts
    return f"{in_utc(check.at)}  {check.status:<10}{one_line(told)}"


def _moment(at: datetime | None) -> Text:
    return Text(minute(at) if at else "never", _QUIET)
