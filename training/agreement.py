"""How far two independent annotators of `corpus/events` agree, layer by layer.

    python -m training.agreement FIRST.jsonl SECOND.jsonl

Both files hold the same sentences by id (the layout of `second.jsonl`: id and events). Kappa is Cohen's, of two
annotators over the same units; F1 is of one pass against the other, which is the same both ways.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import Any

from evals.events import overlap, paired

Event = dict[str, Any]
Pairs = list[tuple[Event, Event]]


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> float:
    """Cohen's kappa of pairs of labels; 1 where both always say the same one thing, or nothing at all."""
    total = len(pairs)
    if not total:
        return 1.0
    same = sum(a == b for a, b in pairs) / total
    first, second = Counter(a for a, _ in pairs), Counter(b for _, b in pairs)
    chance = sum(first[label] * second[label] for label in first) / total**2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def matched(first: Sequence[Event], second: Sequence[Event]) -> Pairs:
    """Events of two passes over one sentence whose triggers overlap, each once, the same type first."""
    return paired(
        first, second, lambda a, b: overlap(a["trigger"], b["trigger"]), lambda a, b: bool(a["type"] == b["type"])
    )


def layers(first: dict[str, list[Event]], second: dict[str, list[Event]]) -> dict[str, tuple[str, float, int]]:
    """Each layer's measure, value and number of units."""
    ids = sorted(first.keys() & second.keys())
    found = [(matched(first[i], second[i]), first[i], second[i]) for i in ids]
    pairs = [pair for own, _, _ in found for pair in own]
    events = sum(len(a) + len(b) for _, a, b in found)
    typed = [(a, b) for a, b in pairs if a["type"] == b["type"]]
    contexts = sum(2 * len(set(a["contexts"]) & set(b["contexts"])) for a, b in pairs)
    named = sum(len(a["contexts"]) + len(b["contexts"]) for a, b in pairs)
    result = {
        "a sentence has an event": ("kappa", kappa([(bool(a), bool(b)) for _, a, b in found]), len(found)),
        "trigger": ("F1", 2 * len(pairs) / max(1, events), events),
        "type, same trigger": ("kappa", kappa([(a["type"], b["type"]) for a, b in pairs]), len(pairs)),
        "trigger and type": ("F1", 2 * len(typed) / max(1, events), events),
        "mode, same type": ("kappa", kappa([(a["mode"], b["mode"]) for a, b in typed]), len(typed)),
        "status": ("kappa", kappa([(a["status"], b["status"]) for a, b in pairs]), len(pairs)),
        "contexts": ("F1", contexts / max(1, named), named),
    }
    for role in ("actor", "recipient"):
        result[role] = ("F1, overlap", *_role(typed, role))
    codes = [code for a, b in typed for role in ("actor", "recipient") for code in _codes(a[role], b[role])]
    if codes:
        result["code, same span"] = ("share", sum(a == b for a, b in codes) / len(codes), len(codes))
    return result


def _role(pairs: Pairs, role: str) -> tuple[float, int]:
    right = total = 0
    for a, b in pairs:
        one, other = ([(p["start"], p["end"]) for p in event[role]] for event in (a, b))
        right += sum(any(overlap(x, y) for y in other) for x in one) + sum(
            any(overlap(x, y) for y in one) for x in other
        )
        total += len(one) + len(other)
    return right / max(1, total), total


def _codes(first: list[Event], second: list[Event]) -> list[tuple[str, str]]:
    return [
        (a["code"], b["code"])
        for a in first
        for b in second
        if a.get("code") and b.get("code") and (a["start"], a["end"]) == (b["start"], b["end"])
    ]


def table(parts: dict[str, tuple[dict[str, list[Event]], dict[str, list[Event]]]]) -> str:
    """A Markdown table of the layers of each part."""
    lines = ["| part | layer | measure | value | units |", "|---|---|---|--:|--:|"]
    for name, (first, second) in parts.items():
        for layer, (measure, value, units) in layers(first, second).items():
            lines.append(f"| {name} | {layer} | {measure} | {value:.2f} | {units} |")
    return "\n".join(lines)


def main() -> None:
    """Prints the table, invented and real sentences apart."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    options = parser.parse_args()
    first, second = (_read(path) for path in (options.first, options.second))
    parts = {
        kind: tuple({k: v for k, v in one.items() if k.startswith(kind)} for one in (first, second))
        for kind in ("invented", "real")
    }
    print(table({kind: (a, b) for kind, (a, b) in parts.items()}))


def _read(path: Path) -> dict[str, list[Event]]:
    records = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {record["id"]: record["events"] for record in records}


if __name__ == "__main__":
    main()
