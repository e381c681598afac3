"""Draws events from articles at random, to be judged by hand: each with its sentence, parties and confidence.

    python -m evals.draw [--number 60] [--seed 1]

reads the articles of PolNeAR dev (domestic politics and talk, never trained on). Whether an event is wrong in type or
role is for a reader to say; the outcome stands in `docs/accuracy.md`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence

from evals.attribution import load_attributions
from evals.gold import corpora_folder
from evals.run import FLOORS
from evals.table import load_floors
from legation.pipeline import Reader
from legation.read.events import label_of
from legation.records import Event, Report


def lines_of(event: Event, report: Report) -> list[str]:
    """An event as a few lines to judge."""
    start, end = report.sentences[event.sentence]
    parties = (" ; ".join(span.text for span in spans) or "-" for spans in (event.actor, event.recipient))
    actor, recipient = (" ".join(words.split()) for words in parties)
    kind = label_of(event.type, event.mode)
    return [
        " ".join(report.text[start:end].split()),
        f"    {event.trigger.text} | {kind} | {actor} | {recipient} | {event.status} | {event.confidence:.2f}",
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the draw."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    articles = load_attributions(load_floors(FLOORS).proven(corpora_folder())["polnear"])
    reader = Reader()
    found = [
        (event, report) for report in (reader.read(article.text) for article in articles) for event in report.events
    ]
    drawn = random.Random(options.seed).sample(found, min(options.number, len(found)))
    print(f"{len(found)} events in {len(articles)} articles; {len(drawn)} drawn with seed {options.seed}.")
    for number, (event, report) in enumerate(drawn, 1):
        print(f"\n{number}. " + "\n".join(lines_of(event, report)))


if __name__ == "__main__":
    main()
