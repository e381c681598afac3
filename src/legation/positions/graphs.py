"""Positions as graphs with every attribute: actors and options, and actors among themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal

from legation.formats.graphml import Attributes, Edge, Node
from legation.positions.networks import Tie
from legation.positions.standing import Standing
from legation.positions.voices import Voice

Relation = Literal["congruence", "conflict"]
Network = Literal["actors-options", "congruence", "conflict"]


def two_mode(table: Sequence[Standing]) -> tuple[list[Node], list[Edge]]:
    """Actors and options; an edge for each cell of the table, with its counts, days and the words of each voice."""
    options = sorted({(standing.issue, standing.option) for standing in table})
    nodes = [
        *_actors(table),
        *(Node(f"{i}/{o}", {"label": f"{i}: {o}", "mode": "option", "issue": i, "option": o}) for i, o in options),
    ]
    return nodes, [Edge(s.actor, f"{s.issue}/{s.option}", _of_cell(s)) for s in table]


def one_mode(table: Sequence[Standing], ties: Iterable[Tie], relation: Relation) -> tuple[list[Node], list[Edge]]:
    """Actors alone; an edge for each two who agree somewhere ("congruence") or differ somewhere ("conflict").

    `weight` is that relation after normalisation; the other one and both counts stand beside it.
    """
    edges = [
        Edge(
            tie.one, tie.two,
            {"weight": getattr(tie, relation), "congruence": tie.congruence, "conflict": tie.conflict,
             "same": tie.same, "opposite": tie.opposite},
        )
        for tie in ties
        if getattr(tie, relation) > 0
    ]  # fmt: skip
    return list(_actors(table)), edges


def network_of(table: Sequence[Standing], ties: Iterable[Tie], network: Network) -> tuple[list[Node], list[Edge]]:
    """The network of that name. Sources without a name are no actors of congruence and conflict."""
    if network == "actors-options":
        return two_mode(table)
    return one_mode([s for s in table if s.voices[-1].kind != "unnamed"], ties, network)


def _actors(table: Sequence[Standing]) -> Iterable[Node]:
    own: dict[str, list[Voice]] = {}
    for standing in table:
        own.setdefault(standing.actor, []).extend(standing.voices)
    for actor in sorted(own):
        voices = own[actor]
        last = max(voices, key=lambda voice: (voice.day is not None, voice.day or 0, voice.article))
        yield Node(
            actor,
            {"label": actor, "mode": "actor", "kind": last.kind, "country": last.country, "role": last.role,
             "affiliation": last.affiliation, "positions": len(voices)},
        )  # fmt: skip


def _of_cell(standing: Standing) -> Attributes:
    first, last = standing.days
    counts = {stance: standing.count(stance) for stance in ("for", "against", "mixed")}
    return {
        **counts,
        "weight": counts["for"] - counts["against"],
        "side": standing.side,
        "first": first.isoformat() if first else None,
        "last": last.isoformat() if last else None,
        "evidence": " | ".join(voice.evidence for voice in standing.voices),
        "articles": " | ".join(dict.fromkeys(voice.article for voice in standing.voices)),
    }
