"""Texts that are not news, and news out of shape: what the reader takes for events there (`corpus/odd`)."""

from __future__ import annotations

from pathlib import Path

from evals.counts import Counts
from evals.events import score_events
from evals.measure import Coder
from evals.reading import Reader
from legation.records import Text
from training.event_corpus import Sentence
from training.event_drafts import Draft, read_invented

FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "odd"
NEWS = ("capitals", "translated")
"""Files of news with its events; all others hold none."""


def measure_odd(reader: Reader, code: Coder, folder: Path = FOLDER) -> dict[str, Counts]:
    """By kind: for news the events found; for the rest, events reported (`predicted`) of so many sentences (`gold`)."""
    found = {}
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if path.stem in NEWS:
            drafts = [item for item in read_invented(text.splitlines()) if isinstance(item, Draft)]
            sentences = [Sentence(draft.id, draft.theme, "test", draft.text, draft.events) for draft in drafts]
            reports = [code(reader.read(Text(sentence.text))) for sentence in sentences]
            found[path.stem] = score_events(sentences, reports).found
        else:
            report = code(reader.read(Text(text)))
            found[path.stem] = Counts(0, len(report.sentences), len(report.events))
    return found
