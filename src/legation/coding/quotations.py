"""Quotations of several sentences: where each begins and ends, and whose it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.coding.phrases import CLOSE, OPEN, STRAIGHT
from legation.coding.setting import Setting
from legation.records import Sentence, Span

MARK = re.compile(f"[{OPEN}{CLOSE}{STRAIGHT}]")

ANSWERED = re.compile(r"[,\s]*(came|was|is) (the|his|her|an?) (\w+ )?(answer|reply|retort|response|cry|shout)\b")
"""What stands behind the words of somebody else than who spoke last: “No,” came the reply."""

Piece = tuple[int, Span]
"""What of a quotation stands in one sentence, by its number."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A statement as far as quotations go: its number, the sentence and place of its cue, how far its content goes."""

    number: int
    sentence: int
    start: int
    reach: int


def quotations(setting: Setting) -> list[list[Piece]]:
    """The quotations of an article, each sentence by sentence, its marks counted.

    One that is still open when its paragraph ends goes on in the next if that begins with a mark; else it ends with
    the paragraph that its mark opens. A mark further on is missing its fellow or means something else, and what it
    opens ends with its sentence.
    """
    found: list[list[Piece]] = []
    open_since: int | None = None
    sentences = [phrases.sentence for phrases in setting.sentences]
    body = setting.sentences[0].body if sentences else ""
    for number, sentence in enumerate(sentences):
        at = sentence.start
        if open_since is not None and number and sentence.block != sentences[number - 1].block:
            if body[at : at + 1] not in (OPEN, STRAIGHT):
                found[-1] = _unclosed(found[-1], sentences)
                open_since = None
            else:
                at += 1
        begun = sentence.start if open_since is not None else None
        for place in (mark.start() for mark in MARK.finditer(body, at, sentence.end)):
            if begun is None and body[place] in (OPEN, STRAIGHT):
                begun = open_since = place
                found.append([])
            elif begun is not None and body[place] in (CLOSE, STRAIGHT):
                found[-1].append(_piece(number, begun, place + 1, body))
                begun = open_since = None
        if begun is not None:
            found[-1].append(_piece(number, begun, sentence.end, body))
    if open_since is not None:
        found[-1] = _unclosed(found[-1], sentences)
    return found


def _unclosed(pieces: list[Piece], sentences: Sequence[Sentence]) -> list[Piece]:
    """What a quotation without an end holds."""
    first, span = pieces[0]
    opens = not first or sentences[first - 1].block != sentences[first].block
    return pieces if opens and span.start == sentences[first].start else pieces[:1]


def _piece(number: int, start: int, end: int, body: str) -> Piece:
    return number, Span(start, end, body[start:end])


def owners(
    found: Sequence[Sequence[Piece]], cues: Sequence[Cue], setting: Setting
) -> Iterator[tuple[int | None, list[Piece]]]:
    """Whose each quotation is: the number of a statement, and the pieces of it outside the sentence of its cue.

    Those that are nobody's come with None and all their pieces.

    Its own is that of a statement whose cue stands beside it, in a sentence that it begins or ends in; else it is the
    turn of who spoke last before it in its paragraph. Nobody's is a quotation that opens a paragraph with no cue.
    """
    sentences = [phrases.sentence for phrases in setting.sentences]
    body = setting.sentences[0].body if sentences else ""
    last: tuple[int, Cue] | None = None
    by_sentence = _widest(cues, found)
    for pieces in found:
        first, end = pieces[0][0], pieces[-1][0]
        own = by_sentence.get(first) or by_sentence.get(end)
        if own is None and not ANSWERED.match(body, pieces[-1][1].end):
            own = _turn(first, by_sentence, last, sentences)
        if own is not None:
            last = (end, own)
            rest = [piece for piece in pieces if piece[0] != own.sentence]
            if rest:
                yield own.number, rest
        else:
            yield None, list(pieces)


def _turn(
    first: int, by_sentence: dict[int, Cue], last: tuple[int, Cue] | None, sentences: Sequence[Sentence]
) -> Cue | None:
    """The statement of the sentence before, in the same paragraph; else the one whose quotation ended there."""
    if not first or sentences[first - 1].block != sentences[first].block:
        return None
    if first - 1 in by_sentence:
        return by_sentence[first - 1]
    return last[1] if last is not None and last[0] == first - 1 else None


def _widest(cues: Sequence[Cue], found: Sequence[Sequence[Piece]]) -> dict[int, Cue]:
    """Of each sentence the statement whose content reaches furthest, of those whose cue no quotation holds."""
    inside = [span for pieces in found for _, span in pieces]
    free = [cue for cue in cues if not any(span.start <= cue.start < span.end for span in inside)]
    return {cue.sentence: cue for cue in sorted(free, key=lambda cue: cue.reach)}
