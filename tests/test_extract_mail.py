"""Mail: its words without quoted replies, signatures and attachments. All mails here are invented."""

from __future__ import annotations

from datetime import date
from email.message import EmailMessage

import pytest

from legation.extract import extract
from legation.extract.mail_body import own_lines, unflowed, unwrapped
from legation.records import Article, Text

STORY = (
    "Orvania recalled its ambassador from Teskia on Wednesday, hours after shells fired from across the "
    "border killed two farmers, the foreign ministry said."
)
SECOND = "“We will not sit at a table while our villages burn,” Foreign Minister Ilse Varga told reporters."


def text_of(message: EmailMessage | bytes, media_type: str | None = "message/rfc822") -> Text:
    content = message if isinstance(message, bytes) else bytes(message)
    return extract(Article(name="mail", content=content, media_type=media_type))


def mail(plain: str | None = None, rich: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Wire desk <desk@wire.example>"
    message["Message-ID"] = "<1@wire.example>"
    message["Date"] = headers.get("date", "Wed, 03 Apr 2024 23:30:00 -0400")
    message["Subject"] = headers.get("subject", "Orvania recalls envoy")
    if plain is not None:
        message.set_content(plain, cte=headers.get("cte", "quoted-printable"))
    if rich is not None and plain is None:
        message.set_content(rich, subtype="html")
    elif rich is not None:
        message.add_alternative(rich, subtype="html")
    return message


def raw(body: str, *headers: str) -> bytes:
    start = (
        "From: desk@wire.example",
        "Date: Wed, 03 Apr 2024 10:00:00 +0000",
        "Message-ID: <1@wire.example>",
    )
    return "\r\n".join((*start, *headers, "", body)).encode()


def test_the_body_subject_and_day_are_taken() -> None:
    text = text_of(mail(f"{STORY}\n\n{SECOND}\n"))
    assert text == Text(
        body=f"{STORY}\n{SECOND}",
        title="Orvania recalls envoy",
        published=date(2024, 4, 3),
        published_basis="header",
        language="en",
    )


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
def test_transfer_encodings_are_undone(cte: str) -> None:
    assert text_of(mail(STORY + "\n" + SECOND, cte=cte)).body == f"{STORY}\n{SECOND}"


@pytest.mark.parametrize("media_type", ["message/rfc822", "text/plain", "application/octet-stream", None])
def test_a_mail_is_known_by_its_headers(media_type: str | None) -> None:
    assert text_of(mail(STORY), media_type).title == "Orvania recalls envoy"


def test_a_mail_from_a_mailbox_file_is_read() -> None:
    content = b"From desk@wire.example Wed Apr  3 10:00:00 2024\n" + bytes(mail(STORY))
    assert text_of(content, None).body == STORY


def test_encoded_headers_are_decoded() -> None:
    text = text_of(raw(STORY, "Subject: =?utf-8?q?Orvania=E2=80=99s_envoy?= =?iso-8859-1?q?_in_Z=FCrich?="))
    assert text.title == "Orvania’s envoy in Zürich"


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: Fwd: The envoy", "The envoy"), ("FW: The envoy", "The envoy"), ("Reform", "Reform"), ("", None)],
)
def test_marks_of_replies_are_no_part_of_the_title(subject: str, title: str | None) -> None:
    assert text_of(mail(STORY, subject=subject)).title == title


@pytest.mark.parametrize(
    "header", ["Date: soon", "Date:", "Date: Wed, 99 Foo 2024 10:00:00 +0000", "X-Date: 1 May 2024"]
)
def test_a_mail_without_a_usable_date_is_undated(header: str) -> None:
    content = f"From: a@b.example\r\nMessage-ID: <1@b>\r\nSubject: x\r\n{header}\r\n\r\n{STORY}".encode()
    text = text_of(content)
    assert (text.published, text.published_basis, text.body) == (None, None, STORY)


def test_what_was_given_wins_over_the_header() -> None:
    text = extract(Article("mail", bytes(mail(STORY)), published=date(2024, 5, 1)))
    assert (text.published, text.published_basis) == (date(2024, 5, 1), "given")


# ---------------------------------------------------------------- the part that is read


def test_the_plain_part_is_preferred() -> None:
    rich = f"<html><body><p>{SECOND}</p><p>{SECOND}</p></body></html>"
    assert text_of(
        mail(STORY + " The talks are off, and nobody in the capital expects them soon.", rich)
    ).body.startswith(STORY)


def test_a_stub_gives_way_to_the_other_part() -> None:
    rich = (
        f"<html><body><table><tr><td><h1>Recalled</h1></td></tr><tr><td>{STORY}</td></tr>"
        f"<tr><td>{SECOND}</td></tr></table></body></html>"
    )
    assert text_of(mail("Your mail program cannot show this message.", rich)).body == f"Recalled\n{STORY}\n{SECOND}"


def test_a_mail_of_markup_alone_is_read() -> None:
    rich = (
        f"<html><head><style>p {{}}</style></head><body><div>{STORY}<br>{SECOND}</div>"
        "<div style='display: none'>hidden</div></body></html>"
    )
    assert text_of(mail(rich=rich)).body == f"{STORY}\n{SECOND}"


def test_a_short_mail_stays_short() -> None:
    assert text_of(mail("The envoy left.", "<p>The envoy left.</p>")).body == "The envoy left."


def test_attachments_are_ignored() -> None:
    message = mail(STORY)
    message.add_attachment("The attached text is not read.", filename="notes.txt")
    message.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="a.pdf")
    assert text_of(message).body == STORY


def test_a_mail_of_attachments_alone_is_empty() -> None:
    message = mail("")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="a.png")
    text = text_of(message)
    assert text.rejected is not None and text.rejected.reason == "empty"


def test_an_undeclared_encoding_is_recognized_and_said() -> None:
    content = raw("", "Content-Type: text/plain", "Subject: x") + SECOND.encode("windows-1252")
    text = text_of(content)
    assert text.body == SECOND
    assert text.notes == ("It is not UTF-8; it was read as windows-1252.",)


@pytest.mark.parametrize("charset", ["windows-1252", "no-such-charset", "utf-8", '"'])
def test_a_declared_encoding_true_or_false_does_no_harm(charset: str) -> None:
    content = raw("", f"Content-Type: text/plain; charset={charset}", "Subject: x") + SECOND.encode("windows-1252")
    assert text_of(content).body == SECOND


def test_parts_nested_without_measure_do_not_make_it_fail() -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(1500))
    text = text_of(raw("", "MIME-Version: 1.0")[:-2] + nested.encode())
    assert text.rejected is not None and text.rejected.reason in ("not_text", "empty")


# ---------------------------------------------------------------- what others wrote


def test_a_quoted_reply_is_left_out() -> None:
    body = (
        f"{STORY}\n\nOn Tue, 2 Apr 2024 at 09:12, Lena Braun\n<lena@wire.example> wrote:\n\n"
        f"> Any news?\n>> None.\n\n{SECOND}\n"
    )
    assert text_of(mail(body)).body == f"{STORY}\n{SECOND}"


def test_what_stands_over_the_original_message_is_read() -> None:
    body = f"{STORY}\n\n-----Original Message-----\nFrom: Lena\nSent: Tuesday\n\nAny news from the border?\n"
    assert text_of(mail(body)).body == STORY


def test_a_forwarded_message_is_read_without_its_headers() -> None:
    body = (
        "Worth a look.\n\n---------- Forwarded message ---------\nFrom: Lena <l@w.example>\n"
        f"Date: Tue, 2 Apr 2024\nSubject: Envoy\nTo: me\n\n{STORY}\n"
    )
    assert text_of(mail(body)).body == f"Worth a look.\n{STORY}"


def test_a_message_passed_on_is_read_below_its_mark() -> None:
    body = f"-----Original Message-----\nFrom: Lena\nSent: Tuesday\n\n{STORY}\n"
    assert text_of(mail(body, subject="FW: Envoy")).body == STORY


@pytest.mark.parametrize("mark", ["-- ", "--", "Sent from my phone"])
def test_a_signature_is_left_out(mark: str) -> None:
    end = "" if mark.startswith("Sent") else "Mara Lindqvist\nThe Harbour Courier\n"
    assert text_of(mail(f"{STORY}\n\n{mark}\n{end}", cte="8bit")).body == STORY


def test_quotes_and_signatures_of_markup_are_left_out() -> None:
    rich = (
        f"<html><body><div>{STORY}</div><div class='gmail_signature'>Mara Lindqvist</div>"
        "<div class='gmail_quote'>On Tue Lena wrote:<blockquote>Any news?</blockquote></div>"
        "<blockquote type='cite'>None at all.</blockquote></body></html>"
    )
    assert text_of(mail(rich=rich)).body == STORY


def test_a_forwarded_message_in_markup_is_read() -> None:
    rich = (
        "<html><body><div class='gmail_quote'><div>---------- Forwarded message ---------<br>From: Lena<br>"
        f"Subject: Envoy<br></div><div>{STORY}</div></div></body></html>"
    )
    assert text_of(mail(rich=rich, subject="Fwd: Envoy")).body == STORY


# ---------------------------------------------------------------- lines


def test_wrapped_lines_become_paragraphs() -> None:
    wrapped = [
        "Orvania recalled its ambassador from Teskia on Wednesday, hours",
        "after shells fired from across the border killed two farmers.",
        "",
        "Talks in doubt",
        "",
        "The end.",
    ]
    assert unwrapped(wrapped) == [
        "Orvania recalled its ambassador from Teskia on Wednesday, hours after shells fired from across "
        "the border killed two farmers.",
        "Talks in doubt",
        "The end.",
    ]


def test_lines_that_were_not_wrapped_stay_apart() -> None:
    lines = ["Orvania: envoy recalled", "Teskia: no comment", STORY, SECOND]
    assert unwrapped(lines) == lines


def test_flowed_lines_are_joined() -> None:
    assert (
        unflowed("The envoy \nleft \non Tuesday.\n From there\n-- \nMara")
        == "The envoy left on Tuesday.\nFrom there\n-- \nMara"
    )


def test_a_flowed_mail_is_read_in_paragraphs() -> None:
    content = raw("The envoy left \r\nthe capital.\r\nHe flew \r\nhome.\r\n", "Content-Type: text/plain; format=flowed")
    assert text_of(content).body == "The envoy left the capital.\nHe flew home."


def test_a_line_that_ends_in_wrote_is_kept_where_nothing_is_quoted() -> None:
    lines = ["On Tuesday the minister wrote:", "Peace is near."]
    assert own_lines(lines, keep_quoted=False) == lines


def test_a_greater_than_sign_inside_a_line_quotes_nothing() -> None:
    assert own_lines(["5 > 3, said the envoy."], keep_quoted=False) == ["5 > 3, said the envoy."]
