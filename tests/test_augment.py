"""New sentences of old ones: which words change, and for what."""

from __future__ import annotations

import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from training.augment import Pools, common_words, trigger_pools, varied, words_by_tag
from training.corpora import Example, GoldEvent

EXPEL = GoldEvent(1, "SANCTION", "expel", True, "actual", (), ())
OLD = Example("1", ("Norland", "expelled", "an", "angry", "envoy", "."), (True,) * 6, events=(EXPEL,))
TAGS = ("NNP", "VBD", "DT", "JJ", "NN", ".")
CALL = GoldEvent(1, "REQUEST", None, True, "actual", (), ())
CALLED = Example("2", ("They", "called", "on", "him"), (True,) * 4, events=(CALL,))
NOTHING = Pools({}, {}, ())


def banish(verb: str = "banished") -> Example:
    return replace(OLD, forms=("Norland", verb, *OLD.forms[2:]))


def forms_of(
    pools: Pools, times: int = 40, example: Example = OLD, tags: tuple[str, ...] = TAGS
) -> set[tuple[str, ...]]:
    rng = random.Random(5)
    found = (varied(example, tags, pools, rng) for _ in range(times))
    return {e.forms for e in found if e is not None}


def test_a_trigger_changes_for_others_of_its_type_and_form() -> None:
    pools = Pools(trigger_pools([(OLD, TAGS), (banish(), TAGS)]), {}, ())
    assert {forms[1] for forms in forms_of(pools)} == {"banished"}


def test_a_trigger_with_a_particle_is_another_word() -> None:
    pools = trigger_pools([(CALLED, ("PRP", "VBD", "IN", "PRP")), (OLD, TAGS)])
    assert pools["", "", "VBD", "on"] == ("called",) and pools["", "", "VBD", ""] == ("expelled",)


def test_a_trigger_alone_of_its_kind_stays() -> None:
    assert forms_of(Pools(trigger_pools([(OLD, TAGS)]), {}, ())) == set()


def test_a_trigger_sometimes_gives_place_to_any_word_of_its_tag() -> None:
    pools = Pools({}, {}, (), words_by_tag([(OLD, TAGS), (banish("sang"), TAGS)]))
    assert {forms[1] for forms in forms_of(pools)} == {"sang"}


def test_words_by_tag_are_all_in_small_letters_with_an_open_tag() -> None:
    assert words_by_tag([(OLD, TAGS)]) == {"JJ": ("angry",), "NN": ("envoy",), "VBD": ("expelled",)}


def test_a_common_word_changes_for_its_neighbours_and_takes_the_article_with_it() -> None:
    pools = Pools({}, {("angry", "JJ"): ("furious",)}, ())
    assert forms_of(pools) == {("Norland", "expelled", "a", "furious", "envoy", ".")}


def test_a_state_changes_for_another_the_same_throughout() -> None:
    twice = replace(OLD, forms=("Norland", "expelled", "an", "angry", "Norland", "."))
    found = forms_of(Pools({}, {}, ({"Norland": ("Sudland", "Ostland")},)), 60, twice)
    assert {(f[0], f[4]) for f in found} == {("Sudland", "Sudland"), ("Ostland", "Ostland")}


def test_a_word_takes_the_capitals_of_the_one_it_stands_for() -> None:
    first = replace(OLD, forms=("Expelled", "EXPELLED"), events=(replace(EXPEL, word=0), EXPEL))
    pools = Pools({("", "", "VBD", ""): ("banished", "deported")}, {}, ())
    for one, two in forms_of(pools, 40, first, ("VBD", "VBD")):
        assert one in ("Expelled", "Banished", "Deported") and two in ("EXPELLED", "BANISHED", "DEPORTED")


def test_nothing_to_change_makes_nothing() -> None:
    assert varied(OLD, TAGS, NOTHING, random.Random(1)) is None


def test_common_words_are_those_seen_often_in_small_letters() -> None:
    assert common_words([(OLD, TAGS)] * 3) == [("angry", "JJ"), ("envoy", "NN"), ("expelled", "VBD")]
    assert common_words([(OLD, TAGS)] * 2) == []


@given(st.integers())
def test_every_word_keeps_its_place(seed: int) -> None:
    pools = Pools(
        trigger_pools([(OLD, TAGS), (banish(), TAGS), (banish("deported"), TAGS)]),
        {("envoy", "NN"): ("actor",), ("angry", "JJ"): ("sad",)},
        ({"Norland": ("Sudland",)},),
    )
    made = varied(OLD, TAGS, pools, random.Random(seed))
    if made is not None:
        assert len(made.forms) == len(OLD.forms) and made.events == OLD.events
        assert made.forms[-1] == "."
