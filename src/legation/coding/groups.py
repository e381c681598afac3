"""Those without a name: which noun of their phrase tells what they are, and of what sector they are by it.

A noun may say little ("leader", "man", "unit"), and the words before it all: "the dockers' leader", "rebel units".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

from legation.coding.appositions import SERVING
from legation.coding.descriptions import adjectives_of
from legation.coding.names import Mention
from legation.coding.nouns import BEFORE, title_at
from legation.coding.phrases import Phrases
from legation.coding.standing import PAST
from legation.coding.tables import OFFICE_SECTORS, Title, find_title, split
from legation.shipped import read_table

SectorsAt = Callable[[int], tuple[str, ...] | None]
"""The sectors of the body that a word names, empty for one that has none, None where it names no body."""
PART = ("amod", "compound")
GOVERNMENTS = frozenset({"government", "administration", "cabinet"})
EARLIER = frozenset({"previous", "former", "last", "outgoing", "preceding", "past"})
HIRED = frozenset({"employee", "lawyer", "worker"})
"""Who works for somebody, but stays what he is: a bank's worker is no banker."""
LEADING = SERVING - HIRED | {"agent", "board", "bureau", "negotiator", "office"}
# Whom a body or a service takes its sector to, by the sectors they have without it.
TAKES = {
    "REB": frozenset({"MIL", "UAF", "GOV", "LAB", "CVL", "LEG"}),
    "PRM": frozenset({"MIL", "UAF", "GOV", "LAB", "CVL"}),
    "COP": frozenset({"MIL", "SPY"}),
    "SPY": frozenset({"MIL", "LAB"}),
    "MIL": frozenset({"CVL", "LAB", "MED"}),
    "GOV": frozenset({"LAB", "CVL"}),
}
# What an adjective may tell: "rebel", "opposition", "military".
TELLING = (("REB",), ("PRM",), ("OPP",), ("PTY",), ("MIL",))
# By which leaders and members are rebels, and officers stay officers.
CREEDS = frozenset({"islamist", "maoist"})
SAYING_NOTHING = frozenset({"deputy", "fighter", "general", "revolutionary", "secretary"})
# What makes armed men of whoever comes with it, or in it.
WEAPONS = frozenset({"bomb", "explosive", "grenade", "gun", "knife", "machete", "rifle", "sword", "weapon"})
GUISES = frozenset({"balaclava", "camouflage", "fatigues", "hood", "mask", "uniform"})
PEACEFUL = frozenset({"AGR", "CVL"})
# Nouns for forces that are things.
CRAFT = frozenset(
    """
    aircraft artillery battleship boat bomber carrier corvette craft cruiser cutter destroyer drone fighter frigate
    gunboat gunship helicopter jet minesweeper plane ship submarine tank vessel warplane warship
    """.split()
)
# How nouns of nations end whose plural is the same, and those of one of a nation: "the Chinese", "the Algerian".
ALIKE = ("ese", "ish", "ch", "ss")
SINGULAR = ("an", "i", "er", "k", "Dane", "Pole", "Turk", "Finn", "Swede", "Czech", "Briton", "Scot", "Thai")
QUALIFYING = ("amod", "compound", "nmod", "conj", "flat")
MANY = frozenset({"dozen", "hundred", "thousand", "ten", "million", "score"})
# Words of a sentence about those who have fled.
FLIGHT = frozenset(
    "asylum displaced flee migrant refuge refugee repatriate repatriation resettle resettlement shelter tent".split()
)
TOWARDS = frozenset({"to", "against", "for", "with", "on", "about", "over", "by", "than", "like"})
# What is done for somebody who stays whose he is.
BACKING = frozenset({"armed", "backed", "financed", "funded", "sponsored", "supported", "trained"})
# Verbs by which somebody sends out his own.
SENDING = frozenset({"appoint", "deploy", "dispatch", "nominate", "recall", "send", "withdraw"})
SENT = frozenset({"adviser", "diplomat", "intelligence", "military", "minister", "official", "police"})
# Adjectives of those who are of no one state.
WORLDLY = frozenset(
    """
    african arab asian baltic balkan european foreign global gulf international latin multinational neighboring
    neighbouring nordic overseas western
    """.split()
)
# Nouns of which a state has one, so that "the two presidents" are those of two states.
ORGANS = frozenset({"air force", "army", "capital", "cabinet", "foreign ministry", "government", "navy", "parliament"})
HEADS = frozenset({"head_of_state", "head_of_government", "minister", "royal"})
# Of the nouns for anybody only these are of those who are named before them: the king's men, not his mother.
ANYBODY = frozenset({"crew", "driver", "engineer", "man", "mechanic", "people", "woman", "youth"})
FORCES = frozenset({"COP", "MIL", "PRM", "REB"})
# Those of a trade stay what they are, whoever employs them: the warders' union.
UNIONS = frozenset({"association", "confederation", "federation", "guild", "union"})


def shared_noun(head: int, end: int, phrases: Phrases) -> tuple[int, Title] | None:
    """The noun for somebody behind a range that its head qualifies: police for "Kenyan" in "Kenyan and Omani police".

    None where the head stands for itself, as the state does whose craft and guns they are: "Kenyan and Omani jets".
    """
    at = head
    for _ in range(3):
        token = phrases.tokens[at]
        if token.head < 0 or token.deprel not in (*PART, "conj"):
            return None
        at = token.head
        if at >= end and phrases.tokens[at].upos in ("NOUN", "PROPN"):
            title = title_at(phrases, at)[0]
            return (at, title) if title is not None and title.title.split()[-1] not in CRAFT else None
    return None


def each_of(start: int, end: int, phrases: Phrases, names: Sequence[Mention]) -> list[tuple[int, int]]:
    """The parts of a range in which several nations share a noun: "Kenyan | and Ugandan police" as two."""
    head = phrases.head_of(start, end)
    if phrases.tokens[head].xpos not in ("NNS", "NNPS") or title_at(phrases, head)[0] is None:
        return [(start, end)]
    joined = {at for child in phrases.children_in(head, *PART) for at in phrases.conjuncts(child)[1:]}
    heads = joined | {phrases.tokens[at].head for at in joined}
    nations = [m for m in names if m.kind in ("people", "state") and start <= m.start and m.end <= head]
    nations = [m for m in nations if any(m.start <= at < m.end for at in heads)]
    if len({m.code for m in nations}) < 2:
        return [(start, end)]
    firsts, lasts = [start, *(m.start for m in nations[1:])], [*(m.end for m in nations[:-1]), end]
    return list(zip(firsts, lasts, strict=True))


def counted(mention: Mention, phrases: Phrases) -> Title | None:
    """What so many of a nation are, who are not their state: "forty Kenyans", refugees where the sentence tells of
    flight."""
    head = phrases.tokens[mention.head]
    several = head.xpos in ("NNS", "NNPS") or head.text.endswith(ALIKE)
    if mention.kind != "people" or not several or not _is_counted(mention.head, phrases):
        return None
    flight = any(token.lemma.lower() in FLIGHT for token in phrases.tokens)
    return find_title("refugees" if flight else "people")


def _is_counted(word: int, phrases: Phrases) -> bool:
    """Whether a number stands before a noun, or a word for many: "hundreds of Haitians"."""
    owner = phrases.tokens[word].head
    behind = phrases.case(word) == "of" and owner >= 0 and phrases.tokens[owner].lemma.lower() in MANY
    return behind or phrases.child(word, "nummod") is not None


def compatriot(mention: Mention, phrases: Phrases) -> Title | None:
    """What one of a nation is, who is not his state: an official in "the Egyptian", mostly one told of before.

    "The French" are all of them, and so is "the Egyptian" before a noun, or joined to one.
    """
    head = phrases.tokens[mention.head]
    alone = mention.kind == "people" and mention.end - mention.start == 1 and not head.deprel.startswith(QUALIFYING)
    if not alone or head.xpos in ("NNS", "NNPS") or not head.text.endswith(SINGULAR) or head.text.endswith(ALIKE):
        return None
    the = mention.start > 0 and phrases.forms[mention.start - 1].lower() == "the"
    return find_title("official") if the else None


def backs(mention: Mention, phrases: Phrases) -> bool:
    """Whether a name is that of whoever stands behind somebody else: "Omani-backed fighters"."""
    at = mention.end + (phrases.forms[mention.end : mention.end + 1] == ("-",))
    return at > mention.end and "".join(phrases.small[at : at + 1]) in BACKING


def tells_state(mention: Mention, phrases: Phrases) -> bool:
    """Whether a name in somebody's words tells whose he is: not "against Oman", nor "Omani-backed"."""
    own = mention.code is not None and mention.kind in ("people", "place", "state")
    return own and phrases.case(mention.head) not in TOWARDS and not backs(mention, phrases)


def told_sectors(word: int, phrases: Phrases, sectors_at: SectorsAt) -> tuple[str, ...] | None:
    """The sectors of somebody whom the last noun of his phrase gives none: "army positions", "members of the cabinet".

    Where nothing is told a noun means what it mostly does: a land office is the state's.
    """
    found = [*_before(word, word, phrases, sectors_at)]
    if phrases.tokens[word].lemma.lower() in LEADING:
        found += _behind(word, phrases, sectors_at)
    mostly = noun_sectors().get(phrases.tokens[word].lemma.lower())
    return next((sectors for sectors in found if sectors is not None), mostly)


@cache
def noun_sectors() -> Mapping[str, tuple[str, ...]]:
    """The sectors of nouns that are no titles, where nothing beside them tells more."""
    return {row["noun"]: split(row["sectors"]) for row in read_table("noun_sectors.csv")}


def with_told(word: int, start: int, title: Title, phrases: Phrases, sectors_at: SectorsAt) -> tuple[str, ...]:
    """The sectors of a title that begins at `start` and ends at `word`, in view of whom it leads or belongs to."""
    sectors = title.sectors
    if is_armed(word, title, phrases):
        return ("UAF",)
    noun = phrases.tokens[word].lemma.lower()
    told = [found for found in _before(word, start, phrases, sectors_at) if found]
    if noun in ANYBODY:
        told += [found for found in _behind(word, phrases, sectors_at) if found and found[0] in FORCES]
    if title.kind == "legislator":
        # A party's deputies are of parliament, whoever else they are of.
        return sectors if all("OPP" not in found for found in told) else ("LEG", "OPP")
    if noun in LEADING:
        told += [found for found in _behind(word, phrases, sectors_at) if found]
        sectors = told[0] if told else sectors
    else:
        sectors = next((found for found in told if _takes(found, title, noun)), sectors)
    over = any(phrases.forms[c].lower() in PAST for c in phrases.children_in(word, "amod") if c < start)
    return ("ELI",) if over and not OFFICE_SECTORS.isdisjoint(sectors) else sectors


def _takes(told: tuple[str, ...], title: Title, noun: str) -> bool:
    """Whether a noun takes the sectors of the word before it: rebel guards are rebels, a rebel's widow is none."""
    if noun in UNIONS or (title.sectors[:1] == ("CVL",) and noun not in ANYBODY):
        return False
    return bool(title.sectors) and title.sectors[0] in TAKES.get(told[0], frozenset())


def _before(word: int, start: int, phrases: Phrases, sectors_at: SectorsAt) -> Iterator[tuple[str, ...] | None]:
    """The sectors of what qualifies a noun before it, the nearest first; None for what says nothing of sectors."""
    for child in reversed([c for c in phrases.children_in(word, *BEFORE) if c < start]):
        named = sectors_at(child)
        if named is not None:
            yield named
            continue
        title = find_title(phrases.forms[child].lower())
        said = title is not None and title.title not in SAYING_NOTHING
        told = title.sectors if title is not None and said else None
        adjective = phrases.tokens[child].deprel == "amod"
        if told and title is not None and title.title in CREEDS and phrases.tokens[word].lemma.lower() not in LEADING:
            told = None
        yield None if told is None or (adjective and told[:1] not in TELLING) else told


def _behind(word: int, phrases: Phrases, sectors_at: SectorsAt) -> Iterator[tuple[str, ...] | None]:
    """The sectors of those behind "of" or "for": "representatives of the junta"."""
    for child in phrases.obliques(word, "of", "for", "from"):
        named = sectors_at(child)
        title = title_at(phrases, child)[0] if named is None else None
        yield named if title is None else title.sectors


def is_of_several(word: int, start: int, title: Title, phrases: Phrases) -> bool:
    """Whether a noun is of several states, or of any: "the two presidents", "both armies", "foreign soldiers"."""
    forms = [phrases.forms[c].lower() for c in phrases.children_in(word, *BEFORE, "det", "nummod") if c < start]
    if not WORLDLY.isdisjoint(forms):
        return True
    one_each = title.kind in HEADS or title.title in ORGANS
    plural = phrases.tokens[word].xpos in ("NNS", "NNPS")
    return plural and one_each and ("both" in forms or {"the", "two"} <= {*forms})


def is_armed(word: int, title: Title, phrases: Phrases) -> bool:
    """Whether civilians carry weapons or hide who they are: "men in masks", "fishermen with machine guns"."""
    if PEACEFUL.isdisjoint(title.sectors):
        return False
    told = ((phrases.case(at), phrases.tokens[at].lemma.lower()) for at in phrases.obliques(word, "with", "in"))
    return any(noun in (WEAPONS if case == "with" else GUISES) for case, noun in told)


def served_body(word: int, phrases: Phrases, mentions: Sequence[Mention]) -> Mention | None:
    """The body for which somebody without a name speaks or works: "a spokeswoman for Greenpeace".

    Who does not serve by his title is of it where he comes from it: "doctors from the Red Cross".
    """
    serves = phrases.tokens[word].lemma.lower() in SERVING
    words = list(phrases.obliques(word, *(("for", "from", "of") if serves else ("from",))))
    found = (m for at in words for m in mentions if m.start <= at < m.end)
    return next((m for m in found if m.kind == "organization" and m.code), None)


def sender(word: int, title: Title, phrases: Phrases) -> int | None:
    """Who sends his own out by the verb whose object they are: Lima in "Lima recalled an envoy".

    Likewise whose earlier government it is: his in "President Lind rejected the previous government's policy".
    """
    token = phrases.tokens[word]
    if title.title in GOVERNMENTS and not EARLIER.isdisjoint(adjectives_of(word, phrases)):
        at = token.head
        while at >= 0 and phrases.tokens[at].upos != "VERB":
            at = phrases.tokens[at].head
        return phrases.subject(at) if at >= 0 else None
    if token.deprel != "obj" or phrases.tokens[token.head].lemma.lower() not in SENDING or title.kind not in SENT:
        return None
    subject = phrases.subject(token.head)
    return None if subject is None or phrases.tokens[subject].deprel == "nsubj:pass" else subject
