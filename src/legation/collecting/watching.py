"""The sources of a desk: added, removed, listed with their health, taken in and given out as lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from legation.collect.declarations import repeated, sources_of, toml_of
from legation.collect.declarations import source_of as source_of_fields
from legation.collect.health import Health, health_of
from legation.collect.opml import opml_of, sources_of_opml
from legation.collecting.stored import check_of, declaration_of, source_of
from legation.errors import SourcesError, UsageError
from legation.sources import Source, SourceCheck
from legation.store import Store
from legation.system import bytes_of, text_of

# Most visits bring nothing: the last few tell how a source does now, and those that brought something its habits.
_LAST_CHECKS, _CHECKS_WITH_NEW = 30, 100


@dataclass(frozen=True, slots=True)
class Watched:
    """A source with its last visits, the oldest first, and what they say of it."""

    source: Source
    checks: tuple[SourceCheck, ...]
    health: Health


def sources(store: Store) -> list[Source]:
    """The sources that are collected from, by name."""
    kinds = [found.declaration for found in store.sources() if found.declaration.kind != "import"]
    return [source_of(declaration) for declaration in kinds]


def named(store: Store, names: Sequence[str]) -> list[Source]:
    """The sources of these names or addresses, or with these tags ("#coast"). Raises UsageError for an unknown one."""
    all_of_them = sources(store)
    found: dict[str, Source] = {}
    for name in names:
        meant = [source for source in all_of_them if _is_meant(source, name)]
        if not meant:
            raise UsageError(f"The desk has no source {name}. `legation watch list` lists them.", subject=name)
        found.update((source.url, source) for source in meant)
    return list(found.values())


def _is_meant(source: Source, name: str) -> bool:
    if name.startswith("#"):
        return name[1:].casefold() in (tag.casefold() for tag in source.tags)
    return name == source.url or name.casefold() == source.name.casefold()


def add(store: Store, new: Sequence[Source]) -> list[Source]:
    """Adds sources, or declares anew those of an address that is there; those that changed something.

    Raises UsageError where two would have one name.
    """
    there = {source.url: source for source in sources(store)}
    together = {**there, **{source.url: source for source in new}}
    for fault in repeated(together.values()):
        raise UsageError(f"{fault} Give one of them another name with --name.")
    changed = [source for source in new if there.get(source.url) != source]
    store.declare([declaration_of(source) for source in changed])
    return changed


def add_one(store: Store, given: Mapping[str, object]) -> tuple[Source, bool]:
    """Adds the source of these fields, and whether that changed something. Of an address that is there, what is not
    given stays; a source without a name is called after its host, or after its whole address where that is taken.

    Raises UsageError for what cannot be meant.
    """
    source, others = source_of_fields(given), sources(store)
    before = next((other for other in others if other.url == source.url), None)
    if not given.get("name"):
        taken = {other.name.casefold() for other in others if other.url != source.url}
        free = source.name if source.name.casefold() not in taken else source.url
        source = replace(source, name=before.name if before else free)
    whole = _merged(source, before)
    return whole, bool(add(store, [whole]))


def remove(store: Store, names: Sequence[str]) -> list[Source]:
    """Takes sources away, by name, address or tag; what they gave stays. Raises UsageError for an unknown one."""
    found = named(store, names)
    store.withdraw([source.url for source in found])
    return found


def watched(store: Store, chosen: Sequence[Source], now: datetime) -> list[Watched]:
    """Sources with their last visits and their health."""
    found = []
    for source in chosen:
        checks = _checks(store, source.url)
        found.append(Watched(source, checks, health_of(checks, now)))
    return found


def _checks(store: Store, source: str) -> tuple[SourceCheck, ...]:
    last = store.checks(source, _LAST_CHECKS)
    with_new = store.checks(source, _CHECKS_WITH_NEW, with_new=True)
    older = [check for check in with_new if check not in last]
    return tuple(check_of(check) for check in (*older, *last))


def import_file(store: Store, path: Path, tags: Sequence[str] = ()) -> tuple[list[Source], list[str]]:
    """Adds the sources of an OPML or TOML file, whichever it is; which changed something, and what was left out, a
    sentence each. Sources that are there keep what a list of feeds does not know. Raises SourceNotFoundError, and
    SourcesError for a file that cannot be read or taken."""
    content = bytes_of(path, SourcesError)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<"):
        found, left_out = sources_of_opml(content, str(path))
    else:
        found, left_out = sources_of(text_of(path, SourcesError), str(path)), []
    there = {source.url: source for source in sources(store)}
    tagged = [replace(source, tags=tuple(dict.fromkeys((*source.tags, *tags)))) for source in found]
    return add(store, [_merged(source, there.get(source.url)) for source in tagged]), left_out


def export(chosen: Sequence[Source], form: str) -> str:
    """Sources as a file for other programs ("opml") or for people ("toml"). Raises UsageError for another form."""
    if form == "toml":
        return toml_of(chosen)
    if form == "opml":
        return opml_of(chosen).decode("utf-8")
    raise UsageError(f"There is no form {form!r}: give opml or toml.", subject=form)


def _merged(new: Source, old: Source | None) -> Source:
    """A source as a file has it, with what the desk knows and the file does not say."""
    if old is None:
        return new
    return replace(
        new,
        country=new.country or old.country,
        language=new.language or old.language,
        type=new.type or old.type,
        reliability=new.reliability or old.reliability,
        owner=new.owner or old.owner,
        tags=tuple(dict.fromkeys((*old.tags, *new.tags))),
        links=new.links or old.links,
    )
