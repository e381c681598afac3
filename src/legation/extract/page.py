"""Web pages: the article alone, one paragraph a line, with the title and date the page states."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from legation.extract.decode import decode, page_charset
from legation.extract.page_facts import PageFacts, facts_of
from legation.extract.page_prepared import prepared
from legation.extract.page_refusal import is_appeal, refusal_of
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
_BULLET = re.compile(r"^- ")
_MOST_LABELS = 8
_AROUND = re.compile(
    r"(?:(?:last |first )?(?:updated|published|posted|modified)\b.{0,60}\d.{0,20}"
    r"|(?:(?:additional )?(?:reporting|writing|editing)|compiled) by .{3,120}"
    r"|our standards: .{3,60}|advertisement|skip advertisement"
    r"|(?:article|story) continues (?:after|below) (?:this )?ad(?:vertisement)?)",
    re.I,
)


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
    found = _found_lines(tree)
    lines = [line for line in found if not _CONSENT.search(line)]
    refusal = refusal_of(tree, facts, found, _prose(lines))
    if refusal is not None:
        return Text("", rejected=refusal)
    lines = _own_lines(lines, facts)
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
        byline=facts.byline,
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


def _found_lines(tree: HtmlElement) -> list[str]:
    """What trafilatura takes for the article, a paragraph a line. It gets a copy of the tree, made easier for it."""
    import trafilatura

    # What it logs of pages it gives up on would reach the user's terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(prepared(tree), include_comments=False, include_tables=False)
    except Exception:
        # Markup that is broken or nested beyond measure makes it raise what its documentation does not name.
        return []
    text = getattr(found, "text", None) or ""
    lines = (" ".join(_BULLET.sub("", line).split()) for line in text.split("\n"))
    return [line for line in lines if line]


def _own_lines(lines: list[str], facts: PageFacts) -> list[str]:
    """The lines without what papers put around an article: labels before its title, times, sign-offs, appeals."""
    if facts.title in lines[:_MOST_LABELS]:
        start = lines.index(facts.title)
        if all(len(line.split()) < _WORDS_OF_A_PARAGRAPH for line in lines[:start]):
            lines = lines[start:]
    return [line for line in lines if not _AROUND.fullmatch(line) and not is_appeal(line)]


def _prose(lines: list[str]) -> int:
    """The words of the lines that are long enough to be paragraphs."""
    counts = (len(line.split()) for line in lines)
    return sum(count for count in counts if count >= _WORDS_OF_A_PARAGRAPH)


def _is_article(lines: list[str], facts: PageFacts) -> bool:
    """Enough words in lines long enough to be paragraphs; few do where the page says it is an article."""
    return _prose(lines) >= (_PROSE_OF_A_DECLARED_ARTICLE if facts.is_article else _PROSE_OF_AN_ARTICLE)
