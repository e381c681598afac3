"""Reads the training sets in their normal form: each sentence becomes one `Example` with its layers."""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import os
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("corpora.toml")


@dataclass(frozen=True, slots=True)
class Word:
    """One gold syntactic word; `head` -1 is the root."""

    form: str
    lemma: str
    upos: str
    xpos: str
    head: int
    deprel: str


@dataclass(frozen=True, slots=True)
class GoldFrame:
    """A gold predicate or attribution: the evoking word, and (label, start, end) word ranges, end exclusive.

    `kind` is "predicate", "auxiliary" (a predicate without roles of its own) or "attribution".
    """

    kind: str
    word: int
    roles: tuple[tuple[str, int, int], ...]


Shares = tuple[tuple[str, float], ...]
"""Labels with their probabilities."""


@dataclass(frozen=True, slots=True)
class GoldEvent:
    """A gold event: its trigger word, PLOVER codes, and (ACTOR or RECIPIENT, start, end) word ranges, end exclusive.

    `mode_known` tells that None is no mode; a status, contexts or roles of None were not annotated.
    """

    word: int
    type: str
    mode: str | None
    mode_known: bool
    status: str | None
    contexts: tuple[str, ...] | None
    roles: tuple[tuple[str, int, int], ...] | None


Chances = tuple[tuple[int, Shares], ...]
"""Words that may tell an event, each with the types it may be of and their probabilities; all other words tell none."""


@dataclass(frozen=True, slots=True)
class GoldStance:
    """What a speaker does in a sentence, and where he stands: at the cue, or at the first word where a quotation goes
    on.

    `act` is None where it is not known there. `sides` are the words that show one (FOR, AGAINST, MIXED), `toward` those
    who are praised or blamed (PRAISED, BLAMED), as (label, start, end) of words.
    """

    word: int
    act: str | None
    sides: tuple[tuple[str, int, int], ...] = ()
    toward: tuple[tuple[str, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """One sentence with whichever layers its corpus has; None is a layer that was not annotated.

    `names` are (start, end, label) word ranges; `name_labels` the labels its corpus marks: outside them a
    word may still be a name of another kind. `events_whole` tells that words without an event surely have none;
    `chances` are what the teacher makes of every word.
    """

    id: str
    forms: tuple[str, ...]
    spaces: tuple[bool, ...]
    words: tuple[Word, ...] | None = None
    names: tuple[tuple[int, int, str], ...] | None = None
    name_labels: frozenset[str] = frozenset()
    predicates: tuple[GoldFrame, ...] | None = None
    attributions: tuple[GoldFrame, ...] | None = None
    stances: tuple[GoldStance, ...] | None = None
    events: tuple[GoldEvent, ...] | None = None
    events_whole: bool = True
    chances: Chances | None = None
    quoted: bool = False


class CorpusError(Exception):
    """A training file is missing or is not the one the figures were made with."""


def corpora_folder() -> Path:
    """The folder with the normal forms, from CORPORA."""
    return Path(os.environ.get("CORPORA", "../shared/corpora"))


def corpus_file(name: str, split: str, table: Path | None = None) -> Path:
    """Path of one file of `corpora.toml`, or of another table like it, its checksum proven."""
    table = table or TABLE
    entry = tomllib.loads(table.read_text(encoding="utf-8"))[name][split]
    path = corpora_folder() / str(entry["path"])
    if not path.exists():
        raise CorpusError(f"{path} is missing: set CORPORA to the folder that {table.name} describes")
    if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
        raise CorpusError(f"{path} has another checksum than {table.name} gives")
    return path


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """All records of a gzipped JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


# ---------------------------------------------------------------- trees


def read_conllu(path: Path) -> Iterator[Example]:
    """Sentences of a CoNLL-U file; the document id is prefixed when `newdoc` gives one."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        for chunk in stream.read().split("\n\n"):
            if chunk.strip():
                yield _sentence(chunk.split("\n"))


def _sentence(lines: list[str]) -> Example:
    name = next(line.split("= ", 1)[1] for line in lines if line.startswith("# sent_id"))
    rows = [line.split("\t") for line in lines if line and line[0] != "#"]
    joined = {int(r[0].split("-")[1]): "SpaceAfter=No" not in r[9] for r in rows if "-" in r[0]}
    inside = {i for r in rows if "-" in r[0] for i in range(*map(int, r[0].split("-")))}
    rows = [r for r in rows if r[0].isdigit()]
    spaces = tuple(joined.get(int(r[0]), int(r[0]) not in inside and "SpaceAfter=No" not in r[9]) for r in rows)
    words = tuple(Word(r[1], r[2], r[3], r[4], int(r[6]) - 1, r[7]) for r in rows)
    return Example(name, tuple(w.form for w in words), spaces, words=words)


# ---------------------------------------------------------------- names

NAME_LABELS = ("PER", "ORG", "LOC", "NORP", "MISC")
COMMON = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "MISC": "MISC",
    "politician": "PER", "person": "PER", "politicalparty": "ORG", "organisation": "ORG",
    "country": "LOC", "location": "LOC", "election": "MISC", "event": "MISC", "misc": "MISC",
}  # fmt: skip
GUM_NAMES = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "MISC"}


def read_names(path: Path, labels: frozenset[str]) -> list[Example]:
    """Sentences of a set that marks only names."""
    found = []
    for number, record in enumerate(read_jsonl(path)):
        forms = tuple(record["words"])
        names = tuple((s, e, COMMON[label]) for s, e, label in record["spans"])
        found.append(
            Example(f"{path.parent.name}-{number}", forms, guess_spaces(forms), names=names, name_labels=labels)
        )
    return found


def guess_spaces(forms: tuple[str, ...]) -> tuple[bool, ...]:
    """Whether a space follows each word, where the corpus lost it."""
    glued = {
        ".",
        ",",
        ";",
        ":",
        "!",
        "?",
        ")",
        "]",
        "'s",
        "n't",
        "'",
        "''",
        "%",
        "”",
        "’s",
        "'re",
        "'ll",
        "'ve",
    }
    opening = {"(", "[", "``", "“", "$"}
    following = (*forms[1:], "")
    return tuple(b not in glued and a not in opening for a, b in zip(forms, following, strict=True))


def norp_lexicon(trees: list[Example]) -> frozenset[str]:
    """Adjectives and nouns of nations, religions and parties; no open set marks them all.

    They are the demonyms of the country table, and what gold tags give away: capitalised in running text and
    yet an adjective ("Jewish", "Republican").
    """
    seen: dict[str, int] = {}
    for example in trees:
        for word in (example.words or ())[1:]:
            shaped = word.form[:1].isupper() and word.form[1:].islower() and len(word.form) > 3
            if shaped and word.xpos == "JJ" and word.upos == "ADJ" and word.deprel == "amod":
                seen[word.form] = seen.get(word.form, 0) + 1
    tagged = {w for w, n in seen.items() if n >= 2 and w.endswith(NORP_ENDINGS)} - NOT_NORP
    return frozenset(tagged | demonyms())


NORP_ENDINGS = ("an", "ish", "ese", "i", "ic", "ch", "ek", "ist", "im")
NOT_NORP = frozenset({
    "Much", "Geographic", "Paralympic", "Atlantic", "Academic", "Economic", "Strategic", "Electronic",
    "Public", "Olympic", "Asian-Pacific", "Presidential", "Human", "Roman", "Domestic",
})  # fmt: skip


def demonyms() -> frozenset[str]:
    """Demonyms of one or two words from the shipped country table."""
    table = resources.files("legation.data").joinpath("countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(line for line in table.splitlines() if not line.startswith("#"))
    words = {word for row in rows for word in row["demonyms_adjective"].split("|")}
    return frozenset(word for word in words if word and len(word.split()) <= 2)


def mark_norp(example: Example, lexicon: frozenset[str]) -> Example:
    """Adds NORP where the lexicon's words or their plurals stand outside other names, or alone were MISC."""
    if example.names is None:
        return example
    found = _norp_spans(example.forms, lexicon)
    kept = [n for n in example.names if not (n[2] == "MISC" and n[:2] in found)]
    taken = {i for s, e, _ in kept for i in range(s, e)}
    new = [(s, e, "NORP") for s, e in found if not taken & set(range(s, e))]
    return replace(example, names=tuple(sorted([*kept, *new])), name_labels=example.name_labels | {"NORP"})


def _norp_spans(forms: tuple[str, ...], lexicon: frozenset[str]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for start in range(len(forms)):
        if found and start < found[-1][1]:
            continue
        for end in (start + 2, start + 1):
            phrase = " ".join(forms[start:end])
            if end <= len(forms) and (phrase in lexicon or (phrase[-1:] == "s" and phrase[:-1] in lexicon)):
                found.append((start, end))
                break
    return found


def gum_names(trees: dict[str, list[Example]], path: Path) -> dict[str, Example]:
    """The sentences of GUM (by document, in order) with the heads of their name mentions, by sentence id."""
    result: dict[str, Example] = {}
    for record in read_jsonl(path):
        starts = {t[0]: n for n, t in enumerate(record["tokens"])}
        ends = {t[1]: n + 1 for n, t in enumerate(record["tokens"])}
        spans = [
            (starts[m["head"][0]], ends[m["head"][1]], GUM_NAMES.get(m["type"], "?"))
            for m in record["mentions"]
            if m["kind"] == "name" and m["head"][0] in starts and m["head"][1] in ends
        ]
        result |= _place_names(trees[record["doc_id"]], spans)
    return result


def _place_names(sentences: list[Example], spans: list[tuple[int, int, str]]) -> dict[str, Example]:
    placed: dict[str, Example] = {}
    offset = 0
    for example in sentences:
        stop = offset + len(example.forms)
        own = sorted({(s - offset, e - offset, k) for s, e, k in spans if offset <= s and e <= stop})
        kept = [n for n in own if not any(o != n and o[0] <= n[0] and n[1] <= o[1] for o in own)]
        placed[example.id] = replace(
            example, names=tuple(_disjoint(kept)), name_labels=frozenset({"PER", "ORG", "LOC"})
        )
        offset = stop
    return placed


def _disjoint(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for span in spans:
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return found


# ---------------------------------------------------------------- predicates


def read_predicates(path: Path) -> dict[str, list[tuple[str, GoldFrame]]]:
    """(roleset, frame) of every predicate by sentence id; argument ends made exclusive."""
    found = {}
    for record in read_jsonl(path):
        name = record.get("sent_id") or f"{record['doc_id']}-{record['sent']}"
        found[name] = [
            (f["roleset"], GoldFrame("predicate", f["pred"], tuple((a, s, e + 1) for a, s, e in f["args"])))
            for f in record["frames"]
        ]
    return found
