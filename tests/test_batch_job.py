"""Whole runs of `legation code`: an archive in, a data set out. All articles are invented."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

import legation
from legation.batch import shards
from legation.batch.job import Progress, code_archive, faults_of
from legation.batch.manifest import JOURNAL, MANIFEST, REJECTS, Manifest
from legation.errors import UsageError
from legation.formats.report_json import report_from_json
from legation.records import Report

TEXTS = (
    "Peru expelled two Chilean diplomats on Monday.",
    "Oman and Qatar signed a treaty on fishing in Muscat on Tuesday.",
    "The weather in the valley stayed fine, and the apples were good that year.",
    "Rebels shelled the airport of the Zambian capital, the army said.",
    "Kenya called on Uganda to withdraw its troops from the island.",
)


def lines(count: int) -> list[dict[str, str]]:
    """So many records, each with another text."""
    return [
        {"id": f"a{n}", "text": f"{TEXTS[n % len(TEXTS)]} It was day {n}.", "published": "2024-04-03"}
        for n in range(count)
    ]


def archive(path: Path, records: Iterable[object]) -> str:
    """Records as a JSONL file."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return str(path)


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a data set."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def reports(folder: Path) -> list[Report]:
    """The reports of a data set, in order."""
    parts = sorted((folder / "reports").glob("*.jsonl"))
    return [report_from_json(line) for part in parts for line in part.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards of two records."""
    monkeypatch.setattr(shards, "RECORDS", ((1 << 62, 2),))


# ---------------------------------------------------------------- from end to end


@pytest.mark.usefixtures("small")
def test_every_article_is_read_as_legation_read_reads_it(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(5))
    manifest = code_archive([source], tmp_path / "out", workers=2)
    found = reports(tmp_path / "out")
    assert [report.article.id for report in found] == ["a0", "a1", "a2", "a3", "a4"]
    alone = legation.read(lines(5)[0]["text"], published="2024-04-03")
    assert (found[0].events, found[0].entities, found[0].text) == (alone.events, alone.entities, alone.text)
    assert manifest.counts["articles"] == 5 and manifest.counts["events"] == sum(len(r.events) for r in found) > 0
    assert manifest.rejected == {} and manifest.settings.model.startswith("legation-en")
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == [MANIFEST, "reports"]


@pytest.mark.usefixtures("small")
def test_what_is_rejected_stands_in_a_file_with_place_and_reason(tmp_path: Path) -> None:
    records = [
        *lines(2),
        {"id": "a1", "text": "Peru again."},
        {"id": "none"},
        {
            "id": "de",
            "text": "Der Minister hat gestern in Berlin gesagt, dass die Gespräche im Mai weitergehen sollen.",
        },
    ]
    path = tmp_path / "a.jsonl"
    archive(path, records)
    with path.open("a", encoding="utf-8") as stream:
        stream.write("{broken\n")
    manifest = code_archive([str(path)], tmp_path / "out", workers=1)
    rows = [json.loads(line) for line in (tmp_path / "out" / REJECTS).read_text(encoding="utf-8").splitlines()]
    assert [row["reason"] for row in rows] == ["duplicate", "no_text", "not_english", "unreadable"]
    assert rows[2]["id"] == "de" and rows[2]["place"].endswith("a.jsonl, line 5") and rows[2]["message"]
    assert manifest.rejected == {"duplicate": 1, "no_text": 1, "not_english": 1, "unreadable": 1}
    assert manifest.counts["articles"] == 2
    assert faults_of(tmp_path / "out") == []


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("format", ["jsonl", "parquet", "csv"])
def test_the_same_archive_gives_the_same_bytes_whatever_the_workers(tmp_path: Path, format: str) -> None:
    source = archive(tmp_path / "a.jsonl", [*lines(6), {"id": "bad"}])
    for workers in (1, 3):
        out = tmp_path / str(workers)
        code_archive([source], out, format=format, layouts=["icews"], workers=workers)  # type: ignore[arg-type]
    assert files(tmp_path / "1") == files(tmp_path / "3")
    assert "icews/part-00000.tsv" in files(tmp_path / "1")


def test_a_run_that_reads_every_sentence_to_the_end_is_of_other_settings(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(1))
    manifest = code_archive([source], tmp_path / "out", thorough=True)
    assert manifest.settings.thorough and manifest.counts["events"] > 0
    with pytest.raises(UsageError, match="its thorough is True, that of this run False"):
        code_archive([source], tmp_path / "out")


def test_a_data_set_tells_of_which_registry_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    source = archive(tmp_path / "a.jsonl", lines(1))
    assert code_archive([source], tmp_path / "out").settings.registry_sha256 is None
    folder = tmp_path / "legation" / "registry"
    folder.mkdir(parents=True)
    (folder / "own.csv").write_text("kind,name,code\norganization,Harbour Board,PER GOV\n", encoding="utf-8")
    with pytest.raises(UsageError, match="registry sha256"):
        code_archive([source], tmp_path / "out")
    digest = code_archive([source], tmp_path / "other").settings.registry_sha256
    assert digest is not None and len(digest) == 64


def test_an_empty_archive_gives_a_whole_data_set_of_nothing(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", [])
    assert code_archive([source], tmp_path / "out").counts == {}
    assert faults_of(tmp_path / "out") == []


# ---------------------------------------------------------------- cut off and gone on with


def cut_off(source: str, out: Path, after: int) -> None:
    """A run that is interrupted when so many articles are done."""

    def stop(progress: Progress) -> None:
        if progress.articles >= after:
            raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr("legation.batch.job.EVERY", 0.0)
        code_archive([source], out, workers=1, told=stop)


@pytest.mark.usefixtures("small")
def test_a_run_that_was_cut_off_goes_on_where_it_was(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", [*lines(7), {"id": "bad"}])
    whole = code_archive([source], tmp_path / "whole", workers=1)
    out = tmp_path / "out"
    cut_off(source, out, 2)
    first = out / "reports" / "part-00000.jsonl"
    written = first.stat().st_mtime_ns
    assert (out / JOURNAL).exists() and not (out / MANIFEST).exists()
    assert faults_of(out) == [f"{out} is not finished: give the command that began it once more."]
    assert code_archive([source], out, workers=2) == whole
    assert files(out) == files(tmp_path / "whole")
    assert first.stat().st_mtime_ns == written


@pytest.mark.usefixtures("small")
def test_a_file_that_was_lost_is_written_again(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(6))
    code_archive([source], tmp_path / "whole", workers=1)
    out = tmp_path / "out"
    cut_off(source, out, 2)
    (out / "reports" / "part-00000.jsonl").unlink()
    code_archive([source], out, workers=1)
    assert files(out) == files(tmp_path / "whole")


@pytest.mark.usefixtures("small")
def test_a_run_does_not_go_on_with_another_input(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(6))
    cut_off(source, tmp_path / "out", 2)
    archive(Path(source), reversed(lines(6)))
    with pytest.raises(UsageError, match="shard 0 had other articles"):
        code_archive([source], tmp_path / "out", workers=1)


def test_a_run_that_is_killed_at_any_moment_loses_and_doubles_nothing(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(230))
    whole = code_archive([source], tmp_path / "whole", workers=2)
    out = tmp_path / "out"
    command = [sys.executable, "-m", "legation", "code", source, "-o", str(out), "--workers", "2"]
    for done in (0, 1, 3):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL, start_new_session=True)
        while process.poll() is None and _shards_done(out) <= done:
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    assert files(out) == files(tmp_path / "whole")
    assert whole.counts["articles"] == 230


def _shards_done(out: Path) -> int:
    if (out / MANIFEST).exists():
        return 1000
    return len((out / JOURNAL).read_bytes().splitlines()) - 1 if (out / JOURNAL).exists() else -1


# ---------------------------------------------------------------- the folder


def finished(tmp_path: Path) -> tuple[str, Path, Manifest]:
    """An archive, its data set and the manifest."""
    source, out = archive(tmp_path / "a.jsonl", lines(3)), tmp_path / "out"
    return source, out, code_archive([source], out, workers=1)


def test_a_finished_data_set_is_left_as_it_is(tmp_path: Path) -> None:
    source, out, manifest = finished(tmp_path)
    before = {p: p.stat().st_mtime_ns for p in out.rglob("*")}
    assert code_archive([source], out, workers=1) == manifest
    assert {p: p.stat().st_mtime_ns for p in out.rglob("*")} == before


def test_a_finished_data_set_takes_no_more_input(tmp_path: Path) -> None:
    source, out, _ = finished(tmp_path)
    archive(Path(source), lines(4))
    with pytest.raises(UsageError, match="another input"):
        code_archive([source], out, workers=1)


def test_a_finished_data_set_has_one_format(tmp_path: Path) -> None:
    source, out, _ = finished(tmp_path)
    with pytest.raises(UsageError, match="format is 'jsonl'"):
        code_archive([source], out, format="parquet", workers=1)


def test_a_folder_of_other_things_is_refused(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(1))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "letters.txt").touch()
    with pytest.raises(UsageError, match=r"letters\.txt"):
        code_archive([source], tmp_path / "out")
    with pytest.raises(UsageError, match="cannot be written to"):
        code_archive([source], Path(source))


def test_two_runs_do_not_write_to_one_folder(tmp_path: Path) -> None:
    source = archive(tmp_path / "a.jsonl", lines(3))

    def again(_: Progress) -> None:
        with pytest.raises(UsageError, match="Another run is writing"):
            code_archive([source], tmp_path / "out", workers=1)

    code_archive([source], tmp_path / "out", workers=1, told=again)


@pytest.mark.parametrize(("option", "value"), [("format", "xml"), ("layouts", ["gdelt"])])
def test_a_format_or_layout_that_is_none_is_refused_before_anything_is_written(
    tmp_path: Path, option: str, value: object
) -> None:
    source = archive(tmp_path / "a.jsonl", lines(1))
    with pytest.raises(UsageError, match="is no"):
        code_archive([source], tmp_path / "out", **{option: value})  # type: ignore[arg-type]
    assert not (tmp_path / "out").exists()


def test_what_was_done_to_a_data_set_is_found(tmp_path: Path) -> None:
    _, out, _ = finished(tmp_path)
    part = out / "reports" / "part-00000.jsonl"
    content = part.read_bytes()
    assert faults_of(out) == []
    part.write_bytes(content.replace(b"Peru", b"Chad"))
    assert faults_of(out) == [f"{part} was changed after it was written."]
    part.write_bytes(content[:-1])
    assert faults_of(out) == [f"{part} has {len(content) - 1} bytes in place of {len(content)}."]
    part.rename(part.with_name("part-00007.jsonl"))
    strange = part.with_name("part-00007.jsonl")
    assert faults_of(out) == [f"{part} is missing.", f"{strange} belongs to no shard of the data set."]


def test_what_is_no_data_set_cannot_be_proven(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no data set"):
        faults_of(tmp_path)


# ---------------------------------------------------------------- progress, failures


@pytest.mark.usefixtures("small")
def test_progress_tells_articles_share_and_time_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("legation.batch.job.EVERY", 0.0)
    told: list[Progress] = []
    source = archive(tmp_path / "a.jsonl", lines(6))
    code_archive([source], tmp_path / "out", workers=1, told=told.append)
    assert told[-1].articles == 6 and told[-1].share == 1.0 and told[-1].seconds_left == 0.0
    assert [p.articles for p in told] == sorted(p.articles for p in told)
    assert told[-1].rate > 0


def test_time_left_counts_what_this_run_reads() -> None:
    half = Progress(sentences=600, before=500, seconds=10.0, share=0.5)
    assert (half.rate, half.seconds_left) == (10.0, 60.0)
    assert Progress(sentences=600, seconds=10.0).seconds_left is None
    assert Progress(sentences=600, before=600, seconds=10.0, share=0.5).seconds_left is None
