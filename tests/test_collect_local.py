"""Sources on this machine: folders of files, mail folders, WARC files. All papers, places and events are invented."""

from __future__ import annotations

import gzip
import json
import mailbox
import os
from email.message import EmailMessage
from pathlib import Path

from collecting import Desk
from news_site import PARAGRAPHS, story

from legation.sources import Source, SourceKind

BODY = "\n\n".join(PARAGRAPHS)


def desk(path: Path, kind: SourceKind) -> Desk:
    return Desk(Source("Ours", str(path), kind))


def statuses(made: Desk) -> list[str]:
    return [each.status for each in made.items()]


def mail(number: int, body: str = BODY) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "press@ministry.example", "desk@courier.example"
    message["Subject"] = f"Statement {number}"
    message["Date"] = "Tue, 04 Mar 2031 08:00:00 +0200"
    message["Message-ID"] = f"<{number}@ministry.example>"
    message.set_content(body)
    return message


def test_a_folder_of_files_gives_each_file_and_an_edited_one_again(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(BODY)
    (tmp_path / "sub" / "b.html").write_text(story("Envoy recalled"))
    (tmp_path / "picture.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "empty.txt").write_text("")
    made = desk(tmp_path, "files")
    found = {Path(each.item.place or "").name: each for each in made.items()}
    assert {name: each.status for name, each in found.items()} == {
        "a.txt": "version",
        "b.html": "version",
        "empty.txt": "rejected",
    }
    assert found["b.html"].text is not None
    assert str(found["b.html"].text.published) == "2031-03-04"
    assert statuses(made.later(hours=1)) == []
    (tmp_path / "a.txt").write_text(BODY + " It named no day.")
    os.utime(tmp_path / "a.txt", (1, 1))
    assert statuses(made.later(hours=1)) == ["version"]
    os.utime(tmp_path / "a.txt", (2, 2))
    assert statuses(made.later(hours=1)) == ["same"]
    assert made.health().state == "good"


def test_lines_of_json_in_a_folder_are_articles_and_a_bad_line_costs_itself(tmp_path: Path) -> None:
    rows = [json.dumps({"id": f"n{n}", "text": BODY + f" {n}", "published": "2031-03-04"}) for n in range(3)]
    (tmp_path / "news.jsonl").write_text("\n".join([rows[0], "{", *rows[1:]]) + "\n")
    made = desk(tmp_path, "files")
    assert sorted(statuses(made)) == ["rejected", "version", "version", "version"]
    assert statuses(made.later(hours=1)) == []
    with (tmp_path / "news.jsonl").open("a") as stream:
        stream.write(json.dumps({"id": "n9", "text": BODY + " 9"}) + "\n")
    assert [each for each in statuses(made.later(hours=1)) if each == "version"] == ["version"]


def test_more_items_than_a_batch_are_all_taken(tmp_path: Path) -> None:
    rows = (json.dumps({"id": str(n), "text": BODY + f" {n}"}) for n in range(150))
    (tmp_path / "news.jsonl").write_text("\n".join(rows))
    made = desk(tmp_path, "files")
    check = made.check()
    assert (check.status, check.versions, check.listed) == ("good", 150, 150)


def test_a_stop_in_the_middle_of_files_loses_nothing(tmp_path: Path) -> None:
    rows = (json.dumps({"id": str(n), "text": BODY + f" {n}"}) for n in range(150))
    (tmp_path / "news.jsonl").write_text("\n".join(rows))
    made = desk(tmp_path, "files")
    made.tools = type(made.tools)(
        made.tools.fetch,
        made.tools.extract,
        made.tools.settings,
        clock=made.tools.clock,
        stop=lambda: len(made.ledger.items) > 70,
    )
    check = made.check()
    assert check.status == "partial"
    assert check.marks == {}
    again = Desk(*made.sources)
    again.ledger = made.ledger
    again.collect()
    assert len(again.ledger.versions) == 150
    assert all(len(texts) == 1 for texts in again.ledger.versions.values())


def test_an_mbox_gives_each_mail_once(tmp_path: Path) -> None:
    box = mailbox.mbox(tmp_path / "inbox")
    for number in range(3):
        box.add(mail(number))
    box.close()
    made = desk(tmp_path / "inbox", "mail")
    found = made.items()
    assert [each.status for each in found] == ["version"] * 3
    assert found[0].text is not None
    assert (found[0].text.title, str(found[0].text.published)) == ("Statement 0", "2031-03-04")
    assert found[0].item.guid == "<0@ministry.example>"
    assert statuses(made.later(hours=1)) == []
    box = mailbox.mbox(tmp_path / "inbox")
    box.add(mail(7))
    box.close()
    assert statuses(made.later(hours=1)) == ["version"]


def test_a_maildir_gives_each_mail_once_whatever_its_flags(tmp_path: Path) -> None:
    box = mailbox.Maildir(tmp_path / "Mail")
    keys = [box.add(mail(number)) for number in range(2)]
    made = desk(tmp_path / "Mail", "mail")
    assert statuses(made) == ["version"] * 2
    seen = box.get_message(keys[0])
    seen.set_subdir("cur")
    seen.add_flag("S")
    box[keys[0]] = seen
    assert statuses(made.later(hours=1)) == []


def test_a_folder_with_mail_of_all_sorts_is_walked(tmp_path: Path) -> None:
    mailbox.Maildir(tmp_path / "ministry").add(mail(1))
    box = mailbox.mbox(tmp_path / "archive.mbox")
    box.add(mail(2))
    box.close()
    (tmp_path / "one.eml").write_bytes(bytes(mail(3)))
    (tmp_path / "notes.txt").write_text("not mail")
    assert statuses(desk(tmp_path, "mail")) == ["version"] * 3


def warc(*pages: tuple[str, str]) -> bytes:
    records = []
    for url, page in pages:
        http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}".encode()
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2031-03-04T10:00:00Z\r\n"
            f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
        )
        records.append(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    return b"".join(records)


def test_common_crawls_layout_of_news_is_read_file_by_file(tmp_path: Path) -> None:
    month = tmp_path / "crawl-data" / "CC-NEWS" / "2031" / "03"
    month.mkdir(parents=True)
    (month / "warc.paths.gz").write_bytes(gzip.compress(b"crawl-data/..."))
    first = month / "CC-NEWS-20310304100000-00001.warc.gz"
    edited = story("Envoy recalled", *PARAGRAPHS[:2])
    first.write_bytes(
        warc(
            ("https://courier.example/1", story("Envoy recalled")),
            ("https://courier.example/2", "<html><body>Photos</body></html>"),
            ("https://courier.example/1", edited),
        )
    )
    made = desk(tmp_path, "warc")
    assert sorted(statuses(made)) == ["rejected", "version", "version"]
    assert len(made.ledger.versions["courier.example/1"]) == 2
    second = month / "CC-NEWS-20310304110000-00002.warc.gz"
    second.write_bytes(warc(("https://courier.example/3", story("Talks off"))))
    # What it holds now is not looked at, as its size and time are the same.
    stat = first.stat()
    first.write_bytes(b"x" * stat.st_size)
    os.utime(first, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert statuses(made.later(hours=1)) == ["version"]
    assert made.ledger.versions["courier.example/3"][0].url == "https://courier.example/3"


def test_a_damaged_archive_is_told_and_costs_the_rest_of_itself(tmp_path: Path) -> None:
    whole = warc(("https://a.example/1", story("One")), ("https://a.example/2", story("Two")))
    (tmp_path / "a.warc.gz").write_bytes(whole[:-40])
    found = {each.status: each for each in desk(tmp_path, "warc").items()}
    assert sorted(found) == ["rejected", "version"]
    told = found["rejected"].rejection
    assert told is not None
    assert "the rest is lost" in told.message


def test_a_folder_that_is_not_there_fails_and_comes_back(tmp_path: Path) -> None:
    made = desk(tmp_path / "usb", "files")
    assert made.check().message == f"There is no file or folder {tmp_path / 'usb'}."
    assert made.health().state == "failing"
    (tmp_path / "usb").mkdir()
    (tmp_path / "usb" / "a.txt").write_text(BODY)
    assert made.later(days=1).check().versions == 1
    assert made.health().state == "good"


def test_an_empty_folder_is_no_failure(tmp_path: Path) -> None:
    assert desk(tmp_path, "files").check().status == "unchanged"
