"""The verb `legation issues`: parses, calls one function, prints. Data to stdout, messages to stderr."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from legation.cli.errors import reporting_errors
from legation.cli.output import print_json
from legation.errors import UsageError

if TYPE_CHECKING:
    from legation.positions.issues import Issue


def issues(
    name: Annotated[str | None, typer.Argument(help="An issue to show whole, such as sanctions.")] = None,
    check: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Tell what is wrong with a file of issues of your own.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the issues as JSON.")] = False,
) -> None:
    """Lists the issues on which positions are told, your own among them, or shows one with its options and words."""
    with reporting_errors():
        from legation.positions.issues import all_issues, load_issues

        if check is not None:
            _print_checked(check, load_issues(), load_issues(check))
            return
        found = all_issues()
        if name is not None and name not in found:
            raise UsageError(f"There is no issue {name}. `legation issues` lists them.", subject=name)
        shown = [found[name]] if name else list(found.values())
        if json:
            print_json([asdict(issue) for issue in shown])
        elif name:
            _print_whole(found[name])
        else:
            _print_list(shown)


def _print_checked(file: Path, shipped: Mapping[str, Issue], joined: Mapping[str, Issue]) -> None:
    from legation.positions.issues import user_file

    new = [key for key in joined if key not in shipped]
    changed = [key for key in shipped if joined[key] != shipped[key]]
    for told, keys in (("new", new), ("changed", changed)):
        print(f"{told}: {', '.join(keys) or 'none'}")
    if file.resolve() != user_file().resolve():
        typer.echo(f"Nothing is wrong with {file}. To use it, put it at {user_file()}.", err=True)


def _print_list(found: Iterable[Issue]) -> None:
    for issue in sorted(found, key=lambda issue: issue.theme or ""):
        options = ", ".join(option.id for option in issue.options)
        print(f"{issue.theme or '-':<10} {issue.id:<24} {options}")


def _print_whole(issue: Issue) -> None:
    print(f"{issue.name} ({issue.id}). {issue.question or ''}".rstrip())
    for title, terms in (("words", issue.words), ("hints", issue.hints), ("not", issue.excluded)):
        if terms:
            print(f"  {title}: {', '.join(terms)}")
    for option in issue.options:
        mark = ", the default" if option.id == issue.default else ""
        print(f"{option.id}{mark}: {option.means}")
        print(f"  words: {', '.join(option.words)}")
