"""Questions about those who are named: in how many articles, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from legation.store.events import of_source
from legation.store.paging import next_numbered
from legation.store.people import People, people_of
from legation.store.records import DeskEntity, Page
from legation.store.rows import words_key
from legation.store.schema import entities, names, readings, versions
from legation.store.view import View
from legation.store.writing import MOST_ASKED, batched

MOST_ROLES = 5


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """Which entities. `name` is a name or a part of it; `since` and `until` are days of publication, both inclusive."""

    name: str | None = None
    country: str | None = None
    kind: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class _Group:
    """The rows of names of one entity, those most often named first, and in how many articles each is."""

    rows: tuple[Any, ...]
    articles: int


def entities_page(view: View, query: EntityQuery, most: int, skipped: int) -> Page:
    """The entities that fit, those of most articles first, without the first `skipped`."""
    people = people_of(view)
    conditions = _conditions(query, people)
    groups = _groups(view, conditions, people)
    shown = groups[skipped : skipped + most]
    roles = _roles(view, [row.id for group in shown for row in group.rows])
    found = tuple(_entity(view, group, conditions, roles, people) for group in shown)
    return Page(found, next_numbered(view.commit, skipped + most, len(groups)))


def _conditions(query: EntityQuery, people: People) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.name:
        who = people.whom(query.name)
        found.append(who.among(names.c.country, names.c.id))
    if query.country:
        found.append(names.c.country == query.country.upper())
    if query.kind:
        found.append(names.c.kind == query.kind)
    if query.source:
        found.append(of_source(query.source))
    if query.since:
        found.append(versions.c.published >= query.since)
    if query.until:
        found.append(versions.c.published <= query.until)
    return found


def _counted(view: View, conditions: Sequence[ColumnElement[bool]], *wanted: ColumnElement[Any]) -> Select[Any]:
    return (
        select(*wanted)
        .select_from(entities)
        .join(names, names.c.id == entities.c.name)
        .join(readings, readings.c.id == entities.c.reading)
        .join(versions, versions.c.id == readings.c.version)
        .where(view.reading_counts(), *conditions)
    )


def _groups(view: View, conditions: Sequence[ColumnElement[bool]], people: People) -> list[_Group]:
    """One entity has one name, kind and country, whatever its office was; or names that were judged to be one's."""
    counted = _counted(view, conditions, entities.c.name, func.count().label("articles")).group_by(entities.c.name)
    times = {row.name: row.articles for row in view.connection.execute(counted)}
    kept: dict[tuple[Any, ...], list[Any]] = {}
    for some in batched(times, MOST_ASKED):
        for row in view.connection.execute(select(names).where(names.c.id.in_(some))):
            other = people.same.get(row.words)
            key = (words_key(other), "person") if other else (row.words, row.kind, row.country)
            kept.setdefault(key, []).append(row)
    groups = _joined(kept, people)
    found = []
    for rows in groups:
        rows.sort(key=lambda row: (row.words in people.same, -times[row.id], row.id))
        found.append(_Group(tuple(rows), sum(times[row.id] for row in rows)))
    return sorted(found, key=lambda group: (-group.articles, group.rows[0].id))


def _joined(kept: Mapping[tuple[Any, ...], list[Any]], people: People) -> list[list[Any]]:
    """The groups, other names of a person joined to the person."""
    own = {(key[0], key[1]): rows for key, rows in kept.items() if len(key) == 3}
    for key, rows in kept.items():
        if len(key) == 2 and key in own:
            own[key].extend(rows)
    return [rows for key, rows in kept.items() if len(key) == 3 or key not in own]


def _entity(
    view: View,
    group: _Group,
    conditions: Sequence[ColumnElement[bool]],
    roles: Mapping[int, Sequence[str]],
    people: People,
) -> DeskEntity:
    # Two names of one person may stand in one article, which counts once.
    ids = [row.id for row in group.rows]
    figures = (func.count(readings.c.id.distinct()), func.min(versions.c.published), func.max(versions.c.published))
    own = _counted(view, [*conditions, entities.c.name.in_(ids)], *figures)
    articles, first, last = view.connection.execute(own).one()
    row = group.rows[0]
    told = dict.fromkeys(role for id in ids for role in roles.get(id, ()))
    others = dict.fromkeys(str(other.name) for other in group.rows)
    called = people.name(row)
    return DeskEntity(
        called,
        row.kind or "unnamed",
        row.country,
        row.code,
        tuple(row.sectors.split()),
        tuple(told)[:MOST_ROLES],
        articles,
        first,
        last,
        tuple(name for name in others if name != called),
    )


def _roles(view: View, wanted: Sequence[int]) -> dict[int, list[str]]:
    chosen = (
        select(entities.c.name, entities.c.role, func.count().label("times"))
        .join(readings, readings.c.id == entities.c.reading)
        .where(entities.c.name.in_(wanted), entities.c.role.is_not(None), view.reading_counts())
        .group_by(entities.c.name, entities.c.role)
        .order_by(func.count().desc(), entities.c.role)
    )
    found: dict[int, list[str]] = {}
    for row in view.connection.execute(chosen):
        found.setdefault(row.name, []).append(row.role)
    return found
