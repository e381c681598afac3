"""Whose minister or daughter somebody is called. All persons are invented."""

from __future__ import annotations

import pytest
from readings import Draft, reading, tree

from legation.coding.names import find_names
from legation.coding.owners import code_of_owner, owner_of
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer

PERU = "Peru Peru PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"
LIND = "Lind Lind PROPN NNP 2 nsubj | slept sleep VERB VBD 0 root"
HERE = "Rain rain NOUN NN 2 nsubj | fell fall VERB VBD 0 root | on on ADP IN 4 case | Peru Peru PROPN NNP 2 obl"


def own(word: str) -> Draft:
    """ "His envoy slept." """
    return tree(f"{word} {word} PRON PRP$ 2 nmod:poss | envoy envoy NOUN NN 3 nsubj | slept sleep VERB VBD 0 root")


def owner(word: str, *before: Draft) -> str | None:
    """The name that a word stands for in "his envoy", behind some sentences."""
    made = reading([*before, own(word)])
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    names = [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]
    found = owner_of(len(before), 1, sentences, names)
    return found.name if found else None


@pytest.mark.parametrize(("word", "name"), [("His", "Lind"), ("Her", "Lind"), ("Its", None)])
def test_his_and_her_are_of_the_person_who_was_the_subject_before(word: str, name: str | None) -> None:
    assert owner(word, tree(LIND, PER="Lind")) == name


@pytest.mark.parametrize(("word", "name"), [("Its", "Peru"), ("His", None)])
def test_its_is_of_the_state_that_was_the_subject_before(word: str, name: str | None) -> None:
    assert owner(word, tree(PERU, LOC="Peru")) == name


def test_what_was_no_subject_owns_nothing() -> None:
    assert owner("Its", tree(HERE, LOC="Peru")) is None


def test_what_stood_two_sentences_before_owns_nothing() -> None:
    rain = tree("Rain rain NOUN NN 2 nsubj | fell fall VERB VBD 0 root")
    assert owner("Its", tree(PERU, LOC="Peru"), rain) is None


def test_a_noun_without_such_a_word_has_no_owner() -> None:
    assert owner("The", tree(PERU, LOC="Peru")) is None


def test_the_code_is_that_of_the_owner() -> None:
    made = reading([tree(LIND, PER="Lind"), own("His")])
    sentences = [Phrases(sentence, made.text.body) for sentence in made.sentences]
    names = [find_names(n, phrases, Gazetteer.load()) for n, phrases in enumerate(sentences)]
    codes = {names[0][0].key: "NOR"}
    assert code_of_owner(1, 0, 2, sentences, names, codes) == "NOR"
    assert code_of_owner(1, 0, 2, sentences, names, {}) is None
