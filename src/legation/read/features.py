"""What the model sees of a word beside its pieces: its shape, and whether it stands inside a quotation.

The encoder's vocabulary is uncased; shape gives capitals back. Training and reading share this module.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

SPECIAL, LOWER, TITLE, UPPER, LETTER, MIXED, DIGITS, ALPHANUMERIC, PUNCTUATION, OTHER, DOTTED = range(11)
INITIAL = 16
"""Added to the shape of the first word of a sentence, whose capital says less."""

OUTSIDE, INSIDE, MARK = range(3)

_DIGITS = re.compile(r"[\d.,:/-]*\d[\d.,:/-]*")
_DOUBLE_OPEN, _DOUBLE_CLOSE, _STRAIGHT = (
    frozenset({"“", "``", "„", "«"}),
    frozenset({"”", "''", "»"}),
    frozenset({'"'}),
)
_MARKS = _DOUBLE_OPEN | _DOUBLE_CLOSE | _STRAIGHT


@lru_cache(maxsize=1 << 14)
def shape_of(form: str) -> int:
    """The shape class of one word, 0 to 10."""
    if form.isalpha():
        return _letter_shape(form)
    if not any(c.isalnum() for c in form):
        return PUNCTUATION if form.isascii() else OTHER
    if not any(c.isalpha() for c in form):
        return DIGITS if _DIGITS.fullmatch(form) else ALPHANUMERIC
    if any(c.isdigit() for c in form):
        return ALPHANUMERIC
    return _letter_shape(form)


def _letter_shape(form: str) -> int:
    if form == form.lower():
        return LOWER
    if "." in form and form == form.upper():
        return DOTTED
    if form == form.upper():
        return LETTER if len(form) == 1 else UPPER
    return TITLE if form[0].isupper() and form[1:] == form[1:].lower() else MIXED


def shapes_of(forms: Sequence[str]) -> list[int]:
    """Shape classes of a sentence's words, the first one marked as initial."""
    shapes = [shape_of(form) for form in forms]
    first = next((i for i, s in enumerate(shapes) if s not in (PUNCTUATION, OTHER)), None)
    if first is not None:
        shapes[first] += INITIAL
    return shapes


def quote_states(forms: Sequence[str], inside: bool = False) -> tuple[list[int], bool]:
    """For each word OUTSIDE, INSIDE or MARK, and whether a double quotation is still open after the last.

    `inside` tells whether one was open before the first word. A straight mark opens and closes in turn.
    """
    if _MARKS.isdisjoint(forms):
        return [INSIDE if inside else OUTSIDE] * len(forms), inside
    states = []
    for form in forms:
        if form in _DOUBLE_OPEN:
            inside = True
            states.append(MARK)
        elif form in _DOUBLE_CLOSE:
            inside = False
            states.append(MARK)
        elif form in _STRAIGHT:
            inside = not inside
            states.append(MARK)
        else:
            states.append(INSIDE if inside else OUTSIDE)
    return states, inside
