"""How moments are told to the user, the same everywhere: in UTC, as `--as-of` takes them."""

from __future__ import annotations

from datetime import UTC, datetime


def minute(at: datetime) -> str:
    """A moment to the minute, in UTC: for a table whose header says so."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}"


def in_utc(at: datetime) -> str:
    """A moment to the minute, in UTC and said to be.

    >>> from datetime import timedelta, timezone
    >>> in_utc(datetime(2031, 3, 5, 1, 30, tzinfo=timezone(timedelta(hours=2))))
    '2031-03-04 23:30 UTC'
    """
    return f"{minute(at)} UTC"
