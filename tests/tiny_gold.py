"""Tiny gold files, all invented, and a reader that knows them by heart."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from evals.attribution import AttributedArticle
from evals.measure import Gold, load_gold
from evals.reading import Given, SentenceReading, Words
from legation.records import (
    ArticleInfo,
    Block,
    EntitySpan,
    Frame,
    ModelInfo,
    NamedSpan,
    Reading,
    Report,
    Role,
    Sentence,
    Span,
    Statement,
    Text,
    Token,
)

INFO = ModelInfo("by-heart", "0", "f" * 64)

EWT = """\
# newdoc id = weblog-invented
# sent_id = weblog-invented-1
1\tAda\tAda\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2\tRoe\tRoe\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\thas\thave\tAUX\tVBZ\t_\t4\taux\t_\t_
4\tleft\tleave\tVERB\tVBN\t_\t0\troot\t_\t_
5\tMarland\tMarland\tPROPN\tNNP\t_\t4\tobj\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_

# sent_id = weblog-invented-2
1\tThanks\tthanks\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

# sent_id = weblog-invented-3
1\tThanks\tthanks\tNOUN\tNN\t_\t0\troot\t_\tSpaceAfter=No
2\t!\t!\tPUNCT\t.\t_\t1\tpunct\t_\t_

"""
GUM = """\
# newdoc id = GUM_news_invented
# sent_id = GUM_news_invented-1
1\tTalks\ttalk\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tfailed\tfail\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_

# newdoc id = GUM_vlog_invented
# sent_id = GUM_vlog_invented-1
1\tWow\twow\tINTJ\tUH\t_\t0\troot\t_\t_

"""
LEFT = ["Ada", "Roe", "has", "left", "Marland", "."]
NAMES = [
    {"words": LEFT, "spans": [[0, 2, "PER"], [4, 5, "LOC"]]},
    {"words": ["Thanks", "!"], "spans": []},
    {"words": ["Marland", "alone"], "spans": [[0, 1, "ORG"]]},
]
PREDICATES = [
    {
        "words": LEFT,
        "frames": [
            {"pred": 2, "roleset": "have.01", "args": []},
            {"pred": 3, "roleset": "leave.01", "args": [["ARG0", 0, 1], ["ARG1", 4, 4]]},
        ],
    },
    {"words": ["Thanks", "!"], "frames": []},
    {"words": ["Thanks", "!"], "frames": [{"pred": 0, "roleset": "thank.01", "args": []}]},
]
ARTICLES = [
    {
        "text": "“Prices fell,” Ada Roe said.\n\nNobody answered.",
        "tokens": [[0, 1], [1, 7], [8, 12], [12, 13], [13, 14], [15, 18], [19, 22], [23, 27], [27, 28],
                   [30, 36], [37, 45], [45, 46]],
        "attributions": [
            {"type": "Attribution", "source": [[15, 22]], "cue": [[23, 27]], "content": [[0, 14]]}
        ],
    }
]  # fmt: skip

FILES = {
    "ud_ewt": ("ewt.conllu.gz", EWT),
    "ud_gum": ("gum.conllu.gz", GUM),
    "uner_ewt": ("names.jsonl.gz", NAMES),
    "propbank_ewt": ("predicates.jsonl.gz", PREDICATES),
    "polnear": ("articles.jsonl.gz", ARTICLES),
}


def write_gold(folder: Path) -> dict[str, Path]:
    """Writes the gold files; their paths by key."""
    paths = {}
    for key, (name, content) in FILES.items():
        text = content if isinstance(content, str) else "".join(json.dumps(row) + "\n" for row in content)
        (folder / name).write_bytes(gzip.compress(text.encode(), mtime=0))
        paths[key] = folder / name
    return paths


EVENT_SETS = frozenset({"plv", "cameo_spans", "events", "events_real", "entities", "issues_dev", "issues_test"})
NEWS_SETS = frozenset({"tempeval3", "wikiwars", "en_worldwide"})
PLACE_SETS = frozenset({"geovirus", "lgl"})
PRONOUN_SETS = frozenset({"gap"})
STATEMENT_SETS = frozenset({"gum_attribution", "speakers", "speakers_read", "positions"})
REAL_SETS = frozenset({"real_statements"})
OTHER_SETS = EVENT_SETS | NEWS_SETS | PLACE_SETS | STATEMENT_SETS | REAL_SETS | PRONOUN_SETS
"""What is measured only where its gold files are named, each in its own module."""


def write_floors(path: Path, gold: dict[str, Path], bars: dict[str, dict[str, float]]) -> Path:
    """A table with every figure of the shipped one but those of other sets, and only these bars."""
    shipped = (Path(__file__).parent.parent / "evals" / "floors.toml").read_text(encoding="utf-8")
    lines = []
    for key, file in gold.items():
        digest = hashlib.sha256(file.read_bytes()).hexdigest()
        lines += [f"[gold.{key}]", f'path = "{file.name}"', f'sha256 = "{digest}"', ""]
    sets, _, figures = shipped[shipped.index("[sets]") :].partition("[figures]")
    lines += [sets, "[figures]"]
    for line in figures.strip().splitlines():
        key, title = line.split('"')[1], line.split('"')[3]
        if key.split(".")[0] in OTHER_SETS:
            continue
        own = "".join(f", {bar} = {value}" for bar, value in bars.get(key, {}).items())
        lines.append(f'"{key}" = {{ title = "{title}"{own} }}')
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


class ByHeart:
    """Answers with the gold standard; counts what it is asked. `blind` makes it find no names."""

    info = INFO

    def __init__(self, gold: Gold, blind: bool = False) -> None:
        self.asked: list[tuple[Words, Given]] = []
        self._articles = {article.text: article for article in gold.articles}
        self._tokens = {tuple(t.text for t in tree): tree for tree in (*gold.ewt, *gold.gum)}
        self._names = {} if blind else {s.words: s.names for s in gold.names}
        self._predicates = {(s.words, s.given): s.predicates for s in gold.predicates}

    def read_words(self, sentences: Sequence[Words], predicates: Sequence[Given]) -> list[SentenceReading]:
        self.asked += zip(sentences, predicates, strict=True)
        return [self._sentence(words, given) for words, given in zip(sentences, predicates, strict=True)]

    def _sentence(self, words: Words, given: Given) -> SentenceReading:
        own = self._predicates.get((words, given), ())
        frames = tuple(
            Frame("predicate", p.word, tuple(Role(s, e, label) for s, e, label in sorted(p.arguments)), 1.0)
            for p in own
            if not p.auxiliary
        )
        names = tuple(NamedSpan(s, e, label, 1.0) for s, e, label in sorted(self._names.get(words, ())))
        tokens = self._tokens.get(words, ())
        return SentenceReading(Sentence(0, 0, 0, tokens, names, frames), frozenset(p.word for p in own))

    def read(self, text: Text) -> Reading:
        """The article as one sentence of its gold tokens, one attribution a gold span."""
        return read_by_heart(self._articles[text.body], text)

    def read_thoroughly(self, text: Text) -> Reading:
        """The same: nothing is left out."""
        return self.read(text)


def read_by_heart(article: AttributedArticle, text: Text) -> Reading:
    """A reading whose attributions are the gold ones."""
    noun = Token(0, 0, "", "say", "NOUN", "NN", -1, "root")
    tokens = tuple(replace(noun, start=s, end=e, text=text.body[s:e]) for s, e in article.tokens)
    roles = [
        Role(*_words(article, span), label)
        for label, spans in (
            ("SOURCE", article.spans.source),
            ("CUE", article.spans.cue),
            ("CONTENT", article.spans.content),
        )
        for span in spans
    ]
    frame = Frame("attribution", 0, tuple(roles), 1.0)
    end = article.tokens[-1][1]
    return Reading(text, (Block(0, end),), (Sentence(0, end, 0, tokens, (), (frame,)),), INFO)


def _words(article: AttributedArticle, span: tuple[int, int]) -> tuple[int, int]:
    inside = [i for i, (s, e) in enumerate(article.tokens) if span[0] <= s and e <= span[1]]
    return inside[0], inside[-1] + 1


def code_nothing(reading: Reading) -> Report:
    """A coding that finds no statement."""
    info = ArticleInfo("a", None, None, None, None, None, "0" * 64, len(reading.text.body))
    return Report(info, reading.model, reading.text.body)


def code_by_heart(reading: Reading) -> Report:
    """A coding that makes each attribution of the first sentence a statement, its three roles in order."""
    tokens = reading.sentences[0].tokens

    def span(role: Role) -> Span:
        start, end = tokens[role.start].start, tokens[role.end - 1].end
        return Span(start, end, reading.text.body[start:end])

    statements = []
    for frame in reading.sentences[0].frames:
        source, cue, content = map(span, frame.roles)
        speaker = EntitySpan(None, source.start, source.end, source.text)
        statements.append(Statement("s1", speaker, cue, (content,), "direct", "state", None, None, None, (), 1.0))
    return replace(code_nothing(reading), statements=tuple(statements))


def tiny_gold(folder: Path, **options: Any) -> Gold:
    """The gold files, written and read again."""
    return load_gold(write_gold(folder), **options)
