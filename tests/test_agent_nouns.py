"""What somebody is called by what he does: the table of verbs and the titles in -er and -or. All is invented."""

from __future__ import annotations

import pytest
from readings import Draft, phrases, reading, says, tree

from legation.coding import code
from legation.coding.descriptions import agent_nouns, agents_for, nouns_for
from legation.coding.personal import is_personal
from legation.shipped import read_table

ROWS = [(row["verb"], row["nouns"].split("|")) for row in read_table("agent_nouns.csv")]


def test_each_verb_has_one_row_and_each_noun_stands_once_in_it() -> None:
    verbs = [verb for verb, _ in ROWS]
    assert len(set(verbs)) == len(verbs)
    assert all(
        len(set(nouns)) == len(nouns) and all(noun == noun.strip().lower() for noun in nouns) for _, nouns in ROWS
    )


def test_the_nouns_of_the_table_are_for_persons_or_say_so_with_more_words() -> None:
    known = {noun for _, nouns in ROWS for noun in nouns if " " not in noun}
    assert len([noun for noun in known if is_personal(noun)]) > 0.9 * len(known)


@pytest.mark.parametrize(
    ("verb", "noun"), [("teach", "professor"), ("defend", "lawyer"), ("fly", "pilot"), ("edit", "editor")]
)
def test_a_verb_of_the_table_tells_a_trade(verb: str, noun: str) -> None:
    assert noun in agent_nouns(verb)


@pytest.mark.parametrize(("verb", "noun"), [("paint", "painter"), ("negotiate", "negotiator"), ("mine", "miner")])
def test_a_verb_without_a_row_makes_the_title_that_ends_like_it(verb: str, noun: str) -> None:
    assert noun in agent_nouns(verb)


@pytest.mark.parametrize("verb", ["say", "read", "see", "come", "hesitate"])
def test_what_everybody_does_is_no_trade(verb: str) -> None:
    assert agent_nouns(verb) == ()


def who(verb: str, lemma: str, whom: str = "history") -> Draft:
    """ "Oda Lind, who teaches history, stayed." """
    return tree(
        "Oda Oda PROPN NNP 8 nsubj | Lind Lind PROPN NNP 1 flat | , , PUNCT , 5 punct | who who PRON WP 5 nsubj | "
        f"{verb} {lemma} VERB VBZ 1 acl:relcl | {whom} {whom} NOUN NN 5 obj | , , PUNCT , 1 punct | "
        "stayed stay VERB VBD 0 root | . . PUNCT . 8 punct",
        PER="Oda Lind",
    )


def the(noun: str) -> Draft:
    """ "The teacher said that trade grew." """
    return tree(
        f"The the DET DT 2 det | {noun} {noun} NOUN NN 3 nsubj | said say VERB VBD 0 root | that that SCONJ IN 6 mark | "
        "trade trade NOUN NN 6 nsubj | grew grow VERB VBD 3 ccomp | . . PUNCT . 3 punct",
        says("said", f"The {noun}", "that trade grew"),
    )


def speaker(*paragraphs: Draft | list[Draft]) -> str | None:
    """The name of the person who makes the last statement of an article."""
    report = code(reading(*paragraphs))
    persons = {entity.id: entity.name for entity in report.entities if entity.kind == "person"}
    said = report.statements[-1].speaker
    return persons.get((said.entity if said else None) or "")


def test_a_clause_gives_the_noun_with_what_it_is_done_to() -> None:
    given = dict(agents_for(0, 2, phrases(who("teaches", "teach"))))
    assert given["teacher"] == {"history"}
    assert dict(nouns_for(0, 2, phrases(who("teaches", "teach")))) == {}


@pytest.mark.parametrize("noun", ["teacher", "professor", "lecturer"])
def test_who_teaches_may_be_called_so_far_behind(noun: str) -> None:
    assert speaker(who("teaches", "teach"), the(noun)) == "Oda Lind"


def test_who_is_told_to_lead_something_may_have_another_trade() -> None:
    assert speaker([who("leads", "lead", "choir"), the("surgeon")]) == "Oda Lind"


def test_who_has_a_trade_by_name_has_no_other() -> None:
    surgeon = tree(
        "Surgeon surgeon NOUN NN 2 nmod:desc | Oda Oda PROPN NNP 4 nsubj | Lind Lind PROPN NNP 2 flat | "
        "stayed stay VERB VBD 0 root | . . PUNCT . 4 punct",
        PER="Oda Lind",
    )
    assert speaker([surgeon, the("welder")]) is None
