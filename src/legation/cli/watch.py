"""The verbs of `legation watch`: each parses, calls one function, prints. Data to stdout, messages to stderr."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.errors import reporting_errors
from legation.cli.options import DeskFolder, Json
from legation.telling import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from legation.collecting.watching import Watched

app = typer.Typer(name="watch", no_args_is_help=True, help="Keeps the list of sources that a desk collects from.")

Names = Annotated[
    list[str] | None, typer.Argument(metavar="[NAME]...", help="Names or addresses, or tags as #coast; else all.")
]


@app.command()
def add(
    url: Annotated[str, typer.Argument(help="The address of a feed, sitemap or page, or the path of a folder.")],
    name: Annotated[str | None, typer.Option(help="What to call it; else after its address.")] = None,
    kind: Annotated[str, typer.Option(help="feed, sitemap, page, mail, files or warc.")] = "feed",
    country: Annotated[str | None, typer.Option(metavar="ISO3", help="Where it is published, such as KEN.")] = None,
    language: Annotated[str | None, typer.Option(metavar="TAG", help="Its language, such as en.")] = None,
    type: Annotated[str | None, typer.Option(help="What it is: newspaper, agency, ministry ...")] = None,
    owner: Annotated[str | None, typer.Option(help="Who publishes it: sister papers count once.")] = None,
    reliability: Annotated[str | None, typer.Option(help="A note on how far to trust it.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be given again.")] = None,
    links: Annotated[str | None, typer.Option(metavar="PATTERN", help="Only items whose address matches.")] = None,
    desk: DeskFolder = None,
) -> None:
    """Adds a source, or changes what is given of the one of this address."""
    with reporting_errors():
        from legation.collect.local import LOCAL_KINDS
        from legation.collecting.watching import add_one
        from legation.desk.folder import Desk

        given = {
            "name": name,
            "url": str(Path(url).resolve()) if kind in LOCAL_KINDS and "://" not in url else url,
            "kind": kind,
            "country": country,
            "language": language,
            "type": type,
            "owner": owner,
            "reliability": reliability,
            "tags": tag or [],
            "links": links,
        }
        with Desk.find(desk) as found:
            source, changed = add_one(
                found.store, {field: value for field, value in given.items() if value is not None}
            )
        typer.echo(f"Watching {source.name}." if changed else f"{source.name} was watched already.", err=True)


@app.command()
def remove(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names or addresses, or tags as #coast.")],
    desk: DeskFolder = None,
) -> None:
    """Takes sources away. What they gave stays."""
    with reporting_errors():
        from legation.collecting.watching import remove as remove_sources
        from legation.desk.folder import Desk

        with Desk.find(desk) as found:
            gone = remove_sources(found.store, names)
        typer.echo(f"Removed {', '.join(source.name for source in gone)}.", err=True)


@app.command("list")
def list_(names: Names = None, json: Json = False, desk: DeskFolder = None) -> None:
    """Lists the sources with how they do: failing, silent, shrinking, rejecting, or good."""
    with reporting_errors():
        found = _watched(desk, names)
        if json:
            _print_json(found)
        else:
            from rich.console import Console

            from legation.desk.sources import render_sources

            render_sources(found, Console())


@app.command()
def show(
    names: Annotated[list[str], typer.Argument(metavar="NAME...", help="Names or addresses, or tags as #coast.")],
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Shows sources with their declarations, their health and their last visits."""
    with reporting_errors():
        found = _watched(desk, names)
        if json:
            _print_json(found)
        else:
            from rich.console import Console

            from legation.desk.sources import render_source

            for each in found:
                render_source(each, Console())


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A list of feeds as OPML, or of sources as TOML.")],
    tag: Annotated[list[str] | None, typer.Option(help="A tag for all of them; may be given again.")] = None,
    desk: DeskFolder = None,
) -> None:
    """Adds the sources of a file; the folders of OPML are their tags. What the desk knows of them already stays."""
    with reporting_errors():
        from legation.collecting.watching import import_file
        from legation.desk.folder import Desk

        with Desk.find(desk) as found:
            changed, left_out = import_file(found.store, file, tag or [])
        for reason in left_out:
            typer.echo(f"Left out: {reason}", err=True)
        typer.echo(f"Added or changed {counted(len(changed), 'source')}.", err=True)


@app.command()
def export(
    names: Names = None,
    format: Annotated[str, typer.Option(help="opml or toml.")] = "opml",
    desk: DeskFolder = None,
) -> None:
    """Prints the sources as OPML, for feed readers, or as TOML."""
    with reporting_errors():
        import sys

        from legation.collecting.watching import export as exported

        chosen = [each.source for each in _watched(desk, names)]
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        print(exported(chosen, format), end="")


def _watched(desk: Path | None, names: Sequence[str] | None) -> list[Watched]:
    from legation.collecting.watching import named, sources, watched
    from legation.desk.folder import Desk

    with Desk.find(desk) as found:
        chosen = named(found.store, names) if names else sources(found.store)
        return watched(found.store, chosen, datetime.now(UTC))


def _print_json(found: Sequence[Watched]) -> None:
    from legation.cli.output import print_json

    print_json([_plain({**asdict(each.source), "health": asdict(each.health)}) for each in found])


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, list | tuple) else value
