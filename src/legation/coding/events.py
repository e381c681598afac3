"""Events: what the model marks as one, with its parties as entities, its status, date and confidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from legation.coding.confidence import load_calibration
from legation.coding.dates import first_day
from legation.coding.entities import Participant
from legation.coding.groups import each_of
from legation.coding.magnitude import magnitude_of
from legation.coding.nouns import PRONOUNS
from legation.coding.phrases import Phrases
from legation.coding.setting import Setting
from legation.coding.timing import date_at
from legation.records import EventDate, EventMark, Magnitude, Span, Status

NEEDS_RECIPIENT = frozenset({"CONSULT", "COOPERATE", "AID", "SANCTION"})
"""Types that have two sides; a party alone is half read."""
TOGETHER = frozenset({"CONSULT", "COOPERATE"})
"""Those of them that several do together: a plural is two sides by itself."""
MUTUAL = TOGETHER | {"AGREE"}
"""Those of which it does not matter who is told first."""
SEVERAL = frozenset({"both", "they", "we"})
TOPICAL = frozenset({"discuss", "debate", "review"})
"""Verbs of meeting whose object is what is talked about: "discussed North Korea with Xi" is no meeting with North Korea
(none of the 14 such events of the corpus has its object for a recipient)."""
BESIDE = 0.85
"""How sure a party must be beside a surer one of its side that it is not joined to."""
Ranges = tuple[tuple[int, int], ...]
NO_DOERS = frozenset(
    "relationship relation tie agreement policy deal move plan situation tension issue treaty negotiation".split()
)
"""Nouns that are the actor of none of the 102,904 actors in the invented part of our corpus."""
OF_OTHERS = PRONOUNS.keys() - {"his"}
"""Pronouns that mean another than the other side of an event; "themselves" may not."""
NEAR = 3
"""Steps up the tree from a noun that tells a meeting to the verb that tells it as well."""
LEADS = 2
"""Paragraphs below a headline that tell its news."""
ENDS = frozenset({".", "!", "?", "”", '"'})
"""What a headline does not end in."""
HISTORICAL_AFTER = timedelta(days=365)
WORDY = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT"})
"""Types of which the same two parties may well have several in one article."""


@dataclass(frozen=True, slots=True)
class EventDraft:
    """An event whose participants still go by their keys; `word` is its trigger's token."""

    sentence: int
    word: int
    mark: EventMark
    status: Status
    status_basis: str
    trigger: Span
    actor: tuple[Participant, ...]
    recipient: tuple[Participant, ...]
    date: EventDate | None
    magnitude: Magnitude
    confidence: float
    contexts: tuple[tuple[str, float], ...] = ()
    retold: tuple[tuple[int, Span], ...] = ()
    """Further sentences that tell it, with the words that do."""

    @property
    def type(self) -> str:
        """PLOVER's type."""
        return self.mark.type


def find_events(setting: Setting) -> list[EventDraft]:
    """All events of an article in the order of their triggers; one that is told again is one with mentions."""
    found: list[EventDraft] = []
    for number, phrases in enumerate(setting.sentences):
        drafts = (_draft(number, mark, setting) for mark in phrases.sentence.events)
        found += _without_echoes([draft for draft in drafts if draft is not None])
    return _told_once(found, setting)


def _draft(number: int, mark: EventMark, setting: Setting) -> EventDraft | None:
    """The event of a mark; None where it is too unsure, or someone it needs is missing."""
    calibration, phrases = load_calibration(), setting.sentences[number]
    if not calibration.reports(mark, phrases.forms[mark.word]):
        return None
    settled = with_parties(mark, phrases)
    if settled is None:
        return None
    mark = settled
    actor, recipient = (tuple(_parties(number, ranges, setting)) for ranges in (mark.actor, mark.recipient))
    actor, recipient = others_than(actor, recipient), others_than(recipient, actor)
    when = date_at(mark.word, number, setting)
    status, basis = _status(mark, when, actor, setting)
    return EventDraft(
        number, mark.word, mark, status, basis, phrases.span(mark.word, mark.word + 1), actor, recipient, when,
        magnitude_of(phrases, mark.word), round(calibration.right.chance(mark, phrases.forms[mark.word]), 2),
    )  # fmt: skip


def others_than(parties: tuple[Participant, ...], rest: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Parties whose pronouns mean none of the rest: who urges him is somebody else."""
    keys = {p.key for p in rest}
    return tuple(replace(p, key="", code=None) if _is_pronoun(p) and p.key in keys else p for p in parties)


def _is_pronoun(party: Participant) -> bool:
    return party.span.text.lower() in OF_OTHERS


def with_parties(mark: EventMark, phrases: Phrases) -> EventMark | None:
    """The mark with the parties that are told; None where someone it needs is missing."""
    mark = _with_partner(_with_words(mark, phrases), phrases)
    if not mark.actor:
        return None
    complete = mark.type not in NEEDS_RECIPIENT or mark.recipient or _has_two_sides(mark, phrases)
    return mark if complete else None


def _with_words(mark: EventMark, phrases: Phrases) -> EventMark:
    """The mark without parties that are no more than an article or a stroke, or a meeting's topic, or too unsure."""

    def kept(ranges: Ranges) -> Ranges:
        return tuple((s, e) for s, e in ranges if not phrases.is_empty(s, e))

    recipient = tuple(span for span in kept(mark.recipient) if not _is_topic(span, mark, phrases))
    recipient = _sure_ones(recipient, mark, phrases)
    actor = tuple(span for span in kept(mark.actor) if not _is_no_doer(span, phrases))
    if recipient or mark.type not in TOGETHER:
        actor = _sure_ones(actor, mark, phrases)
    same = (actor, recipient) == (mark.actor, mark.recipient)
    return mark if same else replace(mark, actor=actor, recipient=recipient)


def _is_no_doer(span: tuple[int, int], phrases: Phrases) -> bool:
    """Whether an actor is what stands between two, and nobody: "the Pyongyang-Moscow relationship"."""
    return phrases.tokens[phrases.head_of(*span)].lemma.lower() in NO_DOERS


def _sure_ones(parties: Ranges, mark: EventMark, phrases: Phrases) -> Ranges:
    """The surest party of a side, those joined to another by "and", and of others the sure ones."""
    if len(parties) < 2:
        return parties
    sure = dict(mark.sure)
    surest = max(parties, key=lambda span: sure.get(span, 1.0))
    heads = [phrases.head_of(*span) for span in parties]
    joined = {at for head in heads for at in phrases.conjuncts(head)[1:] if at in heads}
    joined |= {phrases.tokens[at].head for at in joined}
    pairs = zip(parties, heads, strict=True)
    return tuple(span for span, head in pairs if span == surest or head in joined or sure.get(span, 1.0) >= BESIDE)


def _has_two_sides(mark: EventMark, phrases: Phrases) -> bool:
    """Whether the actors of an act are more than one: joined, or of what is done together, in a plural ("the two
    ministers met")."""
    if len(mark.actor) > 1 or mark.type not in TOGETHER:
        return len(mark.actor) > 1
    head = phrases.tokens[phrases.head_of(*mark.actor[0])]
    return head.xpos in ("NNS", "NNPS") or head.text.lower() in SEVERAL


def _with_partner(mark: EventMark, phrases: Phrases) -> EventMark:
    """A meeting told by a verb, with the partner and mode of the noun that hangs from it: "discussed Iran in a call
    with Xi". A noun that is reported for itself needs no verb."""
    if mark.type != "CONSULT" or mark.recipient or len(mark.actor) > 1:
        return mark
    for other in phrases.sentence.events:
        if other.type != mark.type or load_calibration().reports(other, phrases.forms[other.word]):
            continue
        if _hangs(other.word, mark.word, phrases):
            noun = _with_words(other, phrases)
            if noun.recipient:
                mode, mode_score = (noun.mode, noun.mode_score) if noun.mode else (mark.mode, mark.mode_score)
                return replace(
                    mark, recipient=noun.recipient, mode=mode, mode_score=mode_score, role_score=noun.role_score
                )
    return mark


def _hangs(word: int, verb: int, phrases: Phrases) -> bool:
    """Whether a noun stands under a verb, with nothing but nouns between."""
    at = word
    for _ in range(NEAR):
        if phrases.tokens[at].upos != "NOUN":
            return False
        at = phrases.tokens[at].head
        if at in (verb, -1):
            return at == verb
    return False


def _is_topic(span: tuple[int, int], mark: EventMark, phrases: Phrases) -> bool:
    head = phrases.tokens[phrases.head_of(*span)]
    topical = mark.type == "CONSULT" and phrases.tokens[mark.word].lemma.lower() in TOPICAL
    return topical and head.head == mark.word and head.deprel == "obj"


def _parties(number: int, ranges: Iterable[tuple[int, int]], setting: Setting) -> Iterator[Participant]:
    for whole in ranges:
        for start, end in each_of(*whole, setting.sentences[number], setting.people.names[number]):
            yield setting.people.of_span(number, start, end)


def _status(
    mark: EventMark, when: EventDate | None, actor: tuple[Participant, ...], setting: Setting
) -> tuple[Status, str]:
    """The status and what it rests on: the model's reading, but the calendar where it knows better."""
    if mark.status == "actual" and when is not None and _is_old(when, setting):
        return "historical", f"its date, {when.value}, is more than a year before publication"
    by_office = mark.type not in WORDY | {"CONSULT"}
    if mark.status == "actual" and when is None and by_office and _are_past(actor, setting):
        return "historical", "its actor was out of office at publication"
    return mark.status, f"read so by the model, {mark.status_score:.0%}"


def _are_past(actor: tuple[Participant, ...], setting: Setting) -> bool:
    """Whether somebody is among them who held office once: he bombs no more, but still accuses, asks and visits."""
    return any(p.key in setting.people.past_leaders for p in actor)


def _is_old(when: EventDate, setting: Setting) -> bool:
    day = first_day(when.value)
    return day is not None and setting.published is not None and day < setting.published - HISTORICAL_AFTER


# ---------------------------------------------------------------- told twice


def _without_echoes(drafts: list[EventDraft]) -> list[EventDraft]:
    """Drops what tells the same event again in one sentence, "held talks", keeping the surer."""
    kept: list[EventDraft] = []
    for draft in sorted(drafts, key=lambda d: (-d.confidence, d.word)):
        if not any(_echoes(draft, other) for other in kept):
            kept.append(draft)
    return sorted(kept, key=lambda d: d.word)


def _echoes(draft: EventDraft, other: EventDraft) -> bool:
    places, others = ({p.span.start for p in (*d.actor, *d.recipient)} for d in (draft, other))
    return draft.type == other.type and abs(draft.word - other.word) <= 2 and places <= others


def _told_once(drafts: list[EventDraft], setting: Setting) -> list[EventDraft]:
    """Joins events that the article tells again, later, of the same parties."""
    kept: list[EventDraft] = []
    by_parties: dict[tuple[object, ...], list[int]] = {}
    for draft in drafts:
        key = (draft.type, draft.status, *_sides(draft))
        known = all(p.key for p in draft.actor)
        sides = bool(draft.recipient) or len(draft.actor) > 1
        alike = [at for at in by_parties.get(key, []) if known and _is_same(kept[at], draft, setting)]
        same = [at for at in alike if sides or _heads(kept[at], draft, setting)]
        if same:
            first = kept[same[-1]]
            kept[same[-1]] = replace(
                first,
                date=first.date or draft.date,
                retold=(*first.retold, (draft.sentence, draft.trigger)),
                confidence=max(first.confidence, draft.confidence),
            )
        else:
            by_parties.setdefault(key, []).append(len(kept))
            kept.append(draft)
    return kept


def _heads(first: EventDraft, again: EventDraft, setting: Setting) -> bool:
    """Whether the first telling is the headline over the other: "Kenya condemns attack" over "Kenya condemned an"."""
    blocks = [setting.sentences[d.sentence].sentence.block for d in (first, again)]
    line = setting.sentences[first.sentence]
    return blocks[0] == 0 and 0 < blocks[1] <= LEADS and line.forms[-1] not in ENDS


def _sides(draft: EventDraft) -> tuple[frozenset[str], ...]:
    """Who does it and to whom; of what is done together, all: who answers a raid with a raid does another thing."""
    actor, recipient = (frozenset(p.key for p in side) for side in (draft.actor, draft.recipient))
    return (actor | recipient,) if draft.type in MUTUAL else (actor, recipient)


def _is_same(first: EventDraft, again: EventDraft, setting: Setting) -> bool:
    """Whether two tellings can be of one event: dates and modes agree, and the words do not speak against it."""
    if first.sentence == again.sentence or (first.date and again.date and first.date.value != again.date.value):
        return False
    if first.mark.mode and again.mark.mode and first.mark.mode != again.mark.mode:
        return False
    words = [setting.sentences[d.sentence].tokens[d.word] for d in (first, again)]
    same_word = words[0].lemma.lower() == words[1].lemma.lower()
    return same_word or (words[1].upos == "NOUN" and first.type not in WORDY)
