"""The whole way from an article to its report, and what Legation promises to those who import it."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import legation
from legation import pipeline
from legation.formats.report_json import report_from_json, report_to_json
from legation.records import Article, Entity, EntitySpan, Report, Span

SENTENCE = "Oman and Qatar signed a treaty on Monday, said Omar Testerin, a spokesman for the Omani government."


@pytest.fixture(scope="module")
def legate() -> legation.Reader:
    return legation.Reader(threads=1)


# ---------------------------------------------------------------- the function


def test_the_function_stays_a_function_after_the_package_of_its_name_is_loaded() -> None:
    script = (
        "import legation; first = legation.read('Peru met Chile.'); import legation.read.reader; "
        "from legation.read.reader import TextReader; second = legation.read('Peru met Chile.'); "
        "assert first == second; print(callable(legation.read), TextReader.__name__)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "True TextReader\n"


def test_the_function_keeps_its_reader() -> None:
    legation.read("Peru met Chile.")
    kept = pipeline._kept_reader()
    legation.read("Chile met Peru.")
    assert pipeline._kept_reader() is kept


def test_importing_loads_no_model_runtime() -> None:
    script = "import sys, legation; print('onnxruntime' in sys.modules, 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "False False\n"


# ---------------------------------------------------------------- the report


def test_what_is_known_of_the_article_stands_in_the_report(legate: legation.Reader) -> None:
    report = legate.read(
        SENTENCE, published="2024-04-03", title="A treaty", url="https://paper.test/1", source="The Paper"
    )
    digest = hashlib.sha256(SENTENCE.encode()).hexdigest()
    assert report.article == legation.ArticleInfo(
        digest[:16], "https://paper.test/1", "A treaty", "The Paper", "2024-04-03", "en", digest, len(SENTENCE)
    )
    assert report.text == SENTENCE
    assert report.rejected is None


def test_a_sentence_gives_its_event_and_its_statement(legate: legation.Reader) -> None:
    report = legate.read(SENTENCE, published="2024-04-03")
    assert {"Oman", "Qatar"} <= {entity.name for entity in report.entities}
    assert any(event.trigger.text == "signed" for event in report.events)
    assert [said.cue.text for said in report.statements] == ["said"]


def test_the_same_text_gives_the_same_report(legate: legation.Reader) -> None:
    assert legate.read(SENTENCE) == legate.read(SENTENCE)


def test_the_model_is_named_with_its_checksum(legate: legation.Reader) -> None:
    graph = Path(pipeline.__file__).parent / "data" / "model" / "model.onnx"
    read, rejected = legate.read(SENTENCE), legate.read("")
    assert read.model.sha256 == hashlib.sha256(graph.read_bytes()).hexdigest()
    assert rejected.model == read.model


def test_dates_are_reckoned_from_the_day_of_publication(legate: legation.Reader) -> None:
    values = [
        [found.value for found in legate.read(SENTENCE, published=day).dates]
        for day in ("2024-04-03", date(2024, 4, 3), datetime(2024, 4, 3, 23, 59, tzinfo=UTC))
    ]
    assert values == [["2024-04-01"]] * 3


def test_without_a_day_dates_stay_unknown_and_a_note_says_so(legate: legation.Reader) -> None:
    report = legate.read(SENTENCE)
    assert [found.value for found in report.dates] == [None]
    assert report.article.published is None
    assert sum("--published YYYY-MM-DD" in note for note in report.notes) == 1


def test_with_a_day_no_note_asks_for_one(legate: legation.Reader) -> None:
    assert legate.read(SENTENCE, published="2024-04-03").notes == ()


@pytest.mark.parametrize("given", ["Tuesday", "2024-4-3", "2024-13-01", "2023-02-29", "", "2024-04-03T00:00"])
def test_a_day_that_is_none_is_refused(legate: legation.Reader, given: str) -> None:
    with pytest.raises(legation.DateError) as caught:
        legate.read(SENTENCE, published=given)
    assert caught.value.subject == given


@given(st.dates())
def test_every_day_is_understood_as_it_is_written(day: date) -> None:
    assert pipeline.parse_day(day.isoformat()) == day


@pytest.mark.parametrize("threads", [0, -1])
def test_no_thread_is_too_few(threads: int) -> None:
    with pytest.raises(legation.UsageError, match="1 or more"):
        legation.Reader(threads=threads)


# ---------------------------------------------------------------- rejections


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "empty"),
        (" \n\t\ufeff\u200b", "empty"),
        ("Die Regierung hat am Dienstag den Botschafter einbestellt und Protest eingelegt.", "not_english"),
        ("The ministers met. " * 120_000, "too_long"),
    ],
)
def test_a_text_that_cannot_be_read_gives_a_report_that_says_why(
    legate: legation.Reader, text: str, reason: str
) -> None:
    report = legate.read(text, title="Kept", published="2024-04-03")
    assert report.rejected is not None
    assert report.rejected.reason == reason
    assert report.article.title == "Kept"
    assert (report.sentences, report.entities, report.events, report.statements) == ((), (), (), ())
    assert (report.places, report.dates) == ((), ())
    assert report_from_json(report_to_json(report)) == report


def test_a_rejected_text_loads_no_model() -> None:
    reader = legation.Reader()
    assert reader.read("").rejected is not None
    assert "_stage" not in vars(reader)
    assert reader.read("Peru met Chile.").rejected is None
    assert "_stage" in vars(reader)


def test_a_missing_model_is_an_error_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipeline.shipped_model.cache_clear()
    monkeypatch.setattr(pipeline, "files", lambda _: tmp_path)
    with pytest.raises(legation.ModelError, match="Install the package again"):
        legation.Reader().read("")
    pipeline.shipped_model.cache_clear()


# ---------------------------------------------------------------- articles


def test_bytes_are_read_as_what_they_are(legate: legation.Reader) -> None:
    page = f"<!doctype html><html><body><article><p>{SENTENCE * 4}</p></article></body></html>"
    report = legate.read_article(Article("page.html", page.encode(), "text/html", published=date(2024, 4, 3)))
    assert report.rejected is None
    assert "<p>" not in report.text
    assert "2024-04-01" in {found.value for found in report.dates}


def test_an_image_is_rejected(legate: legation.Reader) -> None:
    rejected = legate.read_article(Article("map.png", b"\x89PNG\r\n\x1a\n")).rejected
    assert rejected is not None
    assert rejected.reason == "not_text"


def test_a_text_that_looks_like_a_page_is_read_as_the_text_it_is(legate: legation.Reader) -> None:
    text = "<p>The minister of Peru went to Chile, and the minister of Chile went to Peru.</p>"
    assert legate.read(text).text == text


def test_a_file_is_read_from_its_name(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    assert legation.read_source(str(path), published="2024-04-03") == legation.read(SENTENCE, published="2024-04-03")


def test_a_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(legation.SourceNotFoundError):
        legation.read_source("no-such-article.txt")


# ---------------------------------------------------------------- whatever is read


@settings(max_examples=25)
@given(st.text(st.characters(), max_size=300), st.booleans())
def test_no_text_breaks_it_and_every_span_holds(noise: str, sandwiched: bool) -> None:
    text = f"{SENTENCE} {noise} {SENTENCE}" if sandwiched else noise
    report = legation.read(text, published="2024-04-03")
    assert report.article.sha256 == hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    assert_spans_hold(report)
    assert report_from_json(report_to_json(report)) == report


@pytest.mark.parametrize("text", ["\ud800", "The \udc00 minister of Peru went to Chile on Monday."])
def test_half_a_character_breaks_nothing(text: str) -> None:
    assert_spans_hold(legation.read(text))


def test_the_spans_of_the_example_hold() -> None:
    text = (Path(__file__).parent.parent / "examples" / "strait.txt").read_text(encoding="utf-8")
    assert_spans_hold(legation.read(text, published="2025-06-11"))


def assert_spans_hold(report: Report) -> None:
    """Every span is its own text, and every id that is referred to exists."""
    known = {entity.id for entity in report.entities}
    for span in spans_of(report):
        assert report.text[span.start : span.end] == span.text
        assert not isinstance(span, EntitySpan) or span.entity is None or span.entity in known
    for start, end in report.sentences:
        assert 0 <= start < end <= len(report.text)
    assert {e.according_to for e in report.events} <= {None, *(s.id for s in report.statements)}
    assert {e.place for e in report.events} <= {None, *(p.id for p in report.places)}


def spans_of(report: Report) -> list[Span | EntitySpan]:
    found: list[Span | EntitySpan] = [span for entity in report.entities for span in mentions(entity)]
    for event in report.events:
        found += [event.trigger, *event.actor, *event.recipient]
    for said in report.statements:
        found += [said.cue, *said.content, *filter(None, (said.speaker, said.addressee))]
    found += [Span(place.start, place.end, place.text) for place in report.places]
    return found + [Span(found.start, found.end, found.text) for found in report.dates]


def mentions(entity: Entity) -> tuple[Span, ...]:
    return entity.mentions
