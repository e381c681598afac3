from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from factories import empty_report, small_report, strait_report
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from legation.errors import UsageError
from legation.formats.report_json import report_from_json, report_to_json
from legation.records import Rejection, Report

SCALARS: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(),
    float: st.floats(allow_nan=False, allow_infinity=False),
    type(None): st.none(),
}


def dict_of(report: Report) -> dict[str, Any]:
    """What the JSON of a report holds."""
    written: dict[str, Any] = json.loads(report_to_json(report))
    return written


def anything_of(hint: Any) -> st.SearchStrategy[Any]:
    """Any value that the type allows, defaulted fields included."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, UnionType):
        return st.one_of(*map(anything_of, args))
    if origin is tuple and args[-1] is Ellipsis:
        return st.lists(anything_of(args[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*map(anything_of, args))
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        return st.builds(hint, **{field.name: anything_of(hints[field.name]) for field in fields(hint)})  # type: ignore[arg-type]
    return SCALARS[hint]


ANY_REPORT = anything_of(Report).map(lambda report: replace(report, schema="legation.report/1"))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(ANY_REPORT, st.sampled_from([None, 2]))
def test_any_report_comes_back_exactly(report: Report, indent: int | None) -> None:
    assert report_from_json(report_to_json(report, indent=indent)) == report


def test_a_whole_article_comes_back_exactly() -> None:
    assert report_from_json(report_to_json(strait_report())) == strait_report()


def test_a_report_from_before_attitudes_were_told_is_read_as_one_without() -> None:
    written = dict_of(strait_report())
    for said in written["statements"]:
        del said["toward"]
    assert [said.toward for said in report_from_json(json.dumps(written)).statements] == [()] * 9


def test_a_position_from_before_sides_had_a_confidence_is_read_as_one_without() -> None:
    written = dict_of(strait_report())
    held = [position for said in written["statements"] for position in said["positions"]]
    for position in held:
        del position["confidence"]
    read = [position for said in report_from_json(json.dumps(written)).statements for position in said.positions]
    assert held and [position.confidence for position in read] == [None] * len(held)


def test_keys_stand_in_the_order_of_the_design() -> None:
    written = dict_of(strait_report())
    assert list(written) == [
        "schema",
        "article",
        "model",
        "text",
        "sentences",
        "entities",
        "events",
        "statements",
        "places",
        "dates",
        "notes",
        "rejected",
    ]
    assert list(written["article"]) == [
        "id",
        "url",
        "title",
        "source",
        "published",
        "language",
        "sha256",
        "chars",
    ]
    assert list(written["events"][0]) == [
        "id",
        "type",
        "mode",
        "contexts",
        "status",
        "cameo",
        "quad",
        "score",
        "trigger",
        "sentence",
        "actor",
        "recipient",
        "date",
        "place",
        "magnitude",
        "according_to",
        "confidence",
        "mentions",
        "why",
    ]
    assert list(written["statements"][0]) == [
        "id",
        "speaker",
        "cue",
        "content",
        "mode",
        "act",
        "addressee",
        "venue",
        "date",
        "positions",
        "confidence",
        "toward",
    ]
    assert list(written["entities"][0]) == [
        "id",
        "name",
        "kind",
        "country",
        "code",
        "sectors",
        "role",
        "affiliation",
        "resolved_by",
        "mentions",
    ]
    assert list(written["places"][0]) == [
        "id",
        "start",
        "end",
        "text",
        "name",
        "country",
        "geonameid",
        "lat",
        "lon",
    ]
    assert list(written["dates"][0]) == ["start", "end", "text", "type", "value"]


def test_the_schema_comes_first() -> None:
    assert report_to_json(empty_report(), indent=None).startswith('{"schema": "legation.report/1", ')


def test_sentences_are_pairs_of_numbers() -> None:
    assert dict_of(empty_report())["sentences"] == [[0, 39]]


def test_empty_lists_and_unknowns_are_written() -> None:
    written = dict_of(empty_report())
    assert written["events"] == []
    assert written["rejected"] is None
    assert written["article"]["published"] is None


def test_a_rejection_is_its_reason_and_its_message() -> None:
    report = replace(empty_report(), rejected=Rejection("empty", "The file is empty."))
    assert dict_of(report)["rejected"] == {"reason": "empty", "message": "The file is empty."}
    assert report_from_json(report_to_json(report)) == report


def test_every_offset_finds_its_words() -> None:
    written = dict_of(strait_report())
    spans = [event["trigger"] for event in written["events"]] + [said["cue"] for said in written["statements"]]
    spans += [span for said in written["statements"] for span in said["content"]]
    assert len(spans) >= 27
    assert all(written["text"][span["start"] : span["end"]] == span["text"] for span in spans)


def test_letters_beyond_ascii_are_kept() -> None:
    assert "“Fjörður” 海峡" in report_to_json(small_report("“Fjörður” 海峡"))


def test_one_line_is_written_without_indent() -> None:
    assert "\n" not in report_to_json(strait_report(), indent=None)


def test_a_lone_surrogate_is_written_as_valid_utf8_and_comes_back() -> None:
    report = small_report("torn \ud83d pair")
    written = report_to_json(report)
    assert "\\ud83d" in written.encode("utf-8").decode("utf-8")
    assert report_from_json(written) == report


def test_a_number_that_is_not_finite_is_refused() -> None:
    event = replace(small_report().events[0], confidence=float("nan"))
    with pytest.raises(ValueError, match="JSON"):
        report_to_json(replace(small_report(), events=(event,)))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"schema": "legation.report/2"}', "[" * 100_000])
def test_other_text_is_no_report(text: str) -> None:
    with pytest.raises(UsageError, match="not a report of Legation"):
        report_from_json(text)


def changed(path: tuple[Any, ...], value: Any) -> str:
    """The JSON of a small report with one value replaced."""
    written = dict_of(small_report())
    place: Any = written
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return json.dumps(written)


@pytest.mark.parametrize(
    ("path", "value", "named"),
    [
        (("text",), 1, "report.text must be a string"),
        (("article", "chars"), "1", "report.article.chars must be a whole number"),
        (("article", "chars"), True, "report.article.chars must be a whole number"),
        (("events", 0, "confidence"), "high", r"report.events\[0\].confidence must be a number"),
        (("events", 0, "status"), "maybe", r"report.events\[0\].status must be one of actual, historical"),
        (("events", 0, "trigger"), None, r"report.events\[0\].trigger must be an object"),
        (("events",), {}, "report.events must be a list"),
        (("sentences",), [[1, 2, 3]], r"report.sentences\[0\] must be a list of 2"),
        (("article", "colour"), "red", "report.article.colour must be left out"),
    ],
)
def test_a_wrong_value_is_refused_by_name(path: tuple[Any, ...], value: Any, named: str) -> None:
    with pytest.raises(UsageError, match=named):
        report_from_json(changed(path, value))


def test_a_missing_key_is_refused_by_name() -> None:
    written = dict_of(small_report())
    del written["notes"]
    with pytest.raises(UsageError, match=r"report\.notes must be present") as refused:
        report_from_json(json.dumps(written))
    assert refused.value.subject == "report.notes"


def test_a_whole_number_stands_for_a_probability_of_one() -> None:
    report = report_from_json(changed(("events", 0, "confidence"), 1))
    assert report.events[0].confidence == 1.0
    assert isinstance(report.events[0].confidence, float)
