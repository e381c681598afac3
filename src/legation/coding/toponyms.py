"""Finds the names of places in read sentences; which places they are, `legation.coding.places` decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, zip_longest

from legation.coding.geography import KINDS, Geography, Site, place_key
from legation.coding.names import CALENDAR, Mention
from legation.coding.phrases import Phrases
from legation.records import Span

WHERE = frozenset("in at near from across outside inside around throughout".split())
"""Words behind which a name of the table is a place, whatever the model calls it."""
DIRECTIONS = frozenset(
    "north south east west northern southern eastern western central northeast northwest southeast southwest "
    "northeastern northwestern southeastern southwestern north-eastern north-western south-eastern south-western "
    "north-east north-west south-east south-west mid upper lower greater downtown mainland metropolitan rural "
    "inner outer coastal".split()
)
TYPE_WORDS = frozenset(
    "region province state oblast county district governorate prefecture parish municipality department area city "
    "town village valley republic territory raion krai voivodeship canton division emirate peninsula suburb".split()
)
DIVISION_WORDS = TYPE_WORDS - {"city", "town", "village", "suburb", "area", "valley", "peninsula"}
IN_LIST = frozenset([",", "and", ", and", "or", ", or", "&"])
BETWEEN = frozenset([",", "(", "in", ", in", "in the", ", in the"])
CLOSING = frozenset(["'s", "’s", "'", "’", "."])
COMMON = frozenset(map(place_key, DIRECTIONS | TYPE_WORDS))
LARGE = 5.0
"""The decadic logarithm of the people of a town whose north or centre news speaks of."""
SURE = 0.5
LONGEST, LONGEST_SHORT_FORM = 5, 6
FACILITIES = frozenset(
    "airport airfield airbase base port harbour harbor prison jail refinery plant crossing hospital stadium".split()
)
"""Words that make a place of the town named before them, and those that may stand between."""
OF_FACILITIES = frozenset("international air naval military nuclear power force central border".split())


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name that is a place. `words` is its token range, `name` what is looked up, `sites` what it may be.

    `code` is the state in which the first tables put it; `bounds` what the name behind it, after a comma, may be;
    `division` when a word like "province" stands beside it; `listed` the names beside it in a list.
    """

    sentence: int
    words: tuple[int, int]
    span: Span
    name: str
    sites: tuple[Site, ...]
    code: str | None
    bounds: tuple[Site, ...] = ()
    division: bool = False
    listed: tuple[str, ...] = ()


def find_toponyms(
    sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]], geography: Geography
) -> list[Toponym]:
    """The places named in an article, in order, none within another."""
    found = []
    for number, (phrases, mentions) in enumerate(zip(sentences, names, strict=True)):
        found += _bounded(_Finder(number, phrases, geography).find(mentions), phrases)
    return found


def is_large(site: Site) -> bool:
    """Whether a place has parts of which news speaks."""
    return site.kind not in ("city", "district") or site.people > LARGE


def _is_short_form(site: Site, name: str) -> bool:
    """Whether a name is a US state's short form, which stands behind a comma only: Calif., CA."""
    state = site.kind == "division" and site.country == "USA"
    return state and len(name) <= LONGEST_SHORT_FORM and place_key(name) != place_key(site.name)


class _Finder:
    """Finds the places of one sentence."""

    def __init__(self, number: int, phrases: Phrases, geography: Geography) -> None:
        self.number, self.phrases, self.geography = number, phrases, geography

    def find(self, mentions: Sequence[Mention]) -> list[Toponym]:
        """Places that the names give, then those that the table knows beside them."""
        found = [
            toponym
            for mention in self._widened(mentions)
            for toponym in self._of(mention.start, mention.end, mention)
            if toponym.sites or mention.code or self._is_sure(toponym)
        ]
        taken = {at for toponym in found for at in range(*toponym.words)}
        for mention in mentions:
            if mention.kind in ("organization", "person") and not taken & set(range(mention.start, mention.end)):
                found += self._in_place(mention)
        taken |= {at for toponym in found for at in range(*toponym.words)}
        blocked = {at for m in mentions if m.kind in ("person", "people") for at in range(m.start, m.end)}
        found += self._unmarked(taken, blocked)
        return _apart(sorted(found, key=lambda toponym: toponym.words))

    def _is_sure(self, toponym: Toponym) -> bool:
        """Whether the model is sure enough of a name that no table knows."""
        start, end = toponym.words
        over = [n.score for n in self.phrases.sentence.names if n.label == "LOC" and n.start < end and start < n.end]
        return max(over, default=0.0) >= SURE

    def _widened(self, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """The places and states, with the words before them that belong to their names: West Java, Beni Suef."""
        places = [mention for mention in mentions if mention.kind in ("place", "state")]
        least = 0
        for mention, following in zip_longest(places, places[1:]):
            most = following.start if following is not None else len(self.phrases.tokens)
            if mention is None or mention.start < least:
                continue
            start = self._start(mention, least)
            least = end = self._end(start, mention.end, most)
            if (start, end) == (mention.start, mention.end):
                yield mention
                continue
            kind = "place" if start < mention.start else mention.kind
            yield replace(mention, start=start, end=end, kind=kind)

    def _start(self, mention: Mention, least: int) -> int:
        """Where a name begins for which the tables or the model know more words before."""
        tokens = self.phrases.tokens
        for start in range(max(least, mention.start - 2), mention.start):
            proper = all(tokens[at].text[:1].isupper() for at in range(start, mention.start))
            if proper and self.geography.named(self.phrases.text(start, mention.end)):
                return start
        names = self.phrases.sentence.names
        over = [n for n in names if n.label == "LOC" and least <= n.start < mention.start < n.end]
        if over and not any(self._is_aside(at) for at in range(over[0].start, mention.start)):
            return over[0].start
        return mention.start

    def _is_aside(self, at: int) -> bool:
        """Whether a word before a name is no part of it, such as a direction or a comma."""
        text = self.phrases.tokens[at].text
        return text.lower() in DIRECTIONS | TYPE_WORDS or not text[:1].isupper()

    def _end(self, start: int, end: int, most: int) -> int:
        """Where a name ends to which more words belong: Congo River, Mexico City, Kabul International Airport."""
        tokens = self.phrases.tokens
        for later in range(min(end + 3, most), end, -1):
            if not all(self._goes_on(tokens[at].text) for at in range(end, later)):
                continue
            if self._facility_from(end, later) == end or self.geography.named(self.phrases.text(start, later)):
                return later
        return end

    def _goes_on(self, word: str) -> bool:
        """Whether a word could be part of the name before it."""
        return word[:1].isupper() or word in FACILITIES or word in OF_FACILITIES

    def _of(self, start: int, end: int, mention: Mention) -> Iterator[Toponym]:
        """A marked name; "Springfield, Illinois" in one mark is two places."""
        tokens = self.phrases.tokens
        comma = next((at for at in range(start + 1, end - 1) if tokens[at].text in (",", "(")), None)
        if comma is None:
            yield self._toponym(start, end, mention)
            return
        yield self._toponym(start, comma, mention)
        yield from self._of(comma + 1, end, mention)

    def _toponym(self, start: int, end: int, mention: Mention | None = None) -> Toponym:
        whole = start, end
        start, end, sites = self._known(start, end)
        code = mention.code if mention is not None else None
        if mention is not None and mention.kind == "state" and not self._is_town(end, code):
            sites = self._states(sites, code)
        low, high = (start, end) if sites else whole
        high, division = self._with_type_word(low, high)
        name = mention.name if mention is not None and not sites else self.phrases.text(start, end)
        return Toponym(self.number, (low, high), self.phrases.span(low, high), name, sites, code, (), division)

    def _is_town(self, end: int, code: str | None) -> bool:
        """Whether a part of another state stands behind a comma, so that a state's name is a town's: "Lebanon, Pa."."""
        forms = self.phrases.forms
        if end + 1 >= len(forms) or forms[end] != ",":
            return False
        holders = [s for s in self.geography.named(forms[end + 1]) if s.kind == "division" and s.country == "USA"]
        return bool(holders) and code != "USA"

    def _states(self, sites: Sequence[Site], code: str | None) -> tuple[Site, ...]:
        """What the name of a state may be: itself, its own parts (England) or one of equal rank (Georgia).

        A name that GeoNames does not give the state (Gold Coast) may be a large town as well.
        """
        large = tuple(
            site
            for site in sites
            if site.kind in ("country", "region") or (is_large(site) and (site.geonameid or site.country == code))
        )
        state = self.geography.state(code) if code else None
        if any(site.kind == "country" for site in large):
            return tuple(site for site in large if site.kind not in ("city", "capital"))
        if state is None or any(site.country == code and site.kind in ("division", "region") for site in large):
            return large
        return (*large, state)

    def _known(self, start: int, end: int) -> tuple[int, int, tuple[Site, ...]]:
        """The part of a marked name that the table knows: without article, direction, "city of" or "region"."""
        tokens = self.phrases.tokens
        for low in range(start, end):
            for high in range(end, low, -1):
                sites = self._sites(low, high, tokens[start].text.lower() in DIRECTIONS and low > start)
                if sites:
                    return low, high, sites
                if high - 1 == low or tokens[high - 1].text.lower() not in TYPE_WORDS | CLOSING:
                    break
            word = tokens[low].text.lower()
            if not (word in DIRECTIONS or word in TYPE_WORDS or word in ("the", "of", "-")):
                break
        return start, end, self._facility(start, end)

    def _facility(self, start: int, end: int) -> tuple[Site, ...]:
        """What lies at a large town and bears its name (Kabul International Airport): its point, but not its id."""
        last = self._facility_from(start + 1, end)
        if last is None:
            return ()
        name = self.phrases.text(start, end)
        towns = self.geography.named(self.phrases.text(start, last))
        return tuple(
            site._replace(name=name, kind="facility", geonameid=None)
            for site in towns
            if site.kind == "facility" or (site.kind in ("city", "capital") and site.people > LARGE)
        )

    def _facility_from(self, start: int, end: int) -> int | None:
        """Where in a range the words begin that make a facility of a town, if they reach its end."""
        words = [word.lower() for word in self.phrases.forms[start:end]]
        if not words or words[-1] not in FACILITIES:
            return None
        at = len(words) - 1
        while at > 0 and words[at - 1] in OF_FACILITIES:
            at -= 1
        return start + at

    def _sites(self, start: int, end: int, part: bool) -> tuple[Site, ...]:
        """The places of a name; of a `part` of something ("eastern ...") no small ones."""
        name = self.phrases.text(start, end)
        if place_key(name) in COMMON:
            return ()
        sites = (site for site in self.geography.named(name) if not part or is_large(site))
        after_comma = start > 0 and self.phrases.tokens[start - 1].text in (",", "(")
        short = after_comma and (name.endswith(".") or name.isupper())
        return tuple(site for site in sites if short or not _is_short_form(site, name))

    def _with_type_word(self, start: int, end: int) -> tuple[int, bool]:
        """The end of a name with the word for its kind behind it, and whether that kind is a division."""
        tokens = self.phrases.tokens
        if end < len(tokens) and tokens[end].text.lower() in TYPE_WORDS:
            word = tokens[end].text
            return (end + 1 if word[0].isupper() else end), word.lower() in DIVISION_WORDS
        if start > 1 and tokens[start - 1].text.lower() == "of" and tokens[start - 2].text.lower() in DIVISION_WORDS:
            return end, True
        return end, tokens[end - 1].text.lower() in DIVISION_WORDS

    def _in_place(self, mention: Mention) -> Iterator[Toponym]:
        """A name of another kind that stands where a place would, if the table knows it."""
        start, end = mention.start, mention.end
        if self.phrases.tokens[start].text.lower() == "the":
            start += 1
        if (
            start < end
            and not self._is_all_capitals(start, end)
            and (self._after_where(start) or self._before_place(end))
        ):
            toponym = self._toponym(start, end)
            if toponym.sites:
                yield toponym

    def _is_all_capitals(self, start: int, end: int) -> bool:
        """Whether a single word in capitals stands there (HIV), which names a body or a thing."""
        return end - start == 1 and self.phrases.tokens[start].text.isupper()

    def _after_where(self, start: int) -> bool:
        return start > 0 and self.phrases.tokens[start - 1].text.lower() in WHERE

    def _before_place(self, end: int) -> bool:
        """Whether a comma and a state or division stand behind."""
        tokens = self.phrases.tokens
        if end + 1 >= len(tokens) or tokens[end].text != ",":
            return False
        return (
            any(
                site.kind in ("country", "division")
                for high in range(end + 2, min(end + 2 + LONGEST, len(tokens)) + 1)
                for site in self.geography.named(self.phrases.text(end + 1, high))
            )
            and tokens[end + 1].text[:1].isupper()
        )

    def _unmarked(self, taken: set[int], blocked: set[int]) -> Iterator[Toponym]:
        """Names of the table in unmarked words, where their place in the sentence says so."""
        tokens, behind, barred = self.phrases.tokens, 0, taken | blocked
        for at in self.phrases.large_names:
            length = self._run(at, barred) if at >= behind else 0
            if not length:
                continue
            beside = at - 2 in taken and tokens[at - 1].text == ","
            capitals = self._is_all_capitals(at, at + length)
            if beside or (not capitals and (self._after_where(at) or self._before_place(at + length))):
                toponym = self._toponym(at, at + length)
                wanted = ("country", "division") if beside else KINDS
                if any(site.kind in wanted and site.people > 0 for site in toponym.sites):
                    yield toponym
            behind = at + length

    def _run(self, start: int, taken: set[int]) -> int:
        """How many unmarked proper nouns stand there in a row."""
        tokens, end = self.phrases.tokens, start
        while end < len(tokens) and end not in taken and tokens[end].upos == "PROPN" and tokens[end].text[0].isupper():
            end += 1
        single = end - start == 1 and place_key(tokens[start].text) in CALENDAR
        return 0 if single else end - start


def _apart(found: Sequence[Toponym]) -> list[Toponym]:
    """Those that have a capital and begin behind the one before."""
    kept: list[Toponym] = []
    for toponym in found:
        free = not kept or kept[-1].words[1] <= toponym.words[0]
        if free and any(c.isupper() for c in toponym.span.text):
            kept.append(toponym)
    return kept


def _bounded(found: Sequence[Toponym], phrases: Phrases) -> list[Toponym]:
    """Each with what the place behind its comma may be: "Paris, Texas", "Nairobi (Kenya)", "Gulu in Uganda"."""
    bounded = list(found)
    for at, (toponym, following) in enumerate(pairwise(found)):
        between = phrases.body[toponym.span.end : following.span.start].strip().lower()
        if between in BETWEEN:
            bounds = tuple(s for s in following.sites if s.kind in ("country", "division", "district", "region"))
            bounded[at] = replace(bounded[at], bounds=bounds)
        if between in IN_LIST:
            bounded[at] = replace(bounded[at], listed=(*bounded[at].listed, following.name))
            bounded[at + 1] = replace(bounded[at + 1], listed=(toponym.name,))
    return bounded
