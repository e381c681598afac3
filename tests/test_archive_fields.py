"""From a row to an article: which names count, and which days are days."""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.collect.archive.days import day_of
from legation.collect.archive.fields import by_folded_name, record_of
from legation.records import Article, Text

DAY = date(2024, 4, 3)


def text_of(row: dict[str, object]) -> Text:
    content = record_of("a.jsonl, line 1", by_folded_name(row)).content
    assert isinstance(content, Text)
    return content


def test_all_fields_of_a_text_are_taken() -> None:
    row: dict[str, object] = {
        "id": "n-1",
        "title": " Envoy recalled ",
        "text": " The envoy left.\n",
        "url": "https://news.example/1",
        "source": "The Example",
        "published": "2024-04-03",
    }
    assert text_of(row) == Text(
        body=" The envoy left.\n",
        title="Envoy recalled",
        url="https://news.example/1",
        source="The Example",
        published=DAY,
        published_basis="given",
        id="n-1",
    )


@pytest.mark.parametrize("name", ["text", "body", "content", "article", "maintext", "TEXT", " Body ", "\ufefftext"])
def test_the_text_has_several_names(name: str) -> None:
    assert text_of({name: "The envoy left."}).body == "The envoy left."


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("headline", "title"),
        ("uri", "url"),
        ("link", "url"),
        ("publisher", "source"),
        ("outlet", "source"),
        ("domain", "source"),
        ("source_name", "source"),
        ("_id", "id"),
        ("doc_id", "id"),
        ("GUID", "id"),
    ],
)
def test_other_names_are_understood(name: str, field: str) -> None:
    assert getattr(text_of({"text": "x", name: "value"}), field) == "value"


@pytest.mark.parametrize(
    "name",
    ["published", "date", "publication_date", "publish_date", "published_at", "timestamp"],
)
def test_the_day_has_several_names(name: str) -> None:
    assert text_of({"text": "x", name: "2024-04-03"}).published == DAY


def test_of_several_names_the_first_that_has_a_value_counts() -> None:
    text = text_of({"body": "second", "text": " ", "date": "2024-04-03", "published": None, "link": "b", "url": "a"})
    assert (text.body, text.published, text.url) == ("second", DAY, "a")


def test_of_names_that_differ_in_case_the_first_counts() -> None:
    assert text_of({"Text": "first", "text": "second"}).body == "first"


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (17, "17"),
        (17.0, "17"),
        (1.5, "1.5"),
        (-3, "-3"),
        (10**400, str(10**400)),
        (Decimal("12.50"), "12.50"),
        (" x ", "x"),
        (True, None),
        ("", None),
        (math.nan, None),
        (math.inf, None),
        ([1], None),
        ({"$oid": "x"}, None),
    ],
)
def test_an_id_is_a_string_or_a_number(value: object, name: str | None) -> None:
    assert text_of({"text": "x", "id": value}).id == name


def test_html_without_text_gives_an_article() -> None:
    record = record_of("a.jsonl, line 2", {"html": "<p>Café", "text": "", "url": "u", "source": "s", "id": 7})
    assert record.content == Article(
        name="a.jsonl, line 2",
        content="<p>Café".encode(),
        media_type="text/html",
        charset="utf-8",
        url="u",
        source="s",
        id="7",
    )


def test_text_goes_before_html() -> None:
    assert text_of({"html": "<p>x", "body": "The envoy left."}).body == "The envoy left."


@pytest.mark.parametrize(
    "row",
    [{}, {"title": "x"}, {"text": None}, {"text": " \n"}, {"text": 5}, {"text": ["x"], "html": ""}, {"text": math.nan}],
)
def test_neither_text_nor_html_is_said(row: dict[str, object]) -> None:
    record = record_of("a", row)
    assert record.content is None and record.rejected is not None and record.rejected.reason == "no_text"


def test_lone_surrogates_become_replacement_characters_of_the_same_length() -> None:
    text = text_of({"text": "a\ud800b\0", "title": "\udfff"})
    assert (text.body, text.title) == ("a\ufffdb\0", "\ufffd")
    assert text.notes == ("Characters that are none (lone surrogates) were replaced by U+FFFD.",)
    page = record_of("a", {"html": "<p>\ud800"}).content
    assert isinstance(page, Article) and page.content.decode() == "<p>\ufffd"


def test_bytes_are_read_as_utf8_or_refused() -> None:
    assert text_of({"text": "é".encode()}).body == "é"
    record = record_of("a", {"text": b"\xff\xfe"})
    assert record.rejected is not None and record.rejected.reason == "unreadable"


def test_a_field_over_the_limit_is_too_long_in_bytes() -> None:
    assert text_of({"text": "x" * 20_000_000}).body
    for words in ("x" * 20_000_001, "é" * 10_000_001):
        record = record_of("a", {"text": words})
        assert record.rejected is not None and record.rejected.reason == "too_long"


@pytest.mark.parametrize(
    "value", ["2024-02-31", "0000-01-01", "2201-01-01", "03/04/2024", "soon", True, {"a": 1}, 2024]
)
def test_a_date_that_is_none_leaves_a_note(value: object) -> None:
    text = text_of({"text": "x", "published": value})
    assert (text.published, text.published_basis) == (None, None)
    assert text.notes == (f"The date '{value}' is none, so no day of publication is known.",)


def test_a_long_date_that_is_none_is_shortened() -> None:
    (note,) = text_of({"text": "x", "published": "x" * 5000}).notes
    assert len(note) < 140


def test_no_date_leaves_no_note() -> None:
    for value in (None, "", " ", math.nan):
        assert text_of({"text": "x", "date": value}).notes == ()


@pytest.mark.parametrize(
    "value",
    [
        "2024-04-03",
        " 2024-04-03 ",
        "20240403",
        20240403,
        20240403.0,
        "20240403T101500Z",
        "20240403101500",
        "2024-04-03T10:15:00",
        "2024-04-03 10:15",
        "2024-04-03T23:59:59.999999-11:00",
        "2024-04-03T00:00:00+14:00",
        "2024-04-03 10:15:00 UTC",
        "2024-04-03T10:15:00.000Z",
        1712145600,
        1712145600.5,
        1712145600000,
        "1712145600",
        "1712145600.0",
        "1712145600000",
        date(2024, 4, 3),
        datetime(2024, 4, 3, 23, tzinfo=UTC),
    ],
)
def test_days_as_archives_write_them(value: object) -> None:
    assert day_of(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        "2024-4-3",
        "2024/04/03",
        "2024-13-01",
        "2024-02-30T10:00:00Z",
        "2023-02-29",
        "2024-04-03 tomorrow",
        "20241301",
        20241301,
        "0001-01-01",
        "9999-12-31",
        "202404",
        0,
        -1,
        86_399,
        10**14,
        10**400,
        -(10**400),
        1e300,
        math.inf,
        -math.inf,
        math.nan,
        False,
        None,
        b"2024-04-03",
        "٢٠٢٤-٠٤-٠٣",
    ],
)
def test_what_is_no_day(value: object) -> None:
    assert day_of(value) is None


def test_seconds_reach_from_1900_to_2099() -> None:
    assert day_of(-2_208_988_800) == date(1900, 1, 1)
    assert day_of(4_102_444_799) == date(2099, 12, 31)
    assert day_of(-2_208_988_800_000) == date(1900, 1, 1)


@given(st.dates(date(1600, 1, 1), date(2200, 12, 31)))
def test_every_day_that_can_be_is_read_in_both_ways_to_write_it(day: date) -> None:
    assert day_of(day.isoformat()) == day_of(day.strftime("%Y%m%d")) == day_of(day) == day


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from(["text", "html", "published", "id", "title", "url", "source", "other"])


@given(st.dictionaries(NAMES, ANYTHING))
def test_any_row_gives_an_article_or_a_reason(row: dict[str, object]) -> None:
    record = record_of("a", row)
    assert (record.content is None) == (record.rejected is not None)
    json.dumps(str(record), ensure_ascii=False).encode("utf-8", "surrogatepass")
