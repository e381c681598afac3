"""Ships by name: neither bodies nor persons, whatever their names look like."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from legation.coding.names import Mention, name_key
from legation.coding.phrases import Phrases

VESSELS = frozenset(
    """
    barge boat carrier corvette cruiser cutter destroyer ferry freighter frigate gunboat icebreaker liner minesweeper
    schooner ship steamer submarine tanker trawler tug tugboat vessel warship yacht
    """.split()
)
PREFIXES = frozenset({"HMAS", "HMCS", "HMS", "INS", "M/T", "M/V", "MS", "MT", "MV", "RMS", "SS", "USNS", "USS"})


def with_vessels(sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """The mentions of each sentence, those that are the name of a ship as places of no state.

    A ship is what is called so right behind the word for one ("the tanker Firm Anchor"), there and everywhere else.
    """
    runs = [list(_runs(phrases)) for phrases in sentences]
    ships = {
        name_key(phrases.text(start, end))
        for phrases, own in zip(sentences, runs, strict=True)
        for start, end in own
        if start > 0 and _tells_ship(start - 1, phrases)
    }
    if not ships:
        return [list(mentions) for mentions in names]
    found = []
    for number, (phrases, mentions, own) in enumerate(zip(sentences, names, runs, strict=True)):
        named = [(s, e) for s, e in own if name_key(phrases.text(s, e)) in ships and not _is_state(s, e, mentions)]
        kept = [m for m in mentions if not any(m.start < e and s < m.end for s, e in named)]
        found.append(sorted(kept + [_ship(number, s, e, phrases) for s, e in named], key=lambda m: m.start))
    return found


def _runs(phrases: Phrases) -> Iterator[tuple[int, int]]:
    """The unbroken runs of capitalised names, but for the prefix of a ship's."""
    start = end = -1
    for at in phrases.large_names:
        if at != end:
            if start >= 0:
                yield start, end
            start = at
        end = at + 1
        if phrases.forms[at] in PREFIXES:
            start = end
    if 0 <= start < end:
        yield start, end


def _tells_ship(word: int, phrases: Phrases) -> bool:
    return phrases.forms[word] in PREFIXES or phrases.tokens[word].lemma.lower() in VESSELS


def _is_state(start: int, end: int, mentions: Sequence[Mention]) -> bool:
    """Whether a run is the name of a state: "the ship Iran sent"."""
    return any(m.kind in ("state", "people") and m.start == start and m.end == end for m in mentions)


def _ship(number: int, start: int, end: int, phrases: Phrases) -> Mention:
    name = phrases.text(start, end)
    head, span = phrases.head_of(start, end), phrases.span(start, end)
    return Mention(number, start, end, head, "place", f"ship:{name_key(name)}", name, None, (), span)
