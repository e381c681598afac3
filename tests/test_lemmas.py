"""Lemmas as edits of a word, and the table of known forms before them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from legation.read.lemmas import Lemmatizer, apply_rule, rule_of
from training.lemmas import event_verbs


@pytest.mark.parametrize(
    ("form", "lemma", "rule"),
    [
        ("treaties", "treaty", "l:3:y"),
        ("Talks", "talk", "l:1:"),
        ("said", "say", "l:2:y"),
        ("agreed", "agree", "l:1:"),
        ("running", "run", "l:4:"),
        ("Paris", "Paris", "k:0:"),
        ("NATO", "NATO", "k:0:"),
        ("NATO", "nato", "l:0:"),
        ("ITALY", "Italy", "t:0:"),
        ("went", "go", "=go"),
        ("were", "be", "=be"),
        ("n't", "not", "l:2:ot"),
        ("is", "be", "=be"),
    ],
)
def test_a_word_and_its_lemma_give_the_rule_training_learned(form: str, lemma: str, rule: str) -> None:
    assert rule_of(form, lemma) == rule


@given(st.text(max_size=12), st.text(max_size=12))
@example("İstanbul", "istanbul")
@example("İSTANBUL", "İstanbul")
@example("STRASSE", "Straße")
@example("straße", "Strasse")
@example("ß", "SS")
@example("ǅungla", "ǆungla")
@example("Ǆ", "ǅ")
@example("ΟΔΟΣ", "οδος")
@example("ﬁnes", "fine")
@example("a:b:c", "a:b")
@example("=", "==")
@example("", "=")
@example("off", "")
@example("", "")
@example("\ud800s", "\ud800")
def test_the_rule_of_a_pair_makes_its_lemma(form: str, lemma: str) -> None:
    assert apply_rule(form, rule_of(form, lemma)) == lemma


@given(st.text(min_size=1, max_size=8), st.sampled_from("lkt"), st.integers(0, 12), st.text(max_size=3))
def test_a_rule_for_another_word_never_leaves_nothing(form: str, case: str, strip: int, added: str) -> None:
    assert apply_rule(form, f"{case}:{strip}:{added}") != ""


def test_a_rule_that_strips_more_than_there_is_leaves_the_word() -> None:
    assert apply_rule("as", "l:3:y") == "as"
    assert apply_rule("US", "l:2:") == "US"


def test_a_rule_learned_on_one_word_serves_its_like() -> None:
    assert apply_rule("embassies", rule_of("treaties", "treaty")) == "embassy"
    assert apply_rule("Vetoed", rule_of("Signed", "sign")) == "veto"


@pytest.fixture(scope="module")
def lemmatizer() -> Lemmatizer:
    return Lemmatizer({"VERB": {"left": "leave"}, "NOUN": {"left": "left"}})


def test_a_known_form_takes_the_lemma_of_its_class(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("Left", "VERB", "l:0:") == "leave"
    assert lemmatizer.lemma("left", "NOUN", "=leave") == "left"


def test_an_unknown_form_or_class_takes_the_rule(lemmatizer: Lemmatizer) -> None:
    assert lemmatizer.lemma("Treaties", "NOUN", "l:3:y") == "treaty"
    assert lemmatizer.lemma("left", "ADJ", "k:0:") == "left"


@pytest.mark.parametrize(
    ("form", "upos", "lemma"),
    [("said", "VERB", "say"), ("met", "VERB", "meet"), ("was", "AUX", "be"), ("countries", "NOUN", "country")],
)
def test_the_shipped_table_knows_frequent_irregular_forms(form: str, upos: str, lemma: str) -> None:
    assert Lemmatizer.load().lemma(form, upos, "k:0:") == lemma


def test_the_verbs_that_tell_events_are_listed_once_and_in_order() -> None:
    verbs = event_verbs()
    assert verbs == sorted(set(verbs)) and {"abandon", "veto"} <= set(verbs)
    assert all(verb.isalpha() and verb.islower() for verb in verbs)
