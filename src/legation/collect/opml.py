"""OPML, in which feed readers exchange their lists (opml.org): folders are tags, both ways.

What OPML has no word for (country, owner, ...) travels in attributes of a namespace of our own, so that a list that
went out comes back whole, and other readers pass over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from legation.collect.declarations import source_of
from legation.errors import SourcesError, UsageError
from legation.sources import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

_NAMESPACE = "https://pypi.org/project/legation/opml"
_OWN = ("kind", "country", "language", "type", "reliability", "owner", "links")
_DEEPEST = 20


def sources_of_opml(content: bytes, name: str) -> tuple[list[Source], list[str]]:
    """The sources of an OPML file, and a sentence for each outline that was left out; `name` is that of the file.

    Folders, and the folders they lie in, are tags, as is what `category` lists. A feed that lies in several folders is
    one source with all their tags; of two that have one name, the second has its address added. Raises SourcesError
    for what is no OPML.
    """
    import lxml.etree

    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, recover=True, remove_comments=True)
    try:
        root = lxml.etree.fromstring(content, parser)
    except (lxml.etree.LxmlError, ValueError):
        root = None
    body = root.find("body") if root is not None and root.tag == "opml" else None
    if body is None:
        raise SourcesError(f"{name} is not OPML: export the list of feeds from your reader again.", subject=name)
    found: dict[str, Source] = {}
    left_out: list[str] = []
    for attributes, tags in _outlines(body, (), 0):
        try:
            source = source_of({**attributes, "tags": list(tags)})
        except UsageError as error:
            left_out.append(str(error))
            continue
        before = found.get(source.url)
        merged = source if before is None else _with_tags(before, source.tags)
        found[source.url] = merged
    return _named_apart(list(found.values())), left_out


def opml_of(sources: Sequence[Source], title: str = "Legation") -> bytes:
    """Sources as OPML 2.0, each in a folder called after its first tag; all tags stand in `category`."""
    import lxml.etree

    root = lxml.etree.Element("opml", version="2.0", nsmap={"legation": _NAMESPACE})
    lxml.etree.SubElement(lxml.etree.SubElement(root, "head"), "title").text = title
    body = lxml.etree.SubElement(root, "body")
    folders: dict[str, _Element] = {}
    for source in sources:
        folder = body
        if source.tags:
            tag = _clean(source.tags[0])
            if tag not in folders:
                folders[tag] = lxml.etree.SubElement(body, "outline", text=tag)
            folder = folders[tag]
        outline = lxml.etree.SubElement(folder, "outline", _attributes(source))
        for each in _OWN:
            if value := getattr(source, each):
                outline.set(f"{{{_NAMESPACE}}}{each}", _clean(value))
    return bytes(lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True))


def _attributes(source: Source) -> dict[str, str]:
    found = {"type": "rss", "text": _clean(source.name), "title": _clean(source.name), "xmlUrl": _clean(source.url)}
    if source.tags:
        # A comma parts categories, and a slash the levels of one.
        found["category"] = ",".join(_clean(tag).replace(",", " ").replace("/", " ") for tag in source.tags)
    return found


def _outlines(parent: _Element, tags: tuple[str, ...], depth: int) -> Iterator[tuple[dict[str, str], tuple[str, ...]]]:
    for outline in parent.iterchildren("outline"):
        label = " ".join((outline.get("title") or outline.get("text") or "").split())
        url = (outline.get("xmlUrl") or "").strip()
        if url:
            own = {each: outline.get(f"{{{_NAMESPACE}}}{each}") or "" for each in _OWN}
            yield (
                {"name": label, "url": url, **{each: value for each, value in own.items() if value}},
                (
                    *tags,
                    *_categories(outline.get("category")),
                ),
            )
        if depth < _DEEPEST:
            yield from _outlines(outline, (*tags, label) if label and not url else tags, depth + 1)


def _categories(stated: str | None) -> Iterator[str]:
    for each in (stated or "").split(","):
        if each.strip(" /"):
            yield " ".join(each.strip(" /").split())


def _with_tags(source: Source, tags: Sequence[str]) -> Source:
    return replace(source, tags=tuple(dict.fromkeys((*source.tags, *tags))))


def _named_apart(sources: list[Source]) -> list[Source]:
    names: set[str] = set()
    found = []
    for source in sources:
        if source.name.casefold() in names:
            source = replace(source, name=f"{source.name} ({source.url})")
        names.add(source.name.casefold())
        found.append(source)
    return found


def _clean(text: str) -> str:
    """`text` without the control characters that XML cannot hold."""
    return "".join(each for each in text if each.isprintable() or each == " ")
