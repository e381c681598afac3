"""Articles: items and their versions, and what of them is still to be read."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, exists, func, or_, select

from legation.records import Report, Text
from legation.store.records import Added, PendingText, Version
from legation.store.rows import clean, clean_or_none, packed, unpacked, unpacked_report
from legation.store.schema import events, items, reading_repeats, readings, statements, texts, versions
from legation.store.sources import numbers_of_sources
from legation.store.view import View
from legation.store.words import tokens_of
from legation.store.writing import Writing


@dataclass(slots=True)
class _Newest:
    """The newest version of an item."""

    version: int
    number: int
    digest: str


def key_of(version: Version) -> str:
    """What makes two articles the same item: the key they came with, their address, what their archive calls them, or
    their words."""
    text = version.text
    if version.key:
        return clean(version.key)
    if text.url:
        return clean(text.url.partition("#")[0])
    if text.id:
        return clean(f"{version.source or text.source or ''}#{text.id}")
    return f"text:{sha256_of(text.body)}"


def sha256_of(body: str) -> str:
    """SHA-256 of a text, as reports have it."""
    return hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest()


def digest_of(text: Text) -> str:
    """What is equal where title and words are, however they are spaced."""
    plain = "\0".join(" ".join((part or "").split()) for part in (text.title, text.body))
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def add_versions(writing: Writing, found: Sequence[Version]) -> list[Added]:
    """Keeps articles; what became of each, in their order."""
    keys = [key_of(version) for version in found]
    known = _known_items(writing, keys)
    newest = _newest_versions(writing, list(known.values()))
    own = numbers_of_sources(writing, [version.source for version in found if version.source])
    added: list[Added] = []
    new_items: list[dict[str, Any]] = []
    new: list[tuple[int, int, Added, Version, str]] = []
    for key, version in zip(keys, found, strict=True):
        digest = digest_of(version.text)
        if key not in known:
            known[key] = writing.number(items)
            new_items.append({"id": known[key], "key": key, "known_from": writing.commit})
        item = known[key]
        last = newest.get(item)
        if last and last.digest == digest:
            added.append(Added("known", item, last.version))
            continue
        number = last.number + 1 if last else 1
        newest[item] = _Newest(writing.number(versions), number, digest)
        added.append(Added("edited" if last else "new", item, newest[item].version))
        new.append((newest[item].version, number, added[-1], version, digest))
    writing.insert(items, new_items)
    of_text = _kept_texts(writing, [version.text.body for _, _, _, version, _ in new])
    writing.insert(
        versions,
        [
            {
                "id": id,
                "item": one.item,
                "number": number,
                "text": of_text[sha256_of(version.text.body)],
                "source": own.get(version.source or ""),
                **_facts(version),
                "digest": digest,
                "known_from": writing.commit,
            }
            for id, number, one, version, digest in new
        ],
    )
    writing.index(
        "article_words",
        [(id, tokens_of(version.text.title or ""), tokens_of(version.text.body)) for id, _, _, version, _ in new],
    )
    return added


def _facts(version: Version) -> dict[str, Any]:
    text = version.text
    return {
        "name": clean_or_none(text.id),
        "publisher": clean_or_none(text.source),
        "url": clean_or_none(text.url),
        "title": clean_or_none(text.title),
        "byline": clean_or_none(version.byline),
        "published": text.published,
        "published_basis": text.published_basis,
        "published_at": version.published_at,
        "language": text.language,
        "fetched": version.fetched,
        "notes": list(text.notes),
    }


def _known_items(writing: Writing, keys: Sequence[str]) -> dict[str, int]:
    return {row.key: row.id for row in writing.found(items.c.key, sorted(set(keys)), items.c.key, items.c.id)}


def _newest_versions(writing: Writing, wanted: Sequence[int]) -> dict[int, _Newest]:
    columns = (versions.c.item, versions.c.id, versions.c.number, versions.c.digest)
    found: dict[int, _Newest] = {}
    for row in writing.found(versions.c.item, wanted, *columns):
        last = found.get(row.item)
        if last is None or row.number > last.number:
            found[row.item] = _Newest(row.id, row.number, row.digest)
    return found


def _kept_texts(writing: Writing, bodies: Sequence[str]) -> dict[str, int]:
    """The number of each text by its SHA-256; one that is there already is not kept twice."""
    wanted = {sha256_of(body): body for body in bodies}
    kept = {row.sha256: row.id for row in writing.found(texts.c.sha256, list(wanted), texts.c.sha256, texts.c.id)}
    rows = []
    for sha256, body in wanted.items():
        if sha256 not in kept:
            kept[sha256] = writing.number(texts)
            rows.append({"id": kept[sha256], "sha256": sha256, "chars": len(body), "body": packed(body)})
    writing.insert(texts, rows)
    return kept


# ---------------------------------------------------------------- what comes out


def pending_texts(view: View, model_sha256: str, legation: str, most: int, after: int) -> list[PendingText]:
    """The newest versions of items that a model has not read in this version of Legation, by number."""
    chosen = (
        select(versions, texts.c.body)
        .join(texts, texts.c.id == versions.c.text)
        .where(versions.c.id > after, _is_pending(view, model_sha256, legation))
        .order_by(versions.c.id)
        .limit(most)
    )
    return [PendingText(row.id, row.item, _text(row)) for row in view.connection.execute(chosen)]


def count_pending(view: View, model_sha256: str, legation: str) -> int:
    """How many they are."""
    return _count(view, select(func.count()).select_from(versions).where(_is_pending(view, model_sha256, legation)))


def _count(view: View, chosen: Select[int]) -> int:
    return view.connection.execute(chosen).scalar() or 0


def _is_pending(view: View, model_sha256: str, legation: str) -> ColumnElement[bool]:
    repeated = select(1).where(reading_repeats.c.reading == readings.c.id, reading_repeats.c.legation == legation)
    read = select(1).where(
        readings.c.version == versions.c.id,
        readings.c.model_sha256 == model_sha256,
        or_(readings.c.legation == legation, exists(repeated)),
    )
    return and_(view.version_counts(), ~exists(read))


def report_of(view: View, version: int) -> Report | None:
    """The newest report of a version that was known."""
    chosen = (
        select(readings.c.report, texts.c.body)
        .join(versions, versions.c.id == readings.c.version)
        .join(texts, texts.c.id == versions.c.text)
        .where(readings.c.version == version, readings.c.known_from <= view.commit)
        .order_by(readings.c.id.desc())
        .limit(1)
    )
    row = view.connection.execute(chosen).first()
    return unpacked_report(row.report, unpacked(row.body)) if row else None


def text_of(view: View, version: int) -> str:
    """The words of a version."""
    chosen = select(texts.c.body).join(versions, versions.c.text == texts.c.id).where(versions.c.id == version)
    return unpacked(view.connection.execute(chosen).scalar_one())


def count_read(view: View) -> int:
    """How many readings count: one of each item that was read."""
    return _count(view, select(func.count()).select_from(readings).where(view.reading_counts()))


def counts(view: View) -> dict[str, int]:
    """How many items, and how many readings, events and statements that count."""

    def told(table: Table, counting: ColumnElement[bool]) -> int:
        joined = select(func.count()).select_from(table.join(readings, readings.c.id == table.c.reading))
        return _count(view, joined.where(counting, view.reading_counts()))

    return {
        "articles": _count(view, select(func.count()).select_from(items).where(items.c.known_from <= view.commit)),
        "read": count_read(view),
        "events": told(events, view.event_counts()),
        "statements": told(statements, view.statement_counts()),
    }


def _text(row: Any) -> Text:
    return Text(
        unpacked(row.body),
        title=row.title,
        url=row.url,
        source=row.publisher,
        published=row.published,
        published_basis=row.published_basis,
        language=row.language,
        notes=tuple(row.notes),
        id=row.name,
    )
