"""Judgements: noted, undone, and applied again whenever an item is read anew.

What they make of an event or statement is a row of its own beside the one that was read, which it ends for those who
ask for judged rows. So questions need not know of judgements, and every state of them can be asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select

from legation.errors import UsageError
from legation.store.anchors import Anchor, Candidate, match
from legation.store.corrections import ON_STATEMENTS, Correction, corrected_event, corrected_statement, groups_of
from legation.store.kept_rows import events_of, statements_of
from legation.store.readings import end_rows, standing_readings, write_events, write_statements
from legation.store.rows import EventRow, StatementRow, clean
from legation.store.schema import (
    event_ends,
    events,
    judgement_matches,
    judgements,
    readings,
    statement_ends,
    statements,
    versions,
)
from legation.store.writing import Writing

Kept = TypeVar("Kept", EventRow, StatementRow)


@dataclass(frozen=True, slots=True)
class NewJudgement:
    """A judgement to be noted: of what kind, on which event or statement (the number that is shown), with what is
    right, who says so and why. `other` is the event that it is the same as."""

    kind: str
    who: str
    why: str
    target: int | None = None
    other: int | None = None
    given: Mapping[str, Any] | None = None


def judge(writing: Writing, new: NewJudgement) -> int:
    """Notes a judgement and applies it; its number. Raises UsageError for an event or statement that there is not."""
    one, other = (_anchored(writing, new.kind, target) for target in (new.target, new.other))
    number = writing.number(judgements)
    row = {
        "id": number,
        "kind": new.kind,
        "undoes": None,
        "item": one.item,
        "anchor": one.anchor,
        "other_item": other.item,
        "other_anchor": other.anchor,
        "given": dict(new.given or {}),
        "who": clean(new.who),
        "why": clean(new.why),
        "known_from": writing.commit,
    }
    writing.insert(judgements, [row])
    # Nobody needs to look for what was pointed at.
    pointed = (("one", one.reading, new.target), ("other", other.reading, new.other))
    matches = [
        {"judgement": number, "side": side, "reading": reading, "target": target, "known_from": writing.commit}
        for side, reading, target in pointed
        if target is not None
    ]
    writing.insert(judgement_matches, matches)
    judge_items(writing, {item for item in (one.item, other.item) if item is not None})
    return number


def undo(writing: Writing, judgement: int, who: str, why: str) -> int:
    """Notes that a judgement no longer counts; the number of the undoing. Raises UsageError where it cannot be."""
    row = writing.connection.execute(select(judgements).where(judgements.c.id == judgement)).first()
    if row is None:
        raise UsageError(f"There is no judgement j{judgement}: `legation judge list` shows all.")
    if row.kind == "undo":
        raise UsageError(f"j{judgement} undoes j{row.undoes}, and is not undone itself: judge anew.")
    undone = select(judgements.c.id).where(judgements.c.undoes == judgement)
    if (by := writing.connection.execute(undone).scalar()) is not None:
        raise UsageError(f"j{judgement} was undone already, by j{by}.")
    number = writing.number(judgements)
    nothing: dict[str, Any] = {"item": None, "anchor": None, "other_item": None, "other_anchor": None, "given": {}}
    told = {"who": clean(who), "why": clean(why), "known_from": writing.commit}
    writing.insert(judgements, [{"id": number, "kind": "undo", "undoes": judgement, **nothing, **told}])
    judge_items(writing, {one for one in (row.item, row.other_item) if one is not None})
    return number


@dataclass(frozen=True, slots=True)
class _Anchored:
    """An event or statement as it was read: its item and reading, and where in the text it stands."""

    item: int | None = None
    reading: int | None = None
    anchor: dict[str, Any] | None = None


def _anchored(writing: Writing, kind: str, target: int | None) -> _Anchored:
    """Where a target stands. Raises UsageError where there is none of that number."""
    if target is None:
        return _Anchored()
    table, name = (statements, f"statement s{target}") if kind in ON_STATEMENTS else (events, f"event e{target}")
    chosen = (
        select(table.c.reading, table.c.raw, readings.c.item, versions.c.text)
        .join(readings, readings.c.id == table.c.reading)
        .join(versions, versions.c.id == readings.c.version)
        .where(table.c.id == target)
    )
    row = writing.connection.execute(chosen).first()
    if row is None or row.raw is not None:
        raise UsageError(f"There is no {name} on this desk.", subject=name)
    rows_of = statements_of if table is statements else events_of
    _, one = rows_of(writing.connection, [row.reading])[target]
    return _Anchored(row.item, row.reading, Anchor(row.text, *_place(one)).plain)


# ---------------------------------------------------------------- applying


@dataclass(frozen=True, slots=True)
class _Side:
    """One end of a judgement: which judgement, which end, in which item and where."""

    judgement: int
    side: str
    item: int
    anchor: Anchor
    on_statement: bool


def judge_items(writing: Writing, of_items: Iterable[int]) -> None:
    """Makes the judged rows of items, and of those that judgements join with them, as they are to be now."""
    counting, reached = _counting(writing, set(of_items))
    if not counting and not _ever_judged(writing, reached):
        return
    standing = {
        item: [one for one in found if not one.rejected] for item, found in standing_readings(writing, reached).items()
    }
    by_reading = {one.reading: item for item, found in standing.items() for one in found}
    raw_events = events_of(writing.connection, by_reading)
    raw_statements = statements_of(writing.connection, by_reading)
    found = _matched(writing, _sides(counting), standing, raw_events, raw_statements)
    _apply_to_events(writing, counting, found, raw_events)
    _apply_to_statements(writing, counting, found, raw_statements)


def _counting(writing: Writing, of_items: set[int]) -> tuple[list[Any], set[int]]:
    """The judgements that count on items or on others that are joined with them, and all those items."""
    found: dict[int, Any] = {}
    left, reached = set(of_items), set(of_items)
    while left:
        rows = [
            row
            for column in (judgements.c.item, judgements.c.other_item)
            for row in writing.found(column, sorted(left), *judgements.c)
        ]
        found |= {row.id: row for row in rows}
        left = {one for row in rows for one in (row.item, row.other_item) if one is not None} - reached
        reached |= left
    undone = {row.undoes for row in writing.found(judgements.c.undoes, list(found), judgements.c.undoes)}
    return [found[id] for id in sorted(found) if id not in undone], reached


def _ever_judged(writing: Writing, of_items: set[int]) -> bool:
    """Whether any judgement, undone or not, is on one of the items."""
    return any(
        next(iter(writing.found(column, sorted(of_items), judgements.c.id)), None) is not None
        for column in (judgements.c.item, judgements.c.other_item)
    )


def _sides(counting: Sequence[Any]) -> list[_Side]:
    found = []
    for row in counting:
        on_statement = row.kind in ON_STATEMENTS
        for side, item, anchor in (("one", row.item, row.anchor), ("other", row.other_item, row.other_anchor)):
            if item is not None:
                found.append(_Side(row.id, side, item, Anchor.of(anchor), on_statement))
    return found


def _matched(
    writing: Writing,
    sides: Sequence[_Side],
    standing: Mapping[int, Sequence[Any]],
    raw_events: Mapping[int, tuple[int, EventRow]],
    raw_statements: Mapping[int, tuple[int, StatementRow]],
) -> dict[tuple[int, str], int]:
    """The event or statement that each end of a judgement is at, in the reading that counts; each is noted once."""
    wanted = [one.reading for found in standing.values() for one in found]
    columns = (judgement_matches.c.judgement, judgement_matches.c.side, judgement_matches.c.target)
    kept = {
        (row.judgement, row.side): row.target for row in writing.found(judgement_matches.c.reading, wanted, *columns)
    }
    texts = _texts_of(writing, {one.version for found in standing.values() for one in found})
    new = []
    for side in sides:
        key = (side.judgement, side.side)
        for one in standing.get(side.item, ()) if key not in kept else ():
            rows = _candidates(raw_statements if side.on_statement else raw_events, one.reading)
            target = match(side.anchor, texts[one.version], rows)
            if target is not None:
                kept[key] = target
                row = {"judgement": key[0], "side": key[1], "reading": one.reading, "target": target}
                new.append({**row, "known_from": writing.commit})
                break
    writing.insert(judgement_matches, new)
    return kept


def _texts_of(writing: Writing, wanted: set[int]) -> dict[int, int]:
    return {row.id: row.text for row in writing.found(versions.c.id, sorted(wanted), versions.c.id, versions.c.text)}


def _candidates(rows: Mapping[int, tuple[int, EventRow | StatementRow]], reading: int) -> list[Candidate]:
    found = []
    for id, (of, one) in rows.items():
        if of == reading:
            others = one.row["mentions"] if isinstance(one, EventRow) else ()
            found.append(Candidate(id, *_place(one), tuple((start, end) for start, end in others)))
    return found


def _place(one: EventRow | StatementRow) -> tuple[int, int, str, str, str, str]:
    """Where a row stands, and what it is told from others by: start, end, words, sentence, kind, and who or what."""
    row = one.row
    if isinstance(one, EventRow):
        about = " ".join(f"{party.role} {party.name.name}" for party in one.parties)
        place = (row["trigger_start"], row["trigger_end"], row["trigger_text"])
        return *place, row["sentence_text"] or "", row["type"], about
    return row["cue_start"], row["cue_end"], row["cue_text"], row["sentence"] or "", row["act"], row["content"]


def _apply_to_events(
    writing: Writing,
    counting: Sequence[Any],
    found: Mapping[tuple[int, str], int],
    raw: Mapping[int, tuple[int, EventRow]],
) -> None:
    of_event: dict[int, list[Correction]] = {}
    same = []
    for row in counting:
        target = found.get((row.id, "one"))
        if row.kind in ON_STATEMENTS or target is None:
            continue
        if row.kind == "same-event":
            other = found.get((row.id, "other"))
            same += [(target, other)] if other is not None else []
        else:
            of_event.setdefault(target, []).append(Correction(row.id, row.kind, row.given))
    judged = {id: corrected_event(one, of_event.get(id, ())) for id, (_, one) in raw.items()}
    first_of = groups_of([(a, b) for a, b in same if judged.get(a) is not None and judged.get(b) is not None])
    for id, one in judged.items():
        first = first_of.get(id, id)
        if one is not None and first == id:
            also = sorted(other for other, of in first_of.items() if of == id and other != id)
            judged[id] = EventRow({**one.row, "also": also}, one.parties)
        elif first != id:
            judged[id] = None
    now = events_of(writing.connection, {reading for reading, _ in raw.values()}, judged=True)
    changed, ended = _changes(judged, now)
    end_rows(writing, event_ends, "event", ended)
    write_events(writing, [(raw[id][0], id, one) for id in changed if (one := judged[id]) is not None])


def _apply_to_statements(
    writing: Writing,
    counting: Sequence[Any],
    found: Mapping[tuple[int, str], int],
    raw: Mapping[int, tuple[int, StatementRow]],
) -> None:
    of_statement: dict[int, list[Correction]] = {}
    for row in counting:
        target = found.get((row.id, "one"))
        if row.kind in ON_STATEMENTS and target is not None:
            of_statement.setdefault(target, []).append(Correction(row.id, row.kind, row.given))
    judged = {id: corrected_statement(one, of_statement.get(id, ())) for id, (_, one) in raw.items()}
    now = statements_of(writing.connection, {reading for reading, _ in raw.values()}, judged=True)
    changed, ended = _changes(judged, now)
    end_rows(writing, statement_ends, "statement", ended)
    write_statements(writing, [(raw[id][0], id, judged[id]) for id in changed])


def _changes(judged: Mapping[int, Kept | None], now: Mapping[int, tuple[int, Kept]]) -> tuple[list[int], list[int]]:
    """The raw rows that are to be shown otherwise than `now`, and the rows that show them now."""
    shown = {one.row.pop("raw") or id: (id, one) for id, (_, one) in now.items()}
    changed = [id for id, one in judged.items() if one != (shown[id][1] if id in shown else None)]
    return changed, [shown[id][0] for id in changed if id in shown]
