"""The tables are what the migrations make, rows stay as they were written, and other revisions are refused."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from desks import NEWER, report_on, version
from factories import MODEL, strait_report
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from years import year_reports

from legation.errors import StoreRevisionError
from legation.records import Text
from legation.store import Store, migrate
from legation.store.judging import NewJudgement
from legation.store.records import Check, ItemState, Version
from legation.store.schema import REVISION, metadata, named
from legation.store.statements import StatementQuery

TO_THE_FIRST_REVISION = (
    "ALTER TABLE positions DROP COLUMN confidence",
    "ALTER TABLE positions DROP COLUMN whole_confidence",
    "DROP TABLE named",
    "DROP INDEX ix_entities_roles",
    "DROP INDEX ix_entities_name_reading",
    "CREATE INDEX ix_entities_name ON entities (name)",
    "DROP INDEX ix_readings_known_from_id",
    "DROP INDEX ix_names_words",
    "DROP TABLE reading_repeats",
    "UPDATE alembic_version SET version_num = '0001'",
)
WORDS = ("article_words", "event_words", "statement_words")


def of_ours(_: Any, name: str | None, kind: str, *__: Any) -> bool:
    """Whether the tables should have it: all but the full-text indexes, which no metadata describe."""
    return kind != "table" or not str(name).startswith((*WORDS, "alembic_version"))


def test_the_migrations_make_the_tables_that_the_code_knows(store: Store) -> None:
    with store.reading() as view:
        options = {"include_object": of_ours, "compare_type": False}
        context = MigrationContext.configure(view.connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_migration_is_the_one_that_the_code_asks_for() -> None:
    config = Config()
    config.set_main_option("script_location", "legation.store:migrations")
    script = ScriptDirectory.from_config(config)
    assert script.get_heads() == [REVISION]
    assert tuple(one.revision for one in reversed(list(script.walk_revisions()))) == migrate.REVISIONS


def test_the_database_itself_refuses_to_change_or_delete_a_row(store: Store) -> None:
    fill(store)
    for name, table in metadata.tables.items():
        with store.reading() as view:
            assert view.connection.execute(select(table).limit(1)).first() is not None, name
        column = next(iter(table.columns))
        for change in (update(table).values({column.name: column}), delete(table)):
            with pytest.raises(DBAPIError, match=f"rows of {name} are never changed"), store._engine.begin() as own:
                own.execute(change)


def fill(store: Store) -> None:
    """Writes something to every table."""
    run = store.begin_run("test")
    body = "Valdoria accused Kestria. Morland praised Valdoria."
    for model in (MODEL, NEWER):
        report = report_on(body, model=model)
        (added,) = store.add_articles([(version(body, "k"), report)], run=run)
    store.add_reports([(added.version, report)], legation="9.0")
    report, spoken = strait_report(), next(one for one in year_reports() if one.statements)
    days = (date(2031, 1, 1), date(1945, 5, 8))
    store.add_articles(
        [(Version(Text(one.text, published=day)), one) for one, day in zip((report, spoken), days, strict=True)]
    )
    at = datetime(2031, 1, 1, tzinfo=UTC)
    store.add_versions([], states=[ItemState("k", "u")], checks=[Check("u", at, "good")])
    store.judge(NewJudgement("not-event", "A.", "", store.events().rows[0].id))
    said = store.said().rows[0].id
    store.judge(NewJudgement("speaker", "A.", "", said, given={"speaker": None}))
    store.end_run(run, "done", {})


def test_a_store_of_an_earlier_version_asks_to_be_brought_up_to_date(
    store_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrate, "REVISION", "9999")
    earlier = rf"an earlier version .*revision {REVISION}, now 9999.*`legation init`"
    with pytest.raises(StoreRevisionError, match=earlier):
        Store.open(store_url)


def test_bringing_up_to_date_what_is_so_changes_nothing(store: Store) -> None:
    fill(store)
    before = store.counts()
    again, revision = Store.create(store.url)
    again.close()
    assert revision == REVISION
    assert store.counts() == before


def test_a_desk_of_the_first_revision_is_brought_up_to_date_with_all_it_has(store: Store) -> None:
    fill(store)
    before, events = store.counts(), store.events(raw=True).rows
    held = store.said(StatementQuery(positions=True)).rows
    entities, whom = store.entities().rows, named_of(store)
    with store._engine.begin() as own:
        for statement in TO_THE_FIRST_REVISION:
            own.exec_driver_sql(statement)
    with pytest.raises(StoreRevisionError, match="`legation init`"):
        Store.open(store.url)
    again, revision = Store.create(store.url)
    with again:
        assert revision == "0001"
        assert again.counts() == before
        assert again.events(raw=True).rows == events
        assert held and again.said(StatementQuery(positions=True, confidence=1.0)).rows == held, "they were sure"
        assert again.entities().rows == entities
        assert named_of(again) == whom
        assert again.count_pending(NEWER.sha256) == 2, "the two articles that another model read"


def named_of(store: Store) -> list[tuple[int, int, int]]:
    with store.reading() as view:
        rows = view.connection.execute(select(named).order_by(named.c.name, named.c.reading))
        return [(row.name, row.day_order, row.reading) for row in rows]
