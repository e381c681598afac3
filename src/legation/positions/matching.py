"""Which issue and option a statement is about, told from words alone; the side it takes is the model's to tell.

    match(evidence, content, context) -> candidates, the likeliest first

Every term of an issue that stands in the evidence, the content or the context adds its weight times that of the place.
A term weighs more the more words it has, and less the more issues share it; a hint weighs a fraction of a word. An
issue is named only where its terms weigh enough together, and enough more than those of the next. Its options are then
weighed by their own terms; where none stands, the default of the issue is meant.
"""

from __future__ import annotations

import collections
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from legation.positions.issues import Issue
from legation.positions.terms import Found, Index, index_of, words_of

Polarity = Literal["with", "against"]

# All weights were set on the training part of corpus/positions, none of whose issues are in the parts that measure.
IN_EVIDENCE, IN_CONTENT, IN_CONTEXT = 2.0, 1.75, 1.5
# Of a longer context each term counts less: by the square root of what its length is too much.
CONTEXT_WORDS = 40
# A term that stands in more than one place counts in the others only this much.
AGAIN = 0.25
HINT = 0.5
LONGER = 0.5  # for each word after a term's first
SHARED = 0.4  # the power of the number of issues that have the term
PATTERN = 2.0
# What the terms of its options in the evidence add to an issue.
OPTION_WORDS = 0.3
LEAST = 1.2
LEAST_OF_BEST = 0.5
MOST_CANDIDATES = 3
# Among the terms of an option: a verb of any matter, a term that names the issue as well, the default.
VERB = 0.25
MATTER = 0.7
DEFAULT = 1.0
OPTION_PLACES = (3.0, 0.5, 0.2)
# A logistic regression of whether the best issue is right: constant, log of its score, and the next one's share of it.
SURENESS = (-1.0, 2.02, -1.33)
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


@dataclass(frozen=True, slots=True)
class _Sign:
    """What a term tells: of which issue or option, by its number, with what weight; one without weight takes away."""

    number: int
    weight: float


Patterns = tuple[tuple[re.Pattern[str], _Sign], ...]
Weights = dict[int, dict[str, float]]
"""The weight of each term that was found, by the number of its issue or option."""


@dataclass(frozen=True, slots=True)
class _Compiled:
    """Terms and patterns, ready to be looked for."""

    index: Index[_Sign]
    patterns: Patterns

    def found(self, text: str, words: Sequence[str]) -> Weights:
        """The terms that stand in a text; of terms that overlap the longer, and none inside what is excluded."""
        weights: Weights = {}
        for number, found in _by_number(self.index.find(words)).items():
            own = weights.setdefault(number, {})
            for one in _apart(found):
                if one.term.owner.weight:
                    own[one.term.text] = one.term.owner.weight
        for pattern, sign in self.patterns:
            if pattern.search(text):
                weights.setdefault(sign.number, {})[pattern.pattern] = sign.weight
        return weights


def _by_number(found: Iterable[Found[_Sign]]) -> dict[int, list[Found[_Sign]]]:
    numbers: dict[int, list[Found[_Sign]]] = collections.defaultdict(list)
    for one in found:
        numbers[one.term.owner.number].append(one)
    return numbers


def _apart(found: list[Found[_Sign]]) -> Iterator[Found[_Sign]]:
    """Those that are not inside a longer one; what takes away counts as longer than anything of its length."""
    if len(found) == 1:
        yield found[0]
        return
    end = 0
    for one in sorted(found, key=lambda f: (f.start, -len(f.term.slots), f.term.owner.weight)):
        if one.start + len(one.term.slots) > end:
            end = one.start + len(one.term.slots)
            yield one


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
        self._options = tuple(map(_compile_options, self._issues))

    def match(self, evidence: str, content: str, context: str = "") -> tuple[Candidate, ...]:
        """The issues that a statement can be about, the likeliest first; none where too little names one.

        `evidence` shows the speaker's side, `content` is what he said, `context` what stands around it: the title, the
        sentences before it and the rest of its own.
        """
        texts = [evidence.lower(), content.lower(), context.lower()]
        words = [words_of(evidence), words_of(content), words_of(context)]
        found = [self._compiled.found(*pair) for pair in zip(texts, words, strict=True)]
        scores = _scores(found, IN_CONTEXT * min(1.0, CONTEXT_WORDS / max(1, len(words[2]))) ** 0.5)
        ranked = sorted(scores, key=lambda number: -scores[number])[:MOST_CANDIDATES]
        options = {number: self._options[number].compiled for number in ranked}
        told = {number: [c.found(*p) for p in zip(texts, words, strict=True)] for number, c in options.items()}
        for number in ranked:
            scores[number] += OPTION_WORDS * sum(sum(own.values()) for own in told[number][0].values())
        good = _good({number: scores[number] for number in ranked})
        if not good or good[0][1] < self._least_sure:
            return ()
        return tuple(
            self._candidate(number, scores[number], sure, found, told[number], words[0]) for number, sure in good
        )

    def _candidate(
        self,
        number: int,
        score: float,
        sure: float,
        found: Sequence[Weights],
        told: Sequence[Weights],
        evidence: Sequence[str],
    ) -> Candidate:
        options = self._options[number]
        weights = dict.fromkeys(range(len(options.names)), 0.0)
        if options.default is not None:
            weights[options.default] += DEFAULT
        for part, place in zip(told, OPTION_PLACES, strict=True):
            for option, terms in part.items():
                weights[option] += place * sum(terms.values())
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


def _scores(found: Sequence[Weights], in_context: float) -> dict[int, float]:
    """What the terms of each issue weigh together: in the best place in full, in others a part."""
    scores: dict[int, float] = collections.defaultdict(float)
    seen: set[tuple[int, str]] = set()
    for part, place in zip(found, (IN_EVIDENCE, IN_CONTENT, in_context), strict=True):
        for number, terms in part.items():
            for term, weight in terms.items():
                first = (number, term) not in seen
                seen.add((number, term))
                scores[number] += weight * place * (1.0 if first else AGAIN)
    return scores


def _good(scores: Mapping[int, float]) -> list[tuple[int, float]]:
    """The issues that weigh enough, the best first, each with its confidence."""
    ranked = sorted(scores, key=lambda number: -scores[number])
    if not ranked:
        return []
    least = max(LEAST, LEAST_OF_BEST * scores[ranked[0]])
    good = [number for number in ranked if scores[number] >= least]
    return [(number, _confidence(scores[number], [scores[o] for o in good if o != number])) for number in good]


def _confidence(score: float, others: Sequence[float]) -> float:
    constant, of_score, of_next = SURENESS
    value = constant + of_score * math.log(score) + of_next * max(others, default=0.0) / score
    return 1 / (1 + math.exp(-value))


def _polarity(index: Index[_Sign], option: int, evidence: Sequence[str]) -> Polarity | None:
    """Whether a word of refusing stands before the first term of the option."""
    starts = [one.start for one in index.find(evidence) if one.term.owner.number == option]
    if not starts:
        return None
    return "against" if any(word.lower() in _AGAINST for word in evidence[: min(starts)]) else "with"


# ---------------------------------------------------------------- compiling


def _compile_issues(issues: Sequence[Issue]) -> _Compiled:
    shared = collections.Counter(term for issue in issues for term in {*issue.words, *issue.hints})
    pairs = []
    for number, issue in enumerate(issues):
        for term in issue.words:
            pairs.append((term, _Sign(number, _weight(term) * shared[term] ** -SHARED)))
        for term in issue.hints:
            pairs.append((term, _Sign(number, HINT * _weight(term) * shared[term] ** -SHARED)))
        pairs += [(term, _Sign(number, 0.0)) for term in issue.excluded]
    return _Compiled(index_of(pairs), _patterns((n, issue.patterns) for n, issue in enumerate(issues)))


def _compile_options(issue: Issue) -> _Options:
    pairs = []
    matter = {*issue.words, *issue.hints}
    for number, option in enumerate(issue.options):
        pairs += [(t, _Sign(number, _weight(t) * (MATTER if t in matter else 1.0))) for t in option.words]
        pairs += [(term, _Sign(number, VERB * _weight(term))) for term in option.verbs if term not in option.words]
        pairs += [(term, _Sign(number, 0.0)) for term in option.excluded]
    names = tuple(option.id for option in issue.options)
    return _Options(
        names,
        names.index(issue.default) if issue.default else None,
        _Compiled(index_of(pairs), _patterns((n, option.patterns) for n, option in enumerate(issue.options))),
    )


def _weight(term: str) -> float:
    """A term of more words is surer."""
    return 1.0 + LONGER * (len(words_of(term)) - 1)


def _patterns(lists: Iterable[tuple[int, Iterable[str]]]) -> Patterns:
    return tuple((re.compile(text), _Sign(number, PATTERN)) for number, texts in lists for text in texts)
