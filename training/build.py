"""Joins the corpora into the training examples: every sentence once, with all the layers it has anywhere."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

from training.attribution import gum_attributions, own_examples, silver_frames
from training.corpora import (
    Example,
    GoldFrame,
    corpus_file,
    guess_spaces,
    gum_names,
    mark_norp,
    norp_lexicon,
    read_conllu,
    read_jsonl,
    read_names,
    read_predicates,
)
from training.dataset import AUXILIARY_ROLESETS
from training.event_corpus import codebook_examples, examples_of, part_of
from training.name_corpus import read_names as read_marked_names
from training.name_corpus import with_names
from training.silver import FILE, new_examples, read_silver, with_teacher

OWN_TWICE = 2
"""Our own paragraphs are few and the only ones in the manner of news: each stands this often in an epoch."""
LISTS, THIRD = 4, 3
"""Passes that differ in what they take beside the sentences that all take; how many make a turn of the quiet ones."""
QUIET = ("reviews-",)
"""Sentences in which nothing is a political event: reviews of shops and restaurants."""


def annotated_examples(split: Callable[[str], list[list[tuple[int, int]]]]) -> list[Example]:
    """All sentences with what people said of them; `split` cuts our own paragraphs into sentences of word offsets."""
    return [*join_events(layered_examples(), event_examples()), *list(own_examples(split)) * OWN_TWICE]


def taught_examples(annotated: Sequence[Example]) -> tuple[list[Example], list[list[Example]]]:
    """The same sentences with what the teacher says of them, if it has: those that every pass learns, and lists of more
    of which each pass takes one in turn.

    The lists hold the teacher's new sentences, and every third time those of which it says what the annotation says: no
    event.
    """
    records = list(read_silver()) if FILE.exists() else []
    found = with_teacher(annotated, records)
    quiet = [e for e in found if tells_nothing(e)]
    new = new_examples(annotated, records, LISTS)
    lists = [[*own, *quiet[number % THIRD :: THIRD]] for number, own in enumerate(new)]
    return [e for e in found if not tells_nothing(e)], lists


def tells_nothing(example: Example) -> bool:
    """Whether annotation and teacher agree that no word tells an event, and nothing else is known of the sentence."""
    layers = (example.words, example.names, example.predicates, example.attributions)
    return example.events == () and example.chances == () and all(layer is None for layer in layers)


def join_events(layered: Sequence[Example], events: Sequence[Example]) -> list[Example]:
    """Both, but a sentence of both only once, with all that is known of it."""
    known = {e.forms: e.events for e in events}
    there = {e.forms for e in layered if e.events is None}
    joined = [replace(e, events=known[e.forms]) if e.events is None and e.forms in known else e for e in layered]
    return [*joined, *(e for e in events if e.forms not in there)]


def layered_examples() -> list[Example]:
    """The sentences of the treebanks and the sets of names and roles."""
    ewt = _ewt_examples("train")
    gum = _gum_examples()
    trees = [*ewt, *gum]
    lexicon = norp_lexicon(trees)
    named = [
        *read_names(corpus_file("wikigold", "train"), frozenset({"PER", "ORG", "LOC", "MISC"})),
        *read_names(corpus_file("crossner_politics", "train"), frozenset({"PER", "ORG", "LOC", "MISC"})),
    ]
    trees = [replace(e, events=()) if e.id.startswith(QUIET) else e for e in trees]
    return [*(mark_norp(e, lexicon) for e in [*trees, *named]), *_masc_examples()]


def event_examples() -> list[Example]:
    """The event corpus' part for training, with the names marked in it, and PLOVER's codebook."""
    sentences = part_of("train")
    named = with_names(sentences, examples_of(sentences), read_marked_names())
    return [*named, *codebook_examples(corpus_file("plover_gsr", "train"))]


def _ewt_examples(part: str) -> list[Example]:
    names = {r["sent_id"]: r for r in read_jsonl(corpus_file("uner_ewt", part))}
    predicates = read_predicates(corpus_file("propbank_ewt", part))
    found = []
    for example in read_conllu(corpus_file("ud_ewt", part)):
        record = names.get(example.id)
        if record is not None and tuple(record["words"]) == example.forms:
            spans = tuple((s, e, label if label != "OTH" else "?") for s, e, label in record["spans"])
            example = replace(example, names=spans, name_labels=frozenset({"PER", "ORG", "LOC"}))
        if example.id in predicates:
            example = with_predicates(example, predicates[example.id])
        found.append(example)
    return found


def with_predicates(example: Example, predicates: list[tuple[str, GoldFrame]]) -> Example:
    """The example with its predicates, and with the attributions they imply."""
    frames = tuple(
        replace(frame, kind="auxiliary") if roleset in AUXILIARY_ROLESETS else frame for roleset, frame in predicates
    )
    return replace(example, predicates=frames, attributions=silver_frames(example, predicates))


def _gum_examples() -> list[Example]:
    documents: dict[str, list[Example]] = defaultdict(list)
    for example in read_conllu(corpus_file("ud_gum", "train")):
        documents[re.sub(r"-\d+$", "", example.id)].append(example)
    names = gum_names(documents, corpus_file("gum_doc", "train"))
    attributions = gum_attributions(documents, corpus_file("gum_attribution", "train"))
    return [
        replace(names.get(e.id, e), attributions=attributions.get(e.id)) for group in documents.values() for e in group
    ]


def _masc_examples() -> list[Example]:
    """The written half; the spoken one is court transcripts and telephone calls."""
    predicates = read_predicates(corpus_file("propbank_masc", "train"))
    found = []
    for record in read_jsonl(corpus_file("propbank_masc", "train")):
        if record["path"].startswith("spoken"):
            continue
        forms = tuple(record["words"])
        name = f"{record['doc_id']}-{record['sent']}"
        found.append(with_predicates(Example(name, forms, guess_spaces(forms)), predicates[name]))
    return found
