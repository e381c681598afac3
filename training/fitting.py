"""The weights of least loss, for what is learned without a network."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Loss = Callable[[Floats], tuple[float, Floats]]
"""What weights [N] cost, and the slope there [N]."""
STEPS, MEMORY = 300, 10


def minimum(loss_of: Loss, size: int) -> Floats:
    """The `size` weights of least loss, by L-BFGS with a line search that halves its step."""
    weights = np.zeros(size)
    loss, slope = loss_of(weights)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(STEPS):
        way = _direction(slope, past)
        step = 1.0
        while True:
            new_loss, new_slope = loss_of(weights - step * way)
            if new_loss <= loss - 1e-4 * step * float(slope @ way) or step < 1e-8:
                break
            step /= 2
        past = [*past, (-step * way, new_slope - slope)][-MEMORY:]
        weights = weights - step * way
        if abs(loss - new_loss) < 1e-6 * abs(loss):
            break
        loss, slope = new_loss, new_slope
    return weights


def _direction(slope: Floats, past: Sequence[tuple[Floats, Floats]]) -> Floats:
    way = slope.copy()
    shares = []
    for step, change in reversed(past):
        shares.append(float(step @ way) / float(change @ step))
        way -= shares[-1] * change
    step, change = past[-1] if past else (slope, slope * max(1.0, float(np.abs(slope).sum())))
    way *= float(step @ change) / float(change @ change)
    for (step, change), share in zip(past, reversed(shares), strict=True):
        way += step * (share - float(change @ way) / float(change @ step))
    return way
