"""Whether an event happened, is to come, is only thought of, was denied, or belongs to the past."""

from __future__ import annotations

import re
from datetime import date, timedelta

from legation.coding.dates import first_day
from legation.coding.phrases import Phrases
from legation.records import EventDate, Status

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo"})
POSSIBLE = frozenset({"would", "could", "might", "may", "should", "can", "must", "ought", "'d", "’d"})
IF = frozenset({"if", "unless", "whether", "lest"})
PLANNING = frozenset(
    "plan intend schedule expect set prepare agree promise pledge vow due decide announce propose arrange commit".split()
)
WISHING = frozenset(
    "want hope wish seek try attempt aim consider urge ask call demand request threaten need offer refuse decline allow "
    "help enable encourage press push persuade warn propose willing ready able likely possible want avoid prevent".split()
)
UNREAL_NOUNS = frozenset(
    "opportunity chance room hope possibility prospect effort attempt plan need idea policy threat risk way willingness "
    "ability right bid desire goal aim intention proposal option".split()
)
LONG_AGO = re.compile(
    r"\b(?:for (?:many )?(?:years|decades)|(?:years|decades|centuries) ago|in the years since|in recent years|in past years|"
    r"during the Cold War|at the time|back then|historically)\b"
)
HISTORICAL_AFTER = timedelta(days=365)


def status_of(
    word: int, phrases: Phrases, when: EventDate | None, published: date | None, paragraph: str
) -> Status:
    """The status of the event that `word` tells. `paragraph` is the text of its block.

    Negation outranks possibility, possibility the future, and what is left happened: long ago if its date is a year
    before publication, or if it has none and its paragraph looks back over years.
    """
    if _negated(word, phrases):
        return "negated"
    if _possible(word, phrases):
        return "hypothetical"
    if _future(word, phrases):
        return "future"
    return "historical" if _historical(word, phrases, when, published, paragraph) else "actual"


def _governors(word: int, phrases: Phrases) -> list[int]:
    """The clause heads above a word, nearest first, as far as the words depend on each other's truth."""
    found = []
    at = word
    while len(found) < 4:
        token = phrases.tokens[at]
        if token.head < 0 or token.deprel in ("parataxis", "acl:relcl", "ccomp", "appos"):
            break
        at = token.head
        found.append(at)
    return found


def _negated(word: int, phrases: Phrases) -> bool:
    if phrases.roles(word, "ARGM-NEG"):
        return True
    for child in phrases.children[word]:
        text = phrases.forms[child].lower()
        if text in ("not", "n't", "n’t", "never") and phrases.tokens[child].deprel == "advmod":
            return True
        if text == "no" and phrases.tokens[child].deprel == "det":
            return True
        if text == "without" and phrases.tokens[child].deprel in ("case", "mark"):
            return True
        if phrases.tokens[child].deprel == "obj" and any(phrases.forms[c].lower() == "no" for c in phrases.children[child]):
            return True
    governors = _governors(word, phrases)
    linked = phrases.tokens[word].deprel in ("xcomp", "obj", "conj", "obl")
    return linked and bool(governors) and (bool(phrases.roles(governors[0], "ARGM-NEG")) or _denies(governors[0], phrases))


def _denies(word: int, phrases: Phrases) -> bool:
    return phrases.tokens[word].lemma in ("fail", "deny")


def _possible(word: int, phrases: Phrases) -> bool:
    at = word
    for governor in [word, *_governors(word, phrases)]:
        token = phrases.tokens[governor]
        if phrases.auxiliaries(governor) & POSSIBLE and token.upos in ("VERB", "AUX", "ADJ", "NOUN"):
            return True
        if any(phrases.forms[c].lower() in IF for c in phrases.children_in(governor, "mark")):
            return True
        if governor != word and _unreal(at, governor, phrases):
            return True
        at = governor
    return _is_question(phrases) or _is_purpose(word, phrases)


def _unreal(at: int, governor: int, phrases: Phrases) -> bool:
    """Whether `governor` makes what hangs on it as `at` a mere wish: "wants to", "an opportunity to", "hopes of"."""
    relation, token = phrases.tokens[at].deprel, phrases.tokens[governor]
    infinitive = phrases.tokens[at].xpos in ("VB", "VBG") or phrases.tokens[at].upos in ("NOUN", "PROPN")
    if token.lemma.lower() in WISHING and relation in ("xcomp", "ccomp", "obj", "obl", "advcl") and infinitive:
        return True
    return token.lemma.lower() in UNREAL_NOUNS and relation in ("acl", "advcl", "nmod", "xcomp") and infinitive


def _is_purpose(word: int, phrases: Phrases) -> bool:
    """A bare infinitive that hangs on another clause: "to end the programme"."""
    token = phrases.tokens[word]
    to = any(phrases.forms[c].lower() == "to" for c in phrases.children_in(word, "mark"))
    if not (token.xpos == "VB" and to and token.deprel in ("advcl", "acl", "xcomp", "ccomp", "csubj", "obl")):
        return False
    if token.head < 0:
        return True
    return phrases.tokens[token.head].lemma.lower() not in PLANNING | {"begin", "start", "continue", "manage", "go", "use"}


def _is_question(phrases: Phrases) -> bool:
    return bool(phrases.forms) and phrases.forms[-1] == "?"


def _future(word: int, phrases: Phrases) -> bool:
    at = word
    for governor in [word, *_governors(word, phrases)]:
        if phrases.auxiliaries(governor) & FUTURE:
            return True
        going = phrases.tokens[governor].text.lower() == "going" and phrases.tokens[at].deprel == "xcomp"
        planned = phrases.tokens[governor].lemma.lower() in PLANNING and phrases.tokens[at].deprel in ("xcomp", "advcl")
        if governor != word and (going or planned) and phrases.tokens[at].xpos == "VB":
            return True
        at = governor
    return False


def _historical(word: int, phrases: Phrases, when: EventDate | None, published: date | None, paragraph: str) -> bool:
    if when is not None:
        day = first_day(when.value)
        return published is not None and day is not None and published - day > HISTORICAL_AFTER
    past = phrases.tokens[word].xpos in ("VBD", "VBN", "NN", "NNS")
    perfect = phrases.auxiliaries(word) & {"has", "have", "'ve", "’ve"}
    return past and not perfect and LONG_AGO.search(paragraph) is not None


def speaks_of_future(word: int, phrases: Phrases) -> bool:
    """Whether the clause of a word looks ahead, which decides which Tuesday is meant."""
    at: int | None = word
    for _ in range(8):
        if at is None or at < 0:
            return False
        token = phrases.tokens[at]
        if token.upos in ("VERB", "AUX") or phrases.child(at, "cop") is not None:
            return _future(at, phrases) or (token.xpos == "VB" and _is_purpose(at, phrases))
        at = token.head
    return False
