"""The command line: what goes to stdout and stderr, exit codes, files written whole, and manners in a shell."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import legation
from legation import cli
from legation.cli.errors import PIPE_CLOSED
from legation.errors import FetchError, LegationError, UsageError
from legation.formats.report_json import report_from_json

EXAMPLE = Path(__file__).parent.parent / "examples" / "strait.txt"
SENTENCE = "Oman and Qatar signed a treaty on Monday, and Peru recalled its ambassador from Chile.\n"
COMMAND = [sys.executable, "-m", "legation"]


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "treaty.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    return path


def invoke(*arguments: str | Path, stdin: bytes | None = None) -> tuple[int, str, str]:
    """Exit code, stdout and stderr of the command, run in this process."""
    result = CliRunner().invoke(cli.app, [str(a) for a in arguments], input=stdin)
    return result.exit_code, result.stdout, result.stderr


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    return subprocess.run(
        [*COMMAND, *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        timeout=120,
        check=False,
    )


# ---------------------------------------------------------------- help and version


def test_the_version_is_printed() -> None:
    assert invoke("--version") == (0, f"legation {legation.__version__}\n", "")


def test_help_names_the_verb_and_where_nothing_goes() -> None:
    code, out, _ = invoke("--help")
    assert code == 0
    assert "read" in out
    assert "Nothing is sent anywhere" in " ".join(out.split())


def test_the_help_of_read_names_every_option() -> None:
    _, out, _ = invoke("read", "-h")
    for option in ("--published", "--json", "--html", "--why", "--threads"):
        assert option in out


def test_version_loads_no_stage_and_no_model_runtime() -> None:
    script = (
        "import sys; from legation.cli import app; app(['--version'], standalone_mode=False); "
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers', 'httpx', 'lxml', 'jinja2'} & sys.modules.keys()))"
    )
    out = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_the_shell_completes_the_verb() -> None:
    asked = {"_LEGATION_COMPLETE": "complete_bash", "COMP_WORDS": "legation rea", "COMP_CWORD": "1"}
    done = subprocess.run(
        [str(Path(sys.executable).with_name("legation"))],
        env=os.environ | asked,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["read"]


# ---------------------------------------------------------------- reading


def test_an_article_is_shown_with_its_events(article: Path) -> None:
    code, out, err = invoke("read", article, "--published", "2024-04-03")
    assert (code, err) == (0, "")
    assert "Events (" in out
    assert "2024-04-01" in out


def test_json_is_a_report_that_reads_back(article: Path) -> None:
    code, out, err = invoke("read", article, "--published", "2024-04-03", "--json")
    report = report_from_json(out)
    assert (code, err) == (0, "")
    assert report.text == SENTENCE
    assert report.article.published == "2024-04-03"
    assert "Oman" in {entity.name for entity in report.entities}


def test_an_event_tells_on_the_terminal_what_it_rests_on(article: Path) -> None:
    code, out, err = invoke("read", article, "--published", "2024-04-03", "--why", "e1")
    assert (code, err) == (0, "")
    assert out.startswith("e1  ") and "countries.csv" in out and "CAMEO" in out
    assert "Statements" not in out


@pytest.mark.parametrize(("asked", "explained"), [("e1", {"e1"}), ("all", {"e1", "e2"}), (None, set())])
def test_json_explains_what_was_asked_about(article: Path, asked: str | None, explained: set[str]) -> None:
    out = invoke("read", article, "--json", *(["--why", asked] if asked else []))[1]
    report = report_from_json(out)
    assert len(report.events) == 2
    assert {event.id for event in report.events if event.why is not None} == explained


def test_an_only_event_is_named_as_such(tmp_path: Path) -> None:
    article = tmp_path / "article.txt"
    article.write_text("Oman and Qatar signed a treaty on Monday.\n", encoding="utf-8")
    assert invoke("read", article, "--why", "e2")[2] == "There is no event e2. The only one is e1.\n"


def test_an_unknown_event_is_wrong_usage_and_the_known_ones_are_named(article: Path) -> None:
    code, out, err = invoke("read", article, "--why", "e9")
    assert (code, out) == (2, "")
    assert err == "There is no event e9. The events are e1 to e2.\n"


def test_json_in_a_pipe_is_one_line(article: Path) -> None:
    out = invoke("read", article, "--json")[1]
    assert out.count("\n") == 1


def test_json_on_a_terminal_is_indented(article: Path) -> None:
    ours, theirs = os.openpty()
    with subprocess.Popen([*COMMAND, "read", str(article), "--json"], stdout=theirs) as process:
        os.close(theirs)
        shown = _all_of(ours)
        assert process.wait(120) == 0
    assert shown.startswith('{\r\n  "schema": "legation.report/1"')


def _all_of(terminal: int) -> str:
    parts = []
    try:
        while part := os.read(terminal, 65536):
            parts.append(part)
    except OSError:  # Linux says so when the other side has closed
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_standard_input_is_read() -> None:
    code, out, _ = invoke("read", "-", "--json", stdin=SENTENCE.encode())
    assert code == 0
    assert json.loads(out)["text"] == SENTENCE


def test_a_text_without_a_date_says_how_to_give_one(article: Path) -> None:
    code, out, _ = invoke("read", article, "--json")
    report = report_from_json(out)
    assert code == 0
    assert any("--published YYYY-MM-DD" in note for note in report.notes)
    assert [expression.value for expression in report.dates] == [None]


def test_threads_do_not_change_the_report(article: Path) -> None:
    one, two = (invoke("read", article, "--json", "--threads", n)[1] for n in ("1", "2"))
    assert [event["type"] for event in json.loads(one)["events"]] == [
        event["type"] for event in json.loads(two)["events"]
    ]


# ---------------------------------------------------------------- what is wrong


def test_a_rejected_article_is_a_sentence_on_stderr_and_exit_code_1(tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.write_bytes(b"")
    assert invoke("read", path) == (1, "", f"{path} was not read. It is empty.\n")


def test_a_rejected_article_as_json_has_its_reason_on_stdout(tmp_path: Path) -> None:
    path = tmp_path / "deutsch.txt"
    path.write_text("Die Regierung hat am Dienstag den Botschafter einbestellt und Protest eingelegt.")
    code, out, err = invoke("read", path, "--json")
    report = report_from_json(out)
    assert code == 1
    assert report.rejected is not None
    assert report.rejected.reason == "not_english"
    assert report.rejected.message in err


def test_a_rejected_article_leaves_the_page_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("as it was")
    assert invoke("read", "-", "--html", page, stdin=b"")[0] == 1
    assert page.read_text() == "as it was"


def test_standard_input_is_named_when_it_is_rejected() -> None:
    assert invoke("read", "-", stdin=b" ") == (1, "", "Standard input was not read. It is empty.\n")


def test_ten_megabytes_are_refused_with_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("The ministers met in Geneva and agreed on nothing at all. " * 180_000)
    code, out, err = invoke("read", path)
    assert (code, out) == (1, "")
    assert "2,000,000 characters" in err


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "nowhere.txt"
    assert invoke("read", path) == (1, "", f"There is no file {path}.\n")


@pytest.mark.parametrize("given", ["3 April", "2024-02-30", "20240403", "2024-W14-3", "", "٢٠٢٤-٠٤-٠٣"])
def test_a_date_that_is_none_is_wrong_usage(article: Path, given: str) -> None:
    code, out, err = invoke("read", article, "--published", given)
    assert (code, out) == (2, "")
    assert err == (f"{given!r} is not a date. Give the day of publication as YYYY-MM-DD, for example 2024-04-03.\n")


def test_a_wrong_date_is_found_before_the_source_is_asked_for(tmp_path: Path) -> None:
    assert invoke("read", tmp_path / "nowhere.txt", "--published", "soon")[0] == 2


@pytest.mark.parametrize("wrong", [["read"], ["read", "a", "b"], ["read", "a", "--threads", "0"], ["reed"]])
def test_wrong_usage_has_exit_code_2(wrong: list[str]) -> None:
    code, out, err = invoke(*wrong)
    assert (code, out) == (2, "")
    assert err


def test_an_address_of_this_machine_is_refused_unless_it_is_allowed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Port 9 (discard) answers nobody, so that allowed or not there is an error, but another one.
    monkeypatch.delenv("LEGATION_ALLOW_PRIVATE_HOSTS", raising=False)
    refused = invoke("read", "http://127.0.0.1:9/story")
    monkeypatch.setenv("LEGATION_ALLOW_PRIVATE_HOSTS", "1")
    allowed = invoke("read", "http://127.0.0.1:9/story")
    assert (refused[0], allowed[0]) == (1, 1)
    assert refused[2] != allowed[2]


@pytest.mark.parametrize(
    ("error", "code"), [(UsageError("So not."), 2), (FetchError("So not."), 1), (LegationError("So not."), 1)]
)
def test_an_error_is_its_sentence_and_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: LegationError, code: int
) -> None:
    fail_with(monkeypatch, error)
    assert invoke("read", "story.txt") == (code, "", "So not.\n")


def test_an_unexpected_error_names_its_type_and_how_to_report_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LEGATION_DEBUG", raising=False)
    fail_with(monkeypatch, ZeroDivisionError("division by zero"))
    code, out, err = invoke("read", "story.txt")
    assert (code, out) == (1, "")
    assert "ZeroDivisionError: division by zero" in err
    assert "LEGATION_DEBUG=1" in err
    assert "Traceback" not in err


def test_an_unexpected_error_shows_its_traceback_when_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEGATION_DEBUG", "1")
    fail_with(monkeypatch, ZeroDivisionError("division by zero"))
    result = CliRunner().invoke(cli.app, ["read", "story.txt"])
    assert isinstance(result.exception, ZeroDivisionError)


def fail_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr("legation.pipeline.read_source", fail)


# ---------------------------------------------------------------- the page


def test_the_page_is_written_and_named_on_stderr(article: Path, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    assert invoke("read", article, "--html", page) == (0, "", f"Wrote {page}.\n")
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "treaty.txt"]


def test_page_and_json_come_together(article: Path, tmp_path: Path) -> None:
    code, out, _ = invoke("read", article, "--json", "--html", tmp_path / "report.html")
    assert code == 0
    assert report_from_json(out).text == SENTENCE
    assert (tmp_path / "report.html").exists()


def test_a_page_is_replaced_whole_or_not_at_all(article: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "report.html"
    page.write_text("as it was")
    # A lone surrogate has no UTF-8 form: writing fails after the first half.
    monkeypatch.setattr("legation.show.page.render_page", lambda _: "x" * 100_000 + "\ud800")
    assert invoke("read", article, "--html", page)[0] == 1
    assert page.read_text() == "as it was"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "treaty.txt"]


def test_a_page_in_a_folder_that_is_not_there_is_an_error(article: Path, tmp_path: Path) -> None:
    page = tmp_path / "no" / "report.html"
    code, out, err = invoke("read", article, "--html", page)
    assert (code, out, err) == (1, "", f"{page} cannot be written: No such file or directory.\n")


def test_a_page_over_a_folder_is_an_error(article: Path, tmp_path: Path) -> None:
    code, _, err = invoke("read", article, "--html", tmp_path)
    assert (code, err) == (1, f"{tmp_path} cannot be written: Is a directory.\n")


def test_a_link_to_a_page_stays_a_link(article: Path, tmp_path: Path) -> None:
    page, link = tmp_path / "report.html", tmp_path / "link.html"
    link.symlink_to(page)
    assert invoke("read", article, "--html", link)[0] == 0
    assert link.is_symlink()
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_device_is_written_to_and_not_replaced(article: Path) -> None:
    assert invoke("read", article, "--html", "/dev/null")[0] == 0
    assert Path("/dev/null").is_char_device()


# ---------------------------------------------------------------- manners in a shell


def test_no_color_means_none(article: Path) -> None:
    plain, coloured = (
        run("read", article, FORCE_COLOR="1", TERM="xterm-256color", **more).stdout for more in ({"NO_COLOR": "1"}, {})
    )
    assert "38;5;" in coloured
    assert "38;5;" not in plain


def test_a_reader_that_leaves_is_no_reason_to_complain(article: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "read", str(article), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        complaint = process.stderr.read()
        assert (process.wait(120), complaint) == (PIPE_CLOSED, b"")


def test_a_full_disk_is_said(article: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [*COMMAND, "read", str(article), "--json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "Standard output cannot be written: no space is left.\n")


def test_an_interrupt_ends_it_with_130_and_no_traceback(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with subprocess.Popen([*COMMAND, "read", str(pipe)], stderr=subprocess.PIPE, text=True) as process:
        # Opening blocks until the command has opened the other end, and so is at work.
        with open(pipe, "wb"):
            process.send_signal(signal.SIGINT)
            assert process.stderr is not None
            assert process.stderr.read() == "Interrupted.\n"
        assert process.wait(120) == 130


def test_json_is_utf8_whatever_the_locale(tmp_path: Path) -> None:
    path = tmp_path / "quote.txt"
    path.write_text("“We will not go,” said the Peruvian minister in Lima. 🕊\n", encoding="utf-8")
    done = run("read", path, "--json", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert json.loads(done.stdout)["text"].endswith("🕊\n")


def test_a_terminal_without_the_sign_shows_its_number(tmp_path: Path) -> None:
    path = tmp_path / "dove.txt"
    path.write_text("The minister of Peru released a 🕊 in Lima on Monday and then went home.\n", encoding="utf-8")
    done = run("read", path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "\\U0001f54a" in done.stdout


def test_the_example_is_read_whole() -> None:
    done = run("read", EXAMPLE, "--published", "2025-06-11", "--json")
    report = report_from_json(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(report.events) >= 12
    assert len(report.statements) >= 15
    assert {"Ingrid Kalloway", "Hakim Daranjaya"} <= {entity.name for entity in report.entities}
