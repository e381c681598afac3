"""Articles to measure on: invented sentences of our event corpus, put together at random, always the same.

    python -m bench.articles 20000 > articles.jsonl

An article has a dateline, 12 to 40 sentences in paragraphs of one to four, a title and a day of publication. The
sentences are those of corpus/events/invented.jsonl; what an article as a whole tells makes no sense.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

CORPUS = Path(__file__).resolve().parent.parent / "corpus" / "events" / "invented.jsonl"
SEED = 20261126
SENTENCES = 12, 40
TOWNS = ("GENEVA", "NAIROBI", "HANOI", "LIMA", "ANKARA", "CAIRO", "NEW DELHI", "WARSAW", "ABUJA", "SEOUL")
FIRST_DAY, DAYS = date(1995, 1, 1), 11_000


def articles(count: int, sentences: tuple[int, int] = SENTENCES, seed: int = SEED) -> Iterator[dict[str, str]]:
    """So many records with id, title, text, published and source; the first ones are the same for any count.

    `sentences` are the fewest and the most of an article.
    """
    with CORPUS.open(encoding="utf-8") as lines:
        known = [json.loads(line)["text"] for line in lines]
    rng = random.Random(seed)
    for number in range(count):
        chosen = [rng.choice(known) for _ in range(rng.randint(*sentences))]
        day = FIRST_DAY + timedelta(days=rng.randrange(DAYS))
        yield {
            "id": f"bench-{number:06d}",
            "title": " ".join(chosen[0].split()[:9]),
            "text": f"{rng.choice(TOWNS)} - " + "\n\n".join(_paragraphs(chosen, rng)),
            "published": day.isoformat(),
            "source": f"source-{rng.randrange(50)}",
        }


def _paragraphs(sentences: list[str], rng: random.Random) -> Iterator[str]:
    at = 0
    while at < len(sentences):
        end = at + rng.randint(1, 4)
        yield " ".join(sentences[at:end])
        at = end


def main() -> None:
    """Prints so many articles as JSONL."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("count", type=int)
    options = parser.parse_args()
    for record in articles(options.count):
        sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
