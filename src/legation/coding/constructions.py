"""Persons told by what stands beside a name, whatever it looks like: "Israel Pond, a baker"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from legation.coding.appositions import ADDRESSES, NAMING
from legation.coding.geography import Geography
from legation.coding.names import COURTESY, Mention, is_title, name_key
from legation.coding.personal import is_role
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer, find_title

PLACED = frozenset({"at", "from", "in", "near", "of", "outside"})
BETWEEN = frozenset({"ADJ", "DET", "NOUN", "NUM", "PROPN"})
BEFORE_NAMES = frozenset(
    {"head_of_state", "head_of_government", "royal", "minister", "legislator", "religious", "military"}
)
"""Kinds of titles that, written large before a name, tell that it is a person's."""
LONGEST = 6
"""Words of a phrase that says what somebody is."""
SURE = 0.5


def with_constructed(number: int, mentions: Sequence[Mention], phrases: Phrases, gazetteer: Gazetteer) -> list[Mention]:
    """The names of a sentence, as persons those which only a person's name could be where they stand.

    That is a name before "who" or "a baker", behind "Dr." or "a farmer named", or as the end of "a guard, Lima Sumo,".
    A name that a table knows as a whole stays what it is.
    """
    kept = list(mentions)
    for start, end in _runs(phrases):
        first = _behind_place(start, end, phrases)
        over = [m for m in kept if m.start < end and first < m.end]
        if first >= end or any(_keeps(m, first, end) for m in over):
            continue
        single = end - first == 1
        told = _is_addressed(first, phrases) or (not single and _is_told(first, end, phrases))
        if told and not _is_known(first, end, phrases, gazetteer, single):
            name = phrases.text(first, end)
            head, span = phrases.head_of(first, end), phrases.span(first, end)
            made = Mention(number, first, end, head, "person", f"person:{name_key(name)}", name, None, (), span)
            cut = [replace(m, end=first, span=phrases.span(m.start, first)) for m in over if m.start < first]
            kept = sorted([m for m in kept if m not in over] + cut + [made], key=lambda m: m.start)
    return kept


def _keeps(mention: Mention, start: int, end: int) -> bool:
    """Whether a mention stays what it is: a person who has the whole run, and a body that has more than it."""
    if mention.kind == "organization":
        return mention.start < start or end < mention.end
    return mention.kind == "person" and mention.start <= start and end <= mention.end


def _runs(phrases: Phrases) -> Iterator[tuple[int, int]]:
    """The unbroken runs of capitalised names that are no titles, hyphens and what follows them included."""
    end = 0
    for at in phrases.large_names:
        if at < end:
            continue
        end = at
        while end < len(phrases.tokens) and _goes_on(end, at, phrases):
            end += 1
        if end > at:
            yield at, end


def _goes_on(at: int, start: int, phrases: Phrases) -> bool:
    token = phrases.tokens[at]
    if at > start and (token.text == "-" or phrases.forms[at - 1] == "-"):
        return phrases.tokens[at - 1].end == token.start
    if token.upos != "PROPN" or not token.text[:1].isupper():
        return False
    return token.text.rstrip(".") not in ADDRESSES and not is_title(token.text)


def _behind_place(start: int, end: int, phrases: Phrases) -> int:
    """Where a run begins without the place that stands at its beginning: "In Granada | Santiago Molina"."""
    if start == 0 or phrases.forms[start - 1].lower() not in PLACED:
        return start
    geography = Geography.load()
    for cut in range(end - 1, start, -1):
        if geography.named(phrases.text(start, cut)):
            return cut
    return end if not is_title(phrases.forms[end - 1]) else start


def _is_addressed(start: int, phrases: Phrases) -> bool:
    """Whether a form of address or a title written large stands before a name."""
    word = phrases.forms[start - 1] if start else ""
    if word.rstrip(".") in ADDRESSES or word.rstrip(".").lower() in COURTESY:
        return word[:1].isupper()
    title = find_title(word) if word[:1].isupper() and start > 1 else None
    return title is not None and title.kind in BEFORE_NAMES


def _is_told(start: int, end: int, phrases: Phrases) -> bool:
    """Whether a clause or an apposition behind or before a name says what one person is."""
    forms, tokens = phrases.forms, phrases.tokens
    if start > 1 and forms[start - 1].lower() in NAMING and is_role(start - 2, phrases):
        return True
    if end + 1 >= len(tokens) or forms[end] != ",":
        return False
    if start > 1 and forms[start - 1] == "," and is_role(start - 2, phrases):
        return True
    if forms[end + 1].lower() == "who":
        return True
    for at in range(end + 1, min(end + 1 + LONGEST, len(tokens))):
        if tokens[at].deprel == "appos" and is_role(at, phrases):
            return True
        if tokens[at].upos not in BETWEEN:
            return False
    return False


def _is_known(start: int, end: int, phrases: Phrases, gazetteer: Gazetteer, single: bool) -> bool:
    """Whether a table or a sure mark of the model knows a name as that of a state, a place or a body."""
    hit = gazetteer.longest(phrases.forms[:end], start)
    if hit is not None and hit[0] == end - start and not single:
        return True
    bodies = [n for n in phrases.sentence.names if n.label == "ORG" and n.start < end and start < n.end]
    return any(n.score > SURE for n in bodies) or (
        not single and bool(Geography.load().named(phrases.text(start, end)))
    )
