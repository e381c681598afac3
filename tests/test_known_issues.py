"""Which issue a word means, and which are near it."""

from __future__ import annotations

from pathlib import Path

import pytest

from legation.positions.known_issues import find_issue, known_issues, unknown_issue, with_issues


@pytest.mark.parametrize("word", ["peace-talks", "Peace talks", "PEACE TALKS", " peace_talks "])
def test_an_issue_is_found_by_id_and_by_name(word: str) -> None:
    assert find_issue(word, known_issues()) == "peace-talks"


def test_an_issue_of_the_user_is_known_where_reports_have_it() -> None:
    assert find_issue("Fishing rights", known_issues()) is None
    assert find_issue("Fishing rights", known_issues(), ["fishing-rights"]) == "fishing-rights"


@pytest.mark.parametrize(
    ("word", "nearest"),
    [("sanction", "sanctions"), ("tarifs", "tariffs"), ("nuclear", "nuclear-deal"), ("fishing", "fishing-rights")],
)
def test_an_unknown_issue_names_the_nearest(word: str, nearest: str) -> None:
    told = str(unknown_issue(word, known_issues(), ["fishing-rights"]))
    assert told.startswith(f"There is no issue {word!r}. Nearest: ") and nearest in told


def test_where_nothing_is_near_the_list_is_named() -> None:
    assert "docs/positions.md lists all" in str(unknown_issue("zzzz", known_issues()))


def test_every_shipped_issue_is_found_by_both_names_and_has_options() -> None:
    for id, issue in known_issues().items():
        assert find_issue(issue.name, known_issues()) == id == find_issue(id, known_issues())
        assert issue.question and len(issue.options) >= 1


def test_the_page_of_positions_lists_the_issues_as_they_are() -> None:
    page = (Path(__file__).parent.parent / "docs" / "positions.md").read_text(encoding="utf-8")
    assert with_issues(page) == page
    assert all(f"| `{id}` | {issue.name} |" in page for id, issue in known_issues().items())
