"""A folder for the Discourse Network Analyzer (DNA 3): articles for its import of text files, and statements as it
exports them (its event list)."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from legation.errors import LegationError, UsageError

COLUMNS = (
    "statement_id", "time", "document_id", "document_title", "author", "source", "section", "type", "text", "person",
    "organization", "concept", "agreement", "start", "stop", "file",
)  # fmt: skip
"""The columns of statements.csv: those of DNA's event list, then where the words stand in which file."""
_UNFIT = re.compile(r'[\x00-\x1f\x7f_/\\:*?"<>|\ud800-\udfff]+')

README = """\
For the Discourse Network Analyzer (DNA 3), written by Legation.

documents/      the articles, one a file, named DATE_SOURCE_TITLE_ARTICLE.txt
statements.csv  the positions, in the columns of DNA's event list: semicolons, UTF-8

To import the articles: Documents > Import text files, folder documents/, with these patterns

  title    (?<=^[^_]{1,12}_[^_]{0,80}_)[^_]*
  source   (?<=^[^_]{1,12}_)[^_]*
  section  [^_]*(?=\\.txt$)
  date     ^[^_]*          format yyyy-MM-dd

"section" then has the article's id. An article whose day is not known has "undated" for a date: give it one by hand.

In statements.csv `agreement` is 1 for, 0 against; who is on both sides at once is left out, as DNA has no word for it.
`start` and `stop` count UTF-16 units in the file, as Java does. `document_id` numbers the files in the order of their
names. DNA keeps statements in its database alone and reads no list of them from a file: bring them there with rDNA or
SQL, or count with statements.csv as it is.
"""


@dataclass(frozen=True, slots=True)
class Document:
    """An article: its id, day (None where unknown), title, source, and text."""

    id: str
    day: date | None
    title: str | None
    source: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Coded:
    """A statement as DNA has it. `start` and `end` are code points in the text of the document with the id
    `document`; `person` or `organization` may be None."""

    document: str
    start: int
    end: int
    text: str
    person: str | None
    organization: str | None
    concept: str
    agrees: bool


def write_dna(folder: Path, documents: Sequence[Document], statements: Sequence[Coded]) -> None:
    """Writes articles and statements into a folder that is new or empty.

    Raises UsageError where it is not, LegationError where it cannot be written.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise UsageError(f"{folder} is not empty: name a new folder.", subject=str(folder))
        (folder / "documents").mkdir(parents=True, exist_ok=True)
        files = _file_names(documents)
        for document in documents:
            with open(folder / "documents" / files[document.id], "w", encoding="utf-8", newline="") as stream:
                stream.write(_writable(document.text))
        with open(folder / "statements.csv", "w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, delimiter=";", lineterminator="\n").writerows(_rows(documents, statements, files))
        (folder / "README.txt").write_text(README, encoding="utf-8")
    except OSError as error:
        raise LegationError(f"{folder} cannot be written: {error.strerror}.", subject=str(folder)) from error


def _rows(
    documents: Sequence[Document], statements: Sequence[Coded], files: Mapping[str, str]
) -> Iterator[Sequence[object]]:
    """The rows of statements.csv, the header first."""
    by_id = {document.id: document for document in documents}
    order = {name: number for number, name in enumerate(sorted(files.values()), 1)}
    yield COLUMNS
    for number, said in enumerate(statements, 1):
        document = by_id[said.document]
        name = files[document.id]
        yield (
            number, document.day.isoformat() if document.day else "", order[name], _fit(document.title), "",
            _fit(document.source), _fit(document.id), "", _writable(said.text), said.person or "",
            said.organization or "", said.concept, int(said.agrees), utf16_length(document.text[: said.start]),
            utf16_length(document.text[: said.end]), name,
        )  # fmt: skip


def _file_names(documents: Sequence[Document]) -> dict[str, str]:
    """A name for the file of each document, by its id; no two are the same, whatever the file system."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for document in documents:
        day = document.day.isoformat() if document.day else "undated"
        source, title, id = _fit(document.source, 40), _fit(document.title, 60), _fit(document.id, 40)
        number, name = 1, f"{day}_{source}_{title}_{id}.txt"
        while name.casefold() in taken:
            number += 1
            name = f"{day}_{source}_{title}_{id}-{number}.txt"
        taken.add(name.casefold())
        names[document.id] = name
    return names


def _fit(text: str | None, longest: int | None = None) -> str:
    """A text as a part of a file name, cut to at most twice as many bytes as `longest` letters."""
    plain = " ".join(_UNFIT.sub(" ", text or "").split())
    if longest is None:
        return plain
    return plain[:longest].encode()[: 2 * longest - 20].decode(errors="ignore").strip()


def _writable(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def utf16_length(text: str) -> int:
    """How many UTF-16 units a text has.

    >>> utf16_length("a😀")
    3
    """
    return len(text) + sum(sign > "\uffff" for sign in text)
