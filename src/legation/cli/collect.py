"""`legation collect` and `legation run`: each parses, calls one function, prints. Messages go to stderr."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.errors import PARTLY, reporting_errors
from legation.cli.options import DeskFolder, Json
from legation.telling import counted, in_utc

if TYPE_CHECKING:
    from legation.collecting.rounds import Summary
    from legation.errors import StoreError
    from legation.sources import Outcome

NoRead = Annotated[bool, typer.Option("--no-read", help="Only collect; `legation catch-up` reads it later.")]


def collect(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="Sources, or tags as #coast; else all.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Also sources that are not due yet.")] = False,
    no_read: NoRead = False,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Fetches what the sources have that is new, once, and reads it.

    Exit code 1: every source that was visited failed. 3: stopped before the end; the next round goes on.
    """
    with reporting_errors():
        from legation.collecting.lock import locked
        from legation.collecting.rounds import Round
        from legation.collecting.running import asked_to_stop
        from legation.collecting.watching import named, sources
        from legation.desk.folder import Desk

        with Desk.find(desk) as found, asked_to_stop() as stop, locked(found.path):
            chosen = named(found.store, names) if names else sources(found.store)
            round_ = Round(found, force=force or bool(names), read=not no_read, stop=stop.is_set, told=_progress())
            summary = round_.run(chosen)
        _wipe()
        _put_out(summary, len(chosen), json=json)
        if summary.stopped:
            raise typer.Exit(PARTLY)
        if summary.failed and set(summary.visits) == {"failed"}:
            raise typer.Exit(1)


def run(no_read: NoRead = False, desk: DeskFolder = None) -> None:
    """Collects and reads for good, every so many minutes, until it is stopped (Ctrl-C, SIGTERM).

    Stopped twice, it ends at once; nothing is lost then either.
    """
    with reporting_errors():
        from legation.collecting.running import asked_to_stop, run_for_good
        from legation.desk.folder import Desk

        with Desk.find(desk) as found, asked_to_stop() as stop:
            run_for_good(found, stop, read=not no_read, told=_progress(), ended=_log)


def _put_out(summary: Summary, watched: int, *, json: bool) -> None:
    from legation.show.display import one_line

    for name, message in summary.failed.items():
        typer.echo(one_line(f"{name}: {message}"), err=True)
    typer.echo(_line(summary) if watched else "The desk has no sources. `legation watch add` adds one.", err=True)
    if json:
        from legation.cli.output import print_json

        print_json(
            {
                "articles": dict(summary.arrivals),
                "items": dict(summary.items),
                "visits": dict(summary.visits),
                "failed": summary.failed,
                "read": summary.read,
                "stopped": summary.stopped,
            }
        )


def _line(summary: Summary) -> str:
    told = [
        f"{counted(summary.visits.total(), 'source')} visited",
        counted(summary.arrivals["new"], "new article"),
        f"{summary.arrivals['edited']:,} edited",
        f"{summary.items['rejected']:,} rejected",
        f"{summary.items['failed']:,} to be tried again",
        f"{summary.read:,} read",
        f"{counted(len(summary.failed), 'source')} failed",
    ]
    return ("Stopped: " if summary.stopped else "") + ", ".join(told) + "."


def _log(result: Summary | StoreError, following: datetime) -> None:
    """One line a round, for a journal."""
    told = f"{result}" if isinstance(result, Exception) else _line(result)
    typer.echo(f"{in_utc(datetime.now(UTC))} {told} Next round at {in_utc(following)}.", err=True)


def _progress() -> Callable[[Outcome | None, Summary], None]:
    """A line that is written anew, on a terminal only."""
    if not sys.stderr.isatty():
        return lambda outcome, summary: None

    def told(outcome: Outcome | None, summary: Summary) -> None:
        visits, items = counted(summary.visits.total(), "source"), counted(summary.items.total(), "article")
        line = f"{visits}, {items}, {summary.read:,} read"
        sys.stderr.write(f"\r{line}\x1b[K")
        sys.stderr.flush()

    return told


def _wipe() -> None:
    """Takes the line of progress away."""
    if sys.stderr.isatty():
        sys.stderr.write("\r\x1b[K")
