"""Logistic curves, by which what the model gives becomes a chance that can be taken at its word."""

from __future__ import annotations

import json
import math
from importlib.resources import files

from legation.errors import ModelError


def logistic(score: float) -> float:
    """The chance that a score in log-odds is."""
    return 1.0 / (1.0 + math.exp(-score))


def log_odds(chance: float, least: float) -> float:
    """The log-odds of a chance, which counts as at least `least` and at most that much under 1."""
    bounded = min(max(chance, least), 1 - least)
    return math.log(bounded / (1 - bounded))


def load_coefficients(file: str, *names: str) -> tuple[float, ...]:
    """Those of a file beside the shipped model, by name. Raises ModelError where they are missing or damaged."""
    path = files("legation") / "data" / "model" / file
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        return tuple(float(table[name]) for name in names)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"The table {file} is damaged ({error}). Install the package again.") from error
