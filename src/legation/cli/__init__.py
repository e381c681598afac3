"""The command line: a verb parses, calls one function, prints. Data to stdout, messages to stderr.

Exit codes: 0 done, 1 failed or rejected, 2 wrong usage, 3 done in part, 130 interrupted, 141 the reader of stdout left.
Modules that take long to load are imported by the verb that needs them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation import __version__
from legation.cli import code, collect, desk, events, issues, judge, positions, registry, watch
from legation.cli.errors import INTERRUPTED, reporting_errors
from legation.cli.output import write_file
from legation.errors import UsageError
from legation.system import keep_freed_memory

if TYPE_CHECKING:
    from legation.records import Report

app = typer.Typer(
    name="legation",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(registry.app)
app.command()(code.code)
app.command()(positions.positions)
app.command()(positions.said)
app.command()(issues.issues)
app.command()(desk.init)
app.command()(desk.add)
app.command("catch-up")(desk.catch_up)
app.command()(desk.doctor)
app.add_typer(watch.app)
app.command()(collect.collect)
app.command()(collect.run)
app.command()(events.events)
app.command()(events.entities)
app.command()(events.search)
app.add_typer(judge.app)


def main() -> None:
    """The `legation` command."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that lacks a sign for a character gets its number.
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    keep_freed_memory()
    try:
        app()
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"legation {__version__}")
        raise typer.Exit


@app.callback()
def legation(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Reads news articles: who did what to whom, when and where, and who said what.

    Nothing is sent anywhere: a language model of its own reads on this machine.
    """


@app.command()
def read(
    source: Annotated[str, typer.Argument(help="A file, an http or https URL, or - for standard input.")],
    published: Annotated[
        str | None,
        typer.Option(metavar="YYYY-MM-DD", help="Day of publication, to date words like Tuesday."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the report as a web page to FILE.")] = None,
    why: Annotated[
        str | None,
        typer.Option(metavar="EVENT", help="Tell what an event, such as e3, rests on; with --json also `all`."),
    ] = None,
    threads: Annotated[
        int | None,
        typer.Option(min=1, help="Threads to compute on; else one a core, at most four.", show_default=False),
    ] = None,
    thorough: code.Thorough = False,
) -> None:
    """Reads one article and shows its events and statements, with their words marked in it.

    Without --json and --html it is shown on the terminal.
    """
    with reporting_errors():
        from legation.pipeline import read_source

        allow_private = os.environ.get("LEGATION_ALLOW_PRIVATE_HOSTS") == "1"
        report = read_source(
            source,
            published=published,
            threads=threads,
            thorough=thorough,
            allow_private=allow_private,
            why=why is not None,
        )
        _put_out(_explained(report, why), source, json=json, html=html, why=why)


def _explained(report: Report, why: str | None) -> Report:
    """The report in which only the event that was asked about is explained. Raises UsageError for an unknown one."""
    if why is None or why == "all" or report.rejected is not None:
        return report
    known = [event.id for event in report.events]
    if why not in known:
        raise UsageError(f"There is no event {why}. {_told(known)}", subject=why)
    return replace(report, events=tuple(e if e.id == why else replace(e, why=None) for e in report.events))


def _told(known: Sequence[str]) -> str:
    if not known:
        return "The article has no events."
    return f"The only one is {known[0]}." if len(known) == 1 else f"The events are {known[0]} to {known[-1]}."


def _put_out(report: Report, source: str, *, json: bool, html: Path | None, why: str | None) -> None:
    """The report in the ways that were asked for; a rejected one only as JSON, and with exit code 1."""
    if json:
        _print_json(report)
    if report.rejected is not None:
        typer.echo(f"{_named(source)} was not read. {report.rejected.message}", err=True)
        raise typer.Exit(1)
    if html is not None:
        _write_page(report, html)
    elif why is not None and not json:
        _print_why(report)
    elif not json:
        _print_terminal(report)


def _named(source: str) -> str:
    return "Standard input" if source == "-" else source


def _print_json(report: Report) -> None:
    from legation.formats.report_json import report_to_json

    # JSON is UTF-8 by definition, whatever the terminal speaks.
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    print(report_to_json(report, indent=2 if sys.stdout.isatty() else None))


def _print_terminal(report: Report) -> None:
    from rich.console import Console

    from legation.show.terminal import render_terminal

    render_terminal(report, Console())


def _print_why(report: Report) -> None:
    from rich.console import Console

    from legation.show.why import render_why

    render_why(report, Console())


def _write_page(report: Report, target: Path) -> None:
    from legation.show.page import render_page

    write_file(target, render_page(report))
