"""The verbs that make and keep a desk: each parses, calls one function, prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.errors import PARTLY, reporting_errors
from legation.cli.options import DeskFolder, Json
from legation.cli.output import print_json
from legation.telling import counted

if TYPE_CHECKING:
    from legation.desk.run import Tally

MOST_FAULTS = 10


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make it; else here.", show_default=False)] = Path(),
    store: Annotated[
        str | None, typer.Option(metavar="URL", help="Keep it in this PostgreSQL database, not in a file.")
    ] = None,
) -> None:
    """Makes a desk in a folder, or brings one that an earlier version made up to date."""
    with reporting_errors():
        from legation.desk.folder import make_desk
        from legation.store.schema import REVISION

        made = make_desk(folder, store=store)
        if made.new:
            typer.echo(f"Made a desk in {made.path}.", err=True)
        elif made.before != REVISION:
            typer.echo(f"Brought the desk in {made.path} from revision {made.before} to {REVISION}.", err=True)
        else:
            typer.echo(f"The desk in {made.path} is up to date.", err=True)


def add(
    inputs: Annotated[
        list[str], typer.Argument(metavar="INPUT...", help="Archives as `code` takes them, or the reports it wrote.")
    ],
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Where they are from, if they do not say.")] = None,
    desk: DeskFolder = None,
) -> None:
    """Keeps articles on the desk; with `catch-up` they are read. Reports of `code` are kept with what they tell."""
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.desk.run import add as keep

        with Desk.find(desk) as found:
            tally = keep(found.store, inputs, source=source)
        typer.echo(f"{counted(tally.new, 'new article')}, {tally.edited:,} edited, {tally.known:,} known.", err=True)
        _tell_rejected(tally)


def catch_up(
    threads: Annotated[
        int | None, typer.Option(min=1, help="Threads to compute on; else one a core, at most four.")
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Read at most so many.")] = None,
    desk: DeskFolder = None,
) -> None:
    """Reads the articles of the desk that this version of Legation has not read; killed, it goes on where it was."""
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.desk.run import catch_up as read
        from legation.pipeline import Reader

        with Desk.find(desk) as found:
            tally = read(found.store, Reader(threads), most=limit)
        told = f"{counted(tally.events, 'event')}, {counted(tally.statements, 'statement')}."
        typer.echo(f"{counted(tally.read, 'article')} read: {told}", err=True)
        _tell_rejected(tally)


def _tell_rejected(tally: Tally) -> None:
    for fault in tally.faults[:MOST_FAULTS]:
        typer.echo(fault, err=True)
    if tally.rejected:
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in tally.rejected.most_common())
        typer.echo(f"{sum(tally.rejected.values()):,} rejected: {reasons}.", err=True)
        raise typer.Exit(PARTLY)


def doctor(json: Json = False, desk: DeskFolder = None) -> None:
    """Tells what is wrong with the desk, and what to do about it; then the exit code is 1."""
    with reporting_errors():
        from dataclasses import asdict

        from legation.desk.doctor import examined
        from legation.desk.folder import Desk

        with Desk.find(desk) as opened:
            found = examined(opened)
        if json:
            print_json({"schema": "legation.doctor/1", "findings": [asdict(one) for one in found]})
        else:
            for one in found:
                typer.echo(f"{one.state:<6} {one.about:<9} {one.told}")
                if one.remedy:
                    typer.echo(f"       {'':<9} {one.remedy}")
        if any(one.state == "wrong" for one in found):
            raise typer.Exit(1)
