"""What coding makes of the model's event marks. The readings are made by hand, their sentences invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from readings import Draft, Told, reading, says, tells, tree

from legation.coding import code
from legation.records import Entity, Event, Report

WEDNESDAY = date(2024, 4, 3)

ATTACK = (
    "Iran Iran PROPN NNP 2 nsubj | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 2 obj | . . PUNCT . 2 punct"
)
SHELLED = ATTACK.replace("attacked attack", "shelled shell")


def told(lines: str, *events: Told, **names: str) -> Draft:
    """A sentence with events, its states being Iran and Iraq unless others are named."""
    return tree(lines, *events, **(names or {"LOC": "Iran|Iraq"}))


def report_of(*sentences: Draft, published: date | None = WEDNESDAY) -> Report:
    """The report of paragraphs of one sentence each."""
    return code(reading(*sentences, published=published))


def only(*sentences: Draft) -> Event:
    """The one event of an article."""
    (event,) = report_of(*sentences).events
    return event


def entity(report: Report, identity: str | None) -> Entity:
    """The entity of an id."""
    (found,) = (one for one in report.entities if one.id == identity)
    return found


# ---------------------------------------------------------------- what is reported


def test_a_mark_is_an_event_with_its_parties_and_plovers_facts() -> None:
    report = report_of(told(ATTACK, tells("attacked", "ASSAULT", "Iran", "Iraq", contexts=(("military", 0.8),))))
    (event,) = report.events
    assert (event.type, event.mode, event.status, event.trigger.text) == ("ASSAULT", None, "actual", "attacked")
    assert [entity(report, span.entity).code for span in (*event.actor, *event.recipient)] == ["IRN", "IRQ"]
    assert (event.quad, event.score, event.contexts, event.cameo) == ("material conflict", -9.0, ("military",), "190")


def test_an_unlikely_mark_is_not_reported() -> None:
    mark = tells("attacked", "ASSAULT", "Iran", "Iraq")
    assert report_of(told(ATTACK, replace(mark, score=0.7, rivals=(("", 0.25),)))).events
    assert not report_of(told(ATTACK, replace(mark, score=0.25, rivals=(("", 0.7),)))).events


def test_an_unsure_mark_is_reported_where_its_word_often_tells_such_an_act() -> None:
    mark = tells("attacked", "ASSAULT", "Iran", "Iraq", score=0.48, rivals=(("", 0.44),))
    assert report_of(told(ATTACK, mark)).events
    greeted = ATTACK.replace("attacked attack", "tickled tickle")
    assert not report_of(told(greeted, replace(mark, word="tickled"))).events


def test_without_a_stated_actor_there_is_no_event() -> None:
    assert not report_of(told(ATTACK, tells("attacked", "ASSAULT", "", "Iraq"))).events


@pytest.mark.parametrize("kind", ["CONSULT", "COOPERATE", "AID", "SANCTION"])
def test_some_types_need_a_second_party(kind: str) -> None:
    assert not report_of(told(ATTACK, tells("attacked", kind, "Iran"))).events
    assert report_of(told(ATTACK, tells("attacked", kind, "Iran", "Iraq"))).events
    assert report_of(told(ATTACK, tells("attacked", kind, "Iran|Iraq"))).events


MINISTERS = """The the DET DT 2 det | ministers minister NOUN NNS 3 nsubj | met meet VERB VBD 0 root
    | . . PUNCT . 3 punct"""


def test_a_plural_is_two_sides_of_what_is_done_together_and_of_nothing_else() -> None:
    assert only(tree(MINISTERS, tells("met", "CONSULT", "ministers"))).actor[0].text == "ministers"
    assert not report_of(tree(MINISTERS, tells("met", "SANCTION", "ministers"))).events
    one = MINISTERS.replace("ministers minister NOUN NNS", "minister minister NOUN NN")
    assert not report_of(tree(one, tells("met", "CONSULT", "minister"))).events


ARMED = """Iran Iran PROPN NNP 4 nsubj | armed arm VERB VBN 1 acl | by by ADP IN 3 case | Oman Oman PROPN NNP 2 obl
    | attacked attack VERB VBD 0 root | Iraq Iraq PROPN NNP 5 obj | . . PUNCT . 5 punct"""


def test_beside_a_surer_party_an_unsure_one_is_left_out_unless_the_two_are_joined() -> None:
    armed = ARMED.replace("4 nsubj", "5 nsubj").replace("3 case", "4 case")
    states = {"LOC": "Iran|Oman|Iraq"}
    unsure = tells("attacked", "ASSAULT", "Iran|Oman", "Iraq", sure=(("Iran", 0.9), ("Oman", 0.7)))
    assert [span.text for span in only(told(armed, unsure, **states)).actor] == ["Iran"]
    by = "armed arm VERB VBN 1 acl | by by ADP IN 4 case | Oman Oman PROPN NNP 2 obl"
    both = "and and CCONJ CC 4 cc | also also ADV RB 4 advmod | Oman Oman PROPN NNP 1 conj"
    joined = armed.replace(by, both)
    assert [span.text for span in only(told(joined, unsure, **states)).actor] == ["Iran", "Oman"]
    sure = replace(unsure, sure=())
    assert [span.text for span in only(told(armed, sure, **states)).actor] == ["Iran", "Oman"]


def test_a_surer_mark_is_a_surer_event() -> None:
    sure, unsure = (
        only(told(ATTACK, tells("attacked", "ASSAULT", "Iran", "Iraq", score=score, rivals=(("", 1 - score),))))
        for score in (0.99, 0.8)
    )
    assert 0 < unsure.confidence < sure.confidence < 1


# ---------------------------------------------------------------- who

GUNMEN = (
    "Masked masked ADJ JJ 2 amod | gunmen gunman NOUN NNS 3 nsubj | attacked attack VERB VBD 0 root | "
    "them they PRON PRP 3 obj | . . PUNCT . 3 punct"
)
MINISTER = (
    "Foreign foreign ADJ JJ 2 amod | Minister minister NOUN NN 3 nmod:desc | Oda Oda PROPN NNP 6 nsubj | "
    "Lind Lind PROPN NNP 3 flat | sharply sharply ADV RB 6 advmod | criticized criticize VERB VBD 0 root | "
    "two two NUM CD 9 nummod | Iranian iranian ADJ JJ 9 amod | envoys envoy NOUN NNS 6 obj | . . PUNCT . 6 punct"
)


def test_who_has_no_name_goes_by_the_words_that_describe_them() -> None:
    report = report_of(tree(GUNMEN, tells("attacked", "ASSAULT", "Masked gunmen", "them")))
    gunmen = entity(report, report.events[0].actor[0].entity)
    assert (gunmen.name, gunmen.kind, gunmen.code) == ("gunmen", "unnamed", None)
    lines = GUNMEN.replace("gunmen gunman", "skaters skater")
    report = report_of(tree(lines, tells("attacked", "ASSAULT", "Masked skaters", "them")))
    assert entity(report, report.events[0].actor[0].entity).name == "Masked skaters"


def test_a_pronoun_that_nobody_is_known_for_keeps_its_words_alone() -> None:
    event = only(tree(GUNMEN, tells("attacked", "ASSAULT", "Masked gunmen", "them")))
    assert [(span.entity, span.text) for span in event.recipient] == [(None, "them")]


def test_a_titled_name_is_the_person_and_its_words_are_the_whole_phrase() -> None:
    report = report_of(
        tree(
            MINISTER,
            tells("criticized", "ACCUSE", "Foreign Minister Oda Lind", "two Iranian envoys"),
            PER="Oda Lind",
            NORP="Iranian",
        )
    )
    (event,) = report.events
    assert event.actor[0].text == "Foreign Minister Oda Lind"
    assert entity(report, event.actor[0].entity).name == "Oda Lind"
    assert (event.recipient[0].text, entity(report, event.recipient[0].entity).code) == ("two Iranian envoys", "IRN")


def test_a_title_leads_to_the_name_behind_it() -> None:
    marked = tells("criticized", "ACCUSE", "Foreign Minister", "two Iranian envoys")
    report = report_of(tree(MINISTER, marked, PER="Oda Lind", NORP="Iranian"))
    (event,) = report.events
    assert event.actor[0].text == "Foreign Minister"
    assert entity(report, event.actor[0].entity).name == "Oda Lind"


def test_an_article_alone_is_nobody() -> None:
    lines = "The the DET DT 2 det | talks talk NOUN NNS 0 root | of of ADP IN 4 case | Iran Iran PROPN NNP 2 nmod"
    assert not report_of(tree(lines, tells("talks", "ASSAULT", "The"), LOC="Iran")).events


def test_several_actors_stay_one_event() -> None:
    event = only(told(ATTACK, tells("attacked", "CONSULT", "Iran|Iraq")))
    assert [span.text for span in event.actor] == ["Iran", "Iraq"]


# ---------------------------------------------------------------- when, and whether

DATED = ATTACK.replace("| . . PUNCT . 2 punct", "| in in ADP IN 5 case | {} {} NUM CD 2 obl | . . PUNCT . 2 punct")


@pytest.mark.parametrize(("year", "status"), [("2015", "historical"), ("2024", "actual")])
def test_a_date_more_than_a_year_old_makes_an_event_history(year: str, status: str) -> None:
    event = only(told(DATED.replace("{}", year), tells("attacked", "ASSAULT", "Iran", "Iraq")))
    assert event.date is not None and event.date.value == year
    assert event.status == status


@pytest.mark.parametrize("status", ["future", "hypothetical", "negated", "historical"])
def test_what_the_model_reads_otherwise_stays(status: str) -> None:
    event = only(told(DATED.replace("{}", "2015"), tells("attacked", "ASSAULT", "Iran", "Iraq", status=status)))
    assert event.status == status


def test_what_its_teller_denies_did_not_happen() -> None:
    draft = tree(
        "Iran Iran PROPN NNP 2 nsubj | denied deny VERB VBD 0 root | that that SCONJ IN 5 mark | it it PRON PRP 5 nsubj | "
        "attacked attack VERB VBD 2 ccomp | Iraq Iraq PROPN NNP 5 obj | . . PUNCT . 2 punct",
        says("denied", "Iran", "that it attacked Iraq"),
        tells("attacked", "ASSAULT", "it", "Iraq"),
        LOC="Iran|Iraq",
    )
    event = only(draft)
    assert (event.status, event.according_to) == ("negated", "s1")


def test_the_dead_are_counted_where_the_words_count_them() -> None:
    lines = (
        "Iran Iran PROPN NNP 2 nsubj | killed kill VERB VBD 0 root | twelve twelve NUM CD 4 nummod | "
        "soldiers soldier NOUN NNS 2 obj | . . PUNCT . 2 punct"
    )
    event = only(tree(lines, tells("killed", "ASSAULT", "Iran", "twelve soldiers"), LOC="Iran"))
    assert event.magnitude.dead == 12


# ---------------------------------------------------------------- told twice

FIRST = told(ATTACK, tells("attacked", "ASSAULT", "Iran", "Iraq"))
NOUN = tree(
    "The the DET DT 2 det | attack attack NOUN NN 7 nsubj | by by ADP IN 4 case | Iran Iran PROPN NNP 2 nmod | "
    "on on ADP IN 6 case | Iraq Iraq PROPN NNP 2 nmod | failed fail VERB VBD 0 root | . . PUNCT . 7 punct",
    tells("attack", "ASSAULT", "Iran", "Iraq"),
    LOC="Iran|Iraq",
)


def test_an_event_told_again_is_one_event_with_two_mentions() -> None:
    event = only(FIRST, NOUN)
    assert [(mention.sentence, mention.trigger.text) for mention in event.mentions] == [(1, "attack")]
    assert (event.sentence, event.trigger.text) == (0, "attacked")


def test_the_date_of_a_later_telling_is_taken_where_the_first_had_none() -> None:
    event = only(FIRST, told(DATED.replace("{}", "2024"), tells("attacked", "ASSAULT", "Iran", "Iraq")))
    assert event.date is not None and event.date.value == "2024" and len(event.mentions) == 1


@pytest.mark.parametrize(
    "other",
    [
        told(ATTACK, tells("attacked", "ASSAULT", "Iraq", "Iraq")),
        told(ATTACK, tells("attacked", "ASSAULT", "Iran", "Iraq", status="hypothetical")),
        told(SHELLED, tells("shelled", "ASSAULT", "Iran", "Iraq")),
        told(ATTACK, tells("attacked", "COERCE", "Iran", "Iraq")),
    ],
    ids=["other parties", "other status", "another verb", "another type"],
)
def test_what_differs_is_another_event(other: Draft) -> None:
    assert len(report_of(FIRST, other).events) == 2


def test_two_dates_are_two_events() -> None:
    drafts = [
        told(DATED.replace("{}", year), tells("attacked", "ASSAULT", "Iran", "Iraq")) for year in ("2014", "2015")
    ]
    assert [event.date.value for event in report_of(*drafts).events if event.date] == ["2014", "2015"]


def test_modes_that_differ_are_two_events() -> None:
    one, other = (
        told(ATTACK, tells("attacked", "ASSAULT", "Iran", "Iraq", mode=mode)) for mode in ("aerial", "firearms")
    )
    assert len(report_of(one, other).events) == 2


def test_two_words_of_one_act_are_told_once() -> None:
    lines = (
        "Iran Iran PROPN NNP 2 nsubj | launched launch VERB VBD 0 root | an a DET DT 4 det | attack attack NOUN NN 2 obj | "
        "on on ADP IN 6 case | Iraq Iraq PROPN NNP 4 nmod | . . PUNCT . 2 punct"
    )
    event = only(
        told(
            lines,
            tells("launched", "ASSAULT", "Iran", score=0.7, rivals=(("", 0.3),)),
            tells("attack", "ASSAULT", "Iran", "Iraq"),
        )
    )
    assert event.trigger.text == "attack"


# ---------------------------------------------------------------- why


def test_an_event_tells_why_only_when_asked() -> None:
    made = reading(FIRST, published=WEDNESDAY)
    (plain,), (explained,) = code(made).events, code(made, why=True).events
    assert plain.why is None and replace(explained, why=None) == plain


def test_why_names_the_chances_the_rows_and_the_words() -> None:
    mark = tells(
        "attacked", "ASSAULT", "Iran", "Iraq", contexts=(("military", 0.8),), rivals=(("COERCE", 0.02), ("", 0.01))
    )
    (event,) = code(reading(told(ATTACK, mark), published=WEDNESDAY), why=True).events
    assert event.why is not None
    assert [(one.what, one.chance) for one in event.why.types] == [("ASSAULT", 0.97), ("COERCE", 0.02), (None, 0.01)]
    assert event.why.sentence.text == "Iran attacked Iraq."
    assert [(one.text, one.code, one.basis) for one in event.why.actor] == [("Iran", "IRN", "countries.csv: IRN, Iran")]
    assert event.why.cameo == "cameo.csv: ASSAULT, , military"
    assert f"= {event.confidence:.2f}" in event.why.confidence


def test_why_gives_the_calendar_as_the_ground_of_history() -> None:
    mark = tells("attacked", "ASSAULT", "Iran", "Iraq")
    (event,) = code(reading(told(DATED.replace("{}", "2015"), mark), published=WEDNESDAY), why=True).events
    assert event.why is not None and "more than a year before publication" in event.why.status


TALK = """Oda Oda PROPN NNP 2 nsubj | discussed discuss VERB VBD 0 root | Iran Iran PROPN NNP 2 obj
    | with with ADP IN 5 case | Iraq Iraq PROPN NNP 2 obl | . . PUNCT . 2 punct"""


def test_what_is_talked_about_is_not_whom_one_talks_with() -> None:
    both = tree(TALK, tells("discussed", "CONSULT", "Oda", "Iran|Iraq"), PER="Oda", LOC="Iran|Iraq")
    (event,) = report_of(both).events
    assert [span.text for span in event.recipient] == ["Iraq"]
    topic_alone = tree(TALK, tells("discussed", "CONSULT", "Oda", "Iran"), PER="Oda", LOC="Iran|Iraq")
    assert report_of(topic_alone).events == ()


CALL = """Oda Oda PROPN NNP 2 nsubj | discussed discuss VERB VBD 0 root | Iran Iran PROPN NNP 2 obj
    | during during ADP IN 5 case | talks talk NOUN NNS 2 obl | with with ADP IN 7 case | Iraq Iraq PROPN NNP 5 nmod
    | . . PUNCT . 2 punct"""


def test_a_meeting_without_a_partner_takes_the_one_of_the_noun_that_hangs_from_it() -> None:
    verb = tells("discussed", "CONSULT", "Oda", "Iran")
    noun = tells("talks", "CONSULT", "Oda", "Iraq", mode="phone", score=0.2, rivals=(("", 0.7),))
    (event,) = report_of(tree(CALL, verb, noun, PER="Oda", LOC="Iran|Iraq")).events
    assert (event.trigger.text, event.mode, [s.text for s in event.recipient]) == ("discussed", "phone", ["Iraq"])


def test_a_noun_that_is_reported_for_itself_lends_nothing() -> None:
    marks = (tells(word, "CONSULT", "Oda", whom) for word, whom in (("discussed", "Iran"), ("talks", "Iraq")))
    events = report_of(tree(CALL, *marks, PER="Oda", LOC="Iran|Iraq")).events
    assert [event.trigger.text for event in events] == ["talks"]


def test_a_noun_of_another_kind_or_elsewhere_in_the_tree_lends_no_partner() -> None:
    verb = tells("discussed", "CONSULT", "Oda", "Iran")
    noun = tells("talks", "CONSULT", "Oda", "Iraq", score=0.1, rivals=(("", 0.85),))
    accused = tells("talks", "ACCUSE", "Oda", "Iraq", score=0.1, rivals=(("", 0.85),))
    apart = CALL.replace("talks talk NOUN NNS 2 obl", "talks talk NOUN NNS 3 nmod")
    for lines, other in ((CALL, accused), (apart, noun)):
        assert report_of(tree(lines, verb, other, PER="Oda", LOC="Iran|Iraq")).events == ()


def test_whom_one_criticises_is_the_object() -> None:
    blamed = tree(TALK, tells("discussed", "ACCUSE", "Oda", "Iran"), PER="Oda", LOC="Iran|Iraq")
    assert [span.text for event in report_of(blamed).events for span in event.recipient] == ["Iran"]
