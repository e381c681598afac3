"""A report as JSON, and back.

The layout is `legation.report/1`: keys in the order of the records, `schema` first, tuples as arrays,
unknowns as null, offsets in Unicode code points. `text` holds the text that all offsets count in.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from legation.errors import UsageError
from legation.records import Position, Report, Statement

SCHEMA = "legation.report/1"
LATER: dict[Any, frozenset[str]] = {
    Statement: frozenset({"toward"}),
    Position: frozenset({"confidence", "whole_confidence"}),
}
"""Fields that came into the schema later: older reports lack them, and have their defaults."""
_SURROGATE = re.compile("[\ud800-\udfff]")


def report_to_json(report: Report, *, indent: int | None = 2) -> str:
    """The report as JSON without a final newline; one line when `indent` is None.

    Non-ASCII is kept, except lone surrogates, which are escaped so that the result is always valid UTF-8.
    Raises ValueError when a number is not finite, for which JSON has no word.
    """
    fields_of = _fields_of(report)
    first = {"schema": fields_of.pop("schema"), **fields_of}
    written = json.dumps(first, ensure_ascii=False, indent=indent, allow_nan=False, default=_fields_of)
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", written)


def report_from_json(text: str) -> Report:
    """The report that `report_to_json` wrote.

    Raises UsageError, naming the key, for anything else: other JSON, another schema, a key that is missing,
    unknown or of the wrong type. Nothing is dropped, or filled in but what older reports did not know.
    """
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"This is not a report of Legation: it is not JSON ({error}).") from error
    if not isinstance(value, dict) or value.get("schema") != SCHEMA:
        raise UsageError(f"This is not a report of Legation: its schema is not {SCHEMA!r}.", subject="schema")
    report: Report = _record(Report, value, "report")
    return report


def _fields_of(record: Any) -> dict[str, Any]:
    """The fields of a record by name, records among them as they are: the writer of JSON asks for theirs in turn."""
    kind: Any = type(record)
    return {name: getattr(record, name) for name in _field_names(kind)}


@cache
def _field_names(kind: Any) -> tuple[str, ...]:
    """The fields of a kind of record, asked for only once, which takes longer than all else."""
    return tuple(field.name for field in fields(kind))


def _decoded(hint: Any, value: Any, path: str) -> Any:
    """`value` as the type `hint` asks; `path` names the place for an error."""
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return None if value is None else _decoded(_without_none(hint), value, path)
    if origin is tuple:
        return _sequence(get_args(hint), value, path)
    if origin is Literal:
        return value if value in get_args(hint) else _refuse(path, f"one of {', '.join(get_args(hint))}")
    if is_dataclass(hint):
        return _record(hint, value, path)
    return _scalar(hint, value, path)


def _without_none(hint: Any) -> Any:
    (kept,) = (option for option in get_args(hint) if option is not type(None))
    return kept


def _sequence(items: tuple[Any, ...], value: Any, path: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        _refuse(path, "a list")
    hints = [items[0]] * len(value) if items[-1] is Ellipsis else list(items)
    if len(hints) != len(value):
        _refuse(path, f"a list of {len(hints)}")
    return tuple(
        _decoded(hint, item, f"{path}[{index}]") for index, (hint, item) in enumerate(zip(hints, value, strict=True))
    )


def _record(kind: Any, value: Any, path: str) -> Any:
    if not isinstance(value, dict):
        _refuse(path, "an object")
    hints = _hints(kind)
    for key in (hints.keys() ^ value.keys()) - (LATER.get(kind, frozenset()) - value.keys()):
        _refuse(f"{path}.{key}", "left out" if key in value else "present")
    return kind(**{key: _decoded(hints[key], found, f"{path}.{key}") for key, found in value.items()})


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _scalar(hint: Any, value: Any, path: str) -> Any:
    if hint is float and type(value) is int:
        return float(value)
    if type(value) is not hint:
        _refuse(path, {str: "a string", int: "a whole number", float: "a number"}[hint])
    return value


def _refuse(path: str, wanted: str) -> Any:
    raise UsageError(f"This is not a report of Legation: {path} must be {wanted}.", subject=path)
