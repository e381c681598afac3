"""Events on trees made by hand: who did what to whom, when and where. All sentences are invented."""

from __future__ import annotations

from datetime import date

import pytest
from readings import Draft, does, reading, says, tree

from legation.coding import code
from legation.records import Event, Report

WEDNESDAY = date(2024, 4, 3)


def report_of(*sentences: Draft) -> Report:
    """The report of a paragraph published on a Wednesday."""
    return code(reading(list(sentences), published=WEDNESDAY))


def only(*sentences: Draft) -> Event:
    """The one event of a paragraph."""
    (event,) = report_of(*sentences).events
    return event


def actors(event: Event) -> list[str]:
    """The actors' words."""
    return [span.text for span in event.actor]


def recipients(event: Event) -> list[str]:
    """The recipients' words."""
    return [span.text for span in event.recipient]


# ---------------------------------------------------------------- actor and recipient

ACTIVE = tree(
    "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | . . PUNCT . 2 punct",
    LOC="Iran|Iraq",
)


def test_an_active_verb_has_subject_and_object() -> None:
    event = only(ACTIVE)
    assert (event.type, event.mode, event.quad, event.status) == (
        "ASSAULT",
        None,
        "material conflict",
        "actual",
    )
    assert (actors(event), recipients(event)) == (["Iran"], ["Iraq"])
    assert (event.trigger.text, event.sentence) == ("attacked", 0)


def test_the_roles_say_more_than_the_tree() -> None:
    frame = does("attacked", ("ARG0", "Iraq"), ("ARG1", "Iran"), score=0.8)
    draft = Draft(ACTIVE.rows, ACTIVE.names, (frame,))
    assert (actors(only(draft)), recipients(only(draft))) == (["Iraq"], ["Iran"])


def test_a_surer_predicate_makes_a_surer_event() -> None:
    sure, unsure = (
        only(
            Draft(
                ACTIVE.rows,
                ACTIVE.names,
                (does("attacked", ("ARG0", "Iran"), ("ARG1", "Iraq"), score=score),),
            )
        )
        for score in (0.95, 0.55)
    )
    assert 0 < unsure.confidence < sure.confidence <= 1


@pytest.mark.parametrize("relation", ["obl:agent", "obl"])
def test_a_passive_verb_has_its_actor_behind_by(relation: str) -> None:
    event = only(
        tree(
            "Iraq Iraq PROPN NNP 3 nsubj:pass | was be AUX VBD 3 aux:pass | "
            "attacked attack VERB VBN 0 root | "
            f"by by ADP IN 5 case | Iran Iran PROPN NNP 3 {relation} | . . PUNCT . 3 punct",
            LOC="Iran|Iraq",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("ASSAULT", ["Iran"], ["Iraq"])


def test_a_passive_without_an_actor_is_no_event() -> None:
    draft = tree(
        "Iraq Iraq PROPN NNP 3 nsubj:pass | was be AUX VBD 3 aux:pass | attacked attack VERB VBN 0 root",
        LOC="Iraq",
    )
    assert report_of(draft).events == ()


def test_a_noun_has_actor_and_recipient_in_its_prepositions() -> None:
    event = only(
        tree(
            "An a DET DT 2 det | attack attack NOUN NN 7 nsubj | by by ADP IN 4 case | "
            "Iran Iran PROPN NNP 2 nmod | "
            "on on ADP IN 6 case | Iraq Iraq PROPN NNP 2 nmod | drew draw VERB VBD 0 root | "
            "anger anger NOUN NN 7 obj",
            LOC="Iran|Iraq",
        )
    )
    assert (event.type, event.trigger.text) == ("ASSAULT", "attack")
    assert (actors(event), recipients(event)) == (["Iran"], ["Iraq"])


def test_a_noun_has_its_actor_in_an_adjective() -> None:
    event = only(
        tree(
            "Canadian canadian ADJ JJ 2 amod | sanctions sanction NOUN NNS 5 nsubj | on on ADP IN 4 case | "
            "Iran Iran PROPN NNP 2 nmod | began begin VERB VBD 0 root",
            LOC="Iran",
            NORP="Canadian",
        )
    )
    assert (event.type, event.mode) == ("SANCTION", "discontinue")
    assert (actors(event), recipients(event)) == (["Canadian"], ["Iran"])


def test_a_light_verb_and_its_noun_are_one_event() -> None:
    event = only(
        tree(
            "China China PROPN NNP 2 nsubj | paid pay VERB VBD 0 root | a a DET DT 4 det | "
            "visit visit NOUN NN 2 obj | "
            "to to ADP IN 6 case | Japan Japan PROPN NNP 4 nmod | . . PUNCT . 2 punct",
            LOC="China|Japan",
        )
    )
    assert (event.type, event.mode, actors(event), recipients(event)) == (
        "CONSULT",
        "visit",
        ["China"],
        ["Japan"],
    )


def test_joined_actors_stay_one_event() -> None:
    event = only(
        tree(
            "France France PROPN NNP 6 nsubj | , , PUNCT , 3 punct | Spain Spain PROPN NNP 1 conj | "
            "and and CCONJ CC 5 cc | "
            "Italy Italy PROPN NNP 1 conj | condemned condemn VERB VBD 0 root | "
            "Russia Russia PROPN NNP 6 obj",
            LOC="France|Spain|Italy|Russia",
        )
    )
    assert (event.type, event.mode) == ("ACCUSE", "disapprove")
    assert (actors(event), recipients(event)) == (["France", "Spain", "Italy"], ["Russia"])


def test_joined_recipients_stay_one_event() -> None:
    event = only(
        tree(
            "Russia Russia PROPN NNP 2 nsubj | condemned condemn VERB VBD 0 root | "
            "France France PROPN NNP 2 obj | "
            "and and CCONJ CC 5 cc | Spain Spain PROPN NNP 3 conj",
            LOC="France|Spain|Russia",
        )
    )
    assert (actors(event), recipients(event)) == (["Russia"], ["France", "Spain"])


def test_joined_verbs_share_their_subject() -> None:
    events = report_of(
        tree(
            "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | "
            "and and CCONJ CC 5 cc | "
            "condemned condemn VERB VBD 2 conj | Kuwait Kuwait PROPN NNP 5 obj",
            LOC="Iran|Iraq|Kuwait",
        )
    ).events
    assert [(e.type, actors(e), recipients(e)) for e in events] == [
        ("ASSAULT", ["Iran"], ["Iraq"]),
        ("ACCUSE", ["Iran"], ["Kuwait"]),
    ]


def test_control_lends_the_subject() -> None:
    events = report_of(
        tree(
            "Iran Iran PROPN NNP 2 nsubj | began begin VERB VBD 0 root | to to PART TO 4 mark | "
            "attack attack VERB VB 2 xcomp | "
            "Iraq Iraq PROPN NNP 4 obj",
            LOC="Iran|Iraq",
        )
    ).events
    assert ("ASSAULT", ["Iran"], ["Iraq"]) in [(e.type, actors(e), recipients(e)) for e in events]


def test_a_relative_clause_means_the_noun_before_it() -> None:
    event = only(
        tree(
            "Iran Iran PROPN NNP 7 nsubj | , , PUNCT , 4 punct | which which PRON WDT 4 nsubj | "
            "attacked attack VERB VBD 1 acl:relcl | "
            "Iraq Iraq PROPN NNP 4 obj | , , PUNCT , 4 punct | slept sleep VERB VBD 0 root",
            LOC="Iran|Iraq",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("ASSAULT", ["Iran"], ["Iraq"])


def test_the_owner_of_weapons_acts_through_them() -> None:
    event = only(
        tree(
            "Russian russian ADJ JJ 2 amod | missiles missile NOUN NNS 3 nsubj | "
            "struck strike VERB VBD 0 root | "
            "Ukraine Ukraine PROPN NNP 3 obj",
            LOC="Ukraine",
            NORP="Russian",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("ASSAULT", ["Russian"], ["Ukraine"])


def test_the_owner_of_a_mere_thing_does_not_act() -> None:
    draft = tree(
        "Russian russian ADJ JJ 2 amod | music music NOUN NN 3 nsubj | attacked attack VERB VBD 0 root | "
        "Ukraine Ukraine PROPN NNP 3 obj",
        LOC="Ukraine",
        NORP="Russian",
    )
    assert report_of(draft).events == ()


def test_an_expelled_diplomat_stands_for_his_state() -> None:
    event = only(
        tree(
            "Japan Japan PROPN NNP 2 nsubj | expelled expel VERB VBD 0 root | two two NUM CD 5 nummod | "
            "Russian russian ADJ JJ 5 amod | diplomats diplomat NOUN NNS 2 obj",
            LOC="Japan",
            NORP="Russian",
        )
    )
    assert (event.type, event.mode, actors(event)) == ("SANCTION", "expel", ["Japan"])
    assert len(event.recipient) == 1 and "Russian" in event.recipient[0].text


# ---------------------------------------------------------------- pronouns, capitals


def test_it_in_a_statement_is_the_state_that_speaks() -> None:
    report = report_of(
        tree(
            "North North PROPN NNP 2 compound | Korea Korea PROPN NNP 3 nsubj | "
            "said say VERB VBD 0 root | it it PRON PRP 5 nsubj | "
            "tested test VERB VBD 3 ccomp | a a DET DT 7 det | missile missile NOUN NN 5 obj | "
            ". . PUNCT . 3 punct",
            says("said", "North Korea", "it tested a missile"),
            LOC="North Korea",
        )
    )
    (event,) = report.events
    assert (event.type, event.mode, actors(event)) == ("MOBILIZE", "weapons", ["it"])
    assert event.according_to == report.statements[0].id
    (korea,) = report.entities
    assert event.actor[0].entity == korea.id and korea.code == "PRK"
    assert [mention.text for mention in korea.mentions] == ["North Korea", "it"]


def test_it_outside_a_statement_is_nobody() -> None:
    draft = tree(
        "It it PRON PRP 2 nsubj | tested test VERB VBD 0 root | a a DET DT 4 det | missile missile NOUN NN 2 obj",
    )
    assert report_of(draft).events == ()


def test_capitals_stand_for_their_states() -> None:
    report = report_of(
        tree(
            "Beijing Beijing PROPN NNP 2 nsubj | condemned condemn VERB VBD 0 root | Tokyo Tokyo PROPN NNP 2 obj",
            LOC="Beijing|Tokyo",
        )
    )
    (event,) = report.events
    assert (actors(event), recipients(event)) == (["Beijing"], ["Tokyo"])
    assert {entity.code for entity in report.entities} == {"CHN", "JPN"}


@pytest.mark.parametrize("preposition", ["in", "near", "outside"])
def test_a_capital_behind_a_preposition_of_place_is_only_a_place(preposition: str) -> None:
    report = report_of(
        tree(
            "France France PROPN NNP 2 nsubj | condemned condemn VERB VBD 0 root | "
            "Russia Russia PROPN NNP 2 obj | "
            f"{preposition} {preposition} ADP IN 5 case | Beijing Beijing PROPN NNP 2 obl",
            LOC="France|Russia|Beijing",
        )
    )
    (event,) = report.events
    assert (actors(event), recipients(event)) == (["France"], ["Russia"])
    assert {entity.code for entity in report.entities} == {"FRA", "RUS"}
    beijing = next(place for place in report.places if place.text == "Beijing")
    assert (beijing.country, event.place) == ("CHN", beijing.id if preposition != "near" else event.place)


# ---------------------------------------------------------------- what a rule asks for


def test_no_event_without_the_recipient_that_its_rule_needs() -> None:
    draft = tree(
        "Canada Canada PROPN NNP 2 nsubj | condemned condemn VERB VBD 0 root | rain rain NOUN NN 2 obj",
        LOC="Canada",
    )
    assert report_of(draft).events == ()


def test_no_event_of_states_between_private_people() -> None:
    draft = tree(
        "Farmers farmer NOUN NNS 2 nsubj | praised praise VERB VBD 0 root | students student NOUN NNS 2 obj",
        does("praised", ("ARG0", "Farmers"), ("ARG1", "students")),
    )
    assert report_of(draft).events == ()


def test_one_state_is_enough_for_an_event_of_states() -> None:
    event = only(
        tree(
            "Farmers farmer NOUN NNS 2 nsubj | praised praise VERB VBD 0 root | Norway Norway PROPN NNP 2 obj",
            LOC="Norway",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("SUPPORT", ["Farmers"], ["Norway"])


def test_the_sides_of_talks_are_named_together() -> None:
    event = only(
        tree(
            "Talks talk NOUN NNS 6 nsubj | between between ADP IN 3 case | Iran Iran PROPN NNP 1 nmod | "
            "and and CCONJ CC 5 cc | "
            "Iraq Iraq PROPN NNP 3 conj | took take VERB VBD 0 root | place place NOUN NN 6 obj",
            LOC="Iran|Iraq",
        )
    )
    assert (event.type, sorted([*actors(event), *recipients(event)])) == ("CONSULT", ["Iran", "Iraq"])


def test_one_side_alone_holds_no_talks() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 2 nsubj | held hold VERB VBD 0 root | talks talk NOUN NNS 2 obj | . . PUNCT . 2 punct",
        LOC="Iran",
    )
    assert report_of(draft).events == ()


def test_two_sides_as_one_subject_sign_together() -> None:
    event = only(
        tree(
            "Russia Russia PROPN NNP 4 nsubj | and and CCONJ CC 3 cc | China China PROPN NNP 1 conj | "
            "signed sign VERB VBD 0 root | "
            "an a DET DT 6 det | agreement agreement NOUN NN 4 obj",
            LOC="Russia|China",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("SUPPORT", ["Russia", "China"], [])


def test_the_same_event_in_other_words_is_told_once() -> None:
    event = only(
        tree(
            "France France PROPN NNP 2 nsubj | held hold VERB VBD 0 root | talks talk NOUN NNS 2 obj | "
            "with with ADP IN 5 case | "
            "Algeria Algeria PROPN NNP 3 nmod",
            does("held", ("ARG0", "France"), ("ARG1", "talks with Algeria")),
            does("talks", ("ARG0", "France"), ("ARG1", "with Algeria")),
            LOC="France|Algeria",
        )
    )
    assert (event.type, actors(event), recipients(event)) == ("CONSULT", ["France"], ["Algeria"])


def test_the_same_event_in_two_sentences_is_told_twice() -> None:
    report = report_of(ACTIVE, ACTIVE)
    assert [event.sentence for event in report.events] == [0, 1]
    assert [event.id for event in report.events] == ["e1", "e2"]


# ---------------------------------------------------------------- status, dates, places, numbers


@pytest.mark.parametrize(
    "verb, past, type_",
    [("visit", "visited", "CONSULT"), ("praise", "praised", "SUPPORT")],
)
def test_cooperation_to_come_is_an_agreement(verb: str, past: str, type_: str) -> None:
    will = only(
        tree(
            f"France France PROPN NNP 3 nsubj | will will AUX MD 3 aux | {verb} {verb} VERB VB 0 root | "
            "Japan Japan PROPN NNP 3 obj",
            LOC="France|Japan",
        )
    )
    did = only(
        tree(
            f"France France PROPN NNP 2 nsubj | {past} {verb} VERB VBD 0 root | Japan Japan PROPN NNP 2 obj",
            LOC="France|Japan",
        )
    )
    assert (will.type, will.mode, will.status, will.quad) == ("AGREE", None, "future", "verbal cooperation")
    assert (did.type, did.status) == (type_, "actual")


def test_conflict_to_come_keeps_its_type() -> None:
    event = only(
        tree(
            "Iran Iran PROPN NNP 3 nsubj | will will AUX MD 3 aux | attack attack VERB VB 0 root | "
            "Iraq Iraq PROPN NNP 3 obj",
            LOC="Iran|Iraq",
        )
    )
    assert (event.type, event.status) == ("ASSAULT", "future")


TALKS = (
    "France France PROPN NNP 2 nsubj | met meet VERB VBD 0 root | Algeria Algeria PROPN NNP 2 obj | "
    "on on ADP IN 5 case | "
    "{day} {day} PROPN NNP 2 {relation} | in in ADP IN 7 case | Oslo Oslo PROPN NNP 2 obl"
)


@pytest.mark.parametrize("relation", ["obl", "obl:unmarked"])
def test_an_event_takes_the_date_and_place_of_its_clause(relation: str) -> None:
    report = report_of(tree(TALKS.format(day="Tuesday", relation=relation), LOC="France|Algeria|Oslo"))
    (event,) = report.events
    assert event.date is not None
    assert (event.date.value, event.date.granularity, event.date.basis) == (
        "2024-04-02", "day", "Tuesday before publication",
    )  # fmt: skip
    oslo = next(place for place in report.places if place.id == event.place)
    assert (oslo.text, oslo.country) == ("Oslo", "NOR")
    assert [expression.text for expression in report.dates] == ["Tuesday"]


def test_an_event_in_an_undated_article_has_no_relative_date() -> None:
    report = code(reading(tree(TALKS.format(day="Tuesday", relation="obl"), LOC="France|Algeria|Oslo")))
    assert report.events[0].date is None
    assert [(d.text, d.value) for d in report.dates] == [("Tuesday", None)]


def test_a_date_comes_from_the_argument_of_time_as_well() -> None:
    lines = TALKS.format(day="Monday", relation="dep")
    plain = only(tree(lines, LOC="France|Algeria|Oslo"))
    framed = only(
        tree(
            lines,
            does("met", ("ARG0", "France"), ("ARG1", "Algeria"), ("ARGM-TMP", "on Monday")),
            LOC="France|Algeria|Oslo",
        )
    )
    assert plain.date is None
    assert framed.date is not None and framed.date.value == "2024-04-01"


def test_the_weekday_of_what_is_to_come_is_the_next() -> None:
    event = only(
        tree(
            "Iran Iran PROPN NNP 3 nsubj | will will AUX MD 3 aux | attack attack VERB VB 0 root | "
            "Iraq Iraq PROPN NNP 3 obj | "
            "on on ADP IN 6 case | Friday Friday PROPN NNP 3 obl",
            LOC="Iran|Iraq",
        )
    )
    assert event.date is not None and event.date.value == "2024-04-05"


@pytest.mark.parametrize(
    "verb, lemma, number, field, value",
    [
        ("killed", "kill", "three", "dead", 3),
        ("wounded", "wound", "1,200", "injured", 1200),
        ("arrested", "arrest", "14", "arrested", 14),
        ("killed", "kill", "several", "dead", None),
    ],
)
def test_stated_numbers_of_people_are_kept(verb: str, lemma: str, number: str, field: str, value: int | None) -> None:
    event = only(
        tree(
            f"Egypt Egypt PROPN NNP 2 nsubj | {verb} {lemma} VERB VBD 0 root | "
            f"{number} {number} NUM CD 4 nummod | "
            "protesters protester NOUN NNS 2 obj",
            LOC="Egypt",
        )
    )
    assert getattr(event.magnitude, field) == value
    others = {"dead", "injured", "arrested"} - {field}
    assert all(getattr(event.magnitude, other) is None for other in others)


def test_a_call_by_phone_is_one_by_phone() -> None:
    event = only(
        tree(
            "Germany Germany PROPN NNP 2 nsubj | talked talk VERB VBD 0 root | with with ADP IN 4 case | "
            "France France PROPN NNP 2 obl | "
            "by by ADP IN 6 case | phone phone NOUN NN 2 obl",
            LOC="Germany|France",
        )
    )
    assert (event.type, event.mode, actors(event), recipients(event)) == (
        "CONSULT",
        "phone",
        ["Germany"],
        ["France"],
    )


def test_an_event_told_by_somebody_takes_the_day_of_the_telling() -> None:
    report = report_of(
        tree(
            "Norway Norway PROPN NNP 2 nsubj | said say VERB VBD 0 root | on on ADP IN 4 case | "
            "Monday Monday PROPN NNP 2 obl | "
            "that that SCONJ IN 7 mark | Iran Iran PROPN NNP 7 nsubj | "
            "attacked attack VERB VBD 2 ccomp | Iraq Iraq PROPN NNP 7 obj",
            says("said", "Norway", "that Iran attacked Iraq"),
            LOC="Norway|Iran|Iraq",
        )
    )
    (event,) = report.events
    (statement,) = report.statements
    assert event.according_to == statement.id
    assert event.date is not None and event.date.value == "2024-04-01"
    assert event.date.basis.endswith("when it was reported")
    assert statement.date is not None and statement.date.value == "2024-04-01"


def test_codes_and_scores_follow_plover() -> None:
    event = only(ACTIVE)
    assert event.cameo is not None and event.cameo.startswith("1")
    assert event.score is not None and event.score < 0


def test_a_gift_that_reads_like_a_clause_has_its_recipient() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 2 nsubj | gave give VERB VBD 0 root | Peru Peru PROPN NNP 5 nsubj | "
        "badly badly ADV RB 5 advmod | needed need VERB VBN 2 ccomp | arms arm NOUN NNS 5 obj | . . PUNCT . 2 punct",
        LOC="Iran|Peru",
    )
    (event,) = report_of(draft).events
    assert (event.type, [a.text for a in event.actor], [r.text for r in event.recipient]) == ("AID", ["Iran"], ["Peru"])
    assert event.contexts == ("military",)


def test_a_name_in_a_clause_of_its_own_is_no_recipient() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 3 nsubj | has have AUX VBZ 3 aux | agreed agree VERB VBN 0 root | to to PART TO 5 mark | "
        "wait wait VERB VB 3 xcomp | as as SCONJ IN 8 mark | Peru Peru PROPN NNP 8 nsubj | votes vote VERB VBZ 5 advcl | "
        ". . PUNCT . 3 punct",
        LOC="Iran|Peru",
    )
    assert all(not event.recipient for event in report_of(draft).events)
