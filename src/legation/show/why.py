"""What events rest on, on a terminal: words, probabilities, and the table row behind each code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from legation.records import Chance, Event, Report, Why, WhyParty
from legation.show.display import one_line
from legation.show.wording import percent, type_of


def render_why(report: Report, console: Console) -> None:
    """Print what every explained event of `report` rests on."""
    for event in report.events:
        if event.why is not None:
            for line in _lines(event, event.why):
                console.print(Text(line), highlight=False, soft_wrap=False)


def _lines(event: Event, why: Why) -> Iterator[str]:
    yield f"{event.id}  {type_of(event)}, {event.status}, {percent(event.confidence)}"
    yield f"words       {one_line(why.sentence.text)}"
    yield f"trigger     {one_line(event.trigger.text)}"
    yield f"type        {_chances(why.types)}"
    yield f"mode        {_chances([why.mode])}"
    yield f"contexts    {_chances(why.contexts) or 'none likely'}"
    yield f"status      {event.status}: {why.status}"
    for role, parties in (("actor", why.actor), ("recipient", why.recipient)):
        for party in parties:
            yield f"{role:<11} {_party(party)}"
    yield f"CAMEO       {event.cameo}, from {why.cameo}"
    yield f"confidence  {why.confidence}"
    yield ""


def _chances(chances: Iterable[Chance]) -> str:
    return ", ".join(f"{one.what or 'none'} {percent(one.chance)}" for one in chances)


def _party(party: WhyParty) -> str:
    return f"{one_line(party.text)} -> {party.code or 'no code'}, by {party.basis}"
