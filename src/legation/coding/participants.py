"""Who a word of the text means: the article's entities, and the words that lead to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from legation.coding.appositions import SERVING
from legation.coding.article_names import names_of_article
from legation.coding.bearers import last_bearer
from legation.coding.called_bodies import body_called
from legation.coding.descriptions import Descriptions, Nation
from legation.coding.entities import EntityDraft, Participant, Person, as_entity, basis_of
from legation.coding.groups import (
    SectorsAt,
    compatriot,
    counted,
    is_of_several,
    sender,
    served_body,
    shared_noun,
    tells_state,
    told_sectors,
    with_told,
)
from legation.coding.homes import candidates, faces, home_named
from legation.coding.kin import Kin, kin_told, only_kin
from legation.coding.leaders import Leaders
from legation.coding.localities import Scene, state_dated_from, without_dateline
from legation.coding.names import STATELESS, Mention, resolve_shared
from legation.coding.nouns import (
    NOMINAL,
    antecedent_of_relative,
    noun_meant,
    qualifying,
    those_counted,
    title_at,
    titled_name,
)
from legation.coding.officers import Officers, take_profile
from legation.coding.owners import OWNERS, of_its_body, owner_words, state_of_owner
from legation.coding.people import profile_of
from legation.coding.phrases import Phrases
from legation.coding.pronouns import PRONOUNS, Candidate, Meant
from legation.coding.standing import BODIES
from legation.coding.tables import OFFICE_SECTORS, Gazetteer, Title, find_title, load_countries, title_codes
from legation.records import Entity, EntityKind, ResolvedBy, Span

SEATS = ("in", "from", "at", "near", "outside", "around", "across", "throughout", "inside")
OF_BODIES = ("in", "at")
LOCATIVE = frozenset({"in", "at", "near", "outside", "around", "through", "across", "inside"})
# Kinds of titles whose bearers are met anywhere.
TRAVELLERS = frozenset({"head_of_state", "head_of_government", "minister", "diplomat", "spokesperson", "royal"})
BESIDE_STATES = frozenset({"NGO", "IGO"})
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
        found = names_of_article(sentences, gazetteer, published, self._leaders, dateline)
        self.names, self.places = without_dateline(found.mentions, dated_at), found.places
        self.told_apart, self.namesakes = found.told_apart, found.namesakes
        home = dateline or (state_dated_from(self.places, *dated_at) if dated_at else None)
        dated = dateline is not None
        # A sentence by itself leaves more open than an article, in which the others tell where it plays.
        self.is_alone = len(sentences) == 1 and not home
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
        for key in found.unplaced:
            if (body := self._drafts.get(key)) is not None and body.code is not None:
                body.resolved, body.basis = "context", "the town in its name"
        self._give_owners()
        self._profile_people()
        self._people = [draft for draft in self._drafts.values() if draft.kind == "person"]
        officers = Officers(sentences, self._leaders, self._states, published)
        self.past_leaders = {draft.key for draft in self._people if officers.place(draft)}
        # Who is known by name alone speaks of his state, and so leads to those who hold its lesser offices.
        led_to = dict.fromkeys(code for _, code in self._officers() if code not in self._states)
        officers = replace(officers, states=[*self._states, *led_to])
        left = [d for d in self._people if led_to and d.resolved != "registry"]
        self.past_leaders |= {draft.key for draft in left if officers.place(draft)}
        for draft in self._people:
            draft.nouns = self.descriptions.nouns_of(draft.key)
            draft.outright = self.descriptions.outright(draft.key)
        self._scene = Scene(sentences, self.names, home, self._officers(), dated=dated)
        self._tell_open_bodies_apart(gazetteer, year)

    def _officers(self) -> list[tuple[int, str]]:
        """Where the text names holders of offices of states, and the states."""
        known = [d for d in self._people if d.resolved == "registry"]
        return [(at, d.code) for d in known if d.code and d.code not in STATELESS for at, _ in d.mentions]

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
                    # A party of a name that parties of other states have is hardly one of the state it is told in.
                    draft.several = found.code is None and "PTY" in found.sectors

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
                    profile = profile_of(mention, self.sentences[number], mentions)
                    take_profile(self._drafts[mention.key], of_its_body(profile, mention, self.sentences, self.names))
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
        if (shared := self._sharing(number, start, end, head)) is not None:
            return shared
        found = self.titled(number, start, end) or self._of_one(number, head, places=True, within=(start, end))
        direct = [p for p in found if not p.indirect] or [
            self._named(m) for m in self.names[number] if start <= m.head < end and m.kind == "person"
        ]
        span = phrases.span(start, end)
        unnamed = self._drafts[direct[0].key] if direct else None
        inside = self._inside(number, start, end) if unnamed is None or unnamed.kind == "unnamed" else []
        title = find_title(unnamed.role or "") if unnamed is not None and inside else None
        if title is not None and title.kind != "diplomat":
            return self._group(span, phrases.tokens[head].lemma, title, inside[0])
        if direct:
            self._drafts[direct[0].key].note(direct[0].span)
            return replace(direct[0], span=span)
        if phrases.tokens[head].upos == "PRON":
            return Participant("", span, None)
        state = next(iter(found or inside), None)
        meant = those_counted(phrases, head)
        told = told_sectors(meant, phrases, self._sectors_at(number)) if phrases.tokens[meant].upos == "NOUN" else None
        told = None if state is not None and state.code in STATELESS else told
        return self._group(span, phrases.tokens[head].lemma, Title(span.text.lower(), None, told or (), "group"), state)

    def _sharing(self, number: int, start: int, end: int, head: int) -> Participant | None:
        """Who a range means that only qualifies a noun behind it: "Kenyan" in "Kenyan and Ugandan police"."""
        phrases = self.sentences[number]
        found = shared_noun(head, end, phrases)
        inside = self._inside(number, start, end) if found is not None else []
        if found is None or not inside:
            return None
        noun, title = found
        body = self._mention_at(number, noun)
        if body is not None and body.kind == "organization":
            return replace(self._named(body), span=phrases.span(start, end))
        return self._group(phrases.span(start, end), phrases.tokens[noun].lemma, title, inside[0])

    def _sectors_at(self, number: int) -> SectorsAt:
        """Tells the sectors of the body that a word of a sentence names."""

        def sectors_at(word: int) -> tuple[str, ...] | None:
            mention = self._mention_at(number, word)
            known = mention is not None and mention.kind == "organization"
            return self._drafts[mention.key].sectors if mention is not None and known else None

        return sectors_at

    def titled(self, number: int, start: int, end: int) -> list[Participant]:
        """The person whose name ends a range behind a title ("President Oda Lind"), or stands right behind it."""
        found = titled_name(self.names[number], self.sentences[number].tokens, start, end)
        return [self._named(found)] if found is not None else []

    def of_range(self, number: int, start: int, end: int, *, places: bool = False) -> list[Participant]:
        """Who the head of a token range means."""
        phrases = self.sentences[number]
        found = self.of_word(number, phrases.head_of(start, end), places=places)
        return [p for p in found if phrases.tokens[start].start <= p.span.start] if found else []

    def modifiers(self, number: int, word: int) -> list[Participant]:
        """States and bodies that qualify a noun: "Russian", "Japan's", "of Iran", "the U.S.-"."""
        phrases = self.sentences[number]
        found: list[Participant] = []
        owned: list[Participant] = []
        for at in qualifying(phrases, word):
            mention = self._mention_at(number, at)
            if mention is not None and mention.kind != "person" and mention.code:
                found.append(self._named(mention))
            elif mention is not None or (number, at) in self.pronouns:
                key = mention.key if mention is not None else self.pronouns[number, at]
                owned += self._state_of(key, mention.span if mention is not None else phrases.span(at, at + 1))
        # Of "his Algerian counterpart" the adjective tells the state.
        return found or owned

    def _qualifying(self, number: int, word: int, within: tuple[int, int] | None) -> list[Participant]:
        """The states and bodies that qualify a noun, of several those within a range."""
        found = self.modifiers(number, word)
        if within is None or len(found) < 2:
            return found
        tokens = self.sentences[number].tokens
        first, last = tokens[within[0]].start, tokens[within[1] - 1].end
        return [p for p in found if first <= p.span.start and p.span.end <= last] or found

    def _state_of(self, key: str, span: Span) -> list[Participant]:
        """The state of a person: "his government", "Lind's government"."""
        draft = self._drafts.get(key)
        if draft is None or draft.kind != "person" or not draft.code or draft.code in STATELESS:
            return []
        return [Participant(self._state_draft(draft.code).key, span, draft.code)]

    def _seated(self, number: int, word: int, cases: Sequence[str] = SEATS) -> list[Participant]:
        """The state that a body or group sits in or comes from: "a court in Iran", "doctors from Havana"."""
        phrases = self.sentences[number]
        behind = (m for at in phrases.obliques(word, *cases) for m in self._mentions_in(number, *phrases.subtree(at)))
        return [self._state(m.code, m.span) for m in behind if m.code and m.kind in ("state", "place")][:1]

    def _sent_by(self, number: int, word: int, title: Title) -> list[Participant]:
        """The state whose envoys or soldiers somebody is by whom sends him: "Seoul sent a minister"."""
        at = sender(word, title, self.sentences[number])
        found = [] if at is None else self._of_one(number, at, places=True)
        return [p for p in found if p.code and p.code not in STATELESS][:1]

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
        found = [m for m in self._mentions_in(number, start, end) if tells_state(m, phrases)]
        if not found:
            # The tree may join a body to something else: "the U.N. employees".
            own = next((m for m in self._mentions_in(number, start, end) if m.end == phrases.head_of(start, end)), None)
            return [self._named(own)] if own is not None and own.kind == "organization" and own.code else []
        return [self._state(m.code, m.span) for m in found[:1] if m.code] if len({m.code for m in found}) == 1 else []

    def _mentions_in(self, number: int, start: int, end: int) -> list[Mention]:
        return [m for m in self.names[number] if start <= m.start and m.end <= end]

    def _mention_at(self, number: int, word: int) -> Mention | None:
        return next((m for m in self.names[number] if m.start <= word < m.end), None)

    def _of_one(self, number: int, word: int, places: bool, within: tuple[int, int] | None = None) -> list[Participant]:
        mention = self._mention_at(number, word)
        if mention is not None:
            return self._of_mention(number, mention, places)
        token = self.sentences[number].tokens[word]
        at = those_counted(self.sentences[number], word)
        if at != word or token.upos == "NUM":
            return [] if at == word else self._of_one(number, at, places=False)
        if token.upos == "PRON" or token.text.lower() in RELATIVE:
            return self._of_pronoun(number, word, places)
        if token.upos in NOMINAL:
            return self._of_noun(number, word, within)
        return []

    def _of_mention(self, number: int, mention: Mention, places: bool) -> list[Participant]:
        phrases = self.sentences[number]
        if mention.kind == "place":
            # A capital stands for its government, but not behind "in" or "near".
            acts = (mention.capital or places) and phrases.case(mention.head) not in LOCATIVE
            return [self._state(mention.code, mention.span)] if mention.code and acts else []
        if (people := counted(mention, phrases) or compatriot(mention, phrases)) is not None:
            return [self._group(mention.span, people.title, people, self._named(mention))]
        return [self._named(mention)]

    def _named(self, mention: Mention) -> Participant:
        if mention.kind == "place" and mention.code:
            return self._state(mention.code, mention.span)
        return Participant(mention.key, mention.span, self._drafts[mention.key].code)

    def _state(self, code: str, span: Span) -> Participant:
        draft = self._state_draft(code)
        draft.note(span)
        return Participant(draft.key, span, code)

    def _state_draft(self, code: str) -> EntityDraft:
        new = EntityDraft(f"state:{code}", self._countries.get(code, code), "state", code, (), "registry")
        return self._drafts.setdefault(new.key, new)

    def _of_pronoun(self, number: int, word: int, places: bool) -> list[Participant]:
        phrases = self.sentences[number]
        if phrases.forms[word].lower() in RELATIVE:
            antecedent = antecedent_of_relative(phrases, word)
            return [] if antecedent is None else self._of_one(number, antecedent, places)
        key = self.pronouns.get((number, word)) or self._noun_meant(number, word)
        if key is None:
            return []
        span = phrases.span(word, word + 1)
        draft = self._drafts[key]
        draft.note(span)
        return [Participant(key, span, draft.code)]

    def _noun_meant(self, number: int, word: int) -> str | None:
        """The key of the only noun before a pronoun that it can stand for."""
        found = noun_meant(self.sentences, number, word, self._kind_of)
        return None if found is None else self.of_span(*found, found[1] + 1).key or None

    def _kind_of(self, number: int, word: int) -> EntityKind | None:
        """What a noun means by itself."""
        found = self._of_one(number, word, places=True)
        return self._drafts[found[0].key].kind if found and not found[0].indirect else None

    def _of_noun(self, number: int, word: int, within: tuple[int, int] | None = None) -> list[Participant]:
        """A common noun: an office or group of a state, or one that only a modifier leads to a state.

        Of several states that qualify it, those `within` a range count; who is of several is of none.
        """
        phrases = self.sentences[number]
        named = phrases.child(word, "appos", "flat", "nmod:desc")
        if named is not None and (mention := self._mention_at(number, named)) is not None and mention.kind == "person":
            return [self._named(mention)]
        described = self.called(number, word)
        if described is not None:
            return [self.again(described, *phrases.subtree(word), number)]
        if (body := body_called(number, word, self.sentences, self.names)) is not None:
            return [self.again(body.key, *phrases.subtree(word), number)]
        title, start = title_at(phrases, word)
        title = title and title._replace(sectors=with_told(word, start, title, phrases, self._sectors_at(number)))
        body = served_body(word, phrases, self.names[number]) if title is not None else None
        if title is not None and body is not None:
            served = self._named(body)
            own = self._drafts[served.key].sectors if phrases.tokens[word].lemma.lower() in SERVING else ()
            title = title._replace(sectors=own or title.sectors)
            return [self._group(phrases.span(start, word + 1), phrases.tokens[word].lemma, title, served)]
        beside = title is not None and title.title in title_codes()
        states = self._qualifying(number, word, within)
        states = states or [p for at in range(start, word) for p in self.modifiers(number, at)]
        if title is not None and title_codes().get(title.title) == "UNO":
            # Of which nation they are does not matter: "Ghanaian peacekeepers".
            states = [p for p in states if not p.key.startswith("state:")]
        elif title is not None and not beside:
            abroad = self.is_alone or title.kind == "diplomat"
            states = states or self._sent_by(number, word, title) or ([] if abroad else self._seated(number, word))
        if title is None:
            return [replace(p, indirect=True) for p in states[:1]]
        among = len({p.code for p in states}) > 1 and phrases.tokens[word].xpos in ("NNS", "NNPS")
        if among or (not states and is_of_several(word, start, title, phrases)):
            span = phrases.span(start, word + 1)
            return [self._group(span, phrases.tokens[word].lemma, title, None, several=True)]
        person = None if states else self._known_by(number, word, title)
        if person is not None:
            self._drafts[person.key].note(person.span)
            return [person]
        met = [] if self.is_alone or beside or title.kind in TRAVELLERS else self._met_at(number, word)
        first = next(iter(states or met), None)
        words = [start, word]
        if states and first is not None:
            low, high = phrases.subtree(word)
            words += [w for w in range(low, high) if first.span.start <= phrases.tokens[w].start < first.span.end]
        return [self._group(phrases.span(min(words), max(words) + 1), phrases.tokens[word].lemma, title, first)]

    def called(self, number: int, word: int, end: int | None = None) -> str | None:
        """The key of the person named before who was called by a noun, a state beside it included.

        What stands from word `end` on does not belong to the noun.
        """
        phrases = self.sentences[number]
        title = title_at(phrases, word)[0]
        if title is not None and title.kind == "former" and (past := self._known_by(number, word, title)):
            return past.key
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
        return only_kin(self.kin, number, word, self.sentences[number])

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
        found = last_bearer(word, title, self.sentences[number], self._people)
        return Participant(found[0].key, found[1], found[0].code) if found else None

    def _group(
        self, span: Span, lemma: str, title: Title, state: Participant | None, *, several: bool = False
    ) -> Participant:
        code = state.code if state else title_codes().get(title.title)
        sectors = () if code in BESIDE_STATES else title.sectors
        name = " ".join(span.text.split())
        if code and name.split()[0].lower() in OWNERS:
            name = f"{title.title} of {self._countries.get(code, code)}"
        key = f"group:{'several' if several else code}:{title.title}"
        draft = self._drafts.get(key)
        if draft is None:
            kind: EntityKind = "organization" if code and lemma in BODIES else "group" if code else "unnamed"
            resolved: ResolvedBy = "context" if code else "none"
            draft = EntityDraft(key, name, kind, code, sectors, resolved, role=title.title, several=several)
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
            dated = "the place that the article is dated from" if self._scene.dated_from else None
            return dated or f"the {'rest of the sentence' if self.is_alone else 'state that the article is about'}"
        return basis_of(draft)

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
        if draft.code is not None or draft.several:
            return draft
        first = draft.mentions[min(draft.mentions)]
        home = self._owner(first)
        if home is None and self.is_alone and draft.role is not None:
            home = home_named(self.homes(draft.key))
        elif home is None:
            home = self._scene.home_here(draft.kind, draft.role, first) or self._scene.home_of(
                draft.kind, draft.name, draft.role, draft.sectors, first
            )
        if home and not OFFICE_SECTORS.isdisjoint(draft.sectors):
            # "The defence ministry accused Rwanda" is hardly Rwanda's.
            number, start, end = self._place_of(first)
            head = self.sentences[number].head_of(start, end)
            home = None if faces(head, home, self.sentences[number], self.names[number]) else home
        kind: EntityKind = "group" if draft.kind == "unnamed" else draft.kind
        return replace(draft, code=home, resolved="context", kind=kind) if home else draft

    def homes(self, key: str) -> list[Candidate]:
        """The states of which who has a role may be by the sentence of the first mention; none where words tell it."""
        draft = self._drafts[key]
        if draft.role is None or draft.code is not None or draft.several or not draft.mentions:
            return []
        first = draft.mentions[min(draft.mentions)]
        number, start, end = self._place_of(first)
        head = self.sentences[number].head_of(start, end)
        rules = {"seated": self._seated(number, head), "met": self._met_at(number, head)}
        told = {name: next((p.code for p in found), None) for name, found in rules.items()}
        told["home"] = self._scene.home_of(draft.kind, draft.name, draft.role, draft.sectors, first)
        return candidates(head, draft.role, self.sentences[number], self.names[number], told)

    def _owner(self, first: Span) -> str | None:
        """The state of whose minister or daughter somebody is called: "his adviser, Oda Lind"."""
        place = self._place_of(first)
        return state_of_owner(place, self.sentences, self.names, lambda: {k: d.code for k, d in self._drafts.items()})

    def _place_of(self, span: Span) -> tuple[int, int, int]:
        """The sentence of a span, and the range of its words there."""
        number = bisect_right(self._starts, span.start) - 1
        tokens = self.sentences[number].tokens
        words = [i for i, t in enumerate(tokens) if t.start < span.end and span.start < t.end] or [0]
        return number, words[0], words[-1] + 1
