"""Where real sentences of the event corpus are read from: made-up corpora in the normal forms. All text is invented."""

from __future__ import annotations

import gzip
import hashlib
import json
from pathlib import Path

import pytest

from training import event_sources
from training.corpora import CorpusError
from training.event_sources import sentence_text

TREEBANK = "# newdoc id = weblog-1\n# sent_id = weblog-1-0001\n# text = Oman met Qatar.\n1\tOman\n\n# sent_id = weblog-1-0002\n# text = It rained.\n\n"
FILES = {
    "ud_ewt": TREEBANK,
    "gum_doc": json.dumps({"doc_id": "GUM_news_x", "text": "Oman met Qatar. It rained.", "sents": [[0, 15], [16, 26]]}),
    "geneva": json.dumps({"doc_id": "d1", "sent_id": "d1_7", "words": ["Oman", "met", "Qatar", "."]}),
    "qasrl_gs": json.dumps({"sent_id": "Wiki1k:wikinews:5:0:1", "words": ["Oman", "met", "Qatar", "."]}),
    "crossner_politics": json.dumps({"words": ["Oman", "met", "Qatar", "."]}),
    "re3d": json.dumps({"doc_id": "r1", "text": "Oman met Qatar. It rained."}),
}


@pytest.fixture(autouse=True)
def corpora(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    lines = []
    for name, content in FILES.items():
        packed = gzip.compress(content.encode(), mtime=0)
        (tmp_path / name).mkdir()
        (tmp_path / name / "all.gz").write_bytes(packed)
        digest = hashlib.sha256(packed).hexdigest()
        lines.append(f'[{name}]\nfile = {{ path = "{name}/all.gz", sha256 = "{digest}" }}\n')
    table = tmp_path / "sources.toml"
    table.write_text("\n".join(lines))
    monkeypatch.setenv("CORPORA", str(tmp_path))
    monkeypatch.setattr(event_sources, "SOURCES", table)
    event_sources._sentences.cache_clear()
    event_sources._documents.cache_clear()
    return tmp_path


@pytest.mark.parametrize(
    ("name", "document", "key", "text"),
    [
        ("ud_ewt", "weblog-1", "weblog-1-0002", "It rained."),
        ("gum_doc", "GUM_news_x", "1", "It rained."),
        ("geneva", "d1", "d1_7", "Oman met Qatar ."),
        ("qasrl_gs", "Wiki1k:wikinews:5", "Wiki1k:wikinews:5:0:1", "Oman met Qatar ."),
        ("crossner_politics", "crossner_politics", "0", "Oman met Qatar ."),
        ("re3d", "r1", "16-26", "It rained."),
    ],
)
def test_a_sentence_is_found_by_its_set_document_and_key(name: str, document: str, key: str, text: str) -> None:
    assert sentence_text(name, document, key) == text


def test_a_sentence_that_is_not_there_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        sentence_text("gum_doc", "GUM_news_x", "9")


def test_a_corpus_that_changed_is_refused(corpora: Path) -> None:
    (corpora / "re3d" / "all.gz").write_bytes(gzip.compress(b"{}"))
    with pytest.raises(CorpusError, match="another checksum"):
        sentence_text("re3d", "r1", "0-4")
