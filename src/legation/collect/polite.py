"""Asking the web politely: robots.txt, validators, an honest name, and failures as values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol, cast

from legation.collect.address import IPAddress, Resolve, is_public, resolve
from legation.collect.http import Limits, get, user_agent
from legation.collect.pace import retry_after
from legation.collect.robots import Robots
from legation.collect.settings import CollectSettings
from legation.collect.web import ACCEPT_ARTICLE, is_article
from legation.errors import FetchError, TooLargeError
from legation.sources import Answer, Failure, FailureReason, Marks

ACCEPT_LISTING = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/xml;q=0.9,text/xml;q=0.9,"
    "application/json;q=0.8,text/html;q=0.5,*/*;q=0.1"
)
_ROBOTS_BYTES = 1_000_000
_TOO_MANY_REQUESTS = 429
_PAUSE_AFTER_TOO_MANY = 900.0
_BINARY = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked for: an address, whether a listing or an article, and the validators of what is known of it."""

    url: str
    listing: bool = False
    marks: Marks | None = None


class Fetch(Protocol):
    """Gets what is wished for. Many threads may call it at once."""

    def __call__(self, wish: Wish) -> Answer | Failure:
        """The answer, or why there is none; never raises for what a server does."""

    def delay(self, host: str) -> float:
        """Seconds that a host, which has been asked before, wants between requests; 0 for no wish."""


class PoliteFetch:
    """Fetches as the settings say. `allow` and `find` are those of `Limits`; `robots_file` keeps robots.txt files."""

    def __init__(
        self,
        settings: CollectSettings,
        *,
        allow: Callable[[IPAddress], bool] = is_public,
        find: Resolve = resolve,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        robots_file: Path | None = None,
    ) -> None:
        hosts = frozenset(host.lower() for host in settings.allow_hosts)
        self._limits = Limits(settings.seconds, settings.max_bytes, allow, hosts, find)
        self._agent = user_agent(settings.contact)
        self._clock = clock
        self._honour = settings.robots
        self._delays: dict[str, float] = {}
        self._robots = Robots(self._ask_rules, clock, robots_file)

    def __call__(self, wish: Wish) -> Answer | Failure:
        """The answer, or why there is none."""
        headers = {"User-Agent": self._agent, "Accept": ACCEPT_LISTING if wish.listing else ACCEPT_ARTICLE}
        headers.update(_conditions(wish.marks or {}))
        limits = replace(self._limits, check=self._check if self._honour else None)
        return self._get(wish.url, headers, limits, _is_listing if wish.listing else is_article)

    def delay(self, host: str) -> float:
        """Seconds that a host wants between requests, as far as it has been asked."""
        return self._delays.get(host, 0.0)

    def save(self) -> None:
        """Keeps the robots.txt files for the next round. What the disk cannot take is asked for again then."""
        with suppress(OSError):
            self._robots.save()

    def _get(
        self, url: str, headers: Mapping[str, str], limits: Limits, accept: Callable[[str | None], bool]
    ) -> Answer | Failure:
        try:
            return get(url, headers, limits, accept=accept)
        except TooLargeError as error:
            return Failure("too_large", str(error))
        except FetchError as error:
            pause = retry_after(error.retry_after, self._clock())
            if pause is None and error.status == _TOO_MANY_REQUESTS:
                pause = _PAUSE_AFTER_TOO_MANY
            return Failure(cast(FailureReason, error.reason), str(error), error.status, pause)

    def _ask_rules(self, url: str) -> Answer | Failure:
        limits = replace(self._limits, max_bytes=_ROBOTS_BYTES)
        return self._get(url, {"User-Agent": self._agent, "Accept": "text/plain,*/*;q=0.1"}, limits, lambda _: True)

    def _check(self, url: str) -> None:
        found = self._robots.verdict(url)
        self._delays[host_of(url)] = found.delay
        if found.refusal is not None:
            refusal = found.refusal
            raise FetchError(refusal.message, subject=url, reason=refusal.reason, status=refusal.status)


def host_of(url: str) -> str:
    """The host and port of an address: what limits hold for.

    >>> host_of("https://user@Courier.example:8443/world")
    'courier.example:8443'
    """
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2].lower()


def _conditions(marks: Mapping[str, str]) -> dict[str, str]:
    named = (("If-None-Match", "etag"), ("If-Modified-Since", "last_modified"))
    return {header: marks[name] for header, name in named if name in marks}


def _is_listing(media_type: str | None) -> bool:
    """Servers give feeds all sorts of types; the content decides."""
    return media_type is None or not media_type.startswith(_BINARY)
