"""Statements and positions as plain JSON values and as rows of a CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from legation.formats.write_tables import without_formula, writable_text
from legation.positions.findings import Findings
from legation.positions.networks import Tie
from legation.positions.said import Said
from legation.positions.standing import Division, Move, Standing
from legation.positions.voices import Voice

SCHEMA = "legation.positions/1"
COLUMNS = (
    "issue", "option", "stance", "actor", "kind", "country", "role", "affiliation", "day", "article", "title", "source",
    "url", "statement", "act", "evidence", "start", "end", "words", "confidence",
    "stance_confidence", "whole_confidence",
)  # fmt: skip
"""The columns of the CSV of positions, which are the fields of a voice."""


def plain_findings(found: Findings, asked: dict[str, Any]) -> dict[str, Any]:
    """Everything found, as JSON has it: what was asked, then table, moves, divisions, ties and windows."""
    return {
        "schema": SCHEMA,
        **asked,
        "positions": len(found.voices),
        "actors": found.actors,
        "actors_without_ties_told": found.silent_ties,
        "table": [_standing(standing) for standing in found.table],
        "moves": [_move(move) for move in found.moves],
        "divisions": [_division(division) for division in found.divisions],
        "ties": [_tie(tie) for tie in found.ties],
        "windows": [
            {
                "from": window.start.isoformat(),
                "before": window.stop.isoformat(),
                "table": [_standing(standing, voices=False) for standing in window.table],
                "divisions": [_division(division) for division in window.divisions],
                "ties": [_tie(tie) for tie in window.ties],
            }
            for window in found.windows
        ],
    }


def plain_said(said: Said) -> dict[str, Any]:
    """A statement as JSON has it."""
    return {
        "article": said.article,
        "title": said.title,
        "source": said.source,
        "url": said.url,
        "statement": said.statement,
        "day": _iso(said.day),
        "speaker": said.speaker,
        "resolved": said.known,
        "kind": said.kind,
        "country": said.country,
        "role": said.role,
        "affiliation": said.affiliation,
        "cue": said.cue,
        "act": said.act,
        "mode": said.mode,
        "content": said.content,
        "context": said.context,
        "addressee": said.addressee,
        "venue": said.venue,
        "positions": [
            {
                "issue": p.issue,
                "option": p.option,
                "stance": p.stance,
                "evidence": p.evidence.text,
                "confidence": p.confidence,
                "whole_confidence": p.whole_confidence,
            }
            for p in said.positions
        ],
        "confidence": said.confidence,
    }


def positions_csv(voices: Iterable[Voice]) -> str:
    """Every position as a row, with a header. Texts that a spreadsheet would take for a formula are made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for voice in voices:
        writer.writerow([_cell(getattr(voice, column)) for column in COLUMNS])
    return out.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return without_formula(writable_text(value)) if isinstance(value, str) else value


def _standing(standing: Standing, *, voices: bool = True) -> dict[str, Any]:
    first, last = standing.days
    latest = standing.voices[-1]
    told: dict[str, Any] = {
        "actor": standing.actor,
        "kind": latest.kind,
        "country": latest.country,
        "role": latest.role,
        "affiliation": latest.affiliation,
        "issue": standing.issue,
        "option": standing.option,
        "for": standing.count("for"),
        "against": standing.count("against"),
        "mixed": standing.count("mixed"),
        "side": standing.side,
        "first": _iso(first),
        "last": _iso(last),
    }
    return {**told, "voices": _voices(standing.voices)} if voices else told


def _voices(voices: Sequence[Voice]) -> list[dict[str, Any]]:
    return [_voice(voice) for voice in voices]


def _voice(voice: Voice) -> dict[str, Any]:
    return {
        "stance": voice.stance,
        "day": _iso(voice.day),
        "evidence": voice.evidence,
        "start": voice.start,
        "end": voice.end,
        "words": voice.words,
        "act": voice.act,
        "article": voice.article,
        "title": voice.title,
        "source": voice.source,
        "url": voice.url,
        "statement": voice.statement,
        "confidence": voice.confidence,
        "stance_confidence": voice.stance_confidence,
        "whole_confidence": voice.whole_confidence,
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "actor": move.after.actor,
        "issue": move.after.issue,
        "option": move.after.option,
        "from": move.before.stance,
        "to": move.after.stance,
        "before": _voice(move.before),
        "after": _voice(move.after),
    }


def _division(division: Division) -> dict[str, Any]:
    return {
        "issue": division.issue,
        "option": division.option,
        "for": division.for_it,
        "against": division.against,
        "neither": division.neither,
        "polarisation": round(division.polarisation, 6),
    }


def _tie(tie: Tie) -> dict[str, Any]:
    return {
        "actors": [tie.one, tie.two],
        "same": tie.same,
        "opposite": tie.opposite,
        "congruence": round(tie.congruence, 6),
        "conflict": round(tie.conflict, 6),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
