"""What several verbs do with what they found: print JSON, write a file whole."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import typer

from legation.errors import LegationError

if TYPE_CHECKING:
    from legation.store.records import Page


def print_json(value: Any) -> None:
    """Prints a value as JSON. Lone surrogates are escaped, all else is UTF-8 as it is."""
    # JSON is UTF-8 by definition, whatever the terminal speaks.
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_page(
    page: Page, what: Literal["events", "statements", "entities", "hits"], nothing: str, *, json: bool
) -> None:
    """Prints a page of rows of a desk; an empty one says `nothing` on stderr, and gives exit code 1."""
    if json:
        from legation.store.plain import plain_row

        rows = [plain_row(row) for row in page.rows]
        print_json({"schema": f"legation.{what}/1", what: rows, "next": page.next})
    else:
        from rich.console import Console

        from legation.desk.terminal import render_page

        render_page(page, Console())
    if not page.rows:
        typer.echo(nothing, err=True)
        raise typer.Exit(1)


def write_file(target: Path, content: str) -> None:
    """Writes all of `content` and says so on stderr. Raises LegationError."""
    write_whole(target, content)
    typer.echo(f"Wrote {target}.", err=True)


def write_whole(target: Path, content: str) -> None:
    """Writes all of `content` to `target` or leaves it as it was. Raises LegationError.

    A link is followed; what is no plain file, such as a pipe, is written to as it is.
    """
    place = Path(os.path.realpath(target))
    draft = place.with_name(f".{place.name}.{os.getpid()}.part")
    direct = place.exists() and not place.is_file()
    try:
        with open(place if direct else draft, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(content)
        if not direct:
            draft.replace(place)
    except OSError as error:
        raise LegationError(f"{target} cannot be written: {error.strerror}.", subject=str(target)) from error
    finally:
        if not direct:
            draft.unlink(missing_ok=True)
