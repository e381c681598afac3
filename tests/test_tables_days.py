"""Which days a date value spans."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.coding.dates import first_day
from legation.coding.dates.values import value_at
from legation.formats.days import days_of


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024-04-02", "2024-04-02", "2024-04-02"),
        ("2024-04-02T08:00", "2024-04-02", "2024-04-02"),
        ("2024-04-02TMO", "2024-04-02", "2024-04-02"),
        ("2024-W13", "2024-03-25", "2024-03-31"),
        ("2024-W13-WE", "2024-03-30", "2024-03-31"),
        ("2020-W53", "2020-12-28", "2021-01-03"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-12", "2024-12-01", "2024-12-31"),
        ("2024-Q1", "2024-01-01", "2024-03-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-H2", "2024-07-01", "2024-12-31"),
        ("2024-SP", "2024-03-01", "2024-05-31"),
        ("2024-SU", "2024-06-01", "2024-08-31"),
        ("2024-FA", "2024-09-01", "2024-11-30"),
        ("2023-WI", "2023-12-01", "2024-02-29"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("202", "2020-01-01", "2029-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("9999", "9999-01-01", "9999-12-31"),
        ("9999-12", "9999-12-01", "9999-12-31"),
    ],
)
def test_a_value_of_the_calendar_has_a_first_and_a_last_day(value: str, first: str, last: str) -> None:
    assert days_of(value) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    "value",
    [
        None, "", "P2Y", "PXM", "XXXX-WXX-1", "PRESENT_REF", "BC0490", "BC049", "0000", "000", "00", "2024-13", "2024-02-30",
        "2024-W54", "2024-W00", "9999-WI", "9999-W53", "2024-04-02T", "2024-04-02\n", "٢٠٢٤", "20240402", "2024-Q5", "yesterday",
    ],
)  # fmt: skip
def test_anything_else_has_no_days(value: str | None) -> None:
    assert days_of(value) is None


@given(
    st.dates(date(100, 1, 1), date(9990, 1, 1)),
    st.sampled_from(["day", "week", "weekend", "month", "quarter", "season", "year", "decade", "century"]),
)
def test_a_day_lies_in_each_stretch_that_coding_names_it_by(day: date, unit: str) -> None:
    value = value_at(day, unit)  # type: ignore[arg-type]
    days = days_of(value)
    assert days is not None
    assert unit == "weekend" or days[0] <= day <= days[1]
    assert unit == "weekend" or days[0] == first_day(value)


@given(st.text(alphabet="0123456789-WQHSPUFAITBEC:", max_size=12))
def test_no_value_is_too_odd(value: str) -> None:
    days = days_of(value)
    assert days is None or days[0] <= days[1]
