"""Counts in how many texts a word stands, whatever they are about: what a word tells of an issue is how rare it is.

    python -m training.word_shares

writes `word_shares.csv` into the package, from the training part of `corpus/positions`; `make tables` does so before
it packs the issues. Each text was written for one issue, and the issue in whose texts a word is most frequent is left
out of its share: "tariff" is rare but where tariffs are the matter.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable, Iterator, Mapping

from legation.positions.terms import singular, words_of
from training.position_corpus import Record, read
from training.registry import DATA

# Fewer texts than these tell nothing; a word that is not in the table is as rare as can be.
FEWEST = 3
LATER = ("acts-", "sides-")
"""Texts of the training part that came after the weights of the issues were fitted; counted too, they make the right
issue two of 100 rarer among the candidates (`docs/decisions/0040`)."""
COMMENT = """\
# How common words are in short texts of world politics: by this the words of issues are weighed (positions/library.py).
# Counted by training/word_shares.py in the training part of corpus/positions (CC BY 4.0).
# Compiled by the Legation authors, 2026-11-26. Licence: CC BY 4.0.
#
# singular  a word without the ending of the plural (positions/terms.py)
# share     of 10,000 texts those in which it stands; the issue in whose texts it is most frequent is left out
singular,share
"""


def shares(records: Iterable[Record]) -> dict[str, float]:
    """The share, of 10,000 texts, of each word that stands in a few of them."""
    texts: collections.Counter[str] = collections.Counter()
    found: dict[str, collections.Counter[str]] = {}
    for record in records:
        texts[record.issue] += 1
        for word in set(map(singular, words_of(record.text))):
            found.setdefault(word, collections.Counter())[record.issue] += 1
    return {word: _share(own, texts) for word, own in found.items() if own.total() >= FEWEST}


def _share(found: Mapping[str, int], texts: Mapping[str, int]) -> float:
    most = max(found, key=lambda issue: (found[issue] / texts[issue], issue))
    return 10_000 * (sum(found.values()) - found[most]) / (sum(texts.values()) - texts[most])


def table(records: Iterable[Record]) -> str:
    """The table as its file holds it."""
    rows = (f"{word},{share:.1f}\n" for word, share in sorted(shares(records).items()))
    return COMMENT + "".join(rows)


def counted(records: Iterable[Record]) -> Iterator[Record]:
    """The texts whose words are counted."""
    return (record for record in records if record.split == "train" and not record.id.startswith(LATER))


def write() -> None:
    """Writes the table into the package."""
    text = table(counted(read()))
    (DATA / "word_shares.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
