"""How many were killed, wounded or arrested, where the words of an event say so."""

from __future__ import annotations

from dataclasses import replace

from legation.coding.phrases import Phrases
from legation.records import Magnitude

COUNTED = {
    "kill": "dead",
    "die": "dead",
    "wound": "injured",
    "injure": "injured",
    "hurt": "injured",
    "arrest": "arrested",
    "detain": "arrested",
}
NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS.split())} | {"dozen": 12}


def magnitude_of(phrases: Phrases, word: int) -> Magnitude:
    """Numbers of people that stand as the object of killing, wounding or arresting."""
    counted = COUNTED.get(phrases.tokens[word].lemma)
    target = phrases.child(word, "obj", "nsubj:pass")
    if counted is None or target is None:
        return Magnitude()
    number = phrases.child(target, "nummod")
    value = _value(phrases.forms[number]) if number is not None else None
    return replace(Magnitude(), **{counted: value})


def _value(form: str) -> int | None:
    plain = form.replace(",", "").lower()
    return int(plain) if plain.isascii() and plain.isdigit() else NUMBER_WORDS.get(plain)
