"""States told by a neighbour's name: "the North" beside South Korea, "the Congo" beside Zaire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.coding.names import Mention
from legation.coding.nouns import NOMINAL
from legation.coding.phrases import Phrases

NEIGHBOURS = {"north": ("PRK", "North Korea"), "south": ("KOR", "South Korea")}


ZAIRE, CONGO = frozenset({"zaire", "zairian", "zairean"}), frozenset({"congo"})


def with_neighbours(
    sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]], dateline: str | None = None
) -> list[list[Mention]]:
    """The mentions of each sentence, with those of a neighbour by its direction alone; `dateline` is the state that the
    article is dated from."""
    known = {m.code for mentions in names for m in mentions if m.kind in ("state", "people", "place")}
    koreas = {code for code, _ in NEIGHBOURS.values()}
    known |= koreas if dateline in koreas else set()
    found = [list(mentions) for mentions in names]
    if any(m.span.text.lower() in ZAIRE for mentions in names for m in mentions):
        # As long as the larger Congo was Zaire, "the Congo" was the smaller.
        found = [[_other_congo(m) if m.kind == "state" else m for m in mentions] for mentions in found]
    if known.isdisjoint(koreas):
        return found
    for number, phrases in enumerate(sentences):
        if NEIGHBOURS.keys().isdisjoint(phrases.small):
            continue
        taken = {i for m in found[number] if m.code or m.kind == "person" for i in range(m.start, m.end)}
        for word in range(1, len(phrases.tokens)):
            code, name = NEIGHBOURS.get(phrases.small[word], ("", ""))
            if code in known and word not in taken and _stands_alone(phrases, word):
                kept = [m for m in found[number] if not m.start <= word < m.end]
                span, key = phrases.span(word, word + 1), f"state:{code}"
                found[number] = [*kept, Mention(number, word, word + 1, word, "state", key, name, code, (), span)]
    return found


def _other_congo(mention: Mention) -> Mention:
    if mention.code != "COD" or mention.span.text.lower() not in CONGO:
        return mention
    return replace(mention, code="COG", key="state:COG", name="Republic of the Congo")


def _stands_alone(phrases: Phrases, word: int) -> bool:
    """Whether "the North" is all there is: capitalised, behind "the", not before a noun."""
    following = phrases.tokens[word + 1] if word + 1 < len(phrases.tokens) else None
    return (
        phrases.forms[word][0].isupper()
        and phrases.forms[word - 1].lower() == "the"
        and (following is None or (following.upos not in NOMINAL and following.text != "-"))
    )
