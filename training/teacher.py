"""The teacher: a larger network that learns events alone; the shipped model learns its chances beside the annotation.

    python -m training.teacher train --base FOLDER --run training/runs/teacher
    python -m training.teacher label --base FOLDER --run training/runs/teacher

`train` takes MPNet's weights (`training.mpnet`) from a folder and writes `model.pt` and `seen.jsonl`, what it made of
each sentence in its last pass, before it learned it once more. `label` writes `corpus/events/teacher.jsonl.gz`
(`training.silver`): those chances, the chances of the other training sets' words, and new sentences made of invented
ones (`training.augment`) with theirs. The file is kept in the repository, so that `make train` needs no teacher.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from legation.coding.tables import load_countries
from legation.read.model import LanguageModel
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter
from training.augment import Pools, common_words, trigger_pools, varied
from training.build import event_examples, layered_examples
from training.corpora import Chances, Example
from training.curve import SETS
from training.dataset import Encoder, Labels, batches
from training.export import PACKAGE, load_labels, load_network
from training.network import Network
from training.silver import FILE, LEAST_CHANCE, Silver, write_silver
from training.train import SEED, Plan, train

PLAN = Plan(2, 1600, 3e-5, event_layers=0, warm=0.1)
"""At a rate of 7e-5 and a warm-up of 4 % all words had the same vector within an epoch."""
VARIANTS = 2
"""New sentences made of each invented sentence with events."""
NEIGHBOURS, NEAR = 10, 0.4
"""Words that may stand for a common word: so many at most, of at least this cosine of their base vectors."""


def chances_of(scores: Tensor, labels: Labels) -> Chances:
    """The chances of a sentence's words from its type scores [W, 1 + types], none first."""
    found = []
    for word, row in enumerate(scores.softmax(-1).tolist()):
        if 1.0 - row[0] >= LEAST_CHANCE:
            types = sorted(zip(labels.events, row[1:], strict=True), key=lambda pair: -pair[1])
            kept = [
                (name, round(p, 3)) for number, (name, p) in enumerate(types) if not number or p >= LEAST_CHANCE / 2
            ]
            found.append((word, tuple(kept)))
    return tuple(found)


def label(network: Network, encoder: Encoder, examples: Sequence[Example]) -> Iterator[tuple[int, Chances]]:
    """The chances of every example, in some order, with its number."""
    sizes = [encoder.size_of(e) for e in examples]
    with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
        for group in batches(sizes, 2 * PLAN.pieces, random.Random(SEED)):
            items = [encoder.encode(examples[i]) for i in group]
            batch, _ = encoder.collated(items)
            scores = network.tag(network.encode(batch), batch.words)[6].float()
            for number, row in zip(group, scores, strict=True):
                yield number, chances_of(row[: len(examples[number].forms)], encoder.labels)


# ---------------------------------------------------------------- new sentences


def new_sentences(table: Tensor, encoder: Encoder, examples: Sequence[Example]) -> list[Example]:
    """VARIANTS of each sentence with events; `id` is its origin's. `table` holds the base vectors of pieces [V, S]."""
    reader = TextReader(LanguageModel(PACKAGE), SentenceSplitter.load())
    read = reader.read_words([e.forms for e in examples])
    tagged = [(e, [token.xpos for token in s.tokens]) for e, s in zip(examples, read, strict=True)]
    pools = Pools(trigger_pools(tagged), neighbours(table, encoder, common_words(tagged)), name_pools())
    rng = random.Random(SEED)
    made = [varied(e, tags, pools, rng) for e, tags in tagged if e.events for _ in range(VARIANTS)]
    return [example for example in made if example is not None]


def neighbours(
    table: Tensor, encoder: Encoder, words: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], tuple[str, ...]]:
    """The words of the same tag whose base vectors are nearest to each word's, the mean of its pieces."""
    vectors = torch.stack([table[torch.tensor(encoder.pieces_of(word))].mean(0) for word, _ in words])
    vectors = vectors - vectors.mean(0)
    vectors = torch.nn.functional.normalize(vectors, dim=-1)
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


# ---------------------------------------------------------------- the command


def _train(base: Path, out: Path) -> None:
    torch.manual_seed(SEED)
    labels = load_labels(PACKAGE)
    examples = event_examples()
    last: dict[str, Chances] = {}

    def witness(numbers: Sequence[int], scores: Tensor) -> None:
        for number, row in zip(numbers, scores, strict=True):
            last[examples[number].id] = chances_of(row[: len(examples[number].forms)], labels)

    train(examples, labels, out, PLAN, (), base, witness)
    with (out / "seen.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps([name, chances]) + "\n" for name, chances in last.items())


def _label(base: Path, run: Path) -> int:
    encoder = Encoder(base / "tokenizer.json", load_labels(run))
    network = load_network(run, base)
    own = [e for e in event_examples() if e.id.startswith((SETS["invented"], SETS["short"]))]
    made = new_sentences(network.encoder.words.weight.detach(), encoder, own)
    others = [e for e in layered_examples() if e.events is None]
    with (run / "seen.jsonl").open(encoding="utf-8") as lines:
        seen: dict[str, Chances] = dict(map(json.loads, lines))
    found = [Silver(name, None, chances) for name, chances in seen.items()]
    found += [Silver(made[i].id, made[i].forms, chances) for i, chances in label(network, encoder, made)]
    found += [Silver(others[i].id, None, chances) for i, chances in label(network, encoder, others)]
    write_silver(found, FILE)
    return len(found)


def main() -> None:
    """Trains the teacher, or has it label."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["train", "label"])
    parser.add_argument("--base", type=Path, required=True, help="folder with MPNet's config, weights and tokenizer")
    parser.add_argument("--run", type=Path, default=Path("training/runs/teacher"))
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if options.verb == "train":
        _train(options.base, options.run)
    else:
        print(f"{_label(options.base, options.run)} records written to {FILE}")


if __name__ == "__main__":
    main()
