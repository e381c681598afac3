"""Measures a store on a generated desk: how fast articles with reports are written, how soon questions are answered.

    python -m bench.store [--articles 200000] [--url postgresql://...] [--keep FOLDER] [--rounds 200] [--cpu]

An article has sentences of corpus/events/invented.jsonl, and its report the events that were marked in them, five on
average; what it tells as a whole makes no sense. Floors: 60 articles a second written, and 95 of 100 questions answered
in 300 ms. Exit code 0: both are met; 1: one is not.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from bench.articles import CORPUS, SEED, TOWNS
from legation.records import (
    ArticleInfo,
    Entity,
    EntitySpan,
    Event,
    EventDate,
    Magnitude,
    ModelInfo,
    Report,
    Span,
    Statement,
    Text,
)
from legation.store import Store
from legation.store.dialect import sqlite_url
from legation.store.events import EventQuery
from legation.store.records import Version
from legation.store.search import SearchQuery
from legation.store.writing import batched

MODEL = ModelInfo("bench", "1", "b" * 64)
SENTENCES, SOURCES, TOGETHER = (2, 7), 200, 64
FIRST_DAY, DAYS = date(2028, 1, 1), 1_100
WRITTEN, ANSWERED = 60.0, 0.3
COUNTED = "everybody who is named"
"""Counts all that is named on the desk: no floor holds for it."""
EARLY = 49
"""The last commit that is asked about as an earlier one."""


Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Made:
    """An article with its report."""

    version: Version
    report: Report


def generated(count: int) -> Iterator[Made]:
    """So many articles, day by day; the same ones each time."""
    with CORPUS.open(encoding="utf-8") as lines:
        known = [json.loads(line) for line in lines]
    rng = random.Random(SEED)
    for number in range(count):
        chosen = rng.choices(known, k=rng.randint(*SENTENCES))
        yield _article(number, chosen, FIRST_DAY + timedelta(days=number * DAYS // count), rng)


def _article(number: int, chosen: Sequence[dict[str, Any]], day: date, rng: random.Random) -> Made:
    head = f"{rng.choice(TOWNS)}, no. {number} - "
    body, at, sentences = head, len(head), []
    entities: dict[str, Entity] = {}
    events: list[Event] = []
    statements: list[Statement] = []
    for one in chosen:
        sentences.append((at, at + len(one["text"])))
        body += one["text"] + " "
        for event in one["events"]:
            events.append(_event(event, one["text"], at, len(sentences) - 1, len(events) + 1, entities, day))
        if " said " in one["text"]:
            statements.append(_statement(one["text"], at, len(statements) + 1, entities))
        at = len(body)
    title = " ".join(chosen[0]["text"].split()[:9])
    url, source = f"https://source-{number % SOURCES}.example/{number}", f"Source {number % SOURCES}"
    info = ArticleInfo(
        f"bench-{number}", url, title, source, day.isoformat(), "en", sha256(body.encode()).hexdigest(), len(body)
    )
    report = Report(
        info, MODEL, body, tuple(sentences), tuple(entities.values()), tuple(events), tuple(statements)
    )  # fmt: skip
    return Made(Version(Text(body, title, url, source, day, "page", "en")), report)


def _event(
    event: dict[str, Any], text: str, at: int, sentence: int, number: int, entities: dict[str, Entity], day: date
) -> Event:
    def side(role: str) -> tuple[EntitySpan, ...]:
        return tuple(_party(party, text, at, entities) for party in event[role])

    start, end = event["trigger"]
    return Event(
        f"e{number}",
        event["type"],
        event["mode"],
        tuple(event["contexts"]),
        event["status"],
        None,
        "verbal cooperation",
        1.0,
        Span(at + start, at + end, text[start:end]),
        sentence,
        side("actor"),
        side("recipient"),
        EventDate(day.isoformat(), "day", "published") if event["date"] else None,
        None,
        Magnitude(),
        None,
        0.8,
    )


def _party(party: dict[str, Any], text: str, at: int, entities: dict[str, Entity]) -> EntitySpan:
    start, end = party["start"], party["end"]
    words = text[start:end]
    country, *sectors = (party.get("code") or "").split(".")
    span = Span(at + start, at + end, words)
    key = f"n{len(entities) + 1}"
    known = next((one for one in entities.values() if one.name == words), None)
    if known is None:
        place = country if len(country) == 3 else None
        entities[key] = Entity(key, words, "group", place, place, tuple(sectors), None, None, "context", (span,))
    return EntitySpan(known.id if known else key, span.start, span.end, words)


def _statement(text: str, at: int, number: int, entities: dict[str, Entity]) -> Statement:
    cue = text.index(" said ") + 1
    speaker = next(iter(entities.values()), None)
    who = EntitySpan(speaker.id, speaker.mentions[0].start, speaker.mentions[0].end, speaker.name) if speaker else None
    content = (Span(at + cue + 5, at + len(text), text[cue + 5 :]),)
    return Statement(
        f"s{number}", who, Span(at + cue, at + cue + 4, "said"), content, "indirect", "state", None, None, None, (), 0.9
    )


# ---------------------------------------------------------------- measuring


def write(store: Store, count: int, clock: Clock) -> float:
    """Writes so many articles with their reports; seconds that the store took, the making of them left out."""
    seconds, written, events = 0.0, 0, 0
    for some in batched(generated(count), TOGETHER):
        begun = clock()
        store.add_articles([(one.version, one.report) for one in some])
        seconds += clock() - begun
        written += len(some)
        events += sum(len(one.report.events) for one in some)
        if written % 10_000 < len(some):
            print(f"{written:,} articles, {events:,} events, {written / seconds:.0f} articles/s", flush=True)
    return seconds


def asked(rng: random.Random, commits: int) -> dict[str, Callable[[Store], object]]:
    """One question of each kind, about other things each time, to a desk of so many commits."""
    with CORPUS.open(encoding="utf-8") as lines:
        known = [json.loads(line) for line in lines]

    def words() -> str:
        text: list[str] = rng.choice(known)["text"].split()
        at = rng.randrange(max(1, len(text) - 2))
        kinds = (text[at], " ".join(text[at : at + 2]), '"' + " ".join(text[at : at + 2]) + '"')
        return rng.choice(kinds) + " minister" * rng.randrange(2)

    def pair() -> tuple[str, str]:
        while True:
            events = rng.choice(known)["events"]
            for event in events:
                codes = [(party.get("code") or "")[:3] for party in (*event["actor"], *event["recipient"])]
                if len(codes) > 1 and all(len(code) == 3 and code.isalpha() for code in codes):
                    return codes[0], codes[-1]

    def day() -> date:
        return FIRST_DAY + timedelta(days=rng.randrange(DAYS))

    early = min(EARLY, commits)
    return {
        "search": lambda store: store.search(SearchQuery(words())),
        "search of everything for one word of all": lambda store: store.search(SearchQuery("government")),
        "pair": lambda store: store.events(EventQuery(between=pair())),
        "pair, from a day on": lambda store: store.events(EventQuery(between=pair(), since=day())),
        "day": lambda store: store.events(EventQuery(since=(one := day()), until=one)),
        "actor": lambda store: store.events(EventQuery(actor=pair()[0])),
        "type and country": lambda store: store.events(EventQuery(type="AID", country=pair()[0])),
        COUNTED: lambda store: store.entities(),
        "as of a commit": lambda store: store.events(EventQuery(between=pair()), as_of=rng.randint(1, early)),
    }


def measured(store: Store, rounds: int, clock: Clock) -> dict[str, list[float]]:
    """The seconds of each kind of question, in order; the kinds by turns, so that none has all its pages at hand."""
    rng = random.Random(SEED)
    found: dict[str, list[float]] = {}
    last = store.last_commit()
    questions = asked(rng, last.id if last else 0)
    for _ in range(rounds):
        for kind, ask in questions.items():
            begun = clock()
            try:
                ask(store)
            except Exception as error:
                if "nothing to look for" not in str(error):
                    raise
            found.setdefault(kind, []).append(clock() - begun)
    return {kind: sorted(times) for kind, times in found.items()}


def main() -> int:
    """Makes a desk, measures, and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--url", help="an empty PostgreSQL database")
    parser.add_argument("--keep", type=Path, help="make the desk here, or measure the one that is here")
    parser.add_argument(
        "--cpu", action="store_true", help="seconds of this process alone, where others crowd the cores"
    )
    options = parser.parse_args()
    clock = time.process_time if options.cpu else time.perf_counter
    with tempfile.TemporaryDirectory() as name:
        path = (options.keep or Path(name)) / "desk.db"
        url = options.url or sqlite_url(path)
        rate = None
        if not path.exists():
            Store.create(url)[0].close()
            with Store.open(url) as store:
                rate = options.articles / write(store, options.articles, clock)
        with Store.open(url) as store:
            print(store.counts(), f"{store.health()['bytes'] / 1e6:,.0f} MB")
            times = measured(store, options.rounds, clock)
    if rate is not None:
        print(f"written: {rate:.0f} articles/s (floor {WRITTEN:.0f})")
    slowest = 0.0
    for kind, found in times.items():
        p50, p95 = (found[int(len(found) * share)] for share in (0.5, 0.95))
        slowest = max(slowest, p95 if kind != COUNTED else 0.0)
        print(f"{kind:<45} p50 {p50 * 1000:7.1f} ms   p95 {p95 * 1000:7.1f} ms   worst {found[-1] * 1000:7.1f} ms")
    return 0 if slowest <= ANSWERED and (rate is None or rate >= WRITTEN) else 1


if __name__ == "__main__":
    sys.exit(main())
