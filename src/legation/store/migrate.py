"""Brings a store to the newest revision. Alembic is loaded here and nowhere else: it takes long."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from legation.errors import StoreRevisionError
from legation.store.dialect import BUSY_SECONDS, learn_shares
from legation.store.schema import REVISION

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""All revisions there have been, the oldest first."""


def revision_of(connection: Connection) -> str | None:
    """The revision of a store, None for an empty database. Raises StoreRevisionError for other people's."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    if "alembic_version" not in tables or "commits" not in tables:
        raise StoreRevisionError("This database holds other tables, and is no store of Legation: give an empty one.")
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def demand_newest(connection: Connection) -> None:
    """Raises StoreRevisionError where a store is not of this version's revision."""
    found = revision_of(connection)
    if found == REVISION:
        return
    if found is None:
        raise StoreRevisionError("There is no desk in this database: `legation init` makes one.")
    if found in REVISIONS:
        raise StoreRevisionError(
            f"This desk was made by an earlier version of Legation (revision {found}, now {REVISION}). Make a copy of "
            "it, then run `legation init` in its folder to bring it up to date.",
            subject=found,
        )
    raise StoreRevisionError(
        f"This desk was made by a later version of Legation (revision {found}; this one knows {REVISION}). Install "
        "that version: pip install --upgrade legation.",
        subject=found,
    )


def upgrade(engine: Engine) -> tuple[str | None, str]:
    """Makes the tables, or brings them up to date, all or nothing; the revision before and after."""
    from alembic import command
    from alembic.config import Config

    with engine.connect().execution_options(writing=BUSY_SECONDS) as connection, connection.begin():
        before = revision_of(connection)
        if before is not None and before not in REVISIONS:
            demand_newest(connection)
        config = Config()
        config.set_main_option("script_location", "legation.store:migrations")
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        learn_shares(connection)
    return before, REVISION
