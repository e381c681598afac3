"""The verbs of `legation judge`: each parses, calls one function, prints."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from legation.cli.errors import reporting_errors
from legation.cli.options import AsOf, DeskFolder, Json, moment
from legation.cli.output import print_json

if TYPE_CHECKING:
    from legation.store import Store

app = typer.Typer(
    name="judge",
    no_args_is_help=True,
    help="Notes down what an analyst knows better than the model; it survives re-reading, and can be undone.",
)
EventId = Annotated[str, typer.Argument(metavar="EVENT", help="An event, such as e12.")]
StatementId = Annotated[str, typer.Argument(metavar="STATEMENT", help="A statement, such as s12.")]
Parties = Annotated[
    list[str] | None,
    typer.Argument(metavar="NAME...", help="All of them: a name, a code such as PRK, or NAME=CODE; none for nobody."),
]
Why = Annotated[str, typer.Option(metavar="TEXT", help="Why: what the text says.")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who judges; else you.")]


@app.command()
def actor(event: EventId, names: Parties = None, why: Why = "", by: By = None, desk: DeskFolder = None) -> None:
    """Says who did it."""
    from legation.desk.judge import judge_parties

    _note(desk, by, lambda store, who: judge_parties(store, "actor", event, names or (), who, why))


@app.command()
def recipient(event: EventId, names: Parties = None, why: Why = "", by: By = None, desk: DeskFolder = None) -> None:
    """Says to whom it was done."""
    from legation.desk.judge import judge_parties

    _note(desk, by, lambda store, who: judge_parties(store, "recipient", event, names or (), who, why))


@app.command("type")
def type_(
    event: EventId,
    type: Annotated[str, typer.Argument(help="A PLOVER type, such as THREATEN.")],
    mode: Annotated[str | None, typer.Option(help="One of its modes.")] = None,
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Says of what type an event is."""
    from legation.desk.judge import judge_type

    _note(desk, by, lambda store, who: judge_type(store, event, type, mode, who, why))


@app.command("not-event")
def not_event(event: EventId, why: Why = "", by: By = None, desk: DeskFolder = None) -> None:
    """Says that nothing of the kind is told."""
    from legation.desk.judge import judge_no_event

    _note(desk, by, lambda store, who: judge_no_event(store, event, who, why))


@app.command("same-event")
def same_event(
    event: EventId,
    other: Annotated[str, typer.Argument(help="The event that it is the same as.")],
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Says that two events are one; they are shown as one."""
    from legation.desk.judge import judge_same_event

    _note(desk, by, lambda store, who: judge_same_event(store, event, other, who, why))


@app.command()
def speaker(
    statement: StatementId,
    name: Annotated[str, typer.Argument(help="A name, a code such as PRK, or NAME=CODE; `nobody` for nobody.")],
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Says who said it."""
    from legation.desk.judge import judge_speaker

    _note(desk, by, lambda store, who: judge_speaker(store, statement, name, who, why))


@app.command()
def stance(
    statement: StatementId,
    issue: Annotated[str, typer.Argument(help="An issue, such as sanctions.")],
    option: Annotated[str, typer.Argument(help="One of its options.")],
    stance: Annotated[Literal["for", "against", "mixed", "none"], typer.Argument(help="Where it stands.")],
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Says where a statement stands on an option of an issue."""
    from legation.desk.judge import judge_stance

    _note(desk, by, lambda store, who: judge_stance(store, statement, issue, option, stance, who, why))


@app.command("same-person")
def same_person(
    name: Annotated[str, typer.Argument(help="A name as articles have it.")],
    other: Annotated[str, typer.Argument(help="The name of the one who is meant.")],
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Says that a name means the one of another name, on the whole desk."""
    from legation.desk.judge import judge_same_person

    _note(desk, by, lambda store, who: judge_same_person(store, name, other, who, why))


@app.command()
def undo(
    judgement: Annotated[str, typer.Argument(help="A judgement, such as j3.")],
    why: Why = "",
    by: By = None,
    desk: DeskFolder = None,
) -> None:
    """Takes a judgement back; both stay on record."""
    from legation.desk.judge import number_of

    def work(store: Store, who: str) -> tuple[int, str]:
        return store.undo(number_of(judgement, "j"), who, why), f"{judgement} no longer counts"

    _note(desk, by, work)


@app.command("list")
def list_(
    unmatched: Annotated[bool, typer.Option("--unmatched", help="Only those whose words are gone.")] = False,
    as_of: AsOf = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Lists judgements, the newest first: what was judged, by whom, why, and whether it still holds of anything."""
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.store.plain import plain_judgement

        with Desk.find(desk) as found:
            rows = [one for one in found.store.judgements(moment(as_of)) if not unmatched or one.state == "unmatched"]
        if json:
            print_json({"schema": "legation.judgements/1", "judgements": [plain_judgement(one) for one in rows]})
            return
        from rich.console import Console

        from legation.desk.terminal import render_judgements

        render_judgements(rows, Console())


def _note(desk: Path | None, by: str | None, work: Callable[[Store, str], tuple[int, str]]) -> None:
    """Notes a judgement, and says what was understood."""
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.desk.judge import who_judges

        with Desk.find(desk) as found:
            number, told = work(found.store, who_judges(by, found.analyst))
        typer.echo(f"Noted as j{number}: {told}.", err=True)
