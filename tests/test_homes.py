"""Of which of the states that a sentence by itself names somebody is. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding.homes import candidates, home_named, load_weights
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.pronouns import LEAST, NOBODY, Candidate, Weights
from legation.coding.tables import Gazetteer
from training.event_corpus import Sentence
from training.event_drafts import Event, Party
from training.homes import fitted, rendered, rows_of
from training.pronouns import RAREST

ARMY = tree(
    "Peru Peru PROPN NNP 2 nsubj | warned warn VERB VBD 0 root | Chile Chile PROPN NNP 2 obj | after after SCONJ IN 7 mark | "
    "the the DET DT 6 det | army army NOUN NN 7 nsubj | fired fire VERB VBD 2 advcl",
    LOC="Peru|Chile",
)
PLACED = tree(
    "Farmers farmer NOUN NNS 2 nsubj | slept sleep VERB VBD 0 root | in in ADP IN 4 case | Peru Peru PROPN NNP 2 obl",
    LOC="Peru",
)


def people_of(*drafts: Draft) -> Participants:
    """The participants of a paragraph."""
    made = reading(list(drafts))
    return Participants([Phrases(s, made.text.body) for s in made.sentences], Gazetteer.load(), None)


def of_army(**told: str | None) -> list[Candidate]:
    """The states of which the army of the sentence may be."""
    people = people_of(ARMY)
    return candidates(5, "army", people.sentences[0], people.names[0], told)


def test_each_state_that_the_sentence_names_is_one() -> None:
    assert [one.key for one in of_army()] == ["PER", "CHL"]


def test_what_a_rule_says_speaks_for_its_state_alone() -> None:
    first, second = of_army(home="PER", met=None)
    assert "told:home" in first.features and "told:home" not in second.features
    assert "without:met" in first.features and "without:met" in second.features


def test_a_state_is_told_by_its_place_in_the_clauses() -> None:
    first, second = of_army()
    assert "above:before:subject" in first.features and "above:before:object" in second.features
    assert "last before" in second.features and "first" in first.features


@pytest.mark.parametrize(("least", "code"), [(0.9, None), (0.5, "PER")])
def test_a_state_must_be_likely_enough(least: float, code: str | None) -> None:
    weights = Weights({"above:before:subject": 2.0, NOBODY: 0.0, LEAST: least})
    assert home_named(of_army(), weights) == code


def test_without_a_state_nobody_is_of_one() -> None:
    assert home_named([], load_weights()) is None


def test_a_sentence_by_itself_leaves_it_to_the_weights_and_an_article_to_the_rules() -> None:
    people = people_of(PLACED)
    key = people.of_word(0, 0)[0].key
    assert people.is_alone and {f for one in people.homes(key) for f in one.features} >= {"told:met", "told:home"}
    assert people_of(PLACED, PLACED).of_word(0, 0)[0].code == "PER"


def test_who_is_of_a_state_by_the_words_themselves_is_left_alone() -> None:
    people = people_of(PLACED)
    assert people.homes(people.of_word(0, 3)[0].key) == []


def test_a_party_is_learned_from_once_with_the_state_that_it_is_of() -> None:
    text = reading(ARMY)
    army = Party((text.text.body.index("the army"), text.text.body.index(" fired")), "CHL.MIL")
    event = Event((0, 4), "ASSAULT", None, (army,), (), "actual", ())
    sentence = Sentence("s", "g", "train", text.text.body, (event, event))
    ((found, truth),) = rows_of(sentence, text)
    assert [one.key for one in found] == ["PER", "CHL"] and truth.right == frozenset({"CHL"})


def test_the_weights_prefer_what_is_mostly_right() -> None:
    text = reading(ARMY)
    army = Party((text.text.body.index("the army"), text.text.body.index(" fired")), "PER.MIL")
    event = Event((0, 4), "ASSAULT", None, (army,), (), "actual", ())
    rows = list(rows_of(Sentence("s", "g", "train", text.text.body, (event,)), text)) * RAREST
    weights = fitted(rows)
    assert home_named(of_army(seated=None, met=None, home=None), weights) == "PER"
    assert "Licence: CC BY 4.0" in rendered(weights)
