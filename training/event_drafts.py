"""Reads annotations as people write them (`corpus/events/GUIDELINES.md`, part 8) and proves every span and code.

    python -m training.event_drafts FILE...

prints what is wrong, line by line, and counts; with nothing wrong the exit code is 0.
"""

from __future__ import annotations

import argparse
import collections
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import get_args

from legation.coding.entries import SECTORS
from legation.coding.names import STATELESS
from legation.coding.plover import load_plover
from legation.records import Status

STATUSES = get_args(Status)
CONTEXTS = frozenset(
    """military intelligence executive legislative election political_institutions pro_democracy pro_autocracy
    economic legal reparations human_rights rights_freedoms repression human_security gender lgbt religion_ethnicity
    inequality diplomatic territory peacekeeping health asylum migration disasters natural_resource environment
    technology terrorism cbrn cyber misinformation crime corruption illegal_drugs trafficking""".split()
)
MOST_CONTEXTS = 3

Span = tuple[int, int]
"""Start and end in code points, end exclusive."""


class DraftError(Exception):
    """A line that is not as the guidelines want it."""


@dataclass(frozen=True, slots=True)
class Party:
    """An actor or recipient: its span and, in the invented part, its code ("TUR.GOV"; "?" is unknown)."""

    span: Span
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One annotated event; all spans count in the sentence."""

    trigger: Span
    type: str
    mode: str | None
    actor: tuple[Party, ...]
    recipient: tuple[Party, ...]
    status: str
    contexts: tuple[str, ...]
    date: Span | None = None
    place: Span | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with its events; `id` for a real one, `theme` for an invented one."""

    id: str
    theme: str
    text: str
    events: tuple[Event, ...]


def read_real(lines: Sequence[str], texts: Mapping[str, str]) -> Iterator[Draft | DraftError]:
    """Drafts of real sentences in the order of `texts`; an error stands for each line that is wrong or missing."""
    events: dict[str, list[Event]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, _, rest = line.strip().partition(" ")
        try:
            if name not in texts:
                raise DraftError(f"no sentence {name}")
            found = events.setdefault(name, [])
            if rest.strip() != "-":
                found.append(read_event(rest, texts[name], invented=False))
        except DraftError as error:
            yield DraftError(f"line {number}: {error}: {line.strip()}")
    for name, text in texts.items():
        if name in events:
            yield Draft(name, "", text, tuple(events[name]))
        else:
            yield DraftError(f"{name} has no line")


def read_invented(lines: Sequence[str]) -> Iterator[Draft | DraftError]:
    """Drafts of invented sentences, with their themes."""
    theme, text, events, number = "", "", list[Event](), 0
    for at, line in enumerate([*lines, "T end"], 1):
        kind, rest = line[:2], line[2:].strip()
        if kind in ("S ", "T ") and text:
            number += 1
            yield Draft(f"{theme}-{number:03d}", theme, text, tuple(events))
            text, events = "", []
        if kind == "T ":
            theme, number = rest, 0
        elif kind == "S ":
            text = rest
        elif kind == "E ":
            try:
                events.append(read_event(rest, text, invented=True))
            except DraftError as error:
                yield DraftError(f"line {at}: {error}: {line.strip()}")
        elif line.strip() and not line.startswith("#"):
            yield DraftError(f"line {at}: not a T, S or E line: {line.strip()[:80]}")


def read_event(line: str, text: str, *, invented: bool) -> Event:
    """One event line. Raises DraftError."""
    fields = [field.strip() for field in line.split("|")]
    wanted = 8 if invented else 6
    if len(fields) != wanted:
        raise DraftError(f"{len(fields)} fields instead of {wanted}")
    kind, _, mode = fields[1].partition(".")
    if kind not in modes() or (mode and mode not in modes()[kind]):
        raise DraftError(f"no type {fields[1]}")
    if fields[4] not in STATUSES:
        raise DraftError(f"no status {fields[4]}")
    contexts = () if fields[5] == "-" else tuple(c.strip() for c in fields[5].split(","))
    if len(contexts) > MOST_CONTEXTS or not CONTEXTS.issuperset(contexts):
        raise DraftError(f"contexts {fields[5]}")
    actor, recipient = (tuple(_parties(field, text, invented)) for field in fields[2:4])
    trigger = find_span(fields[0], text)
    if " " in text[slice(*trigger)]:
        raise DraftError("the trigger is more than one word")
    if not actor and not recipient:
        raise DraftError("neither actor nor recipient")
    date, place = (None if f == "-" else find_span(f, text) for f in fields[6:8]) if invented else (None, None)
    return Event(trigger, kind, mode or None, actor, recipient, fields[4], contexts, date, place)


def _parties(field: str, text: str, coded: bool) -> Iterator[Party]:
    for part in [] if field == "-" else field.split(";"):
        match = re.fullmatch(r"\s*(.*?)\s*(?:\{(.*)\})?\s*", part)
        assert match is not None
        words, code = match.groups()
        if coded != (code is not None):
            raise DraftError(f"{words!r} has {'no' if coded else 'a'} code")
        if code is not None and not is_code(code):
            raise DraftError(f"code {code}")
        yield Party(find_span(words, text), code)


def is_code(code: str) -> bool:
    """Whether a code is well formed: a country or kind of body, then sectors; or sectors alone behind a dot; or "?"."""
    first, *sectors = code.split(".")
    known = not first or first in STATELESS or bool(re.fullmatch("[A-Z]{3}", first) and first not in SECTORS)
    return code == "?" or (known and SECTORS.issuperset(sectors) and bool(first or sectors))


def find_span(words: str, text: str) -> Span:
    """Where `words` stand in `text`, as whole words; "#2" behind them asks for the second place."""
    match = re.fullmatch(r"(.*?)(?:#(\d+))?", words.strip())
    assert match is not None
    wanted, number = match[1].strip(), int(match[2] or 1)
    if not wanted:
        raise DraftError("an empty span")
    edges = (r"(?<!\w)" if wanted[0].isalnum() else "", r"(?!\w)" if wanted[-1].isalnum() else "")
    places = [m.span() for m in re.finditer(edges[0] + re.escape(wanted) + edges[1], text)]
    if len(places) < number:
        raise DraftError(f"{words!r} is not in the sentence")
    return places[number - 1]


@cache
def modes() -> dict[str, frozenset[str]]:
    """The modes of each PLOVER type."""
    found: dict[str, set[str]] = collections.defaultdict(set)
    for kind, mode in load_plover().modes:
        found[kind].add(mode)
    return {kind: frozenset(named - {""}) for kind, named in found.items()}


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks files of drafts of invented sentences, or of real ones beside `--texts` (id, tab, sentence)."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--texts", type=Path, help="real sentences: a line each, id and text with a tab between them")
    options = parser.parse_args(arguments)
    wrong = 0
    for path in options.files:
        lines = path.read_text(encoding="utf-8").splitlines()
        found = list(read_real(lines, _texts(options.texts)) if options.texts else read_invented(lines))
        errors = [item for item in found if isinstance(item, DraftError)]
        wrong += len(errors)
        for error in errors[:60]:
            print(f"{path.name}: {error}", file=sys.stderr)
        print(_counts([item for item in found if isinstance(item, Draft)]))
    print(f"{wrong} errors")
    return 1 if wrong else 0


def _texts(path: Path) -> dict[str, str]:
    lines = path.read_text(encoding="utf-8").split("\n")
    return dict(line.split("\t", 1) for line in lines if line.strip() and not line.startswith("#"))


def _counts(drafts: Sequence[Draft]) -> str:
    events = [event for draft in drafts for event in draft.events]
    types = collections.Counter(e.type for e in events)
    status = collections.Counter(e.status for e in events)
    lengths = [len(d.text.split()) for d in drafts] or [0]
    shares = {f"over {n} words": sum(x > n for x in lengths) for n in (22, 35)}
    several = sum(len(d.events) > 1 for d in drafts)
    empty = sum(not d.events for d in drafts)
    return (
        f"{len(drafts)} sentences ({empty} without events, {several} with more than one, {shares}),\n"
        f"{len(events)} events\n"
        f"{dict(types.most_common())}\n{dict(status)}\n"
        f"modes: {dict(collections.Counter(f'{e.type}.{e.mode}' for e in events if e.mode).most_common())}"
    )


if __name__ == "__main__":
    raise SystemExit(main())
