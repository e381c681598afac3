"""Names in a sentence: what the model marked, joined with what the tables know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from legation.coding.geography import Geography
from legation.coding.phrases import Phrases
from legation.coding.tables import Gazetteer, Match, find_title
from legation.records import NamedSpan, Span

Kind = Literal["person", "state", "organization", "place", "people"]
COURTESY = frozenset(
    """
    mr mrs ms miss dr prof sir lord lady dame madame madam monsieur mademoiselle herr frau señor señora senhor senhora
    signor signora don doña dona daw
    """.split()
)
SUPPORTED = {
    "name": {"LOC", "ORG", "NORP"},
    "demonym": {"NORP", "LOC", "ORG", "MISC"},
    "organization": {"ORG", "LOC"},
}
CALENDAR = frozenset(
    [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
    ]
)
# Kinds of titles that never stand before a name; many are family names (Baker, Mason).
TRADES = frozenset({"labor", "farming", "business", "civilian", "refugee", "criminal", "armed", "activist"})
STATELESS = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})
LOWER = frozenset({"and", "for", "in", "of", "the", "-", "'s", "’s"})
OFFICE_HEADS = frozenset({"ministry", "department", "embassy", "parliament", "government", "court", "army", "navy"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at token range `start` to `end` of sentence number `sentence`.

    `key` joins mentions of one entity ("state:USA", "person:john delury"). A `place` may still stand for its state
    (`code`); a `people` is a nation as an adjective or a plural. `others` are the codes of other bodies that the
    words may name.
    """

    sentence: int
    start: int
    end: int
    head: int
    kind: Kind
    key: str
    name: str
    code: str | None
    sectors: tuple[str, ...]
    span: Span
    capital: bool = False
    others: tuple[str, ...] = ()


def find_names(number: int, phrases: Phrases, gazetteer: Gazetteer, year: int | None = None) -> list[Mention]:
    """The names of one sentence in order, none inside another; `year` leaves out bodies that did not exist in it."""
    named = [_widened(part, phrases) for span in phrases.sentence.names for part in _parted(span, phrases)]
    like_states = _named_like_states(phrases, gazetteer, named)
    named = [n for n in named if not any(p.start <= n.start < p.end for p in like_states)] + like_states
    matches = _matches(phrases, gazetteer, named, year)
    found = [_from_match(number, phrases, start, end, match) for start, end, match in matches]
    taken = {i for mention in found for i in range(mention.start, mention.end)}
    for span in named:
        if not taken & set(range(span.start, span.end)):
            mention = _from_model(number, phrases, span, gazetteer)
            if mention is not None:
                found.append(mention)
    return sorted(found, key=lambda m: m.start)


def _parted(span: NamedSpan, phrases: Phrases) -> list[NamedSpan]:
    """Two persons whom the model took for one, apart, and a person without the verb or office behind the name."""
    if span.label == "ORG" or _is_plural(span, phrases):
        return _without_owner(replace(span, label="ORG"), phrases)
    if span.label != "PER":
        return [span]
    parts, start = [], span.start
    end = next((at for at in range(span.start, span.end) if _begins_office(phrases, at, span)), span.end)
    for at in range(span.start, end + 1):
        token = phrases.tokens[at] if at < end else None
        if token is None or (token.text.islower() and token.upos in ("CCONJ", "VERB", "AUX")):
            if start < at:
                parts.append(NamedSpan(start, at, span.label, span.score))
            start = at + 1
    return parts


def _is_plural(span: NamedSpan, phrases: Phrases) -> bool:
    """Whether what the model took for a person is several: "the Maoists"."""
    if span.label != "PER" or span.end - span.start != 1 or span.start == 0:
        return False
    token = phrases.tokens[span.start]
    plural = token.xpos in ("NNPS", "NNS") or token.text.endswith("ists")
    return plural and phrases.forms[span.start - 1].lower() == "the"


def _without_owner(span: NamedSpan, phrases: Phrases) -> list[NamedSpan]:
    """A body without the place that owns it, and that place: "Oslo's Velmont University"."""
    at = next((i for i in range(span.start + 1, span.end - 1) if phrases.forms[i] in ("'s", "’s")), None)
    if at is None:
        return [span]
    owner = phrases.text(span.start, at)
    is_place = any(site.kind != "district" for site in Geography.load().named(owner)) and owner[:1].isupper()
    parts = [NamedSpan(span.start, at, "LOC", span.score), NamedSpan(at + 1, span.end, "ORG", span.score)]
    return parts if is_place and find_title(owner) is None else [span]


def _begins_office(phrases: Phrases, at: int, span: NamedSpan) -> bool:
    """Whether "of" in what the model took for a name leads to what somebody is: "of the United States"."""
    return phrases.forms[at] == "of" and at + 1 < span.end and phrases.forms[at + 1].lower() == "the"


def _widened(span: NamedSpan, phrases: Phrases) -> NamedSpan:
    """A personal name with the hyphenated end that belongs to it ("Kim Jong-un"), and without its title."""
    start, end = span.start, span.end
    tokens = phrases.tokens
    if span.label != "PER":
        return span
    while (
        end + 1 < len(tokens)
        and tokens[end].text == "-"
        and tokens[end - 1].end == tokens[end].start == tokens[end + 1].start - 1
    ):
        if not tokens[end + 1].text[:1].islower():
            break
        end += 2
    while start < end - 1 and is_title(tokens[start].text):
        start += 1
    return NamedSpan(start, end, span.label, span.score)


@lru_cache(1 << 14)
def is_title(word: str) -> bool:
    """Whether a word is a title that stands before names."""
    bare = word.rstrip(".").lower()
    title = find_title(bare) or find_title(word)
    return bare in COURTESY or (title is not None and title.kind not in TRADES)


def _matches(
    phrases: Phrases, gazetteer: Gazetteer, named: list[NamedSpan], year: int | None
) -> list[tuple[int, int, Match]]:
    """Table matches that the model's names do not speak against."""
    found = []
    behind = 0
    for at, form in enumerate(phrases.forms):
        if at < behind or not ("." in form or gazetteer.may_begin(form)):
            continue
        hit = gazetteer.longest(phrases.forms, at, year) or _without_stops(form, gazetteer, year)
        if hit is None:
            continue
        length, match = hit
        start, end = at, at + length
        if form.lower() == "the" and length > 1:
            start += 1
        behind = end
        if match.kind != "not_actor" and _accepted(phrases, start, end, match, named):
            found.append((start, end, match))
    return found


def _without_stops(form: str, gazetteer: Gazetteer, year: int | None) -> tuple[int, Match] | None:
    """What initials written with full stops name, where the table has them without: "M.I.L.F."."""
    plain = form.replace(".", "")
    dotted = len(plain) > 2 and form.count(".") >= len(plain) - 1 and plain.isupper()
    return gazetteer.longest((plain,), 0, year) if dotted else None


def _accepted(phrases: Phrases, start: int, end: int, match: Match, named: list[NamedSpan]) -> bool:
    over = [n for n in named if n.start < end and start < n.end]
    personal = [n for n in over if n.label == "PER"]
    if match.kind == "capital" and all((n.start, n.end) == (start, end) for n in personal):
        personal = []  # "Phnom Penh" is nobody's name
    if any(n.end - n.start > 1 for n in personal) or (personal and match.ambiguous and match.kind != "capital"):
        return False
    if match.kind in ("name", "city", "capital") and _is_first_name(phrases, end):
        return False
    if match.kind == "capital" and match.ambiguous and _follows_name(phrases, start):
        return False
    if any(
        n.label in ("ORG", "MISC") and (n.start < start or end < n.end) and _owns(phrases, n, start, end) for n in over
    ):
        return False
    if match.ambiguous and match.kind != "capital":
        supported = any(n.label in SUPPORTED.get(match.kind, {"LOC"}) for n in over)
        return supported or (match.kind == "organization" and _is_proper(phrases, start, end))
    return True


def _is_proper(phrases: Phrases, start: int, end: int) -> bool:
    """Whether words are written as only a name is: "Democratic Action", "the IRA"."""
    if end - start > 1:
        return all(form[:1].isupper() or form in LOWER for form in phrases.forms[start:end])
    behind_the = start > 0 and phrases.forms[start - 1].lower() == "the"
    return behind_the and phrases.forms[start].isupper() and len(phrases.forms[start]) > 2


def _named_like_states(phrases: Phrases, gazetteer: Gazetteer, named: Sequence[NamedSpan]) -> list[NamedSpan]:
    """The persons whose first name is that of a state, where the model took them for no person."""
    found = []
    for at in (following - 1 for following in phrases.large_names if following):
        if not _is_first_name(phrases, at + 1) or any(n.start <= at + 1 < n.end and n.label != "LOC" for n in named):
            continue
        hit = gazetteer.longest(phrases.forms, at)
        if hit is not None and hit[0] == 1 and hit[1].kind in ("name", "city", "capital"):
            found.append(NamedSpan(at, at + 2, "PER", 1.0))
    return found


def _is_first_name(phrases: Phrases, end: int) -> bool:
    """Whether a family name stands behind the name of a state: "Georgia Halloran", "Israel Pond"."""
    following = phrases.tokens[end] if end < len(phrases.tokens) else None
    return (
        following is not None
        and following.deprel == "flat"
        and following.upos == "PROPN"
        and following.head == end - 1
        and following.text[:1].isupper()
        and phrases.case(end - 1) not in ("in", "at", "from", "near", "outside")
        and not is_title(following.text)
    )


def _follows_name(phrases: Phrases, start: int) -> bool:
    """Whether a word is the end of a personal name: "Mr. Washington", "Denzel Washington"."""
    if start == 0:
        return False
    before = phrases.tokens[start - 1]
    return is_title(before.text) or (before.upos == "PROPN" and phrases.tokens[start].head == start - 1)


def _owns(phrases: Phrases, name: NamedSpan, start: int, end: int) -> bool:
    """Whether a longer name swallows a match: "Washington Times Foundation", not "Russian Foreign Ministry"."""
    head = phrases.forms[name.end - 1].lower()
    return name.score > 0.25 and head not in OFFICE_HEADS and name.end - name.start > end - start


def _from_match(number: int, phrases: Phrases, start: int, end: int, match: Match) -> Mention:
    kinds: dict[str, Kind] = {
        "name": "state",
        "capital": "place",
        "city": "place",
        "demonym": "people",
        "seat": "organization",
        "organization": "organization",
    }
    kind = kinds[match.kind]
    key = f"state:{match.code}" if kind in ("state", "people") else _key_of(kind, match)
    return Mention(
        number,
        start,
        end,
        phrases.head_of(start, end),
        kind,
        key,
        match.name,
        match.code,
        match.sectors,
        phrases.span(start, end),
        match.kind == "capital",
        _others(match),
    )


def _others(match: Match) -> tuple[str, ...]:
    """The codes of others whom the words may name: a people's that lives in several states; of bodies those of several,
    or the own where it often names something else."""
    if match.kind == "demonym":
        return match.alternatives
    if match.kind != "organization":
        return ()
    return match.alternatives or ((match.code,) if match.ambiguous else ())


def _key_of(kind: Kind, match: Match) -> str:
    """Two bodies of one name, such as the supreme courts of two states, are two entities."""
    return f"{kind}:{match.name.lower()}" + (f":{match.code}" if kind == "organization" else "")


def resolve_people(mention: Mention, states: Sequence[str]) -> Mention | None:
    """A people that lives in several states as that of the first of `states` in which it does.

    Else it is that of the likelier of two; None for one that lives in more.
    """
    code = next((state for state in states if state in (mention.code, *mention.others)), None)
    if code is None and len(mention.others) > 1:
        return None
    code = code or mention.code
    return replace(mention, key=f"state:{code}", code=code, others=())


def resolve_shared(
    mention: Mention, words: Sequence[str], gazetteer: Gazetteer, year: int | None, states: Sequence[str]
) -> Mention:
    """A mention whose words name several bodies, as the one of the first of `states` that has one.

    `states` are those that the text names, the nearest and most named first. Next comes a body of no state where
    that is the likeliest; else the mention stays open, with the sectors that its words tell.
    """
    bodies = [n.match for n in gazetteer.named(words, year) if n.match.kind == "organization"]
    near = [next((m for m in bodies if m.code == state), None) for state in states]
    likeliest = bodies[0] if bodies and bodies[0].code in STATELESS else None
    chosen = next((m for m in near if m), None) or likeliest
    if chosen is None:
        name, sectors = mention.span.text, _sectors_of_body(words)
        return replace(mention, key=f"organization:{name_key(name)}", name=name, code=None, sectors=sectors)
    return replace(
        mention, key=_key_of("organization", chosen), name=chosen.name, code=chosen.code, sectors=chosen.sectors
    )


def _from_model(number: int, phrases: Phrases, span: NamedSpan, gazetteer: Gazetteer) -> Mention | None:
    text = phrases.text(span.start, span.end)
    head = phrases.head_of(span.start, span.end)
    kinds: dict[str, Kind] = {"PER": "person", "ORG": "organization", "LOC": "place"}
    kind = kinds.get(span.label)
    if kind is None or not _can_be_name(text, span):
        return None
    code: str | None = None
    sectors: tuple[str, ...] = ()
    if kind == "organization":
        code, of_part = _state_inside(phrases, span, gazetteer)
        sectors = _sectors_of_body(phrases.forms[span.start : span.end]) or of_part
    return Mention(
        number,
        span.start,
        span.end,
        head,
        kind,
        f"{kind}:{name_key(text)}",
        text,
        code,
        sectors,
        phrases.span(span.start, span.end),
    )


def _sectors_of_body(words: Sequence[str]) -> tuple[str, ...]:
    """The sectors that the words of a body's name tell: its whole, its last word, the one before "of", its first."""
    lowered = [word.lower() for word in words]
    of = lowered.index("of") if "of" in lowered else len(lowered)
    tried = (" ".join(lowered), lowered[of - 1], lowered[-1], lowered[0])
    return next((title.sectors for text in tried if (title := find_title(text))), ())


def _state_inside(phrases: Phrases, span: NamedSpan, gazetteer: Gazetteer) -> tuple[str | None, tuple[str, ...]]:
    """The state whose name, adjective or body is part of a body's name, and that body's sectors.

    "U.S. Central Command", "Bank of Japan"; "Yonsei University Graduate School" is of the university's state.
    """
    for start in range(span.start, span.end):
        hit = gazetteer.longest(phrases.forms[: span.end], start)
        if hit is None or hit[1].ambiguous:
            continue
        match = hit[1]
        if match.kind in ("name", "demonym"):
            return match.code, ()
        if match.kind == "organization" and match.code not in STATELESS:
            return match.code, match.sectors
    return None, ()


def _can_be_name(text: str, span: NamedSpan) -> bool:
    """Not a title, a weekday or a month by itself, and nothing without a letter."""
    alone = span.end - span.start == 1
    return any(c.isalpha() for c in text) and not (alone and (is_title(text) or text.rstrip(".").lower() in CALENDAR))


def name_key(text: str) -> str:
    """A name as it is compared: lower case, hyphens as blanks, no full stops, no possessive."""
    plain = text.replace("-", " ").replace(".", "").replace("’", "'").removesuffix("'s").lower()
    return " ".join(plain.split())


def states_in(names: Sequence[Sequence[Mention]]) -> list[str]:
    """The states that mentions name, as often as they do; bodies whose name is shared do not count."""
    return [m.code for mentions in names for m in mentions if m.code and m.code not in STATELESS and not m.others]
