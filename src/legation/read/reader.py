"""Text in, Reading out: blocks, sentences, words, and what the language model says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from legation.read.blocks import find_blocks
from legation.read.events import EventMarker
from legation.read.features import quote_states
from legation.read.lemmas import Lemmatizer
from legation.read.model import PREDICATE, Floats, LanguageModel, Scores
from legation.read.sentences import SentenceSplitter
from legation.read.spans import chances, decode_rows, spans_of
from legation.read.stances import StanceMarker
from legation.read.trees import decode_tree
from legation.read.words import split_words
from legation.records import Block, Frame, NamedSpan, Reading, Role, Sentence, Text, Token

TOUCHING_NAMES = 3.0
"""What it costs to cut a name in two ("Greater | Noida"): names without a word between them are rare."""
CHUNK = 6000
"""Words read at a time, so that a long text takes bounded memory."""
LONGEST = 400
"""Words of the longest sentence read as one: what is longer is a table, and a tree costs the square of it."""


@dataclass(frozen=True, slots=True)
class _Draft:
    """A sentence to be read: of which text, in which of its blocks, where its words stand, and whether a quotation was
    open before it."""

    text: int
    block: int
    words: list[tuple[int, int]]
    quoted: bool


class TextReader:
    """Reads texts with one model and one sentence splitter."""

    def __init__(self, model: LanguageModel, splitter: SentenceSplitter) -> None:
        self.model = model
        self.splitter = splitter
        self._lemmas = Lemmatizer.load()
        self._events = EventMarker(model.labels)
        self._stances = StanceMarker(model.labels)
        parts = [[_agreed(part, fine) for part in model.labels.upos] for fine in model.labels.xpos]
        self._parts = np.array(parts, dtype=object)

    @classmethod
    def load(cls, threads: int | None = None, *, thorough: bool = False) -> TextReader:
        """With the shipped model. `threads` None takes up to four of the machine's cores; `thorough` reads every
        sentence to the end."""
        return cls(LanguageModel.load(threads, thorough=thorough), SentenceSplitter.load())

    def read(self, text: Text) -> Reading:
        """The whole text: its blocks, and every sentence with words, tree, names and frames."""
        (reading,) = self.read_together([text])
        return reading

    def read_together(self, texts: Sequence[Text]) -> list[Reading]:
        """The same for several texts, which is faster than one after the other, and gives the same."""
        blocks = [find_blocks(text.body) for text in texts]
        drafts = [d for number, text in enumerate(texts) for d in self._drafts(number, text.body, blocks[number])]
        sentences: list[list[Sentence]] = [[] for _ in texts]
        for chunk in _chunks(drafts):
            for draft, sentence in zip(chunk, self._read_drafts(texts, chunk), strict=True):
                sentences[draft.text].append(sentence)
        return [
            Reading(text, own, tuple(found), self.model.info)
            for text, own, found in zip(texts, blocks, sentences, strict=True)
        ]

    def read_words(
        self, sentences: Sequence[Sequence[str]], predicates: Sequence[Sequence[int]] | None = None
    ) -> list[Sentence]:
        """Sentences whose words are known, for measuring; offsets count in the words joined by blanks.

        `predicates` gives the predicates of each sentence by word index, instead of the model's own.
        """
        found = []
        for number, (forms, scores) in enumerate(
            zip(sentences, self.model.scores(sentences, None, predicates), strict=True)
        ):
            ends = list(accumulate(len(form) + 1 for form in forms))
            words = [(end - len(form) - 1, end - 1) for form, end in zip(forms, ends, strict=True)]
            tokens = self._tokens(list(forms), words, scores)
            names, frames = self._names([scores])[0], self._frames([scores])[0]
            events, stances = self._events.read([scores])[0], self._stances.read([scores])[0]
            found.append(Sentence(0, words[-1][1], number, tokens, names, frames, events, stances))
        return found

    def _drafts(self, text: int, body: str, blocks: Sequence[Block]) -> Iterator[_Draft]:
        for number, block in enumerate(blocks):
            words = split_words(body, block.start, block.end)
            inside = False
            for part in _parts(words, self.splitter.split(body, block, words)):
                yield _Draft(text, number, part, inside)
                _, inside = quote_states([body[s:e] for s, e in part], inside)

    def _read_drafts(self, texts: Sequence[Text], drafts: list[_Draft]) -> list[Sentence]:
        forms = [[texts[draft.text].body[s:e] for s, e in draft.words] for draft in drafts]
        scores = self.model.scores(forms, [draft.quoted for draft in drafts])
        return [
            Sentence(
                draft.words[0][0],
                draft.words[-1][1],
                draft.block,
                self._tokens(row, draft.words, found),
                names,
                frames,
                events,
                stances,
            )
            for draft, row, found, names, frames, events, stances in zip(
                drafts,
                forms,
                scores,
                self._names(scores),
                self._frames(scores),
                self._events.read(scores),
                self._stances.read(scores),
                strict=True,
            )
        ]

    def _tokens(self, forms: list[str], words: list[tuple[int, int]], scores: Scores) -> tuple[Token, ...]:
        labels, lemma_of = self.model.labels, self._lemmas.lemma
        heads = decode_tree(scores.arcs)
        relations = scores.rels[range(len(heads)), [head + 1 for head in heads]].tolist()
        xpos = [labels.xpos[tag] for tag in scores.xpos.tolist()]
        upos = self._parts[scores.xpos, scores.upos].tolist()
        return tuple(
            Token(
                start,
                end,
                form,
                lemma_of(form, part, labels.lemma[rule]),
                part,
                fine,
                head,
                "root" if head < 0 else labels.deprel[relation],
            )
            for form, (start, end), part, fine, rule, head, relation in zip(
                forms, words, upos, xpos, scores.lemma.tolist(), heads, relations, strict=True
            )
        )

    def _names(self, scores: list[Scores]) -> list[tuple[NamedSpan, ...]]:
        rows = [found.names for found in scores]
        decoded = decode_rows(rows, TOUCHING_NAMES)
        return [
            tuple(NamedSpan(s, e, label, min(sure[s:e])) for s, e, label in spans_of(tags, self.model.labels.names))
            for tags, sure in zip(decoded, chances(rows, decoded), strict=True)
        ]

    def _frames(self, scores: list[Scores]) -> list[tuple[Frame, ...]]:
        labels = self.model.labels
        predicates = [[(word, row) for word, kind, row in found.frames if kind == PREDICATE] for found in scores]
        cues = [[(said.word, said.parts) for said in found.said if said.cue] for found in scores]
        read = zip(scores, _roles(predicates, labels.roles), _roles(cues, labels.parts), strict=True)
        return [
            tuple(
                sorted(
                    (
                        *(Frame("predicate", word, roles, float(found.predicate[word])) for word, roles in own),
                        *(Frame("attribution", word, roles, float(found.cue[word])) for word, roles in said),
                    ),
                    key=lambda f: (f.word, f.kind),
                )
            )
            for found, own, said in read
        ]


def _roles(
    frames: Sequence[Sequence[tuple[int, Floats]]], labels: tuple[str, ...]
) -> Iterator[list[tuple[int, tuple[Role, ...]]]]:
    """Of each sentence the words of its frames, each with its roles, from scores of tags [N, tags]."""
    decoded = iter(decode_rows([row for own in frames for _, row in own]))
    for own in frames:
        yield [(word, tuple(Role(*span) for span in spans_of(next(decoded), labels))) for word, _ in own]


def _agreed(upos: str, xpos: str) -> str:
    """The part of speech, VERB where the finer tag is a verb's and the coarse one is not: of 48,117 such words in the
    treebanks seven have another."""
    return "VERB" if xpos.startswith("VB") and upos not in ("VERB", "AUX") else upos


def _parts(words: list[tuple[int, int]], ranges: Sequence[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """The words of each sentence, one longer than LONGEST cut."""
    for start, end in ranges:
        for at in range(start, end, LONGEST):
            yield words[at : min(at + LONGEST, end)]


def _chunks(drafts: list[_Draft]) -> Iterator[list[_Draft]]:
    """Drafts in order, about CHUNK words at a time."""
    chunk: list[_Draft] = []
    size = 0
    for draft in drafts:
        if chunk and size + len(draft.words) > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(draft)
        size += len(draft.words)
    if chunk:
        yield chunk
