"""Worker processes that are given shards, die, and are replaced."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path

import pytest
from batch_workers import counting, dying, full

from legation.batch.manifest import Done, Settings
from legation.batch.pool import Pool
from legation.batch.shards import Shard
from legation.errors import IncompleteError
from legation.records import Record

SETTINGS = Settings("1", "model", "0" * 64, "jsonl")


def shards(*places: str, each: int = 2) -> Iterator[Shard]:
    """Shards of some records each, with these places."""
    for number, at in enumerate(range(0, len(places), each)):
        yield Shard(number, tuple(Record(place, None) for place in places[at : at + each]))


def done(pool: Pool, given: Iterator[Shard]) -> dict[int, int]:
    """Articles of each shard that was done."""
    return {found.shard: found.counts["articles"] for found in pool.read(given) if isinstance(found, Done)}


@pytest.mark.parametrize("workers", [1, 3])
def test_every_shard_is_done_once(tmp_path: Path, workers: int) -> None:
    with Pool(workers, tmp_path, SETTINGS, counting) as pool:
        found = [f.shard for f in pool.read(shards(*"abcdefghi")) if isinstance(f, Done)]
    assert sorted(found) == [0, 1, 2, 3, 4]


def test_no_more_shards_are_taken_than_there_are_workers(tmp_path: Path) -> None:
    taken = []

    def watched() -> Iterator[Shard]:
        for shard in shards(*"abcdefghijkl"):
            taken.append(shard.number)
            yield shard

    with Pool(2, tmp_path, SETTINGS, counting) as pool:
        results = pool.read(watched())
        first = next(found for found in results if found is not None)
        assert len(taken) <= 3, first
        list(results)


def test_a_shard_whose_worker_is_killed_once_is_read_again_whole(tmp_path: Path) -> None:
    with Pool(1, tmp_path, SETTINGS, counting) as pool:
        assert done(pool, shards("a", "b once", "c")) == {0: 2, 1: 1}


def test_a_record_that_kills_twice_is_left_out_and_the_rest_is_read(tmp_path: Path) -> None:
    with Pool(2, tmp_path, SETTINGS, counting) as pool:
        assert done(pool, shards("a", "b deadly", "c deadly", "d deadly", "e")) == {0: 1, 1: 0, 2: 1}


def test_a_pool_whose_workers_die_all_the_time_gives_up_with_a_remedy(tmp_path: Path) -> None:
    with Pool(1, tmp_path, SETTINGS, dying) as pool, pytest.raises(IncompleteError, match="fewer workers"):
        list(pool.read(shards(*"abcd")))


def test_a_full_disk_ends_the_run_with_a_remedy(tmp_path: Path) -> None:
    with Pool(1, tmp_path, SETTINGS, full) as pool, pytest.raises(IncompleteError, match=r"No space left.*Make room"):
        list(pool.read(shards("a")))


def test_leaving_the_pool_ends_its_processes(tmp_path: Path) -> None:
    with Pool(3, tmp_path, SETTINGS, counting) as pool:
        next(pool.read(shards(*"abcdefgh")))
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()


def test_what_was_begun_is_counted_until_its_shard_is_done(tmp_path: Path) -> None:
    with Pool(1, tmp_path, SETTINGS, counting) as pool:
        seen = [pool.begun for _ in pool.read(shards(*"abcdef", each=6))]
        assert max(seen) >= 1 and pool.begun == 0


def test_without_shards_no_process_is_started(tmp_path: Path) -> None:
    with Pool(2, tmp_path, SETTINGS, counting) as pool:
        assert list(pool.read(iter(()))) == []
        assert not multiprocessing.active_children()
