"""Statements of real sentences (`corpus/positions/real.jsonl`): annotation alone, the text stays in its own corpus.

    python -m training.real_statements

proves every span and code, and counts; with nothing wrong the exit code is 0. `training.line_drafts` adds to it.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.event_corpus import digest
from training.event_sources import sentence_text
from training.position_corpus import ACTS, ATTITUDES, FOLDER, STANCES, Span, Statement, span_faults

REAL = FOLDER / "real.jsonl"


@dataclass(frozen=True, slots=True)
class Mark:
    """A side with its evidence, or whom the speaker praises or blames."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Said:
    """One annotated statement; nobody is named as its speaker where `speaker` is None."""

    speaker: Span | None
    cue: Span
    content: tuple[Span, ...]
    act: str
    sides: tuple[Mark, ...]
    toward: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class RealSentence:
    """A sentence or passage, where it stands, and all statements in it; `split` is train or dev, by its document."""

    id: str
    split: str
    set: str
    document: str
    key: str
    text: str
    said: tuple[Said, ...]


def said_of(statement: Statement) -> Said:
    """A statement of our texts in the same shape: its sides without their issues and options."""
    return Said(
        statement.speaker, statement.cue, statement.content, statement.act,
        tuple(Mark(position.stance, position.evidence) for position in statement.positions),
        tuple(Mark(attitude.attitude, attitude.target) for attitude in statement.toward),
    )  # fmt: skip


class RealStatementError(Exception):
    """A sentence whose text is another than was annotated."""


def read_real(path: Path = REAL) -> list[RealSentence]:
    """All sentences, their text taken from their corpora. Raises RealStatementError where a text has changed."""
    with path.open(encoding="utf-8") as lines:
        return [_sentence(json.loads(line)) for line in lines]


def _sentence(record: Mapping[str, Any]) -> RealSentence:
    text = sentence_text(record["set"], record["document"], record["key"])
    if digest(text) != record["sha256"]:
        raise RealStatementError(f"{record['id']}: its text in {record['set']} is another than was annotated")
    said = tuple(map(_said, record["statements"]))
    place = record["set"], record["document"], record["key"]
    return RealSentence(record["id"], part_of_document(record["document"]), *place, text, said)


def part_of_document(document: str) -> str:
    """The split of a document: one in ten only measures."""
    return "dev" if int(digest(f"statements {document}"), 16) % 10 == 0 else "train"


def _said(record: Mapping[str, Any]) -> Said:
    return Said(
        _span(record["speaker"]) if record["speaker"] else None,
        _span(record["cue"]),
        tuple(map(_span, record["content"])),
        record["act"],
        tuple(Mark(kind, _span(span)) for kind, span in record["sides"]),
        tuple(Mark(kind, _span(span)) for kind, span in record["toward"]),
    )


def _span(value: Sequence[int]) -> Span:
    start, end = value
    return start, end


# ---------------------------------------------------------------- writing


def write_real(sentences: Iterable[RealSentence], path: Path = REAL) -> None:
    """Writes sentences one a line, without their text but with its digest."""
    lines = [json.dumps(_record(sentence), ensure_ascii=False) for sentence in sentences]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _record(sentence: RealSentence) -> dict[str, Any]:
    place = {"set": sentence.set, "document": sentence.document, "key": sentence.key}
    said = [
        {
            "speaker": one.speaker, "cue": one.cue, "content": one.content, "act": one.act,
            "sides": [(mark.kind, mark.span) for mark in one.sides],
            "toward": [(mark.kind, mark.span) for mark in one.toward],
        }
        for one in sentence.said
    ]  # fmt: skip
    return {"id": sentence.id} | place | {"sha256": digest(sentence.text), "statements": said}


# ---------------------------------------------------------------- proving


def faults(sentences: Iterable[RealSentence]) -> Iterator[str]:
    """What is wrong with the sentences, a sentence each."""
    ids: set[str] = set()
    for sentence in sentences:
        if sentence.id in ids:
            yield f"{sentence.id} stands twice"
        ids.add(sentence.id)
        for number, said in enumerate(sentence.said, 1):
            yield from (f"{sentence.id}, statement {number}: {fault}" for fault in _faults(sentence.text, said))


def _faults(text: str, said: Said) -> Iterator[str]:
    spans = [said.cue, *said.content, *(mark.span for mark in (*said.sides, *said.toward))]
    yield from span_faults(text, [*spans, said.speaker] if said.speaker else spans)
    if said.act not in ACTS:
        yield f"{said.act} is no act"
    for marks, kinds in ((said.sides, STANCES), (said.toward, ATTITUDES)):
        yield from (f"{mark.kind} is none of {', '.join(kinds)}" for mark in marks if mark.kind not in kinds)
    if not said.content:
        yield "it has no content"


def check() -> int:
    """Proves and counts."""
    sentences = read_real()
    wrong = list(faults(sentences))
    for fault in wrong:
        print(fault)
    every = [said for sentence in sentences for said in sentence.said]
    sides = Counter(mark.kind for said in every for mark in said.sides)
    silent = sum(not sentence.said for sentence in sentences)
    print(f"{len(sentences)} sentences, {silent} without a statement; {len(every)} statements, sides {dict(sides)}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(check())
