"""How a source does, told from its checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from legation.collect.health import health_of
from legation.sources import SourceCheck

START = datetime(2031, 3, 1, 6, tzinfo=UTC)


def check(hours: float, **facts: object) -> SourceCheck:
    return replace(SourceCheck("https://a.example", START + timedelta(hours=hours), "good"), **facts)  # type: ignore[arg-type]


def after(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def test_a_source_that_was_never_visited_is_new() -> None:
    assert health_of([], START).state == "new"


def test_a_source_that_does_well_says_nothing() -> None:
    checks = [check(hours, versions=2, words=400) for hours in range(0, 48, 6)]
    health = health_of(checks, after(48))
    assert (health.state, health.line, health.notes) == ("good", "", ())
    assert (health.last_check, health.last_success, health.last_new) == (after(42), after(42), after(42))


def test_a_source_that_is_silent_longer_than_its_habit_says_so() -> None:
    daily = [check(24 * day, versions=1) for day in range(6)]
    quiet = [check(24 * day, status="unchanged") for day in range(6, 12)]
    assert health_of([*daily, *quiet[:3]], after(24 * 8)).state == "good"
    health = health_of([*daily, *quiet], after(24 * 11))
    assert health.state == "silent"
    assert health.line == "It has had nothing new for 6 days; its pauses were of 24 hours at most."


def test_a_source_of_rare_news_may_be_silent_for_weeks() -> None:
    monthly = [check(24 * 30 * month, versions=1) for month in range(5)]
    assert health_of(monthly, after(24 * 30 * 4 + 24 * 40)).state == "good"


def test_a_source_without_a_habit_yet_is_not_silent() -> None:
    assert health_of([check(0, versions=1), check(1, versions=1)], after(2_000)).state == "good"


def test_a_busy_source_that_is_quiet_at_night_is_not_silent() -> None:
    hourly = [check(hour, versions=5) for hour in range(12)]
    assert health_of(hourly, after(30)).state == "good"


def test_articles_that_shrink_are_told() -> None:
    checks = [check(hour, versions=1, words=500) for hour in range(10)]
    checks += [check(10 + hour, versions=1, words=60) for hour in range(5)]
    health = health_of(checks, after(15))
    assert health.state == "shrinking"
    assert health.line == "Its articles have shrunk from 500 words to 60: is only a part of them given now?"
    assert health_of(checks[:-3], after(12)).state == "good"


def test_rising_rejects_are_told_with_their_reasons() -> None:
    checks = [check(hour, versions=9, rejected=1, rejections={"no_article": 1}) for hour in range(10)]
    checks += [check(10 + hour, versions=1, rejected=9, rejections={"paywall": 8, "live": 1}) for hour in range(5)]
    health = health_of(checks, after(15))
    assert health.state == "rejecting"
    assert health.line == ("90% of its items were rejected, up from 10%: 40 stubs before a paywall, 5 live tickers.")


def test_a_source_that_always_had_many_rejects_is_not_rising() -> None:
    checks = [check(hour, versions=4, rejected=6, rejections={"no_article": 6}) for hour in range(15)]
    assert health_of(checks, after(15)).state == "good"


def test_a_source_that_gives_nothing_but_rejects_from_the_start_is_told() -> None:
    health = health_of([check(0, rejected=20, rejections={"consent": 20})], after(1))
    assert health.line == "100% of its items were rejected: 20 consent pages."


def test_the_gravest_trouble_is_told_first_and_the_others_follow() -> None:
    checks = [check(hour, versions=1, words=500) for hour in range(10)]
    checks += [check(10 + hour, versions=1, words=60) for hour in range(5)]
    checks.append(check(16, status="failed", message="It hangs."))
    health = health_of(checks, after(16))
    assert (health.state, health.line, health.failures) == ("failing", "It hangs.", 1)
    assert len(health.notes) == 1
    assert health.last_success == after(14)


def test_failures_in_a_row_are_counted_from_the_first() -> None:
    checks = [check(0), *(check(hour, status="failed", message="It hangs.") for hour in (1, 2, 3))]
    assert health_of(checks, after(4)).line == "It hangs. It has failed 3 times in a row, since 2031-03-01 07:00 UTC."


def test_a_clock_that_was_set_back_is_told_and_breaks_nothing() -> None:
    checks = [check(24 * day, versions=1) for day in range(6)]
    health = health_of(checks, after(-24 * 300))
    assert health.state == "good"
    assert health.line.startswith("The clock was set back: ")
