"""Statements read out of reports and tables as flat records, and whose they are."""

from __future__ import annotations

import io
import shutil
import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from factories import empty_report, strait_report
from hypothesis import given
from hypothesis import strategies as st
from years import year_reports

from legation.errors import SourceNotFoundError, UsageError
from legation.formats.report_json import report_to_json
from legation.formats.write_tables import write_part
from legation.positions.inputs import read_heard
from legation.positions.names import name_words, speaks_as
from legation.positions.said import Said, in_time, said_of, within
from legation.records import EventDate, Report


def said_in(*inputs: str | Path) -> list[Said]:
    return [one for heard in read_heard([str(name) for name in inputs]) for one in heard.said]


def lines(*reports: Report) -> str:
    return "".join(report_to_json(report, indent=None) + "\n" for report in reports)


@pytest.fixture
def data_set(tmp_path: Path) -> Path:
    """What `legation code` writes: two parts of reports, with what stands beside them."""
    out = tmp_path / "set"
    (out / "reports").mkdir(parents=True)
    (out / "reports" / "part-00000.jsonl").write_text(lines(strait_report()), encoding="utf-8")
    (out / "reports" / "part-00001.jsonl").write_text(lines(empty_report(), *year_reports()[:2]), encoding="utf-8")
    for name in ("manifest.json", "journal.jsonl", "rejects.jsonl"):
        (out / name).write_text('{"no": "report"}\n', encoding="utf-8")
    return out


@pytest.fixture(params=["parquet", "csv"])
def tables(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """The same articles as tables of two parts."""
    out = tmp_path / "tables"
    write_part([strait_report()], out, 0, request.param, {})
    write_part([empty_report(), *year_reports()[:2]], out, 1, request.param, {})
    return out


# ---------------------------------------------------------------- reports


def test_a_statement_has_who_how_what_and_the_sentence_around() -> None:
    second = list(said_of(strait_report()))[1]
    assert (second.speaker, second.known, second.kind, second.role) == (
        "Tomas Verrin",
        True,
        "person",
        "prime minister",
    )
    assert (second.cue, second.act, second.mode, second.day) == ("told", "reject", "direct", date(2025, 3, 31))
    assert second.content.startswith("“We will not accept inspectors") and " … “and we will" in second.content
    assert second.context is not None and second.cue in second.context
    assert second.text is None
    assert next(said_of(strait_report(), with_text=True)).text == strait_report().text


def test_who_is_not_known_keeps_the_words_of_the_text() -> None:
    report = strait_report()
    speaker = report.statements[1].speaker
    assert speaker is not None
    nameless = replace(report.statements[1], speaker=replace(speaker, entity=None))
    nobody = replace(report.statements[2], speaker=None)
    first, second = said_of(replace(report, statements=(nameless, nobody)))
    assert (first.speaker, first.known, first.kind) == (speaker.text, False, None)
    assert (second.speaker, second.known) == (None, False)


@given(
    st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.dates()), st.one_of(st.none(), st.dates())
)  # fmt: skip
def test_a_day_lies_between_two_or_nowhere(day: date | None, since: date | None, until: date | None) -> None:
    asked = since is not None or until is not None
    if day is None:
        assert within(day, since, until) is not asked
    else:
        assert within(day, since, until) is ((since or date.min) <= day <= (until or date.max))


def test_statements_of_unknown_day_come_last() -> None:
    one = next(said_of(strait_report()))
    days = [None, date(2031, 2, 1), date(2031, 1, 1)]
    assert [said.day for said in in_time(replace(one, day=day) for day in days)] == [days[2], days[1], None]


@pytest.mark.parametrize(
    ("told", "day"),
    [("1988-02", date(1988, 2, 1)), ("2016", date(2016, 1, 1)), ("2025-03-30", date(2025, 3, 30)), (None, None)],
)
def test_what_was_said_in_a_month_or_year_counts_from_its_first_day_and_not_from_publication(
    told: str | None, day: date | None
) -> None:
    report = strait_report()
    when = EventDate(told, "month", "told") if told else None
    (said,) = said_of(replace(report, statements=(replace(report.statements[0], date=when),)))
    assert said.day == (day or date.fromisoformat(report.article.published or ""))


# ---------------------------------------------------------------- inputs


def test_a_data_set_of_reports_is_read_whole_and_what_stands_beside_them_is_not(data_set: Path) -> None:
    heard = list(read_heard([str(data_set)]))
    assert [len(one.said) for one in heard] == [9, 0, 5, 4]
    assert [one.article for one in heard][2:] == ["01", "02"]


def test_tables_say_the_same_as_reports_but_for_the_sentence(data_set: Path, tables: Path) -> None:
    reports = [replace(said, context=None) for said in said_in(data_set)]
    assert said_in(tables) == reports


def test_an_article_given_twice_counts_once(data_set: Path, tables: Path) -> None:
    assert len(said_in(data_set, tables, data_set / "reports" / "part-00000.jsonl")) == 18


def test_two_articles_with_one_id_stay_two(tmp_path: Path) -> None:
    one, other = year_reports()[0], strait_report()
    other = replace(other, article=replace(other.article, id="01"))
    file = tmp_path / "both.jsonl"
    file.write_text(lines(one, other, one, other), encoding="utf-8")
    heard = list(read_heard([str(file)]))
    assert [h.article for h in heard] == ["01", f"01~{other.article.sha256[:8]}"]
    assert {said.article for said in heard[1].said} == {heard[1].article}


def test_one_report_over_many_lines_and_standard_input_are_read(tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(report_to_json(strait_report()), encoding="utf-8")
    assert len(said_in(file)) == 9
    piped = read_heard(["-"], stdin=io.StringIO("\n" + lines(strait_report(), empty_report())))
    assert [len(heard.said) for heard in piped] == [9, 0]
    assert list(read_heard(["-"], stdin=io.StringIO(""))) == []


def test_a_folder_of_reports_needs_no_data_set(data_set: Path) -> None:
    assert len(said_in(data_set / "reports")) == 18


def test_a_data_set_without_articles_has_no_statements(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{}", encoding="utf-8")
    assert said_in(tmp_path) == []


# ---------------------------------------------------------------- bad input

REMEDY = "Make it anew with `legation code`, or `legation read --json`; or leave it out."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('{"schema": "legation.report/1", "text": ', "it is not JSON"),
        ('{"schema": "legation.report/2"}', "its schema is not 'legation.report/1'"),
        ("[]", "its schema is not 'legation.report/1'"),
        ('{"schema": "legation.report/1"}', "must be present"),
        ("NUL \0", "it is not JSON"),
    ],
)
def test_a_broken_report_is_named_by_file_and_line_with_the_remedy(tmp_path: Path, line: str, why: str) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_text(lines(empty_report()) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        said_in(file)
    told = str(caught.value)
    assert told.startswith(f"{file}, line 3: ") and why in told and told.endswith(REMEDY)


def test_what_is_no_data_set_is_told(tmp_path: Path) -> None:
    (tmp_path / "holiday.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(UsageError, match="holds no reports: give a data set of `legation code`"):
        said_in(tmp_path)
    with pytest.raises(SourceNotFoundError, match=r"There is no file .*nowhere"):
        said_in(tmp_path / "nowhere")
    with pytest.raises(UsageError, match=r"holiday.jpg cannot be read: it is not UTF-8 text"):
        said_in(tmp_path / "holiday.jpg")


@pytest.mark.usefixtures("bound_by_permissions")
def test_what_may_not_be_read_is_told() -> None:
    folder = Path(tempfile.mkdtemp())
    file = folder / "inside" / "reports.jsonl"
    file.parent.mkdir()
    file.write_text(lines(empty_report()), encoding="utf-8")
    for locked, asked in ((file, file), (file.parent, file.parent), (file.parent, file)):
        locked.chmod(0)
        with pytest.raises(UsageError, match=f"{asked} cannot be read: Permission denied"):
            said_in(asked)
        locked.chmod(0o700)


def test_standard_input_that_is_no_text_is_told() -> None:
    with pytest.raises(UsageError, match="Standard input cannot be read: it is not UTF-8 text"):
        list(read_heard(["-"], stdin=io.TextIOWrapper(io.BytesIO(b"\xff\xfe"), encoding="utf-8")))


def test_a_part_that_is_missing_broken_or_of_another_table_is_named(tables: Path) -> None:
    part = next((tables / "statements").glob("part-00000.*"))
    shutil.copy(next((tables / "places").glob("part-00000.*")), part)
    with pytest.raises(UsageError, match=rf"{part.name} is no table of statements: .*Code the archive again"):
        said_in(tables)
    part.write_bytes(b"PAR1")
    with pytest.raises(UsageError, match=r"is no table of statements"):
        said_in(tables)
    part.unlink()
    with pytest.raises(UsageError, match=rf"{part.name} is missing: code the archive again"):
        said_in(tables)


# ---------------------------------------------------------------- names


def spoken_by(name: str | None, asked: str) -> bool:
    return speaks_as(asked)(replace(next(said_of(strait_report())), speaker=name))


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Henrike Volkmuth", "Volkmuth"),
        ("Henrike Volkmuth", "henrike VOLKMUTH"),
        ("Henrike Volkmuth", "Foreign Minister Volkmuth"),
        ("Henrike Volkmuth", "Mrs. Volkmuth"),
        ("the White House", "White House"),
        ("White House", "the white house"),
        ("Jens-Åge Støre", "jens age store"),
        ("Iranian Foreign Ministry", "Foreign Ministry"),
        ("U.N. officials", "UN officials"),
        ("President", "president"),
    ],
)
def test_a_name_is_matched_as_people_write_it(name: str, asked: str) -> None:
    assert spoken_by(name, asked)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("Henrike Volkmuth", "Volk"),
        ("Henrike Volkmuth", "Greta Volkmuth"),
        ("Henrike Volkmuth", "Volkmuth Henrike"),
        ("the fire chief", "the police chief"),
        ("Henrike Volkmuth", " "),
        (None, "Volkmuth"),
    ],
)
def test_other_names_are_not_matched(name: str | None, asked: str) -> None:
    assert not spoken_by(name, asked)


@given(st.text(max_size=30))
def test_every_name_that_has_words_matches_itself(name: str) -> None:
    assert spoken_by(name, name) is bool(name_words(name))
