"""The real sentences that `corpus/events` annotates: their text stays in its own corpus and is read from there.

A sentence is named by its set, its document and a key in it. Where the set cuts sentences itself the key is its
number or id; where it gives running text, the key is "start-end" in code points of the document.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from training.corpora import corpus_file, read_jsonl

SOURCES = Path(__file__).resolve().parent.parent / "corpus" / "events" / "sources.toml"


def sentence_text(name: str, document: str, key: str) -> str:
    """The text of one sentence. Raises KeyError where the set has none of that name."""
    if name in RUNNING:
        start, end = key.split("-")
        return _documents(name)[document][int(start) : int(end)]
    return _sentences(name)[document, key]


@cache
def _documents(name: str) -> dict[str, str]:
    records = read_jsonl(corpus_file(name, "file", SOURCES))
    return {str(record[RUNNING[name]]): str(record["text"]) for record in records}


@cache
def _sentences(name: str) -> dict[tuple[str, str], str]:
    return {(document, key): text for document, key, text in SENTENCES[name](corpus_file(name, "file", SOURCES))}


def _treebank(path: Path) -> Iterator[tuple[str, str, str]]:
    document = key = ""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            label, _, value = line.rstrip("\n").partition(" = ")
            if label == "# newdoc id":
                document = value
            elif label == "# sent_id":
                key = value
            elif label == "# text":
                yield document, key, value


def _cut_documents(path: Path) -> Iterator[tuple[str, str, str]]:
    for record in read_jsonl(path):
        for number, (start, end) in enumerate(record["sents"]):
            yield record["doc_id"], str(number), record["text"][start:end]


def _words(document: str, sentence: str = "sent_id") -> Callable[[Path], Iterator[tuple[str, str, str]]]:
    """Sentences given as words; the fields `document` and `sentence` name them."""

    def read(path: Path) -> Iterator[tuple[str, str, str]]:
        for record in read_jsonl(path):
            yield _document_of(record, document), str(record[sentence]), " ".join(record["words"])

    return read


def _shuffled(path: Path) -> Iterator[tuple[str, str, str]]:
    """Sentences of a set that keeps no documents: each by its number."""
    for number, record in enumerate(read_jsonl(path)):
        yield path.parent.name, str(number), " ".join(record["words"])


def _targets(path: Path) -> Iterator[tuple[str, str, str]]:
    """Sentences with targets; three parts of a POLUSA id name the article, two of another id the topic."""
    for number, record in enumerate(read_jsonl(path)):
        parts = str(record["id"]).split("_")
        yield "_".join(parts[: 3 if parts[0] == "polusa" else 2]), str(number), str(record["text"])


def _document_of(record: dict[str, Any], field: str) -> str:
    # The sentences of QA-SRL are drawn at random from Wikinews; the first three parts of their id name the article.
    return str(record[field]) if field in record else ":".join(str(record["sent_id"]).split(":")[:3])


RUNNING = {"re3d": "doc_id", "geo_geovirus": "url", "wikiwars": "doc_id"}
"""Sets of running text, with the field that names a document."""
SENTENCES = {
    "ud_ewt": _treebank,
    "gum_doc": _cut_documents,
    "geneva": _words("doc_id"),
    "geneva_dev": _words("doc_id"),
    "propbank_masc": _words("doc_id", "sent"),
    "qasrl_gs": _words("document"),
    "qasrl_wikipedia": _words("document"),
    "wikigold": _shuffled,
    "newsmtsc": _targets,
    "crossner_politics": _shuffled,
    "crossner_politics_dev": _shuffled,
}
"""Sets that cut sentences themselves, with their readers."""
