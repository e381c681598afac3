"""Events: predicates that a rule of the lexicon knows, with their actors, recipients, status, date and place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice, takewhile

from legation.coding.dates import DatedSpan, event_date
from legation.coding.lexicon import EventRule, Lexicon
from legation.coding.participants import Participant, Participants
from legation.coding.phrases import Phrases
from legation.coding.slots import Slots
from legation.coding.status import status_of
from legation.records import EventDate, Magnitude, Span, Status

TURNS_TO_AGREE = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID"})
TWO_SIDED = frozenset({"CONSULT", "COOPERATE"})
ACTING_THINGS = frozenset(
    {
        "@weapon",
        "@missile",
        "@troops",
        "@warship",
        "@aircraft",
        "@drone",
        "@heavy",
        "@bomb",
        "@airattack",
        "@militia",
        "@police",
        "@court",
        "@delegation",
        "@state",
    }
)
TEMPORAL = frozenset(
    {None, "on", "in", "since", "during", "by", "until", "before", "after", "at", "over", "within", "from", "'s", "’s"}
)
COUNTED = {
    "kill": "dead",
    "die": "dead",
    "wound": "injured",
    "injure": "injured",
    "hurt": "injured",
    "arrest": "arrested",
    "detain": "arrested",
}
NUMBER_WORDS = {
    w: n
    for n, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"dozen": 12}


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event before entities, statements and places have their ids; `word` is the trigger in its sentence."""

    sentence: int
    word: int
    rule: EventRule
    type: str
    mode: str | None
    status: Status
    trigger: Span
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    date: EventDate | None
    magnitude: Magnitude
    confidence: float


@dataclass(frozen=True, slots=True)
class Setting:
    """What an article offers its events: its sentences, entities, dates, paragraphs and day of publication."""

    sentences: tuple[Phrases, ...]
    people: Participants
    lexicon: Lexicon
    dates: tuple[DatedSpan, ...]
    paragraphs: tuple[str, ...]
    published: date | None


def find_events(setting: Setting) -> list[EventDraft]:
    """All events of an article in the order of their triggers, no two of them the same."""
    found: list[EventDraft] = []
    for number, phrases in enumerate(setting.sentences):
        drafts = [d for word in _candidates(phrases) if (d := _code(number, word, setting)) is not None]
        found += _without_echoes(drafts, phrases)
    return found


def _candidates(phrases: Phrases) -> Iterator[int]:
    for index, token in enumerate(phrases.tokens):
        if token.upos in ("VERB", "NOUN") or (token.upos == "ADJ" and index in phrases.frames):
            yield index


def _code(number: int, word: int, setting: Setting) -> EventDraft | None:
    phrases = setting.sentences[number]
    token = phrases.tokens[word]
    pos = "N" if token.upos == "NOUN" else "V"
    rules = setting.lexicon.rules_for(token.lemma, pos)
    if not rules or _is_name(word, number, setting):
        return None
    slots = Slots(number, word, phrases, setting.people, setting.lexicon)
    for rule in rules:
        if slots.holds(rule):
            draft = _apply(rule, slots, setting)
            if draft is not None:
                return draft
    return None


def _is_name(word: int, number: int, setting: Setting) -> bool:
    return any(m.start <= word < m.end for m in setting.people.names[number])


def _apply(rule: EventRule, slots: Slots, setting: Setting) -> EventDraft | None:
    """The event that a rule makes of its slots; None when someone it needs is missing."""
    actors = _certain(slots.fill(rule.actor), setting.lexicon)
    if not actors:
        return None
    keys, states = frozenset(p.key for p in actors), frozenset(p.code for p in actors if p.code)
    recipients = slots.fill(rule.recipient, keys, states)
    alone = not recipients and not (rule.reciprocal and len(actors) > 1)
    if alone and (rule.needs_recipient or (rule.reciprocal and rule.type in TWO_SIDED)):
        return None
    everyone = [*actors, *recipients]
    if rule.domain == "state" and not any(p.code for p in everyone):
        return None
    return _draft(rule, slots, setting, actors, recipients)


def _certain(found: list[Participant], lexicon: Lexicon) -> list[Participant]:
    """Actors that are named or described themselves; behind a modifier only the owner of arms: "Russian missiles"."""
    direct = [p for p in found if not p.indirect]
    armed = [p for p in found if p.noun and lexicon.object_classes(p.noun) & ACTING_THINGS]
    return direct or armed[:1]


def _draft(
    rule: EventRule, slots: Slots, setting: Setting, actors: list[Participant], recipients: list[Participant]
) -> EventDraft:
    phrases, word = slots.phrases, slots.word
    when = date_at(word, slots.number, setting)
    block = phrases.sentence.block
    status = status_of(word, phrases, when, setting.published, setting.paragraphs[block])
    if status == "actual" and when is None and any(p.key in setting.people.past_leaders for p in actors):
        status = "historical"
    type_, mode = rule.type, rule.mode
    if status == "future" and type_ in TURNS_TO_AGREE:
        type_, mode = "AGREE", None
    if type_ == "CONSULT" and mode in (None, "multilateral") and _by_phone(phrases, word):
        mode = "phone"
    frame = phrases.frames.get(word)
    certainty = (frame.score if frame else 0.6) * (0.75 if not rule.conditions else 0.9)
    certainty *= 0.85 if any(p.indirect for p in [*actors, *recipients]) else 1.0
    return EventDraft(
        slots.number,
        word,
        rule,
        type_,
        mode,
        status,
        phrases.span(word, word + 1),
        tuple(actors),
        tuple(recipients),
        when,
        _magnitude(phrases, word),
        round(certainty, 2),
    )


def _by_phone(phrases: Phrases, word: int) -> bool:
    start, end = phrases.subtree(word)
    words = " ".join(phrases.forms[i].lower() for i in range(start, end))
    return re.search(r"\b(?:phone|telephone|video) (?:call|conversation)|\bby (?:tele)?phone\b", words) is not None


def date_at(word: int, number: int, setting: Setting) -> EventDate | None:
    """The date of the clause of a word: in its time argument, or beneath it in the tree, or beside its noun's verb."""
    phrases = setting.sentences[number]
    for role in phrases.roles(word, "ARGM-TMP"):
        found = _date_in(phrases, role.start, role.end, setting)
        if found is not None:
            return found
    for child in phrases.children_in(word, "obl", "obl:unmarked", "nmod", "nmod:unmarked", "advmod", "nmod:poss"):
        if phrases.case(child) in TEMPORAL:
            found = _date_in(phrases, *phrases.subtree(child), setting)
            if found is not None:
                return found
    return _date_above(word, number, setting)


def _date_above(word: int, number: int, setting: Setting) -> EventDate | None:
    """The date of what a word hangs on: a noun's verb, a verb it shares its subject with, "last month, when"."""
    phrases = setting.sentences[number]
    token = phrases.tokens[word]
    if token.head < 0:
        return None
    if token.deprel in ("acl:relcl", "advcl:relcl"):
        return _date_in(phrases, max(0, token.head - 2), token.head + 1, setting)
    if token.deprel == "advcl" and any(phrases.forms[c].lower() == "when" for c in phrases.children[word]):
        return date_at(token.head, number, setting)
    shares_subject = token.deprel in ("conj", "xcomp") and phrases.child(word, "nsubj", "nsubj:pass") is None
    if shares_subject or (token.upos in ("NOUN", "PROPN") and token.deprel != "ccomp"):
        return date_at(token.head, number, setting)
    return None


def _date_in(phrases: Phrases, start: int, end: int, setting: Setting) -> EventDate | None:
    span = phrases.span(start, end)
    if end - start > 8:
        return None
    first = bisect_left(setting.dates, span.start, key=lambda dated: dated.expression.start)
    for dated in takewhile(lambda d: d.expression.start < span.end, islice(setting.dates, first, None)):
        inside = dated.expression.end <= span.end
        if inside and not _of_another_verb(phrases, start, end, dated.expression.start):
            when = event_date(dated)
            if when is not None:
                return when
    return None


def _of_another_verb(phrases: Phrases, start: int, end: int, offset: int) -> bool:
    """Whether a date inside a phrase belongs to a verb in it: "under a contract signed in 2023"."""
    at = next((i for i in range(start, end) if phrases.tokens[i].end > offset), end)
    while start <= at < end:
        if phrases.tokens[at].upos == "VERB":
            return True
        at = phrases.tokens[at].head
    return False


def _magnitude(phrases: Phrases, word: int) -> Magnitude:
    """Numbers of people that stand as the object of killing, wounding or arresting."""
    counted = COUNTED.get(phrases.tokens[word].lemma)
    target = phrases.child(word, "obj", "nsubj:pass")
    if counted is None or target is None:
        return Magnitude()
    number = phrases.child(target, "nummod")
    value = _value(phrases.forms[number]) if number is not None else None
    return replace(Magnitude(), **{counted: value})


def _value(form: str) -> int | None:
    plain = form.replace(",", "").lower()
    return int(plain) if plain.isascii() and plain.isdigit() else NUMBER_WORDS.get(plain)


def _without_echoes(drafts: list[EventDraft], phrases: Phrases) -> list[EventDraft]:
    """Drops what tells the same event again in one sentence: "held talks" is one, not two."""
    kept: list[EventDraft] = []
    for draft in sorted(drafts, key=lambda d: (-len(d.rule.conditions), -len(d.recipient), -d.confidence)):
        if not any(_echoes(draft, other, phrases) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.word)


def _echoes(draft: EventDraft, other: EventDraft, phrases: Phrases) -> bool:
    mine = {p.key for p in (*draft.actor, *draft.recipient)}
    theirs = {p.key for p in (*other.actor, *other.recipient)}
    if draft.type == other.type and mine <= theirs:
        return True
    first, second = sorted((draft.word, other.word))
    nested = phrases.tokens[second].head == first or phrases.tokens[first].head == second
    return nested and (mine <= theirs or draft.type == other.type)
