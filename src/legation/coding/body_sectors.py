"""What a body was on a day: the party in opposition that came to power, the rebels that became a party."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import NamedTuple

from legation.coding.leaders import first_day, last_day
from legation.coding.tables import split
from legation.shipped import read_table


class Period(NamedTuple):
    """The sectors of a body from one day to another, both included; None where that is open."""

    sectors: tuple[str, ...]
    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@cache
def load_periods() -> Mapping[tuple[str, str], tuple[Period, ...]]:
    """The periods of each body, by its code and name, in the order of the table. Raises ValueError for a bad date."""
    found: dict[tuple[str, str], tuple[Period, ...]] = {}
    for row in read_table("body_sectors.csv"):
        start = first_day(row["from"]) if row["from"] else None
        period = Period(split(row["sectors"]), start, last_day(row["to"]))
        key = row["code"], row["name"]
        found[key] = (*found.get(key, ()), period)
    return found


def sectors_on(code: str, name: str, sectors: tuple[str, ...], day: date | None) -> tuple[str, ...]:
    """The sectors of a body on a day; those of organizations.csv without a day, or where no period fits it."""
    periods = load_periods().get((code, name), ()) if day is not None else ()
    return next((period.sectors for period in periods if day is not None and period.holds(day)), sectors)
