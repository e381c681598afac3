"""Extract: an `Article` becomes a `Text`: its words, title, day of publication and language.

What makes an article unreadable (not text, not English, ...) is no error: it travels in `Text.rejected`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from legation.extract.kind import Kind, kind_of
from legation.extract.language import check_language
from legation.extract.reject import MAX_CHARS, UNSEEN, rejected, too_long
from legation.records import Article, Text

__all__ = ["MAX_CHARS", "check", "extract", "text_of"]


def text_of(content: Article | Text) -> Text:
    """The words of what was got, the bytes of an article or its words; `rejected` says why where they are not to be
    read."""
    return extract(content) if isinstance(content, Article) else check(content)


def extract(article: Article) -> Text:
    """The words of `article`, whatever it is: plain text, a web page, a PDF, or a mail.

    The content decides, helped by the media type. The body of plain text is its decoded content, unchanged
    but for the byte order mark, so that offsets hold in the user's file. A day of publication that was
    given wins over one found. Never raises for content, however strange.
    """
    kind = kind_of(article)
    text = _reader(kind)(article) if isinstance(kind, Kind) else rejected("not_text", kind)
    return _finished(article, text)


def _reader(kind: Kind) -> Callable[[Article], Text]:
    """The function that reads `kind`; only its own parts are loaded, for some are slow to."""
    if kind.name == "mail":
        from legation.extract import mail

        return mail.read
    if kind.name == "page":
        from legation.extract import page

        return page.read
    if kind.name == "pdf":
        from legation.extract import pdf

        return pdf.read
    from legation.extract import plain

    return plain.read


def _finished(article: Article, text: Text) -> Text:
    known = replace(
        text,
        url=article.url or text.url,
        source=article.source or text.source,
        published=article.published or text.published,
        published_basis="given" if article.published else text.published_basis,
        id=article.id,
    )
    return known if known.rejected else check(known)


def check(text: Text) -> Text:
    """`text` with its language, rejected when it is empty, too long or in another language than English."""
    if len(text.body) > MAX_CHARS:
        return replace(text, body="", rejected=too_long().rejected)
    if not text.body.strip().strip(UNSEEN):
        return replace(text, rejected=rejected("empty", "It is empty.").rejected)
    language, rejection = check_language(text.body)
    return replace(text, language=language, rejected=rejection)
