"""Positions as the Discourse Network Analyzer has them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from legation.errors import UsageError
from legation.formats.dna import Coded, Document, write_dna
from legation.positions.said import Said
from legation.positions.voices import Voice


def write_for_dna(folder: Path, voices: Sequence[Voice], said: Sequence[Said]) -> int:
    """Writes the articles of some voices, and the voices themselves; returns how many are mixed and so left out.

    `said` are the statements that the voices come from, with their texts. Raises UsageError where a text is missing or
    the folder is not empty, LegationError where it cannot be written.
    """
    heard = {voice.article for voice in voices}
    texts = {one.article: one for one in said if one.article in heard}
    without = next((one.article for one in texts.values() if one.text is None), None)
    if without is not None:
        raise UsageError(
            f"--dna needs the text of each article, which tables lack (article {without!r}): "
            "code the archive with --format jsonl.",
            subject=without,
        )
    documents = [Document(id, one.published, one.title, one.source, one.text or "") for id, one in texts.items()]
    sided = [voice for voice in voices if voice.stance != "mixed"]
    write_dna(folder, documents, [_coded(voice) for voice in sided])
    return len(voices) - len(sided)


def _coded(voice: Voice) -> Coded:
    is_person = voice.kind in ("person", "unnamed")
    return Coded(
        document=voice.article,
        start=voice.start,
        end=voice.end,
        text=voice.evidence,
        person=voice.actor if is_person else None,
        organization=(voice.affiliation or voice.country) if is_person else voice.actor,
        concept=f"{voice.issue}: {voice.option}",
        agrees=voice.stance == "for",
    )
