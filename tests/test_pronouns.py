"""Whom he and she mean. All sentences and persons are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from readings import Draft, reading, says, tree

from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.pronouns import (
    LEAST,
    LEAST_OF_SOURCE,
    NOBODY,
    PRONOUNS,
    Candidate,
    Meant,
    Story,
    Weights,
    persons_meant,
)
from legation.coding.references import UNNAMED, clause_of, persons, pronoun_role, quoted_words, role_of
from legation.coding.tables import Gazetteer

END = ". . PUNCT . 2 punct"


def subject(pronoun: str) -> Draft:
    return tree(f"{pronoun} {pronoun.lower()} PRON PRP 2 nsubj | left leave VERB VBD 0 root | {END}")


def meets(name: str, other: str) -> Draft:
    """ "Name met Other ." """
    lines = f"{name} {name} PROPN NNP 2 nsubj | met meet VERB VBD 0 root | {other} {other} PROPN NNP 2 obj | {END}"
    return tree(lines, PER=f"{name}|{other}")


def sentences_of(*drafts: Draft) -> list[Phrases]:
    made = reading(list(drafts))
    return [Phrases(s, made.text.body) for s in made.sentences]


def people_of(*drafts: Draft) -> Participants:
    return Participants(sentences_of(*drafts), Gazetteer.load(), None)


def meant(*drafts: Draft, weights: Weights | None = None) -> dict[tuple[int, int], Meant]:
    people = people_of(*drafts)
    return persons_meant(people.sentences, people.names, people.described, weights=weights)[0]


def features(*drafts: Draft) -> dict[str, dict[str, float]]:
    """The features of each candidate for the last pronoun of a text."""
    people = people_of(*drafts)
    found = list(Story(people.sentences, people.names, people.described).walk(Weights({})))
    return {candidate.key.removeprefix("person:"): dict(candidate.features) for candidate in found[-1][1]}


# ---------------------------------------------------------------- whom a pronoun means


def test_he_is_the_man_and_she_the_woman_of_the_sentence_before() -> None:
    for pronoun, key in (("He", "person:nils"), ("She", "person:oda")):
        (one,) = meant(meets("Nils", "Oda"), subject(pronoun)).values()
        assert one.key == key


def test_a_pronoun_before_any_person_is_left_out() -> None:
    assert meant(subject("He")) == {}


def test_a_pronoun_is_nobody_of_the_other_gender() -> None:
    lind = tree("Oda Oda PROPN NNP 3 nsubj | Lind Lind PROPN NNP 1 flat | left leave VERB VBD 0 root", PER="Oda Lind")
    assert meant(lind, subject("He")) == {}
    assert meant(lind, subject("She"))[1, 0].key == "person:oda lind"


def test_who_is_far_behind_is_no_candidate() -> None:
    calm = tree(f"Trade trade NOUN NN 2 nsubj | grew grow VERB VBD 0 root | {END}")
    assert meant(meets("Oda", "Nils"), *[calm] * 7, subject("She")) == {}


def test_somebody_unnamed_keeps_a_pronoun_open() -> None:
    woman = tree(
        f"A a DET DT 2 det | woman woman NOUN NN 3 nsubj | called call VERB VBD 0 root | . . PUNCT . 3 punct | {END}"
    )
    found = features(meets("Oda", "Nils"), woman, subject("She"))
    assert f"{UNNAMED}1:1" in found
    preferred = Weights({LEAST: 0.5, "unnamed": 9.0})
    assert meant(meets("Oda", "Nils"), woman, subject("She"), weights=preferred) == {}


def test_only_what_is_likely_enough_is_sure() -> None:
    text = (meets("Nils", "Oda"), subject("She"))
    chance = meant(*text, weights=Weights({LEAST: 0.5, "agrees:bare": 3.0}))[1, 0]
    assert chance.sure and chance.chance > 0.8
    assert not meant(*text, weights=Weights({LEAST: 0.99, "agrees:bare": 3.0}))[1, 0].sure


def test_what_a_pronoun_before_means_counts() -> None:
    found = features(meets("Oda", "Nils"), subject("She"), subject("She"))
    assert found["oda"]["as_last:before"] == found["oda"]["as_last:SS"] > 0
    assert "before:pronoun" in found["oda"]


def test_the_next_likely_is_told_as_who_it_is_if_not_the_likeliest() -> None:
    chance = meant(meets("Nils", "Lars"), subject("He"), weights=Weights({LEAST: 0.5, "before:subject:S": 1.0}))[1, 0]
    assert chance.key == "person:nils" and chance.other is not None
    assert chance.other.key == "person:lars" and chance.other.chance == pytest.approx(0.5)


def cued(name: str, verb: str, lemma: str) -> Draft:
    """ "Nils asked who left." """
    return tree(
        f"{name} {name} {'PRON PRP' if name in ('He', 'She') else 'PROPN NNP'} 2 nsubj | {verb} {lemma} VERB VBD 0 root | "
        "who who PRON WP 4 nsubj | left leave VERB VBD 2 ccomp | . . PUNCT . 2 punct",
        says(verb, name, "who left"),
        **({} if name in ("He", "She") else {"PER": name}),
    )


@pytest.mark.parametrize("verb, lemma", [("replied", "reply"), ("answered", "answer"), ("retorted", "retort")])
def test_who_asked_is_not_who_replies(verb: str, lemma: str) -> None:
    assert "nils" not in features(meets("Lars", "Ivar"), cued("Nils", "asked", "ask"), cued("He", verb, lemma))
    assert "nils" in features(meets("Lars", "Ivar"), cued("Nils", "asked", "ask"), cued("He", "said", "say"))
    assert "nils" in features(meets("Lars", "Ivar"), cued("Nils", "said", "say"), cued("He", verb, lemma))


# ---------------------------------------------------------------- features


def test_who_is_spoken_of_in_a_quotation_is_not_its_speaker() -> None:
    quoting = tree(
        "“ “ PUNCT `` 3 punct | He he PRON PRP 3 nsubj | lied lie VERB VBD 6 ccomp | , , PUNCT , 3 punct | "
        "” ” PUNCT '' 3 punct | said say VERB VBD 0 root | Nils Nils PROPN NNP 6 nsubj | . . PUNCT . 6 punct",
        says("said", "Nils", "“ He lied , ”"),
        PER="Nils",
    )
    found = features(meets("Lars", "Nils"), quoting)
    assert found["nils"]["speaks_it:quoted"] == 1.0
    assert "speaks_it:quoted" not in found["lars"]


@pytest.mark.parametrize("open_mark, close_mark, possible", [("“", "”", False), ("-", "-", True)])
def test_who_is_named_in_a_quotation_is_not_its_speaker(open_mark: str, close_mark: str, possible: bool) -> None:
    quoting = tree(
        f"{open_mark} {open_mark} PUNCT `` 3 punct | Nils Nils PROPN NNP 3 nsubj | lied lie VERB VBD 7 ccomp | "
        f", , PUNCT , 3 punct | {close_mark} {close_mark} PUNCT '' 3 punct | he he PRON PRP 7 nsubj | "
        "said say VERB VBD 0 root | . . PUNCT . 7 punct",
        says("said", "he", f"{open_mark} Nils lied , {close_mark}"),
        PER="Nils",
    )
    found = features(meets("Lars", "Nils"), quoting)
    assert "lars" in found and ("nils" in found) == possible


def test_who_spoke_last_may_speak_again() -> None:
    speaking = tree(
        "Nils Nils PROPN NNP 2 nsubj | said say VERB VBD 0 root | trade trade NOUN NN 4 nsubj | "
        "grew grow VERB VBD 2 ccomp",
        says("said", "Nils", "trade grew"),
        PER="Nils",
    )
    again = tree(
        "He he PRON PRP 2 nsubj | said say VERB VBD 0 root | tolls toll NOUN NNS 4 nsubj | fell fall VERB VBD 2 ccomp",
        says("said", "He", "tolls fell"),
    )
    found = features(meets("Lars", "Nils"), speaking, again)
    assert found["nils"]["spoke:0"] == 1.0 and "spoke:0" not in found["lars"]


def test_whose_brother_he_is_is_not_the_brother() -> None:
    brother = tree(
        "Nils Nils PROPN NNP 2 nsubj | met meet VERB VBD 0 root | his his PRON PRP$ 4 nmod:poss | "
        "brother brother NOUN NN 2 obj | Lars Lars PROPN NNP 4 appos | . . PUNCT . 2 punct",
        PER="Nils|Lars",
    )
    found = features(brother)
    assert found["lars"]["after:owned"] == 1.0
    assert found["nils"]["own_subject:P"] == 1.0


def test_the_subject_above_and_its_verb_are_told() -> None:
    hoping = tree(
        "Nils Nils PROPN NNP 2 nsubj | hoped hope VERB VBD 0 root | that that SCONJ IN 5 mark | "
        "he he PRON PRP 5 nsubj | won win VERB VBD 2 ccomp | . . PUNCT . 2 punct",
        PER="Nils",
    )
    found = features(hoping)["nils"]
    assert {"above:ccomp:next:S", "above:ccomp:verb:hope:S", "above:ccomp:mark:that:S"} <= found.keys()


def test_roles_and_clauses() -> None:
    (phrases,) = sentences_of(meets("Nils", "Oda"))
    assert (role_of(phrases, 0), role_of(phrases, 2), clause_of(phrases, 2)) == ("subject", "object", 1)
    (phrases,) = sentences_of(subject("She"))
    assert pronoun_role(phrases, 0) == "S"


def test_a_noun_in_apposition_is_nobody_else() -> None:
    minister = tree(
        "The the DET DT 2 det | minister minister NOUN NN 6 nsubj | , , PUNCT , 2 punct | Nils Nils PROPN NNP 2 appos | "
        ", , PUNCT , 2 punct | left leave VERB VBD 0 root",
        PER="Nils",
    )
    sentences = sentences_of(minister)
    names = Participants(sentences, Gazetteer.load(), None).names
    assert [one.key for one in persons(sentences, names, lambda number, word: None)[0]] == ["person:nils"]


def test_a_noun_that_is_described_is_a_reference_to_the_person() -> None:
    sentences = sentences_of(
        tree("The the DET DT 2 det | minister minister NOUN NN 3 nsubj | left leave VERB VBD 0 root")
    )
    (one,) = persons(sentences, [[]], lambda number, word: "person:nils")[0]
    assert (one.key, one.kind) == ("person:nils", "noun")


def test_a_paragraph_begins_outside_of_any_quotation() -> None:
    opened = tree("“ “ PUNCT `` 2 punct | Stay stay VERB VB 0 root")
    closed = tree("Go go VERB VB 0 root | ” ” PUNCT '' 1 punct | . . PUNCT . 1 punct")
    made = reading([opened, closed], closed)
    found = quoted_words([Phrases(s, made.text.body) for s in made.sentences])
    assert found == [[True, True], [True, False, False], [False, False, False]]


# ---------------------------------------------------------------- weights


def test_the_shipped_weights_are_numbers_and_say_what_is_likely_enough() -> None:
    weights = Weights.load()
    assert 0.5 < weights.least < 1.0 and NOBODY in weights.values


@given(st.lists(st.dictionaries(st.sampled_from(["near", "far", "strange"]), st.floats(0, 1)), max_size=5))
def test_chances_are_shares_of_one(found: list[dict[str, float]]) -> None:
    weights = Weights({"near": 800.0, "far": -800.0, NOBODY: 0.1})
    chances = weights.chances([Candidate(str(at), one) for at, one in enumerate(found)])
    assert all(0.0 <= chance <= 1.0 for chance in chances) and sum(chances) <= 1.0 + 1e-9


def test_who_is_surely_of_the_other_gender_is_not_weighed() -> None:
    fits, other = {"near": 1.0}, {"near": 1.0, "differs:sure": 1.0}
    weights = Weights({"near": 1.0, NOBODY: 0.0})
    assert weights.chances([Candidate("a", fits), Candidate("b", other)]) == [
        *weights.chances([Candidate("a", fits)]),
        0,
    ]


@given(st.lists(st.sampled_from(["He", "she", "Nils", "Oda"]), min_size=1, max_size=12))
def test_any_row_of_subjects_is_walked_once_a_pronoun(words: list[str]) -> None:
    drafts = [subject(word) if word.lower() in PRONOUNS else meets(word, "Berg") for word in words]
    people = people_of(*drafts)
    walked = [place for place, _, _ in Story(people.sentences, people.names).walk(Weights.load())]
    assert walked == [(number, 0) for number, word in enumerate(words) if word.lower() in PRONOUNS]


# ---------------------------------------------------------------- in use


def test_sure_pronouns_are_mentions_and_others_only_likely() -> None:
    people = people_of(meets("Nils", "Oda"), subject("He"), subject("She"))
    people.take_meant({(1, 0): Meant("person:nils", 0.9, True), (2, 0): Meant("person:oda", 0.4, False)}, {})
    mentions = {entity.name: [span.text for span in entity.mentions] for entity in people.entities(set())[0]}
    assert mentions == {"Nils": ["Nils", "He"], "Oda": ["Oda"]}
    assert people.pronouns == {(1, 0): "person:nils"}
    assert people.may_mean(2, 0, "person:oda") and not people.may_mean(2, 0, "person:nils")
    assert people.may_mean(2, 1, "person:nils")


@pytest.mark.parametrize("key", ["person:nobody", "unnamed:0:1"])
def test_who_is_no_entity_is_never_meant(key: str) -> None:
    people = people_of(meets("Nils", "Oda"), subject("He"))
    people.take_meant({(1, 0): Meant(key, 0.99, True)}, {})
    assert people.pronouns == {}


def test_a_pronoun_that_says_something_is_answered_from_a_lower_chance() -> None:
    said = tree(
        "He he PRON PRP 2 nsubj | said say VERB VBD 0 root | trade trade NOUN NN 4 nsubj | grew grow VERB VBD 2 ccomp | "
        ". . PUNCT . 2 punct",
        says("said", "He", "trade grew"),
    )
    weights = Weights({NOBODY: 0.0, "agrees:bare": 1.0, "agrees:sure": 1.0, LEAST: 0.9, LEAST_OF_SOURCE: 0.5})
    for draft, sure in ((said, True), (subject("He"), False)):
        (one,) = meant(meets("Nils", "Oda"), draft, weights=weights).values()
        assert 0.5 <= one.chance < 0.9 and one.sure is sure
