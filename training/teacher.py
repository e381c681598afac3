"""The teacher: larger networks that learn the training sets; the shipped model learns what they say as well.

    python -m training.teacher prepare --data FILE
    python -m training.teacher train --fold K --base FOLDER --data FILE --run training/runs/teacher [--device cuda]
    python -m training.teacher label --shard K --base FOLDER --data FILE --run training/runs/teacher [--device cuda]
    python -m training.teacher join --run training/runs/teacher

The teacher is FOLDS networks on MPNet (`training.mpnet`). Each leaves a part of the event corpus out, by whole themes
and documents, and says what it makes of that part: a network that has learned a sentence only repeats its annotation.
`prepare` gathers the sentences, and makes new ones of invented ones (`training.augment`); all networks together say
what these tell, and what the sentences tell of which events were never annotated. `join` writes what was said to
`corpus/events/teacher.jsonl.xz` (`training.silver`), which is kept in the repository: `make train` needs no teacher.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from training.corpora import Example, Shares
from training.dataset import EVENT_ROLES, KINDS, Encoder, batches
from training.first_export import load_network
from training.lessons import FOLDS, Data, prepare
from training.network import Batch, Network
from training.silver import FILE, Mark, Silver, read_silver, write_silver
from training.train import SEED, Plan, moved, train

PLAN = Plan(6, 4000, 1.5e-4, event_layers=0, tree_layers=None, warm=0.1, decay=0.995)
"""At a rate of 7e-5, a warm-up of 4 % and batches of 1,600 pieces all words had the same vector within an epoch."""
LEAST_CHANCE, LEAST_SHARE = 0.03, 0.1
"""A word that tells an event with less is taken for nothing; a mode, status, context or role of less is left out."""


# ---------------------------------------------------------------- what it says


class Teacher:
    """Several networks, whose probabilities are averaged."""

    def __init__(self, networks: Sequence[Network], encoder: Encoder, device: str) -> None:
        self.networks, self.encoder, self.device = networks, encoder, device

    def read(self, examples: Sequence[Example]) -> Iterator[tuple[int, tuple[Mark, ...]]]:
        """The marks of every example, in some order, with its number."""
        sizes = [self.encoder.size_of(e) for e in examples]
        for group in filter(None, batches(sizes, 2 * PLAN.pieces, random.Random(SEED))):
            batch, _ = self.encoder.collated([self.encoder.encode(examples[i]) for i in group])
            with torch.inference_mode(), torch.autocast(self.device, torch.bfloat16):
                marks = self._marks(moved(batch, self.device))
            for row, number in enumerate(group):
                yield number, tuple(marks.get(row, ()))

    def _marks(self, batch: Batch) -> dict[int, list[Mark]]:
        words = [network.encode(batch)[1] for network in self.networks]
        tables = [net.events(vectors, batch.words) for net, vectors in zip(self.networks, words, strict=True)]
        types = torch.stack([table[0].float().softmax(-1) for table in tables]).mean(0)
        rows, at = torch.nonzero((1.0 - types[..., 0] >= LEAST_CHANCE) & (batch.words > 0), as_tuple=True)
        kinds = torch.full_like(rows, KINDS["event"])
        frames = [net.frames(v, batch.words, rows, at, kinds) for net, v in zip(self.networks, words, strict=True)]
        roles = torch.stack([f.float().softmax(-1)[..., self.encoder.event_roles] for f in frames]).mean(0)
        roles = roles / roles.sum(-1, keepdim=True) * batch.words[rows].unsqueeze(-1)
        modes, statuses = (
            torch.stack([table[n][rows, at].float().softmax(-1) for table in tables]).mean(0) for n in (1, 2)
        )
        contexts = torch.stack([table[3][rows, at].float().sigmoid() for table in tables]).mean(0)
        found: dict[int, list[Mark]] = {}
        columns = [part.cpu().numpy() for part in (types[rows, at], modes, statuses, contexts, roles)]
        for row, word, *parts in zip(rows.tolist(), at.tolist(), *columns, strict=True):
            found.setdefault(row, []).append(self._mark(word, *parts))
        return found

    def _mark(self, word: int, *parts: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Mark:
        types, modes, statuses, contexts, roles = parts
        labels = self.encoder.labels
        places = np.argwhere(roles[:, 1:] >= LEAST_SHARE).tolist()
        return Mark(
            word,
            _shares(labels.events, types[1:], LEAST_CHANCE / 2),
            _shares(labels.modes, modes, LEAST_SHARE),
            _shares(labels.statuses, statuses, LEAST_SHARE),
            _shares(labels.contexts, contexts, LEAST_SHARE),
            tuple((at, EVENT_ROLES[tag + 1], round(float(roles[at, tag + 1]), 2)) for at, tag in places),
        )


def _shares(names: Sequence[str], chances: np.ndarray[tuple[int, ...], np.dtype[np.float32]], least: float) -> Shares:
    """The labels of at least that chance, likeliest first, and always the likeliest."""
    order = [int(i) for i in np.argsort(-chances, kind="stable")]
    kept = [i for place, i in enumerate(order) if not place or chances[i] >= least]
    return tuple((names[i], round(float(chances[i]), 3 if least < LEAST_SHARE else 2)) for i in kept)


def dev_figures(found: Sequence[tuple[Mark, ...]], dev: Sequence[Example]) -> dict[str, float]:
    """The best F1 of events (trigger and type) with a stated actor, and of those with their roles, over thresholds."""
    best = {"f1": 0.0}
    for threshold in (step / 50 for step in range(10, 40)):
        typed = right = predicted = gold = 0
        for marks, example in zip(found, dev, strict=True):
            events = {e.word: e for e in example.events or ()}
            gold += sum(_has_actor(e.roles) for e in events.values())
            for mark in marks:
                own = events.get(mark.word)
                told = {(tag[2:], w) for w, tag, p in mark.roles if p >= 0.5}
                if mark.types[0][1] < threshold or not _has_actor(told) or (own and not _has_actor(own.roles)):
                    continue
                predicted += 1
                if own and own.type == mark.types[0][0]:
                    typed += 1
                    wanted = {(label, w) for label, s, e in own.roles or () for w in range(s, e)}
                    right += _overlap(told, wanted)
        f1 = 200 * typed / max(1, predicted + gold)
        if f1 > best["f1"]:
            best = {
                "f1": round(f1, 2), "roles": round(200 * right / max(1, predicted + gold), 2),
                "precision": round(100 * typed / max(1, predicted), 1), "threshold": threshold,
            }  # fmt: skip
    return best


def _has_actor(roles: object) -> bool:
    return any(role[0] == "ACTOR" for role in roles or ())  # type: ignore[attr-defined]


def _overlap(told: set[tuple[str, int]], wanted: set[tuple[str, int]]) -> bool:
    sides = [
        ({w for r, w in told if r == role}, {w for r, w in wanted if r == role}) for role in ("ACTOR", "RECIPIENT")
    ]
    return all(bool(a & b) if a or b else True for a, b in sides)


# ---------------------------------------------------------------- the command


def _train(data: Data, base: Path, run: Path, fold: int, device: str, plan: Plan) -> None:
    torch.manual_seed(SEED + fold)
    own = [e for e, number in zip(data.examples, data.folds, strict=True) if number != fold]
    out = run / str(fold)
    train(own, data.labels, out, plan, (), base, device)
    encoder = Encoder(base / "tokenizer.json", data.labels)
    found = dict(Teacher([load_network(out, base).to(device)], encoder, device).read(data.dev))
    figures = dev_figures([found[i] for i in range(len(data.dev))], data.dev)
    (out / "dev.json").write_text(json.dumps(figures), encoding="utf-8")
    print(fold, plan.rate, figures, flush=True)


def _label(data: Data, base: Path, run: Path, shard: int, device: str) -> None:
    encoder = Encoder(base / "tokenizer.json", data.labels)
    networks = [load_network(run / str(fold), base).to(device) for fold in range(FOLDS)]
    records: list[Silver] = []
    for fold in range(-1, FOLDS):
        teacher = Teacher(networks if fold < 0 else [networks[fold]], encoder, device)
        chosen = [e for e, number in zip(data.examples, data.folds, strict=True) if number == fold][shard::FOLDS]
        records += [Silver(chosen[i].id, None, marks) for i, marks in sorted(teacher.read(chosen))]
    together = Teacher(networks, encoder, device)
    made = data.new[shard::FOLDS]
    records += [Silver(made[i].id, made[i].forms, marks) for i, marks in sorted(together.read(made))]
    write_silver(records, run / f"said-{shard}.jsonl.xz")
    if not shard:
        found = dict(together.read(data.dev))
        print("together", dev_figures([found[i] for i in range(len(data.dev))], data.dev), flush=True)


def main() -> None:
    """Runs one step of the teacher's work."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["prepare", "train", "label", "join"])
    parser.add_argument("--data", type=Path, default=Path("training/runs/teacher.pickle"))
    parser.add_argument("--base", type=Path, help="folder with MPNet's config, weights and tokenizer")
    parser.add_argument("--run", type=Path, default=Path("training/runs/teacher"))
    parser.add_argument("--fold", type=int, choices=range(FOLDS))
    parser.add_argument("--shard", type=int, choices=range(FOLDS))
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--rate", type=float, default=PLAN.rate)
    options = parser.parse_args()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    if options.verb == "prepare":
        options.data.write_bytes(pickle.dumps(prepare()))
        return
    if options.verb == "join":
        write_silver((r for n in range(FOLDS) for r in read_silver(options.run / f"said-{n}.jsonl.xz")), FILE)
        return
    data = pickle.loads(options.data.read_bytes())
    if options.verb == "train":
        _train(data, options.base, options.run, options.fold, options.device, replace(PLAN, rate=options.rate))
    else:
        _label(data, options.base, options.run, options.shard, options.device)


if __name__ == "__main__":
    main()
