"""Questions about those who are named: in how many articles, and when.

Names of the same words, kind and country are one entity, whatever its office was. `named` has a row for each reading
and entity, so that all of them are counted from an index alone; whole rows are looked at for those that are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from legation.store.events import of_source
from legation.store.paging import Days, next_numbered
from legation.store.people import People, people_of
from legation.store.records import DeskEntity, Page
from legation.store.rows import words_key
from legation.store.schema import entities, named, names, readings, versions
from legation.store.view import View
from legation.store.whom import names_called

MOST_ROLES = 5
_first = names.alias("first_name")
_SAME_ENTITY = and_(
    names.c.words == _first.c.words,
    names.c.kind.is_not_distinct_from(_first.c.kind),
    names.c.country.is_not_distinct_from(_first.c.country),
)


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
    """Those who are one: the numbers of their first names, in how many articles they are, and the days of publication
    of the first and the last, as numbers."""

    firsts: tuple[int, ...]
    articles: int
    first_day: int | None
    last_day: int | None


def entities_page(view: View, query: EntityQuery, most: int, skipped: int) -> Page:
    """The entities that fit, those of most articles first, without the first `skipped`."""
    people = people_of(view)
    conditions = _conditions(view, query, people)
    groups = _groups(view, conditions, people, skipped + most + 1)
    shown = groups[skipped : skipped + most]
    rows = _rows(view, [first for group in shown for first in group.firsts])
    ids = [row.id for some in rows.values() for row in some]
    times, roles = _times(view, rows), _roles(view, ids)
    found = []
    for group in shown:
        own = [row for first in group.firsts for row in rows[first] if len(rows[first]) == 1 or row.id in times]
        own.sort(key=lambda row: (row.words in people.same, -times.get(row.id, 0), row.id))
        found.append(_entity(group, own, roles, people))
    return Page(tuple(found), next_numbered(view.commit, skipped + most, len(groups)))


def _conditions(view: View, query: EntityQuery, people: People) -> list[ColumnElement[bool]]:
    """What must hold of a row of `named`."""
    found = [view.reading_number_counts(named.c.reading), *Days(query.since, query.until).hold(named.c.day_order)]
    if query.name:
        who = people.whom(query.name)
        fits = who.among(names.c.country, names.c.id)
        found.append(named.c.name.in_(select(_first.c.id).join(names, _SAME_ENTITY).where(fits)))
    if query.country:
        found.append(named.c.name.in_(select(names.c.id).where(names.c.country == query.country.upper())))
    if query.kind:
        found.append(named.c.name.in_(select(names.c.id).where(names.c.kind == query.kind)))
    if query.source:
        of_it = select(readings.c.id).join(versions, versions.c.id == readings.c.version)
        found.append(named.c.reading.in_(of_it.where(of_source(query.source))))
    return found


# ---------------------------------------------------------------- who is counted


def _groups(view: View, conditions: Sequence[ColumnElement[bool]], people: People, most: int) -> list[_Group]:
    """The first so many, those that analysts judged to be one together."""
    persons, judged = _persons(view, conditions, people)
    others = [named.c.name.not_in(judged)] if judged else []
    counted = _counted([*conditions, *others]).order_by(func.count().desc(), named.c.name).limit(most)
    groups = [_Group((row.name,), *row[1:]) for row in view.connection.execute(counted)]
    return sorted([*groups, *persons], key=lambda group: (-group.articles, group.firsts[0]))[:most]


def _counted(conditions: Sequence[ColumnElement[bool]]) -> Any:
    day = func.nullif(named.c.day_order, 0)
    figures = (func.count().label("articles"), func.min(day).label("first"), func.max(day).label("last"))
    return select(named.c.name, *figures).where(*conditions).group_by(named.c.name)


def _persons(
    view: View, conditions: Sequence[ColumnElement[bool]], people: People
) -> tuple[list[_Group], Sequence[int]]:
    """Those of whom analysts judged who they are, with all their names, and the numbers of these names.

    Other names of a person are the person's: of those that are called as the person is, the one of most articles.
    """
    keys = {*people.same, *map(words_key, people.same.values())}
    ids = names_called(view.connection, sorted(keys))
    figures = {row.name: row for row in view.connection.execute(_counted([*conditions, named.c.name.in_(ids)]))}
    rows = view.connection.execute(select(names).where(names.c.id.in_(figures)).order_by(names.c.id)).all()
    of_most = sorted(rows, key=lambda row: figures[row.id].articles)
    own = {row.words: row.id for row in of_most if row.kind == "person"}
    together: dict[tuple[str, int], list[Any]] = {}
    for row in rows:
        other = people.same.get(row.words)
        key = words_key(other) if other else row.words
        together.setdefault((key, own.get(key, 0) if other else row.id), []).append(figures[row.id])
    return [_person(view, conditions, some) for some in together.values()], ids


def _person(view: View, conditions: Sequence[ColumnElement[bool]], figures: Sequence[Any]) -> _Group:
    """Two names of one person may stand in one article, which counts once."""
    firsts = tuple(row.name for row in figures)
    chosen = select(func.count(named.c.reading.distinct())).where(*conditions, named.c.name.in_(firsts))
    return _Group(
        firsts,
        view.connection.execute(chosen).scalar_one(),
        min((row.first for row in figures if row.first), default=None),
        max((row.last for row in figures if row.last), default=None),
    )


# ---------------------------------------------------------------- what is shown of them


def _rows(view: View, firsts: Sequence[int]) -> dict[int, list[Any]]:
    """All names of entities, by the number of their first."""
    chosen = select(names, _first.c.id.label("first")).join(_first, _SAME_ENTITY).where(_first.c.id.in_(firsts))
    found: dict[int, list[Any]] = {first: [] for first in firsts}
    for row in view.connection.execute(chosen.order_by(names.c.id)):
        found[row.first].append(row)
    return found


def _times(view: View, rows: Mapping[int, Sequence[Any]]) -> dict[int, int]:
    """How often each name stands in an article, where an entity has more than one."""
    ids = [row.id for some in rows.values() if len(some) > 1 for row in some]
    chosen = (
        select(entities.c.name, func.count().label("times"))
        .where(entities.c.name.in_(ids), view.reading_number_counts(entities.c.reading))
        .group_by(entities.c.name)
    )
    return {row.name: row.times for row in view.connection.execute(chosen)} if ids else {}


def _entity(group: _Group, rows: Sequence[Any], roles: Mapping[int, Iterable[str]], people: People) -> DeskEntity:
    """An entity, from the rows of its names, the usual one first."""
    row = rows[0]
    told = dict.fromkeys(role for one in rows for role in roles.get(one.id, ()))
    others = dict.fromkeys(str(other.name) for other in rows)
    called = people.name(row)
    return DeskEntity(
        called,
        row.kind or "unnamed",
        row.country,
        row.code,
        tuple(row.sectors.split()),
        tuple(told)[:MOST_ROLES],
        group.articles,
        _day(group.first_day),
        _day(group.last_day),
        tuple(name for name in others if name != called),
    )


def _day(order: int | None) -> date | None:
    return date.fromordinal(order) if order else None


def _roles(view: View, wanted: Sequence[int]) -> dict[int, list[str]]:
    chosen = (
        select(entities.c.name, entities.c.role, func.count().label("times"))
        .where(entities.c.name.in_(wanted), entities.c.role.is_not(None))
        .where(view.reading_number_counts(entities.c.reading))
        .group_by(entities.c.name, entities.c.role)
        .order_by(func.count().desc(), entities.c.role)
    )
    found: dict[int, list[str]] = {}
    for row in view.connection.execute(chosen):
        found.setdefault(row.name, []).append(row.role)
    return found
