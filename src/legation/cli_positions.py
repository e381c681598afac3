"""The verbs `positions` and `said`: who stands where on an issue, and who said what."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli_errors import reporting_errors
from legation.errors import UsageError

if TYPE_CHECKING:
    from datetime import date

    from legation.positions.voices import Level, Voice

Inputs = Annotated[
    list[str] | None,
    typer.Argument(metavar="[INPUT]...", help="Data sets of `legation code`, files of reports; else standard input."),
]
Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only from that day on.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only up to that day.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
By = Annotated[Literal["speaker", "country"], typer.Option(help="Who counts as an actor.")]
Network = Literal["actors-options", "congruence"]


def positions(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="An issue, such as sanctions; `all` for every one.")],
    inputs: Inputs = None,
    by: By = "speaker",
    since: Since = None,
    until: Until = None,
    window: Annotated[int | None, typer.Option(min=1, metavar="MONTHS", help="A table for each so many months.")] = None,
    normalise: Annotated[
        Literal["none", "average", "jaccard", "cosine"], typer.Option(help="How ties between actors are normalised.")
    ] = "average",
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every position as CSV.")] = None,
    graphml: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the network as GraphML.")] = None,
    network: Annotated[Network, typer.Option(help="Which network --graphml writes.")] = "actors-options",
    dna: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write documents and statements for the Discourse Network Analyzer.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page with the picture and the words.")] = None,
) -> None:
    """Who is for and against what, in whose words; who moved and when; and how divided they are."""
    with reporting_errors():
        found = _voices(inputs, by, None if issue == "all" else issue, since, until)
        ...


def _voices(
    inputs: list[str] | None, by: Level, issue: str | None, since: str | None, until: str | None
) -> list[Voice]:
    from legation.formats.report_files import read_reports
    from legation.pipeline import parse_day
    from legation.positions.voices import chosen, voices_of

    voices = voices_of(read_reports(inputs or ["-"]), by)
    return chosen(voices, issue=issue, since=parse_day(since), until=parse_day(until))
