"""A base model of two layers with random weights, and some invented sentences: training without any download."""

from __future__ import annotations

import json
import string
from dataclasses import replace
from pathlib import Path

import torch
from safetensors.torch import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import BertPreTokenizer
from torch import Tensor

from training.corpora import Example, GoldEvent, GoldFrame, GoldStance, Word, guess_spaces
from training.dataset import Labels

WIDTH, INNER, POSITIONS, LAYERS = 24, 48, 1024, 2
ROWS = 2100
"""Rows of the table of pieces: the export traces the graph with three pieces of the real vocabulary."""

LABELS = Labels(
    upos=("NOUN", "PUNCT", "VERB"),
    xpos=("NN", "VBD"),
    lemma=("k:0:", "l:0:", "l:2:y"),
    deprel=("nsubj", "obj", "punct", "root"),
    names=("PER", "ORG", "LOC", "NORP", "MISC"),
    roles=("ACTOR", "ARG0", "ARG1", "CONTENT", "CUE", "RECIPIENT", "SOURCE"),
    events=("ACCUSE", "AID"),
    modes=("ACCUSE", "ACCUSE.disapprove", "AID"),
    statuses=("actual", "negated"),
    contexts=("legal", "military"),
)


def vocabulary() -> dict[str, int]:
    """Marks and single letters, with the ids that BERT gives its special pieces."""
    table = {"[PAD]": 0, "[UNK]": 100, "[CLS]": 101, "[SEP]": 102}
    characters = string.ascii_lowercase + string.digits + ".,“”"
    pieces = [*characters, *("##" + c for c in characters), "said", "harrow", "ship"]
    return table | {piece: 103 + number for number, piece in enumerate(pieces)}


def make_base(folder: Path) -> Path:
    """Writes config.json, model.safetensors and tokenizer.json as the real base has them."""
    folder.mkdir(parents=True)
    vocab = vocabulary()
    config = {
        "hidden_size": WIDTH, "vocab_size": ROWS, "max_position_embeddings": POSITIONS,
        "layer_norm_eps": 1e-12, "num_attention_heads": 2, "intermediate_size": INNER, "num_hidden_layers": LAYERS,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file(_weights(), folder / "model.safetensors")
    pieces = Tokenizer(WordPiece(vocab, unk_token="[UNK]"))
    pieces.normalizer, pieces.pre_tokenizer = BertNormalizer(lowercase=True), BertPreTokenizer()
    pieces.save(str(folder / "tokenizer.json"))
    return folder


def _weights() -> dict[str, Tensor]:
    generator = torch.Generator().manual_seed(7)

    def drawn(*shape: int) -> Tensor:
        return torch.randn(*shape, generator=generator) * 0.3

    found = {
        "embeddings.word_embeddings.weight": drawn(ROWS, WIDTH),
        "embeddings.position_embeddings.weight": drawn(POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": drawn(2, WIDTH),
    }
    dense = {
        "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER),
    }  # fmt: skip
    layers = [f"encoder.layer.{number}." for number in range(LAYERS)]
    for layer in layers:
        for name, (rows, columns) in dense.items():
            found[f"{layer}{name}.weight"] = drawn(rows, columns)
            found[f"{layer}{name}.bias"] = drawn(rows)
    norms = [f"{layer}{part}output" for layer in layers for part in ("attention.", "")]
    for name in ("embeddings", *norms):
        found[f"{name}.LayerNorm.weight"] = torch.ones(WIDTH)
        found[f"{name}.LayerNorm.bias"] = torch.zeros(WIDTH)
    return found


def tree(name: str, text: str) -> Example:
    """A sentence of subject, verb, object and full stop, with every layer."""
    forms = tuple(text.split())
    words = (
        Word(forms[0], forms[0], "NOUN", "NN", 1, "nsubj"),
        Word(forms[1], "say", "VERB", "VBD", -1, "root"),
        Word(forms[2], forms[2], "NOUN", "NN", 1, "obj"),
        Word(forms[3], forms[3], "PUNCT", ".", 1, "punct"),
    )
    return Example(
        name, forms, guess_spaces(forms), words=words, names=((0, 1, "PER"),),
        name_labels=frozenset({"PER", "ORG", "LOC"}),
        predicates=(GoldFrame("predicate", 1, (("ARG0", 0, 1), ("ARG1", 2, 3), ("ARGM-XYZ", 3, 4))),),
        attributions=(GoldFrame("attribution", 1, (("SOURCE", 0, 1), ("CUE", 1, 2), ("CONTENT", 2, 3))),),
    )  # fmt: skip


def unmarked(name: str, text: str, *cues: int) -> Example:
    """A sentence of our own paragraphs: attributions and nothing else."""
    forms = tuple(text.split())
    frames = tuple(GoldFrame("attribution", cue, (("CUE", cue, cue + 1),)) for cue in cues)
    return Example(name, forms, guess_spaces(forms), attributions=frames)


def told(name: str, text: str, *events: GoldEvent, whole: bool = True) -> Example:
    """A sentence of the event corpus."""
    forms = tuple(text.split())
    return Example(name, forms, guess_spaces(forms), events=events, events_whole=whole)


BLAMED = GoldEvent(1, "ACCUSE", "disapprove", True, "actual", ("legal",), (("ACTOR", 0, 1), ("RECIPIENT", 2, 3)))
HELPED = GoldEvent(1, "AID", None, False, None, None, None)

EXAMPLES = [
    tree("t-1", "Harrow said so ."),
    tree("t-2", "Verrin said no ."),
    tree("t-3", "Hale said much ."),
    unmarked("o-1", "the ship sank ."),
    unmarked("o-2", "“ no ” he said twice .", 4),
    Example("n-1", ("ships", "left", "Hale"), (True,) * 3, names=((2, 3, "LOC"),), name_labels=frozenset({"LOC"})),
    told("e-1", "Harrow blamed Hale .", BLAMED),
    told("e-2", "Harrow helped Hale .", HELPED, whole=False),
    replace(
        unmarked("s-1", "Harrow said Hale left .", 1),
        stances=(GoldStance(1, "accuse", (("AGAINST", 3, 4),), (("BLAMED", 2, 3),)), GoldStance(0, None)),
    ),
]
