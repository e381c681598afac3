"""From a row, the named values of one article, to what the other stages read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from legation.collect.archive.days import day_of
from legation.collect.archive.reject import rejected, too_long
from legation.collect.source import MAX_BYTES
from legation.records import Article, Record, Text

TEXT = ("text", "body", "content", "article", "maintext")
HTML = ("html",)
TITLE = ("title", "headline")
URL = ("url", "uri", "link")
SOURCE = ("source", "publisher", "outlet", "domain", "source_name")
PUBLISHED = ("published", "date", "publication_date", "publish_date", "published_at", "timestamp")
ID = ("id", "_id", "doc_id", "guid")

NAMES = frozenset((*TEXT, *HTML, *TITLE, *URL, *SOURCE, *PUBLISHED, *ID))

_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_BYTES_A_CHARACTER = 4
_SHOWN = 60
_NO_TEXT = "It has neither text nor html: give the words of the article as text, or its page as html."


def folded(name: str) -> str:
    """A column's or key's name as the names above are written."""
    return name.removeprefix("\ufeff").strip().lower()


def holds_articles(names: Iterable[str]) -> bool:
    """Whether one of the (folded) names of columns can give an article."""
    return any(name in TEXT or name in HTML for name in names)


def by_folded_name(row: Mapping[str, object]) -> dict[str, object]:
    """The row under folded names; of names that differ in case only, the first counts."""
    values: dict[str, object] = {}
    for name, value in row.items():
        values.setdefault(folded(name), value)
    return values


def record_of(place: str, row: Mapping[str, object]) -> Record:
    """The article of a row whose names are folded.

    Of the names that mean the same, as they are listed above, the first with a value counts. `text` gives a Text;
    `html`, where there is no text, an Article. Bytes are read as UTF-8. Lone surrogates, which no file can hold, become
    U+FFFD, so that every offset stays; a note says so.
    """
    try:
        body = _first_words(row, TEXT)
        page = None if body is not None else _first_words(row, HTML)
    except UnicodeDecodeError:
        return rejected(place, "unreadable", "Its text is not UTF-8: write the file anew in UTF-8.")
    words = body if body is not None else page
    if words is None:
        return rejected(place, "no_text", _NO_TEXT)
    if _over_limit(words):
        return too_long(place, "The text" if page is None else "The page")
    given = _first(row, PUBLISHED)
    published = day_of(given)
    if body is not None:
        return Record(place, _text(row, body, published, given))
    return Record(
        place,
        Article(
            name=place,
            content=_whole(words).encode("utf-8"),
            media_type="text/html",
            charset="utf-8",
            url=_label(row, URL),
            source=_label(row, SOURCE),
            published=published,
            id=_label(row, ID),
        ),
    )


def _text(row: Mapping[str, object], body: str, published: date | None, given: object) -> Text:
    notes = []
    if published is None and given is not None:
        notes.append(f"The date '{_shown(given)}' is none, so no day of publication is known.")
    whole = _whole(body)
    if whole != body:
        notes.append("Characters that are none (lone surrogates) were replaced by U+FFFD.")
    return Text(
        body=whole,
        title=_label(row, TITLE),
        url=_label(row, URL),
        source=_label(row, SOURCE),
        published=published,
        published_basis=None if published is None else "given",
        notes=tuple(notes),
        id=_label(row, ID),
    )


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> object:
    """The first value of `names` that is one: not null, not blank, not NaN, which pandas writes for null."""
    for name in names:
        value = row.get(name)
        blank = isinstance(value, str) and not value.strip()
        if value is not None and not blank and not (isinstance(value, float) and math.isnan(value)):
            return value
    return None


def _first_words(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """The first of `names` that holds words. Raises UnicodeDecodeError for bytes that are not UTF-8."""
    for name in names:
        value = row.get(name)
        if isinstance(value, bytes):
            value = value.decode("utf-8-sig")
        if isinstance(value, str) and not (value.isspace() or not value):
            return value
    return None


def _label(row: Mapping[str, object], names: tuple[str, ...]) -> str | None:
    """A short value as a string; whole numbers without a decimal point, what is no string or number as None."""
    for name in names:
        value = row.get(name)
        if isinstance(value, float) and math.isfinite(value):
            return str(int(value) if value.is_integer() else value)
        if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
            return str(value)
        if isinstance(value, str) and (label := value.strip()):
            return _whole(label)
    return None


def _whole(words: str) -> str:
    return words if words.isascii() else _SURROGATE.sub("\ufffd", words)


def _over_limit(words: str) -> bool:
    if len(words) * _MOST_BYTES_A_CHARACTER <= MAX_BYTES:
        return False
    return len(words) > MAX_BYTES or len(words.encode("utf-8", "surrogatepass")) > MAX_BYTES


def _shown(value: object) -> str:
    written = " ".join(_whole(str(value)).split())
    return written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"
