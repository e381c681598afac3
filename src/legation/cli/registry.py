"""The verbs of `legation registry`: each parses, calls one function, prints. Data to stdout, messages to stderr."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.errors import reporting_errors
from legation.telling import counted

if TYPE_CHECKING:
    from legation.coding.registry import Entry

app = typer.Typer(
    name="registry",
    no_args_is_help=True,
    help="Tells what the tables of states, bodies and office holders know of a name, and adds to them.",
)


@app.command()
def lookup(
    name: Annotated[str, typer.Argument(help="A name, such as 'Boris Johnson', NATO or 'the White House'.")],
    on: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="The day that counts; else today.", show_default=False)
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the entries as JSON.")] = False,
) -> None:
    """Tells everything the tables know of a name on a day, the likeliest first.

    A name that they do not know gives exit code 1.
    """
    with reporting_errors():
        from legation.coding.registry import lookup as find
        from legation.pipeline import parse_day
        from legation.registry.store import names

        found = find(name, parse_day(on) or date.today(), names())
        _print_entries(found, json=json)
        if not found:
            typer.echo(f"No table knows {name}.", err=True)
            raise typer.Exit(1)


@app.command()
def add(file: Annotated[Path, typer.Argument(help="Entries as TOML or CSV.")]) -> None:
    """Proves the entries of a file and keeps them for all later readings; they win over the shipped tables."""
    with reporting_errors():
        from legation.registry.store import add_file

        target, count = add_file(file)
        typer.echo(f"Added {counted(count, 'entry', 'entries')}: {target}", err=True)


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="Lines of Wikidata's JSON dump, or a SPARQL answer in JSON.")],
) -> None:
    """Turns what Wikidata says of persons and bodies into entries, printed as CSV for `registry add`."""
    with reporting_errors():
        from legation.registry.store import csv_of, read_text
        from legation.registry.wikidata import entries_of

        got = entries_of(read_text(file), str(file))
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(csv_of(got.rows), end="")
        typer.echo(f"{counted(len(got.rows), 'entry', 'entries')} from {file}.", err=True)
        for reason, count in got.left_out.most_common():
            typer.echo(f"Left out {count}: {reason}.", err=True)


def _print_entries(entries: Sequence[Entry], *, json: bool) -> None:
    if json:
        import json as codec

        # JSON is UTF-8 by definition, whatever the terminal speaks.
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(codec.dumps([_plain(entry) for entry in entries], ensure_ascii=False, indent=2))
        return
    for entry in entries:
        print(_line(entry))


def _plain(entry: Entry) -> dict[str, object]:
    return {
        "name": entry.name,
        "kind": entry.kind,
        "code": entry.code,
        "sectors": list(entry.sectors),
        "role": entry.role,
        "status": entry.status,
        "start": entry.start.isoformat() if entry.start else None,
        "end": entry.end.isoformat() if entry.end else None,
        "source": entry.source,
        "by_family_name": entry.alone,
    }


def _line(entry: Entry) -> str:
    """One entry in one line: "USA GOV  Joe Biden, president, 2021-01-20 to 2025-01-20 (leaders.csv:30)"."""
    code = " ".join([entry.code, *entry.sectors])
    start, end = (day.isoformat() if day else "" for day in (entry.start, entry.end))
    dates = f"{start or '...'} to {end or '...'}" if start or end else ""
    told = [entry.name, entry.role or entry.kind, dates]
    return f"{code:<12} {', '.join(part for part in told if part)} ({entry.source})"
