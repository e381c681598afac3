"""Joins the stages: collect -> extract -> read -> coding. The only module that knows their order.

Stages are imported where they are first needed: `legation --help` loads none, a rejected text no model.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache, cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from legation.errors import DateError, ModelError, UsageError
from legation.records import Article, ModelInfo, Reading, Report, Text

if TYPE_CHECKING:
    from legation.read.reader import TextReader

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class Reader:
    """Reads articles, one after the other, with one language model that is loaded when it is first needed.

    `threads` is how many threads the model computes on, at least 1; None takes one a core, at most four. A sentence
    that the model's lower layers give hardly any chance of an event or a statement is read no further than its words,
    tree and names; `thorough` reads every sentence to the end.
    A reader may be used from one thread at a time. Raises UsageError for fewer threads than one.

    >>> reader = Reader(threads=1)
    >>> report = reader.read("Peru recalled its ambassador on Monday.", published="2024-04-03")
    >>> report.text[report.dates[0].start : report.dates[0].end], report.dates[0].value
    ('Monday', '2024-04-01')
    """

    def __init__(self, threads: int | None = None, *, thorough: bool = False) -> None:
        if threads is not None and threads < 1:
            raise UsageError(f"{threads} threads cannot read: give 1 or more.", subject=str(threads))
        self._threads, self._thorough = threads, thorough

    def read(
        self,
        text: str,
        *,
        published: date | str | None = None,
        title: str | None = None,
        url: str | None = None,
        source: str | None = None,
        why: bool = False,
    ) -> Report:
        """Everything `text` tells; all offsets of the report count code points in it.

        `published` is the day of publication, a date or YYYY-MM-DD, from which "on Tuesday" is reckoned;
        without it such dates stay unknown, and the report's notes say so. `why` adds to each event what it
        rests on. A text that is empty, too long or
        not English gives a report without records whose `rejected` says why.

        Raises DateError for a `published` that is no date, ModelError where the model is missing or damaged.

        >>> Reader().read("   ").rejected.reason
        'empty'
        """
        day = parse_day(published)
        basis = "given" if day else None
        return self._read(Text(text, title, url, source, day, basis), why=why)

    def read_article(self, article: Article, *, why: bool = False) -> Report:
        """The same for an article as it came in: a page, a PDF, a mail or plain text, as bytes.

        Never raises for its content, however strange. Raises ModelError as `read` does.

        >>> Reader().read_article(Article(name="map.gif", content=b"GIF89a")).rejected.message
        'It is an image, not text.'
        """
        return self._read(article, why=why)

    def _read(self, content: Article | Text, *, why: bool) -> Report:
        text = self.text_of(content)
        return self.report_of(text if text.rejected else self._stage.read(text), why=why)

    # For many articles at once, the stages one by one.

    def text_of(self, content: Article | Text) -> Text:
        """The words of what an archive holds, the bytes of an article or its words; `rejected` says why where they are
        not to be read."""
        from legation.extract import text_of

        return text_of(content)

    def readings_of(self, texts: Sequence[Text]) -> list[Reading]:
        """The readings of texts that are not rejected; faster than one by one. Raises ModelError as `read` does."""
        return self._stage.read_together(texts)

    def report_of(self, content: Reading | Text, *, why: bool = False) -> Report:
        """The report of a reading, or that of a rejected text."""
        from legation.coding import code, rejected_report
        from legation.positions.telling import known_issue_of
        from legation.registry.store import names

        if isinstance(content, Text):
            return rejected_report(content, shipped_model())
        return code(content, why=why, names=names(), issue_of=known_issue_of)

    @cached_property
    def _stage(self) -> TextReader:
        from legation.read.reader import TextReader

        return TextReader.load(self._threads, thorough=self._thorough)


def read(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    url: str | None = None,
    source: str | None = None,
    why: bool = False,
) -> Report:
    """Reads `text` as `Reader.read` does, with one reader that is kept for the next call.

    >>> from datetime import date
    >>> report = read("Oman and Qatar signed a treaty.", published=date(2024, 4, 3))
    >>> report.text[slice(*report.sentences[0])]
    'Oman and Qatar signed a treaty.'
    """
    return _kept_reader().read(text, published=published, title=title, url=url, source=source, why=why)


def read_source(
    source: str,
    *,
    published: date | str | None = None,
    threads: int | None = None,
    thorough: bool = False,
    allow_private: bool = False,
    why: bool = False,
) -> Report:
    """Gets and reads one article: a file, an http or https URL, or "-" for standard input.

    `allow_private` lets a URL lead to addresses of this machine and its network, which are refused otherwise.
    Raises CollectError where the source cannot be had, and what `Reader` and `Reader.read` raise.

    >>> read_source("no-such-article.txt")
    Traceback (most recent call last):
    legation.errors.SourceNotFoundError: There is no file no-such-article.txt.
    """
    from legation.collect import collect

    reader, day = Reader(threads, thorough=thorough), parse_day(published)
    return reader.read_article(collect(source, published=day, allow_private=allow_private), why=why)


def parse_day(given: date | str | None) -> date | None:
    """A day as a date, from a date or from YYYY-MM-DD. Raises DateError for anything else.

    >>> parse_day("2024-02-29")
    datetime.date(2024, 2, 29)
    >>> parse_day("yesterday")
    Traceback (most recent call last):
    legation.errors.DateError: 'yesterday' is not a date. Give the day of publication as YYYY-MM-DD, for \
example 2024-04-03.
    """
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    # date.fromisoformat also takes weeks and days without hyphens, which are more often slips than meant.
    if not isinstance(given, str) or not _DAY.fullmatch(given):
        raise DateError(str(given))
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise DateError(given) from None


@cache
def shipped_model() -> ModelInfo:
    """Which model would read, known without loading it. Raises ModelError where it is missing."""
    from legation.read.model import NAME, VERSION

    graph = Path(str(files("legation") / "data" / "model" / "model.onnx"))
    try:
        with graph.open("rb") as stream:
            return ModelInfo(NAME, VERSION, hashlib.file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        raise ModelError(
            f"The language model in {graph.parent} is missing ({error.strerror}). Install the package again.",
            subject=str(graph.parent),
        ) from error


@cache
def _kept_reader() -> Reader:
    return Reader()
