"""Our own event corpus, `corpus/events`: read, written, proven whole, and made into training examples.

    python -m training.event_corpus check
    python -m training.event_corpus add-invented DRAFT... | add-real DRAFT... --places FILE

`invented.jsonl` holds text and annotation; `real.jsonl` holds annotation alone, for sentences that are read from
their own corpora (see `training.event_sources`). Spans are (start, end) in code points of the sentence, end exclusive.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from legation.read.words import split_words
from training.corpora import Example, GoldEvent, read_jsonl
from training.event_drafts import CONTEXTS, STATUSES, Draft, DraftError, Event, Party, Span, is_code, modes
from training.event_drafts import read_invented as read_invented_drafts
from training.event_drafts import read_real as read_real_drafts
from training.event_sources import sentence_text

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "events"
SPLITS = ("train", "dev", "test")


class EventCorpusError(Exception):
    """A record that is not what the guidelines want."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence; `group` is the theme of an invented one and the document of a real one.

    `set` and `key` say where a real sentence stands; both are empty for an invented one.
    """

    id: str
    group: str
    split: str
    text: str
    events: tuple[Event, ...]
    set: str = ""
    key: str = ""


LATEST = "plain-"
"""How the themes begin that came last (`docs/decisions/0039`)."""
NEWEST = 21
"""From which number on, the last part of their names, these are unknown to the weights that ship."""
SHORT = FOLDER / "short.jsonl"
"""Short invented sentences, for training alone: the vocabulary of events."""


def is_newest(theme: str) -> bool:
    """Whether a theme came after the weights that ship had learned events."""
    return theme.startswith(LATEST) and int(theme.rsplit("-", 1)[1]) >= NEWEST


def read_invented(path: Path = FOLDER / "invented.jsonl") -> list[Sentence]:
    """The invented sentences, in order."""
    return [
        Sentence(r["id"], r["theme"], r["split"], r["text"], tuple(map(_event, r["events"]))) for r in _records(path)
    ]


def read_real(path: Path = FOLDER / "real.jsonl") -> list[Sentence]:
    """The real sentences, their text taken from their corpora. Raises EventCorpusError where a text has changed."""
    found = []
    for record in _records(path):
        text = sentence_text(record["set"], record["document"], record["key"])
        if digest(text) != record["sha256"]:
            raise EventCorpusError(f"{record['id']}: its text in {record['set']} is another than was annotated")
        events = tuple(map(_event, record["events"]))
        found.append(
            Sentence(record["id"], record["document"], record["split"], text, events, record["set"], record["key"])
        )
    return found


def part_of(split: str) -> list[Sentence]:
    """The sentences of a part: invented, short and real."""
    return [s for s in (*read_invented(), *read_invented(SHORT), *read_real()) if s.split == split]


def digest(text: str) -> str:
    """The first twelve digits of a text's SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def _event(record: Mapping[str, Any]) -> Event:
    actor, recipient = (
        tuple(Party((p["start"], p["end"]), p.get("code")) for p in record[role]) for role in ("actor", "recipient")
    )
    return Event(
        tuple(record["trigger"]), record["type"], record["mode"], actor, recipient, record["status"],
        tuple(record["contexts"]), _span(record.get("date")), _span(record.get("place")),
    )  # fmt: skip


def _span(value: Sequence[int] | None) -> tuple[int, int] | None:
    return (value[0], value[1]) if value else None


# ---------------------------------------------------------------- writing


def write(sentences: Iterable[Sentence], path: Path) -> None:
    """Writes sentences one a line; a real one without its text, with the text's digest."""
    lines = [json.dumps(_record(sentence), ensure_ascii=False) for sentence in sentences]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _record(sentence: Sentence) -> dict[str, Any]:
    events = [_event_record(event, invented=not sentence.set) for event in sentence.events]
    if not sentence.set:
        head = {"id": sentence.id, "theme": sentence.group, "split": sentence.split, "text": sentence.text}
    else:
        head = {
            "id": sentence.id, "set": sentence.set, "document": sentence.group, "key": sentence.key,
            "split": sentence.split, "sha256": digest(sentence.text),
        }  # fmt: skip
    return {**head, "events": events}


def _event_record(event: Event, *, invented: bool) -> dict[str, Any]:
    record: dict[str, Any] = {"trigger": event.trigger, "type": event.type, "mode": event.mode}
    for role, parties in (("actor", event.actor), ("recipient", event.recipient)):
        record[role] = [
            {"start": p.span[0], "end": p.span[1], **({"code": p.code} if invented else {})} for p in parties
        ]
    record |= {"status": event.status, "contexts": event.contexts}
    return record | ({"date": event.date, "place": event.place} if invented else {})


# ---------------------------------------------------------------- proving


def faults(sentences: Iterable[Sentence]) -> Iterator[str]:
    """What is wrong: spans outside the text or with blank edges, unknown codes, groups in two splits, ids twice."""
    seen: set[str] = set()
    splits: dict[str, str] = {}
    for sentence in sentences:
        if sentence.id in seen:
            yield f"{sentence.id} is there twice"
        seen.add(sentence.id)
        if sentence.split not in SPLITS:
            yield f"{sentence.id}: no split {sentence.split}"
        if splits.setdefault(sentence.group, sentence.split) != sentence.split:
            yield f"{sentence.id}: {sentence.group} is in two splits"
        for event in sentence.events:
            yield from (f"{sentence.id}: {fault}" for fault in _event_faults(event, sentence))


def _event_faults(event: Event, sentence: Sentence) -> Iterator[str]:
    parties = (*event.actor, *event.recipient)
    for span in (event.trigger, *(p.span for p in parties), event.date, event.place):
        if span and (not 0 <= span[0] < span[1] <= len(sentence.text) or _blank_edge(sentence.text[slice(*span)])):
            yield f"span {span}"
    if event.type not in modes() or (event.mode and event.mode not in modes()[event.type]):
        yield f"type {event.type}.{event.mode}"
    if event.status not in STATUSES:
        yield f"status {event.status}"
    if not CONTEXTS.issuperset(event.contexts) or len(set(event.contexts)) != len(event.contexts):
        yield f"contexts {event.contexts}"
    if not parties:
        yield "neither actor nor recipient"
    for party in parties:
        if not sentence.set and (party.code is None or not is_code(party.code)):
            yield f"code {party.code}"
    if len(split_words(sentence.text[slice(*event.trigger)], 0, event.trigger[1] - event.trigger[0])) == 0:
        yield "an empty trigger"


def _blank_edge(text: str) -> bool:
    return text != text.strip()


# ---------------------------------------------------------------- for training


def examples_of(sentences: Iterable[Sentence]) -> Iterator[Example]:
    """Sentences as training examples, their events on words."""
    for sentence in sentences:
        words = split_words(sentence.text, 0, len(sentence.text))
        events = tuple(_on_words(event, words) for event in sentence.events)
        yield _example(f"events-{sentence.id}", sentence.text, words, events)


def _example(
    name: str, text: str, words: Sequence[Span], events: tuple[GoldEvent, ...], *, whole: bool = True
) -> Example:
    forms = tuple(text[start:end] for start, end in words)
    spaces = tuple(end < len(text) and text[end].isspace() for _, end in words)
    return Example(name, forms, spaces, events=events, events_whole=whole)


LIGHT = frozenset(
    """said says announced claims issued launched staged began held made took has have had will would was were is are to
    opened continued signed""".split()
)
"""Words that the codebook marks beside the one that carries the act."""


def codebook_examples(path: Path) -> Iterator[Example]:
    """PLOVER's own coded examples: one event each, so that no other word is known to have none.

    The marked words of an event are several; its trigger is the first that is not a light verb.
    """
    for record in read_jsonl(path):
        text = record["text"]
        words = split_words(text, 0, len(text))
        spans = [(s["label"], (s["start"], s["end"])) for s in record["spans"] if s["start"] is not None]
        marked = [i for label, span in spans if label == "EVT" for i in range(*words_of(span, words))]
        triggers = [i for i in marked if text[slice(*words[i])].lower() not in LIGHT]
        if not triggers:
            continue
        roles = [(ROLES[label], *words_of(span, words)) for label, span in spans if label in ROLES]
        event = GoldEvent(triggers[0], record["event_plover16"], None, False, None, None, tuple(roles))
        yield _example(f"codebook-{record['id']}", text, words, (event,), whole=False)


ROLES = {"SRC": "ACTOR", "SRC/TAR": "ACTOR", "TAR": "RECIPIENT"}


def _on_words(event: Event, words: Sequence[tuple[int, int]]) -> GoldEvent:
    roles = [
        (role, *words_of(party.span, words))
        for role, parties in (("ACTOR", event.actor), ("RECIPIENT", event.recipient))
        for party in parties
    ]
    return GoldEvent(
        words_of(event.trigger, words)[0], event.type, event.mode, True, event.status, event.contexts, tuple(roles)
    )


def words_of(span: tuple[int, int], words: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The range of words that a span of characters touches; at least one word."""
    touched = [i for i, (start, end) in enumerate(words) if start < span[1] and span[0] < end]
    if not touched:
        raise EventCorpusError(f"no word stands at {span}")
    return touched[0], touched[-1] + 1


# ---------------------------------------------------------------- the command


def split_of(group: str) -> str:
    """The part that a document or theme belongs to unless one is named for it, drawn from its name: 80, 10 and 10 %."""
    draw = int(hashlib.sha256(f"legation {group}".encode()).hexdigest()[:8], 16) % 20
    return "test" if draw < 2 else "dev" if draw < 4 else "train"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("check", help="prove all files whole and count them")
    invented = verbs.add_parser("add-invented", help="add drafts of invented sentences")
    invented.add_argument("drafts", nargs="+", type=Path)
    real = verbs.add_parser("add-real", help="add drafts of real sentences")
    real.add_argument("drafts", nargs="+", type=Path)
    real.add_argument("--places", type=Path, required=True, help="JSON: id -> set, document, key")
    for verb, name in ((invented, "invented"), (real, "real")):
        verb.add_argument("--split", choices=SPLITS, help="the part all go to, in place of one drawn from each group")
        verb.add_argument("--into", type=Path, default=FOLDER / f"{name}.jsonl", metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        if options.verb == "check":
            return _check()
        found = _added_invented(options) if options.verb == "add-invented" else _added_real(options)
    except (EventCorpusError, DraftError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{found} sentences added")
    return 0


def _check() -> int:
    parts = {"invented": read_invented(), "short": read_invented(SHORT), "real": read_real()}
    wrong = [fault for sentences in parts.values() for fault in faults(sentences)]
    for fault in wrong:
        print(fault, file=sys.stderr)
    for name, sentences in parts.items():
        for split in SPLITS:
            own = [s for s in sentences if s.split == split]
            print(f"{name} {split}: {len(own)} sentences, {sum(len(s.events) for s in own)} events")
    return 1 if wrong else 0


def _added_invented(options: argparse.Namespace) -> int:
    path: Path = options.into
    kept = read_invented(path) if path.exists() else []
    new = [
        Sentence("", draft.theme, options.split or split_of(draft.theme), draft.text, draft.events)
        for file in options.drafts
        for draft in _whole(read_invented_drafts(file.read_text(encoding="utf-8").splitlines()))
    ]
    numbered = [replace(s, id=f"{path.stem}-{n:04d}") for n, s in enumerate(new, len(kept) + 1)]
    _write_whole([*kept, *numbered], path)
    return len(new)


def _added_real(options: argparse.Namespace) -> int:
    path: Path = options.into
    kept = read_real(path) if path.exists() else []
    places: dict[str, list[str]] = json.loads(options.places.read_text(encoding="utf-8"))
    new: list[Sentence] = []
    for file in options.drafts:
        lines = file.read_text(encoding="utf-8").splitlines()
        named = {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}
        texts = {name: " ".join(sentence_text(*places[name][:3]).split()) for name in places if name in named}
        for draft in _whole(read_real_drafts(lines, texts)):
            name, document, key = places[draft.id][:3]
            text = sentence_text(name, document, key)
            events = tuple(_unfolded(event, text) for event in draft.events)
            number = f"{path.stem}-{len(kept) + len(new) + 1:04d}"
            split = options.split or split_of(document)
            new.append(Sentence(number, document, split, text, events, name, key))
    _write_whole([*kept, *new], path)
    return len(new)


def _write_whole(sentences: Sequence[Sentence], path: Path) -> None:
    """Writes sentences that are proved whole. Raises EventCorpusError, before anything is written, where one is not."""
    for fault in faults(sentences):
        raise EventCorpusError(fault)
    write(sentences, path)


def _whole(items: Iterable[Draft | DraftError]) -> list[Draft]:
    drafts = []
    for item in items:
        if isinstance(item, DraftError):
            raise item
        drafts.append(item)
    return drafts


def _unfolded(event: Event, text: str) -> Event:
    """The event with its spans in `text`, from spans in the same text with every run of blanks made one."""
    places = [at for at, c in enumerate(text) if not (c.isspace() and (at == 0 or text[at - 1].isspace()))]

    def moved(span: Span) -> Span:
        return places[span[0]], places[span[1] - 1] + 1

    def all_moved(parties: tuple[Party, ...]) -> tuple[Party, ...]:
        return tuple(replace(p, span=moved(p.span)) for p in parties)

    return replace(
        event, trigger=moved(event.trigger), actor=all_moved(event.actor), recipient=all_moved(event.recipient)
    )


if __name__ == "__main__":
    raise SystemExit(main())
