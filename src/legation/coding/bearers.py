"""Who is meant by a title alone, as "the general" is: the person named last before whose title it is."""

from __future__ import annotations

from collections.abc import Sequence

from legation.coding.entities import EntityDraft
from legation.coding.nouns import title_at
from legation.coding.phrases import Phrases
from legation.coding.standing import bears, is_past
from legation.coding.tables import Title
from legation.records import Span


def last_bearer(
    word: int, title: Title, phrases: Phrases, people: Sequence[EntityDraft]
) -> tuple[EntityDraft, Span] | None:
    """The person and the words that mean him or her; None for a noun with more words to it."""
    the = phrases.child(word, "det")
    if phrases.tokens[word].xpos != "NN" or the is None or phrases.forms[the].lower() not in ("the", "that"):
        return None
    first = title_at(phrases, word)[1]
    if any(
        phrases.tokens[c].deprel.split(":")[0] in ("amod", "compound", "nmod", "acl") and not first <= c < word
        for c in phrases.children[word]
    ):
        return None
    span = phrases.span(the, word + 1)
    bearers = [
        (max(place for place in draft.mentions if place[0] < span.start), draft)
        for draft in people
        if bears(draft.role, title)
        and (title.kind == "former") == is_past(draft.role)
        and min(draft.mentions, default=(span.end, 0)) < (span.start, span.start)
    ]
    last = max(bearers, key=lambda bearer: bearer[0], default=None)
    return (last[1], span) if last else None
