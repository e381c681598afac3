"""Quotations that no cue stands beside: whose they are, where the text around them leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from legation.coding.entities import Participant, Person
from legation.coding.names import Mention
from legation.coding.participants import Participants
from legation.coding.personal import is_personal
from legation.coding.phrases import CLOSE, OPEN, STRAIGHT, SUBJECTS, Phrases
from legation.coding.quotations import Piece
from legation.coding.setting import Setting
from legation.coding.speakers import is_quoted, is_subject
from legation.records import Span

# The sentence behind a quotation tells who spoke: "That was the governor", "So began Oda Lind".
REVEALS = re.compile(
    r"^(that|this|these|those|the speaker|the voice|the words?) (is|are|was|were|came)\b"
    r"|^(so|thus) (began|begins|spoke|speaks|said|says|ended|ends|went|argued|argues)\b"
    r"|\b(said|says) (this|so)\b",
    re.IGNORECASE,
)
# So begins a sentence that leaves it open whose the words before it are.
DOUBTS = re.compile(
    r"^(it (is|was) not (clear|known)|whether|who(se)?\b|nobody|neither|the (remark|line|words?)|to whom)", re.I
)
FIRST_PERSON = re.compile(r"\b(I|my|me|myself)\b")
PERSONS = frozenset({"he", "she", "i", "who", "one", "whom", "you"})
SIGNED = re.compile(r"\s*(—|–|--)\s*")
ANSWERS = frozenset(
    """
    answer reply retort response verdict summary comment explanation description judgment judgement assessment view
    word message question objection conclusion
    """.split()
)

ABOVE = 2
"""Paragraphs above a question in which is looked for who answers it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as far as it tells whose a quotation near it is: its sentence, the key of its speaker if known, the
    place of the speaker, its contents, whether it asks something."""

    sentence: int
    key: str | None
    source: Span
    content: tuple[Span, ...]
    asks: bool


@dataclass(frozen=True, slots=True)
class Bare:
    """A quotation and who says it: the sentence and the words that tell the speaker, and the cue.

    The cue is the noun of "was her answer", the dash before a name, else the mark that opens the quotation.
    """

    sentence: int
    speaker: Participant
    cue: Span
    pieces: tuple[Piece, ...]


def bare_quotations(unowned: Sequence[Sequence[Piece]], told: Sequence[Told], setting: Setting) -> list[Bare]:
    """Those of the quotations without a cue whose speaker is plain; `told` are the statements of the article."""
    found: list[Bare] = []
    left: list[Sequence[Piece]] = []
    for pieces in unowned:
        answered = _answered(pieces, setting) or _signed(pieces, setting)
        if answered is not None:
            found.append(answered)
        elif _is_whole(pieces, setting):
            before = found[-1] if found and _goes_on(found[-1].pieces, pieces, setting) else None
            speaker = before.speaker if before else _revealed(pieces, setting) or _before(pieces, told, setting)
            if speaker is not None:
                found.append(_bare(pieces, speaker, setting))
            else:
                left.append(pieces)
    found += _dialogue(left, told, setting)
    given = {one.pieces for one in found}
    return [*found, *_answers([pieces for pieces in left if tuple(pieces) not in given], told, setting)]


def _answers(left: Sequence[Sequence[Piece]], told: Sequence[Told], setting: Setting) -> Iterator[Bare]:
    """Paragraphs of nothing but a quotation behind a quoted question: “Did it hold?” Lind asked him. / “No.”"""
    for pieces in left:
        first = pieces[0][0]
        if first and _is_paragraph(pieces, setting):
            own = [one for one in told if one.sentence == first - 1]
            speaker = _asked(first - 1, first, own, told, setting)
            if speaker is not None:
                yield _bare(pieces, speaker, setting)


def _bare(pieces: Sequence[Piece], speaker: Participant, setting: Setting) -> Bare:
    number, span = pieces[0]
    cue = Span(span.start, span.start + 1, setting.sentences[number].body[span.start])
    return Bare(number, speaker, cue, tuple(pieces))


def _dialogue(left: Sequence[Sequence[Piece]], told: Sequence[Told], setting: Setting) -> Iterator[Bare]:
    """Paragraphs of nothing but a quotation between the words of two persons, who then speak in turn.

    “Did it hold?” Lind asked. / “No.” / “Why not?” / “Rust,” Berg said. Their number must be even.
    """
    block_of = {n: phrases.sentence.block for n, phrases in enumerate(setting.sentences)}
    alone = {block_of[pieces[0][0]]: pieces for pieces in left if _is_paragraph(pieces, setting)}
    for first in sorted(alone):
        if first - 1 in alone:
            continue
        last = first
        while last + 1 in alone:
            last += 1
        before = [one for one in told if block_of[one.sentence] == first - 1 and _is_direct(one)][-1:]
        after = [one for one in told if block_of[one.sentence] == last + 1 and _is_direct(one)][:1]
        persons = {p.key: p for p in setting.people.persons()}
        sides = [(one.source, persons[one.key]) for one in (*after, *before) if one.key in persons]
        if len(sides) == 2 and sides[0][1].key != sides[1][1].key and (last - first) % 2:
            for at in range(first, last + 1):
                source, person = sides[(at - first) % 2]
                yield _bare(alone[at], Participant(person.key, source, person.code), setting)


def _is_direct(one: Told) -> bool:
    return bool(one.content) and one.content[0].text[:1] in (OPEN, STRAIGHT)


def _is_paragraph(pieces: Sequence[Piece], setting: Setting) -> bool:
    """Whether a quotation is all of one paragraph."""
    block = setting.sentences[pieces[0][0]].sentence.block
    own = [n for n, phrases in enumerate(setting.sentences) if phrases.sentence.block == block]
    return own == [number for number, _ in pieces]


def _is_whole(pieces: Sequence[Piece], setting: Setting) -> bool:
    """Whether a quotation has its sentences for itself: no word stands outside its marks."""
    first, last = setting.sentences[pieces[0][0]].sentence, setting.sentences[pieces[-1][0]].sentence
    start, end = pieces[0][1].start, pieces[-1][1].end
    body = setting.sentences[0].body
    outside = body[first.start : start] + body[end : last.end]
    return not any(c.isalpha() for c in outside)


def _goes_on(before: Sequence[Piece], pieces: Sequence[Piece], setting: Setting) -> bool:
    """Whether a quotation stands right behind another in one paragraph."""
    last, first = before[-1][0], pieces[0][0]
    block = setting.sentences[first].sentence.block
    return first - last <= 1 and setting.sentences[last].sentence.block == block


def _answered(pieces: Sequence[Piece], setting: Setting) -> Bare | None:
    """The quotation of "...," was Lind's answer; "...," was the reply of Oda Lind."""
    number, span = pieces[-1]
    phrases, people = setting.sentences[number], setting.people
    behind = next((i for i, t in enumerate(phrases.tokens) if t.start >= span.end), None)
    if behind is None or phrases.forms[behind].lower() not in ("was", "is", "came"):
        return None
    noun = next((i for i, t in enumerate(phrases.tokens) if i > behind and t.lemma.lower() in ANSWERS), None)
    owner = None if noun is None else phrases.child(noun, "nmod:poss") or next(phrases.obliques(noun, "of"), None)
    if noun is None or owner is None or owner < behind:
        return None
    found = [p for p in people.of_word(number, owner) if p.key and not p.indirect]
    cue = phrases.span(noun, noun + 1)
    return Bare(number, found[0], cue, tuple(pieces)) if len(found) == 1 else None


def _signed(pieces: Sequence[Piece], setting: Setting) -> Bare | None:
    """The quotation under which a name stands behind a dash: “Trade grew.” — Oda Lind."""
    number, span = pieces[-1]
    people, body = setting.people, setting.sentences[0].body
    dash = SIGNED.match(body, span.end)
    if dash is None:
        return None
    named = [m for names in people.names[number : number + 2] for m in names if m.span.start == dash.end()]
    if not named or named[0].kind != "person":
        return None
    speaker = people.of_word(named[0].sentence, named[0].head)[0]
    cue = Span(dash.start(1), dash.end(1), dash.group(1))
    return Bare(named[0].sentence, speaker, cue, tuple(pieces))


def _revealed(pieces: Sequence[Piece], setting: Setting) -> Participant | None:
    """The person whom the sentence behind a quotation names as the one who spoke."""
    number = pieces[-1][0] + 1
    if number >= len(setting.sentences):
        return None
    phrases, people = setting.sentences[number], setting.people
    told = REVEALS.search(phrases.body[phrases.sentence.start : phrases.sentence.end])
    if told is None:
        return None
    behind = phrases.sentence.start + (told.end() if told.group(3) is None and told.start() == 0 else 0)
    named = [m for m in people.names[number] if m.kind == "person" and m.span.start >= behind]
    if named:
        return people.of_word(number, named[0].head)[0]
    known = [
        p
        for word, token in enumerate(phrases.tokens)
        if token.start >= behind and token.upos == "NOUN"
        for p in people.of_word(number, word)
        if p.key and people.is_person(p.key)
    ]
    return known[0] if len({p.key for p in known}) == 1 else None


def _before(pieces: Sequence[Piece], told: Sequence[Told], setting: Setting) -> Participant | None:
    """The person who speaks in the sentence before a quotation, or whom it is about, and nobody else with him."""
    number, body = pieces[0][0] - 1, setting.sentences[0].body
    after = pieces[-1][0] + 1
    if number < 0 or (after < len(setting.sentences) and DOUBTS.match(body[setting.sentences[after].sentence.start :])):
        return None
    block = setting.sentences[number].sentence.block
    if block < setting.sentences[number + 1].sentence.block - 1:
        return None
    own = [one for one in told if one.sentence == number]
    words = " ".join(span.text for _, span in pieces)
    if own and FIRST_PERSON.search(words) and all(_is_body(one, setting) for one in own):
        # A body does not say "I": the sentence before it tells whose the words are.
        number -= 1
        if number < 0 or setting.sentences[number].sentence.block != block:
            return None
        own = [one for one in told if one.sentence == number]
    # A question or an exclamation may be the reply to who spoke.
    replies = words.rstrip(' ”"').endswith(("?", "!"))
    return (None if replies else _speaker(number, own, setting)) or _about(number, pieces[0][0], own, setting)


def _asked(number: int, quoted: int, own: Sequence[Told], told: Sequence[Told], setting: Setting) -> Participant | None:
    """Who answers in the paragraph behind a quoted question: who is asked there, else who spoke last before it."""
    asking = [one for one in own if one.asks and _is_direct(one)]
    block = setting.sentences[number].sentence.block
    if not asking or len(asking) < len(own) or setting.sentences[quoted].sentence.block == block:
        return None
    askers, people = {one.key for one in asking}, setting.people
    phrases = setting.sentences[number]
    inside = [
        (person, place)
        for person in people.persons()
        if person.key not in askers
        and (place := _mention(person, phrases.sentence.start, phrases.sentence.end, phrases.body)) is not None
    ]
    if inside:
        return _as_participant(*inside[0], people, phrases.body) if len(inside) == 1 else None
    blocks = ((one, setting.sentences[one.sentence].sentence.block) for one in told if one.key not in askers)
    above = [one for one, at in blocks if block - ABOVE <= at < block]
    last = above[-1] if above else None
    person = last and next((person for person in people.persons() if person.key == last.key), None)
    return Participant(person.key, last.source, person.code) if last and person else None


def _is_body(one: Told, setting: Setting) -> bool:
    if one.key is not None:
        return one.key.startswith(("state:", "organization:"))
    last = one.source.text.split()[-1].lower()
    return last not in PERSONS and not is_personal(last)


def _speaker(number: int, own: Sequence[Told], setting: Setting) -> Participant | None:
    """The only named person who says something in a sentence without quotation marks, where nobody else is told of.

    Who is in the words of the speaker counts only as a subject there, or where the speaker is a pronoun.
    """
    phrases, people = setting.sentences[number], setting.people
    start, end, body = phrases.sentence.start, phrases.sentence.end, phrases.body
    if any(mark in body[start:end] for mark in (OPEN, CLOSE, STRAIGHT)) or body[start:end].rstrip().endswith("?"):
        return None
    outer = [one for one in own if not any(_is_content(one.source.start, [other]) for other in own if other != one)]
    keys = {one.key for one in outer}
    key = keys.pop() if len(keys) == 1 else None
    if key is None or not people.is_person(key) or any(one.asks for one in outer):
        return None
    by_pronoun = outer[0].source.text.lower() in ("he", "she")
    rivals: list[Person | Mention] = [
        p for p in people.persons() if p.key != key and _is_rival(p, phrases, () if by_pronoun else outer)
    ]
    rivals += [m for m in people.names[number] if m.kind == "people" and phrases.tokens[m.head].deprel in SUBJECTS]
    speaker = next(p for p in people.persons() if p.key == key)
    return None if rivals else _as_participant(speaker, _mention(speaker, start, end, body), people, body)


def _is_rival(person: Person, phrases: Phrases, told: Sequence[Told]) -> bool:
    """Whether a sentence tells of somebody outside of what is told there, or as a subject in it."""
    subjects = {t.start for t in phrases.tokens if t.deprel in SUBJECTS}
    inside = [at for at, end in person.mentions if phrases.sentence.start <= at and end <= phrases.sentence.end]
    return any(at in subjects or not _is_content(at, told) for at in inside)


def _is_content(place: int, told: Sequence[Told]) -> bool:
    return any(span.start <= place < span.end for one in told for span in one.content)


def _about(number: int, quoted: int, own: Sequence[Told], setting: Setting) -> Participant | None:
    """The person whom a sentence is about, and nobody else with him; `quoted` is where the quotation begins."""
    phrases, people, body = setting.sentences[number], setting.people, setting.sentences[0].body
    block = phrases.sentence.block
    same = setting.sentences[quoted].sentence.block == block
    text = body[phrases.sentence.start : phrases.sentence.end]
    if text.rstrip(' ”"').endswith("?"):
        return None
    if not same and any(mark in text for mark in (CLOSE, STRAIGHT, OPEN)):
        return None
    _look_at_subjects(number, setting)
    start = min(p.sentence.start for p in setting.sentences if p.sentence.block == block)
    inside = [p for p in people.persons() if _mention(p, start, phrases.sentence.end, body) is not None]
    here = [p for p in inside if _mention(p, phrases.sentence.start, phrases.sentence.end, body) is not None]
    askers = [one.source for one in own if one.asks]
    if len(inside if not same else here) > 1 or _tells_of_another(inside, phrases, askers):
        return None
    person = [p for p in here if is_subject(p, phrases) or _is_told(p, phrases)]
    if not here and len(inside) == 1 and _has_pronoun(phrases):
        person = inside
    others = {one.key for one in own if not one.asks} - {p.key for p in person}
    if not person or others:
        return None
    place = _mention(person[0], start, phrases.sentence.end, body)
    return _as_participant(person[0], place, people, body)


def _look_at_subjects(number: int, setting: Setting) -> None:
    """Lets the subjects of a sentence be mentions of whom they mean: "the inspector has his own theory"."""
    for word, token in enumerate(setting.sentences[number].tokens):
        if token.upos == "NOUN" and token.deprel in SUBJECTS:
            setting.people.of_word(number, word)


def _as_participant(
    person: Person, place: tuple[int, int] | None, people: Participants, body: str
) -> Participant | None:
    if place is None:
        return None
    return Participant(person.key, Span(*place, body[slice(*place)]), person.code)


def _mention(person: Person, start: int, end: int, body: str) -> tuple[int, int] | None:
    """The last place between two where somebody is meant, outside quotations."""
    places = [p for p in person.mentions if start <= p[0] and p[1] <= end and not is_quoted(start, p[0], body)]
    return places[-1] if places else None


def _is_told(person: Person, phrases: Phrases) -> bool:
    """Whether "she is" says who somebody is: "She is Oda Lind"."""
    places = {first for first, _ in person.mentions}
    roots = [at for at, t in enumerate(phrases.tokens) if t.deprel == "root" and t.start in places]
    return _has_pronoun(phrases) and any(phrases.child(at, "cop") is not None for at in roots)


def _tells_of_another(persons: Sequence[Person], phrases: Phrases, askers: Sequence[Span]) -> bool:
    """Whether a sentence tells of one more person by a noun: "the old man", "her skipper".

    Who asked something does not count, for the quotation answers him.
    """
    known = [place for person in persons for place in person.mentions]
    nouns = {noun for person in persons for noun in person.nouns}
    for word, token in enumerate(phrases.tokens):
        lemma, owner = token.lemma.lower(), phrases.child(word, "det", "nmod:poss")
        own = lemma in nouns or any(first <= token.start < last for first, last in known)
        own = own or any(span.start <= token.start < span.end for span in askers) or _asked_by(word, phrases)
        single = token.xpos == "NN" and owner is not None and phrases.forms[owner].lower() != "whose"
        if single and not own and is_personal(lemma):
            return True
    return False


def _asked_by(word: int, phrases: Phrases) -> bool:
    """Whether somebody is the one who asked in "she had been asked by a minister"."""
    token = phrases.tokens[word]
    return phrases.case(word) == "by" and token.head >= 0 and phrases.tokens[token.head].lemma == "ask"


def _has_pronoun(phrases: Phrases) -> bool:
    """Whether he or she is the subject of a sentence."""
    return any(t.text.lower() in ("he", "she") and t.deprel in SUBJECTS for t in phrases.tokens)
