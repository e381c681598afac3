"""Questions about those who are named: in how many articles, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select

from legation.store.events import of_source
from legation.store.people import People, people_of
from legation.store.records import DeskEntity
from legation.store.schema import entities, names, readings, versions
from legation.store.view import View

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
    """The names of one entity, the one it is called by first, and how often they are named."""

    names: tuple[int, ...]
    articles: int
    first: date | None
    last: date | None


def entities_page(view: View, query: EntityQuery, most: int, skipped: int) -> tuple[list[DeskEntity], bool]:
    """The entities that fit, those of most articles first, without the first `skipped`; and whether more follow."""
    people = people_of(view)
    groups = _groups(view, _conditions(query, people), people)
    shown = groups[skipped : skipped + most]
    return _entities(view, shown), len(groups) > skipped + most


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


def _counted(view: View, conditions: Sequence[ColumnElement[bool]], *grouped: ColumnElement[Any]) -> Any:
    articles = func.count(readings.c.id.distinct())
    chosen = (
        select(*grouped, articles, func.min(versions.c.published), func.max(versions.c.published))
        .select_from(entities)
        .join(names, names.c.id == entities.c.name)
        .join(readings, readings.c.id == entities.c.reading)
        .join(versions, versions.c.id == readings.c.version)
        .where(view.reading_counts(), *conditions)
    )
    return view.connection.execute(chosen.group_by(*grouped) if grouped else chosen)


def _groups(view: View, conditions: Sequence[ColumnElement[bool]], people: People) -> list[_Group]:
    found: dict[int, _Group] = {}
    merged: dict[int, list[int]] = {}
    for name, articles, first, last in _counted(view, conditions, entities.c.name):
        one = people.same.get(name, name)
        merged.setdefault(one, []).append(name)
        found[one] = _Group((one,), articles, first, last)
    for one, several in merged.items():
        if several != [one]:
            # Two names of one person may stand in one article, which counts once.
            articles, first, last = _counted(view, [*conditions, entities.c.name.in_(several)]).one()
            found[one] = _Group((one, *(name for name in several if name != one)), articles, first, last)
    return sorted(found.values(), key=lambda group: (-group.articles, group.names[0]))


def _entities(view: View, groups: Sequence[_Group]) -> list[DeskEntity]:
    wanted = [name for group in groups for name in group.names]
    rows: Mapping[int, Any] = {
        row.id: row for row in view.connection.execute(select(names).where(names.c.id.in_(wanted)))
    }
    roles = _roles(view, wanted)
    found = []
    for group in groups:
        row = rows[group.names[0]]
        told = dict.fromkeys(role for name in group.names for role in roles.get(name, ()))
        found.append(
            DeskEntity(
                row.name,
                row.kind or "unnamed",
                row.country,
                row.code,
                tuple(row.sectors.split()),
                tuple(told)[:MOST_ROLES],
                group.articles,
                group.first,
                group.last,
                tuple(dict.fromkeys(rows[name].name for name in group.names[1:])),
            )
        )
    return found


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
