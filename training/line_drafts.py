"""Adds statements of given sentences to `corpus/positions/real.jsonl`, as annotators write them: a line for each.

    python -m training.line_drafts DRAFT... --places FILE

FILE is JSON: the set, document and key of each sentence that was read, with statements or without, by its key in the
drafts. A line has six fields, whose words become offsets:

    key | source | cue | content | act | marks

Pieces of content stand between " // "; of a long piece the first and the last words are enough, with " ... " between.
Marks are "-" or, between "; ", sides with their evidence ("for: ...", "against: ...", "mixed: ...") and those whom the
speaker "praises: ..." or "blames: ...". A source may be "-". Of several places that fit, the source and the cue nearest
to each other and to the content are meant.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import product
from pathlib import Path

from evals.events import overlap
from training.event_sources import sentence_text
from training.position_corpus import ACTS, ATTITUDES, STANCES, Span
from training.position_drafts import DraftError, distance, inside_or_nearest, places_of
from training.real_statements import REAL, Mark, RealSentence, Said, part_of_document, read_real, write_real

FIELDS = 6
NOTHING, CUT = "-", " ... "


def key_of(line: str) -> str:
    """The key of a line: which sentence it is about."""
    return line.partition(" | ")[0].strip()


def said_in(text: str, line: str) -> Said:
    """The statement of a line about that text. Raises DraftError where it is not as it should be."""
    fields = [field.strip() for field in line.split(" | ")]
    if len(fields) != FIELDS:
        raise DraftError(f"{len(fields)} fields where {FIELDS} are wanted")
    _, source, cue, content, act, marks = fields
    if act not in ACTS:
        raise DraftError(f"{act!r} is no act")
    pieces = _pieces(text, content)
    speaker, said = _source_and_cue(text, source, cue, pieces)
    sides, toward = _marks(text, marks, pieces)
    return Said(speaker, said, tuple(pieces), act, sides, toward)


def _pieces(text: str, content: str) -> list[Span]:
    found: list[Span] = []
    for words in content.split(" // "):
        free = [place for place in _found(text, words) if not any(overlap(place, other) for other in found)]
        if not free:
            raise DraftError(f"{words!r} stands twice in the content")
        behind = [place for place in free if found and place[0] >= found[-1][1]]
        found.append((behind or free)[0])
    return sorted(found)


def _source_and_cue(text: str, source: str, cue: str, content: Sequence[Span]) -> tuple[Span | None, Span]:
    cues = _found(text, cue)
    if source == NOTHING:
        return None, min(cues, key=lambda place: (distance(place, content), place))
    pairs = product(_found(text, source), cues)

    def rank(pair: tuple[Span, Span]) -> tuple[bool, int, Span]:
        speaker, said = pair
        return overlap(speaker, said), distance(speaker, [said]) + distance(said, content), said

    return min(pairs, key=rank)


def _marks(text: str, marks: str, content: Sequence[Span]) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    found: dict[bool, list[Mark]] = {True: [], False: []}
    for mark in marks.split("; ") if marks != NOTHING else ():
        kind, _, words = mark.partition(": ")
        if kind not in (*STANCES, *ATTITUDES):
            raise DraftError(f"{kind!r} is no side, praise or blame")
        found[kind in STANCES].append(Mark(kind, inside_or_nearest(_found(text, words.strip()), content)))
    return tuple(found[True]), tuple(found[False])


def _found(text: str, words: str) -> list[Span]:
    """Where words stand, those cut short in the middle as well."""
    places = places_of(text, words)
    if not places and CUT in words:
        head, _, rest = words.partition(CUT)
        tails = places_of(text, rest.rpartition(CUT)[2])
        ends = [(start, [end for at, end in tails if at >= start]) for start, _ in places_of(text, head)]
        places = [(start, later[0]) for start, later in ends if later]
    if not places:
        raise DraftError(f"{words!r} is not in the text")
    return places


# ---------------------------------------------------------------- adding


def add(drafts: Iterable[str], places: Mapping[str, Mapping[str, str]], path: Path = REAL) -> list[DraftError]:
    """Adds all sentences of `places` with the statements of the lines `drafts`; what is wrong with these is left out
    and told."""
    texts = {key: sentence_text(place["set"], place["document"], place["key"]) for key, place in places.items()}
    found: dict[str, list[Said]] = {key: [] for key in places}
    wrong = []
    for line in filter(str.strip, drafts):
        key = key_of(line)
        try:
            if key not in texts:
                raise DraftError("it is about no sentence that was read")
            found[key].append(said_in(texts[key], line))
        except DraftError as error:
            wrong.append(DraftError(f"{line[:60].strip()}: {error}"))
    kept = read_real(path) if path.exists() else []
    new = []
    for number, (key, place) in enumerate(places.items(), len(kept) + 1):
        name, document, own = place["set"], place["document"], place["key"]
        split = part_of_document(document)
        new.append(RealSentence(f"real-{number:05}", split, name, document, own, texts[key], tuple(found[key])))
    write_real([*kept, *new], path)
    return wrong


def main() -> int:
    """Adds the lines of files; the exit code is 1 where some were wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("drafts", nargs="+", type=Path)
    parser.add_argument("--places", type=Path, required=True)
    options = parser.parse_args()
    lines = [line for path in options.drafts for line in path.read_text(encoding="utf-8").splitlines()]
    wrong = add(lines, json.loads(options.places.read_text(encoding="utf-8")))
    for error in wrong:
        print(error)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
