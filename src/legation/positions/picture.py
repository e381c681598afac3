"""Where the actors of a network stand in a picture: who agrees near each other, who differs far apart, no name on
another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from legation.positions.networks import Tie

Floats = npt.NDArray[np.float64]

WIDTH, HEIGHT, MARGIN = 1200.0, 860.0, 40.0
LETTER, LINE, PADDING, GAP = 9.2, 24.0, 40.0, 6.0
"""Width of a letter, height of a name's box, what the box is wider than its letters, and the room between the boxes of
a row, in points of the picture."""
STEPS, NUDGES = 400, 600
_NO_LABELS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Box:
    """The box of an actor's name: its middle, in points from the upper left of a picture WIDTH x HEIGHT, and size."""

    actor: str
    x: float
    y: float
    width: float
    height: float


def arrange(actors: Sequence[str], ties: Sequence[Tie], labels: Mapping[str, str] = _NO_LABELS) -> list[Box]:
    """A place for each actor, the same for the same network. `labels` are shown where a name itself is not.

    Distances follow the ties: actors who agree in all are one unit apart, who differ in all three; who have no tie
    with each other are as far apart as the shortest way between them, at most four. Places are found by majorization
    of the stress (de Leeuw, 1977; Gansner, Koren and North, 2005); then names that lie on each other are pushed apart.
    Actors without any tie stand in rows at the bottom.
    """
    tied = {actor for tie in ties for actor in (tie.one, tie.two)}
    together, alone = [a for a in actors if a in tied], [a for a in actors if a not in tied]
    widths = {actor: LETTER * len(labels.get(actor, actor)) + PADDING for actor in actors}
    boxes, height = _rows(alone, widths)
    if together:
        places = _fitted(_majorized(_distances(together, ties)), height)
        places = _parted(places, np.array([[widths[actor], LINE] for actor in together]), height)
        boxes |= {a: Box(a, float(x), float(y), widths[a], LINE) for a, (x, y) in zip(together, places, strict=True)}
    return [boxes[actor] for actor in actors]


def _rows(actors: Sequence[str], widths: Mapping[str, float]) -> tuple[dict[str, Box], float]:
    """Boxes in rows from the bottom up, and the height that is left above them."""
    boxes: dict[str, Box] = {}
    left, middle = GAP, HEIGHT - GAP - LINE / 2
    for actor in actors:
        if left > GAP and left + widths[actor] > WIDTH - GAP:
            left, middle = GAP, middle - LINE - GAP
        boxes[actor] = Box(actor, left + widths[actor] / 2, middle, widths[actor], LINE)
        left += widths[actor] + GAP
    return boxes, middle - LINE / 2 - GAP if actors else HEIGHT


def _distances(actors: Sequence[str], ties: Sequence[Tie]) -> Floats:
    number = {actor: at for at, actor in enumerate(actors)}
    wanted = np.full((len(actors), len(actors)), 4.0)
    np.fill_diagonal(wanted, 0.0)
    for tie in ties:
        one, two = number[tie.one], number[tie.two]
        wanted[one, two] = wanted[two, one] = 1.0 + 2.0 * tie.opposite / (tie.same + tie.opposite)
    for middle in range(len(actors)):
        wanted = np.minimum(wanted, wanted[:, middle, None] + wanted[None, middle, :])
    # A way over a common friend must not bring two together who differ.
    for tie in ties:
        one, two = number[tie.one], number[tie.two]
        direct = 1.0 + 2.0 * tie.opposite / (tie.same + tie.opposite)
        wanted[one, two] = wanted[two, one] = direct
    return np.asarray(wanted)


def _majorized(wanted: Floats) -> Floats:
    """Places [N, 2] whose distances come near to the wanted ones; near ones count more."""
    count = len(wanted)
    turns = 2 * np.pi * np.arange(count) / count
    places: Floats = np.stack([np.cos(turns), np.sin(turns)], 1) * (1 + 0.01 * np.arange(count))[:, None]
    weights = np.where(wanted > 0, 1.0 / np.maximum(wanted, 1e-9) ** 2, 0.0)
    pull = np.diag(weights.sum(1)) - weights
    inverse = np.linalg.pinv(pull)
    for _ in range(STEPS):
        found = np.linalg.norm(places[:, None] - places[None], axis=2)
        ratio = np.where(found > 1e-9, weights * wanted / np.maximum(found, 1e-9), 0.0)
        places = inverse @ (np.diag(ratio.sum(1)) - ratio) @ places
    return np.asarray(places)


def _fitted(places: Floats, height: float) -> Floats:
    """The places turned so that they are widest from left to right, and stretched into the picture."""
    centred = places - places.mean(0)
    _, _, axes = np.linalg.svd(centred, full_matrices=False)
    turned = centred @ axes.T if len(axes) == 2 else centred
    # A turn may come out as its mirror image, by the mood of the library: the first actor stands left and above.
    turned = turned * np.where(turned[0] > 0, -1.0, 1.0)
    low, high = turned.min(0), turned.max(0)
    room = np.array([WIDTH - 6 * MARGIN, height - 2 * MARGIN])
    middle = np.array([WIDTH, height]) / 2
    return np.asarray(middle + (turned - (low + high) / 2) * room / np.maximum(high - low, 1e-6))


def _parted(places: Floats, sizes: Floats, height: float) -> Floats:
    """The places with overlapping names pushed apart along the shorter way, inside the picture."""
    half = sizes / 2
    low, high = half + 4.0, np.array([WIDTH, height]) - half - 4.0
    places = np.clip(places, low, np.maximum(low, high))
    for _ in range(NUDGES):
        apart = places[:, None] - places[None]
        over = half[:, None] + half[None] - np.abs(apart)
        touching = (over > 0).all(2) & ~np.eye(len(places), dtype=bool)
        if not touching.any():
            break
        for one, two in zip(*np.nonzero(np.triu(touching)), strict=True):
            axis = int(np.argmin(over[one, two]))
            push = (over[one, two, axis] / 2 + 0.5) * (1.0 if apart[one, two, axis] >= 0 else -1.0)
            places[one, axis] += push
            places[two, axis] -= push
        places = np.clip(places, low, np.maximum(low, high))
    return places
