"""Plain text: the body is the decoded content, so that offsets hold in the user's file."""

from __future__ import annotations

import codecs
import subprocess
import sys
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.extract import MAX_CHARS, extract
from legation.extract.decode import decode
from legation.records import Article, Text

STORY = "The envoy left the capital on Tuesday, and the talks were put off, the ministry said.\n"


def text_of(content: bytes, media_type: str | None = None, charset: str | None = None) -> Text:
    return extract(Article(name="story", content=content, media_type=media_type, charset=charset))


def reason(text: Text) -> str | None:
    return text.rejected.reason if text.rejected else None


def test_the_body_is_the_content() -> None:
    text = text_of(STORY.encode())
    assert text == Text(body=STORY, language="en")


@pytest.mark.parametrize(
    "body",
    [
        "  \tThe first line.\r\n\r\nThe second line.\r\n",
        "The old Mac line ends.\rThe second one.\r",
        "The min\u00adis\u00adter\u00a0said \u200bit was over.",
        "The envoy 👩🏽\u200d🚀 said “yes” 🇺🇳.",
        "e\u0301 and \u00e9 are the same letter in the two normal forms that there are.",
        "A bell \x07 and a form feed \x0c in the text that was given.",
        "One stray \0 in the text that was given.",
        "\u2028The line separators of Unicode\u2029and\x85others that are there.",
        "The mark \ufeff inside is no mark.",
    ],
)
def test_nothing_is_changed(body: str) -> None:
    text = text_of(body.encode())
    assert text.body == body
    assert text.rejected is None


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff"), max_size=300))
@settings(deadline=None, max_examples=100)
def test_any_text_keeps_its_offsets(body: str) -> None:
    assert decode(body.encode()) == (body, ())
    story = STORY + body
    text = text_of(story.encode())
    assert text.body == story or reason(text) == "not_text"


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=150)
def test_no_bytes_make_it_fail(content: bytes) -> None:
    text = text_of(content)
    assert text.rejected is None or text.rejected.message.endswith(".")


@given(
    st.sampled_from(["text/html", "message/rfc822", None]),
    st.sampled_from([b"<html>", b"%PDF-1.4\n", b"From: a\nMessage-ID: <b>\nContent-Type: multipart/mixed\n\n"]),
    st.binary(max_size=200),
)
@settings(deadline=None, max_examples=100)
def test_no_bytes_make_it_fail_under_any_name(media_type: str | None, start: bytes, rest: bytes) -> None:
    text_of(start + rest, media_type)


# ---------------------------------------------------------------- encodings


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
@pytest.mark.parametrize("charset", [None, "windows-1252", "utf-8"])
def test_a_byte_order_mark_decides_and_is_no_part_of_the_body(mark: bytes, encoding: str, charset: str | None) -> None:
    body = "The envoy’s café 🇺🇳 was closed.\r\n"
    assert text_of(mark + body.encode(encoding), charset=charset) == Text(body=body, language="en")


def test_windows_1252_is_read_and_said() -> None:
    body = "The envoy’s “café” in Zürich was closed on Tuesday, the ministry said."
    text = text_of(body.encode("windows-1252"))
    assert text.body == body
    assert text.notes == ("It is not UTF-8; it was read as windows-1252.",)


def test_bytes_without_meaning_in_windows_1252_do_not_stop_it() -> None:
    content = STORY.encode() + b"\x81"
    assert text_of(content).body == STORY + "\x81"


def test_a_declared_encoding_is_used() -> None:
    body = "Řekl, že the minister and the envoy would meet — at noon."
    text = text_of(body.encode("iso-8859-2", "replace"), charset="ISO-8859-2")
    assert text.body == body.replace("—", "?")
    assert text.notes == ()


def test_utf_16_without_a_mark_is_read_when_declared() -> None:
    assert text_of(STORY.encode("utf-16-le"), charset="UTF-16LE").body == STORY


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "us-ascii"])
def test_utf8_declared_as_western_is_read_as_utf8(charset: str) -> None:
    body = "The envoy’s café was closed on Tuesday."
    text = text_of(body.encode(), charset=charset)
    assert (text.body, text.notes) == (body, ())


def test_a_declared_western_encoding_needs_no_note() -> None:
    body = "The envoy’s café was closed on Tuesday."
    text = text_of(body.encode("windows-1252"), charset="iso-8859-1")
    assert (text.body, text.notes) == (body, ())


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "gb18030x", "rot13", "zlib", "unicode_escape", "a\0b", ""])
def test_a_false_declaration_is_seen_through(charset: str) -> None:
    body = r"The envoy’s café \u0041 was closed on Tuesday, said the mayor."
    western = body.encode("windows-1252") + b"!" * (len(body) % 2 == 0)
    assert text_of(western, charset=charset).body.rstrip("!") == body
    assert text_of(body.encode() + b"!", charset=charset if charset != "utf-16" else None).body == body + "!"


def test_text_in_another_alphabet_is_recognized_before_it_is_rejected() -> None:
    body = "Министр иностранных дел заявил во вторник, что переговоры возобновятся на следующей неделе. " * 3
    text = text_of(body.encode("windows-1251"))
    assert text.rejected is not None
    assert text.rejected.message == "It is written in Russian; Legation reads English."


# ---------------------------------------------------------------- what is rejected


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\u200b\u2060\u00a0\u3000".encode()])
def test_nothing_but_white_space_is_empty(content: bytes) -> None:
    assert reason(text_of(content)) == "empty"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image"),
        (b"\xff\xd8\xff\xe0JFIF", "image"),
        (b"PK\x03\x04[Content_Types].xml", "office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office document"),
        (b"{\\rtf1\\ansi The envoy left.}", "RTF"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"\x7fELF\2\1\1", "program"),
        (b"\0\0\0\x18ftypmp42", "video"),
        (b"The envoy" + bytes(40), "binary"),
        (bytes(range(256)) * 20, "binary"),
    ],
)
@pytest.mark.parametrize("media_type", [None, "text/plain", "text/html", "message/rfc822"])
def test_what_is_not_text_is_rejected_whatever_it_is_called(content: bytes, word: str, media_type: str | None) -> None:
    text = text_of(content, media_type)
    assert text.rejected is not None
    assert text.rejected.reason == "not_text"
    assert word in text.rejected.message
    assert text.body == ""


def test_the_longest_text_is_read_and_one_more_character_is_not() -> None:
    longest = (STORY * (MAX_CHARS // len(STORY) + 1))[:MAX_CHARS]
    assert text_of(longest.encode()).rejected is None
    rejected = text_of((longest + "x").encode())
    assert reason(rejected) == "too_long"
    assert rejected.rejected is not None and "2,000,000 characters" in rejected.rejected.message
    assert rejected.body == ""


def test_ten_megabytes_are_refused_quickly() -> None:
    content = STORY.encode() * (10_000_000 // len(STORY))
    begun = time.monotonic()
    assert reason(text_of(content)) == "too_long"
    assert reason(text_of(content[:7_000_000])) == "too_long"
    assert time.monotonic() - begun < 0.5


# ---------------------------------------------------------------- what is known from outside


def test_what_was_given_travels_on() -> None:
    article = Article(
        name="a", content=STORY.encode(), url="https://a.example/", source="A", published=date(2024, 4, 3)
    )
    text = extract(article)
    assert (text.url, text.source, text.published, text.published_basis) == (
        "https://a.example/",
        "A",
        date(2024, 4, 3),
        "given",
    )


def test_what_was_given_stays_with_a_rejection() -> None:
    text = extract(Article(name="a", content=b"", url="https://a.example/", published=date(2024, 4, 3)))
    assert (text.url, text.published, reason(text)) == ("https://a.example/", date(2024, 4, 3), "empty")


def test_no_date_is_none() -> None:
    text = text_of(b"April 3, 2024. The envoy left the capital.")
    assert (text.published, text.published_basis) == (None, None)


@pytest.mark.parametrize("media_type", ["application/pdf", "text/html", "message/rfc822", None])
def test_plain_text_under_another_name_is_plain_text(media_type: str | None) -> None:
    assert text_of(STORY.encode(), media_type).body == STORY


@pytest.mark.parametrize(
    "body",
    [
        "Subject: the talks.\nDate: none was set.\nFrom the capital, the envoy said no.\n",
        "a <b> c: the p-value < 0.05 that they said was <i>good</i>.\n",
        "From: the capital\nTo: the border\nDate: Tuesday\n\nThe envoy went and that was that.\n",
    ],
)
def test_plain_text_that_looks_a_little_like_mail_or_markup_stays_plain(body: str) -> None:
    assert text_of(body.encode()).body == body


def test_what_other_formats_need_is_not_loaded_for_plain_text() -> None:
    code = (
        "import sys; from legation.extract import extract; from legation.records import Article;"
        "extract(Article('a', b'The envoy left the capital on Tuesday.'));"
        "sys.exit(bool({'trafilatura', 'pdfminer', 'lxml', 'email'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
