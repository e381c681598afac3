"""The tables of a desk. `migrations/` makes them; docs/desk.md says what they hold.

Every row is written once. `known_from` is the commit in which the desk came to know it; a row in a table of ends says
in which commit it stopped to count. Numbers are given out by the writer, of whom there is one at a time.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    text,
)

from legation.store.dialect import BigId, Instant, Plain

REVISION = "0005"
"""The newest migration, which a store must have."""
metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", BigId, primary_key=True, autoincrement=False)


def _of(table: str, name: str | None = None, **options: Any) -> Column[int]:
    """A column that leads to the row of another table."""
    options.setdefault("nullable", False)
    return Column(name or table.removesuffix("s"), BigId, ForeignKey(f"{table}.id"), **options)


def _known_from() -> Column[int]:
    return _of("commits", "known_from")


def _text(name: str, *, null: bool = True) -> Column[str]:
    return Column(name, String, nullable=null)


def _span(prefix: str, *, null: bool = False) -> list[Column[Any]]:
    return [
        Column(f"{prefix}_start", Integer, nullable=null),
        Column(f"{prefix}_end", Integer, nullable=null),
        Column(f"{prefix}_text", String, nullable=null),
    ]


def _where(condition: str) -> dict[str, Any]:
    """That an index has only the rows of which something holds."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def _when() -> list[Column[Any]]:
    # `day_order` is the ordinal of the day that a row is sorted and filtered by, 0 where none is known.
    return [
        Column("day_order", Integer, nullable=False),
        Column("first_day", Date),
        Column("last_day", Date),
        _text("date"),
        _text("date_granularity"),
        _text("date_basis"),
    ]


# ---------------------------------------------------------------- who wrote, and when

runs = Table(
    "runs",
    metadata,
    _id(),
    _text("what", null=False),
    Column("started", Instant, nullable=False),
    _text("host", null=False),
    Column("pid", Integer, nullable=False),
    _text("version", null=False),
)
run_ends = Table(
    "run_ends",
    metadata,
    _of("runs", primary_key=True, autoincrement=False),
    Column("ended", Instant, nullable=False),
    _text("outcome", null=False),
    Column("counts", Plain, nullable=False),
)
commits = Table(
    "commits",
    metadata,
    _id(),
    # Never before that of the commit before it, whatever the clock says; `clock` is what it said.
    Column("at", Instant, nullable=False),
    Column("clock", Instant, nullable=False),
    _text("what", null=False),
    _of("runs", "run", nullable=True),
    Index(None, "at"),
)

# ---------------------------------------------------------------- where articles come from

sources = Table("sources", metadata, _id(), Column("key", String, nullable=False, unique=True), _known_from())
source_versions = Table(
    "source_versions",
    metadata,
    _id(),
    _of("sources", "source"),
    _text("name", null=False),
    _text("country"),
    Column("declaration", Plain, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
    _known_from(),
    Index(None, "source", "id"),
)
checks = Table(
    "checks",
    metadata,
    _id(),
    _of("sources", "source"),
    Column("at", Instant, nullable=False),
    _text("status", null=False),
    _text("message", null=False),
    Column("versions", Integer, nullable=False),
    Column("details", Plain, nullable=False),
    _known_from(),
    Index(None, "source", "id"),
)
item_states = Table(
    "item_states",
    metadata,
    _id(),
    _text("key", null=False),
    _of("sources", "source"),
    _text("guid"),
    _text("page"),
    Column("next_try", Instant),
    Column("state", Plain, nullable=False),
    _known_from(),
    Index(None, "key", "id"),
    Index(None, "source", "guid"),
    Index(None, "page"),
    Index(None, "source", "next_try"),
)

# ---------------------------------------------------------------- articles

items = Table("items", metadata, _id(), Column("key", String, nullable=False, unique=True), _known_from())
texts = Table(
    "texts",
    metadata,
    _id(),
    Column("sha256", String, nullable=False, unique=True),
    Column("chars", Integer, nullable=False),
    # zlib over UTF-8: no database takes half a surrogate pair or a NUL in a text, and an article may have both.
    Column("body", LargeBinary, nullable=False),
)
versions = Table(
    "versions",
    metadata,
    _id(),
    _of("items"),
    Column("number", Integer, nullable=False),
    _of("texts"),
    _of("sources", "source", nullable=True),
    # What the text itself says of itself: its archive's id, its publisher, its address.
    _text("name"),
    _text("publisher"),
    _text("url"),
    _text("title"),
    _text("byline"),
    Column("published", Date),
    _text("published_basis"),
    Column("published_at", Instant),
    _text("language"),
    Column("fetched", Instant),
    Column("notes", Plain, nullable=False),
    # Normalised title and words: the same article fetched again is known by it.
    _text("digest", null=False),
    _known_from(),
    UniqueConstraint("item", "number"),
    Index(None, "text"),
    Index(None, "published"),
)
readings = Table(
    "readings",
    metadata,
    _id(),
    _of("versions"),
    _of("items"),
    _text("model", null=False),
    _text("model_version", null=False),
    _text("model_sha256", null=False),
    _text("legation", null=False),
    _text("digest", null=False),
    _text("rejected"),
    _text("rejected_message"),
    # zlib over the report's JSON, its text left out: that is the version's.
    Column("report", LargeBinary, nullable=False),
    _known_from(),
    Index(None, "version", "model_sha256"),
    Index(None, "item"),
    Index(None, "known_from", "id"),
)
reading_ends = Table(
    "reading_ends",
    metadata,
    _of("readings", primary_key=True, autoincrement=False),
    _of("commits", "known_until"),
)
reading_repeats = Table(
    "reading_repeats",
    metadata,
    # Another version of Legation read the same by the same model: the reading goes on to count, and its rows with it.
    _of("readings", primary_key=True, autoincrement=False),
    Column("legation", String, primary_key=True),
    _known_from(),
    sqlite_with_rowid=False,
)

# ---------------------------------------------------------------- what they tell

names = Table(
    "names",
    metadata,
    _id(),
    _text("name", null=False),
    # The words of the name as they are compared, a blank before, between and after them.
    _text("words", null=False),
    _text("kind"),
    _text("country"),
    _text("code"),
    _text("sectors", null=False),
    # All of the above in one, for nulls are never equal.
    Column("identity", String, nullable=False, unique=True),
    Index(None, "country"),
    Index(None, "words"),
)
entities = Table(
    "entities",
    metadata,
    _of("readings", primary_key=True, autoincrement=False),
    Column("local", String, primary_key=True),
    _of("names"),
    _text("role"),
    _text("affiliation"),
    _text("resolved_by", null=False),
    Column("mentions", Integer, nullable=False),
    Index(None, "name", "reading"),
    Index("ix_entities_roles", "name", "reading", **_where("role IS NOT NULL")),
)
named = Table(
    "named",
    metadata,
    # Whom a reading names, once each: `name` is the first of the names with the same words, kind and country, and the
    # day that of publication.
    _of("names", primary_key=True, autoincrement=False),
    Column("day_order", Integer, primary_key=True, autoincrement=False),
    _of("readings", primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
events = Table(
    "events",
    metadata,
    _id(),
    _of("readings"),
    # The event as it was read, of which this row is what judgements make; null for one as it was read.
    Column("raw", BigId, ForeignKey("events.id")),
    _known_from(),
    _text("local", null=False),
    _text("type", null=False),
    _text("mode"),
    _text("contexts", null=False),
    _text("status", null=False),
    _text("cameo"),
    _text("quad", null=False),
    Column("score", Float),
    Column("confidence", Float, nullable=False),
    *_span("trigger"),
    *_span("sentence", null=True),
    *_when(),
    _text("place"),
    _text("place_country"),
    Column("geonameid", BigId),
    Column("lat", Float),
    Column("lon", Float),
    Column("dead", Integer),
    Column("injured", Integer),
    Column("arrested", Integer),
    _text("according_to"),
    # Where else the article tells it: [[start, end], ...].
    Column("mentions", Plain, nullable=False),
    # The raw events that were judged to be this one.
    Column("also", Plain, nullable=False),
    Index(None, "reading"),
    Index(None, "raw"),
    Index(None, "day_order", "id"),
    Index(None, "type", "day_order", "id"),
    Index(None, "place_country", "day_order", "id"),
)
event_ends = Table(
    "event_ends",
    metadata,
    _of("events", primary_key=True, autoincrement=False),
    _of("commits", "known_until"),
)
parties = Table(
    "parties",
    metadata,
    _of("events", primary_key=True, autoincrement=False),
    Column("role", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _of("names"),
    _text("country"),
    Column("day_order", Integer, nullable=False),
    *_span("words"),
    Index(None, "country", "role", "day_order", "event"),
    Index(None, "name", "role", "day_order", "event"),
    sqlite_with_rowid=False,
)
pairs = Table(
    "pairs",
    metadata,
    # Two states, in the order of the alphabet, between which an event is, whoever acts.
    Column("one", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("day_order", Integer, primary_key=True, autoincrement=False),
    _of("events", primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
statements = Table(
    "statements",
    metadata,
    _id(),
    _of("readings"),
    Column("raw", BigId, ForeignKey("statements.id")),
    _known_from(),
    _text("local", null=False),
    _of("names", "speaker", nullable=True),
    _text("speaker_role"),
    _text("speaker_affiliation"),
    *_span("speaker", null=True),
    *_span("cue"),
    _text("act", null=False),
    _text("mode", null=False),
    _text("content", null=False),
    _text("sentence"),
    _text("addressee"),
    _text("venue"),
    *_when(),
    Column("confidence", Float, nullable=False),
    Index(None, "reading"),
    Index(None, "raw"),
    Index(None, "day_order", "id"),
    Index(None, "speaker", "day_order", "id"),
)
statement_ends = Table(
    "statement_ends",
    metadata,
    _of("statements", primary_key=True, autoincrement=False),
    _of("commits", "known_until"),
)
positions = Table(
    "positions",
    metadata,
    _of("statements", primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    _text("issue"),
    _text("option"),
    _text("stance", null=False),
    *_span("evidence"),
    Column("day_order", Integer, nullable=False),
    # Null for "mixed", for what an analyst judged, and for what was read before sides had one: all of these are shown.
    Column("confidence", Float),
    # Null for what an analyst judged, and for what was read before positions had one.
    Column("whole_confidence", Float),
    Index(None, "issue", "day_order", "statement"),
    sqlite_with_rowid=False,
)
places = Table(
    "places",
    metadata,
    _of("readings", primary_key=True, autoincrement=False),
    Column("local", String, primary_key=True),
    *_span("words"),
    _text("name", null=False),
    _text("country"),
    Column("geonameid", BigId),
    Column("lat", Float),
    Column("lon", Float),
    Index(None, "geonameid"),
    sqlite_with_rowid=False,
)

# ---------------------------------------------------------------- what analysts say of it

judgements = Table(
    "judgements",
    metadata,
    _id(),
    _text("kind", null=False),
    # For an undoing: the judgement that no longer counts.
    Column("undoes", BigId, ForeignKey("judgements.id")),
    # The item it is about, null for one about names; `anchor` says where in its words, `given` what is right.
    _of("items", "item", nullable=True),
    Column("anchor", Plain, nullable=False),
    # For "same event": the item and place of the other one.
    _of("items", "other_item", nullable=True),
    Column("other_anchor", Plain, nullable=False),
    Column("given", Plain, nullable=False),
    _text("who", null=False),
    _text("why", null=False),
    _known_from(),
    Index(None, "item"),
    Index(None, "other_item"),
    Index(None, "undoes"),
)
judgement_matches = Table(
    "judgement_matches",
    metadata,
    # The event or statement as read that the anchor was found at in a reading.
    _of("judgements", primary_key=True, autoincrement=False),
    Column("side", String, primary_key=True),
    _of("readings", primary_key=True, autoincrement=False),
    Column("target", BigId, nullable=False),
    _known_from(),
    Index(None, "reading"),
    Index(None, "target"),
    sqlite_with_rowid=False,
)
