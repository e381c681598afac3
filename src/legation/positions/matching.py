"""Which issue and option a statement is about, told from words alone; the side it takes is the model's to tell.

    match(evidence, content, context) -> candidates, the likeliest first

Every term of an issue that stands in the evidence, the content or the context adds its weight times that of the place.
A term weighs more the more words it has, less the more issues speak of its words, and less inside a longer term of
another issue; a hint weighs a fraction of a word. An issue is named only where its terms weigh enough together, and
enough more than those of the next. Its options are then weighed by their own terms; where none stands, the default of
the issue is meant.
"""

from __future__ import annotations

import collections
import itertools
import math
import operator
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import Literal

from legation.positions.issues import Issue, Option
from legation.positions.terms import Found, Index, fold, index_of, words_of

Polarity = Literal["with", "against"]

# All weights were set on the training part of corpus/positions, none of whose issues are in the parts that measure.
IN_EVIDENCE, IN_CONTENT, IN_CONTEXT = 3.4, 2.7, 3.6
# Of a longer context each term counts less: by the square root of what its length is too much.
CONTEXT_WORDS = 80
# A term that stands in more than one place counts in the others only this much.
AGAIN = 0.4
HINT, HINT_OF_WORDS = 0.45, 0.32
TWO_WORDS, MORE_WORDS = 1.75, 2.05
SHARED = 0.18  # the power of the number of issues that speak of a term's rarest word
COVERED = 0.75  # inside a longer term of another issue
PATTERN = 2.0
# What the terms of its options in the evidence add to an issue.
OPTION_WORDS = 0.85
# What the terms of an issue must weigh by themselves.
LEAST = 2.0
LEAST_OF_BEST = 0.5
MOST_CANDIDATES = 3
# Among the terms of an option: a verb of any matter, the same where the option names it itself, a word that the default
# shares with the issue; and the default, with no word at all.
VERB = 0.25
OWN_VERB = 1.5
MATTER = 0.7
DEFAULT = 0.9
OPTION_PLACES = (2.4, 0.6, 0.7)
OPTION_AGAIN = 0.8
OPTION_TWO_WORDS, OPTION_MORE_WORDS = 1.25, 1.7
# A logistic regression of whether the best issue is right: constant, log of its score, shares of it of the next two.
SURENESS = (-0.08, 1.32, -2.43, -0.91)
LEAST_SURE = 0.5

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
    often an issue with such a lead was the right one.
    """

    issue: str
    option: str | None
    polarity: Polarity | None
    score: float
    confidence: float
    terms: tuple[str, ...]


Signs = tuple[tuple[int, float], ...]
"""What a term tells: the issues or options it is of, by number, each with its weight; without weight it takes away."""
Patterns = tuple[tuple[re.Pattern[str], int], ...]
Weights = dict[int, dict[str, float]]
"""The weight of each term that was found, by the number of its issue or option."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Terms and patterns, ready to be looked for. `covered` is what a term weighs inside a longer one of another."""

    index: Index[Signs]
    patterns: Patterns
    covered: float = 1.0

    def found(self, text: str, words: Sequence[str]) -> Weights:
        """The terms that stand in a text; of terms that overlap the longer, and none inside what is excluded."""
        weights: Weights = {}
        ends: dict[int, int] = {}
        found = sorted(self.index.find(words), key=_longer_first) if words else ()
        covers = _covers(found, len(words)) if self.covered < 1.0 else {}
        for term, start in found:
            end = start + len(term.slots)
            share = self.covered if covers and _inside(covers, start, end) else 1.0
            for number, weight in term.owner:
                if end > ends.get(number, 0):
                    ends[number] = end
                    if weight:
                        own = weights.setdefault(number, {})
                        own[term.text] = max(own.get(term.text, 0.0), weight * share)
        for pattern, number in self.patterns:
            if pattern.search(text):
                weights.setdefault(number, {})[pattern.pattern] = PATTERN
        return weights


def _longer_first(one: Found[Signs]) -> tuple[int, int, float]:
    """Sorts by start; of terms of one length what takes away goes first, then what weighs most."""
    term, start = one
    return start, -len(term.slots), -term.owner[0][1] if term.owner[0][1] else -math.inf


def _covers(found: Iterable[Found[Signs]], words: int) -> dict[int, int]:
    """For each word inside a term of several, how long the longest such term is."""
    covers: dict[int, int] = {}
    for term, start in found:
        length = len(term.slots)
        if length > 1:
            for at in range(start, min(start + length, words)):
                covers[at] = max(length, covers.get(at, 0))
    return covers


def _inside(covers: Mapping[int, int], start: int, end: int) -> bool:
    return all(covers.get(at, 0) > end - start for at in range(start, end))


@dataclass(frozen=True, slots=True)
class _Options:
    """The options of an issue, compiled."""

    names: tuple[str, ...]
    default: int | None
    compiled: _Compiled


class Matcher:
    """Issues compiled once; `match` may then be called for any number of statements.

    Where the best candidate's confidence is below `least_sure`, nothing is answered.
    """

    def __init__(self, issues: Mapping[str, Issue], least_sure: float = LEAST_SURE) -> None:
        self._least_sure = least_sure
        self._issues = tuple(issues.values())
        self._compiled = _compile_issues(self._issues)
        self._verbs = {verb for issue in self._issues for option in issue.options for verb in option.verbs}
        self._options: dict[int, _Options] = {}

    def match(self, evidence: str, content: str, context: str = "") -> tuple[Candidate, ...]:
        """The issues that a statement can be about, the likeliest first; none where too little names one.

        `evidence` shows the speaker's side, `content` is what he said, `context` what stands around it: the title, the
        sentences before it and the rest of its own.
        """
        texts = [evidence.lower(), content.lower(), context.lower()]
        words = [words_of(evidence), words_of(content), words_of(context)]
        found = [self._compiled.found(*pair) for pair in zip(texts, words, strict=True)]
        scores = _weighed(found, _places(len(words[2])), AGAIN)
        ranked = sorted(scores, key=lambda number: -scores[number])[:MOST_CANDIDATES]
        if not ranked or scores[ranked[0]] < LEAST:
            return ()
        least = max(LEAST, LEAST_OF_BEST * scores[ranked[0]])
        options = {n: self._options_of(n).compiled for n in ranked if scores[n] >= least}
        told = {number: [c.found(*p) for p in zip(texts, words, strict=True)] for number, c in options.items()}
        for number, own in told.items():
            scores[number] += OPTION_WORDS * sum(sum(terms.values()) for terms in own[0].values())
        good = [one for one in _good({number: scores[number] for number in ranked}) if one[0] in told]
        if not good or good[0][1] < self._least_sure:
            return ()
        return tuple(
            self._candidate(number, scores[number], sure, found, told[number], words[0]) for number, sure in good
        )

    def _options_of(self, number: int) -> _Options:
        """The options of an issue, compiled when it is first told: most texts tell few issues."""
        if number not in self._options:
            self._options[number] = _compile_options(self._issues[number], self._verbs)
        return self._options[number]

    def _candidate(
        self,
        number: int,
        score: float,
        sure: float,
        found: Sequence[Weights],
        told: Sequence[Weights],
        evidence: Sequence[str],
    ) -> Candidate:
        options = self._options_of(number)
        weights = dict.fromkeys(range(len(options.names)), 0.0) | _weighed(told, OPTION_PLACES, OPTION_AGAIN)
        if options.default is not None:
            weights[options.default] += DEFAULT
        best = max(weights, key=lambda option: weights[option])
        issue_terms = [term for part in found for term in part.get(number, ())]
        option_terms = [term for part in told for term in part.get(best, ())]
        return Candidate(
            self._issues[number].id,
            options.names[best] if weights[best] > 0 else None,
            _polarity(options.compiled.index, best, evidence),
            round(score, 3),
            round(sure, 3),
            tuple(dict.fromkeys((*issue_terms, *option_terms))),
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


def _good(scores: Mapping[int, float]) -> list[tuple[int, float]]:
    """The issues that weigh enough beside the best, the best first, each with its confidence."""
    ranked = sorted(scores, key=lambda number: -scores[number])
    good = [number for number in ranked if scores[number] >= LEAST_OF_BEST * scores[ranked[0]]]
    return [(number, _confidence(scores[number], [scores[o] for o in ranked if o != number])) for number in good]


def _confidence(score: float, others: Sequence[float]) -> float:
    constant, of_score, *of_others = SURENESS
    shares = (other / score for other in sorted(others, reverse=True))
    value = constant + of_score * math.log(score) + sum(map(operator.mul, of_others, shares))
    return 1 / (1 + math.exp(-value))


def _polarity(index: Index[Signs], option: int, evidence: Sequence[str]) -> Polarity | None:
    """Whether a word of refusing stands before the first term of the option."""
    starts = [start for term, start in index.find(evidence) if any(number == option for number, _ in term.owner)]
    if not starts:
        return None
    return "against" if any(word.lower() in _AGAINST for word in evidence[: min(starts)]) else "with"


# ---------------------------------------------------------------- compiling


def _compile_issues(issues: Sequence[Issue]) -> _Compiled:
    spread = collections.Counter(word for issue in issues for word in {*_words_of_issue(issue)})
    signs: dict[str, dict[int, float]] = {}
    for number, issue in enumerate(issues):
        for term in issue.hints:
            signs.setdefault(term, {})[number] = _weight_of_hint(term, spread)
        for term in issue.words:
            signs.setdefault(term, {})[number] = _weight(term, spread)
        for term in issue.excluded:
            signs.setdefault(term, {})[number] = 0.0
    return _Compiled(_index(signs), _patterns((n, issue.patterns) for n, issue in enumerate(issues)), COVERED)


def _words_of_issue(issue: Issue) -> Iterator[str]:
    options = (term for option in issue.options for term in (*option.words, *option.excluded))
    for term in (*issue.words, *issue.hints, *issue.excluded, *options):
        yield from map(fold, words_of(term))


def _weight(term: str, spread: Mapping[str, int]) -> float:
    """A term of more words is surer, and one of whose words fewer issues speak."""
    words = words_of(term)
    longer = 1.0 if len(words) == 1 else TWO_WORDS if len(words) == 2 else MORE_WORDS
    return longer * math.pow(min(spread[fold(word)] for word in words), -SHARED)


def _weight_of_hint(term: str, spread: Mapping[str, int]) -> float:
    return _weight(term, spread) * (HINT if len(words_of(term)) == 1 else HINT_OF_WORDS)


def _compile_options(issue: Issue, verbs: Set[str]) -> _Options:
    signs: dict[str, dict[int, float]] = {}
    matter = {*map(fold, itertools.chain.from_iterable(map(words_of, issue.words)))}
    for number, option in enumerate(issue.options):
        for term, weight in _terms_of_option(option, matter if option.id == issue.default else frozenset(), verbs):
            signs.setdefault(term, {})[number] = weight
    names = tuple(option.id for option in issue.options)
    return _Options(
        names,
        names.index(issue.default) if issue.default else None,
        _Compiled(_index(signs), _patterns((n, option.patterns) for n, option in enumerate(issue.options))),
    )


def _terms_of_option(option: Option, matter: Set[str], verbs: Set[str]) -> Iterator[tuple[str, float]]:
    for term in option.verbs:
        yield term, VERB * _weight_of_option(term)
    for term in option.words:
        share = MATTER if fold(term) in matter else 1.0
        yield term, _weight_of_option(term) * share * (OWN_VERB if term in verbs else 1.0)
    for term in option.excluded:
        yield term, 0.0


@cache
def _weight_of_option(term: str) -> float:
    words = len(words_of(term))
    return 1.0 if words == 1 else OPTION_TWO_WORDS if words == 2 else OPTION_MORE_WORDS


def _index(signs: Mapping[str, Mapping[int, float]]) -> Index[Signs]:
    """An index of terms whose signs stand in the order in which `_longer_first` takes them."""
    return index_of((term, tuple(sorted(own.items(), key=_first_sign))) for term, own in signs.items())


def _first_sign(sign: tuple[int, float]) -> float:
    return -sign[1] if sign[1] else -math.inf


def _patterns(lists: Iterable[tuple[int, Iterable[str]]]) -> Patterns:
    return tuple((re.compile(text), number) for number, texts in lists for text in texts)
