"""Peers that are installed beside Legation, timed on the same articles: spaCy with a model for English.

A peer does another job (spaCy reads, and codes nothing), so its figure is a ratio and no contest. PETRARCH2 needs
parses of CoreNLP and Python 2, and is not run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.processes import pin

# In a process of its own on one core: all components of the model, texts in batches, as its manual advises.
SPACY = """
import json, sys, time
try:
    import spacy
except ImportError:
    print("null")
    raise SystemExit
names = [name for name in spacy.util.get_installed_models() if name.startswith("en_")]
if not names:
    print("null")
    raise SystemExit
nlp = spacy.load(names[0])
texts = [json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8")][:100]
list(nlp.pipe(texts[:2]))
begun = time.perf_counter()
sentences = sum(len(list(found.sents)) for found in nlp.pipe(texts))
print(json.dumps([f"spaCy {spacy.__version__}, {names[0]}", sentences / (time.perf_counter() - begun)]))
"""


@dataclass(frozen=True, slots=True)
class Peer:
    """Who it is, and how many sentences a second it read on one core."""

    name: str
    rate: float


def measure_peers(archive: Path, python: str = sys.executable) -> list[Peer]:
    """The peers that `python` can import, on the first hundred articles of an archive (JSONL)."""
    done = subprocess.run(
        [python, "-c", SPACY, str(archive)], stdout=subprocess.PIPE, text=True, check=True, preexec_fn=pin
    )
    found = json.loads(done.stdout.splitlines()[-1])
    return [Peer(*found)] if found else []
