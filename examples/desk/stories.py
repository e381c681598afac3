"""The invented news of the demo desk, read from its files: README.md beside this one tells their format."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from legation.errors import LegationError
from legation.system import text_of

FOLDER = Path(__file__).parent
KINDS = ("rss", "atom", "jsonfeed")
LAYOUTS = ("modern", "linked", "blog", "wire", "microdata", "old")

_ID = re.compile(r"([a-z0-9-]+)/[a-z0-9-]+-[0-9]+")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z", re.ASCII)
_HEADERS = ("id", "version", "feed", "published", "title", "byline", "copy_of")
_BEGIN = "= id:"
# What XML cannot hold cannot be in a feed.
_UNFIT = re.compile("[^\t\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class StoriesError(LegationError):
    """News that cannot be taken; a sentence for each thing that is wrong, with the file and the line."""


@dataclass(frozen=True, slots=True)
class Feed:
    """An invented paper or agency. `kind` is that of its feed, `layout` that of its pages."""

    id: str
    name: str
    kind: str
    country: str
    owner: str
    layout: str
    agency: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """A version of an article, the first is 1, with the moment at which this version came out.

    `copy_of` is the id of the article whose words it has. `place` is the file and line where it stands.
    """

    id: str
    feed: str
    published: datetime
    title: str
    paragraphs: tuple[str, ...]
    byline: str | None = None
    copy_of: str | None = None
    version: int = 1
    place: str = field(default="", compare=False)


@dataclass(frozen=True)
class News:
    """Feeds, and their articles in all versions."""

    feeds: tuple[Feed, ...]
    articles: tuple[Article, ...]

    @cached_property
    def versions(self) -> Mapping[str, Sequence[Article]]:
        """The versions of each article by its id, the first one first."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in sorted(self.articles, key=lambda each: each.version):
            found[article.id].append(article)
        return found

    def at(self, moment: datetime) -> list[Article]:
        """The newest version of each article that was out at a moment; what came out last is first."""
        out = []
        for versions in self.versions.values():
            if known := [each for each in versions if each.published <= moment]:
                out.append((versions[0].published, versions[0].id, known[-1]))
        return [article for _, _, article in sorted(out, key=lambda each: each[:2], reverse=True)]


def load_news(folder: Path = FOLDER) -> News:
    """All news of a folder: its feeds.toml and its stories/*.txt. Raises StoriesError."""
    feeds = parse_feeds(text_of(folder / "feeds.toml", StoriesError), "feeds.toml")
    articles: list[Article] = []
    faults: list[str] = []
    for path in sorted((folder / "stories").glob("*.txt")):
        try:
            articles += parse_stories(text_of(path, StoriesError), path.name)
        except StoriesError as error:
            faults += str(error).split("\n")
    if not articles and not faults:
        faults.append(f"There are no articles in {folder / 'stories'}: put files *.txt there.")
    _raise(faults or [*_faults_between(feeds, articles)])
    return News(tuple(feeds), tuple(articles))


def parse_feeds(text: str, name: str) -> list[Feed]:
    """The tables `[[feed]]` of a TOML file; `name` is that of the file. Raises StoriesError."""
    try:
        tables = tomllib.loads(text).get("feed", [])
    except tomllib.TOMLDecodeError as error:
        raise StoriesError(f"{name} is not TOML: {error}.", subject=name) from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables) or not tables:
        raise StoriesError(f"{name}: write each feed as a table [[feed]].", subject=name)
    faults: list[str] = []
    feeds: list[Feed] = []
    for number, table in enumerate(tables, 1):
        wrong = [*_faults_of_feed(table)]
        faults += [f"{name}, feed {number}: {fault}" for fault in wrong]
        if not wrong:
            feeds.append(Feed(**table))
    for feed in feeds:
        if sum(feed.id == other.id for other in feeds) > 1:
            faults.append(f"{name}: two feeds have the id {feed.id}. Give one of them another.")
    _raise(faults)
    return feeds


def _faults_of_feed(table: Mapping[str, object]) -> Iterator[str]:
    fields = ("id", "name", "kind", "country", "owner", "layout")
    for name in table:
        if name not in (*fields, "agency"):
            yield f"it has no field {name}. The fields are {', '.join(fields)} and agency."
    for name in fields:
        if not isinstance(table.get(name), str) or not table[name]:
            yield f'it lacks its {name}. Write {name} = "...".'
    if not isinstance(table.get("agency", False), bool):
        yield "agency is neither true nor false. Write one of them, or leave it out."
    for name, known in (("kind", KINDS), ("layout", LAYOUTS)):
        if isinstance(table.get(name), str) and table[name] not in known:
            yield f"there is no {name} {table[name]!r}. Give one of {', '.join(known)}."


def parse_stories(text: str, name: str) -> list[Article]:
    """The articles of a file; `name` is that of the file. Raises StoriesError."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(_BEGIN)]
    faults: list[str] = []
    for number, line in enumerate(lines[: starts[0] if starts else len(lines)], 1):
        if line.strip():
            faults.append(f"{name}, line {number}: words before an article. Begin with a line `= id: feed/name-1`.")
            break
    if not starts and not faults:
        faults.append(f"{name}, line 1: there is no article. Begin one with a line `= id: feed/name-1`.")
    articles = []
    for start, end in pairwise([*starts, len(lines)]):
        found = _article(lines[start:end], start + 1, name)
        if isinstance(found, Article):
            articles.append(found)
        else:
            faults += found
    _raise(faults)
    return articles


def _article(lines: Sequence[str], first: int, name: str) -> Article | list[str]:
    """The article that stands in lines, of which the first has a number in its file; else what is wrong with it."""
    count = next((index for index, line in enumerate(lines) if not line.startswith("= ")), len(lines))
    faults = [*_faults_of_characters(lines, first)]
    headers: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(lines[:count], first):
        key, _, value = line[2:].partition(":")
        if key not in _HEADERS:
            faults.append(f"line {number}: there is no header {key!r}. The headers are {', '.join(_HEADERS)}.")
        elif key in headers:
            faults.append(f"line {number}: a second {key}. Delete one of them.")
        elif not value.strip():
            faults.append(f"line {number}: {key} says nothing. Write `= {key}: ...`, or - for none.")
        else:
            headers[key] = value.strip(), number
    stated = {line[2:].partition(":")[0] for line in lines[:count]}
    for key in _HEADERS:
        if key != "version" and key not in stated:
            faults.append(f"line {first}: the article lacks its {key}. Add a line `= {key}: ...` above its blank line.")
    if count < len(lines) and lines[count].strip():
        faults.append(f"line {first + count}: words right under the headers. Put a blank line between.")
    body = lines[count:]
    for number, line in enumerate(body, first + count):
        if line.startswith("= "):
            faults.append(f"line {number}: a header within a body. Put it under `= id:`, or begin the line otherwise.")
    paragraphs = tuple(_paragraphs(body))
    if not paragraphs:
        faults.append(f"line {first}: the article has no body. Write it below its headers, after a blank line.")
    faults += _faults_of_values(headers)
    if faults:
        return [f"{name}, {fault}" for fault in faults]
    told = {key: None if value == "-" else value for key, (value, _) in headers.items()}
    return Article(
        headers["id"][0],
        headers["feed"][0],
        datetime.fromisoformat(headers["published"][0]),
        headers["title"][0],
        paragraphs,
        told["byline"],
        told["copy_of"],
        int(headers["version"][0]) if "version" in headers else 1,
        f"{name}, line {first}",
    )


def _faults_of_characters(lines: Sequence[str], first: int) -> Iterator[str]:
    for number, line in enumerate(lines, first):
        if found := _UNFIT.search(line):
            yield f"line {number}: it has the character U+{ord(found[0]):04X}, which no page can show. Delete it."


def _faults_of_values(headers: Mapping[str, tuple[str, int]]) -> Iterator[str]:
    id, line = headers.get("id", ("", 0))
    found = _ID.fullmatch(id)
    if id and not found:
        yield f"line {line}: {id!r} is no id. Write the feed, a slash, a name in small letters, and a number: a/b-1."
    feed, line = headers.get("feed", ("", 0))
    if feed and found and found[1] != feed:
        yield f"line {line}: the feed is {feed}, but the id begins with {found[1]}. Let them agree."
    published, line = headers.get("published", ("", 0))
    if published and not _is_moment(published):
        yield f"line {line}: {published!r} is no moment. Write it as 2031-03-02T06:30:00Z."
    version, line = headers.get("version", ("2", 0))
    if not re.fullmatch(r"[2-9]", version):
        yield f"line {line}: {version!r} is no later version. Write 2, 3 ... 9, and nothing for the first."


def _is_moment(stated: str) -> bool:
    try:
        return bool(_MOMENT.fullmatch(stated) and datetime.fromisoformat(stated))
    except ValueError:
        return False


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    """What stands between blank lines, each as one line."""
    held: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            held.append(line.strip())
        elif held:
            yield " ".join(held)
            held = []


def _faults_between(feeds: Sequence[Feed], articles: Sequence[Article]) -> Iterator[str]:
    """What is wrong between articles that are right in themselves."""
    names = {feed.id for feed in feeds}
    found = News(tuple(feeds), tuple(articles)).versions
    for article in articles:
        if article.feed not in names:
            yield f"{article.place}: there is no feed {article.feed}. Add it to feeds.toml, or write another."
        if article.copy_of == article.id:
            yield f"{article.place}: it is a copy of itself. Name another article, or write `= copy_of: -`."
        elif article.copy_of is not None and article.copy_of not in found:
            yield f"{article.place}: there is no article {article.copy_of} to copy. Name one, or write `= copy_of: -`."
        elif article.copy_of is not None and found[article.copy_of][0].published > article.published:
            yield f"{article.place}: it came out before {article.copy_of}, which it copies. Mend one of the moments."
    for versions in found.values():
        yield from _faults_of_versions(versions)


def _faults_of_versions(versions: Sequence[Article]) -> Iterator[str]:
    for number, article in enumerate(versions, 1):
        before = versions[number - 2] if number > 1 else None
        if before is not None and article.version == before.version:
            yield f"{article.place}: {article.id} is there twice, see {before.place}. Give it another id or version."
        elif article.version != number:
            yield f"{article.place}: {article.id} lacks version {number}, before its version {article.version}. Add it."
        elif before is not None and article.published <= before.published:
            yield f"{article.place}: it did not come out after version {before.version}. Mend one of the moments."
        elif before is not None and article.copy_of != before.copy_of:
            yield f"{article.place}: its copy_of is not that of version {before.version}. Let them agree."


def _raise(faults: Sequence[str]) -> None:
    if faults:
        raise StoriesError("\n".join(faults))
