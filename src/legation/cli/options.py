"""Options that several verbs share, and what they mean."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from legation.errors import DateError, UsageError

Since = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only from that day on.")]
Until = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Only up to that day.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]
DeskFolder = Annotated[
    Path | None,
    typer.Option("--desk", metavar="FOLDER", help="The desk; else LEGATION_DESK, else the one you stand in."),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="WHEN", help="As the desk knew it at a day's end, a moment (UTC), or #COMMIT."),
]
Source = Annotated[str | None, typer.Option(metavar="NAME", help="Only from that source.")]
SideConfidence = Annotated[
    float,
    typer.Option(
        "--confidence", min=0, max=1, help="Only sides of at least this confidence; 0 for all that reports have."
    ),
]
Raw = Annotated[bool, typer.Option("--raw", help="As it was read, without what analysts judged.")]
Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many.")]
PageOption = Annotated[str | None, typer.Option("--page", metavar="PAGE", help="What the page before told.")]

Moment = date | datetime | int | None
"""What --as-of means."""


def days(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """First and last day. Raises UsageError for what is no day, or where the last is before the first."""
    first, last = _day("--since", since), _day("--until", until)
    if first and last and last < first:
        raise UsageError(f"--until {last} is before --since {first}.", subject=until)
    return first, last


def _day(option: str, given: str | None) -> date | None:
    from legation.pipeline import parse_day

    try:
        return parse_day(given)
    except DateError as error:
        raise UsageError(f"{option} {given!r} is not a date. Give it as YYYY-MM-DD.", subject=given) from error


def moment(as_of: str | None) -> Moment:
    """What --as-of says: a day, a moment, which is UTC unless it says otherwise, or the number of a commit.

    Raises UsageError for anything else.

    >>> moment("2031-02-03"), moment("2031-02-03T04:05"), moment("#12")
    (datetime.date(2031, 2, 3), datetime.datetime(2031, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), 12)
    """
    if as_of is None:
        return None
    if re.fullmatch(r"#[0-9]{1,15}", as_of):
        return int(as_of[1:])
    try:
        if len(as_of) == 10:
            return date.fromisoformat(as_of)
        found = datetime.fromisoformat(as_of)
    except ValueError as error:
        raise UsageError(
            f"--as-of {as_of!r} is neither a day (2031-02-03), a moment (2031-02-03T04:05), nor a commit (#12).",
            subject=as_of,
        ) from error
    return found if found.tzinfo else found.replace(tzinfo=UTC)
