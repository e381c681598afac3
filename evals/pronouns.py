"""Scores whom he, she, him, her and his mean, on GAP (Webster et al., 2018), through the whole product.

Each text names two persons, and one pronoun means one of them or neither. A pronoun is answered where the report has
it among the mentions of a person. The answer is right where that is the person whom it means, wrong where it is anybody
else. Where the pronoun means neither, the one of the two is wrong, and a third person is answered but not judged: who
would be right is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.gold import read_jsonl
from evals.measure import Coder, Measures
from evals.reading import Reader
from legation.records import Entity, Report, Text

Stretch = tuple[int, int]
MALE = frozenset({"he", "him", "his"})


@dataclass(frozen=True, slots=True)
class Row:
    """A text with a pronoun, whom it means, and who else is named; offsets, end exclusive."""

    text: str
    pronoun: Stretch
    right: tuple[Stretch, ...]
    wrong: tuple[Stretch, ...]

    @property
    def male(self) -> bool:
        """Whether the pronoun means a man."""
        return self.text[slice(*self.pronoun)].lower() in MALE


@dataclass(frozen=True, slots=True)
class PronounsScore:
    """How many pronouns there are, are answered, are judged of those, and are right."""

    pronouns: int = 0
    answered: int = 0
    judged: int = 0
    right: int = 0

    def __add__(self, other: PronounsScore) -> PronounsScore:
        return PronounsScore(
            self.pronouns + other.pronouns,
            self.answered + other.answered,
            self.judged + other.judged,
            self.right + other.right,
        )

    @property
    def precision(self) -> float:
        """The share of right answers among the judged; 0 where none is."""
        return self.right / self.judged if self.judged else 0.0

    @property
    def share(self) -> float:
        """The share of pronouns that are answered; 0 where there are none."""
        return self.answered / self.pronouns if self.pronouns else 0.0


def gap_row(record: Mapping[str, Any]) -> Row:
    """A record of the corpora's normal form."""
    sides = {side: (int(record[side][0]), int(record[side][1])) for side in ("pronoun", "a", "b")}
    right = tuple(sides[side] for side in ("a", "b") if record[f"{side}_coref"])
    wrong = tuple(sides[side] for side in ("a", "b") if not record[f"{side}_coref"])
    return Row(record["text"], sides["pronoun"], right, wrong)


def load_pronouns(path: Path) -> list[Row]:
    """The rows of GAP in a gzipped JSON Lines file."""
    return [gap_row(record) for record in read_jsonl(path)]


def score_row(row: Row, report: Report) -> PronounsScore:
    """The score of one pronoun."""
    meant = next((e for e in report.entities if e.kind == "person" and row.pronoun in _places(e)), None)
    if meant is None:
        return PronounsScore(1)
    if not row.right and not _is_any(meant, row.wrong):
        return PronounsScore(1, 1)
    return PronounsScore(1, 1, 1, int(_is_any(meant, row.right)))


def _places(entity: Entity) -> list[Stretch]:
    return [(mention.start, mention.end) for mention in entity.mentions]


def _is_any(entity: Entity, stretches: Sequence[Stretch]) -> bool:
    """Whether an entity is named in any of some stretches of text."""
    return any(start < there and here < end for start, end in _places(entity) for here, there in stretches)


def measure_pronouns(rows: Sequence[Row], reader: Reader, code: Coder) -> Measures:
    """Precision and share answered, times 100, of all pronouns, and of those of men and of women."""
    by_gender = {True: PronounsScore(), False: PronounsScore()}
    for row in rows:
        by_gender[row.male] += score_row(row, code(reader.read(Text(row.text))))
    score = sum(by_gender.values(), PronounsScore())
    figures = {"gap.precision": score.precision, "gap.answered": score.share}
    figures |= {f"gap.{'men' if male else 'women'}": own.precision for male, own in by_gender.items()}
    numbers = {
        "pronouns": score.pronouns, "answered": score.answered, "judged": score.judged, "right": score.right,
    }  # fmt: skip
    return Measures({key: 100 * value for key, value in figures.items()}, {}, {"Pronouns (GAP dev)": numbers})
