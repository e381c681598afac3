"""Whom the words for a speaker mean: a name behind a title or a comma, a role told before, a nation."""

from __future__ import annotations

from collections.abc import Sequence, Set

from legation.coding.appositions import NAMING
from legation.coding.descriptions import REFLEXIVES, adjectives_of, is_mention_of_known
from legation.coding.entities import Participant, Person
from legation.coding.genders import gender_words, of_name
from legation.coding.names import STATELESS, Mention
from legation.coding.nouns import antecedent_of_relative, title_at
from legation.coding.participants import RELATIVE, Participants
from legation.coding.personal import KIN, is_personal
from legation.coding.phrases import CLOSE, OPEN, STRAIGHT, SUBJECTS, Phrases
from legation.coding.references import whole_of
from legation.coding.relatives import kin_meant
from legation.coding.tables import find_title

PUNCTUATION = '.,;:!?()"“”'
POSSESSIVE = ("'s", "’s", "'", "’")
# Offices that an article may call somebody by who was not named yet: only their bearer is meant by them.
OFFICES = frozenset({"head_of_state", "head_of_government", "minister", "royal", "spokesperson"})
HELD = OFFICES - {"spokesperson"} | {"judicial"}
ANYBODY = frozenset({"man", "woman", "lady", "gentleman"})
"""Nouns that every person may be called by."""
DESCRIBING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "PUNCT"})
NEAR = 1200
"""Characters within which somebody is named who is meant by an office before the name."""
WIDE_KINDS = frozenset({"official", "unknown", "civilian", "former"})


def speaker_meant(
    number: int, start: int, end: int, people: Participants, sentences: Sequence[Phrases], speaking: str | None
) -> Participant | None:
    """The speaker whom the words `start` to `end` of a sentence mean; None where they mean nobody for sure.

    `speaking` is the key of who spoke last before in the same paragraph.
    """
    phrases = sentences[number]
    named = principal(number, start, end, people, phrases)
    if named is not None:
        return people.of_word(number, named.head)[0]
    found = people.titled(number, start, end) or people.of_range(number, start, end)
    if not found or not people.is_person(found[0].key):
        head = phrases.head_of(start, end)
        meant = (
            described_by(number, head, people, phrases)
            or called_so(number, head, end, people, phrases)
            or kin_meant(number, head, people, phrases)
            or meant_by_role(number, head, people, sentences, speaking)
            or in_office(number, head, people, sentences)
        )
        found = [meant] if meant is not None else found
    return found[0] if found else None


def called_so(number: int, word: int, end: int, people: Participants, phrases: Phrases) -> Participant | None:
    """The person whom a noun at the end of a speaker's words calls as he was called before, whatever follows them."""
    key = people.called(number, word, end)
    return people.again(key, word, word + 1, number) if key is not None else None


def described_by(number: int, word: int, people: Participants, phrases: Phrases) -> Participant | None:
    """The person whom "who" means, or whom a noun stands in apposition to: "Oda Lind, a pilot who has said"."""
    relative = phrases.forms[word].lower() in RELATIVE
    noun = antecedent_of_relative(phrases, word) if relative else word
    if noun is None:
        return None
    if relative and (found := people.of_word(number, noun)) and people.is_person(found[0].key):
        return found[0]
    if phrases.tokens[noun].deprel != "appos":
        return None
    name = next((m for m in people.names[number] if m.head == phrases.tokens[noun].head and m.kind == "person"), None)
    owner = name is not None and name.end < noun and phrases.forms[name.end] in POSSESSIVE
    return people.of_word(number, name.head)[0] if name is not None and not owner else None


def principal(number: int, start: int, end: int, people: Participants, phrases: Phrases) -> Mention | None:
    """The person named behind a comma as the one whom the words before it describe; None where two could be.

    "The minister, Oda Lind"; "a spokesman for the minister, Oda Lind" and "the president's spokesman, Oda Lind" speak
    of the spokesman.
    """
    persons = [m for m in people.names[number] if m.kind == "person" and start <= m.start and m.end <= end]
    named = [m for m in persons if m.start > start and _behind_comma(m, start, phrases)]
    owners = [m for m in persons if m.end < end and phrases.forms[m.end] in POSSESSIVE]
    rest = [m for m in persons if m not in owners and m not in named and not _served(m, start, phrases)]
    if len(named) != 1 or rest or not describes_person(start, named[0].start, phrases):
        return None
    return named[0]


def _behind_comma(mention: Mention, start: int, phrases: Phrases) -> bool:
    """Whether a comma stands before a name, or before the title or the further description of it."""
    at = mention.start - 1
    while at > start and phrases.forms[at] != ",":
        token = phrases.tokens[at]
        if token.upos not in DESCRIBING and token.deprel != "amod" and token.text not in NAMING:
            return False
        at -= 1
    return phrases.forms[at] == ","


def is_principal(mention: Mention, start: int, phrases: Phrases) -> bool:
    """Whether a name in the words for a speaker can be the speaker: no owner, nobody whom others serve."""
    owner = mention.end < len(phrases.forms) and phrases.forms[mention.end] in POSSESSIVE
    return not owner and not _served(mention, start, phrases)


def _served(mention: Mention, start: int, phrases: Phrases) -> bool:
    """Whether a name hangs on the words before it: "a spokesman for Oda Lind"."""
    at = mention.start - 1
    while at > start and phrases.tokens[at].upos in ("PROPN", "NOUN", "ADJ", "DET"):
        at -= 1
    return at > start and phrases.tokens[at].upos == "ADP"


def describes_person(start: int, end: int, phrases: Phrases) -> bool:
    """Whether the words of a range begin with a noun for one person, before any preposition, comma or clause."""
    if [form.lower() for form in phrases.forms[start : start + 2]] == ["one", "of"]:
        return True
    nouns = []
    for at in range(start, end):
        token = phrases.tokens[at]
        if token.deprel == "amod":
            continue
        if token.upos in ("ADP", "VERB", "SCONJ", "CCONJ", "AUX") or token.text == ",":
            break
        if token.upos == "PRON" and token.deprel != "nmod:poss":
            break
        if token.upos in ("NOUN", "PROPN"):
            nouns.append(at)
    if not nouns or phrases.tokens[nouns[-1]].xpos not in ("NN", "NNP"):
        return False
    return is_personal(phrases.tokens[nouns[-1]].lemma.lower())


def meant_by_role(
    number: int, word: int, people: Participants, sentences: Sequence[Phrases], speaking: str | None
) -> Participant | None:
    """Whom "the professor" or "the Ghanaian" means of those named before; None where more than one could be meant.

    That is the only person of the paragraph so far, or the one whom the sentence before is about, unless somebody else
    spoke since (`speaking`), if nothing that the article tells of them speaks against it; for a nation also the only
    person of that state.
    """
    phrases = sentences[number]
    nation = nation_meant(number, word, people, phrases)
    noun = phrases.tokens[word].lemma.lower()
    if nation is None and (not is_mention_of_known(word, phrases) or noun in KIN or not is_personal(noun)):
        return None
    if nation is None and people.modifiers(number, word):
        return None
    here = phrases.tokens[word].start
    before = [person for person in people.persons() if any(at < here for at, _ in person.mentions)]
    fitting = [p for p in before if nation is not None and p.code == nation]
    if len(fitting) != 1:
        at_hand = _at_hand(number, here, noun, before, sentences, speaking)
        if at_hand is not None and _told_of_another(noun, at_hand, here, phrases.body):
            return None
        stressed = any(phrases.forms[child].lower() in REFLEXIVES for child in phrases.children[word])
        fitting = [at_hand] if at_hand is not None and _fits(at_hand, nation, noun, stressed) else []
        if nation is None and not stressed:
            fitting = [p for p in fitting if noun in p.nouns or not _stands_apart(p, word, phrases)]
        fitting = [p for p in fitting if not _is_other_gender(noun, people.name_of(p.key), p)]
    if not fitting:
        return None
    if nation is None and not people.descriptions.bearers(noun):
        people.descriptions.learn(fitting[0].key, noun)
    return people.again(fitting[0].key, *phrases.subtree(word), number)


def _is_other_gender(noun: str, name: str, person: Person) -> bool:
    """Whether a noun is for a woman and the words for a person, or the given name, are those of a man, or so."""
    own = gender_words().get(noun)
    told = {gender for word in person.nouns if (gender := gender_words().get(word))} or {*of_name(name)}
    return own is not None and bool(told) and own not in told


def _stands_apart(person: Person, word: int, phrases: Phrases) -> bool:
    """Whether a noun can hardly mean a person: it is an office with a capital, or he is told of beside it by a name."""
    start, end = phrases.sentence.start, phrases.sentence.end
    told = any(start <= first < end and not is_quoted(start, first, phrases.body) for first, _ in person.mentions)
    return told or phrases.forms[word] != phrases.forms[word].lower()


def _told_of_another(noun: str, person: Person, here: int, body: str) -> bool:
    """Whether somebody without a name was called so since a person was last meant: "a customs officer"."""
    since = max((last for first, last in person.mentions if first < here), default=0)
    words = _words(body[body.rfind("\n\n", 0, since) + 1 : here])
    places = [at for at, word in enumerate(words) if word == noun]
    return any({"a", "an", "another", "one"} & {*words[max(at - 3, 0) : at]} for at in places)


def _words(text: str) -> list[str]:
    return [word.strip(PUNCTUATION).lower() for word in text.split()]


def _fits(person: Person, nation: str | None, noun: str, stressed: bool) -> bool:
    """Whether a person can be meant; "the candidate herself" (`stressed`) has been told of, by whatever words."""
    if nation is not None:
        return person.code in (None, nation) or person.code in STATELESS
    return may_be_called(person, noun) or (stressed and not person.sectors)


def in_office(number: int, word: int, people: Participants, sentences: Sequence[Phrases]) -> Participant | None:
    """Who holds the office of "the minister" or "Peru's president", named nearby, be it only in what follows."""
    phrases = sentences[number]
    title, _ = title_at(phrases, word)
    if title is None or title.kind not in HELD or phrases.tokens[word].xpos not in ("NN", "NNP"):
        return None
    states = {p.code for p in people.modifiers(number, word)}
    if not states and not is_mention_of_known(word, phrases):
        return None
    nations = {phrases.forms[w].lower() for m in people.names[number] for w in range(m.start, m.end)}
    noun, adjectives = phrases.tokens[word].lemma.lower(), adjectives_of(word, phrases) - nations
    here = phrases.tokens[word].start
    words = {p.key: people.descriptions.words_with(p.key, noun, adjectives) for p in people.persons()}
    persons = [p for p in people.persons() if words[p.key] is not None]
    called = [p for p in persons if not states or p.code in states]
    if not called:
        called = [p for p in persons if p.code is None and _is_beside_state(p, states, people, sentences)]
    exact = [p for p in called if adjectives <= (words[p.key] or set())]
    bearers = exact or [p for p in called if not words[p.key]]
    if len(bearers) != 1:
        return None
    first = bearers[0].mentions[0][0]
    if first > here and noun in _words(phrases.body[:here]):
        return None
    told = first < here and bool(exact) and bool(states or adjectives)
    if not told and not any(abs(at - here) < NEAR for at, _ in bearers[0].mentions):
        return None
    return people.again(bearers[0].key, *phrases.subtree(word), number)


def _is_beside_state(
    person: Person, states: Set[str | None], people: Participants, sentences: Sequence[Phrases]
) -> bool:
    """Whether the paragraph in which somebody is named first tells of one of these states."""
    first = person.mentions[0][0]
    block = next(p.sentence.block for p in sentences if p.sentence.start <= first < p.sentence.end)
    return any(
        mention.code in states
        for names, phrases in zip(people.names, sentences, strict=True)
        if phrases.sentence.block == block
        for mention in names
    )


def nation_meant(number: int, word: int, people: Participants, phrases: Phrases) -> str | None:
    """The code of the state in "the Ghanaian", one person of it."""
    mention = next((m for m in people.names[number] if m.start <= word < m.end), None)
    if mention is None or mention.kind != "people" or mention.end - mention.start != 1:
        return None
    alone = mention.start > 0 and phrases.forms[mention.start - 1].lower() == "the"
    form = phrases.forms[word].lower()
    plural = phrases.tokens[word].xpos in ("NNS", "NNPS") or form.endswith(("s", "ese", "sh", "ch", "men"))
    plural = plural and not form.endswith(("man", "woman"))
    return mention.code if alone and not plural else None


def _at_hand(
    number: int, here: int, noun: str, before: Sequence[Person], sentences: Sequence[Phrases], speaking: str | None
) -> Person | None:
    """The person whom the text is about right before a noun, if that is plain.

    A title that opens a paragraph may mean the only person of the paragraph before.
    """
    block = sentences[number].sentence.block
    start = min(p.sentence.start for p in sentences if p.sentence.block == block)
    inside = [p for p in before if p.key == speaking or _mentioned(p, start, here, sentences[number].body)]
    if len(inside) == 1:
        return inside[0]
    if not inside and sentences[number].sentence.start == start:
        above = min((p.sentence.start for p in sentences if p.sentence.block == block - 1), default=start)
        told = [p for p in before if _mentioned(p, above, start, sentences[number].body)]
        return told[0] if len(told) == 1 and find_title(noun) is not None else None
    if sentences[number].sentence.start == start:
        return None
    subjects = [p for p in inside if is_subject(p, sentences[number - 1])]
    return subjects[0] if len(subjects) == 1 and speaking in (None, subjects[0].key) else None


def _mentioned(person: Person, start: int, end: int, body: str) -> bool:
    """Whether somebody is named between two places, outside quotations."""
    return any(start <= first and last <= end and not is_quoted(start, first, body) for first, last in person.mentions)


def is_quoted(start: int, place: int, body: str) -> bool:
    """Whether a quotation that began behind `start` is open at a place."""
    before = body[start:place]
    return before.count(OPEN) > before.count(CLOSE) or before.count(STRAIGHT) % 2 == 1


def is_subject(person: Person, phrases: Phrases) -> bool:
    """Whether somebody is the subject of a clause of a sentence, or what it begins with."""
    begins = phrases.sentence.start
    own = [place for place in person.mentions if begins <= place[0] < phrases.sentence.end]
    if any(first == begins for first, _ in own):
        return True
    inside = (at for at, t in enumerate(phrases.tokens) if any(first <= t.start < last for first, last in own))
    return any(phrases.tokens[whole_of(phrases, at)].deprel in SUBJECTS for at in inside)


def may_be_called(person: Person, noun: str) -> bool:
    """Whether what an article tells of a person leaves room for a noun: no other trade, no office of somebody else."""
    title = find_title(noun)
    if title is None or noun in person.nouns or noun in ANYBODY:
        return True
    if title.kind in OFFICES:
        return False
    own = [known for name in person.outright - KIN if (known := find_title(name))]
    return not own or any(known.kind == title.kind and known.kind not in WIDE_KINDS for known in own)
