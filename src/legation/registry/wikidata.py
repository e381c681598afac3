"""Entries from Wikidata: lines of its JSON dump, or the JSON that its SPARQL service answers with.

Both forms are Wikidata's own (https://doc.wikimedia.org/Wikibase/master/php/docs_topics_json.html and the W3C's
"SPARQL 1.1 Query Results JSON Format"). Of a person the positions held (P39) are taken, each with start (P580) and end
(P582), country of citizenship (P27) and party (P102); of a body inception (P571), dissolution (P576), country (P17)
and class (P31). Names of other items are those that stand in the same file. Of a SPARQL answer the variables
`itemLabel` (or `personLabel`, `organizationLabel`), `positionLabel`, `start`, `end`, `countryLabel` or `iso`,
`partyLabel`, `classLabel`, `inception` and `dissolved` are read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from legation.coding.entries import COLUMNS
from legation.coding.leaders import load_offices
from legation.coding.tables import Gazetteer, find_title, state_codes
from legation.errors import RegistryError

HUMAN = "Q5"
_TIME = re.compile(r"\+?(\d{4})-(\d\d)-(\d\d)T")
_DAY, _MONTH = 11, 10
_MINISTER = re.compile(r"(?:federal |union )?(?:minister|secretary) (?:of|for) (?:the )?(.+?)(?: of (?:the )?.+)?")
_FIELDS = {"foreign affairs": "foreign", "external affairs": "foreign", "national defence": "defence"}
_STATES_OF = re.compile(r" of (?:the )?([A-Z].*)\Z")


@dataclass
class Imported:
    """The entries got from a file, and how many items or positions were left out, by reason."""

    rows: list[dict[str, str]] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def entries_of(text: str, name: str) -> Imported:
    """The entries that a file of Wikidata holds. Raises RegistryError where it is neither of the two forms."""
    try:
        answer = json.loads(text) if '"bindings"' in text[:100_000] else None
    except ValueError as error:
        raise RegistryError(f"{name} is not whole: {error}.", subject=name) from error
    if isinstance(answer, dict) and "results" in answer:
        return _of_answer(answer["results"]["bindings"])
    return _of_dump(list(_items(text, name)))


# ---------------------------------------------------------------- the dump


def _items(text: str, name: str) -> Iterator[dict[str, Any]]:
    """The entities of a dump: one a line, a comma behind it, brackets around all."""
    for number, line in enumerate(text.splitlines(), 1):
        bare = line.strip().rstrip(",")
        if bare in ("", "[", "]"):
            continue
        try:
            item = json.loads(bare)
        except ValueError as error:
            raise RegistryError(
                f"{name}, line {number}: it is no entity of a Wikidata dump, nor is the file a SPARQL answer in JSON.",
                subject=name,
            ) from error
        if isinstance(item, dict) and item.get("type") == "item":
            yield item


def _of_dump(items: list[dict[str, Any]]) -> Imported:
    known = {item["id"]: item for item in items}
    got = Imported()
    for item in items:
        classes = _values(item, "P31")
        if HUMAN in classes:
            _take_person(item, known, got)
        elif _values(item, "P571") or _values(item, "P576") or _values(item, "P17"):
            _take_body(item, known, got)
        else:
            got.left_out["neither a person nor a body"] += 1
    return got


def _statements(item: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """The statements of a property that are not deprecated."""
    claims = item.get("claims") or {}
    return [s for s in claims.get(what, []) if s.get("rank") != "deprecated"] if isinstance(claims, dict) else []


def _claims(item: Mapping[str, Any], what: str) -> list[dict[str, Any]]:
    """The statements of a property; the preferred ones alone where there are such."""
    statements = _statements(item, what)
    return [s for s in statements if s.get("rank") == "preferred"] or statements


def _value(snak: Mapping[str, Any]) -> Any:
    return snak["datavalue"]["value"] if snak.get("snaktype") == "value" else None


def _values(item: Mapping[str, Any], what: str) -> list[str]:
    """The ids of the items, or the texts, that a property gives."""
    found = (_value(statement["mainsnak"]) for statement in _claims(item, what))
    return [value["id"] if isinstance(value, dict) and "id" in value else _day(value) for value in found if value]


def _day(value: Any) -> str:
    """A point in time as fine as it is known, empty where it is not to the year."""
    if not isinstance(value, dict):
        return str(value)
    found, precision = _TIME.match(value.get("time", "")), value.get("precision", 0)
    if not found or precision < _MONTH - 1:
        return ""
    return "-".join(found.groups()[: 3 if precision >= _DAY else 2 if precision == _MONTH else 1])


def _label(item: Mapping[str, Any] | None) -> str:
    return str(((item or {}).get("labels") or {}).get("en", {}).get("value", ""))


def _aliases(item: Mapping[str, Any]) -> str:
    found = (item.get("aliases") or {}).get("en", []) if isinstance(item.get("aliases"), dict) else []
    return "|".join(alias["value"] for alias in found if "|" not in alias["value"])


def _code(ids: Iterable[str], known: Mapping[str, Mapping[str, Any]]) -> str:
    """The first of some states: by its ISO code (P298), or else by its English name, in the same file."""
    for identity in ids:
        item = known.get(identity, {})
        code = next(iter(_values(item, "P298")), "") or _state_named(_label(item))
        if code in state_codes():
            return code
    return ""


def _state_named(name: str) -> str:
    found = Gazetteer.load().named(name.split())
    return next((one.match.code for one in found if one.match.kind == "name"), "")


def _take_person(item: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], got: Imported) -> None:
    name = _label(item)
    # All positions count, whatever is preferred: that is only the one held today.
    positions = [s for s in _statements(item, "P39") if _value(s["mainsnak"])]
    citizen, party = _code(_values(item, "P27"), known), _label(known.get(next(iter(_values(item, "P102")), "")))
    if not name:
        got.left_out["without an English name"] += 1
    elif not positions:
        got.left_out["person without a position"] += 1
    for statement in positions if name else ():
        office = _label(known.get(_value(statement["mainsnak"])["id"]))
        when = {
            column: next((_day(_value(s)) for s in statement.get("qualifiers", {}).get(what, []) if _value(s)), "")
            for column, what in (("from", "P580"), ("to", "P582"))
        }
        _take_term(name, _aliases(item), citizen, office, when["from"], when["to"], party, got)


def _take_body(item: Mapping[str, Any], known: Mapping[str, Mapping[str, Any]], got: Imported) -> None:
    classes = [_label(known.get(identity)) for identity in _values(item, "P31")]
    start, end = (next(iter(_values(item, what)), "") for what in ("P571", "P576"))
    _take_organization(_label(item), _aliases(item), _code(_values(item, "P17"), known), classes, start, end, got)


# ---------------------------------------------------------------- the SPARQL service


def _of_answer(bindings: list[dict[str, dict[str, str]]]) -> Imported:
    got = Imported()
    for binding in bindings:
        cell = {variable: value.get("value", "") for variable, value in binding.items()}
        name = cell.get("personLabel") or cell.get("organizationLabel") or cell.get("itemLabel") or ""
        iso = cell.get("iso", "")
        code = iso if iso in state_codes() else _state_named(cell.get("countryLabel", ""))
        aliases, start, end = cell.get("aliases", ""), _plain_day(cell.get("start")), _plain_day(cell.get("end"))
        if not name or re.fullmatch(r"Q\d+", name):
            got.left_out["without an English name"] += 1
        elif "positionLabel" in cell:
            _take_term(name, aliases, code, cell["positionLabel"], start, end, cell.get("partyLabel", ""), got)
        elif "person" in cell:
            got.left_out["person without a position"] += 1
        else:
            start, end = _plain_day(cell.get("inception")), _plain_day(cell.get("dissolved"))
            _take_organization(name, aliases, code, [cell.get("classLabel", "")], start, end, got)
    return got


def _plain_day(text: str | None) -> str:
    found = _TIME.match(text or "")
    return "-".join(found.groups()) if found else ""


# ---------------------------------------------------------------- entries


def _take_term(
    name: str, aliases: str, code: str, position: str, start: str, end: str, party: str, got: Imported
) -> None:
    office = office_named(position)
    of = _STATES_OF.search(position)
    state = (_state_named(of[1]) if of else "") or code
    if not office:
        got.left_out[f"position that is no office of offices.csv: {position or 'unnamed'}"] += 1
    elif not state:
        got.left_out["person whose state the file does not name"] += 1
    else:
        family = name.split()[-1]
        note = f"party: {party}" if party else ""
        row = ("person", name, aliases, family, state, office, "", start, end, note)
        got.rows.append(dict(zip(COLUMNS, row, strict=True)))


def _take_organization(
    name: str, aliases: str, code: str, classes: list[str], start: str, end: str, got: Imported
) -> None:
    sectors = next((title.sectors for label in classes if (title := find_title(label))), ())
    if not name:
        got.left_out["without an English name"] += 1
    elif not code:
        got.left_out["body whose state the file does not name"] += 1
    elif not sectors:
        got.left_out[f"body of a class that no table knows: {classes[0] if classes else 'none'}"] += 1
    else:
        row = ("body", name, aliases, "", code, "", "|".join(sectors), start, end, "")
        got.rows.append(dict(zip(COLUMNS, row, strict=True)))


def office_named(position: str) -> str:
    """The row of offices.csv that the name of a position means ("Minister of Foreign Affairs of Peru"), or ""."""
    plain = position.lower().replace("defense", "defence")
    alone = _STATES_OF.sub("", position).lower()
    alone = re.sub(r"\A(?:\w+ )?(president|prime minister|king|queen|chancellor)\Z", r"\1", alone)
    found = _MINISTER.fullmatch(plain)
    for office in (plain, f"{_FIELDS.get(found[1], found[1])} minister" if found else alone):
        if office in load_offices():
            return office
    return ""
