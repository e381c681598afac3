"""Which issue and option a statement is about, told from words alone; the side it takes is the model's to tell.

    match(evidence, content, context) -> candidates, the likeliest first

Every term of an issue that stands in the evidence, the content or the context adds its weight times that of the place.
A term weighs more the more words it has, less the more issues speak of its words, and less inside a longer term of
another issue; a hint weighs a fraction of a word. An issue is named only where its terms weigh enough together, and
enough more than those of the next. Its options are then weighed by their own terms; where none stands, the default of
the issue is meant.
"""

from __future__ import annotations

import math
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from legation.positions.library import Library, Pattern, Signs
from legation.positions.terms import Found, Index, singular, words_of

Polarity = Literal["with", "against"]

# All weights were set on the training part of corpus/positions, none of whose issues are in the parts that measure;
# those of terms stand in `library`.
IN_EVIDENCE, IN_CONTENT, IN_CONTEXT = 2.5, 1.25, 3.0
# Of a longer context each term counts less: by the square root of what its length is too much.
CONTEXT_WORDS = 80
# A term that stands in more than one place counts in the others only this much.
AGAIN = 0.25
COVERED = 0.6  # inside a longer term of another issue
PATTERN = 4.0
# Single words of an issue's terms: those of the evidence, of the content, of the context.
SINGLE = (0.9, 0.75, 0.55)
EXPECTED = 2.0
# What the terms of its options in the evidence add to an issue.
OPTION_WORDS = 0.85
# What the terms of an issue must weigh by themselves.
LEAST = 1.0
LEAST_OF_BEST = 0.5
MOST_CANDIDATES = 3
# The default, with no word at all; and what an option must weigh more than the next one to be told.
DEFAULT = 0.9
LEAST_LEAD = 0.1
OPTION_PLACES = (2.4, 0.6, 0.7)
OPTION_AGAIN = 0.4
# A logistic regression of whether the best issue is right: constant, log of its score, shares of it of the next two,
# log of the words of the context. To every ten positions came three whose issue had been taken out of the library, so
# that whatever is told is wrong.
SURENESS = (-0.79, 2.06, -1.93, -1.83, -0.47)
FEWEST_WORDS = 20  # of a context, for its length
LEAST_SURE = 0.37

_AGAINST = frozenset(
    """
    not no never nor nobody none neither t cannot without against refuse refuses refused refusing refusal reject rejects
    rejected rejecting oppose opposes opposed opposing decline declines declined unacceptable unwilling hardly deny
    denies
    """.split()
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An issue, and the option of it that is spoken of, where one is named; `terms` are what named them.

    `polarity` says whether the words of the evidence go with the option or stand against it ("must not be lifted",
    "refuses to lift"): a hint, None where the evidence does not name the option. `confidence`, from 0 to 1, is how
    often an issue with such a lead was the right one. `lead` is what the option weighs more than the next one, 0 where
    none is named.
    """

    issue: str
    option: str | None
    polarity: Polarity | None
    score: float
    confidence: float
    terms: tuple[str, ...]
    lead: float = 0.0


_Sign = tuple[Found[Signs], int, float]
"""A term in a text, the issue or option it is of, and what it weighs for that."""
Weights = dict[int, dict[str, float]]
"""The weight of each term that was found, by the number of its issue or option."""


@dataclass(frozen=True, slots=True)
class _Text:
    """One of the texts of a statement, and the terms that stand in it: sorted by start, of one start the longest first.

    `covers` says for each word inside a term of several words of an issue how long the longest such term is.
    """

    text: str
    words: Sequence[str]
    found: Sequence[Found[Signs]]
    covers: Mapping[int, int]

    def of_issues(self, patterns: Iterable[Pattern]) -> Weights:
        """What stands for each issue; a term inside a longer one of another weighs less."""
        weights = _taken(self._signs_of_issues())
        self._add_patterns(weights, ((pattern, issue) for pattern, issue, option in patterns if option < 0))
        return weights

    def of_options(self, issue: int, patterns: Iterable[Pattern]) -> Weights:
        """What stands for each option of an issue."""
        weights = _taken((one, *sign) for one in self.found for sign in one.term.owner.options.get(issue, ()))
        self._add_patterns(weights, ((pattern, o) for pattern, i, o in patterns if i == issue and o >= 0))
        return weights

    def excluded(self) -> Iterator[tuple[int, str]]:
        """The issues for which words do not count here, each with such a word."""
        for term, start in self.found:
            for number, weight in term.owner.issues:
                if not weight:
                    yield from ((number, singular(word)) for word in self.words[start : start + len(term.slots)])

    def _signs_of_issues(self) -> Iterator[_Sign]:
        for one in self.found:
            share = COVERED if self._inside(one.start, len(one.term.slots)) else 1.0
            for number, weight in one.term.owner.issues:
                yield one, number, weight * share

    def _inside(self, start: int, length: int) -> bool:
        return bool(self.covers) and all(self.covers.get(at, 0) > length for at in range(start, start + length))

    def _add_patterns(self, weights: Weights, patterns: Iterable[tuple[re.Pattern[str], int]]) -> None:
        for pattern, number in patterns:
            if pattern.search(self.text):
                weights.setdefault(number, {})[pattern.pattern] = PATTERN


def _read(text: str, index: Index[Signs]) -> _Text:
    words = words_of(text)
    found = sorted(index.find(words), key=_longer_first) if words else []
    return _Text(text.lower(), words, found, _covers(found))


def _longer_first(one: Found[Signs]) -> tuple[int, int, str]:
    return one.start, -len(one.term.slots), one.term.text


def _covers(found: Iterable[Found[Signs]]) -> dict[int, int]:
    covers: dict[int, int] = {}
    for term, start in found:
        length = len(term.slots)
        if length > 1 and term.owner.issues:
            for at in range(start, start + length):
                covers[at] = max(length, covers.get(at, 0))
    return covers


def _taken(signs: Iterable[_Sign]) -> Weights:
    """Of the terms of a number that overlap the first and longest; of those in one place the heaviest, and none where
    one of them takes away."""
    taken: dict[int, list[tuple[int, int, float, str]]] = {}
    for (term, start), number, weight in signs:
        end = start + len(term.slots)
        own = taken.setdefault(number, [])
        if own and end <= own[-1][1]:
            first, last, before, _ = own[-1]
            if (start, end) != (first, last) or not before or 0.0 < weight <= before:
                continue
            own.pop()
        own.append((start, end, weight, term.text))
    return {number: _heaviest(own) for number, own in taken.items() if any(weight for _, _, weight, _ in own)}


def _heaviest(taken: Iterable[tuple[int, int, float, str]]) -> dict[str, float]:
    weights: dict[str, float] = {}
    for _, _, weight, text in taken:
        if weight:
            weights[text] = max(weight, weights.get(text, 0.0))
    return weights


class Matcher:
    """Tells the issues of a library; `match` may be called for any number of statements.

    Where the best candidate's confidence is below `least_sure`, nothing is answered.
    """

    def __init__(self, library: Library, least_sure: float = LEAST_SURE) -> None:
        self._library, self._least_sure = library, least_sure

    def match(self, evidence: str, content: str, context: str = "") -> tuple[Candidate, ...]:
        """The issues that a statement can be about, the likeliest first; none where too little names one.

        `evidence` shows the speaker's side, `content` is what he said, `context` what stands around it: the title, the
        sentences before it and the rest of its own.
        """
        texts = [_read(text, self._library.index) for text in (evidence, content, context)]
        found = [text.of_issues(self._library.patterns) for text in texts]
        terms = _weighed(found, _places(len(texts[2].words)), AGAIN)
        scores = {number: weight + terms.get(number, 0.0) for number, weight in enumerate(self._singles(texts))}
        ranked = sorted(scores, key=lambda number: (-scores[number], number))[:MOST_CANDIDATES]
        if not ranked or scores[ranked[0]] < LEAST:
            return ()
        least = max(LEAST, LEAST_OF_BEST * scores[ranked[0]])
        told = {n: [t.of_options(n, self._library.patterns) for t in texts] for n in ranked if scores[n] >= least}
        for number, own in told.items():
            scores[number] += OPTION_WORDS * sum(sum(terms.values()) for terms in own[0].values())
        good = [
            one for one in _good({number: scores[number] for number in ranked}, len(texts[2].words)) if one[0] in told
        ]
        if not good or good[0][1] < self._least_sure:
            return ()
        return tuple(
            self._candidate(number, scores[number], sure, found, told[number], texts[0]) for number, sure in good
        )

    def _singles(self, texts: Sequence[_Text]) -> list[float]:
        """What the words of the texts weigh one by one for each issue, less what those of any text would."""
        places: dict[str, float] = {}
        for text, place in zip(texts, SINGLE, strict=True):
            for word in map(singular, text.words):
                places.setdefault(word, place)
        issues, expected = self._library.issues, EXPECTED * sum(places.values())
        scores = [-expected * issue.expected for issue in issues]
        for word, place in places.items():
            for number, weight in self._library.singles(word):
                scores[number] += place * weight
        for number, word in {pair for text in texts for pair in text.excluded()}:
            scores[number] -= places[word] * dict(self._library.singles(word)).get(number, 0.0)
        return scores

    def _candidate(
        self, number: int, score: float, sure: float, found: Sequence[Weights], told: Sequence[Weights], evidence: _Text
    ) -> Candidate:
        issue = self._library.issues[number]
        weights = dict.fromkeys(range(len(issue.options)), 0.0) | _weighed(told, OPTION_PLACES, OPTION_AGAIN)
        if issue.default is not None:
            weights[issue.default] += DEFAULT
        best, *others = sorted(weights, key=lambda option: (-weights[option], option))
        lead = weights[best] - max((weights[option] for option in others), default=0.0)
        issue_terms = [term for part in found for term in part.get(number, ())]
        option_terms = [term for part in told for term in part.get(best, ())]
        told_option = weights[best] > 0.0 and lead >= LEAST_LEAD
        return Candidate(
            issue.id,
            issue.options[best] if told_option else None,
            _polarity(number, best, evidence),
            round(score, 3),
            round(sure, 3),
            tuple(dict.fromkeys((*issue_terms, *option_terms))),
            round(lead, 3) if told_option else 0.0,
        )


def _places(context: int) -> tuple[float, float, float]:
    """The weights of evidence, content and a context of so many words."""
    return IN_EVIDENCE, IN_CONTENT, IN_CONTEXT * min(1.0, CONTEXT_WORDS / max(1, context)) ** 0.5


def _weighed(found: Sequence[Weights], places: Sequence[float], again: float) -> dict[int, float]:
    """What the terms of each issue or option weigh together: in the first place in full, in others a part."""
    scores: dict[int, float] = {}
    seen: set[tuple[int, str]] = set()
    for part, place in zip(found, places, strict=True):
        for number, terms in part.items():
            score = scores.get(number, 0.0)
            for term, weight in terms.items():
                one = number, term
                score += weight * place * (again if one in seen else 1.0)
                seen.add(one)
            scores[number] = score
    return scores


def _good(scores: Mapping[int, float], words: int) -> list[tuple[int, float]]:
    """The issues that weigh enough beside the best, the best first, each with its confidence; `words` has the
    context."""
    ranked = sorted(scores, key=lambda number: (-scores[number], number))
    good = [number for number in ranked if scores[number] >= LEAST_OF_BEST * scores[ranked[0]]]
    return [(number, _confidence(scores[number], [scores[o] for o in ranked if o != number], words)) for number in good]


def _confidence(score: float, others: Sequence[float], words: int) -> float:
    constant, of_score, *of_others, of_length = SURENESS
    shares = (max(0.0, other) / score for other in sorted(others, reverse=True))
    length = math.log(max(FEWEST_WORDS, words))
    value = constant + of_score * math.log(score) + sum(map(operator.mul, of_others, shares)) + of_length * length
    return 1 / (1 + math.exp(-value))


def _polarity(issue: int, option: int, evidence: _Text) -> Polarity | None:
    """Whether a word of refusing stands before the first term of the option."""
    for term, start in evidence.found:
        if any(number == option for number, _ in term.owner.options.get(issue, ())):
            return "against" if any(word.lower() in _AGAINST for word in evidence.words[:start]) else "with"
    return None
