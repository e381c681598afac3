"""Statements: who said what, from the model's attributions, with quotations followed over sentence ends."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, replace
from functools import cache

from legation.coding.bare import Bare, Told, bare_quotations
from legation.coding.dates import DatedSpan
from legation.coding.entities import Participant
from legation.coding.missed import missed_attributions
from legation.coding.names import Mention
from legation.coding.nouns import THIRD_PERSON
from legation.coding.phrases import CLOSE, OPEN, STRAIGHT, Phrases
from legation.coding.quotations import Cue, Piece, owners, quotations
from legation.coding.references import quoted_words
from legation.coding.setting import Setting
from legation.coding.speakers import is_principal, is_quoted, speaker_meant
from legation.coding.timing import date_at
from legation.coding.transcripts import Turn, turns
from legation.records import EventDate, Frame, Role, Span, StatementMode
from legation.shipped import read_table

SPEAKER_WORDS = frozenset({"i", "me", "my"})
THINGS = frozenset({"it", "its", "they", "their", "them"})
NOBODY = frozenset({"what", "whatever", "this", "that", "there"})
"""What only points at something, and is no source."""
POSSIBLE = frozenset({"may", "might", "could"})
"""What stands before a verb of saying where somebody only may say something."""
AIMED_AT = frozenset("suspect accuse charge allege blame criticise criticize condemn urge order warn".split())
"""Verbs whose subject in the passive is told of, and says nothing: "he is suspected of"."""
OFFICES = frozenset({"office", "bureau", "secretariat", "embassy", "mission"})
"""Nouns that speak for whom they belong to."""
SURE, UNSURE = 0.9, 0.6
"""Confidence in a statement that a rule finds, with its speaker known and not."""


@dataclass(frozen=True, slots=True)
class StatementDraft:
    """A statement before its speaker has an id. `content` spans are in order; `sentence` is the cue's."""

    sentence: int
    word: int
    source: Span
    speaker: Participant | None
    cue: Span
    content: tuple[Span, ...]
    mode: StatementMode
    act: str
    addressee: Participant | None
    venue: str | None
    date: EventDate | None
    confidence: float


@cache
def speech_acts() -> dict[str, str]:
    """The speech act of each cue lemma, and of what the reader can take for it where it does not know the form: "hinte"
    for "hint", "quippe" for "quip", "jok" for "joke"."""
    acts = {row["lemma"]: row["act"] for row in read_table("speech_acts.csv")}
    taken_for = {form: act for lemma, act in acts.items() for form in _mistaken(lemma)}
    return taken_for | acts


def _mistaken(lemma: str) -> tuple[str, ...]:
    """The lemmas that the rules of regular verbs can wrongly make of a form of this one."""
    past = lemma.removesuffix("e") + "ed"
    return lemma + "e", lemma + lemma[-1], lemma + lemma[-1] + "e", lemma.removesuffix("e"), past


def find_statements(setting: Setting) -> list[StatementDraft]:
    """All statements of an article in order; pronouns that are sure are resolved on the way, for the events as well."""
    found: list[StatementDraft] = []
    labelled = {turn.sentence: _turn(turn, setting) for turn in turns(setting.sentences, setting.people)}
    for number, phrases in enumerate(setting.sentences):
        own: list[StatementDraft] = [labelled[number]] if number in labelled else []
        frames = [f for f in phrases.sentence.frames if f.kind == "attribution"]
        frames += missed_attributions(phrases, speech_acts().keys())
        for frame in sorted(frames, key=lambda f: _width(f), reverse=True):
            draft = _statement(number, frame, setting, [*found, *own])
            if draft is not None:
                own.append(draft)
                _resolve_inside(draft, frame, setting)
        found += sorted(own, key=lambda d: d.cue.start)
    told = _with_first_person(_with_running_quotations(found, setting), setting)
    return _without_own_third_person(_without_echoes(told), setting)


def _without_echoes(drafts: list[StatementDraft]) -> list[StatementDraft]:
    """Drops a statement told by another word of the same cue: "has long criticised"."""
    alike: dict[tuple[object, ...], list[StatementDraft]] = {}
    for draft in drafts:
        alike.setdefault((draft.sentence, draft.source, draft.content), []).append(draft)
    return [d for d in drafts if not any(_echoes(d, other) for other in alike[d.sentence, d.source, d.content])]


def _echoes(draft: StatementDraft, other: StatementDraft) -> bool:
    """Whether the cue of a statement lies in another's, or is the same by an earlier word."""
    if draft.cue == other.cue:
        return draft.word < other.word
    return other.cue.start <= draft.cue.start and draft.cue.end <= other.cue.end


def _turn(turn: Turn, setting: Setting) -> StatementDraft:
    """The statement that a labelled paragraph of a transcript is."""
    cue = setting.sentences[turn.sentence].span(turn.colon, turn.colon + 1)
    act = "ask" if turn.content.text.rstrip().endswith("?") else "state"
    date = date_at(turn.colon, turn.sentence, setting)
    return StatementDraft(
        turn.sentence, turn.colon, turn.label, turn.speaker, cue, (turn.content,), "direct", act, None, None, date,
        SURE if turn.speaker else UNSURE,
    )  # fmt: skip


def _width(frame: Frame) -> int:
    return sum(role.end - role.start for role in frame.roles if role.label == "CONTENT")


def _statement(number: int, frame: Frame, setting: Setting, before: list[StatementDraft]) -> StatementDraft | None:
    phrases = setting.sentences[number]
    act = _act(phrases, frame)
    contents = [r for r in frame.roles if r.label == "CONTENT"]
    sources = sorted((r for r in frame.roles if r.label == "SOURCE"), key=lambda r: abs(r.start - frame.word))
    passive = phrases.tokens[frame.word].lemma.lower() in AIMED_AT
    told_of = phrases.child(frame.word, "nsubj:pass") if passive else None
    sources = [r for r in sources if told_of is None or not r.start <= told_of < r.end]
    if act is None or not contents or not sources or _is_only_possible(phrases, frame.word):
        return None
    # Who is asked something does not ask it: of him the words alone are told.
    asked = phrases.tokens[frame.word].lemma == "ask" and phrases.child(frame.word, "nsubj:pass") is not None
    speaker = None if asked else _speaker(number, sources, setting, before) or _office(number, sources, setting)
    subject = _subject(number, frame, setting) if speaker is None else None
    if speaker is None and not subject and not _can_speak(phrases, sources):
        return None
    content = tuple(_whole(phrases, role) for role in contents)
    return StatementDraft(
        number,
        frame.word,
        subject.span if subject else _source(phrases, sources, speaker),
        speaker or subject,
        _cue(phrases, frame),
        content,
        _mode(content),
        act,
        _addressee(number, frame, setting),
        _venue(number, frame.word, setting),
        date_at(frame.word, number, setting, content),
        round(frame.score, 2),
    )


def _office(number: int, sources: list[Role], setting: Setting) -> Participant | None:
    """The office or staff of somebody that speaks: "Mr Lind's office", "the attorney general's office"."""
    phrases = setting.sentences[number]
    heads = ((phrases.head_of(role.start, role.end), role) for role in sources)
    role = next((role for head, role in heads if phrases.tokens[head].lemma.lower() in OFFICES), None)
    found = setting.people.of_span(number, role.start, role.end) if role is not None else None
    return found if found is not None and found.key and not setting.people.is_person(found.key) else None


def _source(phrases: Phrases, sources: list[Role], speaker: Participant | None) -> Span:
    """The words for the speaker: those of the sources that name the one who was found, else the nearest."""
    spans = [phrases.span(role.start, role.end) for role in sources]
    naming = [s for s in spans if speaker and s.start <= speaker.span.start and speaker.span.end <= s.end]
    return (naming or spans)[0]


def _subject(number: int, frame: Frame, setting: Setting) -> Participant | None:
    """The person who is the subject of a cue, where the model took something else for the source."""
    phrases, people = setting.sentences[number], setting.people
    head = phrases.child(frame.word, "nsubj")
    inside = head is None or any(r.start <= head < r.end for r in frame.roles)
    mention = None if inside else next((m for m in people.names[number] if m.head == head), None)
    return people.of_word(number, mention.head)[0] if mention is not None and mention.kind == "person" else None


def _act(phrases: Phrases, frame: Frame) -> str | None:
    """The speech act of the word that evokes a frame, else of another verb of its cue ("later said")."""
    cues = [i for role in frame.roles if role.label == "CUE" for i in range(role.start, role.end)]
    words = [frame.word, *(i for i in cues if phrases.tokens[i].upos == "VERB")]
    return next((act for i in words if (act := speech_acts().get(phrases.tokens[i].lemma.lower()))), None)


def _is_only_possible(phrases: Phrases, word: int) -> bool:
    """Whether a cue is what somebody may do ("they could ask whether"). What somebody could not say, he said so."""
    beside = {phrases.tokens[child].text.lower() for child in phrases.children_in(word, "aux", "advmod")}
    return bool(beside & POSSIBLE) and not beside & {"not", "n't", "n’t", "never"}


def _can_speak(phrases: Phrases, sources: list[Role]) -> bool:
    """Whether a source that no entity was found for can still be one: whoever and whatever is not only pointed at."""
    heads = [phrases.tokens[phrases.head_of(role.start, role.end)] for role in sources]
    return any(head.lemma.lower() not in NOBODY for head in heads)


def _cue(phrases: Phrases, frame: Frame) -> Span:
    """The cue with the words of its verb before it: "has also rejected", "did not say", "seemed to suggest"."""
    cues = [r for r in frame.roles if r.label == "CUE" and r.start <= frame.word < r.end]
    start, end = (cues[0].start, cues[0].end) if cues else (frame.word, frame.word + 1)
    others = {i for r in frame.roles if r.label in ("SOURCE", "CONTENT") for i in range(r.start, r.end)}
    start = _verb_begins(start, end, others, phrases)
    word = frame.word
    while phrases.tokens[word].deprel == "xcomp" and start - 3 <= phrases.tokens[word].head < start:
        word = phrases.tokens[word].head
        if word < 0 or not others.isdisjoint(range(word, start)):
            break
        start = _verb_begins(word, end, others, phrases)
    return phrases.span(start, end)


def _verb_begins(start: int, end: int, others: Set[int], phrases: Phrases) -> int:
    """Where the auxiliaries, particles and adverbs begin that stand right before the words from `start` to `end`."""
    while start > 0 and start - 1 not in others:
        token = phrases.tokens[start - 1]
        if token.upos not in ("AUX", "PART", "ADV") or not start <= token.head < end:
            break
        start -= 1
    return start


def _whole(phrases: Phrases, role: Role) -> Span:
    return phrases.span(role.start, role.end)


def _mode(content: tuple[Span, ...]) -> StatementMode:
    """Direct when all of it is quoted, mixed when a part is."""
    text = " ".join(span.text.strip() for span in content)
    if not any(mark in text for mark in (OPEN, CLOSE, STRAIGHT)):
        return "indirect"
    opened = text[:1] in (OPEN, STRAIGHT) or (CLOSE in text and OPEN not in text[: text.index(CLOSE)])
    opened = opened or (text.count(STRAIGHT) == 1 and text.endswith(STRAIGHT))
    return "direct" if opened else "mixed"


# ---------------------------------------------------------------- speakers


def _speaker(number: int, sources: list[Role], setting: Setting, before: list[StatementDraft]) -> Participant | None:
    people, phrases = setting.people, setting.sentences[number]
    for role in sources:
        head = phrases.head_of(role.start, role.end)
        _resolve_pronoun(number, head, setting, before)
        found = speaker_meant(
            number, role.start, role.end, people, setting.sentences, _speaking(number, setting, before)
        )
        if found is not None:
            return replace(found, indirect=False)
        inside = [m for m in people.names[number] if m.kind == "person" and role.start <= m.start and m.end <= role.end]
        if len(inside) == 1 and is_principal(inside[0], role.start, phrases):
            return people.of_word(number, inside[0].head)[0]
    return None


def _speaking(number: int, setting: Setting, before: list[StatementDraft]) -> str | None:
    """The person who spoke last before in the paragraph of a sentence."""
    last = _last_of_person(setting, before)
    if last is None or last.speaker is None:
        return None
    here, there = (setting.sentences[at].sentence.block for at in (number, last.sentence))
    return last.speaker.key if here == there else None


def _last_of_person(setting: Setting, before: list[StatementDraft]) -> StatementDraft | None:
    return next((d for d in reversed(before) if d.speaker and setting.people.is_person(d.speaker.key)), None)


def _resolve_pronoun(number: int, word: int, setting: Setting, before: list[StatementDraft]) -> None:
    """ "He said" after a statement means its speaker, where nobody else has been named since."""
    phrases, people = setting.sentences[number], setting.people
    form = phrases.forms[word].lower()
    if (number, word) in people.pronouns or form not in THIRD_PERSON | SPEAKER_WORDS:
        return
    if form in SPEAKER_WORDS:
        speaker = _quoting(number, word, setting, before)
        if speaker is not None:
            people.pronouns[number, word] = speaker.key
        return
    block = phrases.sentence.block
    last = _last_of_person(setting, before)
    near = last is not None and setting.sentences[last.sentence].sentence.block >= block - 1
    start = setting.sentences[last.sentence].tokens[last.word].start if last else 0
    here = phrases.tokens[word].start
    rivals = {
        m.key
        for mentions in people.names
        for m in mentions
        if m.kind == "person" and start <= m.span.start < here and not _quoted(m, setting)
    }
    key = last.speaker.key if near and last and last.speaker else None
    if key is not None and not rivals - {key} and people.may_mean(number, word, key):
        people.pronouns[number, word] = key
        return
    lone = _lone_person(number, word, setting)
    if lone is not None and people.may_mean(number, word, lone):
        people.pronouns[number, word] = lone


def _lone_person(number: int, word: int, setting: Setting) -> str | None:
    """The only person named so far in this paragraph, outside quotations."""
    block = setting.sentences[number].sentence.block
    here = setting.sentences[number].tokens[word].start
    found = {
        m.key
        for phrases, mentions in zip(setting.sentences, setting.people.names, strict=True)
        if phrases.sentence.block == block
        for m in mentions
        if m.kind == "person" and m.span.end <= here
    }
    return found.pop() if len(found) == 1 else None


def _quoted(mention: Mention, setting: Setting) -> bool:
    phrases = setting.sentences[mention.sentence]
    return is_quoted(phrases.sentence.start, mention.span.start, phrases.body)


def _quoting(number: int, word: int, setting: Setting, before: list[StatementDraft]) -> Participant | None:
    """Whose direct speech a word stands in."""
    start = setting.sentences[number].tokens[word].start
    inside = [
        d for d in before if d.speaker and d.mode == "direct" and any(s.start <= start < s.end for s in d.content)
    ]
    return inside[-1].speaker if inside else None


def _resolve_inside(draft: StatementDraft, frame: Frame, setting: Setting) -> None:
    """Pronouns inside a content that can only mean its speaker: "North Korea said it tested"; "I" in a quotation."""
    speaker = draft.speaker
    if speaker is None or speaker.key.startswith("group"):
        return
    phrases, people = setting.sentences[draft.sentence], setting.people
    person = people.is_person(speaker.key)
    for role in frame.roles:
        if role.label != "CONTENT":
            continue
        direct = phrases.forms[role.start] in (OPEN, STRAIGHT)
        for word in range(role.start, role.end):
            form = phrases.forms[word].lower()
            first_person = form in ("i", "my", "me") and direct and person
            opening = _opens_with(phrases, word) and word - role.start <= 2
            same = opening and not direct and form in (THIRD_PERSON if person else THINGS)
            same = same and people.may_mean(draft.sentence, word, speaker.key)
            if (first_person or same) and (draft.sentence, word) not in people.pronouns:
                people.pronouns[draft.sentence, word] = speaker.key


def _opens_with(phrases: Phrases, word: int) -> bool:
    """Whether a word is a subject, or the owner of one: "he would", "his government would"."""
    token = phrases.tokens[word]
    owner = token.deprel == "nmod:poss" and phrases.tokens[token.head].deprel.startswith("nsubj")
    return owner or token.deprel.startswith("nsubj")


# ---------------------------------------------------------------- around the cue


def _addressee(number: int, frame: Frame, setting: Setting) -> Participant | None:
    phrases = setting.sentences[number]
    if phrases.tokens[frame.word].lemma not in (
        "tell",
        "inform",
        "remind",
        "assure",
        "warn",
        "ask",
        "urge",
        "write",
    ):
        return None
    blocked = {i for r in frame.roles if r.label in ("SOURCE", "CONTENT") for i in range(r.start, r.end)}
    for word in phrases.children_in(frame.word, "obj", "iobj"):
        if word not in blocked:
            found = setting.people.of_word(number, word)
            if found:
                return found[0]
    return None


def _venue(number: int, word: int, setting: Setting) -> str | None:
    """Where something was said, when a name says so: "at The Washington Brief"."""
    phrases = setting.sentences[number]
    for child in phrases.children_in(word, "obl"):
        if phrases.case(child) in ("at", "during", "in") and phrases.tokens[child].upos in ("PROPN", "NOUN"):
            start, end = phrases.subtree(child)
            stop = next((i for i in range(child + 1, end) if phrases.forms[i] in (",", "—", "who", "that")), end)
            first = next((i for i in range(start, child + 1) if phrases.tokens[i].upos not in ("ADP", "DET")), child)
            if any(phrases.tokens[i].upos == "PROPN" for i in range(first, stop)) and not _is_date(
                first, stop, phrases, setting.dates
            ):
                return phrases.text(first, stop)
    return None


def _is_date(start: int, end: int, phrases: Phrases, dates: tuple[DatedSpan, ...]) -> bool:
    span = phrases.span(start, end)
    return any(span.start <= d.expression.start < span.end for d in dates)


# ---------------------------------------------------------------- quotations over several sentences


def _with_running_quotations(drafts: list[StatementDraft], setting: Setting) -> list[StatementDraft]:
    """Adds to each statement what is its speaker's of the quotations around it."""
    found = quotations(setting)
    cues = [
        Cue(number, draft.sentence, draft.cue.start, _reach(draft))
        for number, draft in enumerate(drafts)
        if draft.cue.text != ":"
    ]
    unowned: list[list[Piece]] = []
    for number, pieces in owners(found, cues, setting):
        if number is None:
            number = next((n for n, d in enumerate(drafts) if d.cue.text == ":" and _holds(d, pieces)), None)
        if number is None:
            unowned.append(pieces)
            continue
        draft = drafts[number]
        held = [p for _, p in pieces if not any(s.start < p.end and p.start < s.end for s in draft.content)]
        mode: StatementMode = "mixed" if draft.mode == "indirect" else draft.mode
        content = tuple(sorted((*draft.content, *held), key=lambda span: span.start))
        drafts[number] = replace(draft, content=content, mode=mode)
    told = [Told(d.sentence, d.speaker.key if d.speaker else None, d.source, d.content, _asks(d)) for d in drafts]
    bare = [_of_bare(quotation, setting) for quotation in bare_quotations(unowned, told, setting)]
    return sorted((*drafts, *bare), key=lambda draft: draft.cue.start) if bare else drafts


def _asks(draft: StatementDraft) -> bool:
    return draft.act == "ask" or draft.content[-1].text.rstrip('”" ').endswith("?")


def _holds(draft: StatementDraft, pieces: list[Piece]) -> bool:
    return any(s.start <= p.start and p.end <= s.end for s in draft.content for _, p in pieces)


def _of_bare(quotation: Bare, setting: Setting) -> StatementDraft:
    """The statement that a quotation without a cue is."""
    phrases = setting.sentences[quotation.sentence]
    word = next((i for i, t in enumerate(phrases.tokens) if t.start >= quotation.cue.start), 0)
    content = tuple(span for _, span in quotation.pieces)
    act = "ask" if content[-1].text.rstrip('”" ').endswith("?") else "state"
    speaker = quotation.speaker
    return StatementDraft(
        quotation.sentence, word, speaker.span, speaker, quotation.cue, content, "direct", act, None, None,
        date_at(word, quotation.sentence, setting), UNSURE,
    )  # fmt: skip


def _with_first_person(drafts: list[StatementDraft], setting: Setting) -> list[StatementDraft]:
    """Gives "I think" in a quotation to the person who is quoted, and "we condemn" to the body."""
    people = setting.people
    for number, draft in enumerate(drafts):
        said = draft.source.text.lower()
        if draft.speaker is not None or said not in ("i", "we"):
            continue
        quoting = [
            other
            for other in drafts
            if other.speaker
            and people.is_person(other.speaker.key) == (said == "i")
            and other.mode != "indirect"
            and any(s.start <= draft.source.start < s.end for s in other.content)
        ]
        if quoting:
            speaker = quoting[-1].speaker
            drafts[number] = replace(draft, speaker=speaker)
    return drafts


def _without_own_third_person(drafts: list[StatementDraft], setting: Setting) -> list[StatementDraft]:
    """Takes "he" in a quotation for the next likely, or for nobody, where it was taken for the one who is quoted."""
    quoted = [
        (span.start, span.end, draft.speaker.key)
        for draft in drafts
        if draft.speaker and draft.mode != "indirect" and setting.people.is_person(draft.speaker.key)
        for span in draft.content
    ]
    if not quoted:
        return drafts
    within = quoted_words(setting.sentences)
    wrong: dict[tuple[int, str], Participant | None] = {}
    for (number, word), key in [*setting.people.pronouns.items()]:
        phrases = setting.sentences[number]
        token = phrases.tokens[word]
        inside = any(start <= token.start < end and key == whose for start, end, whose in quoted)
        if inside and token.text.lower() in THIRD_PERSON and within[number][word]:
            setting.people.leave_open(number, word)
            wrong[token.start, key] = _next_likely(number, word, setting)
    return [
        replace(d, speaker=wrong[d.source.start, d.speaker.key])
        if d.speaker and (d.source.start, d.speaker.key) in wrong
        else d
        for d in drafts
    ]


def _next_likely(number: int, word: int, setting: Setting) -> Participant | None:
    """Whom a pronoun means if not the likeliest; None where that is not sure."""
    people = setting.people
    meant = people.likely.get((number, word))
    other = meant.other if meant is not None else None
    if other is None or not other.sure or all(person.key != other.key for person in people.persons()):
        return None
    people.pronouns[number, word] = other.key
    return people.again(other.key, word, word + 1, number)


def _reach(draft: StatementDraft) -> int:
    return sum(span.end - span.start for span in draft.content)
