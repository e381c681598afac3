"""Sources as the user declares them: TOML in, TOML out, each proved."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import get_args

from legation.collect.identity import joined
from legation.collect.listing import link_pattern
from legation.collect.local import LOCAL_KINDS
from legation.errors import SourcesError, UsageError
from legation.sources import Source, SourceKind

KINDS: tuple[str, ...] = get_args(SourceKind)
_FIELDS = tuple(each.name for each in fields(Source))
_COUNTRY = re.compile(r"[A-Z]{3}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def sources_of(text: str, name: str) -> list[Source]:
    """The sources of a TOML file, its tables `[[source]]`; `name` is that of the file. Raises SourcesError, which has
    a sentence for each thing that is wrong."""
    try:
        tables = tomllib.loads(text).get("source", [])
    except tomllib.TOMLDecodeError as error:
        raise SourcesError(f"{name} is not TOML: {error}.", subject=name) from error
    if not isinstance(tables, list):
        raise SourcesError(f"{name}: write each source as a table [[source]].", subject=name)
    found: list[Source] = []
    faults: list[str] = []
    for number, table in enumerate(tables, 1):
        try:
            found.append(source_of(table if isinstance(table, dict) else {}))
        except UsageError as error:
            faults.append(f"{name}, source {number}: {error}")
    faults += [f"{name}: {fault}" for fault in repeated(found)]
    if faults:
        raise SourcesError("\n".join(faults), subject=name)
    return found


def source_of(table: Mapping[str, object]) -> Source:
    """One source from the fields the user gave. Without a name it is called after its address. Raises UsageError."""
    for name in table:
        if name not in _FIELDS:
            raise UsageError(f"A source has no field {name}: the fields are {', '.join(_FIELDS)}.", subject=name)
    given = {name: _word(name, value) for name, value in table.items() if name != "tags"}
    url = given.get("url")
    if not url:
        raise UsageError("A source needs its url: the address of a feed, sitemap or page, or the path of a folder.")
    kind = given.get("kind") or "feed"
    _check_kind(kind, url)
    for name, pattern, wanted in (
        ("country", _COUNTRY, "three letters of ISO 3166-1, such as KEN"),
        ("language", _LANGUAGE, "a language tag, such as en or pt-BR"),
    ):
        value = given.get(name)
        if value and not pattern.fullmatch(value):
            raise UsageError(f"The {name} of {url} is {value!r}: give {wanted}.", subject=value)
    if given.get("links"):
        link_pattern(given["links"])
    texts = {name: given.get(name) or None for name in ("country", "language", "type", "reliability", "owner", "links")}
    return Source(given.get("name") or _name_of(url), url, kind, tags=_tags(table.get("tags", [])), **texts)  # type: ignore[arg-type]


def repeated(sources: Iterable[Source]) -> Iterator[str]:
    """A sentence for each address and each name that two sources have."""
    names: dict[str, str] = {}
    urls: dict[str, str] = {}
    for source in sources:
        if source.url in urls:
            yield f"{source.url} is there twice, as {urls[source.url]!r} and as {source.name!r}."
        elif source.name.casefold() in names:
            yield f"Two sources are called {source.name!r}: {names[source.name.casefold()]} and {source.url}."
        urls.setdefault(source.url, source.name)
        names.setdefault(source.name.casefold(), source.url)


def toml_of(sources: Sequence[Source]) -> str:
    """Sources as TOML, which `sources_of` reads back as they were."""
    return "\n".join(_table(source) for source in sources)


def _table(source: Source) -> str:
    lines = ["[[source]]"]
    for name in _FIELDS:
        value = getattr(source, name)
        if value and not (name == "kind" and value == "feed"):
            lines.append(f"{name} = {_toml(list(value) if name == 'tags' else value)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    # A string of JSON is one of TOML, but for DEL, which TOML wants escaped, and for halves of surrogate pairs.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _word(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise UsageError(f"The field {name} of a source is {value!r}: give words in quotation marks.", subject=name)
    if name == "links":
        return value
    return " ".join("".join(each for each in value if each.isprintable() or each.isspace()).split())


def _tags(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise UsageError(f"The tags of a source are {value!r}: give a list of words.", subject="tags")
    return tuple(dict.fromkeys(" ".join(each.split()) for each in value if each.strip()))


def _check_kind(kind: str, url: str) -> None:
    if kind not in KINDS:
        raise UsageError(f"There is no kind of source {kind!r}: the kinds are {', '.join(KINDS)}.", subject=kind)
    on_web = joined("", url) is not None
    if kind in LOCAL_KINDS and on_web:
        raise UsageError(f"{url} is an address, and a source of kind {kind} is a file or folder.", subject=url)
    if kind not in LOCAL_KINDS and not on_web:
        raise UsageError(
            f"{url} is not a web address: give one that begins with http:// or https://, or for a folder the kind "
            f"({', '.join(LOCAL_KINDS)}).",
            subject=url,
        )


def _name_of(url: str) -> str:
    host = url.partition("://")[2].partition("/")[0]
    return host.removeprefix("www.") or Path(url).name or url
