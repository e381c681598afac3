"""Names that the model was not sure of, as persons where the first word is a given name and the sentence fits one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from legation.coding.genders import given_names, plain
from legation.coding.names import Mention, name_key
from legation.coding.phrases import Phrases

SURE = 0.8
"""The probability from which the model is believed that a name is that of a place or body."""
LONGEST = 4
PERSONAL = frozenset({"who", "whose", "whom"})


def with_given_names(mentions: Sequence[Mention], phrases: Phrases) -> list[Mention]:
    """The names of a sentence, as persons those of no table that begin like one and speak, or are told of by "who"."""
    return [_as_person(one) if _is_person(one, phrases) else one for one in mentions]


def _as_person(mention: Mention) -> Mention:
    return replace(mention, kind="person", key=f"person:{name_key(mention.name)}", code=None)


def _is_person(mention: Mention, phrases: Phrases) -> bool:
    if mention.kind not in ("organization", "place") or mention.code is not None or mention.sectors:
        return False
    words = mention.name.split()
    if not 1 < len(words) <= LONGEST or not all(word[:1].isupper() for word in words):
        return False
    if plain(words[0]) not in given_names() or _model_is_sure(mention, phrases):
        return False
    return _speaks(mention, phrases) or _is_followed_by_who(mention, phrases)


def _model_is_sure(mention: Mention, phrases: Phrases) -> bool:
    over = (n for n in phrases.sentence.names if n.start < mention.end and mention.start < n.end)
    return any(name.score > SURE for name in over)


def _speaks(mention: Mention, phrases: Phrases) -> bool:
    sources = (r for f in phrases.sentence.frames if f.kind == "attribution" for r in f.roles if r.label == "SOURCE")
    return any(role.start <= mention.start < role.end for role in sources)


def _is_followed_by_who(mention: Mention, phrases: Phrases) -> bool:
    behind = [form.lower() for form in phrases.forms[mention.end : mention.end + 2] if form != ","]
    return bool(behind) and behind[0] in PERSONAL
