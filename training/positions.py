"""The statements of `corpus/positions` as training examples: attributions, acts, sides and attitudes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from training.attribution import Splitter, cue_head, disjoint, sentences_of
from training.corpora import Example, GoldFrame, GoldStance
from training.position_corpus import Record, Span
from training.real_statements import RealSentence, Said, said_of

SIDES = {"for": "FOR", "against": "AGAINST", "mixed": "MIXED"}
ATTITUDES = {"praises": "PRAISED", "blames": "BLAMED"}


def stance_examples(records: Sequence[Record], split: Splitter) -> Iterator[Example]:
    """The sentences of the records; `split` gives the word offsets of each sentence of a text.

    A statement stands at its cue, and at the first word of every sentence without a cue in which its content goes on.
    """
    for record in records:
        yield from _sentences(f"positions-{record.id}", record.text, list(map(said_of, record.statements)), split)


def real_examples(sentences: Sequence[RealSentence], split: Splitter) -> Iterator[Example]:
    """The same of real sentences."""
    for sentence in sentences:
        yield from _sentences(sentence.id, sentence.text, sentence.said, split)


def _sentences(name: str, text: str, statements: Sequence[Said], split: Splitter) -> Iterator[Example]:
    for number, (words, quoted) in enumerate(sentences_of(text, split)):
        yield _sentence(f"{name}-{number}", text, statements, words, quoted=quoted)


def _sentence(name: str, text: str, statements: Sequence[Said], words: list[Span], *, quoted: bool) -> Example:
    forms = tuple(text[s:e] for s, e in words)
    spaces = tuple(text[e : e + 1].isspace() for _, e in words)
    frames, stances = [], []
    for statement in statements:
        cue = _inside(statement.cue, words)
        content = [span for piece in statement.content if (span := _inside(piece, words))]
        if cue is not None:
            word = cue_head(forms, *cue)
            source = _inside(statement.speaker, words) if statement.speaker else None
            roles = [("CUE", *cue), *([("SOURCE", *source)] if source else []), *(("CONTENT", *c) for c in content)]
            frames.append(GoldFrame("attribution", word, disjoint(roles)))
            stances.append(_stance(word, statement.act, statement, words))
        elif content:
            stances.append(_stance(0, None, statement, words))
    return Example(name, forms, spaces, attributions=tuple(frames), stances=tuple(stances), quoted=quoted)


def _stance(word: int, act: str | None, statement: Said, words: Sequence[Span]) -> GoldStance:
    sides, toward = (
        [(labels[mark.kind], *span) for mark in marks if (span := _inside(mark.span, words))]
        for labels, marks in ((SIDES, statement.sides), (ATTITUDES, statement.toward))
    )
    return GoldStance(word, act, disjoint(sides), disjoint(toward))


def _inside(span: Span, words: Sequence[Span]) -> Span | None:
    """The words that a span of the text touches, as indices, end exclusive."""
    touched = [i for i, (start, end) in enumerate(words) if start < span[1] and end > span[0]]
    return (touched[0], touched[-1] + 1) if touched else None
