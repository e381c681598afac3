"""The issues on which speakers take positions: the shipped ones, and a user's own, read from TOML and proven by line.

The shipped issues lie in `legation/data/issues.toml`. A user's file has the same form: it adds issues, adds words and
options to a shipped one, or takes its place (`replace = true`). docs/issues.md explains every key.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from legation.errors import IssuesError, ModelError
from legation.positions.terms import fault_of_term
from legation.shipped import table_lines
from legation.system import config_home, text_of

_LISTS = ("words", "hints", "not", "patterns")
_ISSUE_KEYS = frozenset(("id", "name", "theme", "question", "default", "replace", "option", *_LISTS))
_OPTION_KEYS = frozenset(("id", "means", "course", "words", "not", "patterns"))
_COURSES = ("begin", "end")
_TABLE = re.compile(r"\[+issue\.?(.*?)\]+")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Option:
    """A course that can be taken. `words` and `patterns` name it; `verbs`, which weigh less, begin or end anything."""

    id: str
    means: str
    course: str | None = None
    words: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """A matter. `words` and `patterns` name it, `hints` go with it; what is inside `excluded` phrases does not count.

    `default` is the option that is spoken of where the matter is named and no course ("the tariffs are a mistake").
    """

    id: str
    name: str
    theme: str | None
    question: str | None
    options: tuple[Option, ...]
    default: str | None = None
    words: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()

    def option(self, name: str) -> Option | None:
        """The option of that id."""
        return next((option for option in self.options if option.id == name), None)


def user_file() -> Path:
    """Where a user's issues are kept: `$XDG_CONFIG_HOME/legation/issues.toml`; it need not exist."""
    return config_home() / "issues.toml"


def load_issues(file: Path | None = None) -> dict[str, Issue]:
    """The shipped issues by id, with those of a user's file.

    Raises SourceNotFoundError, and IssuesError with a sentence for each mistake, its file and its line.
    """
    issues, courses = _shipped()
    return _joined(issues, courses, text_of(file, IssuesError), str(file)) if file else dict(issues)


def all_issues() -> dict[str, Issue]:
    """The shipped issues, with those of the user's file where there is one. Raises IssuesError."""
    file = user_file()
    return load_issues(file if file.is_file() else None)


def digest_of_own() -> str | None:
    """SHA-256 of the user's file of issues; None where there is none. Raises SourceNotFoundError."""
    file = user_file()
    return hashlib.sha256(text_of(file, IssuesError).encode()).hexdigest() if file.is_file() else None


@cache
def _shipped() -> tuple[dict[str, Issue], Mapping[str, tuple[str, ...]]]:
    text = "\n".join(table_lines("issues.toml"))
    try:
        table = _parsed(text, "issues.toml")
        courses = {key: tuple(words) for key, words in table["courses"].items()}
        return _with_entries({}, courses, table, text, "issues.toml"), courses
    except IssuesError as error:
        raise ModelError(f"The table issues.toml is damaged: {error}", subject="issues.toml") from error


def _joined(
    issues: Mapping[str, Issue], courses: Mapping[str, tuple[str, ...]], text: str, name: str
) -> dict[str, Issue]:
    """The issues with those that a text tells. Raises IssuesError."""
    return _with_entries(issues, courses, _parsed(text, name), text, name)


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise IssuesError(f"{name} is not TOML: {error}.", subject=name) from error


def _with_entries(
    issues: Mapping[str, Issue], courses: Mapping[str, tuple[str, ...]], table: Mapping[str, Any], text: str, name: str
) -> dict[str, Issue]:
    """The issues with those of a table, which `text` gave: it tells the lines of faults. Raises IssuesError."""
    lines = _Lines(text)
    faults = sorted(set(_faults_of_table(table, lines, issues)))
    if faults:
        raise IssuesError("\n".join(f"{name}, line {line}: {told}" for line, told in faults), subject=name)
    found = dict(issues)
    for entry in table["issue"]:
        known = None if entry.get("replace") else found.get(entry["id"])
        found[entry["id"]] = _with_entry(known or _new(entry), entry, courses)
    return found


def _new(entry: Mapping[str, Any]) -> Issue:
    return Issue(entry["id"], entry["name"], None, None, ())


def _with_entry(issue: Issue, entry: Mapping[str, Any], courses: Mapping[str, tuple[str, ...]]) -> Issue:
    """An issue with what an entry adds to its lists and options, and says anew of the rest."""
    options = {option.id: option for option in issue.options}
    for told in entry.get("option", ()):
        known = options.get(told["id"]) or Option(told["id"], told["means"])
        options[known.id] = _with_option(known, told, courses)
    anew: dict[str, Any] = {key: entry[key] for key in ("name", "theme", "question", "default") if key in entry}
    return replace(issue, options=tuple(options.values()), **anew, **_longer(issue, entry))


def _with_option(option: Option, entry: Mapping[str, Any], courses: Mapping[str, tuple[str, ...]]) -> Option:
    course = entry.get("course", option.course)
    verbs = courses[course] if course else ()
    return replace(option, means=entry.get("means", option.means), course=course, verbs=verbs, **_longer(option, entry))


def _longer(known: Issue | Option, entry: Mapping[str, Any]) -> dict[str, Any]:
    """The lists of an issue or option with those of an entry behind them; nothing stands twice."""
    fields = {key: "excluded" if key == "not" else key for key in _LISTS if key in entry}
    return {field: tuple(dict.fromkeys((*getattr(known, field), *entry[key]))) for key, field in fields.items()}


# ---------------------------------------------------------------- what is wrong

Fault = tuple[int, str]
"""A line, and a sentence that says what to do."""


class _Lines:
    """The lines of the keys of a file, which a parsed table no longer tells."""

    def __init__(self, text: str) -> None:
        self._lines: dict[tuple[int, int, str], int] = {}
        issue = option = -1
        for number, line in enumerate(text.splitlines(), 1):
            header = "".join(line.partition("#")[0].split())
            if header == "[[issue]]":
                issue, option = issue + 1, -1
            elif header == "[[issue.option]]":
                option += 1
            table = _TABLE.fullmatch(header)
            key = table[1] if table else line.partition("=")[0].strip().strip("\"'")
            key = "" if key == "option" and table else key
            self._lines.setdefault((issue, option, key), number)

    def of(self, issue: int, option: int = -1, key: str = "") -> int:
        """The line of a key of an issue or option, else of its header, else the first."""
        places = ((issue, option, key), (issue, option, ""), (issue, -1, ""))
        return next((self._lines[place] for place in places if place in self._lines), 1)


def _faults_of_table(table: Mapping[str, Any], lines: _Lines, issues: Mapping[str, Issue]) -> Iterator[Fault]:
    for key in table:
        if key not in ("issue", "courses"):
            yield lines.of(-1, -1, key), f"{key!r} is no key here: every issue is a table [[issue]]."
    entries = table.get("issue")
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        yield 1, "It needs a table [[issue]] for each issue."
        return
    seen: dict[str, int] = {}
    for at, entry in enumerate(entries):
        known = None if entry.get("replace") is True else issues.get(str(entry.get("id")))
        told = list(_faults_of_issue(entry, at, lines, known))
        if isinstance(entry.get("id"), str) and entry["id"] in seen:
            told.append((lines.of(at, -1, "id"), f"{entry['id']} stands in line {seen[entry['id']]} already."))
        seen.setdefault(str(entry.get("id")), lines.of(at, -1, "id"))
        yield from told


def _faults_of_issue(entry: Mapping[str, Any], at: int, lines: _Lines, known: Issue | None) -> Iterator[Fault]:
    def line(key: str = "") -> int:
        return lines.of(at, -1, key)

    yield from ((line(key), told) for key, told in _faults_of_keys(entry, _ISSUE_KEYS, "an issue"))
    if not isinstance(entry.get("replace", False), bool):
        yield line("replace"), "replace is true or false."
    if known is None and "name" not in entry:
        yield line(), 'The name is missing: no shipped issue has this id, so write name = "...".'
    options = entry.get("option", [])
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        yield line("option"), "It needs a table [[issue.option]] for each option."
        return
    shipped = {option.id for option in known.options} if known else set()
    if not options and not shipped:
        yield line(), "It has no options: write a table [[issue.option]] with id and means for each course."
    for number, option in enumerate(options):
        yield from _faults_of_option(option, at, number, lines, shipped)
    named = [option.get("id") for option in options]
    for number, name in enumerate(named):
        if name in named[:number]:
            yield lines.of(at, number, "id"), f"The option {name} stands twice: make the two one."
    if "default" in entry and entry["default"] not in (*shipped, *named):
        yield line("default"), f"The default {entry['default']!r} is none of its options."
    if known is None and not any(entry.get(key) for key in ("words", "patterns")):
        yield line(), "Nothing names it: write words, or patterns."


def _faults_of_option(
    entry: Mapping[str, Any], at: int, number: int, lines: _Lines, shipped: Set[str]
) -> Iterator[Fault]:
    yield from ((lines.of(at, number, key), told) for key, told in _faults_of_keys(entry, _OPTION_KEYS, "an option"))
    if entry.get("id") not in shipped and "means" not in entry:
        yield lines.of(at, number), "means is missing: tell the course in a few words."
    if "course" in entry and entry["course"] not in _COURSES:
        yield lines.of(at, number, "course"), f"The course {entry['course']!r} is unknown: write begin or end."


def _faults_of_keys(entry: Mapping[str, Any], keys: frozenset[str], what: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the keys of an issue or option and their values, each with its key."""
    for key, value in entry.items():
        if key not in keys:
            yield key, f"{key!r} is no key of {what}. The keys are {', '.join(sorted(keys))}."
        elif key in _LISTS:
            yield from ((key, told) for told in _faults_of_list(key, value))
        elif key not in ("option", "replace") and not (isinstance(value, str) and value.strip()):
            yield key, f"{key} must be text in quotation marks."
    name = entry.get("id")
    if name is None:
        yield "", 'The id is missing: write id = "...".'
    elif isinstance(name, str) and not _ID.fullmatch(name):
        yield "id", f"The id {name!r} is none: use small letters, digits and hyphens."


def _faults_of_list(key: str, value: object) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        yield f'{key} must be a list of texts, such as ["one", "two"].'
        return
    if key != "patterns":
        yield from filter(None, map(fault_of_term, value))
        return
    for text in value:
        try:
            re.compile(text)
        except re.error as error:
            yield f"The pattern {text!r} is no regular expression: {error}."
