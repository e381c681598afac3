"""What the steps of coding share of one article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from legation.coding.dates import DatedSpan
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Setting:
    """An article's sentences, entities, dates (in order), day of publication and headline ("" without one)."""

    sentences: tuple[Phrases, ...]
    people: Participants
    dates: tuple[DatedSpan, ...]
    published: date | None
    title: str
