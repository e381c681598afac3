"""Moments as sources write them. What cannot be read, or lies ahead of the clock, is unknown, with the reason."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import NamedTuple

# Clocks of sources run fast, and some zones are a day ahead of ours.
_AHEAD = timedelta(days=2)
_EARLIEST = 1900
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)\s*(Z|[+-]\d\d:?\d\d|UTC|GMT)?)?", re.I)
_SHOWN = 40


class Moment(NamedTuple):
    """When something was published; or, where a date is stated that cannot be taken, a sentence that says why."""

    at: datetime | None
    undated: str | None = None


UNSTATED = Moment(None)


def moment(stated: str | None, now: datetime) -> Moment:
    """What `stated` means, in its own zone; UTC where it names none.

    ISO 8601 as feeds write it, RFC 822 and its relatives.

    >>> moment("Tue, 02 Apr 2024 22:15:00 -0500", datetime(2024, 4, 3, tzinfo=UTC)).at.isoformat()
    '2024-04-02T22:15:00-05:00'
    >>> moment("2099-01-01", datetime(2024, 4, 3, tzinfo=UTC)).undated
    "Its date, '2099-01-01', lies in the future."
    >>> moment("yesterday", datetime(2024, 4, 3, tzinfo=UTC)).undated
    "Its date, 'yesterday', cannot be read."
    """
    if stated is None or not stated.strip():
        return UNSTATED
    shown = " ".join(stated.split())[:_SHOWN]
    found = _read(stated.strip())
    if found is None or found.year < _EARLIEST:
        return Moment(None, f"Its date, {shown!r}, cannot be read.")
    if is_ahead(found, now):
        return Moment(None, f"Its date, {shown!r}, lies in the future.")
    return Moment(found)


def is_ahead(at: datetime, now: datetime) -> bool:
    """Whether a moment lies so far after `now` that it cannot be one of publication."""
    return at - now > _AHEAD


def _read(stated: str) -> datetime | None:
    try:
        if match := _ISO.match(stated):
            zone = (match[5] or "Z").upper().replace("UTC", "Z").replace("GMT", "Z")
            found = datetime.fromisoformat(f"{match[1]}-{match[2]}-{match[3]}T{match[4] or '00:00'}{zone}")
        else:
            found = parsedate_to_datetime(stated)
        aware = found if found.tzinfo else found.replace(tzinfo=UTC)
        # A zone may carry the first or last year out of the calendar.
        aware.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return aware
