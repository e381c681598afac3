"""What sites ask of robots (RFC 9309), read by protego and kept for a day."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from legation.sources import Answer, Failure
from legation.system import drafts

if TYPE_CHECKING:
    from protego import Protego

AGENT = "Legation"
LONGEST_DELAY = 3_600.0

_FRESH = timedelta(hours=24)
_FRESH_AFTER_FAULT = timedelta(hours=1)
# RFC 9309, 2.4 and 2.3.1.4: a site whose rules cannot be had forbids everything, unless we knew its rules before.
_KEPT_THROUGH_FAULTS = timedelta(days=30)
_MOST_RULES = 500 * 1024


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks. `text` is its robots.txt, "" where it has none, None where it cannot be had (`fault`).

    `asked` is when it was asked for, `known` when the text was got.
    """

    text: str | None
    asked: datetime
    known: datetime | None = None
    fault: Failure | None = None

    def is_fresh(self, now: datetime) -> bool:
        """Whether they need not be asked for again. What is dated after `now` is from before a clock was set back."""
        age = now - self.asked
        return timedelta(0) <= age < (_FRESH if self.known == self.asked else _FRESH_AFTER_FAULT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many seconds a site wants between requests, and why an address may not be asked, None where it may."""

    delay: float = 0.0
    refusal: Failure | None = None


def rules_after(got: Answer | Failure, before: Rules | None, now: datetime) -> Rules:
    """The rules of a site after it was asked for its robots.txt.

    A site without one allows everything (any 4xx); where it fails, what was known stays for a month.
    """
    if isinstance(got, Answer):
        return Rules(got.content[:_MOST_RULES].decode("utf-8", "replace"), now, now)
    if got.status is not None and 400 <= got.status < 500 and got.status != 429:
        return Rules("", now, now)
    if before is not None and before.known is not None and now - before.known < _KEPT_THROUGH_FAULTS:
        return Rules(before.text, now, before.known)
    return Rules(None, now, fault=got)


def verdict(rules: Rules, parsed: Protego | None, url: str) -> Verdict:
    """What the rules of its site say of an address; `parsed` are the rules by protego, None without a text."""
    if parsed is None:
        fault = rules.fault or Failure("robots", "it was never got")
        message = f"{url} is not fetched, as the robots.txt of its site cannot be had: {fault.message}"
        return Verdict(refusal=replace(fault, message=message))
    rate = parsed.request_rate(AGENT)
    delays = (parsed.crawl_delay(AGENT) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0)
    delay = min(max(*delays, 0.0), LONGEST_DELAY)
    if parsed.can_fetch(url, AGENT):
        return Verdict(delay)
    message = f"{url} is not fetched: {_site(url)}/robots.txt asks robots not to."
    return Verdict(delay, Failure("robots", message))


class Robots:
    """The rules of all sites that are visited. Threads may share it; one of them asks, the others wait.

    `ask` gets a robots.txt, `clock` tells the time. With a `file` the rules outlive the process; a damaged one is
    begun anew.
    """

    def __init__(
        self, ask: Callable[[str], Answer | Failure], clock: Callable[[], datetime], file: Path | None = None
    ) -> None:
        self._ask, self._clock, self._file = ask, clock, file
        self._rules = _loaded(file) if file else {}
        self._parsed: dict[str, tuple[Rules, Protego | None]] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._changed = False

    def verdict(self, url: str) -> Verdict:
        """Whether `url` may be asked now. Gets the rules of its site where they are not known or old."""
        site = _site(url)
        with self._guard:
            lock = self._locks.setdefault(site, threading.Lock())
        with lock:
            rules = self._rules.get(site)
            now = self._clock()
            if rules is None or not rules.is_fresh(now):
                rules = rules_after(self._ask(f"{site}/robots.txt"), rules, now)
                self._rules[site] = rules
                self._changed = True
            return verdict(rules, self._protego(site, rules), url)

    def save(self) -> None:
        """Keeps the rules in the file, whole or not at all. Raises OSError."""
        if self._file is None or not self._changed:
            return
        with self._guard:
            kept = {site: _kept(rules) for site, rules in sorted(self._rules.items()) if rules.known}
            with drafts() as made:
                made.beside(self._file).write_text(json.dumps(kept), encoding="utf-8")
            self._changed = False

    def _protego(self, site: str, rules: Rules) -> Protego | None:
        held = self._parsed.get(site)
        if held is None or held[0] is not rules:
            held = self._parsed[site] = (rules, _parse(rules.text))
        return held[1]


def _parse(text: str | None) -> Protego | None:
    from protego import Protego

    return None if text is None else Protego.parse(text)


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _loaded(file: Path) -> dict[str, Rules]:
    try:
        kept = json.loads(file.read_text(encoding="utf-8"))
        return {str(site): _rules(each) for site, each in kept.items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}


def _kept(rules: Rules) -> dict[str, str | None]:
    return {
        "text": rules.text,
        "asked": rules.asked.isoformat(),
        "known": rules.known.isoformat() if rules.known else None,
    }


def _rules(kept: dict[str, str]) -> Rules:
    return Rules(kept["text"], datetime.fromisoformat(kept["asked"]), datetime.fromisoformat(kept["known"]))
