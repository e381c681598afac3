"""Reading in, Report out: the order in which names, dates, statements and events are found."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from legation.coding.contexts import with_contexts
from legation.coding.dates import find_dates
from legation.coding.entities import entity_span
from legation.coding.events import EventDraft, find_events
from legation.coding.namesakes import bare_names
from legation.coding.nouns import NOMINAL
from legation.coding.participants import Participants
from legation.coding.phrases import Phrases
from legation.coding.places import place_of, state_of_dateline
from legation.coding.plover import load_plover
from legation.coding.pronouns import persons_meant
from legation.coding.registry import Names
from legation.coding.setting import Setting
from legation.coding.stances import IssueOf, Stance, no_issue, stances_of
from legation.coding.statements import StatementDraft, find_statements
from legation.coding.tense import speaks_of_future
from legation.coding.why import why_of
from legation.records import (
    ArticleInfo,
    Attitude,
    Entity,
    EntitySpan,
    Event,
    Mention,
    ModelInfo,
    Place,
    Reading,
    Report,
    Sentence,
    Statement,
    Status,
    Text,
)

# Words that are a part of somebody's name or description, and nobody by themselves.
PARTS = frozenset({"compound", "flat", "nmod:desc", "nmod:unmarked", "amod", "appos"})
UNDATED = "No date of publication is known, so relative dates stay open. Give one with --published YYYY-MM-DD."


def article_info(text: Text) -> ArticleInfo:
    """What a report says of its article; without an id of its own it has the beginning of the text's SHA-256."""
    digest = hashlib.sha256(text.body.encode("utf-8", "surrogatepass")).hexdigest()
    published = text.published.isoformat() if text.published else None
    return ArticleInfo(
        text.id or digest[:16], text.url, text.title, text.source, published, text.language, digest, len(text.body)
    )


def rejected_report(text: Text, model: ModelInfo) -> Report:
    """The report of a text that is not read: no records, and the reason."""
    return Report(article_info(text), model, text.body, notes=text.notes, rejected=text.rejected)


def code(reading: Reading, *, why: bool = False, names: Names | None = None, issue_of: IssueOf = no_issue) -> Report:
    """Everything the reading tells: entities, events, statements, places and dates, each with its words.

    `why` adds to each event what it rests on. `names` are the tables that know who is who, else the shipped ones.
    `issue_of` tells which issue a position is about.
    """
    setting = _setting(reading, names)
    statements = find_statements(setting)
    events = with_contexts(find_events(setting))
    stances = stances_of(statements, setting, issue_of)
    places = setting.people.places
    entities, ids = setting.people.entities(_used(events, statements, stances))
    drafts = enumerate(zip(statements, stances, strict=True), 1)
    coded = [_statement(f"s{n}", draft, stance, ids) for n, (draft, stance) in drafts]
    told = _by_sentence(coded, reading.sentences)
    return Report(
        article_info(_titled(reading)),
        reading.model,
        reading.text.body,
        tuple((s.start, s.end) for s in reading.sentences),
        entities,
        tuple(
            _event(f"e{n}", draft, ids, places, told.get(draft.sentence, ()), setting, why)
            for n, draft in enumerate(events, 1)
        ),
        tuple(coded),
        tuple(places),
        tuple(span.expression for span in setting.dates),
        (*reading.text.notes, *(() if reading.text.published else (UNDATED,))),
    )


def who_is_meant(reading: Reading) -> tuple[Entity, ...]:
    """Everyone whom a name or a common noun of the text means, whether they act or speak in it or not.

    A report lists of the unnamed only those that act or speak; to measure how mentions are resolved needs them all.
    """
    setting = _setting(reading)
    find_statements(setting)
    find_events(setting)
    everyone = set()
    for number, phrases in enumerate(setting.sentences):
        for word, token in enumerate(phrases.tokens):
            if token.upos in NOMINAL and token.deprel not in PARTS:
                everyone |= {p.key for p in setting.people.of_word(number, word, places=True)}
    return setting.people.entities(everyone)[0]


def _titled(reading: Reading) -> Text:
    """The text with its headline for a title, where nothing else gave one."""
    text, first = reading.text, reading.blocks[0] if reading.blocks else None
    if text.title is not None or first is None or first.kind != "headline":
        return text
    return replace(text, title=" ".join(text.body[first.start : first.end].split()))


def _setting(reading: Reading, names: Names | None = None) -> Setting:
    body = reading.text.body
    sentences = tuple(Phrases(sentence, body) for sentence in reading.sentences)
    dates = find_dates(body, reading.text.published, _future_at(sentences))
    tables = names or Names.load()
    dateline = _dateline(reading)
    home = (state_of_dateline(body[slice(*dateline)], tables.gazetteer) or "") if dateline else None
    people = Participants(sentences, tables.gazetteer, reading.text.published, tables.leaders, home, dateline)
    shared = bare_names(people.names, people.namesakes, people.told_apart)
    people.take_meant(*persons_meant(sentences, people.names, people.described, people.descriptions.nouns, shared))
    return Setting(sentences, people, tuple(dates), reading.text.published, _titled(reading).title or "")


def _dateline(reading: Reading) -> tuple[int, int] | None:
    """Where the first dateline of a text stands."""
    return next(((block.start, block.end) for block in reading.blocks if block.kind == "dateline"), None)


def _future_at(sentences: Sequence[Phrases]) -> Callable[[int], bool]:
    starts = [phrases.sentence.start for phrases in sentences]

    def future(offset: int) -> bool:
        at = bisect_right(starts, offset) - 1
        if at < 0 or offset >= sentences[at].sentence.end:
            return False
        word = next((i for i, t in enumerate(sentences[at].tokens) if t.end > offset), None)
        return word is not None and speaks_of_future(word, sentences[at])

    return future


def _used(events: Sequence[EventDraft], statements: Sequence[StatementDraft], stances: Sequence[Stance]) -> set[str]:
    keys = {p.key for event in events for p in (*event.actor, *event.recipient)}
    keys |= {d.speaker.key for d in statements if d.speaker}
    keys |= {aimed.participant.key for stance in stances for aimed in stance.toward if aimed.participant}
    return keys | {d.addressee.key for d in statements if d.addressee}


def _statement(identity: str, draft: StatementDraft, stance: Stance, ids: dict[str, str]) -> Statement:
    speaker = EntitySpan(
        ids.get(draft.speaker.key) if draft.speaker else None,
        draft.source.start,
        draft.source.end,
        draft.source.text,
    )
    addressee = entity_span(draft.addressee, ids) if draft.addressee else None
    toward = tuple(
        Attitude(
            ids.get(aimed.participant.key) if aimed.participant else None,
            aimed.span.start,
            aimed.span.end,
            aimed.span.text,
            aimed.attitude,
        )
        for aimed in stance.toward
    )
    return Statement(
        identity, speaker, draft.cue, draft.content, draft.mode, stance.act, addressee, draft.venue, draft.date,
        stance.positions, draft.confidence, toward,
    )  # fmt: skip


def _event(
    identity: str,
    draft: EventDraft,
    ids: dict[str, str],
    places: Sequence[Place],
    statements: Sequence[Statement],
    setting: Setting,
    why: bool,
) -> Event:
    source = _according_to(draft, statements)
    when = draft.date
    if when is None and source is not None and source.date is not None and draft.status == "actual":
        when = replace(source.date, basis=f"{source.date.basis}, when it was reported")
    denied = source is not None and source.act == "deny" and draft.status == "actual"
    mark, plover = draft.mark, load_plover()
    facts = plover.of(draft.type, mark.mode)
    contexts = tuple(name for name, _ in draft.contexts)
    status: Status = "negated" if denied else draft.status
    lemma = setting.sentences[draft.sentence].tokens[draft.word].lemma
    return Event(
        identity,
        draft.type,
        mark.mode,
        contexts,
        status,
        plover.cameo(draft.type, mark.mode, contexts, status, lemma).code,
        facts.quad,
        facts.score,
        draft.trigger,
        draft.sentence,
        tuple(entity_span(p, ids) for p in draft.actor),
        tuple(entity_span(p, ids) for p in draft.recipient),
        when,
        place_of(draft.word, setting.sentences[draft.sentence], places),
        draft.magnitude,
        source.id if source else None,
        draft.confidence,
        tuple(Mention(number, span) for number, span in draft.retold),
        why_of(draft, status, setting) if why else None,
    )


def _by_sentence(statements: Sequence[Statement], sentences: Sequence[Sentence]) -> Mapping[int, Sequence[Statement]]:
    """The statements whose content touches each sentence, by its number."""
    starts, found = [sentence.start for sentence in sentences], defaultdict[int, list[Statement]](list)
    for statement in statements:
        pieces = [(bisect_right(starts, c.start) - 1, bisect_left(starts, c.end)) for c in statement.content]
        for number in sorted({n for first, stop in pieces for n in range(max(first, 0), stop)}):
            found[number].append(statement)
    return found


def _according_to(draft: EventDraft, statements: Sequence[Statement]) -> Statement | None:
    """The narrowest statement in whose content the trigger stands."""
    around = [
        s for s in statements if any(c.start <= draft.trigger.start and draft.trigger.end <= c.end for c in s.content)
    ]
    return min(around, key=lambda s: sum(c.end - c.start for c in s.content), default=None)
