"""Short invented sentences, read by the model and coded: any decent model gets these right."""

from __future__ import annotations

from datetime import date

import pytest

from legation.coding import code
from legation.read.reader import TextReader
from legation.records import Report, Text

# sentence, type, mode, status, actors, recipients
SENTENCES = [
    ("Iran attacked Iraq.", "ASSAULT", None, "actual", {"IRN"}, {"IRQ"}),
    ("Iran did not attack Iraq.", "ASSAULT", None, "negated", {"IRN"}, {"IRQ"}),
    ("Iran could attack Iraq.", "ASSAULT", None, "hypothetical", {"IRN"}, {"IRQ"}),
    ("France condemned Russia.", "ACCUSE", "disapprove", "actual", {"FRA"}, {"RUS"}),
    (
        "France, Spain and Italy condemned Russia.",
        "ACCUSE",
        "disapprove",
        "actual",
        {"FRA", "ESP", "ITA"},
        {"RUS"},
    ),
    ("China paid a visit to Japan.", "CONSULT", "visit", "actual", {"CHN"}, {"JPN"}),
    ("France held talks with Algeria.", "CONSULT", None, "actual", {"FRA"}, {"DZA"}),
    ("France will visit Japan.", "AGREE", None, "future", {"FRA"}, {"JPN"}),
    ("Canada imposed sanctions on Belarus.", "SANCTION", "discontinue", "actual", {"CAN"}, {"BLR"}),
    ("Japan expelled two Russian diplomats.", "SANCTION", "expel", "actual", {"JPN"}, {"RUS"}),
    ("Germany delivered food to Malawi.", "AID", None, "actual", {"DEU"}, {"MWI"}),
    ("North Korea said it tested a missile.", "MOBILIZE", "weapons", "actual", {"PRK"}, set()),
    ("Iraq was attacked by Iran.", "ASSAULT", None, "actual", {"IRN"}, {"IRQ"}),
    ("Beijing condemned Tokyo.", "ACCUSE", "disapprove", "actual", {"CHN"}, {"JPN"}),
]


def codes(report: Report, spans: tuple[object, ...]) -> set[str | None]:
    """The codes of participants."""
    known = {entity.id: entity.code for entity in report.entities}
    return {known[span.entity] for span in spans}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "sentence, type_, mode, status, actors, recipients",
    [pytest.param(*row, id=row[0]) for row in SENTENCES],
)
def test_an_easy_sentence_is_coded(
    reader: TextReader,
    sentence: str,
    type_: str,
    mode: str | None,
    status: str,
    actors: set[str],
    recipients: set[str],
) -> None:
    report = code(reader.read(Text(sentence, published=date(2024, 4, 3))))
    (event,) = report.events
    assert (event.type, event.mode, event.status) == (type_, mode, status)
    assert (codes(report, event.actor), codes(report, event.recipient)) == (actors, recipients)


def test_an_easy_statement_is_read_with_its_speaker(reader: TextReader) -> None:
    text = "Oda Lindqvist praised Norway on Monday. “Russia attacked Ukraine,” she said."
    report = code(reader.read(Text(text, published=date(2024, 4, 3))))
    said = report.statements[-1]
    assert (said.cue.text, said.mode, [span.text for span in said.content]) == (
        "said",
        "direct",
        ["“Russia attacked Ukraine,”"],
    )
    names = {entity.id: entity.name for entity in report.entities}
    assert (
        said.speaker is not None and said.speaker.entity is not None and names[said.speaker.entity] == "Oda Lindqvist"
    )
    attack = next(event for event in report.events if event.type == "ASSAULT")
    assert attack.according_to == said.id
    praise = next(event for event in report.events if event.type == "SUPPORT")
    assert praise.date is not None and praise.date.value == "2024-04-01"


def test_a_coming_attack_is_told(reader: TextReader) -> None:
    assert [event.type for event in code(reader.read(Text("Iran will attack Iraq."))).events] == ["ASSAULT"]
