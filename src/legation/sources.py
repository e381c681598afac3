"""The records of collection: sources, what they list, what was got of it, and how each visit to a source went.

They lie beside `records`, so that the store may speak them without the stage that makes them. Moments are datetimes
with a zone. An unknown is None, never a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from legation.records import Article, Rejection, Text

SourceKind = Literal["feed", "sitemap", "page", "mail", "files", "warc"]
Marks = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where news comes from, as the user declares it. `url` is what a source is: the name may change.

    `kind` is "feed" (RSS, Atom, JSON Feed), "sitemap" (also of news, also an index), "page" (links of a page), "mail"
    (mbox, Maildir), "files" (a folder) or "warc" (a folder of WARC files, as Common Crawl's news has them); the last
    three have a path for `url`. `country` is ISO 3166-1 alpha-3, `language` BCP 47. `type` says what it is
    ("newspaper", "agency", "ministry", ...), `reliability` is a note in words. Sources of one `owner` count once.
    `links` is a regular expression that the address of an item must match somewhere.
    """

    name: str
    url: str
    kind: SourceKind = "feed"
    country: str | None = None
    language: str | None = None
    type: str | None = None
    reliability: str | None = None
    owner: str | None = None
    tags: tuple[str, ...] = ()
    links: str | None = None


# ---------------------------------------------------------------- what a source lists


@dataclass(frozen=True, slots=True)
class Item:
    """One thing a source lists.

    `undated` is a sentence that says why `published` is unknown although the source states a date. `updated` is when
    the source says it was last changed. `content` is what it says where that comes with the listing (mail, files,
    WARC), `place` where it stands there. `rejected` says why such content cannot be had.
    """

    guid: str | None = None
    url: str | None = None
    title: str | None = None
    published: datetime | None = None
    summary: str | None = None
    updated: datetime | None = None
    undated: str | None = None
    content: Article | Text | None = None
    place: str | None = None
    rejected: Rejection | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed, sitemap or page lists. `follow` are further listings (of an index), the newest first.

    `notes` are sentences on what is wrong without being fatal; `problem` says why it is no listing at all.
    """

    items: tuple[Item, ...] = ()
    follow: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str | None = None


# ---------------------------------------------------------------- what a fetch gives

FailureReason = Literal[
    "timeout",  # not answered in full in time
    "address",  # leads to this machine or a private network
    "unknown_host",
    "unreachable",
    "untrusted",  # no secure connection that can be trusted
    "redirects",
    "too_large",
    "damaged",  # an answer that breaks the protocol, or content not in its coding
    "robots",  # the site's robots.txt asks not to
    "status",  # any other status than success
    "gone",  # 404 or 410
    "type",  # content of a type that is not wanted
    "content",  # a listing was wanted, and this is none
    "later",  # the host asked to be left alone for a while
]


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a web server, content codings undone; status 200 to 299, or 304 without content.

    `url` is the address that answered in the end, `moved` the new address where every redirect was a permanent one.
    `marks` are the validators to send next time (`etag`, `last_modified`).
    """

    url: str
    status: int
    content: bytes = b""
    media_type: str | None = None
    charset: str | None = None
    marks: Marks = field(default_factory=dict)
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a fetch gave nothing. `retry_after`, in seconds, is what the server asked for."""

    reason: FailureReason
    message: str
    status: int | None = None
    retry_after: float | None = None


# ---------------------------------------------------------------- what a round gives

ItemStatus = Literal["version", "same", "rejected", "failed"]
CheckStatus = Literal["good", "unchanged", "partial", "failed"]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """What is known of an item from earlier rounds.

    `key` is its identity: one link is one item, whatever its GUIDs. `page` is the identity of the address that
    answered, where it is another, and `same_as` the key of an item that has that page already. `listed` is the digest
    of what the listing said of it; `digest` that of its newest version, None where none was got. `marks` are the
    validators of its page. `attempts` counts failures in a row. `next_try` is when it is to be asked for again.
    """

    key: str
    source: str
    status: ItemStatus
    first_seen: datetime
    last_seen: datetime
    guid: str | None = None
    url: str | None = None
    page: str | None = None
    same_as: str | None = None
    listed: str | None = None
    digest: str | None = None
    marks: Marks = field(default_factory=dict)
    attempts: int = 0
    next_try: datetime | None = None


@dataclass(frozen=True, slots=True)
class ItemOutcome:
    """What became of one item: what to keep of it (`known`), and for a new version its words.

    `text` is given with status "version" (`digest` is in `known`), `rejection` with "rejected", `failure` with
    "failed". `item` is as it was listed, without its content.
    """

    known: KnownItem
    item: Item
    text: Text | None = None
    rejection: Rejection | None = None
    failure: Failure | None = None

    @property
    def status(self) -> ItemStatus:
        """What became of it."""
        return self.known.status


@dataclass(frozen=True, slots=True)
class SourceCheck:
    """One visit to a source, recorded after all its items.

    `message` is one sentence for the user, empty where all is well. `marks` are the validators for the next visit,
    empty where the next must ask for everything. `words` is the median length of the new versions. `newest` is the
    latest publication among what is listed. `not_before` is when the source may be asked again.
    """

    source: str
    at: datetime
    status: CheckStatus
    message: str = ""
    reason: FailureReason | None = None
    listed: int = 0
    versions: int = 0
    same: int = 0
    rejected: int = 0
    failed: int = 0
    left: int = 0
    words: int | None = None
    newest: datetime | None = None
    marks: Marks = field(default_factory=dict)
    not_before: datetime | None = None
    moved: str | None = None
    notes: tuple[str, ...] = ()
    rejections: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceState:
    """What a round needs to know of a source: validators, failures in a row, when it may be asked again."""

    marks: Marks = field(default_factory=dict)
    failures: int = 0
    not_before: datetime | None = None


Outcome = ItemOutcome | SourceCheck
