"""Plain pages: their links are the items."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlsplit

from legation.collect.identity import joined
from legation.sources import Answer, Item, Listing, Source

_MOST_MARKUP = 5_000_000


def read_links(source: Source, answer: Answer, now: datetime) -> Listing:
    """The links of a page in their order, each once, with their words as titles. They have no dates.

    Without a link pattern only links of the same host count.
    """
    import lxml.etree
    import lxml.html

    if len(answer.content) > _MOST_MARKUP:
        return Listing(problem=f"{source.url} has over {_MOST_MARKUP // 1_000_000} MB of markup.")
    parser = lxml.html.HTMLParser(encoding=answer.charset, remove_comments=True, remove_pis=True)
    try:
        tree = lxml.html.document_fromstring(answer.content, parser=parser)
    except (lxml.etree.LxmlError, ValueError, LookupError):
        return Listing(problem=f"{source.url} is not a web page.")
    base = next((joined(answer.url, each.get("href")) for each in tree.iter("base")), None) or answer.url
    found: dict[str, str] = {}
    for anchor in tree.iter("a"):
        link = (joined(base, anchor.get("href")) or "").partition("#")[0]
        if not link or (source.links is None and urlsplit(link).hostname != urlsplit(answer.url).hostname):
            continue
        words = " ".join("".join(map(str, anchor.itertext())).split())
        # A picture and a headline often lead to the same page: the words are those of the headline.
        found[link] = max(found.get(link, ""), words, key=len)
    if not found:
        return Listing(problem=f"{source.url} has no links to articles.")
    return Listing(tuple(Item(url=link, title=words or None) for link, words in found.items()))
