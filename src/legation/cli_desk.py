"""The verbs that make and keep a desk: each parses, calls one function, prints."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from legation.cli_errors import reporting_errors


def init(
    folder: Annotated[Path, typer.Argument(help="Where to make it; else here.", show_default=False)] = Path(),
    store: Annotated[
        str | None, typer.Option(metavar="URL", help="Keep it in this PostgreSQL database, not in a file.")
    ] = None,
) -> None:
    """Makes a desk in a folder, or brings one that an earlier version made up to date."""
    with reporting_errors():
        from legation.desk_folder import make_desk
        from legation.store.schema import REVISION

        made = make_desk(folder, store=store)
        if made.new:
            typer.echo(f"Made a desk in {made.path}.", err=True)
        elif made.before != REVISION:
            typer.echo(f"Brought the desk in {made.path} from revision {made.before} to {REVISION}.", err=True)
        else:
            typer.echo(f"The desk in {made.path} is up to date.", err=True)
