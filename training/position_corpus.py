"""The corpus of statements with what their speakers do and where they stand (`corpus/positions`).

    python -m training.position_corpus

proves every span and code of it, and counts; with nothing wrong the exit code is 0.
"""

from __future__ import annotations

import collections
import hashlib
import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "positions"
ISSUES = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "issues.toml"
MATTERS = FOLDER / "matters.toml"
"""More matters than the library has, for training alone."""
ACTS = (
    "state", "accuse", "praise", "demand", "propose", "promise", "threaten", "warn", "deny", "reject", "agree", "ask",
    "predict",
)  # fmt: skip
STANCES = ("for", "against", "mixed")
ATTITUDES = ("praises", "blames")

Span = tuple[int, int]
"""Start and end in code points of the text, end exclusive."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where a speaker stands on an option of an issue, and the words that show it."""

    issue: str
    option: str
    stance: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Attitude:
    """Whom a speaker praises or blames, and the words that show it."""

    target: Span
    attitude: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Statement:
    """One annotated statement."""

    speaker: Span
    cue: Span
    content: tuple[Span, ...]
    act: str
    positions: tuple[Position, ...]
    toward: tuple[Attitude, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """A text and its statements; `split` is train, dev or test, by the issue it was written for."""

    id: str
    issue: str
    split: str
    text: str
    statements: tuple[Statement, ...]


def part_of_issue(issue: str) -> str:
    """The split of an issue: whole issues are held out, so that what is measured is no issue's own words."""
    draw = int(hashlib.sha256(f"legation positions {issue}".encode()).hexdigest()[:8], 16) % 10
    return "test" if draw < 2 else "dev" if draw == 2 else "train"


def options_of_issues(path: Path = ISSUES) -> dict[str, tuple[str, ...]]:
    """The options of every issue of the library, or of such a file."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {issue["id"]: tuple(option["id"] for option in issue["option"]) for issue in table["issue"]}


def read(path: Path = FOLDER / "statements.jsonl") -> list[Record]:
    """All records."""
    with path.open(encoding="utf-8") as lines:
        return [_record(json.loads(line)) for line in lines]


def write(records: Iterable[Record], path: Path) -> None:
    """Writes records, one a line."""
    lines = [json.dumps(asdict(record), ensure_ascii=False) for record in records]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _record(value: Mapping[str, Any]) -> Record:
    return Record(**{**value, "statements": tuple(map(_statement, value["statements"]))})


def _statement(value: Mapping[str, Any]) -> Statement:
    return Statement(
        _span(value["speaker"]),
        _span(value["cue"]),
        tuple(map(_span, value["content"])),
        value["act"],
        tuple(Position(**{**p, "evidence": _span(p["evidence"])}) for p in value["positions"]),
        tuple(Attitude(_span(t["target"]), t["attitude"], _span(t["evidence"])) for t in value["toward"]),
    )


def _span(value: Any) -> Span:
    start, end = value
    return int(start), int(end)


# ---------------------------------------------------------------- proving


def faults(records: Iterable[Record], options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """What is wrong with the records, a sentence each."""
    ids: set[str] = set()
    for record in records:
        if record.id in ids:
            yield f"{record.id} stands twice"
        ids.add(record.id)
        if record.issue not in options:
            yield f"{record.id}: {record.issue} is no issue"
        if record.split != part_of_issue(record.issue):
            yield f"{record.id}: it belongs to the part {part_of_issue(record.issue)}"
        for number, statement in enumerate(record.statements, 1):
            yield from (f"{record.id}, statement {number}: {f}" for f in _faults(record.text, statement, options))


def _faults(text: str, statement: Statement, options: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    spans = [statement.speaker, statement.cue, *statement.content]
    spans += [p.evidence for p in statement.positions]
    spans += [span for t in statement.toward for span in (t.target, t.evidence)]
    yield from span_faults(text, spans)
    if statement.act not in ACTS:
        yield f"{statement.act} is no act"
    for position in statement.positions:
        if position.option not in options.get(position.issue, ()):
            yield f"{position.issue}/{position.option} is no option"
        if position.stance not in STANCES:
            yield f"{position.stance} is no stance"
    for attitude in statement.toward:
        if attitude.attitude not in ATTITUDES:
            yield f"{attitude.attitude} is no attitude"
    if not statement.content:
        yield "it has no content"


def span_faults(text: str, spans: Iterable[Span]) -> Iterator[str]:
    """Which spans are no words of a text, a sentence each."""
    for start, end in spans:
        if not 0 <= start < end <= len(text) or text[start:end] != text[start:end].strip():
            yield f"{start} to {end} are no words of the text"


def main() -> int:
    """Proves and counts."""
    records = read()
    wrong = list(faults(records, options_of_issues() | options_of_issues(MATTERS)))
    for fault in wrong:
        print(fault)
    for split in ("train", "dev", "test"):
        own = [s for r in records if r.split == split for s in r.statements]
        stances = collections.Counter(p.stance for s in own for p in s.positions)
        print(
            f"{split}: {len(own)} statements, {sum(not s.positions for s in own)} without a position, {dict(stances)}"
        )
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
