"""Measures the model on every gold standard and holds the figures against the floors.

    python -m evals.run [--model FOLDER] [--compare FOLDER or FILE] [--write FILE] [--keep FILE]

`evals/float.json` keeps the figures of the float model from which the shipped one was made (`--model FLOAT --keep`).

Exit code 0: every floor is met; 1: a figure is below its floor; 2: it could not be measured.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path

from evals.entities import measure_entities
from evals.gold import GoldError, corpora_folder
from evals.issues import measure_issues
from evals.measure import Coder, Gold, Measures, load_gold, measure_model, measure_segmentation
from evals.measure_events import load_event_gold, measure_events
from evals.measure_places import load_place_gold, measure_places
from evals.measure_real import load_real_statements, measure_real_statements
from evals.measure_statements import load_statement_gold, measure_statements
from evals.news import load_news_gold, measure_news
from evals.pronouns import load_pronouns, measure_pronouns
from evals.reading import SHIPPED, ModelReader, Reader
from evals.table import Floors, below, load_floors, render_counts, render_figures, render_numbers
from legation.coding import code, who_is_meant
from legation.errors import ModelError
from legation.positions.library import shipped_library
from legation.positions.matching import Matcher
from legation.positions.telling import telling
from legation.read.sentences import SentenceSplitter
from legation.records import ModelInfo

FLOORS = Path(__file__).with_name("floors.toml")
OpenReader = Callable[[Path], Reader]


def run(options: argparse.Namespace, floors: Floors, open_reader: OpenReader, coder: Coder) -> int:
    """Measures, prints and judges. Raises GoldError and ModelError."""
    started = time.perf_counter()
    reader = open_reader(options.model)
    paths = floors.proven(corpora_folder())
    gold = load_gold(paths, options.most)
    more = _further(paths, options.most, coder)
    own = _measured(gold, more, reader, coder)
    figures = own.figures | measure_segmentation(gold, SentenceSplitter.load()).figures
    other = _compared(options.compare, lambda folder: _measured(gold, more, open_reader(folder), coder).figures)
    document = render_document(reader.info, render_figures(floors.targets, figures, other), own)
    print(document, end="")
    print(f"Measured in {time.perf_counter() - started:.0f} s.", file=sys.stderr)
    if options.most is not None:
        print("Only a part was measured: the floors are not judged.", file=sys.stderr)
        return 0
    if options.write:
        options.write.write_text(document, encoding="utf-8")
    if options.keep:
        options.keep.write_text(json.dumps({k: round(v, 2) for k, v in own.figures.items()}, indent=1) + "\n", "utf-8")
    missed = below(floors.targets, figures)
    for target in missed:
        print(f"Below its floor: {target.set}, {target.title}.", file=sys.stderr)
    return 1 if missed else 0


def _further(paths: Mapping[str, Path], most: int | None, coder: Coder) -> list[Callable[[Reader], Measures]]:
    """What else is measured, where gold files are named: names and dates of news, statements, those of real sentences,
    events, persons, issues, places, pronouns."""
    news = load_news_gold(paths, most)
    found: list[Callable[[Reader], Measures]] = [lambda reader: measure_news(news, reader, coder)]
    if "gum_attribution" in paths:
        statements = load_statement_gold(paths, most)
        found.append(lambda reader: measure_statements(statements, reader, coder))
    if "newsmtsc" in paths:
        real = load_real_statements(most)
        found.append(lambda reader: measure_real_statements(real, reader, coder))
    if "plv_dev" in paths:
        events = load_event_gold(paths, most)
        found.append(lambda reader: measure_events(events, reader, coder))
        found.append(lambda reader: measure_entities(events.paragraphs, reader, who_is_meant))
        found.append(lambda reader: measure_issues())
    if "geovirus" in paths:
        places = load_place_gold(paths, most)
        found.append(lambda reader: measure_places(places, reader, coder))
    if "gap" in paths:
        pronouns = load_pronouns(paths["gap"])[:most]
        found.append(lambda reader: measure_pronouns(pronouns, reader, coder))
    return found


def _measured(gold: Gold, more: Sequence[Callable[[Reader], Measures]], reader: Reader, coder: Coder) -> Measures:
    """The model on every set."""
    own = measure_model(gold, reader, coder)
    for measure in more:
        own = own.joined(measure(reader))
    return own


def _compared(place: Path | None, measure: Callable[[Path], Mapping[str, float]]) -> Mapping[str, float] | None:
    """The figures to stand beside: kept in a file, or measured of the model in a folder."""
    if place is None or place.suffix != ".json":
        return measure(place) if place else None
    try:
        kept: dict[str, float] = json.loads(place.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GoldError(f"{place} does not hold figures that --keep wrote: {error}") from error
    return kept


def render_document(info: ModelInfo, table: str, measures: Measures) -> str:
    """The whole page: which model, the table of figures, and what lies behind them."""
    model = f"Model {info.name} {info.version}, SHA-256 {info.sha256}."
    parts = [f"{model} All figures are times 100. Made by `python -m evals.run --write`.", table]
    for title, counts in measures.counts.items():
        parts += [f"### {title}", render_counts(counts)]
    for title, numbers in measures.numbers.items():
        parts += [f"### {title}", render_numbers(numbers)]
    return "\n\n".join(parts) + "\n"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python -m evals.run", description="Hold the model against the floors.")
    parser.add_argument(
        "--model", type=Path, default=SHIPPED, metavar="FOLDER", help="model to measure; else the shipped one"
    )
    parser.add_argument("--compare", type=Path, metavar="PLACE", help="the float model, or a file of its kept figures")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the figures as JSON, unless --most")
    parser.add_argument("--write", type=Path, metavar="FILE", help="write the tables as Markdown, unless --most")
    parser.add_argument(
        "--most", type=int, metavar="N", help="only N sentences of each set, for a trial; judges nothing"
    )
    return parser.parse_args(arguments)


def main(
    arguments: Sequence[str] | None = None,
    *,
    floors: Path = FLOORS,
    open_reader: OpenReader = ModelReader,
    coder: Coder | None = None,
) -> int:
    """Runs the command line; returns its exit code."""
    try:
        return run(parse(arguments), load_floors(floors), open_reader, coder or _coder())
    except (GoldError, ModelError) as error:
        print(error, file=sys.stderr)
        return 2


def _coder() -> Coder:
    """Coding with the shipped issues, whatever the user's own are."""
    return partial(code, issue_of=telling(Matcher(shipped_library())))


if __name__ == "__main__":
    raise SystemExit(main())
