"""Whether a clause looks ahead, which decides which Tuesday its words mean."""

from __future__ import annotations

from legation.coding.phrases import Phrases

FUTURE = frozenset({"will", "shall", "'ll", "’ll", "wo", "due"})
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
UNREAL_NOUNS = frozenset(
    "opportunity chance room hope possibility prospect effort attempt plan need idea policy threat risk way "
    "willingness ability right bid desire goal aim intention proposal option".split()
)
CARRIED_OUT = frozenset("begin start continue manage go use force compel lead prompt cause proceed happen".split())
ARRANGING = frozenset(
    "set schedule plan call announce slate fix convene summon invite adjourn postpone delay defer organise organize "
    "propose book expect".split()
)
"""Verbs that arrange what comes: "called a strike for Saturday"."""
INVITING = frozenset({"invite", "summon", "call"})
PUTTING_OFF = frozenset({"adjourn", "postpone", "delay", "defer", "extend", "move", "put", "push"})
ENDING = PUTTING_OFF | frozenset({"jail", "imprison", "remand", "give", "suspend", "ban", "close", "order", "allow"})
"""Verbs of which "until Friday" tells an end that is to come."""
SCHEDULED = frozenset(
    "meet expire face host hold visit begin start end open vote go travel fly arrive return gather convene".split()
)
"""Verbs whose present tells what is planned: "leaders meet in July"."""
PAST_BEHIND = frozenset({"after", "since", "following"})
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


def _announced(chain: list[int], phrases: Phrases) -> bool:
    """Whether a chain of words is the future of the past without a condition: "said that it would"."""
    top = phrases.tokens[chain[-1]]
    if top.deprel != "ccomp" or top.head < 0 or phrases.tokens[top.head].lemma.lower() not in SAYING:
        return False
    conditions = (c for at in chain for c in phrases.children_in(at, "advcl"))
    return not any(phrases.forms[m].lower() in IF for c in conditions for m in phrases.children_in(c, "mark"))


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


def speaks_of_future(word: int, phrases: Phrases) -> bool:
    """Whether the clause of a word, that of a date, looks ahead, which decides which Tuesday is meant."""
    if _is_arranged(word, phrases):
        return True
    at = word
    for _ in range(8):
        if at < 0 or phrases.case(at) in PAST_BEHIND:
            return False
        token = phrases.tokens[at]
        if token.text.lower() == "due" or phrases.case(at) == "ahead of":
            return True
        if token.upos in ("VERB", "AUX") or phrases.child(at, "cop") is not None:
            ahead = _future(at, phrases) or (token.xpos == "VB" and _is_purpose(at, phrases))
            coming = any(c < word and phrases.case(c) == "ahead of" for c in phrases.children[at])
            return ahead or coming or _is_scheduled(at, phrases)
        at = token.head
    return False


def _is_arranged(word: int, phrases: Phrases) -> bool:
    """Whether a date is one for which something is set: "called a strike for Saturday", "adjourned until May"."""
    for _ in range(2):
        if phrases.tokens[word].deprel in ("case", "compound", "nummod", "nmod:unmarked", "flat"):
            word = max(phrases.tokens[word].head, 0)
    case, at = phrases.case(word), phrases.tokens[word].head
    while at >= 0 and phrases.tokens[at].upos in ("NOUN", "PROPN"):
        at = phrases.tokens[at].head
    if at < 0:
        return False
    verb = phrases.tokens[at].lemma.lower()
    if case == "on":
        # "Invited the unions to talks on Friday".
        return verb in INVITING and any(c < word for c in phrases.children[at] if phrases.case(c) == "to")
    return verb in {"for": ARRANGING, "to": PUTTING_OFF, "until": ENDING, "till": ENDING}.get(case or "", frozenset())


def _is_scheduled(verb: int, phrases: Phrases) -> bool:
    """Whether the present of a verb tells what is planned."""
    token = phrases.tokens[verb]
    return token.xpos in ("VBZ", "VBP") and token.lemma.lower() in SCHEDULED
