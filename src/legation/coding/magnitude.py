"""How many were killed, wounded or arrested, where the words of an event say so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from legation.coding.confidence import load_calibration
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
LEFT = {"dead": "dead", "wounded": "injured", "injured": "injured"}
"""How those are who are left so: "left 12 people dead"."""
NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty"""
NUMBER_WORDS = {word: number for number, word in enumerate(NUMBERS.split())} | {"dozen": 12}


def magnitude_of(phrases: Phrases, word: int) -> Magnitude:
    """Numbers of people that stand as the object of killing, wounding or arresting: of the word itself, of what goes
    with it ("struck Beirut, killing 12"), or of the verb of a noun ("the raid killed 12 and wounded 30")."""
    token = phrases.tokens[word]
    verbs = [word]
    above = token.head if token.upos == "NOUN" else -1
    if above >= 0 and (token.deprel == "nsubj" or phrases.tokens[above].lemma in COUNTED):
        verbs.append(above)
    for verb in [*verbs]:
        verbs += [at for at in phrases.children_in(verb, "advcl", "conj", "xcomp") if phrases.tokens[at].upos == "VERB"]
    own = {mark.word for mark in phrases.sentence.events if load_calibration().reports(mark, phrases.forms[mark.word])}
    found: dict[str, int] = {}
    for verb in verbs:
        for counted, value in _counts(verb, phrases) if verb == word or verb not in own else ():
            found.setdefault(counted, value)
    return replace(Magnitude(), **found)


def _counts(verb: int, phrases: Phrases) -> Iterator[tuple[str, int]]:
    """Who is counted by a verb and the verbs joined to it, and how many."""
    for at in phrases.conjuncts(verb):
        lemma = phrases.tokens[at].lemma
        target = phrases.child(at, "nsubj") if lemma == "die" else phrases.child(at, "obj", "nsubj:pass")
        counted = COUNTED.get(lemma)
        if lemma == "leave" and (state := phrases.child(at, "xcomp")) is not None:
            counted = LEFT.get(phrases.small[state])
        value = None if target is None or counted is None else _number(target, phrases)
        if counted is not None and value is not None:
            yield counted, value


def _number(target: int, phrases: Phrases) -> int | None:
    """How many a noun or a bare number counts."""
    number = target if phrases.tokens[target].upos == "NUM" else phrases.child(target, "nummod")
    return _value(phrases.forms[number]) if number is not None else None


def _value(form: str) -> int | None:
    plain = form.replace(",", "").lower()
    return int(plain) if plain.isascii() and plain.isdigit() else NUMBER_WORDS.get(plain)
