"""Sources: their declarations, visits to them, and what is known of their items."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, exists, select, true

from legation.store.records import Check, Declaration, ItemState, StoredSource
from legation.store.rows import clean, clean_or_none
from legation.store.schema import checks as check_rows
from legation.store.schema import commits, item_states, source_versions
from legation.store.schema import sources as source_rows
from legation.store.view import View, commit_at
from legation.store.writing import MOST_ASKED, Writing, batched

# ---------------------------------------------------------------- what goes in


def declare(writing: Writing, declarations: Sequence[Declaration]) -> None:
    """Declares sources; what says the same as before leaves no trace."""
    known = {found.declaration.key: found for found in sources(_now(writing))}
    changed = [
        one
        for one in declarations
        if one.key not in known or known[one.key].withdrawn or known[one.key].declaration != one
    ]
    numbers = numbers_of_sources(writing, [one.key for one in changed], declared=True)
    _write(writing, [(numbers[clean(one.key)], one, False) for one in changed])


def withdraw(writing: Writing, keys: Sequence[str]) -> None:
    """Takes sources away that are there."""
    there = [one for one in sources(_now(writing)) if not one.withdrawn]
    _write(writing, [(one.id, one.declaration, True) for one in there if one.declaration.key in keys])


def record(writing: Writing, states: Sequence[ItemState], checks: Sequence[Check]) -> None:
    """Keeps what came of visits."""
    numbers = numbers_of_sources(writing, [*(one.source for one in states), *(one.source for one in checks)])
    writing.insert(
        item_states,
        [
            {
                "id": writing.number(item_states),
                "key": clean(one.key),
                "source": numbers[clean(one.source)],
                "guid": clean_or_none(one.guid),
                "page": clean_or_none(one.page),
                "next_try": one.next_try,
                "state": dict(one.state),
                "known_from": writing.commit,
            }
            for one in states
        ],
    )
    writing.insert(
        check_rows,
        [
            {
                "id": writing.number(check_rows),
                "source": numbers[clean(one.source)],
                "at": one.at,
                "status": one.status,
                "message": clean(one.message),
                "versions": one.versions,
                "details": dict(one.details),
                "known_from": writing.commit,
            }
            for one in checks
        ],
    )


def numbers_of_sources(writing: Writing, keys: Iterable[str], *, declared: bool = False) -> dict[str, int]:
    """The numbers of sources by their keys; a new one is declared by its key alone, unless `declared`."""
    wanted = sorted({clean(key) for key in keys})
    found = {row.key: row.id for row in writing.found(source_rows.c.key, wanted, source_rows.c.key, source_rows.c.id)}
    new = [key for key in wanted if key not in found]
    for key in new:
        found[key] = writing.number(source_rows)
    writing.insert(source_rows, [{"id": found[key], "key": key, "known_from": writing.commit} for key in new])
    if not declared:
        _write(writing, [(found[key], Declaration(key, key, "import"), False) for key in new])
    return found


def _write(writing: Writing, declared: Sequence[tuple[int, Declaration, bool]]) -> None:
    writing.insert(
        source_versions,
        [
            {
                "id": writing.number(source_versions),
                "source": source,
                "name": clean(one.name),
                "country": clean_or_none(one.country),
                "declaration": {
                    "kind": one.kind,
                    "type": one.type,
                    "owner": one.owner,
                    "settings": dict(one.settings),
                },
                "withdrawn": withdrawn,
                "known_from": writing.commit,
            }
            for source, one, withdrawn in declared
        ],
    )


def _now(writing: Writing) -> View:
    return View(writing.connection, commit_at(writing.connection, None))


# ---------------------------------------------------------------- what comes out


def sources(view: View) -> list[StoredSource]:
    """All sources as they were declared last, by name."""
    later = source_versions.alias()
    newest = ~exists(
        select(1).where(
            later.c.source == source_versions.c.source,
            later.c.id > source_versions.c.id,
            later.c.known_from <= view.commit,
        )
    )
    chosen = (
        select(source_rows.c.id, source_rows.c.key, source_versions, commits.c.at)
        .join(source_versions, source_versions.c.source == source_rows.c.id)
        .join(commits, commits.c.id == source_rows.c.known_from)
        .where(source_versions.c.known_from <= view.commit, newest)
        .order_by(source_versions.c.name, source_rows.c.id)
    )
    return [_stored(row._mapping) for row in view.connection.execute(chosen)]


def _stored(row: Any) -> StoredSource:
    plain = row[source_versions.c.declaration]
    declaration = Declaration(
        row[source_rows.c.key],
        row[source_versions.c.name],
        plain["kind"],
        row[source_versions.c.country],
        plain["type"],
        plain["owner"],
        plain["settings"],
    )
    return StoredSource(row[source_rows.c.id], declaration, row[commits.c.at], row[source_versions.c.withdrawn])


def checks(view: View, source: str, most: int, *, with_new: bool = False) -> list[Check]:
    """The newest visits to a source, the oldest of them first; only those that gave something new `with_new`."""
    chosen = (
        select(check_rows)
        .join(source_rows, source_rows.c.id == check_rows.c.source)
        .where(source_rows.c.key == clean(source), check_rows.c.known_from <= view.commit)
        .where(check_rows.c.versions > 0 if with_new else true())
        .order_by(check_rows.c.id.desc())
        .limit(most)
    )
    rows = view.connection.execute(chosen).all()
    return [Check(source, row.at, row.status, row.message, row.versions, row.details) for row in reversed(rows)]


def find_states(view: View, source: str, wanted: Sequence[tuple[str, str | None]]) -> list[ItemState | None]:
    """What is known of each item, by its key, else by its page, else by its GUID at the source."""
    asked = [(clean(key), clean_or_none(guid)) for key, guid in wanted]
    by_key = _newest(view, item_states.c.key, {key for key, _ in asked})
    by_page = _newest(view, item_states.c.page, {key for key, _ in asked} - by_key.keys())
    guids = {guid for key, guid in asked if guid is not None and key not in by_key and key not in by_page}
    by_guid = _newest(view, item_states.c.guid, guids, source_rows.c.key == clean(source))
    others = _newest(
        view, item_states.c.key, {row.key for row in (*by_page.values(), *by_guid.values())} - by_key.keys()
    )
    states = {**by_key, **others}

    def found(key: str, guid: str | None) -> ItemState | None:
        row = by_key.get(key) or by_page.get(key) or by_guid.get(guid or "")
        return _state(states[row.key]) if row is not None else None

    return [found(key, guid) for key, guid in asked]


def _newest(view: View, column: Column[Any], values: Iterable[str], *where: ColumnElement[bool]) -> dict[str, Any]:
    """The newest row of each of the values of a column."""
    found: dict[str, Any] = {}
    for some in batched(sorted(values), MOST_ASKED):
        chosen = _states().where(column.in_(some), *where).order_by(item_states.c.id)
        found.update((getattr(row, column.name), row) for row in view.connection.execute(chosen))
    return found


def due_states(view: View, source: str, now: datetime, most: int) -> list[ItemState]:
    """The items that are to be asked for again, the longest due first."""
    later = item_states.alias()
    newest = ~exists(select(1).where(later.c.key == item_states.c.key, later.c.id > item_states.c.id))
    chosen = (
        _states()
        .where(source_rows.c.key == clean(source), item_states.c.next_try <= now, newest)
        .order_by(item_states.c.next_try, item_states.c.id)
        .limit(most)
    )
    return [_state(row) for row in view.connection.execute(chosen)]


def _states() -> Any:
    return select(item_states, source_rows.c.key.label("source_key")).join(
        source_rows, source_rows.c.id == item_states.c.source
    )


def _state(row: Any) -> ItemState:
    return ItemState(row.key, row.source_key, row.guid, row.page, row.next_try, row.state)
