"""The verbs that ask a desk for events, entities and words: each parses, calls one function, prints."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

from legation.cli.errors import reporting_errors
from legation.cli.options import AsOf, DeskFolder, Json, Limit, PageOption, Raw, Since, Source, Until, days, moment
from legation.cli.output import print_page

_NOTHING = "Nothing was found."


def events(
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who did it: PRK, 'North Korea', Kim.")] = None,
    recipient: Annotated[str | None, typer.Option(metavar="NAME", help="To whom it was done.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="From one to the other, or of both together.")
    ] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="On either side, or where it happened.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="A PLOVER type, such as THREATEN.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="actual, historical, future, ...")] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    confidence: Annotated[float, typer.Option(min=0, max=1, help="Only of at least this confidence.")] = 0,
    as_of: AsOf = None,
    raw: Raw = False,
    limit: Limit = 50,
    page: PageOption = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Lists events of the desk, those of the newest day first.

    Where there is none the exit code is 1.
    """
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.store.events import EventQuery

        first, last = days(since, until)
        query = EventQuery(actor, recipient, between, country, type, status, source, first, last, confidence)
        with Desk.find(desk) as found:
            rows = found.store.events(query, most=limit, page=page, as_of=moment(as_of), raw=raw)
        print_page(rows, "events", _NOTHING, json=json)


def entities(
    name: Annotated[str | None, typer.Argument(help="A name or a part of it, or a state's code.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Only those of that state.")] = None,
    kind: Annotated[
        Literal["person", "organization", "state", "group", "unnamed"] | None, typer.Option(help="Only of that kind.")
    ] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    limit: Limit = 50,
    page: PageOption = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Lists who is named in the articles of the desk, those of most articles first.

    Where nobody is the exit code is 1.
    """
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.store.entities import EntityQuery

        query = EntityQuery(name, country, kind, source, *days(since, until))
        with Desk.find(desk) as found:
            rows = found.store.entities(query, most=limit, page=page, as_of=moment(as_of))
        print_page(rows, "entities", _NOTHING, json=json)


def search(
    words: Annotated[str, typer.Argument(help='Words, "words in a row", word*, -without, one OR other.')],
    where: Annotated[
        Literal["article", "statement", "event"] | None,
        typer.Option("--in", help="Only in these; else in all.", show_default=False),
    ] = None,
    actor: Annotated[str | None, typer.Option(metavar="NAME", help="Who acts or speaks, or is in the article.")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="A state that has a part in it.")] = None,
    type: Annotated[str | None, typer.Option(metavar="TYPE", help="Only events of a PLOVER type.")] = None,
    source: Source = None,
    since: Since = None,
    until: Until = None,
    as_of: AsOf = None,
    raw: Raw = False,
    limit: Limit = 20,
    page: PageOption = None,
    json: Json = False,
    desk: DeskFolder = None,
) -> None:
    """Searches the words of articles, statements and events, the best first; a word finds its other forms too.

    Where nothing is found the exit code is 1.
    """
    with reporting_errors():
        from legation.desk.folder import Desk
        from legation.store.search import ALL, SearchQuery

        query = SearchQuery(words, (where,) if where else ALL, actor, country, type, source, *days(since, until))
        with Desk.find(desk) as found:
            rows = found.store.search(query, most=limit, page=page, as_of=moment(as_of), raw=raw)
        print_page(rows, "hits", _NOTHING, json=json)
