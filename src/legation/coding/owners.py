"""Whose minister, daughter or bank it is that a text calls "his", "her", "its" or "their"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from legation.coding.appositions import SERVING, beside
from legation.coding.names import Mention
from legation.coding.nouns import HUMAN
from legation.coding.people import Profile
from legation.coding.phrases import SUBJECTS, Phrases
from legation.coding.tables import find_title
from legation.records import Token

KINDS = {
    "his": frozenset({"person"}),
    "her": frozenset({"person"}),
    "its": frozenset({"state", "place", "organization"}),
    "their": frozenset({"people", "state", "organization"}),
}
"""What each of the words may stand for."""
OWNERS = frozenset({*KINDS, "my", "our"})
"""All words for whose something is."""


def is_owner(token: Token) -> bool:
    """Whether a word is the "his" or "its" of a noun."""
    return token.deprel == "nmod:poss" and token.text.lower() in KINDS


def owner_of(
    number: int, noun: int, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> Mention | None:
    """The name that "his" or "its" stands for before a noun; None where there is no such word or no fitting subject.

    It is the subject named last before it, in its sentence or in the one before.
    """
    phrases = sentences[number]
    word = next((c for c in phrases.children[noun] if is_owner(phrases.tokens[c])), None)
    if word is None:
        return None
    kinds = KINDS[phrases.forms[word].lower()]
    subjects = _subjects_before(number, word, sentences)
    found = (m for at, subject in subjects for m in names[at] if m.head == subject and m.kind in kinds)
    return next(found, None)


def _subjects_before(number: int, word: int, sentences: Sequence[Phrases]) -> Iterator[tuple[int, int]]:
    """The subjects before a word, by sentence and word, the last first."""
    for at in (number, number - 1):
        if at < 0:
            return
        tokens = sentences[at].tokens
        for subject in reversed(range(word if at == number else len(tokens))):
            if tokens[subject].deprel in SUBJECTS:
                yield at, subject


def code_of_owner(
    number: int,
    start: int,
    end: int,
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    codes: Mapping[str, str | None],
) -> str | None:
    """The code of whom a noun from `start` to `end` is called the own of, by the codes of entities by their keys."""
    for noun in range(start, end):
        owner = owner_of(number, noun, sentences, names)
        if owner is not None:
            return owner.code or codes.get(owner.key)
    return None


def state_of_owner(
    place: tuple[int, int, int],
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    codes: Callable[[], Mapping[str, str | None]],
) -> str | None:
    """The state of whose minister or daughter a range of words (sentence, start, end), or what stands beside it, says
    that somebody is; `codes` gives those of entities by their keys, and is asked only where somebody is anybody's."""
    number, start, end = place
    phrases = sentences[number]
    if not any(map(is_owner, phrases.tokens)):
        return None
    before, apposed = beside(start, end, phrases)
    known = codes()
    found = (code_of_owner(number, *span, sentences, names, known) for span in ((start, end), *before, *apposed))
    return next((code for code in found if code), None)


def of_its_body(
    profile: Profile, mention: Mention, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> Profile:
    """The profile of a person, with the sectors of the body whose president or leader he is: "its president"."""
    phrases = sentences[mention.sentence]
    if profile.sectors != ("GOV",) or _ITS.isdisjoint(phrases.small):
        return profile
    before, apposed = beside(mention.start, mention.end, phrases)
    for noun in (at for span in (*before, *apposed) for at in range(*span) if phrases.small[at] in SERVING):
        word = next((c for c in phrases.children[noun] if phrases.small[c] in _ITS), None)
        sectors = None if word is None else _sectors_before(mention.sentence, word, sentences, names)
        if sectors is not None:
            return replace(profile, sectors=sectors)
    return profile


_ITS = frozenset({"its", "their"})


def _sectors_before(
    number: int, word: int, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> tuple[str, ...] | None:
    """The sectors of the body that is the subject last before a word; None where it is a state, or not known."""
    for at, subject in _subjects_before(number, word, sentences):
        named = next((m for m in names[at] if m.start <= subject < m.end), None)
        title = find_title(sentences[at].tokens[subject].lemma) if named is None else None
        if named is not None and named.kind != "person":
            return named.sectors if named.kind == "organization" and named.sectors else None
        if title is not None and title.kind not in HUMAN:
            return title.sectors
    return None


def owner_words(
    number: int, noun: int, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> frozenset[str]:
    """The words, in small letters, for the body that "its" or "their" means before a noun."""
    owner = owner_of(number, noun, sentences, names)
    if owner is None or owner.kind == "person":
        return frozenset()
    phrases = sentences[owner.sentence]
    start = min(phrases.subtree(owner.head)[0], owner.start)
    return frozenset(form.lower() for form in phrases.forms[start : owner.end])
