"""Articles from files and standard input."""

from __future__ import annotations

import io
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from legation.collect import MAX_BYTES, collect
from legation.errors import CollectError, FetchError, SourceNotFoundError, TooLargeError


def test_a_file_is_taken_byte_for_byte(tmp_path: Path) -> None:
    path = tmp_path / "story.txt"
    path.write_bytes(b"\xef\xbb\xbfOne.\r\nTwo.\n\0")
    article = collect(str(path), published=date(2024, 4, 3))
    assert article.content == b"\xef\xbb\xbfOne.\r\nTwo.\n\0"
    assert article.name == str(path)
    assert article.published == date(2024, 4, 3)
    assert article.url is None and article.charset is None


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("a.txt", "text/plain"),
        ("a.HTML", "text/html"),
        ("a.htm", "text/html"),
        ("a.pdf", "application/pdf"),
        ("a.eml", "message/rfc822"),
        ("a.docx", None),
        ("story", None),
    ],
)
def test_the_extension_gives_the_media_type(tmp_path: Path, name: str, media_type: str | None) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert collect(str(path)).media_type == media_type


def test_a_dash_reads_the_stream_given() -> None:
    article = collect("-", stdin=io.BytesIO(b"The envoy left."))
    assert (article.name, article.content, article.media_type) == ("-", b"The envoy left.", None)


def test_a_dash_reads_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"The envoy left.")))
    assert collect("-").content == b"The envoy left."


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "none.txt")
    with pytest.raises(SourceNotFoundError) as caught:
        collect(path)
    assert str(caught.value) == f"There is no file {path}."
    assert caught.value.subject == path


def test_a_file_taken_for_a_folder_is_not_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    with pytest.raises(SourceNotFoundError, match="There is no file"):
        collect(str(tmp_path / "a.txt" / "b.txt"))


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFoundError, match="is a folder, not a file"):
        collect(str(tmp_path))


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    path = tmp_path / "secret.txt"
    path.write_text("x")
    path.chmod(0)
    request.getfixturevalue("bound_by_permissions")
    with pytest.raises(SourceNotFoundError, match="may not be read"):
        collect(str(path))


def test_a_permission_error_is_said_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "secret.txt"
    path.write_text("x")
    monkeypatch.setattr("builtins.open", refuse)
    with pytest.raises(SourceNotFoundError, match=r"secret\.txt may not be read"):
        collect(str(path))


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 5000])
def test_a_name_no_file_can_have_is_a_clear_error(name: str) -> None:
    with pytest.raises(SourceNotFoundError) as caught:
        collect(name)
    assert str(caught.value).endswith(".")


def test_the_largest_file_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES)
    assert len(collect(str(path)).content) == MAX_BYTES
    with path.open("ab") as stream:
        stream.write(b"x")
    with pytest.raises(TooLargeError, match="larger than 20 MB"):
        collect(str(path))


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no endless device")
def test_an_endless_stream_is_refused() -> None:
    with open("/dev/zero", "rb") as stream, pytest.raises(TooLargeError, match="input is larger than 20 MB"):
        collect("-", stdin=stream)


@pytest.mark.parametrize("url", ["ftp://files.example/a.txt", "file:///etc/hostname", "gopher://a/b"])
def test_other_schemes_are_refused(url: str) -> None:
    with pytest.raises(FetchError, match="reads http and https addresses"):
        collect(url)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no named pipes in folders")
def test_a_pipe_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "pipe"
    os.mkfifo(path)
    if os.fork() == 0:
        path.write_bytes(b"The envoy left.")
        os._exit(0)
    assert collect(str(path)).content == b"The envoy left."


def test_every_failure_is_a_collect_error() -> None:
    for error in (FetchError, SourceNotFoundError, TooLargeError):
        assert issubclass(error, CollectError)
