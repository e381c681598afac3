"""A report as flat rows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, get_args

import pytest
from factories import Words, empty_report, make_entity, make_event, make_statement, small_report, strait_report
from hypothesis import HealthCheck, given, settings
from test_report_json import ANY_REPORT

from legation.formats.columns import TABLES
from legation.formats.tables import rows_of
from legation.records import (
    DateExpression,
    EntitySpan,
    EventDate,
    Granularity,
    Magnitude,
    Mention,
    Rejection,
    Report,
    Span,
)

PYTHON = {"string": str, "int64": int, "double": float, "date32": date}


def only(rows: list[dict[str, object]]) -> dict[str, Any]:
    (row,) = rows
    return row


def row_of(table: str, id: str, report: Report | None = None) -> dict[str, Any]:
    """The row of a table whose second column is `id`."""
    rows = rows_of(report or strait_report())[table]
    return next(row for row in rows if id in (row.get("event_id"), row.get("statement_id"), row.get("entity_id")))


def assert_fits(rows: dict[str, list[dict[str, Any]]]) -> None:
    """Every row has the columns of its table in their order, of their types, null only where they may be."""
    assert list(rows) == list(TABLES)
    for table, columns in TABLES.items():
        for row in rows[table]:
            assert list(row) == [column.column for column in columns]
            for column in columns:
                value, kind = row[column.column], column.type.removeprefix("list<").removesuffix(">")
                values = value if column.type.startswith("list") else [value]
                assert value is not None or column.nullable, column
                assert all(item is None or type(item) is PYTHON[kind] for item in values), column


@pytest.mark.parametrize("report", [strait_report(), small_report(), empty_report()])
def test_rows_have_the_columns_of_the_dictionary(report: Report) -> None:
    assert_fits(rows_of(report))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_REPORT)
def test_any_report_has_rows_that_fit(report: Report) -> None:
    assert_fits(rows_of(report))


def test_there_is_a_row_for_everything_in_a_report() -> None:
    report, rows = strait_report(), rows_of(strait_report())
    assert {table: len(found) for table, found in rows.items()} == {
        "articles": 1,
        "events": len(report.events),
        "statements": len(report.statements),
        "entities": len(report.entities),
        "places": len(report.places),
        "dates": len(report.dates),
    }
    assert {row["article_id"] for found in rows.values() for row in found} == {report.article.id}


def test_an_article_tells_what_is_known_of_it_and_what_was_found() -> None:
    report = replace(strait_report(), notes=("Read as UTF-8.", "Two pages were empty."))
    row = only(rows_of(report)["articles"])
    assert (row["source"], row["published"]) == ("The Marrin Courier", date(2025, 4, 2))
    assert (row["sentences"], row["events"], row["statements"]) == (len(report.sentences), 9, 9)
    assert row["notes"] == "Read as UTF-8. Two pages were empty."
    assert (row["model"], row["model_version"]) == ("legation-en", "1.0.0")
    assert row["rejected"] is None and row["rejected_message"] is None


def test_what_is_not_known_of_an_article_is_null() -> None:
    row = only(rows_of(empty_report())["articles"])
    assert [row[name] for name in ("url", "title", "source", "published", "notes")] == [None] * 5
    assert (row["sentences"], row["events"]) == (1, 0)


@pytest.mark.parametrize("published", ["2025-04", "soon", "", "2025-02-30"])
def test_a_day_of_publication_that_is_none_is_null(published: str) -> None:
    assert only(rows_of(empty_report(published=published))["articles"])["published"] is None


def test_a_rejected_report_has_a_row_of_articles_alone() -> None:
    report = replace(strait_report(), rejected=Rejection("not_english", "The text is in Danish."))
    rows = rows_of(report)
    assert {table: len(found) for table, found in rows.items() if found} == {"articles": 1}
    row = only(rows["articles"])
    assert (row["rejected"], row["rejected_message"]) == ("not_english", "The text is in Danish.")
    assert (row["sentences"], row["events"], row["statements"]) == (0, 0, 0)


def test_the_plain_columns_hold_the_first_actor_and_the_lists_all() -> None:
    row = row_of("events", "e1")
    assert (row["actor"], row["actor_entity"], row["actor_kind"]) == ("Ilse Harrow", "n1", "person")
    assert (row["actor_code"], row["actor_country"], row["actor_sectors"]) == ("XVA", "XVA", ["GOV"])
    assert row["actor_text"] == "President Ilse Harrow of Valdoria"
    assert row["actors"] == ["Ilse Harrow", "Tomas Verrin"]
    assert row["actors_country"] == ["XVA", "XKE"]
    assert row["actors_text"] == ["President Ilse Harrow of Valdoria", "Tomas Verrin"]


def test_an_event_without_a_recipient_has_nulls_and_empty_lists() -> None:
    row = row_of("events", "e1")
    assert [row[name] for name in ("recipient", "recipient_entity", "recipient_code", "recipient_start")] == [None] * 4
    assert row["recipient_sectors"] == row["recipients"] == row["recipients_code"] == []


def test_a_participant_without_an_entity_keeps_its_words() -> None:
    row = row_of("events", "e6")
    assert (row["recipient"], row["recipient_entity"]) == ("the Valdorian port of Hale", None)
    assert (row["recipients"], row["recipients_code"], row["recipients_sectors"]) == (
        ["the Valdorian port of Hale"],
        [None],
        [""],
    )


def test_an_entity_that_the_report_lacks_is_named_by_its_words() -> None:
    report = replace(small_report(), entities=())
    row = only(rows_of(report)["events"])
    assert (row["actor"], row["actor_entity"], row["actor_kind"], row["actor_sectors"]) == ("Valdoria", "n1", None, [])


def test_the_sectors_of_each_actor_are_parted_by_blanks() -> None:
    report = small_report()
    valdoria = replace(report.entities[0], sectors=("GOV", "MIL"))
    row = only(rows_of(replace(report, entities=(valdoria,)))["events"])
    assert (row["actor_sectors"], row["actors_sectors"]) == (["GOV", "MIL"], ["GOV MIL"])


def test_offsets_of_an_event_find_their_words() -> None:
    report = strait_report()
    for row in rows_of(report)["events"]:
        event: dict[str, Any] = row
        assert report.text[event["trigger_start"] : event["trigger_end"]] == event["trigger_text"]
        assert report.text[event["sentence_start"] : event["sentence_end"]] == event["sentence_text"]
        spans = zip(event["actors_start"], event["actors_end"], event["actors_text"], strict=True)
        assert all(report.text[start:end] == text for start, end, text in spans)


def test_a_sentence_that_the_report_lacks_is_null() -> None:
    report = replace(small_report(), sentences=())
    row = only(rows_of(report)["events"])
    assert (row["sentence"], row["sentence_start"], row["sentence_text"]) == (0, None, None)


@pytest.mark.parametrize(
    ("value", "granularity", "first", "last"),
    [
        ("2024-04-02", "day", date(2024, 4, 2), date(2024, 4, 2)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("202", "decade", date(2020, 1, 1), date(2029, 12, 31)),
        ("BC0490", "year", None, None),
    ],
)
def test_a_date_is_its_value_and_real_days(value: str, granularity: str, first: date, last: date) -> None:
    assert granularity in get_args(Granularity)
    report = small_report()
    event = replace(report.events[0], date=EventDate(value, granularity, "stated"))  # type: ignore[arg-type]
    row = only(rows_of(replace(report, events=(event,)))["events"])
    assert (row["date"], row["date_granularity"], row["date_basis"]) == (value, granularity, "stated")
    assert (row["first_day"], row["last_day"]) == (first, last)


def test_an_undated_event_has_no_days() -> None:
    row = only(rows_of(small_report(published="2024-04-03"))["events"])
    assert [row[name] for name in ("date", "date_granularity", "date_basis", "first_day", "last_day")] == [None] * 5


def test_an_event_has_its_place_its_numbers_and_its_source() -> None:
    row = row_of("events", "e8")
    assert (row["place_id"], row["place"], row["place_country"]) == ("p2", "Ostrel", "XKE")
    assert (row["place_lat"], row["place_lon"], row["place_geonameid"]) == (56.5, -12.25, None)
    assert (row["dead"], row["injured"], row["arrested"]) == (None, None, 14)
    assert row_of("events", "e9")["according_to"] == "s9"


def test_no_dead_stated_is_null_and_none_dead_is_zero() -> None:
    report = small_report()
    event = replace(report.events[0], magnitude=Magnitude(dead=0))
    row = only(rows_of(replace(report, events=(event,)))["events"])
    assert (row["dead"], row["injured"]) == (0, None)


def test_further_tellings_are_counted_and_listed() -> None:
    report = small_report()
    told = (Mention(3, Span(90, 98, "charging")), Mention(5, Span(200, 206, "claims")))
    row = only(rows_of(replace(report, events=(replace(report.events[0], mentions=told),)))["events"])
    assert (row["mentions"], row["mentions_sentence"]) == (3, [3, 5])
    assert (row["mentions_start"], row["mentions_text"]) == ([90, 200], ["charging", "claims"])
    assert only(rows_of(report)["events"])["mentions"] == 1


def test_a_statement_tells_who_said_what_to_whom() -> None:
    row = row_of("statements", "s2")
    assert (row["speaker"], row["speaker_entity"], row["speaker_text"]) == ("Tomas Verrin", "n2", "Mr. Verrin")
    assert (row["speaker_role"], row["speaker_affiliation"]) == ("prime minister", "Kestria")
    assert (row["mode"], row["act"], row["cue_text"]) == ("direct", "reject", "told")
    assert (row["addressee"], row["addressee_entity"], row["addressee_code"]) == ("lawmakers", None, None)
    assert (row["date"], row["first_day"]) == ("2025-03-31", date(2025, 3, 31))
    assert (row["positions_issue"], row["positions_option"], row["positions_stance"]) == (
        ["arms-control"], ["limit"], ["against"],
    )  # fmt: skip
    assert row["positions_text"] == ["will not accept inspectors"]


def test_the_pieces_of_a_statement_are_joined_in_the_order_of_the_text() -> None:
    report = strait_report()
    said = next(said for said in report.statements if said.id == "s2")
    turned = replace(report, statements=(replace(said, content=said.content[::-1]),))
    row = only(rows_of(turned)["statements"])
    assert row["content"] == (
        "“We will not accept inspectors who report to our rivals,” ... “and we will not pay for them.”"
    )
    assert row["content_start"] == [span.start for span in said.content]
    assert row["content_end"] == [span.end for span in said.content]


def test_a_statement_without_a_speaker_has_nulls() -> None:
    words = Words("It was said that rain came.")
    said = make_statement("s1", words.span("said"), words.span("that rain came"))
    report = replace(empty_report(), text=words.text, sentences=((0, 27),), statements=(said,))
    row = only(rows_of(report)["statements"])
    assert [row[f"speaker{end}"] for end in ("", "_entity", "_role", "_start", "_text")] == [None] * 5
    assert row["speaker_sectors"] == []


def test_a_statement_stands_in_the_sentence_of_its_cue() -> None:
    report = strait_report()
    for row in rows_of(report)["statements"]:
        said: dict[str, Any] = row
        start, end = report.sentences[said["sentence"]]
        assert start <= said["cue_start"] < end
    cut = replace(report, sentences=((0, 1),))
    assert {row["sentence"] for row in rows_of(cut)["statements"]} == {None}


def test_an_entity_has_its_first_mention_and_the_offsets_of_all() -> None:
    report = strait_report()
    row = row_of("entities", "n2")
    assert (row["name"], row["role"], row["resolved_by"]) == ("Tomas Verrin", "prime minister", "context")
    assert (row["mentions"], row["first_text"]) == (4, "Tomas Verrin")
    spans = zip(row["mentions_start"], row["mentions_end"], strict=True)
    assert [report.text[start:end] for start, end in spans] == ["Tomas Verrin", *["Mr. Verrin"] * 3]


def test_an_entity_that_is_never_mentioned_has_no_first_mention() -> None:
    report = replace(small_report(), entities=(make_entity("n1", "Valdoria", "state"),))
    row = only(rows_of(report)["entities"])
    assert (row["mentions"], row["first_start"], row["first_text"], row["mentions_start"]) == (0, None, None, [])


def test_places_and_dates_have_their_words_and_values() -> None:
    rows = rows_of(strait_report())
    place: dict[str, Any] = rows["places"][3]
    assert (place["place_id"], place["mention_text"], place["name"], place["country"]) == ("p4", "Sund", "Sund", None)
    assert [(row["number"], row["value"]) for row in rows["dates"]][3:5] == [(4, "2025-03"), (5, "2023")]
    assert (rows["dates"][3]["first_day"], rows["dates"][3]["last_day"]) == (date(2025, 3, 1), date(2025, 3, 31))
    assert rows["dates"][6]["value"] is None and rows["dates"][6]["first_day"] is None


def test_a_duration_has_a_value_and_no_days() -> None:
    lasted = DateExpression(0, 9, "two years", "DURATION", "P2Y")
    row = only(rows_of(replace(empty_report(), dates=(lasted,)))["dates"])
    assert (row["type"], row["value"], row["first_day"], row["last_day"]) == ("DURATION", "P2Y", None, None)


def test_an_event_without_an_actor_has_a_row() -> None:
    words = Words("Two envoys were held.")
    event = make_event("e1", "COERCE", words.span("held"), actor=(), recipient=(EntitySpan(None, 0, 10, "Two envoys"),))
    row = only(rows_of(replace(empty_report(), text=words.text, events=(event,)))["events"])
    assert (row["actor"], row["actors"], row["recipient"]) == (None, [], "Two envoys")
