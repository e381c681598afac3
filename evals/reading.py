"""Reads sentences for measuring: gold words, each distinct sentence once for all tasks that ask for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Protocol

from legation.read.model import LanguageModel, Scores
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter
from legation.records import ModelInfo, Reading, Sentence, Text

SHIPPED = Path(str(resources.files("legation.data").joinpath("model")))
Words = tuple[str, ...]
Given = tuple[int, ...]
"""Word indices of the predicates that are given to the model."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """A sentence as it was read with given predicates, and the predicates the model found by itself."""

    sentence: Sentence
    predicates: frozenset[int]


class Reader(Protocol):
    """What is measured."""

    @property
    def info(self) -> ModelInfo:
        """Which model reads."""

    def read(self, text: Text) -> Reading:
        """An article, by the product's own way."""

    def read_thoroughly(self, text: Text) -> Reading:
        """The same as `legation code --thorough` reads it: with words that hardly tell an event."""

    def read_words(self, sentences: Sequence[Words], predicates: Sequence[Given]) -> list[SentenceReading]:
        """Sentences whose words are known; `predicates` gives for each those whose arguments are wanted."""


class _KeepingModel(LanguageModel):
    """A model that keeps its last scores: sentences do not carry the probability of a predicate."""

    kept: list[Scores]

    def scores(
        self,
        sentences: Sequence[Sequence[str]],
        quoted: Sequence[bool] | None = None,
        predicates: Sequence[Sequence[int]] | None = None,
    ) -> list[Scores]:
        self.kept = super().scores(sentences, quoted, predicates)
        return self.kept


class ModelReader:
    """The library's reader over the model in a folder. Raises ModelError where there is none."""

    def __init__(self, folder: Path = SHIPPED) -> None:
        self._folder = folder
        self._model = _KeepingModel(folder)
        self._reader = TextReader(self._model, SentenceSplitter.load())

    @property
    def info(self) -> ModelInfo:
        """Which model reads."""
        return self._model.info

    def read(self, text: Text) -> Reading:
        """An article, by the product's own way."""
        return self._reader.read(text)

    def read_thoroughly(self, text: Text) -> Reading:
        """The same as `legation code --thorough` reads it."""
        return self._thorough.read(text)

    @cached_property
    def _thorough(self) -> TextReader:
        return TextReader(LanguageModel.thorough(self._folder), SentenceSplitter.load())

    def read_words(self, sentences: Sequence[Words], predicates: Sequence[Given]) -> list[SentenceReading]:
        """Sentences whose words are known; the model's own predicates do not depend on the given ones."""
        found = self._reader.read_words(sentences, predicates)
        return [
            SentenceReading(sentence, frozenset((scores.predicate > 0.5).nonzero()[0].tolist()))
            for sentence, scores in zip(found, self._model.kept, strict=True)
        ]


class Readings:
    """Sentences read once, to be looked up by their words, and by the predicates given with them."""

    def __init__(self, reader: Reader, plain: Iterable[Words], with_predicates: Iterable[tuple[Words, Given]]) -> None:
        wanted = dict.fromkeys(with_predicates)
        known = {words for words, _ in wanted}
        wanted |= {(words, ()): None for words in plain if words not in known}
        found = reader.read_words([words for words, _ in wanted], [given for _, given in wanted])
        self._exact = dict(zip(wanted, found, strict=True))
        self._any = {words: reading for (words, _), reading in self._exact.items()}

    def of(self, words: Words) -> Sentence:
        """What the model makes of the words, whichever predicates it was given."""
        return self._any[words].sentence

    def given(self, words: Words, predicates: Given) -> SentenceReading:
        """What it makes of the words with these predicates."""
        return self._exact[words, predicates]
