"""Reads annotated statements as people write them (`corpus/positions/GUIDELINES.md`): words become offsets.

A draft is a line of JSON in which speaker, cue, content, evidence and target are words of the text. Content must stand
once in the text. Evidence and target are looked for inside the content first, then in the whole text; of several
speakers or cues that fit, whole words only, the one nearest to the content is meant.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from training.position_corpus import Attitude, Position, Record, Span, Statement, part_of_issue


class DraftError(Exception):
    """A line that is not as the guidelines want it."""


def read_drafts(lines: Iterable[str]) -> Iterator[Record | DraftError]:
    """The records of drafts; an error stands for each line that is wrong."""
    for number, line in enumerate(lines, 1):
        try:
            yield record_of(json.loads(line))
        except (ValueError, KeyError, TypeError, DraftError) as error:
            yield DraftError(f"line {number}: {error}")


def record_of(draft: Mapping[str, Any]) -> Record:
    """A draft with offsets. Raises DraftError where its words are not in the text."""
    text: str = draft["text"]
    statements = tuple(_statement(text, own) for own in draft["statements"])
    return Record(draft["id"], draft["issue"], part_of_issue(draft["issue"]), text, statements)


def _statement(text: str, draft: Mapping[str, Any]) -> Statement:
    content = tuple(sorted(_only(text, words) for words in draft["content"]))
    if not content:
        raise DraftError("a statement has no content")
    cue = _nearest(text, draft["cue"], content)
    speaker = _nearest(text, draft["speaker"], (cue, *content))
    return Statement(
        speaker, cue, content, draft["act"],
        tuple(
            Position(p["issue"], p["option"], p["stance"], _inside(text, p["evidence"], content))
            for p in draft["positions"]
        ),
        tuple(
            Attitude(_inside(text, t["target"], content), t["attitude"], _inside(text, t["evidence"], content))
            for t in draft["toward"]
        ),
    )  # fmt: skip


def _only(text: str, words: str) -> Span:
    if text.count(words) != 1:
        raise DraftError(f"{words!r} stands {text.count(words)} times in the text")
    return text.index(words), text.index(words) + len(words)


def places_of(text: str, words: str) -> list[Span]:
    """Where words stand as whole words, however they are spaced."""
    pieces = r"\s+".join(map(re.escape, words.split()))
    before, after = (r"(?<!\w)" if words[:1].isalnum() else ""), (r"(?!\w)" if words[-1:].isalnum() else "")
    return [match.span() for match in re.finditer(before + pieces + after, text)] if pieces else []


def _any_places(text: str, words: str) -> list[Span]:
    """The same; anywhere at all where they do so nowhere. Raises DraftError where there is no such place."""
    found = places_of(text, words) or [match.span() for match in re.finditer(re.escape(words), text) if words]
    if not found:
        raise DraftError(f"{words!r} is not in the text")
    return found


def _nearest(text: str, words: str, to: Sequence[Span]) -> Span:
    """The place of words that is nearest to one of the spans, outside them if it can be."""
    return min(_any_places(text, words), key=lambda place: (_is_inside(place, to), distance(place, to)))


def _inside(text: str, words: str, content: Sequence[Span]) -> Span:
    return inside_or_nearest(_any_places(text, words), content)


def inside_or_nearest(places: Sequence[Span], content: Sequence[Span]) -> Span:
    """The first place inside the content, else the one nearest to it: the object of a cue lies outside."""
    return next((p for p in places if _is_inside(p, content)), min(places, key=lambda p: distance(p, content)))


def _is_inside(place: Span, spans: Sequence[Span]) -> bool:
    return any(start <= place[0] and place[1] <= end for start, end in spans)


def distance(place: Span, spans: Sequence[Span]) -> int:
    """Code points between a place and the nearest of the spans."""
    return min(max(start - place[1], place[0] - end, 0) for start, end in spans)
