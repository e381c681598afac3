"""Fits the weights by which somebody of no stated state is of one that the sentence names.

    python -m training.homes [--out FILE]

writes `src/legation/data/homes.csv`. Learned from is the part for training of our corpus of events: the parties with a
code that the words around them give no state. Fitted as the weights of pronouns are (`training.pronouns`). Takes half
an hour, most of it for reading.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

from legation.coding.participants import Participants
from legation.coding.pronouns import LEAST, Weights
from legation.read.reader import TextReader
from legation.records import Reading, Text
from training import pronouns
from training.event_corpus import Sentence, part_of
from training.event_drafts import Party
from training.pronouns import Row, Truth, people_of, values_of

OUT = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "homes.csv"
LIKELY_ENOUGH = 0.5
"""How likely a state must be to be given: so that, by weights fitted on four fifths of the sentences, of those given
one in the last fifth as many are right as by the rules alone."""
HEAD = """\
# The weight of each feature by which somebody is of one of the states that a sentence by itself names
# (coding/homes.py). Fitted by training/homes.py on the part for training of corpus/events (its own sentences, CC BY
# 4.0). Compiled by the Legation authors, 2026-11-26. Licence: CC BY 4.0.
#
# feature  its name; "nobody" is that it is none of these states, "least" how likely a state must be to be given
# weight   how much it adds to the logarithm of a state's odds
"""


def parties_of(sentence: Sentence) -> Iterator[Party]:
    """The parties with a code, each once."""
    found = {p.span: p for event in sentence.events for p in (*event.actor, *event.recipient) if p.code is not None}
    yield from (found[span] for span in sorted(found))


def rows_of(sentence: Sentence, reading: Reading) -> Iterator[Row]:
    """The states of which each party may be whose words leave it open, and whether it is."""
    people = people_of(reading)
    if not people.is_alone:
        return
    keys = [(key, party) for party in parties_of(sentence) if (key := _key_of(party, people))]
    for key, party in keys:
        found = people.homes(key)
        code = (party.code or "").split(".")[0]
        if found:
            yield found, Truth(frozenset({code} if code in {one.key for one in found} else ()))


def _key_of(party: Party, people: Participants) -> str:
    """Whom the words of a party mean, as an event takes them."""
    start, end = party.span
    words = [at for at, t in enumerate(people.sentences[0].tokens) if t.start < end and start < t.end]
    return people.of_span(0, words[0], words[-1] + 1).key if words else ""


def fitted(rows: Iterable[Row]) -> Weights:
    """The weights that fit the rows."""
    values = values_of(list(rows))
    return Weights({feature: weight for feature, weight in values.items() if weight} | {LEAST: LIKELY_ENOUGH})


def rendered(weights: Weights) -> str:
    """The table as it is shipped."""
    return pronouns.rendered(weights, HEAD)


def main() -> None:
    """Reads, fits and writes."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    reader = TextReader.load(1)
    told = (sentence for sentence in part_of("train") if any(parties_of(sentence)))
    weights = fitted(row for sentence in told for row in rows_of(sentence, reader.read(Text(sentence.text))))
    options.out.write_text(rendered(weights), encoding="utf-8")
    print(f"{len(weights.values)} weights are in {options.out}.")


if __name__ == "__main__":
    main()
