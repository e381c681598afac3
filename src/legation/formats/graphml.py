"""Graphs as GraphML (http://graphml.graphdrawing.org), which Gephi, networkx, igraph and visone read."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

Value = str | int | float | bool | None
Attributes = Mapping[str, Value]

_TYPES = {str: "string", int: "long", float: "double", bool: "boolean"}
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Node:
    """A node by its id, which edges name, with its attributes."""

    id: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Edge:
    """An edge without direction between two nodes, with its attributes."""

    one: str
    two: str
    attributes: Attributes


def graphml(nodes: Sequence[Node], edges: Sequence[Edge]) -> str:
    """The graph as a GraphML document. An attribute that is None is left out where it is None.

    Raises ValueError where an attribute has values of several types.
    """
    root = ElementTree.Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    keys = {"node": _declared(root, "node", nodes), "edge": _declared(root, "edge", edges)}
    graph = ElementTree.SubElement(root, "graph", id="G", edgedefault="undirected")
    for node in nodes:
        _fill(ElementTree.SubElement(graph, "node", id=_clean(node.id)), node.attributes, keys["node"])
    for number, edge in enumerate(edges):
        element = ElementTree.SubElement(
            graph, "edge", id=f"e{number}", source=_clean(edge.one), target=_clean(edge.two)
        )
        _fill(element, edge.attributes, keys["edge"])
    ElementTree.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, encoding="unicode") + "\n"


def _declared(root: ElementTree.Element, kind: str, items: Sequence[Node] | Sequence[Edge]) -> dict[str, str]:
    """Declares the attributes of all nodes or edges; returns the key of each."""
    types: dict[str, type] = {}
    for item in items:
        for name, value in item.attributes.items():
            if value is not None and types.setdefault(name, type(value)) is not type(value):
                both = f"{types[name].__name__} and {type(value).__name__}"
                raise ValueError(f"The attribute {name} of {kind}s is {both}.")
    keys = {name: f"{kind[0]}{number}" for number, name in enumerate(types)}
    for name, key in keys.items():
        attributes = {"id": key, "for": kind, "attr.name": name, "attr.type": _TYPES[types[name]]}
        ElementTree.SubElement(root, "key", attributes)
    return keys


def _fill(element: ElementTree.Element, attributes: Attributes, keys: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        if value is not None:
            data = ElementTree.SubElement(element, "data", key=keys[name])
            data.text = str(value).lower() if isinstance(value, bool) else _clean(str(value))


def _clean(text: str) -> str:
    """The text without characters that XML cannot hold."""
    return _NO_XML.sub("", text)
