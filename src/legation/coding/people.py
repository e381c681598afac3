"""Persons: which mentions are one person, and what the text says they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from legation.coding.appositions import (
    ADDRESSES,
    CUT,
    SERVING,
    beside,
    run_before,
    server,
)
from legation.coding.leaders import Leaders
from legation.coding.names import STATELESS, Mention, is_title, name_key
from legation.coding.personal import is_role
from legation.coding.phrases import Phrases
from legation.coding.standing import PAST
from legation.coding.tables import OFFICE_SECTORS, Title, find_title, split, title_codes
from legation.shipped import read_table

COUNTERPARTS = frozenset({"counterpart", "successor", "predecessor", "ally", "rival"})
HYPHENATED = re.compile(r" \w+-[a-zé]\w+$")
LANDS = frozenset({"place", "state"})
NATIONS = frozenset({"people", "state"})
PAPERS = frozenset({"citizenship", "nationality", "passport"})
# Forms of address that say little of what somebody does.
STYLES = frozenset({"sheikh", "lord", "lady", "baroness", "prince", "princess", "chief", "don"})
# Verbs whose place is that of whom they tell of.
DWELLING = frozenset({"bear", "come", "dwell", "flee", "hail", "live", "reside", "settle", "stay"})
FOR = frozenset({"of", "for", "at", "with", "from", "in"})


@dataclass(frozen=True, slots=True)
class Profile:
    """What the words around a name tell: role and affiliation as written, state and sectors where they follow."""

    role: str | None = None
    affiliation: str | None = None
    code: str | None = None
    sectors: tuple[str, ...] = ()


def join_names(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions of persons with one key a person: a part of a name takes the full name it can only mean.

    A single name means the person whose first or last name it is, else of whose last name it is one half, else whose
    name it stands in the middle of; with several such, the one named last before it.
    """
    full: dict[str, Mention] = {}
    joined = []
    everyone = [*{m.name: m for m in reversed(mentions) if " " in m.name}.values()][::-1]
    for mention in mentions:
        key = name_key(mention.name)
        if " " in mention.name:
            target = _same_person(key, full) or mention
        else:
            found = (_bearer(key, [*full.values()], everyone, parts) for parts in PARTS)
            target = next((bearer for bearer in found if bearer), mention)
        if " " in mention.name:
            full.pop(target.key, None)
            full[target.key] = target
        joined.append(replace(mention, key=target.key, name=target.name))
    return joined


def _bearer(
    key: str, before: Sequence[Mention], everyone: Sequence[Mention], parts: Callable[[str], Sequence[str]]
) -> Mention | None:
    """Whom a single name means of those named in full before, else of all if that is one person."""
    earlier = [m for m in before if key in parts(m.name)]
    later = [m for m in everyone if key in parts(m.name)] if not earlier else []
    return earlier[-1] if earlier else later[0] if later and _are_one(later) else None


@lru_cache(1 << 12)
def _middle_names(name: str) -> tuple[str, ...]:
    """What stands between the first and the last name, the family name of a father in Spanish: "Oda Lind Berg"."""
    return tuple(name_key(part) for part in name.split()[1:-1] if part[:1].isupper() and len(part) > 2)


def family_names(people: Iterable[Mention]) -> dict[str, Mention]:
    """Who bears each family name, of the persons whom a text names in full; "Lind-Berg" is known by "Berg" as well.

    A family name may stand in the middle of a full one, where nobody has it at the end, and before a given name that a
    hyphen joins: "Pak Chol-su".
    """
    full = [m for m in people if " " in m.name]
    middle = {name: m for m in full for name in _middle_names(m.name)}
    middle |= {name_key(m.name.split()[0]): m for m in full if HYPHENATED.search(m.name)}
    return middle | {name: m for m in full for name in (name_key(m.name).split()[-1], name_key(m.name.split()[-1]))}


def with_missed(
    number: int, mentions: Sequence[Mention], phrases: Phrases, families: Mapping[str, Mention], leaders: Leaders
) -> list[Mention]:
    """The names of a sentence with the persons that the model overlooked or took for something else.

    Known for a person is who has the full name of an office holder, and one of the `families`; a body or place of the
    tables stays what it is.
    """
    kept = _rejoined(mentions, phrases, leaders)
    mentions = list(kept)
    found: list[Mention] = []
    persons = [m for m in mentions if m.kind == "person"]
    for start, end in _open_runs(mentions, phrases):
        if any(m.start < end and start < m.end for m in (*persons, *found)):
            continue
        words = phrases.text(start, end)
        owner = families.get(name_key(words))
        if owner is None and (end - start == 1 or not leaders.named(words)):
            continue
        key, name = (owner.key, owner.name) if owner else (f"person:{name_key(words)}", words)
        kept = [m for m in kept if not (m.start < end and start < m.end)]
        head, span = phrases.head_of(start, end), phrases.span(start, end)
        found.append(Mention(number, start, end, head, "person", key, name, None, (), span))
    return sorted(kept + found, key=lambda m: m.start)


def _rejoined(mentions: Sequence[Mention], phrases: Phrases, leaders: Leaders) -> list[Mention]:
    """The mentions, two persons side by side as one who holds an office and has both names: "Roh | Tae Woo"."""
    kept: list[Mention] = []
    for mention in mentions:
        last = kept[-1] if kept else None
        beside = last is not None and last.kind == mention.kind == "person" and last.end == mention.start
        if last is not None and beside and leaders.named(name := phrases.text(last.start, mention.end)):
            span = phrases.span(last.start, mention.end)
            kept[-1] = replace(last, end=mention.end, key=f"person:{name_key(name)}", name=name, span=span)
        else:
            kept.append(mention)
    return kept


def with_described(mentions: Sequence[Mention], phrases: Phrases) -> list[Mention]:
    """The names of a sentence, as persons those that stand behind a comma or a noun for what one person is.

    "The minister, Oda Lind" and "the trader Oda Lind", whatever the model took the name for, if no table knows it; a
    name like that of a day belongs to what follows it.
    """
    found: list[Mention] = []
    for mention in mentions:
        described = mention.kind == "person" or (
            mention.kind in ("organization", "place")
            and mention.code is None
            and not mention.sectors
            and all(phrases.tokens[at].upos == "PROPN" or phrases.forms[at] == "-" for at in _range(mention))
        )
        owner = phrases.tokens[mention.head].head
        apposed = described and phrases.tokens[mention.head].deprel in ("appos", "flat") and owner >= 0
        owner = server(owner, phrases) if apposed else owner
        if not apposed or not is_role(owner, phrases):
            found.append(mention)
            continue
        start = mention.start
        while start > 1 and _is_first_name(start - 1, owner, phrases):
            start -= 1
        name = phrases.text(start, mention.end)
        key, span = f"person:{name_key(name)}", phrases.span(start, mention.end)
        found.append(replace(mention, start=start, kind="person", key=key, name=name, code=None, span=span))
    return found


def _range(mention: Mention) -> range:
    return range(mention.start, mention.end)


def _is_first_name(word: int, owner: int, phrases: Phrases) -> bool:
    token = phrases.tokens[word]
    return (
        token.upos == "PROPN"
        and not is_title(token.text)
        and token.head in (owner, word + 1)
        and phrases.forms[word - 1] == ","
    )


def _open_runs(mentions: Sequence[Mention], phrases: Phrases) -> list[tuple[int, int]]:
    """The runs of capitalised names that are nobody's yet, and the names of bodies and places that no table knows."""
    taken = {i for m in mentions for i in range(m.start, m.end)}
    runs = [(m.start, m.end) for m in mentions if m.code is None and m.kind in ("organization", "place")]
    free: list[tuple[int, int]] = []
    for at in phrases.large_names:
        if at in taken or is_title(phrases.forms[at]):
            continue
        free.append((free.pop()[0] if free and free[-1][1] == at else at, at + 1))
    begun = {end: start for start, end in free}
    # The model may have marked the end of a name alone: "Ban | Ki-moon".
    joined = [(begun[start], end) for start, end in runs if start in begun]
    return joined + runs + free + _hyphenated(phrases)


def _hyphenated(phrases: Phrases) -> list[tuple[int, int]]:
    """The runs of two words that a hyphen makes one name: "Lind-Berg"."""
    hyphens = [at for at in range(1, len(phrases.forms) - 1) if phrases.forms[at] == "-"]
    close = [at for at in hyphens if phrases.tokens[at - 1].end == phrases.tokens[at + 1].start - 1]
    return [
        (at - 1, at + 2) for at in close if phrases.forms[at - 1][:1].isupper() and phrases.forms[at + 1][:1].isupper()
    ]


def _are_one(mentions: Sequence[Mention]) -> bool:
    return len({m.key for m in mentions}) == 1


@lru_cache(1 << 12)
def end_names(name: str) -> tuple[str, str]:
    """The first and the last word of a full name, "Lind-Berg" being one."""
    parts = name.split()
    return name_key(parts[0]), name_key(parts[-1])


@lru_cache(1 << 12)
def last_names(name: str) -> tuple[str, ...]:
    """The last word of a full name, and either half of "Lind-Berg"."""
    last = name.split()[-1]
    return tuple(name_key(part) for part in (last, last.split("-")[0], last.split("-")[-1]))


@lru_cache(1 << 12)
def short_names(name: str) -> tuple[str, ...]:
    """The single names that can stand for a full one: the first, the last, and either half of "Lind-Berg"."""
    return name_key(name.split()[0]), *last_names(name)


PARTS = (end_names, short_names, _middle_names)
"""The single names that may mean somebody, those that do so surest first."""


def _same_person(key: str, full: dict[str, Mention]) -> Mention | None:
    """A person already named in full whose name is this one but for middle names."""
    parts = key.split()
    for mention in full.values():
        known = name_key(mention.name).split()
        if known[0] == parts[0] and known[-1] == parts[-1] and (set(known) <= set(parts) or set(parts) <= set(known)):
            return mention
    return None


def profile_of(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> Profile:
    """Role, affiliation, state and sectors that stand beside a person's name in its sentence."""
    before, appositions = beside(mention.start, mention.end, phrases)
    spans = [*before, *appositions, *run_before(mention.start, phrases)]
    told = [(span, profile) for span in spans if (profile := _described(phrases, *span, names)) is not None]
    # What the chief of a clan or a lord is besides tells more: "Sheikh Omar Haddad, a preacher".
    told.sort(key=lambda one: (one[1].role or "").lower() in STYLES)
    served = _served_body(mention, phrases, names)
    if told:
        span, profile = told[0]
        words = (*range(*span), *range(mention.start, mention.end))
        code = profile.code or _state_behind(words, phrases, names) or _origin(mention, appositions, phrases, names)
        sectors = profile.sectors or _address(mention, phrases)
        if served is not None and sectors in ((), ("MIL",)):
            affiliation = profile.affiliation or served.affiliation
            profile = replace(profile, affiliation=affiliation, code=served.code or profile.code)
            code, sectors = served.code or code, served.sectors
        return replace(profile, code=code, sectors=sectors)
    found = _clause(mention, phrases, names) or served
    if found is not None and found.code is not None:
        return found
    code = _origin(mention, appositions, phrases, names) or _state_behind(
        range(mention.start, mention.end), phrases, [m for m in names if m.kind == "place"]
    )
    found = found or Profile(sectors=_address(mention, phrases))
    return replace(found, code=code)


def _origin(
    mention: Mention, appositions: Sequence[tuple[int, int]], phrases: Phrases, names: Sequence[Mention]
) -> str | None:
    """The state of the nation by which somebody is called, or of the place where a clause lets him live."""
    return _nation(appositions, phrases, names) or _dwelling(mention, phrases, names)


def _clauses(start: int, end: int, phrases: Phrases) -> list[int]:
    """The heads of the clauses that tell of a name: those that the tree joins to it, and one right behind it."""
    found = [verb for at in range(start, end) for verb in phrases.children_in(at, "acl:relcl", "acl")]
    found = [verb for verb in found if not _is_of_kin(verb, phrases)]
    if end + 1 < len(phrases.tokens) and phrases.forms[end] == ",":
        behind = phrases.tokens[end + 1]
        if behind.text.lower() == "who" and behind.head > end and behind.head not in found:
            found.append(behind.head)
        elif behind.upos == "VERB" and behind.xpos == "VBN" and behind.deprel == "acl" and end + 1 not in found:
            found.append(end + 1)
    return found


def _is_of_kin(verb: int, phrases: Phrases) -> bool:
    """Whether a clause tells of somebody that is somebody's: "whose husband led the party"."""
    subject = phrases.subject(verb)
    if subject is None:
        return False
    start, end = phrases.subtree(subject)
    return "whose" in phrases.small[start:end]


def _dwelling(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The state in which a clause lets somebody live or work, or from which it lets him come."""
    lands = [m for m in names if m.kind in LANDS]
    for verb in _clauses(mention.start, mention.end, phrases):
        lemma = phrases.tokens[verb].lemma.lower()
        if lemma in DWELLING | role_verbs().keys():
            objects = tuple(phrases.children_in(verb, "obj"))
            left = objects if lemma == "flee" else ()
            code = next((m.code for m in lands for at in left if m.start <= at < m.end), None)
            # "Who commands a post at Trat": the place may stand behind what is led.
            code = code or _state_behind((verb, *objects), phrases, lands)
            if code is not None:
                return code
        code = _passport(verb, phrases, names)
        if code is not None:
            return code
    return None


def _passport(verb: int, phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The state whose passport somebody holds by a clause: "who carries an Ethiopian passport"."""
    papers = [at for at in phrases.children_in(verb, "obj") if phrases.tokens[at].lemma.lower() in PAPERS]
    words = {child for at in papers for child in phrases.children_in(at, "amod", "compound", "nmod:poss")}
    return next((m.code for m in names for at in words if m.kind in NATIONS and m.start <= at < m.end), None)


def _address(mention: Mention, phrases: Phrases) -> tuple[str, ...]:
    """The sectors of whom the form of address tells: "Father Aldo Brenn", "Dr. Lena Voss"."""
    inside = [word for word in phrases.forms[mention.start + 1 : mention.end] if word == "Cardinal"]
    words = [*phrases.forms[max(mention.start - 2, 0) : mention.start + 1], *inside]
    return next((ADDRESSES[word.rstrip(".")] for word in words if word.rstrip(".") in ADDRESSES), ())


def _served_body(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> Profile | None:
    """The profile of who is only said to be of a body: "Ilse Harrow of the Harbour Commission", "of a Busan weekly"."""
    behind = [word for at in range(mention.start, mention.end) for word in phrases.obliques(at, "of")]
    body = next((m for m in names for at in behind if m.kind == "organization" and m.start <= at < m.end), None)
    if body is not None:
        kinds = (_known(phrases, at) for at in phrases.children_in(body.head, "compound", "nmod:desc", "nmod"))
        sectors = body.sectors or next((found for found in kinds if found), ())
        return Profile(None, body.name, body.code, sectors) if sectors else None
    for at in behind:
        sectors = _known(phrases, at) if phrases.tokens[at].upos == "NOUN" else ()
        if sectors:
            start, end = phrases.subtree(at)
            inside = [m.code for m in names if m.code and start <= m.start and m.end <= end and m.kind != "person"]
            return Profile(None, None, next(iter(inside), None), sectors)
    return None


@cache
def role_verbs() -> Mapping[str, tuple[str, ...]]:
    """The sectors that a verb gives who does it, by lemma; none where they are those of whom is led or served."""
    return {row["verb"]: split(row["sectors"]) for row in read_table("role_verbs.csv")}


def _nation(spans: Sequence[tuple[int, int]], phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The nation by which an apposition calls somebody whose role no table knows: "a Norwegian glassblower"."""
    for start, end in spans:
        first = next((m for m in names if start <= m.start and m.end <= end), None)
        if (
            first is not None
            and first.kind == "people"
            and all(phrases.tokens[i].upos in ("DET", "ADJ", "ADP", "NUM", "PUNCT") for i in range(start, first.start))
        ):
            return first.code
    return None


def _clause(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> Profile | None:
    """The profile that a relative clause gives: "who heads a union", "who teaches in Lima"."""
    clauses = [c for verb in _clauses(mention.start, mention.end, phrases) for c in phrases.conjuncts(verb)]
    for verb in clauses:
        lemma = phrases.tokens[verb].lemma.lower()
        if phrases.tokens[verb].upos in ("NOUN", "PROPN"):
            start, end = phrases.subtree(verb)
            own = next((i for i in range(start, verb + 1) if phrases.tokens[i].deprel == "cop"), start - 1)
            now = own < start or phrases.forms[own].lower() in ("is", "'s", "’s")
            stop = next((i for i in range(verb + 1, end) if phrases.forms[i].lower() in CUT), end)
            if now and (told := _described(phrases, max(own + 1, start), stop, names)) is not None and told.sectors:
                return told
        # Who had fled is a refugee still; who had taught is no teacher.
        over = phrases.auxiliaries(verb) - ({"has", "have", "had"} if lemma == "flee" else {"has", "have"})
        if phrases.tokens[verb].upos != "VERB" or lemma not in role_verbs() or over:
            continue
        whom = [c for c in phrases.children_in(verb, "obj", "obl") if phrases.case(c) in (None, "as", *FOR)]
        bodies = [m for m in names if m.kind == "organization" and any(m.start <= w < m.end for w in whom)]
        served = bodies[0].sectors if bodies else next((found for w in whom if (found := _known(phrases, w))), ())
        sectors = role_verbs()[lemma] or served
        if phrases.tokens[verb].xpos == "VBD" and any(phrases.case(w) == "as" for w in whom):
            sectors = sectors if OFFICE_SECTORS.isdisjoint(sectors) else ("ELI",)
        now = phrases.tokens[verb].xpos in ("VBZ", "VBP")
        between = now and bool(bodies) and bodies[0].code in STATELESS
        if sectors or between:
            end = max((phrases.subtree(w)[1] for w in whom), default=verb + 1)
            inside = [m.code for m in names if m.code and verb < m.start and m.end <= end]
            code = bodies[0].code if between else next(iter(inside), None)
            return Profile(phrases.text(verb, max(end, verb + 1)), bodies[0].name if bodies else None, code, sectors)
    return None


def _state_behind(words: Sequence[int], phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The state that stands behind a title or a name: "President Ilse Harrow of Norway", "a baker in Oslo"."""
    titles = [find_title(phrases.forms[at]) for at in words]
    abroad = any(title and title.kind == "diplomat" and title.title not in SERVING for title in titles)
    cases = ("of", "for") if abroad else ("of", "from", "in", "at", "near", "for")
    behind = [word for at in words for word in phrases.obliques(at, *cases)]
    direct = [m for at in behind for m in names if m.start <= at < m.end]
    ranges = [phrases.subtree(at) for at in behind]
    lies_in = [m for start, end in ranges for m in names if start <= m.start and m.end <= end and m.kind in LANDS]
    return next((m.code for m in (*direct, *lies_in) if m.code), None)


def _described(phrases: Phrases, start: int, end: int, names: Sequence[Mention]) -> Profile | None:
    """The profile that a phrase gives, None when it names no role."""
    while start < end and phrases.tokens[start].upos in ("DET", "PUNCT", "ADP", "PART", "PRON", "CCONJ"):
        start += 1
    if start >= end:
        return None
    start = _title_begins(phrases, start)
    at = _role_head(phrases, start, end)
    if at is None or (phrases.tokens[at].xpos == "NNS" and phrases.small[at + 1 : at + 2] == ("of",)):
        return None
    split = next((i for i in range(at + 1, end) if phrases.forms[i].lower() == "at"), end)
    inside = [m for m in names if start <= m.start and m.end <= end and m.kind != "person"]
    organization = next((m for m in inside if m.kind == "organization"), None)
    state = next(
        (m for m in inside if m.code and m.kind in ("people", "state", "organization", "place") and m.start <= at),
        None,
    )
    state = state or _state_served(phrases, at, inside)
    state = state or _place_of_work(phrases, at, end, inside)
    # "Spokeswoman for the Chinese foreign ministry": whom somebody serves tells the state as well.
    serves = phrases.forms[at].lower() in SERVING
    state = state or (next((m for m in inside if m.code and m.kind == "people"), None) if serves else None)
    ending = (find_title(" ".join(phrases.forms[first : at + 1])) for first in range(start, at + 1))
    title = next((found for found in ending if found is not None), None)
    chosen = _sectors(phrases, start, at, _served(phrases, start, at, end, names) or (title.sectors if title else ()))
    affiliation = organization.name if organization else None
    code = state.code if state else _code_of(title)
    return Profile(phrases.text(start, split), affiliation, code, chosen)


def _title_begins(phrases: Phrases, start: int) -> int:
    """Where a title begins of which the tree gives the end alone: "director | general", "secretary- | general"."""
    first = start - 2 if start > 1 and phrases.forms[start - 1] == "-" else start - 1
    if phrases.small[start] != "general" or first < 0 or not phrases.small[first].isalpha():
        return start
    return first if find_title(" ".join(phrases.small[first : start + 1])) is not None else start


def _state_served(phrases: Phrases, head: int, inside: Sequence[Mention]) -> Mention | None:
    """The state or body behind the noun for somebody whose he is: not that of which he knows ("an expert on Norway"),
    nor that to which he is sent ("ambassador to Norway"), nor, where another is told, that with which he deals
    ("officer for Norway at the State Department")."""
    found = [m for m in inside if m.code and m.kind in ("state", "organization")]
    words = [[i for i in range(head + 1, m.start) if phrases.tokens[i].upos == "ADP"] for m in found]
    links = [phrases.forms[w[-1]].lower() if w else "" for w in words]
    own = (m for m, link in zip(found, links, strict=True) if link not in ("on", "about", "for", "to"))
    title = find_title(phrases.forms[head])
    sent = title is not None and title.kind == "diplomat"
    elsewhere = sent or any(m.kind == "organization" and m.code is None and not m.sectors for m in inside)
    dealt = (m for m, link in zip(found, links, strict=True) if link in ("for", "to") and not elsewhere)
    return next(own, None) or next(dealt, None)


def _code_of(title: Title | None) -> str | None:
    """The state that a title tells by itself: a papal nuncio's. The secretary general of what body one is, it leaves
    open."""
    code = title_codes().get(title.title) if title else None
    return None if code in STATELESS else code


def _place_of_work(phrases: Phrases, head: int, end: int, inside: Sequence[Mention]) -> Mention | None:
    """The place where somebody's work is, behind the noun for it: "a reporter for the Lima daily"; no envoy's."""
    title = find_title(phrases.forms[head])
    if title is not None and title.kind == "diplomat":
        return None
    for mention in inside:
        if mention.kind == "place" and mention.code and mention.start > head:
            words = range(head + 1, mention.start)
            links = [phrases.forms[i].lower() for i in words if phrases.tokens[i].upos == "ADP"]
            return mention if links[-1:] and links[-1] in FOR else None
    return None


def _role_head(phrases: Phrases, start: int, end: int) -> int | None:
    """The last word before a preposition that the table of titles knows."""
    stop = next((i for i in range(start, end) if phrases.tokens[i].upos == "ADP" and i > start), end)
    for index in range(stop - 1, start - 1, -1):
        word = phrases.forms[index].lower()
        if word in COUNTERPARTS or word in SERVING or find_title(word) is not None:
            return index
    return None


def _served(phrases: Phrases, start: int, head: int, end: int, names: Sequence[Mention]) -> tuple[str, ...]:
    """The sectors of those whom somebody leads or serves: "secretary of a union", "the miners' delegate"."""
    if phrases.forms[head].lower() not in SERVING:
        return ()
    if head + 1 < end and phrases.forms[head + 1].lower() in FOR:
        bodies = [m for m in names if m.kind == "organization" and head < m.start and m.end <= end and m.sectors]
        nouns = [i for i in range(head + 2, end) if phrases.tokens[i].upos in ("NOUN", "PROPN")]
        if bodies and (not nouns or bodies[0].start <= nouns[0]):
            return bodies[0].sectors
        run = _first_phrase(phrases, head + 2, end)
        served = next((found for i in (*reversed(run), *nouns[:3]) if (found := _known(phrases, i))), ())
        if served:
            return served
    before = [
        i
        for i in range(head - 1, start - 1, -1)
        if phrases.tokens[i].upos in ("NOUN", "PROPN") and phrases.forms[i].lower() not in (*SERVING, "people")
    ]
    bodies = [m for m in names if m.kind == "organization" and start <= m.start and m.end <= head and m.sectors]
    return bodies[-1].sectors if bodies else next((found for i in before[:2] if (found := _known(phrases, i))), ())


def _first_phrase(phrases: Phrases, start: int, end: int) -> list[int]:
    """The nouns of the first phrase in a range, possessors among them: "the weavers' league"."""
    found: list[int] = []
    for at in range(start, end):
        token = phrases.tokens[at]
        if token.upos in ("NOUN", "PROPN"):
            found.append(at)
        elif token.upos not in ("DET", "ADJ", "PART", "NUM", "PRON") and token.text not in ("'", "’"):
            break
    return found


def _known(phrases: Phrases, word: int) -> tuple[str, ...]:
    """The sectors of a common noun for persons or bodies."""
    title = find_title(phrases.forms[word].lower())
    return title.sectors if title and "UNK" not in title.sectors else ()


def _sectors(phrases: Phrases, start: int, head: int, sectors: tuple[str, ...]) -> tuple[str, ...]:
    past = any(phrases.forms[i].lower() in PAST for i in range(start, head + 1))
    return ("ELI",) if past and not OFFICE_SECTORS.isdisjoint(sectors) else sectors
