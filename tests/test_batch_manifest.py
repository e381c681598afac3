"""What a data set says of itself: journal and manifest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from legation.batch.manifest import (
    JOURNAL,
    MANIFEST,
    Done,
    Manifest,
    Part,
    Settings,
    demand_same,
    part_of,
    read_journal,
    read_manifest,
    write_manifest,
    write_whole,
)
from legation.errors import UsageError

SETTINGS = Settings("1.0", "legation-en 1", "ab" * 32, "parquet", ("icews",))
FIRST = Done(0, "d0", {"articles": 2, "events": 5}, {"empty": 1}, (Part("reports/part-00000.jsonl", 10, "ab"),))
SECOND = Done(1, "d1", {"articles": 3}, {"empty": 2, "duplicate": 1}, ())


def begun(folder: Path) -> None:
    """A journal with two shards, the second first."""
    journal = read_journal(folder, SETTINGS)
    journal.begin()
    journal.add(SECOND)
    journal.add(FIRST)


def test_what_is_noted_is_read(tmp_path: Path) -> None:
    begun(tmp_path)
    assert read_journal(tmp_path, SETTINGS).done == {0: FIRST, 1: SECOND}


def test_without_a_journal_nothing_is_done(tmp_path: Path) -> None:
    assert read_journal(tmp_path, SETTINGS).done == {}


@pytest.mark.parametrize("cut", [2, 20, 60])
def test_a_line_cut_off_by_a_crash_counts_for_nothing_and_the_next_one_counts(tmp_path: Path, cut: int) -> None:
    begun(tmp_path)
    path = tmp_path / JOURNAL
    path.write_bytes(path.read_bytes()[:-cut])
    journal = read_journal(tmp_path, SETTINGS)
    assert journal.done == {1: SECOND}
    journal.begin()
    journal.add(FIRST)
    assert read_journal(tmp_path, SETTINGS).done == {0: FIRST, 1: SECOND}


def test_a_journal_cut_off_in_its_first_line_is_begun_anew(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text('{"schema": "legation.da', encoding="utf-8")
    assert read_journal(tmp_path, SETTINGS).done == {}


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (replace(SETTINGS, format="csv"), "format is 'parquet'"),
        (replace(SETTINGS, layouts=()), "layouts is"),
        (replace(SETTINGS, model_sha256="cd" * 32), "model sha256"),
    ],
)
def test_a_folder_of_another_run_is_refused(tmp_path: Path, other: Settings, said: str) -> None:
    begun(tmp_path)
    with pytest.raises(UsageError, match=said):
        read_journal(tmp_path, other)
    with pytest.raises(UsageError, match=said):
        demand_same(tmp_path, other, SETTINGS)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    manifest = Manifest(SETTINGS, (FIRST, SECOND), Part("rejects.jsonl", 7, "cd"))
    write_manifest(tmp_path, manifest)
    assert read_manifest(tmp_path) == manifest
    assert manifest.counts == {"articles": 5, "events": 5}
    assert manifest.rejected == {"duplicate": 1, "empty": 3}


def test_the_same_manifest_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        write_manifest(tmp_path / name, Manifest(SETTINGS, (FIRST,)))
    assert (tmp_path / "a" / MANIFEST).read_bytes() == (tmp_path / "b" / MANIFEST).read_bytes()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"settings": 3}', '{"settings": {"legation": "1"}}'])
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / MANIFEST).write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no manifest"):
        read_manifest(tmp_path)


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text(encoding="utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_part_knows_its_size_and_digest(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "a").write_bytes(b"abc")
    digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    assert part_of(tmp_path, tmp_path / "events" / "a") == Part("events/a", 3, digest)
