"""Questions about judgements: what was judged, by whom, why, and whether it still holds of anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import exists, select

from legation.store.corrections import ON_STATEMENTS
from legation.store.schema import commits, judgement_matches, judgements, reading_ends
from legation.store.view import View

State = Literal["applied", "unmatched", "undone"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement of the desk. `state` tells whether it is applied, is about words that no reading has any more, or was
    undone. `target` and `other` are the events or statements it is at now, `words` what it was made of."""

    id: int
    kind: str
    state: State
    on_statement: bool
    target: int | None
    other: int | None
    given: Mapping[str, Any]
    item: int | None
    words: str | None
    sentence: str | None
    who: str
    why: str
    at: datetime
    undone_by: int | None


def judgements_of(view: View) -> list[Judgement]:
    """All judgements, the newest first. An undoing is told with what it undoes."""
    undone = {row.undoes: row.id for row in _rows(view, kind_is_undo=True)}
    targets = _targets(view)
    found = []
    for row in _rows(view, kind_is_undo=False):
        target, other = targets.get((row.id, "one")), targets.get((row.id, "other"))
        anchor = row.anchor or {}
        whole = row.kind == "same-person" or (target is not None and (row.other_item is None or other is not None))
        state: State = "undone" if row.id in undone else "applied" if whole else "unmatched"
        found.append(
            Judgement(
                row.id,
                row.kind,
                state,
                row.kind in ON_STATEMENTS,
                target,
                other,
                row.given,
                row.item,
                anchor.get("words"),
                anchor.get("sentence"),
                row.who,
                row.why,
                row.at,
                undone.get(row.id),
            )
        )
    return found


def _rows(view: View, *, kind_is_undo: bool) -> Any:
    chosen = (
        select(judgements, commits.c.at)
        .join(commits, commits.c.id == judgements.c.known_from)
        .where(judgements.c.known_from <= view.commit)
        .where(judgements.c.undoes.is_not(None) if kind_is_undo else judgements.c.undoes.is_(None))
        .order_by(judgements.c.id.desc())
    )
    return view.connection.execute(chosen)


def _targets(view: View) -> dict[tuple[int, str], int]:
    """What the ends of judgements are at, in readings that count."""
    ended = select(1).where(
        reading_ends.c.reading == judgement_matches.c.reading, reading_ends.c.known_until <= view.commit
    )
    chosen = select(judgement_matches).where(judgement_matches.c.known_from <= view.commit, ~exists(ended))
    return {(row.judgement, row.side): row.target for row in view.connection.execute(chosen)}
