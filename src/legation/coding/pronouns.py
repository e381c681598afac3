"""Whom he, she, him, her and his mean: every person named before, and how likely each is.

A person is weighed by the places where the text has named him, or meant him by a pronoun, and by the place of the
pronoun (after Lappin and Leass, 1994, and Webster et al., 2018). The weights are learned (`training.pronouns`); a
softmax over all persons, and over nobody, gives the chance of each (as in Lee et al., 2017).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from math import exp, inf, log

from legation.coding.genders import Gender, Sign, gender_words, genders_of
from legation.coding.names import Mention
from legation.coding.phrases import Phrases
from legation.coding.references import UNNAMED, Reader, Reference, distance, persons, pronoun_role, role_of
from legation.records import Frame
from legation.shipped import read_table

PRONOUNS: dict[str, Gender] = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
FARTHEST = 6
"""Sentences back in which a person is looked for."""
SURE = 0.9
"""How likely an answer must be to tell the gender of who was unknown."""
NOBODY, OTHER_GENDER = "nobody", "differs:sure"
LEAST, LEAST_OF_SOURCE = "least", "least:source"
ASKING, REPLYING = frozenset({"ask", "inquire", "enquire"}), frozenset({"answer", "reply", "respond", "retort"})
ANSWERED_WITHIN = 2
"""Sentences behind a question in which who replies to it is not who asked."""
LESS = 1
"""Sentences that a place counts further back where somebody is meant who is no subject there."""
Place = tuple[int, int]
"""A sentence by its number, and a word of it."""
Described = Callable[[int, int], str | None]


def nobody_described(number: int, word: int) -> str | None:
    """Takes no common noun for anybody known."""
    return None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person whom a pronoun may mean and his features by name; those left out are 0."""

    key: str
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a pronoun most likely means, by key, how likely that is, and whether it is enough to say so.

    `other` is the same if it is not that person.
    """

    key: str
    chance: float
    sure: bool
    other: Meant | None = None


class Weights:
    """The weight of each feature, that of nobody, and how likely an answer must be to be given."""

    def __init__(self, values: Mapping[str, float]) -> None:
        self.values = values

    @staticmethod
    @cache
    def load(table: str = "pronouns.csv") -> Weights:
        """Those of a shipped table."""
        return Weights({row["feature"]: float(row["weight"]) for row in read_table(table)})

    @property
    def least(self) -> float:
        """How likely an answer must be to be given."""
        return self.values[LEAST]

    @property
    def least_of_source(self) -> float:
        """The same for a pronoun that says something."""
        return self.values.get(LEAST_OF_SOURCE, self.least)

    def chances(self, candidates: Sequence[Candidate]) -> list[float]:
        """How likely each candidate is; what is missing to 1 is the chance of nobody.

        Who is surely of the other gender is not weighed.
        """
        nobody = self.values.get(NOBODY, 0.0)
        scores = [self._score(candidate) for candidate in candidates]
        top = max([nobody, *scores])
        total = exp(nobody - top) + sum(exp(score - top) for score in scores)
        return [exp(score - top) / total for score in scores]

    def _score(self, candidate: Candidate) -> float:
        if OTHER_GENDER in candidate.features:
            return -inf
        return sum(self.values.get(feature, 0.0) * value for feature, value in candidate.features.items())


NOTHING_SHARED: Mapping[Place, Sequence[str]] = {}


class Story:
    """An article while its pronouns are gone through: who has been referred to where, and who has spoken."""

    def __init__(
        self,
        sentences: Sequence[Phrases],
        names: Sequence[Sequence[Mention]],
        described: Described = nobody_described,
        called: Set[str] = frozenset(),
        shared: Mapping[Place, Sequence[str]] = NOTHING_SHARED,
    ) -> None:
        """`described` gives the key of the person whom a common noun, by sentence and word, means, `called` are the
        nouns by which the text calls its persons, `shared` the places of bare names that several persons bear, with the
        keys of these."""
        self.sentences, self.reader, self.signs = sentences, Reader(sentences), genders_of(sentences, names)
        self.named = persons(sentences, names, described, called)
        for one in (one for own in self.named for one in own if one.key.startswith(UNNAMED)):
            gender = gender_words().get(sentences[one.sentence].tokens[one.head].lemma.lower())
            if gender is not None:
                self.signs[one.key] = Sign(gender)
        self.meant: list[list[Reference]] = [[] for _ in sentences]
        self.last: dict[Gender, tuple[int, int, Mapping[str, float]]] = {}
        self.speakers: list[str] = []
        self._counts: dict[str, float] = {}
        self._mass: dict[str, float] = {}
        self._overall = Counter(one.key for own in self.named for one in own)
        self._first = next((one.key for own in self.named for one in own), None)
        self._shared = shared
        self.told_apart: dict[Place, str | None] = {}
        self._since: dict[str, Reference] = {}
        self._subject_in: dict[str, int] = {}
        self._asker: tuple[int, str] | None = None

    def walk(self, weights: Weights) -> Iterator[tuple[Place, Sequence[Candidate], Sequence[float]]]:
        """Each pronoun in order, whom it may mean, and how likely; what it most likely means counts further on."""
        for number, phrases in enumerate(self.sentences):
            self._tell_namesakes_apart(number)
            for word, gender in _pronouns_of(phrases):
                found = self.candidates(number, word, gender)
                chances = weights.chances(found)
                yield (number, word), found, chances
                self._note(number, word, gender, {c.key: x for c, x in zip(found, chances, strict=True)})
            self._close(number)

    def _tell_namesakes_apart(self, number: int) -> None:
        """Takes a bare name that several bear for who of them was meant last, or whose gender a pronoun tells.

        It is left open, and means nobody, where another was meant in the same paragraph, if that is not its own.
        """
        kept = []
        for one in self.named[number]:
            keys = self._shared.get((number, one.start), ())
            met = sorted((key for key in self._since if key in keys), key=self._prominence, reverse=True)
            if met:
                gender = self._gender_behind(number, one)
                fitting = [key for key in met if gender is None or self._fits(key, gender)] or met
                self.told_apart[number, one.start] = None if self._in_doubt(number, fitting) else fitting[0]
                one = replace(one, key=self.told_apart[number, one.start] or f"{UNNAMED}{number}:{one.head}")
            kept.append(one)
        self.named[number] = kept

    def _in_doubt(self, number: int, bearers: Sequence[str]) -> bool:
        """Whether the paragraph in which the first of some persons was meant last was about another of them as well."""
        last, *others = [self.sentences[self._since[key].sentence].sentence.block for key in bearers]
        return last != self.sentences[number].sentence.block and last in others

    def _prominence(self, key: str) -> tuple[int, int]:
        """Where somebody was meant last: as a subject counts a sentence more."""
        last = self._since[key]
        return max(self._subject_in.get(key, -9), last.sentence - LESS), last.start

    def _gender_behind(self, number: int, one: Reference) -> Gender | None:
        """The gender of the pronoun that begins what a name says as its subject: "Lind said that she".

        So does that of "Lind herself".
        """
        phrases = self.sentences[number]
        if one.end < len(phrases.small) and phrases.small[one.end] in ("himself", "herself"):
            return PRONOUNS[phrases.small[one.end]]
        said = (role for frame, _ in phrases.said_by(one.head) for role in frame.roles)
        for start, end in ((role.start, role.end) for role in said if role.label == "CONTENT"):
            if start >= one.end and not self.reader.quoted[number][start]:
                for word in range(start, min(end, start + 3)):
                    gender = PRONOUNS.get(phrases.forms[word].lower())
                    if gender is not None and phrases.tokens[word].deprel.startswith("nsubj"):
                        return gender
        return None

    def _note(self, number: int, word: int, gender: Gender, chances: Mapping[str, float]) -> None:
        self.last[gender] = (number, word, chances)
        for key, chance in chances.items():
            self._mass[key] = self._mass.get(key, 0.0) + chance
        best = max(chances, key=lambda key: chances[key], default=None)
        if best is None:
            return
        self.meant[number].append(Reference(best, number, word, word + 1, word, "pronoun", chances[best]))
        if chances[best] > SURE and (best not in self.signs or not self.signs[best].sure):
            self.signs[best] = Sign(gender)

    def _close(self, number: int) -> None:
        """Counts whom a sentence named, and keeps who spoke in it."""
        for one in self.named[number]:
            self._counts[one.key] = self._counts.get(one.key, 0) + 1
        for one in sorted((*self.named[number], *self.meant[number]), key=lambda one: one.start):
            self._since.pop(one.key, None)
            self._since[one.key] = one
            if role_of(self.sentences[number], one.head) == "subject":
                self._subject_in[one.key] = number
        for cue, key, _ in self._sayings(number):
            self.speakers.append(key)
            asks = self.sentences[number].tokens[cue].lemma.lower() in ASKING
            self._asker = (number, key) if asks else None

    def _sayings(self, number: int) -> Iterator[tuple[int, str, list[tuple[int, int]]]]:
        """The cue, the speaker and the contents of each attribution of a sentence whose speaker is known."""
        for frame in self.sentences[number].sentence.frames:
            if frame.kind != "attribution":
                continue
            for role in frame.roles:
                if role.label == "SOURCE":
                    key = self._at(number, role.start, role.end)
                    if key is not None:
                        yield frame.word, key, [(r.start, r.end) for r in frame.roles if r.label == "CONTENT"]

    def _at(self, number: int, start: int, end: int) -> str | None:
        """Who is named in a range, else who is meant by a pronoun that is all of it."""
        named = [one.key for one in self.named[number] if start <= one.head < end]
        meant = [one.key for one in self.meant[number] if one.start == start and end - start == 1]
        return next(iter([*named, *meant]), None)

    # ------------------------------------------------------------ candidates

    def candidates(self, number: int, word: int, gender: Gender) -> list[Candidate]:
        """Everyone whom a pronoun may mean, with all features."""
        before = self._before(number, word)
        by_key: dict[str, list[Reference]] = {}
        for one in before:
            by_key.setdefault(one.key, []).append(one)
        after = [one for one in self.named[number] if one.start > word]
        for one in after:
            by_key.setdefault(one.key, []).append(one)
        said = self._speech(number, word)
        ranks = self._ranks(before, gender)
        others = {self._answered(number, word), *self._spoken_of(number, word)}
        return [
            Candidate(key, self._features(key, found, number, word, gender, ranks.get(key, 0)) | said.get(key, {}))
            for key, found in by_key.items()
            if key not in others
        ]

    def _answered(self, number: int, word: int) -> str | None:
        """Who asked what a pronoun replies to, and so is not meant by it."""
        tokens = self.sentences[number].tokens
        replies = any(tokens[frame.word].lemma.lower() in REPLYING for frame in self.frames_of(number, word))
        near = self._asker is not None and number - self._asker[0] <= ANSWERED_WITHIN
        return self._asker[1] if replies and near and self._asker is not None else None

    def _spoken_of(self, number: int, word: int) -> set[str]:
        """Who is named between quotation marks in what a pronoun says: "Mr. Lind is a fine grower," he said.

        Without these it may be himself: "Lind would not object, he said."
        """
        said = [role for frame in self.frames_of(number, word) for role in frame.roles if role.label == "CONTENT"]
        quoted = [one for one in self.named[number] if self.reader.quoted[number][one.head]]
        return {one.key for one in quoted if any(role.start <= one.head < role.end for role in said)}

    def frames_of(self, number: int, word: int) -> list[Frame]:
        """The attributions whose source a pronoun is, not the owner of it."""
        phrases = self.sentences[number]
        return [frame for frame, own in phrases.said_by(word) if phrases.head_of(own.start, own.end) == word]

    def _before(self, number: int, word: int) -> list[Reference]:
        """All references to persons before a pronoun, in order."""
        found = []
        for at in range(max(0, number - FARTHEST), number + 1):
            found += sorted((*self.named[at], *self.meant[at]), key=lambda one: one.start)
        return [one for one in found if one.sentence < number or one.end <= word]

    def _fits(self, key: str, gender: Gender) -> bool:
        sign = self.signs.get(key)
        return sign is None or sign.gender == gender

    def _ranks(self, before: Sequence[Reference], gender: Gender) -> dict[str, int]:
        """The place of each fitting person among those referred to last, from 1."""
        order = dict.fromkeys(one.key for one in reversed(before) if self._fits(one.key, gender))
        return {key: at for at, key in enumerate(order, 1)}

    def _features(
        self, key: str, found: Sequence[Reference], number: int, word: int, gender: Gender, rank: int
    ) -> dict[str, float]:
        features: dict[str, float] = {}
        for one in found:
            for name in self.reader.features(one, number, word):
                features[name] = max(features.get(name, 0.0), one.chance)
        wanted = pronoun_role(self.sentences[number], word)
        if rank:
            last = [one for one in found if (one.sentence, one.end) <= (number, word)][-1]
            if word == 0:
                features[f"rank:{min(rank, 4)}:opening"] = 1.0
            features["distance"] = distance(self.sentences, last, number, word)
            features[f"rank:{min(rank, 4)}:{wanted}"] = 1.0
            block = self.sentences[last.sentence].sentence.block
            features["paragraph"] = float(block != self.sentences[number].sentence.block)
        features["often"] = min(log(1 + self._counts.get(key, 0)) / log(9), 1.0)
        features["overall"] = min(log(1 + self._overall.get(key, 0)) / log(9), 1.0)
        features["chained"] = min(self._mass.get(key, 0.0) / 4, 1.0)
        features["first"] = float(key == self._first)
        features["one_word"] = float(" " not in key)
        features["unnamed"] = float(key.startswith(UNNAMED))
        return features | self._gender(key, gender) | self._as_last(key, number, word, gender)

    def _gender(self, key: str, gender: Gender) -> dict[str, float]:
        sign = self.signs.get(key)
        if sign is None:
            return {"unknown": 1.0}
        if sign.gender != gender:
            return {OTHER_GENDER if sign.sure else "differs:bare": 1.0}
        return {"agrees:sure" if sign.sure else "agrees:bare": 1.0}

    def _as_last(self, key: str, number: int, word: int, gender: Gender) -> dict[str, float]:
        """How likely the last pronoun of the same gender means somebody."""
        if gender not in self.last:
            return {}
        at, place, chances = self.last[gender]
        if number - at > 2 or key not in chances:
            return {}
        roles = pronoun_role(self.sentences[at], place) + pronoun_role(self.sentences[number], word)
        near = ("here", "before", "two")[number - at]
        return {f"as_last:{near}": chances[key], f"as_last:{roles}": chances[key]}

    def _speech(self, number: int, word: int) -> dict[str, dict[str, float]]:
        """What it means to have spoken: of a quotation in which the pronoun stands, or last before it."""
        found: dict[str, dict[str, float]] = {}
        quoted = self.reader.quoted[number][word]
        speakers = [(key, cue) for cue, key, parts in self._sayings(number) if any(s <= word < e for s, e in parts)]
        if quoted and not speakers and self.speakers:
            speakers = [(self.speakers[-1], word)]
        for key, _ in speakers:
            found.setdefault(key, {})["speaks_it:" + ("quoted" if quoted else "told")] = 1.0
        if self.frames_of(number, word):
            for at, key in enumerate(dict.fromkeys(reversed(self.speakers[-4:]))):
                found.setdefault(key, {})[f"spoke:{min(at, 2)}"] = 1.0
        return found


def _pronouns_of(phrases: Phrases) -> list[tuple[int, Gender]]:
    """The pronouns of a sentence, by word, each with its gender."""
    if PRONOUNS.keys().isdisjoint(phrases.small):
        return []
    return [(word, PRONOUNS[form]) for word, form in enumerate(phrases.small) if form in PRONOUNS]


def persons_meant(
    sentences: Sequence[Phrases],
    names: Sequence[Sequence[Mention]],
    described: Described = nobody_described,
    called: Set[str] = frozenset(),
    shared: Mapping[Place, Sequence[str]] = NOTHING_SHARED,
    weights: Weights | None = None,
) -> tuple[dict[Place, Meant], dict[Place, str | None]]:
    """Whom each pronoun of an article most likely means, and each bare name that several bear.

    Left out are those that mean nobody, somebody unnamed, or somebody whom the text or the name makes of the other
    gender.
    """
    weights = weights or Weights.load()
    found = {}
    story = Story(sentences, names, described, called, shared)
    for place, candidates, chances in story.walk(weights):
        least = weights.least_of_source if story.frames_of(*place) else weights.least
        first, second = ([*sorted(zip(chances, candidates, strict=True), key=_chance), None, None])[:2]
        other = _meant(*second, least, without=first[0]) if first and second else None
        meant = _meant(*first, least) if first else None
        if meant is not None:
            found[place] = replace(meant, other=other)
    return found, story.told_apart


def _chance(one: tuple[float, Candidate]) -> float:
    """Sorts the likeliest first."""
    return -one[0]


def _meant(chance: float, candidate: Candidate, least: float, without: float = 0.0) -> Meant | None:
    """Whom a pronoun means, where it does not mean somebody who is so likely (`without`); None for nobody named."""
    if candidate.key.startswith(UNNAMED) or OTHER_GENDER in candidate.features:
        return None
    share = chance / (1 - without) if without < 1 else 0.0
    return Meant(candidate.key, share, share >= least)
