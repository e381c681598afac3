"""When an event or a statement took place: the date that belongs to its word, by argument and by tree."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import islice, takewhile

from legation.coding.dates import event_date
from legation.coding.phrases import Phrases
from legation.coding.setting import Setting
from legation.records import EventDate, Span

TEMPORAL = frozenset(
    {None, "on", "in", "since", "during", "by", "until", "before", "after", "at", "over", "within", "from", "'s", "’s"}
)


LONGEST = 8
"""Words of the longest phrase whose date is taken."""
ASIDE = frozenset({"acl", "advcl", "appos"})
"""Relations of what is told beside a clause: "Kenya, which invaded in 2011", "Tom Berg, premier until 2014"."""
COUNTED = ("before", "after")
"""How lengths of time end that count from what is told behind them."""


def date_at(word: int, number: int, setting: Setting, said: Sequence[Span] = ()) -> EventDate | None:
    """The date of the clause of a word: in its time argument, or beneath it in the tree, or beside its noun's verb.

    Dates in what is `said` date that, unless they hang on the word itself.
    """
    phrases = setting.sentences[number]
    below = phrases.children_in(word, "obl", "obl:unmarked", "nmod", "nmod:unmarked", "advmod", "nmod:poss")
    ranges = [(role.start, role.end) for role in phrases.roles(word, "ARGM-TMP")]
    ranges += [phrases.subtree(child) for child in below if phrases.case(child) in TEMPORAL]
    for start, end in ranges:
        found = _date_in(phrases, start, end, setting, word, said)
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


def _date_in(
    phrases: Phrases, start: int, end: int, setting: Setting, word: int | None = None, said: Sequence[Span] = ()
) -> EventDate | None:
    """The first date in a range that belongs to no verb in it, nor to what is told beside the clause of `word`."""
    span = phrases.span(start, end)
    if end - start > LONGEST:
        return None
    first = bisect_left(setting.dates, span.start, key=lambda dated: dated.expression.start)
    for dated in takewhile(lambda d: d.expression.start < span.end, islice(setting.dates, first, None)):
        told = dated.expression
        if told.end > span.end:
            continue
        if told.type == "DURATION" and told.text.lower().endswith(COUNTED):
            return None
        at = next((i for i in range(start, end) if phrases.tokens[i].end > told.start), end)
        if at < end and word is not None and _is_of_another(phrases, at, word, said):
            continue
        when = None if _of_another_verb(phrases, start, end, at) else event_date(dated)
        if when is not None:
            return when
    return None


def _is_of_another(phrases: Phrases, at: int, word: int, said: Sequence[Span]) -> bool:
    token = phrases.tokens[at]
    inside = any(span.start <= token.start < span.end for span in said)
    return _is_told_aside(phrases, at, word) or (inside and token.head != word)


def _is_told_aside(phrases: Phrases, at: int, word: int) -> bool:
    """Whether a word stands in something told beside a clause in which another does not."""
    while at != word and at >= 0:
        if phrases.tokens[at].deprel.split(":")[0] in ASIDE:
            start, end = phrases.subtree(at)
            return not start <= word < end
        at = phrases.tokens[at].head
    return False


def _of_another_verb(phrases: Phrases, start: int, end: int, at: int) -> bool:
    """Whether a word inside a phrase belongs to a verb in it: "under a contract signed in 2023"."""
    while start <= at < end:
        if phrases.tokens[at].upos == "VERB":
            return True
        at = phrases.tokens[at].head
    return False
