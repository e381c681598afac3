"""Bodies and states that a common noun means: "the group", "the bloc", "the kingdom"."""

from __future__ import annotations

from collections.abc import Sequence

from legation.coding.descriptions import adjectives_of, is_mention_of_known
from legation.coding.names import Mention
from legation.coding.phrases import SUBJECTS, Phrases

ANY_BODY = frozenset(
    "group organisation organization bloc alliance agency movement watchdog charity coalition militia".split()
)
"""What a body of any kind may be called."""
BY_SECTOR = {"party": "PTY", "union": "LAB", "company": "BUS", "firm": "BUS", "bank": "BUS", "newspaper": "JRN"}
"""What only a body of a sector may be called."""
STATES = frozenset({"country", "kingdom", "republic", "nation"})


def body_called(
    number: int, word: int, sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]
) -> Mention | None:
    """The body or state named before a noun that means it; None for another noun, and where two could be meant.

    It is the only one of its kind that the paragraph has named so far, or the body that the sentence before is about;
    a paragraph that has named none takes that of the paragraph before.
    """
    phrases = sentences[number]
    noun = phrases.tokens[word].lemma.lower()
    if not (noun in ANY_BODY or noun in STATES or noun in BY_SECTOR):
        return None
    if not is_mention_of_known(word, phrases) or adjectives_of(word, phrases):
        return None
    here, block = phrases.tokens[word].start, phrases.sentence.block
    first = number
    while first and sentences[first - 1].sentence.block >= block - 1:
        first -= 1
    for back in (0, 1):
        inside = [at for at in range(first, number + 1) if sentences[at].sentence.block == block - back]
        named = [m for at in inside for m in names[at] if m.span.end <= here and _may_be(m, noun)]
        if named:
            one = _only(named)
            return one if one is not None or noun in STATES else _last_subject(inside, number, named, sentences)
    return None


def _may_be(mention: Mention, noun: str) -> bool:
    if noun in STATES:
        return mention.kind == "state"
    sector = BY_SECTOR.get(noun)
    return mention.kind == "organization" and (sector is None or sector in mention.sectors)


def _only(named: Sequence[Mention]) -> Mention | None:
    return named[-1] if len({m.key for m in named}) == 1 else None


def _last_subject(
    inside: Sequence[int], number: int, named: Sequence[Mention], sentences: Sequence[Phrases]
) -> Mention | None:
    """That of several which by itself is the subject of the sentence before."""
    last = max((at for at in inside if at < number), default=None)
    told = [m for m in named if m.sentence == last and sentences[m.sentence].tokens[m.head].deprel in SUBJECTS]
    alone = told and len(sentences[told[0].sentence].conjuncts(told[0].head)) == 1
    return _only(told) if alone else None
