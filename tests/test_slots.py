"""Rules against words: conditions that hold, and who stands in the slots. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, does, reading, tree

from legation.coding.lexicon import EventRule, load_rules
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.slots import Slots
from legation.coding.tables import Gazetteer


def slots(draft: Draft, word: str) -> Slots:
    """A word of a sentence as the rules ask about it."""
    made = reading(draft)
    phrases = Phrases(made.sentences[0], made.text.body)
    return Slots(0, draft.words.index(word), phrases, Participants([phrases], Gazetteer.load(), None), load_rules())


def rule(**conditions: tuple[str, ...]) -> EventRule:
    """A rule with these conditions."""
    asked = {name: conditions.get(name, ()) for name in ("particles", "objects", "complements", "subjects")}
    return EventRule(
        "send", "V", asked["particles"], asked["objects"], asked["complements"], asked["subjects"],
        "AID", None, ("ARG0",), ("to",), False, False, (), "any", "", "", (), 1,
    )  # fmt: skip


def who(draft: Draft, word: str, *names: str) -> list[str | None]:
    """The codes of who stands in the first of the slots that is filled."""
    return [p.code for p in slots(draft, word).fill(names)]


SENT = tree(
    "Iran Iran PROPN NNP 2 nsubj | sent send VERB VBD 0 root | out out ADP RP 2 compound:prt | "
    "heavy heavy ADJ JJ 5 amod | weapons weapon NOUN NNS 2 obj | "
    "and and CCONJ CC 7 cc | food food NOUN NN 5 conj | to to ADP IN 9 case | "
    "Iraq Iraq PROPN NNP 2 obl | to to PART TO 11 mark | help help VERB VB 2 advcl",
    LOC="Iran|Iraq",
)


@pytest.mark.parametrize(
    "conditions, expected",
    [
        ({}, True),
        ({"particles": ("out",)}, True),
        ({"particles": ("to",)}, True),
        ({"particles": ("off",)}, False),
        ({"particles": ("off", "out")}, True),
        ({"objects": ("weapon",)}, True),
        ({"objects": ("food",)}, True),
        ({"objects": ("@weapon",)}, True),
        ({"objects": ("ambassador",)}, False),
        ({"objects": ("-",)}, False),
        ({"objects": ("heavy-weapon",)}, True),
        ({"complements": ("help",)}, True),
        ({"complements": ("withdraw",)}, False),
        ({"subjects": ("iran",)}, True),
        ({"subjects": ("police",)}, False),
        ({"particles": ("out",), "objects": ("ambassador",)}, False),
    ],
)
def test_every_condition_must_hold_and_any_of_its_words_will_do(
    conditions: dict[str, tuple[str, ...]], expected: bool
) -> None:
    assert slots(SENT, "sent").holds(rule(**conditions)) is expected


def test_a_dash_asks_that_there_be_no_object() -> None:
    draft = tree("Iran Iran PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root", LOC="Iran")
    assert slots(draft, "slept").holds(rule(objects=("-",)))


def test_a_particle_before_the_verb_is_none() -> None:
    draft = tree("out out ADV RB 2 advmod | sent send VERB VBD 0 root | Iran Iran PROPN NNP 2 nsubj")
    assert not slots(draft, "sent").holds(rule(particles=("out",)))


def test_the_subject_fills_arg0_and_the_object_arg1() -> None:
    draft = tree("Iran Iran PROPN NNP 2 nsubj | sued sue VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj", LOC="Iran|Iraq")
    assert (who(draft, "sued", "ARG0"), who(draft, "sued", "ARG1")) == (["IRN"], ["IRQ"])


def test_in_the_passive_they_change_places() -> None:
    draft = tree(
        "Iraq Iraq PROPN NNP 3 nsubj:pass | was be AUX VBD 3 aux:pass | sued sue VERB VBN 0 root | "
        "by by ADP IN 5 case | Iran Iran PROPN NNP 3 obl:agent",
        LOC="Iran|Iraq",
    )
    assert (who(draft, "sued", "ARG0"), who(draft, "sued", "ARG1")) == (["IRN"], ["IRQ"])


def test_a_preposition_is_a_slot() -> None:
    assert who(SENT, "sent", "from", "to") == ["IRQ"]
    assert who(SENT, "sent", "from") == []


def test_the_first_slot_that_holds_somebody_new_is_taken() -> None:
    found = slots(SENT, "sent").fill(("ARG0", "to"), frozenset({"state:IRN"}))
    assert [p.code for p in found] == ["IRQ"]


def test_a_dash_is_a_slot_for_nobody() -> None:
    assert who(SENT, "sent", "-") == []


def test_in_arg1_is_whoever_is_named_inside() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 2 nsubj | sued sue VERB VBD 0 root | friends friend NOUN NNS 2 obj | "
        "of of ADP IN 5 case | Iraq Iraq PROPN NNP 3 nmod",
        LOC="Iran|Iraq",
    )
    assert who(draft, "sued", "in-ARG1") == ["IRQ"]
    framed = Draft(draft.rows, draft.names, (does("sued", ("ARG1", "friends of Iraq")),))
    assert who(framed, "sued", "in-ARG1") == ["IRQ"]


VISIT = tree(
    "Iran Iran PROPN NNP 3 nmod:poss | ’s ’s PART POS 1 case | visit visit NOUN NN 6 nsubj | "
    "to to ADP IN 5 case | Iraq Iraq PROPN NNP 3 nmod | "
    "ended end VERB VBD 0 root",
    LOC="Iran|Iraq",
)


def test_a_possessor_and_a_preposition_of_a_noun() -> None:
    assert (who(VISIT, "visit", "poss"), who(VISIT, "visit", "to")) == (["IRN"], ["IRQ"])
    assert who(VISIT, "visit", "modifier") == []


def test_a_modifier_of_a_noun() -> None:
    draft = tree(
        "Iranian iranian ADJ JJ 2 amod | visits visit NOUN NNS 3 nsubj | ended end VERB VBD 0 root",
        NORP="Iranian",
    )
    assert who(draft, "visits", "modifier") == ["IRN"]


@pytest.mark.parametrize("relation, expected", [("obj", ["IRN"]), ("nsubj", [])])
def test_the_subject_of_the_governing_verb(relation: str, expected: list[str]) -> None:
    draft = tree(
        f"Iran Iran PROPN NNP 2 nsubj | paid pay VERB VBD 0 root | visits visit NOUN NNS 2 {relation}",
        LOC="Iran",
    )
    assert who(draft, "visits", "subject-of-governor") == expected


def test_the_governing_verb_in_the_passive_has_no_actor_as_subject() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 3 nsubj:pass | was be AUX VBD 3 aux:pass | offered offer VERB VBN 0 root | "
        "talks talk NOUN NNS 3 obj",
        LOC="Iran",
    )
    assert who(draft, "talks", "subject-of-governor") == []
