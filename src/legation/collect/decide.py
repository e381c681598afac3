"""What to do with what was listed and got: old state, new state and the time come in, intents and records go out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from legation.collect.identity import key_of, key_of_url, listed_digest, telling_guids
from legation.collect.listing.moments import is_ahead
from legation.collect.pace import LONGEST_WISH, pause_after
from legation.collect.settings import CollectSettings
from legation.records import Rejection, Text
from legation.sources import Answer, Failure, Item, ItemOutcome, ItemStatus, KnownItem, Marks, Source, SourceState

# What is to be asked for again later than any pause can last was reckoned before a clock was set back.
_NO_PAUSE_IS_LONGER = LONGEST_WISH + timedelta(days=1)
_FINAL = ("gone", "robots", "too_large", "type", "address")


@dataclass(frozen=True, slots=True)
class Listed:
    """An item as it was listed, with its identity. `guid` is None where the source's GUIDs tell nothing apart."""

    item: Item
    key: str
    guid: str | None


@dataclass(frozen=True, slots=True)
class Errand:
    """An item to be got: what is known of it comes along. `named` is False where no listing names it now."""

    listed: Listed
    known: KnownItem | None = None
    named: bool = True

    @property
    def key(self) -> str:
        """The identity of the item: the one it was first known by."""
        return self.known.key if self.known is not None else self.listed.key


def is_due(state: SourceState, now: datetime) -> bool:
    """Whether a source may be asked now."""
    return state.not_before is None or state.not_before <= now or state.not_before - now > _NO_PAUSE_IS_LONGER


def identified(items: Sequence[Item], source: Source) -> list[Listed]:
    """The items that have an identity, each once, as first listed."""
    telling = telling_guids(items)
    found: dict[str, Listed] = {}
    for item in items:
        key = key_of(item, source)
        if key is not None:
            found.setdefault(key, Listed(item, key, item.guid if item.guid in telling else None))
    return list(found.values())


def recent(items: Sequence[Item], source: Source, now: datetime, days: int) -> list[Item]:
    """Of a sitemap or page, which list all that a site ever had, what is not known to be older than `days`."""
    if source.kind not in ("sitemap", "page"):
        return list(items)
    oldest = now - timedelta(days=days)
    return [item for item in items if (item.updated or item.published or now) >= oldest]


def is_wanted(listed: Listed, known: KnownItem | None, now: datetime) -> bool:
    """Whether an item is to be got: a new one, one that is listed otherwise than before, or one whose time has come."""
    if known is None or known.listed != listed_digest(listed.item):
        return True
    at = known.next_try
    return at is not None and (at <= now or at - now > _NO_PAUSE_IS_LONGER)


def again(known: KnownItem) -> Errand:
    """The errand of an item that is asked for again though no listing names it now."""
    return Errand(Listed(Item(guid=known.guid, url=known.url), known.key, known.guid), known, named=False)


def digest_of(text: Text) -> str:
    """The digest of title and body: two texts with the same one are the same version."""
    return hashlib.sha256(f"{text.title or ''}\0{text.body}".encode("utf-8", "surrogatepass")).hexdigest()


def finished(text: Text, item: Item, now: datetime) -> Text:
    """A text with what only the listing knew. A date that lies ahead of the clock is none."""
    if text.published is not None:
        stated = datetime.combine(text.published, now.timetz())
        if is_ahead(stated, now):
            text = replace(text, published=None, published_basis=None)
    if text.published is None and item.published is not None:
        text = replace(text, published=item.published.date(), published_basis="listing")
    return text if text.title else replace(text, title=item.title)


def _known(errand: Errand, source: Source, now: datetime) -> KnownItem:
    """What is known of an item after it was listed again, its status still as it was."""
    item, known = errand.listed.item, errand.known
    if known is None:
        known = KnownItem(errand.listed.key, source.url, "failed", first_seen=now, last_seen=now)
    return replace(
        known,
        last_seen=max(now, known.last_seen),
        guid=errand.listed.guid or known.guid,
        url=item.url or known.url,
        listed=listed_digest(item) if errand.named else known.listed,
    )


def after_failure(
    errand: Errand, failure: Failure, source: Source, now: datetime, settings: CollectSettings, chance: float
) -> ItemOutcome:
    """What becomes of an item whose page could not be had: tried again later, or after enough tries given up."""
    known = _known(errand, source, now)
    attempts = known.attempts + (failure.reason != "later")
    if failure.reason in _FINAL or attempts >= settings.attempts:
        reason = Rejection("robots" if failure.reason == "robots" else "unreachable", failure.message)
        kept = replace(known, status="rejected", attempts=attempts, next_try=None)
        return ItemOutcome(kept, _bare(errand), rejection=reason)
    pause = max(pause_after(attempts, chance), timedelta(seconds=failure.retry_after or 0))
    kept = replace(known, status="failed", attempts=attempts, next_try=now + pause)
    return ItemOutcome(kept, _bare(errand), failure=failure)


def after_unchanged(
    errand: Errand, marks: Marks, source: Source, now: datetime, settings: CollectSettings
) -> ItemOutcome:
    """What becomes of an item whose page is as it was."""
    known = _known(errand, source, now)
    status: ItemStatus = "same" if known.digest else "rejected"
    kept = replace(known, status=status, attempts=0, marks=marks or known.marks, next_try=revisit(known, now, settings))
    return ItemOutcome(kept, _bare(errand))


def after_same_page(errand: Errand, other: KnownItem, source: Source, now: datetime) -> ItemOutcome:
    """What becomes of an item whose address leads to the page of another: it is that one."""
    page = other.page or other.key
    kept = replace(
        _known(errand, source, now),
        status="same",
        attempts=0,
        page=page if page != errand.key else None,
        same_as=other.key,
        digest=other.digest,
        next_try=None,
    )
    return ItemOutcome(kept, _bare(errand))


def after_reading(
    errand: Errand, answer: Answer | None, text: Text, source: Source, now: datetime, settings: CollectSettings
) -> ItemOutcome:
    """What becomes of an item whose words were got: a new version, the same as before, or a rejection.

    `answer` is None for an item whose content came with its listing; it is not asked for again.
    """
    known = replace(_known(errand, source, now), attempts=0)
    if known.same_as is not None:
        # It led to the page of another, and has one of its own now.
        known = replace(known, same_as=None, digest=None)
    if answer is not None:
        page = key_of_url(answer.url)
        known = replace(
            known,
            marks=answer.marks,
            page=page if page != errand.key else None,
            next_try=revisit(known, now, settings),
        )
    if text.rejected is not None:
        # A live ticker ends as an article; what else was rejected stays what it is until its listing changes.
        next_try = known.next_try if text.rejected.reason == "live" else None
        kept = replace(known, status="rejected", next_try=next_try)
        return ItemOutcome(kept, _bare(errand), rejection=text.rejected)
    whole = finished(text, errand.listed.item, now)
    digest = digest_of(whole)
    if digest == known.digest:
        return ItemOutcome(replace(known, status="same"), _bare(errand))
    return ItemOutcome(replace(known, status="version", digest=digest), _bare(errand), text=whole)


def revisit(known: KnownItem, now: datetime, settings: CollectSettings) -> datetime | None:
    """When to look at a page again for edits: ever later after it was first seen, and then no more."""
    times = (known.first_seen + timedelta(hours=hours) for hours in settings.revisit_hours)
    return next((at for at in times if at > now), None)


def _bare(errand: Errand) -> Item:
    return replace(errand.listed.item, content=None)
