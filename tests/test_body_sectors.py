"""What bodies were on a day."""

from __future__ import annotations

from datetime import date

import pytest

from legation.coding.body_sectors import load_periods, sectors_on
from legation.coding.registry import lookup
from legation.coding.tables import load_organizations

SECTORS = frozenset({"GOV", "MIL", "OPP", "PRM", "PTY", "REB"})


def test_every_body_of_the_table_is_one_of_the_organisations() -> None:
    known = {(body.code, body.name) for body in load_organizations()}
    assert [key for key in load_periods() if key not in known] == []


def test_a_period_has_known_sectors_and_ends_after_it_began() -> None:
    for key, periods in load_periods().items():
        for period in periods:
            assert period.sectors, key
            assert SECTORS.issuperset(period.sectors), key
            assert period.start is None or period.end is None or period.start < period.end, key


@pytest.mark.parametrize(
    ("code", "name", "day", "sectors"),
    [
        ("GBR", "Labour Party", date(1996, 5, 1), ("PTY", "OPP")),
        ("GBR", "Labour Party", date(1997, 5, 2), ("PTY",)),
        ("GBR", "Labour Party", date(2015, 5, 8), ("PTY", "OPP")),
        ("AFG", "Taliban", date(1998, 8, 1), ("GOV",)),
        ("AFG", "Taliban", date(2010, 8, 1), ("REB",)),
        ("AFG", "Taliban", date(2022, 8, 1), ("GOV",)),
        ("NAM", "South West Africa People's Organization", date(1989, 4, 6), ("REB",)),
    ],
)
def test_a_body_is_what_it_was_on_the_day(code: str, name: str, day: date, sectors: tuple[str, ...]) -> None:
    assert sectors_on(code, name, ("SOC",), day) == sectors


def test_without_a_day_or_a_period_a_body_is_what_it_is_mostly_called() -> None:
    assert sectors_on("GBR", "Labour Party", ("PTY",), None) == ("PTY",)
    assert sectors_on("NOR", "Blue Guard", ("MIL",), date(2001, 1, 1)) == ("MIL",)


def test_a_name_looked_up_tells_what_the_body_was_on_the_day() -> None:
    assert lookup("Renamo", date(1988, 1, 1))[0].sectors == ("REB",)
    assert lookup("Renamo", date(1999, 1, 1))[0].sectors == ("PTY", "OPP")
