"""Who a word of the text means: the article's entities, and the words that lead to them."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from legation.coding.appositions import SERVING, beside
from legation.coding.constructions import with_constructed
from legation.coding.descriptions import Descriptions, Nation
from legation.coding.entities import EntityDraft, Participant, Person, as_entity
from legation.coding.given_names import with_given_names
from legation.coding.kin import Kin, kin_noun, kin_told
from legation.coding.leaders import Leaders
from legation.coding.localities import Scene, state_dated_from, with_places, with_towns_of_bodies
from legation.coding.names import STATELESS, Mention, find_names, resolve_shared, states_in
from legation.coding.namesakes import namesakes, with_courtesies
from legation.coding.neighbours import with_neighbours
from legation.coding.nouns import NOMINAL, antecedent_of_relative, is_title_alone, subject_meant, title_at
from legation.coding.officers import Officers, take_profile
from legation.coding.owners import code_of_owner, is_owner, owner_words
from legation.coding.people import family_names, join_names, profile_of, with_described, with_missed
from legation.coding.phrases import Phrases
from legation.coding.places import find_places
from legation.coding.pronouns import PRONOUNS, Meant
from legation.coding.short_names import join_bodies
from legation.coding.standing import BODIES, bears, is_past
from legation.coding.tables import Gazetteer, Title, find_title, load_countries, title_codes
from legation.records import Entity, EntityKind, ResolvedBy, Span

SEATS = ("in", "from", "at", "near", "outside", "around", "across", "throughout", "inside")
OF_BODIES = ("in", "at")
TOWARDS = frozenset({"to", "against", "for", "with", "on", "about", "over", "by", "than", "like"})
LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "through", "across", "inside"})
SPEAKER_WORDS = frozenset({"i", "me", "my"})
THINGS = frozenset({"it", "its", "they", "their", "them"})
QUANTITIES = frozenset(
    """
    number group majority dozen dozens hundreds hundred thousands thousand handful couple scores pair range
    member members series lot one many some most
    """.split()
)
# Kinds of titles whose bearers are met anywhere.
TRAVELLERS = frozenset({"head_of_state", "head_of_government", "minister", "diplomat", "spokesperson", "royal"})
BESIDE_STATES = frozenset({"NGO", "IGO"})
OWNERS = frozenset({"his", "her", "its", "their", "our", "my"})
RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})


class Participants:
    """The entities of one article; grows while events and statements are coded."""

    def __init__(
        self,
        sentences: Sequence[Phrases],
        gazetteer: Gazetteer,
        published: date | None,
        leaders: Leaders | None = None,
        dateline: str | None = None,
        dated_at: tuple[int, int] | None = None,
    ) -> None:
        """`dateline` is the state of the place that the article is dated from: "" where that is not known."""
        self.sentences = sentences
        self._starts = [phrases.sentence.start for phrases in sentences]
        self._leaders = leaders or Leaders.load()
        year = published.year if published else None
        self.names = [find_names(number, phrases, gazetteer, year) for number, phrases in enumerate(sentences)]
        self._states = [code for code, _ in Counter(states_in(self.names)).most_common()]
        self._tell_bodies_apart(gazetteer, year)
        self.names = join_bodies(sentences, self.names)
        self.names = [
            with_constructed(number, with_given_names(with_described(names, phrases), phrases), phrases, gazetteer)
            for number, (names, phrases) in enumerate(zip(self.names, sentences, strict=True))
        ]
        self._join_people()
        self._find_missed()
        self.names, self.told_apart = with_courtesies(sentences, self.names)
        self.namesakes = namesakes(self.names)
        self.names = with_neighbours(sentences, self.names)
        self.places = find_places(sentences, self.names)
        self.names = with_places(sentences, self.names, self.places)
        unplaced = {m.key for mentions in self.names for m in mentions if m.kind == "organization" and m.code is None}
        self.names = with_towns_of_bodies(sentences, self.names)
        home = dateline or (state_dated_from(self.places, *dated_at) if dated_at else None)
        dated = dateline is not None
        self._scene = Scene(sentences, self.names, home, dated=dated)
        self._states = self._scene.states
        self._drafts: dict[str, EntityDraft] = {}
        self._countries = {country.code: country.name for country in load_countries()}
        self.pronouns: dict[tuple[int, int], str] = {}
        self.likely: dict[tuple[int, int], Meant] = {}
        self.descriptions = Descriptions()
        self.kin: list[Kin] = []
        for mentions in self.names:
            for mention in mentions:
                self._enter(mention)
        for key in unplaced:
            if (body := self._drafts.get(key)) is not None and body.code is not None:
                body.resolved, body.basis = "context", "the town in its name"
        self._give_owners()
        self._profile_people()
        self._people = [draft for draft in self._drafts.values() if draft.kind == "person"]
        officers = Officers(sentences, self._leaders, self._states, published)
        self.past_leaders = {draft.key for draft in self._people if officers.place(draft)}
        for draft in self._people:
            draft.nouns = self.descriptions.nouns_of(draft.key)
        self._scene = Scene(sentences, self.names, home, self._officers(), dated=dated)
        self._tell_open_bodies_apart(gazetteer, year)

    def _officers(self) -> list[tuple[int, str]]:
        """Where the text names holders of offices of states, and the states."""
        known = [d for d in self._people if d.resolved == "registry"]
        return [(at, d.code) for d in known if d.code and d.code not in STATELESS for at, _ in d.mentions]

    def _tell_bodies_apart(self, gazetteer: Gazetteer, year: int | None) -> None:
        """ "The Supreme Court" is that of the state which its sentence, or else the article, names."""
        for number, mentions in enumerate(self.names):
            if any(m.others for m in mentions):
                states = [*dict.fromkeys(states_in([mentions])), *self._states]
                forms = self.sentences[number].forms
                self.names[number] = [
                    resolve_shared(m, forms[m.start : m.end], gazetteer, year, states) if m.others else m
                    for m in mentions
                ]

    def _tell_open_bodies_apart(self, gazetteer: Gazetteer, year: int | None) -> None:
        """A body that no name of a state told apart is of the state whose office holders the article names."""
        for mentions in self.names:
            for mention in mentions:
                draft = self._drafts.get(mention.key)
                if mention.others and draft is not None and draft.code is None:
                    forms = self.sentences[mention.sentence].forms[mention.start : mention.end]
                    found = resolve_shared(mention, forms, gazetteer, year, self._scene.states)
                    draft.code, draft.sectors = found.code, found.sectors
                    draft.name = found.name if found.code else draft.name
                    draft.resolved = "registry" if found.code else draft.resolved

    def _join_people(self) -> None:
        people = [m for mentions in self.names for m in mentions if m.kind == "person"]
        joined = iter(join_names(people))
        self.names = [[next(joined) if m.kind == "person" else m for m in mentions] for mentions in self.names]

    def _find_missed(self) -> None:
        families = family_names(m for mentions in self.names for m in mentions if m.kind == "person")
        for number, phrases in enumerate(self.sentences):
            self.names[number] = with_missed(number, self.names[number], phrases, families, self._leaders)

    def _enter(self, mention: Mention) -> None:
        """Records a name as a mention of its entity; a place is one only of the map, not of an actor."""
        if mention.kind == "place":
            return
        kinds: dict[str, EntityKind] = {"person": "person", "organization": "organization"}
        draft = self._drafts.get(mention.key)
        if draft is None:
            kind = kinds.get(mention.kind, "state")
            resolved: ResolvedBy = "registry" if mention.code else "none"
            name = self._countries.get(mention.code or "", mention.name) if kind == "state" else mention.name
            draft = EntityDraft(mention.key, name, kind, mention.code, mention.sectors, resolved)
            self._drafts[mention.key] = draft
        if mention.kind != "people" or mention.span.text.lower() != mention.span.text:
            draft.note(mention.span)

    def _give_owners(self) -> None:
        """A body that no table knows is of the state beside its name: "Norway's Blue Guard"."""
        for number, mentions in enumerate(self.names):
            for mention in mentions:
                draft = self._drafts.get(mention.key)
                if mention.kind == "organization" and draft is not None and draft.code is None:
                    beside = (*self.modifiers(number, mention.head), *self._seated(number, mention.head, OF_BODIES))
                    owner = next((p.code for p in beside if p.code), None)
                    if owner is not None:
                        draft.code, draft.resolved, draft.basis = owner, "context", "the state beside the name"

    def _profile_people(self) -> None:
        for number, mentions in enumerate(self.names):
            for mention in mentions:
                if mention.kind == "person":
                    take_profile(self._drafts[mention.key], profile_of(mention, self.sentences[number], mentions))
                    owners = partial(owner_words, number, sentences=self.sentences, names=self.names)
                    self.descriptions.add(mention.key, mention.start, mention.end, self.sentences[number], owners)
                    self.kin += kin_told(mention, self.sentences[number])

    # ------------------------------------------------------------ words to entities

    def of_word(self, number: int, word: int, *, places: bool = False) -> list[Participant]:
        """Who a nominal means, with everyone joined to it by "and". `places`: a city may stand for its state."""
        phrases = self.sentences[number]
        found: list[Participant] = []
        for at in phrases.conjuncts(word):
            found += [p for p in self._of_one(number, at, places) if p.key not in {f.key for f in found}]
        return found

    def of_span(self, number: int, start: int, end: int) -> Participant:
        """Who a token range means, with the whole range as its words; the key is "" where nobody is known.

        Who is known by no name goes by the words that describe it: "masked gunmen".
        """
        phrases = self.sentences[number]
        head = phrases.head_of(start, end)
        found = self.titled(number, start, end) or self._of_one(number, head, places=True)
        direct = [p for p in found if not p.indirect] or [
            self._named(m) for m in self.names[number] if start <= m.head < end and m.kind == "person"
        ]
        span = phrases.span(start, end)
        unnamed = self._drafts[direct[0].key] if direct else None
        inside = self._inside(number, start, end) if unnamed is None or unnamed.kind == "unnamed" else []
        if unnamed is not None and inside and (title := find_title(unnamed.role or "")):
            return self._group(span, phrases.tokens[head].lemma, title, inside[0])
        if direct:
            self._drafts[direct[0].key].note(direct[0].span)
            return replace(direct[0], span=span)
        if phrases.tokens[head].upos == "PRON":
            return Participant("", span, None)
        state = next(iter(found or inside), None)
        return self._group(span, phrases.tokens[head].lemma, Title(span.text.lower(), None, (), "group"), state)

    def titled(self, number: int, start: int, end: int) -> list[Participant]:
        """The person whose name ends a range behind a title ("President Oda Lind"), or stands right behind it."""
        tokens = self.sentences[number].tokens
        for mention in self.names[number]:
            if mention.kind != "person" or not ((start < mention.start and mention.end == end) or mention.start == end):
                continue
            if is_title_alone(tokens[start : mention.start]):
                return [self._named(mention)]
        return []

    def of_range(self, number: int, start: int, end: int, *, places: bool = False) -> list[Participant]:
        """Who the head of a token range means."""
        phrases = self.sentences[number]
        found = self.of_word(number, phrases.head_of(start, end), places=places)
        return [p for p in found if phrases.tokens[start].start <= p.span.start] if found else []

    def modifiers(self, number: int, word: int) -> list[Participant]:
        """States and bodies that qualify a noun: "Russian", "Japan's", "of Iran", "the U.S.-"."""
        phrases = self.sentences[number]
        found = []
        for child in phrases.children[word]:
            relation = phrases.tokens[child].deprel
            of = relation == "nmod" and phrases.case(child) == "of"
            if relation in ("amod", "compound", "nmod:poss", "nmod:desc", "nmod:unmarked") or of:
                for at in phrases.conjuncts(child):
                    mention = self._mention_at(number, at)
                    if mention is not None and mention.kind != "person" and mention.code:
                        found.append(self._named(mention))
                    elif (number, at) in self.pronouns:
                        found += self._state_of(self.pronouns[number, at], phrases.span(at, at + 1))
        return found

    def _state_of(self, key: str, span: Span) -> list[Participant]:
        """The state of whom a pronoun means: "his government"."""
        code = self._drafts[key].code
        return [Participant(f"state:{code}", span, code)] if code and f"state:{code}" in self._drafts else []

    def _seated(self, number: int, word: int, cases: Sequence[str] = SEATS) -> list[Participant]:
        """The state that a body or group sits in or comes from: "a court in Iran", "doctors from Havana"."""
        phrases = self.sentences[number]
        return [
            self._state(m.code, m.span)
            for at in phrases.obliques(word, *cases)
            for m in self._mentions_in(number, *phrases.subtree(at))
            if m.code and m.kind in ("state", "place")
        ][:1]

    def _served_by(self, number: int, word: int) -> Participant | None:
        """The body for which somebody without a name speaks or works: "a spokeswoman for Greenpeace"."""
        phrases = self.sentences[number]
        if phrases.tokens[word].lemma.lower() not in SERVING:
            return None
        found = (self._mention_at(number, at) for at in phrases.obliques(word, "for", "from", "of"))
        body = next((m for m in found if m is not None and m.kind == "organization" and m.code), None)
        return self._named(body) if body is not None else None

    def _met_at(self, number: int, word: int) -> list[Participant]:
        """The state of the place where the sentence puts what somebody does: "in Lima, farmers blocked a road"."""
        phrases, at = self.sentences[number], word
        for _ in range(4):
            at = phrases.tokens[at].head
            if at < 0:
                break
            seated = self._seated(number, at) if phrases.tokens[at].upos == "VERB" else []
            if seated:
                return seated
        return []

    def _inside(self, number: int, start: int, end: int) -> list[Participant]:
        """The state of a range that names one state and no other: "a Chilean survey ship", "a hamlet in Tirah"."""
        phrases = self.sentences[number]
        found = [
            m
            for m in self._mentions_in(number, start, end)
            if m.code and m.kind in ("people", "state", "place") and phrases.case(m.head) not in TOWARDS
        ]
        return [self._state(m.code, m.span) for m in found[:1] if m.code] if len({m.code for m in found}) == 1 else []

    def _mentions_in(self, number: int, start: int, end: int) -> list[Mention]:
        return [m for m in self.names[number] if start <= m.start and m.end <= end]

    def _mention_at(self, number: int, word: int) -> Mention | None:
        return next((m for m in self.names[number] if m.start <= word < m.end), None)

    def _of_one(self, number: int, word: int, places: bool) -> list[Participant]:
        mention = self._mention_at(number, word)
        if mention is not None:
            return self._of_mention(number, mention, places)
        token = self.sentences[number].tokens[word]
        if token.upos == "NUM":
            counted = next(self.sentences[number].obliques(word, "of"), None)
            return [] if counted is None else self._of_one(number, counted, places=False)
        if token.upos == "PRON" or token.text.lower() in RELATIVE:
            return self._of_pronoun(number, word, places)
        if token.upos in NOMINAL:
            return self._of_noun(number, word)
        return []

    def _of_mention(self, number: int, mention: Mention, places: bool) -> list[Participant]:
        if mention.kind == "place":
            if not mention.code or not (mention.capital or places) or not self._may_act(number, mention):
                return []
            return [self._state(mention.code, mention.span)]
        return [self._named(mention)]

    def _may_act(self, number: int, mention: Mention) -> bool:
        """Whether a capital can stand for its government here: not behind "in" or "near"."""
        return self.sentences[number].case(mention.head) not in LOCATIVE

    def _named(self, mention: Mention) -> Participant:
        if mention.kind == "place" and mention.code:
            return self._state(mention.code, mention.span)
        return Participant(mention.key, mention.span, self._drafts[mention.key].code)

    def _state(self, code: str, span: Span) -> Participant:
        key = f"state:{code}"
        draft = self._drafts.get(key)
        if draft is None:
            draft = EntityDraft(key, self._countries.get(code, code), "state", code, (), "registry")
            self._drafts[key] = draft
        draft.note(span)
        return Participant(key, span, code)

    def _of_pronoun(self, number: int, word: int, places: bool) -> list[Participant]:
        phrases = self.sentences[number]
        if phrases.forms[word].lower() in RELATIVE:
            antecedent = antecedent_of_relative(phrases, word)
            return [] if antecedent is None else self._of_one(number, antecedent, places)
        key = self.pronouns.get((number, word)) or self._subject_meant(number, word)
        if key is None:
            return []
        span = phrases.span(word, word + 1)
        draft = self._drafts[key]
        draft.note(span)
        return [Participant(key, span, draft.code)]

    def _subject_meant(self, number: int, word: int) -> str | None:
        """The key of the only subject before a pronoun that it can stand for."""

        def kind_of(at: int) -> EntityKind | None:
            found = self._of_one(number, at, places=True)
            return self._drafts[found[0].key].kind if found and not found[0].indirect else None

        at = subject_meant(self.sentences[number], word, kind_of)
        return None if at is None else self.of_span(number, at, at + 1).key or None

    def _of_noun(self, number: int, word: int) -> list[Participant]:
        """A common noun: an office or group of a state, or one that only a modifier leads to a state."""
        phrases = self.sentences[number]
        if phrases.tokens[word].lemma.lower() in QUANTITIES:
            counted = next(phrases.obliques(word, "of"), None)
            if counted is not None or title_at(phrases, word)[0] is None:
                return [] if counted is None else self._of_one(number, counted, places=False)
        named = phrases.child(word, "appos", "flat", "nmod:desc")
        if named is not None and (mention := self._mention_at(number, named)) is not None and mention.kind == "person":
            return [self._named(mention)]
        described = self.called(number, word)
        if described is not None:
            return [self.again(described, *phrases.subtree(word), number)]
        title, start = title_at(phrases, word)
        served = self._served_by(number, word) if title is not None else None
        if title is not None and served is not None:
            title = replace(title, sectors=self._drafts[served.key].sectors or title.sectors)
            return [self._group(phrases.span(start, word + 1), phrases.tokens[word].lemma, title, served)]
        beside = title is not None and title.title in title_codes()
        states = self.modifiers(number, word) or (self._seated(number, word) if title and not beside else [])
        if title is None:
            return [replace(p, indirect=True) for p in states[:1]]
        person = None if states else self._known_by(number, word, title)
        if person is not None:
            self._drafts[person.key].note(person.span)
            return [person]
        met = [] if beside or title.kind in TRAVELLERS else self._met_at(number, word)
        first = next(iter(states or met), None)
        words = [start, word]
        if states and first is not None:
            words += [w for w, t in enumerate(phrases.tokens) if first.span.start <= t.start < first.span.end]
        return [self._group(phrases.span(min(words), max(words) + 1), phrases.tokens[word].lemma, title, first)]

    def called(self, number: int, word: int, end: int | None = None) -> str | None:
        """The key of the person named before who was called by a noun, a state beside it included.

        What stands from word `end` on does not belong to the noun.
        """
        phrases = self.sentences[number]
        codes, words = self._states_beside(number, word)
        nation = Nation(words, lambda key: codes == {self._drafts[key].code}) if codes else None
        return self.descriptions.bearer(word, phrases, end, nation)

    def described(self, number: int, word: int) -> str | None:
        """The key of the person named before whom a common noun means by itself, None where it means none."""
        called = self.called(number, word)
        title = None if called else title_at(self.sentences[number], word)[0]
        known = self._known_by(number, word, title) if title else None
        return called or (known.key if known else None) or self.kin_called(number, word)

    def kin_called(self, number: int, word: int) -> str | None:
        """The key of the only person named before who was called the kin that "his wife" means."""
        found = kin_noun(word, self.sentences[number])
        if found is None:
            return None
        keys = {one.key for one in self.kin if one.noun == found[0] and one.sentence <= number}
        return keys.pop() if len(keys) == 1 else None

    def take_meant(
        self, meant: Mapping[tuple[int, int], Meant], namesakes: Mapping[tuple[int, int], str | None]
    ) -> None:
        """Enters the pronouns that are sure as mentions of whom they mean, and keeps the others as likely.

        Bare names that several bear are of whom `namesakes` tells, and of nobody where it tells of none.
        """
        for (number, start), key in namesakes.items():
            mention = next(m for m in self.names[number] if m.start == start)
            if mention.key != key:
                self.take_for(mention, key)
        for (number, word), one in meant.items():
            self.likely[number, word] = one
            if one.sure and one.key in self._drafts:
                self.pronouns[number, word] = self.again(one.key, word, word + 1, number).key

    def _states_beside(self, number: int, word: int) -> tuple[frozenset[str], frozenset[str]]:
        """The codes of the states that stand beside a noun or in it, and their words in small letters."""
        own = self._mention_at(number, word)
        if own is not None and own.code:
            return frozenset({own.code}), frozenset({own.span.text.lower()})
        tokens = self.sentences[number].tokens
        states = [p for p in self.modifiers(number, word) if p.code]
        inside = (t.text.lower() for s in states for t in tokens if s.span.start <= t.start < s.span.end)
        return frozenset(s.code for s in states if s.code), frozenset(inside)

    def leave_open(self, number: int, word: int) -> None:
        """Lets a pronoun mean nobody that is known."""
        self._drafts[self.pronouns.pop((number, word))].forget(self.sentences[number].span(word, word + 1))

    def may_mean(self, number: int, word: int, key: str) -> bool:
        """Whether he or she most likely means this person; of any other word nothing is known here, so it may."""
        meant = self.likely.get((number, word))
        return meant.key == key if meant else self.sentences[number].forms[word].lower() not in PRONOUNS

    def again(self, key: str, start: int, end: int, number: int) -> Participant:
        """A person as some other words of the text mean him or her."""
        span = self.sentences[number].span(start, end)
        draft = self._drafts[key]
        draft.note(span)
        return Participant(key, span, draft.code)

    def _known_by(self, number: int, word: int, title: Title) -> Participant | None:
        """The person named last before "the general" whose title it is; None for a noun with more words to it."""
        phrases = self.sentences[number]
        the = phrases.child(word, "det")
        if phrases.tokens[word].xpos != "NN" or the is None or phrases.forms[the].lower() not in ("the", "that"):
            return None
        first = title_at(phrases, word)[1]
        if any(
            phrases.tokens[c].deprel.split(":")[0] in ("amod", "compound", "nmod", "acl") and not first <= c < word
            for c in phrases.children[word]
        ):
            return None
        span = phrases.span(the, word + 1)
        bearers = [
            (max(place for place in draft.mentions if place[0] < span.start), draft)
            for draft in self._people
            if bears(draft.role, title)
            and not is_past(draft.role)
            and min(draft.mentions, default=(span.end, 0)) < (span.start, span.start)
        ]
        last = max(bearers, key=lambda bearer: bearer[0], default=None)
        return Participant(last[1].key, span, last[1].code) if last else None

    def _group(self, span: Span, lemma: str, title: Title, state: Participant | None) -> Participant:
        code = state.code if state else title_codes().get(title.title)
        sectors = () if code in BESIDE_STATES else title.sectors
        name = " ".join(span.text.split())
        if code and name.split()[0].lower() in OWNERS:
            name = f"{title.title} of {self._countries.get(code, code)}"
        key = f"group:{code}:{title.title}"
        draft = self._drafts.get(key)
        if draft is None:
            kind: EntityKind = "organization" if code and lemma in BODIES else "group" if code else "unnamed"
            draft = EntityDraft(key, name, kind, code, sectors, "context" if code else "none", role=title.title)
            self._drafts[key] = draft
        draft.note(span)
        return Participant(key, span, code)

    # ------------------------------------------------------------ results

    def basis(self, participant: Participant) -> str:
        """What led from words to an entity: the row of a table, or the words that stand around them."""
        draft = self._drafts.get(participant.key)
        if draft is None:
            return "nobody this pronoun could safely be taken for"
        if draft.code is None and self._at_home(draft).code is not None:
            return (
                "the place that the article is dated from"
                if self._scene.dated_from
                else "the state that the article is about"
            )
        if draft.basis is not None or draft.kind == "person":
            return draft.basis or "no table lists the name"
        if draft.resolved == "none":
            return "the words themselves; no table knows them"
        if draft.kind == "state":
            return f"countries.csv: {draft.code}, {draft.name}"
        if draft.resolved == "registry":
            return f"organizations.csv: {draft.name}"
        return f"titles.csv: {draft.role}, of {draft.code}" if draft.code else f"titles.csv: {draft.role}"

    def is_person(self, key: str) -> bool:
        """Whether an entity is a named person."""
        return self._drafts[key].kind == "person"

    def take_for(self, mention: Mention, key: str | None) -> None:
        """Lets the bare name of several persons mean another of them than it was taken for; with None, nobody."""
        self._drafts[mention.key].forget(mention.span)
        self.names[mention.sentence] = [m for m in self.names[mention.sentence] if m.span != mention.span]
        if key is not None:
            self._drafts[key].note(mention.span)
            taken = replace(mention, key=key, name=self._drafts[key].name)
            self.names[mention.sentence] = sorted([*self.names[mention.sentence], taken], key=lambda m: m.start)

    def name_of(self, key: str) -> str:
        """The name of an entity."""
        return self._drafts[key].name

    def persons(self) -> list[Person]:
        """The named persons as far as the article has been gone through."""
        return [draft.person() for draft in self._people]

    def entities(self, used: set[str]) -> tuple[tuple[Entity, ...], dict[str, str]]:
        """The named entities and those of the others that are used, in order of first mention; ids by key."""
        kept = [
            d for d in self._drafts.values() if d.mentions and (d.kind not in ("group", "unnamed") or d.key in used)
        ]
        kept.sort(key=lambda d: min(d.mentions))
        ids = {draft.key: f"n{number}" for number, draft in enumerate(kept, 1)}
        return tuple(as_entity(ids[d.key], self._at_home(d)) for d in kept), ids

    def _at_home(self, draft: EntityDraft) -> EntityDraft:
        """Who by no word of the text belongs to a state, as of that which the article plays in."""
        if draft.code is not None:
            return draft
        first = draft.mentions[min(draft.mentions)]
        if (owner := self._owner(first)) is not None:
            kind: EntityKind = "group" if draft.kind == "unnamed" else draft.kind
            return replace(draft, code=owner, resolved="context", kind=kind)
        home = self._scene.home_here(draft.kind, draft.role, first) or self._scene.home_of(
            draft.kind, draft.name, draft.role, draft.sectors, first
        )
        kind = "group" if draft.kind == "unnamed" else draft.kind
        return replace(draft, code=home, resolved="context", kind=kind) if home else draft

    def _owner(self, first: Span) -> str | None:
        """The state of whose minister or daughter somebody is called: "his adviser, Oda Lind"."""
        number = bisect_right(self._starts, first.start) - 1
        phrases = self.sentences[number]
        if not any(map(is_owner, phrases.tokens)):
            return None
        words = [i for i, t in enumerate(phrases.tokens) if t.start < first.end and first.start < t.end]
        if not words:
            return None
        before, apposed = beside(words[0], words[-1] + 1, phrases)
        spans = [(words[0], words[-1] + 1), *before, *apposed]
        codes = {key: draft.code for key, draft in self._drafts.items()}
        found = (code_of_owner(number, *span, self.sentences, self.names, codes) for span in spans)
        return next((code for code in found if code), None)
