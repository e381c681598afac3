"""Tables that training writes into the package."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO


def rendered(head: str, rows: Iterable[Iterable[object]]) -> str:
    """A table as its file holds it, under what `head` says of it."""
    text = StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return head + text.getvalue()
