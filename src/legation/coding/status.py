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
    "plan intend schedule expect set prepare agree promise pledge vow due decide announce propose arrange "
    "commit".split()
)
WISHING = frozenset(
    "want hope wish seek try attempt aim consider urge ask call demand request threaten need offer refuse "
    "decline allow help enable encourage press push persuade warn propose willing ready able likely possible "
    "avoid prevent".split()
)
ORDERING = frozenset("urge ask demand request propose want hope wish call insist recommend order suggest".split())
UNREAL_NOUNS = frozenset(
    "opportunity chance room hope possibility prospect effort attempt plan need idea policy threat risk way "
    "willingness ability right bid desire goal aim intention proposal option".split()
)
CARRIED_OUT = frozenset("begin start continue manage go use force compel lead prompt cause proceed happen".split())
SAYING = frozenset("say announce promise pledge vow confirm declare tell predict".split())
LIGHT = frozenset(
    "hold have make launch conduct carry stage take pay give reach sign impose start open begin plan order "
    "issue deliver offer attend host join lead engage participate do see mean trigger provoke".split()
)
OCCURRING = frozenset("take happen occur begin start resume continue go come follow".split())
TIME_OR_GROUND = frozenset(
    "after before since despite during over because about from by amid following until as while when though "
    "although".split()
)
LONG_AGO = re.compile(
    r"\b(?:for (?:many )?(?:years|decades)|(?:years|decades|centuries) ago|in the years since|in recent years"
    r"|in past years|during the Cold War|at the time|back then|historically)\b"
)
CLOSING = frozenset({"”", "’", '"', "'", ")"})
HISTORICAL_AFTER = timedelta(days=365)


def status_of(word: int, phrases: Phrases, when: EventDate | None, published: date | None, paragraph: str) -> Status:
    """The status of the event that `word` tells. `paragraph` is the text of its block.

    Negation outranks possibility, possibility the future, and what is left happened: long ago if its date is
    a year before publication, or if it has none and its paragraph looks back over years.
    """
    if _negated(word, phrases):
        return "negated"
    if _possible(word, phrases):
        return "hypothetical"
    if _future(word, phrases) or _is_dated_ahead(word, phrases, when, published):
        return "future"
    return "historical" if _historical(word, phrases, when, published, paragraph) else "actual"


def _governors(word: int, phrases: Phrases) -> list[int]:
    """The clause heads above a word, nearest first, as far as the words depend on each other's truth."""
    found: list[int] = []
    at = word
    while len(found) < 4 and _depends(at, phrases):
        at = phrases.tokens[at].head
        found.append(at)
    return found


def _depends(word: int, phrases: Phrases) -> bool:
    """Whether a word shares the truth of its head: "could hold talks", but not "could condemn the attack"."""
    token = phrases.tokens[word]
    if token.head < 0 or token.deprel in ("parataxis", "acl:relcl", "ccomp", "appos", "csubj"):
        return False
    head = phrases.tokens[token.head].lemma.lower()
    if token.upos in ("VERB", "AUX"):
        return _infinite(word, phrases)
    if _grounds(word, phrases):
        return False
    if head in WISHING | PLANNING | UNREAL_NOUNS and token.deprel != "nsubj":
        return True
    if token.deprel in ("obj", "nsubj:pass"):
        return head in LIGHT | OCCURRING or not _presupposed(word, phrases)
    if token.deprel == "nsubj":
        return head in OCCURRING
    return token.deprel == "conj" or head in LIGHT or not _presupposed(word, phrases)


def _infinite(word: int, phrases: Phrases) -> bool:
    """Whether a verb has the time of the verb above: "will meet and sign", not "will pay and attacked"."""
    token = phrases.tokens[word]
    if token.deprel == "conj":
        own = phrases.child(word, "nsubj", "nsubj:pass") is not None or bool(phrases.auxiliaries(word) - {"be"})
        return not own and token.xpos == phrases.tokens[token.head].xpos
    return not (token.deprel == "advcl" and (_grounds(word, phrases) or token.xpos in ("VBD", "VBZ", "VBP")))


def _presupposed(word: int, phrases: Phrases) -> bool:
    """Whether a noun speaks of what is known to be: "the attack", "its attack"."""
    return any(
        phrases.forms[c].lower() in ("the", "this", "that", "these", "those") or phrases.tokens[c].deprel == "nmod:poss"
        for c in phrases.children_in(word, "det", "nmod:poss")
    )


def _grounds(word: int, phrases: Phrases) -> bool:
    """Whether a word only tells when or why: "after the attack", "because it attacked"."""
    return any(phrases.forms[c].lower() in TIME_OR_GROUND for c in phrases.children_in(word, "case", "mark"))


def _negated(word: int, phrases: Phrases) -> bool:
    return _denied_here(word, phrases) or _denied_above(word, phrases)


def _denied_here(word: int, phrases: Phrases) -> bool:
    """Whether a negation stands with the word itself: "did not", "no talks", "without attacking"."""
    forms, tokens = phrases.forms, phrases.tokens
    said = [role.start for role in phrases.roles(word, "ARGM-NEG")]
    if any(not _not_only(at, forms) for at in said):
        return True
    for child in phrases.children[word]:
        text, relation = forms[child].lower(), tokens[child].deprel
        if text in ("not", "n't", "n’t", "never", "neither") and relation == "advmod" and not _not_only(child, forms):
            return True
        if " ".join(forms[child - 1 : child + 1]).lower() == "no longer" or (text == "no" and relation == "det"):
            return True
        if text == "without" and relation in ("case", "mark"):
            return True
        if relation in ("obj", "nsubj", "nsubj:pass") and _is_none(child, phrases):
            return True
    return False


def _not_only(at: int, forms: tuple[str, ...]) -> bool:
    return " ".join(forms[at : at + 2]).lower() in ("not only", "not just", "not merely")


def _is_none(word: int, phrases: Phrases) -> bool:
    """Whether a nominal means nobody: "no country", "neither Iran nor Iraq", "nobody"."""
    if phrases.forms[word].lower() in ("nobody", "none", "neither"):
        return True
    return any(phrases.forms[c].lower() in ("no", "neither") for c in phrases.children_in(word, "det", "cc:preconj"))


def _denied_above(word: int, phrases: Phrases) -> bool:
    """Whether the word shares the negation of its governor: "failed to", "did not hold talks"."""
    token = phrases.tokens[word]
    if token.head < 0:
        return False
    governor = phrases.tokens[token.head].lemma.lower()
    if token.deprel in ("xcomp", "obj", "ccomp") and _denies(token.head, phrases):
        return True
    if token.deprel in ("obj", "obl"):
        shares = governor in LIGHT and not _grounds(word, phrases)
    elif token.deprel == "conj":
        shares = _depends(word, phrases) and not any(phrases.forms[c] == "but" for c in phrases.children_in(word, "cc"))
    else:
        shares = token.deprel == "xcomp" and governor not in ("stop", "hesitate", "cease")
    return shares and _denied_here(token.head, phrases)


def _denies(word: int, phrases: Phrases) -> bool:
    return phrases.tokens[word].lemma in ("fail", "deny")


def _possible(word: int, phrases: Phrases) -> bool:
    at = word
    chain = [word, *_governors(word, phrases)]
    announced = _announced(chain, phrases)
    for governor in chain:
        token = phrases.tokens[governor]
        may_be = phrases.auxiliaries(governor) & (POSSIBLE - {"would"} if announced else POSSIBLE)
        if may_be and token.upos in ("VERB", "AUX", "ADJ", "NOUN"):
            return True
        if any(phrases.forms[c].lower() in IF for c in phrases.children_in(governor, "mark")):
            return True
        if governor != word and _unreal(at, governor, phrases):
            return True
        at = governor
    return _is_question(phrases) or _is_purpose(word, phrases) or _is_ordered(chain[-1], phrases)


def _announced(chain: list[int], phrases: Phrases) -> bool:
    """Whether a chain of words is the future of the past without a condition: "said that it would"."""
    top = phrases.tokens[chain[-1]]
    if top.deprel != "ccomp" or top.head < 0 or phrases.tokens[top.head].lemma.lower() not in SAYING:
        return False
    conditions = (c for at in chain for c in phrases.children_in(at, "advcl"))
    return not any(phrases.forms[m].lower() in IF for c in conditions for m in phrases.children_in(c, "mark"))


def _is_ordered(word: int, phrases: Phrases) -> bool:
    """A clause that is only wanted: "demanded that it withdraw"."""
    token = phrases.tokens[word]
    if token.deprel != "ccomp" or token.head < 0 or token.xpos != "VB" or phrases.auxiliaries(word):
        return False
    return phrases.tokens[token.head].lemma.lower() in ORDERING


def _unreal(at: int, governor: int, phrases: Phrases) -> bool:
    """Whether `governor` makes what hangs on it as `at` a mere wish: "wants to", "an opportunity to"."""
    relation, token = phrases.tokens[at].deprel, phrases.tokens[governor]
    infinitive = phrases.tokens[at].xpos in ("VB", "VBG") or phrases.tokens[at].upos in ("NOUN", "PROPN")
    if token.lemma.lower() in WISHING and relation in ("xcomp", "ccomp", "obj", "obl", "advcl") and infinitive:
        return True
    noun = token.upos == "NOUN" and token.lemma.lower() in UNREAL_NOUNS
    return noun and relation in ("acl", "advcl", "nmod", "xcomp") and infinitive


def _is_purpose(word: int, phrases: Phrases) -> bool:
    """A bare infinitive that hangs on another clause: "to end the programme"."""
    token = phrases.tokens[word]
    to = any(phrases.forms[c].lower() == "to" for c in phrases.children_in(word, "mark"))
    if not (token.xpos == "VB" and to and token.deprel in ("advcl", "acl", "xcomp", "ccomp", "csubj", "obl")):
        return False
    if _heads_a_line(word, phrases):
        return False
    return phrases.tokens[token.head].lemma.lower() not in PLANNING | CARRIED_OUT


def _heads_a_line(word: int, phrases: Phrases) -> bool:
    """ "Iran to send aid": the infinitive of headlines, which looks ahead."""
    token = phrases.tokens[word]
    to = any(phrases.forms[c].lower() == "to" for c in phrases.children_in(word, "mark"))
    if not to or token.xpos != "VB":
        return False
    head = phrases.tokens[token.head] if token.head >= 0 else None
    return head is None or (token.deprel == "acl" and head.head < 0 and head.upos == "PROPN")


def _is_question(phrases: Phrases) -> bool:
    last = next((form for form in reversed(phrases.forms) if form not in CLOSING), "")
    return last == "?"


def _future(word: int, phrases: Phrases) -> bool:
    at = word
    chain = [word, *_governors(word, phrases)]
    ahead = FUTURE | {"would"} if _announced(chain, phrases) else FUTURE
    for governor in chain:
        if phrases.auxiliaries(governor) & ahead or _heads_a_line(governor, phrases):
            return True
        going = phrases.tokens[governor].text.lower() == "going" and phrases.tokens[at].deprel == "xcomp"
        planned = phrases.tokens[governor].lemma.lower() in PLANNING and phrases.tokens[at].deprel in (
            "xcomp",
            "advcl",
        )
        if governor != word and (going or planned) and phrases.tokens[at].xpos == "VB":
            return True
        at = governor
    return False


def _is_dated_ahead(word: int, phrases: Phrases, when: EventDate | None, published: date | None) -> bool:
    """Whether a verb in the present has a day after publication: "meets on Friday"."""
    if when is None or published is None or phrases.tokens[word].xpos not in ("VBZ", "VBP", "VBG"):
        return False
    day = first_day(when.value)
    return when.granularity == "day" and day is not None and day > published


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
