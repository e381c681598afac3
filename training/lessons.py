"""What the teacher reads (`training.teacher`): all training sentences, and new ones made of invented ones."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch

from legation.coding.tables import load_countries
from legation.read.model import LanguageModel
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter
from training.augment import Pools, common_words, trigger_pools, varied, words_by_tag
from training.build import annotated_examples
from training.corpora import Example
from training.curve import SETS
from training.dataset import Encoder, Labels, collect_labels
from training.event_corpus import examples_of, part_of
from training.export import PACKAGE
from training.mpnet import encoder_of
from training.train import SEED, base_model
from training.words import split_paragraph

FOLDS = 4
"""Parts of the event corpus, each of which one network does not learn."""
VARIANTS = 2
"""New sentences made of each invented sentence with events."""
NEIGHBOURS, NEAR = 10, 0.4
"""Words that may stand for a common word: so many at most, of at least this cosine of their base vectors."""


@dataclass(frozen=True)
class Data:
    """What the teacher reads: sentences, the fold that leaves each out (-1 for none), new sentences, the dev part."""

    labels: Labels
    examples: list[Example]
    folds: list[int]
    new: list[Example]
    dev: list[Example]


def prepare() -> Data:
    """Gathers all sentences."""
    examples = annotated_examples(split_paragraph)
    unique = list({e.id: e for e in examples}.values())
    sentences = part_of("train")
    groups = {e.forms: s.group for e, s in zip(examples_of(sentences), sentences, strict=True)}
    folds = [_fold(groups.get(e.forms)) if e.events is not None and e.events_whole else -1 for e in unique]
    own = [e for e in unique if e.events and e.id.startswith((SETS["invented"], SETS["short"]))]
    return Data(collect_labels(examples), unique, folds, new_sentences(own, unique), list(examples_of(part_of("dev"))))


def _fold(group: str | None) -> int:
    return -1 if group is None else int(hashlib.sha256(f"fold {group}".encode()).hexdigest()[:8], 16) % FOLDS


def new_sentences(origins: Sequence[Example], every: Sequence[Example]) -> list[Example]:
    """VARIANTS of each of the origins; `id` is its origin's. Words come from `every` sentence."""
    reader = TextReader(LanguageModel(PACKAGE), SentenceSplitter.load())
    read = reader.read_words([e.forms for e in origins])
    tagged = [(e, [token.xpos for token in s.tokens]) for e, s in zip(origins, read, strict=True)]
    trees = [(e, [word.xpos for word in e.words]) for e in every if e.words is not None]
    pools = Pools(
        trigger_pools(tagged), neighbours(common_words(tagged)), name_pools(), words_by_tag([*tagged, *trees])
    )
    rng = random.Random(SEED)
    made = [varied(e, tags, pools, rng) for _ in range(VARIANTS) for e, tags in tagged]
    return [example for example in made if example is not None]


def neighbours(words: Sequence[tuple[str, str]]) -> dict[tuple[str, str], tuple[str, ...]]:
    """The words of the same tag whose base vectors are nearest to each word's, the mean of its pieces."""
    encoder = Encoder(base_model() / "tokenizer.json", collect_labels([]))
    table = encoder_of(base_model()).words.weight.detach()
    vectors = torch.stack([table[torch.tensor(encoder.pieces_of(word))].mean(0) for word, _ in words])
    vectors = torch.nn.functional.normalize(vectors - vectors.mean(0), dim=-1)
    tags = np.array([tag for _, tag in words])
    found = {}
    for tag in sorted(set(tags)):
        own = np.flatnonzero(tags == tag)
        near = vectors[own] @ vectors[own].T
        near.fill_diagonal_(0.0)
        values, places = near.topk(min(NEIGHBOURS, len(own) - 1))
        for row, word in enumerate(own.tolist()):
            kept = own[places[row][values[row] >= NEAR].numpy()].tolist()
            found[words[word]] = tuple(words[place][0] for place in kept)
    return found


def name_pools() -> tuple[dict[str, tuple[str, ...]], ...]:
    """States, peoples and capitals of one word, each of which may stand for another of its kind."""
    countries = load_countries()
    kinds = (
        [c.name for c in countries],
        [d.text for c in countries for d in c.demonyms],
        [c.text for country in countries for c in country.capitals],
    )
    pools = [tuple(sorted({name for name in names if name.isalpha()})) for names in kinds]
    return tuple(dict.fromkeys(pool, pool) for pool in pools)
