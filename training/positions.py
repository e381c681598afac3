"""The corpus of positions (`corpus/positions`) as training examples: attributions, acts, sides and attitudes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from training.attribution import Splitter, cue_head, disjoint, sentences_of
from training.corpora import Example, GoldFrame, GoldStance
from training.position_corpus import Record, Span, Statement

SIDES = {"for": "FOR", "against": "AGAINST", "mixed": "MIXED"}
ATTITUDES = {"praises": "PRAISED", "blames": "BLAMED"}


def stance_examples(records: Sequence[Record], split: Splitter) -> Iterator[Example]:
    """The sentences of the records; `split` gives the word offsets of each sentence of a text.

    A statement stands at its cue, and at the first word of every sentence without a cue in which its content goes on.
    """
    for record in records:
        for number, (words, quoted) in enumerate(sentences_of(record.text, split)):
            yield _sentence(f"positions-{record.id}-{number}", record, words, quoted=quoted)


def _sentence(name: str, record: Record, words: list[Span], *, quoted: bool) -> Example:
    text = record.text
    forms = tuple(text[s:e] for s, e in words)
    spaces = tuple(text[e : e + 1].isspace() for _, e in words)
    frames, stances = [], []
    for statement in record.statements:
        cue = _inside(statement.cue, words)
        content = [span for piece in statement.content if (span := _inside(piece, words))]
        if cue is not None:
            word = cue_head(forms, *cue)
            source = _inside(statement.speaker, words)
            roles = [("CUE", *cue), *([("SOURCE", *source)] if source else []), *(("CONTENT", *c) for c in content)]
            frames.append(GoldFrame("attribution", word, disjoint(roles)))
            stances.append(_stance(word, statement.act, statement, words))
        elif content:
            stances.append(_stance(0, None, statement, words))
    return Example(name, forms, spaces, attributions=tuple(frames), stances=tuple(stances), quoted=quoted)


def _stance(word: int, act: str | None, statement: Statement, words: Sequence[Span]) -> GoldStance:
    sides = [(SIDES[p.stance], *span) for p in statement.positions if (span := _inside(p.evidence, words))]
    toward = [(ATTITUDES[t.attitude], *span) for t in statement.toward if (span := _inside(t.target, words))]
    return GoldStance(word, act, disjoint(sides), disjoint(toward))


def _inside(span: Span, words: Sequence[Span]) -> Span | None:
    """The words that a span of the text touches, as indices, end exclusive."""
    touched = [i for i, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
    return (touched[0], touched[-1] + 1) if touched else None
