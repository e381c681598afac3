"""The verb `code` on the command line. All articles are invented."""

from __future__ import annotations

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from legation import cli

TEXTS = ("Peru expelled two Chilean diplomats on Monday.", "Oman and Qatar signed a treaty in Muscat on Tuesday.")
COMMAND = [sys.executable, "-m", "legation", "code"]


def invoke(*arguments: str | Path) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of `legation code`, run in this process."""
    result = CliRunner().invoke(cli.app, ["code", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Two articles."""
    path = tmp_path / "news.jsonl"
    path.write_text("".join(json.dumps({"id": t[:4], "text": t}) + "\n" for t in TEXTS), encoding="utf-8")
    return path


def test_a_data_set_is_made_and_summed_up_on_stderr(archive: Path, tmp_path: Path) -> None:
    code, out, err = invoke(archive, "-o", tmp_path / "out", "--workers", "1")
    assert (code, out) == (0, "")
    assert f"{tmp_path / 'out'}: 2 articles with " in err and "rejected" not in err
    assert len((tmp_path / "out" / "reports" / "part-00000.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_where_something_was_rejected_the_exit_code_is_3_and_the_reasons_are_counted(
    archive: Path, tmp_path: Path
) -> None:
    with archive.open("a", encoding="utf-8") as stream:
        stream.write('{"id": "x"}\n{"id": "y"}\n{"id": "Peru", "text": "Peru."}\n')
    code, _, err = invoke(archive, "-o", tmp_path / "out", "--workers", "1")
    assert code == 3
    assert f"3 records rejected: 1 duplicate, 2 no_text. See {tmp_path / 'out' / 'rejects.jsonl'}." in err


def test_tables_come_with_what_their_columns_mean(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert invoke(archive, "-o", out, "--format", "csv", "--layout", "petrarch", "--workers", "1")[0] == 0
    assert {p.name for p in out.iterdir()} >= {
        "articles",
        "events",
        "statements",
        "entities",
        "petrarch",
        "columns.csv",
    }
    assert "recipient" in (out / "columns.csv").read_text(encoding="utf-8")


def test_a_whole_data_set_is_proven_and_a_changed_one_is_not(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    invoke(archive, "-o", out, "--workers", "1")
    assert invoke("--check", out) == (0, f"{out} is whole.\n", "")
    (out / "reports" / "part-00000.jsonl").write_text("", encoding="utf-8")
    code, printed, err = invoke("--check", out)
    assert (code, printed) == (1, "") and "0 bytes in place of" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Give what is to be coded"),
        (["a.jsonl"], "Give what is to be coded"),
        (["no-such-file.jsonl", "-o", "OUT"], "no-such-file.jsonl"),
        (["--check", "OUT", "a.jsonl"], "--check proves a data set"),
        (["--check", "OUT"], "holds no data set"),
        (["ARCHIVE", "-o", "OUT", "--layout", "gdelt"], "'gdelt' is no layout: take polecat, icews, petrarch."),
    ],
)
def test_a_call_that_cannot_be_meant_ends_with_a_sentence(
    archive: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    given = [{"OUT": str(tmp_path / "out"), "ARCHIVE": str(archive)}.get(a, a) for a in arguments]
    code, out, err = invoke(*given)
    assert code in (1, 2) and out == "" and said in err
    assert "Traceback" not in err


def test_progress_can_be_had_as_lines_of_json(archive: Path, tmp_path: Path) -> None:
    _, _, err = invoke(archive, "-o", tmp_path / "out", "--progress", "json", "--workers", "1")
    last = json.loads([line for line in err.splitlines() if line.startswith("{")][-1])
    assert last["articles"] == 2 and last["share"] == 1.0 and last["seconds_left"] == 0


def test_standard_input_is_an_archive(tmp_path: Path) -> None:
    text = json.dumps({"text": TEXTS[0], "published": "2024-04-03"})
    command = [*COMMAND, "-", "-o", str(tmp_path / "out"), "--workers", "1"]
    done = subprocess.run(command, input=text, capture_output=True, encoding="utf-8", timeout=120, check=False)
    assert done.returncode == 0 and "1 article with" in done.stderr


def test_where_no_more_can_be_written_the_run_ends_with_a_remedy_and_goes_on_once_there_is_room(tmp_path: Path) -> None:
    archive, out = tmp_path / "news.jsonl", tmp_path / "out"
    lines = (json.dumps({"text": f"{TEXTS[0]} It was day {n}."}) + "\n" for n in range(60))
    archive.write_text("".join(lines), encoding="utf-8")
    command = [*COMMAND, str(archive), "-o", str(out), "--workers", "1"]

    def full() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120, preexec_fn=full, check=False)
    assert done.returncode == 3
    assert "cannot be written: File too large. Mend that, and give the same command: it goes on" in done.stderr
    assert not list(out.rglob("part-*"))
    assert subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 0
    assert invoke("--check", out)[0] == 0


def test_ctrl_c_says_once_that_the_same_command_goes_on(tmp_path: Path) -> None:
    archive, out = tmp_path / "news.jsonl", tmp_path / "out"
    lines = (json.dumps({"text": f"{TEXTS[0]} It was day {n}."}) + "\n" for n in range(20_000))
    archive.write_text("".join(lines), encoding="utf-8")
    process = subprocess.Popen([*COMMAND, str(archive), "-o", str(out)], stderr=subprocess.PIPE, encoding="utf-8")
    while process.poll() is None and not (out / "journal.jsonl").exists():
        time.sleep(0.02)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err == f"Interrupted. What is done stays in {out}: the same command goes on from there.\n"
    assert not list(out.rglob("manifest.json"))
