"""Pages in the layouts of the web, made by us: tests/layouts has the templates, the articles are here.

All states, places, persons and events are invented, and so are the papers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

LAYOUTS = Path(__file__).parent / "layouts"
DAY = date(2031, 3, 4)


@dataclass(frozen=True)
class Story:
    """What a reader sees of an article: each of `body` is a paragraph, those under 60 characters are subheads."""

    title: str
    byline: str
    body: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """A template, filled in, with what is to be read from it; `published` is None where the page states no date."""

    name: str
    page: str
    title: str
    published: date | None
    body: tuple[str, ...]


STORIES = (
    Story(
        "Orvania recalls its envoy after shells fall on Dorn",
        "Mira Holt",
        (
            "Orvania recalled its ambassador from Teskia on Tuesday, hours after shells fired from across the border "
            "killed two farmers near the village of Dorn, the foreign ministry said.",
            "Foreign Minister Ilse Varga told reporters that her government would not return to the talks before the "
            "batteries on the ridge were withdrawn.",
            "“We will not sit at a table while our villages burn,” she said. Teskia denied that its army had fired.",
            "The general staff in Teskia’s capital, Pell, offered to open the logs of the border guard to the mission, "
            "which has kept 120 observers along the river since the ceasefire of 2019.",
            "A crossing closed",
            "At noon the crossing at Dorn was closed to lorries, and by evening some two hundred of them stood on the "
            "road to the coast. Drivers were given soup and blankets by the Red Lantern Society.",
            "The two states have no other channel. Diplomats of a third, Valdoria, said that they would carry messages "
            "if they were asked to, and that so far nobody had asked.",
            "An adviser to the president of Orvania, who would not be named because he may not speak to the press, said "
            "that the recall was meant to last for days and not for months.",
            "Trade across the river was worth 40 million crowns last year, a third less than in the year before.",
        ),
    ),
    Story(
        "Kestria and Valdoria agree to share the catch in the Lorne Strait",
        "Tam Orle",
        (
            "MARRIN, Valdoria — Kestria and Valdoria signed a treaty on Monday that shares the herring of the Lorne "
            "Strait between their fleets for ten years, ending a quarrel that has twice brought out their navies.",
            "President Ilse Harrow of Valdoria and the Kestrian prime minister, Tomas Verrin, put their names to it in "
            "the harbour office of Marrin, before a crowd of skippers and their families.",
            "Under the treaty each side may take 60,000 tons a year, and boats of both may land their fish in either "
            "port without duty. A joint board will count the catch.",
            "“Nobody got all that he came for,” Mr. Verrin said, “and everybody goes home with fish.”",
            "Doubts at home",
            "Fishermen in Ostrel said that the board would favour the larger fleet of their neighbours, and their union "
            "called for a strike on Thursday unless the minister explained himself.",
            "The opposition in Marrin asked why the treaty says nothing of the gas that is thought to lie below the "
            "strait. Ms. Harrow answered that fish can be counted and gas cannot, for now.",
            "Oda Lindqvist, who teaches maritime law at the university, called the board a small miracle and its budget "
            "a large disappointment.",
            "The treaty must be approved by both parliaments before the end of May, and takes effect in the summer.",
        ),
    ),
    Story(
        "Council sends observers to the river as Teskia masses troops",
        "Nell Ardan",
        (
            "The Council of the Strait decided on Sunday to send 80 more observers to the river between Orvania and "
            "Teskia, where satellite pictures show that tents and tracks have multiplied within a week.",
            "Its chair, Dario Senn, said that the observers would travel unarmed and report in public each evening.",
            "Teskia calls what it does there an exercise. It has told the council that 4,000 soldiers take part, and "
            "that they will go home on the twentieth; Orvania counts three times as many.",
            "“An exercise that has no end is called something else,” the Orvanian defence minister, Karo Lund, told "
            "parliament.",
            "What comes next",
            "The observers are to arrive on Thursday. Both sides have promised to let them pass, though Teskia wants a "
            "list of their names first, and Orvania an escort of its own.",
            "Banks in Pell stayed open, but the queues were long. In Dorn the school took in families from the farms.",
            "Kestria, which has a seat on the council and a pipeline under the river, voted for the mission, and then "
            "asked for a second vote in a month.",
            "Nobody in the chamber spoke against it.",
        ),
    ),
)

_UNDATED = ("09_tables_of_old", "38_date_in_address_only")


def layouts() -> list[Layout]:
    """All layouts, filled in with one story after the other."""
    return [_filled(path, STORIES[number % len(STORIES)]) for number, path in enumerate(sorted(LAYOUTS.glob("*.html")))]


def _filled(path: Path, story: Story) -> Layout:
    body = story.body[:2] if path.stem == "43_brief" else story.body
    if path.stem == "44_correction":
        body = (*body, "Correction: an earlier version of this article gave the number of boats as nine. It was seven.")
    template = jinja2.Template(path.read_text("utf-8"), autoescape=True)
    page = template.render(
        title=story.title,
        byline=story.byline,
        body=body,
        iso=f"{DAY}T23:30:00+02:00",
        day=str(DAY),
        worded=f"{DAY.day} March {DAY.year}",
    )
    return Layout(path.stem, page, story.title, None if path.stem in _UNDATED else DAY, body)


def words_f1(found: str, wanted: str) -> float:
    """How well the words of a text are those that are wanted, each counted as often as it stands there."""
    got, gold = Counter(found.split()), Counter(wanted.split())
    hits = (got & gold).total()
    return 2 * hits / (got.total() + gold.total()) if hits else 0.0
