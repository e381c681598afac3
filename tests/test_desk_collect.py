"""A desk that collects: its ledger in the store, rounds once and for good, one at a time, killed and stopped.

All papers, places and events are invented.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from news_site import HTML_TYPE, PARAGRAPHS, RSS_TYPE, Site, entry, rss, serving, story
from typer.testing import CliRunner

from legation import cli
from legation.collecting.extracting import extractor
from legation.collecting.ledger import StoreLedger
from legation.collecting.lock import LOCK, locked
from legation.collecting.rounds import ALLOW_PRIVATE, Round, Summary
from legation.collecting.running import asked_to_stop, run_for_good
from legation.collecting.stored import (
    check_of,
    declaration_of,
    known_of,
    source_of,
    state_of,
    stored_check,
)
from legation.collecting.watching import add, sources, watched
from legation.desk.folder import DATABASE, SETTINGS, Desk, make_desk
from legation.errors import RunningError, StoreError
from legation.records import Article, Text
from legation.sources import Item, ItemOutcome, KnownItem, Source, SourceCheck
from legation.store import Store
from legation.store.dialect import sqlite_url

NOW = datetime(2031, 3, 5, 12, tzinfo=UTC)
COMMAND = [sys.executable, "-m", "legation"]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as made:
        yield made


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a desk that may visit the test's servers, as fast as it can."""
    monkeypatch.setenv(ALLOW_PRIVATE, "1")
    monkeypatch.setenv("LEGATION_DESK", str(tmp_path / "desk"))
    make_desk(tmp_path / "desk")
    with (tmp_path / "desk" / SETTINGS).open("a") as stream:
        stream.write("spacing = 0\nseconds = 3\nevery_minutes = 0.01\n")
    return tmp_path / "desk"


def invoke(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command, run in this process."""
    result = CliRunner().invoke(cli.app, [str(each) for each in arguments])
    return result.exit_code, result.stdout, result.stderr


def courier(site: Site, count: int = 2) -> str:
    """A feed of so many articles."""
    links = [site.page(f"/{number}", story(f"Story {number}"), HTML_TYPE, ("ETag", '"1"')) for number in range(count)]
    return site.page("/feed", rss(*(entry(link, link) for link in links)), RSS_TYPE, ("ETag", f'"{count}"'))


def rows(desk: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(desk / DATABASE) as connection:
        return connection.execute(query).fetchall()


# ---------------------------------------------------------------- what the store keeps

_MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))
_WORDS = st.none() | st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
_MARKS = st.dictionaries(st.sampled_from(["etag", "last_modified"]), st.text("ab\"'", max_size=5))


@given(
    st.builds(
        KnownItem,
        key=st.text("ab/", min_size=1),
        source=st.just("https://a.example"),
        status=st.sampled_from(["version", "same", "rejected", "failed"]),
        first_seen=_MOMENTS,
        last_seen=_MOMENTS,
        guid=_WORDS,
        url=_WORDS,
        page=_WORDS,
        same_as=_WORDS,
        listed=_WORDS,
        digest=_WORDS,
        marks=_MARKS,
        attempts=st.integers(0, 9),
        next_try=st.none() | _MOMENTS,
    )
)
def test_what_is_known_of_an_item_survives_the_store(known: KnownItem) -> None:
    state = state_of(known)
    json.dumps(state.state)
    back = known_of(state)
    # An empty text is as good as none.
    assert back == replace(
        known,
        url=known.url or None,
        same_as=known.same_as or None,
        listed=known.listed or None,
        digest=known.digest or None,
    )


@given(
    st.builds(
        SourceCheck,
        source=st.just("https://a.example"),
        at=_MOMENTS,
        status=st.sampled_from(["good", "unchanged", "partial", "failed"]),
        message=st.text(max_size=9),
        reason=st.none() | st.just("timeout"),
        listed=st.integers(0, 9),
        versions=st.integers(0, 9),
        left=st.integers(0, 9),
        words=st.none() | st.integers(0, 900),
        newest=st.none() | _MOMENTS,
        marks=_MARKS,
        not_before=st.none() | _MOMENTS,
        notes=st.lists(st.text(max_size=5), max_size=2).map(tuple),
        rejections=st.dictionaries(st.just("paywall"), st.integers(1, 5)),
    )
)
def test_a_visit_survives_the_store(check: SourceCheck) -> None:
    stored = stored_check(check)
    json.dumps(stored.details)
    assert check_of(stored) == check


def test_a_source_survives_the_store() -> None:
    source = Source("A", "https://a.example", "page", "KEN", "en", "agency", "Late", "Media", ("a", "b"), r"/\d+")
    declaration = declaration_of(source)
    json.dumps(declaration.settings)
    assert source_of(declaration) == source
    assert source_of(declaration_of(Source("B", "https://b.example"))) == Source("B", "https://b.example")


def outcome(key: str, *, page: str | None = None, guid: str | None = None, **known: object) -> ItemOutcome:
    item = KnownItem(key, "https://a.example", "version", NOW, NOW, guid, f"https://{key}", page)
    return ItemOutcome(replace(item, **known), Item(url=f"https://{key}"), Text(f"Words of {key}.", language="en"))  # type: ignore[arg-type]


def test_an_outcome_is_known_before_and_after_it_is_written(store: Store) -> None:
    ledger = StoreLedger(store)
    ledger.record(outcome("a/1", page="a/final", guid="g1", digest="x"))
    wanted = [("a/1", None), ("a/final", None), ("a/other", "g1"), ("a/none", "g2"), ("a/none", None)]
    before = ledger.find("https://a.example", wanted)
    ledger.flush()
    after = ledger.find("https://a.example", wanted)
    assert before == after
    assert [found.key if found else None for found in after] == ["a/1", "a/1", "a/1", None, None]
    assert ledger.find("https://b.example", [("b", "g1")]) == [None]


def test_an_item_is_known_by_its_key_before_its_page_and_by_its_page_before_its_guid(store: Store) -> None:
    ledger = StoreLedger(store)
    ledger.record(outcome("a/1"))
    ledger.record(outcome("a/x", page="a/2"))
    ledger.flush()
    ledger.record(outcome("a/z", page="a/1", guid="g"))
    wanted = [("a/1", None), ("a/1", "g"), ("a/2", "g"), ("a/3", "g")]
    before = ledger.find("https://a.example", wanted)
    ledger.flush()
    after = ledger.find("https://a.example", wanted)
    assert before == after
    assert [each.key if each else None for each in after] == ["a/1", "a/1", "a/x", "a/z"]


def test_what_is_held_of_an_item_counts_before_what_is_stored(store: Store) -> None:
    ledger = StoreLedger(store)
    ledger.record(outcome("a/1", guid="old"))
    ledger.flush()
    ledger.record(outcome("a/1", guid="new", attempts=1))
    for key, guid in (("a/1", None), ("a/2", "old"), ("a/2", "new")):
        [found] = ledger.find("https://a.example", [(key, guid)])
        assert found is not None
        assert found.attempts == 1


def test_the_newest_that_is_known_counts(store: Store) -> None:
    ledger = StoreLedger(store)
    for attempts in range(3):
        ledger.record(outcome("a/1", guid="g", attempts=attempts, next_try=NOW + timedelta(hours=attempts)))
        ledger.flush()
    [found] = ledger.find("https://a.example", [("a/x", "g")])
    assert found is not None
    assert found.attempts == 2
    assert [each.attempts for each in ledger.due("https://a.example", NOW + timedelta(hours=9), 5)] == [2]
    assert list(ledger.due("https://a.example", NOW + timedelta(hours=1), 5)) == []
    assert store.sources()[0].declaration.key == "https://a.example"


def test_a_check_is_written_with_the_items_before_it(store: Store) -> None:
    ledger = StoreLedger(store)
    ledger.record(outcome("a/1"))
    assert store.find_states("https://a.example", [("a/1", None)]) == [None]
    check = SourceCheck("https://a.example", NOW, "failed", "It hangs.", not_before=NOW + timedelta(hours=1))
    ledger.record(check)
    assert store.find_states("https://a.example", [("a/1", None)]) != [None]
    assert ledger.arrivals == {"new": 1}
    state = ledger.state("https://a.example")
    assert (state.failures, state.not_before) == (1, check.not_before)


def test_habits_are_told_from_visits_long_ago_that_brought_something(store: Store) -> None:
    source = Source("A", "https://a.example")
    add(store, [source])
    days = [SourceCheck(source.url, NOW + timedelta(days=day), "good", versions=1) for day in range(6)]
    since = [SourceCheck(source.url, NOW + timedelta(days=6, hours=hour), "unchanged") for hour in range(120)]
    store.add_versions([], checks=[stored_check(check) for check in (*days, *since)])
    [found] = watched(store, [source], NOW + timedelta(days=11))
    assert len(found.checks) == 36
    assert found.health.line == "It has had nothing new for 6 days; its pauses were of 24 hours at most."


# ---------------------------------------------------------------- the verbs


def test_a_desk_is_told_its_sources_and_collects(desk: Path, site: Site) -> None:
    feed = courier(site)
    assert invoke("watch", "add", feed, "--name", "Courier", "--tag", "coast", "--country", "KEN") == (
        0,
        "",
        "Watching Courier.\n",
    )
    assert invoke("collect", "--no-read") == (
        0,
        "",
        "1 source visited, 2 new articles, 0 edited, 0 rejected, 0 to be tried again, 0 read, 0 sources failed.\n",
    )
    code, out, _ = invoke("collect", "--no-read", "--json", "--force")
    assert (code, json.loads(out)["articles"], json.loads(out)["visits"]) == (0, {}, {"unchanged": 1})
    assert [site.asked(path) for path in ("/0", "/1", "/robots.txt")] == [1, 1, 1]
    assert rows(desk, "select count(*) from items") == [(2,)]


def test_what_was_collected_is_read_by_the_model(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site))
    code, _, err = invoke("collect")
    assert code == 0
    assert "2 new articles" in err
    assert "2 read" in err
    code, out, _ = invoke("events", "--json")
    assert code == 0
    assert {event["actor"][0]["name"] for event in json.loads(out)["events"] if event["actor"]}
    assert "0 read" in invoke("collect")[2]


def test_an_edited_article_is_counted_as_edited(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site, 1))
    invoke("collect", "--no-read")
    site.page("/0", story("Story 0", *PARAGRAPHS, "A third sentence was added at noon by the desk."), HTML_TYPE)
    site.page("/feed", rss(entry(site.url("/0"), "Story 0, updated")), RSS_TYPE)
    assert "0 new articles, 1 edited" in invoke("collect", "--no-read", "--force")[2]


def test_many_addresses_that_lead_to_one_page_are_one_article(desk: Path, site: Site) -> None:
    site.page("/a", story("Envoy recalled"), HTML_TYPE)
    hops = [site.redirect(f"/hop?{number}", "/a") for number in range(4)]
    invoke("watch", "add", site.page("/feed", rss(*(entry(hop, hop) for hop in hops)), RSS_TYPE))
    invoke("collect", "--no-read")
    assert rows(desk, "select count(*) from items") == [(1,)]


def test_the_list_of_sources_says_how_they_do(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site), "--name", "Courier")
    invoke("watch", "add", site.page("/broken", b"", status=500), "--name", "Broken \x1b[31m")
    code, _, err = invoke("collect", "--no-read")
    assert code == 0
    assert f"Broken [31m: {site.url('/broken')} answered 500 (Internal Server Error)." in err
    code, out, _ = invoke("watch", "list")
    assert code == 0
    assert "\x1b" not in out
    assert "good" in out
    assert "failing" in out
    code, out, _ = invoke("watch", "list", "--json")
    health = {each["name"]: each["health"]["state"] for each in json.loads(out)}
    assert sorted(health.values()) == ["failing", "good"]
    code, out, _ = invoke("watch", "show", "Courier")
    assert f"address     {site.url('/feed')}" in out
    assert "2 listed, 2 got, 0 rejected, 0 to try again" in out


def test_every_moment_is_told_in_utc_and_said_to_be(desk: Path, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    invoke("watch", "add", courier(site), "--name", "Courier")
    invoke("collect", "--no-read")
    [(at,)] = rows(desk, "select at from checks")
    told = f"{str(at)[:10]} {str(at)[11:16]}"
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("COLUMNS", "120")
    time.tzset()
    try:
        listed, shown = invoke("watch", "list")[1], invoke("watch", "show", "Courier")[1]
    finally:
        monkeypatch.undo()
        time.tzset()
    assert listed.count(told) == 2
    assert "last new (UTC)" in listed
    assert f"  {told} UTC  good" in shown


def test_a_source_is_removed_and_what_it_gave_stays(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site), "--name", "Courier")
    invoke("collect", "--no-read")
    assert invoke("watch", "remove", "courier") == (0, "", "Removed Courier.\n")
    assert invoke("watch", "remove", "courier") == (
        2,
        "",
        "The desk has no source courier. `legation watch list` lists them.\n",
    )
    assert rows(desk, "select count(*) from items") == [(2,)]
    assert "The desk has no sources." in invoke("collect")[2]


def test_sources_go_out_and_come_in_as_lists(desk: Path, tmp_path: Path) -> None:
    for number, tag in ((1, "coast"), (2, "hills")):
        invoke("watch", "add", f"https://{number}.example/feed", "--name", f"Paper {number}", "--tag", tag)
    code, opml, _ = invoke("watch", "export")
    assert code == 0
    assert invoke("watch", "export", "#hills", "--format", "toml")[1] == (
        '[[source]]\nname = "Paper 2"\nurl = "https://2.example/feed"\ntags = ["hills"]\n'
    )
    (tmp_path / "a.opml").write_text(opml)
    other = tmp_path / "other"
    make_desk(other)
    assert invoke("watch", "import", tmp_path / "a.opml", "--tag", "new", "--desk", other) == (
        0,
        "",
        "Added or changed 2 sources.\n",
    )
    with Desk(other) as found:
        assert [source.tags for source in sources(found.store)] == [("coast", "new"), ("hills", "new")]


@pytest.mark.usefixtures("bound_by_permissions")
def test_a_list_that_is_missing_or_may_not_be_read_is_told_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path(tempfile.mkdtemp())
    make_desk(folder / "desk")
    monkeypatch.setenv("LEGATION_DESK", str(folder / "desk"))
    file = folder / "inside" / "feeds.opml"
    missing = f"There is no file {file}: check the path.\n"
    assert invoke("watch", "import", file) == (1, "", missing)
    file.parent.mkdir()
    file.write_text("<opml/>")
    for closed in (file, file.parent):
        closed.chmod(0)
        told = (
            f"{file} cannot be read: Permission denied. Let it be read by you, or copy it to where you may read it.\n"
        )
        assert invoke("watch", "import", file) == (1, "", told)
        closed.chmod(0o700)


def test_what_the_desk_knows_of_a_source_outlives_a_plain_list(desk: Path, tmp_path: Path) -> None:
    invoke("watch", "add", "https://1.example/feed", "--name", "Paper", "--owner", "Media", "--country", "KEN")
    (tmp_path / "a.opml").write_text(
        '<opml><body><outline text="Coast"><outline text="Paper" xmlUrl="https://1.example/feed"/></outline></body></opml>'
    )
    invoke("watch", "import", tmp_path / "a.opml")
    with Desk(desk) as found:
        [source] = sources(found.store)
    assert (source.owner, source.country, source.tags) == ("Media", "KEN", ("Coast",))


def test_a_source_keeps_what_is_not_given_anew_and_has_a_name_of_its_own(desk: Path) -> None:
    for url in ("https://paper.example/a", "https://paper.example/b"):
        invoke("watch", "add", url, "--owner", "Media")
    invoke("watch", "add", "https://paper.example/b", "--tag", "coast")
    with Desk(desk) as found:
        assert [(each.name, each.owner, each.tags) for each in sources(found.store)] == [
            ("https://paper.example/b", "Media", ("coast",)),
            ("paper.example", "Media", ()),
        ]


def test_two_sources_of_one_name_are_refused(desk: Path) -> None:
    invoke("watch", "add", "https://1.example/feed", "--name", "Paper")
    code, _, err = invoke("watch", "add", "https://2.example/feed", "--name", "paper")
    assert code == 2
    assert err.endswith("Give one of them another name with --name.\n")


def test_bad_settings_are_told(desk: Path) -> None:
    invoke("watch", "add", "https://1.example/feed")
    (desk / SETTINGS).write_text("[collect]\nworkers = 0\n")
    assert invoke("collect") == (2, "", "The setting collect.workers is 0: give a whole number, 1 or more.\n")


def test_where_every_source_fails_the_verb_does(desk: Path, site: Site) -> None:
    invoke("watch", "add", site.url("/none"), "--name", "Gone")
    code, _, err = invoke("collect")
    assert code == 1
    assert f"Gone: {site.url('/none')} answered 404 (Not Found)." in err


def test_private_addresses_are_refused_unless_the_desk_allows_the_host(
    desk: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(ALLOW_PRIVATE)
    invoke("watch", "add", courier(site), "--name", "Courier")
    code, _, err = invoke("collect", "--no-read")
    assert code == 1
    assert "is an address of this machine or a private network" in err
    with (desk / SETTINGS).open("a") as stream:
        stream.write('allow_hosts = ["127.0.0.1"]\n')
    assert "2 new articles" in invoke("collect", "--no-read", "Courier")[2]


# ---------------------------------------------------------------- one at a time, stopped, killed


def test_two_at_once_are_refused_and_a_lock_left_behind_is_none(desk: Path) -> None:
    with locked(desk), pytest.raises(RunningError, match=rf"process {os.getpid()} on ") as caught, locked(desk):
        pass
    assert str(caught.value).startswith(f"The desk in {desk} is being collected for by process ")
    (desk / LOCK).write_text("process 4711 on elsewhere")
    with locked(desk):
        pass


def test_the_lock_of_a_killed_process_is_none(desk: Path) -> None:
    hold = (
        f"import time, pathlib; from legation.collecting.lock import locked\nwith locked(pathlib.Path({str(desk)!r})):"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", f"{hold}\n    print('held', flush=True); time.sleep(60)"], stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    code, _, err = invoke("collect")
    assert code == 1
    assert f"is being collected for by process {holder.pid} on " in err
    holder.kill()
    holder.wait()
    holder.stdout.close()
    assert invoke("collect")[0] == 0


def test_run_goes_on_until_it_is_stopped_and_only_one_does(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site), "--name", "Courier")
    running = subprocess.Popen([*COMMAND, "run", "--no-read"], stderr=subprocess.PIPE, text=True)
    assert running.stderr is not None
    first = running.stderr.readline()
    assert "1 source visited, 2 new articles" in first
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d UTC .* Next round at \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n", first)
    assert f"is being collected for by process {running.pid} on " in invoke("run")[2]
    assert "1 source visited, 0 new articles" in running.stderr.readline()
    running.send_signal(signal.SIGTERM)
    assert running.wait(20) == 0
    running.stderr.close()
    assert rows(desk, "select distinct outcome from run_ends") in ([("done",)], [("done",), ("stopped",)])


def test_a_store_that_fails_ends_a_round_and_not_the_run(desk: Path, site: Site) -> None:
    invoke("watch", "add", courier(site))
    results: list[Summary | StoreError] = []
    with Desk(desk) as found, asked_to_stop() as stop:

        def ended(result: Summary | StoreError, following: datetime) -> None:
            results.append(result)
            if isinstance(result, Summary):
                stop.set()
            else:
                del found.__dict__["store"]

        # The desk opens its store anew after the first round, which finds none that works.
        found.__dict__["store"] = Store(sqlite_url(desk / "none.db"))
        run_for_good(found, stop, read=False, ended=ended)
    failed, done = results
    assert isinstance(failed, StoreError)
    assert isinstance(done, Summary)
    assert done.arrivals["new"] == 2


def test_a_round_that_hangs_is_stopped_by_the_signal(desk: Path, site: Site) -> None:
    with (desk / SETTINGS).open("a") as stream:
        stream.write("robots = false\n")
    site.pages["/hang"] = lambda request: time.sleep(2)
    invoke("watch", "add", site.url("/hang"))
    invoke("watch", "add", courier(site))
    running = subprocess.Popen([*COMMAND, "collect", "--no-read"], stderr=subprocess.PIPE, text=True)
    until = time.monotonic() + 60
    while not site.asked("/1") and time.monotonic() < until:
        time.sleep(0.02)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=20)
    assert running.returncode == 3
    assert "Stopped: " in err


def _round(folder: str) -> None:
    with Desk(folder) as desk, locked(desk.path):
        Round(desk, force=True, read=False).run(sources(desk.store))


def test_killed_a_hundred_times_it_loses_nothing_and_has_nothing_twice(desk: Path, site: Site) -> None:
    """The processes are forked from a server that has imported everything, so that a kill strikes the round itself."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, "trafilatura", "feedparser", "sqlalchemy.dialects.sqlite"])
    chance = random.Random(7)
    invoke("watch", "add", courier(site, 3))
    killed = 0
    for count in range(100):
        courier(site, 3 + count // 2)
        process = context.Process(target=_round, args=(str(desk),))
        process.start()
        process.join(chance.uniform(0, 0.25))
        killed += process.exitcode is None
        process.kill()
        process.join()
    assert killed > 30
    _round(str(desk))
    assert rows(desk, "pragma integrity_check") == [("ok",)]
    assert rows(desk, "select count(*), count(distinct key) from items") == [(52, 52)]
    assert rows(desk, "select count(*) from versions") == [(52,)]
    with Desk(desk) as found:
        [source] = sources(found.store)
        assert watched(found.store, [source], datetime.now(UTC))[0].health.state == "good"


FULL = """
import resource, signal, sys
from legation.cli import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)
main()
"""


def test_a_full_disk_is_told_and_nothing_is_lost(desk: Path, site: Site) -> None:
    """A limit on the size of files stands for the disk."""
    invoke("watch", "add", courier(site, 20), "--name", "Courier")
    full = subprocess.run(
        [sys.executable, "-c", FULL, "100000", "collect", "--no-read"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 1
    assert "full" in full.stderr
    assert "Nothing was lost" in full.stderr
    assert "Traceback" not in full.stderr
    assert rows(desk, "pragma integrity_check") == [("ok",)]
    assert invoke("collect", "--no-read")[0] == 0
    assert rows(desk, "select count(*), count(distinct key) from items") == [(20, 20)]


# ---------------------------------------------------------------- extraction on all cores


def test_pages_are_extracted_by_other_processes_as_here() -> None:
    pages = [Article(str(n), story(f"Story {n}").encode(), "text/html") for n in range(3)]
    with extractor(2, here=0) as extract, extractor(1) as here:
        assert [extract(page) for page in pages] == [here(page) for page in pages]
        assert extract(Text("Peru recalled its ambassador.")) == here(Text("Peru recalled its ambassador."))
