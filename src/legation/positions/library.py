"""The terms of all issues, each with what it tells: packed into lines, and found in text from them.

`pack` makes the lines of any issues. Those of the shipped ones lie in `legation/data/issues.index` (`make tables`), so
that nothing is compiled before the first position; a user's own issues are packed when they are read and looked for
beside them. Lines are sorted and begin with a key:

    !003 sanctions impose,keep,relieve 0 41  an issue: its options, which is the default, what is expected of its words
    @003 ["..."]  @003.1 ["..."]             patterns of an issue, of an option
    =lift entry entry ...                    the terms whose first word is "lift", with their marks: "lift off|3.2o,7h"
    =denucl* entry ...                       those that begin with such letters
    -lifted lift                             what a form may be a form of
    +lift 3:41 7:120                         the issues that have it in a term, and what the word by itself weighs there
"""

from __future__ import annotations

import collections
import itertools
import json
import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from legation.positions.issues import Issue, load_issues, user_file
from legation.positions.terms import Index, Term, fold, singular, starts_of, term_of, words_of
from legation.shipped import read_table, table_lines

FILE = "issues.index"

# All weights were set on the training part of corpus/positions, none of whose issues are in the parts that measure.
HINT = 0.4
MORE_WORDS = 1.15
# Among the terms of an option: a verb of any matter, the same where the option names it itself, and a word that the
# default shares with the issue.
VERB = 0.1
OWN_VERB = 2.0
MATTER = 0.6
OPTION_TWO_WORDS, OPTION_MORE_WORDS = 1.25, 1.7
# A word of a term by itself: the share of an issue's texts in which it is thought to stand for each term that has it,
# to the most that are counted; the share of all texts that is added to that of the table; and how long those are.
OFTEN, MOST_TERMS, RAREST, LENGTH = 0.02, 16, 1.35e-4, 39.4
_OF_KIND = {"w": 1.0, "h": HINT, "x": 0.0, "o": 1.0, "v": VERB, "b": OWN_VERB, "m": MATTER, "n": MATTER * OWN_VERB}

Mark = tuple[int, int, str]
"""A term is of this issue, of this option of it (-1: of the matter itself), in this way: w word, h hint, x excluded; of
options o word, v verb of a course, b both, m and n the same where the word is one of the matter as well."""
Entry = tuple[str, tuple[Mark, ...]]
Weighed = tuple[tuple[int, float], ...]
"""Numbers of issues or options, each with what a term weighs for it; without weight it takes away."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What a term tells: the issues it is of, and by issue the options."""

    issues: Weighed
    options: Mapping[int, Weighed]


@dataclass(frozen=True, slots=True)
class Named:
    """An issue as answers name it; `expected` is what its single words weigh in a text about anything, for each word
    of that."""

    id: str
    options: tuple[str, ...]
    default: int | None
    expected: float


_MOST_KEPT = 1 << 15
Pattern = tuple[re.Pattern[str], int, int]
"""A pattern of an issue, of this option of it or -1."""


class Library:
    """Issues by number, and the index of their terms, from lines that `pack` made.

    Of `shipped` the issues in `own` are left out: these lines tell them anew.
    """

    def __init__(self, shipped: Lines, own: Lines | None = None) -> None:
        self._shipped, self._own = shipped, own
        replaced = {*own.issues} if own else set()
        named = shipped.issues | (own.issues if own else {})
        self.issues = tuple(named[number] for number in sorted(named))
        kept = (one for one in shipped.patterns if one[1] not in replaced)
        self.patterns: tuple[Pattern, ...] = (*kept, *(own.patterns if own else ()))
        self._replaced = frozenset(replaced)
        self.index: Index[Signs] = Index(self._terms)
        self._terms_of: dict[str, tuple[Term[Signs], ...]] = {}
        self._singles: dict[str, Weighed] = {}

    def singles(self, word: str) -> Weighed:
        """The issues that have a word in one of their terms, by its singular, each with what it weighs by itself."""
        known = self._singles.get(word)
        if known is None:
            if len(self._singles) >= _MOST_KEPT:
                self._singles.clear()
            own = self._own.singles(word) if self._own else ()
            kept = (one for one in self._shipped.singles(word) if one[0] not in self._replaced)
            known = self._singles[word] = (*kept, *own)
        return known

    def _terms(self, start: str) -> Iterator[Term[Signs]]:
        firsts = dict.fromkeys(self._shipped.firsts(start))
        if self._own:
            firsts |= dict.fromkeys(self._own.firsts(start))
        for first in firsts:
            known = self._terms_of.get(first) or tuple(self._compiled(first))
            if known:  # Of words that begin no term there is no end in an archive.
                self._terms_of[first] = known
            yield from known

    def _compiled(self, first: str) -> Iterator[Term[Signs]]:
        """The terms that are written with this word first, for all forms that it has."""
        for text, marks in self._shipped.entries(first):
            kept = tuple(mark for mark in marks if mark[0] not in self._replaced) if self._replaced else marks
            if kept:
                yield term_of(text, _signs(text, kept))
        for text, marks in self._own.entries(first) if self._own else ():
            yield term_of(text, _signs(text, marks))


def _signs(text: str, marks: Iterable[Mark]) -> Signs:
    words = len(words_of(text))
    issues: list[tuple[int, float]] = []
    options: dict[int, Weighed] = {}
    for issue, option, kind in marks:
        if option < 0:
            issues.append((issue, _OF_KIND[kind] * (MORE_WORDS if words > 1 else 1.0)))
        else:
            longer = 1.0 if words == 1 else OPTION_TWO_WORDS if words == 2 else OPTION_MORE_WORDS
            options[issue] = (*options.get(issue, ()), (option, _OF_KIND[kind] * longer))
    return Signs(tuple(issues), options)


class Lines:
    """Packed lines, looked up by key."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def issues(self) -> dict[int, Named]:
        """The issues by number."""
        rows = (line[1:].split("\t") for line in self._beginning("!"))
        return {
            int(number): Named(id, tuple(options.split(",")), int(default) if default else None, _weight(expected))
            for number, id, options, default, expected in rows
        }

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns of all."""
        return tuple(self._patterns())

    def firsts(self, start: str) -> Sequence[str]:
        """The first words of terms that a form may be a form of; letters with a star behind themselves, if terms begin
        so."""
        if start.endswith("*"):
            return (start,) if start in self._starred else ()
        return (start, *self._cells("-" + start))

    def entries(self, first: str) -> Iterator[Entry]:
        """The terms with this first word, or which begin with the letters before a star."""
        for cell in self._cells("=" + first):
            text, _, marks = cell.partition("|")
            yield text, tuple(map(_mark, marks.split(",")))

    @cached_property
    def _starred(self) -> frozenset[str]:
        keys = (line[1:].partition("\t")[0] for line in self._beginning("="))
        return frozenset(key for key in keys if key.endswith("*"))

    def singles(self, word: str) -> Weighed:
        """The issues that have a word, by its singular, in a term, each with what it weighs by itself."""
        pairs = (cell.split(":") for cell in self._cells("+" + word))
        return tuple((int(issue), _weight(weight)) for issue, weight in pairs)

    def _cells(self, key: str) -> list[str]:
        at = bisect_left(self._lines, key + "\t")
        found = at < len(self._lines) and self._lines[at].startswith(key + "\t")
        return self._lines[at].split("\t")[1:] if found else []

    def _beginning(self, sign: str) -> Iterator[str]:
        at = bisect_left(self._lines, sign)
        return itertools.takewhile(lambda line: line.startswith(sign), itertools.islice(self._lines, at, None))

    def _patterns(self) -> Iterator[Pattern]:
        for line in self._beginning("@"):
            of, _, texts = line[1:].partition("\t")
            issue, _, option = of.partition(".")
            for text in json.loads(texts):
                yield re.compile(text), int(issue), int(option or -1)


def _weight(cell: str) -> float:
    return int(cell) / 100


def _mark(cell: str) -> Mark:
    issue, _, option = cell[:-1].partition(".")
    return int(issue), int(option or -1), cell[-1]


# ---------------------------------------------------------------- libraries


def library_of(issues: Mapping[str, Issue]) -> Library:
    """The library of issues, compiled from nothing."""
    return Library(Lines(pack(issues.values())))


@cache
def shipped_library() -> Library:
    """The library of the shipped issues, packed."""
    return Library(_shipped_lines())


def known_library() -> Library:
    """The same with the user's own issues. Raises IssuesError for faults in his file."""
    file = user_file()
    return library_with(load_issues(file)) if file.is_file() else shipped_library()


def library_with(issues: Mapping[str, Issue]) -> Library:
    """The library of issues that `load_issues` gave: the shipped ones packed, all others compiled."""
    shipped = load_issues()
    numbered = dict(enumerate(issues.values()))
    own = {number: issue for number, issue in numbered.items() if shipped.get(issue.id) is not issue}
    return Library(_shipped_lines(), Lines(_packed(own, _verbs(issues.values()))))


@cache
def _shipped_lines() -> Lines:
    return Lines(table_lines(FILE))


# ---------------------------------------------------------------- packing


def pack(issues: Iterable[Issue]) -> list[str]:
    """The lines of issues, which get their numbers in the order in which they stand."""
    numbered = dict(enumerate(issues))
    return _packed(numbered, _verbs(numbered.values()))


def _packed(issues: Mapping[int, Issue], verbs: Set[str]) -> list[str]:
    marks: dict[str, list[Mark]] = {}
    for number, issue in issues.items():
        for text, option, kind in _kinds(issue, verbs):
            marks.setdefault(text, []).append((number, option, kind))
    singles = {number: _singles(issue) for number, issue in issues.items()}
    lines = [*_lines_of_terms(marks), *_lines_of_singles(singles)]
    lines += (_line_of_issue(number, issue, singles[number]) for number, issue in issues.items())
    lines += itertools.chain.from_iterable(itertools.starmap(_lines_of_patterns, issues.items()))
    return sorted(lines)


def _lines_of_terms(marks: Mapping[str, Sequence[Mark]]) -> Iterator[str]:
    """The lines of terms by their first word, and those of the forms of these."""
    entries: dict[str, list[str]] = {}
    forms: dict[str, set[str]] = {}
    for text, own in marks.items():
        term = term_of(text, None)
        first = next(iter(starts_of(term))) if isinstance(term.slots[0], str) else words_of(text)[0]
        cell = ",".join(f"{issue}.{option}{kind}" if option >= 0 else f"{issue}{kind}" for issue, option, kind in own)
        entries.setdefault(first, []).append(f"{text}|{cell}")
        for form in {*starts_of(term)} - {first}:
            forms.setdefault(form, set()).add(first)
    yield from ("\t".join(("=" + first, *sorted(cells))) for first, cells in entries.items())
    yield from ("\t".join(("-" + form, *sorted(firsts))) for form, firsts in forms.items())


def _lines_of_singles(singles: Mapping[int, Mapping[str, float]]) -> Iterator[str]:
    cells: dict[str, list[str]] = {}
    for number, words in singles.items():
        for word, weight in words.items():
            cells.setdefault(word, []).append(f"{number}:{round(100 * weight)}")
    return ("\t".join(("+" + word, *own)) for word, own in cells.items())


def _line_of_issue(number: int, issue: Issue, singles: Mapping[str, float]) -> str:
    names = [option.id for option in issue.options]
    default = names.index(issue.default) if issue.default else ""
    expected = sum(weight * _share(word) for word, weight in singles.items()) / LENGTH
    return f"!{number:03}\t{issue.id}\t{','.join(names)}\t{default}\t{round(100 * expected)}"


def _lines_of_patterns(number: int, issue: Issue) -> Iterator[str]:
    if issue.patterns:
        yield f"@{number:03}\t{json.dumps(issue.patterns)}"
    for at, option in enumerate(issue.options):
        if option.patterns:
            yield f"@{number:03}.{at}\t{json.dumps(option.patterns)}"


def _kinds(issue: Issue, verbs: Set[str]) -> Iterator[tuple[str, int, str]]:
    """The terms of an issue and its options (-1: of the matter itself), each once, with its kind."""
    of_issue = dict.fromkeys(issue.hints, "h") | dict.fromkeys(issue.words, "w") | dict.fromkeys(issue.excluded, "x")
    yield from ((text, -1, kind) for text, kind in of_issue.items())
    matter = {*map(fold, itertools.chain.from_iterable(map(words_of, issue.words)))}
    named = {text for option in issue.options for text in option.words}
    for at, option in enumerate(issue.options):
        shared = matter if option.id == issue.default else frozenset[str]()
        own = {text: _KINDS[text in verbs, fold(text) in shared] for text in option.words}
        of_option = dict.fromkeys((verb for verb in option.verbs if verb not in named), "v") | own
        of_option |= dict.fromkeys(option.excluded, "x")
        yield from ((text, at, kind) for text, kind in of_option.items())


_KINDS = {(False, False): "o", (True, False): "b", (False, True): "m", (True, True): "n"}


def _singles(issue: Issue) -> dict[str, float]:
    """What each word of an issue's terms weighs by itself: the more terms have it, and the rarer it is elsewhere."""
    terms = (*issue.words, *issue.hints, *(term for option in issue.options for term in option.words))
    counts = collections.Counter(word for term in terms for word in set(map(singular, words_of(term))))
    return {word: math.log1p(OFTEN * min(count, MOST_TERMS) / _share(word)) for word, count in counts.items()}


def _share(word: str) -> float:
    """The share of texts of world politics in which a singular stands."""
    return _shares().get(word, 0.0) + RAREST


@cache
def _shares() -> dict[str, float]:
    return {row["singular"]: float(row["share"]) / 10_000 for row in read_table("word_shares.csv")}


def _verbs(issues: Iterable[Issue]) -> set[str]:
    return {verb for issue in issues for option in issue.options for verb in option.verbs}
