"""Scores of telling the issue and option of a position from its words, given gold evidence and content.

    python -m evals.issues [dev|train|test]

prints the figures of a part. The parts hold whole issues; those of dev and test have their words from knowledge alone.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evals.measure import Measures
from legation.positions.library import shipped_library
from legation.positions.matching import Candidate, Matcher
from training.position_corpus import Record, Span, Statement, read

# Where a sentence ends, roughly: the texts are short and edited.
_END = re.compile(r"[.!?][\"'”’]*(?=\s|$)")


@dataclass(frozen=True, slots=True)
class IssuesScore:
    """Counts of positions (`gold`), those answered, those with the right issue, with an option of it, with the right
    option, with the right issue among the candidates; of hints at the side, and right ones; of statements without a
    position, and those of them that were given an issue."""

    gold: int = 0
    answered: int = 0
    issue: int = 0
    chosen: int = 0
    option: int = 0
    among: int = 0
    hinted: int = 0
    hint_right: int = 0
    silent: int = 0
    named: int = 0


def score_issues(records: Iterable[Record], matcher: Matcher) -> IssuesScore:
    """Matches every position of the records, and every statement that has none."""
    counts = dict.fromkeys(IssuesScore.__slots__, 0)
    for record in records:
        for statement in record.statements:
            for key, value in _counted(record.text, statement, matcher).items():
                counts[key] += value
    return IssuesScore(**counts)


def _counted(text: str, statement: Statement, matcher: Matcher) -> dict[str, int]:
    content = _words(text, statement.content)
    context = context_of(text, statement)
    if not statement.positions:
        return {"silent": 1, "named": int(bool(matcher.match("", content, context)))}
    counts = dict.fromkeys(IssuesScore.__slots__, 0)
    for position in statement.positions:
        found = matcher.match(_words(text, [position.evidence]), content, context)
        best = found[0] if found else Candidate("", None, None, 0.0, 0.0, ())
        right = best.issue == position.issue
        option = right and best.option == position.option
        counts["gold"] += 1
        counts["answered"] += bool(found)
        counts["issue"] += right
        counts["chosen"] += right and best.option is not None
        counts["option"] += option
        counts["among"] += any(candidate.issue == position.issue for candidate in found)
        if option and best.polarity and position.stance != "mixed":
            counts["hinted"] += 1
            counts["hint_right"] += (best.polarity == "with") == (position.stance == "for")
    return counts


def context_of(text: str, statement: Statement) -> str:
    """What a reader has before him: all up to the end of the sentence in which the statement ends."""
    last = max(statement.speaker[1], statement.cue[1], *(end for _, end in statement.content))
    end = _END.search(text, max(0, last - 2))
    return text[: end.end() if end else len(text)]


def _words(text: str, spans: Sequence[Span]) -> str:
    return " ".join(text[start:end] for start, end in spans)


def measure_issues(records: Sequence[Record] | None = None) -> Measures:
    """All figures of the parts dev and test, times 100, of the shipped issues."""
    records = read() if records is None else records
    matcher = Matcher(shipped_library())
    figures: dict[str, float] = {}
    numbers: dict[str, int] = {}
    for part in ("dev", "test"):
        score = score_issues([record for record in records if record.split == part], matcher)
        figures |= {f"issues_{part}.{name}": value for name, value in figures_of(score).items()}
        numbers |= {f"{part}, positions": score.gold, f"{part}, statements without one": score.silent}
    return Measures(figures, {}, {"Issues told from words": numbers})


def figures_of(score: IssuesScore) -> dict[str, float]:
    """The figures, times 100; what cannot be measured is 0."""
    return {
        "issue": _share(score.issue, score.gold),
        "option": _share(score.option, score.gold),
        "precision": _share(score.issue, score.answered),
        "among": _share(score.among, score.gold),
        "option_of_issue": _share(score.option, score.issue),
        "option_precision": _share(score.option, score.chosen),
        "hint": _share(score.hint_right, score.hinted),
        "named": _share(score.named, score.silent),
    }


def _share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the figures of one part."""
    part = (sys.argv[1:] if arguments is None else arguments) or ["dev"]
    score = score_issues([record for record in read() if record.split == part[0]], Matcher(shipped_library()))
    print(score)
    for name, value in figures_of(score).items():
        print(f"{name:16}{value:6.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
