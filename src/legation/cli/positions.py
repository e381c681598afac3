"""The verbs `positions` and `said`: who stands where on an issue, and who said what."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from legation.cli.errors import reporting_errors
from legation.cli.options import (
    AsOf,
    DeskFolder,
    Json,
    Limit,
    Moment,
    PageOption,
    Raw,
    SideConfidence,
    Since,
    Source,
    Until,
    days,
    moment,
)
from legation.cli.output import print_json, print_page, write_file
from legation.errors import NoDeskError, UsageError
from legation.sureness import LEAST_CONFIDENCE, LEAST_WHOLE
from legation.telling import counted

if TYPE_CHECKING:
    from datetime import date

    from legation.desk.folder import Desk
    from legation.positions.findings import Findings
    from legation.positions.graphs import Network
    from legation.positions.said import Said

Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="Data sets of `legation code`, files of reports, or -; else the desk, else standard input.",
        show_default=False,
    ),
]


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the findings go; without any they are shown on the terminal."""

    json: bool
    csv: Path | None
    graphml: Path | None
    network: Network
    dna: Path | None
    html: Path | None

    @property
    def files(self) -> bool:
        """Whether a file or folder was asked for."""
        return any((self.csv, self.graphml, self.dna, self.html))


def positions(
    issue: Annotated[str, typer.Argument(metavar="ISSUE", help="An issue, such as sanctions; `all` for every one.")],
    inputs: Inputs = None,
    by: Annotated[Literal["speaker", "country"], typer.Option(help="Who counts as an actor.")] = "speaker",
    since: Since = None,
    until: Until = None,
    confidence: SideConfidence = LEAST_CONFIDENCE,
    whole: Annotated[
        float, typer.Option("--whole-confidence", min=0, max=1, help="Only positions as sure as that in all they tell.")
    ] = LEAST_WHOLE,
    window: Annotated[
        int | None, typer.Option(min=1, metavar="MONTHS", help="Also all figures for each so many months.")
    ] = None,
    normalise: Annotated[
        Literal["none", "average", "jaccard", "cosine"], typer.Option(help="How ties between actors are normalised.")
    ] = "average",
    json: Json = False,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write every position as a row of a CSV.")] = None,
    graphml: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the network, with --window also each stretch's.")
    ] = None,
    network: Annotated[
        Literal["actors-options", "congruence", "conflict"], typer.Option(help="Which network --graphml writes.")
    ] = "actors-options",
    dna: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Write articles and statements for the DNA program.")
    ] = None,
    html: Annotated[Path | None, typer.Option(metavar="FILE", help="Write a page: the picture and the words.")] = None,
    as_of: AsOf = None,
    raw: Raw = False,
    desk: DeskFolder = None,
) -> None:
    """Who is for and against what, in whose words; who moved and when; how divided they are, and who agrees with whom.

    Where nobody takes a position the exit code is 1.
    """
    with reporting_errors():
        from legation.positions.findings import findings
        from legation.positions.said import likely
        from legation.positions.voices import chosen, voices_in

        first, last = days(since, until)
        told = moment(as_of)
        with _desk_meant(inputs, desk, of_desk={"--as-of": as_of, "--raw": raw}) as own:
            if own is None:
                read = _read(inputs, lambda one: bool(one.positions), confidence, with_text=dna is not None)
            else:
                read = _read_desk(own, told, confidence, raw=raw, with_text=dna is not None)
        wanted = _issue_of(issue, read.issues)
        kept = [likely(one, whole) for one in read.said]
        voices = chosen(voices_in(kept, by, confidence), issue=wanted, since=first, until=last)
        found = findings(voices, normalise, window)
        asked = {
            "issue": wanted or "all", "by": by, "since": since, "until": until, "confidence": confidence,
            "whole_confidence": whole, "months": window, "normalise": normalise, "articles": read.articles,
        }  # fmt: skip
        _put_out(found, kept, asked, Outputs(json, csv, graphml, network, dna, html))
        if not voices:
            _tell_nobody(wanted, read.articles, dated=bool(since or until))
            raise typer.Exit(1)


def said(
    inputs: Inputs = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only who is called so, such as Volkmuth.")] = None,
    about: Annotated[
        str | None, typer.Option(metavar="ISSUE", help="Only statements that take a position on it.")
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Only speakers of that state.")] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    confidence: SideConfidence = LEAST_CONFIDENCE,
    as_of: AsOf = None,
    raw: Raw = False,
    limit: Limit = 50,
    page: PageOption = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Lists statements: when, who, with what words of saying, what, and the sentence around.

    Without INPUT those of the desk, the newest first, page by page. Where there is none the exit code is 1.
    """
    with reporting_errors():
        first, last = days(since, until)
        of_desk = {"--country": country, "--source": source, "--as-of": as_of, "--raw": raw, "--page": page}
        with _desk_meant(inputs, desk, of_desk=of_desk) as own:
            if own is None:
                _said_in(inputs, by, about, first, last, confidence, json=json)
            else:
                from legation.store.statements import StatementQuery

                issue = _issue_of(about, own.store.issues()) if about is not None else None
                query = StatementQuery(by, issue, country, None, source, first, last, about is not None, confidence)
                found = own.store.said(query, most=limit, page=page, as_of=moment(as_of), raw=raw)
                print_page(found, "statements", "No such statement.", json=json)


def _said_in(
    inputs: list[str] | None,
    by: str | None,
    about: str | None,
    first: date | None,
    last: date | None,
    confidence: float,
    *,
    json: bool,
) -> None:
    """Lists the statements of files."""
    from legation.positions.names import speaks_as
    from legation.positions.said import in_time, within

    called = speaks_as(by) if by is not None else lambda _: True
    read = _read(inputs, lambda one: within(one.day, first, last) and called(one), confidence)
    found = read.said
    if about is not None:
        issue = _issue_of(about, read.issues)
        found = [one for one in found if _takes_position(one, issue)]
    _print_said(in_time(found), json=json)
    if not found:
        typer.echo(f"No such statement: {counted(read.articles, 'article')} read.", err=True)
        raise typer.Exit(1)


# ---------------------------------------------------------------- what is read


@dataclass(frozen=True, slots=True)
class Read:
    """The statements that were kept, the number of articles, and the issues that any statement took a position on."""

    said: list[Said]
    articles: int
    issues: frozenset[str]


@contextmanager
def _desk_meant(inputs: list[str] | None, desk: Path | None, *, of_desk: Mapping[str, object]) -> Iterator[Desk | None]:
    """The desk that is asked, None where inputs are read instead: those given, else standard input where there is no
    desk. Raises UsageError for options of a desk beside inputs."""
    from legation.desk.folder import Desk

    if inputs and (desk is not None or any(of_desk.values())):
        option = next((name for name, value in of_desk.items() if value), "--desk")
        raise UsageError(f"{option} asks a desk, and INPUT is none: give one of them.", subject=option)
    try:
        found = None if inputs else Desk.find(desk)
    except NoDeskError:
        if desk is not None or any(of_desk.values()):
            raise
        found = None
    if found is None:
        yield None
        return
    with found:
        yield found


def _read_desk(desk: Desk, as_of: Moment, confidence: float, *, raw: bool, with_text: bool) -> Read:
    """All statements of a desk that take a position of that confidence, the oldest first."""
    from legation.desk.heard import positions_of

    said = positions_of(desk.store, as_of, raw=raw, with_text=with_text, confidence=confidence)
    return Read(said, desk.store.count_read(as_of), desk.store.issues())


def _read(
    inputs: list[str] | None, keep: Callable[[Said], bool], confidence: float, *, with_text: bool = False
) -> Read:
    """Reads all inputs, or standard input, and keeps positions of that confidence.

    Raises UsageError where standard input is a terminal at which nothing would come.
    """
    from legation.positions.inputs import read_heard
    from legation.positions.said import surely

    if not inputs and sys.stdin.isatty():
        raise UsageError(
            "There is no desk here: give data sets of `legation code` or files of reports, pipe reports in, or name a "
            "desk with --desk."
        )
    said: list[Said] = []
    issues: set[str] = set()
    articles = 0
    for heard in read_heard(inputs or ["-"], with_text=with_text):
        articles += 1
        said += filter(keep, (surely(one, confidence) for one in heard.said))
        issues.update(position.issue for one in heard.said for position in one.positions if position.issue)
    return Read(said, articles, frozenset(issues))


def _issue_of(given: str, heard: Collection[str]) -> str | None:
    """The id of the issue that is meant, None for all. Raises UsageError for one that nobody knows."""
    from legation.positions.known_issues import find_issue, known_issues, unknown_issue

    if given == "all":
        return None
    found = find_issue(given, known_issues(), heard)
    if found is None:
        raise unknown_issue(given, known_issues(), heard)
    return found


def _takes_position(said: Said, issue: str | None) -> bool:
    return any(issue in (None, position.issue) for position in said.positions)


# ---------------------------------------------------------------- what is put out


def _put_out(found: Findings, said: Sequence[Said], asked: dict[str, Any], outputs: Outputs) -> None:
    if found.voices:
        _write_files(found, said, asked, outputs)
    if outputs.json:
        from legation.positions.plain import plain_findings

        print_json(plain_findings(found, asked))
    elif found.voices and not outputs.files:
        from rich.console import Console

        from legation.positions.known_issues import known_issues
        from legation.positions.terminal import render_positions

        render_positions(found, known_issues(), asked["articles"], Console())


def _write_files(found: Findings, said: Sequence[Said], asked: dict[str, Any], outputs: Outputs) -> None:
    if outputs.csv:
        from legation.positions.plain import positions_csv

        write_file(outputs.csv, positions_csv(found.voices))
    if outputs.graphml:
        for target, content in _graphs(found, outputs.graphml, outputs.network):
            write_file(target, content)
    if outputs.dna:
        from legation.positions.for_dna import write_for_dna

        left_out = write_for_dna(outputs.dna, found.voices, said)
        note = f" {left_out} on both sides at once left out: DNA has no word for it." if left_out else ""
        typer.echo(f"Wrote {outputs.dna}.{note}", err=True)
    if outputs.html:
        from legation.positions.known_issues import known_issues
        from legation.positions.page import render_page

        write_file(outputs.html, render_page(found, known_issues(), asked))


def _graphs(found: Findings, target: Path, network: Network) -> Iterator[tuple[Path, str]]:
    """The network, then that of each window in a file named by its first day."""
    from legation.formats.graphml import graphml
    from legation.positions.graphs import network_of

    yield target, graphml(*network_of(found.table, found.ties, network))
    for window in found.windows:
        place = target.with_name(f"{target.stem}-{window.start}{target.suffix}")
        yield place, graphml(*network_of(window.table, window.ties, network))


def _print_said(said: Sequence[Said], *, json: bool) -> None:
    if json:
        from legation.positions.plain import plain_said

        print_json([plain_said(one) for one in said])
        return
    from rich.console import Console

    from legation.positions.terminal import render_said

    render_said(said, Console())


def _tell_nobody(issue: str | None, articles: int, *, dated: bool) -> None:
    """Says that there is no position, and where."""
    what = f"on {issue}" if issue else "on anything"
    when = " in that time" if dated else ""
    typer.echo(f"Nobody takes a position {what}{when}: {counted(articles, 'article')} read.", err=True)
