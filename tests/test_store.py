"""What goes into a store comes out as it was, once, and as it was known on any day; the same with both databases."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from desks import NEWER, Clock, report_on, version
from factories import MODEL, empty_report, make_article, strait_report
from sqlalchemy.event import listen

from legation.errors import StoreError, UsageError
from legation.formats.report_json import report_from_json, report_to_json
from legation.records import Rejection, Text
from legation.store import Store
from legation.store.dialect import sqlite_url
from legation.store.entities import EntityQuery
from legation.store.events import EventQuery
from legation.store.records import Check, Declaration, ItemState, Version

FIRST = "Valdoria accused Kestria of lying. Morland praised Valdoria."
SECOND = "Valdoria accused Kestria of lying. Kestria warned Morland."


def types(store: Store, **asked: object) -> list[str]:
    """The types of the events of a store, in order of their number."""
    rows = store.events(**asked).rows  # type: ignore[arg-type]
    return [event.type for event in sorted(rows, key=lambda event: event.id)]


# ---------------------------------------------------------------- articles


def test_an_article_is_an_item_once(store: Store) -> None:
    new, again, respaced = store.add_versions(
        [version(FIRST, "k"), version(FIRST, "k"), version(FIRST.replace(" ", "\n"), "k")]
    )
    assert (new.arrival, again.arrival, respaced.arrival) == ("new", "known", "known")
    assert new.item == again.item
    (later,) = store.add_versions([version(FIRST, "k")])
    assert (later.arrival, later.version) == ("known", new.version)


def test_an_edited_article_is_a_new_version_of_its_item(store: Store) -> None:
    (first,) = store.add_versions([version(FIRST, "k")])
    (edited,) = store.add_versions([version(SECOND, "k")])
    (retitled,) = store.add_versions([version(SECOND, "k", title="Lies")])
    (back,) = store.add_versions([version(FIRST, "k")])
    assert [one.arrival for one in (edited, retitled, back)] == ["edited"] * 3
    assert {one.item for one in (first, edited, retitled, back)} == {first.item}
    assert len({one.version for one in (first, edited, retitled, back)}) == 4


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (Version(Text("a", url="https://x.example/1#top")), Version(Text("b", url="https://x.example/1")), True),
        (Version(Text("a", id="7", source="P")), Version(Text("b", id="7", source="P")), True),
        (Version(Text("a", id="7", source="P")), Version(Text("b", id="7", source="Q")), False),
        (Version(Text("a")), Version(Text("a")), True),
        (Version(Text("a")), Version(Text("b")), False),
        (Version(Text("a", url="u1"), key="k"), Version(Text("b", url="u2"), key="k"), True),
    ],
)
def test_an_item_is_known_by_its_key_its_address_its_archives_id_or_its_words(
    store: Store, one: Version, other: Version, same: bool
) -> None:
    first, second = store.add_versions([one, other])
    assert (first.item == second.item) is same


def test_a_text_comes_out_as_it_went_in(store: Store) -> None:
    odd = "A\0 text \ud800 with “quotes”, 日本語 and \U0001f600."
    text = Text(odd, "T\0itle", "https://x.example/", "Paper", date(2031, 1, 2), "page", "en", ("A note.",), id="7")
    store.add_versions([Version(text, fetched=datetime(2031, 1, 3, tzinfo=UTC))])
    (pending,) = store.pending_texts("m")
    assert pending.text == replace(text, title="T\ufffditle")


# ---------------------------------------------------------------- readings


def test_a_report_comes_out_as_it_went_in(store: Store) -> None:
    report = strait_report()
    (added,) = store.add_articles([(Version(Text(report.text)), report)])
    assert store.report(added.version) == report


@pytest.mark.parametrize("sign", ["\\u0000", "\\ud800"])
def test_signs_that_no_database_takes_are_kept_in_the_report_and_replaced_in_its_rows(store: Store, sign: str) -> None:
    plain = report_to_json(strait_report(), indent=None).replace("strait", f"str{sign}it")
    plain = (
        plain.replace("Kestria", f"K{sign}stria")
        .replace("Courier", f"C{sign}urier")
        .replace("fishing", f"{sign}ishing")
    )
    odd = report_from_json(plain)
    report = replace(odd, article=make_article(odd.text, title=odd.article.title, source=odd.article.source))
    text = Text(report.text, report.article.title, source=report.article.source)
    (added,) = store.add_articles([(Version(text), report)])
    assert store.report(added.version) == report
    names = {party.name for event in store.events().rows for party in event.recipient}
    assert "K\ufffdstria" in names
    assert store.said().rows


def test_who_is_named_and_who_spoke_is_told_as_it_was_known(store: Store) -> None:
    report = strait_report()
    store.add_articles([(Version(Text(report.text), key="k"), report)])
    spoken = len(store.said().rows)
    store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
    assert store.said().rows == ()
    assert len(store.said(as_of=1).rows) == spoken > 0
    assert {one.name for one in store.entities().rows} == {"Valdoria", "Kestria", "Morland"}
    assert "Ilse Harrow" in {one.name for one in store.entities(as_of=1).rows}
    assert store.counts(as_of=1)["statements"] == spoken


def told(store: Store, **asked: Any) -> dict[str, tuple[int, str, str]]:
    """In how many articles everybody is, and on what days first and last."""
    as_of = asked.pop("as_of", None)
    rows = store.entities(EntityQuery(**asked), as_of=as_of).rows
    return {one.name: (one.articles, str(one.first), str(one.last)) for one in rows}


def test_in_how_many_articles_everybody_is_named_and_when_is_told(store: Store) -> None:
    days = {"a": date(2031, 1, 5), "b": None, "c": date(2031, 1, 3), "d": date(2031, 2, 1)}
    for key, day in days.items():
        body = FIRST if key in "ab" else SECOND if key == "c" else "Kestria warned Morland."
        found = Version(Text(body, published=day, source=f"Paper {key}"), key=key, source=f"Paper {key}")
        store.add_articles([(found, report_on(body))])
    everybody = {
        "Kestria": (4, "2031-01-03", "2031-02-01"),
        "Morland": (4, "2031-01-03", "2031-02-01"),
        "Valdoria": (3, "2031-01-03", "2031-01-05"),
    }
    assert told(store) == everybody
    assert [one.articles for one in store.entities().rows] == [4, 4, 3]
    assert told(store, as_of=2) == dict.fromkeys(everybody, (2, "2031-01-05", "2031-01-05"))
    assert told(store, as_of=0) == {}
    assert told(store, kind="state", country="xva") == {"Valdoria": everybody["Valdoria"]}
    assert told(store, kind="person") == {}
    assert told(store, name="valdoria") == {"Valdoria": everybody["Valdoria"]}
    assert told(store, source="Paper d") == dict.fromkeys(("Kestria", "Morland"), (1, "2031-02-01", "2031-02-01"))
    assert told(store, until=date(2031, 1, 31))["Valdoria"] == (2, "2031-01-03", "2031-01-05")
    assert told(store, since=date(2031, 1, 4))["Kestria"] == (2, "2031-01-05", "2031-02-01")
    store.add_articles([(version(SECOND, "a"), report_on(SECOND, model=NEWER))])
    assert told(store)["Valdoria"] == (3, "2031-01-03", "2031-01-03"), "what was edited counts no longer"


def test_other_names_of_an_entity_are_told_when_they_are_known(store: Store) -> None:
    report = report_on(FIRST)
    loud = replace(report, entities=tuple(replace(one, name=one.name.upper()) for one in report.entities))
    store.add_articles([(version(FIRST, "a"), report)])
    store.add_articles([(version(FIRST, "b"), loud)])
    assert {one.also for one in store.entities(as_of=1).rows} == {()}
    assert {(one.name, one.also) for one in store.entities(EntityQuery("valdoria")).rows} == {
        ("Valdoria", ("VALDORIA",))
    }


def test_everybody_is_counted_without_a_look_at_the_readings(store: Store) -> None:
    store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
    asked: list[str] = []
    listen(store._engine, "before_cursor_execute", lambda *executed: asked.append(executed[2].lower()))
    store.entities()
    assert not [one for one in asked if "join readings" in one or "versions.published" in one]


def test_a_report_of_other_words_is_refused(store: Store) -> None:
    (added,) = store.add_versions([version(FIRST, "k")])
    with pytest.raises(StoreError, match="its text is another"):
        store.add_reports([(added.version, report_on(SECOND))])
    with pytest.raises(StoreError, match="not of version 99"):
        store.add_reports([(99, report_on(SECOND))])


def test_the_same_report_is_kept_once(store: Store) -> None:
    (added,) = store.add_versions([version(FIRST, "k")])
    assert store.add_reports([(added.version, report_on(FIRST))] * 2) == 1
    assert store.add_reports([(added.version, report_on(FIRST))]) == 0
    assert types(store) == ["ACCUSE", "SUPPORT"]


def test_what_a_model_has_not_read_is_pending_in_its_newest_version(store: Store) -> None:
    first, other = store.add_versions([version(FIRST, "k"), version("Other words.", "l")])
    store.add_reports([(first.version, report_on(FIRST))])
    (edited,) = store.add_versions([version(SECOND, "k")])
    assert [one.version for one in store.pending_texts(MODEL.sha256)] == [other.version, edited.version]
    store.add_reports([(edited.version, report_on(SECOND))])
    assert [one.version for one in store.pending_texts(MODEL.sha256)] == [other.version]
    assert [one.version for one in store.pending_texts(NEWER.sha256)] == [other.version, edited.version]
    assert [one.version for one in store.pending_texts(NEWER.sha256, most=1)] == [other.version]
    assert [one.version for one in store.pending_texts(NEWER.sha256, after=other.version)] == [edited.version]


def test_what_an_earlier_version_of_legation_read_is_pending_again(store: Store) -> None:
    (first,) = store.add_versions([version(FIRST, "k")])
    store.add_reports([(first.version, report_on(FIRST))], legation="0.0.1")
    before = store.events().rows
    assert store.pending_texts(MODEL.sha256, legation="0.0.1") == []
    assert [one.version for one in store.pending_texts(MODEL.sha256)] == [first.version]
    assert store.count_pending(MODEL.sha256) == 1
    store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
    assert store.count_pending(MODEL.sha256) == 1, "who made a report that is brought nobody knows"
    assert store.add_reports([(first.version, report_on(FIRST))] * 2) == 0
    assert store.count_pending(MODEL.sha256) == 0
    assert store.pending_texts(MODEL.sha256, legation="0.0.1") == []
    assert store.events().rows == before
    assert store.add_reports([(first.version, report_on(FIRST, confidence=0.5))], legation="9.0") == 1
    assert [event.confidence for event in store.events().rows] == [0.5, 0.5]
    assert store.count_pending(MODEL.sha256) == 0


def test_the_newest_reading_of_the_newest_version_counts(store: Store) -> None:
    (first,) = store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
    assert types(store) == ["ACCUSE", "SUPPORT"]
    (edited,) = store.add_versions([version(SECOND, "k")])
    assert types(store) == ["ACCUSE", "SUPPORT"]  # what was read stands until the edited text was read
    store.add_reports([(edited.version, report_on(SECOND))])
    assert types(store) == ["ACCUSE", "THREATEN"]
    store.add_reports([(first.version, report_on(FIRST, model=NEWER))])
    assert types(store) == ["ACCUSE", "THREATEN"]  # a late reading of an old version changes nothing
    store.add_reports([(edited.version, report_on(SECOND, model=NEWER))])
    assert [event.model for event in store.events().rows] == ["1.1.0", "1.1.0"]


def test_a_rejected_text_leaves_what_was_known_of_its_item(store: Store) -> None:
    store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
    rejected = replace(empty_report(), rejected=Rejection("not_english", "It is not English."))
    store.add_articles([(version(rejected.text, "k"), rejected)])
    assert types(store) == ["ACCUSE", "SUPPORT"]
    assert store.pending_texts(MODEL.sha256) == []


# ---------------------------------------------------------------- as it was known


def test_a_desk_answers_as_it_knew_it_on_any_day(store_url: str) -> None:
    clock = Clock("2031-02-01T09:00")
    with Store.open(store_url, clock=clock) as store:
        store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
        clock.pass_days(2)
        store.add_articles([(version(SECOND, "k"), report_on(SECOND))])
        clock.pass_days(2)
        store.add_articles([(version(SECOND, "k"), report_on(SECOND, model=NEWER, confidence=0.5))])
        assert types(store, as_of=date(2031, 1, 31)) == []
        assert types(store, as_of=datetime(2031, 2, 1, 8, tzinfo=UTC)) == []
        assert types(store, as_of=date(2031, 2, 1)) == ["ACCUSE", "SUPPORT"]
        assert types(store, as_of=date(2031, 2, 2)) == ["ACCUSE", "SUPPORT"]
        assert types(store, as_of=date(2031, 2, 3)) == ["ACCUSE", "THREATEN"]
        assert {event.confidence for event in store.events(as_of=date(2031, 2, 4)).rows} == {0.9}
        assert {event.confidence for event in store.events().rows} == {0.5}
        assert {event.known_from for event in store.events().rows} == {clock.now}
        assert types(store, as_of=1) == ["ACCUSE", "SUPPORT"]
        with pytest.raises(UsageError, match="no commit 9"):
            store.events(as_of=9)


def test_a_clock_set_back_breaks_no_order(store_url: str) -> None:
    clock = Clock("2031-02-10")
    with Store.open(store_url, clock=clock) as store:
        store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
        clock.pass_days(-8)
        store.add_articles([(version(SECOND, "k"), report_on(SECOND))])
        assert types(store, as_of=date(2031, 2, 9)) == []
        assert types(store, as_of=1) == ["ACCUSE", "SUPPORT"]
        assert types(store, as_of=date(2031, 2, 10)) == types(store) == ["ACCUSE", "THREATEN"]
        clock.pass_days(9)
        store.add_articles([(version(FIRST, "k"), report_on(FIRST))])
        assert types(store, as_of=date(2031, 2, 10)) == ["ACCUSE", "THREATEN"]


# ---------------------------------------------------------------- sources


def test_a_sources_declarations_are_kept_each_in_its_time(store_url: str) -> None:
    clock = Clock("2031-02-01")
    paper = Declaration("https://courier.example/feed", "Courier", "feed", "XVA", settings={"links": "/world/"})
    with Store.open(store_url, clock=clock) as store:
        store.declare([paper])
        store.declare([paper])
        clock.pass_days(1)
        store.declare([replace(paper, name="The Marrin Courier")])
        clock.pass_days(1)
        store.withdraw([paper.key])
        (then,) = store.sources(as_of=date(2031, 2, 1))
        assert (then.declaration, then.since.date()) == (paper, date(2031, 2, 1))
        (later,) = store.sources(as_of=date(2031, 2, 2))
        assert (later.id, later.declaration.name) == (then.id, "The Marrin Courier")
        assert store.sources() == []
        (gone,) = store.sources(withdrawn=True)
        assert gone.withdrawn
        store.declare([paper])
        assert [found.declaration for found in store.sources()] == [paper]


def test_visits_to_sources_and_items_are_kept_with_the_articles_they_gave(store: Store) -> None:
    at = datetime(2031, 2, 1, 12, tzinfo=UTC)
    feed = "https://courier.example/feed"
    state = ItemState("courier.example/1", feed, "guid-1", "courier.example/1/", at, {"attempts": 1})
    check = Check(feed, at, "good", "", 1, {"marks": {"etag": '"x"'}})
    store.add_versions([version(FIRST, "courier.example/1", source=feed)], states=[state], checks=[check])
    later = replace(state, next_try=None, state={"attempts": 2})
    assert store.due_states(feed, at, 5) == [state]
    assert store.due_states(feed, at.replace(hour=11), 5) == []
    store.add_versions([], states=[later], checks=[replace(check, status="unchanged")])
    assert store.due_states(feed, at, 5) == []
    assert (
        store.find_states(feed, [("courier.example/1", None), ("courier.example/1/", None), ("?", "guid-1")])
        == [later] * 3
    )
    assert store.find_states(feed, [("?", None), ("?", "guid-2")]) == [None, None]
    assert store.find_states("another", [("?", "guid-1")]) == [None]
    assert [one.status for one in store.checks(feed)] == ["good", "unchanged"]
    assert store.checks(feed, most=1)[0].details == check.details
    (source,) = store.sources()
    assert source.declaration.key == feed


# ---------------------------------------------------------------- how rows are found


def test_whether_somebody_takes_part_in_an_event_is_asked_of_the_event_not_of_all_that_he_did(
    sqlite_template: Path, tmp_path: Path
) -> None:
    # The wrong index takes as long as the state has events: a second for a page of one that has fifty thousand.
    path = tmp_path / "desk.db"
    shutil.copy(sqlite_template, path)
    texts = [f"{FIRST} No. {number}." for number in range(40)]
    with Store.open(sqlite_url(path)) as writer:
        for number, text in enumerate(texts):
            writer.add_articles([(version(text, f"k{number}"), report_on(text))])
    plans: list[str] = []

    def plan(connection: Any, cursor: Any, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT") and "EXISTS" in statement and "parties" in statement:
            plans.extend(row[-1] for row in cursor.execute("EXPLAIN QUERY PLAN " + statement, parameters).fetchall())

    with Store.open(sqlite_url(path)) as reader:
        listen(reader._engine, "before_cursor_execute", plan)
        assert len(reader.events(EventQuery(actor="XVA")).rows) == 40
    searched = [line for line in plans if "parties" in line]
    assert searched
    assert all("event=?" in line for line in searched), searched
