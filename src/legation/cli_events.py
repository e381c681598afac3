"""The verb `events`: who did what to whom, as the desk knows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli_errors import reporting_errors
from legation.cli_options import AsOf, DeskFolder, Json, Limit, PageOption, Raw, Since, Source, Until, days, moment
from legation.cli_output import print_json

if TYPE_CHECKING:
    from legation.store.records import Page


def events(
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who did it: PRK, 'North Korea', Kim.")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="NAME", help="To whom it was done.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="From one to the other, or of both together.")
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="On either side, or where it happened.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="A PLOVER type, such as THREATEN.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="actual, historical, future, ...")] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    confidence: Annotated[float, typer.Option(min=0, max=1, help="Only of at least this confidence.")] = 0,
    as_of: AsOf = None,
    raw: Raw = False,
    limit: Limit = 50,
    page: PageOption = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Lists events of the desk, those of the newest day first.

    Where there is none the exit code is 1.
    """
    with reporting_errors():
        from legation.desk_folder import Desk
        from legation.store.events import EventQuery

        first, last = days(since, until)
        query = EventQuery(actor, recipient, between, country, type, status, source, first, last, confidence)
        with Desk.find(desk) as found:
            rows = found.store.events(query, most=limit, page=page, as_of=moment(as_of), raw=raw)
        _print(rows, json=json)
        if not rows.rows:
            typer.echo("No such event.", err=True)
            raise typer.Exit(1)


def _print(page: Page, *, json: bool) -> None:
    if json:
        from legation.store.plain import plain_event

        print_json(
            {"schema": "legation.events/1", "events": [plain_event(row) for row in page.rows], "next": page.next}
        )
        return
    from rich.console import Console

    from legation.desk_terminal import render_events

    render_events(page, Console())
