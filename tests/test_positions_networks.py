"""Congruence and conflict, windows of time, and where the names stand in the picture."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from positions import voice

from legation.formats.graphml import Edge, Node, graphml
from legation.positions.graphs import one_mode, two_mode
from legation.positions.networks import ties, windows
from legation.positions.picture import HEIGHT, LETTER, LINE, WIDTH, arrange
from legation.positions.standing import standings

SAID = [
    voice("Ada", "cut", "for"),
    voice("Ada", "cut", "for", "2031-04-01"),
    voice("Ada", "raise", "against"),
    voice("Bo", "cut", "for"),
    voice("Bo", "raise", "for"),
    voice("Cy", "cut", "against"),
    voice("Cy", "keep", "for", issue="sanctions"),
    voice("Di", "cut", "mixed"),
]


def test_agreeing_and_differing_count_once_an_option() -> None:
    found = {(t.one, t.two): (t.same, t.opposite, t.congruence, t.conflict) for t in ties(standings(SAID), "none")}
    assert found == {("Ada", "Bo"): (1, 1, 1, 1), ("Ada", "Cy"): (0, 1, 0, 1), ("Bo", "Cy"): (0, 1, 0, 1)}


def test_who_was_heard_on_both_sides_agrees_and_differs() -> None:
    both = [voice("Ada", "cut", "for"), voice("Ada", "cut", "against"), voice("Bo", "cut", "for")]
    (tie,) = ties(standings(both), "none")
    assert (tie.same, tie.opposite, tie.balance) == (1, 1, 0)


@pytest.mark.parametrize(("way", "divisor"), [("none", 1), ("average", 2), ("jaccard", 3), ("cosine", 2)])
def test_ties_are_divided_as_asked(way: str, divisor: float) -> None:
    tie = next(t for t in ties(standings(SAID), way) if (t.one, t.two) == ("Ada", "Cy"))  # type: ignore[arg-type]
    assert tie.conflict == pytest.approx(1 / divisor)


def test_windows_begin_with_the_month_of_the_first_voice() -> None:
    said = [voice("A", "cut", "for", day) for day in ("2031-01-31", "2030-11-20", None, "2031-08-01")]
    found = [(start, stop, len(own)) for start, stop, own in windows(said, 3)]
    assert found == [
        (date(2030, 11, 1), date(2031, 2, 1), 2),
        (date(2031, 8, 1), date(2031, 11, 1), 1),
    ]
    assert list(windows([voice("A", "cut", "for", None)], 3)) == []


# ---------------------------------------------------------------- GraphML

NAMESPACE = "{http://graphml.graphdrawing.org/xmlns}"


def test_every_attribute_of_the_two_mode_network_is_kept() -> None:
    root = ElementTree.fromstring(graphml(*two_mode(standings(SAID))))
    keys = {key.get("id"): (key.get("attr.name"), key.get("attr.type")) for key in root.iter(NAMESPACE + "key")}
    nodes = {
        node.get("id"): {keys[d.get("key")]: d.text for d in node.iter(NAMESPACE + "data")}
        for node in root.iter(NAMESPACE + "node")
    }
    assert set(nodes) == {"Ada", "Bo", "Cy", "Di", "tariffs/cut", "tariffs/raise", "sanctions/keep"}
    assert nodes["Ada"]["country", "string"] == "VAL" and nodes["Ada"]["positions", "long"] == "3"
    edge = next(
        e for e in root.iter(NAMESPACE + "edge") if (e.get("source"), e.get("target")) == ("Ada", "tariffs/cut")
    )
    data = {keys[d.get("key")]: d.text for d in edge.iter(NAMESPACE + "data")}
    assert data["for", "long"] == "2" and data["weight", "long"] == "2" and data["side", "string"] == "for"
    assert (data["first", "string"], data["last", "string"]) == ("2031-03-01", "2031-04-01")
    assert data["evidence", "string"] == "for cut | for cut"


def test_the_network_of_actors_has_congruence_or_conflict() -> None:
    table = standings(SAID)
    found = ties(table)
    nodes, agree = one_mode(table, found, "congruence")
    _, differ = one_mode(table, found, "conflict")
    assert [node.id for node in nodes] == ["Ada", "Bo", "Cy", "Di"]
    assert {(e.one, e.two): e.attributes["weight"] for e in agree} == {("Ada", "Bo"): 0.5}
    assert {(e.one, e.two): e.attributes["weight"] for e in differ}["Ada", "Cy"] == 0.5
    assert {(e.one, e.two) for e in differ} == {("Ada", "Bo"), ("Ada", "Cy"), ("Bo", "Cy")}


def test_names_that_xml_cannot_hold_are_cleaned() -> None:
    odd = 'A & B <"\x00\ud800é>'
    root = ElementTree.fromstring(graphml([Node(odd, {"label": odd, "note": None})], [Edge(odd, odd, {"sure": True})]))
    node = next(root.iter(NAMESPACE + "node"))
    assert node.get("id") == 'A & B <"é>' and [d.text for d in node.iter(NAMESPACE + "data")] == ['A & B <"é>']
    assert next(root.iter(NAMESPACE + "edge")).find(NAMESPACE + "data").text == "true"  # type: ignore[union-attr]


def test_an_attribute_of_two_types_is_refused() -> None:
    with pytest.raises(ValueError, match="weight of nodes is int and str"):
        graphml([Node("a", {"weight": 1}), Node("b", {"weight": "much"})], [])


# ---------------------------------------------------------------- the picture


def spots(names: list[str], said: list[tuple[int, int, str]]) -> list[tuple[float, float, float]]:
    voices = [voice(names[who % len(names)], f"o{option}", side) for who, option, side in said]  # type: ignore[arg-type]
    return [(s.x, s.y, len(s.actor)) for s in arrange(names, ties(standings(voices)))]


def test_who_agrees_stands_nearer_than_who_differs() -> None:
    said = [voice(n, o, s) for o in ("x", "y") for n, s in (("Ada", "for"), ("Bo", "for"), ("Cy", "against"))]  # type: ignore[arg-type]
    ada, bo, cy = arrange(["Ada", "Bo", "Cy"], ties(standings(said)))
    assert abs(ada.x - bo.x) < abs(ada.x - cy.x)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 39), st.integers(0, 5), st.sampled_from(["for", "against"])), max_size=120))
def test_no_two_of_forty_names_lie_on_each_other_and_all_are_inside(said: list[tuple[int, int, str]]) -> None:
    names = [f"Person {number} of Valdoria" for number in range(40)]
    found = spots(names, said)
    assert found == spots(names, said)
    for (x, y, letters), (u, v, more) in combinations(found, 2):
        assert abs(x - u) > (letters + more) * LETTER / 2 or abs(y - v) > LINE - 4
    for x, y, letters in found:
        assert letters * LETTER / 2 < x < WIDTH - letters * LETTER / 2 and LINE / 2 < y < HEIGHT - LINE / 2


@pytest.mark.parametrize("names", [[], ["Ada"], ["Ada", "Bo"]])
def test_the_smallest_networks_have_a_picture(names: list[str]) -> None:
    assert len(arrange(names, [])) == len(names)
