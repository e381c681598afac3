"""What analysts judge is applied, kept, undone, and survives other models, edits and other articles; on both stores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from desks import NEWER, Clock, report_on, version
from factories import MODEL, Words, make_article, make_entity, make_statement

from legation.errors import UsageError
from legation.records import ModelInfo, Position, Report
from legation.store import Store
from legation.store.events import EventQuery
from legation.store.judging import NewJudgement
from legation.store.records import DeskEvent, DeskStatement
from legation.store.statements import StatementQuery

TEXT = "Valdoria accused Kestria of lying. Morland praised Valdoria. Kestria warned Morland."
EDITED = "An update. Morland praised Valdoria again. Valdoria on Monday accused Kestria of lying. Nothing else."
OTHER = "Officials spoke. Valdoria accused Kestria of lying again."
MORLAND = {"name": "Morland", "kind": "state", "country": "XMO", "code": "XMO", "sectors": ""}


def add(store: Store, body: str = TEXT, key: str = "k", **asked: Any) -> None:
    store.add_articles([(version(body, key), report_on(body, **asked))])


def of_type(store: Store, type: str, **asked: Any) -> DeskEvent:
    (found,) = store.events(EventQuery(type=type), **asked).rows
    event: DeskEvent = found
    return event


def judge(store: Store, kind: str, target: int | None = None, other: int | None = None, **given: Any) -> int:
    return store.judge(NewJudgement(kind, "A. Analyst", "It says so.", target, other, given))


def told(event: DeskEvent) -> tuple[list[str], str, list[str]]:
    return [party.name for party in event.actor], event.type, [party.name for party in event.recipient]


# ---------------------------------------------------------------- events


def test_another_actor_is_shown_and_found(store: Store) -> None:
    add(store)
    event = of_type(store, "ACCUSE")
    judgement = judge(store, "actor", event.id, parties=[MORLAND])
    judged = of_type(store, "ACCUSE")
    assert (told(judged), judged.id, judged.judged) == ((["Morland"], "ACCUSE", ["Kestria"]), event.id, (judgement,))
    assert told(of_type(store, "ACCUSE", raw=True)) == (["Valdoria"], "ACCUSE", ["Kestria"])
    assert event.id in {row.id for row in store.events(EventQuery(actor="XMO")).rows}
    assert event.id not in {row.id for row in store.events(EventQuery(actor="XVA")).rows}
    assert event.id in {row.id for row in store.events(EventQuery(between=("XKE", "XMO"))).rows}
    assert event.id not in {row.id for row in store.events(EventQuery(between=("XKE", "XVA"))).rows}
    assert event.id in {row.id for row in store.events(EventQuery(between=("XKE", "XVA")), raw=True).rows}


def test_other_facts_of_an_event_are_judged(store: Store) -> None:
    add(store)
    event = of_type(store, "ACCUSE")
    judge(store, "recipient", event.id, parties=[])
    judge(store, "type", event.id, type="REJECT", mode=None, quad="verbal conflict", score=-4.0, cameo="120")
    judged = of_type(store, "REJECT")
    assert (told(judged), judged.cameo, judged.score) == ((["Valdoria"], "REJECT", []), "120", -4.0)
    assert len(judged.judged) == 2


def test_what_is_no_event_is_not_shown(store: Store) -> None:
    add(store)
    event = of_type(store, "ACCUSE")
    judge(store, "not-event", event.id)
    assert event.id not in {row.id for row in store.events().rows}
    assert event.id in {row.id for row in store.events(raw=True).rows}


def test_two_that_are_one_event_are_shown_as_one(store: Store) -> None:
    add(store)
    add(store, OTHER, "l")
    first, second = sorted(store.events(EventQuery(type="ACCUSE")).rows, key=lambda event: event.id)
    judge(store, "same-event", second.id, first.id)
    one = of_type(store, "ACCUSE")
    assert (one.id, one.also) == (first.id, (second.id,))
    # The newer reading of the first article does not tell it any more: the second stands for itself again.
    body = TEXT
    store.add_articles([(version(body, "k"), replace(report_on(body, model=NEWER), events=()))])
    alone = of_type(store, "ACCUSE")
    assert (alone.id, alone.also) == (second.id, ())
    assert [one.state for one in store.judgements()] == ["unmatched"]


def test_what_is_judged_is_known_from_then_on_and_until_it_is_undone(store_url: str) -> None:
    clock = Clock("2031-02-01")
    with Store.open(store_url, clock=clock) as store:
        add(store)
        event = of_type(store, "ACCUSE")
        clock.pass_days(1)
        judgement = judge(store, "actor", event.id, parties=[MORLAND])
        clock.pass_days(1)
        undoing = store.undo(judgement, "B. Analyst", "It was right.")
        names = [told(of_type(store, "ACCUSE", as_of=date(2031, 2, day)))[0] for day in (1, 2, 3)]
        assert names == [["Valdoria"], ["Morland"], ["Valdoria"]]
        assert of_type(store, "ACCUSE").judged == ()
        assert [(one.id, one.state, one.undone_by) for one in store.judgements()] == [(judgement, "undone", undoing)]
        assert [one.state for one in store.judgements(as_of=date(2031, 2, 2))] == ["applied"]
        with pytest.raises(UsageError, match=f"undone already, by j{undoing}"):
            store.undo(judgement, "B.", "")
        with pytest.raises(UsageError, match="is not undone itself"):
            store.undo(undoing, "B.", "")
        with pytest.raises(UsageError, match="no judgement j99"):
            store.undo(99, "B.", "")


def test_an_undone_judgement_leaves_those_around_it(store: Store) -> None:
    add(store)
    event = of_type(store, "ACCUSE")
    first = judge(store, "not-event", event.id)
    judge(store, "actor", event.id, parties=[MORLAND])
    assert event.id not in {row.id for row in store.events().rows}
    store.undo(first, "B.", "")
    assert told(of_type(store, "ACCUSE"))[0] == ["Morland"]


# ---------------------------------------------------------------- what a judgement survives


def test_a_judgement_survives_another_model(store: Store) -> None:
    add(store)
    judge(store, "actor", of_type(store, "ACCUSE").id, parties=[MORLAND])
    judge(store, "not-event", of_type(store, "SUPPORT").id)
    add(store, model=NEWER, confidence=0.4)
    judged = of_type(store, "ACCUSE")
    assert (told(judged)[0], judged.model, judged.confidence) == (["Morland"], "1.1.0", 0.4)
    assert sorted(row.type for row in store.events().rows) == ["ACCUSE", "THREATEN"]
    assert [one.state for one in store.judgements()] == ["applied", "applied"]


def test_a_judgement_survives_an_edit_that_moves_its_words(store: Store) -> None:
    add(store)
    judge(store, "actor", of_type(store, "ACCUSE").id, parties=[MORLAND])
    add(store, EDITED)
    judged = of_type(store, "ACCUSE")
    assert (told(judged)[0], judged.article.number) == (["Morland"], 2)


def test_a_judgement_whose_words_are_gone_is_kept_unmatched_until_they_are_back(store: Store) -> None:
    add(store)
    judgement = judge(store, "actor", of_type(store, "ACCUSE").id, parties=[MORLAND])
    add(store, "Morland praised Valdoria.")
    (kept,) = store.judgements()
    assert (kept.id, kept.state, kept.target, kept.words) == (judgement, "unmatched", None, "accused")
    add(store, TEXT)
    assert told(of_type(store, "ACCUSE"))[0] == ["Morland"]


def test_of_two_events_of_one_word_the_judged_one_is_found_again(store: Store) -> None:
    def twice(model: ModelInfo) -> Report:
        """A reading in which one verb tells two events of one type."""
        report = report_on("Valdoria accused Kestria and Morland. Morland praised Valdoria.", model=model)
        accused, other = report.events
        second = replace(accused, id="e9", recipient=(replace(other.actor[0], start=29, end=36),))
        return replace(report, events=(second, accused, other) if model == NEWER else (accused, second, other))

    report = twice(MODEL)
    store.add_articles([(version(report.text, "k"), report)])
    target = next(e for e in store.events().rows if e.type == "ACCUSE" and told(e)[2] == ["Morland"])
    judge(store, "not-event", target.id)
    assert told(of_type(store, "ACCUSE"))[2] == ["Kestria"]
    store.add_articles([(version(report.text, "k"), twice(NEWER))])
    assert told(of_type(store, "ACCUSE"))[2] == ["Kestria"]


def test_an_event_of_an_older_reading_can_be_judged(store: Store) -> None:
    add(store)
    old = of_type(store, "ACCUSE")
    add(store, model=NEWER)
    judge(store, "not-event", old.id)
    assert sorted(row.type for row in store.events().rows) == ["SUPPORT", "THREATEN"]


@pytest.mark.parametrize("kind", ["actor", "speaker"])
def test_what_is_not_there_cannot_be_judged(store: Store, kind: str) -> None:
    with pytest.raises(UsageError, match=r"There is no .* on this desk"):
        judge(store, kind, 7, parties=[], speaker=None)
    assert store.judgements() == []


# ---------------------------------------------------------------- statements and persons

SPOKEN = "Ilse Harrow said the sanctions must go. Mr. Harrow said no."


def spoken(model: ModelInfo = MODEL, confidence: float | None = None) -> Report:
    words = Words(SPOKEN)
    harrow = make_entity("n1", "Ilse Harrow", "person", words.span("Ilse Harrow"), country="XVA", role="president")
    other = make_entity("n2", "Harrow", "person", words.span("Harrow", "Mr."), country="XVA")
    position = Position("sanctions", "lift", "for", words.span("must go"), confidence, confidence and 0.41)
    statements = (
        make_statement(
            "s1",
            words.span("said"),
            words.span("the sanctions must go"),
            speaker=words.who("n1", "Ilse Harrow"),
            positions=(position,),
        ),
        make_statement(
            "s2", words.span("said", "Mr."), words.span("no", "Mr."), speaker=words.who("n2", "Harrow", "Mr.")
        ),
    )
    sentences = ((0, 39), (40, len(SPOKEN)))
    return Report(make_article(SPOKEN), model, SPOKEN, sentences, (harrow, other), (), statements)


def statements(store: Store, **asked: Any) -> list[DeskStatement]:
    return sorted(store.said(StatementQuery(**asked)).rows, key=lambda one: one.id)


def stances(said: DeskStatement) -> list[tuple[str | None, str | None, str]]:
    return [(one.issue, one.option, one.stance) for one in said.positions]


def test_another_stance_and_another_speaker_survive_another_model(store: Store) -> None:
    store.add_articles([(version(SPOKEN, "k"), spoken())])
    first, second = statements(store)
    judge(store, "stance", first.id, issue="sanctions", option="lift", stance="against")
    judge(store, "stance", first.id, issue="trade", option="open", stance="mixed")
    judge(store, "speaker", second.id, speaker=MORLAND)
    store.add_articles([(version(SPOKEN, "k"), spoken(NEWER))])
    first, second = statements(store)
    assert stances(first) == [("sanctions", "lift", "against"), ("trade", "open", "mixed")]
    assert (second.speaker.name if second.speaker else None) == "Morland"
    assert [one.id for one in statements(store, by="XMO")] == [second.id]
    assert [one.id for one in statements(store, about="trade")] == [first.id]
    undone = next(one.id for one in store.judgements() if one.kind == "stance")
    store.undo(undone, "B.", "")
    assert stances(statements(store)[0]) == [("sanctions", "lift", "against")]


def test_a_stance_that_is_none_is_taken_away(store: Store) -> None:
    store.add_articles([(version(SPOKEN, "k"), spoken())])
    judge(store, "stance", statements(store)[0].id, issue="sanctions", option="lift", stance=None)
    assert stances(statements(store)[0]) == []
    assert statements(store, about="sanctions") == []


def test_a_side_that_is_not_sure_is_shown_and_found_only_where_asked_for(store: Store) -> None:
    store.add_articles([(version(SPOKEN, "k"), spoken(confidence=0.72))])
    assert [stances(one) for one in statements(store)] == [[], []]
    assert statements(store, about="sanctions") == statements(store, positions=True) == []
    (found,) = statements(store, about="sanctions", confidence=0.7)
    assert [(position.confidence, position.whole_confidence) for position in found.positions] == [(0.72, 0.41)]
    assert [one.id for one in statements(store, positions=True, confidence=0.0)] == [found.id]


@pytest.mark.parametrize("stance", ["for", "against"])
def test_a_side_that_an_analyst_judged_is_shown_however_sure_it_was(store: Store, stance: str) -> None:
    store.add_articles([(version(SPOKEN, "k"), spoken(confidence=0.72))])
    judge(store, "stance", statements(store)[0].id, issue="sanctions", option="lift", stance=stance)
    (found,) = statements(store, about="sanctions", confidence=1.0)
    (position,) = found.positions
    assert (position.stance, position.confidence, position.whole_confidence) == (stance, None, None)


def test_two_names_of_one_person_are_shown_and_found_as_one(store: Store) -> None:
    store.add_articles([(version(SPOKEN, "k"), spoken())])
    assert [one.name for one in store.entities().rows] == ["Ilse Harrow", "Harrow"]
    given = {"name": "Harrow", "is": "Ilse Harrow"}
    judgement = store.judge(NewJudgement("same-person", "A.", "", given=given))
    (person,) = store.entities().rows
    assert (person.name, person.articles, person.also, person.roles) == ("Ilse Harrow", 1, ("Harrow",), ("president",))
    assert {one.speaker.name for one in statements(store) if one.speaker} == {"Ilse Harrow"}
    assert len(statements(store, by="Ilse Harrow")) == 2
    assert len(store.said(StatementQuery(by="Ilse Harrow"), raw=True).rows) == 1
    store.undo(judgement, "B.", "")
    assert len(statements(store, by="Ilse Harrow")) == 1
