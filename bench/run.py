"""Measures speed and memory on this machine and holds them against the floors.

    python -m bench.run [--write docs/benchmarks.md] [--rounds N]

Everything is measured in processes of its own on the example article, and medians are given. Exit code 0:
every floor is met; 1: one is not.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench.archive import ARTICLES as ARTICLES_OF_JOB
from bench.archive import measure_jobs
from bench.cost import measure_cost, ratio
from bench.processes import UNIT_OF_MEMORY, pin, timed
from legation.system import cores

ARTICLE = Path(__file__).resolve().parent.parent / "examples" / "strait.txt"
PUBLISHED = "2025-06-11"
WORDS_OF_ARTICLE = 1000
WORDS_OF_SENTENCE = 22
ARTICLES = 15
WRITTEN = "\n## "
"""Where what people write begins in the page: at the first heading under its title."""

# Run in a process of its own: the whole reading of articles one after the other, the model loaded, on one thread.
SPEED = """
import json, sys, time
from legation.pipeline import Reader
from legation.read.words import split_words
reader, texts = Reader(threads=1), json.load(sys.stdin)
reader.read(texts[0][:2000], published="2025-06-11")
begun = time.perf_counter()
reports = [reader.read(text, published="2025-06-11") for text in texts]
seconds = time.perf_counter() - begun
words = sum(len(split_words(text, 0, len(text))) for text in texts)
print(json.dumps([sum(len(report.sentences) for report in reports), words, seconds]))
"""

# How soon the registry of names answers, what it takes, and how many names it looks up in a second.
REGISTRY = """
import json, resource, sys, time
from datetime import date
from legation.coding.registry import Names, lookup
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.perf_counter()
names = Names.load()
lookup("Boris Johnson", date(2020, 1, 1), names)
loaded = time.perf_counter() - begun
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
from legation.coding.leaders import load_leaders
known = [leader.name for leader in load_leaders()][:2000]
words = [name.split() for name in known]
for name in known:
    names.leaders.named(name)
begun = time.perf_counter()
for _ in range(10):
    for name, parts in zip(known, words):
        names.leaders.named(name)
        names.gazetteer.longest(parts, 0)
print(json.dumps([loaded, memory, 20 * len(known) / (time.perf_counter() - begun)]))
"""

# What one core can do at all, to compare machines by: the encoder's largest matrix product, in float32.
PRODUCT = """
import json, time
import numpy
left, right = numpy.ones((512, 384), numpy.float32), numpy.ones((384, 1536), numpy.float32)
left @ right
begun = time.perf_counter()
for _ in range(60):
    left @ right
print(json.dumps(60 * 2 * 512 * 384 * 1536 / (time.perf_counter() - begun) / 1e9))
"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; `floor` is the least allowed, or the most with `at_most`."""

    name: str
    value: float
    unit: str
    floor: float | None = None
    at_most: bool = False

    @property
    def met(self) -> bool:
        """Whether the floor is met."""
        if self.floor is None:
            return True
        return self.value <= self.floor if self.at_most else self.value >= self.floor


def paragraphs_of(text: str) -> list[str]:
    """The paragraphs of an article, without its headline and byline."""
    return [line for line in text.split("\n") if len(line.split()) > 12]


def article_of(words: int) -> str:
    """An article of about `words` words, made of the example's paragraphs, repeated."""
    source, kept = paragraphs_of(ARTICLE.read_text(encoding="utf-8")), list[str]()
    while sum(len(part.split()) for part in kept) < words:
        kept.append(source[len(kept) % len(source)])
    return "\n\n".join(kept) + "\n"


def median_cold_start(rounds: int) -> tuple[float, float]:
    """Seconds from start to end of `legation read` of 1,000 words, and its greatest resident memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "article.txt"
        path.write_text(article_of(WORDS_OF_ARTICLE), encoding="utf-8")
        command = [sys.executable, "-m", "legation", "read", str(path), "--published", PUBLISHED]
        runs = [timed(command) for _ in range(rounds + 1)][1:]
    return statistics.median(seconds for seconds, _ in runs), max(memory for _, memory in runs)


def median_speed(rounds: int) -> tuple[float, float]:
    """Sentences and words a second of the whole reading on one core; words as the reader counts them."""
    texts = json.dumps([article_of(WORDS_OF_ARTICLE)] * ARTICLES)
    rates = []
    for _ in range(rounds):
        output = subprocess.run(
            [sys.executable, "-c", SPEED],
            input=texts,
            capture_output=True,
            text=True,
            check=True,
            encoding="utf-8",
            preexec_fn=pin,
        ).stdout
        sentences, words, seconds = json.loads(output)
        rates.append((sentences / seconds, words / seconds))
    return statistics.median(r for r, _ in rates), statistics.median(w for _, w in rates)


def median_registry(rounds: int) -> tuple[float, float, float]:
    """Of a new process with its modules imported: milliseconds until the registry of names answers, the MB that it
    takes, and look-ups a second."""
    runs = [
        json.loads(subprocess.run([sys.executable, "-c", REGISTRY], capture_output=True, check=True).stdout)
        for _ in range(rounds)
    ]
    loaded, memory, rate = (statistics.median(column) for column in zip(*runs, strict=True))
    return loaded * 1000, memory * UNIT_OF_MEMORY / 1e6, rate


def median_product(rounds: int) -> float:
    """Thousand million operations a second of a float32 matrix product on one core."""
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-c", PRODUCT]
    runs = [
        float(subprocess.run(command, capture_output=True, check=True, env=environment, preexec_fn=pin).stdout)
        for _ in range(rounds)
    ]
    return statistics.median(runs)


def measure(rounds: int) -> list[Figure]:
    """All figures."""
    seconds, memory = median_cold_start(rounds)
    sentences, words = median_speed(rounds)
    loaded, registry, rate = median_registry(rounds)
    jobs = measure_jobs()
    return [
        Figure("Cold start: `legation read` of 1,000 words, whole process", seconds, "s", 2.0, at_most=True),
        Figure("Peak memory of that process", memory, "MB", 600, at_most=True),
        Figure("Whole reading on one core, in sentences of 22 words", words / WORDS_OF_SENTENCE, "sentences/s", 200),
        Figure("The same in words, punctuation counted", words, "words/s"),
        Figure("The same in sentences as they are", sentences, "sentences/s"),
        Figure("`legation code`, JSONL in and out, whole job on one core", jobs.pinned.rate, "sentences/s", 180),
        Figure("Share of the time outside the encoder", 100 * jobs.outside, "%", 45, at_most=True),
        Figure("Statements and positions, against events alone", ratio(measure_cost()), "times", 1.25, at_most=True),
        Figure("Two workers against one", jobs.two.rate / jobs.one.rate, "times", 1.7),
        *(
            Figure(f"{peer.name}, reading alone, against `legation code`", peer.rate / jobs.pinned.rate, "times")
            for peer in jobs.peers
        ),
        Figure("Greatest memory of a process of these jobs", jobs.memory, "MB", 700, at_most=True),
        Figure("Registry of names, modules imported: until it answers", loaded, "ms", 150, at_most=True),
        Figure("Memory that it takes", registry, "MB", 80, at_most=True),
        Figure("Names looked up", rate, "a second", 300_000),
        Figure("To compare machines by: float32 matrix product on one core", median_product(rounds), "GFLOP/s"),
    ]


def machine() -> str:
    """The machine in a line."""
    return (
        f"{_processor()}, {cores()} cores; {platform.system()} {platform.machine()}; "
        f"Python {platform.python_version()}, onnxruntime {version('onnxruntime')}"
    )


def _processor() -> str:
    table = Path("/proc/cpuinfo")
    lines = table.read_text(encoding="utf-8").splitlines() if table.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


def document(figures: Sequence[Figure], rounds: int, load: float) -> str:
    """The page docs/benchmarks.md."""
    rows = [
        f"| {f.name} | {f.value:.{2 if f.value < 10 else 0}f} {f.unit} | "
        + ("" if f.floor is None else f"{'at most' if f.at_most else 'at least'} {f.floor:g}")
        + f" | {'' if f.floor is None else 'yes' if f.met else 'no'} |"
        for f in figures
    ]
    lines = [
        "# Benchmarks",
        "",
        f"Made by `make bench` on {datetime.now(UTC):%Y-%m-%d}. Machine: {machine()}.",
        f"Load average at the start: {load:.1f} (0 is a quiet machine).",
        f"Medians of {rounds} processes each; memory is the greatest of them.",
        "The texts are articles of 1,000 words made of the paragraphs of `examples/strait.txt`. `legation code` reads",
        f"{ARTICLES_OF_JOB} articles of 12 to 40 sentences of our corpus (`bench/articles.py`); its start counts.",
        "",
        "| what | measured | floor | met |",
        "| --- | --- | --- | --- |",
        *rows,
    ]
    return "\n".join(lines) + "\n"


def written_part(path: Path) -> str:
    """What stands in the page from its first heading on, which people write; "" where there is none."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    _, heading, rest = text.partition(WRITTEN)
    return heading + rest if heading else ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns its exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.run", description="Measure speed and memory.")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the table as Markdown")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="processes for each figure")
    options = parser.parse_args(arguments)
    load = os.getloadavg()[0]
    figures = measure(options.rounds)
    page = document(figures, options.rounds, load)
    print(page, end="")
    if options.write:
        options.write.write_text(page + written_part(options.write), encoding="utf-8")
    return 0 if all(figure.met for figure in figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
