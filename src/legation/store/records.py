"""What goes into the store and what comes out of it: frozen records, free of behaviour.

Times are aware datetimes in UTC, days are dates, an unknown is None.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from legation.records import Text

# ---------------------------------------------------------------- in


@dataclass(frozen=True, slots=True)
class Declaration:
    """A source as the user declares it. `key` is what it is for good (its address), `name` what it is called now.

    `owner` is who publishes it, so that sister papers count once. `settings` holds all that only the collector
    understands; it must be plain JSON.
    """

    key: str
    name: str
    kind: str
    country: str | None = None
    type: str | None = None
    owner: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Check:
    """One visit to a source, by its key: when, how it went, in a sentence, and how many versions it gave.

    `details` is what the collector wants back (validators, counts, when to come again); it must be plain JSON.
    """

    source: str
    at: datetime
    status: str
    message: str = ""
    versions: int = 0
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ItemState:
    """What the collector knows of an item after a visit; the newest state of a key counts.

    `guid` is what the source calls it, `page` the identity of the address that answered: either finds it too. It is to
    be asked for again at `next_try`. `state` must be plain JSON.
    """

    key: str
    source: str
    guid: str | None = None
    page: str | None = None
    next_try: datetime | None = None
    state: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Version:
    """An article as it was got, not rejected.

    `key` is its identity: what has the same key is the same item, and other words are a new version of it. Without one
    it is known by `text.url`, else by what its archive calls it (`text.id`), else by its words. `source` is the key of
    a source of the desk, None for an import. `published_at` is the moment where more than the day is known.
    """

    text: Text
    key: str | None = None
    source: str | None = None
    byline: str | None = None
    published_at: datetime | None = None
    fetched: datetime | None = None


# ---------------------------------------------------------------- out

Arrival = Literal["new", "edited", "known"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a version: a new item, a new version of one, or nothing new; with the ids of both."""

    arrival: Arrival
    item: int
    version: int


@dataclass(frozen=True, slots=True)
class PendingText:
    """The newest version of an item that a model has not read. `text.rejected` is None."""

    version: int
    item: int
    text: Text


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source of the desk: its declaration, and when the desk first had it. `withdrawn` tells that it was removed."""

    id: int
    declaration: Declaration
    since: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class Party:
    """Someone who acts, suffers or speaks, as the desk has it."""

    name: str
    kind: str | None
    country: str | None
    code: str | None
    sectors: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class DeskArticle:
    """The article that a row rests on: its item and version, and what is known of it."""

    item: int
    version: int
    number: int
    """Which version of its item, from 1."""
    title: str | None
    url: str | None
    source: str | None
    published: date | None


@dataclass(frozen=True, slots=True)
class DeskEvent:
    """An event of the desk. `id` stays the same whatever is judged of it.

    `day` is the first day it may have happened on, else the day of publication (`dated` is False). `sentence` is the
    sentence that tells it, `start` where that begins in the article's text; `trigger` counts in the text too. `judged`
    lists the judgements that were applied, `also` the events that were judged to be the same one.
    """

    id: int
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: str
    cameo: str | None
    quad: str
    score: float | None
    confidence: float
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    day: date | None
    dated: bool
    date: str | None
    granularity: str | None
    place: str | None
    place_country: str | None
    trigger: tuple[int, int, str]
    sentence: str | None
    start: int | None
    magnitude: tuple[int | None, int | None, int | None]
    mentions: int
    article: DeskArticle
    model: str
    known_from: datetime
    judged: tuple[int, ...] = ()
    also: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskPosition:
    """A position that a statement takes, with the words that show it; issue and option are None where not known.

    `confidence` and `whole_confidence` are those of the report's position, None also where an analyst judged the side.
    """

    issue: str | None
    option: str | None
    stance: Literal["for", "against", "mixed"]
    start: int
    end: int
    text: str
    confidence: float | None = None
    whole_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class DeskStatement:
    """A statement of the desk. `speaker` is None where nobody is told, its `kind` where the words do not tell who."""

    id: int
    speaker: Party | None
    role: str | None
    affiliation: str | None
    cue: tuple[int, int, str]
    act: str
    mode: str
    content: str
    sentence: str | None
    addressee: str | None
    venue: str | None
    day: date | None
    positions: tuple[DeskPosition, ...]
    confidence: float
    article: DeskArticle
    model: str
    known_from: datetime
    judged: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskEntity:
    """Someone named in the articles of a desk: in how many, and on which days first and last."""

    name: str
    kind: str
    country: str | None
    code: str | None
    sectors: tuple[str, ...]
    roles: tuple[str, ...]
    articles: int
    first: date | None
    last: date | None
    also: tuple[str, ...] = ()
    """Names that were judged to be the same person's."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something a search found. `text` holds the words that are shown, `marks` where in it the words sought stand.

    `what` says of which kind it is, and `record` has it whole. `start` is where `text` begins in the article, None for
    words that do not stand there as they are.
    """

    what: Literal["article", "statement", "event"]
    record: DeskArticle | DeskStatement | DeskEvent
    rank: float
    text: str
    marks: tuple[tuple[int, int], ...]
    start: int | None
    day: date | None


@dataclass(frozen=True, slots=True)
class OpenRun:
    """A run that has not noted its end: it goes on, or was killed."""

    id: int
    what: str
    started: datetime
    host: str
    pid: int


@dataclass(frozen=True, slots=True)
class Commit:
    """A transaction: its number, when it was, by the order of commits and by the clock, and who wrote."""

    id: int
    at: datetime
    clock: datetime
    what: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page of rows. `next` is what to ask the next page with, None at the end."""

    rows: tuple[Any, ...]
    next: str | None
