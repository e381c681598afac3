"""The layer that statements have to themselves, above the fourth of the encoder.

What tells events and what tells statements want different things of the upper layers: taught together, sides cost
events more than they win (`docs/decisions/0025`). So the lower layers, which are shared, stay as the first lesson left
them, and a copy of the one above them learns statements alone (`docs/decisions/0029`, `0032`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from legation.read.spans import tag_names
from training.network import DISTANCES, AttentionLayer, Dropout, Network, blocked
from training.operators import laid_over, take, take_pairs
from training.position_corpus import ACTS
from training.positions import ATTITUDES, SIDES

OWN_LAYERS = 1
"""Of the layers above the lower ones, how many statements have a copy of: two tell no more (`docs/decisions/0032`)."""
CUE, GOING_ON = 0, 1
"""Kinds of frames: at a cue, and at the first word of a sentence without one in which a quotation goes on."""
LABELS = {
    "parts": ("SOURCE", "CUE", "CONTENT"), "sides": tuple(SIDES.values()), "attitudes": tuple(ATTITUDES.values()),
    "acts": ACTS,
}  # fmt: skip
"""What the shipped model's labels have of it."""
TAGS = {name: tag_names(LABELS[name]) for name in ("parts", "sides", "attitudes")}
"""Tags of the words of a frame, by head."""


@dataclass(frozen=True, slots=True)
class Widths:
    """Sizes of the layers: of vectors, of heads of attention, of the inner ones, how many; of frames."""

    width: int
    heads: int
    inner: int
    layers: int
    frame: int
    frame_heads: int = 6


class StatementNetwork(nn.Module):
    """Cues of sentences, and of each cue the parts of its statement, the words of sides, who is praised, the act, and
    which side is taken, if any."""

    def __init__(self, widths: Widths) -> None:
        super().__init__()
        self.widths = widths
        size = widths.frame
        self.layers = nn.ModuleList(
            AttentionLayer(widths.width, widths.heads, widths.inner) for _ in range(widths.layers)
        )
        self.drop = Dropout(0.2)
        self.cue = nn.Linear(widths.width, 1)
        self.frame_word, self.frame_head = nn.Linear(widths.width, size), nn.Linear(widths.width, size)
        self.frame_kind = nn.Embedding(2, size)
        self.frame_distance = nn.Embedding(2 * DISTANCES + 1, size)
        self.frame_norm = nn.LayerNorm(size)
        self.frame_layer = AttentionLayer(size, widths.frame_heads, 2 * size, 1e-5)
        self.frame_split = [len(tags) for tags in TAGS.values()]
        self.frame_tags = nn.Linear(size, sum(self.frame_split))
        self.frame_act = nn.Linear(size, len(ACTS))
        self.frame_look = nn.Linear(size, 1)
        self.frame_stand = nn.Linear(2 * size, 1 + len(SIDES))

    def read(self, hidden: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Vectors of words [B, W, H] from those of pieces [B, T, H] that the lower layers give."""
        bias = blocked(mask)
        for layer in self.layers:
            hidden = layer(hidden, bias)
        vectors: Tensor = self.drop((take(hidden, first) + take(hidden, last)) * 0.5)
        return vectors

    def cues(self, words: Tensor) -> Tensor:
        """Log-odds of each word's being a cue, [B, W]."""
        found: Tensor = self.cue(words).squeeze(-1)
        return found

    def frames(self, words: Tensor, mask: Tensor, rows: Tensor, heads: Tensor, kinds: Tensor) -> tuple[Tensor, ...]:
        """Of P frames, their sentences, words and kinds: scores of TAGS [P, W, .], of acts [P, acts], and of
        no side and of each [P, 1 + sides].

        Which side is taken, if any, is a question to the whole frame: it is read from the cue and from a mean of the
        words, weighed by how much each has to say of it.
        """
        own = self.frame_word(words)[rows]
        evoking = take_pairs(self.frame_head(words), torch.stack([rows, heads], 1)) + self.frame_kind(kinds)
        places = torch.arange(words.shape[1], device=words.device).unsqueeze(0) - heads.unsqueeze(1)
        distance = self.frame_distance(places.clamp(-DISTANCES, DISTANCES) + DISTANCES)
        bias = blocked(mask[rows])
        x = self.frame_layer(self.frame_norm(own + evoking.unsqueeze(1) + distance), bias)
        cue, weights = take(x, heads), (self.frame_look(x).squeeze(-1) + bias[:, 0, 0]).softmax(-1)
        stands = self.frame_stand(torch.cat([cue, (x * weights.unsqueeze(-1)).sum(1)], -1))
        return *torch.split(self.frame_tags(x), self.frame_split, -1), self.frame_act(cue), stands


def above(network: Network, roles: tuple[str, ...]) -> StatementNetwork:
    """The layers of a network that has learned the first lesson, of whose frames `roles` are the tags, to go on with.

    What the first lesson does not know, sides and acts, begins with random numbers.
    """
    encoder = network.encoder
    start = int(network.tree_layers)
    upper = encoder.attention[start : start + OWN_LAYERS]
    widths = Widths(
        encoder.width, upper[0].heads, upper[0].up.out_features, len(upper), network.frame_word.out_features,
        network.frame_layer.heads,
    )  # fmt: skip
    found = StatementNetwork(widths)
    for own, theirs in zip(found.layers, upper, strict=True):
        own.load_state_dict(theirs.state_dict())
    for name in ("frame_word", "frame_head", "frame_distance", "frame_norm", "frame_layer"):
        getattr(found, name).load_state_dict(getattr(network, name).state_dict())
    with torch.no_grad():
        found.frame_kind.weight.copy_(network.frame_kind.weight[1])
        for tag, row in _shared(roles).items():
            found.frame_tags.weight[tag] = network.frame_roles.weight[row]
            found.frame_tags.bias[tag] = network.frame_roles.bias[row]
    return found


def _shared(roles: tuple[str, ...]) -> Mapping[int, int]:
    """The numbers of the tags of parts, and of the same ones among the tags of roles."""
    known = {tag: number for number, tag in enumerate(tag_names(roles))}
    return {number: known[tag] for number, tag in enumerate(TAGS["parts"]) if tag in known}


class StatementGraph(nn.Module):
    """The network as it is run: its layers read only sentences that may hold a statement: those in which the lower
    layers give a word at least the least chance of being a cue, or in which something stands between quotation marks.
    """

    def __init__(self, network: StatementNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(
        self,
        hidden: Tensor,
        pieces: Tensor,
        quotes: Tensor,
        first: Tensor,
        last: Tensor,
        words: Tensor,
        likely: Tensor,
        least: Tensor,
    ) -> tuple[Tensor, ...]:
        """hidden [B, T, H] and what the whole graph is given, `likely` the chance of a cue that the lower layers give
        each word -> chances of cues [B, W], frames (sentence, word, kind) [P, 3], scores of TAGS, chances of acts and
        of no side and each."""
        net, mask = self.network, (pieces != 0).float()
        spoken = take((quotes > 0).float().unsqueeze(-1), first).squeeze(-1) * words
        rows, told = told_rows(torch.maximum(likely * words, spoken).amax(1), least)
        own, spoken = words[rows], spoken[rows] > 0
        vectors = net.read(hidden[rows], mask[rows], first[rows], last[rows])
        cues = net.cues(vectors)
        evoked = (cues > 0) & (own * told > 0)
        going_on = spoken.any(1, keepdim=True) & ~evoked.any(1, keepdim=True) & (told > 0)
        kinds = torch.stack([evoked, torch.cat([going_on, torch.zeros_like(evoked[:, 1:])], 1)])
        dummy = torch.zeros(1, 3, dtype=torch.long)
        frames = torch.cat([dummy, torch.nonzero(kinds)[:, [1, 2, 0]]])
        *tags, acts, stands = net.frames(vectors, own, frames[:, 0], frames[:, 1], frames[:, 2])
        chances = laid_over(words * 0, rows, torch.where(told, cues.sigmoid() * own, own * 0))
        said = torch.cat([rows[frames[:, :1]], frames[:, 1:]], 1)
        return chances, said, *tags, acts.softmax(-1), stands.softmax(-1)


def told_rows(chances: Tensor, least: Tensor) -> tuple[Tensor, Tensor]:
    """The sentences of at least that chance [K], and [K, 1] whether each is: the likeliest is always taken, so that K
    is never 0."""
    best = torch.arange(chances.shape[0], device=chances.device) == chances.argmax()
    rows = torch.nonzero((chances >= least) | best).squeeze(1)
    return rows, (chances[rows] >= least).unsqueeze(1)
