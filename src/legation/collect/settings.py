"""How to collect: the table `collect` of a desk's settings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields

from legation.errors import UsageError

_CONTACT = re.compile(r"(?:https?://|mailto:)?[\x21-\x7e]+")


@dataclass(frozen=True, slots=True)
class CollectSettings:
    """How to collect.

    `contact` tells sites whom to write to, an address of the web or of mail. `workers` requests run at once,
    `at_once` of them to one host, `spacing` seconds apart. A request takes `seconds` at most and gives `max_bytes`.
    `robots` says that robots.txt counts; `allow_hosts` are hosts of a private network that may be visited.

    A round ends after `round_minutes`, and takes `items` new items of a source; of sitemaps and pages, which list
    everything a site ever had, what is not older than `days`. A failed item is tried `attempts` times; a got one is
    asked for again `revisit_hours` after it was first got, to notice edits. `run` begins a round every `every_minutes`.
    """

    contact: str | None = None
    workers: int = 16
    at_once: int = 2
    spacing: float = 0.5
    seconds: float = 30.0
    max_bytes: int = 20_000_000
    robots: bool = True
    allow_hosts: tuple[str, ...] = ()
    round_minutes: float = 60.0
    items: int = 200
    days: int = 14
    attempts: int = 5
    revisit_hours: tuple[float, ...] = (6.0, 24.0, 72.0)
    every_minutes: float = 30.0


def settings_of(table: Mapping[str, object]) -> CollectSettings:
    """The settings that a TOML table gives; what it leaves out stays as it is by default. Raises UsageError.

    >>> settings_of({"spacing": 2, "revisit_hours": [12]}).revisit_hours
    (12.0,)
    """
    known = {each.name: each for each in fields(CollectSettings)}
    for name in table:
        if name not in known:
            names = ", ".join(sorted(known))
            raise UsageError(f"There is no setting collect.{name}: the settings are {names}.", subject=name)
    return CollectSettings(**{name: _taken(name, value) for name, value in table.items()})  # type: ignore[arg-type]


def _taken(name: str, value: object) -> object:
    if name == "contact":
        if isinstance(value, str) and _CONTACT.fullmatch(value):
            return value
        raise _wrong(name, value, "an address of the web or of mail, without spaces")
    if name == "robots":
        if isinstance(value, bool):
            return value
        raise _wrong(name, value, "true or false")
    if name == "allow_hosts":
        if isinstance(value, list) and all(isinstance(each, str) and each for each in value):
            return tuple(value)
        raise _wrong(name, value, "a list of host names")
    if name == "revisit_hours":
        if isinstance(value, list) and all(_is_number(each) and each > 0 for each in value):
            return tuple(sorted(float(each) for each in value))
        raise _wrong(name, value, "a list of numbers above 0")
    return _number(name, value)


def _number(name: str, value: object) -> object:
    whole = name in ("workers", "at_once", "max_bytes", "items", "days", "attempts")
    least = 0 if name == "spacing" else 1 if whole else 0.01
    if _is_number(value) and value >= least and (not whole or isinstance(value, int)):  # type: ignore[operator]
        return value if whole else float(value)  # type: ignore[arg-type]
    raise _wrong(name, value, f"a {'whole ' if whole else ''}number, {least:g} or more")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _wrong(name: str, value: object, wanted: str) -> UsageError:
    return UsageError(f"The setting collect.{name} is {value!r}: give {wanted}.", subject=name)
