"""Archives cut into shards, and ids that come twice."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.batch.shards import MOST_BYTES, Ids, Shard, sharded, without_duplicates
from legation.records import Article, Record, Rejection, Text

RECORD = Record("a.jsonl, line 1", Text("Peru protested.", id="a"))


def records(count: int, size: int = 10) -> list[Record]:
    """Records of so many characters each."""
    return [Record(f"line {n}", Text("x" * size, id=str(n))) for n in range(count)]


@given(st.integers(0, 3000))
def test_shards_hold_every_record_once_in_order(count: int) -> None:
    given_records = records(count)
    found = list(sharded(given_records))
    assert [record for shard in found for record in shard.records] == given_records
    assert [shard.number for shard in found] == list(range(len(found)))
    assert all(shard.records for shard in found)


def test_the_first_shards_are_small_so_that_all_workers_are_busy() -> None:
    sizes = [len(shard.records) for shard in sharded(records(30_000))]
    assert sizes[0] == sizes[19] == 50 and sizes[20] == sizes[99] == 250 and sizes[100] == 1000


def test_a_shard_ends_where_it_is_large() -> None:
    large = [Record("a", Article("a", b"x" * (MOST_BYTES // 2))) for _ in range(5)]
    assert [len(shard.records) for shard in sharded(large)] == [2, 2, 1]


def test_where_shards_end_does_not_depend_on_what_comes_after() -> None:
    short, long = list(sharded(records(120))), list(sharded(records(500)))
    assert short[:2] == long[:2]


def test_rejected_records_stand_in_shards_too() -> None:
    bad = Record("line 2", None, Rejection("unreadable", "It is no JSON."))
    (shard,) = sharded([RECORD, bad])
    assert shard.records == (RECORD, bad)


@pytest.mark.parametrize(
    "other",
    [
        replace(RECORD, place="a.jsonl, line 2"),
        replace(RECORD, content=Text("Peru protested!", id="a")),
        replace(RECORD, content=Text("Peru protested.", id="b")),
        replace(RECORD, content=Article("a", b"Peru protested.", id="a")),
        replace(RECORD, content=None, rejected=Rejection("no_text", "It is empty.")),
    ],
)
def test_another_record_has_another_digest(other: Record) -> None:
    assert Shard(0, (RECORD,)).digest != Shard(0, (other,)).digest


def test_the_same_records_have_the_same_digest() -> None:
    article = Record("a", Article("a", b"Peru", id="a"))
    assert Shard(0, (RECORD, article)).digest == Shard(3, (replace(RECORD), replace(article))).digest


# ---------------------------------------------------------------- ids


@given(st.lists(st.text(max_size=3), max_size=400))
def test_ids_are_a_set(names: list[str]) -> None:
    ids, known = Ids(), set[str]()
    for name in names:
        assert ids.add(name) == (name not in known)
        known.add(name)


def test_ids_grow() -> None:
    ids = Ids()
    assert all(ids.add(str(n)) for n in range(5000))
    assert not any(ids.add(str(n)) for n in range(5000))


def test_a_second_record_with_an_id_is_rejected_with_a_reason() -> None:
    again = replace(RECORD, place="b.jsonl, line 9")
    first, second = without_duplicates([RECORD, again])
    assert first == RECORD
    assert second.content is None and second.place == "b.jsonl, line 9"
    assert second.rejected == Rejection("duplicate", "Its id 'a' is that of an article before it, so it is left out.")


def test_a_record_without_an_id_gets_that_of_its_content() -> None:
    bare = Record("a", Text("Peru protested."))
    page = Record("b", Article("b", b"Peru protested."))
    (first, second, third) = without_duplicates([bare, Record("c", Text("Peru slept.")), page])
    digest = hashlib.sha256(b"Peru protested.").hexdigest()[:16]
    assert first == replace(bare, content=Text("Peru protested.", id=digest))
    assert second.content is not None and second.content.id != digest
    assert third.rejected == Rejection("duplicate", "It is, word for word, an article before it, so it is left out.")


def test_what_could_not_be_had_is_no_duplicate() -> None:
    bad = Record("b", None, Rejection("unreadable", "It is no JSON."))
    assert list(without_duplicates([bad, bad])) == [bad, bad]
