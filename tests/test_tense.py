"""Whether the clause of a word looks ahead, on trees made by hand. All sentences are invented."""

from __future__ import annotations

import pytest
from readings import Draft, phrases, tree

from legation.coding.tense import speaks_of_future

IRAN = "Iran Iran PROPN NNP"
IRAQ = "Iraq Iraq PROPN NNP"


def looks_ahead(draft: Draft, word: str) -> bool:
    made = phrases(draft)
    return speaks_of_future(made.forms.index(word), made)


# ---------------------------------------------------------------- the future

FUTURE = {
    "will": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | attack attack VERB VB 0 root | {IRAQ} 3 obj",
        "attack",
    ),
    "’ll": (
        f"{IRAN} 3 nsubj | ’ll will AUX MD 3 aux | attack attack VERB VB 0 root | {IRAQ} 3 obj",
        "attack",
    ),
    "is going to": (
        f"{IRAN} 3 nsubj | is be AUX VBZ 3 aux | going go VERB VBG 0 root | to to PART TO 5 mark | "
        "attack attack VERB VB 3 xcomp",
        "attack",
    ),
    "plans to": (
        f"{IRAN} 2 nsubj | plans plan VERB VBZ 0 root | to to PART TO 4 mark | attack attack VERB VB 2 xcomp",
        "attack",
    ),
    "agreed to": (
        f"{IRAN} 2 nsubj | agreed agree VERB VBD 0 root | to to PART TO 4 mark | meet meet VERB VB 2 xcomp",
        "meet",
    ),
    "talks will be held": (
        "Talks talk NOUN NNS 4 nsubj:pass | will will AUX MD 4 aux | be be AUX VB 4 aux:pass | "
        "held hold VERB VBN 0 root",
        "Talks",
    ),
    "talks will resume": (
        "Talks talk NOUN NNS 3 nsubj | will will AUX MD 3 aux | resume resume VERB VB 0 root",
        "Talks",
    ),
    "will hold talks": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | hold hold VERB VB 0 root | talks talk NOUN NNS 3 obj",
        "talks",
    ),
    "will attend the talks": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | attend attend VERB VB 0 root | the the DET DT 5 det | "
        "talks talk NOUN NNS 3 obj",
        "talks",
    ),
    "will meet and sign": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | meet meet VERB VB 0 root | and and CCONJ CC 5 cc | "
        "sign sign VERB VB 3 conj",
        "sign",
    ),
    "said it would": (
        f"{IRAN} 2 nsubj | said say VERB VBD 0 root | it it PRON PRP 5 nsubj | would would AUX MD 5 aux | "
        f"attack attack VERB VB 2 ccomp | {IRAQ} 5 obj",
        "attack",
    ),
    "headline": (
        f"{IRAN} 3 nsubj | to to PART TO 3 mark | send send VERB VB 0 root | aid aid NOUN NN 3 obj",
        "send",
    ),
    "headline, read as a noun with a clause": (
        f"{IRAN} 0 root | to to PART TO 3 mark | send send VERB VB 1 acl | aid aid NOUN NN 3 obj",
        "send",
    ),
    "headline, at its object": (
        f"{IRAN} 3 nsubj | to to PART TO 3 mark | hold hold VERB VB 0 root | talks talk NOUN NNS 3 obj",
        "talks",
    ),
}


@pytest.mark.parametrize("lines, word", FUTURE.values(), ids=FUTURE.keys())
def test_what_is_announced_is_to_come(lines: str, word: str) -> None:
    assert looks_ahead(tree(lines), word)


NOT_FUTURE = {
    "the attack could lead to war": (
        "The the DET DT 2 det | attack attack NOUN NN 4 nsubj | could could AUX MD 4 aux | "
        "lead lead VERB VB 0 root | "
        "to to ADP IN 6 case | war war NOUN NN 4 obl",
        "attack",
    ),
    "because it attacked": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | respond respond VERB VB 0 root | "
        "because because SCONJ IN 6 mark | "
        f"{IRAQ} 6 nsubj | attacked attack VERB VBD 3 advcl",
        "attacked",
    ),
    "will meet and attacked": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | meet meet VERB VB 0 root | {IRAQ} 3 obj | "
        "and and CCONJ CC 6 cc | "
        "attacked attack VERB VBD 3 conj",
        "attacked",
    ),
    "which attacked": (
        "Troops troop NOUN NNS 5 nsubj | which which PRON WDT 3 nsubj | "
        "attacked attack VERB VBD 1 acl:relcl | "
        "will will AUX MD 5 aux | leave leave VERB VB 0 root",
        "attacked",
    ),
    "will say that it attacked": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | say say VERB VB 0 root | that that SCONJ IN 6 mark | "
        f"{IRAQ} 6 nsubj | "
        "attacked attack VERB VBD 3 ccomp",
        "attacked",
    ),
}


@pytest.mark.parametrize("lines, word", NOT_FUTURE.values(), ids=NOT_FUTURE.keys())
def test_the_future_of_something_else_leaves_the_event(lines: str, word: str) -> None:
    assert not looks_ahead(tree(lines), word)


# ---------------------------------------------------------------- which Tuesday


@pytest.mark.parametrize(
    "verb, expected",
    [
        ("will will AUX MD 3 aux | meet meet VERB VB 0 root", True),
        ("has have AUX VBZ 3 aux | met meet VERB VBN 0 root", False),
        ("not not PART RB 3 advmod | met meet VERB VBD 0 root", False),
    ],
)
def test_the_clause_of_a_weekday_tells_where_it_looks(verb: str, expected: bool) -> None:
    draft = tree(f"{IRAN} 3 nsubj | {verb} | on on ADP IN 5 case | Friday Friday PROPN NNP 3 obl")
    assert speaks_of_future(4, phrases(draft)) is expected


def test_a_planned_clause_looks_ahead_from_its_weekday() -> None:
    lines = (
        f"{IRAN} 2 nsubj | plans plan VERB VBZ 0 root | to to PART TO 4 mark | meet meet VERB VB 2 xcomp | "
        "on on ADP IN 6 case | Friday Friday PROPN NNP 4 obl"
    )
    assert speaks_of_future(5, phrases(tree(lines))) is True


def test_a_weekday_without_a_verb_does_not_look_ahead() -> None:
    assert speaks_of_future(0, phrases(tree("Friday Friday PROPN NNP 0 root"))) is False
