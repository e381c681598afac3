"""The verbs of a desk on the command line, from making it to judging on it."""

from __future__ import annotations

import json
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from desks import NEWER, report_on
from factories import strait_report
from positions import unsure
from postgres import Server
from sqlalchemy import Engine
from sqlalchemy.event import listen, remove
from typer.testing import CliRunner
from years import year_reports

from legation import Desk, cli
from legation.collecting.lock import LOCK, locked
from legation.desk.doctor import examined
from legation.desk.folder import DATABASE, SETTINGS, make_desk
from legation.errors import NoDeskError, StoreError, StoreRevisionError, UsageError
from legation.formats.report_json import report_to_json
from legation.records import Report, Text
from legation.store.dialect import sqlite_url
from legation.store.records import Check, Version

FIRST = "Valdoria accused Kestria of lying. Morland praised Valdoria."
SECOND = "Kestria warned Morland again."


def invoke(*arguments: str | Path, width: int = 120) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `legation`, run in this process."""
    result = CliRunner(env={"COLUMNS": str(width)}).invoke(cli.app, [*map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def told(*arguments: str | Path) -> Any:
    """What is printed as JSON."""
    code, out, err = invoke(*arguments, "--json")
    assert (code, err) == (0, "")
    return json.loads(out)


@pytest.fixture
def desk(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty desk, in which one stands."""
    folder = tmp_path / "desk"
    folder.mkdir()
    (folder / SETTINGS).write_text('analyst = "A. Analyst"\n', encoding="utf-8")
    shutil.copy(sqlite_template, folder / DATABASE)
    monkeypatch.delenv("LEGATION_DESK", raising=False)
    monkeypatch.delenv("LEGATION_ANALYST", raising=False)
    monkeypatch.chdir(folder)
    return folder


def keep(desk: Path, *bodies: str, **asked: Any) -> None:
    """Articles with their reports."""
    with Desk(desk) as opened:
        opened.store.add_articles(
            [
                (Version(Text(body, title=f"t{n}"), key=f"k{n}"), report_on(body, **asked))
                for n, body in enumerate(bodies)
            ]
        )


def written(reports: list[Report], path: Path) -> Path:
    """A file of reports."""
    path.write_text("".join(report_to_json(one, indent=None) + "\n" for one in reports), encoding="utf-8")
    return path


# ---------------------------------------------------------------- making and finding a desk


def test_a_desk_is_made_and_made_again_without_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "new" / "desk"
    assert invoke("init", folder) == (0, "", f"Made a desk in {folder}.\n")
    keep(folder, FIRST)
    assert invoke("init", folder) == (0, "", f"The desk in {folder} is up to date.\n")
    monkeypatch.chdir(folder)
    assert len(told("events")["events"]) == 2
    code, _, err = invoke("init", folder, "--store", "postgresql://x@/y")
    assert (code, "keeps its store in desk.db" in err) == (2, True)


def test_a_desk_on_postgresql_is_made_and_used(tmp_path: Path, postgres: Server) -> None:
    url = postgres.url(postgres.new_database())
    assert invoke("init", tmp_path, "--store", url) == (0, "", f"Made a desk in {tmp_path}.\n")
    assert not (tmp_path / DATABASE).exists()
    keep(tmp_path, FIRST)
    assert len(told("events", "--desk", tmp_path)["events"]) == 2
    assert invoke("doctor", "--desk", tmp_path)[0] == 0
    with pytest.raises(StoreRevisionError, match="no store of Legation") as refused, Desk(tmp_path) as own:
        with own.store._engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE alembic_version")
        make_desk(tmp_path)
    assert "empty one" in str(refused.value)


@pytest.mark.parametrize("url", ["desk.db", "mysql://x/y", "nothing"])
def test_a_store_that_is_no_postgresql_is_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="is no URL of a PostgreSQL database"):
        make_desk(tmp_path / "d", store=url)


def test_a_desk_is_found_by_option_by_variable_and_around_where_one_stands(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inner = desk / "a" / "b"
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert Desk.find().path == desk
    other = tmp_path / "other"
    make_desk(other)
    monkeypatch.setenv("LEGATION_DESK", str(other))
    assert Desk.find().path == other
    assert Desk.find(desk).path == desk
    monkeypatch.delenv("LEGATION_DESK")
    monkeypatch.chdir("/")
    with pytest.raises(NoDeskError, match="`legation init`"):
        Desk.find()
    assert invoke("events")[0] == 2


@pytest.mark.parametrize("content", ["store = 5", "= nothing"])
def test_settings_that_cannot_be_meant_are_told(desk: Path, content: str) -> None:
    (desk / SETTINGS).write_text(content, encoding="utf-8")
    code, _, err = invoke("events")
    assert (code, SETTINGS in err) == (2, True)


# ---------------------------------------------------------------- filling it


def test_reports_of_code_are_added_once_with_their_articles(desk: Path, tmp_path: Path) -> None:
    file = written([strait_report(), *year_reports()[:3]], tmp_path / "reports.jsonl")
    assert invoke("add", file) == (0, "", "4 new articles, 0 edited, 0 known.\n")
    assert invoke("add", file) == (0, "", "0 new articles, 0 edited, 4 known.\n")
    with Desk(desk) as opened:
        assert opened.store.counts()["read"] == 4
        assert opened.store.open_runs() == []
    (event, *_) = told("events", "--between", "XVA", "XKE")["events"]
    assert event["article"]["source"] == "The Marrin Courier"


def test_articles_are_added_and_then_read(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("Zambia expelled two Malawian diplomats on Monday. " * 3, encoding="utf-8")
    (tmp_path / "two.txt").write_text("", encoding="utf-8")
    code, _, err = invoke("add", tmp_path / "one.txt", tmp_path / "two.txt", "--source", "Desk")
    assert (code, err.splitlines()[0]) == (3, "1 new article, 0 edited, 0 known.")
    assert "two.txt: " in err and "1 rejected: " in err
    assert told("search", "malawian")["hits"][0]["what"] == "article"
    code, _, err = invoke("catch-up", "--threads", "1")
    assert (code, err.startswith("1 article read: ")) == (0, True)
    assert invoke("catch-up")[2].startswith("0 articles read")
    (found,) = told("events", "--actor", "Zambia", "--recipient", "MWI", "--source", "Desk", "--limit", "1")["events"]
    assert found["sentence"]["text"].startswith("Zambia expelled")


def test_a_new_version_of_legation_reads_everything_again(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number, body in enumerate(
        ("Zambia expelled two Malawian diplomats.", "Peru recalled its ambassador to Chile.")
    ):
        (desk / f"{number}.txt").write_text(f"{body} " * 3, encoding="utf-8")
    assert invoke("add", *desk.glob("*.txt"))[0] == 0
    assert invoke("catch-up", "--threads", "1")[2].startswith("2 articles read")
    before = told("events")["events"]
    monkeypatch.setattr("legation.store.store.own_version", lambda: "9.0")
    assert "2 articles are not read by this version" in invoke("doctor")[1]
    assert invoke("catch-up", "--threads", "1", "--limit", "1")[2].startswith("1 article read")
    assert invoke("catch-up", "--threads", "1")[2].startswith("1 article read")
    assert invoke("catch-up", "--threads", "1")[2].startswith("0 articles read")
    assert told("events")["events"] == before


# ---------------------------------------------------------------- asking it


def test_events_are_shown_with_what_leads_to_them(desk: Path) -> None:
    keep(desk, FIRST, published="2031-02-01")
    code, out, err = invoke("events", "--type", "accuse")
    assert (code, err) == (0, "")
    assert out.splitlines()[:3] == [
        "2031-02-01  ACCUSE  Valdoria (XVA) → Kestria (XKE)",
        "  Valdoria accused Kestria of lying",
        "  t0 · e1 · 0.90",
    ]
    assert invoke("events", "--actor", "Nobody")[::2] == (1, "Nothing was found.\n")


def test_text_of_an_article_cannot_steer_the_terminal(desk: Path) -> None:
    keep(desk, "Valdoria accused Kestria of \x1b[2J\x07lying.")
    for verb in (("events",), ("search", "lying")):
        assert "\x1b" not in invoke(*verb)[1]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ((), ["e3", "e2", "e1"]),
        (("--actor", "kestria"), ["e3"]),
        (("--recipient", "XVA"), ["e2"]),
        (("--between", "XMO", "Valdoria"), ["e2"]),
        (("--country", "XKE"), ["e3", "e1"]),
        (("--type", "SUPPORT"), ["e2"]),
        (("--status", "actual", "--confidence", "0.5"), ["e3", "e2", "e1"]),
        (("--since", "2031-01-01", "--until", "2031-12-31"), ["e3", "e2", "e1"]),
        (("--as-of", "#1"), ["e3", "e2", "e1"]),
    ],
)
def test_events_are_asked_for_by_what_they_are(desk: Path, asked: tuple[str, ...], ids: list[str]) -> None:
    keep(desk, FIRST, SECOND, published="2031-02-01")
    assert [event["id"] for event in told("events", *asked)["events"]] == ids


def test_pages_have_everything_once_while_the_desk_goes_on(desk: Path) -> None:
    keep(desk, *(f"Valdoria accused Kestria in case {n}." for n in range(7)))
    seen: list[str] = []
    page: list[str] = []
    while True:
        rows = told("events", "--limit", "3", *page)
        seen += [event["id"] for event in rows["events"]]
        if rows["next"] is None:
            break
        page = ["--page", rows["next"]]
        keep(desk, *(f"Valdoria accused Kestria in case {n}." for n in range(12)), model=NEWER)
    assert sorted(seen) == sorted(f"e{n}" for n in range(1, 8))


@pytest.mark.parametrize("page", ["x", "1.2", "1.2.x", "-1.2.3", "9" * 30])
def test_what_is_no_page_is_told(desk: Path, page: str) -> None:
    keep(desk, FIRST)
    for verb in (("events",), ("said",), ("entities",), ("search", "x")):
        assert invoke(*verb, "--page", page)[0] == 2


@pytest.mark.parametrize("moment", ["yesterday", "2031-13-01", "#", "12", "2031-02-03T99:00"])
def test_what_is_no_moment_is_told(desk: Path, moment: str) -> None:
    code, _, err = invoke("events", "--as-of", moment)
    assert (code, "is neither a day" in err) == (2, True)


def test_statements_and_positions_of_a_desk_are_those_of_the_reports(desk: Path, tmp_path: Path) -> None:
    file = written(list(year_reports()), tmp_path / "years.jsonl")
    assert invoke("add", file)[0] == 0
    of_files, of_desk = (told("positions", "sanctions", *inputs) for inputs in ((file,), ()))
    shown = ("actor", "issue", "option", "for", "against", "mixed", "side")
    assert [[row.get(key) for key in shown] for row in of_desk["table"]] == [
        [row.get(key) for key in shown] for row in of_files["table"]
    ]
    assert of_desk["moves"] and len(of_desk["moves"]) == len(of_files["moves"])
    asked = ("said", "--by", "Volkmuth", "--about", "sanctions", "--since", "2031-01-01")
    of_files, of_desk = told(*asked[:1], file, *asked[1:]), told(*asked, "--limit", "1000")["statements"]
    assert sorted(one["content"] for one in of_desk) == sorted(one["content"] for one in of_files)
    code, _, err = invoke("said", file, "--raw")
    assert (code, err) == (2, "--raw asks a desk, and INPUT is none: give one of them.\n")


def test_sides_that_are_not_sure_are_asked_for_with_their_confidence(desk: Path, tmp_path: Path) -> None:
    invoke("add", written([unsure(one, 0.72, 0.41) for one in year_reports()], tmp_path / "years.jsonl"))
    asked = ("sanctions", "--confidence", "0.7")
    assert invoke("positions", "sanctions")[0] == invoke("said", "--about", "sanctions")[0] == 1
    voices = [voice for row in told("positions", *asked)["table"] for voice in row["voices"]]
    assert {(voice["stance_confidence"], voice["whole_confidence"]) for voice in voices} == {(0.72, 0.41)}
    held = [one for said in told("said", "--about", *asked)["statements"] for one in said["positions"]]
    assert {(one["confidence"], one["whole_confidence"]) for one in held} == {(0.72, 0.41)}
    _, out, _ = invoke("said", "--about", *asked)
    assert "for sanctions, relieve (41%, side unsure)" in out


def test_positions_count_the_articles_and_nothing_else(desk: Path, tmp_path: Path) -> None:
    invoke("add", written(list(year_reports()), tmp_path / "years.jsonl"))
    asked: list[str] = []
    with Desk(desk) as opened:
        read = opened.store.counts()["read"]
        assert opened.store.count_read() == read
        assert opened.store.count_read(as_of=0) == 0

    def note(*executed: Any) -> None:
        asked.append(executed[2].lower())

    listen(Engine, "before_cursor_execute", note)
    try:
        assert told("positions", "sanctions")["articles"] == read
    finally:
        remove(Engine, "before_cursor_execute", note)
    assert sum("count(*)" in one for one in asked) == 1


def test_who_is_named_is_told(desk: Path) -> None:
    keep(desk, FIRST, SECOND)
    found = told("entities")["entities"]
    assert sorted((one["name"], one["articles"]) for one in found) == [("Kestria", 2), ("Morland", 2), ("Valdoria", 1)]
    assert [one["articles"] for one in found] == [2, 2, 1]
    assert [one["code"] for one in told("entities", "morland", "--kind", "state")["entities"]] == ["XMO"]
    assert "Morland" in invoke("entities")[1]


def test_a_search_marks_what_it_found(desk: Path) -> None:
    keep(desk, FIRST)
    (hit,) = told("search", "praising", "--in", "article")["hits"]
    assert [hit["text"][mark["start"] : mark["end"]] for mark in hit["marks"]] == ["praised"]
    assert invoke("search", "-lying")[0] == 2


# ---------------------------------------------------------------- judging


def test_a_judgement_is_noted_listed_and_undone(desk: Path) -> None:
    keep(desk, FIRST)
    done = invoke("judge", "actor", "e1", "XMO", "Ilse Harrow=XVA GOV", "--why", "The text says so.")
    assert done == (0, "", "Noted as j1: the actor is XMO (XMO), Ilse Harrow (XVA GOV).\n")
    (event,) = told("events", "--type", "ACCUSE")["events"]
    assert [party["name"] for party in event["actor"]] == ["XMO", "Ilse Harrow"]
    assert event["judged"] == ["j1"]
    assert told("events", "--type", "ACCUSE", "--raw")["events"][0]["actor"][0]["name"] == "Valdoria"
    (row,) = told("judge", "list")["judgements"]
    assert (row["who"], row["why"], row["state"], row["target"]) == ("A. Analyst", "The text says so.", "applied", "e1")
    assert "the actor is XMO, Ilse Harrow" in invoke("judge", "list")[1]
    assert invoke("judge", "undo", "j1", "--by", "B. Analyst")[2] == "Noted as j2: j1 no longer counts.\n"
    assert told("judge", "list")["judgements"][0]["undone_by"] == "j2"
    assert told("judge", "list", "--unmatched")["judgements"] == []


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("recipient", "e1", "PRK"), "the recipient is North Korea (PRK)"),
        (("recipient", "e1"), "the recipient is nobody"),
        (("actor", "e1", "Kestria"), "the actor is Kestria (XKE)"),
        (("actor", "e1", "A Stranger"), "the actor is A Stranger (of whom nothing is known)"),
        (("type", "e1", "threaten"), "the type is THREATEN"),
        (("not-event", "e1"), "it is no event"),
        (("same-event", "e1", "e2"), "it is the same event as e2"),
        (("same-person", "Harrow", "Ilse Harrow"), "Harrow is Ilse Harrow"),
    ],
)
def test_what_was_understood_is_said(desk: Path, asked: tuple[str, ...], says: str) -> None:
    keep(desk, FIRST)
    assert invoke("judge", *asked) == (0, "", f"Noted as j1: {says}.\n")
    assert invoke("judge", "list")[0] == 0


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (("actor", "s1", "PRK"), "is not an event"),
        (("actor", "e99", "PRK"), "There is no event e99"),
        (("actor", "e1", "X=prk"), "is no code"),
        (("actor", "e1", " "), "names nobody"),
        (("type", "e1", "SHOUT"), "is no PLOVER type"),
        (("type", "e1", "CONSULT", "--mode", "loud"), "has no mode loud"),
        (("same-event", "e1", "e1"), "is itself"),
        (("same-person", "Harrow", "harrow"), "two names that are not one"),
        (("undo", "j7"), "There is no judgement j7"),
        (("stance", "s1", "sanctoins", "lift", "for"), "There is no issue"),
        (("speaker", "s1", "nobody"), "There is no statement s1"),
    ],
)
def test_a_judgement_that_cannot_be_meant_is_refused(desk: Path, asked: tuple[str, ...], says: str) -> None:
    keep(desk, FIRST)
    code, _, err = invoke("judge", *asked)
    assert (code, says in err) == (2, True), err
    assert told("judge", "list")["judgements"] == []


def test_a_stance_and_a_speaker_are_judged(desk: Path, tmp_path: Path) -> None:
    assert invoke("add", written(list(year_reports()), tmp_path / "years.jsonl"))[0] == 0
    said = told("said", "--about", "sanctions", "--limit", "1")["statements"][0]
    position = said["positions"][0]
    asked = ("stance", said["id"], position["issue"], position["option"], "mixed")
    assert invoke("judge", *asked)[2] == f"Noted as j1: it is mixed {position['issue']}:{position['option']}.\n"
    assert invoke("judge", "speaker", said["id"], "nobody")[2] == "Noted as j2: the speaker is nobody.\n"
    again = told("said", "--about", "sanctions", "--limit", "1")["statements"][0]
    assert (again["positions"][0]["stance"], again["speaker"], again["judged"]) == ("mixed", None, ["j1", "j2"])


# ---------------------------------------------------------------- the doctor


def states(desk: Path, **asked: Any) -> dict[str, str]:
    with Desk(desk) as opened:
        return {one.about: one.state for one in examined(opened, **asked)}


def test_a_desk_that_is_well_is_told_so(desk: Path) -> None:
    keep(desk, FIRST)
    findings = told("doctor")["findings"]
    assert {one["state"] for one in findings} <= {"good", "note"}
    assert {one["about"] for one in findings} == {
        "desk", "disk", "folder", "model", "collector", "store", "lock", "clock", "sources", "reading",
    }  # fmt: skip
    assert invoke("doctor")[0] == 0


def test_a_collector_that_runs_is_told_and_alarms_nobody(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def collector() -> str:
        (found,) = (one["told"] for one in told("doctor")["findings"] if one["about"] == "collector")
        return str(found)

    assert collector() == "None runs."
    with locked(desk):
        runs = rf"One runs: process {os.getpid()} on \S+, since \d{{4}}-\d\d-\d\d \d\d:\d\d UTC\."
        assert re.fullmatch(runs, collector())
        monkeypatch.setattr("legation.desk.doctor.LOCK_SECONDS", 1)
        with Desk(desk) as opened:
            run = opened.store.begin_run("collect")
            with opened.store.writing("collect"):
                assert states(desk)["lock"] == "note"
                assert invoke("doctor")[0] == 0
            opened.store.end_run(run, "done", {})
    assert collector() == "None runs."
    (desk / LOCK).write_text("process 1 on a-host, since 2031-03-05 12:00 UTC\n")
    assert collector() == "None runs.", "it was killed"


def test_what_is_wrong_is_told_with_its_remedy(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(desk, FIRST)
    assert states(desk, now=datetime.now(UTC) - timedelta(days=1))["clock"] == "wrong"
    with Desk(desk) as opened:
        at = datetime(2031, 1, 1, tzinfo=UTC)
        opened.store.add_versions([], checks=[Check("u", at, "failed", "It hangs.")] * 3)
        assert states(desk)["sources"] == "wrong"
        run = opened.store.begin_run("collect")
        monkeypatch.setattr("legation.desk.doctor.LOCK_SECONDS", 1)
        with opened.store.writing("collect"):
            code, out, _ = invoke("doctor")
        assert code == 1
        assert "(collect, since" in out
        opened.store.end_run(run, "done", {})
    (desk / DATABASE).write_bytes(b"nothing of the kind " * 500)
    code, out, _ = invoke("doctor")
    assert (code, "is damaged" in out, ".recover" in out) == (1, True, True)
    (desk / DATABASE).unlink()
    assert states(desk)["store"] == "wrong"


def test_a_store_that_is_missing_is_told(desk: Path) -> None:
    (desk / DATABASE).unlink()
    code, _, err = invoke("events")
    assert (code, "there is no such file" in err) == (1, True)
    with pytest.raises(StoreError):
        _ = Desk(desk).store
    assert sqlite_url(desk / DATABASE).database == str(desk / DATABASE)
