"""Everything in which SQLite and PostgreSQL differ: how they are opened, locked, and searched in full text."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Boolean,
    ColumnElement,
    Connection,
    Dialect,
    Engine,
    Integer,
    String,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    literal_column,
    text,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator

from legation.errors import StoreError

BUSY_SECONDS = 30
"""How long a writer waits for another one."""
LOCK = 0x6C65676174696F6E
"""The advisory lock of PostgreSQL that the one writer holds: "legation" as a number."""
BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A row number. SQLite wants the very word INTEGER to number rows by it."""


class Instant(TypeDecorator[datetime]):
    """A moment in UTC: ISO 8601 with six decimals in SQLite, so that text order is the order of time."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """What the database keeps it as."""
        return dialect.type_descriptor(TIMESTAMP(timezone=True) if dialect.name == "postgresql" else String(27))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """As it is kept."""
        if value is None or dialect.name == "postgresql":
            return value
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """As it is given."""
        if value is None:
            return None
        return (value if isinstance(value, datetime) else datetime.fromisoformat(value)).astimezone(UTC)


class Plain(TypeDecorator[Any]):
    """Plain lists, dicts and strings as JSON in a text column."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str:
        """As it is kept. NUL and lone surrogates are escaped, which every database takes."""
        return json.dumps(value, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        """As it is given."""
        return json.loads(value)


# ---------------------------------------------------------------- opening


def sqlite_url(path: Path) -> URL:
    """The URL of a database file."""
    return URL.create("sqlite", database=str(path))


def parsed_url(url: str | URL) -> URL:
    """The URL of a store, parsed. Raises StoreError for what is none."""
    try:
        return make_url(url)
    except ArgumentError as error:
        raise StoreError(
            f"{url!r} is no URL of a store. Give one like postgresql://user@host/database.", subject=str(url)
        ) from error


def open_engine(url: URL) -> Engine:
    """An engine, which keeps its connections. Raises StoreError for the URL of another database."""
    if url.get_backend_name() == "sqlite":
        return _open_sqlite(Path(url.database or ""))
    if url.get_backend_name() == "postgresql":
        return _open_postgresql(url)
    raise StoreError(
        f"A store is SQLite or PostgreSQL, not {url.get_backend_name()}. Give a URL that begins with postgresql://.",
        subject=url.render_as_string(),
    )


def _open_sqlite(path: Path) -> Engine:
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        wait = connection.get_execution_options().get("writing")
        if wait is None:
            connection.exec_driver_sql("BEGIN")
        else:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(wait * 1000)}")
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _connect(path: Path) -> sqlite3.Connection:
    """A connection to a file that is there. In a folder that cannot be written SQLite must be told that nobody does."""
    still = not _writable(path.parent) and not path.with_name(path.name + "-wal").exists()
    options = "mode=ro&immutable=1" if still else "mode=rw" if _writable(path) or not path.exists() else "mode=ro"
    found = sqlite3.connect(
        f"{path.resolve().as_uri()}?{options}", uri=True, timeout=BUSY_SECONDS, isolation_level=None
    )
    found.execute("PRAGMA foreign_keys = ON")
    # A commit that was reported must outlive a loss of power too.
    found.execute("PRAGMA synchronous = FULL")
    found.execute("PRAGMA cache_size = -65536")
    found.execute("PRAGMA temp_store = MEMORY")
    return found


def _writable(path: Path) -> bool:
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def _open_postgresql(url: URL) -> Engine:
    try:
        return create_engine(url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 10})
    except ModuleNotFoundError as error:
        raise StoreError(
            "PostgreSQL needs the package psycopg: pip install 'legation[postgresql]'.", subject=str(url)
        ) from error


def make_database(url: URL) -> None:
    """Makes the file of a SQLite store, in WAL mode; a PostgreSQL database must be there already."""
    if url.get_backend_name() == "sqlite":
        connection = sqlite3.connect(url.database or "")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.close()


def lock_for_writing(connection: Connection, wait: int) -> None:
    """Waits so many seconds until no other process writes. SQLite did it at the beginning of the transaction."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{wait}s'")
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")


ANALYSED = 1_000
"""Rows of an index that are looked at to see how many share a value."""


def learn_shares(connection: Connection) -> None:
    """Lets SQLite see how many rows of each index share a value: without it a question about a state that has fifty
    thousand events takes a second where it takes fifty milliseconds. PostgreSQL sees to it itself."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {ANALYSED}")
        connection.exec_driver_sql("ANALYZE")


# ---------------------------------------------------------------- full text

WEIGHT = 4.0
"""How much more a word of the first field counts (a title, who speaks, who acts)."""
MOST_POSITIONS = 16_383


def add_to_index(connection: Connection, index: str, rows: Sequence[tuple[int, Sequence[str], Sequence[str]]]) -> None:
    """Adds the tokens of rows to an index (`article_words`, `statement_words`, `event_words`): number, first field,
    second field. They come normalised, so that both databases find the same."""
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        values: list[dict[str, Any]] = [{"id": id, "tokens": _vector(head, body)} for id, head, body in rows]
        connection.execute(text(f"INSERT INTO {index} (id, tokens) VALUES (:id, CAST(:tokens AS tsvector))"), values)
    else:
        connection.exec_driver_sql(
            f"INSERT INTO {index} (rowid, head, body) VALUES (?, ?, ?)",
            [(id, " ".join(head), " ".join(body)) for id, head, body in rows],
        )


def _vector(head: Sequence[str], body: Sequence[str]) -> str:
    """A tsvector as it is written, so that PostgreSQL's own notion of words does not come in.

    A gap between the fields keeps a phrase from reaching over it.
    """
    found: dict[str, list[str]] = {}
    for number, token in enumerate(head, 1):
        found.setdefault(token, []).append(f"{min(number, MOST_POSITIONS)}A")
    for number, token in enumerate(body, len(head) + 10):
        found.setdefault(token, []).append(str(min(number, MOST_POSITIONS)))
    return " ".join(f"'{token}':{','.join(places[:255])}" for token, places in found.items())


def matches(dialect: str, index: str) -> tuple[ColumnElement[bool], ColumnElement[int], ColumnElement[float]]:
    """That a row of an index fits, its number, and its rank, the best highest. They take the parameter `match`."""
    sought = bindparam("match", type_=String)
    if dialect == "postgresql":
        tokens: ColumnElement[Any] = literal_column(f"{index}.tokens")
        query = cast(sought, TSQUERY)
        return tokens.op("@@", return_type=Boolean())(query), literal_column(f"{index}.id"), func.ts_rank(tokens, query)
    own: ColumnElement[Any] = literal_column(index)
    rank: ColumnElement[float] = literal_column(f"-bm25({index}, {WEIGHT}, 1.0)")
    return own.op("MATCH", return_type=Boolean())(sought), literal_column(f"{index}.rowid"), rank


Alternative = tuple[tuple[str, ...], bool]
"""Tokens that follow each other, and whether the last one may go on."""


def match_expression(dialect: str, wanted: Sequence[Sequence[Alternative]], unwanted: Sequence[Alternative]) -> str:
    """A query in the database's own words: all of `wanted`, each with its alternatives, and none of `unwanted`."""
    one = _tsquery if dialect == "postgresql" else _fts5
    either, both, no = (" | ", " & ", " & !") if dialect == "postgresql" else (" OR ", " AND ", " NOT ")
    kept = both.join("(" + either.join(map(one, alternatives)) + ")" for alternatives in wanted)
    return f"({kept})" + "".join(f"{no}({one(alternative)})" for alternative in unwanted)


def _fts5(alternative: Alternative) -> str:
    tokens, open_end = alternative
    return f'"{" ".join(tokens)}"' + ("*" if open_end else "")


def _tsquery(alternative: Alternative) -> str:
    tokens, open_end = alternative
    return " <-> ".join(f"'{token}'" for token in tokens) + (":*" if open_end else "")


# ---------------------------------------------------------------- how it fares


def health(connection: Connection) -> Mapping[str, Any]:
    """Facts for `legation doctor`: version, size in bytes, and what the database itself finds wrong (a list)."""
    if connection.dialect.name == "postgresql":
        version = connection.exec_driver_sql("SHOW server_version").scalar()
        size = connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar()
        return {"version": f"PostgreSQL {version}", "bytes": size, "faults": []}
    size = connection.exec_driver_sql("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size").scalar()
    told = [row[0] for row in connection.exec_driver_sql("PRAGMA quick_check(10)")]
    return {
        "version": f"SQLite {sqlite3.sqlite_version}",
        "bytes": size,
        "faults": [line for line in told if line != "ok"],
    }
