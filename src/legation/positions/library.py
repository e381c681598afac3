"""The terms of all issues, each with what it tells: packed into lines, and found in text from them.

`pack` makes the lines of any issues. Those of the shipped ones lie in `legation/data/issues.index` (`make tables`), so
that nothing is compiled before the first position; a user's own issues are packed when they are read and looked for
beside them. Lines are sorted and begin with a key:

    !003 sanctions impose,keep,relieve 0     an issue: its number, its options, which of them is the default
    @003 ["..."]  @003.1 ["..."]             patterns of an issue, of an option
    =lift entry entry ...                    the terms whose first word is "lift", with their marks: "lift off|3.2o,7h"
    =denucl* entry ...                       those that begin with such letters
    -lifted lift                             what a form may be a form of
    ~lift 12                                 how many issues speak of a word
"""

from __future__ import annotations

import collections
import itertools
import json
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache, cached_property

from legation.positions.issues import Issue, load_issues, user_file
from legation.positions.terms import Index, Term, fold, starts_of, term_of, words_of
from legation.shipped import table_lines

FILE = "issues.index"

# All weights were set on the training part of corpus/positions, none of whose issues are in the parts that measure.
HINT, HINT_OF_WORDS = 0.45, 0.32
TWO_WORDS, MORE_WORDS = 1.75, 2.05
SHARED = 0.18  # the power of the number of issues that speak of a term's rarest word
# Among the terms of an option: a verb of any matter, the same where the option names it itself, and a word that the
# default shares with the issue.
VERB = 0.25
OWN_VERB = 1.5
MATTER = 0.7
OPTION_TWO_WORDS, OPTION_MORE_WORDS = 1.25, 1.7
_OF_KIND = {"h": HINT, "o": 1.0, "v": VERB, "b": OWN_VERB, "m": MATTER, "n": MATTER * OWN_VERB}

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
    """An issue as answers name it."""

    id: str
    options: tuple[str, ...]
    default: int | None


Pattern = tuple[re.Pattern[str], int, int]
"""A pattern of an issue, of this option of it or -1."""


class Library:
    """Issues by number, and the index of their terms, from lines that `pack` made.

    Of `shipped` the issues in `own` are left out: these lines tell them anew. `spread` is how many more issues speak
    of a word than the shipped lines count, or how many fewer.
    """

    def __init__(self, shipped: Lines, own: Lines | None = None, spread: Mapping[str, int] | None = None) -> None:
        self._shipped, self._own, self._spread = shipped, own, spread or {}
        replaced = {*own.issues} if own else set()
        named = shipped.issues | (own.issues if own else {})
        self.issues = tuple(named[number] for number in sorted(named))
        kept = (one for one in shipped.patterns if one[1] not in replaced)
        self.patterns: tuple[Pattern, ...] = (*kept, *(own.patterns if own else ()))
        self._replaced = frozenset(replaced)
        self.index: Index[Signs] = Index(self._terms)

    def _terms(self, start: str) -> Iterator[Term[Signs]]:
        for text, marks in self._shipped.entries(start):
            kept = tuple(mark for mark in marks if mark[0] not in self._replaced) if self._replaced else marks
            if kept:
                yield term_of(text, self._signs(text, kept))
        for text, marks in self._own.entries(start) if self._own else ():
            yield term_of(text, self._signs(text, marks))

    def _signs(self, text: str, marks: Iterable[Mark]) -> Signs:
        words = words_of(text)
        of_issue = _length(len(words), TWO_WORDS, MORE_WORDS) * min(map(self._speaking, words)) ** -SHARED
        of_option = _length(len(words), OPTION_TWO_WORDS, OPTION_MORE_WORDS)
        hint = HINT if len(words) == 1 else HINT_OF_WORDS
        issues: list[tuple[int, float]] = []
        options: dict[int, Weighed] = {}
        for issue, option, kind in marks:
            if option < 0:
                issues.append((issue, 0.0 if kind == "x" else of_issue * (hint if kind == "h" else 1.0)))
            else:
                weight = 0.0 if kind == "x" else of_option * _OF_KIND[kind]
                options[issue] = (*options.get(issue, ()), (option, weight))
        return Signs(tuple(issues), options)

    def _speaking(self, word: str) -> int:
        """How many issues speak of a word."""
        word = fold(word)
        return max(1, self._shipped.spread(word) + self._spread.get(word, 0))


def _length(words: int, two: float, more: float) -> float:
    return 1.0 if words == 1 else two if words == 2 else more


class Lines:
    """Packed lines, looked up by key."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._lines = lines

    @cached_property
    def issues(self) -> dict[int, Named]:
        """The issues by number."""
        rows = (line[1:].split("\t") for line in self._beginning("!"))
        return {int(n): Named(id, tuple(o.split(",")), int(default) if default else None) for n, id, o, default in rows}

    @cached_property
    def patterns(self) -> tuple[Pattern, ...]:
        """The patterns of all."""
        return tuple(self._patterns())

    def entries(self, start: str) -> Iterator[Entry]:
        """The terms whose first word has a form, or begins with the letters before a star."""
        forms = () if start.endswith("*") else self._cells("-" + start)
        for first in (start, *forms):
            for cell in self._cells("=" + first):
                text, _, marks = cell.partition("|")
                yield text, tuple(map(_mark, marks.split(",")))

    def spread(self, word: str) -> int:
        """How many issues speak of a folded word."""
        return int(next(iter(self._cells("~" + word)), 0))

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
    before = [shipped[issue.id] for issue in own.values() if issue.id in shipped]
    spread = _spread(own.values())
    spread.subtract(_spread(before))
    return Library(_shipped_lines(), Lines(_packed(own, _verbs(issues.values()), {})), spread)


@cache
def _shipped_lines() -> Lines:
    return Lines(table_lines(FILE))


# ---------------------------------------------------------------- packing


def pack(issues: Iterable[Issue]) -> list[str]:
    """The lines of issues, which get their numbers in the order in which they stand."""
    numbered = dict(enumerate(issues))
    verbs = _verbs(numbered.values())
    return _packed(numbered, verbs, _spread(numbered.values()))


def _packed(issues: Mapping[int, Issue], verbs: Set[str], spread: Mapping[str, int]) -> list[str]:
    marks: dict[str, list[Mark]] = {}
    for number, issue in issues.items():
        for text, option, kind in _kinds(issue, verbs):
            marks.setdefault(text, []).append((number, option, kind))
    lines = [*_lines_of_terms(marks), *itertools.starmap(_lines_of_issue, issues.items())]
    lines += (f"~{word}\t{count}" for word, count in spread.items())
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


def _lines_of_issue(number: int, issue: Issue) -> str:
    names = [option.id for option in issue.options]
    default = names.index(issue.default) if issue.default else ""
    return f"!{number:03}\t{issue.id}\t{','.join(names)}\t{default}"


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
    for at, option in enumerate(issue.options):
        shared = matter if option.id == issue.default else frozenset[str]()
        own = {text: _KINDS[text in verbs, fold(text) in shared] for text in option.words}
        of_option = dict.fromkeys(option.verbs, "v") | own | dict.fromkeys(option.excluded, "x")
        yield from ((text, at, kind) for text, kind in of_option.items())


_KINDS = {(False, False): "o", (True, False): "b", (False, True): "m", (True, True): "n"}


def _verbs(issues: Iterable[Issue]) -> set[str]:
    return {verb for issue in issues for option in issue.options for verb in option.verbs}


def _spread(issues: Iterable[Issue]) -> collections.Counter[str]:
    """How many of the issues speak of each word."""
    return collections.Counter(word for issue in issues for word in {*_words_of(issue)})


def _words_of(issue: Issue) -> Iterator[str]:
    options = (term for option in issue.options for term in (*option.words, *option.excluded))
    for term in (*issue.words, *issue.hints, *issue.excluded, *options):
        yield from map(fold, words_of(term))
