"""Date expressions: what each means on the day of publication, and what has none. All texts are invented."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legation.coding.dates import DatedSpan, event_date, find_dates, first_day
from legation.coding.dates.find import RULES, _marks, _windows
from legation.records import EventDate

WEDNESDAY = date(2024, 4, 3)


def the_date(text: str, published: date | None = WEDNESDAY, *, future: bool = False) -> DatedSpan:
    """The only date expression of a text."""
    (found,) = find_dates(text, published, lambda at: future)
    return found


def value(text: str, published: date | None = WEDNESDAY, *, future: bool = False) -> str | None:
    """The value of the only date expression of a text."""
    return the_date(text, published, future=future).expression.value


def texts(body: str, published: date | None = WEDNESDAY) -> list[str]:
    """The words of all date expressions."""
    return [span.expression.text for span in find_dates(body, published)]


# ---------------------------------------------------------------- dates in full


@pytest.mark.parametrize(
    "text",
    [
        "March 9, 2021",
        "March 9 2021",
        "Mar. 9, 2021",
        "Tuesday, March 9, 2021",
        "Tuesday March 9, 2021",
        "9 March 2021",
        "9th March, 2021",
        "9th of March 2021",
        "March 9th, 2021",
        "2021-03-09",
    ],
)
@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_a_date_in_full_needs_no_publication_date(text: str, published: date | None) -> None:
    found = the_date(f"They met on {text}.", published)
    assert (found.expression.text, found.expression.type, found.expression.value) == (
        text,
        "DATE",
        "2021-03-09",
    )
    assert event_date(found) == EventDate("2021-03-09", "day", "date in full")


@pytest.mark.parametrize("text", ["31 February 2020", "February 30, 2020", "Nov. 31, 2023", "29 February 2023"])
@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_a_day_that_never_was_has_no_value_and_leaves_no_month_behind(text: str, published: date | None) -> None:
    found = the_date(f"The paper of {text} says so.", published)
    assert (found.expression.text, found.expression.value) == (text, None)
    assert event_date(found) is None


def test_a_leap_day_counts_in_a_leap_year() -> None:
    assert value("29 February 2024") == "2024-02-29"


@pytest.mark.parametrize("text", ["2024-13-45", "0000-01-01", "5550-99-12"])
def test_figures_that_only_look_like_a_date_are_none(text: str) -> None:
    assert texts(f"Call {text} for help.") == []


@pytest.mark.parametrize(
    "name, month", [("Sept.", 9), ("Sep.", 9), ("Sept", 9), ("Dec.", 12), ("June", 6), ("July", 7)]
)
def test_abbreviated_months_are_known(name: str, month: int) -> None:
    assert value(f"on {name} 4, 2020") == f"2020-{month:02d}-04"


@pytest.mark.parametrize(
    "month",
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
)
def test_every_month_is_known_in_every_rule(month: str) -> None:
    found = value(f"on {month} 4, 2020")
    assert found is not None and found.endswith("-04")
    assert first_day(found) is not None and date.fromisoformat(found).strftime("%B") == month
    assert value(f"{month} 2020") == found[:7]
    assert value(f"in {month}", date(2020, 12, 31)) == found[:7]


# ---------------------------------------------------------------- month and day without a year


@pytest.mark.parametrize("text", ["Feb. 29", "29 February", "the 29th of February"])
def test_a_leap_day_without_a_year_is_open_where_the_year_has_none(text: str) -> None:
    assert value(f"on {text} there", date(2023, 3, 5)) is None
    assert value(f"on {text} there", date(2024, 3, 5)) == "2024-02-29"
    assert value(f"on {text} there", None) == "XXXX-02-29"


@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_an_impossible_month_and_day_has_no_value(published: date | None) -> None:
    assert value("on 31 February there", published) is None
    assert value("on June 31 there", published) is None


@pytest.mark.parametrize(
    "published, text, future, expected",
    [
        (date(2024, 4, 3), "April 3", False, "2024-04-03"),
        (date(2024, 4, 3), "March 30", False, "2024-03-30"),
        (date(2024, 4, 3), "April 20", False, "2024-04-20"),
        (date(2024, 4, 3), "June 20", False, "2024-06-20"),
        (date(2024, 4, 3), "July 1", False, "2023-07-01"),
        (date(2024, 4, 3), "December 24", False, "2023-12-24"),
        (date(2024, 4, 3), "March 30", True, "2025-03-30"),
        (date(2024, 4, 3), "April 3", True, "2024-04-03"),
        (date(2024, 4, 3), "December 24", True, "2024-12-24"),
        (date(2024, 1, 2), "December 30", False, "2023-12-30"),
        (date(2023, 12, 20), "January 5", False, "2024-01-05"),
        (date(2023, 12, 20), "December 3", False, "2023-12-03"),
        (date(2023, 12, 20), "February 29", False, "2024-02-29"),
        (date(2023, 12, 31), "January 1", True, "2024-01-01"),
    ],
)
def test_a_bare_day_is_the_nearest_that_makes_sense(published: date, text: str, future: bool, expected: str) -> None:
    assert value(f"They meet on {text}.", published, future=future) == expected


def test_a_bare_day_without_publication_date_keeps_its_year_open() -> None:
    found = the_date("on Tuesday, April 2, they met", None)
    assert (found.expression.text, found.expression.value) == ("Tuesday, April 2", "XXXX-04-02")
    assert event_date(found) is None and first_day("XXXX-04-02") is None


@pytest.mark.parametrize("text", ["April 30,000 people", "March 5.5 million", "April 2,5"])
def test_a_number_behind_a_month_is_no_day(text: str) -> None:
    assert texts(f"By {text}") == []


def test_only_the_first_day_of_a_range_is_taken() -> None:
    assert texts("on May 9-11 in the port") == ["May 9"]


# ---------------------------------------------------------------- months


@pytest.mark.parametrize("text", ["March 2021", "March of 2021", "March, 2021", "Mar. 2021"])
def test_month_and_year_need_no_publication_date(text: str) -> None:
    found = the_date(f"Since {text} it holds.", None)
    assert (found.expression.value, found.granularity) == ("2021-03", "month")


@pytest.mark.parametrize(
    "text, future, expected",
    [
        ("in March", False, "2024-03"),
        ("In April", False, "2024-04"),
        ("in May", False, "2023-05"),
        ("in May", True, "2024-05"),
        ("in March", True, "2025-03"),
        ("last March", False, "2024-03"),
        ("last April", False, "2023-04"),
        ("last May", True, "2023-05"),
        ("next March", False, "2025-03"),
        ("next April", False, "2025-04"),
        ("next May", False, "2024-05"),
        ("this March", False, "2024-03"),
        ("this December", False, "2024-12"),
        ("since January", False, "2024-01"),
        ("Since December", False, "2023-12"),
        ("until June", True, "2024-06"),
        ("in early March", False, "2024-03"),
        ("in late March", False, "2024-03"),
        ("in mid-March", False, "2024-03"),
        ("in mid March", False, "2024-03"),
    ],
)
def test_a_month_alone_counts_from_publication(text: str, future: bool, expected: str) -> None:
    found = the_date(f"They spoke {text}, he said.", future=future)
    assert (found.expression.value, found.granularity) == (expected, "month")


def test_a_month_alone_stays_open_without_publication_date() -> None:
    assert value("They spoke in March.", None) == "XXXX-03"


@pytest.mark.parametrize(
    "text",
    [
        "They may strike.",
        "May I speak?",
        "Troops march on the town.",
        "March with us.",
        "An august body met.",
        "The second man spoke.",
        "May is the leader here.",
        "Mr. Dec left; Mars sent Junius and Augustus.",
        "The Marchioness mayored 20 decks.",
    ],
)
def test_words_that_are_also_months_are_left_alone(text: str) -> None:
    assert texts(text) == []


# ---------------------------------------------------------------- weekdays


@pytest.mark.parametrize(
    "text, future, expected",
    [
        ("Tuesday", False, "2024-04-02"),
        ("Wednesday", False, "2024-04-03"),
        ("Thursday", False, "2024-03-28"),
        ("Thursday", True, "2024-04-04"),
        ("Wednesday", True, "2024-04-10"),
        ("next Wednesday", False, "2024-04-10"),
        ("coming Friday", False, "2024-04-05"),
        ("last Wednesday", False, "2024-03-27"),
        ("last Tuesday", True, "2024-04-02"),
        ("past Friday", True, "2024-03-29"),
        ("this Monday", False, "2024-04-01"),
        ("this Friday", False, "2024-04-05"),
        ("Last Sunday", False, "2024-03-31"),
    ],
)
def test_a_weekday_is_the_last_or_in_what_is_to_come_the_next(text: str, future: bool, expected: str) -> None:
    found = the_date(f"It was {text}.", future=future)
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, "day")


@pytest.mark.parametrize(
    "published, text, future, expected",
    [
        (date(2024, 1, 1), "Sunday", False, "2023-12-31"),
        (date(2024, 1, 1), "Tuesday", False, "2023-12-26"),
        (date(2023, 12, 31), "Monday", True, "2024-01-01"),
        (date(2024, 3, 1), "Thursday", False, "2024-02-29"),
        (date(2023, 3, 1), "Tuesday", False, "2023-02-28"),
        (date(2024, 2, 28), "Friday", True, "2024-03-01"),
    ],
)
def test_weekdays_cross_the_ends_of_months_and_years(published: date, text: str, future: bool, expected: str) -> None:
    assert value(f"It is {text}.", published, future=future) == expected


def test_the_basis_of_a_weekday_tells_how_it_was_reached() -> None:
    assert the_date("on Tuesday").basis == "Tuesday before publication"
    assert the_date("on Wednesday").basis == "Wednesday, the day of publication"
    assert the_date("on Friday", future=True).basis == "Friday after publication"


def test_a_weekday_has_no_value_without_publication_date() -> None:
    found = the_date("They met on Tuesday.", None)
    assert (found.expression.text, found.expression.value) == ("Tuesday", None)
    assert event_date(found) is None


def test_a_possessive_weekday_is_one() -> None:
    assert texts("Tuesday’s vote and Monday's talks") == ["Tuesday", "Monday"]


@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_weekdays_in_the_plural_come_again_and_again(published: date | None) -> None:
    found = the_date("The board sits on Mondays.", published)
    assert (found.expression.type, found.expression.value) == ("SET", "XXXX-WXX-1")
    assert event_date(found) is None


# ---------------------------------------------------------------- days and periods counted from publication


@pytest.mark.parametrize(
    "text, expected",
    [
        ("yesterday", "2024-04-02"),
        ("Yesterday", "2024-04-02"),
        ("today", "2024-04-03"),
        ("tonight", "2024-04-03TNI"),
        ("this morning", "2024-04-03TMO"),
        ("last night", "2024-04-02TNI"),
        ("tomorrow", "2024-04-04"),
        ("the day before yesterday", "2024-04-01"),
        ("the day after tomorrow", "2024-04-05"),
    ],
)
def test_days_counted_from_publication(text: str, expected: str) -> None:
    found = the_date(f"It rained {text}.")
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, "day")
    assert value(f"It rained {text}.", None) is None


@pytest.mark.parametrize("text, part", [("at dawn", "MO"), ("by nightfall", "NI"), ("during the evening", "EV")])
def test_a_part_of_the_day_needs_no_other_word_of_time(text: str, part: str) -> None:
    found = the_date(f"It rained {text}.")
    assert (found.expression.text, found.expression.value, found.granularity) == (text, f"2024-04-03T{part}", None)


@pytest.mark.parametrize(
    "text, expected, granularity",
    [
        ("last week", "2024-W13", "week"),
        ("this week", "2024-W14", "week"),
        ("earlier this week", "2024-W14", "week"),
        ("next week", "2024-W15", "week"),
        ("the previous week", "2024-W13", "week"),
        ("the coming week", "2024-W15", "week"),
        ("last month", "2024-03", "month"),
        ("later this month", "2024-04", "month"),
        ("next month", "2024-05", "month"),
        ("last quarter", "2024-Q1", "quarter"),
        ("this quarter", "2024-Q2", "quarter"),
        ("last year", "2023", "year"),
        ("next year", "2025", "year"),
        ("last decade", "201", "decade"),
        ("this decade", "202", "decade"),
    ],
)
def test_periods_counted_from_publication(text: str, expected: str, granularity: str) -> None:
    found = the_date(f"Trade grew {text}.")
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, granularity)
    assert value(f"Trade grew {text}.", None) is None


@pytest.mark.parametrize(
    "published, text, expected",
    [
        (date(2024, 1, 3), "last week", "2023-W52"),
        (date(2020, 12, 30), "this week", "2020-W53"),
        (date(2020, 12, 30), "next week", "2021-W01"),
        (date(2021, 1, 2), "this week", "2020-W53"),
        (date(2024, 1, 31), "last month", "2023-12"),
        (date(2024, 1, 31), "next month", "2024-02"),
        (date(2024, 12, 31), "next month", "2025-01"),
        (date(2024, 1, 31), "last quarter", "2023-Q4"),
        (date(2024, 11, 30), "next quarter", "2025-Q1"),
    ],
)
def test_periods_cross_the_ends_of_years(published: date, text: str, expected: str) -> None:
    assert value(f"It was {text}.", published) == expected


@pytest.mark.parametrize(
    "text, expected, granularity",
    [
        ("three days ago", "2024-03-31", "day"),
        ("a day ago", "2024-04-02", "day"),
        ("a couple of days ago", "2024-04-01", "day"),
        ("two weeks ago", "2024-W12", "week"),
        ("A month ago", "2024-03", "month"),
        ("13 months ago", "2023-03", "month"),
        ("about five years ago", "2019", "year"),
        ("two decades ago", "2004", "year"),
        ("six hours ago", "2024-04-03", "day"),
    ],
)
def test_time_ago_counts_back_from_publication(text: str, expected: str, granularity: str) -> None:
    found = the_date(f"It began {text}.")
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, granularity)
    assert value(f"It began {text}.", None) is None


def test_time_earlier_counts_from_a_day_that_is_not_known() -> None:
    assert value("It had begun two days earlier.") is None


@pytest.mark.parametrize("text", ["1,000 years ago", "2.5 years ago", "nıne days ago"])
def test_a_number_is_never_cut_in_two(text: str) -> None:
    assert texts(f"It began {text}.") in ([], [text])


# ---------------------------------------------------------------- years, lengths of time, sets


@pytest.mark.parametrize(
    "text, words, expected",
    [
        ("In 2015 they signed.", "2015", "2015"),
        ("since 1953", "1953", "1953"),
        ("until 2030", "2030", "2030"),
        ("by 2040", "2040", "2040"),
        ("in late 2023", "late 2023", "2023"),
        ("in mid-2019", "mid-2019", "2019"),
    ],
)
@pytest.mark.parametrize("published", [None, WEDNESDAY])
def test_a_year_stands_by_itself(text: str, words: str, expected: str, published: date | None) -> None:
    found = the_date(text, published)
    assert (found.expression.text, found.expression.value, found.granularity) == (words, expected, "year")


@pytest.mark.parametrize("text", ["in 966", "in 999", "in 2100", "in 20245", "killed 2015 sheep", "in A2015"])
def test_numbers_that_are_hardly_years_are_left_alone(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize("text, expected", [("the 1990s", "199"), ("2020s", "202")])
def test_decades(text: str, expected: str) -> None:
    found = the_date(f"Since {text} trade grew.", None)
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, "decade")


@pytest.mark.parametrize(
    "text, expected",
    [
        ("two years", "P2Y"),
        ("past two decades", "P20Y"),
        ("10 days", "P10D"),
        ("a week", "P1W"),
        ("six months", "P6M"),
        ("24 hours", "PT24H"),
        ("ten minutes", "PT10M"),
    ],
)
def test_lengths_of_time_are_durations_and_date_no_event(text: str, expected: str) -> None:
    found = the_date(f"It lasted {text}.", None)
    assert (found.expression.text, found.expression.type, found.expression.value) == (
        text,
        "DURATION",
        expected,
    )
    assert event_date(found) is None


@pytest.mark.parametrize(
    "text, expected",
    [
        ("every day", "P1D"),
        ("each week", "P1W"),
        ("Every month", "P1M"),
        ("each year", "P1Y"),
        ("every Tuesday", "XXXX-WXX-2"),
        ("each weekday", "P1D"),
    ],
)
def test_what_comes_again_is_a_set(text: str, expected: str) -> None:
    found = the_date(f"They meet {text}.", None)
    assert (found.expression.text, found.expression.type, found.expression.value) == (text, "SET", expected)
    assert event_date(found) is None


# ---------------------------------------------------------------- counted from what the text has told


def values(body: str, published: date | None = WEDNESDAY) -> list[str | None]:
    """The values of all date expressions."""
    return [span.expression.value for span in find_dates(body, published)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("On May 9, 2020, they met. The next day they left.", "2020-05-10"),
        ("On May 9, 2020, they met. Three days later they left.", "2020-05-12"),
        ("On May 9, 2020, they met. They had talked a week earlier.", "2020-W18"),
        ("On May 9, 2020, they met. That night they left.", "2020-05-09TNI"),
        ("On May 9, 2020, they met. That day ended well.", "2020-05-09"),
        ("In May 2020 they met. The following month they met again.", "2020-06"),
        ("In 2015 they met. The previous year they had fought.", "2014"),
        ("They met in 2015. In August of that year they signed.", "2015-08"),
        ("They met in 2015. On 3 August of the same year they signed.", "2015-08-03"),
        ("In the third quarter of 2019 it sold little, and a year earlier it sold more.", "2018-Q3"),
        ("In the third quarter of 2019 it sold less than in the year-earlier quarter.", "2018-Q3"),
    ],
)
def test_later_and_earlier_count_from_the_date_told_last(text: str, expected: str) -> None:
    assert values(text)[-1] == expected


@pytest.mark.parametrize("text", ["The next day they left.", "That night they left.", "They left three days later."])
def test_later_and_earlier_have_no_value_where_no_date_was_told(text: str) -> None:
    assert values(text) == [None]


def test_the_next_day_is_not_counted_from_a_month() -> None:
    assert values("In May 2020 they met. The next day they left.")[-1] is None


HISTORY = "In 1914 war came. By 1915 and 1916 it had spread; 1917 and 1918 saw its end. "


def test_in_a_history_a_bare_day_or_month_belongs_to_the_year_told_last() -> None:
    assert values(HISTORY + "In 1916 they met. On 4 July they attacked, and in August they stopped.")[-2:] == [
        "1916-07-04", "1916-08",
    ]  # fmt: skip


def test_in_a_history_since_names_no_year_of_the_story() -> None:
    assert values(HISTORY + "In 1916, the first such year since 1871, they met. In July they left.")[-1] == "1916-07"


def test_news_that_tells_of_old_years_stays_news() -> None:
    body = (
        HISTORY
        + "On Monday, Tuesday and Wednesday of last week they met. Yesterday they left. On March 28 they signed."
    )
    assert values(body)[-1] == "2024-03-28"


# ---------------------------------------------------------------- what else the calendar names


@pytest.mark.parametrize(
    "text, expected, granularity",
    [
        ("the summer of 2019", "2019-SU", "season"),
        ("winter 2019", "2019-WI", "season"),
        ("last summer", "2023-SU", "season"),
        ("the third quarter of 2019", "2019-Q3", "quarter"),
        ("the second half of 2019", "2019-H2", "half"),
        ("the 19th century", "18", "century"),
        ("the twenty-first century", "20", "century"),
        ("the late 1980s", "198", "decade"),
        ("the nineties", "199", "decade"),
        ("490 BC", "BC0490", "year"),
        ("April 480 BC", "BC0480-04", "month"),
        ("the 470s BC", "BC047", "decade"),
        ("Christmas Eve", "2023-12-24", "day"),
        ("New Year's Day, 2020", "2020-01-01", "day"),
        ("Tuesday morning", "2024-04-02TMO", "day"),
        ("the night of 20 June 2019", "2019-06-20TNI", "day"),
        ("24/12/2019", "2019-12-24", "day"),
        ("10/30/89", "1989-10-30", "day"),
    ],
)
def test_expressions_of_the_calendar(text: str, expected: str, granularity: str) -> None:
    found = the_date(f"They met: {text}.")
    assert (found.expression.text, found.expression.value, found.granularity) == (text, expected, granularity)


def test_an_event_of_a_morning_is_dated_to_its_day() -> None:
    found = event_date(the_date("They met on Tuesday morning."))
    assert found is not None and (found.value, found.granularity) == ("2024-04-02", "day")


@pytest.mark.parametrize("text", ["03/04/2019", "fiscal 2019", "fiscal year 2019", "the current fiscal year"])
def test_what_two_calendars_read_differently_has_no_value(text: str) -> None:
    assert value(f"It ended: {text}.") is None


def test_the_years_of_a_span_are_two() -> None:
    assert values("The war of 1914-18 and the truce (1919–1921) are over.") == ["1914", "1918", "1919", "1921"]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("twenty-five years", "P25Y"),
        ("two and a half years", "P2.5Y"),
        ("half an hour", "PT0.5H"),
        ("a 90-day truce", "P90D"),
        ("a dozen days", "P12D"),
        ("several months", "PXM"),
        ("the past few weeks", "PXW"),
        ("for decades", "PXY"),
        ("the past year", "P1Y"),
        ("two centuries", "P200Y"),
    ],
)
def test_lengths_in_words(text: str, expected: str) -> None:
    found = the_date(f"It took: {text} or so.".replace("took: for", "went on for"))
    assert (found.expression.type, found.expression.value) == ("DURATION", expected)


@pytest.mark.parametrize(
    "text", ["a 25-year-old man", "He is 40 years old.", "a second column", "three quarters of them"]
)
def test_ages_places_in_a_row_and_shares_are_no_lengths_of_time(text: str) -> None:
    assert texts(text) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("at 8 a.m. on Tuesday", "2024-04-02T08:00"),
        ("at 10:30 p.m. Tuesday", "2024-04-02T22:30"),
        ("at 12 a.m. on Tuesday", "2024-04-02T00:00"),
        ("on Tuesday at noon", "2024-04-02T12:00"),
        ("at 19:00", "2024-04-03T19:00"),
    ],
)
def test_a_time_belongs_to_the_day_beside_it_else_to_that_of_publication(text: str, expected: str) -> None:
    times = [s.expression for s in find_dates(f"They met {text}.", WEDNESDAY) if s.expression.type == "TIME"]
    assert [found.value for found in times] == [expected]


def test_a_time_without_any_day_keeps_it_open() -> None:
    assert value("They met at 19:00.", None) == "XXXX-XX-XXT19:00"


@pytest.mark.parametrize(
    "text, expected", [("now", "PRESENT_REF"), ("recently", "PAST_REF"), ("in the near future", "FUTURE_REF")]
)
def test_words_for_no_day_of_its_own(text: str, expected: str) -> None:
    found = the_date(f"They meet {text}.")
    assert found.expression.value == expected and event_date(found) is None


# ---------------------------------------------------------------- where an expression stands


@pytest.mark.parametrize("gap", ["\n", "\r\n", "\u00a0", "\t"])
def test_a_line_end_or_hard_blank_inside_a_date_is_a_blank(gap: str) -> None:
    found = the_date(f"on May{gap}9,{gap}2024 they met")
    assert (found.expression.text, found.expression.value) == (f"May{gap}9,{gap}2024", "2024-05-09")
    assert value(f"a couple{gap}of days ago") == "2024-04-01"


def test_no_date_crosses_a_paragraph() -> None:
    assert texts("They met in May\n\n9 of them left. They stayed until\n\n2020 votes came.") == ["May"]


def test_dates_do_not_begin_or_end_inside_a_word() -> None:
    assert texts("midTuesday, Tuesdayish, pre-Tuesday, éMay 3, May 3é, todayness") == []


def test_expressions_come_in_order_of_the_text_whatever_rule_found_them() -> None:
    body = "In 2015, then yesterday, then on May 9, 2020, then every day and for two weeks."
    assert texts(body) == ["2015", "yesterday", "May 9, 2020", "every day", "two weeks"]


def test_only_the_clause_of_an_expression_decides_what_is_to_come() -> None:
    body = "They met on Friday and will meet on Friday."
    found = find_dates(body, WEDNESDAY, lambda at: at > body.index("will"))
    assert [span.expression.value for span in found] == ["2024-03-29", "2024-04-05"]


def test_the_ends_of_the_calendar_have_no_yesterday_and_no_tomorrow() -> None:
    assert value("yesterday", date.min) is None
    assert value("tomorrow", date.max) is None
    assert value("last year", date.min) is None
    assert value("next year", date.max) is None
    assert value("next month", date(9999, 12, 1)) is None
    assert value("12 decades ago", date(99, 1, 1)) is None
    assert value("last decade", date(5, 1, 1)) is None
    assert value("next Friday", date.max) is None


def test_years_before_1000_have_four_digits() -> None:
    assert value("last year", date(900, 5, 5)) == "0899"
    assert value("last week", date(900, 5, 15)) == "0900-W18"
    assert value("in March", date(900, 5, 5)) == "0900-03"
    assert value("this decade", date(905, 5, 5)) == "090"


def test_a_long_text_of_dates_takes_no_long_time() -> None:
    body = "today and on May 9, 2020, then " * 10_000
    began = time.process_time()
    assert len(find_dates(body, WEDNESDAY)) == 20_000
    assert time.process_time() - began < 10


# ---------------------------------------------------------------- the first day of a value


@pytest.mark.parametrize(
    "text, expected",
    [
        ("2024-04-02", date(2024, 4, 2)),
        ("2024-04", date(2024, 4, 1)),
        ("2024", date(2024, 1, 1)),
        ("2024-W01", date(2024, 1, 1)),
        ("2020-W53", date(2020, 12, 28)),
        ("2024-Q3", date(2024, 7, 1)),
        ("199", date(1990, 1, 1)),
    ],
)
def test_first_day_of_each_kind_of_value(text: str, expected: date) -> None:
    assert first_day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P2Y",
        "XXXX-05",
        "2024-13",
        "2024-02-31",
        "2023-W53",
        "2024-W00",
        "0000",
        "000",
        "2024-Q5",
        "２０２４",
    ],
)
def test_what_is_no_calendar_value_has_no_first_day(text: str) -> None:
    assert first_day(text) is None


# ---------------------------------------------------------------- anything at all

_WORDS = (
    "Monday Tuesdays last next this past coming May March Feb. Sept. Jan 31 29 30 3rd 2024 1999 20 the of in "
    "In since until by late mid-March 9, , - every each day days week months year years decade decades hours "
    "ago earlier two a an couple twelve 999 about nearly yesterday tomorrow tonight the\u00a0day before "
    "after night morning 1990s 2024-02-30 nıne ſix K ٣ ３ ’s \n \r\n Juin"
).split(" ")
_bodies = st.one_of(st.text(), st.lists(st.sampled_from(_WORDS), max_size=12).map(" ".join))


@given(_bodies, st.none() | st.dates(), st.booleans())
@example("ſix dayſ ago, nıne days ago, 300 decades ago, last weeK", date.min, False)
@example("Feb. 29, 31 February, this Sunday, last decade", date.max, True)
def test_any_text_on_any_day_gives_disjoint_spans_in_order_with_values_that_hold(
    body: str, published: date | None, future: bool
) -> None:
    end = 0
    for span in find_dates(body, published, lambda at: future):
        expression = span.expression
        assert end <= expression.start < expression.end <= len(body)
        assert body[expression.start : expression.end] == expression.text
        end = expression.end
        when = event_date(span)
        assert when is None or first_day(when.value) is not None
        if expression.type == "DATE" and expression.value is not None and when is None:
            assert published is None and expression.value.startswith("XXXX-")


@given(st.text())
@example("01")
def test_first_day_answers_any_text(text: str) -> None:
    day = first_day(text)
    # A century is written by two digits, a decade by three.
    decade = f"{day.year:04d}"[: min(3, len(text))] if day else ""
    assert day is None or text.startswith((decade, f"{day.year + 1:04d}"))


@given(st.dates())
def test_first_day_undoes_isoformat(day: date) -> None:
    assert first_day(day.isoformat()) == day


# ---------------------------------------------------------------- what passes over most of a text

PIECES = (
    "at", "by", "in", "for", "of", "per", "this", "that", "the", "last", "next", "every", "the past", "the same",
    "the whole", "the end of the", "some", "three", "several", "recent", "since", "early", "twice a", "fiscal", "(",
    "day", "days", "week", "hours", "hour", "year", "years of", "quarter", "dawn", "night", "evening of", "Monday",
    "Friday, 3 May", "May 3", "June", "Sept.", "July 4, 1998", "3 May 1998", "2020", "2019)", "2018-19", "2016.", "2014,",
    "it fell 1990s", "summer", "winter of", "century BC", "fifth", "the first quarter", "second quarter of", "the 21st,", "1998-05-03",
    "3/5/1998", "44 BC", "90s BC", "AD 70", "May 44 BC", "fiscal year", "nineties", "ago", "earlier", "later", "before",
    "yesterday", "tomorrow", "today", "daily", "10:30", "5 p.m.", "0600 GMT", "noon", "now", "recently", "the near future",
    "the day", "several years", "(2019,", "2018-2019", "Christmas", "year-end", "same period a year ago",
    "very same day", "of that year", "of last year", "following", "30",
)  # fmt: skip


def test_whatever_a_rule_matches_holds_its_mark() -> None:
    matched = set()
    for text in (f"{one} {two} {three}" for one in PIECES for two in PIECES for three in ("", "2020", "night", "week")):
        windows = {mark: _windows(text, places) for mark, places in _marks(text)}
        for number, rule in enumerate(RULES):
            if rule.pattern.search(text):
                matched.add(number)
                assert windows[rule.mark], (text, rule)
    assert matched == set(range(len(RULES)))
