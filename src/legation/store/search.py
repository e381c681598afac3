"""Full-text search over articles, statements and events: ranked, with the words that were sought marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlalchemy import ColumnElement, Select, Table, and_, column, exists, or_, select, table

from legation.store.dialect import match_expression, matches
from legation.store.events import article_columns, article_of, events_by_id, has_party, of_source
from legation.store.paging import Days, next_numbered
from legation.store.people import People, people_of
from legation.store.records import DeskArticle, DeskEvent, DeskStatement, Hit, Page
from legation.store.rows import unpacked
from legation.store.schema import entities, events, names, readings, statements, texts, versions
from legation.store.statements import speaks, statements_by_id
from legation.store.view import View
from legation.store.whom import Whom
from legation.store.words import Query, marks_in, parse_query

What = Literal["article", "statement", "event"]
ALL: tuple[What, ...] = ("article", "statement", "event")
MOST_RANKED = 2000
"""How many rows of a kind are ranked, the newest that fit: of words that are everywhere few want the oldest."""
BEFORE, WINDOW = 80, 280
"""Characters of an article that are shown before the first word, and in all."""


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """What is sought, and where. `actor` acts or speaks, or is named in an article; `country` is anybody's.

    `type` is an event's, and leaves events only. `since` and `until` are days, both inclusive: an event's or
    statement's own, an article's day of publication.
    """

    text: str
    what: tuple[What, ...] = ALL
    actor: str | None = None
    country: str | None = None
    type: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None


def search_page(view: View, query: SearchQuery, most: int, skipped: int) -> Page:
    """What is found, the best first, without the first `skipped`.

    The ranks of each kind are relative to its best. Raises UsageError for a query without a word.
    """
    sought = parse_query(query.text)
    people = people_of(view)
    kinds = [what for what in ALL if what in query.what and (query.type is None or what == "event")]
    ranked = sorted(
        (row for what in kinds for row in _ranked(view, what, query, sought, people)),
        key=lambda row: (-row[0], ALL.index(row[1]), -row[2]),
    )
    shown = ranked[skipped : skipped + most]
    found = {what: _hits(view, what, [id for _, kind, id in shown if kind == what], sought, people) for what in kinds}
    hits = tuple(replace(found[what][id], rank=rank) for rank, what, id in shown if id in found[what])
    return Page(hits, next_numbered(view.commit, skipped + most, len(ranked)))


def _ranked(view: View, what: What, query: SearchQuery, sought: Query, people: People) -> list[tuple[float, What, int]]:
    dialect = view.connection.dialect.name
    index = f"{what}_words"
    matching, own_id, rank = matches(dialect, index)
    rows, counts = _rows(view, what)
    chosen: Select[int, float] = (
        select(own_id.label("id"), rank.label("rank"))
        .select_from(table(index, column("id")).join(rows, rows.c.id == own_id))
        .where(matching, counts, *_filters(what, query, people))
        .order_by(own_id.desc())
        .limit(MOST_RANKED)
    )
    if what != "article":
        chosen = chosen.join(readings, readings.c.id == rows.c.reading).where(view.reading_counts())
        chosen = chosen.join(versions, versions.c.id == readings.c.version)
    wanted = [[(term.tokens, term.open_end) for term in group] for group in sought.wanted]
    unwanted = [(term.tokens, term.open_end) for term in sought.unwanted]
    found = view.connection.execute(chosen, {"match": match_expression(dialect, wanted, unwanted)}).all()
    best = max((row.rank for row in found), default=0.0) or 1.0
    return [(row.rank / best, what, row.id) for row in found]


def _rows(view: View, what: What) -> tuple[Table, ColumnElement[bool]]:
    """The table of a kind, and what must hold of a row that counts."""
    if what == "statement":
        return statements, view.statement_counts()
    return (events, view.event_counts()) if what == "event" else (versions, view.version_counts())


def _filters(what: What, query: SearchQuery, people: People) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    days = Days(query.since, query.until)
    if what == "article":
        found += [versions.c.published >= query.since] if query.since else []
        found += [versions.c.published <= query.until] if query.until else []
    else:
        found += days.hold((events if what == "event" else statements).c.day_order)
    if query.actor:
        found.append(_of_actor(what, people.whom(query.actor)))
    if query.country:
        found.append(_of_country(what, people.whom(query.country)))
    if query.type:
        found.append(events.c.type == query.type.upper())
    if query.source:
        found.append(of_source(query.source))
    return found


def _of_actor(what: What, who: Whom) -> ColumnElement[bool]:
    if what == "event":
        return has_party(who, "actor")
    return speaks(who) if what == "statement" else _named(who)


def _of_country(what: What, who: Whom) -> ColumnElement[bool]:
    if what == "event":
        return or_(has_party(who), events.c.place_country == who.country)
    return speaks(who) if what == "statement" else _named(who)


def _named(who: Whom) -> ColumnElement[bool]:
    """That somebody is named in a reading of the version."""
    return exists(
        select(1)
        .select_from(readings.join(entities, entities.c.reading == readings.c.id))
        .join(names, names.c.id == entities.c.name)
        .where(and_(readings.c.version == versions.c.id, who.among(names.c.country, names.c.id)))
        .correlate(versions)
    )


# ---------------------------------------------------------------- what is shown


def _hits(view: View, what: What, ids: Sequence[int], sought: Query, people: People) -> dict[int, Hit]:
    if not ids:
        return {}
    if what == "event":
        return {id: _event_hit(event, sought) for id, event in events_by_id(view, ids, people).items()}
    if what == "statement":
        return {id: _statement_hit(said, sought) for id, said in statements_by_id(view, ids, people).items()}
    chosen = (
        select(versions.c.item, *article_columns(read=False), texts.c.body)
        .join(texts, texts.c.id == versions.c.text)
        .where(versions.c.id.in_(ids))
    )
    rows = view.connection.execute(chosen)
    return {row.version: _article_hit(article_of(row, people), unpacked(row.body), sought) for row in rows}


def _event_hit(event: DeskEvent, sought: Query) -> Hit:
    shown = event.sentence or ""
    return Hit("event", event, 0.0, shown, tuple(marks_in(shown, sought)), event.start, event.day)


def _statement_hit(said: DeskStatement, sought: Query) -> Hit:
    return Hit("statement", said, 0.0, said.content, tuple(marks_in(said.content, sought)), None, said.day)


def _article_hit(article: DeskArticle, body: str, sought: Query) -> Hit:
    """The part of an article around the first place where most of the words stand."""
    marks = marks_in(body, sought)
    start = _best_start(body, [begin for begin, _ in marks])
    end = min(len(body), start + WINDOW)
    inside = tuple((a - start, b - start) for a, b in marks if a >= start and b <= end)
    return Hit("article", article, 0.0, body[start:end], inside, start, article.published)


def _best_start(body: str, places: Sequence[int]) -> int:
    if not places:
        return 0
    reach = WINDOW - BEFORE
    best = max(places, key=lambda place: (sum(place <= other < place + reach for other in places), -place))
    start = max(0, best - BEFORE)
    blank = body.find(" ", start, best)
    return start if start == 0 or blank < 0 else blank + 1
