"""Reports: what a model read in a version, and which reading of an item counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from legation.errors import StoreError
from legation.records import Report
from legation.store.rows import (
    EventRow,
    Name,
    ReportRows,
    StatementRow,
    clean_or_none,
    packed_report,
    pairs_of,
    rows_of,
)
from legation.store.schema import (
    entities,
    events,
    named,
    pairs,
    parties,
    places,
    positions,
    reading_ends,
    reading_repeats,
    readings,
    statements,
    texts,
    versions,
)
from legation.store.writing import Writing
from legation.system import own_version


@dataclass(frozen=True, slots=True)
class Standing:
    """A reading that counts: of which version, by which model, what it says, and whether it rejects the text."""

    reading: int
    version: int
    model_sha256: str
    digest: str
    rejected: bool


@dataclass(frozen=True, slots=True)
class Decision:
    """What a new reading does: it repeats one that counts, and is not kept; else whether it counts, and which it
    ends."""

    repeats: int | None = None
    counts: bool = True
    ends: tuple[int, ...] = ()


def decide(new: Standing, standing: Sequence[Standing]) -> Decision:
    """What becomes of a new reading beside those of the same item that count.

    The newest reading of the newest version counts. One of an older version is kept, but never counts; one that rejects
    its text ends none that found something in the item.
    """
    for one in standing:
        if (one.version, one.model_sha256, one.digest) == (new.version, new.model_sha256, new.digest):
            return Decision(repeats=one.reading)
    sound = [one for one in standing if not one.rejected]
    if any(one.version > new.version for one in sound):
        return Decision(counts=False)
    if new.rejected and sound:
        return Decision(ends=tuple(one.reading for one in standing if one.rejected))
    return Decision(ends=tuple(one.reading for one in standing))


@dataclass(frozen=True, slots=True)
class _New:
    """A report that is to be written under a number."""

    reading: int
    item: int
    version: int
    day: int
    report: Report
    packed: bytes
    digest: str
    decision: Decision


def add_reports(writing: Writing, reports: Sequence[tuple[int, Report]], legation: str | None = None) -> int:
    """Keeps reports of versions; how many were new.

    `legation` is the version that made them, None where nobody knows: then those that are new count as this one's, and
    of the others nothing is noted.
    """
    from legation.store.judging import judge_items

    new, repeated = _decided(writing, reports)
    writing.insert(readings, [_row(writing, one, legation or own_version()) for one in new])
    if legation is not None:
        _repeat(writing, repeated, legation)
    ends = {reading: None for one in new for reading in one.decision.ends}
    ends |= {one.reading: None for one in new if not one.decision.counts}
    end_rows(writing, reading_ends, "reading", ends)
    _write(writing, [(one.reading, rows_of(one.report)) for one in new], {one.reading: one.day for one in new})
    judge_items(writing, {one.item for one in new if one.decision.counts})
    return len(new)


def _decided(writing: Writing, reports: Sequence[tuple[int, Report]]) -> tuple[list[_New], list[int]]:
    """The readings to be written, and those that are there and are repeated."""
    facts = _versions(writing, [version for version, _ in reports])
    standing = standing_readings(writing, {facts[version].item for version, _ in reports if version in facts})
    found: list[_New] = []
    repeated: dict[int, None] = {}
    for version, report in reports:
        fact = facts.get(version)
        if fact is None or fact.sha256 != report.article.sha256:
            raise StoreError(f"The report is not of version {version} of the desk: its text is another.")
        packed, digest = packed_report(report)
        here = Standing(0, version, report.model.sha256, digest, report.rejected is not None)
        beside = standing.setdefault(fact.item, [])
        decision = decide(here, beside)
        if decision.repeats is not None:
            repeated[decision.repeats] = None
            continue
        number = writing.number(readings)
        found.append(_New(number, fact.item, version, fact.day, report, packed, digest, decision))
        if decision.counts:
            beside[:] = [one for one in beside if one.reading not in decision.ends]
            beside.append(Standing(number, version, here.model_sha256, digest, here.rejected))
    return found, list(repeated)


def _repeat(writing: Writing, repeated: Sequence[int], legation: str) -> None:
    """Notes that a version of Legation read the same as readings that are there, of those that it did not make."""
    own = writing.found(readings.c.id, repeated, readings.c.id, readings.c.legation)
    noted = writing.found(reading_repeats.c.reading, repeated, reading_repeats.c.reading, reading_repeats.c.legation)
    there = {reading for reading, by in (*own, *noted) if by == legation}
    writing.insert(
        reading_repeats,
        [
            {"reading": reading, "legation": legation, "known_from": writing.commit}
            for reading in repeated
            if reading not in there
        ],
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """Its item, the digest of its text, and the day of publication, 0 where none is known."""

    item: int
    sha256: str
    day: int


def _versions(writing: Writing, wanted: Sequence[int]) -> dict[int, _Version]:
    columns = (versions.c.id, versions.c.item, versions.c.text, versions.c.published)
    rows = list(writing.found(versions.c.id, sorted(set(wanted)), *columns))
    digests = dict(writing.found(texts.c.id, sorted({row.text for row in rows}), texts.c.id, texts.c.sha256))
    days = {row.id: row.published.toordinal() if row.published else 0 for row in rows}
    return {row.id: _Version(row.item, digests[row.text], days[row.id]) for row in rows}


def standing_readings(writing: Writing, of_items: Iterable[int]) -> dict[int, list[Standing]]:
    """The readings of items that count now."""
    columns = (
        readings.c.id,
        readings.c.item,
        readings.c.version,
        readings.c.model_sha256,
        readings.c.digest,
        readings.c.rejected,
    )
    rows = list(writing.found(readings.c.item, sorted(of_items), *columns))
    ended = {
        row.reading for row in writing.found(reading_ends.c.reading, [row.id for row in rows], reading_ends.c.reading)
    }
    found: dict[int, list[Standing]] = {}
    for row in rows:
        if row.id not in ended:
            one = Standing(row.id, row.version, row.model_sha256, row.digest, row.rejected is not None)
            found.setdefault(row.item, []).append(one)
    return found


def _row(writing: Writing, new: _New, legation: str) -> dict[str, Any]:
    report = new.report
    return {
        "id": new.reading,
        "version": new.version,
        "item": new.item,
        "model": report.model.name,
        "model_version": report.model.version,
        "model_sha256": report.model.sha256,
        "legation": legation,
        "digest": new.digest,
        "rejected": report.rejected.reason if report.rejected else None,
        "rejected_message": clean_or_none(report.rejected.message) if report.rejected else None,
        "report": new.packed,
        "known_from": writing.commit,
    }


# ---------------------------------------------------------------- flat rows


def _write(writing: Writing, found: Sequence[tuple[int, ReportRows]], days: Mapping[int, int]) -> None:
    """Writes what readings tell, each published on its day."""
    numbers = writing.names(name for _, rows in found for name in _names(rows))
    writing.insert(
        entities,
        [
            {"reading": reading, "name": numbers[name], **row}
            for reading, rows in found
            for row, name in {row["local"]: (row, name) for row, name in rows.entities}.values()
        ],
    )
    firsts = writing.firsts(name for _, rows in found for _, name in rows.entities)
    once = {(firsts[name], reading): None for reading, rows in found for _, name in rows.entities}
    writing.insert(named, [{"name": first, "day_order": days[reading], "reading": reading} for first, reading in once])
    writing.insert(places, [{"reading": reading, **row} for reading, rows in found for row in _by_local(rows.places)])
    write_events(writing, [(reading, None, one) for reading, rows in found for one in rows.events])
    write_statements(writing, [(reading, None, one) for reading, rows in found for one in rows.statements])


def _by_local(rows: Sequence[dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Rows by their id in the report, of which other programs' reports may have two alike."""
    return {row["local"]: row for row in rows}.values()


def _names(rows: ReportRows) -> Iterable[Name]:
    yield from (name for _, name in rows.entities)
    yield from (party.name for event in rows.events for party in event.parties)
    yield from (said.speaker for said in rows.statements if said.speaker is not None)


def write_events(writing: Writing, found: Sequence[tuple[int, int | None, EventRow]]) -> list[int]:
    """Writes events: of which reading, of which raw event they are a correction, and what they are; their numbers."""
    numbers = writing.names(party.name for _, _, one in found for party in one.parties)
    ids = [writing.number(events) for _ in found]
    placed = list(zip(ids, found, strict=True))
    writing.insert(
        events,
        [
            {"id": id, "reading": reading, "raw": raw, "known_from": writing.commit, **one.row}
            for id, (reading, raw, one) in placed
        ],
    )
    writing.insert(
        parties,
        [
            {
                "event": id,
                "role": party.role,
                "number": number,
                "name": numbers[party.name],
                "country": party.name.country,
                "day_order": one.row["day_order"],
                "words_start": party.start,
                "words_end": party.end,
                "words_text": party.text,
            }
            for id, (_, _, one) in placed
            for number, party in enumerate(one.parties)
        ],
    )
    writing.insert(
        pairs,
        [
            {"one": a, "other": b, "day_order": one.row["day_order"], "event": id}
            for id, (_, _, one) in placed
            for a, b in sorted(pairs_of(one.parties))
        ],
    )
    writing.index("event_words", [(id, *one.tokens) for id, (_, _, one) in placed])
    return ids


def write_statements(writing: Writing, found: Sequence[tuple[int, int | None, StatementRow]]) -> list[int]:
    """Writes statements with their positions, as `write_events` does; their numbers."""
    numbers = writing.names(one.speaker for _, _, one in found if one.speaker is not None)
    ids = [writing.number(statements) for _ in found]
    placed = list(zip(ids, found, strict=True))
    writing.insert(
        statements,
        [
            {
                "id": id,
                "reading": reading,
                "raw": raw,
                "known_from": writing.commit,
                "speaker": numbers[one.speaker] if one.speaker is not None else None,
                **one.row,
            }
            for id, (reading, raw, one) in placed
        ],
    )
    writing.insert(positions, [{"statement": id, **row} for id, (_, _, one) in placed for row in one.positions])
    writing.index("statement_words", [(id, *one.tokens) for id, (_, _, one) in placed])
    return ids


def end_rows(writing: Writing, table: Any, column: str, ids: Iterable[int]) -> None:
    """Notes that rows count no longer."""
    writing.insert(table, [{column: id, "known_until": writing.commit} for id in ids])
