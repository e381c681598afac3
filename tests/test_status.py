"""The status of an event, on trees made by hand. All sentences are invented."""

from __future__ import annotations

from datetime import date

import pytest
from readings import Draft, does, phrases, tree

from legation.coding.status import speaks_of_future, status_of
from legation.records import EventDate

PUBLISHED = date(2024, 4, 3)


def status(draft: Draft, word: str, when: EventDate | None = None, paragraph: str = "") -> str:
    """The status of the event that a word of the sentence tells."""
    return status_of(draft.words.index(word), phrases(draft), when, PUBLISHED, paragraph)


IRAN = "Iran Iran PROPN NNP"
IRAQ = "Iraq Iraq PROPN NNP"
ATTACKED = tree(f"{IRAN} 2 nsubj | attacked attack VERB VBD 0 root | {IRAQ} 2 obj | . . PUNCT . 2 punct")


def test_a_plain_past_happened() -> None:
    assert status(ATTACKED, "attacked") == "actual"


def test_the_perfect_happened() -> None:
    draft = tree(f"{IRAN} 3 nsubj | has have AUX VBZ 3 aux | attacked attack VERB VBN 0 root | {IRAQ} 3 obj")
    assert status(draft, "attacked") == "actual"


# ---------------------------------------------------------------- negation

NEGATED = {
    "did not": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | "
        f"attack attack VERB VB 0 root | {IRAQ} 4 obj",
        "attack",
    ),
    "didn't": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | n’t not PART RB 4 advmod | "
        f"attack attack VERB VB 0 root | {IRAQ} 4 obj",
        "attack",
    ),
    "never": (
        f"{IRAN} 3 nsubj | never never ADV RB 3 advmod | attacked attack VERB VBD 0 root | {IRAQ} 3 obj",
        "attacked",
    ),
    "no longer": (
        f"{IRAN} 4 nsubj | no no ADV RB 3 advmod | longer long ADV RBR 4 advmod | attacks attack VERB VBZ 0 root",
        "attacks",
    ),
    "no country": (
        f"No no DET DT 2 det | country country NOUN NN 3 nsubj | attacked attack VERB VBD 0 root | {IRAQ} 3 obj",
        "attacked",
    ),
    "nobody": (
        f"Nobody nobody PRON NN 2 nsubj | attacked attack VERB VBD 0 root | {IRAQ} 2 obj",
        "attacked",
    ),
    "neither nor": (
        f"Neither neither DET DT 2 cc:preconj | {IRAN} 5 nsubj | nor nor CCONJ CC 4 cc | "
        "Oman Oman PROPN NNP 2 conj | "
        f"attacked attack VERB VBD 0 root | {IRAQ} 5 obj",
        "attacked",
    ),
    "no talks": (
        f"{IRAN} 2 nsubj | held hold VERB VBD 0 root | no no DET DT 4 det | talks talk NOUN NNS 2 obj | "
        f"with with ADP IN 6 case | {IRAQ} 4 nmod",
        "talks",
    ),
    "held no talks, at the verb": (
        f"{IRAN} 2 nsubj | held hold VERB VBD 0 root | no no DET DT 4 det | talks talk NOUN NNS 2 obj",
        "held",
    ),
    "did not hold talks, at the noun": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | hold hold VERB VB 0 root | "
        f"talks talk NOUN NNS 4 obj | with with ADP IN 7 case | {IRAQ} 5 nmod",
        "talks",
    ),
    "did not take part in talks": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | take take VERB VB 0 root | "
        "part part NOUN NN 4 obj | in in ADP IN 7 case | talks talk NOUN NNS 4 obl",
        "talks",
    ),
    "failed to": (
        f"{IRAN} 2 nsubj | failed fail VERB VBD 0 root | to to PART TO 4 mark | attack attack VERB VB 2 xcomp",
        "attack",
    ),
    "denied that": (
        f"{IRAN} 2 nsubj | denied deny VERB VBD 0 root | that that SCONJ IN 5 mark | "
        "it it PRON PRP 5 nsubj | "
        f"attacked attack VERB VBD 2 ccomp | {IRAQ} 5 obj",
        "attacked",
    ),
    "denied the attack": (
        f"{IRAN} 2 nsubj | denied deny VERB VBD 0 root | the the DET DT 4 det | attack attack NOUN NN 2 obj",
        "attack",
    ),
    "without": (
        f"{IRAN} 2 nsubj | left leave VERB VBD 0 root | without without SCONJ IN 4 mark | "
        "attacking attack VERB VBG 2 advcl",
        "attacking",
    ),
    "did not agree to": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | agree agree VERB VB 0 root | "
        f"to to PART TO 6 mark | meet meet VERB VB 4 xcomp | {IRAQ} 6 obj",
        "meet",
    ),
    "did not attack or invade": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | attack attack VERB VB 0 root | "
        f"or or CCONJ CC 6 cc | invade invade VERB VB 4 conj | {IRAQ} 6 obj",
        "invade",
    ),
    "will not": (
        f"{IRAN} 4 nsubj | will will AUX MD 4 aux | not not PART RB 4 advmod | attack attack VERB VB 0 root",
        "attack",
    ),
}


@pytest.mark.parametrize("lines, word", NEGATED.values(), ids=NEGATED.keys())
def test_what_is_denied_is_negated(lines: str, word: str) -> None:
    assert status(tree(lines), word) == "negated"


def test_a_negation_that_only_the_roles_show_counts() -> None:
    lines = f"{IRAN} 3 nsubj | hardly hardly ADV RB 3 advmod | attacked attack VERB VBD 0 root | {IRAQ} 3 obj"
    assert status(tree(lines), "attacked") == "actual"
    assert status(tree(lines, does("attacked", ("ARG0", "Iran"), ("ARGM-NEG", "hardly"))), "attacked") == "negated"


NOT_NEGATED = {
    "not only": (
        f"{IRAN} 4 nsubj | not not PART RB 4 advmod | only only ADV RB 4 advmod | "
        f"attacked attack VERB VBD 0 root | {IRAQ} 4 obj",
        "attacked",
    ),
    "but invaded": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | "
        f"attack attack VERB VB 0 root | {IRAQ} 4 obj | "
        "but but CCONJ CC 7 cc | invaded invade VERB VBD 4 conj | Kuwait Kuwait PROPN NNP 7 obj",
        "invaded",
    ),
    "did not condemn the attack": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | "
        "condemn condemn VERB VB 0 root | "
        "the the DET DT 6 det | attack attack NOUN NN 4 obj",
        "attack",
    ),
    "did not speak after the attack": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | speak speak VERB VB 0 root | "
        "after after ADP IN 7 case | the the DET DT 7 det | attack attack NOUN NN 4 obl",
        "attack",
    ),
    "did not stop attacking": (
        f"{IRAN} 4 nsubj | did do AUX VBD 4 aux | not not PART RB 4 advmod | stop stop VERB VB 0 root | "
        f"attacking attack VERB VBG 4 xcomp | {IRAQ} 5 obj",
        "attacking",
    ),
}


@pytest.mark.parametrize("lines, word", NOT_NEGATED.values(), ids=NOT_NEGATED.keys())
def test_a_negation_of_something_else_leaves_the_event(lines: str, word: str) -> None:
    assert status(tree(lines), word) == "actual"


def test_not_only_is_no_negation_in_the_roles_either() -> None:
    lines, word = NOT_NEGATED["not only"]
    assert status(tree(lines, does(word, ("ARG0", "Iran"), ("ARGM-NEG", "not"))), word) == "actual"


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
    assert status(tree(lines), word) == "future"


NOT_FUTURE = {
    "the attack will be investigated": (
        "The the DET DT 2 det | attack attack NOUN NN 5 nsubj:pass | will will AUX MD 5 aux | "
        "be be AUX VB 5 aux:pass | "
        "investigated investigate VERB VBN 0 root",
        "attack",
    ),
    "the attack could lead to war": (
        "The the DET DT 2 det | attack attack NOUN NN 4 nsubj | could could AUX MD 4 aux | "
        "lead lead VERB VB 0 root | "
        "to to ADP IN 6 case | war war NOUN NN 4 obl",
        "attack",
    ),
    "after the attack": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | meet meet VERB VB 0 root | {IRAQ} 3 obj | "
        "after after ADP IN 7 case | "
        "the the DET DT 7 det | attack attack NOUN NN 3 obl",
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
    "will discuss the attack": (
        f"{IRAN} 3 nsubj | will will AUX MD 3 aux | discuss discuss VERB VB 0 root | "
        "the the DET DT 5 det | attack attack NOUN NN 3 obj",
        "attack",
    ),
}


@pytest.mark.parametrize("lines, word", NOT_FUTURE.values(), ids=NOT_FUTURE.keys())
def test_the_future_of_something_else_leaves_the_event(lines: str, word: str) -> None:
    assert status(tree(lines), word) == "actual"


def test_the_present_with_a_later_day_is_to_come() -> None:
    draft = tree(f"{IRAN} 2 nsubj | meets meet VERB VBZ 0 root | {IRAQ} 2 obj")
    assert status(draft, "meets", EventDate("2024-04-05", "day", "")) == "future"
    assert status(draft, "meets", EventDate("2024-04-02", "day", "")) == "actual"
    assert status(draft, "meets", EventDate("2025", "year", "")) == "actual"


# ---------------------------------------------------------------- the hypothetical

HYPOTHETICAL = {
    "could": (
        f"{IRAN} 3 nsubj | could could AUX MD 3 aux | attack attack VERB VB 0 root | {IRAQ} 3 obj",
        "attack",
    ),
    "might": (
        f"{IRAN} 3 nsubj | might might AUX MD 3 aux | attack attack VERB VB 0 root | {IRAQ} 3 obj",
        "attack",
    ),
    "would": (
        f"{IRAN} 3 nsubj | would would AUX MD 3 aux | attack attack VERB VB 0 root | {IRAQ} 3 obj",
        "attack",
    ),
    "if": (
        f"If if SCONJ IN 3 mark | {IRAN} 3 nsubj | attacks attack VERB VBZ 6 advcl | "
        "prices price NOUN NNS 6 nsubj | "
        "will will AUX MD 6 aux | rise rise VERB VB 0 root",
        "attacks",
    ),
    "unless": (
        "Prices price NOUN NNS 2 nsubj | fall fall VERB VBP 0 root | unless unless SCONJ IN 5 mark | "
        f"{IRAN} 5 nsubj | "
        "attacks attack VERB VBZ 2 advcl",
        "attacks",
    ),
    "whether": (
        "Oman Oman PROPN NNP 2 nsubj | asked ask VERB VBD 0 root | whether whether SCONJ IN 5 mark | "
        f"{IRAN} 5 nsubj | "
        "attacked attack VERB VBD 2 ccomp",
        "attacked",
    ),
    "wants to": (
        f"{IRAN} 2 nsubj | wants want VERB VBZ 0 root | to to PART TO 4 mark | attack attack VERB VB 2 xcomp",
        "attack",
    ),
    "an opportunity to": (
        f"{IRAN} 2 nsubj | has have VERB VBZ 0 root | an a DET DT 4 det | "
        "opportunity opportunity NOUN NN 2 obj | "
        "to to PART TO 6 mark | attack attack VERB VB 4 acl",
        "attack",
    ),
    "demanded that": (
        f"{IRAN} 2 nsubj | demanded demand VERB VBD 0 root | that that SCONJ IN 5 mark | {IRAQ} 5 nsubj | "
        "withdraw withdraw VERB VB 2 ccomp",
        "withdraw",
    ),
    "called for talks": (
        f"{IRAN} 2 nsubj | called call VERB VBD 0 root | for for ADP IN 4 case | talks talk NOUN NNS 2 obl",
        "talks",
    ),
    "urged the withdrawal": (
        f"{IRAN} 2 nsubj | urged urge VERB VBD 0 root | the the DET DT 4 det | withdrawal withdrawal NOUN NN 2 obj",
        "withdrawal",
    ),
    "threatened an attack": (
        f"{IRAN} 2 nsubj | threatened threaten VERB VBD 0 root | an a DET DT 4 det | attack attack NOUN NN 2 obj",
        "attack",
    ),
    "the threat of an attack": (
        "The the DET DT 2 det | threat threat NOUN NN 6 nsubj | of of ADP IN 5 case | an a DET DT 5 det | "
        "attack attack NOUN NN 2 nmod | grew grow VERB VBD 0 root",
        "attack",
    ),
    "in order to": (
        f"{IRAN} 2 nsubj | sent send VERB VBD 0 root | troops troop NOUN NNS 2 obj | to to PART TO 5 mark | "
        f"attack attack VERB VB 2 advcl | {IRAQ} 5 obj",
        "attack",
    ),
    "a question": (
        f"Did do AUX VBD 3 aux | {IRAN} 3 nsubj | attack attack VERB VB 0 root | {IRAQ} 3 obj | ? ? PUNCT . 3 punct",
        "attack",
    ),
    "a quoted question": (
        f"“ “ PUNCT `` 4 punct | Did do AUX VBD 4 aux | {IRAN} 4 nsubj | attack attack VERB VB 0 root | "
        "? ? PUNCT . 4 punct | ” ” PUNCT '' 4 punct",
        "attack",
    ),
    "said it would if": (
        f"{IRAN} 2 nsubj | said say VERB VBD 0 root | it it PRON PRP 5 nsubj | would would AUX MD 5 aux | "
        "attack attack VERB VB 2 ccomp | "
        "if if SCONJ IN 8 mark | Oman Oman PROPN NNP 8 nsubj | invaded invade VERB VBD 5 advcl",
        "attack",
    ),
    "said it could": (
        f"{IRAN} 2 nsubj | said say VERB VBD 0 root | it it PRON PRP 5 nsubj | could could AUX MD 5 aux | "
        "attack attack VERB VB 2 ccomp",
        "attack",
    ),
    "could provoke an attack": (
        f"{IRAN} 3 nsubj | could could AUX MD 3 aux | provoke provoke VERB VB 0 root | "
        "an a DET DT 5 det | attack attack NOUN NN 3 obj",
        "attack",
    ),
    "could lead to an attack": (
        f"{IRAN} 3 nsubj | could could AUX MD 3 aux | lead lead VERB VB 0 root | to to ADP IN 6 case | "
        "an a DET DT 6 det | "
        "attack attack NOUN NN 3 obl",
        "attack",
    ),
    "is ready to": (
        f"{IRAN} 3 nsubj | is be AUX VBZ 3 cop | ready ready ADJ JJ 0 root | to to PART TO 5 mark | "
        "attack attack VERB VB 3 xcomp",
        "attack",
    ),
}


@pytest.mark.parametrize("lines, word", HYPOTHETICAL.values(), ids=HYPOTHETICAL.keys())
def test_what_is_only_thought_of_is_hypothetical(lines: str, word: str) -> None:
    assert status(tree(lines), word) == "hypothetical"


CARRIED_OUT = {
    "began to": (
        f"{IRAN} 2 nsubj | began begin VERB VBD 0 root | to to PART TO 4 mark | attack attack VERB VB 2 xcomp",
        "attack",
    ),
    "managed to": (
        f"{IRAN} 2 nsubj | managed manage VERB VBD 0 root | to to PART TO 4 mark | attack attack VERB VB 2 xcomp",
        "attack",
    ),
    "forced Iraq to": (
        f"{IRAN} 2 nsubj | forced force VERB VBD 0 root | {IRAQ} 2 obj | to to PART TO 5 mark | "
        "withdraw withdraw VERB VB 2 xcomp",
        "withdraw",
    ),
    "condemned the attack, though it may": (
        f"{IRAN} 2 nsubj | condemned condemn VERB VBD 0 root | the the DET DT 4 det | "
        "attack attack NOUN NN 2 obj | "
        "though though SCONJ IN 8 mark | it it PRON PRP 8 nsubj | may may AUX MD 8 aux | "
        "help help VERB VB 2 advcl",
        "attack",
    ),
}


@pytest.mark.parametrize("lines, word", CARRIED_OUT.values(), ids=CARRIED_OUT.keys())
def test_what_was_carried_out_is_actual(lines: str, word: str) -> None:
    assert status(tree(lines), word) == "actual"


def test_negation_outranks_possibility_and_possibility_the_future() -> None:
    could_not = f"{IRAN} 4 nsubj | could could AUX MD 4 aux | not not PART RB 4 advmod | attack attack VERB VB 0 root"
    assert status(tree(could_not), "attack") == "negated"
    will_if = (
        "Prices price NOUN NNS 2 nsubj | rise rise VERB VBP 0 root | if if SCONJ IN 6 mark | "
        f"{IRAN} 6 nsubj | "
        "will will AUX MD 6 aux | attack attack VERB VB 2 advcl"
    )
    assert status(tree(will_if), "attack") == "hypothetical"


# ---------------------------------------------------------------- the past that is history


@pytest.mark.parametrize(
    "value, granularity, expected",
    [
        ("2021-03-09", "day", "historical"),
        ("2015", "year", "historical"),
        ("199", "decade", "historical"),
        ("2023-04-04", "day", "actual"),
        ("2023-04-03", "day", "historical"),
        ("2024-04-02", "day", "actual"),
        ("2024-W13", "week", "actual"),
        ("2024", "year", "actual"),
    ],
)
def test_more_than_a_year_before_publication_is_history(value: str, granularity: str, expected: str) -> None:
    when = EventDate(value, granularity, "")  # type: ignore[arg-type]
    assert status(ATTACKED, "attacked", when) == expected


def test_without_publication_date_no_date_makes_history() -> None:
    when = EventDate("1990-01-01", "day", "")
    assert status_of(1, phrases(ATTACKED), when, None, "") == "actual"


@pytest.mark.parametrize("words", ["in the years since", "two decades ago", "during the Cold War", "for many years"])
def test_an_undated_past_in_a_paragraph_that_looks_back_is_history(words: str) -> None:
    paragraph = f"Much has changed {words}. Iran attacked Iraq."
    assert status(ATTACKED, "attacked", None, paragraph) == "historical"
    assert status(ATTACKED, "attacked", EventDate("2024-04-02", "day", ""), paragraph) == "actual"


def test_the_perfect_and_the_present_in_such_a_paragraph_are_not() -> None:
    perfect = tree(f"{IRAN} 3 nsubj | has have AUX VBZ 3 aux | attacked attack VERB VBN 0 root")
    present = tree(f"{IRAN} 2 nsubj | attacks attack VERB VBZ 0 root")
    assert status(perfect, "attacked", None, "decades ago") == "actual"
    assert status(present, "attacks", None, "decades ago") == "actual"


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
