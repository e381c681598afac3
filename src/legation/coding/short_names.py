"""Bodies called by a part of their name or by its initials, once the text has named them in full."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from legation.coding.names import Mention, name_key
from legation.coding.phrases import Phrases

SMALL = frozenset({"of", "the", "for", "and", "in", "on"})


def join_bodies(sentences: Sequence[Phrases], names: Sequence[Sequence[Mention]]) -> list[list[Mention]]:
    """The mentions of each sentence, a short name of a body as the body of that name that was named last before it.

    "The Front" is short for the Northern Front, "the NF" for its initials; only bodies that no table knows are.
    """
    full: list[Mention] = []
    ends: set[str] = set()
    joined = []
    for number, (mentions, phrases) in enumerate(zip(names, sentences, strict=True)):
        own: list[Mention] = []
        for mention in with_unmarked(number, mentions, phrases, ends):
            if mention.kind != "organization":
                own.append(mention)
                continue
            known = next((body for body in reversed(full) if _is_short_for(mention, body, phrases)), None)
            own.append(_as(mention, known) if known else mention)
            if known is None and len(words := _words(mention.span.text)) > 1:
                full.append(mention)
                ends.add(name_key(words[-1]))
        joined.append(own)
    return joined


def with_unmarked(number: int, mentions: Sequence[Mention], phrases: Phrases, ends: Set[str]) -> list[Mention]:
    """The mentions of a sentence, with "the Front" where the model marks nothing but a body so called was named.

    `ends` are the keys of the last words of the bodies named before.
    """
    if not ends:
        return list(mentions)
    found = list(mentions)
    for at in range(1, len(phrases.tokens)):
        form = phrases.forms[at]
        if not (form[:1].isupper() and phrases.small[at - 1] == "the" and name_key(form) in ends):
            continue
        alone = at + 1 == len(phrases.tokens) or not phrases.forms[at + 1][:1].isupper()
        if alone and not any(m.start <= at < m.end for m in mentions):
            key, span = f"organization:{name_key(form)}", phrases.span(at, at + 1)
            found.append(Mention(number, at, at + 1, at, "organization", key, form, None, (), span))
    return sorted(found, key=lambda m: m.start)


def _as(mention: Mention, body: Mention) -> Mention:
    return replace(mention, key=body.key, name=body.name, code=body.code, sectors=body.sectors, others=body.others)


def _is_short_for(mention: Mention, body: Mention, phrases: Phrases) -> bool:
    """Whether a body that no table knows is called by initials, or by the last or first word behind "the"."""
    if mention.code is not None and not mention.others:
        return False
    words, whole = _words(mention.span.text), _words(body.span.text)
    if len(words) != 1 or body.key == mention.key:
        return False
    if words[0].isupper() and len(words[0]) > 1:
        return "".join(word[0] for word in whole if word.lower() not in SMALL).upper() == words[0]
    behind_the = mention.start > 0 and phrases.forms[mention.start - 1].lower() == "the"
    return behind_the and name_key(words[0]) in (name_key(whole[-1]), name_key(whole[0]))


def _words(text: str) -> list[str]:
    return [word for word in text.removeprefix("the ").removeprefix("The ").split() if word[0].isalnum()]
