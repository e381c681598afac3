"""The verb `code`: an archive in, a data set out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.errors import INTERRUPTED, PARTLY, reporting_errors
from legation.errors import UsageError
from legation.telling import counted

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from legation.batch.job import Progress
    from legation.batch.manifest import Manifest

Thorough = Annotated[
    bool, typer.Option("--thorough", help="Read to the end also sentences that hardly can tell anything; slower.")
]


def code(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="INPUT...", help="Files, folders, patterns such as 'news/*.jsonl.gz', or -."),
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", metavar="FOLDER", help="Where the data set goes.")] = None,
    format: Annotated[
        Literal["jsonl", "parquet", "csv"],
        typer.Option(help="Reports, a line each (jsonl), or flat tables of events, statements and entities."),
    ] = "jsonl",
    layout: Annotated[
        list[str] | None, typer.Option(help="Events also as polecat, icews or petrarch have them; may be repeated.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read; else one a core.")] = None,
    thorough: Thorough = False,
    progress: Annotated[
        Literal["auto", "json", "none"],
        typer.Option(help="How far it is, on stderr: a bar where that is a terminal (auto), or a line of JSON."),
    ] = "auto",
    check: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Prove that a data set is whole.")] = None,
) -> None:
    """Reads and codes an archive: JSONL, CSV, Parquet, WARC, or folders of text, pages, PDF and mail, packed or not.

    Killed at any moment, the same command goes on where it was. What could not be read stands in rejects.jsonl.
    """
    with reporting_errors():
        if check is not None:
            _check(check, alone=not inputs and out is None)
            return
        if not inputs or out is None:
            raise UsageError("Give what is to be coded, and with -o the folder for the data set.")
        from legation.batch.job import code_archive

        try:
            with _shown(progress) as told:
                manifest = code_archive(
                    inputs, out, format=format, layouts=layout or (), workers=workers, thorough=thorough, told=told
                )
        except KeyboardInterrupt:
            typer.echo(f"Interrupted. What is done stays in {out}: the same command goes on from there.", err=True)
            raise typer.Exit(INTERRUPTED) from None
        _tell(manifest, out)
        if manifest.rejected:
            raise typer.Exit(PARTLY)


def _check(folder: Path, *, alone: bool) -> None:
    from legation.batch.job import faults_of

    if not alone:
        raise UsageError("--check proves a data set that is there: give it no inputs and no --out.")
    faults = faults_of(folder)
    for fault in faults:
        typer.echo(fault, err=True)
    if faults:
        raise typer.Exit(1)
    typer.echo(f"{folder} is whole.")


def _tell(manifest: Manifest, out: Path) -> None:
    from legation.batch.manifest import REJECTS

    counts = manifest.counts
    things = ("article", "event", "statement", "sentence")
    told = {f"{one}s": counted(counts.get(f"{one}s", 0), one) for one in things}
    typer.echo(
        f"{out}: {told['articles']} with {told['events']} and {told['statements']} in {told['sentences']}.",
        err=True,
    )
    if manifest.rejected:
        reasons = ", ".join(f"{number:,} {reason}" for reason, number in manifest.rejected.items())
        typer.echo(
            f"{counted(sum(manifest.rejected.values()), 'record')} rejected: {reasons}. See {out / REJECTS}.", err=True
        )


# ---------------------------------------------------------------- how far it is


@contextmanager
def _shown(way: str) -> Iterator[Callable[[Progress], None]]:
    if way == "json":
        yield _print_line
    elif way == "auto" and sys.stderr.isatty():
        with _bar() as bar:
            task = bar.add_task("", total=None)

            def tell(progress: Progress) -> None:
                whole = None if progress.share is None else 1.0
                bar.update(task, completed=progress.share or 0.0, total=whole, description=_words(progress))

            yield tell
    else:
        yield lambda _: None


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    )


def _words(progress: Progress) -> str:
    left = progress.seconds_left
    done = progress.articles + progress.rejected + progress.begun
    told = f"{counted(done, 'article')}, {progress.rate:,.0f} sentences/s"
    return told if left is None else f"{told}, {_clock(left)} left"


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 3600}:{int(seconds) // 60 % 60:02d}:{int(seconds) % 60:02d}"


def _print_line(progress: Progress) -> None:
    left = progress.seconds_left
    line = {
        "articles": progress.articles, "rejected": progress.rejected, "begun": progress.begun,
        "sentences": progress.sentences, "events": progress.events, "seconds": round(progress.seconds, 1),
        "sentences_per_second": round(progress.rate, 1),
        "share": None if progress.share is None else round(progress.share, 4),
        "seconds_left": None if left is None else round(left),
    }  # fmt: skip
    typer.echo(json.dumps(line), err=True)
