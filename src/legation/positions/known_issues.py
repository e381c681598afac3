"""All issues by id, with what their options mean, and the issue that a user's word means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from legation.errors import UsageError
from legation.positions.issues import Issue, all_issues, load_issues
from legation.show.display import one_line


@cache
def known_issues() -> Mapping[str, Issue]:
    """The shipped issues and the user's own, each under its id. Raises IssuesError for faults in the user's file."""
    return all_issues()


def find_issue(given: str, known: Mapping[str, Issue], heard: Iterable[str] = ()) -> str | None:
    """The id of the issue that a word means, by id or name in any case; None where no issue is called so.

    `heard` are the ids that reports have, which may be of the user's own issues.
    """
    ids = {_key(issue): issue for issue in heard}
    ids |= {_key(issue.name): issue.id for issue in known.values()}
    ids |= {_key(id): id for id in known}
    return ids.get(_key(given))


def unknown_issue(given: str, known: Mapping[str, Issue], heard: Iterable[str] = ()) -> UsageError:
    """The error that names the issues nearest to a word."""
    words: dict[str, str] = {}
    for id, name in [*((id, id) for id in heard), *((issue.id, issue.name) for issue in known.values())]:
        for word in (id, name, *_key(name).split(), *_key(id).split()):
            words.setdefault(_key(word), id)
    near = [words[word] for word in get_close_matches(_key(given), words, 5, 0.6)]
    near += [id for word, id in words.items() if len(given) > 3 and _key(given) in word]
    nearest = ", ".join(one_line(id) for id in list(dict.fromkeys(near))[:4])
    hint = (
        f"Nearest: {nearest}." if nearest else "No name is near it: docs/positions.md lists all; `all` takes every one."
    )
    return UsageError(f"There is no issue {given!r}. {hint}", subject=given)


def _key(word: str) -> str:
    return " ".join(word.casefold().replace("-", " ").replace("_", " ").split())


# ---------------------------------------------------------------- docs/positions.md

_MARKED = re.compile(r"(<!-- issues -->\n).*?(<!-- end -->)", re.S)


def with_issues(page: str) -> str:
    """A Markdown page, the table of issues made anew between `<!-- issues -->` and `<!-- end -->`."""
    rows = (
        f"| `{issue.id}` | {issue.name} | {'; '.join(f'`{o.id}` {o.means}' for o in issue.options)} |"
        for issue in load_issues().values()
    )
    table = "\n".join(("| id | name | options |\n|---|---|---|", *rows))
    return _MARKED.sub(lambda found: f"{found[1]}{table}\n{found[2]}", page)
