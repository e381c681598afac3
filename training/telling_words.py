"""Counts how often a word tells an event of a type: what a rare word tells, the model hardly knows.

    python -m training.telling_words

writes `telling_words.csv` into the package, from the training part of `corpus/events`.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable

from legation.coding.confidence import RARE
from legation.read.words import split_words
from training.event_corpus import Sentence, part_of
from training.registry import DATA
from training.tables import rendered

DOUBT = 0.1
"""What each word is taken to have told of each type, in one sentence more than there is."""
COMMENT = """\
# How often a word tells an event of a type: a second witness beside the model (coding/confidence.py).
# Counted by training/telling_words.py in the training part of corpus/events (CC BY 4.0).
# Compiled by the Legation authors, 2026-11-27. Licence: CC BY 4.0.
#
# word   in small letters
# type   of the event
# share  of the times the word was met, those in which it was the trigger of such an event; rarer ones are left out
word,type,share
"""


def shares(sentences: Iterable[Sentence]) -> dict[tuple[str, str], float]:
    """The share of each word and type, where it tells more than nothing."""
    met: collections.Counter[str] = collections.Counter()
    telling: collections.Counter[tuple[str, str]] = collections.Counter()
    for sentence in sentences:
        types = {event.trigger[0]: event.type for event in sentence.events}
        for start, end in split_words(sentence.text, 0, len(sentence.text)):
            word = sentence.text[start:end].lower()
            met[word] += 1
            if start in types:
                telling[word, types[start]] += 1
    found = {pair: (count + DOUBT) / (met[pair[0]] + 1) for pair, count in telling.items()}
    return {pair: share for pair, share in found.items() if share > RARE}


def table(sentences: Iterable[Sentence]) -> str:
    """The table as its file holds it."""
    return rendered(
        COMMENT, ((word, kind, f"{share:.3f}") for (word, kind), share in sorted(shares(sentences).items()))
    )


def write() -> None:
    """Writes the table into the package."""
    (DATA / "telling_words.csv").write_text(table(part_of("train")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
