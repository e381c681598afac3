"""Full-text search finds the same on both stores, marks what it found, and takes any query for what it may mean."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from desks import NEWER, report_on, version
from factories import strait_report
from hypothesis import given, settings
from hypothesis import strategies as st
from postgres import Server

from legation.errors import UsageError
from legation.records import Text
from legation.store import Store
from legation.store.dialect import sqlite_url
from legation.store.records import Hit, Version
from legation.store.search import SearchQuery
from legation.store.words import Query, marks_in, parse_query, token_of, tokens_of

BODY = "Valdoria accused Kestria of drilling. Morland praised Valdoria."


def found(store: Store, words: str, **asked: Any) -> list[Hit]:
    query = {key: asked.pop(key) for key in list(asked) if key in SearchQuery.__slots__}
    return list(store.search(SearchQuery(words, **query), **asked).rows)


def articles(store: Store, words: str, **asked: Any) -> list[str | None]:
    return [hit.record.title for hit in found(store, words, what=("article",), **asked)]  # type: ignore[union-attr]


def keep(store: Store, *bodies: str) -> None:
    """Articles of these words, titled by their number."""
    store.add_versions([Version(Text(body, title=f"t{n}"), key=str(n)) for n, body in enumerate(bodies)])


# ---------------------------------------------------------------- what is found


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sanctions", ["t0", "t1"]),  # a word finds its forms
        ("SANCTIONED oil", ["t1"]),
        ("sanctions -oil", ["t0"]),
        ('"red line"', ["t2"]),
        ('"line red"', []),
        ("line red", ["t2", "t3"]),
        ("sanct*", ["t0", "t1", "t4"]),
        ("oil OR sanctuary", ["t1", "t4"]),
        ("defence", ["t5"]),
        ("Élysée", ["t5"]),
        ("elysee's", ["t5"]),
        ("UN", ["t5"]),
        ("cease-fire", ["t3"]),
        ("nothing", []),
    ],
)
def test_words_find_what_they_mean(store: Store, query: str, expected: list[str]) -> None:
    keep(
        store,
        "The sanctions hold.",
        "They sanctioned the oil trade.",
        "A red line was drawn.",
        "The line on the map is red, after the cease-fire.",
        "A sanctuary for birds.",
        "The Élysée’s defense of the U.N.’s role.",
    )
    assert sorted(filter(None, articles(store, query))) == expected


def test_a_word_in_the_title_counts_more(store: Store) -> None:
    texts = [
        Text("Ferries kept their timetable, and the strait was calm.", title="Weather"),
        Text("Ferries kept their timetable all week.", title="The strait"),
        Text("Nothing else happened here.", title="Other news"),
    ]
    store.add_versions([Version(text, key=str(n)) for n, text in enumerate(texts)])
    assert articles(store, "strait") == ["The strait", "Weather"]


def test_articles_statements_and_events_are_found_with_their_marks(store: Store) -> None:
    report = strait_report()
    store.add_articles([(Version(Text(report.text, title="T"), key="k"), report)])
    hits = found(store, "inspectors")
    assert {hit.what for hit in hits} == {"article", "statement"}
    for hit in hits:
        assert hit.marks
        for start, end in hit.marks:
            assert hit.text[start:end] == "inspectors"
        if hit.start is not None:
            assert report.text[hit.start : hit.start + len(hit.text)] == hit.text
    event = found(store, "senn", what=("event",))[0]
    assert event.start is not None
    assert report.text[event.start :].startswith(event.text)


def test_filters_hold_for_each_kind(store: Store) -> None:
    for key, published in (("one", "2031-01-01"), ("two", "2031-02-01")):
        report = report_on(f"{BODY} {key}.", published=published)
        text = Text(report.text, title=key, published=date.fromisoformat(published), source=f"Paper {key}")
        store.add_articles([(Version(text, key=key), report)])
    assert len(found(store, "valdoria")) == 6
    assert {hit.what for hit in found(store, "valdoria", type="ACCUSE")} == {"event"}
    assert len(found(store, "valdoria", type="ACCUSE", source="Paper one")) == 1
    assert len(found(store, "valdoria", source="Paper one")) == 3
    assert len(found(store, "valdoria", since=date(2031, 2, 1))) == 3
    assert len(found(store, "valdoria", actor="XMO", what=("event",))) == 2
    assert len(found(store, "valdoria", country="XKE")) == 4
    assert found(store, "valdoria", country="USA") == []


def test_a_search_answers_as_the_desk_knew_it(store: Store) -> None:
    store.add_articles([(version(BODY, "k"), report_on(BODY))])
    edited = BODY.replace("drilling", "fishing")
    store.add_articles([(version(edited, "k"), report_on(edited, model=NEWER))])
    assert found(store, "drilling") == []
    assert {hit.what for hit in found(store, "fishing")} == {"article", "event"}
    assert {hit.what for hit in found(store, "drilling", as_of=1)} == {"article", "event"}
    assert found(store, "fishing", as_of=1) == []


def test_pages_of_a_search_have_everything_once(store: Store) -> None:
    keep(store, *(f"The ferry of pier {number}." for number in range(25)))
    seen, page = [], None
    while True:
        rows = store.search(SearchQuery("ferry"), most=10, page=page)
        seen += [hit.record.title for hit in rows.rows]
        if rows.next is None:
            break
        page = rows.next
        keep(store, *(f"A later ferry, number {number}." for number in range(25)))
    assert sorted(seen) == sorted(f"t{number}" for number in range(25))


# ---------------------------------------------------------------- queries


@pytest.mark.parametrize("query", ["", "   ", "-oil", '""', "!!! ***", "OR", "- - -"])
def test_a_query_without_a_word_is_refused(query: str) -> None:
    with pytest.raises(UsageError, match="at least one word"):
        parse_query(query)


@settings(max_examples=60)
@given(st.text(alphabet=st.sampled_from(list("ab'\"“*-+()^:;&|!<>\\%_~ \0\ud800éOR")), max_size=20))
def test_no_query_breaks_a_database(stores_with_words: list[Store], query: str) -> None:
    for store in stores_with_words:
        with suppress(UsageError):
            assert len(found(store, query)) <= 3


@pytest.fixture(scope="module")
def stores_with_words(
    tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path, postgres: Server, postgres_template: str
) -> Iterator[list[Store]]:
    """A store of each kind with an article in it."""
    path = Path(shutil.copy(sqlite_template, tmp_path_factory.mktemp("words") / "desk.db"))
    urls = [sqlite_url(path).render_as_string(), postgres.url(postgres.new_database(postgres_template))]
    opened = [Store.open(url) for url in urls]
    for store in opened:
        keep(store, "a b ab e")
    yield opened
    for store in opened:
        store.close()


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_tokens_hold_nothing_that_a_database_might_obey(text: str) -> None:
    assert all(token.isalnum() for token in tokens_of(text))


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from(list("ab c-é.'")), max_size=40), st.sampled_from(["a", "ab", '"a b"', "a*"]))
def test_marks_are_words_that_were_sought(text: str, words: str) -> None:
    query: Query = parse_query(words)
    marks = marks_in(text, query)
    assert marks == sorted(marks)
    assert all(end <= start for (_, end), (start, _) in pairwise(marks))
    for start, end in marks:
        assert token_of(text[start:end].split()[0].split("-")[0]).startswith("a")


def test_every_sought_form_is_marked() -> None:
    text = "They negotiate; negotiations, negotiated and NEGOTIATING teams. Defence of defense."
    assert [text[a:b] for a, b in marks_in(text, parse_query("negotiation"))] == [
        "negotiate", "negotiations", "negotiated", "NEGOTIATING",
    ]  # fmt: skip
    assert [text[a:b] for a, b in marks_in(text, parse_query("defence"))] == ["Defence", "defense"]
