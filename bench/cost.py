"""Measures what statements cost: reading and coding with statements and positions, against events alone.

    python -m bench.cost [--rounds N] [--articles N]

Both read the generated articles (`bench.articles`) one after the other, in one process on one core, in turns, so that
whatever else the machine does meets both. For events alone the model is one whose bias of cues is so low that it finds
none, and the layers of statements read nothing; and no statement is
coded. That is only for measuring: the product has no such way.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.articles import articles
from bench.processes import pin

ARTICLES = 30
ROUNDS = 5
MODEL = Path(__file__).resolve().parent.parent / "src" / "legation" / "data" / "model"
BIAS = b"network.tags.bias"
"""The biases of all tags of a word in the graph, that of cues the last."""
RAW_DATA = 0x4A
"""Key of the bytes of a tensor in ONNX, which follow its name there: field 9, of a given length."""
NO_CUE = -1e4

# Run in a process of its own: seconds of each round with statements and without.
TURNS = """
import json, sys, time
from pathlib import Path
from legation.coding import coder
from legation.pipeline import Reader
from legation.read.model import LanguageModel
from legation.read.reader import TextReader
from legation.read.sentences import SentenceSplitter

rows, rounds, folder = json.load(sys.stdin)
whole, events = Reader(threads=1), Reader(threads=1)
events.__dict__["_stage"] = TextReader(LanguageModel(Path(folder), 1, least_cue=2.0), SentenceSplitter.load())
find_statements = coder.find_statements

def go(reader, find):
    coder.find_statements = find
    begun = time.perf_counter()
    reports = [reader.read(row["text"], title=row["title"], published=row["published"]) for row in rows]
    seconds = time.perf_counter() - begun
    return seconds, sum(len(report.statements) for report in reports), sum(len(report.events) for report in reports)

ways = {"whole": (whole, find_statements), "events": (events, lambda setting: [])}
for way in ways.values():
    go(*way)
found = {name: [] for name in ways}
for number in range(rounds):
    for name in (list(ways), list(ways)[::-1])[number % 2]:
        found[name].append(go(*ways[name]))
print(json.dumps(found))
"""

Turn = tuple[float, int, int]
"""Seconds of a round, the statements and the events that it found."""


def without_cues(graph: bytes) -> bytes:
    """A model's graph in which no word is a cue. Raises ValueError where it has no such biases."""
    at = graph.find(BIAS + bytes([RAW_DATA]))
    if at < 0:
        raise ValueError(f"The graph has no tensor {BIAS.decode()} with its own bytes.")
    size, start = _varint(graph, at + len(BIAS) + 1)
    last = start + size - 4
    return graph[:last] + struct.pack("<f", NO_CUE) + graph[last + 4 :]


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number as Protocol Buffers write it, seven bits a byte, and where it ends."""
    value = shift = 0
    while True:
        value |= (data[at] & 0x7F) << shift
        shift, at = shift + 7, at + 1
        if not data[at - 1] & 0x80:
            return value, at


def measure_cost(count: int = ARTICLES, rounds: int = ROUNDS) -> dict[str, list[Turn]]:
    """The rounds of both ways, `whole` and `events`, on so many articles."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "model"
        shutil.copytree(MODEL, folder)
        (folder / "model.onnx").write_bytes(without_cues((MODEL / "model.onnx").read_bytes()))
        given = json.dumps([list(articles(count)), rounds, str(folder)])
        done = subprocess.run(
            [sys.executable, "-c", TURNS], input=given, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=pin
        )
    turns: dict[str, list[Turn]] = json.loads(done.stdout)
    return turns


def ratio(turns: dict[str, list[Turn]]) -> float:
    """How many times as long the whole takes: the median of the rounds, each against its own neighbour."""
    pairs = zip(turns["whole"], turns["events"], strict=True)
    return statistics.median(whole[0] / events[0] for whole, events in pairs)


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints the ratio and what it is made of."""
    parser = argparse.ArgumentParser(prog="python -m bench.cost", description="What statements cost.")
    parser.add_argument("--articles", type=int, default=ARTICLES, metavar="N")
    parser.add_argument("--rounds", type=int, default=ROUNDS, metavar="N")
    options = parser.parse_args(arguments)
    turns = measure_cost(options.articles, options.rounds)
    for way, found in turns.items():
        seconds, said, told = statistics.median(turn[0] for turn in found), found[0][1], found[0][2]
        print(f"{way}: {seconds:.2f} s, {said} statements, {told} events")
    print(f"with statements, against events alone: {ratio(turns):.3f} times")


if __name__ == "__main__":
    main()
