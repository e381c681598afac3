"""When an event or a statement took place: the date that belongs to its word, by argument and by tree."""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice, takewhile

from legation.coding.dates import event_date
from legation.coding.phrases import Phrases
from legation.coding.setting import Setting
from legation.records import EventDate

TEMPORAL = frozenset(
    {None, "on", "in", "since", "during", "by", "until", "before", "after", "at", "over", "within", "from", "'s", "’s"}
)


def date_at(word: int, number: int, setting: Setting) -> EventDate | None:
    """The date of the clause of a word: in its time argument, or beneath it in the tree, or beside its noun's verb."""
    phrases = setting.sentences[number]
    for role in phrases.roles(word, "ARGM-TMP"):
        found = _date_in(phrases, role.start, role.end, setting)
        if found is not None:
            return found
    for child in phrases.children_in(word, "obl", "obl:unmarked", "nmod", "nmod:unmarked", "advmod", "nmod:poss"):
        if phrases.case(child) in TEMPORAL:
            found = _date_in(phrases, *phrases.subtree(child), setting)
            if found is not None:
                return found
    return _date_above(word, number, setting)


def _date_above(word: int, number: int, setting: Setting) -> EventDate | None:
    """The date of what a word hangs on: a noun's verb, a verb it shares its subject with, "last month, when"."""
    phrases = setting.sentences[number]
    token = phrases.tokens[word]
    if token.head < 0:
        return None
    if token.deprel in ("acl:relcl", "advcl:relcl"):
        return _date_in(phrases, max(0, token.head - 2), token.head + 1, setting)
    if token.deprel == "advcl" and any(phrases.forms[c].lower() == "when" for c in phrases.children[word]):
        return date_at(token.head, number, setting)
    shares_subject = token.deprel in ("conj", "xcomp") and phrases.child(word, "nsubj", "nsubj:pass") is None
    if shares_subject or (token.upos in ("NOUN", "PROPN") and token.deprel != "ccomp"):
        return date_at(token.head, number, setting)
    return None


def _date_in(phrases: Phrases, start: int, end: int, setting: Setting) -> EventDate | None:
    span = phrases.span(start, end)
    if end - start > 8:
        return None
    first = bisect_left(setting.dates, span.start, key=lambda dated: dated.expression.start)
    for dated in takewhile(lambda d: d.expression.start < span.end, islice(setting.dates, first, None)):
        inside = dated.expression.end <= span.end
        if inside and not _of_another_verb(phrases, start, end, dated.expression.start):
            when = event_date(dated)
            if when is not None:
                return when
    return None


def _of_another_verb(phrases: Phrases, start: int, end: int, offset: int) -> bool:
    """Whether a date inside a phrase belongs to a verb in it: "under a contract signed in 2023"."""
    at = next((i for i in range(start, end) if phrases.tokens[i].end > offset), end)
    while start <= at < end:
        if phrases.tokens[at].upos == "VERB":
            return True
        at = phrases.tokens[at].head
    return False
