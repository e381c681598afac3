"""Positions as one HTML page that asks nothing of the network and runs no script: the picture, and the words beneath.

Names in the picture lead to their words; resting on a name leaves only its own ties.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader

from legation.positions import wording
from legation.positions.findings import Findings
from legation.positions.issues import Issue
from legation.positions.networks import Tie
from legation.positions.picture import HEIGHT, WIDTH, Box, arrange
from legation.positions.standing import Division, Standing
from legation.show.display import one_line
from legation.show.pages import SHARED, environment, styled

MOST_ACTORS = 48
"""How many actors the picture shows."""
MOST_TIES = {"congruence": 2, "conflict": 1}
"""How many ties of each kind it draws for each actor on average: more make a thicket that nobody can read."""
LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Dot:
    """An actor in the picture: the box of its name, the anchor of its words, its side on the option most spoken of."""

    box: Box
    name: str
    anchor: str
    side: str


@dataclass(frozen=True, slots=True)
class Line:
    """A tie in the picture: its ends, kind, width in points, the anchors it joins, and what it stands for."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str
    width: float
    joins: str
    title: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn. `option` is the one whose sides colour the names; `left_out` counts actors that have no room."""

    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    option: Division | None
    left_out: int


@dataclass(frozen=True, slots=True)
class Option:
    """An option with its meaning, its camps and its rows."""

    division: Division
    means: str | None
    rows: tuple[Standing, ...]


def render_page(found: Findings, issues: Mapping[str, Issue], asked: Mapping[str, Any]) -> str:
    """The findings as a whole HTML document, to be written as UTF-8.

    `asked` tells what was asked for: issue, by, since, until, confidence, whole_confidence, normalise, articles. All
    that comes from articles is escaped; only http and https addresses become links. The page's own policy forbids
    scripts and requests.
    """
    anchors = {actor: f"a{n}" for n, actor in enumerate(dict.fromkeys(s.actor for s in _by_weight(found.table)), 1)}
    issue = issues.get(asked["issue"])
    return _environment().get_template("positions.html").render(
        found=found,
        asked=asked,
        issue=issue,
        heading=issue.name if issue else "All issues" if asked["issue"] == "all" else asked["issue"],
        **styled(_environment(), ("colours.css", "positions.css"), _rules(anchors.values())),
        options=_options(found, issues),
        picture=draw(found, anchors),
        anchors=anchors,
        actors=_of_actors(found.table),
        width=WIDTH,
        height=HEIGHT,
    )  # fmt: skip


@cache
def _environment() -> Environment:
    return environment(ChoiceLoader([PackageLoader("legation.positions"), SHARED]), wording)


def _rules(anchors: Iterable[str]) -> Iterator[str]:
    """A rule for each actor that hides the ties of others while a pointer rests on it."""
    return (
        f'.net:has([href="#{anchor}"]:is(:hover,:focus)) .tie:not([data-of~="{anchor}"]){{opacity:.06}}\n'
        for anchor in anchors
    )


# ---------------------------------------------------------------- the words


def _by_weight(table: Sequence[Standing]) -> list[Standing]:
    """The table, the actors first who were heard most, those without a name last."""
    heard: dict[str, int] = {}
    for standing in table:
        heard[standing.actor] = heard.get(standing.actor, 0) + len(standing.voices)
    return sorted(table, key=lambda s: (s.voices[-1].kind == "unnamed", -heard[s.actor], s.actor))


def _of_actors(table: Sequence[Standing]) -> dict[str, list[Standing]]:
    """The rows of each actor, in the order of the anchors."""
    found: dict[str, list[Standing]] = {}
    for standing in _by_weight(table):
        found.setdefault(standing.actor, []).append(standing)
    return found


def _options(found: Findings, issues: Mapping[str, Issue]) -> list[Option]:
    divided = {(division.issue, division.option): division for division in found.divisions}
    rows: dict[tuple[str, str], list[Standing]] = {}
    for standing in found.table:
        rows.setdefault((standing.issue, standing.option), []).append(standing)
    return [
        Option(divided.get(key, Division(*key, 0, 0, 0, 0.0)), wording.meaning(issues.get(key[0]), key[1]), tuple(own))
        for key, own in rows.items()
    ]


# ---------------------------------------------------------------- the picture


def draw(found: Findings, anchors: Mapping[str, str]) -> Picture:
    """The picture of who agrees with whom: at most `MOST_ACTORS`, those heard most, and their strongest ties."""
    named = [s for s in _by_weight(found.table) if s.voices[-1].kind != "unnamed"]
    everyone = list(dict.fromkeys(standing.actor for standing in named))
    shown = everyone[:MOST_ACTORS]
    ties = [tie for tie in found.ties if tie.one in shown and tie.two in shown]
    labels = {actor: _short(actor) for actor in shown}
    boxes = {box.actor: box for box in arrange(shown, ties, labels)}
    option = max(found.divisions, key=lambda d: d.for_it + d.against + d.neither, default=None)
    sides = {s.actor: s.side for s in named if option and (s.issue, s.option) == (option.issue, option.option)}
    dots = tuple(Dot(boxes[a], labels[a], anchors[a], sides.get(a, "silent")) for a in shown)
    differ, agree = [tie for tie in ties if tie.balance < 0], [tie for tie in ties if tie.balance > 0]
    lines = (*_lines(differ, "conflict", boxes, anchors), *_lines(agree, "congruence", boxes, anchors))
    return Picture(dots, lines, option, len(everyone) - len(shown))


def _lines(ties: Sequence[Tie], kind: str, boxes: Mapping[str, Box], anchors: Mapping[str, str]) -> list[Line]:
    """The strongest of some ties by congruence less conflict, the strongest of them drawn last, on top."""
    ordered = sorted(ties, key=lambda tie: (-abs(tie.balance), -tie.same - tie.opposite, tie.one, tie.two))
    strongest = ordered[: MOST_TIES[kind] * len(boxes)]
    most = max((abs(tie.balance) for tie in strongest), default=1.0)
    return [
        Line(
            boxes[tie.one].x, boxes[tie.one].y, boxes[tie.two].x, boxes[tie.two].y, kind,
            0.6 + 2.9 * abs(tie.balance) / most, f"{anchors[tie.one]} {anchors[tie.two]}",
            f"{tie.one} and {tie.two}: {tie.same} same, {tie.opposite} opposite "
            f"(congruence {tie.congruence:.2f}, conflict {tie.conflict:.2f})",
        )
        for tie in reversed(strongest)
    ]  # fmt: skip


def _short(name: str) -> str:
    plain = one_line(name)
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - 1].rstrip() + "…"
