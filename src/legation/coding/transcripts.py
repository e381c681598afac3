"""Turns of a transcript or a screenplay: "LIND: We shall see." is a statement of who stands before the colon."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from legation.coding.entities import Participant, Person
from legation.coding.names import name_key
from legation.coding.participants import Participants
from legation.coding.people import last_names, short_names
from legation.coding.phrases import OPEN, STRAIGHT, Phrases
from legation.records import Span

LONGEST_LABEL = 6
"""Words before the colon, without a time and what stands in brackets."""
ROUNDS = frozenset({"q", "a", "question", "answer"})
ANSWERS = frozenset({"a", "answer"})


@dataclass(frozen=True, slots=True)
class Turn:
    """What stands behind a label, to the end of its paragraph; `sentence` and `colon` tell where the label ends.

    `speaker` is None where no person of the article is called so.
    """

    sentence: int
    colon: int
    label: Span
    content: Span
    speaker: Participant | None


@dataclass(frozen=True, slots=True)
class _Label:
    """The label of a paragraph: its sentence, its words without a time, its colon."""

    sentence: int
    start: int
    end: int
    colon: int


def turns(sentences: Sequence[Phrases], people: Participants) -> list[Turn]:
    """The turns of an article, in order.

    A label is the name of a person of the article; else capitals, or "Q" and "A", that stand before more than one
    paragraph. What is in capitals once may be a heading or a place. "A" is who is asked: the only person named before
    the first label.
    """
    ends = {phrases.sentence.block: phrases.sentence.end for phrases in sentences}
    labels = [label for number in _openings(sentences) if (label := _label(number, sentences[number])) is not None]
    persons = people.persons()
    asked = _asked(labels, persons, sentences)
    often = Counter(_text(label, sentences) for label in labels)
    found: list[Turn] = []
    for label in labels:
        phrases, text = sentences[label.sentence], _text(label, sentences)
        person = asked if text.lower() in ANSWERS else _named(text, label, labels[0], persons, people)
        if person is None and not (often[text] > 1 and (text.isupper() or text.lower() in ROUNDS)):
            continue
        start, end = phrases.tokens[label.colon].end, ends[phrases.sentence.block]
        start += len(phrases.body[start:end]) - len(phrases.body[start:end].lstrip())
        if start < end:
            speaker = people.again(person.key, label.start, label.end, label.sentence) if person else None
            span = phrases.span(label.start, label.end)
            found.append(Turn(label.sentence, label.colon, span, Span(start, end, phrases.body[start:end]), speaker))
    return found


def _openings(sentences: Sequence[Phrases]) -> list[int]:
    """The sentences that begin a paragraph."""
    return [
        number
        for number, phrases in enumerate(sentences)
        if not number or sentences[number - 1].sentence.block != phrases.sentence.block
    ]


def _label(number: int, phrases: Phrases) -> _Label | None:
    """The words before the first colon of a sentence, if they can be a label: no verb, one capital at least."""
    forms = phrases.forms
    colon = next((i for i, form in enumerate(forms) if form == ":"), None)
    if colon is None:
        return None
    start = 0
    while start < colon and not any(c.isalpha() for c in forms[start]):
        start += 1
    end = next((i for i in range(start, colon) if forms[i] == "("), colon)
    words = [form for form in forms[start:end] if form != "-"]
    fits = 0 < len(words) <= LONGEST_LABEL and words[0][:1].isupper()
    quoted = any(mark in forms[:colon] for mark in (OPEN, STRAIGHT))
    return _Label(number, start, end, colon) if fits and not quoted else None


def _text(label: _Label, sentences: Sequence[Phrases]) -> str:
    return sentences[label.sentence].text(label.start, label.end)


def _asked(labels: Sequence[_Label], persons: Sequence[Person], sentences: Sequence[Phrases]) -> Person | None:
    """The person whom an article introduces before its first label, and nobody else with him."""
    if not labels:
        return None
    first = sentences[labels[0].sentence].sentence.start
    named = [p for p in persons if any(place[1] <= first for place in p.mentions)]
    return named[0] if len(named) == 1 else None


def _named(text: str, label: _Label, first: _Label, persons: Sequence[Person], people: Participants) -> Person | None:
    """The one person of an article whom a label names, in full or by a part of the name, in capitals or not.

    Of several with a name it is the one who was named before the first label, and before the others.
    """
    mention = next(
        (m for m in people.names[label.sentence] if m.kind == "person" and m.start <= label.end - 1 < m.end), None
    )
    key = name_key(text)
    # Who is asked may be called by one half of his name beside another who has that alone.
    bearers = [p for p in persons if " " in (name := people.name_of(p.key)) and key in last_names(name)]
    if len(bearers) > 1:
        introduced = min(bearers, key=lambda p: p.mentions[0])
        if introduced.mentions[0][0] >= people.sentences[first.sentence].sentence.start:
            return None
        if mention is not None and mention.key != introduced.key:
            people.take_for(mention, introduced.key)
        return introduced
    if mention is not None and all(form[:1].isupper() for form in text.split()):
        own = [p for p in persons if p.key == mention.key]
        if " " in people.name_of(mention.key) or not text.isupper():
            return own[0] if own else None
    called = [p for p in persons if key == name_key(people.name_of(p.key)) or key in short_names(people.name_of(p.key))]
    full = [p for p in called if " " in people.name_of(p.key)]
    return (full or called)[0] if len(full or called) == 1 else None
