"""Text in, Reading out: blocks, sentences, words, and what the language model says of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from legation.read.blocks import find_blocks
from legation.read.events import EVENT, EventMarker
from legation.read.features import quote_states
from legation.read.lemmas import Lemmatizer
from legation.read.model import LanguageModel, Scores
from legation.read.sentences import SentenceSplitter
from legation.read.spans import certainty, decode_rows, spans_of
from legation.read.trees import decode_tree
from legation.read.words import split_words
from legation.records import Block, Frame, NamedSpan, Reading, Role, Sentence, Text, Token

TOUCHING_NAMES = 3.0
"""What it costs to cut a name in two ("Greater | Noida"): names without a word between them are rare."""
CHUNK = 6000
"""Words read at a time, so that a long text takes bounded memory."""
LONGEST = 400
"""Words of the longest sentence read as one: what is longer is a table, and a tree costs the square of it."""

_Draft = tuple[int, list[tuple[int, int]], bool]
"""Block index, word offsets, and whether a quotation was open before the sentence."""


class TextReader:
    """Reads texts with one model and one sentence splitter."""

    def __init__(self, model: LanguageModel, splitter: SentenceSplitter) -> None:
        self.model = model
        self.splitter = splitter
        self._lemmas = Lemmatizer.load()
        self._events = EventMarker(model.labels)

    @classmethod
    def load(cls, threads: int | None = None, *, thorough: bool = False) -> TextReader:
        """With the shipped model. `threads` None takes up to four of the machine's cores; `thorough` reads every
        sentence to the end."""
        return cls(LanguageModel.load(threads, thorough=thorough), SentenceSplitter.load())

    def read(self, text: Text) -> Reading:
        """The whole text: its blocks, and every sentence with words, tree, names and frames."""
        blocks = find_blocks(text.body)
        drafts = self._drafts(text.body, blocks)
        sentences: list[Sentence] = []
        for chunk in _chunks(drafts):
            sentences += self._read_drafts(text.body, chunk)
        return Reading(text, blocks, tuple(sentences), self.model.info)

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
            events = self._events.read([scores])[0]
            found.append(Sentence(0, words[-1][1], number, tokens, names, frames, events))
        return found

    def _drafts(self, body: str, blocks: Sequence[Block]) -> list[_Draft]:
        found: list[_Draft] = []
        for number, block in enumerate(blocks):
            words = split_words(body, block.start, block.end)
            inside = False
            for part in _parts(words, self.splitter.split(body, block, words)):
                found.append((number, part, inside))
                _, inside = quote_states([body[s:e] for s, e in part], inside)
        return found

    def _read_drafts(self, body: str, drafts: list[_Draft]) -> list[Sentence]:
        forms = [[body[s:e] for s, e in words] for _, words, _ in drafts]
        scores = self.model.scores(forms, [inside for *_, inside in drafts])
        return [
            Sentence(words[0][0], words[-1][1], block, self._tokens(row, words, found), names, frames, events)
            for (block, words, _), row, found, names, frames, events in zip(
                drafts,
                forms,
                scores,
                self._names(scores),
                self._frames(scores),
                self._events.read(scores),
                strict=True,
            )
        ]

    def _tokens(self, forms: list[str], words: list[tuple[int, int]], scores: Scores) -> tuple[Token, ...]:
        labels = self.model.labels
        heads = decode_tree(scores.arcs)
        xpos = [labels.xpos[tag] for tag in scores.xpos]
        upos = [_agreed(labels.upos[tag], fine) for tag, fine in zip(scores.upos, xpos, strict=True)]
        return tuple(
            Token(
                start,
                end,
                form,
                self._lemmas.lemma(form, upos[i], labels.lemma[scores.lemma[i]]),
                upos[i],
                xpos[i],
                head,
                "root" if head < 0 else labels.deprel[scores.rels[i, head + 1]],
            )
            for i, (form, (start, end), head) in enumerate(zip(forms, words, heads, strict=True))
        )

    def _names(self, scores: list[Scores]) -> list[tuple[NamedSpan, ...]]:
        rows = [found.names for found in scores]
        return [
            tuple(
                NamedSpan(s, e, label, certainty(values[s:e], tags[s:e]))
                for s, e, label in spans_of(tags, self.model.labels.names)
            )
            for values, tags in zip(rows, decode_rows(rows, TOUCHING_NAMES), strict=True)
        ]

    def _frames(self, scores: list[Scores]) -> list[tuple[Frame, ...]]:
        wanted = [[frame for frame in found.frames if frame[1] < EVENT] for found in scores]
        decoded = iter(decode_rows([roles for frames in wanted for *_, roles in frames]))
        result = []
        for found, chosen in zip(scores, wanted, strict=True):
            frames = []
            for word, kind, _ in chosen:
                roles = tuple(Role(s, e, label) for s, e, label in spans_of(next(decoded), self.model.labels.roles))
                score = float((found.predicate, found.cue)[kind][word])
                frames.append(Frame("attribution" if kind else "predicate", word, roles, score))
            result.append(tuple(sorted(frames, key=lambda f: (f.word, f.kind))))
        return result


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
        if chunk and size + len(draft[1]) > CHUNK:
            yield chunk
            chunk, size = [], 0
        chunk.append(draft)
        size += len(draft[1])
    if chunk:
        yield chunk
