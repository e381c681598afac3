"""What the teacher says of sentences, kept in a file, and the examples made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from training.corpora import Example, GoldEvent
from training.silver import Silver, new_examples, read_silver, taught, write_silver

EXPEL = GoldEvent(1, "SANCTION", "expel", True, "actual", ("diplomatic",), (("ACTOR", 0, 1), ("RECIPIENT", 2, 4)))
OLD = Example("events-1", ("Norland", "expelled", "two", "envoys", "."), (True,) * 5, events=(EXPEL,))
SEEN = Silver("events-1", None, ((1, (("SANCTION", 0.8), ("COERCE", 0.1))),))


def new(type_: str, chance: float, verb: str = "deported") -> Silver:
    return Silver("events-1", ("Sudland", verb, "two", "envoys", "."), ((1, ((type_, chance),)),))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    records = [SEEN, new("COERCE", 0.7), Silver("other", None, ())]
    write_silver(records, tmp_path / "silver.gz")
    assert list(read_silver(tmp_path / "silver.gz")) == records


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.gz", "two.gz"):
        write_silver([SEEN, new("COERCE", 0.7)], tmp_path / name)
    assert (tmp_path / "one.gz").read_bytes() == (tmp_path / "two.gz").read_bytes()


def test_a_sentence_gets_the_chances_of_its_own_words_not_of_new_ones() -> None:
    (example,) = taught([OLD], [SEEN, new("COERCE", 0.7)])
    assert example.chances == SEEN.chances and example.events == OLD.events


def test_a_sentence_that_the_teacher_did_not_see_has_no_chances() -> None:
    assert taught([OLD], [])[0].chances is None


def test_a_sentence_with_one_coded_event_alone_keeps_to_its_coders() -> None:
    assert taught([replace(OLD, events_whole=False)], [SEEN])[0].chances is None


def test_a_new_sentence_of_the_same_type_keeps_all_that_is_known_of_the_event() -> None:
    ((example,),) = new_examples([OLD], [new("SANCTION", 0.9, "banished")])
    assert example.events == (EXPEL,)
    assert example.forms[1] == "banished" and not example.events_whole


def test_a_new_sentence_of_another_type_keeps_parties_and_status_alone() -> None:
    ((example,),) = new_examples([OLD], [new("COERCE", 0.7)])
    assert example.events == (GoldEvent(1, "COERCE", None, False, "actual", None, EXPEL.roles),)


def test_a_new_sentence_that_likely_tells_no_event_keeps_none() -> None:
    ((example,),) = new_examples([OLD], [new("COERCE", 0.3)])
    assert example.events == () and example.chances == ((1, (("COERCE", 0.3),)),)


def test_new_sentences_of_one_origin_go_to_one_list_each() -> None:
    first, second = new_examples([OLD], [new("COERCE", 0.7), SEEN, new("AID", 0.6, "fed")])
    assert [e.forms[1] for e in (*first, *second)] == ["deported", "fed"]


def test_a_new_sentence_without_its_origin_is_left_out() -> None:
    assert new_examples([], [new("COERCE", 0.7)]) == []
