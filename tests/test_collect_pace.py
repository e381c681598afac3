"""How fast hosts are asked, robots.txt and its keeping, and settings."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.pace import Queue, pause_after, retry_after
from legation.collect.robots import Robots, Rules, rules_after
from legation.collect.settings import CollectSettings, settings_of
from legation.errors import UsageError
from legation.sources import Answer, Failure

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
SITE = "https://courier.example"


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 99)), max_size=40), st.integers(1, 3), st.integers())
def test_jobs_start_in_order_no_closer_and_no_more_at_once_than_allowed(
    jobs: list[tuple[str, int]], at_once: int, seed: int
) -> None:
    queue: Queue[int] = Queue(at_once, 1.0)
    chance = random.Random(seed)
    for host, job in jobs:
        queue.add(host, job)
    now, running, started = 0.0, [], {host: [] for host in "abc"}  # type: ignore[var-annotated]
    while len(queue) or running:
        if taken := queue.take(now):
            host, job = taken
            started[host].append((now, job))
            running.append(host)
            assert running.count(host) <= at_once
        elif running and chance.random() < 0.5:
            queue.done(running.pop(0))
        else:
            now += 0.5
    for host in "abc":
        assert [job for _, job in started[host]] == [job for each, job in jobs if each == host]
        times = [at for at, _ in started[host]]
        assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


def test_waiting_is_told_to_the_second() -> None:
    queue: Queue[str] = Queue(1, 2.0)
    assert queue.wait(0) is None
    queue.add("a", "one")
    queue.add("a", "two")
    assert queue.take(10.0) == ("a", "one")
    assert queue.wait(10.0) is None
    queue.done("a")
    assert queue.wait(10.5) == 1.5
    queue.hold("a", 20.0)
    assert queue.take(12.0) is None
    assert queue.wait(12.0) == 8.0
    assert queue.take(20.0) == ("a", "two")


def test_a_host_that_asks_for_less_than_usual_is_asked_as_usual() -> None:
    queue: Queue[int] = Queue(2, 2.0)
    queue.slow("a", 0.1)
    queue.add("a", 1)
    queue.add("a", 2)
    assert queue.take(0.0) == ("a", 1)
    assert queue.take(1.9) is None
    queue.slow("a", 10.0)
    assert queue.take(2.0) is None
    assert queue.take(10.0) == ("a", 2)


def test_jobs_of_one_host_can_be_taken_away() -> None:
    queue: Queue[int] = Queue(1, 0.0)
    for host in ("a", "b", "a"):
        queue.add(host, len(queue))
    assert list(queue.drop("a")) == [0, 2]
    assert queue.take(0.0) == ("b", 1)
    assert queue.take(0.0) is None
    assert len(queue) == 0


@pytest.mark.parametrize(
    ("stated", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 05 Mar 2031 12:01:00 GMT", 60.0),
        ("Wed, 05 Mar 2031 11:00:00 GMT", 0.0),
        ("999999999999999999999", 604_800.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("1e9", None),
    ],
)
def test_retry_after_is_read_as_seconds_or_a_date(stated: str | None, seconds: float | None) -> None:
    assert retry_after(stated, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_makes_it_raise(stated: str) -> None:
    found = retry_after(stated, NOW)
    assert found is None or 0 <= found <= 604_800


@given(st.integers(-5, 10_000), st.floats(0, 1))
def test_pauses_grow_to_a_day_and_are_spread(failures: int, chance: float) -> None:
    pause = pause_after(failures, chance)
    assert timedelta(minutes=11) < pause <= timedelta(hours=30)
    assert pause_after(failures, 0) < pause_after(failures, 1)
    assert pause_after(failures + 1, chance) >= pause


# ---------------------------------------------------------------- robots.txt


class Web:
    """Answers for robots.txt, and a clock."""

    def __init__(self, answer: Answer | Failure) -> None:
        self.answer = answer
        self.asked = 0
        self.now = NOW

    def ask(self, url: str) -> Answer | Failure:
        assert url == f"{SITE}/robots.txt"
        self.asked += 1
        return self.answer

    def robots(self, file: Path | None = None) -> Robots:
        return Robots(self.ask, lambda: self.now, file)


def rules(text: str) -> Answer:
    return Answer(f"{SITE}/robots.txt", 200, text.encode())


def test_rules_are_kept_for_a_day() -> None:
    web = Web(rules("User-agent: *\nDisallow: /a"))
    robots = web.robots()
    for hours, asked in ((0, 1), (23, 1), (2, 2)):
        web.now += timedelta(hours=hours)
        assert robots.verdict(f"{SITE}/a/1").refusal is not None
        assert robots.verdict(f"{SITE}/b").refusal is None
        assert web.asked == asked


def test_rules_outlive_the_process(tmp_path: Path) -> None:
    web, file = Web(rules("User-agent: *\nDisallow: /a")), tmp_path / "robots.json"
    robots = web.robots(file)
    robots.verdict(f"{SITE}/a")
    robots.save()
    assert web.robots(file).verdict(f"{SITE}/a").refusal is not None
    assert web.asked == 1


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"a": 1}', '{"a": {"text": "x"}}', "\0"])
def test_damaged_keeping_is_begun_anew(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "robots.json"
    file.write_text(damage)
    web = Web(rules("User-agent: *\nDisallow: /a"))
    assert web.robots(file).verdict(f"{SITE}/a").refusal is not None


def test_rules_dated_after_now_are_asked_for_again() -> None:
    web = Web(rules(""))
    robots = web.robots()
    robots.verdict(f"{SITE}/a")
    web.now -= timedelta(days=3)
    robots.verdict(f"{SITE}/a")
    assert web.asked == 2


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_a_site_without_rules_allows_everything(status: int) -> None:
    assert Web(Failure("status", "It failed.", status)).robots().verdict(f"{SITE}/a").refusal is None


@pytest.mark.parametrize("failure", [Failure("status", "It failed.", 503), Failure("timeout", "It hangs.")])
def test_a_site_whose_rules_fail_forbids_everything_unless_they_were_known(failure: Failure) -> None:
    web = Web(failure)
    refusal = web.robots().verdict(f"{SITE}/a").refusal
    assert refusal is not None
    assert refusal.reason == failure.reason
    before = Rules("User-agent: *\nDisallow: /a", NOW, NOW)
    kept = rules_after(failure, before, NOW + timedelta(days=2))
    assert kept.text == before.text
    assert rules_after(failure, kept, NOW + timedelta(days=31)).text is None


def test_the_longer_of_delay_and_rate_counts() -> None:
    for text, delay in (
        ("User-agent: *\nCrawl-delay: 7", 7.0),
        ("User-agent: *\nRequest-rate: 1/5", 5.0),
        ("User-agent: *\nCrawl-delay: 2\nRequest-rate: 10/100", 10.0),
        ("User-agent: Legation\nCrawl-delay: 3\n\nUser-agent: *\nCrawl-delay: 9", 3.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
    ):
        assert Web(rules(text)).robots().verdict(f"{SITE}/a").delay == delay


# ---------------------------------------------------------------- settings


def test_settings_are_read_from_a_table() -> None:
    found = settings_of({"contact": "https://courier.example/bot", "workers": 4, "spacing": 0, "allow_hosts": ["nas"]})
    assert (found.contact, found.workers, found.spacing) == ("https://courier.example/bot", 4, 0.0)
    assert found.allow_hosts == ("nas",)
    assert settings_of({}) == CollectSettings()


@pytest.mark.parametrize(
    "table",
    [
        {"contact": "me\r\nX-Evil: 1"},
        {"contact": 7},
        {"workers": 0},
        {"workers": 1.5},
        {"workers": True},
        {"spacing": -1},
        {"spacing": "fast"},
        {"robots": "no"},
        {"allow_hosts": "nas"},
        {"revisit_hours": [0]},
        {"seconds": 0},
    ],
)
def test_settings_that_cannot_be_meant_are_refused(table: dict[str, object]) -> None:
    [name] = table
    with pytest.raises(UsageError, match=rf"^The setting collect\.{name} is .*: give "):
        settings_of(table)


def test_a_setting_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(UsageError, match=r"^There is no setting collect\.wrokers: the settings are .*workers"):
        settings_of({"wrokers": 1})
