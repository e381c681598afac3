"""Persons of one article who share a family name: which of them a bare "Lind" or "Mrs. Lind" means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from legation.coding.appositions import beside
from legation.coding.genders import gender_words, of_name
from legation.coding.names import Mention, is_title, name_key
from legation.coding.people import end_names, last_names
from legation.coding.phrases import Phrases

COURTESIES = {
    "mr": "m", "sir": "m", "lord": "m", "monsieur": "m", "señor": "m", "herr": "m", "mrs": "f", "ms": "f", "miss": "f",
    "dame": "f", "lady": "f", "madame": "f", "mme": "f", "señora": "f", "frau": "f",
}  # fmt: skip


def namesakes(names: Sequence[Sequence[Mention]]) -> dict[str, tuple[str, ...]]:
    """The keys of the persons named in full who share each single name, where there are several.

    Who is called Lind shares the name with other Linds, not with a Lind-Berg.
    """
    bearers: dict[str, dict[str, bool]] = {}
    for mentions in names:
        for mention in mentions:
            if mention.kind == "person" and " " in mention.name:
                first, last = end_names(mention.name)
                for name in {*last_names(mention.name)} - {first}:
                    bearers.setdefault(name, {})[mention.key] = name == last
    found = {name: tuple(key for key, whole in own.items() if whole) or tuple(own) for name, own in bearers.items()}
    return {name: keys for name, keys in found.items() if len(keys) > 1}


def bare_names(
    names: Sequence[Sequence[Mention]], shared: Mapping[str, tuple[str, ...]], told_apart: Set[tuple[int, int]]
) -> dict[tuple[int, int], tuple[str, ...]]:
    """The places of single names that several bear and nothing beside them tells apart, with the keys of these."""
    return {
        (mention.sentence, mention.start): shared[name_key(mention.span.text)]
        for mentions in names
        for mention in mentions
        if mention.kind == "person"
        and name_key(mention.span.text) in shared
        and (mention.sentence, mention.start) not in told_apart
    }


def with_courtesies(
    sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> tuple[list[list[Mention]], frozenset[tuple[int, int]]]:
    """The mentions of each sentence, "Mrs. Lind" as the only Lind whom the text does not take for a man.

    "Major Lind" is the only one whom it calls a major. Given too are the places, by sentence and word, that are told
    apart so.
    """
    shared = namesakes(names)
    if not shared:
        return [list(mentions) for mentions in names], frozenset()
    genders, titles = _genders(sentences, names), _titles(sentences, names, shared)
    known = {m.key: m for mentions in names for m in mentions if m.kind == "person" and " " in m.name}
    found: list[list[Mention]] = []
    told: set[tuple[int, int]] = set()
    for mentions in names:
        found.append([])
        for mention in mentions:
            key = _bearer(mention, sentences[mention.sentence], shared, genders, titles)
            found[-1].append(replace(mention, key=key, name=known[key].name) if key else mention)
            if key:
                told.add((mention.sentence, mention.start))
    return found, frozenset(told)


def _bearer(
    mention: Mention,
    phrases: Phrases,
    shared: Mapping[str, tuple[str, ...]],
    genders: Mapping[str, str],
    titles: Mapping[str, set[str]],
) -> str | None:
    """The only one of those who share a name whom the title before it fits."""
    keys = shared.get(name_key(mention.span.text), ()) if mention.kind == "person" and mention.start else ()
    gender = _courtesy(mention, phrases) if keys else None
    if gender:
        fitting = [key for key in keys if genders.get(key) == gender] or [key for key in keys if key not in genders]
    else:
        word = phrases.tokens[mention.start - 1].lemma.lower() if keys else ""
        fitting = [key for key in keys if word in titles.get(key, ())] if is_title(word) else []
    return fitting[0] if len(fitting) == 1 else None


def _titles(
    sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]], shared: Mapping[str, tuple[str, ...]]
) -> dict[str, set[str]]:
    """The nouns and titles by which a text calls those who share a name where it gives the full one."""
    bearers = {key for keys in shared.values() for key in keys}
    found: dict[str, set[str]] = {}
    for mentions in names:
        for mention in mentions:
            if mention.key in bearers and " " in mention.span.text:
                found.setdefault(mention.key, set()).update(_nouns(mention, sentences[mention.sentence]))
    return found


def _courtesy(mention: Mention, phrases: Phrases) -> str | None:
    before = phrases.forms[mention.start - 1] if mention.start else ""
    return COURTESIES.get(before.rstrip(".").lower())


def _genders(sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]) -> dict[str, str]:
    """The gender of each person as a courtesy or a noun with the full name tells it ("Mr. Nils Lind", "chairwoman"),
    else as the given name does."""
    found: dict[str, str] = {}
    for mentions in names:
        for mention in mentions:
            if mention.kind == "person" and " " in mention.span.text:
                phrases = sentences[mention.sentence]
                told = [_courtesy(mention, phrases), *(gender_words().get(noun) for noun in _nouns(mention, phrases))]
                found.update((mention.key, gender) for gender in told if gender)
    full = {m.key: m.name for mentions in names for m in mentions if m.kind == "person" and " " in m.name}
    named = {key: next(of_name(name), None) for key, name in full.items() if key not in found}
    return found | {key: gender for key, gender in named.items() if gender}


def _nouns(mention: Mention, phrases: Phrases) -> list[str]:
    """The heads of what stands beside a name or is told of it."""
    before, apposed = beside(mention.start, mention.end, phrases)
    heads = [phrases.head_of(*span) for span in (*before, *apposed)]
    told = phrases.tokens[mention.head]
    if told.deprel == "nsubj" and told.head >= 0 and phrases.child(told.head, "cop") is not None:
        heads.append(told.head)
    return [phrases.tokens[head].lemma.lower() for head in heads]
