"""Sources that lie on this machine: folders of files, mail folders, and WARC files as Common Crawl's news has them.

A file with one article is an item whose content is read when it is wanted. A file with many (mbox, WARC, JSONL, ...)
gives its items with their content, and is read again only when its size or time has changed.
"""

from __future__ import annotations

import mailbox
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import Message
from pathlib import Path

from legation.collect.archive import read_archive
from legation.collect.archive.folders import walk
from legation.collect.archive.kinds import kind_by_name, media_type_by_name
from legation.collect.listing.moments import moment
from legation.collect.source import MAX_BYTES, collect
from legation.errors import CollectError, TooLargeError
from legation.records import Article, Rejection, Text
from legation.sources import Failure, Item, Marks, Source

LOCAL_KINDS = ("mail", "files", "warc")

_MOST_ITEMS = 64
_MOST_BYTES = 20_000_000
_MAIL_TYPE = "message/rfc822"
_MAIL_NAMES = (".eml",)
_MBOX_START = b"From "
_IN_MAILDIR = ("cur", "new")


@dataclass(frozen=True, slots=True)
class Batch:
    """Some of a source's items, in order. `marks` are those of files that end in it; `problem` ends everything."""

    items: tuple[Item, ...] = ()
    marks: Marks = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    problem: Failure | None = None


_Found = Item | tuple[str, str]


def batches(source: Source, marks: Marks, clock: Callable[[], datetime]) -> Iterator[Batch]:
    """The items of a source on this machine, a few dozen at a time, without the files whose `marks` are known.

    No batch has two items of one link, so that what an archive has twice is met twice. Never raises OSError: the last
    batch says what went wrong.
    """
    try:
        if Path(source.url).exists():
            yield from _batches(source, marks, clock)
            return
        message = f"There is no file or folder {source.url}."
    except OSError as error:
        message = f"{error.filename or source.url} cannot be read: {error.strerror or error}."
    yield Batch(problem=Failure("unreachable", message))


def _batches(source: Source, marks: Marks, clock: Callable[[], datetime]) -> Iterator[Batch]:
    walker = _mail if source.kind == "mail" else _files
    items: list[Item] = []
    done: dict[str, str] = {}
    links: set[str | None] = set()
    size = 0
    for found in walker(source, marks, clock):
        if isinstance(found, tuple):
            done[found[0]] = found[1]
            continue
        if len(items) >= _MOST_ITEMS or size > _MOST_BYTES or (found.url and found.url in links):
            yield Batch(tuple(items), dict(done))
            items, done, links, size = [], {}, set(), 0
        items.append(found)
        links.add(found.url)
        size += len(found.content.content) if isinstance(found.content, Article) else 0
    yield Batch(tuple(items), done)


def read_file(item: Item) -> Article | Rejection:
    """The content of an item that is a file of its own, or why it cannot be had."""
    if item.rejected is not None:
        return item.rejected
    assert item.place is not None
    if media_type_by_name(item.place) is None:
        return _read_mail(item.place)
    [record] = read_archive([item.place])
    if record.rejected is not None:
        return record.rejected
    assert isinstance(record.content, Article)
    return record.content


def _read_mail(path: str) -> Article | Rejection:
    try:
        article = collect(path)
    except TooLargeError as error:
        return Rejection("too_long", str(error))
    except CollectError as error:
        return Rejection("unreadable", str(error))
    return Article(path, article.content, _MAIL_TYPE)


def _files(source: Source, marks: Marks, clock: Callable[[], datetime]) -> Iterator[_Found]:
    for path, stat in _walked(source):
        kind = kind_by_name(path)
        if source.kind == "warc" and kind != "warc":
            continue
        if kind == "article":
            yield _file(path, stat)
            continue
        mark = _mark(stat)
        if marks.get(path) == mark:
            continue
        for record in read_archive([path]):
            yield _record(record.place, record.content, record.rejected)
        yield path, mark


def _walked(source: Source) -> Iterator[tuple[str, os.stat_result]]:
    found = walk(source.url) if Path(source.url).is_dir() else iter([])
    paths = [source.url] if Path(source.url).is_file() else (each.path for each in found if each.fault is None)
    for path in paths:
        try:
            yield path, Path(path).stat()
        except OSError:
            # It has gone since the folder was listed.
            continue


def _record(place: str, content: Article | Text | None, rejected: Rejection | None) -> Item:
    if content is None:
        return Item(place=place, rejected=rejected)
    return Item(guid=content.id, url=content.url, place=place, content=content)


def _file(path: str, stat: os.stat_result) -> Item:
    return Item(guid=path, place=path, updated=datetime.fromtimestamp(stat.st_mtime, UTC))


def _mark(stat: os.stat_result) -> str:
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def _mail(source: Source, marks: Marks, clock: Callable[[], datetime]) -> Iterator[_Found]:
    """The mails of an mbox, a Maildir, or a folder that holds such and single mails."""
    path = Path(source.url)
    if path.is_file():
        yield from _mbox(path, marks, clock)
        return
    for folder, subfolders, names in os.walk(path):
        subfolders.sort()
        if set(_IN_MAILDIR) <= set(subfolders):
            yield from _maildir(Path(folder))
            subfolders[:] = [name for name in subfolders if name not in (*_IN_MAILDIR, "tmp")]
        for name in sorted(names):
            file = Path(folder) / name
            if name.lower().endswith(_MAIL_NAMES):
                yield _file(str(file), file.stat())
            elif _is_mbox(file):
                yield from _mbox(file, marks, clock)


def _maildir(folder: Path) -> Iterator[Item]:
    """What follows the colon of a name are flags, which change as mail is read; what is before never does."""
    for part in _IN_MAILDIR:
        for file in sorted((folder / part).iterdir()):
            if not file.name.startswith("."):
                yield Item(guid=file.name.partition(":")[0], place=str(file))


def _is_mbox(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return stream.read(len(_MBOX_START)) == _MBOX_START
    except OSError:
        return False


def _mbox(file: Path, marks: Marks, clock: Callable[[], datetime]) -> Iterator[_Found]:
    mark = _mark(file.stat())
    if marks.get(str(file)) == mark:
        return
    box = mailbox.mbox(file, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), 1):
            yield _message(box, key, f"{file}, mail {number}", clock())
    finally:
        box.close()
    yield str(file), mark


def _message(box: mailbox.mbox, key: str, place: str, now: datetime) -> Item:
    content = box.get_bytes(key)
    if len(content) > MAX_BYTES:
        message = f"{place} is larger than {MAX_BYTES // 1_000_000} MB, the most Legation reads of one article."
        return Item(place=place, rejected=Rejection("too_long", message))
    head: Message[str, str] = box.get_message(key)
    published = moment(str(head.get("Date", "")), now)
    return Item(
        guid=str(head.get("Message-ID", "")).strip() or place,
        published=published.at,
        undated=published.undated,
        place=place,
        content=Article(place, content, _MAIL_TYPE),
    )
