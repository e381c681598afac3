"""Measures `legation code` on generated archives (`bench.articles`): speed, memory, workers, and what a kill leaves.

    python -m bench.archive killed [--articles 20000] [--sentences 12 40] [--workers 2 1] [--kills 5]
    python -m bench.archive long

`killed` reads an archive unbroken, and then, for each number of workers, killed with -9 at random moments and gone on
with, and compares all files with those of the first byte by byte. `long` reads ten thousand short articles, and then a
hundred thousand.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.articles import articles
from bench.peers import Peer, measure_peers
from bench.processes import timed

SEED = 5
ARTICLES = 400
"""Articles of the archive on which speed is measured, some 10,000 sentences."""
SHORT = 2
"""Sentences of an article of the long archives."""
OUTSIDE = """
import json, sys, time
from datetime import date
from legation.batch.reading import Task, read_records
from legation.batch.shards import Shard
from legation.formats.report_json import report_to_json
from legation.pipeline import Reader
from legation.records import Record, Text

class Timed:
    def __init__(self, session):
        self.session, self.seconds = session, 0.0
    def run(self, *arguments):
        begun = time.perf_counter()
        found = self.session.run(*arguments)
        self.seconds += time.perf_counter() - begun
        return found

reader = Reader(threads=1)
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")][:100]
texts = [Text(row["text"], row["title"], None, None, date.fromisoformat(row["published"])) for row in rows]
records = [Record(str(number), text) for number, text in enumerate(texts)]
def go(chosen):
    for outcome in read_records(Task(Shard(0, tuple(chosen))), reader, lambda at: None):
        report_to_json(outcome.report, indent=None)
go(records[:2])
model = reader._stage.model
model._session = Timed(model._session)
begun = time.perf_counter()
go(records)
print(json.dumps(1 - model._session.seconds / (time.perf_counter() - begun)))
"""


@dataclass(frozen=True, slots=True)
class Job:
    """A run: its seconds, the sentences read, the greatest resident memory of a process of it in MB."""

    seconds: float
    sentences: int
    memory: float

    @property
    def rate(self) -> float:
        """Sentences a second."""
        return self.sentences / self.seconds


def write_archive(path: Path, records: Iterable[dict[str, str]]) -> None:
    """Writes records as JSONL."""
    with path.open("w", encoding="utf-8") as stream:
        for record in records:
            stream.write(json.dumps(record, ensure_ascii=False) + "\n")


def command(archive: Path, out: Path, workers: int, *more: str) -> list[str]:
    """The command line of a run."""
    return [sys.executable, "-m", "legation", "code", str(archive), "-o", str(out), "--workers", str(workers), *more]


def run(archive: Path, out: Path, workers: int, *, one_core: bool = False) -> Job:
    """Runs a job to its end, on one core if asked. Raises SystemExit where it fails."""
    seconds, memory = timed(command(archive, out, workers), one_core=one_core, quiet=True)
    counts = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["counts"]
    return Job(seconds, counts["sentences"], memory)


@dataclass(frozen=True, slots=True)
class Jobs:
    """A job on one core; one and two workers with all cores; the share of the time outside the encoder; the peers."""

    pinned: Job
    one: Job
    two: Job
    outside: float
    peers: list[Peer]

    @property
    def memory(self) -> float:
        """The greatest memory of a process, of one worker that has a core to itself and of two, in MB."""
        return max(self.pinned.memory, self.two.memory)


def measure_jobs() -> Jobs:
    """The jobs, on one archive."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "articles.jsonl"
        write_archive(archive, articles(ARTICLES))
        pinned = run(archive, folder / "pinned", 1, one_core=True)
        one, two = run(archive, folder / "one", 1), run(archive, folder / "two", 2)
        outside = subprocess.run([sys.executable, "-c", OUTSIDE, str(archive)], capture_output=True, check=True).stdout
        return Jobs(pinned, one, two, float(json.loads(outside)), measure_peers(archive))


# ---------------------------------------------------------------- killed


def killed(count: int, sentences: tuple[int, int], workers: Sequence[int], kills: int) -> bool:
    """Whether runs that are killed so often, one for each number of workers, give the files of an unbroken one with the
    first number; says what it does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "articles.jsonl"
        write_archive(archive, articles(count, sentences=sentences))
        whole = run(archive, folder / "whole", workers[0])
        print(f"unbroken: {whole.sentences} sentences in {whole.seconds:.0f} s, workers: {workers[0]}", flush=True)
        rng, same = random.Random(SEED), True
        for some in workers:
            broken, lost = folder / f"broken-{some}", 0.0
            expected = whole.seconds * workers[0] / some
            for at in sorted(rng.uniform(0.02, 0.8) * expected for _ in range(kills)):
                seconds = max(1.0, at - lost)
                if _kill_after(command(archive, broken, some), seconds):
                    lost += seconds
                    print(f"killed after {lost:.0f} s, workers: {some}", flush=True)
                else:
                    print(f"it was done before it could be killed, workers: {some}", flush=True)
                    same = False
            run(archive, broken, some)
            alike = _files(folder / "whole") == _files(broken)
            print(f"{'the same, byte for byte' if alike else 'NOT THE SAME'}, workers: {some}", flush=True)
            same = same and alike
        return same


def _kill_after(arguments: Sequence[str], seconds: float) -> bool:
    """Kills a run and all its processes with -9 after some seconds; False where it had ended by itself."""
    process = subprocess.Popen(arguments, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True
    return False


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# ---------------------------------------------------------------- long


def grows(few: int = 10_000, many: int = 100_000, workers: int = 2) -> tuple[float, Job, Job]:
    """How many times as long a thousand articles take in a large archive as in a small one, and both jobs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jobs = []
        for count in (few, many):
            archive = folder / f"{count}.jsonl"
            write_archive(archive, articles(count, sentences=(SHORT, SHORT)))
            jobs.append(run(archive, folder / str(count), workers))
        return (jobs[1].seconds / many) / (jobs[0].seconds / few), jobs[0], jobs[1]


def main() -> int:
    """Runs one of the two; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=["killed", "long"])
    parser.add_argument("--articles", type=int, default=20_000)
    parser.add_argument("--sentences", type=int, nargs=2, default=[12, 40], help="of an article, least and most")
    parser.add_argument("--workers", type=int, nargs="+", default=[2, 1])
    parser.add_argument("--kills", type=int, default=5)
    options = parser.parse_args()
    if options.verb == "killed":
        return 0 if killed(options.articles, tuple(options.sentences), options.workers, options.kills) else 1
    ratio, few, many = grows()
    print(f"{ratio:.2f} times as long for a thousand articles; {few.memory:.0f} and {many.memory:.0f} MB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
