"""Makes new sentences of old ones, a word for a word: triggers, common words and the names of states change places.

The new sentences need not make sense, nor keep their events: the teacher says what they tell (`training.teacher`), and
the shipped model learns that (data augmentation for distillation, Jiao et al., 2020: TinyBERT).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from training.corpora import Example

Tags = Sequence[str]
"""The Penn tags of a sentence's words."""

PARTICLES = frozenset("on for of with to in out off up down at against over from back by into".split())
"""Words that belong to the trigger before them: "called on" is no "called"."""
OPEN = frozenset("NN NNS VB VBD VBG VBN VBP VBZ JJ RB".split())
"""Tags of the words that change for their like."""
SAME_MODE, SAME_TYPE, ANY_TYPE = 0.45, 0.65, 0.8
"""How often a trigger gives place to one of its type and mode, or at least of its type, or of any; else to any word."""
TRIGGER, OTHER, NAMES = 0.8, 0.12, 0.5
"""How often a trigger, another word, and the names of a sentence change."""
LEAST = 2
"""Choices that a pool must hold to be drawn from."""


@dataclass(frozen=True, slots=True)
class Pools:
    """What may stand for what: triggers by type, mode, tag and particle, words by word and tag, names of a kind; all
    words of a tag, common or rare."""

    triggers: Mapping[tuple[str, str, str, str], tuple[str, ...]]
    words: Mapping[tuple[str, str], tuple[str, ...]]
    names: tuple[Mapping[str, tuple[str, ...]], ...]
    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def _particle(forms: Sequence[str], word: int) -> str:
    after = forms[word + 1].lower() if word + 1 < len(forms) else ""
    return after if after in PARTICLES else ""


def trigger_pools(examples: Iterable[tuple[Example, Tags]]) -> dict[tuple[str, str, str, str], tuple[str, ...]]:
    """Triggers by (type, mode, tag, particle), with "" for a mode or type of any kind."""
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for example, tags in examples:
        for event in example.events or ():
            if tags[event.word] not in OPEN:
                continue
            form, particle = example.forms[event.word].lower(), _particle(example.forms, event.word)
            for type_, mode in ((event.type, event.mode or "-"), (event.type, ""), ("", "")):
                found[type_, mode, tags[event.word], particle].add(form)
    return {key: tuple(sorted(forms)) for key, forms in found.items()}


def common_words(examples: Iterable[tuple[Example, Tags]], least: int = 3) -> list[tuple[str, str]]:
    """Words in small letters with their usual open tag, seen at least so often."""
    counts: Counter[tuple[str, str]] = Counter(
        (form, tag)
        for example, tags in examples
        for form, tag in zip(example.forms, tags, strict=True)
        if tag in OPEN and form.isalpha() and form.islower()
    )
    return sorted(key for key, count in counts.items() if count >= least)


def words_by_tag(examples: Iterable[tuple[Example, Tags]]) -> dict[str, tuple[str, ...]]:
    """All words in small letters with each open tag."""
    found: dict[str, set[str]] = defaultdict(set)
    for example, tags in examples:
        for form, tag in zip(example.forms, tags, strict=True):
            if tag in OPEN and form.isalpha() and form.islower():
                found[tag].add(form)
    return {tag: tuple(sorted(forms)) for tag, forms in found.items()}


def varied(example: Example, tags: Tags, pools: Pools, rng: random.Random) -> Example | None:
    """The sentence with some of its words changed; None where nothing did. Words keep their places."""
    forms = list(example.forms)
    triggers = {event.word: (event.type, event.mode or "-") for event in example.events or ()}
    for at, tag in enumerate(tags):
        if at in triggers and rng.random() < TRIGGER:
            choice = _trigger(*triggers[at], tag, _particle(example.forms, at), pools, rng)
        elif at not in triggers and rng.random() < OTHER:
            pool = pools.words.get((example.forms[at].lower(), tag))
            choice = rng.choice(pool) if pool else None
        else:
            continue
        forms[at] = _like(choice, forms[at]) if choice else forms[at]
    if rng.random() < NAMES:
        _rename(forms, pools, rng)
    if tuple(forms) == example.forms:
        return None
    _mend_articles(forms, example.forms)
    return replace(example, forms=tuple(forms))


def _trigger(type_: str, mode: str, tag: str, particle: str, pools: Pools, rng: random.Random) -> str | None:
    draw = rng.random()
    if draw >= ANY_TYPE and pools.every.get(tag):
        return rng.choice(pools.every[tag])
    kinds = [(type_, mode), (type_, ""), ("", "")]
    for kind in kinds[0 if draw < SAME_MODE else 1 if draw < SAME_TYPE else 2 :]:
        pool = pools.triggers.get((*kind, tag, particle), ())
        if len(pool) >= LEAST:
            return rng.choice(pool)
    return None


def _like(word: str, model: str) -> str:
    """The word in the capitals of the one it stands for."""
    if model.isupper() and len(model) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if model[:1].isupper() else word


def _rename(forms: list[str], pools: Pools, rng: random.Random) -> None:
    """Names of states, capitals and peoples become others of their kind, each the same throughout."""
    chosen: dict[str, str] = {}
    for at, form in enumerate(forms):
        for names in pools.names:
            if form in names:
                chosen.setdefault(form, rng.choice(names[form]))
                forms[at] = chosen[form]
                break


def _mend_articles(forms: list[str], before: Sequence[str]) -> None:
    for at in range(len(forms) - 1):
        if forms[at] in ("a", "an", "A", "An") and forms[at + 1] != before[at + 1]:
            vowel = forms[at + 1][:1].lower() in "aeiou"
            forms[at] = forms[at][:1] + ("n" if vowel else "")
