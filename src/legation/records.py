"""The records that every stage speaks: frozen, typed, free of behaviour.

Offsets count Unicode code points in `Text.body` (for a report: in its `text`), end exclusive, so that
`text[start:end]` is always the span's own `text`. Token ranges count words of one sentence, end exclusive.
An unknown is None, never a guess.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

# ---------------------------------------------------------------- collect and extract


@dataclass(frozen=True, slots=True)
class Article:
    """What came in, before it is read: bytes as they were got, and what is known from outside.

    `name` is the path, URL or "-" the user gave. `media_type` is a MIME type without parameters,
    None when nobody said. `charset` is what the transport declared, None when it did not. `id` is what the archive it
    comes from calls it.
    """

    name: str
    content: bytes
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    source: str | None = None
    published: date | None = None
    id: str | None = None


RejectionReason = Literal[
    "empty",
    "not_text",
    "not_english",
    "no_article",
    "scanned",
    "too_long",
    "unreadable",
    "no_text",
    "duplicate",
    "failed",
    "consent",
    "login",
    "paywall",
    "live",
    "robots",
    "unreachable",
]


@dataclass(frozen=True, slots=True)
class Rejection:
    """Why an article is not read. `message` is a sentence for the user."""

    reason: RejectionReason
    message: str


@dataclass(frozen=True, slots=True)
class Text:
    """The words of an article, and what is known about it.

    `body` is the text all offsets count in. `published_basis` says where the date came from ("given",
    "page", "header", "listing"), None without one. `notes` are sentences for the user ("Read as windows-1252 ...").
    `id` is what the archive calls the article, None where it has no name. `byline` is who wrote it, as the page
    states it.
    """

    body: str
    title: str | None = None
    url: str | None = None
    source: str | None = None
    published: date | None = None
    published_basis: str | None = None
    language: str | None = None
    notes: tuple[str, ...] = ()
    rejected: Rejection | None = None
    id: str | None = None
    byline: str | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One article of an archive, or the reason why it cannot be had.

    `place` says where it stands ("news.jsonl.gz, line 17", "reports/a.html"). `content` is an Article where its bytes
    must be read first, a Text where the words are given; None where `rejected` says why there is neither.
    """

    place: str
    content: Article | Text | None
    rejected: Rejection | None = None


# ---------------------------------------------------------------- read

Status = Literal["actual", "historical", "future", "hypothetical", "negated"]
BlockKind = Literal["headline", "byline", "dateline", "paragraph", "list", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text that no sentence crosses, with its kind; offsets into `Text.body`."""

    start: int
    end: int
    kind: BlockKind = "paragraph"


@dataclass(frozen=True, slots=True)
class Token:
    """One syntactic word. `head` is the index of its head in the sentence, -1 for the root.

    `upos` and `deprel` are Universal Dependencies, `xpos` a Penn Treebank tag.
    """

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A name the model found: token range, one of PER ORG LOC NORP MISC, and its probability."""

    start: int
    end: int
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Role:
    """One argument of a frame: token range and label (PropBank's ARG0, ARGM-TMP, ...; SOURCE, CUE, CONTENT)."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate with its roles, or the cue of an attribution with its parts.

    `word` is the token that evokes it; `score` its probability.
    """

    kind: Literal["predicate", "attribution"]
    word: int
    roles: tuple[Role, ...]
    score: float


@dataclass(frozen=True, slots=True)
class EventMark:
    """What the model takes for an event: the token that tells it, its likeliest type and that one's probability.

    `actor` and `recipient` are token ranges, end exclusive, `sure` the probability of each range that has one told;
    `contexts` have their probabilities. `rivals` are the next likely types, "" none at all, with their probabilities;
    `mode_score`, `status_score` and `role_score` are the probabilities of what was chosen.
    """

    word: int
    type: str
    score: float
    mode: str | None
    mode_score: float
    status: Status
    status_score: float
    contexts: tuple[tuple[str, float], ...]
    actor: tuple[tuple[int, int], ...]
    recipient: tuple[tuple[int, int], ...]
    role_score: float
    rivals: tuple[tuple[str, float], ...] = ()
    sure: tuple[tuple[tuple[int, int], float], ...] = ()


@dataclass(frozen=True, slots=True)
class StanceMark:
    """What the model takes a speaker to do at a cue, and where it sees him stand; also at the first word of a sentence
    without a cue in which somebody's quotation may go on.

    `act_score` is the probability of the act, `taken` that of a side's being taken at all. `sides` are the words that
    show one (FOR, AGAINST, MIXED), `toward` those who are praised or blamed (PRAISED, BLAMED).
    """

    word: int
    act: str
    act_score: float
    sides: tuple[NamedSpan, ...] = ()
    toward: tuple[NamedSpan, ...] = ()
    taken: float = 1.0


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the model read it. `block` is the index of its block in the reading."""

    start: int
    end: int
    block: int
    tokens: tuple[Token, ...]
    names: tuple[NamedSpan, ...] = ()
    frames: tuple[Frame, ...] = ()
    events: tuple[EventMark, ...] = ()
    stances: tuple[StanceMark, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """Which model read: its name, version, and the SHA-256 of its graph."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, cut into blocks and sentences and read."""

    text: Text
    blocks: tuple[Block, ...]
    sentences: tuple[Sentence, ...]
    model: ModelInfo


# ---------------------------------------------------------------- report

EntityKind = Literal["person", "organization", "state", "group", "unnamed"]
ResolvedBy = Literal["registry", "context", "none"]
Granularity = Literal["day", "week", "month", "quarter", "half", "season", "year", "decade", "century"]
StatementMode = Literal["direct", "indirect", "mixed"]
DateKind = Literal["DATE", "TIME", "DURATION", "SET"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the article's text; `text` is `body[start:end]`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class EntitySpan:
    """A stretch of text that names a participant; `entity` is an entity id of the report, or None."""

    entity: str | None
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Entity:
    """Someone or something that acts or speaks. `country` is ISO 3166 alpha-3, `code` a PLOVER actor code."""

    id: str
    name: str
    kind: EntityKind
    country: str | None
    code: str | None
    sectors: tuple[str, ...]
    role: str | None
    affiliation: str | None
    resolved_by: ResolvedBy
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class EventDate:
    """When: an ISO 8601 value as fine as `granularity`, and in words how it was reached."""

    value: str
    granularity: Granularity
    basis: str


@dataclass(frozen=True, slots=True)
class Magnitude:
    """Stated numbers of people; None where none is stated."""

    dead: int | None = None
    injured: int | None = None
    arrested: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """Another place where an article tells an event: the index of the sentence, and the word that does."""

    sentence: int
    trigger: Span


@dataclass(frozen=True, slots=True)
class Chance:
    """One possibility and its probability; `what` is None for none of them."""

    what: str | None
    chance: float


@dataclass(frozen=True, slots=True)
class WhyParty:
    """What a participant rests on: its words, the code they led to, and the row of a table or the words that did."""

    text: str
    code: str | None
    basis: str


@dataclass(frozen=True, slots=True)
class Why:
    """What an event rests on: the model's probabilities, and the row or rule behind each code."""

    sentence: Span
    types: tuple[Chance, ...]
    mode: Chance
    contexts: tuple[Chance, ...]
    status: str
    roles: float
    actor: tuple[WhyParty, ...]
    recipient: tuple[WhyParty, ...]
    cameo: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Event:
    """A PLOVER event. `sentence` indexes the report's sentences; `place` and `according_to` are ids.

    `confidence` is the chance that type, actor and recipient are all right. `mentions` are its further tellings;
    `why` is None unless it was asked for.
    """

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    status: Status
    cameo: str | None
    quad: str
    score: float | None
    trigger: Span
    sentence: int
    actor: tuple[EntitySpan, ...]
    recipient: tuple[EntitySpan, ...]
    date: EventDate | None
    place: str | None
    magnitude: Magnitude
    according_to: str | None
    confidence: float
    mentions: tuple[Mention, ...] = ()
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """Where a speaker stands on an option of an issue, and the words that show it.

    `issue` is None where the words are of no issue that is known, `option` where it is open which one they mean.
    `confidence` is the chance that the side is the right one and not the other, where the speaker takes one; None for
    "mixed", which is on no side, and in reports made before there was one, which told sure sides alone.
    `whole_confidence` is the chance that all that is told is right: that a position is taken there at all, its side,
    and issue and option where they are told; None in reports made before there was one.
    """

    issue: str | None
    option: str | None
    stance: Literal["for", "against", "mixed"]
    evidence: Span
    confidence: float | None = None
    whole_confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Attitude:
    """Whom a speaker praises or blames, in the words of the statement; `entity` is an entity of the report, or None."""

    entity: str | None
    start: int
    end: int
    text: str
    attitude: Literal["praises", "blames"]


@dataclass(frozen=True, slots=True)
class Statement:
    """Who said what. `content` may stand in several pieces; `act` is the kind of speech act."""

    id: str
    speaker: EntitySpan | None
    cue: Span
    content: tuple[Span, ...]
    mode: StatementMode
    act: str
    addressee: EntitySpan | None
    venue: str | None
    date: EventDate | None
    positions: tuple[Position, ...]
    confidence: float
    toward: tuple[Attitude, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place named in the text. `geonameid`, `lat` and `lon` are None where not known."""

    id: str
    start: int
    end: int
    text: str
    name: str
    country: str | None
    geonameid: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class DateExpression:
    """A date expression and its TIMEX3-like value, None where it cannot be known."""

    start: int
    end: int
    text: str
    type: DateKind
    value: str | None


@dataclass(frozen=True, slots=True)
class ArticleInfo:
    """What the report says of its article. `chars` is the length of the text in code points."""

    id: str
    url: str | None
    title: str | None
    source: str | None
    published: str | None
    language: str | None
    sha256: str
    chars: int


@dataclass(frozen=True, slots=True)
class Report:
    """The record of one article: who did what to whom, who said what, with the words behind each."""

    article: ArticleInfo
    model: ModelInfo
    text: str
    sentences: tuple[tuple[int, int], ...] = ()
    entities: tuple[Entity, ...] = ()
    events: tuple[Event, ...] = ()
    statements: tuple[Statement, ...] = ()
    places: tuple[Place, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    notes: tuple[str, ...] = ()
    rejected: Rejection | None = None
    schema: str = field(default="legation.report/1")
