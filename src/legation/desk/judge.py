"""What an analyst types as a judgement: whom, which type, which stance is meant."""

from __future__ import annotations

import getpass
import os
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from legation.coding.plover import load_plover
from legation.coding.registry import lookup
from legation.coding.tables import load_countries
from legation.errors import UsageError
from legation.positions.known_issues import find_issue, known_issues, unknown_issue
from legation.positions.names import name_words
from legation.registry.store import names
from legation.store import Store
from legation.store.judging import NewJudgement
from legation.store.records import Party

ANALYST = "LEGATION_ANALYST"
_CODE = re.compile(r"(?P<code>[A-Z]{3})(?P<sectors>(?: [A-Z]{3})*)")
_ID = re.compile(r"(?P<letter>[esj])(?P<number>[1-9][0-9]{0,17})")
_WHAT = {"e": ("an event", "e12"), "s": ("a statement", "s12"), "j": ("a judgement", "j12")}


def number_of(given: str, letter: str) -> int:
    """The number in an id such as e12. Raises UsageError for one of another kind.

    >>> number_of("e12", "e")
    12
    """
    found = _ID.fullmatch(given)
    if found is None or found["letter"] != letter:
        what, such = _WHAT[letter]
        raise UsageError(f"{given!r} is not {what}: give an id such as {such}, as the lists show them.", subject=given)
    return int(found["number"])


def who_judges(given: str | None, of_desk: str | None) -> str:
    """Who judges: whoever is named, else the one of LEGATION_ANALYST, of the desk's settings, or the user."""
    named = given or os.environ.get(ANALYST) or of_desk
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise UsageError(f"Nobody knows who you are: name yourself with --by, or in {ANALYST}.") from None


def judge_parties(store: Store, role: str, event: str, given: Sequence[str], who: str, why: str) -> tuple[int, str]:
    """Notes who acted, or to whom it was done; the judgement and in words what it says."""
    number = number_of(event, "e")
    row = store.event(number)
    beside = (*row.actor, *row.recipient) if row else ()
    parties = [party_of(one, beside, row.day if row else None) for one in given]
    told = ", ".join(map(_told, parties)) or "nobody"
    return store.judge(NewJudgement(role, who, why, number, given={"parties": parties})), f"the {role} is {told}"


def judge_type(store: Store, event: str, type: str, mode: str | None, who: str, why: str) -> tuple[int, str]:
    """Notes of what type an event is. Raises UsageError for a type or mode that PLOVER does not have."""
    plover = load_plover()
    type = type.upper()
    if (type, mode or "") not in plover.modes:
        of_type = sorted(other for one, other in plover.modes if one == type and other)
        if not any(one == type for one, _ in plover.modes):
            raise UsageError(
                f"{type} is no PLOVER type: they are {', '.join(sorted({one for one, _ in plover.modes}))}."
            )
        raise UsageError(f"{type} has no mode {mode}: it has {', '.join(of_type) or 'none'}.")
    number = number_of(event, "e")
    row = store.event(number)
    facts = plover.of(type, mode)
    contexts = row.contexts if row else ()
    given = {
        "type": type,
        "mode": mode,
        "quad": facts.quad,
        "score": facts.score,
        "cameo": plover.cameo(type, mode, contexts, row.status if row else "actual").code,  # type: ignore[arg-type]
    }
    told = f"the type is {type}" + (f", {mode}" if mode else "")
    return store.judge(NewJudgement("type", who, why, number, given=given)), told


def judge_no_event(store: Store, event: str, who: str, why: str) -> tuple[int, str]:
    """Notes that nothing of the kind happened."""
    return store.judge(NewJudgement("not-event", who, why, number_of(event, "e"))), "it is no event"


def judge_same_event(store: Store, event: str, other: str, who: str, why: str) -> tuple[int, str]:
    """Notes that two events are one."""
    one, same = number_of(event, "e"), number_of(other, "e")
    if one == same:
        raise UsageError(f"{event} is itself: name another event that is the same.", subject=event)
    return store.judge(NewJudgement("same-event", who, why, one, same)), f"it is the same event as {other}"


def judge_speaker(store: Store, statement: str, speaker: str, who: str, why: str) -> tuple[int, str]:
    """Notes who spoke; `nobody` where the text tells nobody."""
    number = number_of(statement, "s")
    row = store.statement(number)
    beside = (row.speaker,) if row and row.speaker else ()
    party = None if speaker == "nobody" else party_of(speaker, beside, row.day if row else None)
    told = f"the speaker is {_told(party) if party else 'nobody'}"
    return store.judge(NewJudgement("speaker", who, why, number, given={"speaker": party})), told


def judge_stance(
    store: Store, statement: str, issue: str, option: str, stance: str, who: str, why: str
) -> tuple[int, str]:
    """Notes where a statement stands on an option of an issue; "none" for nowhere."""
    known, heard = known_issues(), store.issues()
    found = find_issue(issue, known, heard)
    if found is None:
        raise unknown_issue(issue, known, heard)
    options = [one.id for one in known[found].options] if found in known else [option]
    if option not in options:
        raise UsageError(f"{found} has no option {option}: it has {', '.join(options)}.", subject=option)
    given = {"issue": found, "option": option, "stance": None if stance == "none" else stance}
    told = f"it is {stance if stance != 'none' else 'silent on'} {found}:{option}"
    return store.judge(NewJudgement("stance", who, why, number_of(statement, "s"), given=given)), told


def judge_same_person(store: Store, name: str, other: str, who: str, why: str) -> tuple[int, str]:
    """Notes that a name means the one of another name, on the whole desk."""
    if not name_words(name) or not name_words(other) or name_words(name) == name_words(other):
        raise UsageError("Give two names that are not one: the first is then shown under the second.")
    given = {"name": name, "is": other}
    return store.judge(NewJudgement("same-person", who, why, given=given)), f"{name} is {other}"


# ---------------------------------------------------------------- whom


def party_of(given: str, beside: Iterable[Party], day: date | None) -> dict[str, Any]:
    """Somebody as an analyst names them: NAME=CODE says all; else a state's code, one who has a part in the event, or
    whom the tables know on the day; else a name of which nothing is known."""
    name, equals, code = given.partition("=")
    name = name.strip()
    if not name:
        raise UsageError(f"{given!r} names nobody: give a name, a state's code, or NAME=CODE.", subject=given)
    if equals:
        return _coded(name, code.strip())
    for party in beside:
        if name_words(party.name) == name_words(name) or (party.kind == "state" and party.code == name):
            return _facts(party.name, party.kind, party.country, party.code, party.sectors)
    if _CODE.fullmatch(name):
        return _facts(_state(name) or name, "state", name, name, ())
    for entry in lookup(name, day or date.today(), names()):
        kind = {"person": "person", "state": "state"}.get(entry.kind, "organization")
        country = entry.code if len(entry.code) == 3 and _state(entry.code) else None
        return _facts(entry.name, kind, country, entry.code, entry.sectors)
    return _facts(name, None, None, None, ())


def _coded(name: str, code: str) -> dict[str, Any]:
    found = _CODE.fullmatch(code)
    if found is None:
        raise UsageError(f"{code!r} is no code: give a state's code and sectors, such as PRK or 'PRK GOV MIL'.")
    sectors = found["sectors"].split()
    is_state = not sectors and _state(found["code"]) == name
    return _facts(name, "state" if is_state else None, found["code"], found["code"], sectors)


def _facts(
    name: str, kind: str | None, country: str | None, code: str | None, sectors: Sequence[str]
) -> dict[str, Any]:
    return {"name": name, "kind": kind, "country": country, "code": code, "sectors": " ".join(sectors)}


def _state(code: str) -> str | None:
    return next((state.name for state in load_countries() if state.code == code), None)


def _told(party: dict[str, Any]) -> str:
    code = " ".join(filter(None, [party["code"], party["sectors"]]))
    return f"{party['name']} ({code})" if code else f"{party['name']} (of whom nothing is known)"
