"""Attribution layers: from PropBank's verbs of saying and holding, from GUM, from our marked paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from training.corpora import Example, GoldFrame, read_jsonl

OWN = Path(__file__).resolve().parent.parent / "corpus" / "attribution"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs whose ARG0 holds and whose ARG1 is held. MERGED verbs say it of someone: ARG1 and ARG2 are content.
SAYING = _words("""
    say tell think know believe want hope expect claim report state argue suggest note add explain
    announce warn deny admit insist describe ask demand request wonder fear worry predict promise
    pledge threaten vow agree refuse decline plan intend decide propose recommend advise support
    oppose favor reject doubt assume suspect conclude acknowledge confirm reveal write quote cite
    mention remark reply respond answer question complain declare assert contend maintain allege
    testify imply indicate estimate forecast prefer wish desire seek approve disagree object concede
    dismiss emphasize stress repeat recall swear tweet speculate discover determine foresee consider
    feel figure guess understand hint boast lament regret comment proclaim caution anticipate
    endorse accept view
""")
MERGED = _words("""
    accuse blame criticize condemn praise urge call order denounce persuade encourage invite thank
    congratulate mock challenge credit label term dub slam ridicule commend applaud
""")
AUXILIARIES = _words("""
    have has had is are was were be been being am do does did not n't n’t never will would may might
    can could should must shall ca wo 've 's 're 'd to also already repeatedly now then still
""")
OPENING, CLOSING = frozenset('“"‘``'), frozenset("”\"’''")


def silver_frames(example: Example, predicates: list[tuple[str, GoldFrame]]) -> tuple[GoldFrame, ...]:
    """Attributions that PropBank's arguments of a verb of saying already mark."""
    found = []
    for roleset, frame in predicates:
        lemma = roleset.split(".")[0]
        wanted = {"ARG1", "C-ARG1"} | ({"ARG2"} if lemma in MERGED else set())
        content = [(s, e) for label, s, e in frame.roles if label in wanted]
        if (lemma in SAYING or lemma in MERGED) and content and not _is_nominal(example, frame.word):
            found.append(_frame(example, frame, _joined(content)))
    return tuple(found)


def _is_nominal(example: Example, word: int) -> bool:
    return example.words is not None and example.words[word].upos == "NOUN"


def _frame(example: Example, frame: GoldFrame, content: list[tuple[int, int]]) -> GoldFrame:
    source = [("SOURCE", s, e) for label, s, e in frame.roles if label == "ARG0"]
    pieces = [("CONTENT", *with_quotes(example.forms, s, e)) for s, e in content]
    start, end = cue_span(example.forms, frame.word)
    blocked = {i for _, s, e in source for i in range(s, e)}
    while start in blocked and start < frame.word:
        start += 1
    roles = disjoint([*source, ("CUE", start, end), *pieces])
    return GoldFrame("attribution", frame.word, roles)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def with_quotes(forms: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    """The span with the quotation marks that hug it, and a comma inside the closing one."""
    if start > 0 and forms[start - 1] in OPENING:
        start -= 1
    if end + 1 < len(forms) and forms[end] in {",", ".", "?", "!"} and forms[end + 1] in CLOSING:
        end += 2
    elif end < len(forms) and forms[end] in CLOSING:
        end += 1
    return start, end


def cue_span(forms: tuple[str, ...], word: int) -> tuple[int, int]:
    """The verb with the auxiliaries, negation and short adverbs that stand right before it."""
    start = word
    while start > 0 and forms[start - 1].lower() in AUXILIARIES - {"to"}:
        start -= 1
    while start < word and forms[start].lower() in {"now", "then", "also", "still"}:
        start += 1
    return start, word + 1


def disjoint(roles: list[tuple[str, int, int]]) -> tuple[tuple[str, int, int], ...]:
    """Roles in order without overlap; what comes first in the list wins."""
    taken: set[int] = set()
    kept = []
    for label, start, end in roles:
        if start < end and not taken & set(range(start, end)):
            kept.append((label, start, end))
            taken |= set(range(start, end))
    return tuple(sorted(kept, key=lambda r: r[1]))


# ---------------------------------------------------------------- GUM


def gum_attributions(trees: dict[str, list[Example]], path: Path) -> dict[str, tuple[GoldFrame, ...]]:
    """Attributions of GUM's commercial documents with a known cue and source, by sentence id."""
    result: dict[str, tuple[GoldFrame, ...]] = {}
    for record in read_jsonl(path):
        if record["commercial"] == "yes" and record["doc_id"] in trees:
            for example, offset in _offsets(trees[record["doc_id"]], record["text"]):
                frames = [f for a in record["attributions"] if (f := _gum_frame(example, offset, a)) is not None]
                if frames:
                    result[example.id] = tuple(frames)
    return result


def _offsets(sentences: list[Example], text: str) -> Iterator[tuple[Example, list[tuple[int, int]]]]:
    """Character offsets of every word, found in order in the document's text."""
    at = 0
    for example in sentences:
        offsets = []
        for form in example.forms:
            found = text.find(form, at, at + 200)
            if found < 0:
                return
            offsets.append((found, found + len(form)))
            at = found + len(form)
        yield example, offsets


def _gum_frame(example: Example, offsets: list[tuple[int, int]], record: dict[str, Any]) -> GoldFrame | None:
    if not record["auto_cue"] or not record["auto_source"]:
        return None

    def words(start: int, end: int) -> tuple[int, int]:
        inside = [i for i, (s, e) in enumerate(offsets) if s >= start and e <= end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    cue = words(*record["auto_cue"])
    source = words(*record["auto_source"][0])
    content = [words(*span) for span in record["content"]]
    if cue[0] == cue[1] or source[0] == source[1] or not any(s < e for s, e in content):
        return None
    start, _ = cue_span(example.forms, cue[0])
    roles = [
        ("SOURCE", *source),
        ("CUE", start, cue[1]),
        *(("CONTENT", *trimmed(example.forms, s, e)) for s, e in content),
    ]
    return GoldFrame("attribution", cue[0], disjoint(roles))


def trimmed(forms: tuple[str, ...], start: int, end: int) -> tuple[int, int]:
    """The span without a full stop or comma at its end that no quotation mark follows."""
    while end > start and forms[end - 1] in {".", ","}:
        end -= 1
    return start, end


# ---------------------------------------------------------------- our own paragraphs

TAG = re.compile(r"<(/?)([sqc])(\d+)>")
KINDS = {"s": "SOURCE", "q": "CUE", "c": "CONTENT"}
Splitter = Callable[[str], list[list[tuple[int, int]]]]


def strip_tags(line: str) -> tuple[str, list[tuple[str, int, int, int]]]:
    """Plain text of a marked paragraph and its (kind, number, start, end) character spans, as they close.

    Raises ValueError for a tag that is closed unopened, opened twice, or never closed.
    """
    text, at = "", 0
    spans: list[tuple[str, int, int, int]] = []
    opened: dict[tuple[str, int], int] = {}
    for match in TAG.finditer(line):
        text += line[at : match.start()]
        at = match.end()
        key = (match[2], int(match[3]))
        if (key in opened) != bool(match[1]):
            raise ValueError(f"tag {match[0]} out of place: {line[:80]}")
        if match[1]:
            spans.append((KINDS[match[2]], key[1], opened.pop(key), len(text)))
        else:
            opened[key] = len(text)
    if opened:
        raise ValueError(f"tag not closed: {line[:80]}")
    return text + line[at:], spans


def own_examples(split: Splitter, folder: Path = OWN) -> list[Example]:
    """Sentences of our marked paragraphs; `split` gives the word offsets of each sentence of a text."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            text, spans = strip_tags(line)
            for index, (words, quoted) in enumerate(sentences_of(text, split)):
                found.append(_own_sentence(f"{path.stem}-{number}-{index}", text, words, spans, quoted))
    return found


def sentences_of(text: str, split: Splitter) -> Iterator[tuple[list[tuple[int, int]], bool]]:
    """The word offsets of each sentence of a text, and whether a quotation is open before it."""
    marks = 0
    for words in split(text):
        yield words, marks % 2 == 1
        marks += sum(text[words[0][0] : words[-1][1]].count(mark) for mark in '“”"')


def _own_sentence(
    name: str, text: str, words: list[tuple[int, int]], spans: list[tuple[str, int, int, int]], quoted: bool
) -> Example:
    forms = tuple(text[s:e] for s, e in words)
    spaces = tuple(text[e : e + 1].isspace() for _, e in words)
    numbers = sorted({n for kind, n, *_ in spans if kind == "CUE"})
    frames = [f for n in numbers if (f := _own_frame(forms, words, [s for s in spans if s[1] == n])) is not None]
    return Example(name, forms, spaces, attributions=tuple(frames), quoted=quoted)


def _own_frame(
    forms: tuple[str, ...], words: list[tuple[int, int]], spans: list[tuple[str, int, int, int]]
) -> GoldFrame | None:
    roles = []
    for kind, _, start, end in spans:
        inside = [i for i, (s, e) in enumerate(words) if s < end and e > start]
        if inside:
            roles.append((kind, inside[0], inside[-1] + 1))
    cues = [r for r in roles if r[0] == "CUE"]
    if not cues:
        return None
    order = {"CUE": 0, "SOURCE": 1, "CONTENT": 2}
    roles.sort(key=lambda r: (order[r[0]], r[1]))
    return GoldFrame("attribution", cue_head(forms, *cues[0][1:]), disjoint(roles))


def cue_head(forms: tuple[str, ...], start: int, end: int) -> int:
    """The word that evokes: the first of the cue that is no auxiliary, adverb, article or preposition."""
    skipped = AUXILIARIES | {
        "in",
        "a",
        "an",
        "the",
        "of",
        "as",
        "on",
        "by",
        ",",
        "that",
        "with",
        "at",
        ":",
        "for",
    }
    for index in range(start, end):
        form = forms[index].lower()
        if form not in skipped and not (form.endswith("ly") and index + 1 < end):
            return index
    return end - 1
