"""What a store survives: being killed, a full disk, a folder that cannot be written, damage, and two writers at once."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from desks import report_on, version
from factories import MODEL

from legation.errors import StoreBusyError, StoreDamagedError, StoreError, StoreRevisionError
from legation.store import Store
from legation.store.dialect import sqlite_url
from legation.store.records import DeskEvent
from legation.store.schema import REVISION

ROOT = Path(__file__).parent.parent
WRITER = Path(__file__).parent / "desk_writer.py"
ARTICLES = 200
KILLS = 50
"""On each of the two stores: a hundred in all."""


def start(*arguments: str) -> subprocess.Popen[str]:
    """A process that writes ARTICLES articles and then reads them, and says so after each transaction."""
    paths = os.pathsep.join(str(ROOT / name) for name in ("src", "tests"))
    return subprocess.Popen(
        [sys.executable, str(WRITER), *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths},
    )


def test_killed_a_hundred_times_it_loses_nothing_and_has_nothing_twice(store_url: str) -> None:
    """A process forks a child that goes on with the import, kills it at a random moment, and forks the next."""
    with start("killed", store_url, str(ARTICLES), str(KILLS)) as process:
        out, err = process.communicate(timeout=300)
    assert (process.returncode, err) == (0, "")
    told = [line.split() for line in out.splitlines()]
    done = [int(words[1]) for words in told if words[0] == "killed"]
    assert len(done) == KILLS
    assert sum(number < 2 * ARTICLES for number in done) > KILLS // 2  # there was work left at most kills
    # What a child said was done was on the disk: its number never falls.
    assert done == sorted(done)
    with Store.open(store_url) as store:
        assert store.health()["faults"] == []
        assert store.counts() == {"articles": ARTICLES, "read": ARTICLES, "events": 2 * ARTICLES, "statements": 0}
        assert store.pending_texts(MODEL.sha256) == []
        events: list[DeskEvent] = []
        page = None
        while True:
            rows = store.events(most=1000, page=page)
            events += rows.rows
            page = rows.next
            if page is None:
                break
        assert len({event.article.item for event in events}) == ARTICLES
        assert len({(event.article.item, event.trigger) for event in events}) == len(events) == 2 * ARTICLES


def test_two_that_write_at_once_wait_for_each_other(store_url: str) -> None:
    writers = [start("write", store_url, str(ARTICLES // 8), str(seed)) for seed in (0, 1)]
    for writer in writers:
        _, err = writer.communicate(timeout=120)
        assert (writer.returncode, err) == (0, "")
    with Store.open(store_url) as store:
        assert store.counts()["events"] == 2 * (ARTICLES // 8)
        assert store.counts()["articles"] == ARTICLES // 8


def test_who_waits_too_long_for_another_writer_is_told(store_url: str) -> None:
    with Store.open(store_url) as first, Store.open(store_url) as second, first.writing("one"):
        began = time.monotonic()
        with pytest.raises(StoreBusyError, match="another process has been writing"), second.writing("two", wait=1):
            pass
        assert 0.9 < time.monotonic() - began < 10
        assert second.counts()["articles"] == 0  # reading goes on meanwhile


@pytest.fixture
def path(tmp_path: Path, sqlite_template: Path) -> Path:
    """A store in a file."""
    return Path(shutil.copy(sqlite_template, tmp_path / "desk.db"))


def test_on_a_full_disk_nothing_is_lost_and_writing_goes_on_when_there_is_room(path: Path) -> None:
    with start("full", sqlite_url(path).render_as_string(), str(ARTICLES), "0") as process:
        out, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Nothing was lost" in err
    said = max(int(line.split()[1]) for line in out.splitlines())
    with Store.open(sqlite_url(path)) as store:
        assert store.health()["faults"] == []
        assert store.counts()["articles"] == said < ARTICLES
        store.add_versions([version("Words that came later.", "later")])
        assert store.counts()["articles"] == said + 1


def test_a_folder_that_cannot_be_written_can_be_read(path: Path, bound_by_permissions: None) -> None:
    if os.getuid() == 0:
        os.seteuid(0)
    with Store.open(sqlite_url(path)) as store:
        store.add_articles([(version("Valdoria accused Kestria.", "k"), report_on("Valdoria accused Kestria."))])
    path.chmod(0o444)
    path.parent.chmod(0o555)
    if os.getuid() == 0:
        # Nobody may go through pytest's own folders.
        for folder in path.parent.parents[:3]:
            if folder != Path("/tmp"):
                folder.chmod(0o755)
        os.seteuid(65534)
    with Store.open(sqlite_url(path)) as store:
        assert [event.type for event in store.events().rows] == ["ACCUSE"]
        with pytest.raises(StoreError, match="you may only read it"):
            store.add_versions([version("More.", "l")])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"nowhere\.db cannot be opened: there is no such file"):
        Store.open(sqlite_url(tmp_path / "nowhere.db"))
    assert not (tmp_path / "nowhere.db").exists()


@pytest.mark.parametrize(
    ("url", "message"), [("nonsense", "is no URL of a store"), ("mysql://host/desk", "SQLite or PostgreSQL, not mysql")]
)
def test_what_is_no_url_of_a_store_is_said(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        Store.open(url)


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be taken for one" * 100])
def test_a_file_that_is_no_store_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "desk.db"
    path.write_bytes(content)
    with pytest.raises((StoreDamagedError, StoreRevisionError)) as told:
        Store.open(sqlite_url(path))
    assert "desk.db is damaged" in str(told.value) or "There is no desk in" in str(told.value)
    assert path.read_bytes() == content


def test_a_damaged_file_is_told_and_left_as_it_is(path: Path) -> None:
    body = "Valdoria accused Kestria. " * 20
    with Store.open(sqlite_url(path)) as store:
        store.add_articles([(version(f"{body}{n}", str(n)), report_on(f"{body}{n}")) for n in range(50)])
    damaged = bytearray(path.read_bytes())
    rng = random.Random(7)
    for at in range(4096 * 8, len(damaged) - 4096, 4096):
        if rng.random() < 0.8:
            damaged[at : at + 4096] = bytes(rng.randrange(256) for _ in range(4096))
    path.write_bytes(damaged)
    with pytest.raises(StoreDamagedError, match=r"\.recover"), Store.open(sqlite_url(path)) as store:
        assert store.health()["faults"]
        store.events(most=1000)
        store.add_versions([version("More.", "l")])
        raise AssertionError("the damage was not noticed")
    assert path.read_bytes() == damaged


def test_a_store_of_a_later_version_is_refused(store_url: str) -> None:
    from sqlalchemy import text

    with Store.open(store_url) as store, store._engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreRevisionError, match=rf"a later version .*revision 9999; this one knows {REVISION}"):
        Store.open(store_url)
    with pytest.raises(StoreRevisionError, match="a later version"):
        Store.create(store_url)


def test_a_database_of_other_tables_is_refused_and_left_as_it_is(store_url: str) -> None:
    from sqlalchemy import inspect, text

    with Store.open(store_url) as store, store._engine.begin() as connection:
        connection.execute(text("DROP TABLE alembic_version"))
    with pytest.raises(StoreRevisionError, match="no store of Legation"):
        Store.create(store_url)
    with Store(store_url) as store, store._engine.connect() as connection:
        assert "alembic_version" not in inspect(connection).get_table_names()
