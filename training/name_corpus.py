"""Names in sentences of our event corpus, `corpus/names`: drafts read, checked, written, and joined to the examples.

    python -m training.name_corpus add DRAFT...
    python -m training.name_corpus check
    python -m training.name_corpus agreement FIRST SECOND

A draft has a line for every sentence, "ID PER Oda Lind | LOC Harrow#2" or "ID -"; "#2" is the second place of the
words. `names.jsonl` holds (start, end, label) in code points of the sentence, end exclusive; the text stays where the
event corpus has it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from evals.counts import Counts, count_by_label, count_matches
from legation.read.words import split_words
from training.corpora import NAME_LABELS, Example
from training.event_corpus import Sentence, part_of, words_of
from training.event_drafts import DraftError, find_span

FILE = Path(__file__).resolve().parent.parent / "corpus" / "names" / "names.jsonl"
Name = tuple[int, int, str]
"""Start, end and label."""


def read_draft(lines: Iterable[str], texts: Mapping[str, str]) -> dict[str, tuple[Name, ...]]:
    """The names of each sentence of a draft. Raises DraftError, naming the line, for what is not as it should be."""
    found: dict[str, tuple[Name, ...]] = {}
    for number, line in enumerate(lines, 1):
        name, _, rest = line.strip().partition(" ")
        if not name:
            continue
        try:
            if name not in texts or name in found:
                raise DraftError(f"no sentence {name}, or a second line for it")
            found[name] = () if rest.strip() == "-" else _names(rest, texts[name])
        except DraftError as error:
            raise DraftError(f"line {number}: {error}") from error
    return found


def _names(rest: str, text: str) -> tuple[Name, ...]:
    names: list[Name] = []
    for part in rest.split(" | "):
        label, _, words = part.strip().partition(" ")
        if label not in NAME_LABELS:
            raise DraftError(f"no label {label}")
        start, end = find_span(words, text)
        if any(start < other and begin < end for begin, other, _ in names):
            raise DraftError(f"{words!r} overlaps another name")
        names.append((start, end, label))
    return tuple(sorted(names))


def read_names(path: Path = FILE) -> dict[str, tuple[Name, ...]]:
    """The names of each sentence, by its id in the event corpus; none where there is no file."""
    if not path.exists():
        return {}
    with path.open(encoding="utf-8") as lines:
        records = map(json.loads, lines)
        return {r["id"]: tuple((s, e, label) for s, e, label in r["names"]) for r in records}


def write_names(names: Mapping[str, Sequence[Name]], path: Path = FILE) -> None:
    """Writes a line for each sentence."""
    lines = [json.dumps({"id": name, "names": spans}) for name, spans in names.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def faults(names: Mapping[str, Sequence[Name]], texts: Mapping[str, str]) -> Iterator[str]:
    """What is wrong: unknown sentences and labels, spans outside the text or with blank edges, overlaps."""
    for name, spans in names.items():
        text = texts.get(name)
        if text is None:
            yield f"{name}: no such sentence is in the training part"
            continue
        last = 0
        for start, end, label in spans:
            words = text[start:end]
            if label not in NAME_LABELS or not last <= start < end <= len(text) or words != words.strip():
                yield f"{name}: {label} {words!r} at {start}-{end}"
            last = end


def with_names(
    sentences: Sequence[Sentence], examples: Iterable[Example], names: Mapping[str, Sequence[Name]]
) -> list[Example]:
    """The examples made of these sentences, those whose names were marked with that layer; every label is marked."""
    return [
        _with_names(example, sentence.text, names[sentence.id]) if sentence.id in names else example
        for sentence, example in zip(sentences, examples, strict=True)
    ]


def _with_names(example: Example, text: str, names: Sequence[Name]) -> Example:
    words = split_words(text, 0, len(text))
    spans = tuple((*words_of((start, end), words), label) for start, end, label in names)
    return replace(example, names=spans, name_labels=frozenset(NAME_LABELS))


def agreement(first: Mapping[str, Sequence[Name]], second: Mapping[str, Sequence[Name]]) -> dict[str, Counts]:
    """Counts of the second pass against the first on the sentences of both: all names, those of a label, and spans."""
    both = [name for name in first if name in second]
    one, other = ([set(names[name]) for name in both] for names in (first, second))
    bare = [[{(s, e) for s, e, _ in spans} for spans in own] for own in (one, other)]
    placed = [[{((s, e), label) for s, e, label in spans} for spans in own] for own in (one, other)]
    return {
        "all": count_matches(one, other),
        "whatever the label": count_matches(*bare),
        **count_by_label(*placed),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns its exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["add", "check", "agreement"])
    parser.add_argument("drafts", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    texts = {s.id: s.text for s in part_of("train")}
    try:
        drafts = [read_draft(path.read_text(encoding="utf-8").splitlines(), texts) for path in options.drafts]
    except DraftError as error:
        print(error, file=sys.stderr)
        return 1
    if options.verb == "agreement":
        for label, counts in agreement(*drafts).items():
            print(f"{label}: F1 {100 * counts.f1:.1f}, {counts.gold} and {counts.predicted} names")
        return 0
    names = read_names()
    for draft in drafts:
        names |= draft
    wrong = list(faults(names, texts))
    print("\n".join([*wrong, f"{len(names)} sentences, {sum(map(len, names.values()))} names, {len(wrong)} faults"]))
    if options.verb == "add" and not wrong:
        write_names(names)
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
