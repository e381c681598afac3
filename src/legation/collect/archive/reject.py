"""Records that stand for what cannot be had."""

from __future__ import annotations

from legation.collect.archive.raw import Damaged
from legation.collect.source import MAX_BYTES
from legation.records import Record, Rejection, RejectionReason
from legation.telling import counted

LIMIT = f"{MAX_BYTES // 1_000_000} MB"


def rejected(place: str, reason: RejectionReason, message: str) -> Record:
    """A record without content; `message` is a sentence for the user."""
    return Record(place, None, Rejection(reason, message))


def too_long(place: str, what: str) -> Record:
    """The record of a line, field or file over the limit; `what` names it ("The line")."""
    message = f"{what} is larger than {LIMIT}, the most Legation reads of one article. Split it, or leave it out."
    return rejected(place, "too_long", message)


def broken_off(file: str, damage: Damaged, read: int, unit: str) -> Record:
    """The one record for the rest of a damaged file, after `read` of its lines, rows or records."""
    told = f"Only {counted(read, unit)} of {file} could be read, and the rest is lost: {damage}."
    message = f"{told} Get or make the file anew."
    return rejected(file, "unreadable", message)


def why_not(file: str, error: OSError | ValueError) -> Record:
    """The record of a file or folder that cannot be opened."""
    if isinstance(error, PermissionError):
        return rejected(file, "unreadable", f"{file} may not be read: ask for the right to read it.")
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return rejected(file, "unreadable", f"{file} cannot be read: {reason}.")
