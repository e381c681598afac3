"""What the teacher says of sentences, kept in a file, and the examples made of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from training.corpora import Example, GoldEvent
from training.silver import Mark, Silver, new_examples, read_silver, with_marks, with_teacher, write_silver

EXPEL = GoldEvent(1, "SANCTION", "expel", True, "actual", ("diplomatic",), (("ACTOR", 0, 1), ("RECIPIENT", 2, 4)))
OLD = Example("events-1", ("Norland", "expelled", "two", "envoys", "."), (True,) * 5, events=(EXPEL,))
ROLES = ((0, "B-ACTOR", 0.9), (2, "B-RECIPIENT", 0.8), (3, "I-RECIPIENT", 0.7), (4, "B-ACTOR", 0.2))


def mark(type_: str = "SANCTION", chance: float = 0.8, mode: str = "SANCTION.expel", **changed: object) -> Mark:
    found = Mark(
        1, ((type_, chance), ("REJECT", 0.1)), ((mode, 0.7),), (("actual", 0.9),), (("diplomatic", 0.6), ("legal", 0.2)),
        ROLES,
    )  # fmt: skip
    return replace(found, **changed)  # type: ignore[arg-type]


SEEN = Silver("events-1", None, (mark(),))


def new(verb: str, *marks: Mark) -> Silver:
    return Silver("events-1", ("Sudland", verb, "two", "envoys", "."), marks)


def test_what_is_written_is_read(tmp_path: Path) -> None:
    records = [SEEN, new("deported", mark("COERCE", 0.7)), Silver("other", None, ())]
    write_silver(records, tmp_path / "silver.xz")
    assert list(read_silver(tmp_path / "silver.xz")) == records


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xz", "two.xz"):
        write_silver([SEEN, new("deported", mark())], tmp_path / name)
    assert (tmp_path / "one.xz").read_bytes() == (tmp_path / "two.xz").read_bytes()


# ---------------------------------------------------------------- beside an annotation


def test_a_sentence_gets_what_is_said_of_its_own_words_not_of_new_ones() -> None:
    (example,) = with_teacher([OLD], [SEEN, new("deported", mark("COERCE", 0.7))])
    assert example.chances == ((1, (("SANCTION", 0.8), ("REJECT", 0.1))),)


def test_an_annotated_event_keeps_its_annotation() -> None:
    (example,) = with_teacher([OLD], [SEEN])
    assert example.events == (EXPEL,)


def test_an_annotated_event_that_the_teacher_does_not_see_stays() -> None:
    (example,) = with_teacher([OLD], [replace(SEEN, marks=())])
    assert example.events == (EXPEL,) and example.chances == ()


def test_a_sentence_that_the_teacher_did_not_read_stays_as_it_is() -> None:
    assert with_teacher([OLD], []) == [OLD]


def test_a_sentence_with_one_coded_event_alone_keeps_to_its_coders() -> None:
    coded = replace(OLD, events_whole=False)
    assert with_teacher([coded], [SEEN]) == [coded]


# ---------------------------------------------------------------- in place of one


def test_where_nobody_annotated_the_likely_events_are_the_teachers() -> None:
    (example,) = with_teacher([replace(OLD, events=None)], [SEEN])
    assert example.events == (replace(EXPEL, contexts=None),)
    assert not example.events_whole


def test_an_unlikely_event_is_a_chance_and_no_event() -> None:
    example = with_marks(OLD, (mark("COERCE", 0.3),))
    assert example.events == () and example.chances == ((1, (("COERCE", 0.3), ("REJECT", 0.1))),)


def test_a_mode_of_another_type_is_none_that_is_known() -> None:
    (event,) = with_marks(OLD, (mark("COERCE", 0.7),)).events or ()
    assert (event.type, event.mode, event.mode_known) == ("COERCE", None, False)


def test_a_type_alone_is_a_known_lack_of_mode() -> None:
    (event,) = with_marks(OLD, (mark(mode="SANCTION"),)).events or ()
    assert (event.mode, event.mode_known) == (None, True)


def test_a_status_that_is_not_likely_is_not_known() -> None:
    (event,) = with_marks(OLD, (mark(statuses=(("actual", 0.45), ("future", 0.4))),)).events or ()
    assert event.status is None


def test_two_names_that_begin_anew_are_two_parties() -> None:
    roles = ((2, "B-RECIPIENT", 0.9), (3, "B-RECIPIENT", 0.9), (4, "I-ACTOR", 0.9))
    (event,) = with_marks(OLD, (mark(roles=roles),)).events or ()
    assert event.roles == (("RECIPIENT", 2, 3), ("RECIPIENT", 3, 4), ("ACTOR", 4, 5))


# ---------------------------------------------------------------- new sentences


def test_new_sentences_of_one_origin_go_to_different_lists() -> None:
    first, second = new_examples([OLD], [new("deported", mark()), SEEN, new("fed", mark("AID", 0.6))], 2)
    assert [e.forms[1] for e in (*first, *second)] == ["deported", "fed"]
    assert {e.id for e in (*first, *second)} == {"new-events-1"}


def test_a_new_sentence_has_words_and_events_and_no_other_layer() -> None:
    ((example,),) = new_examples([replace(OLD, attributions=())], [new("banished", mark())], 1)
    assert [e.type for e in example.events or ()] == ["SANCTION"]
    assert example.attributions is None and len(example.spaces) == 5


def test_a_new_sentence_without_its_origin_is_left_out() -> None:
    assert new_examples([], [new("deported", mark())], 2) == [[], []]


def test_a_new_sentence_has_the_roles_of_its_origin_where_its_event_stands_at_the_same_place() -> None:
    ((told,),) = new_examples([OLD], [new("deported", mark(roles=()))], 1)
    assert [event.roles for event in told.events or ()] == [EXPEL.roles]
    ((other,),) = new_examples([OLD], [new("deported", mark(word=4, roles=((0, "B-ACTOR", 0.9),)))], 1)
    assert [event.roles for event in other.events or ()] == [(("ACTOR", 0, 1),)]
