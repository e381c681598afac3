"""Inputs: files, folders, patterns and standard input, their order, and how far reading has come."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import threading
from pathlib import Path

import pytest

from legation.collect.archive import Meter, read_archive
from legation.errors import SourceNotFoundError, UsageError
from legation.records import Article, Record


def lines(*texts: str) -> bytes:
    return b"".join(json.dumps({"text": text}).encode() + b"\n" for text in texts)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is also where the process stands."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(path: str, content: bytes = b"The envoy left.") -> None:
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    Path(path).write_bytes(content)


def places(*inputs: str) -> list[str]:
    return [one.place for one in read_archive(inputs)]


def message(record: Record) -> str:
    assert record.content is None and record.rejected is not None
    assert record.rejected.reason == "unreadable"
    return record.rejected.message


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.md", "text/plain"),
        ("a.HTML", "text/html"),
        ("a.htm", "text/html"),
        ("a.xhtml", "text/html"),
        ("a.pdf", "application/pdf"),
        ("a.eml", "message/rfc822"),
        ("a.docx", None),
        ("a", None),
    ],
)
def test_a_file_of_one_article(folder: Path, name: str, media_type: str | None) -> None:
    put(name, b"\xef\xbb\xbfOne.\r\n\0")
    (found,) = read_archive([name])
    assert found == Record(name, Article(name=name, content=b"\xef\xbb\xbfOne.\r\n\0", media_type=media_type))


def test_an_article_may_be_packed(folder: Path) -> None:
    put("a.html.gz", gzip.compress(b"<p>One."))
    (found,) = read_archive(["a.html.gz"])
    assert found.content == Article(name="a.html.gz", content=b"<p>One.", media_type="text/html")


def test_an_article_that_is_damaged_is_said(folder: Path) -> None:
    put("a.html.gz", gzip.compress(b"<p>One.")[:-5])
    (found,) = read_archive(["a.html.gz"])
    assert "a.html.gz cannot be read: its gzip data end too early" in message(found)


def test_a_disk_that_fails_at_once_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Failing(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise OSError(5, "Input/output error")

    put("a.txt")
    with monkeypatch.context() as patched:
        patched.setattr("builtins.open", lambda *_: Failing())
        (found,) = read_archive(["a.txt"])
    (streamed,) = read_archive(["-"], stdin=Failing())
    assert message(found) == "a.txt cannot be read: Input/output error."
    assert message(streamed) == "standard input cannot be read: Input/output error."


def test_utf16_on_file_is_one_rejection_and_for_an_article_none(folder: Path) -> None:
    put("a.jsonl", '{"text": "one"}\n{"text": "two"}\n'.encode("utf-16"))
    put("a.txt", "The envoy left.".encode("utf-16"))
    first, second = read_archive(["a.jsonl", "a.txt"])
    assert "UTF-16" in message(first) and second.content is not None


def test_an_article_over_the_limit_is_too_long(folder: Path) -> None:
    for name, size in (("a.txt", 20_000_000), ("b.txt", 20_000_001)):
        with Path(name).open("wb") as stream:
            stream.truncate(size)
    first, second = read_archive(["a.txt", "b.txt"])
    assert first.rejected is None
    assert second.rejected is not None and second.rejected.reason == "too_long"


@pytest.mark.parametrize("content", [lines("one", "two"), b"\xef\xbb\xbf \n" + lines("one", "two")])
def test_a_file_without_suffix_is_what_it_begins_like(folder: Path, content: bytes) -> None:
    put("news", content)
    assert len(places("news")) == 2


def test_inputs_come_in_the_order_given_and_a_folder_in_the_order_of_paths(folder: Path) -> None:
    for path in ("d/b.txt", "d/a/z.txt", "d/a.txt", "d/a-b/x.txt", "d/B.txt", "d/é.txt", "d/a0.txt", "c.txt"):
        put(path)
    expected = [
        "d/B.txt",
        "d/a-b/x.txt",
        "d/a.txt",
        "d/a/z.txt",
        "d/a0.txt",
        "d/b.txt",
        "d/é.txt",
    ]
    assert expected == sorted(expected)
    assert places("d") == expected
    assert places("d/", "c.txt") == [*expected, "c.txt"]
    assert places("c.txt", "d") == ["c.txt", *expected]


def test_a_folder_is_walked_for_articles_and_archives(folder: Path) -> None:
    put("d/a.jsonl.gz", gzip.compress(lines("one", "two")))
    put("d/b/c.csv", b"text\none\n")
    put("d/b/d.html")
    put("d/notes.docx")
    put("d/README")
    put("d/pack.zip")
    put("d/.hidden.txt")
    put("d/.git/a.txt")
    assert places("d") == ["d/a.jsonl.gz, line 1", "d/a.jsonl.gz, line 2", "d/b/c.csv, row 1", "d/b/d.html"]


def test_a_hidden_folder_may_be_named(folder: Path) -> None:
    put(".hidden/a.txt")
    assert places(".hidden") == [".hidden/a.txt"]


def test_an_empty_folder_gives_nothing(folder: Path) -> None:
    Path("d").mkdir()
    assert places("d") == []


def test_one_bad_file_of_many_costs_itself(folder: Path) -> None:
    for number in range(1_000):
        put(f"d/{number:04}.jsonl", lines("one"))
    put("d/0500.jsonl", b"\0\1\2")
    put("d/0501.jsonl.gz", b"\0\1\2")
    found = list(read_archive(["d"]))
    assert len(found) == 1_001
    assert [one.place for one in found if one.content is None] == ["d/0500.jsonl, line 1", "d/0501.jsonl.gz"]


def test_links_are_followed_and_loops_end(folder: Path) -> None:
    put("elsewhere/x.txt")
    put("d/a.txt")
    put("d/sub/b.txt")
    Path("d/loop").symlink_to(".")
    Path("d/sub/up").symlink_to("../..", target_is_directory=True)
    Path("d/self.txt").symlink_to("self.txt")
    Path("d/gone.txt").symlink_to("nowhere.txt")
    Path("d/linked").symlink_to("../elsewhere")
    found = list(read_archive(["d"]))
    assert [one.place for one in found if one.content] == ["d/a.txt", "d/linked/x.txt", "d/sub/b.txt"]
    assert [one.place for one in found if one.rejected] == ["d/gone.txt", "d/self.txt"]
    assert len(places("**/*.txt")) == 5
    assert len(places("d/**/**/*.txt")) == 5


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_in_a_folder_is_not_waited_for(folder: Path) -> None:
    put("d/b.txt")
    os.mkfifo("d/a.txt")
    first, second = read_archive(["d"])
    assert "pipe or device" in message(first) and second.content is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_that_is_named_is_read(folder: Path) -> None:
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_bytes, args=(gzip.compress(lines("one", "two")),))
    writer.start()
    meter = Meter()
    assert len(list(read_archive(["pipe"], meter=meter))) == 2
    writer.join()
    assert meter.total is None and meter.done > 0


def test_what_may_not_be_read_costs_itself(folder: Path, request: pytest.FixtureRequest) -> None:
    folder.chmod(0o755)
    for parent in folder.parents[:2]:
        parent.chmod(0o755)
    put("d/a.txt")
    put("d/b.txt")
    put("d/c/x.txt")
    Path("d/a.txt").chmod(0)
    Path("d/c").chmod(0)
    request.getfixturevalue("bound_by_permissions")
    meter = Meter()
    first, second, third = read_archive(["d"], meter=meter)
    assert "d/a.txt may not be read" in message(first)
    assert second.content is not None
    assert third.place == "d/c" and "may not be read" in message(third)
    assert meter.done == meter.total == 30
    (named,) = read_archive(["d/a.txt"])
    assert "may not be read" in message(named)


def test_a_name_that_is_no_text_is_read_and_can_be_written(folder: Path) -> None:
    name = os.fsdecode(b"d/caf\xe9.txt")
    put(name)
    put(os.fsdecode(b"d/caf\xe9.csv"), b"text\none\n")
    found = places("d")
    assert found == ["d/caf\ufffd.csv, row 1", "d/caf\ufffd.txt"]


def test_patterns_are_expanded_in_order(folder: Path) -> None:
    for path in ("data/b.jsonl", "data/a.jsonl", "data/.h.jsonl", "data/x/c.jsonl", "data/x/y/d.jsonl", "data/e.txt"):
        put(path, lines("one") if path.endswith("jsonl") else b"x")
    assert places("data/*.jsonl") == ["data/a.jsonl, line 1", "data/b.jsonl, line 1"]
    assert places("data/[b-z].jsonl") == ["data/b.jsonl, line 1"]
    assert places("data/?/c.jsonl") == ["data/x/c.jsonl, line 1"]
    assert places("data/.*.jsonl") == ["data/.h.jsonl, line 1"]
    deep = ["data/a.jsonl, line 1", "data/b.jsonl, line 1", "data/x/c.jsonl, line 1", "data/x/y/d.jsonl, line 1"]
    assert places("data/**/*.jsonl") == places("**/*.jsonl") == deep
    assert places("**/y/*.jsonl") == ["data/x/y/d.jsonl, line 1"]
    assert places(f"{folder}/data/*/*.jsonl") == [f"{folder}/data/x/c.jsonl, line 1"]


def test_what_a_pattern_matches_twice_is_read_once(folder: Path) -> None:
    put("data/a.txt")
    put("data/x/b.txt")
    assert sorted(places("data/**")) == places("data/*") == ["data/a.txt", "data/x/b.txt"]
    assert places("**") == ["data/a.txt", "data/x/b.txt"]


def test_a_name_with_brackets_is_a_name_first(folder: Path) -> None:
    put("news[1].txt")
    put("news1.txt")
    assert places("news[1].txt") == ["news[1].txt"]


def test_standard_input_is_the_stream_given_or_the_process_s_own(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(list(read_archive(["-"], stdin=io.BytesIO(lines("one"))))) == 1
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines("one", "two"))))
    assert places("-") == ["standard input, line 1", "standard input, line 2"]


@pytest.mark.parametrize("name", ["none.jsonl", "", "a\0b", "x" * 5_000, "https://news.example/1"])
def test_what_does_not_exist_is_refused_before_anything_is_read(folder: Path, name: str) -> None:
    put("a.txt")
    with pytest.raises(SourceNotFoundError, match="There is no file or folder") as caught:
        read_archive(["a.txt", name])
    assert caught.value.subject == name


def test_a_pattern_that_matches_nothing_is_refused(folder: Path) -> None:
    with pytest.raises(SourceNotFoundError, match=r"No file matches 'data/\*\*/\*\.jsonl'\."):
        read_archive(["data/**/*.jsonl"])


def test_no_input_is_refused() -> None:
    with pytest.raises(UsageError, match="No input is named"):
        read_archive([])


@pytest.mark.parametrize(
    ("inputs", "said"),
    [
        (["a.txt", "a.txt"], "'a.txt' is named twice: name it once."),
        (["a.txt", "./a.txt"], "'./a.txt' is named twice, also as 'a.txt': name it once."),
        (["a.txt", "link.txt"], "'link.txt' is named twice, also as 'a.txt': name it once."),
        (["a.txt", "*.txt"], "'a.txt' is named twice: name it once."),
        (["-", "-"], "Standard input is named twice: name it once."),
        (["d", "d/"], "'d/' is named twice, also as 'd': name it once."),
        (["d", "d/x/b.txt"], "'d/x/b.txt' is named twice: it also lies in 'd'. Name one of the two."),
        (["d/x", "d"], "'d/x' is named twice: it also lies in 'd'. Name one of the two."),
        (["d/x/b.txt", "**/x"], "'d/x/b.txt' is named twice: it also lies in 'd/x'. Name one of the two."),
    ],
)
def test_the_same_file_named_twice_is_refused(folder: Path, inputs: list[str], said: str) -> None:
    put("a.txt")
    put("d/x/b.txt")
    Path("link.txt").symlink_to("a.txt")
    with pytest.raises(UsageError) as caught:
        read_archive(inputs)
    assert str(caught.value) == said


def test_a_file_that_its_folder_passes_over_is_not_named_twice(folder: Path) -> None:
    put("d/.a.txt")
    put("d/b.docx")
    put("d/c.txt")
    assert places("d", "d/.a.txt", "d/b.docx") == ["d/c.txt", "d/.a.txt", "d/b.docx"]


def test_the_same_inputs_give_the_same_records(folder: Path) -> None:
    for number in range(30):
        put(f"d/{number * 7 % 30}.jsonl", lines(*map(str, range(number))))
    assert list(read_archive(["d"])) == list(read_archive(["d"]))


def test_the_meter_counts_packed_bytes_to_the_total(folder: Path) -> None:
    put("d/a.jsonl.gz", gzip.compress(lines(*map(str, range(50_000)))))
    put("d/b.txt")
    put("d/c.csv", b"id\n1\n2\n")
    put("d/e.jsonl.gz", gzip.compress(lines("one"))[:-9] + b"x" * 500)
    put("d/skipped.docx", bytes(1_000))
    put("f.txt")
    meter = Meter()
    found = read_archive(["d", "f.txt"], meter=meter)
    assert meter.total == sum(
        Path(path).stat().st_size for path in ("d/a.jsonl.gz", "d/b.txt", "d/c.csv", "d/e.jsonl.gz", "f.txt")
    )
    assert meter.done == 0
    seen = [meter.done for _ in found]
    assert seen == sorted(seen) and meter.done == meter.total


def test_the_meter_has_no_total_with_standard_input(folder: Path) -> None:
    put("a.txt")
    meter = Meter()
    assert len(list(read_archive(["a.txt", "-"], stdin=io.BytesIO(lines("one")), meter=meter))) == 2
    assert meter == Meter(total=None, done=15 + len(lines("one")))


def test_a_file_that_grows_while_it_is_read_does_not_pass_the_total(folder: Path) -> None:
    put("a.jsonl", lines("one"))
    meter = Meter()
    found = read_archive(["a.jsonl"], meter=meter)
    with Path("a.jsonl").open("ab") as stream:
        stream.write(lines(*["two"] * 100_000))
    assert len(list(found)) == 100_001
    assert meter.done == meter.total == len(lines("one"))


def test_a_file_that_goes_away_costs_itself(folder: Path) -> None:
    put("a.txt")
    put("b.txt")
    found = read_archive(["a.txt", "b.txt"])
    Path("a.txt").unlink()
    first, second = found
    assert "a.txt cannot be read" in message(first) and second.content is not None


def test_nothing_slow_is_loaded_before_it_is_needed() -> None:
    import subprocess

    code = "import sys, legation.collect.archive; print([m for m in ('pyarrow', 'warcio') if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert answer.stdout == "[]\n"
