"""How numbers and moments are told to the user, the same everywhere: moments in UTC, as `--as-of` takes them."""

from __future__ import annotations

from datetime import UTC, datetime


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "article"), counted(2000, "article"), counted(0, "entry", "entries")
    ('1 article', '2,000 articles', '0 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


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
