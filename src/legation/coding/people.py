"""Persons: which mentions are one person, and what the text says they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from legation.coding.appositions import SERVING, appositions_of, words_before
from legation.coding.leaders import Leaders
from legation.coding.names import Mention, is_title, name_key
from legation.coding.personal import IMPERSONAL, PERSONAL_ENDINGS, PERSONAL_KINDS
from legation.coding.phrases import Phrases
from legation.coding.standing import PAST
from legation.coding.tables import OFFICE_SECTORS, find_title, split
from legation.shipped import read_table

COUNTERPARTS = frozenset({"counterpart", "successor", "predecessor", "ally", "rival"})
HYPHENATED = re.compile(r" \w+-[a-zé]\w+$")
LANDS = frozenset({"place", "state"})
# Verbs whose place is that of whom they tell of.
DWELLING = frozenset({"bear", "come", "dwell", "flee", "hail", "live", "reside", "settle", "stay"})
# Forms of address that tell what somebody is; as common nouns most of them mean somebody else.
ADDRESSES = {
    "Father": ("REL",), "Fr": ("REL",), "Sister": ("REL",), "Brother": ("REL",), "Reverend": ("REL",),
    "Rev": ("REL",), "Monsignor": ("REL",), "Msgr": ("REL",), "Imam": ("REL",), "Rabbi": ("REL",),
    "Ayatollah": ("REL",), "Mullah": ("REL",), "Dr": ("MED",), "Prof": ("EDU",), "Professor": ("EDU",),
    "Sen": ("LEG",), "Rep": ("LEG",), "Congressman": ("LEG",), "Congresswoman": ("LEG",), "Gov": ("GOV",),
}  # fmt: skip
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

    A single name means the person whose first or last name it is, else whose name it stands in the middle of; with
    several such, the one named last before it.
    """
    full: dict[str, Mention] = {}
    joined = []
    everyone = [*{m.name: m for m in reversed(mentions) if " " in m.name}.values()][::-1]
    for mention in mentions:
        key = name_key(mention.name)
        if " " in mention.name:
            target = _same_person(key, full) or mention
        else:
            target = _bearer(key, [*full.values()], everyone, short_names) or (
                _bearer(key, [*full.values()], everyone, _middle_names) or mention
            )
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
    kept = list(mentions)
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
        if not apposed or not _is_role(owner, phrases):
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


def _is_role(word: int, phrases: Phrases) -> bool:
    """Whether a noun tells what one person is."""
    token = phrases.tokens[word]
    lemma = token.lemma.lower()
    title = find_title(lemma)
    if token.upos != "NOUN" or token.xpos != "NN" or title is None or lemma in IMPERSONAL:
        return False
    return title.kind in PERSONAL_KINDS or lemma.endswith(PERSONAL_ENDINGS)


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
    at = 0
    while at < len(phrases.tokens):
        end = at
        while end < len(phrases.tokens) and end not in taken and _is_name(phrases, end):
            end += 1
        if end > at:
            runs.append((at, end))
        at = max(end, at + 1)
    return runs + _hyphenated(phrases)


def _hyphenated(phrases: Phrases) -> list[tuple[int, int]]:
    """The runs of two words that a hyphen makes one name: "Lind-Berg"."""
    hyphens = [at for at in range(1, len(phrases.forms) - 1) if phrases.forms[at] == "-"]
    close = [at for at in hyphens if phrases.tokens[at - 1].end == phrases.tokens[at + 1].start - 1]
    return [
        (at - 1, at + 2) for at in close if phrases.forms[at - 1][:1].isupper() and phrases.forms[at + 1][:1].isupper()
    ]


def _is_name(phrases: Phrases, word: int) -> bool:
    token = phrases.tokens[word]
    return token.upos == "PROPN" and token.text[:1].isupper() and not is_title(token.text)


def _are_one(mentions: Sequence[Mention]) -> bool:
    return len({m.key for m in mentions}) == 1


@lru_cache(1 << 12)
def short_names(name: str) -> tuple[str, ...]:
    """The single names that can stand for a full one: the first, the last, and either half of "Lind-Berg"."""
    parts = name.split()
    halves = parts[-1].split("-")
    return name_key(parts[0]), name_key(parts[-1]), name_key(halves[0]), name_key(halves[-1])


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
    appositions = appositions_of(mention.start, mention.end, phrases)
    spans = [*words_before(mention.start, mention.end, phrases), *appositions, *_run_before(mention, phrases)]
    for start, end in spans:
        profile = _described(phrases, start, end, names)
        if profile is not None:
            words = (*range(start, end), *range(mention.start, mention.end))
            profile = profile if profile.code else replace(profile, code=_state_behind(words, phrases, names))
            return profile if profile.sectors else replace(profile, sectors=_address(mention, phrases))
    found = _clause(mention, phrases, names) or _served_body(mention, phrases, names)
    if found is not None and found.code is not None:
        return found
    code = (
        _nation(appositions, phrases, names)
        or _dwelling(mention, phrases, names)
        or _state_behind(range(mention.start, mention.end), phrases, [m for m in names if m.kind == "place"])
    )
    found = found or Profile(sectors=_address(mention, phrases))
    return replace(found, code=code)


def _dwelling(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The state in which a clause lets somebody live or work, or from which it lets him come."""
    for word in range(mention.start, mention.end):
        for verb in phrases.children_in(word, "acl:relcl", "acl"):
            if phrases.tokens[verb].lemma.lower() in DWELLING | role_verbs().keys():
                code = _state_behind((verb,), phrases, [m for m in names if m.kind in LANDS])
                if code is not None:
                    return code
    return None


def _address(mention: Mention, phrases: Phrases) -> tuple[str, ...]:
    """The sectors of whom the form of address tells: "Father Aldo Brenn", "Dr. Lena Voss"."""
    words = phrases.forms[max(mention.start - 2, 0) : mention.start + 1]
    return next((ADDRESSES[word.rstrip(".")] for word in words if word.rstrip(".") in ADDRESSES), ())


def _served_body(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> Profile | None:
    """The profile of who is only said to be of a body: "Ilse Harrow of the Harbour Commission"."""
    behind = [word for at in range(mention.start, mention.end) for word in phrases.obliques(at, "of")]
    body = next((m for m in names for at in behind if m.kind == "organization" and m.start <= at < m.end), None)
    return Profile(None, body.name, body.code, body.sectors) if body is not None and body.sectors else None


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
            and all(phrases.tokens[i].upos in ("DET", "ADJ", "NUM", "PUNCT") for i in range(start, first.start))
        ):
            return first.code
    return None


def _clause(mention: Mention, phrases: Phrases, names: Sequence[Mention]) -> Profile | None:
    """The profile that a relative clause gives: "who heads a union", "who teaches in Lima"."""
    clauses = [c for word in range(mention.start, mention.end) for c in phrases.children_in(word, "acl:relcl", "acl")]
    for verb in clauses:
        lemma = phrases.tokens[verb].lemma.lower()
        if (
            phrases.tokens[verb].upos != "VERB"
            or lemma not in role_verbs()
            or phrases.auxiliaries(verb) - {"has", "have"}
        ):
            continue
        whom = [c for c in phrases.children_in(verb, "obj", "obl") if phrases.case(c) in (None, "as", *FOR)]
        bodies = [m for m in names if m.kind == "organization" and any(m.start <= w < m.end for w in whom)]
        served = bodies[0].sectors if bodies else next((found for w in whom if (found := _known(phrases, w))), ())
        sectors = role_verbs()[lemma] or served
        if phrases.tokens[verb].xpos == "VBD" and any(phrases.case(w) == "as" for w in whom):
            sectors = sectors if OFFICE_SECTORS.isdisjoint(sectors) else ("ELI",)
        if sectors:
            end = max((phrases.subtree(w)[1] for w in whom), default=verb + 1)
            inside = [m.code for m in names if m.code and verb < m.start and m.end <= end]
            return Profile(
                phrases.text(verb, max(end, verb + 1)),
                bodies[0].name if bodies else None,
                next(iter(inside), None),
                sectors,
            )
    return None


def _state_behind(words: Sequence[int], phrases: Phrases, names: Sequence[Mention]) -> str | None:
    """The state that stands behind a title or a name: "President Ilse Harrow of Norway", "a baker in Oslo"."""
    titles = [find_title(phrases.forms[at]) for at in words]
    abroad = any(title and title.kind == "diplomat" and title.title not in SERVING for title in titles)
    cases = ("of", "for") if abroad else ("of", "from", "in", "at", "near", "for")
    behind = [word for at in words for case in cases for word in phrases.obliques(at, case)]
    direct = [m for at in behind for m in names if m.start <= at < m.end]
    ranges = [phrases.subtree(at) for at in behind]
    lies_in = [m for start, end in ranges for m in names if start <= m.start and m.end <= end and m.kind in LANDS]
    return next((m.code for m in (*direct, *lies_in) if m.code), None)


def _run_before(mention: Mention, phrases: Phrases) -> list[tuple[int, int]]:
    """The unbroken run of nouns and adjectives before a name, "of" included, for when the tree went wrong."""
    low = mention.start
    while low > 0:
        token = phrases.tokens[low - 1]
        if token.upos not in ("NOUN", "PROPN", "ADJ") and token.text.lower() != "of":
            break
        low -= 1
    return [(low, mention.start)] if low < mention.start else []


def _described(phrases: Phrases, start: int, end: int, names: Sequence[Mention]) -> Profile | None:
    """The profile that a phrase gives, None when it names no role."""
    while start < end and phrases.tokens[start].upos in ("DET", "PUNCT", "ADP", "PART"):
        start += 1
    if start >= end:
        return None
    at = _role_head(phrases, start, end)
    if at is None:
        return None
    split = next((i for i in range(at + 1, end) if phrases.forms[i].lower() == "at"), end)
    inside = [m for m in names if start <= m.start and m.end <= end and m.kind != "person"]
    organization = next((m for m in inside if m.kind == "organization"), None)
    state = next(
        (m for m in inside if m.code and m.kind in ("people", "state", "organization", "place") and m.start <= at),
        None,
    )
    state = state or next((m for m in inside if m.code and m.kind in ("state", "organization")), None)
    # "Spokeswoman for the Chinese foreign ministry": whom somebody serves tells the state as well.
    serves = phrases.forms[at].lower() in SERVING
    state = state or (next((m for m in inside if m.code and m.kind == "people"), None) if serves else None)
    title = find_title(" ".join(phrases.forms[start : at + 1])) or find_title(phrases.forms[at].lower())
    chosen = _sectors(phrases, start, at, _served(phrases, start, at, end, names) or (title.sectors if title else ()))
    affiliation = organization.name if organization else None
    return Profile(phrases.text(start, split), affiliation, state.code if state else None, chosen)


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
