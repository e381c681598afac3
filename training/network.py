"""The network: one MiniLM encoder, and small heads that read every word, pair of words and frame from it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import torch
from torch import Tensor, nn

from training.operators import cut, take, take_pairs

SHAPES, QUOTES, DISTANCES = 32, 4, 24
KINDS = ("weight", "bias")


@dataclass(frozen=True)
class Sizes:
    """How many classes each head has."""

    upos: int
    xpos: int
    lemma: int
    deprel: int
    names: int
    roles: int
    events: int
    modes: int
    statuses: int
    contexts: int


@dataclass
class Batch:
    """Padded inputs. B sentences, T pieces, W words; word 0 of the tree arrays is the root.

    pieces, mask, shapes, quotes are [B, T]; first, last [B, W] index pieces; words [B, W] is 1 for a word.
    """

    pieces: Tensor
    mask: Tensor
    shapes: Tensor
    quotes: Tensor
    first: Tensor
    last: Tensor
    words: Tensor


class Biaffine(nn.Module):
    """Scores of word pairs: x_i U y_j with a bias feature on both sides (Dozat and Manning, 2017)."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(size + 1, size + 1))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """left [B, N, D], right [B, M, D] -> [B, N, M]."""
        mixed = torch.matmul(left, self.weight[:-1]) + self.weight[-1]
        return torch.matmul(mixed[..., :-1], right.transpose(-1, -2)) + mixed[..., -1:]


class Pairs(nn.Module):
    """Scores of every x_i with K partners of its own: W (x_i * y_j) + V x_i + b.

    The same as a matrix of the Biaffine for each output, of few terms that all of them share, in a fifth of the time.
    """

    def __init__(self, size: int, outputs: int) -> None:
        super().__init__()
        self.products, self.own = nn.Linear(size, outputs, bias=False), nn.Linear(size, outputs)

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """left [B, N, D], right [B, N, K, D] -> [B, N, K, O]."""
        scores: Tensor = self.products(left.unsqueeze(2) * right) + self.own(left).unsqueeze(2)
        return scores


class Projection(nn.Linear):
    """Queries, keys and values by one matrix."""

    def __init__(self, size: int) -> None:
        super().__init__(size, 3 * size)

    def forward(self, x: Tensor) -> tuple[Tensor, ...]:  # type: ignore[override]
        """x [..., S] -> three times [..., S]."""
        return super().forward(x).chunk(3, -1)


class Dropout(nn.Module):
    """Drops numbers at random as `nn.Dropout` does, four times as fast on a processor: one random byte a number."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.bytes = round(share * 256)

    def forward(self, x: Tensor) -> Tensor:
        """Any shape, unchanged when not training."""
        if not self.training:
            return x
        drawn = torch.empty(-(-x.numel() // 8), dtype=torch.int64, device=x.device).random_(-(2**63), None)
        kept = drawn.view(torch.uint8)[: x.numel()].view(x.shape) >= self.bytes
        return x * kept.to(x.dtype).mul_(256 / (256 - self.bytes))


class AttentionLayer(nn.Module):
    """A transformer layer with its norms after each half, as BERT has them.

    Its inner units are rectified, or put through GELU as in the base weights (`training.inner`).
    """

    def __init__(self, size: int, heads: int, inner: int, epsilon: float = 1e-12, *, rectified: bool = True) -> None:
        super().__init__()
        self.rectified = rectified
        self.heads, self.width = heads, size // heads
        self.qkv, self.out = Projection(size), nn.Linear(size, size)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm1, self.norm2 = nn.LayerNorm(size, epsilon), nn.LayerNorm(size, epsilon)
        self.drop = Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x [P, N, S] -> [P, N, S]; `bias` is added to the scores of attention [P, heads, N, N]."""
        q, k, v = (cut(part, self.heads, self.width).transpose(1, 2) for part in self.qkv(x))
        weights = (torch.matmul(q * self.width**-0.5, k.transpose(-1, -2)) + bias).softmax(-1)
        mixed = cut(torch.matmul(weights, v).transpose(1, 2), -1)
        x = self.norm1(x + self.drop(self.out(mixed)))
        inner = self.up(x).relu() if self.rectified else nn.functional.gelu(self.up(x))
        result: Tensor = self.norm2(x + self.drop(self.down(inner)))
        return result


def blocked(mask: Tensor) -> Tensor:
    """mask [B, N] -> [B, 1, 1, N]: -1e4 where nothing stands, else 0."""
    return ((1.0 - mask) * -1e4)[:, None, None, :]


def table_of(rows: Tensor) -> nn.Embedding:
    """An embedding table that begins with these rows [N, S] and goes on learning."""
    table = nn.Embedding(*rows.shape)
    table.weight.data = rows
    return table


class Encoder(nn.Module):
    """MiniLM: BERT's encoder, six layers 384 wide; word shape and quotation state are added at the bottom."""

    NAMES: ClassVar = {
        "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value",
        "out": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense", "down": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    """What the parts of a layer are called in the base weights."""

    def __init__(self, base: Path, weights: dict[str, Tensor]) -> None:
        super().__init__()
        config = json.loads((base / "config.json").read_text(encoding="utf-8"))
        self.width, heads = int(config["hidden_size"]), int(config["num_attention_heads"])
        table = "embeddings.{}_embeddings.weight"
        self.words = table_of(weights[table.format("word")])
        self.positions = table_of(self._positions(weights, table))
        self.shapes, self.quotes = nn.Embedding(SHAPES, self.width), nn.Embedding(QUOTES, self.width)
        for extra in (self.shapes, self.quotes):  # what they say is learned: at first the base weights read as ever
            nn.init.zeros_(extra.weight)
        epsilon = float(config["layer_norm_eps"])
        self.norm = nn.LayerNorm(self.width, epsilon)
        self.norm.load_state_dict({k: weights[f"embeddings.LayerNorm.{k}"] for k in KINDS})
        self.layers = nn.ModuleList(
            AttentionLayer(self.width, heads, config["intermediate_size"], epsilon, rectified=False)
            for _ in range(config["num_hidden_layers"])
        )
        for number, layer in enumerate(self.layers):
            layer.load_state_dict(self._layer(weights, f"encoder.layer.{number}."))

    @property
    def attention(self) -> list[AttentionLayer]:
        """The layers, the lowest first."""
        return [layer for layer in self.layers if isinstance(layer, AttentionLayer)]

    @staticmethod
    def _positions(weights: dict[str, Tensor], table: str) -> Tensor:
        return weights[table.format("position")] + weights[table.format("token_type")][0]

    def _layer(self, weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
        theirs = {name: {k: weights[f"{prefix}{own}.{k}"] for k in KINDS} for name, own in self.NAMES.items()}
        qkv = [theirs.pop(part) for part in "qkv"]
        state = {f"qkv.{k}": torch.cat([part[k] for part in qkv]) for k in KINDS}
        return state | {f"{name}.{k}": tensor for name, own in theirs.items() for k, tensor in own.items()}

    def bias(self, mask: Tensor) -> Tensor:
        """What is added to the scores of attention, [B, 1 or heads, 1 or T, T]."""
        return blocked(mask)

    def embed(self, pieces: Tensor, shapes: Tensor, quotes: Tensor) -> Tensor:
        """All [B, T] -> [B, T, H], what the first layer reads."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        embedded = self.words(pieces) + self.positions(places) + self.shapes(shapes) + self.quotes(quotes)
        normed: Tensor = self.norm(embedded)
        return normed

    def forward(self, x: Tensor, mask: Tensor, first: int, stop: int) -> Tensor:
        """x [B, T, H] through the layers from `first` up to `stop`, mask [B, T] float -> [B, T, H]."""
        bias = self.bias(mask)
        for layer in self.layers[first:stop]:
            x = layer(x, bias)
        return x


class Network(nn.Module):
    """Reads sentences: see `encode`, `tag`, `parse`, `events` and `frames`."""

    tree_layers: Tensor

    def __init__(
        self,
        encoder: Encoder,
        sizes: Sizes,
        frame_size: int = 192,
        arc: int = 256,
        rel: int = 192,
        event_size: int = 256,
        event_layers: int = 1,
        tree_layers: int | None = None,
    ) -> None:
        super().__init__()
        self.encoder = encoder
        self.register_buffer("tree_layers", torch.tensor(len(encoder.layers) if tree_layers is None else tree_layers))
        width = self.encoder.width
        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.drop = Dropout(0.2)
        self.split = [sizes.upos, sizes.xpos, sizes.lemma, sizes.names, 3, 1]
        self.tags = nn.Linear(width, sum(self.split))
        self.gate = nn.Linear(width, 1)
        self.event_split = [sizes.events, sizes.modes, sizes.statuses, sizes.contexts]
        self.event_hidden = nn.Linear(width, event_size)
        self.event_layers = nn.ModuleList(
            AttentionLayer(event_size, 8, 2 * event_size, 1e-5) for _ in range(event_layers)
        )
        self.event_tags = nn.Linear(event_size, sum(self.event_split))
        self.arc = nn.Linear(width, 2 * (arc + rel))
        self.arc_sizes = [arc, arc, rel, rel]
        self.arc_score, self.rel_score = Biaffine(arc), Pairs(rel, sizes.deprel)
        self.frame_word, self.frame_head = nn.Linear(width, frame_size), nn.Linear(width, frame_size)
        self.frame_kind = nn.Embedding(3, frame_size)
        self.frame_distance = nn.Embedding(2 * DISTANCES + 1, frame_size)
        self.frame_norm = nn.LayerNorm(frame_size)
        self.frame_layer = AttentionLayer(frame_size, 6, 2 * frame_size, 1e-5)
        self.frame_roles = nn.Linear(frame_size, sizes.roles)

    def encode(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Word vectors for tags, names and trees, and those for events and frames, each [B, W, H]."""
        lower = self.lower(batch)
        upper = self.upper(lower, batch.mask)
        return self.gather(lower, batch.first, batch.last), self.gather(upper, batch.first, batch.last)

    def lower(self, batch: Batch) -> Tensor:
        """Vectors of pieces [B, T, H] for tags, names and trees."""
        embedded = self.encoder.embed(batch.pieces, batch.shapes, batch.quotes)
        return self.encoder(embedded, batch.mask, 0, int(self.tree_layers))  # type: ignore[no-any-return]

    def upper(self, lower: Tensor, mask: Tensor) -> Tensor:
        """Vectors of pieces [B, T, H] for events and frames, from the lower ones."""
        return self.encoder(lower, mask, int(self.tree_layers), len(self.encoder.layers))  # type: ignore[no-any-return]

    def gather(self, hidden: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Vectors of words [B, W, H] from those of pieces [B, T, H]: the mean of a word's first and last piece."""
        vectors: Tensor = self.drop((take(hidden, first) + take(hidden, last)) * 0.5)
        return vectors

    def tag(self, words: Tensor) -> tuple[Tensor, ...]:
        """Scores [B, W, .]: upos, xpos, lemma rule, name tag, predicate (none, predicate, auxiliary), cue."""
        return torch.split(self.tags(words), self.split, -1)

    def events(self, words: Tensor, mask: Tensor) -> tuple[Tensor, ...]:
        """Scores [B, W, .]: event type (none first), and of the event there its mode, status and contexts."""
        hidden = nn.functional.gelu(self.event_hidden(words))
        for layer in self.event_layers:
            hidden = layer(hidden, blocked(mask))
        return torch.split(self.event_tags(self.drop(hidden)), self.event_split, -1)

    def parse(self, words: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Arc scores [B, W, W+1], head 0 the root, and each word's vector as dependent and as head.

        The vectors are [B, W, D] and [B, W+1, D]; `relate` and `relate_all` score them.
        """
        root = words[:, :1] * 0 + self.root
        parts = nn.functional.leaky_relu(self.arc(torch.cat([root, words], 1)), 0.1)
        dep, head, rel_dep, rel_head = self.drop(parts).split(self.arc_sizes, -1)
        missing = nn.functional.pad(1.0 - mask, (1, 0))
        return self.arc_score(dep[:, 1:], head) - missing[:, None, :] * 1e4, rel_dep[:, 1:], rel_head

    def relate(self, dependents: Tensor, heads: Tensor, chosen: Tensor) -> Tensor:
        """Relation scores [B, W, K, R] of every word with K `chosen` heads [B, W, K]; past the last head is padding."""
        padded = nn.functional.pad(heads, (0, 0, 0, int(chosen.shape[-1]) - 1))
        return self.rel_score(dependents, take(padded, chosen))  # type: ignore[no-any-return]

    def frames(self, words: Tensor, mask: Tensor, rows: Tensor, heads: Tensor, kinds: Tensor) -> Tensor:
        """Of P frames, their sentences `rows`, words `heads` and kinds, 0 to 2: scores of roles [P, W, roles]."""
        own = self.frame_word(words)[rows]
        evoking = take_pairs(self.frame_head(words), torch.stack([rows, heads], 1)) + self.frame_kind(kinds)
        positions = torch.arange(words.shape[1], device=words.device).unsqueeze(0) - heads.unsqueeze(1)
        distance = self.frame_distance(positions.clamp(-DISTANCES, DISTANCES) + DISTANCES)
        x = self.frame_norm(own + evoking.unsqueeze(1) + distance)
        roles: Tensor = self.frame_roles(self.frame_layer(x, blocked(mask[rows])))
        return roles
