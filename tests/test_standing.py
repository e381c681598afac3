"""How somebody stands in an article by role, office and sectors."""

from __future__ import annotations

import pytest

from legation.coding.places import state_of_dateline
from legation.coding.standing import bears, has_moved_on, is_past
from legation.coding.tables import Gazetteer, find_title


@pytest.mark.parametrize(
    ("role", "past"),
    [("former mayor", True), ("ex-mayor", True), ("once mayor", True), ("mayor", False), ("", False), (None, False)],
)
def test_a_role_that_is_over_says_so_first(role: str | None, past: bool) -> None:
    assert is_past(role) == past


@pytest.mark.parametrize(
    ("role", "sectors", "moved"),
    [
        ("senator", ("LEG",), True),
        ("President", ("GOV",), False),
        ("former president", ("ELI",), False),
        ("Gen.", ("MIL",), False),
        ("daughter of a fisherman", ("CVL",), False),
        (None, (), False),
    ],
)
def test_only_another_public_office_is_a_new_one(role: str | None, sectors: tuple[str, ...], moved: bool) -> None:
    assert has_moved_on(role, sectors, "president") == moved


@pytest.mark.parametrize(
    ("role", "title", "borne"),
    [
        ("Norwegian foreign minister", "foreign minister", True),
        ("Gen.", "general", True),
        ("mayor of a town", "mayor", True),
        ("aide to the mayor", "mayor", False),
        (None, "mayor", False),
    ],
)
def test_a_title_is_borne_at_the_end_of_a_role(role: str | None, title: str, borne: bool) -> None:
    found = find_title(title)
    assert found is not None
    assert bears(role, found) == borne


@pytest.mark.parametrize(
    ("dateline", "state"),
    [
        ("OSLO -", "NOR"),
        ("SANTIAGO, Chile (AP) -", "CHL"),
        ("LA PAZ -", "BOL"),
        ("PARIS, May 4 (Reuters) -", "FRA"),
        ("ATHENS, Ga. -", "USA"),
        ("NOWHERE -", None),
        ("", None),
    ],
)
def test_a_dateline_lies_in_a_state(dateline: str, state: str | None) -> None:
    assert state_of_dateline(dateline, Gazetteer.load()) == state
