"""Builds the table of word forms whose lemma is known: as the treebanks have them, and as events need them.

    python -m training.lemmas

The model's edit rules stay for what the table lacks.
"""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from pathlib import Path

from training.corpora import corpus_file, read_conllu

OPEN_CLASSES = ("VERB", "AUX", "NOUN", "ADJ", "ADV", "PRON", "DET")
TARGET = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "lemmas.json"
VOWELS = frozenset("aeiou")
DOUBLED = frozenset({"ban", "bar", "beg", "stop", "drop", "plan", "grab", "rob", "kidnap", "expel", "rebel", "compel",
                     "permit", "commit", "submit", "admit", "refer", "defer", "deter", "occur", "control", "patrol",
                     "stab", "slam", "jam", "scrap", "ship", "step", "trap", "cut", "hit", "put", "set", "shut", "sit",
                     "quit", "run", "win", "begin", "dig", "swap", "strip", "rig", "omit", "confer", "transfer", "pin",
                     "propel", "repel", "annul", "tap", "top", "tip", "bug", "hug", "nod", "rot", "gun",
                     "club"})  # fmt: skip


def build_table() -> dict[str, dict[str, str]]:
    """Lemma by part of speech and lower-case form, where the form does not give it by itself."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for corpus in ("ud_ewt", "ud_gum"):
        for example in read_conllu(corpus_file(corpus, "train")):
            for word in example.words or ():
                if word.upos in OPEN_CLASSES and word.deprel != "goeswith" and word.form.isascii():
                    counts[word.upos, word.form.lower()][word.lemma] += 1
    table: dict[str, dict[str, str]] = {upos: {} for upos in OPEN_CLASSES}
    for (upos, form), lemmas in counts.items():
        best, seen = lemmas.most_common(1)[0]
        if seen / lemmas.total() > 0.6 and form.isalpha():
            table[upos][form] = best
    for lemma in event_verbs():
        table["VERB"] |= dict.fromkeys(inflected(lemma), lemma) | {lemma: lemma}
    table["VERB"] |= irregular_forms()
    return {upos: dict(sorted(forms.items())) for upos, forms in table.items()}


def irregular_forms() -> dict[str, str]:
    """Lemma by irregular form. It outranks the treebanks, which tag "given" and "bound" by their other uses."""
    lines = Path(__file__).with_name("irregular_verbs.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.DictReader(line for line in lines if not line.startswith("#"))
    return {form: row["lemma"] for row in rows for form in row["forms"].split("|") if form not in ("ground", "wound")}


def event_verbs() -> list[str]:
    """The verbs that tell events, in order."""
    lines = Path(__file__).with_name("event_verbs.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def inflected(lemma: str) -> list[str]:
    """The regular forms of a verb: third person, past, participle."""
    if lemma.endswith("y") and lemma[-2:-1] not in VOWELS:
        return [lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    if lemma.endswith("e"):
        return [lemma + "s", lemma + "d", (lemma if lemma.endswith(("ee", "oe", "ye")) else lemma[:-1]) + "ing"]
    stem = lemma + lemma[-1] if lemma in DOUBLED else lemma
    third = lemma + ("es" if lemma.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
    return [third, stem + "ed", stem + "ing"]


def main() -> None:
    """Writes the table into the package."""
    TARGET.write_text(json.dumps(build_table(), ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


if __name__ == "__main__":
    main()
