"""Web pages: the article alone, one paragraph a line, with the title and date the page states."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from legation.extract.decode import decode, page_charset
from legation.extract.page_facts import PageFacts, facts_of
from legation.extract.reject import MAX_CHARS, rejected, too_long
from legation.records import Article, Text

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Markup outweighs words; a page above this holds no article and takes long to search.
_MOST_MARKUP = 5_000_000
_WORDS_OF_A_PARAGRAPH = 8
_PROSE_OF_AN_ARTICLE = 40
_PROSE_OF_A_DECLARED_ARTICLE = 10
_CONSENT = re.compile(
    r"cookies?\b.*\b(?:accept|consent|partners|your device|preferences|browsing experience)"
    r"|\b(?:we use|our use of|partners use)\b.*\bcookies",
    re.I,
)
_PARAGRAPH_BREAK = re.compile(r"<br\s*/?>\s*(?:<br\s*/?>\s*)+", re.I)
_BULLET = re.compile(r"^- ")


def read(article: Article) -> Text:
    """The article of a page without navigation, consent text and comments, or the rejection "no_article"."""
    if len(article.content) > 4 * _MOST_MARKUP:
        return too_long()
    found = decode(article.content, article.charset or page_charset(article.content))
    if found is None:
        return rejected("not_text", "It is a web page in an unknown encoding.")
    markup, notes = found
    if len(markup) > _MOST_MARKUP:
        return too_long()
    return _read(markup, notes)


def _read(markup: str, notes: tuple[str, ...]) -> Text:
    tree = parse(markup)
    if tree is None:
        return rejected("no_article", "It is a web page without an article.")
    facts = facts_of(tree)
    lines = _article_lines(markup)
    if not _is_article(lines, facts):
        return rejected("no_article", "It is a web page without an article.")
    body = "\n".join(lines)
    return Text(
        # Nothing more is done to a text that is too long to read.
        body=body[: MAX_CHARS + 1],
        title=facts.title,
        url=facts.url,
        source=facts.site,
        published=facts.published,
        published_basis="page" if facts.published else None,
        notes=notes,
    )


def parse(markup: str) -> HtmlElement | None:
    """The tree of a page, None when there is nothing in it."""
    import lxml.etree
    import lxml.html

    try:
        # As bytes: lxml refuses a str that declares an encoding.
        parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None


def _article_lines(markup: str) -> list[str]:
    import trafilatura

    # What it logs of pages it gives up on would reach the user's terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        # A line feed in markup is a space; trafilatura leaves it between bare pieces of text.
        parted = _PARAGRAPH_BREAK.sub("</p><p>", " ".join(markup.splitlines()))
        found = trafilatura.bare_extraction(parted, include_comments=False, include_tables=False)
    except Exception:
        # Markup that is broken or nested beyond measure makes it raise what its documentation does not name.
        return []
    text = getattr(found, "text", None) or ""
    lines = (" ".join(_BULLET.sub("", line).split()) for line in text.split("\n"))
    return [line for line in lines if line and not _CONSENT.search(line)]


def _is_article(lines: list[str], facts: PageFacts) -> bool:
    """Enough words in lines long enough to be paragraphs; few do where the page says it is an article."""
    counts = [len(line.split()) for line in lines]
    prose = sum(count for count in counts if count >= _WORDS_OF_A_PARAGRAPH)
    return prose >= (_PROSE_OF_A_DECLARED_ARTICLE if facts.is_article else _PROSE_OF_AN_ARTICLE)
